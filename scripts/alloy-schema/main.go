// Command alloy-schema prints what the components and blocks of a version of
// Grafana Alloy take, as JSON: it reads their struct tags in Alloy's sources
// and builds nothing. The form is that of imports/alloy/*.schema.json, without
// what only a running Alloy tells: defaults, and how strings are checked.
//
//	go run . FOLDER
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("write the folder of Alloy's sources, and nothing else"))
	}
	sources, err := readSources(os.Args[1])
	if err != nil {
		fail(err)
	}
	schema, err := readSchema(sources)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(schema); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Command alloy-schema prints what the components and blocks of a version of
// Grafana Alloy take, as JSON: it reads their struct tags in Alloy's sources
// and builds nothing. Defaults and the words of strings are told where they stand
// in the sources; unknownDefault is an expression that other modules give a value.
//
//	go run . FOLDER [FOLDER OF THE MODULE SYNTAX]
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fail(fmt.Errorf("write the folder of Alloy's sources, and perhaps that of its module syntax"))
	}
	syntax := ""
	if len(os.Args) == 3 {
		syntax = os.Args[2]
	}
	sources, err := readSources(os.Args[1])
	if err != nil {
		fail(err)
	}
	schema, err := readSchema(sources, syntax)
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

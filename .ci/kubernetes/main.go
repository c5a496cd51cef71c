// Command kubernetes lets tests ask whether the API server would accept a
// manifest: it decodes strictly, sets defaults and validates by the server's
// own code. See package protocol for how requests and responses look.
//
// It is built once for each version of Kubernetes: go.mod is the newest,
// 1.28.mod (go build -modfile=1.28.mod) the oldest. For another version, change
// 1.X.Y and 0.X.Y in a copy and run go mod tidy -modfile on it.
package main

import (
	"log"
	"os"

	"protocol"
)

func main() {
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"validate": protocol.Typed(validate),
	})
	if err != nil {
		log.Fatal(err)
	}
}

// Command engines lets tests ask the real engines whether what this project
// writes is right: Alloy's parser and formatter, OpenTelemetry's processors
// and OTTL, and Go's regular expressions. See package protocol for
// how requests and responses look; each file here is one operation's.
package main

import (
	"log"
	"os"

	"protocol"
)

func main() {
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"format":     protocol.Typed(format),
		"evaluate":   protocol.Typed(evaluate),
		"convert":    protocol.Typed(convert),
		"ottl":       protocol.Typed(ottl),
		"ottl_run":   protocol.Typed(ottlRun),
		"ottl_match": protocol.Typed(ottlMatch),
		"chain":      protocol.Typed(chain),
		"deliver":    protocol.Typed(deliver),
		"regexp":     protocol.Typed(regularExpression),
		"yaml":       protocol.Typed(readYAML),
	})
	if err != nil {
		log.Fatal(err)
	}
}

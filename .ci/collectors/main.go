// Command collectors tells which collectors Alloy's prometheus.exporter.unix
// has, whether each is on by default, and what some of them measure on a node
// that is made of files. See package protocol for how requests and responses
// look.
package main

import (
	"log"
	"os"

	"github.com/prometheus/node_exporter/collector"

	"protocol"
)

func main() {
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"defaults": protocol.Typed(func(struct{}) (any, error) { return collector.GetDefaults(), nil }),
		"measured": protocol.Typed(measured),
	})
	if err != nil {
		log.Fatal(err)
	}
}

// Command collectors tells which collectors Alloy's prometheus.exporter.unix
// has, and whether each is on by default. See package protocol for how
// requests and responses look.
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
	})
	if err != nil {
		log.Fatal(err)
	}
}

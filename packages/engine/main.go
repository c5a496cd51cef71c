// Command engine says what becomes of data in a configuration of Alloy: Alloy's own components run, and each is
// given what the one before it let through. See .ci/protocol for how requests and responses look.
//
// The module's path is below Alloy's, since what of Alloy is internal may be imported from there alone.
package main

import (
	"log"
	"os"
	"runtime/debug"

	"protocol"

	"github.com/grafana/alloy/internal/build"
)

func main() {
	// Components say in what they send on which Alloy they are of: the one that go.mod names.
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/grafana/alloy" {
				build.Version = module.Version
			}
		}
	}
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{"trace": protocol.Typed(trace)})
	if err != nil {
		log.Fatal(err)
	}
}

// Command subset is Alloy's command line.
package main

import (
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/grafana/alloy/internal/alloycli"
	"github.com/grafana/alloy/internal/build"
)

func main() {
	build.Version = "VERSION"
	prometheus.MustRegister(build.NewCollector("alloy"))
	if err := alloycli.Command().Execute(); err != nil {
		os.Exit(1)
	}
}

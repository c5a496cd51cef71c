// Command metrics-record runs what the agents read metrics from, and prints which metrics each has, with which
// labels. What a package does not export it is given by the files of _overlay: see ../metrics-record.ts.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/NVIDIA/aistore/ais/backend"
	"github.com/NVIDIA/aistore/api/apc"
	"github.com/NVIDIA/aistore/stats"
	"github.com/alecthomas/kingpin/v2"
	"github.com/google/cadvisor/container"
	info "github.com/google/cadvisor/info/v1"
	v2 "github.com/google/cadvisor/info/v2"
	"github.com/google/cadvisor/metrics"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/node_exporter/collector"
	"github.com/prometheus/node_exporter/kingpinconfig"
	"k8s.io/utils/clock"
)

// record holds the labels of each metric, by the part of the source that has it.
type record map[string]map[string][]string

func (r record) add(part, name string, labels ...string) {
	if r[part] == nil {
		r[part] = map[string][]string{}
	}
	all := append(slices.Clone(r[part][name]), labels...)
	slices.Sort(all)
	r[part][name] = slices.Compact(all)
}

// addAll adds what a registry has now, as Prometheus' text names it.
func (r record) addAll(part string, gatherer prometheus.Gatherer) {
	families, err := gatherer.Gather()
	if err != nil {
		log.Print(part, ": ", err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				labels = append(labels, label.GetName())
			}
			name := family.GetName()
			switch family.GetType() {
			case dto.MetricType_HISTOGRAM:
				r.add(part, name+"_bucket", append(labels, "le")...)
			case dto.MetricType_SUMMARY:
				r.add(part, name, append(labels, "quantile")...)
			default:
				r.add(part, name, labels...)
				continue
			}
			r.add(part, name+"_sum", labels...)
			r.add(part, name+"_count", labels...)
		}
	}
}

// node runs each collector of node_exporter alone. The arguments are its own: they say where files are.
func node() record {
	found := record{}
	// Alloy's, beside the collectors. Source: v1.18.1, internal/static/integrations/node_exporter, run.
	found.add("", "node_exporter_build_info", "branch", "goarch", "goos", "goversion", "revision", "tags", "version")
	found.add("", "promhttp_metric_handler_errors_total", "cause")
	config := kingpinconfig.AddFlags(kingpin.CommandLine)
	kingpin.Parse()
	for _, name := range collector.GetAvailableCollectors() {
		config.Collectors = map[string]bool{name: true}
		// Many fail, as this machine has not what they read: then they have no metrics to record.
		collectors, err := collector.NewNodeCollector(config, slog.New(slog.DiscardHandler))
		if err != nil {
			log.Print(name, ": ", err)
			continue
		}
		registry := prometheus.NewRegistry()
		registry.MustRegister(collectors)
		found.addAll(name, registry)
		for metric, labels := range found[name] {
			if strings.HasPrefix(metric, "node_scrape_collector_") {
				delete(found[name], metric)
				found.add("", metric, labels...)
			}
		}
	}
	return found
}

// cadvisor has the metrics of each kind, and under "" those that it has with every kind.
func cadvisor() record {
	of := func(kinds container.MetricSet) map[string][]string {
		// The pipeline has no variables of containers' environments.
		labels := func(of *info.ContainerInfo) map[string]string {
			without := *of
			without.Spec.Envs = nil
			return metrics.BaseContainerLabels(nil)(&without)
		}
		registry := prometheus.NewRegistry()
		registry.MustRegister(
			metrics.NewPrometheusCollector(metrics.Recorded(), labels, kinds, clock.RealClock{}, v2.RequestOptions{}),
			metrics.NewPrometheusMachineCollector(metrics.Recorded(), kinds),
		)
		found := record{}
		found.addAll("", registry)
		return found[""]
	}
	always := of(container.MetricSet{})
	found := record{"": always}
	for kind := range container.AllMetrics.Difference(container.MetricSet{container.AppMetrics: struct{}{}}) {
		for name, labels := range of(container.MetricSet{kind: struct{}{}}) {
			if _, ok := always[name]; !ok {
				found.add(string(kind), name, labels...)
			}
		}
	}
	return found
}

var (
	description = regexp.MustCompile(`fqName: "([^"]+)".* constLabels: \{(.*)\}, variableLabels: \{(.*)\}\}$`)
	constLabel  = regexp.MustCompile(`(\w+)="`)
)

// aistore has what proxies and targets register: most of it has no value before the first request.
func aistore() record {
	found := record{}
	for _, kind := range []string{apc.Proxy, apc.Target} {
		registry := stats.Recorded(kind, backend.Register)
		valued := record{}
		valued.addAll(kind, registry)
		descriptions := make(chan *prometheus.Desc)
		go func() {
			registry.Describe(descriptions)
			close(descriptions)
		}()
		for one := range descriptions {
			parts := description.FindStringSubmatch(one.String())
			if parts == nil {
				log.Fatal(one)
			}
			var labels []string
			for _, match := range constLabel.FindAllStringSubmatch(parts[2], -1) {
				labels = append(labels, match[1])
			}
			if parts[3] != "" {
				labels = append(labels, strings.Split(parts[3], ",")...)
			}
			if _, ok := valued[kind][parts[1]+"_bucket"]; !ok {
				found.add(kind, parts[1], labels...)
			}
		}
		for name, labels := range valued[kind] {
			found.add(kind, name, labels...)
		}
	}
	return found
}

func main() {
	if len(os.Args) < 2 {
		log.Fatal("name a source")
	}
	source := os.Args[1]
	os.Args = slices.Delete(os.Args, 1, 2)
	sources := map[string]func() any{
		"node": func() any { return node() },
		// Which collectors are on unless they are turned off.
		"node-defaults": func() any { return collector.GetDefaults() },
		"cadvisor":      func() any { return cadvisor() },
		"aistore":       func() any { return aistore() },
	}
	read, ok := sources[source]
	if !ok {
		log.Fatal(fmt.Sprintf("write one of %v", slices.Sorted(maps.Keys(sources))))
	}
	if err := json.NewEncoder(os.Stdout).Encode(read()); err != nil {
		log.Fatal(err)
	}
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/grafana/loki/pkg/push"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/grafana/alloy/internal/component/common/loki"
	"github.com/grafana/alloy/internal/component/loki/process/stages"
)

// data is what passes from a component to another.
type data struct {
	Logs    []line              `json:"logs,omitempty"`
	Samples []sample            `json:"samples,omitempty"`
	Targets []map[string]string `json:"targets,omitempty"`
	OTLP    *otlp               `json:"otlp,omitempty"`
}

// line is an entry of a log, as Loki has them.
type line struct {
	Line      string            `json:"line"`
	Labels    map[string]string `json:"labels"`
	Metadata  map[string]string `json:"metadata,omitempty"`
	Timestamp time.Time         `json:"timestamp"`
	// Extracted is what stages have found so far.
	Extracted map[string]any `json:"extracted,omitempty"`
}

// sample is of a series, as Prometheus has them.
type sample struct {
	Labels    map[string]string `json:"labels"`
	Value     float64           `json:"value"`
	Timestamp time.Time         `json:"timestamp"`
	// Type, such as counter, is what the scraped page says of the metric, where prometheus.scrape sends that on.
	Type string `json:"type,omitempty"`
}

// otlp is OpenTelemetry's JSON of each signal.
type otlp struct {
	Logs    json.RawMessage `json:"logs,omitempty"`
	Metrics json.RawMessage `json:"metrics,omitempty"`
	Traces  json.RawMessage `json:"traces,omitempty"`
}

// flow is data as components take it, in the order in which they get it.
type flow struct {
	entries []stages.Entry
	samples []sample
	targets []map[string]string
	logs    []plog.Logs
	metrics []pmetric.Metrics
	traces  []ptrace.Traces
}

func (f *flow) add(other flow) {
	f.entries = append(f.entries, other.entries...)
	f.samples = append(f.samples, other.samples...)
	f.targets = append(f.targets, other.targets...)
	f.logs = append(f.logs, other.logs...)
	f.metrics = append(f.metrics, other.metrics...)
	f.traces = append(f.traces, other.traces...)
}

func (f *flow) isEmpty() bool {
	return len(f.entries)+len(f.samples)+len(f.targets)+len(f.logs)+len(f.metrics)+len(f.traces) == 0
}

// read makes components' data of a request's.
func (d data) read(now time.Time) (flow, error) {
	read := flow{samples: d.Samples, targets: d.Targets}
	for i := range read.samples {
		if read.samples[i].Timestamp.IsZero() {
			read.samples[i].Timestamp = now
		}
	}
	for _, line := range d.Logs {
		read.entries = append(read.entries, line.entry(now))
	}
	if d.OTLP == nil {
		return read, nil
	}
	var failures []error
	if d.OTLP.Logs != nil {
		logs, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(d.OTLP.Logs)
		read.logs, failures = []plog.Logs{logs}, append(failures, err)
	}
	if d.OTLP.Metrics != nil {
		metrics, err := (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(d.OTLP.Metrics)
		read.metrics, failures = []pmetric.Metrics{metrics}, append(failures, err)
	}
	if d.OTLP.Traces != nil {
		traces, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(d.OTLP.Traces)
		read.traces, failures = []ptrace.Traces{traces}, append(failures, err)
	}
	if err := errors.Join(failures...); err != nil {
		return flow{}, fmt.Errorf("no OTLP: %w", err)
	}
	return read, nil
}

// show makes a response's data of components'.
func (f *flow) show() data {
	shown := data{Samples: f.samples, Targets: f.targets}
	for _, entry := range f.entries {
		shown.Logs = append(shown.Logs, showEntry(entry))
	}
	if len(f.logs)+len(f.metrics)+len(f.traces) > 0 {
		shown.OTLP = &otlp{}
	}
	if len(f.logs) > 0 {
		all := plog.NewLogs()
		for _, logs := range f.logs {
			for _, resource := range logs.ResourceLogs().All() {
				resource.CopyTo(all.ResourceLogs().AppendEmpty())
			}
		}
		// What was valid when it was read, or was made by OpenTelemetry's own code, has JSON.
		shown.OTLP.Logs, _ = (&plog.JSONMarshaler{}).MarshalLogs(all)
	}
	if len(f.metrics) > 0 {
		all := pmetric.NewMetrics()
		for _, metrics := range f.metrics {
			for _, resource := range metrics.ResourceMetrics().All() {
				resource.CopyTo(all.ResourceMetrics().AppendEmpty())
			}
		}
		shown.OTLP.Metrics, _ = (&pmetric.JSONMarshaler{}).MarshalMetrics(all)
	}
	if len(f.traces) > 0 {
		all := ptrace.NewTraces()
		for _, traces := range f.traces {
			for _, resource := range traces.ResourceSpans().All() {
				resource.CopyTo(all.ResourceSpans().AppendEmpty())
			}
		}
		shown.OTLP.Traces, _ = (&ptrace.JSONMarshaler{}).MarshalTraces(all)
	}
	return shown
}

func (l line) entry(now time.Time) stages.Entry {
	set := make(model.LabelSet, len(l.Labels))
	for name, value := range l.Labels {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	written := l.Timestamp
	if written.IsZero() {
		written = now
	}
	entry := push.Entry{Timestamp: written, Line: l.Line}
	for _, name := range slices.Sorted(maps.Keys(l.Metadata)) {
		entry.StructuredMetadata = append(entry.StructuredMetadata, push.LabelAdapter{Name: name, Value: l.Metadata[name]})
	}
	return stages.Entry{Entry: loki.NewEntryWithCreated(set, now, entry)}
}

func showEntry(entry stages.Entry) line {
	shown := line{
		Line:      entry.Line,
		Labels:    make(map[string]string, len(entry.Labels)),
		Timestamp: entry.Timestamp.UTC(),
		Extracted: maps.Clone(entry.Extracted),
	}
	for name, value := range entry.Labels {
		shown.Labels[string(name)] = string(value)
	}
	for _, pair := range entry.StructuredMetadata {
		if shown.Metadata == nil {
			shown.Metadata = map[string]string{}
		}
		shown.Metadata[pair.Name] = pair.Value
	}
	return shown
}

func showSample(set labels.Labels, millis int64, value float64) sample {
	return sample{Labels: set.Map(), Value: value, Timestamp: time.UnixMilli(millis).UTC()}
}

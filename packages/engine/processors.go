package main

import (
	"context"
	"fmt"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/grafana/alloy/internal/component/otelcol"
	"github.com/grafana/alloy/internal/component/otelcol/processor/memorylimiter"
	detection "github.com/open-telemetry/opentelemetry-collector-contrib/processor/resourcedetectionprocessor/engine"
)

// limitMemory passes everything, once the arguments are right: how much memory there is tells nothing of the data.
func (r *run) limitMemory(one *node, given flow) (flow, error) {
	args := &memorylimiter.Arguments{}
	edges, err := r.evaluate(one, args)
	if err != nil {
		return flow{}, err
	}
	return r.passOn(edges, args.Output, given), nil
}

// detectionArguments are those of otelcol.processor.resourcedetection for what is run here.
type detectionArguments struct {
	Detectors []string                   `alloy:"detectors,attr,optional"`
	Override  bool                       `alloy:"override,attr,optional"`
	Timeout   string                     `alloy:"timeout,attr,optional"`
	Output    *otelcol.ConsumerArguments `alloy:"output,block"`
}

// SetToDefault has what is found take the place of what was there, as Alloy does.
func (a *detectionArguments) SetToDefault() { a.Override = true }

func (r *run) detectResource(one *node, given flow) (flow, error) {
	args := &detectionArguments{}
	edges, err := r.evaluate(one, args)
	if err != nil {
		return flow{}, err
	}
	for _, detector := range args.Detectors {
		if detector != "env" {
			r.closeEdges(edges)
			return flow{}, fmt.Errorf("the detector %q isn't run here: only env is", detector)
		}
	}
	found, err := detection.Detect()
	if err != nil {
		r.errors = append(r.errors, fmt.Sprintf("%s: %s", one.id, err))
		found = pcommon.NewResource()
	}
	detected := given.copied()
	for _, logs := range detected.logs {
		for _, resource := range logs.ResourceLogs().All() {
			detection.Merge(resource.Resource(), found, args.Override)
		}
	}
	for _, metrics := range detected.metrics {
		for _, resource := range metrics.ResourceMetrics().All() {
			detection.Merge(resource.Resource(), found, args.Override)
		}
	}
	for _, traces := range detected.traces {
		for _, resource := range traces.ResourceSpans().All() {
			detection.Merge(resource.Resource(), found, args.Override)
		}
	}
	return r.passOn(edges, args.Output, detected), nil
}

// passOn forwards to the outputs of each signal.
func (r *run) passOn(edges []*edge, output *otelcol.ConsumerArguments, given flow) flow {
	ctx := context.Background()
	for _, next := range output.Logs {
		r.note(consume(ctx, next, flow{logs: given.logs}))
	}
	for _, next := range output.Metrics {
		r.note(consume(ctx, next, flow{metrics: given.metrics}))
	}
	for _, next := range output.Traces {
		r.note(consume(ctx, next, flow{traces: given.traces}))
	}
	return r.closeEdges(edges)
}

func (r *run) note(err error) {
	if err != nil {
		r.errors = append(r.errors, err.Error())
	}
}

// copied are the same data, which may be changed.
func (f flow) copied() flow {
	to := &edge{}
	// An edge copies what it keeps, and refuses nothing.
	_ = consume(context.Background(), to, f)
	return to.kept
}

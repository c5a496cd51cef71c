package main

import (
	"log/slog"
	"maps"
	"reflect"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/grafana/alloy/internal/component/common/loki"
	"github.com/grafana/alloy/internal/component/loki/process/stages"
	"github.com/grafana/alloy/internal/featuregate"
)

// processArguments are those of loki.process, whose package would bring more than its stages do.
type processArguments struct {
	ForwardTo []loki.LogsReceiver  `alloy:"forward_to,attr"`
	Stages    []stages.StageConfig `alloy:"stage,enum,optional"`
}

// process sends entries through the stages of a loki.process, one stage after the other.
func (r *run) process(one *node, given flow) (flow, error) {
	var args processArguments
	edges, err := r.evaluate(one, &args)
	if err != nil {
		return flow{}, err
	}
	entries := make([]stages.Entry, len(given.entries))
	for i, entry := range given.entries {
		entries[i] = stages.Entry{Entry: entry.Clone(), Extracted: map[string]any{}}
		// Stages find labels among what was extracted.
		for name, value := range entry.Labels {
			entries[i].Extracted[string(name)] = string(value)
		}
	}
	entries, err = r.runStages(one, args.Stages, nil, entries)
	for _, edge := range edges {
		for _, entry := range entries {
			edge.Chan() <- entry.Entry
		}
	}
	return r.closeEdges(edges), err
}

func (r *run) runStages(one *node, configs []stages.StageConfig, path []int, entries []stages.Entry) ([]stages.Entry, error) {
	for i, config := range configs {
		at := append(append([]int{}, path...), i)
		before := flow{entries: entries}
		shown := before.show()
		kept, inner, dropped, err := r.runStage(one, config, at, entries)
		if err != nil {
			return nil, err
		}
		after := flow{entries: kept}
		step := step{Component: one.id, Stage: &stage{Name: stageName(config), Path: at}, In: shown, Out: after.show(), Dropped: dropped}
		r.steps = append(append(r.steps, step), inner...)
		entries = kept
	}
	return entries, nil
}

// runStage returns what a stage lets through, the steps within it, and why it dropped what it did.
func (r *run) runStage(one *node, config stages.StageConfig, path []int, entries []stages.Entry) ([]stages.Entry, []step, map[string]int, error) {
	registry := prometheus.NewRegistry()
	made, err := stages.New(slog.New(slog.DiscardHandler), config, registry, featuregate.StabilityExperimental)
	if err != nil {
		return nil, nil, nil, err
	}
	var inner []step
	var kept []stages.Entry
	if match := config.MatchConfig; match != nil && len(match.Stages) > 0 {
		// Those that match go through the stages within it, which are shown too.
		kept, inner, err = r.runMatch(one, *match, path, entries)
		if err != nil {
			return nil, nil, nil, err
		}
	} else {
		kept = passThrough(made, entries)
	}
	dropped := map[string]int{}
	families, err := registry.Gather()
	for _, family := range families {
		if family.GetName() != "loki_process_dropped_lines_total" {
			continue
		}
		for _, metric := range family.GetMetric() {
			if count := int(metric.GetCounter().GetValue()); count > 0 {
				dropped[metric.GetLabel()[0].GetValue()] += count
			}
		}
	}
	return kept, inner, dropped, err
}

// runMatch asks the stage itself which entries match: one with the same selector that drops them.
func (r *run) runMatch(one *node, match stages.MatchConfig, path []int, entries []stages.Entry) ([]stages.Entry, []step, error) {
	asking := stages.MatchConfig{Selector: match.Selector, Action: stages.MatchActionDrop}
	var kept, matching []stages.Entry
	for _, entry := range entries {
		made, err := stages.New(slog.New(slog.DiscardHandler), stages.StageConfig{MatchConfig: &asking}, prometheus.NewRegistry(), featuregate.StabilityExperimental)
		if err != nil {
			return nil, nil, err
		}
		if len(passThrough(made, []stages.Entry{entry})) > 0 {
			kept = append(kept, entry)
			continue
		}
		// As a pipeline of its own does, it begins with what the labels are by then.
		for name, value := range entry.Labels {
			entry.Extracted[string(name)] = string(value)
		}
		matching = append(matching, entry)
	}
	within := &run{}
	if len(matching) > 0 {
		var err error
		if matching, err = within.runStages(one, match.Stages, path, matching); err != nil {
			return nil, nil, err
		}
	}
	return append(kept, matching...), within.steps, nil
}

// passThrough sends entries through a stage, and has it give what it still holds.
func passThrough(made stages.Stage, entries []stages.Entry) []stages.Entry {
	in := make(chan stages.Entry)
	out := made.Run(in)
	go func() {
		defer close(in)
		for _, entry := range entries {
			in <- stages.Entry{Entry: entry.Clone(), Extracted: maps.Clone(entry.Extracted)}
		}
	}()
	var kept []stages.Entry
	for entry := range out {
		kept = append(kept, entry)
	}
	made.Cleanup()
	return kept
}

// stageName is the name of the block that a stage is configured by.
func stageName(config stages.StageConfig) string {
	value := reflect.ValueOf(config)
	for i := range value.NumField() {
		if !value.Field(i).IsNil() {
			name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("alloy"), ",")
			return "stage." + name
		}
	}
	return "stage"
}

package main

import (
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"

	"github.com/grafana/alloy/internal/component/loki/process/stages"
	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/vm"

	alloyrelabel "github.com/grafana/alloy/internal/component/common/relabel"
)

// relabelArguments are those of discovery.relabel, whose package would bring Alloy's cluster of agents.
type relabelArguments struct {
	Targets []map[string]string    `alloy:"targets,attr"`
	Rules   []*alloyrelabel.Config `alloy:"rule,block,optional"`
}

// relabelTargets gives what a discovery.relabel exports, where targets that it takes came of an input.
func (r *run) relabelTargets(one *node) error {
	given, isGiven := r.targets[one.id]
	delete(r.targets, one.id)
	if !isGiven && !r.isGivenTargets(one) {
		return nil
	}
	var args relabelArguments
	if _, err := r.evaluate(one, &args); err != nil {
		return err
	}
	if isGiven {
		args.Targets = given
	}
	in := flow{targets: args.Targets}
	out := flow{}
	for _, target := range args.Targets {
		if kept, ok := applyRules(target, args.Rules); ok {
			out.targets = append(out.targets, kept)
		}
	}
	r.steps = append(r.steps, step{Component: one.id, In: in.show(), Out: out.show()})
	r.targets[one.id] = out.targets
	return r.showRules(one, in)
}

func applyRules(set map[string]string, rules []*alloyrelabel.Config) (map[string]string, bool) {
	builder := labels.NewBuilder(labels.FromMap(set))
	keep := relabel.ProcessBuilder(builder, alloyrelabel.ComponentToPromRelabelConfigs(rules)...)
	return builder.Labels().Map(), keep
}

// showRules has a step for each rule of a component that relabels.
func (r *run) showRules(one *node, given flow) error {
	index := 0
	for _, statement := range one.block.Body {
		block, ok := statement.(*ast.BlockStmt)
		if !ok || block.GetBlockName() != "rule" {
			continue
		}
		rule := &alloyrelabel.Config{}
		if err := vm.New(block.Body).Evaluate(r.scope(one, &[]*edge{}), rule); err != nil {
			return err
		}
		after := given.relabeled([]*alloyrelabel.Config{rule})
		r.steps = append(r.steps, step{
			Component: one.id,
			Stage:     &stage{Name: "rule", Path: []int{index}},
			In:        given.show(),
			Out:       after.show(),
		})
		given = after
		index++
	}
	return nil
}

func (f flow) relabeled(rules []*alloyrelabel.Config) flow {
	var after flow
	for _, target := range f.targets {
		if kept, ok := applyRules(target, rules); ok {
			after.targets = append(after.targets, kept)
		}
	}
	for _, sample := range f.samples {
		if kept, ok := applyRules(sample.Labels, rules); ok && len(kept) > 0 {
			sample.Labels = kept
			after.samples = append(after.samples, sample)
		}
	}
	for _, entry := range f.entries {
		set := make(map[string]string, len(entry.Labels))
		for name, value := range entry.Labels {
			set[string(name)] = string(value)
		}
		if kept, ok := applyRules(set, rules); ok && len(kept) > 0 {
			copied := stages.Entry{Entry: entry.Clone()}
			copied.Labels = make(model.LabelSet, len(kept))
			for name, value := range kept {
				copied.Labels[model.LabelName(name)] = model.LabelValue(value)
			}
			after.entries = append(after.entries, copied)
		}
	}
	return after
}

package main

import (
	"slices"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/vm"
	"github.com/prometheus/prometheus/storage"

	"github.com/grafana/alloy/internal/component/common/loki"
	"github.com/grafana/alloy/internal/component/otelcol"
)

// sendOn sends data to where a component forwards that isn't run itself, such as a source.
func (r *run) sendOn(one *node, given flow) error {
	edges := []*edge{}
	scope := r.scope(one, &edges)
	evaluate := func(expr ast.Expr, into any) error {
		if expr == nil {
			return nil
		}
		return vm.New(expr).Evaluate(scope, into)
	}
	forward := attribute(one.block.Body, "forward_to")
	output := blockNamed(one.block.Body, "output")
	honorsTypes := false
	err := evaluate(attribute(one.block.Body, "honor_metadata"), &honorsTypes)
	if err != nil {
		return err
	}
	if one.name == "prometheus.scrape" && !honorsTypes {
		// What a page says of its metrics goes on from there only where that is asked for.
		given.samples = slices.Clone(given.samples)
		for i := range given.samples {
			given.samples[i].Type = ""
		}
	}
	for _, part := range []struct {
		flow flow
		expr ast.Expr
		into any
	}{
		{flow{entries: given.entries}, forward, &[]loki.LogsReceiver{}},
		{flow{samples: given.samples}, forward, &[]storage.Appendable{}},
		{flow{logs: given.logs}, attribute(output, "logs"), &[]otelcol.Consumer{}},
		{flow{metrics: given.metrics}, attribute(output, "metrics"), &[]otelcol.Consumer{}},
		{flow{traces: given.traces}, attribute(output, "traces"), &[]otelcol.Consumer{}},
	} {
		if part.flow.isEmpty() {
			continue
		}
		at := len(edges)
		err = evaluate(part.expr, part.into)
		for _, edge := range edges[at:] {
			edge.keep(part.flow)
		}
		if err != nil {
			break
		}
	}
	r.closeEdges(edges)
	return err
}

// takeTargets has targets arrive at a component that isn't run, where any of them came of an input.
func (r *run) takeTargets(one *node) error {
	expr := attribute(one.block.Body, "targets")
	if expr == nil || !r.isGivenTargets(one) {
		return nil
	}
	var targets []map[string]string
	if err := vm.New(expr).Evaluate(r.scope(one, &[]*edge{}), &targets); err != nil {
		return err
	}
	r.deliver(one.id+".targets", flow{targets: targets})
	return nil
}

// isGivenTargets tells whether targets that a component names came of an input.
func (r *run) isGivenTargets(one *node) bool {
	return slices.ContainsFunc(one.refs, func(ref reference) bool {
		_, given := r.targets[ref.node.id]
		return given && !ref.leadsTo()
	})
}

func attribute(body ast.Body, name string) ast.Expr {
	for _, statement := range body {
		if found, ok := statement.(*ast.AttributeStmt); ok && found.Name.Name == name {
			return found.Value
		}
	}
	return nil
}

func blockNamed(body ast.Body, name string) ast.Body {
	for _, statement := range body {
		if found, ok := statement.(*ast.BlockStmt); ok && found.GetBlockName() == name {
			return found.Body
		}
	}
	return nil
}

package main

import (
	"slices"
	"strings"

	"github.com/grafana/alloy/syntax/ast"
)

// signals are what blocks and attributes of processors are named by.
var signals = []string{"log", "metric", "trace"}

// has tells whether there is anything of a signal that a block is for.
func (f flow) has(block string) bool {
	switch {
	case strings.HasPrefix(block, "log"):
		return len(f.logs) > 0
	case strings.HasPrefix(block, "metric"):
		return len(f.metrics) > 0
	}
	return len(f.traces) > 0
}

// showParts has a step for each condition of a filter, and for each block of statements of a transform: the component
// runs once more for each, as one that has only this.
func (r *run) showParts(one *node, given flow) error {
	if one.name != "otelcol.processor.filter" && one.name != "otelcol.processor.transform" {
		return nil
	}
	var common ast.Body
	for _, statement := range one.block.Body {
		block, ok := statement.(*ast.BlockStmt)
		if !ok || block.GetBlockName() == "output" {
			common = append(common, statement)
		}
	}
	index := -1
	for _, statement := range one.block.Body {
		block, ok := statement.(*ast.BlockStmt)
		if !ok {
			continue
		}
		index++
		name := block.GetBlockName()
		isOfSignal := slices.ContainsFunc(signals, func(signal string) bool { return strings.HasPrefix(name, signal) })
		if !isOfSignal || !given.has(name) {
			continue
		}
		parts := []part{{stage{Name: name, Path: []int{index}}, block}}
		if one.name == "otelcol.processor.filter" {
			parts = conditionsOf(block, index)
		}
		for _, part := range parts {
			after, err := r.runPart(one, append(slices.Clone(common), part.block), given)
			if err != nil {
				return err
			}
			r.steps = append(r.steps, step{Component: one.id, Stage: &part.stage, In: given.show(), Out: after.show()})
			given = after
		}
	}
	return nil
}

// part is a block that has one of what a component has several of.
type part struct {
	stage stage
	block *ast.BlockStmt
}

func conditionsOf(block *ast.BlockStmt, index int) []part {
	var lists []*ast.AttributeStmt
	// Such as the context that all conditions of a block have.
	var common ast.Body
	for _, statement := range block.Body {
		list, isAttribute := statement.(*ast.AttributeStmt)
		if isAttribute && isArray(list.Value) {
			lists = append(lists, list)
		} else {
			common = append(common, statement)
		}
	}
	var parts []part
	for _, list := range lists {
		conditions, _ := list.Value.(*ast.ArrayExpr)
		for i, condition := range conditions.Elements {
			array := *conditions
			array.Elements = []ast.Expr{condition}
			single := *block
			single.Body = append(slices.Clone(common), &ast.AttributeStmt{Name: list.Name, Value: &array})
			parts = append(parts, part{stage{Name: list.Name.Name, Path: []int{index, i}}, &single})
		}
	}
	return parts
}

func isArray(expr ast.Expr) bool {
	_, ok := expr.(*ast.ArrayExpr)
	return ok
}

// runPart runs a component with another body, from which nothing goes on.
func (r *run) runPart(one *node, body ast.Body, given flow) (flow, error) {
	block := *one.block
	block.Body = body
	copied := *one
	copied.block = &block
	alone := &run{request: r.request, targets: r.targets, contents: r.contents, arrived: map[string]flow{}}
	return alone.component(&copied, given.copied())
}

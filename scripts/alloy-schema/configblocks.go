package main

import (
	"fmt"
	"go/ast"
)

// configBlock is a block that configures Alloy itself, and the Go types of what
// it holds, with where they are: the first that a version has.
type configBlock struct {
	name   string
	places []place
	label  bool
	// config is set where it holds components; template, where a block of it does.
	config, template bool
}

var configBlocks = []configBlock{
	{name: "logging", places: []place{{"internal/runtime/logging", "Options"}}},
	{name: "tracing", places: []place{{"internal/runtime/tracing", "Options"}}},
	{name: "http", places: []place{{"internal/service/http", "Arguments"}}},
	{name: "livedebugging", places: []place{{"internal/service/livedebugging", "Arguments"}}},
	{name: "remotecfg", places: []place{{"internal/service/remotecfg", "Arguments"}}},
	{name: "labelstore", places: []place{{"internal/service/labelstore", "Arguments"}}},
	{name: "import.file", label: true, places: importSource("FileArguments")},
	{name: "import.git", label: true, places: importSource("GitArguments")},
	{name: "import.http", label: true, places: importSource("HTTPArguments")},
	{name: "import.string", label: true, places: append(importSource("StringArguments"), importSource("importStringConfigBlock")...)},
	{name: "declare", label: true, config: true},
	{name: "argument", label: true, places: []place{{"internal/nodeconf/argument", "Arguments"}, {controller, "argumentBlock"}}},
	{name: "export", label: true, places: []place{{"internal/nodeconf/export", "Arguments"}, {controller, "exportBlock"}}},
	{name: "foreach", label: true, template: true, places: []place{
		{"internal/nodeconf/foreach", "Arguments"}, {controller, "ForEachArguments"},
	}},
}

type place struct{ folder, goType string }

const controller = "internal/runtime/internal/controller"

func importSource(goType string) []place {
	return []place{{"internal/nodeconf/importsource", goType}, {"internal/runtime/internal/importsource", goType}}
}

func (r *reader) configBlock(block configBlock) (componentSchema, error) {
	result := componentSchema{Name: block.name, Stability: "generally-available", Label: "none"}
	if block.label {
		result.Label = "required"
	}
	if block.config {
		result.Args = bodySchema{Config: true}
		return result, nil
	}
	for _, place := range block.places {
		pkg, err := r.sources.open(place.folder)
		if err != nil {
			return result, err
		}
		args, ok := pkg.types[place.goType]
		if !ok {
			continue
		}
		found, err := r.sources.resolve(declared{expr: ast.NewIdent(place.goType), file: args.file, pkg: pkg})
		if err != nil {
			return result, err
		}
		result.Stability = levelOf(block.name, pkg)
		result.Args, err = r.body(found, nil)
		if block.template {
			template := blockSchema{Name: "template", Body: bodySchema{Config: true}}
			result.Args.Blocks = append(result.Args.Blocks, template)
		}
		return result, err
	}
	return result, fmt.Errorf("no sources of the block %s", block.name)
}

// levelOf is the level of stability of a config block, which only the less
// stable ones have: in their package, or in a map of the controller's.
func levelOf(name string, pkg *goPackage) string {
	if level, ok := pkg.values["StabilityLevel"]; ok {
		return stabilityOf(level.expr)
	}
	if unstable, ok := pkg.values["configBlocksUnstable"]; ok && name == "foreach" {
		pair := unstable.expr.(*ast.CompositeLit).Elts[0].(*ast.KeyValueExpr)
		return stabilityOf(pair.Value)
	}
	return "generally-available"
}

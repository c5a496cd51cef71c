package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type schema struct {
	Components   []componentSchema `json:"components"`
	ConfigBlocks []componentSchema `json:"configBlocks"`
	Stdlib       identifiers       `json:"stdlib"`
}

type componentSchema struct {
	Name string `json:"name"`
	// Stability is a level, or "community".
	Stability string `json:"stability"`
	// Label is that of a config block: none, or required.
	Label string `json:"label,omitempty"`
	// Accepts are the signals that an exporter's sources name.
	Accepts []string          `json:"accepts,omitempty"`
	Args    bodySchema        `json:"args"`
	Exports []attributeSchema `json:"exports,omitempty"`
}

type bodySchema struct {
	Attributes []attributeSchema `json:"attributes,omitempty"`
	Blocks     []blockSchema     `json:"blocks,omitempty"`
	Go         string            `json:"go"`
	Label      bool              `json:"label,omitempty"`
	// Config is set alone, for a body that holds components.
	Config bool `json:"config,omitempty"`
	// Ref is set alone, for a body inside of itself.
	Ref string `json:"$ref,omitempty"`
}

type attributeSchema struct {
	Name     string     `json:"name"`
	Optional bool       `json:"optional,omitempty"`
	Type     typeSchema `json:"type"`
	// Default is what the sources set, unless that is the zero value.
	Default any `json:"default,omitempty"`
	// UnknownDefault is the expression of which the sources don't tell the value.
	UnknownDefault string `json:"unknownDefault,omitempty"`
}

type blockSchema struct {
	Name     string     `json:"name"`
	Optional bool       `json:"optional,omitempty"`
	Repeated bool       `json:"repeated,omitempty"`
	Enum     string     `json:"enum,omitempty"`
	Body     bodySchema `json:"body"`
}

type identifiers struct {
	Identifiers []identifier `json:"identifiers"`
}

type identifier struct {
	Name string `json:"name"`
	// Kind is function, or value.
	Kind         string `json:"kind"`
	Deprecated   bool   `json:"deprecated,omitempty"`
	Experimental bool   `json:"experimental,omitempty"`
}

// reader reads schemas out of sources.
type reader struct {
	sources *sources
	// within are the names of the types that are being read.
	within []string
}

// readSchema reads the schema of a version.
//
// syntax is the folder of its module github.com/grafana/alloy/syntax. Empty:
// functions are those that the documentation names.
func readSchema(sources *sources, syntax string) (*schema, error) {
	r := &reader{sources: sources}
	all, err := sources.open("internal/component/all")
	if err != nil {
		return nil, err
	}
	result := &schema{}
	for _, file := range all.files {
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			pkg, err := sources.open(strings.TrimPrefix(path, module))
			if err != nil {
				return nil, err
			}
			components, err := r.registered(pkg)
			if err != nil {
				return nil, err
			}
			result.Components = append(result.Components, components...)
		}
	}
	slices.SortFunc(result.Components, func(a, b componentSchema) int { return strings.Compare(a.Name, b.Name) })
	for _, block := range configBlocks {
		found, err := r.configBlock(block)
		if err != nil {
			return nil, err
		}
		result.ConfigBlocks = append(result.ConfigBlocks, found)
	}
	result.Stdlib.Identifiers, err = documentedFunctions(sources.folder)
	if err == nil && syntax != "" {
		result.Stdlib.Identifiers, err = librarySources(syntax)
	}
	return result, err
}

// registered are the components that a package registers.
func (r *reader) registered(pkg *goPackage) (components []componentSchema, err error) {
	for _, file := range pkg.files {
		ast.Inspect(file, func(node ast.Node) bool {
			literal, ok := node.(*ast.CompositeLit)
			if !ok || err != nil {
				return err == nil
			}
			if selector, ok := literal.Type.(*ast.SelectorExpr); !ok || selector.Sel.Name != "Registration" {
				return true
			}
			component, failure := r.component(literal, declared{file: file, pkg: pkg})
			if failure != nil {
				err = failure
			} else {
				components = append(components, component)
			}
			return false
		})
	}
	return components, err
}

func (r *reader) component(literal *ast.CompositeLit, in declared) (componentSchema, error) {
	var result componentSchema
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		var err error
		switch pair.Key.(*ast.Ident).Name {
		case "Name":
			result.Name, err = r.sources.text(pair.Value, in)
		case "Stability":
			result.Stability = stabilityOf(pair.Value)
		case "Community":
			if value, ok := pair.Value.(*ast.Ident); ok && value.Name == "true" {
				result.Stability = "community"
			}
		case "Build":
			result.Accepts = signalsIn(pair.Value)
		case "Args":
			result.Args, err = r.valueBody(pair.Value, in)
		case "Exports":
			var exports bodySchema
			exports, err = r.valueBody(pair.Value, in)
			result.Exports = exports.Attributes
		}
		if err != nil {
			return result, err
		}
	}
	return result, nil
}

// signalsIn are those of the constants in exporter.TypeSignalConstFunc(…).
func signalsIn(build ast.Expr) (signals []string) {
	ast.Inspect(build, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || embeddedName(call.Fun) != "TypeSignalConstFunc" {
			return true
		}
		text := types.ExprString(call.Args[0])
		for _, signal := range []string{"metrics", "logs", "traces"} {
			if strings.Contains(text, "TypeAll") || strings.Contains(strings.ToLower(text), "type"+signal) {
				signals = append(signals, signal)
			}
		}
		return false
	})
	return signals
}

var capital = regexp.MustCompile(`[A-Z]`)

// stabilityOf makes generally-available of featuregate.StabilityGenerallyAvailable.
func stabilityOf(expr ast.Expr) string {
	selector, ok := expr.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	words := strings.TrimPrefix(selector.Sel.Name, "Stability")
	return strings.ToLower(strings.TrimPrefix(capital.ReplaceAllString(words, "-$0"), "-"))
}

// valueBody is the body of the type of an empty value, such as Arguments{}.
func (r *reader) valueBody(expr ast.Expr, in declared) (bodySchema, error) {
	switch value := expr.(type) {
	case *ast.Ident:
		if value.Name == "nil" {
			return bodySchema{}, nil
		}
	case *ast.UnaryExpr:
		return r.valueBody(value.X, in)
	case *ast.CompositeLit:
		found, err := r.sources.resolve(declared{expr: value.Type, file: in.file, pkg: in.pkg})
		if err != nil {
			return bodySchema{}, err
		}
		return r.body(found, nil)
	}
	return bodySchema{}, fmt.Errorf("%s: the arguments are no empty value", in.pkg.path)
}

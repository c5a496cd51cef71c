package main

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"reflect"
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
	Stability string            `json:"stability"`
	Args      bodySchema        `json:"args"`
	Exports   []attributeSchema `json:"exports,omitempty"`
}

type bodySchema struct {
	Attributes []attributeSchema `json:"attributes,omitempty"`
	Blocks     []blockSchema     `json:"blocks,omitempty"`
	Go         string            `json:"go"`
	Label      bool              `json:"label,omitempty"`
	// Ref is set alone, for a body inside of itself.
	Ref string `json:"$ref,omitempty"`
}

type attributeSchema struct {
	Name     string     `json:"name"`
	Optional bool       `json:"optional,omitempty"`
	Type     typeSchema `json:"type"`
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
}

// configBlocks are the blocks that configure Alloy itself, and the Go types of
// what they hold, with where they are: the first that a version has.
var configBlocks = []struct {
	name   string
	places []place
}{
	{"argument", []place{{"internal/nodeconf/argument", "Arguments"}, {controller, "argumentBlock"}}},
	{"export", []place{{"internal/nodeconf/export", "Arguments"}, {controller, "exportBlock"}}},
	{"foreach", []place{{"internal/nodeconf/foreach", "Arguments"}, {controller, "ForEachArguments"}}},
	{"http", []place{{"internal/service/http", "Arguments"}}},
	{"import.file", importSource("FileArguments")},
	{"import.git", importSource("GitArguments")},
	{"import.http", importSource("HTTPArguments")},
	{"import.string", append(importSource("StringArguments"), importSource("importStringConfigBlock")...)},
	{"livedebugging", []place{{"internal/service/livedebugging", "Arguments"}}},
	{"logging", []place{{"internal/runtime/logging", "Options"}}},
	{"remotecfg", []place{{"internal/service/remotecfg", "Arguments"}}},
	{"tracing", []place{{"internal/runtime/tracing", "Options"}}},
}

type place struct{ folder, goType string }

const controller = "internal/runtime/internal/controller"

func importSource(goType string) []place {
	return []place{{"internal/nodeconf/importsource", goType}, {"internal/runtime/internal/importsource", goType}}
}

// reader reads schemas out of sources.
type reader struct {
	sources *sources
	// within are the names of the types that are being read.
	within []string
}

func readSchema(sources *sources) (*schema, error) {
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
		found, err := r.configBlock(block.name, block.places)
		if err != nil {
			return nil, err
		}
		result.ConfigBlocks = append(result.ConfigBlocks, found)
	}
	result.Stdlib.Identifiers, err = documentedFunctions(sources.folder)
	return result, err
}

func (r *reader) configBlock(name string, places []place) (componentSchema, error) {
	for _, place := range places {
		pkg, err := r.sources.open(place.folder)
		if err != nil {
			return componentSchema{}, err
		}
		args, ok := pkg.types[place.goType]
		if !ok {
			continue
		}
		found, err := r.sources.resolve(declared{expr: ast.NewIdent(place.goType), file: args.file, pkg: pkg})
		if err != nil {
			return componentSchema{}, err
		}
		body, err := r.body(found)
		return componentSchema{Name: name, Stability: levelOf(name, pkg), Args: body}, err
	}
	return componentSchema{}, fmt.Errorf("no sources of the block %s", name)
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
		return r.body(found)
	}
	return bodySchema{}, fmt.Errorf("%s: the arguments are no empty value", in.pkg.path)
}

// body reads the tags of a struct's fields.
func (r *reader) body(of resolved) (bodySchema, error) {
	body := bodySchema{Go: of.name}
	if of.name != "" && slices.Contains(r.within, of.name) {
		return bodySchema{Ref: of.name}, nil
	}
	r.within = append(r.within, of.name)
	defer func() { r.within = r.within[:len(r.within)-1] }()
	structure, ok := of.expr.(*ast.StructType)
	if !ok {
		return body, nil
	}
	for _, field := range structure.Fields.List {
		if field.Tag == nil {
			continue
		}
		raw, err := strconv.Unquote(field.Tag.Value)
		if err != nil {
			return body, err
		}
		tag, ok := reflect.StructTag(raw).Lookup("alloy")
		if !ok {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		kind, _, _ := strings.Cut(options, ",")
		fieldType := declared{expr: field.Type, file: of.file, pkg: of.pkg}
		if err := r.member(&body, name, kind, strings.HasSuffix(options, ",optional"), fieldType); err != nil {
			return body, fmt.Errorf("%s.%s: %w", of.name, name, err)
		}
	}
	return body, nil
}

func (r *reader) member(body *bodySchema, name, kind string, optional bool, of declared) error {
	switch kind {
	case "attr":
		fieldType, err := r.typeOf(of)
		body.Attributes = append(body.Attributes, attributeSchema{Name: name, Optional: optional, Type: fieldType})
		return err
	case "block":
		inner, repeated, err := r.innerBody(of)
		body.Blocks = append(body.Blocks, blockSchema{Name: name, Optional: optional, Repeated: repeated, Body: inner})
		return err
	case "enum":
		inner, err := r.choices(of)
		for _, block := range inner.Blocks {
			block.Name, block.Enum, block.Optional, block.Repeated = name+"."+block.Name, name, optional, true
			body.Blocks = append(body.Blocks, block)
		}
		return err
	case "squash":
		inner, _, err := r.innerBody(of)
		body.Attributes = append(body.Attributes, inner.Attributes...)
		body.Blocks = append(body.Blocks, inner.Blocks...)
		body.Label = body.Label || inner.Label
		return err
	case "label":
		body.Label = true
		return nil
	}
	return fmt.Errorf("a tag of the kind %q", kind)
}

// choices is the body of the items of a list, whose blocks are what each may be.
// It is no body that a config shows, and so may come up again inside of itself.
func (r *reader) choices(of declared) (bodySchema, error) {
	found, err := r.sources.resolve(of)
	if err != nil {
		return bodySchema{}, err
	}
	if list, ok := found.expr.(*ast.ArrayType); ok {
		return r.choices(declared{expr: list.Elt, file: found.file, pkg: found.pkg})
	}
	found.name = ""
	return r.body(found)
}

// innerBody is the body of a block: of a struct, or of the items of a list of some.
func (r *reader) innerBody(of declared) (body bodySchema, repeated bool, err error) {
	found, err := r.sources.resolve(of)
	if err != nil {
		return body, false, err
	}
	switch list := found.expr.(type) {
	case *ast.ArrayType:
		body, _, err = r.innerBody(declared{expr: list.Elt, file: found.file, pkg: found.pkg})
		return body, true, err
	case *ast.MapType:
		body, _, err = r.innerBody(declared{expr: list.Value, file: found.file, pkg: found.pkg})
		return body, true, err
	}
	body, err = r.body(found)
	return body, false, err
}

// documented finds a function by its heading, and a constant by its item of a list.
var documented = regexp.MustCompile("(?m)^(?:##? |\\* )`?([a-z_]+(?:\\.[a-zA-Z0-9_]+)?)`?(?:$|:| :)")

// documentedFunctions are the functions of the configuration language, which
// its reference documentation has by name: their own sources are another module.
func documentedFunctions(folder string) ([]identifier, error) {
	pages, err := filepath.Glob(filepath.Join(folder, "docs/sources/reference/stdlib/*.md"))
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		page = strings.TrimSuffix(filepath.Base(page), ".md")
		functions := documented.FindAllSubmatch(text, -1)
		for _, match := range functions {
			name := string(match[1])
			switch {
			case strings.Contains(name, "."):
				names[name] = true
			case name != page:
				names[page+"."+name] = true
			case len(functions) == 1:
				names[page] = true
			}
		}
	}
	found := []identifier{}
	for name := range names {
		found = append(found, identifier{name})
	}
	slices.SortFunc(found, func(a, b identifier) int { return strings.Compare(a.Name, b.Name) })
	return found, nil
}

package main

import (
	"go/ast"
	"strings"
)

// resolved is what a type comes down to: its last name and what that stands
// for, below pointers.
type resolved struct {
	declared
	// name is that of the type, with its package, such as component/loki/write.Arguments. Empty: it has none.
	name string
	// methods are those of the type: what it is made of has its own.
	methods map[string]*method
}

// resolve follows names to what they stand for.
func (s *sources) resolve(in declared) (resolved, error) {
	result := resolved{declared: in}
	for {
		switch expr := result.expr.(type) {
		case *ast.StarExpr:
			result.expr = expr.X
			continue
		case *ast.ParenExpr:
			result.expr = expr.X
			continue
		case *ast.IndexExpr:
			result.expr = expr.X
			continue
		case *ast.Ident, *ast.SelectorExpr:
			pkg, name, importPath, err := s.named(expr, result.declared)
			if err != nil {
				return result, err
			}
			if pkg == nil {
				if result.name == "" {
					result.name = importPath + "." + name
				}
				return result, nil
			}
			next, ok := pkg.types[name]
			if !ok {
				return result, nil
			}
			if result.name == "" {
				result.name = strings.TrimPrefix(pkg.path, "internal/") + "." + name
			}
			if result.methods == nil {
				result.methods = pkg.methods[name]
			}
			if next.alias {
				result.methods = nil
			} else if result.methods == nil {
				result.methods = map[string]*method{}
			}
			result.declared = next
			continue
		}
		return result, nil
	}
}

// typeSchema is what a value may be.
type typeSchema struct {
	Kind    string            `json:"k"`
	Number  string            `json:"num,omitempty"`
	Bits    int               `json:"bits,omitempty"`
	Of      *typeSchema       `json:"of,omitempty"`
	Fields  []attributeSchema `json:"fields,omitempty"`
	Capsule string            `json:"name,omitempty"`
	Go      string            `json:"go,omitempty"`
	// Words are those that the sources name for a string.
	Words []string `json:"words,omitempty"`
}

// foreign are the types of other modules that values have.
var foreign = map[string]typeSchema{
	"time.Duration":  {Kind: "duration"},
	"net/url.Values": {Kind: "map", Of: &typeSchema{Kind: "list", Of: &typeSchema{Kind: "string"}}},
	"github.com/grafana/alloy/syntax/alloytypes.OptionalSecret": {Kind: "optional_secret"},
	"github.com/grafana/alloy/syntax/alloytypes.Secret":         {Kind: "secret"},
	"github.com/grafana/dskit/flagext.StringSlice":              {Kind: "list", Of: &typeSchema{Kind: "string"}},
	"github.com/prometheus/common/config.Secret":                {Kind: "secret"},
	"github.com/prometheus/common/model.Duration":               {Kind: "duration"},
	"github.com/prometheus/prometheus/storage.Appendable":       {Kind: "capsule", Capsule: "prometheus.MetricsReceiver"},
}

// capsules are those whose name in the documentation is not that of the type.
var capsules = map[string]string{
	"component/otelcol/auth.Handler":               "otelcol.auth.Handler",
	"component/otelcol/extension.ExtensionHandler": "otelcol.extension.Handler",
	"component/pyroscope.Appendable":               "pyroscope.ProfilesReceiver",
}

var numbers = map[string]typeSchema{
	"int": {Number: "int", Bits: 64}, "int8": {Number: "int", Bits: 8}, "int16": {Number: "int", Bits: 16},
	"int32": {Number: "int", Bits: 32}, "int64": {Number: "int", Bits: 64},
	"uint": {Number: "uint", Bits: 64}, "uint8": {Number: "uint", Bits: 8}, "uint16": {Number: "uint", Bits: 16},
	"uint32": {Number: "uint", Bits: 32}, "uint64": {Number: "uint", Bits: 64},
	"float32": {Number: "float", Bits: 32}, "float64": {Number: "float", Bits: 64},
}

// typeOf is what an attribute or an export of a type may be.
func (r *reader) typeOf(in declared) (typeSchema, error) {
	found, err := r.sources.resolve(in)
	if err != nil {
		return typeSchema{}, err
	}
	switch {
	case found.name == "component/discovery.Target":
		return typeSchema{Kind: "target"}, nil
	case found.methods["UnmarshalText"] != nil:
		return r.text(found)
	case found.methods["AlloyCapsule"] != nil:
		return typeSchema{Kind: "capsule", Capsule: capsuleName(found.name)}, nil
	}
	if known, ok := foreign[found.name]; ok {
		return known, nil
	}
	switch expr := found.expr.(type) {
	case *ast.Ident:
		if expr.Name == "string" && found.name != "" {
			return r.text(found)
		}
		return basic(expr.Name), nil
	case *ast.SelectorExpr:
		return typeSchema{Kind: "string", Go: found.name}, nil
	case *ast.ArrayType:
		of, err := r.typeOf(declared{expr: expr.Elt, file: found.file, pkg: found.pkg})
		return typeSchema{Kind: "list", Of: &of}, err
	case *ast.MapType:
		of, err := r.typeOf(declared{expr: expr.Value, file: found.file, pkg: found.pkg})
		return typeSchema{Kind: "map", Of: &of}, err
	case *ast.StructType:
		body, err := r.body(found, nil)
		if err != nil || len(body.Attributes) == 0 {
			return typeSchema{Kind: "capsule", Capsule: capsuleName(found.name)}, err
		}
		return typeSchema{Kind: "object", Fields: body.Attributes, Go: found.name}, nil
	case *ast.InterfaceType:
		if expr.Methods != nil && len(expr.Methods.List) > 0 {
			return typeSchema{Kind: "capsule", Capsule: capsuleName(found.name)}, nil
		}
	}
	return typeSchema{Kind: "any"}, nil
}

// text is a string, with the name of a type that reads its text itself.
func (r *reader) text(of resolved) (typeSchema, error) {
	if of.methods["UnmarshalText"] == nil {
		return typeSchema{Kind: "string"}, nil
	}
	words, err := r.wordsOf(of)
	return typeSchema{Kind: "string", Go: of.name, Words: words}, err
}

func basic(name string) typeSchema {
	if number, ok := numbers[name]; ok {
		number.Kind = "number"
		return number
	}
	switch name {
	case "string":
		return typeSchema{Kind: "string"}
	case "bool":
		return typeSchema{Kind: "bool"}
	}
	return typeSchema{Kind: "any"}
}

// capsuleName shortens component/common/loki.LogsReceiver to loki.LogsReceiver.
func capsuleName(name string) string {
	if documented, ok := capsules[name]; ok {
		return documented
	}
	return name[strings.LastIndex(name, "/")+1:]
}

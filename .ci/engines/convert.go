package main

import (
	"fmt"
	"time"

	"github.com/grafana/alloy/syntax/alloytypes"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/vm"
)

type convertRequest struct {
	// Value is an expression, which may name what the component given.x exports.
	Value string `json:"value"`
	// To is the type of the attribute that is given the value.
	To string `json:"to"`
}

// givens are values that only components have, as what the component given.x exports.
var givens = vm.NewScope(map[string]any{"given": map[string]any{"x": map[string]any{
	"secret":  alloytypes.Secret("5"),
	"hidden":  alloytypes.OptionalSecret{IsSecret: true, Value: "5"},
	"shown":   alloytypes.OptionalSecret{Value: "5"},
	"hiddens": map[string]alloytypes.OptionalSecret{"a": {IsSecret: true, Value: "5"}},
	"showns":  map[string]alloytypes.OptionalSecret{"a": {Value: "5"}},
	"secrets": map[string]alloytypes.Secret{"a": "5"},
	"targets": []map[string]string{{"a": "5"}},
}}})

// targets are attributes by the names of their types.
var targets = map[string]func() any{
	"any":             func() any { return new(any) },
	"string":          func() any { return new(string) },
	"bool":            func() any { return new(bool) },
	"float":           func() any { return new(float64) },
	"int64":           func() any { return new(int64) },
	"duration":        func() any { return new(time.Duration) },
	"secret":          func() any { return new(alloytypes.Secret) },
	"optional_secret": func() any { return new(alloytypes.OptionalSecret) },
	"[string]":        func() any { return new([]string) },
	"{string}":        func() any { return new(map[string]string) },
	"[{string}]":      func() any { return new([]map[string]string) },
	"{secret}":        func() any { return new(map[string]alloytypes.Secret) },
}

// convert fails where Alloy takes no such value for an attribute of the type.
func convert(request convertRequest) (any, error) {
	target, ok := targets[request.To]
	if !ok {
		return nil, fmt.Errorf("no type %q", request.To)
	}
	expression, err := parser.ParseExpression(request.Value)
	if err != nil {
		return nil, err
	}
	return true, vm.New(expression).Evaluate(givens, target())
}

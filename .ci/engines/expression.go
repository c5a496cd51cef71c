package main

import (
	"slices"
	"strconv"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/token"
	"github.com/grafana/alloy/syntax/vm"
)

// expression lists what an expression is made of, in the order written.
type expression struct {
	// Strings are the string literals, unescaped.
	Strings []string `json:"strings"`
	// Calls are the functions called, such as "sys.env".
	Calls []string `json:"calls"`
	// References are the other names read, such as "otelcol.exporter.otlphttp.local.input".
	References []string `json:"references"`
}

// readExpression fails where the expression calls a function that Alloy does not have.
func readExpression(node ast.Expr) (expression, error) {
	reader := &expressionReader{read: expression{Strings: []string{}, Calls: []string{}, References: []string{}}}
	ast.Walk(reader, node)
	return reader.read, reader.err
}

// dependsOnSurroundings tells whether the expression needs more than some exports of components.
func (e expression) dependsOnSurroundings(known map[string]string) bool {
	isUnknown := func(name string) bool { _, ok := known[name]; return !ok }
	return slices.ContainsFunc(e.References, isUnknown) || slices.Contains(e.Calls, "sys.env") || slices.Contains(e.Calls, "env")
}

type expressionReader struct {
	read expression
	err  error
}

// Visit implements [ast.Visitor].
func (r *expressionReader) Visit(node ast.Node) ast.Visitor {
	switch node := node.(type) {
	case *ast.LiteralExpr:
		if node.Kind == token.STRING {
			r.readString(node)
		}
	case *ast.IdentifierExpr:
		r.read.References = append(r.read.References, node.Ident.Name)
		return nil
	case *ast.AccessExpr:
		if path, ok := dottedPath(node); ok {
			r.read.References = append(r.read.References, path)
			return nil
		}
	case *ast.CallExpr:
		if path, ok := dottedPath(node.Value); ok {
			r.readCall(path, node)
			return nil
		}
	}
	return r
}

func (r *expressionReader) readString(literal *ast.LiteralExpr) {
	// Alloy's literals, in quotes or backquotes, are Go's.
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		r.fail(err)
		return
	}
	r.read.Strings = append(r.read.Strings, text)
}

func (r *expressionReader) readCall(path string, call *ast.CallExpr) {
	var function any
	if err := vm.New(call.Value).Evaluate(nil, &function); err != nil {
		r.fail(err)
	}
	r.read.Calls = append(r.read.Calls, path)
	for _, argument := range call.Args {
		ast.Walk(r, argument)
	}
}

func (r *expressionReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// dottedPath is the text of an expression that only names something: a.b.c.
func dottedPath(node ast.Expr) (string, bool) {
	switch node := node.(type) {
	case *ast.IdentifierExpr:
		return node.Ident.Name, true
	case *ast.AccessExpr:
		path, ok := dottedPath(node.Value)
		return path + "." + node.Name.Name, ok
	}
	return "", false
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/diag"
	"github.com/grafana/alloy/syntax/parser"
)

// node is a component of a configuration.
type node struct {
	// id is its name and label, by which others refer to it.
	id    string
	name  string
	block *ast.BlockStmt
	// refs are the exports of others that its arguments name.
	refs []reference
	// before is how many components must come before this one.
	before int
	after  []*node
}

// reference names an export of a component.
type reference struct {
	node   *node
	export string
}

// leadsTo tells whether data goes to what exports it; otherwise a value comes from there.
func (r reference) leadsTo() bool { return r.export == "receiver" || r.export == "input" }

// notRun are blocks that aren't components, and that no data passes.
var notRun = []string{"logging", "tracing", "argument", "export", "http", "livedebugging", "remotecfg", "foreach", "declare"}

// readConfig returns components in an order in which data and values go from one to those after it.
func readConfig(text string) ([]*node, error) {
	file, err := parser.ParseFile("config.alloy", []byte(text))
	if err != nil {
		return nil, err
	}
	byID := map[string]*node{}
	var nodes []*node
	for _, statement := range file.Body {
		block, ok := statement.(*ast.BlockStmt)
		if !ok {
			return nil, diag.Diagnostic{
				Severity: diag.SeverityLevelError, StartPos: ast.StartPos(statement).Position(),
				Message: "no attribute may stand outside of blocks",
			}
		}
		name := block.GetBlockName()
		if block.Label == "" || slices.Contains(notRun, name) || strings.HasPrefix(name, "import.") {
			continue
		}
		one := &node{id: name + "." + block.Label, name: name, block: block}
		if byID[one.id] != nil {
			return nil, fmt.Errorf("%s: there are two of it", one.id)
		}
		byID[one.id] = one
		nodes = append(nodes, one)
	}
	for _, one := range nodes {
		one.refs = references(one.block.Body, byID)
		for _, ref := range one.refs {
			first, then := ref.node, one
			if ref.leadsTo() {
				first, then = one, ref.node
			}
			first.after = append(first.after, then)
			then.before++
		}
	}
	return inOrder(nodes)
}

func inOrder(nodes []*node) ([]*node, error) {
	var ordered []*node
	left := slices.Clone(nodes)
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(one *node) bool { return one.before == 0 })
		if next == -1 {
			return nil, fmt.Errorf("%s: is part of a circle of references", left[0].id)
		}
		for _, one := range left[next].after {
			one.before--
		}
		ordered = append(ordered, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return ordered, nil
}

type visitor func(ast.Node) bool

func (v visitor) Visit(node ast.Node) ast.Visitor {
	if node != nil && v(node) {
		return v
	}
	return nil
}

func references(body ast.Body, byID map[string]*node) []reference {
	var found []reference
	ast.Walk(visitor(func(at ast.Node) bool {
		access, ok := at.(*ast.AccessExpr)
		if !ok {
			return true
		}
		path := accessPath(access)
		for end := range path {
			if one := byID[strings.Join(path[:end], ".")]; one != nil {
				ref := reference{one, path[end]}
				if !slices.Contains(found, ref) {
					found = append(found, ref)
				}
				return false
			}
		}
		return path == nil
	}), body)
	return found
}

// accessPath is what an expression such as a.b.c names; nothing where it is another one.
func accessPath(expr ast.Expr) []string {
	switch expr := expr.(type) {
	case *ast.IdentifierExpr:
		return []string{expr.Ident.Name}
	case *ast.AccessExpr:
		if path := accessPath(expr.Value); path != nil {
			return append(path, expr.Name.Name)
		}
	}
	return nil
}

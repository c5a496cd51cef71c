package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"strconv"
)

// wordsOf are the texts that a type of strings takes: of one that reads its text
// itself, the constants of that type, and what it compares with.
func (r *reader) wordsOf(of resolved) ([]string, error) {
	words := map[string]bool{}
	if err := r.constantWords(of, words); err != nil {
		return nil, err
	}
	if err := r.comparedWords(of.methods["UnmarshalText"], words); err != nil {
		return nil, err
	}
	found := []string{}
	for word := range words {
		found = append(found, word)
	}
	slices.Sort(found)
	return found, nil
}

// constantWords are the constants that are declared, or converted, to be of a type.
func (r *reader) constantWords(of resolved, words map[string]bool) error {
	if of.pkg == nil {
		return nil
	}
	for _, file := range of.pkg.files {
		for _, declaration := range file.Decls {
			group, ok := declaration.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				if err := r.wordsOfSpec(spec.(*ast.ValueSpec), declared{file: file, pkg: of.pkg}, of, words); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *reader) wordsOfSpec(spec *ast.ValueSpec, in declared, of resolved, words map[string]bool) error {
	for _, expr := range spec.Values {
		typeExpr := spec.Type
		if call, ok := expr.(*ast.CallExpr); ok && typeExpr == nil && len(call.Args) == 1 {
			typeExpr = call.Fun
		}
		if typeExpr == nil {
			continue
		}
		found, err := r.sources.resolve(declared{expr: typeExpr, file: in.file, pkg: in.pkg})
		if err != nil {
			return err
		}
		if found.name != of.name {
			continue
		}
		if err := r.addWord(expr, in, words); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) addWord(expr ast.Expr, in declared, words map[string]bool) error {
	known, err := r.sources.eval(expr, &scope{in: in, locals: map[string]value{}})
	if word, ok := known.(constant.Value); ok && word.Kind() == constant.String {
		words[constant.StringVal(word)] = true
	}
	return err
}

// comparedWords are what a method compares with: in cases, by ==, or as keys of a map.
func (r *reader) comparedWords(read *method, words map[string]bool) (err error) {
	ast.Inspect(read.decl.Body, func(node ast.Node) bool {
		if err != nil {
			return false
		}
		switch node := node.(type) {
		case *ast.CaseClause:
			for _, expr := range node.List {
				err = r.addWord(expr, read.declared, words)
			}
		case *ast.BinaryExpr:
			if node.Op == token.EQL || node.Op == token.NEQ {
				err = r.addWord(node.Y, read.declared, words)
			}
		case *ast.IndexExpr:
			if name, ok := node.X.(*ast.Ident); ok {
				err = r.keysOf(name, read.declared, words)
			}
		}
		return err == nil
	})
	return err
}

func (r *reader) keysOf(name *ast.Ident, in declared, words map[string]bool) error {
	variable, ok := in.pkg.values[name.Name]
	if !ok {
		return nil
	}
	literal, ok := variable.expr.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if text, ok := pair.Key.(*ast.BasicLit); ok && text.Kind == token.STRING {
			word, err := strconv.Unquote(text.Value)
			if err != nil {
				return err
			}
			words[word] = true
		} else if err := r.addWord(pair.Key, in, words); err != nil {
			return err
		}
	}
	return nil
}

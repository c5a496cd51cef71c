package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// documented finds a function by its heading, and a constant by its item of a list.
var documented = regexp.MustCompile("(?m)^(?:##? |\\* )`?([a-z_]+(?:\\.[a-zA-Z0-9_]+)?)`?(?:$|:| :)")

// documentedFunctions are the functions of the configuration language, which
// its reference documentation has by name.
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
		found = append(found, identifier{Name: name, Kind: kindOf(name)})
	}
	slices.SortFunc(found, byName)
	return found, nil
}

func byName(a, b identifier) int { return strings.Compare(a.Name, b.Name) }

func kindOf(name string) string {
	if strings.HasPrefix(name, "constants.") {
		return "value"
	}
	return "function"
}

// librarySources are the functions and constants in the sources of the module
// syntax: old names too, which the documentation no longer has.
func librarySources(folder string) ([]identifier, error) {
	tables := map[string]*ast.CompositeLit{}
	files, err := filepath.Glob(filepath.Join(folder, "internal/stdlib/*.go"))
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, declaration := range file.Decls {
			addTables(declaration, tables)
		}
	}
	deprecated, experimental := keys(tables["DeprecatedIdentifiers"]), keys(tables["ExperimentalIdentifiers"])
	found := []identifier{}
	for name := range deprecated {
		found = append(found, identifier{Name: name, Kind: kindOf(name), Deprecated: true})
	}
	for name, value := range keys(tables["Identifiers"]) {
		names := []string{name}
		if of, ok := value.(*ast.Ident); ok && tables[of.Name] != nil {
			names = nil
			for inner := range keys(tables[of.Name]) {
				names = append(names, name+"."+inner)
			}
		}
		for _, one := range names {
			_, isExperimental := experimental[one]
			found = append(found, identifier{Name: one, Kind: kindOf(one), Experimental: isExperimental})
		}
	}
	if len(found) == len(deprecated) {
		return nil, fmt.Errorf("%s: no functions in internal/stdlib", folder)
	}
	slices.SortFunc(found, byName)
	return found, nil
}

// addTables adds the variables that are maps.
func addTables(declaration ast.Decl, tables map[string]*ast.CompositeLit) {
	group, ok := declaration.(*ast.GenDecl)
	if !ok || group.Tok != token.VAR {
		return
	}
	for _, spec := range group.Specs {
		variable := spec.(*ast.ValueSpec)
		for i, expr := range variable.Values {
			if literal, ok := expr.(*ast.CompositeLit); ok {
				tables[variable.Names[i].Name] = literal
			}
		}
	}
}

// keys are those of a map, with their values.
func keys(literal *ast.CompositeLit) map[string]ast.Expr {
	found := map[string]ast.Expr{}
	if literal == nil {
		return found
	}
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := pair.Key.(*ast.BasicLit); ok {
			if name, err := strconv.Unquote(key.Value); err == nil {
				found[name] = pair.Value
			}
		}
	}
	return found
}

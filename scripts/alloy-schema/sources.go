package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// module is how Alloy's packages import one another.
const module = "github.com/grafana/alloy/"

// sources are the packages of a version of Alloy, each parsed when it is first
// asked for.
type sources struct {
	folder   string
	packages map[string]*goPackage
}

// goPackage is what one package declares.
type goPackage struct {
	// path is the folder below Alloy's, such as internal/component/loki/write.
	path      string
	types     map[string]declared
	methods   map[string]map[string]*method
	functions map[string]*method
	values    map[string]declared
	// starts are the functions that run before all others.
	starts []*ast.FuncDecl
	files  []*ast.File
}

// declared is an expression, and the file whose imports it is to be read by.
type declared struct {
	expr ast.Expr
	// params are the names of a generic type's parameters.
	params []string
	// alias is set for another name of a type, which has the methods of that type.
	alias bool
	file  *ast.File
	pkg   *goPackage
}

// method is a function, or a method of a type.
type method struct {
	declared
	decl *ast.FuncDecl
	// promoted is the embedded struct that a method is of, by its name; decl is nil then.
	promoted string
}

func readSources(folder string) (*sources, error) {
	if _, err := os.Stat(filepath.Join(folder, "internal/component/all/all.go")); err != nil {
		return nil, fmt.Errorf("%s: no sources of Alloy: %w", folder, err)
	}
	return &sources{folder: folder, packages: map[string]*goPackage{}}, nil
}

// linux says which files make the Alloy that runs on a Kubernetes node.
var linux = build.Context{
	GOOS: "linux", GOARCH: "amd64", Compiler: "gc", CgoEnabled: true,
	BuildTags:   []string{"promtail_journal_enabled", "builtinassets"},
	ReleaseTags: build.Default.ReleaseTags,
}

// open parses a package, by its folder below Alloy's. It has no types where
// there is no such folder.
func (s *sources) open(folder string) (*goPackage, error) {
	if known, ok := s.packages[folder]; ok {
		return known, nil
	}
	pkg := &goPackage{
		path: folder, types: map[string]declared{}, methods: map[string]map[string]*method{},
		functions: map[string]*method{}, values: map[string]declared{},
	}
	s.packages[folder] = pkg
	absolute := filepath.Join(s.folder, folder)
	entries, err := os.ReadDir(absolute)
	if os.IsNotExist(err) {
		return pkg, nil
	} else if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if matches, err := linux.MatchFile(absolute, name); err != nil || !matches {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(absolute, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		pkg.add(file)
	}
	return pkg, nil
}

func (pkg *goPackage) add(file *ast.File) {
	pkg.files = append(pkg.files, file)
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			found := &method{declared: declared{file: file, pkg: pkg}, decl: declaration}
			if declaration.Recv == nil {
				pkg.functions[declaration.Name.Name] = found
				if declaration.Name.Name == "init" {
					pkg.starts = append(pkg.starts, declaration)
				}
				continue
			}
			name := receiver(declaration.Recv.List[0].Type)
			if pkg.methods[name] == nil {
				pkg.methods[name] = map[string]*method{}
			}
			pkg.methods[name][declaration.Name.Name] = found
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				pkg.addSpec(spec, file)
			}
		}
	}
}

func (pkg *goPackage) addSpec(spec ast.Spec, file *ast.File) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		var params []string
		if spec.TypeParams != nil {
			for _, field := range spec.TypeParams.List {
				for _, name := range field.Names {
					params = append(params, name.Name)
				}
			}
		}
		pkg.types[spec.Name.Name] = declared{
			expr: spec.Type, params: params, alias: spec.Assign.IsValid(), file: file, pkg: pkg,
		}
	case *ast.ValueSpec:
		for i, name := range spec.Names {
			if i < len(spec.Values) {
				pkg.values[name.Name] = declared{expr: spec.Values[i], file: file, pkg: pkg}
			}
		}
	}
}

func receiver(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return receiver(expr.X)
	case *ast.IndexExpr:
		return receiver(expr.X)
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

// imported is the path that a file imports under a name.
func imported(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil {
			if spec.Name.Name == name {
				return imported
			}
			continue
		}
		base := path.Base(imported)
		if strings.HasPrefix(base, "v") && strings.Trim(base[1:], "0123456789") == "" {
			base = path.Base(path.Dir(imported))
		}
		if base == name {
			return imported
		}
	}
	return ""
}

// named finds the package and the name of what an identifier or a selector
// stands for. The package is nil where it is none of Alloy's.
func (s *sources) named(expr ast.Expr, in declared) (pkg *goPackage, name, importPath string, err error) {
	switch expr := expr.(type) {
	case *ast.Ident:
		return in.pkg, expr.Name, "", nil
	case *ast.SelectorExpr:
		if of, ok := expr.X.(*ast.Ident); ok {
			importPath = imported(in.file, of.Name)
			if strings.HasPrefix(importPath, module+"internal/") {
				pkg, err = s.open(strings.TrimPrefix(importPath, module))
			}
			return pkg, expr.Sel.Name, importPath, err
		}
	}
	return nil, "", "", nil
}

// text is the value of a string: a literal, or a constant that is one.
func (s *sources) text(expr ast.Expr, in declared) (string, error) {
	if literal, ok := expr.(*ast.BasicLit); ok {
		return strconv.Unquote(literal.Value)
	}
	pkg, name, _, err := s.named(expr, in)
	if err != nil {
		return "", err
	}
	if pkg != nil {
		if value, ok := pkg.values[name]; ok {
			return s.text(value.expr, value)
		}
	}
	return "", fmt.Errorf("%s: %s is no text that is known before Alloy runs", in.pkg.path, name)
}

package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// value is what an expression gives before Alloy runs: a constant.Value, an
// *object, a list, a table, nil for the zero value, or unknown.
type value any

// unknown is the text of an expression of which the sources don't tell the value.
type unknown string

// object is a struct; a field that it lacks is zero, or else unknown as rest is.
type object struct {
	of     resolved
	fields map[string]value
	rest   unknown
}

type list []value

type table map[string]value

func (o *object) get(name string) value {
	if found, ok := o.fields[name]; ok || o.rest == "" {
		return found
	}
	return o.rest
}

// foreignConstants are those of other modules that defaults are made of.
var foreignConstants = map[string]constant.Value{
	"math.MaxInt":     constant.MakeInt64(1<<63 - 1),
	"math.MaxInt64":   constant.MakeInt64(1<<63 - 1),
	"math.MaxInt32":   constant.MakeInt64(1<<31 - 1),
	"math.MaxUint32":  constant.MakeInt64(1<<32 - 1),
	"time.Nanosecond": constant.MakeInt64(1), "time.Microsecond": constant.MakeInt64(1e3),
	"time.Millisecond": constant.MakeInt64(1e6), "time.Second": constant.MakeInt64(1e9),
	"time.Minute": constant.MakeInt64(60e9), "time.Hour": constant.MakeInt64(3600e9),
	"net/http.MethodGet": constant.MakeString("GET"), "net/http.MethodPost": constant.MakeString("POST"),
	"github.com/alecthomas/units.Kibibyte": constant.MakeInt64(1 << 10), "github.com/alecthomas/units.KiB": constant.MakeInt64(1 << 10),
	"github.com/alecthomas/units.Mebibyte": constant.MakeInt64(1 << 20), "github.com/alecthomas/units.MiB": constant.MakeInt64(1 << 20),
	"github.com/alecthomas/units.Gibibyte": constant.MakeInt64(1 << 30), "github.com/alecthomas/units.GiB": constant.MakeInt64(1 << 30),
}

// eval gives the value of an expression.
func (s *sources) eval(expr ast.Expr, in *scope) (value, error) {
	lost := unknown(types.ExprString(expr))
	switch expr := expr.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(expr.Value, expr.Kind, 0), nil
	case *ast.ParenExpr:
		return s.eval(expr.X, in)
	case *ast.StarExpr:
		return s.eval(expr.X, in)
	case *ast.Ident:
		return s.evalName(expr, in, lost)
	case *ast.SelectorExpr:
		return s.evalSelector(expr, in, lost)
	case *ast.UnaryExpr:
		of, err := s.eval(expr.X, in)
		if known, ok := of.(constant.Value); ok && expr.Op != token.AND {
			return constant.UnaryOp(expr.Op, known, 0), err
		}
		return of, err
	case *ast.BinaryExpr:
		return s.evalBinary(expr, in, lost)
	case *ast.CompositeLit:
		return s.evalLiteral(expr, nil, in)
	case *ast.CallExpr:
		return s.evalCall(expr, in, lost)
	}
	return lost, nil
}

func (s *sources) evalName(name *ast.Ident, in *scope, lost unknown) (value, error) {
	switch name.Name {
	case "true", "false":
		return constant.MakeBool(name.Name == "true"), nil
	case "nil":
		return nil, nil
	}
	if found, ok := in.locals[name.Name]; ok {
		return found, nil
	}
	return s.packageValue(in.in.pkg, name.Name, lost)
}

func (s *sources) packageValue(pkg *goPackage, name string, lost unknown) (value, error) {
	found, ok := pkg.values[name]
	if !ok {
		return lost, nil
	}
	made, err := s.eval(found.expr, &scope{in: found, locals: map[string]value{}})
	if of, ok := made.(*object); ok {
		for _, field := range pkg.setAtStart(name) {
			of.fields[field] = unknown("what init sets of " + name)
		}
	}
	return made, err
}

// setAtStart are the fields of a variable that the package's init sets: on
// which machine to what is not read.
func (pkg *goPackage) setAtStart(variable string) (fields []string) {
	for _, start := range pkg.starts {
		ast.Inspect(start.Body, func(node ast.Node) bool {
			assignment, ok := node.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for _, target := range assignment.Lhs {
				selector, ok := target.(*ast.SelectorExpr)
				if !ok {
					continue
				}
				if of, ok := selector.X.(*ast.Ident); ok && of.Name == variable {
					fields = append(fields, selector.Sel.Name)
				}
			}
			return true
		})
	}
	return fields
}

func (s *sources) evalSelector(expr *ast.SelectorExpr, in *scope, lost unknown) (value, error) {
	if of, ok := expr.X.(*ast.Ident); ok {
		if _, isLocal := in.locals[of.Name]; !isLocal {
			pkg, name, importPath, err := s.named(expr, in.in)
			if err != nil {
				return nil, err
			}
			if pkg != nil {
				return s.packageValue(pkg, name, lost)
			}
			if importPath != "" {
				if known, ok := foreignConstants[importPath+"."+name]; ok {
					return known, nil
				}
				return lost, nil
			}
		}
	}
	of, err := s.eval(expr.X, in)
	if err != nil {
		return nil, err
	}
	holder, ok := of.(*object)
	if !ok {
		return lost, nil
	}
	owner, declaration, err := s.field(holder, expr.Sel.Name)
	if err != nil || owner == nil {
		return lost, err
	}
	found := owner.get(expr.Sel.Name)
	if found != nil {
		return found, nil
	}
	// A struct that is no pointer is there, and what is set in it stays.
	if fieldType, err := s.resolve(declaration); err != nil {
		return nil, err
	} else if _, isStruct := fieldType.expr.(*ast.StructType); isStruct {
		made := &object{of: fieldType, fields: map[string]value{}}
		owner.fields[expr.Sel.Name] = made
		return made, nil
	}
	return nil, nil
}

func (s *sources) evalBinary(expr *ast.BinaryExpr, in *scope, lost unknown) (value, error) {
	left, err := s.eval(expr.X, in)
	if err != nil {
		return nil, err
	}
	right, err := s.eval(expr.Y, in)
	if err != nil {
		return nil, err
	}
	one, known := left.(constant.Value)
	other, alsoKnown := right.(constant.Value)
	if !known || !alsoKnown {
		return lost, nil
	}
	switch expr.Op {
	case token.SHL, token.SHR:
		by, _ := constant.Uint64Val(other)
		return constant.Shift(one, expr.Op, uint(by)), nil
	case token.QUO:
		if one.Kind() == constant.Int && other.Kind() == constant.Int {
			return constant.BinaryOp(one, token.QUO_ASSIGN, other), nil
		}
	}
	return constant.BinaryOp(one, expr.Op, other), nil
}

// evalLiteral gives a struct, a list or a map; a literal without a type has the
// one that the list around it says.
func (s *sources) evalLiteral(literal *ast.CompositeLit, of *resolved, in *scope) (value, error) {
	if literal.Type != nil {
		found, err := s.resolve(declared{expr: literal.Type, file: in.in.file, pkg: in.in.pkg})
		if err != nil {
			return nil, err
		}
		of = &found
	}
	switch kind := of.expr.(type) {
	case *ast.StructType:
		made := &object{of: *of, fields: map[string]value{}}
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok {
				return unknown(types.ExprString(literal)), nil
			}
			member, err := s.eval(pair.Value, in)
			if err != nil {
				return nil, err
			}
			made.fields[pair.Key.(*ast.Ident).Name] = member
		}
		return made, nil
	case *ast.ArrayType:
		item, err := s.resolve(declared{expr: kind.Elt, file: of.file, pkg: of.pkg})
		if err != nil {
			return nil, err
		}
		made := list{}
		for _, element := range literal.Elts {
			member, err := s.evalItem(element, item, in)
			if err != nil {
				return nil, err
			}
			made = append(made, member)
		}
		return made, nil
	case *ast.MapType:
		item, err := s.resolve(declared{expr: kind.Value, file: of.file, pkg: of.pkg})
		if err != nil {
			return nil, err
		}
		made := table{}
		for _, element := range literal.Elts {
			pair := element.(*ast.KeyValueExpr)
			key, err := s.eval(pair.Key, in)
			if err != nil {
				return nil, err
			}
			name, ok := key.(constant.Value)
			if !ok || name.Kind() != constant.String {
				return unknown(types.ExprString(literal)), nil
			}
			if made[constant.StringVal(name)], err = s.evalItem(pair.Value, item, in); err != nil {
				return nil, err
			}
		}
		return made, nil
	}
	return unknown(types.ExprString(literal)), nil
}

func (s *sources) evalItem(expr ast.Expr, of resolved, in *scope) (value, error) {
	if literal, ok := expr.(*ast.CompositeLit); ok {
		return s.evalLiteral(literal, &of, in)
	}
	return s.eval(expr, in)
}

package main

import "go/ast"

// conversions are the types of other modules that a value is converted to.
var conversions = map[string]bool{
	"github.com/prometheus/common/model.Duration": true, "github.com/alecthomas/units.Base2Bytes": true,
	"github.com/grafana/alloy/syntax/alloytypes.Secret": true, "github.com/prometheus/common/config.Secret": true,
	"time.Duration": true,
}

// copies are functions that give what they are given.
var copies = map[string]bool{"slices.Clone": true, "maps.Clone": true}

// evalCall gives what a conversion, append, a copy, or a function of Alloy's gives.
func (s *sources) evalCall(call *ast.CallExpr, in *scope, lost unknown) (value, error) {
	if _, ok := call.Fun.(*ast.ArrayType); ok && len(call.Args) == 1 {
		return s.eval(call.Args[0], in)
	}
	pkg, name, importPath, err := s.named(call.Fun, in.in)
	if err != nil {
		return nil, err
	}
	if qualified := importPath + "." + name; len(call.Args) == 1 && (conversions[qualified] || copies[qualified]) {
		return s.eval(call.Args[0], in)
	}
	if pkg == nil {
		return lost, nil
	}
	if len(call.Args) == 0 {
		return s.callFunction(pkg, name, lost)
	}
	_, isType := pkg.types[name]
	_, isNumber := numbers[name]
	switch {
	case len(call.Args) == 1 && (isType || isNumber || name == "string"):
		return s.eval(call.Args[0], in)
	case name == "append" && importPath == "":
		return s.evalAppend(call, in, lost)
	case name == "make" && importPath == "":
		return nil, nil
	}
	return lost, nil
}

// callFunction runs a function without parameters, which may be the value of a variable.
func (s *sources) callFunction(pkg *goPackage, name string, lost unknown) (value, error) {
	if function := pkg.functions[name]; function != nil {
		return s.run(function.decl.Body.List, &scope{in: function.declared, locals: map[string]value{}})
	}
	variable := pkg.values[name]
	if function, ok := variable.expr.(*ast.FuncLit); ok {
		return s.run(function.Body.List, &scope{in: variable, locals: map[string]value{}})
	}
	return lost, nil
}

func (s *sources) evalAppend(call *ast.CallExpr, in *scope, lost unknown) (value, error) {
	made := list{}
	for i, arg := range call.Args {
		of, err := s.eval(arg, in)
		if err != nil {
			return nil, err
		}
		items, isList := of.(list)
		switch {
		case isList && (i == 0 || call.Ellipsis.IsValid()):
			made = append(made, items...)
		case i > 0 && !call.Ellipsis.IsValid():
			made = append(made, of)
		case of != nil:
			return lost, nil
		}
	}
	return made, nil
}

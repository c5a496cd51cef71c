package main

import (
	"go/ast"
	"go/types"
)

// defaultsOf is what a type's SetToDefault makes of its zero value, or else what
// the body around it set: as Alloy does before it reads a block.
func (s *sources) defaultsOf(of resolved, outer value) (*object, error) {
	set, err := s.defaulter(of)
	if err != nil {
		return nil, err
	}
	if set == nil {
		if known, ok := outer.(*object); ok {
			return known, nil
		}
		made := &object{of: of, fields: map[string]value{}}
		if lost, ok := outer.(unknown); ok {
			made.rest = lost
		}
		return made, nil
	}
	made := &object{of: of, fields: map[string]value{}}
	return made, s.setToDefault(made, set)
}

// defaulter is the method of a type that sets its defaults: its own, or one of
// a struct that it embeds.
func (s *sources) defaulter(of resolved) (*method, error) {
	for _, name := range []string{"SetToDefault", "UnmarshalAlloy"} {
		if found := of.methods[name]; found != nil {
			return found, nil
		}
	}
	structure, ok := of.expr.(*ast.StructType)
	if !ok {
		return nil, nil
	}
	for _, field := range structure.Fields.List {
		if len(field.Names) > 0 {
			continue
		}
		embedded, err := s.resolve(declared{expr: field.Type, file: of.file, pkg: of.pkg})
		if err != nil {
			return nil, err
		}
		if found, err := s.defaulter(embedded); found != nil || err != nil {
			return &method{promoted: embeddedName(field.Type)}, err
		}
	}
	return nil, nil
}

func embeddedName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return embeddedName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

// setToDefault runs the method on a value. Of UnmarshalAlloy that is its first
// statement, where that sets the whole value.
func (s *sources) setToDefault(of *object, set *method) error {
	if set.promoted != "" {
		return s.setFieldToDefault(of, set.promoted)
	}
	names := set.decl.Recv.List[0].Names
	scope := &scope{in: set.declared, locals: map[string]value{}}
	if len(names) > 0 {
		scope.receiver, scope.locals[names[0].Name] = names[0].Name, of
	}
	statements := set.decl.Body.List
	if set.decl.Name.Name == "UnmarshalAlloy" {
		assignment, ok := statements[0].(*ast.AssignStmt)
		if !ok {
			return nil
		}
		if _, isWhole := assignment.Lhs[0].(*ast.StarExpr); !isWhole {
			return nil
		}
		statements = statements[:1]
	}
	_, err := s.run(statements, scope)
	return err
}

func (s *sources) setFieldToDefault(of *object, name string) error {
	owner, declaration, err := s.field(of, name)
	if err != nil || owner == nil {
		return err
	}
	found, err := s.resolve(declaration)
	if err != nil {
		return err
	}
	made, err := s.defaultsOf(found, owner.fields[name])
	owner.fields[name] = made
	return err
}

// run runs statements, and gives what they return. Of a statement that it
// doesn't understand nobody knows what it does to the receiver.
func (s *sources) run(statements []ast.Stmt, in *scope) (value, error) {
	for _, statement := range statements {
		switch statement := statement.(type) {
		case *ast.AssignStmt:
			if len(statement.Lhs) != len(statement.Rhs) {
				in.lose(statement)
				continue
			}
			for i, target := range statement.Lhs {
				assigned, err := s.eval(statement.Rhs[i], in)
				if err != nil {
					return nil, err
				}
				if err := s.assign(target, assigned, in); err != nil {
					return nil, err
				}
			}
		case *ast.DeclStmt:
			if err := s.declare(statement, in); err != nil {
				return nil, err
			}
		case *ast.ExprStmt:
			done, err := s.callSetToDefault(statement.X, in)
			if err != nil {
				return nil, err
			}
			if !done {
				in.lose(statement)
			}
		case *ast.ReturnStmt:
			if len(statement.Results) == 1 {
				return s.eval(statement.Results[0], in)
			}
			return nil, nil
		default:
			in.lose(statement)
		}
	}
	return nil, nil
}

// declare is `var name T`, or `var name = value`.
func (s *sources) declare(statement *ast.DeclStmt, in *scope) error {
	declaration, ok := statement.Decl.(*ast.GenDecl)
	if !ok {
		return nil
	}
	for _, spec := range declaration.Specs {
		variable, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, expr := range variable.Values {
			made, err := s.eval(expr, in)
			if err != nil {
				return err
			}
			in.locals[variable.Names[i].Name] = made
		}
		if len(variable.Values) > 0 {
			continue
		}
		found, err := s.resolve(declared{expr: variable.Type, file: in.in.file, pkg: in.in.pkg})
		if err != nil {
			return err
		}
		for _, name := range variable.Names {
			in.locals[name.Name] = &object{of: found, fields: map[string]value{}}
		}
	}
	return nil
}

func (s *sources) assign(target ast.Expr, assigned value, in *scope) error {
	switch target := target.(type) {
	case *ast.Ident:
		in.locals[target.Name] = assigned
	case *ast.StarExpr:
		name, isName := target.X.(*ast.Ident)
		if !isName {
			in.lose(&ast.ExprStmt{X: target})
			return nil
		}
		if of, ok := in.locals[name.Name].(*object); ok {
			switch assigned := assigned.(type) {
			case *object:
				of.fields, of.rest = assigned.fields, assigned.rest
			case unknown:
				of.fields, of.rest = map[string]value{}, assigned
			}
		}
	case *ast.SelectorExpr:
		of, err := s.eval(target.X, in)
		if err != nil {
			return err
		}
		holder, ok := of.(*object)
		if !ok {
			in.lose(&ast.ExprStmt{X: target})
			return nil
		}
		owner, _, err := s.field(holder, target.Sel.Name)
		if err != nil {
			return err
		}
		if owner != nil {
			owner.fields[target.Sel.Name] = assigned
		}
	default:
		in.lose(&ast.ExprStmt{X: target})
	}
	return nil
}

// callSetToDefault runs `args.Client.SetToDefault()`.
func (s *sources) callSetToDefault(expr ast.Expr, in *scope) (bool, error) {
	call, ok := expr.(*ast.CallExpr)
	if !ok {
		return false, nil
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "SetToDefault" {
		return false, nil
	}
	of, err := s.eval(selector.X, in)
	if err != nil {
		return false, err
	}
	if known, ok := of.(*object); ok {
		set, err := s.defaulter(known.of)
		if err != nil || set == nil {
			return false, err
		}
		return true, s.setToDefault(known, set)
	}
	return false, nil
}

// scope is what names stand for within a function.
type scope struct {
	in       declared
	locals   map[string]value
	receiver string
}

// lose says that nobody knows the fields of the receiver after a statement.
func (s *scope) lose(statement ast.Stmt) {
	text := unknown("statement")
	if one, ok := statement.(*ast.ExprStmt); ok {
		text = unknown(types.ExprString(one.X))
	}
	if of, ok := s.locals[s.receiver].(*object); ok {
		of.fields, of.rest = map[string]value{}, text
	}
}

package main

import "go/ast"

// field finds the struct that has a field of a name, in a struct or in those that
// it embeds, and how it is declared. None where there is no such field.
func (s *sources) field(of *object, name string) (*object, declared, error) {
	structure, ok := of.of.expr.(*ast.StructType)
	if !ok {
		return nil, declared{}, nil
	}
	var embedded []*ast.Field
	for _, field := range structure.Fields.List {
		for _, known := range field.Names {
			if known.Name == name {
				return of, declared{expr: field.Type, file: of.of.file, pkg: of.of.pkg}, nil
			}
		}
		if len(field.Names) == 0 {
			if embeddedName(field.Type) == name {
				return of, declared{expr: field.Type, file: of.of.file, pkg: of.of.pkg}, nil
			}
			embedded = append(embedded, field)
		}
	}
	for _, field := range embedded {
		key := embeddedName(field.Type)
		inner, ok := of.get(key).(*object)
		if !ok {
			found, err := s.resolve(declared{expr: field.Type, file: of.of.file, pkg: of.of.pkg})
			if err != nil {
				return nil, declared{}, err
			}
			inner = &object{of: found, fields: map[string]value{}}
		}
		owner, declaration, err := s.field(inner, name)
		if err != nil {
			return nil, declared{}, err
		}
		if owner != nil {
			of.fields[key] = inner
			return owner, declaration, nil
		}
	}
	return nil, declared{}, nil
}

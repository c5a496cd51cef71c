package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// body reads the tags of a struct's fields, and the defaults that its own method
// sets, or else what the body around it set.
func (r *reader) body(of resolved, outer value) (bodySchema, error) {
	body := bodySchema{Go: of.name}
	if of.name != "" && slices.Contains(r.within, of.name) {
		return bodySchema{Ref: of.name}, nil
	}
	r.within = append(r.within, of.name)
	defer func() { r.within = r.within[:len(r.within)-1] }()
	structure, ok := of.expr.(*ast.StructType)
	if !ok {
		return body, nil
	}
	defaults, err := r.sources.defaultsOf(of, outer)
	if err != nil {
		return body, err
	}
	return body, r.members(&body, structure, of, defaults)
}

func (r *reader) members(body *bodySchema, structure *ast.StructType, of resolved, defaults *object) error {
	for _, field := range structure.Fields.List {
		if field.Tag == nil {
			continue
		}
		raw, err := strconv.Unquote(field.Tag.Value)
		if err != nil {
			return err
		}
		tag, ok := reflect.StructTag(raw).Lookup("alloy")
		if !ok {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		kind, _, _ := strings.Cut(options, ",")
		goName := embeddedName(field.Type)
		if len(field.Names) > 0 {
			goName = field.Names[0].Name
		}
		member := member{
			name: name, kind: kind, optional: strings.HasSuffix(options, ",optional"),
			of: declared{expr: field.Type, file: of.file, pkg: of.pkg}, set: defaults.get(goName),
		}
		if err := r.member(body, member); err != nil {
			return fmt.Errorf("%s.%s: %w", of.name, name, err)
		}
	}
	return nil
}

// member is a field as its tag names it, with what it is by default.
type member struct {
	name, kind string
	optional   bool
	of         declared
	set        value
}

func (r *reader) member(body *bodySchema, one member) error {
	switch one.kind {
	case "attr":
		fieldType, err := r.typeOf(one.of)
		attribute := attributeSchema{Name: one.name, Optional: one.optional, Type: fieldType}
		attribute.setDefault(one.set)
		body.Attributes = append(body.Attributes, attribute)
		return err
	case "block":
		inner, repeated, err := r.innerBody(one.of, one.set)
		body.Blocks = append(body.Blocks, blockSchema{
			Name: one.name, Optional: one.optional, Repeated: repeated, Body: inner,
		})
		return err
	case "enum":
		inner, err := r.choices(one.of)
		for _, block := range inner.Blocks {
			block.Name, block.Enum = one.name+"."+block.Name, one.name
			block.Optional, block.Repeated = one.optional, true
			body.Blocks = append(body.Blocks, block)
		}
		return err
	case "squash":
		inner, err := r.squashed(one)
		body.Attributes = append(body.Attributes, inner.Attributes...)
		body.Blocks = append(body.Blocks, inner.Blocks...)
		body.Label = body.Label || inner.Label
		return err
	case "label":
		body.Label = true
		return nil
	}
	return fmt.Errorf("a tag of the kind %q", one.kind)
}

// squashed is what a struct adds to the body that holds it. Alloy doesn't call
// its SetToDefault.
func (r *reader) squashed(one member) (bodySchema, error) {
	found, err := r.sources.resolve(one.of)
	if err != nil {
		return bodySchema{}, err
	}
	found.methods = nil
	return r.body(found, one.set)
}

// choices is the body of the items of a list, whose blocks are what each may be.
// It is no body that a config shows, and so may come up again inside of itself.
func (r *reader) choices(of declared) (bodySchema, error) {
	found, err := r.sources.resolve(of)
	if err != nil {
		return bodySchema{}, err
	}
	if list, ok := found.expr.(*ast.ArrayType); ok {
		return r.choices(declared{expr: list.Elt, file: found.file, pkg: found.pkg})
	}
	found.name = ""
	return r.body(found, nil)
}

// innerBody is the body of a block: of a struct, or of the items of a list of some.
func (r *reader) innerBody(of declared, set value) (body bodySchema, repeated bool, err error) {
	found, err := r.sources.resolve(of)
	if err != nil {
		return body, false, err
	}
	switch list := found.expr.(type) {
	case *ast.ArrayType:
		body, _, err = r.innerBody(declared{expr: list.Elt, file: found.file, pkg: found.pkg}, nil)
		return body, true, err
	case *ast.MapType:
		body, _, err = r.innerBody(declared{expr: list.Value, file: found.file, pkg: found.pkg}, nil)
		return body, true, err
	}
	body, err = r.body(found, set)
	return body, false, err
}

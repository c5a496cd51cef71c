package main

import (
	"encoding/json"
	"strings"

	"github.com/grafana/alloy/syntax/alloytypes"
	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/vm"

	"protocol"
)

type evaluateRequest struct {
	Text string `json:"text"`
	// Values are what exports of components hold, such as "local.file.token.content".
	Values map[string]string `json:"values"`
}

// body is what stands between the braces of a block, or in the whole file.
type body struct {
	Attributes []attribute `json:"attributes"`
	Blocks     []block     `json:"blocks"`
}

type block struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	body
}

type attribute struct {
	Name string `json:"name"`
	// Value is absent where it depends on the surroundings: other components,
	// constants, environment variables.
	Value json.RawMessage `json:"value,omitempty"`
	expression
}

// evaluate returns the blocks and attributes of a configuration with their values.
func evaluate(request evaluateRequest) (any, error) {
	file, err := parse(request.Text)
	if err != nil {
		return nil, err
	}
	return reader{request.Values, scopeOf(request.Values)}.readBody(file.Body)
}

// reader reads a configuration whose components export what is known.
type reader struct {
	values map[string]string
	scope  *vm.Scope
}

// scopeOf has each value by the parts of its name, as a secret.
func scopeOf(values map[string]string) *vm.Scope {
	secrets := map[string]alloytypes.Secret{}
	for name, value := range values {
		secrets[name] = alloytypes.Secret(value)
	}
	return vm.NewScope(protocol.Nested(secrets))
}

func (r reader) readBody(statements ast.Body) (body, error) {
	read := body{Attributes: []attribute{}, Blocks: []block{}}
	for _, statement := range statements {
		switch statement := statement.(type) {
		case *ast.AttributeStmt:
			found, err := r.readAttribute(statement)
			if err != nil {
				return body{}, err
			}
			read.Attributes = append(read.Attributes, found)
		case *ast.BlockStmt:
			inner, err := r.readBody(statement.Body)
			if err != nil {
				return body{}, err
			}
			name := strings.Join(statement.Name, ".")
			read.Blocks = append(read.Blocks, block{Name: name, Label: statement.Label, body: inner})
		}
	}
	return read, nil
}

func (r reader) readAttribute(statement *ast.AttributeStmt) (attribute, error) {
	read, err := readExpression(statement.Value)
	if err != nil {
		return attribute{}, err
	}
	found := attribute{Name: statement.Name.Name, expression: read}
	if read.dependsOnSurroundings(r.values) {
		return found, nil
	}
	var value any
	if err := vm.New(statement.Value).Evaluate(r.scope, &value); err != nil {
		return attribute{}, err
	}
	found.Value, err = json.Marshal(value)
	return found, err
}

package main

import (
	"bytes"
	"errors"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/diag"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/printer"
)

type formatRequest struct {
	Text string `json:"text"`
}

// format returns what `alloy fmt` writes for a configuration.
func format(request formatRequest) (any, error) {
	file, err := parse(request.Text)
	if err != nil {
		return nil, err
	}
	var formatted bytes.Buffer
	if err := printer.Fprint(&formatted, file); err != nil {
		return nil, err
	}
	// The printer leaves the last line open; `alloy fmt` closes it.
	formatted.WriteByte('\n')
	return formatted.String(), nil
}

// parse reports every mistake of a configuration, each as LINE:COLUMN: message.
func parse(text string) (*ast.File, error) {
	file, err := parser.ParseFile("", []byte(text))
	if err != nil {
		return nil, everyDiagnostic(err)
	}
	return file, nil
}

// everyDiagnostic undoes that an error of several diagnostics shows only the first.
func everyDiagnostic(err error) error {
	var diagnostics diag.Diagnostics
	if !errors.As(err, &diagnostics) {
		return err
	}
	each := make([]error, len(diagnostics))
	for i, diagnostic := range diagnostics {
		each[i] = diagnostic
	}
	return errors.Join(each...)
}

// Package converter stands where Alloy's is, which converts the formats of other programs: here it knows none.
package converter

import "github.com/grafana/alloy/internal/converter/diag"

type Input string

var SupportedFormats []string

func Convert(_ []byte, kind Input, _ []string) ([]byte, diag.Diagnostics) {
	var diags diag.Diagnostics
	diags.Add(diag.SeverityLevelCritical, "there is no converter of "+string(kind))
	return nil, diags
}

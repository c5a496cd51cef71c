package main

import (
	"fmt"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/filterprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor"

	"protocol"
)

// The processors that Alloy's otelcol.processor.transform and otelcol.processor.filter wrap.
var (
	transform = transformprocessor.NewFactory()
	filter    = filterprocessor.NewFactory()
)

// ottlBlock is a trace_statements, metric_statements, log_statements,
// trace_conditions, metric_conditions or log_conditions block.
type ottlBlock struct {
	// Signal is "log", "metric" or "trace". Unset: that of the context.
	Signal string `json:"signal"`
	// Context is OTTL's. Unset: inferred from the paths.
	Context    string   `json:"context"`
	Statements []string `json:"statements"`
	Conditions []string `json:"conditions"`
	// ErrorMode is Alloy's error_mode. Unset: "propagate", so that no error stays hidden.
	ErrorMode string `json:"error_mode"`
}

type ottlRequest struct {
	ottlBlock
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// ottl parses one statement of a transform or one condition of a filter.
func ottl(request ottlRequest) (any, error) {
	var err error
	switch request.Kind {
	case "statement":
		request.Statements = []string{request.Text}
		_, err = configure(transform, request.transform())
	case "condition":
		request.Conditions = []string{request.Text}
		_, err = configure(filter, request.filter())
	default:
		err = protocol.Fault(fmt.Errorf("unknown kind %q", request.Kind))
	}
	return struct{}{}, err
}

type ottlRunRequest struct {
	ottlBlock
	Records []record `json:"records"`
}

// ottlRun returns the records as the statements leave them.
func ottlRun(request ottlRunRequest) (any, error) {
	outputs, err := process(transform, request.signal(), request.transform(), request.Records)
	if err != nil {
		return nil, err
	}
	changed := []record{}
	for _, output := range outputs {
		changed = append(changed, output...)
	}
	return changed, nil
}

// ottlMatch tells for each record whether a condition is true of it, so that the filter drops it.
func ottlMatch(request ottlRunRequest) (any, error) {
	outputs, err := process(filter, request.signal(), request.filter(), request.Records)
	if err != nil {
		return nil, err
	}
	matches := make([]bool, len(outputs))
	for i, output := range outputs {
		matches[i] = len(output) == 0
	}
	return matches, nil
}

func (b ottlBlock) signal() string {
	if b.Signal != "" {
		return b.Signal
	}
	switch b.Context {
	case "metric", "datapoint":
		return "metric"
	case "span", "spanevent":
		return "trace"
	}
	return "log"
}

// transform is the configuration of the transform processor for this block.
func (b ottlBlock) transform() map[string]any {
	return b.configuration("_statements", map[string]any{"statements": b.Statements, "conditions": b.Conditions})
}

// filter is the configuration of the filter processor for this block.
func (b ottlBlock) filter() map[string]any {
	return b.configuration("_conditions", map[string]any{"conditions": b.Conditions})
}

func (b ottlBlock) configuration(suffix string, block map[string]any) map[string]any {
	if b.Context != "" {
		block["context"] = b.Context
	}
	errorMode := b.ErrorMode
	if errorMode == "" {
		errorMode = "propagate"
	}
	return map[string]any{"error_mode": errorMode, b.signal() + suffix: []any{block}}
}

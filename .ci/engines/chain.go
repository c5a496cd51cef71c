package main

import (
	"context"
	"fmt"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/groupbyattrsprocessor"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"

	"protocol"
)

// factories are of the processors that Alloy's otelcol.processor components wrap, by the components' last names.
var factories = map[string]processor.Factory{
	"batch":        batchprocessor.NewFactory(),
	"filter":       filter,
	"groupbyattrs": groupbyattrsprocessor.NewFactory(),
	"transform":    transform,
}

type chainRequest struct {
	// Processors are in the order in which data passes them.
	Processors []struct {
		Name     string         `json:"name"`
		Settings map[string]any `json:"settings"`
	} `json:"processors"`
	Records []record `json:"records"`
}

// host has no extensions.
type host struct{}

func (host) GetExtensions() map[component.ID]component.Component { return nil }

// chain sends log records through processors, each by itself and with a resource of its own, as
// otelcol.receiver.loki does, and returns what comes out once all is flushed.
func chain(request chainRequest) (any, error) {
	ctx := context.Background()
	passed := []record{}
	next, err := consumer.NewLogs(func(_ context.Context, logs plog.Logs) error {
		passed = append(passed, fromLogs(logs)...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var running []processor.Logs
	for i := len(request.Processors) - 1; i >= 0; i-- {
		wanted := request.Processors[i]
		factory, known := factories[wanted.Name]
		if !known {
			return nil, protocol.Fault(fmt.Errorf("no processor %q", wanted.Name))
		}
		config, err := configure(factory, wanted.Settings)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", wanted.Name, err)
		}
		logs, err := factory.CreateLogs(ctx, processorSettings(factory), config, next)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", wanted.Name, err)
		}
		if err := logs.Start(ctx, host{}); err != nil {
			return nil, fmt.Errorf("%s: %w", wanted.Name, err)
		}
		next = logs
		running = append([]processor.Logs{logs}, running...)
	}
	for i, record := range request.Records {
		if err := consumeWith(next.ConsumeLogs, toLogs, record); err != nil {
			return nil, fmt.Errorf("record %d: %w", i, err)
		}
	}
	for _, logs := range running {
		if err := logs.Shutdown(ctx); err != nil {
			return nil, err
		}
	}
	return passed, nil
}

package main

import (
	"context"
	"fmt"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/processor"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	tracenoop "go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"

	"protocol"
)

// configure checks a processor's configuration as the collector does before it starts.
func configure(factory processor.Factory, settings map[string]any) (component.Config, error) {
	config := factory.CreateDefaultConfig()
	if err := confmap.NewFromStringMap(settings).Unmarshal(config); err != nil {
		return nil, err
	}
	if validator, ok := config.(interface{ Validate() error }); ok {
		if err := validator.Validate(); err != nil {
			return nil, err
		}
	}
	return config, nil
}

// process sends each record on its own through a processor, and returns what comes out for each.
func process(factory processor.Factory, signal string, settings map[string]any, records []record) ([][]record, error) {
	config, err := configure(factory, settings)
	if err != nil {
		return nil, err
	}
	var output []record
	consume, err := start(factory, signal, config, &output)
	if err != nil {
		return nil, err
	}
	outputs := make([][]record, len(records))
	for i, record := range records {
		output = nil
		if err := consume(record); err != nil {
			return nil, fmt.Errorf("record %d: %w", i, err)
		}
		outputs[i] = output
	}
	return outputs, nil
}

func start(factory processor.Factory, signal string, config component.Config, output *[]record) (func(record) error, error) {
	ctx := context.Background()
	settings := processorSettings(factory)
	switch signal {
	case "log":
		sink, err := consumer.NewLogs(func(_ context.Context, logs plog.Logs) error {
			*output = fromLogs(logs)
			return nil
		})
		if err != nil {
			return nil, err
		}
		logs, err := factory.CreateLogs(ctx, settings, config, sink)
		return func(record record) error { return consumeWith(logs.ConsumeLogs, toLogs, record) }, err
	case "metric":
		sink, err := consumer.NewMetrics(func(_ context.Context, metrics pmetric.Metrics) error {
			*output = fromMetrics(metrics)
			return nil
		})
		if err != nil {
			return nil, err
		}
		metrics, err := factory.CreateMetrics(ctx, settings, config, sink)
		return func(record record) error { return consumeWith(metrics.ConsumeMetrics, toMetrics, record) }, err
	}
	return nil, protocol.Fault(fmt.Errorf("no records of signal %q", signal))
}

// processorSettings has no telemetry.
func processorSettings(factory processor.Factory) processor.Settings {
	return processor.Settings{
		ID: component.NewID(factory.Type()),
		TelemetrySettings: component.TelemetrySettings{
			Logger:         zap.NewNop(),
			TracerProvider: tracenoop.NewTracerProvider(),
			MeterProvider:  metricnoop.NewMeterProvider(),
			Resource:       pcommon.NewResource(),
		},
	}
}

func consumeWith[Data any](consume func(context.Context, Data) error, convert func(record) (Data, error), record record) error {
	data, err := convert(record)
	if err != nil {
		return protocol.Fault(err)
	}
	return consume(context.Background(), data)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	tracenoop "go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
)

type deliverRequest struct {
	// Queue is the collector's sending_queue.
	Queue map[string]any `json:"queue"`
	// Records are lines of logs of so many bytes each; of metrics, the samples of so many series.
	Signal   string `json:"signal"`
	Requests int    `json:"requests"`
	Records  int    `json:"records"`
	Bytes    int    `json:"bytes"`
	// Oversized is a line of its own in the middle of a request, of so many bytes. 0: there is none.
	Oversized int `json:"oversized"`
	Receiver  struct {
		// AwayMillis is for how long the receiver answers 503 at first.
		AwayMillis int `json:"away_ms"`
		// MaxBytes is the largest request that is taken; larger ones are answered with 503, as Loki does. 0: any.
		MaxBytes int `json:"max_bytes"`
		// InOrder refuses a request for good at its first sample that is older than the newest of its series.
		InOrder bool `json:"in_order"`
	} `json:"receiver"`
	// Millis is for how long deliveries are awaited.
	Millis int `json:"ms"`
}

type delivered struct {
	Sent      int `json:"sent"`
	Delivered int `json:"delivered"`
	Refused   int `json:"refused"`
	// Largest is the most bytes that a request had.
	Largest int `json:"largest"`
}

// receiver takes requests as a destination does.
type receiver struct {
	deliverRequest
	start  time.Time
	mu     sync.Mutex
	newest map[string]pcommon.Timestamp
	delivered
}

func (r *receiver) take(bytes, records int, ordered func() bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	rules := r.Receiver
	if time.Since(r.start) < time.Duration(rules.AwayMillis)*time.Millisecond {
		return errors.New("503")
	}
	r.Largest = max(r.Largest, bytes)
	if rules.MaxBytes > 0 && bytes > rules.MaxBytes {
		return errors.New("503: larger than max")
	}
	if rules.InOrder && !ordered() {
		r.Refused += records
		return consumererror.NewPermanent(errors.New("400: out of order sample"))
	}
	r.Delivered += records
	return nil
}

func (r *receiver) takeLogs(_ context.Context, logs plog.Logs) error {
	return r.take((&plog.ProtoMarshaler{}).LogsSize(logs), logs.LogRecordCount(), func() bool { return true })
}

func (r *receiver) takeMetrics(_ context.Context, metrics pmetric.Metrics) error {
	return r.take((&pmetric.ProtoMarshaler{}).MetricsSize(metrics), metrics.DataPointCount(), func() bool {
		newest := map[string]pcommon.Timestamp{}
		for _, resource := range metrics.ResourceMetrics().All() {
			for _, scope := range resource.ScopeMetrics().All() {
				for _, metric := range scope.Metrics().All() {
					for _, point := range metric.Gauge().DataPoints().All() {
						if point.Timestamp() < max(r.newest[metric.Name()], newest[metric.Name()]) {
							return false
						}
						newest[metric.Name()] = point.Timestamp()
					}
				}
			}
		}
		for name, timestamp := range newest {
			r.newest[name] = timestamp
		}
		return true
	})
}

// deliver sends through the collector's own queue, batches and retries to a receiver with a destination's rules.
func deliver(request deliverRequest) (any, error) {
	ctx := context.Background()
	queue := exporterhelper.NewDefaultQueueConfig()
	if err := confmap.NewFromStringMap(request.Queue).Unmarshal(&queue); err != nil {
		return nil, err
	}
	retry := configretry.NewDefaultBackOffConfig()
	// As many tries as an outage of minutes has, in a second.
	retry.InitialInterval, retry.MaxInterval, retry.MaxElapsedTime = 20*time.Millisecond, 100*time.Millisecond, 0
	settings := exporter.Settings{
		ID: component.NewID(component.MustNewType("otlphttp")),
		TelemetrySettings: component.TelemetrySettings{
			Logger:         zap.NewNop(),
			TracerProvider: tracenoop.NewTracerProvider(),
			MeterProvider:  metricnoop.NewMeterProvider(),
			Resource:       pcommon.NewResource(),
		},
	}
	options := []exporterhelper.Option{
		exporterhelper.WithQueue(configoptional.Some(queue)),
		exporterhelper.WithRetry(retry),
	}
	to := &receiver{deliverRequest: request, start: time.Now(), newest: map[string]pcommon.Timestamp{}}
	var sender component.Component
	var send func(int) error
	var err error
	if request.Signal == "metrics" {
		var metrics exporter.Metrics
		metrics, err = exporterhelper.NewMetrics(ctx, settings, &struct{}{}, to.takeMetrics, options...)
		sender, send = metrics, func(at int) error { return metrics.ConsumeMetrics(ctx, scrape(at, request.Records)) }
	} else {
		var logs exporter.Logs
		logs, err = exporterhelper.NewLogs(ctx, settings, &struct{}{}, to.takeLogs, options...)
		sender, send = logs, func(int) error { return logs.ConsumeLogs(ctx, lines(request)) }
	}
	if err != nil {
		return nil, err
	}
	if err := sender.Start(ctx, host{}); err != nil {
		return nil, err
	}
	sent := 0
	for at := range request.Requests {
		if send(at) == nil {
			sent += request.Records
		}
	}
	for end := time.Now().Add(time.Duration(request.Millis) * time.Millisecond); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		to.mu.Lock()
		done := to.Delivered+to.Refused >= sent
		to.mu.Unlock()
		if done {
			break
		}
	}
	to.mu.Lock()
	found := to.delivered
	found.Sent = sent
	to.mu.Unlock()
	// What is not taken until now is not awaited.
	return found, sender.Shutdown(ctx)
}

func scrape(at, series int) pmetric.Metrics {
	metrics := pmetric.NewMetrics()
	scope := metrics.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty()
	for i := range series {
		metric := scope.Metrics().AppendEmpty()
		metric.SetName(fmt.Sprintf("series_%d", i))
		point := metric.SetEmptyGauge().DataPoints().AppendEmpty()
		point.SetTimestamp(pcommon.Timestamp(at + 1))
		point.Attributes().PutStr("node", "node-1")
	}
	return metrics
}

func lines(request deliverRequest) plog.Logs {
	logs := plog.NewLogs()
	records := logs.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for i := range request.Records {
		bytes := request.Bytes
		if request.Oversized > 0 && i == request.Records/2 {
			bytes = request.Oversized
		}
		records.AppendEmpty().Body().SetStr(strings.Repeat("x", bytes))
	}
	return logs
}

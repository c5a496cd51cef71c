package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/metadata"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/storage"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/grafana/alloy/internal/component/common/loki"
	"github.com/grafana/alloy/internal/component/loki/process/stages"
	"github.com/grafana/alloy/internal/component/otelcol"
)

// export is what stands in a component's arguments for another one's export: whatever receiver is asked for, it gives
// one that keeps what it gets.
type export struct {
	name  string
	edges *[]*edge
}

// AlloyCapsule has Alloy ask ConvertInto what to make of it.
func (export) AlloyCapsule() {}

func (e export) ConvertInto(wanted any) error {
	to := &edge{to: e.name}
	switch wanted := wanted.(type) {
	case *loki.LogsReceiver:
		to.entries = make(chan loki.Entry)
		to.listening.Go(to.listen)
		*wanted = to
	case *storage.Appendable:
		*wanted = to
	case *otelcol.Consumer:
		*wanted = to
	default:
		return fmt.Errorf("%s isn't known: what exports it isn't run", e.name)
	}
	*e.edges = append(*e.edges, to)
	return nil
}

// edge leads from a component to one of those it forwards to.
type edge struct {
	to        string
	mu        sync.Mutex
	kept      flow
	entries   chan loki.Entry
	listening sync.WaitGroup
}

var (
	_ loki.LogsReceiver  = (*edge)(nil)
	_ storage.Appendable = (*edge)(nil)
	_ otelcol.Consumer   = (*edge)(nil)
)

// close returns what was kept, once the component before it has ended.
func (e *edge) close() flow {
	if e.entries != nil {
		close(e.entries)
		e.listening.Wait()
	}
	return e.kept
}

func (e *edge) keep(more flow) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.kept.add(more)
}

// Chan is where entries of logs go.
func (e *edge) Chan() chan loki.Entry { return e.entries }

func (e *edge) listen() {
	for entry := range e.entries {
		if entry.Line != lastLine {
			e.keep(flow{entries: []stages.Entry{{Entry: entry.Clone()}}})
		}
	}
}

// Capabilities has what leads to several components be copied for each.
func (e *edge) Capabilities() consumer.Capabilities { return consumer.Capabilities{MutatesData: true} }

func (e *edge) ConsumeLogs(_ context.Context, logs plog.Logs) error {
	for _, resource := range logs.ResourceLogs().All() {
		for _, scope := range resource.ScopeLogs().All() {
			for _, record := range scope.LogRecords().All() {
				if record.Body().AsString() == lastLine {
					return nil
				}
			}
		}
	}
	copied := plog.NewLogs()
	logs.CopyTo(copied)
	e.keep(flow{logs: []plog.Logs{copied}})
	return nil
}

func (e *edge) ConsumeMetrics(_ context.Context, metrics pmetric.Metrics) error {
	copied := pmetric.NewMetrics()
	metrics.CopyTo(copied)
	e.keep(flow{metrics: []pmetric.Metrics{copied}})
	return nil
}

func (e *edge) ConsumeTraces(_ context.Context, traces ptrace.Traces) error {
	copied := ptrace.NewTraces()
	traces.CopyTo(copied)
	e.keep(flow{traces: []ptrace.Traces{copied}})
	return nil
}

// Appender takes samples, with the types that are known of their metrics by then.
func (e *edge) Appender(ctx context.Context) storage.Appender {
	types, _ := scrape.MetricMetadataStoreFromContext(ctx)
	return &appender{edge: e, types: types}
}

type appender struct {
	edge  *edge
	types scrape.MetricMetadataStore
	taken flow
}

func (a *appender) Append(_ storage.SeriesRef, set labels.Labels, millis int64, value float64) (storage.SeriesRef, error) {
	taken := showSample(set, millis, value)
	if a.types != nil {
		found, _ := a.types.GetMetadata(set.Get(model.MetricNameLabel))
		taken.Type = string(found.Type)
	}
	a.taken.samples = append(a.taken.samples, taken)
	return 0, nil
}

func (a *appender) Commit() error {
	a.edge.keep(a.taken)
	a.taken = flow{}
	return nil
}

func (a *appender) Rollback() error {
	a.taken = flow{}
	return nil
}

func (a *appender) SetOptions(*storage.AppendOptions) {}

func (a *appender) UpdateMetadata(storage.SeriesRef, labels.Labels, metadata.Metadata) (storage.SeriesRef, error) {
	return 0, nil
}

var errPlainOnly = errors.New("only samples of plain numbers are traced")

func (a *appender) AppendExemplar(storage.SeriesRef, labels.Labels, exemplar.Exemplar) (storage.SeriesRef, error) {
	return 0, errPlainOnly
}

func (a *appender) AppendHistogram(storage.SeriesRef, labels.Labels, int64, *histogram.Histogram, *histogram.FloatHistogram) (storage.SeriesRef, error) {
	return 0, errPlainOnly
}

func (a *appender) AppendHistogramSTZeroSample(storage.SeriesRef, labels.Labels, int64, int64, *histogram.Histogram, *histogram.FloatHistogram) (storage.SeriesRef, error) {
	return 0, errPlainOnly
}

func (a *appender) AppendSTZeroSample(storage.SeriesRef, labels.Labels, int64, int64) (storage.SeriesRef, error) {
	return 0, errPlainOnly
}

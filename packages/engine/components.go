package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"

	prometheusclient "github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/storage"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/grafana/loki/pkg/push"

	"github.com/grafana/alloy/internal/component"
	"github.com/grafana/alloy/internal/component/common/loki"
	"github.com/grafana/alloy/internal/component/loki/process/stages"
	// The components that are run.
	_ "github.com/grafana/alloy/internal/component/loki/relabel"
	"github.com/grafana/alloy/internal/component/otelcol"
	_ "github.com/grafana/alloy/internal/component/otelcol/processor/attributes"
	_ "github.com/grafana/alloy/internal/component/otelcol/processor/batch"
	_ "github.com/grafana/alloy/internal/component/otelcol/processor/filter"
	_ "github.com/grafana/alloy/internal/component/otelcol/processor/groupbyattrs"
	_ "github.com/grafana/alloy/internal/component/otelcol/processor/transform"
	_ "github.com/grafana/alloy/internal/component/otelcol/receiver/loki"
	_ "github.com/grafana/alloy/internal/component/otelcol/receiver/prometheus"
	_ "github.com/grafana/alloy/internal/component/prometheus/relabel"
	"github.com/grafana/alloy/internal/featuregate"
	"github.com/grafana/alloy/internal/service/labelstore"
	"github.com/grafana/alloy/internal/service/livedebugging"
)

// lastLine follows the last line that a component is given: what takes lines one at a time is done with all others
// when it takes this one, which is kept nowhere.
const lastLine = "\x00engine: the last line"

// component builds one of Alloy's own, gives it what it gets, and ends it, at which it sends on what it holds.
func (r *run) component(one *node, given flow) (flow, error) {
	registration, _ := component.Get(one.name)
	args := registration.CloneArguments()
	edges, err := r.evaluate(one, args)
	if err != nil {
		return flow{}, err
	}
	var exports component.Exports
	registry := prometheusclient.NewRegistry()
	logger := slog.New(slog.DiscardHandler)
	built, err := registration.Build(component.Options{
		ID:            one.id,
		Logger:        logger,
		OnStateChange: func(changed component.Exports) { exports = changed },
		Registerer:    registry,
		Tracer:        noop.NewTracerProvider(),
		MinStability:  featuregate.StabilityExperimental,
		GetServiceData: func(name string) (any, error) {
			switch name {
			case livedebugging.ServiceName:
				return livedebugging.NewLiveDebugging(), nil
			case labelstore.ServiceName:
				return labelstore.New(logger, registry), nil
			}
			return nil, fmt.Errorf("there is no service %s", name)
		},
	}, reflect.ValueOf(args).Elem().Interface())
	if err != nil {
		r.closeEdges(edges)
		return flow{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		// What ends by itself takes nothing any more.
		defer cancel()
		ended <- built.Run(ctx)
	}()
	problem := give(ctx, exports, given)
	cancel()
	problem = errors.Join(problem, <-ended)
	if problem != nil {
		r.errors = append(r.errors, fmt.Sprintf("%s: %s", one.id, problem))
	}
	return r.closeEdges(edges), nil
}

// give sends data to the receiver that a component exports.
func give(ctx context.Context, exports component.Exports, given flow) error {
	value := reflect.ValueOf(exports)
	for i := range value.NumField() {
		switch receiver := value.Field(i).Interface().(type) {
		case loki.LogsReceiver:
			last := stages.Entry{Entry: loki.NewEntry(model.LabelSet{"job": "engine"}, push.Entry{Line: lastLine})}
			for _, entry := range append(slices.Clone(given.entries), last) {
				select {
				case receiver.Chan() <- entry.Clone():
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		case storage.Appendable:
			return appendSamples(ctx, receiver, given.samples)
		case otelcol.Consumer:
			return consume(ctx, receiver, given)
		}
	}
	return errors.New("exports nothing that takes data")
}

func consume(ctx context.Context, receiver otelcol.Consumer, given flow) error {
	var problems []error
	for _, logs := range given.logs {
		problems = append(problems, receiver.ConsumeLogs(ctx, logs))
	}
	for _, metrics := range given.metrics {
		problems = append(problems, receiver.ConsumeMetrics(ctx, metrics))
	}
	for _, traces := range given.traces {
		problems = append(problems, receiver.ConsumeTraces(ctx, traces))
	}
	return errors.Join(problems...)
}

// appendSamples sends samples as one scrape of one target does.
func appendSamples(ctx context.Context, receiver storage.Appendable, samples []sample) error {
	types := metricTypes{}
	set := labels.EmptyLabels()
	for _, sample := range samples {
		set = labels.FromMap(sample.Labels)
		if sample.Type != "" {
			types[set.Get(model.MetricNameLabel)] = model.MetricType(sample.Type)
		}
	}
	target := scrape.NewTarget(set, &config.ScrapeConfig{Scheme: "http"}, model.LabelSet{}, model.LabelSet{})
	ctx = scrape.ContextWithTarget(scrape.ContextWithMetricMetadataStore(ctx, types), target)
	appender := receiver.Appender(ctx)
	for _, sample := range samples {
		if _, err := appender.Append(0, labels.FromMap(sample.Labels), sample.Timestamp.UnixMilli(), sample.Value); err != nil {
			return errors.Join(err, appender.Rollback())
		}
	}
	return appender.Commit()
}

// metricTypes is what a scraped page says of its metrics.
type metricTypes map[string]model.MetricType

func (m metricTypes) GetMetadata(name string) (scrape.MetricMetadata, bool) {
	found, ok := m[name]
	return scrape.MetricMetadata{MetricFamily: name, Type: found}, ok
}

func (m metricTypes) ListMetadata() []scrape.MetricMetadata {
	var all []scrape.MetricMetadata
	for name := range m {
		found, _ := m.GetMetadata(name)
		all = append(all, found)
	}
	return all
}

func (m metricTypes) SizeMetadata() int   { return 0 }
func (m metricTypes) LengthMetadata() int { return len(m) }

// closeEdges returns what a component let through, and hands it on.
func (r *run) closeEdges(edges []*edge) flow {
	var out flow
	for _, edge := range edges {
		kept := edge.close()
		// Each gets the same of a signal.
		if out.isEmpty() || (len(out.logs) == 0 && len(kept.logs) > 0) || (len(out.metrics) == 0 && len(kept.metrics) > 0) || (len(out.traces) == 0 && len(kept.traces) > 0) {
			out.add(kept)
		}
		r.deliver(edge.to, kept)
	}
	return out
}

// deliver puts data where the component that exports it will get it; or it has arrived.
func (r *run) deliver(to string, kept flow) {
	if kept.isEmpty() {
		return
	}
	id := to[:strings.LastIndex(to, ".")]
	if one := r.byID[id]; one != nil && isRun(one) {
		inbox := r.inboxes[id]
		inbox.add(kept)
		r.inboxes[id] = inbox
		return
	}
	if _, ok := r.arrived[to]; !ok {
		r.ends = append(r.ends, to)
	}
	arrived := r.arrived[to]
	arrived.add(kept)
	r.arrived[to] = arrived
}

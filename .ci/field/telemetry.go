package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

type sample struct {
	series string
	time   int64
}

// samplesOf has a sample for each data point.
func samplesOf(metrics pmetric.Metrics) []sample {
	var samples []sample
	for _, resource := range metrics.ResourceMetrics().All() {
		of := identity(resource.Resource().Attributes())
		for _, scope := range resource.ScopeMetrics().All() {
			for _, metric := range scope.Metrics().All() {
				add := func(attributes pcommon.Map, time pcommon.Timestamp) {
					samples = append(samples, sample{of + metric.Name() + identity(attributes), int64(time)})
				}
				switch metric.Type() {
				case pmetric.MetricTypeGauge:
					for _, point := range metric.Gauge().DataPoints().All() {
						add(point.Attributes(), point.Timestamp())
					}
				case pmetric.MetricTypeSum:
					for _, point := range metric.Sum().DataPoints().All() {
						add(point.Attributes(), point.Timestamp())
					}
				case pmetric.MetricTypeHistogram:
					for _, point := range metric.Histogram().DataPoints().All() {
						add(point.Attributes(), point.Timestamp())
					}
				case pmetric.MetricTypeSummary:
					for _, point := range metric.Summary().DataPoints().All() {
						add(point.Attributes(), point.Timestamp())
					}
				}
			}
		}
	}
	return samples
}

func identity(attributes pcommon.Map) string {
	raw := attributes.AsRaw()
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		fmt.Fprintf(&text, "{%s=%v}", key, raw[key])
	}
	return text.String()
}

type record struct {
	pod string
	// number is what follows "seq=" in the body; -1 where nothing does.
	number     int
	attributes map[string]any
}

func recordsOf(logs plog.Logs) []record {
	var records []record
	for _, resource := range logs.ResourceLogs().All() {
		of := resource.Resource().Attributes().AsRaw()
		pod, _ := of["k8s.pod.name"].(string)
		for _, scope := range resource.ScopeLogs().All() {
			for _, found := range scope.LogRecords().All() {
				records = append(records, record{pod, numberIn(found.Body().Str()), map[string]any{
					"resource": of, "record": found.Attributes().AsRaw(), "body": found.Body().Str(),
				}})
			}
		}
	}
	return records
}

func numberIn(body string) int {
	_, rest, found := strings.Cut(body, "seq=")
	if !found {
		return -1
	}
	digits, _, _ := strings.Cut(rest, " ")
	number, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return number
}

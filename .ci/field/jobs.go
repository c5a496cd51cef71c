package main

import (
	"maps"
	"math"

	"go.opentelemetry.io/collector/pdata/pmetric"
)

// job is what a receiver has of the targets of one `job`.
type job struct {
	// Series holds those that have a value now.
	Series map[string]series `json:"series"`
	// Samples counts all of them, Bytes those of the requests that they came in, before compression.
	Samples int `json:"samples"`
	Bytes   int `json:"bytes"`
}

type series struct {
	Name string `json:"name"`
	// Labels are those that Prometheus makes of what is sent.
	Labels map[string]string `json:"labels"`
	Value  float64           `json:"value"`
	time   int64
}

// takeJobs notes the newest value of each series. What comes without a value ends its series.
func takeJobs(jobs map[string]*job, metrics pmetric.Metrics) {
	sizer := pmetric.ProtoMarshaler{}
	for _, resource := range metrics.ResourceMetrics().All() {
		attributes := resource.Resource().Attributes()
		name, _ := attributes.Get("service.name")
		instance, _ := attributes.Get("service.instance.id")
		of, ok := jobs[name.Str()]
		if !ok {
			of = &job{Series: map[string]series{}}
			jobs[name.Str()] = of
		}
		alone := pmetric.NewMetrics()
		resource.CopyTo(alone.ResourceMetrics().AppendEmpty())
		of.Samples += alone.DataPointCount()
		of.Bytes += sizer.MetricsSize(alone)
		for _, scope := range resource.ScopeMetrics().All() {
			for _, metric := range scope.Metrics().All() {
				if metric.Type() != pmetric.MetricTypeGauge {
					continue
				}
				for _, point := range metric.Gauge().DataPoints().All() {
					labels := map[string]string{"job": name.Str(), "instance": instance.Str()}
					for key, value := range point.Attributes().All() {
						labels[key] = value.AsString()
					}
					id := metric.Name() + identity(point.Attributes())
					if before, ok := of.Series[id]; ok && before.time > int64(point.Timestamp()) {
						continue
					}
					value := point.DoubleValue()
					if point.Flags().NoRecordedValue() {
						delete(of.Series, id)
						continue
					}
					if !math.IsNaN(value) && !math.IsInf(value, 0) {
						of.Series[id] = series{metric.Name(), maps.Clone(labels), value, int64(point.Timestamp())}
					}
				}
			}
		}
	}
}

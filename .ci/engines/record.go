package main

import (
	"math"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// record is a log record, or a data point of a gauge, with its resource.
type record struct {
	Resource   map[string]any `json:"resource"`
	Attributes map[string]any `json:"attributes"`

	// Of a log record.
	Body           any    `json:"body,omitempty"`
	SeverityNumber int32  `json:"severity_number,omitempty"`
	SeverityText   string `json:"severity_text,omitempty"`
	// When it was written, as RFC 3339 has times.
	Time *time.Time `json:"time,omitempty"`

	// Of a data point: its metric's name, and its value.
	Name  string  `json:"name,omitempty"`
	Value float64 `json:"value,omitempty"`
}

func toLogs(from record) (plog.Logs, error) {
	logs := plog.NewLogs()
	resourceLogs := logs.ResourceLogs().AppendEmpty()
	log := resourceLogs.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	log.SetSeverityNumber(plog.SeverityNumber(from.SeverityNumber))
	log.SetSeverityText(from.SeverityText)
	if from.Time != nil {
		log.SetTimestamp(pcommon.NewTimestampFromTime(*from.Time))
	}
	if err := log.Body().FromRaw(whole(from.Body)); err != nil {
		return logs, err
	}
	return logs, setAttributes(from, resourceLogs.Resource(), log.Attributes())
}

func fromLogs(logs plog.Logs) []record {
	var records []record
	for _, resourceLogs := range logs.ResourceLogs().All() {
		for _, scopeLogs := range resourceLogs.ScopeLogs().All() {
			for _, log := range scopeLogs.LogRecords().All() {
				one := record{
					Resource:       resourceLogs.Resource().Attributes().AsRaw(),
					Attributes:     log.Attributes().AsRaw(),
					Body:           log.Body().AsRaw(),
					SeverityNumber: int32(log.SeverityNumber()),
					SeverityText:   log.SeverityText(),
				}
				if log.Timestamp() != 0 {
					written := log.Timestamp().AsTime()
					one.Time = &written
				}
				records = append(records, one)
			}
		}
	}
	return records
}

func toMetrics(from record) (pmetric.Metrics, error) {
	metrics := pmetric.NewMetrics()
	resourceMetrics := metrics.ResourceMetrics().AppendEmpty()
	metric := resourceMetrics.ScopeMetrics().AppendEmpty().Metrics().AppendEmpty()
	metric.SetName(from.Name)
	point := metric.SetEmptyGauge().DataPoints().AppendEmpty()
	point.SetDoubleValue(from.Value)
	return metrics, setAttributes(from, resourceMetrics.Resource(), point.Attributes())
}

func fromMetrics(metrics pmetric.Metrics) []record {
	var records []record
	for _, resourceMetrics := range metrics.ResourceMetrics().All() {
		for _, scopeMetrics := range resourceMetrics.ScopeMetrics().All() {
			for _, metric := range scopeMetrics.Metrics().All() {
				if metric.Type() != pmetric.MetricTypeGauge {
					continue
				}
				for _, point := range metric.Gauge().DataPoints().All() {
					records = append(records, record{
						Resource:   resourceMetrics.Resource().Attributes().AsRaw(),
						Attributes: point.Attributes().AsRaw(),
						Name:       metric.Name(),
						Value:      point.DoubleValue(),
					})
				}
			}
		}
	}
	return records
}

func setAttributes(from record, resource pcommon.Resource, attributes pcommon.Map) error {
	if err := resource.Attributes().FromRaw(asMap(whole(from.Resource))); err != nil {
		return err
	}
	return attributes.FromRaw(asMap(whole(from.Attributes)))
}

func asMap(value any) map[string]any {
	values, _ := value.(map[string]any)
	return values
}

// whole makes integers of numbers without a fraction: JSON does not tell them apart, OTTL does.
func whole(value any) any {
	switch value := value.(type) {
	case float64:
		if value == math.Trunc(value) {
			return int64(value)
		}
	case []any:
		for i, element := range value {
			value[i] = whole(element)
		}
	case map[string]any:
		for key, element := range value {
			value[key] = whole(element)
		}
	}
	return value
}

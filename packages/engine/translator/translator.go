// Package loki stands where OpenTelemetry's translator of that name is, of which Alloy's otelcol.receiver.loki uses
// one function: the version that Alloy requires isn't to be had from every module proxy, others don't fit Alloy.
package loki

import (
	"time"

	"github.com/grafana/loki/pkg/push"
	"github.com/prometheus/common/model"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// ConvertEntryToLogRecord fills in a record: labels and structured metadata are its attributes, the line is its body.
func ConvertEntryToLogRecord(entry *push.Entry, to *plog.LogRecord, labels model.LabelSet, keepTimestamp bool) {
	observed := pcommon.NewTimestampFromTime(time.Now())
	to.SetObservedTimestamp(observed)
	to.SetTimestamp(observed)
	if keepTimestamp && !entry.Timestamp.IsZero() {
		to.SetTimestamp(pcommon.NewTimestampFromTime(entry.Timestamp))
	}
	to.Body().SetStr(entry.Line)
	for name, value := range labels {
		to.Attributes().PutStr(string(name), string(value))
	}
	for _, pair := range entry.StructuredMetadata {
		to.Attributes().PutStr(pair.Name, pair.Value)
	}
}

// Package engine gives what a resource has of the environment as OpenTelemetry's own detector finds it. The processor
// as a whole would bring the clients of some twenty clouds. Its path is one that may import what is internal there.
package engine

import (
	"context"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/processor"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/resourcedetectionprocessor/internal"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/resourcedetectionprocessor/internal/env"
)

// Detect reads OTEL_RESOURCE_ATTRIBUTES.
func Detect() (pcommon.Resource, error) {
	detector, err := env.NewDetector(processor.Settings{}, nil)
	if err != nil {
		return pcommon.Resource{}, err
	}
	found, _, err := detector.Detect(context.Background())
	return found, err
}

// Merge puts what was found into a resource.
func Merge(into, found pcommon.Resource, override bool) {
	internal.MergeResource(into, found, override)
}

// Package telemetry has what Alloy's components name of the collector's telemetry of itself: there is none here.
package telemetry

import "go.opentelemetry.io/collector/component"

// Settings say what the collector is.
type Settings struct {
	BuildInfo component.BuildInfo
}

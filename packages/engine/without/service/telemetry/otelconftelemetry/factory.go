// Package otelconftelemetry makes the resource that the collector's telemetry of itself has, which goes nowhere here:
// all that would send it is left out.
package otelconftelemetry

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"go.opentelemetry.io/collector/service/telemetry"
)

// Factory makes an empty resource.
type Factory struct{}

// NewFactory returns it.
func NewFactory() Factory { return Factory{} }

// CreateDefaultConfig has nothing to configure.
func (Factory) CreateDefaultConfig() component.Config { return nil }

// CreateResource returns a resource of no attributes.
func (Factory) CreateResource(context.Context, telemetry.Settings, component.Config) (pcommon.Resource, error) {
	return pcommon.NewResource(), nil
}

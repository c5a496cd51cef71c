// Package azuread has what Prometheus' configuration names. Nothing is sent here, so the client of Azure is left out.
package azuread

// AzureADConfig is what requests to Azure are signed by.
type AzureADConfig struct{}

// Validate takes anything: it is never asked.
func (*AzureADConfig) Validate() error { return nil }

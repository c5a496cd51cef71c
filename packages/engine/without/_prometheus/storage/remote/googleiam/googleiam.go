// Package googleiam has what Prometheus' configuration names. Nothing is sent here, so the client of Google is left out.
package googleiam

// Config is what requests to Google are signed by.
type Config struct{}

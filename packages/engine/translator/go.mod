module github.com/open-telemetry/opentelemetry-collector-contrib/pkg/translator/loki

go 1.26.5

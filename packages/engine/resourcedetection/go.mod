module github.com/open-telemetry/opentelemetry-collector-contrib/processor/resourcedetectionprocessor/engine

go 1.26.5

module alloy-schema

go 1.26

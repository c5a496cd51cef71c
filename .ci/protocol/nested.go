package protocol

import (
	"maps"
	"slices"
	"strings"
)

// Nested has values that are given by names such as a.b by the parts of these. Of a and a.b it has a.b.
func Nested[Value any](values map[string]Value) map[string]any {
	nested := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		parts := strings.Split(name, ".")
		inner := nested
		for _, part := range parts[:len(parts)-1] {
			next, ok := inner[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				inner[part] = next
			}
			inner = next
		}
		inner[parts[len(parts)-1]] = values[name]
	}
	return nested
}

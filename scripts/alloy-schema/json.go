package main

import (
	"go/constant"
	"strconv"
	"time"
)

// setDefault writes a value as a config would have it. The zero value is left
// out: what that means, only a component's code tells.
func (a *attributeSchema) setDefault(set value) {
	written, ok := literal(set, a.Type)
	if lost, isUnknown := written.(unknown); isUnknown || !ok {
		a.UnknownDefault = string(lost)
		return
	}
	a.Default = written
}

// literal is a value in JSON; false, with the expression, where that is not known.
func literal(of value, as typeSchema) (any, bool) {
	switch of := of.(type) {
	case nil:
		return nil, true
	case unknown:
		return of, false
	case constant.Value:
		return constantLiteral(of, as)
	case list:
		if len(of) == 0 {
			return nil, true
		}
		if as.Kind != "list" {
			return unknown("a list"), false
		}
		written := []any{}
		for _, item := range of {
			one, ok := itemLiteral(item, *as.Of)
			if !ok {
				return one, false
			}
			written = append(written, one)
		}
		return written, true
	case table:
		if len(of) == 0 {
			return nil, true
		}
		if as.Kind != "map" {
			return unknown("a map"), false
		}
		written := map[string]any{}
		for key, item := range of {
			one, ok := itemLiteral(item, *as.Of)
			if !ok {
				return one, false
			}
			written[key] = one
		}
		return written, true
	case *object:
		if len(of.fields) == 0 && of.rest == "" {
			return nil, true
		}
		return unknown(of.of.name), false
	}
	return unknown("a value"), false
}

// itemLiteral is a value of a list or a map: there a zero one is written too.
func itemLiteral(of value, as typeSchema) (any, bool) {
	written, ok := literal(of, as)
	if !ok || written != nil {
		return written, ok
	}
	switch as.Kind {
	case "string", "secret", "optional_secret":
		return "", true
	case "number":
		return 0, true
	case "bool":
		return false, true
	}
	return unknown("a zero value"), false
}

func constantLiteral(of constant.Value, as typeSchema) (any, bool) {
	whole, isWhole := constant.Int64Val(constant.ToInt(of))
	switch {
	case of.Kind() == constant.String && isText(as.Kind):
		if text := constant.StringVal(of); text != "" {
			return text, true
		}
		return nil, true
	case of.Kind() == constant.Bool && as.Kind == "bool":
		if constant.BoolVal(of) {
			return true, true
		}
		return nil, true
	case isWhole && whole == 0:
		return nil, true
	case isWhole && as.Kind == "duration":
		return time.Duration(whole).String(), true
	case isWhole && as.Go == "github.com/alecthomas/units.Base2Bytes":
		return base2Bytes(whole), true
	case isWhole && as.Kind == "number":
		if whole > 1<<53 || whole < -(1<<53) {
			return strconv.FormatInt(whole, 10), true
		}
		return whole, true
	case of.Kind() == constant.Float && as.Kind == "number":
		number, _ := constant.Float64Val(of)
		return number, true
	}
	return unknown(of.ExactString()), false
}

func isText(kind string) bool {
	return kind == "string" || kind == "secret" || kind == "optional_secret"
}

// base2Bytes writes a size as Alloy does: 1536MiB is 1GiB512MiB.
func base2Bytes(size int64) string {
	text := ""
	for _, unit := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}} {
		if count := size / unit.size; count > 0 {
			text += strconv.FormatInt(count, 10) + unit.name
			size %= unit.size
		}
	}
	return text
}

package i18n_test

import (
	"testing"

	"atlasp2i/internal/domain"
)

func TestParseQuantity(t *testing.T) {
	f := french(t).Formatter()
	area := []string{"m\u00b2", "m2", "m\u00e8tres carr\u00e9s"}
	for typed, want := range map[string]string{
		"22": "22", "22,5": "22.5", "1 250 m2": "1250", "1.250": "1250", "30 000 m\u00b2": "30000",
		"2 500,5 metres carres": "2500.5", "0": "0",
	} {
		got, p := f.ParseQuantity(typed, area)
		if p != nil || got.String() != want {
			t.Errorf("%q: got %v, %v; want %s", typed, got, p, want)
		}
	}
	for typed, key := range map[string]string{
		"22 ha": "input.unit", "15 %": "input.unit", "": "input.empty", "-4": "input.negative", "a": "input.number",
		"1,2345": "input.number.decimals", "1 2": "input.number", "9999999999999": "input.number.large",
	} {
		got, p := f.ParseQuantity(typed, area)
		if p == nil || p.Msg.Key != key || got != domain.Quantity(0) {
			t.Errorf("%q: got %v, %v; want a refusal %s", typed, got, p, key)
		}
	}
}

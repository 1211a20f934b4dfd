package scenarios_test

import (
	"errors"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/scenarios"
)

const good = `[[lever]]
id = "pay"
low = "-0.10"
from = "-0.15"
to = "0.15"
sources = ["s1"]
[[lever]]
id = "delay"
low = "6"
high = "0"
from = "0"
to = "12"
sources = []
`

func pack(levers string) *rules.Pack {
	return &rules.Pack{
		Languages: []string{"fr"}, Sources: map[string]rules.Source{"s1": {ID: "s1"}},
		Texts:         map[string]map[string]string{"fr": {"scenario.pay": "p", "scenario.delay": "d"}},
		ScenarioTexts: map[string]map[string]rules.Pos{"fr": {"scenario.pay": {}, "scenario.delay": {}}},
		Scenarios:     map[string][]byte{"scenarios/levers.toml": []byte(levers)},
	}
}

func TestLoad(t *testing.T) {
	got, err := scenarios.Load(pack(good))
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	pay, delay := got[0], got[1]
	if pay.ID != scenarios.Pay || *pay.Values.Low != -100_000 || pay.Values.High != nil || pay.Values.From != -150_000 || pay.Values.To != 150_000 {
		t.Errorf("pay is %+v", pay)
	}
	if *delay.Values.High != 0 || delay.Values.To != 12*domain.QuantityOne || delay.Reason != "scenario.delay" {
		t.Errorf("delay is %+v", delay)
	}
	if none, err := scenarios.Load(&rules.Pack{}); none != nil || err != nil {
		t.Errorf("a pack without levers gives %v, %v", none, err)
	}
}

func TestLoad_Refuses(t *testing.T) {
	for _, c := range []struct{ name, old, with, code string }{
		{"unknown lever", `"pay"`, `"luck"`, "unknown_value"},
		{"twice the same", good[strings.Index(good, `"delay"`):], "\"pay\"\nfrom = \"0\"\nto = \"1\"\nsources = []\n", "duplicate_id"},
		{"unknown key", `low = "-0.10"`, `least = "-0.10"`, "unknown_key"},
		{"no number", `"-0.10"`, `"ten"`, "bad_number"},
		{"more than all is taken away", `"-0.10"`, `"-1"`, "bad_number"},
		{"half a month", `"6"`, `"6.5"`, "bad_number"},
		{"negative delay", `"6"`, `"-6"`, "bad_number"},
		{"range without width", `"0.15"`, `"-0.15"`, "bad_number"},
		{"no end", `to = "0.15"`, ``, "missing_key"},
		{"unknown source", `"s1"`, `"s9"`, "unknown_source"},
		{"nothing", good, ``, "missing_key"},
	} {
		_, err := scenarios.Load(pack(strings.Replace(good, c.old, c.with, 1)))
		var fault *rules.Fault
		if !errors.As(err, &fault) || fault.Msg.Key != "rules.fault."+c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func TestLoad_RefusesTextsAndFiles(t *testing.T) {
	missing, stray, file := pack(good), pack(good), pack(good)
	delete(missing.Texts["fr"], "scenario.pay")
	stray.ScenarioTexts["fr"]["scenario.luck"] = rules.Pos{}
	file.Scenarios["scenarios/more.toml"] = nil
	for code, p := range map[string]*rules.Pack{"missing_text": missing, "unknown_text": stray, "unknown_file": file} {
		var fault *rules.Fault
		if _, err := scenarios.Load(p); !errors.As(err, &fault) || fault.Msg.Key != "rules.fault."+code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
}

// The shipped pack moves what the specification names, all marked assumptions.
func TestShippedPack(t *testing.T) {
	p, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	levers, err := scenarios.Load(p)
	if err != nil || len(levers) != len(scenarios.IDs) {
		t.Fatal(levers, err)
	}
	for _, l := range levers {
		if moved := l.Values.Low != nil || l.Values.High != nil; moved == (l.ID == scenarios.Headcount) {
			t.Errorf("%s is moved by a scenario: %v", l.ID, moved)
		}
		if len(l.Sources) > 0 {
			t.Errorf("%s has a source: its text calls it an assumption", l.ID)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Fuzz(func(t *testing.T, text string) {
		levers, err := scenarios.Load(pack(text))
		for _, l := range levers {
			if err != nil || l.Values.From >= l.Values.To || !scenarios.Accepts(l.ID, l.Values.From) || !scenarios.Accepts(l.ID, l.Values.To) {
				t.Errorf("accepted %+v, %v", l, err)
			}
		}
	})
}

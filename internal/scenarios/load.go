package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

const (
	leversFile = "scenarios/levers.toml"
	textPrefix = "scenario."
)

// Load reads and checks the levers of a pack, in the order of the file. A pack
// without them gives none; levers that are refused give a *rules.Fault.
func Load(p *rules.Pack) ([]Lever, error) {
	if len(p.Scenarios) == 0 {
		return nil, nil
	}
	levers, fault := read(p)
	if fault == nil {
		fault = checkTexts(p, levers)
	}
	if fault != nil {
		return nil, fault
	}
	return levers, nil
}

func read(p *rules.Pack) ([]Lever, *rules.Fault) {
	for _, name := range slices.Sorted(maps.Keys(p.Scenarios)) {
		if name != leversFile {
			return nil, rules.Refuse(rules.Pos{File: name}, "unknown_file", name, leversFile)
		}
	}
	root, fault := rules.ReadTable(leversFile, p.Scenarios[leversFile], "lever")
	if fault != nil {
		return nil, fault
	}
	if !root.Has("lever") {
		root.Refuse("lever", "missing_key", "lever", "[[lever]]")
	}
	var levers []Lever
	for _, t := range root.Tables("lever", "id", "low", "high", "from", "to", "sources") {
		if root.Fault() != nil {
			break
		}
		l := readLever(t, p)
		if slices.ContainsFunc(levers, func(other Lever) bool { return other.ID == l.ID }) {
			t.Refuse("id", "duplicate_id", l.ID, "1 ×")
		}
		levers = append(levers, l)
	}
	return levers, root.Fault()
}

func readLever(t rules.Table, p *rules.Pack) Lever {
	l := Lever{ID: t.Choice("id", IDs...), Sources: t.List("sources")}
	l.Reason = textPrefix + l.ID
	l.Values.From, l.Values.To = number(t, l.ID, "from"), number(t, l.ID, "to")
	if l.Values.From >= l.Values.To {
		t.Refuse("to", "bad_number", l.Values.To.String(), "to > from")
	}
	for key, into := range map[string]**domain.Quantity{"low": &l.Values.Low, "high": &l.Values.High} {
		if t.Has(key) {
			v := number(t, l.ID, key)
			*into = &v
		}
	}
	for _, id := range l.Sources {
		if _, known := p.Sources[id]; !known {
			t.Refuse("sources", "unknown_source", id, "sources.toml, sources/*.toml")
		}
	}
	return l
}

// number is an obligatory decimal that the lever takes; a minus goes before it.
func number(t rules.Table, id, key string) domain.Quantity {
	text := t.Text(key)
	digits, minus := strings.CutPrefix(text, "-")
	v, err := domain.ParseQuantity(digits)
	if minus {
		v = -v
	}
	if err != nil || !Accepts(id, v) {
		low, high := Limits(id)
		t.Refuse(key, "bad_number", text, fmt.Sprintf(`"%s" … "%s"`, written(low), written(high)))
	}
	return v
}

// written is a number as the file has it.
func written(v domain.Quantity) string {
	if v < 0 {
		return "-" + (-v).String()
	}
	return v.String()
}

// checkTexts refuses a reason that is missing in a language, and a text that no
// lever asks for.
func checkTexts(p *rules.Pack, levers []Lever) *rules.Fault {
	for _, lang := range p.Languages {
		for _, l := range levers {
			if p.Texts[lang][l.Reason] == "" {
				return rules.Refuse(rules.Pos{File: leversFile}, "missing_text", l.Reason, `"`+l.Reason+`" = "…" (texts/`+lang+")")
			}
		}
		places := p.ScenarioTexts[lang]
		for _, key := range slices.Sorted(maps.Keys(places)) {
			if !slices.ContainsFunc(levers, func(l Lever) bool { return l.Reason == key }) {
				return rules.Refuse(places[key], "unknown_text", key, textPrefix+"<id>")
			}
		}
	}
	return nil
}

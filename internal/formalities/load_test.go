package formalities_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"atlasp2i/internal/formalities"
	"atlasp2i/internal/rules"
)

// pack is a small pack with one of everything, and the line of each text.
func pack() *rules.Pack {
	p := &rules.Pack{
		Languages: []string{"fr"}, Texts: map[string]map[string]string{"fr": {}},
		FormalityTexts: map[string]map[string]rules.Pos{"fr": {}},
		Sources:        map[string]rules.Source{"s1": {ID: "s1"}, "s2": {ID: "s2"}},
		Conditions: []rules.Condition{
			{ID: "c", Benefit: "AIR", Sources: []string{"s2"}, Confidence: rules.Press},
		},
		Formalities: map[string][]byte{
			"formalities/items.toml": []byte(`verified_on = "2026-11-22"
[[item]]
id = "c"
stage = "get"
benefits = ["AIR"]
condition = "c"
[[item]]
id = "known"
stage = "get"
benefits = ["AIR", "PAE"]
sources = ["s1"]
confidence = "press"
[[item]]
id = "open"
stage = "keep"
benefits = ["AIR"]
ask = true
sources = []
`),
			"formalities/bodies.toml": []byte(`verified_on = "2026-11-22"
[[body]]
id = "b"
decides = ["AIR"]
[[body.point]]
id = "p"
as_of = "2016"
sources = ["s1"]
confidence = "press"
[[platform]]
id = "n"
announced = "2026-03-31"
first = ["AIR"]
later = ["PAE"]
sources = ["s1"]
confidence = "press"
`),
			"formalities/rates.toml": []byte(`verified_on = "2026-11-22"
[[rate]]
currency = "EUR"
mad = "10"
as_of = "2024-09"
sources = ["s1"]
confidence = "inferred"
note = "formality.rate.note"
[[rate]]
currency = "USD"
mad = "9"
as_of = "2025-01"
sources = ["s1"]
confidence = "press"
[[rate]]
currency = "EUR"
mad = "10.5"
as_of = "2024-09-09"
sources = ["s1"]
confidence = "press"
`),
			"formalities/wordings.toml": []byte(`[[wording]]
id = "consent"
version = 2
to_validate = true
[[wording]]
id = "notice"
version = 1
[[wording]]
id = "mail.subject"
version = 1
[[wording]]
id = "mail.body"
version = 1
[[purpose]]
id = "news"
[[grade]]
id = "A"
[[term]]
id = "paper"
length = 30
to_validate = true
[[term]]
id = "contact"
length = 12
`),
		},
	}
	for _, key := range strings.Fields(`item.c.detail item.known item.known.detail item.open item.open.detail
		body.b body.b.p platform.n platform.n.detail rate.note purpose.news grade.A grade.A.definition`) {
		addText(p, "formality."+key, "t")
	}
	for id, blanks := range formalities.WordingBlanks {
		addText(p, "formality.wording."+id, "{{."+strings.Join(blanks, "}} {{.")+"}}")
	}
	return p
}

func addText(p *rules.Pack, key, text string) {
	p.Texts["fr"][key] = text
	p.FormalityTexts["fr"][key] = rules.Pos{File: "texts/fr/formalities.toml", Line: 7}
}

func book(t *testing.T) *formalities.Book {
	t.Helper()
	b, err := formalities.Load(pack())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoad_NothingGivesAnEmptyBook(t *testing.T) {
	b, err := formalities.Load(&rules.Pack{})
	if err != nil || len(b.Items)+len(b.Rates)+len(b.Wordings) != 0 {
		t.Fatalf("%+v %v", b, err)
	}
	if _, ok := b.Wording(formalities.Consent); ok {
		t.Error("a wording out of nothing")
	}
}

func TestLoad_Items(t *testing.T) {
	b := book(t)
	got := b.For("AIR", formalities.ToGet)
	if len(got) != 2 || got[0].Title != "condition.c" || got[0].Sources[0] != "s2" || got[0].Confidence != rules.Press {
		t.Errorf("%+v", got)
	}
	if got[1].Title != "formality.item.known" || got[1].Detail != "formality.item.known.detail" || got[1].VerifiedOn != "2026-11-22" {
		t.Errorf("%+v", got[1])
	}
	if got := b.For("PAE", formalities.ToGet); len(got) != 1 || got[0].ID != "known" {
		t.Errorf("%+v", got)
	}
	if got := b.For("AIR", formalities.ToKeep); len(got) != 1 || !got[0].Ask || got[0].Confidence != "" {
		t.Errorf("%+v", got)
	}
}

// A day is newer than its month alone: it says more.
func TestLoad_NewestRateFirst(t *testing.T) {
	b := book(t)
	if r, ok := b.Rate("EUR"); !ok || r.MAD.String() != "10.5" {
		t.Errorf("%+v", r)
	}
	if len(b.Rates) != 3 || b.Rates[1].Note != "formality.rate.note" || b.Rates[2].Currency != "USD" {
		t.Errorf("%+v", b.Rates)
	}
}

func TestLoad_Refuses(t *testing.T) {
	const items, bodies, rates, wordings = "items", "bodies", "rates", "wordings"
	for _, c := range []struct{ name, file, old, with, code string }{
		{"unknown key", items, `stage = "get"`, "new = 1\n" + `stage = "get"`, "unknown_key"},
		{"unknown table", items, "[[item]]", "[[thing]]\n[[item]]", "unknown_key"},
		{"no day", items, "verified_on = \"2026-11-22\"\n", "", "missing_key"},
		{"not a day", items, "2026-11-22", "2026-11-31", "bad_date"},
		{"unknown stage", items, `"get"`, `"have"`, "unknown_value"},
		{"unknown benefit", items, `["AIR", "PAE"]`, `["AIR", "XXX"]`, "unknown_value"},
		{"order of benefits", items, `["AIR", "PAE"]`, `["PAE", "AIR"]`, "bad_form"},
		{"no benefit", items, `["AIR", "PAE"]`, `[]`, "empty"},
		{"id twice", items, `"known"`, `"c"`, "duplicate_id"},
		{"unknown condition", items, `condition = "c"`, `condition = "d"`, "unknown_value"},
		{"condition of another benefit", items, `["AIR"]`, `["PAE"]`, "unknown_value"},
		{"condition and sources", items, `condition = "c"`, "condition = \"c\"\nsources = [\"s1\"]", "unknown_key"},
		{"condition left out", items, `condition = "c"`, "ask = true\nsources = []", "missing_key"},
		{"asked with a confidence", items, "ask = true", "ask = true\nconfidence = \"press\"", "unknown_key"},
		{"no source", items, `["s1"]`, `[]`, "no_source"},
		{"unknown source", items, `["s1"]`, `["s3"]`, "unknown_source"},
		{"no confidence", items, "confidence = \"press\"\n", "", "missing_key"},
		{"general knowledge", items, `"press"`, `"general knowledge"`, "unknown_value"},
		{"text without entry", items, `"open"`, `"other"`, "missing_text"},
		{"body that nothing is known of", bodies, "[[body.point]]\nid = \"p\"\nas_of = \"2016\"\nsources = [\"s1\"]\nconfidence = \"press\"\n", "", "missing_key"},
		{"time of a point", bodies, `"2016"`, `"long ago"`, "bad_form"},
		{"benefit first and later", bodies, `later = ["PAE"]`, `later = ["AIR"]`, "twice"},
		{"opened at no day", bodies, "first", "opened = \"soon\"\nfirst", "bad_date"},
		{"currency", rates, `"USD"`, `"dollar"`, "bad_form"},
		{"rate as number", rates, `"10.5"`, `10.5`, "number_not_string"},
		{"rate of nothing", rates, `"10.5"`, `"0"`, "bad_number"},
		{"rate with a comma", rates, `"10.5"`, `"10,5"`, "bad_number"},
		{"rate twice", rates, `"2024-09-09"`, `"2024-09"`, "duplicate_id"},
		{"rate of the future", rates, `"2024-09-09"`, `"2026-11-23"`, "after_sources"},
		{"undated rate", rates, `"2024-09-09"`, `"2024"`, "bad_form"},
		{"inferred without a note", rates, "note = \"formality.rate.note\"\n", "", "missing_key"},
		{"note of another room", rates, "formality.rate.note", "condition.c", "bad_form"},
		{"unknown wording", wordings, `"notice"`, `"poem"`, "unknown_value"},
		{"wording left out", wordings, "[[wording]]\nid = \"notice\"\nversion = 1\n", "", "missing_key"},
		{"version as text", wordings, "version = 2", `version = "2"`, "type"},
		{"term left out", wordings, "[[term]]\nid = \"contact\"\nlength = 12\n", "", "missing_key"},
		{"term of nothing", wordings, "length = 12", "length = 0", "type"},
		{"no grade", wordings, "[[grade]]\nid = \"A\"\n", "", "missing_key"},
	} {
		p, file := pack(), "formalities/"+c.file+".toml"
		changed := strings.Replace(string(p.Formalities[file]), c.old, c.with, 1)
		if changed == string(p.Formalities[file]) {
			t.Errorf("%s: nothing to replace", c.name)
		}
		p.Formalities[file] = []byte(changed)
		f := refusal(t, p)
		if got := strings.TrimPrefix(f.Msg.Key, "rules.fault."); got != c.code || f.File != file || f.Msg.Args["accepted"] == "" {
			t.Errorf("%s: %v", c.name, f)
		}
	}
}

func refusal(t *testing.T, p *rules.Pack) *rules.Fault {
	t.Helper()
	_, err := formalities.Load(p)
	var f *rules.Fault
	if !errors.As(err, &f) {
		t.Fatalf("not refused with a fault: %v", err)
	}
	return f
}

func TestLoad_RefusesFiles(t *testing.T) {
	for name := range maps.Clone(pack().Formalities) {
		p := pack()
		delete(p.Formalities, name)
		if f := refusal(t, p); f.Msg.Key != "rules.fault.missing_file" || f.File != name {
			t.Errorf("without %s: %v", name, f)
		}
	}
	p := pack()
	p.Formalities["formalities/more.toml"] = nil
	if f := refusal(t, p); f.Msg.Key != "rules.fault.unknown_file" {
		t.Error(f)
	}
	p = pack()
	p.Conditions = append(p.Conditions, rules.Condition{ID: "left.out", Benefit: "PAE"})
	if f := refusal(t, p); f.Msg.Key != "rules.fault.missing_key" || f.Msg.Args["value"] != "condition left.out" {
		t.Error(f)
	}
}

func TestLoad_RefusesTexts(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *rules.Pack)
		code   string
	}{
		"missing":       {func(p *rules.Pack) { delete(p.Texts["fr"], "formality.grade.A") }, "missing_text"},
		"in a language": {func(p *rules.Pack) { p.Languages = []string{"fr", "en"} }, "missing_text"},
		"not asked for": {func(p *rules.Pack) { addText(p, "formality.grade.Z", "t") }, "unknown_text"},
		"blank missing": {func(p *rules.Pack) { addText(p, "formality.wording.consent", "{{.agency}}") }, "missing_blank"},
		"blank unknown": {func(p *rules.Pack) { addText(p, "formality.grade.A", "{{.name}}") }, "missing_blank"},
	} {
		p := pack()
		c.change(p)
		if f := refusal(t, p); f.Msg.Key != "rules.fault."+c.code {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func FuzzLoad(f *testing.F) {
	names := []string{"items", "bodies", "rates", "wordings"}
	for i, name := range names {
		f.Add(byte(i), pack().Formalities["formalities/"+name+".toml"])
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		p := pack()
		p.Formalities["formalities/"+names[int(which)%len(names)]+".toml"] = data
		b, err := formalities.Load(p)
		if err != nil {
			var fault *rules.Fault
			if !errors.As(err, &fault) || fault.File == "" || fault.Msg.Args["accepted"] == "" {
				t.Fatalf("a refusal that does not say where or what is accepted: %v", err)
			}
			return
		}
		for _, i := range b.Items {
			if p.Texts["fr"][i.Detail] == "" || len(i.Benefits) == 0 {
				t.Fatalf("accepted %+v", i)
			}
		}
		for _, r := range b.Rates {
			if r.MAD <= 0 || len(r.Sources) == 0 {
				t.Fatalf("accepted %+v", r)
			}
		}
	})
}

package figures_test

import (
	"errors"
	"maps"
	"os"
	"strings"
	"testing"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"

	"github.com/pelletier/go-toml/v2"
)

const header = "id,country,indicator,segment,period,value,unit,series,role,chosen,published,low,high,confidence,preliminary,source,note\n"

// smallPack is figures of two segments and their total, with one of everything.
func smallPack() *rules.Pack {
	files := map[string]string{
		"indicators.toml": `
home = "MA"

[[indicator]]
id = "exports"
units = [ "MAD million", "USD million" ]
kind = "level"
group = "g"

[[indicator]]
id = "growth"
units = [ "%" ]
kind = "growth"
group = "g"
`,
		"series.toml": `
[[series]]
id = "old"
from = "2011"
to = "2016"
basis = "figure.basis"

[[series]]
id = "new"
basis = "figure.basis"

[[series.breaks_before]]
series = "old"
reason = "figure.break"
`,
		"observations.csv": header +
			`o1,MA,exports,A,2024,610,MAD million,new,figure,,0.61 bn,609.5,610.5,press,yes,s1+s2,figure.note.a` + "\n" +
			`o2,MA,exports,B,2024,394,MAD million,new,figure,yes,,,,press,,s1,` + "\n" +
			`o3,MA,exports,T,2024,1000,MAD million,new,figure,,"1,0 bn",,,press,,s1,` + "\n" +
			`o4,MA,exports,T,2023,950,MAD million,new,figure,,,,,press,,s2,` + "\n" +
			`o5,MA,exports,T,2016,300,MAD million,old,trap,,,,,press,,s2,` + "\n",
		"derived.toml": `
[[derived]]
id = "growth"
country = "MA"
indicator = "growth"
segment = "T"
period = "2024"
series = "new"
formula = "growth"
decimals = 1
operands = [ { indicator = "exports", unit = "MAD million", period = "2023" }, { indicator = "exports", unit = "MAD million" } ]

[[derived]]
id = "total"
country = "MA"
indicator = "exports"
segment = "T"
period = "2024"
series = "new"
unit = "MAD million"
formula = "sum"
operands = [ { segment = "A" }, { segment = "B" } ]
`,
		"checks.toml": `
[[check]]
id = "c"
formula = "share"
operands = [ { observation = "o1" }, { derived = "total" } ]
equals = "61"
holds = true
`,
		"circulation.toml": `
[[said]]
id = "x"
claim = "figure.claim"
why = "figure.why"
instead = "figure.instead"
observations = [ "o5" ]
`,
	}
	p := &rules.Pack{
		Languages: []string{"fr"}, Figures: map[string][]byte{}, Texts: map[string]map[string]string{"fr": {}},
		FigureTexts: map[string]map[string]rules.Pos{"fr": {}},
		Sources:     map[string]rules.Source{"s1": {ID: "s1", Date: "2025-10"}, "s2": {ID: "s2", Date: "2024"}},
	}
	for name, text := range files {
		p.Figures["figures/"+name] = []byte(text)
	}
	for i, key := range strings.Fields(`indicator.exports indicator.growth group.g unit.% series.old series.new basis break
		country.MA segment.A segment.B segment.T note.a check.c claim why instead`) {
		addText(p, "figure."+key, i+1)
	}
	addText(p, "figure.unit.MAD million", 90)
	addText(p, "figure.unit.USD million", 91)
	return p
}

func addText(p *rules.Pack, key string, line int) {
	p.Texts["fr"][key] = "t"
	p.FigureTexts["fr"][key] = rules.Pos{File: "texts/fr/figures.toml", Line: line}
}

func small(t testing.TB) *figures.Book {
	t.Helper()
	b, err := figures.Load(smallPack())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoad_NoFigures(t *testing.T) {
	b, err := figures.Load(&rules.Pack{})
	if err != nil || len(b.Groups(figures.Query{})) != 0 {
		t.Errorf("got %v, %v", b, err)
	}
}

func TestLoad_Small(t *testing.T) {
	b := small(t)
	key := figures.Key{Country: "MA", Indicator: "exports", Segment: "T", Period: per(t, "2024"), Series: "new", Unit: "MAD million"}
	g := b.Group(key)
	if g == nil || g.Sum == nil || g.Sum.Value.String() != "1004" || g.Readings[0].Class != figures.Rounded || g.Readings[0].Against != "total" {
		t.Fatalf("the sum of finer parts should be canonical: %+v", g)
	}
	if g.Sum.Low.String() != "1003" || g.Sum.High.String() != "1005" || len(g.Sum.Steps) != 2 || g.Sum.Steps[1].ID != "o2" {
		t.Errorf("steps and bounds: %s to %s, %+v", g.Sum.Low, g.Sum.High, g.Sum.Steps)
	}
	growth := b.Derived()[0]
	if growth.Value.String() != "5.7" || growth.Steps[1].ID != "total" || !growth.Steps[1].Derived {
		t.Errorf("growth %s from %+v", growth.Value, growth.Steps)
	}
	if c := b.Checks()[0]; !c.OK() || c.Got.String() != "60.757" {
		t.Errorf("check gives %s", c.Got)
	}
	lines := b.Lines(figures.Query{Indicator: "exports", Segment: "T"})
	if len(lines) != 1 || len(lines[0].Points) != 2 || lines[0].Points[1].ID != "total" || !lines[0].Points[1].Derived {
		t.Errorf("a trap is not drawn, and the sum is: %+v", lines)
	}
	o := b.Observation("o1")
	if o == nil || !o.Preliminary || o.Published != "0.61 bn" || o.Line != 2 || len(o.Sources) != 2 || o.Low.String() != "609.5" {
		t.Errorf("got %+v", o)
	}
	if b.Home != "MA" {
		t.Errorf("at home in %q", b.Home)
	}
	if s := b.AllSeries[1]; len(s.Breaks) != 1 || s.Breaks[0].After != "old" {
		t.Errorf("got %+v", s)
	}
}

func TestBook_With(t *testing.T) {
	b := small(t)
	more := *b.Observation("o4")
	more.ID, more.Value = "new", num(t, "948")
	next, err := b.With([]figures.Observation{more})
	if err != nil {
		t.Fatal(err)
	}
	g := next.Group(more.Key)
	if g.Canonical().ID != "new" || g.Readings[1].Class != figures.Rounded {
		t.Errorf("the finer reading should be canonical: %+v", g.Readings)
	}
	if old := b.Group(more.Key); old.Canonical().ID != "o4" || len(old.Readings) != 1 {
		t.Errorf("the first book changed: %+v", old.Readings)
	}
	if next.Derived()[0].Value == b.Derived()[0].Value {
		t.Error("the growth does not follow the new base")
	}
	if _, err := b.With([]figures.Observation{*b.Observation("o4")}); err == nil {
		t.Error("an id that is there is taken twice")
	}
	more.Unit = "EUR million"
	if _, err := b.With([]figures.Observation{more}); err == nil {
		t.Error("a unit that the indicator does not have is taken")
	}
}

var badFigures = []struct{ name, file, old, with, code, line string }{
	{"other file", "figures/more.csv", "", "x", "unknown_file", ""},
	{"no home", "figures/indicators.toml", "home = \"MA\"\n", "", "missing_key", ""},
	{"strange home", "figures/indicators.toml", "home = \"MA\"", "home = \"ma\"", "unknown_value", "home"},
	{"home twice", "figures/series.toml", "[[series]]\nid = \"old\"", "home = \"MA\"\n[[series]]\nid = \"old\"", "unknown_key", "home"},
	{"header", "figures/observations.csv", "id,country", "country,id", "unknown_value", "country,id"},
	{"too few cells", "figures/observations.csv", "s1+s2,figure.note.a", "s1", "csv", "o1,"},
	{"not UTF-8", "figures/observations.csv", "1,0 bn", "1,0\xff bn", "syntax", "o3"},
	{"open quote", "figures/observations.csv", `"1,0 bn"`, `"1,0 bn`, "csv", ""},
	{"no id", "figures/observations.csv", "o2,MA", ",MA", "empty", ",MA"},
	{"twice", "figures/observations.csv", "o2,MA", "o1,MA", "duplicate_id", "o1,MA,exports,B"},
	{
		"two chosen", "figures/observations.csv", "394,MAD million,new,figure,yes,,,,press,,s1,\n",
		"394,MAD million,new,figure,yes,,,,press,,s1,\no9,MA,exports,B,2024,390,MAD million,new,figure,yes,,,,press,,s1,\n", "duplicate_id", "o9",
	},
	{"chosen trap", "figures/observations.csv", "old,trap,,", "old,trap,yes,", "unknown_value", "o5"},
	{"strange mark", "figures/observations.csv", "figure,yes", "figure,true", "unknown_value", "o2"},
	{"strange indicator", "figures/observations.csv", "exports,B", "imports,B", "unknown_value", "o2"},
	{"strange unit", "figures/observations.csv", "394,MAD million", "394,EUR million", "unknown_value", "o2"},
	{"strange series", "figures/observations.csv", "394,MAD million,new", "394,MAD million,newer", "unknown_value", "o2"},
	{"strange confidence", "figures/observations.csv", "press,yes", "general knowledge,yes", "unknown_value", "o1"},
	{"strange source", "figures/observations.csv", "s1+s2", "s1+s9", "unknown_source", "o1"},
	{"no period", "figures/observations.csv", "B,2024", "B,2024-9", "bad_form", "o2"},
	{"comma for a point", "figures/observations.csv", "610.5,press", "6l0,press", "bad_number", "o1"},
	{"half bounds", "figures/observations.csv", "609.5,610.5", "609.5,", "empty", "o1"},
	{"outside its bounds", "figures/observations.csv", "609.5,610.5", "611,612", "out_of_range", "o1"},
	{"no indicators", "figures/indicators.toml", "[[indicator]]", "[[other]]", "unknown_key", "[[other]]"},
	{"kind", "figures/indicators.toml", `"growth"` + "\ngroup", `"speed"` + "\ngroup", "unknown_value", `kind = "speed"`},
	{"series none", "figures/series.toml", `id = "new"`, `id = "none"`, "duplicate_id", `id = "none"`},
	{"break with what is not above", "figures/series.toml", `series = "old"`, `series = "newest"`, "unknown_value", `series = "newest"`},
	{"period of a series", "figures/series.toml", `from = "2011"`, `from = "11"`, "bad_form", `from = "11"`},
	{"text outside", "figures/series.toml", `"figure.break"`, `"series.break"`, "bad_form", "[[series.breaks_before]]"},
	{"text missing", "figures/series.toml", `"figure.break"`, `"figure.brake"`, "missing_text", "[[series.breaks_before]]"},
	{"said of nothing", "figures/circulation.toml", `"o5"`, `"o6"`, "unknown_value", "observations"},
	{"formula", "figures/derived.toml", `"sum"`, `"average"`, "unknown_value", `formula = "average"`},
	{"one operand", "figures/derived.toml", `, { segment = "B" } ]`, " ]", "operands", "operands = [ { segment"},
	{"which unit", "figures/derived.toml", `unit = "MAD million"` + "\n", "", "missing_key", "[[derived]]"},
	{"nothing there", "figures/derived.toml", `{ segment = "B" }`, `{ segment = "C" }`, "no_operand", "[[derived]]"},
	{"circle", "figures/derived.toml", `{ segment = "B" }`, `{ derived = "growth" }`, "circle", "[[derived]]"},
	{"no such derivation", "figures/checks.toml", `derived = "total"`, `derived = "totals"`, "no_operand", "[[check]]"},
	{"zero", "figures/checks.toml", `{ derived = "total" }`, `{ number = "0" }`, "no_result", "[[check]]"},
	{"no expectation", "figures/checks.toml", `equals = "61"`, "", "missing_key", "[[check]]"},
	{"two expectations", "figures/checks.toml", `equals = "61"`, "equals = \"61\"\nspans = \"61\"", "missing_key", "equals"},
	{"holds or not", "figures/checks.toml", "holds = true", "", "missing_key", "[[check]]"},
	{"not a number", "figures/checks.toml", `"61"`, `"61 %"`, "bad_number", "equals"},
}

func TestLoad_Refuses(t *testing.T) {
	texts := catalogue(t)
	for _, c := range badFigures {
		t.Run(c.name, func(t *testing.T) {
			p := smallPack()
			before := string(p.Figures[c.file])
			if !strings.Contains(before, c.old) {
				t.Fatalf("%s does not hold %q", c.file, c.old)
			}
			after := strings.Replace(before, c.old, c.with, 1)
			p.Figures[c.file] = []byte(after)
			f := refusal(t, p)
			if want := "rules.fault." + c.code; f.Msg.Key != want || f.File != c.file {
				t.Errorf("got %v, want %s in %s", f, want, c.file)
			}
			lines := strings.Split(after, "\n")
			if c.line != "" && (f.Line < 1 || f.Line > len(lines) || !strings.Contains(lines[f.Line-1], c.line)) {
				t.Errorf("%v is not on the line with %q", f, c.line)
			}
			if texts[f.Msg.Key] == "" || f.Msg.Args["accepted"] == "" {
				t.Errorf("%v: no text, or nothing accepted", f)
			}
		})
	}
}

func TestLoad_RefusesMissingFilesAndTexts(t *testing.T) {
	for name := range maps.Clone(smallPack().Figures) {
		p := smallPack()
		delete(p.Figures, name)
		if f := refusal(t, p); f.Msg.Key != "rules.fault.missing_file" || f.File != name {
			t.Errorf("without %s: %v", name, f)
		}
	}
	for key := range smallPack().Texts["fr"] {
		p := smallPack()
		delete(p.Texts["fr"], key)
		if f := refusal(t, p); f.Msg.Key != "rules.fault.missing_text" || f.Msg.Args["value"] != key || f.Line == 0 {
			t.Errorf("without %s: %v", key, f)
		}
	}
	p := smallPack()
	addText(p, "figure.segment.Z", 7)
	if f := refusal(t, p); f.Msg.Key != "rules.fault.unknown_text" || f.File != "texts/fr/figures.toml" || f.Line != 7 {
		t.Errorf("with a text too many: %v", f)
	}
}

func refusal(t *testing.T, p *rules.Pack) *rules.Fault {
	t.Helper()
	_, err := figures.Load(p)
	var fault *rules.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return fault
}

func catalogue(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, name := range []string{"rules", "figures"} {
		data, err := os.ReadFile("../../assets/i18n/fr/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		if err := toml.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

func FuzzLoad_Observations(f *testing.F) {
	f.Add(string(smallPack().Figures["figures/observations.csv"]))
	f.Add("\xef\xbb\xbf" + header)
	f.Add(header + "\"\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		p := smallPack()
		p.Figures["figures/observations.csv"] = []byte(s)
		_, err := figures.Load(p)
		var fault *rules.Fault
		if err != nil && (!errors.As(err, &fault) || fault.File == "" || fault.Msg.Args["accepted"] == "") {
			t.Fatalf("%q is refused without a place: %v", s, err)
		}
	})
}

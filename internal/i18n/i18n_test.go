package i18n_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// n writes narrow no-break spaces for the plain ones of an expected text.
func n(s string) string { return strings.ReplaceAll(s, " ", "\u202f") }

func french(t testing.TB) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func load(t *testing.T, files map[string]string) (*i18n.Catalogue, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["i18n/fr/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return i18n.Load(fsys, "fr")
}

// A number is not broken over two lines; a year before it is no part of it.
func TestLoad_NumbersHoldTogether(t *testing.T) {
	c, err := load(t, map[string]string{"a.toml": `"a" = "En 2024 100 sites, 141 000 emplois, 1 234 567 MAD, 12 34, 5 0000"`})
	if err != nil {
		t.Fatal(err)
	}
	want := "En 2024 100 sites, " + n("141 000") + " emplois, " + n("1 234 567") + " MAD, 12 34, 5 0000"
	if got := c.Text("a"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLoad_Refuses(t *testing.T) {
	cases := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"no file", map[string]string{"note.txt": ""}, []string{`"fr"`}},
		{"key in two files", map[string]string{"a.toml": `"x" = "1"`, "b.toml": `"x" = "2"`}, []string{"b.toml", `"x"`, "a.toml"}},
		{"key twice in a file", map[string]string{"a.toml": "\"x\" = \"1\"\n\"x\" = \"2\""}, []string{"a.toml"}},
		{"unknown form", map[string]string{"a.toml": `"x" = { other = "1", several = "2" }`}, []string{"a.toml", `"x"`, "several", "one"}},
		{"key not quoted", map[string]string{"a.toml": `x.y = "1"`}, []string{"a.toml", "quotes"}},
		{"form one absent", map[string]string{"a.toml": `"x" = { two = "1", other = "2" }`}, []string{"a.toml", `"x"`, "one"}},
		{"form other absent", map[string]string{"a.toml": `"x" = { one = "1" }`}, []string{"a.toml", "other"}},
		{"number", map[string]string{"a.toml": `"x" = 1`}, []string{"a.toml", `"x"`}},
		{"form not a text", map[string]string{"a.toml": `"x" = { other = 1 }`}, []string{"a.toml", `"x"`, "other"}},
		{"empty text", map[string]string{"a.toml": `"x" = ""`}, []string{"a.toml", `"x"`}},
		{"template program", map[string]string{"a.toml": `"x" = "{{range .y}}z{{end}}"`}, []string{"a.toml", `"x"`}},
		{"blank not closed", map[string]string{"a.toml": `"x" = "{{.y"`}, []string{"a.toml", `"x"`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, c.files)
			if err == nil {
				t.Fatal("accepted")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not name %q", err, w)
				}
			}
		})
	}
}

func TestLoad_LanguageWithoutFormat(t *testing.T) {
	if _, err := i18n.Load(assets.I18n, "xx"); err == nil || !strings.Contains(err.Error(), `"xx"`) {
		t.Errorf("got %v", err)
	}
}

func TestLanguages(t *testing.T) {
	fsys := fstest.MapFS{"i18n/fr/a.toml": {}, "i18n/en/a.toml": {}, "i18n/readme.md": {}}
	if got, err := i18n.Languages(fsys); err != nil || !slices.Equal(got, []string{"en", "fr"}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := i18n.Languages(fstest.MapFS{}); err == nil {
		t.Error("no folder of texts is no error")
	}
}

func TestT_FillsBlanks(t *testing.T) {
	c, err := load(t, map[string]string{
		"a.toml": `"s" = "[{{.v}}]"
"inner" = "cap de {{.p}}"
"list.comma" = ", "
"list.two" = "{{.first}} et {{.last}}"`,
		"months.toml": `"month.1" = "janvier"`,
	})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		v    any
		want string
	}{
		{"text", "x < y", "x < y"},
		{"money whole", domain.Money(600_000), n("6 000")},
		{"money above a thousand is rounded", domain.Money(1_466_924_160), n("14 669 242")},
		{"money under a thousand keeps centimes", domain.Money(5_01), "5,01"},
		{"money under a thousand without centimes", domain.Money(500_00), "500"},
		{"negative money", domain.Money(-1_234_567_00), n("−1 234 567")},
		{"share", domain.Share(350_000), n("35 %")},
		{"share with decimals", domain.Share(44_800), n("4,48 %")},
		{"share rounded to two decimals", domain.Share(89_345), n("8,93 %")},
		{"share half up", domain.Share(89_350), n("8,94 %")},
		{"decimal", domain.Decimal("52646.208"), n("52 646,208")},
		{"negative decimal", domain.Decimal("-1250"), n("−1 250")},
		{"heads", domain.Heads(38_500_000), "38,5"},
		{"whole heads", domain.Heads(40_000_000), "40"},
		{"month", domain.NewMonth(2026, 1), "janvier 2026"},
		{"date", domain.Date("2025-07-01"), "01/07/2025"},
		{"year", 2026, "2026"},
		{"large number", 100_000, n("100 000")},
		{"number of 64 bits", int64(-12_345), n("−12 345")},
		{"message", domain.M("inner", "p", domain.Share(200_000)), "cap de " + n("20 %")},
		{"messages", []domain.Msg{domain.M("inner", "p", "a"), domain.M("inner", "p", "b"), domain.M("inner", "p", "c")}, "cap de a, cap de b et cap de c"},
		{"texts", []string{"a", "b"}, "a et b"},
		{"one text", []string{"a"}, "a"},
		{"no text", []string{}, ""},
		{"unknown type", 1.5, "⟦float64⟧"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := c.Text("s", "v", tc.v); got != "["+tc.want+"]" {
				t.Errorf("got %q, want [%s]", got, tc.want)
			}
		})
	}
}

func TestT_MissingIsVisible(t *testing.T) {
	c, err := load(t, map[string]string{"a.toml": `"s" = "a {{.b}}"`})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Text("no.such"); got != "⟦no.such⟧" {
		t.Errorf("missing key: %q", got)
	}
	if got := c.Text("s"); got != "a ⟦b⟧" {
		t.Errorf("missing blank: %q", got)
	}
	if c.Has("no.such") || !c.Has("s") {
		t.Error("Has is wrong")
	}
}

func TestT_Plural(t *testing.T) {
	c, err := load(t, map[string]string{"a.toml": `"p" = { one = "{{.count}} personne", other = "{{.count}} personnes" }`})
	if err != nil {
		t.Fatal(err)
	}
	// French counts 0 and 1,5 as singular; a million has a form of its own that
	// catalogues may leave out.
	for count, want := range map[any]string{
		0: "0 personne", 1: "1 personne", 2: "2 personnes", int64(1_000_000): n("1 000 000") + " personnes",
		domain.Heads(1_500_000): "1,5 personne", domain.Heads(38_500_000): "38,5 personnes",
	} {
		if got := c.Text("p", "count", count); got != want {
			t.Errorf("%v: got %q, want %q", count, got, want)
		}
	}
}

func TestTypeset(t *testing.T) {
	c, err := load(t, map[string]string{"a.toml": `"s" = "Prime : « oui » ? 10 % de {{.v}} MAD ; fin !"`})
	if err != nil {
		t.Fatal(err)
	}
	want := "Prime\u202f: «\u202foui\u202f»\u202f? 10\u202f% de 5\u202fMAD\u202f; fin\u202f!"
	if got := c.Text("s", "v", 5); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWithTexts(t *testing.T) {
	base, err := load(t, map[string]string{"a.toml": `"a" = "de base"
"b" = "de base"`})
	if err != nil {
		t.Fatal(err)
	}
	pack := base.WithTexts(map[string]string{"b": "du pack {{.v}}", "reading.x": "une fois", "odd": "{{if}}"})
	for key, want := range map[string]string{"a": "de base", "b": "du pack 3", "reading.x": "une fois", "odd": "{{if}}"} {
		if got := pack.Text(key, "v", 3); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if base.Has("reading.x") || base.Text("b") != "de base" {
		t.Error("the pack's texts reached the catalogue under it")
	}
}

func TestProblem_OneLine(t *testing.T) {
	c := french(t)
	given := c.Problem(domain.Refuse("roles[0].hires[1].count", "abc\n\x1b[2Jfin", "input.count"))
	want := "roles[0].hires[1].count\u202f: «\u202fabc··[2Jfin\u202f» est refusé. Un nombre entier est attendu, par exemple 40."
	if given != want {
		t.Errorf("got  %q\nwant %q", given, want)
	}
	absent := c.Problem(domain.Refuse("site", "", "input.empty"))
	if absent != "site\u202f: Une valeur est attendue." {
		t.Errorf("absent value: %q", absent)
	}
	if got := c.Problem(domain.Refuse("passphrase", "", "input.empty")); got != "Phrase secr\u00e8te\u202f: Une valeur est attendue." {
		t.Errorf("a field that a person is asked for: %q", got)
	}
	if got := c.Problem(domain.Refuse("", "x", "input.empty")); got != "Une valeur est attendue." {
		t.Errorf("no field: %q", got)
	}
	long := c.Problem(domain.Refuse("name", strings.Repeat("é", 500), "input.empty"))
	if strings.Count(long, "é") > 85 || !strings.Contains(long, "…") {
		t.Errorf("long value is not cut: %q", long)
	}
}

func BenchmarkText(b *testing.B) {
	c := french(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Text("problem.absent", "field", domain.Money(1_466_924_160), "why", domain.Share(170_000))
	}
}

func BenchmarkTextPlain(b *testing.B) {
	c := french(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Text("input.month")
	}
}

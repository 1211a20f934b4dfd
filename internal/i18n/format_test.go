package i18n_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

func TestFormatter_French(t *testing.T) {
	f := french(t).Formatter()
	cases := []struct{ name, got, want string }{
		{"amount", f.Amount(1_466_924_160), n("14 669 242")},
		{"amount just under half", f.Amount(1_466_924_149), n("14 669 241")},
		{"amount at half", f.Amount(50), "1"},
		{"amount zero", f.Amount(0), "0"},
		{"amount that rounds to zero has no sign", f.Amount(-49), "0"},
		{"negative amount", f.Amount(-1_234_50), n("−1 235")},
		{"exact", f.AmountExact(1_466_924_160), n("14 669 241,60")},
		{"exact zero", f.AmountExact(0), "0,00"},
		{"exact small", f.AmountExact(5), "0,05"},
		{"compact million", f.Compact(1_466_924_160), n("14,7 M")},
		{"compact keeps its decimal", f.Compact(8_201_232_000), n("82,0 M")},
		{"compact thousand", f.Compact(950_000_00), n("950 k")},
		{"compact rounds up to a million", f.Compact(999_500_00), n("1,0 M")},
		{"compact just under", f.Compact(999_499_99), n("999 k")},
		{"compact of a thousand", f.Compact(1_000_00), n("1 k")},
		{"compact under a thousand", f.Compact(999_49), "999"},
		{"compact billion", f.Compact(123_456_000_000), n("1 234,6 M")},
		{"compact negative", f.Compact(-1_500_000_00), n("−1,5 M")},
		{"percent", f.Percent(178_863, 1), n("17,9 %")},
		{"percent whole", f.Percent(178_863, 0), n("18 %")},
		{"percent exact", f.Percent(178_863, 4), n("17,8863 %")},
		{"percent keeps zeros", f.Percent(domain.ShareOne, 2), n("100,00 %")},
		{"heads", f.Heads(40_000_000), "40"},
		{"heads with a part", f.Heads(38_450_000), "38,5"},
		{"heads that round to whole", f.Heads(39_960_000), "40"},
		{"count", f.Count(1234), n("1 234")},
		{"count small", f.Count(40), "40"},
		{"decimal", f.Decimal("52646.208"), n("52 646,208")},
		{"decimal with a long tail", f.Decimal("1.66666666666666666667"), "1,66666666666666666667"},
		{"not a decimal", f.Decimal("1e5"), "1e5"},
		{"month", f.Month(domain.NewMonth(2026, 8)), "août 2026"},
		{"date", f.Date("2025-07-01"), "01/07/2025"},
		{"no date", f.Date(""), ""},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

// words are the texts that the formatter needs of a language beside French: English
// from its catalogue, Spanish as its own will have them.
func words(t testing.TB, lang string) *i18n.Catalogue {
	t.Helper()
	var fsys fs.FS = assets.I18n
	if lang == "es" {
		fsys = fstest.MapFS{"i18n/es/a.toml": {Data: []byte(`
"number.million" = "{{.n}}\u202fM"
"number.thousand" = "{{.n}}\u202fk"
"number.between" = "{{.low}} a {{.high}}"
"list.comma" = ", "
"list.two" = "{{.first}} y {{.last}}"
"month.1" = "enero"
"month.2" = "febrero"
"month.3" = "marzo"
"month.4" = "abril"
"month.5" = "mayo"
"month.6" = "junio"
"month.7" = "julio"
"month.8" = "agosto"
"month.9" = "septiembre"
"month.10" = "octubre"
"month.11" = "noviembre"
"month.12" = "diciembre"
"s" = "[{{.v}}]"
"p" = { one = "{{.count}} persona", many = "{{.count}} de personas", other = "{{.count}} personas" }
`)}}
	}
	c, err := i18n.Load(fsys, lang)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The same values in the other languages, as their readers expect them.
func TestFormatter_OtherLanguages(t *testing.T) {
	en, es := words(t, "en"), words(t, "es")
	for name, of := range map[string]struct {
		say            func(c *i18n.Catalogue, f *i18n.Formatter) string
		english, spain string
	}{
		"amount":     {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Amount(1_466_924_160) }, "14,669,242", "14.669.242"},
		"negative":   {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Amount(-1_234_50) }, "−1,235", "−1.235"},
		"exact":      {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.AmountExact(123_456_750) }, "1,234,567.50", "1.234.567,50"},
		"million":    {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Compact(1_466_924_160) }, "14.7M", n("14,7 M")},
		"thousand":   {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Compact(950_000_00) }, "950k", n("950 k")},
		"billion":    {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Compact(123_456_000_000) }, "1,234.6M", n("1.234,6 M")},
		"small":      {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Compact(999_49) }, "999", "999"},
		"percent":    {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Percent(125_000, 1) }, "12.5%", n("12,5 %")},
		"heads":      {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Heads(1_038_450_000) }, "1,038.5", "1.038,5"},
		"count":      {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Count(1234) }, "1,234", "1.234"},
		"decimal":    {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Decimal("-52646.208") }, "−52,646.208", "−52.646,208"},
		"month":      {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Month(domain.NewMonth(2026, 8)) }, "August 2026", "agosto 2026"},
		"date":       {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Date("2026-07-01") }, "1 Jul 2026", "01/07/2026"},
		"not a date": {func(_ *i18n.Catalogue, f *i18n.Formatter) string { return f.Date("2026-07") }, "2026-07", "2026-07"},
		"range": {func(_ *i18n.Catalogue, f *i18n.Formatter) string {
			return f.Between(f.Compact(170_000_000), f.Compact(450_000_000))
		}, "1.7M to 4.5M", "1,7 a 4,5\u202fM"},
		"range of shares": {func(_ *i18n.Catalogue, f *i18n.Formatter) string {
			return f.Between(f.Percent(60_000, 1), f.Percent(158_000, 1))
		}, "6.0% to 15.8%", "6,0 a 15,8\u202f%"},
		"list": {func(c *i18n.Catalogue, _ *i18n.Formatter) string { return c.List([]string{"a", "b", "c"}) }, "a, b and c", "a, b y c"},
	} {
		if got := of.say(en, en.Formatter()); got != of.english {
			t.Errorf("%s in English: %q, want %q", name, got, of.english)
		}
		if got := of.say(es, es.Formatter()); got != of.spain {
			t.Errorf("%s in Spanish: %q, want %q", name, got, of.spain)
		}
	}
}

func TestT_PluralInSpanish(t *testing.T) {
	c := words(t, "es")
	for count, want := range map[any]string{
		0: "0 personas", 1: "1 persona", 2: "2 personas", 1_000_000: "1.000.000 de personas", domain.Heads(1_500_000): "1,5 personas",
	} {
		if got := c.Text("p", "count", count); got != want {
			t.Errorf("%v: got %q, want %q", count, got, want)
		}
	}
}

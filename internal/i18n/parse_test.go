package i18n_test

import (
	"testing"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"

	"pgregory.net/rapid"
)

func TestParseAmount(t *testing.T) {
	f := french(t).Formatter()
	accepted := map[string]domain.Money{
		"30000":                     30_000_00,
		"30000.5":                   30_000_50,
		"30000,5":                   30_000_50,
		"30 000,50":                 30_000_50,
		"30\u00a0000,50":            30_000_50,
		"30\u202f000,50":            30_000_50,
		"  30 000  ":                30_000_00,
		"30 000 MAD":                30_000_00,
		"30000dh":                   30_000_00,
		"1.234.567,89":              1_234_567_89,
		"1,234,567.89":              1_234_567_89,
		"1.234.567":                 1_234_567_00,
		"1,234.50":                  1_234_50,
		"1 234 567.8":               1_234_567_80,
		"1.234":                     1_234_00, // three digits after a lone sign group: an amount has two decimals
		"1,234":                     1_234_00,
		"12,34":                     12_34,
		"0":                         0,
		"0,05":                      5,
		"007":                       7_00,
		"999\u202f999 999 999,99":   99_999_999_999_999,
		"999999999999.99":           99_999_999_999_999,
		"123.456.789.012,3":         12_345_678_901_230,
		"\t15\u00a0000\u202f\u00a0": 15_000_00,
	}
	for s, want := range accepted {
		if got, p := f.ParseAmount(s); p != nil || got != want {
			t.Errorf("%q: got %v, %v; want %v", s, got, p, want)
		}
	}
	refused := map[string]string{
		"":                  "input.empty",
		"   ":               "input.empty",
		"-5":                "input.negative",
		"\u22125":           "input.negative",
		"abc":               "input.amount",
		"MAD":               "input.amount",
		"12a":               "input.amount",
		"1e5":               "input.amount",
		"+5":                "input.amount",
		",5":                "input.amount",
		"5,":                "input.amount",
		"3 0000":            "input.amount",
		"1 2":               "input.amount",
		"1.23.456":          "input.amount",
		"1,234,56":          "input.amount",
		"1 234.567,89":      "input.amount",
		"12 345 67,8":       "input.amount",
		"0.500":             "input.amount.decimals", // not a group: it starts with zero
		"1234,567":          "input.amount.decimals",
		"1 234,567":         "input.amount.decimals",
		"12,3456":           "input.amount.decimals",
		"1 000 000 000 000": "input.amount.large",
		"٣٠٠":               "input.amount",
	}
	for s, want := range refused {
		got, p := f.ParseAmount(s)
		if p == nil || p.Msg.Key != want || got != 0 {
			t.Errorf("%q: got %v, %v; want %s", s, got, p, want)
		} else if p.Value != s {
			t.Errorf("%q: the problem names %q", s, p.Value)
		}
	}
}

func TestParsePercent(t *testing.T) {
	f := french(t).Formatter()
	for s, want := range map[string]domain.Share{
		"12": 120_000, "12%": 120_000, "12 %": 120_000, "12\u202f%": 120_000, "12,5 %": 125_000,
		"12.5": 125_000, "0": 0, "100": 1_000_000, "100,0000": 1_000_000, "0,35": 3_500,
		"1.234": 12_340, "1,234": 12_340, "0,0001": 1,
	} {
		if got, p := f.ParsePercent(s); p != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", s, got, p, want)
		}
	}
	for s, want := range map[string]string{
		"": "input.empty", "%": "input.empty", "-1": "input.negative", "abc": "input.percent",
		"1,2,3": "input.percent", "1.2,3": "input.percent", "12,": "input.percent", ",5": "input.percent",
		"1 2": "input.percent", "12%%": "input.percent", "100,0001": "input.percent.range",
		"101": "input.percent.range", "99999999999999999999": "input.percent.range",
		"0,00001": "input.percent.decimals",
	} {
		if got, p := f.ParsePercent(s); p == nil || p.Msg.Key != want {
			t.Errorf("%q: got %d, %v; want %s", s, got, p, want)
		}
	}
}

func TestParseCount(t *testing.T) {
	f := french(t).Formatter()
	for s, want := range map[string]int{
		"40": 40, " 40 ": 40, "1 200": 1200, "1\u202f200": 1200, "1.200": 1200, "1,200": 1200,
		"0": 0, "000": 0, "999999999": 999_999_999,
	} {
		if got, p := f.ParseCount(s); p != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", s, got, p, want)
		}
	}
	for s, want := range map[string]string{
		"": "input.empty", "-3": "input.negative", "x": "input.count", "1,5": "input.count",
		"12.0": "input.count", "1 20": "input.count", "0.500": "input.count", "1.200,5": "input.count",
		"1000000000": "input.count.large",
	} {
		if got, p := f.ParseCount(s); p == nil || p.Msg.Key != want {
			t.Errorf("%q: got %d, %v; want %s", s, got, p, want)
		}
	}
}

func TestParseMonth(t *testing.T) {
	f := french(t).Formatter()
	for s, want := range map[string]domain.Month{
		"01/2026": domain.NewMonth(2026, 1), "1/2026": domain.NewMonth(2026, 1), "2026-01": domain.NewMonth(2026, 1),
		"2026/1": domain.NewMonth(2026, 1), "01-2026": domain.NewMonth(2026, 1), "01.2026": domain.NewMonth(2026, 1),
		"janv. 2026": domain.NewMonth(2026, 1), "janvier 2026": domain.NewMonth(2026, 1),
		"JANVIER  2026": domain.NewMonth(2026, 1), "janvier\u202f2026": domain.NewMonth(2026, 1),
		"fevrier 2026": domain.NewMonth(2026, 2), "févr. 2026": domain.NewMonth(2026, 2),
		"aou 2026": domain.NewMonth(2026, 8), "août 2026": domain.NewMonth(2026, 8),
		"aou\u0302t 2026": domain.NewMonth(2026, 8), // the accent as a character of its own
		"juin 2026":       domain.NewMonth(2026, 6), "juil. 2026": domain.NewMonth(2026, 7), "Déc 2030": domain.NewMonth(2030, 12),
	} {
		if got, p := f.ParseMonth(s); p != nil || got != want {
			t.Errorf("%q: got %v, %v; want %v", s, got, p, want)
		}
	}
	for s, want := range map[string]string{
		"": "input.empty", "2026": "input.month", "13/2026": "input.month", "0/2026": "input.month",
		"jui 2026": "input.month", "ja 2026": "input.month", "01/26": "input.month", "janvier 26": "input.month",
		"janvierx 2026": "input.month", "1/1/2026": "input.month", "2026-2027": "input.month", "001/2026": "input.month",
	} {
		if got, p := f.ParseMonth(s); p == nil || p.Msg.Key != want {
			t.Errorf("%q: got %v, %v; want %s", s, got, p, want)
		}
	}
}

// Every message of the parsers must be a sentence, with the accepted form.
func TestParse_ProblemsHaveTexts(t *testing.T) {
	c := french(t)
	for _, key := range []string{
		"input.empty", "input.negative", "input.amount", "input.amount.decimals", "input.amount.large",
		"input.percent", "input.percent.decimals", "input.percent.range", "input.count", "input.count.large", "input.month",
	} {
		if !c.Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
}

// What a reader of a language types in it; figures are read alike in all three.
func TestParse_OtherLanguages(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		f := words(t, lang).Formatter()
		for typed, want := range map[string]domain.Money{
			"30,000.50": 30_000_50, "30.000,50": 30_000_50, "1,234": 1_234_00, "1.234": 1_234_00, "12.5": 12_50, "12,5": 12_50,
		} {
			if got, p := f.ParseAmount(typed); p != nil || got != want {
				t.Errorf("%s: %q: got %v, %v; want %v", lang, typed, got, p, want)
			}
		}
	}
	for lang, typed := range map[string][]string{
		"en": {"January 2026", "jan 2026", "Jan. 2026", "January, 2026"},
		"es": {"enero 2026", "Ene. 2026", "enero de 2026"},
	} {
		f := words(t, lang).Formatter()
		for _, text := range typed {
			if got, p := f.ParseMonth(text); p != nil || got != domain.NewMonth(2026, 1) {
				t.Errorf("%s: %q: got %v, %v", lang, text, got, p)
			}
		}
		for _, text := range []string{"ju 2026", "enero of 2026", "janvier 2026", "de 2026"} {
			if got, p := f.ParseMonth(text); p == nil {
				t.Errorf("%s: %q: got %v", lang, text, got)
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, f := range []*i18n.Formatter{french(t).Formatter(), words(t, "en").Formatter(), words(t, "es").Formatter()} {
		roundTrip(t, f)
	}
}

func roundTrip(t *testing.T, f *i18n.Formatter) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		m := domain.Money(rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "money"))
		if got, p := f.ParseAmount(f.AmountExact(m)); p != nil || got != m {
			t.Fatalf("%q: got %v, %v", f.AmountExact(m), got, p)
		}
		whole := m / 100 * 100
		if got, p := f.ParseAmount(f.Amount(whole)); p != nil || got != whole {
			t.Fatalf("%q: got %v, %v", f.Amount(whole), got, p)
		}
		s := domain.Share(rapid.Int64Range(0, int64(domain.ShareOne)).Draw(t, "share"))
		if got, p := f.ParsePercent(f.Percent(s, 4)); p != nil || got != s {
			t.Fatalf("%q: got %v, %v", f.Percent(s, 4), got, p)
		}
		count := rapid.IntRange(0, 999_999_999).Draw(t, "count")
		if got, p := f.ParseCount(f.Count(count)); p != nil || got != count {
			t.Fatalf("%q: got %v, %v", f.Count(count), got, p)
		}
		month := domain.NewMonth(rapid.IntRange(1000, 9999).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		for _, said := range []string{f.Month(month), month.String()} {
			if got, p := f.ParseMonth(said); p != nil || got != month {
				t.Fatalf("%q: got %v, %v", said, got, p)
			}
		}
	})
}

// FuzzParse holds: no panic, nothing accepted that does not come back the same
// when it is written and read again, a value or a problem and never both.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"30 000,50", "1.234", "12 %", "janv. 2026", "2026-01", "-1", "\xff", "", "0.500", "1 234.567,89"} {
		f.Add(s)
	}
	form := french(f).Formatter()
	f.Fuzz(func(t *testing.T, s string) {
		if m, p := form.ParseAmount(s); p == nil {
			if again, p := form.ParseAmount(form.AmountExact(m)); p != nil || again != m || m < 0 {
				t.Errorf("amount %q: %v, again %v %v", s, m, again, p)
			}
		} else if m != 0 {
			t.Errorf("amount %q: %v beside a problem", s, m)
		}
		if v, p := form.ParsePercent(s); p == nil && (v < 0 || v > domain.ShareOne) {
			t.Errorf("percent %q: %v", s, v)
		}
		if n, p := form.ParseCount(s); p == nil {
			if again, p := form.ParseCount(form.Count(n)); p != nil || again != n || n < 0 {
				t.Errorf("count %q: %v", s, n)
			}
		}
		if m, p := form.ParseMonth(s); p == nil {
			if again, p := form.ParseMonth(m.String()); p != nil || again != m {
				t.Errorf("month %q: %v", s, m)
			}
		}
	})
}

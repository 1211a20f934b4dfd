package i18n_test

import (
	"testing"
	"testing/fstest"

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

// The other languages of the design group as their readers expect.
func TestFormatter_OtherLanguages(t *testing.T) {
	for lang, want := range map[string]struct{ amount, percent string }{
		"en": {"1,234,567.50", "12.5%"},
		"es": {"1.234.567,50", "12,5\u202f%"},
	} {
		fsys := fstest.MapFS{"i18n/" + lang + "/a.toml": {Data: []byte(`"a" = "a"`)}}
		c, err := i18n.Load(fsys, lang)
		if err != nil {
			t.Fatal(err)
		}
		f := c.Formatter()
		if got := f.AmountExact(123_456_750); got != want.amount {
			t.Errorf("%s: amount %q, want %q", lang, got, want.amount)
		}
		if got := f.Percent(125_000, 1); got != want.percent {
			t.Errorf("%s: percent %q, want %q", lang, got, want.percent)
		}
	}
}

package currency

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

func euro(t *testing.T) *Second {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return &Second{Texts: texts, Rate: issue.Rate{Currency: "EUR", MAD: 10_547_500, Written: "10,5475", Said: "source d'essai"}}
}

// plain writes the narrow and no-break spaces as spaces.
var plain = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// A converted amount is not written finer than its rate is known.
func TestAbout_ThreeFigures(t *testing.T) {
	s := euro(t)
	for mad, want := range map[domain.Money]string{
		14_669_241_60:    "≈ 1,39 M EUR",
		1_054_750_000_00: "≈ 100 M EUR",
		10_542_226_25:    "≈ 1,00 M EUR", // 999 500 rounds up
		28_060_00:        "≈ 2 660 EUR",
		1_466_900_00:     "≈ 139 000 EUR",
		0:                "≈ 0 EUR",
		5_00:             "≈ 0 EUR",
		-28_060_00:       "≈ −2 660 EUR",
	} {
		if got := plain.Replace(s.About(mad)); got != want {
			t.Errorf("%s MAD: %q, want %q", mad, got, want)
		}
	}
}

func TestBetween_OneAmountWhereBothReadAlike(t *testing.T) {
	s := euro(t)
	for _, c := range []struct {
		low, high domain.Money
		want      string
	}{
		{12_000_000_00, 25_000_000_00, "≈ 1,14 à 2,37 M EUR"},
		{28_060_00, 28_061_00, "≈ 2 660 EUR"},
		{950_000_00, 12_000_000_00, "≈ 90 100 à 1,14 M EUR"},
	} {
		if got := plain.Replace(s.Between(c.low, c.high)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Dirhams alone say nothing and do not fail.
func TestNone(t *testing.T) {
	var s *Second
	if s.About(1) != "" || s.Between(1, 2) != "" {
		t.Error("something is said without a currency")
	}
}

func TestLine_OpensTheRate(t *testing.T) {
	test.NewTempApp(t)
	s, opened := euro(t), 0
	s.Open = func() { opened++ }
	l := NewLine()
	if l.Box.Visible() {
		t.Error("an empty line takes room")
	}
	l.Set(s, s.About(1000_00))
	test.Tap(l.figure)
	if !l.Box.Visible() || opened != 1 {
		t.Errorf("shown %v, opened %d", l.Box.Visible(), opened)
	}
	l.Set(nil, "")
	if l.Box.Visible() {
		t.Error("the line stays without a currency")
	}
}

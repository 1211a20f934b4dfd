package arabic

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/chart/record"
)

const (
	beh  = "\u0628"
	lam  = "\u0644"
	alef = "\u0627"
	wage = "\u0627\u0644\u0623\u062c\u0631" // the wage
	of   = "\u0645\u0646"
)

func eye(runs []Run) string {
	var out []string
	for _, r := range runs {
		out = append(out, r.Text)
	}
	return strings.Join(out, "|")
}

func backwards(s string) string {
	letters := []rune(s)
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}

// The order of the eye, from left to right, as pango shows these lines.
func TestLine_OrderOfTheEye(t *testing.T) {
	for name, c := range map[string]struct {
		text      string
		fromRight bool
		want      string
	}{
		"words alone":     {of + " " + wage, true, backwards(of + " " + wage)},
		"a share":         {"AIR 20 % " + of + " " + wage, true, backwards(" % "+of+" "+wage) + "|AIR 20"},
		"a number":        {wage + " 30\u202f000 " + of, true, backwards(" "+of) + "|30\u202f000|" + backwards(wage+" ")},
		"brackets":        {wage + " (MAD)", true, ")|MAD|" + backwards(wage+" (")},
		"in a French one": {"le mot " + wage + " ici", false, "le mot |" + backwards(wage) + "| ici"},
		"no such letter":  {"14\u202f669", false, "14\u202f669"},
		"nothing":         {"", true, ""},
	} {
		if got := eye(Line(c.text, false, c.fromRight)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLine_LettersJoin(t *testing.T) {
	width := func(text string) float64 { return Width(Line(text, false, true)) }
	if one, three := width(beh), width(beh+beh+beh); three > 2*one {
		t.Errorf("three joined letters are %.2f wide, one alone %.2f: they do not join", three, one)
	}
	alone := len(Line(alef, false, true)[0].Segs) + len(Line(lam, false, true)[0].Segs)
	if both := Line(lam+alef, false, true); len(both) != 1 || len(both[0].Segs) == alone {
		t.Error("lam and alef do not become one shape")
	}
}

// A bracket that opens a stretch from the right has the shape that closes one
// from the left.
func TestLine_BracketsTurnRound(t *testing.T) {
	for typed, shape := range map[string]string{"(": ")", ")": "("} {
		want := (&record.Text{Text: shape, Size: 1}).Outline()
		segs := Line(typed+wage, false, true)[0].Segs
		if len(segs) < len(want) {
			t.Fatalf("%q has %d steps", typed, len(segs))
		}
		last := segs[len(segs)-len(want):] // the right end of the line
		for i := range want {
			dx, dy := last[i].P[0].X-last[0].P[0].X, last[i].P[0].Y-last[0].P[0].Y
			wx, wy := want[i].P[0].X-want[0].P[0].X, want[i].P[0].Y-want[0].P[0].Y
			if want[i].Op != record.Close && (math.Abs(dx-wx) > 1e-3 || math.Abs(dy-wy) > 1e-3) {
				t.Fatalf("%q is not drawn as %q", typed, shape)
			}
		}
	}
}

func TestLine_WidthsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune(" %(0123456789)ABC\u0628\u0627\u0644\u0645\u0646\u0648\u064b\u060c\u202f.-"))).Draw(t, "text")
		for _, fromRight := range []bool{true, false} {
			runs := Line(text, rapid.Bool().Draw(t, "bold"), fromRight)
			letters, at := 0, 0.0
			for _, r := range runs {
				if math.Abs(r.X-at) > 1e-9 || r.Width < 0 {
					t.Fatalf("%q: a run stands at %v, want %v", text, r.X, at)
				}
				at += r.Width
				letters += len([]rune(r.Text))
				if !Has(r.Text) && r.Segs == nil && math.Abs(r.Width-record.Measure(r.Text, 1, false)) > 0.2*float64(len(r.Text)) {
					t.Fatalf("%q is %v wide", r.Text, r.Width)
				}
			}
			if letters != len([]rune(text)) {
				t.Fatalf("%q: %d letters are set", text, letters)
			}
		}
	})
}

package assets_test

import (
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"atlasp2i/assets"
)

func fonts(t *testing.T) map[string]*sfnt.Font {
	t.Helper()
	out := map[string]*sfnt.Font{}
	for name, data := range map[string][]byte{"regular": assets.FontRegular, "bold": assets.FontBold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = f
	}
	return out
}

// advance is the width of a character at 1000 to the em, 0 where the font lacks it.
func advance(t *testing.T, f *sfnt.Font, r rune) fixed.Int26_6 {
	t.Helper()
	var buf sfnt.Buffer
	glyph, err := f.GlyphIndex(&buf, r)
	if err != nil {
		t.Fatal(err)
	}
	if glyph == 0 {
		return 0
	}
	a, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFonts_HaveEveryScriptAndSign(t *testing.T) {
	samples := "azAZàâçéèêëîïôùûüœŒÿñ¿¡ÁÍÓÚ«»’“”…–—·×÷%‰€°²№" + // French, Spanish, figures
		"→←−≤≥≠≈✓✕?∑▾●○⚠⇄∞\u00a0\u202f\u2009" + // signs and the spaces of numbers
		"ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى،؛؟٠٩" + // Arabic
		"ⴰⴱⴳⴷⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥⵯ" // Tifinagh
	for name, f := range fonts(t) {
		for _, r := range samples {
			if advance(t, f, r) == 0 {
				t.Errorf("%s has no %q (U+%04X)", name, r, r)
			}
		}
	}
}

func TestFonts_FiguresLineUp(t *testing.T) {
	for name, f := range fonts(t) {
		zero := advance(t, f, '0')
		for _, r := range "123456789−+" {
			if a := advance(t, f, r); a != zero {
				t.Errorf("%s: %q is %v wide, 0 is %v", name, r, a, zero)
			}
		}
	}
}

func TestFonts_KeepArabicShaping(t *testing.T) {
	for name, data := range map[string][]byte{"regular": assets.FontRegular, "bold": assets.FontBold} {
		for _, tag := range []string{"GSUB", "GPOS", "arab", "init", "medi", "fina", "mark"} {
			if !strings.Contains(string(data), tag) {
				t.Errorf("%s has no %s: Arabic letters would not join", name, tag)
			}
		}
		if len(data) > 1<<20 {
			t.Errorf("%s is %d bytes, more than a mebibyte", name, len(data))
		}
	}
}

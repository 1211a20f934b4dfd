package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/theme"
)

// luminance and contrast follow WCAG 2.2.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(n.R) + 0.7152*lin(n.G) + 0.0722*lin(n.B)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func TestContrast_KnownPair(t *testing.T) {
	if got := contrast(color.White, color.Black); math.Abs(got-21) > 0.01 {
		t.Fatalf("black on white is 21 to 1, got %.2f", got)
	}
}

// pairs lists each text colour with the grounds it is written on.
var pairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	theme.ColorInk:                         {theme.ColorBackground, theme.ColorSurface, theme.ColorInput, theme.ColorHover, theme.ColorCautionSoft, theme.ColorPrimarySoft},
	theme.ColorMuted:                       {theme.ColorBackground, theme.ColorSurface, theme.ColorInput, theme.ColorHover},
	theme.ColorPrimary:                     {theme.ColorSurface, theme.ColorBackground, theme.ColorPrimarySoft},
	theme.ColorOnAccent:                    {theme.ColorAccent},
	theme.ColorOnDoor:                      {theme.ColorDoor},
	theme.ColorGood:                        {theme.ColorSurface},
	theme.ColorCaution:                     {theme.ColorSurface, theme.ColorCautionSoft},
	theme.ColorError:                       {theme.ColorSurface, theme.ColorBackground},
	theme.ColorRailText:                    {theme.ColorRail, theme.ColorRailActive},
	theme.ColorRailMuted:                   {theme.ColorRail},
	theme.ColorOnToast:                     {theme.ColorToast},
	theme.ColorToastAction:                 {theme.ColorToast},
	fynetheme.ColorNameForeground:          {fynetheme.ColorNameBackground, fynetheme.ColorNameInputBackground, fynetheme.ColorNameMenuBackground, fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameButton},
	fynetheme.ColorNamePlaceHolder:         {fynetheme.ColorNameInputBackground},
	fynetheme.ColorNameForegroundOnPrimary: {fynetheme.ColorNamePrimary},
	fynetheme.ColorNameForegroundOnError:   {fynetheme.ColorNameError},
}

func looks() map[string]*theme.Theme {
	return map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()}
}

func TestTheme_TextIsReadable(t *testing.T) {
	for look, th := range looks() {
		for text, grounds := range pairs {
			for _, ground := range grounds {
				if c := contrast(th.Color(text, 0), th.Color(ground, 0)); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, wanted 4.5", look, text, ground, c)
				}
			}
		}
	}
}

// A focus ring and what marks a state must stand out from what is around it.
func TestTheme_FocusIsVisible(t *testing.T) {
	for look, th := range looks() {
		for mark, grounds := range map[fyne.ThemeColorName][]fyne.ThemeColorName{
			theme.ColorFocusRing:   {theme.ColorSurface, theme.ColorBackground, theme.ColorInput},
			theme.ColorRailMark:    {theme.ColorRail},
			theme.ColorToastAction: {theme.ColorToast},
		} {
			for _, ground := range grounds {
				if c := contrast(th.Color(mark, 0), th.Color(ground, 0)); c < 3 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, wanted 3", look, mark, ground, c)
				}
			}
		}
	}
}

func TestTheme_PinsItsVariant(t *testing.T) {
	for _, v := range []fyne.ThemeVariant{fynetheme.VariantDark, fynetheme.VariantLight} {
		if theme.Light().Color(fynetheme.ColorNameBackground, v) != theme.Light().Color(theme.ColorBackground, 0) {
			t.Errorf("variant %d of the desktop changed the light look", v)
		}
	}
	if theme.Light().IsDark() || !theme.Dark().IsDark() {
		t.Error("IsDark is wrong")
	}
	if theme.Light().Color(theme.ColorInk, 0) == theme.Dark().Color(theme.ColorInk, 0) {
		t.Error("light and dark have the same ink")
	}
}

func TestTheme_ScaleMultipliesSizes(t *testing.T) {
	normal, large := theme.Light(), theme.Light().Scaled(1.5)
	for _, name := range []fyne.ThemeSizeName{theme.SizeUnit, theme.SizeHeadline, theme.SizeRailWidth, fynetheme.SizeNameText, fynetheme.SizeNamePadding} {
		if got, want := large.Size(name), 1.5*normal.Size(name); got != want || want == 0 {
			t.Errorf("%s at 1.5 is %v, wanted %v", name, got, want)
		}
	}
	if got := theme.Dark().Scaled(0).Size(theme.SizeUnit); got != 0.5 {
		t.Errorf("a scale of 0 gave a unit of %v", got)
	}
	if !theme.Dark().Scaled(2).IsDark() {
		t.Error("scaling lost the variant")
	}
}

func TestTheme_FontsByStyle(t *testing.T) {
	th := theme.Light()
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	if regular.Name() != "atlas-regular.ttf" || bold.Name() != "atlas-bold.ttf" {
		t.Errorf("got %s and %s", regular.Name(), bold.Name())
	}
	if th.Font(fyne.TextStyle{Symbol: true}) == regular {
		t.Error("symbols of Fyne must come from its own font")
	}
}

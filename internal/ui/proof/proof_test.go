package proof

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

const galleryEnv = "ATLAS_GALLERY"

func texts(t testing.TB) *i18n.Catalogue {
	t.Helper()
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	c, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c.WithTexts(pack.Texts["fr"])
}

// teams is two roles with departures; alone is one without.
func teams() domain.Project {
	a, b := calctest.Role("5500", "2026-01", 40), calctest.Role("12000", "2026-03", 3)
	a.Title, b.Title = "Téléconseiller francophone", "Superviseur"
	a.AnnualAttrition = calctest.Share("0.25")
	return calctest.Project("oujda-shore", a, b)
}

func alone() domain.Project {
	r := calctest.Role("30000", "2026-01", 40)
	r.Title = "Ingénieur"
	return calctest.Project("fes-shore", r)
}

func explain(t testing.TB, p domain.Project, line string, year int) *calc.Explanation {
	t.Helper()
	x, err := calctest.Case(t, calctest.Engine(t), p).Explain(line, year)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func open(t testing.TB, x *calc.Explanation, size fyne.Size) (fyne.Window, *kit.SlideOver, *[]string) {
	t.Helper()
	var copies []string
	spec := Spec(Params{Texts: texts(t), Explanation: x, Copy: func(s string) { copies = append(copies, s) }})
	p := kit.NewSlideOver(spec)
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(size)
	w.Resize(size.SubtractWidthHeight(1, 0))
	w.Resize(size)
	return w, p, &copies
}

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	shots := map[string]*calc.Explanation{
		"air": explain(t, alone(), domain.AIR, 0), "air2": explain(t, teams(), domain.AIR, 2027),
		"pae": explain(t, teams(), domain.PAE, 0), "gain": explain(t, alone(), calc.LineBenefits, 0),
		"charges": explain(t, alone(), calc.LineCharges, 2026), "heads": explain(t, teams(), calc.LineHeads, 2027),
		"ais": explain(t, alone(), domain.AIS, 0),
	}
	for look, th := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		test.NewTempApp(t).Settings().SetTheme(th)
		for name, x := range shots {
			for _, size := range []fyne.Size{fyne.NewSize(560, 768), fyne.NewSize(787, 1900)} {
				w, _, _ := open(t, x, size)
				if size.Width > 560 {
					for _, b := range all[*kit.Button](w.Content()) {
						test.Tap(b)
					}
					w.Resize(size.SubtractWidthHeight(1, 0))
					w.Resize(size)
				}
				f, err := os.Create(filepath.Join(folder, "proof-"+look+"-"+name+map[bool]string{true: "-wide"}[size.Width > 560]+".png"))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, w.Canvas().Capture()); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}

// all finds the objects of a kind, from top to bottom.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	if x, ok := o.(T); ok {
		out = append(out, x)
	}
	var parts []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		parts = x.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(x).Objects()
	}
	for _, p := range parts {
		if p.Visible() {
			out = append(out, all[T](p)...)
		}
	}
	return out
}

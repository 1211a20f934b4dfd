package platforms

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// galleryEnv names a folder: where it is set, the screen is painted there in many
// states, to be looked at.
const galleryEnv = "ATLAS_GALLERY"

// scene brings the page into a state.
type scene struct {
	name string
	act  func(pg *Page, f *frame)
}

func scenes() []scene {
	tab := func(place string, left, right int) func(*Page, *frame) {
		return func(pg *Page, _ *frame) {
			pg.choose(place)
			pg.left.tabs.Select(left)
			pg.sheet.tabs.Select(right)
		}
	}
	value := func(place, field string) func(*Page, *frame) {
		return func(pg *Page, _ *frame) {
			s, err := pg.p.Desk.Sheet(place)
			if err != nil {
				panic(err)
			}
			pg.choose(place)
			pg.openPanel(pg.pres.datumProof(datumOf(s, field)))
		}
	}
	return []scene{
		{"spaces", tab("fes-shore", viewMap, 1)},
		{"profile", tab("casanearshore", viewSites, 0)},
		{"talent", tab("casablanca-tech-valley", viewRegions, 2)},
		{"aid", tab("casablanca-tech-valley", viewSites, 4)},
		{"aid-laayoune", tab("laayoune", viewMap, 4)},
		{"infra", tab("igoudar-dakhla", viewMap, 5)},
		{"sources", tab("tetouan-shore", viewMap, 6)},
		{"region", tab("fes-meknes", viewRegions, 0)},
		{"panel", value("fes-shore", "officeBuilt")},
		{"panel-text", value("fes-shore", "regionalAid")},
		{"panel-none", value("fes-shore", "serviceCharge")},
		{"form", func(pg *Page, f *frame) {
			value("fes-shore", "rent")(pg, f)
			test.Tap(find(f.panel, "Corriger cette valeur"))
			test.Tap(find(f.panel, "Enregistrer"))
		}},
		{"own", func(pg *Page, f *frame) {
			_, _ = pg.p.Desk.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "90", AsOf: "11/2026", Note: "Le gestionnaire, au salon"})
			_, _ = pg.p.Desk.Correct(desk.Correction{Place: "fes-shore", Field: "serviceCharge", Value: "12"})
			pg.reload()
			tab("fes-shore", viewMap, 1)(pg, f)
		}},
		{"panel-own", value("fes-shore", "rent")},
		{"panel-cap", func(pg *Page, _ *frame) { pg.OpenCap("casablanca-tech-valley") }},
		{"map-region", func(pg *Page, f *frame) {
			tab("oriental", viewMap, 0)(pg, f)
			f.window.Canvas().Focus(pg.left.picture)
		}},
		{"map-keys", func(pg *Page, f *frame) {
			tab("fes-shore", viewMap, 1)(pg, f)
			f.window.Canvas().Focus(pg.left.picture)
			pg.left.picture.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		}},
	}
}

func find(o fyne.CanvasObject, text string) *kit.Button {
	for _, b := range all[*kit.Button](o) {
		if b.Text() == text {
			return b
		}
	}
	return nil
}

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	small, wide := fyne.NewSize(1178, 716), fyne.NewSize(1732, 1028)
	for _, in := range []struct {
		name string
		look *theme.Theme
		size fyne.Size
	}{
		{"laptop-light", theme.Light(), small},
		{"laptop-dark", theme.Dark(), small},
		{"wide-light", theme.Light(), wide},
		{"wide-dark", theme.Dark(), wide},
		{"large-light", theme.Light().Scaled(1.5), wide},
	} {
		pg, f := newPage(t, in.look, in.size)
		f.window.SetContent(container.NewVScroll(container.New(margins{}, pg.Content())))
		for _, s := range scenes() {
			s.act(pg, f)
			f.settle(in.size)
			var picture bytes.Buffer
			if err := png.Encode(&picture, f.window.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, s.name+"-"+in.name+".png"), picture.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			f.ClosePanel()
		}
	}
}

// margins are those of the shell around a page.
type margins struct{}

// Layout is for Fyne.
func (margins) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(24, 20))
	o[0].Resize(s.SubtractWidthHeight(48, 40))
}

// MinSize is for Fyne.
func (margins) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(48, 40)
}

package result

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// galleryEnv names a folder: where it is set, the views are painted there as
// pictures to be looked at.
const galleryEnv = "ATLAS_GALLERY"

// call is what a view asked for.
type call struct {
	line, reading, value string
	year                 int
	settled              bool
}

type stage struct {
	*View
	w     fyne.Window
	calls []call
}

// show puts a view in a window of our look.
func show(t testing.TB, look *theme.Theme, size fyne.Size) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look)
	e := newBench(t)
	s := &stage{}
	s.View = New(Params{
		Texts: e.texts, Pack: e.pack,
		Explain: func(line string, year int) { s.calls = append(s.calls, call{line: line, year: year}) },
		Reading: func(id, value string, settled bool) {
			s.calls = append(s.calls, call{reading: id, value: value, settled: settled})
		},
	})
	s.w = test.NewTempWindow(t, container.NewVScroll(s.Content()))
	s.w.SetPadded(false)
	s.w.Resize(size)
	return s
}

func (s *stage) paint(t *testing.T, name string) {
	t.Helper()
	size := s.w.Canvas().Size()
	s.w.Resize(size.SubtractWidthHeight(1, 0))
	s.w.Resize(size)
	f, err := os.Create(filepath.Join(os.Getenv(galleryEnv), name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, s.w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

func TestGallery(t *testing.T) {
	if os.Getenv(galleryEnv) == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	actions := func() []fyne.CanvasObject {
		return []fyne.CanvasObject{kit.NewButton(kit.Secondary, "Dupliquer", func() {}), kit.NewButton(kit.Primary, "Enregistrer", func() {})}
	}
	for name, look := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		for _, wide := range []float32{744, 1300} {
			tall := float32(700)
			at := name + map[float32]string{744: "", 1300: "-wide"}[wide]
			s := show(t, look, fyne.NewSize(wide, tall))
			s.SetActions(actions()...)
			s.Hold("Il manque la plateforme et au moins une embauche.")
			s.paint(t, at+"-0empty")
			s.Set(result(t, assumedProject()))
			s.paint(t, at+"-1assumed")
			s.Set(result(t, givenProject()))
			s.paint(t, at+"-2given")
			for i, tab := range []string{"conditions", "left", "readings"} {
				s.tabs.Select(i + 1)
				s.paint(t, at+"-3"+tab)
			}
			s.tabs.Select(tabSheet)
			s.Set(result(t, longProject()))
			s.SetMonthly(true)
			s.paint(t, at+"-4long")
			s.Hold("Corriger le brut mensuel : un montant est attendu.")
			s.paint(t, at+"-5held")
		}
	}
}

func result(t testing.TB, p domain.Project) *calc.Result { return newBench(t).result(t, p) }

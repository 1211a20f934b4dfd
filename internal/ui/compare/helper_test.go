package compare

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// newDesk is a desk over the built-in pack and a store of its own.
func newDesk(t testing.TB) *desk.Desk {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample is the project that ships for a segment.
func sample(t testing.TB, segment string) domain.Project {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	p, ok := sampleOf(texts, segment)
	if !ok {
		t.Fatalf("no sample of %s", segment)
	}
	return p
}

// stage is a page in a window whose thread is the test itself.
type stage struct {
	t      testing.TB
	win    fyne.Window
	page   *Page
	todo   chan func()
	toast  string
	undo   func()
	panels []kit.PanelSpec
	copied string
	titles int
	fact   [2]string
	cap    string
	site   string
	sent   domain.Project
	failed error
}

func (s *stage) ShowPanel(spec kit.PanelSpec)           { s.panels = append(s.panels, spec) }
func (s *stage) ShowToast(text, _ string, act func())   { s.toast, s.undo = text, act }
func (s *stage) RefreshHeader()                         { s.titles++ }
func (s *stage) Copy(text string)                       { s.copied = text }
func (s *stage) simulate(site string, p domain.Project) { s.site, s.sent = site, p }
func (s *stage) goTo(place, field string)               { s.fact = [2]string{place, field} }

// laptop is the room of the page in the window of the specification.
var laptop = fyne.NewSize(1130, 676)

func newStage(t testing.TB, d Desk, look fyne.Theme, size fyne.Size) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look)
	s := &stage{t: t, todo: make(chan func(), 1000)}
	s.win = test.NewTempWindow(t, nil)
	s.win.SetPadded(false)
	s.page = New(Params{
		Desk: d, Shell: s, Simulate: s.simulate, Edit: func(domain.Project, bool) {}, Fact: s.goTo, Cap: func(site string) { s.cap = site },
		Failed: func(err error) { s.failed = err }, Do: func(f func()) { s.todo <- f },
	})
	s.win.SetContent(container.New(margins{}, s.page.Content()))
	s.win.Resize(size.AddWidthHeight(48, 40))
	s.settle()
	return s
}

// margins are those of the shell around a page.
type margins struct{}

// Layout is for Fyne.
func (margins) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(24, 20))
	o[0].Resize(s.SubtractWidthHeight(48, 40))
}

// MinSize is for Fyne.
func (margins) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 100) }

// settle runs what comes for the window's thread until a result of what is set
// is shown.
func (s *stage) settle() {
	s.t.Helper()
	late := time.After(20 * time.Second)
	for s.page.calc.Busy() {
		select {
		case f := <-s.todo:
			f()
		case <-late:
			s.t.Fatal("no result came")
		}
	}
}

func (s *stage) key(o fyne.Focusable, names ...fyne.KeyName) {
	s.win.Canvas().Focus(o)
	for _, n := range names {
		o.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (s *stage) capture(name string) {
	s.t.Helper()
	size := s.win.Canvas().Size()
	s.win.Resize(size.SubtractWidthHeight(1, 0))
	s.win.Resize(size)
	file, err := os.Create(name)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, s.win.Canvas().Capture()); err != nil {
		s.t.Fatal(err)
	}
}

func newLaptop(t testing.TB) *stage {
	t.Helper()
	return newStage(t, newDesk(t), theme.Light(), laptop)
}

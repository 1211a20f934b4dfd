package rulebook

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// stage is the page over a real store, in a window whose thread is the test.
type stage struct {
	t      *testing.T
	page   *Page
	desk   *desk.Desk
	office *issue.Office
	win    fyne.Window
	now    time.Time
	todo   chan func()
	said   string
	copied string
	panel  *kit.PanelSpec
	rated  int
}

func (s *stage) ShowPanel(p kit.PanelSpec)          { s.panel = &p }
func (s *stage) ShowToast(text, _ string, _ func()) { s.said = text }
func (s *stage) Copy(text string)                   { s.copied = text }
func (s *stage) Window() fyne.Window                { return s.win }
func (s *stage) do(f func())                        { s.todo <- f }

func newStage(t *testing.T) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	kept, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), todo: make(chan func(), 100)}
	if s.desk, err = desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: kept}); err != nil {
		t.Fatal(err)
	}
	device, err := seal.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s.office, err = issue.New(issue.Params{
		Desk: s.desk, Store: kept, Device: func() (*seal.Device, error) { return device, nil }, Now: func() time.Time { return s.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.win = test.NewTempWindow(t, nil)
	s.win.SetPadded(false)
	s.win.Resize(fyne.NewSize(1154, 696))
	s.open()
	return s
}

// open shows a page as it is after a start.
func (s *stage) open() {
	s.page = New(Params{
		Desk: s.desk, Office: s.office, Shell: s, Light: theme.ColorGood, Fresh: Fresh, Rated: func() { s.rated++ },
		Now: func() time.Time { return s.now }, Do: s.do,
	})
	s.win.SetContent(s.page.Content())
	s.page.OnShow()
}

// issue is a paper that was issued here.
func (s *stage) issue() issue.Paper {
	s.t.Helper()
	if err := s.office.PutSetup(issue.Setup{Officer: "Officier d'essai", Agency: "Agence d'essai", Fair: "Salon d'essai"}); err != nil {
		s.t.Fatal(err)
	}
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO"
	paper, _, err := s.office.Issue(issue.Order{
		Draft: desk.Draft{Project: p}, For: "Visiteuse d'essai", Check: seal.Check{Mode: seal.ByChecklist, By: "Officier d'essai"},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return paper
}

// until runs what comes for the window's thread, until something holds.
func (s *stage) until(what string, ok func() bool) {
	s.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-s.todo:
			f()
		case <-late:
			s.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// texts lists what is written below an object.
func texts(o fyne.CanvasObject) []string {
	if !o.Visible() {
		return nil
	}
	if c, ok := o.(*canvas.Text); ok {
		return []string{c.Text}
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	var out []string
	for _, child := range inside {
		out = append(out, texts(child)...)
	}
	return out
}

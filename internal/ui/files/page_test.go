package files

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

type heard struct {
	opened  store.ID
	toast   string
	undo    func()
	failed  error
	changed []store.ID
}

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

func newPage(t *testing.T, names ...string) (*Page, *heard) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Light())
	d := newDesk(t)
	for _, n := range names {
		p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
		p.Name = n
		if _, err := d.Save(desk.Draft{Project: p}); err != nil {
			t.Fatal(err)
		}
	}
	h := &heard{}
	pg := New(Params{
		Desk: d, Now: time.Now, Open: func(id store.ID) { h.opened = id },
		Toast:   func(text, _ string, act func()) { h.toast, h.undo = text, act },
		Failed:  func(err error) { h.failed = err },
		Renamed: func(id store.ID, _ string) { h.changed = append(h.changed, id) },
		Deleted: func(id store.ID, _ bool) { h.changed = append(h.changed, id) },
	})
	w := test.NewTempWindow(t, pg.Content())
	w.Resize(fyne.NewSize(1100, 700))
	pg.OnShow()
	return pg, h
}

func TestList_ShowsWhatWasSaved(t *testing.T) {
	pg, _ := newPage(t, "Alpha", "Beta")
	if len(pg.shown) != 2 {
		t.Fatalf("%d rows, want 2", len(pg.shown))
	}
	r := makeRow(pg.p.Desk, &pg.rows[pg.shown[0]].Entry)
	// 14 669 241.60 to 25 289 241.60 MAD over 60 months: the worked case.
	if !strings.Contains(r.total, "14,7") || !strings.Contains(r.total, "25,3") || r.heads != "40" {
		t.Errorf("row %+v", r)
	}
}

func TestFilter_KeepsEveryWord(t *testing.T) {
	pg, _ := newPage(t, "Alpha Un", "Alpha Deux", "Beta")
	test.Type(pg.filter, "alpha fès")
	if len(pg.shown) != 2 {
		t.Errorf("%d rows match, want 2", len(pg.shown))
	}
	pg.filter.SetText("deux")
	if len(pg.shown) != 1 || pg.rows[pg.shown[0]].Name != "Alpha Deux" {
		t.Errorf("filter deux: %v", pg.shown)
	}
}

func TestDelete_CanBeUndone(t *testing.T) {
	pg, h := newPage(t, "Alpha", "Beta")
	pg.list.List.Select(0)
	name := pg.name(pg.chosen)
	pg.remove(pg.chosen)
	if len(pg.shown) != 1 || !strings.Contains(h.toast, name) {
		t.Fatalf("after delete: %d rows, said %q", len(pg.shown), h.toast)
	}
	h.undo()
	if len(pg.shown) != 2 || h.failed != nil {
		t.Errorf("after undo: %d rows, %v", len(pg.shown), h.failed)
	}
}

func TestRenameAndDuplicate(t *testing.T) {
	pg, h := newPage(t, "Alpha")
	pg.list.List.Select(0)
	pg.duplicate(pg.chosen)
	if len(pg.shown) != 2 {
		t.Fatalf("%d rows after duplicate, want 2", len(pg.shown))
	}
	id := pg.rows[0].ID
	if err := pg.p.Desk.Rename(id, "Gamma"); err != nil {
		t.Fatal(err)
	}
	pg.load()
	if pg.name(id) != "Gamma" || h.failed != nil {
		t.Errorf("renamed to %q, %v", pg.name(id), h.failed)
	}
	pg.list.List.Select(0)
	test.Tap(pg.buttons[0])
	if h.opened == "" {
		t.Error("open was not called")
	}
}

// The list is read and matched on the window's thread each time it is shown.
func BenchmarkMatch(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.Light())
	pg := New(Params{Desk: newDesk(b), Now: time.Now})
	for range 10_000 {
		pg.rows = append(pg.rows, entry{store.Entry{Simulation: store.Simulation{Name: "Alpha"}}, "alpha eso fès shore"})
	}
	pg.filter.Text = "alpha fès"
	for b.Loop() {
		pg.match()
	}
}

// nameLine is the line of a new name while it stands on the page.
func nameLine(t *testing.T, pg *Page) *kit.Entry {
	t.Helper()
	e, ok := fyne.CurrentApp().Driver().CanvasForObject(pg.filter).Focused().(*kit.Entry)
	if !ok || e == pg.filter {
		t.Fatal("the line of the new name has no focus")
	}
	return e
}

func TestRename_LineIsWideFocusedAndChecked(t *testing.T) {
	pg, h := newPage(t, "Alpha")
	pg.list.List.Select(0)
	pg.rename(pg.chosen)
	e := nameLine(t, pg)
	if e.Text != "Alpha" || e.Size().Width < pg.bar.Size().Width/2 {
		t.Errorf("line %q is %v wide in a card of %v", e.Text, e.Size().Width, pg.bar.Size().Width)
	}
	e.SetText(strings.Repeat("é", calc.MaxNameLetters+1))
	want := pg.p.Desk.Texts().T(calc.CheckName(e.Text).Msg)
	if e.Message() != want {
		t.Errorf("a long name: %q, want %q", e.Message(), want)
	}
	e.OnSubmitted(e.Text)
	if len(h.changed) != 0 || h.failed != nil {
		t.Error("a refused name was passed on")
	}
	e.SetText(" Gamma ")
	e.OnSubmitted(e.Text)
	if len(h.changed) != 1 || pg.rows[0].Name != "Gamma" {
		t.Errorf("renamed to %q", pg.rows[0].Name)
	}
}

func TestRename_EscapeCancelsOnce(t *testing.T) {
	pg, h := newPage(t, "Alpha")
	heard := 0
	c := fyne.CurrentApp().Driver().CanvasForObject(pg.filter)
	c.SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	pg.list.List.Select(0)
	pg.rename(pg.chosen)
	e := nameLine(t, pg)
	e.SetText("Gamma")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if heard != 0 || len(h.changed) != 0 || pg.rows[0].Name != "Alpha" {
		t.Error("Escape did more than cancel")
	}
	if _, ok := pg.bar.Objects[0].(*fyne.Container).Objects[0].(*kit.Button); !ok {
		t.Error("the buttons are not back")
	}
	c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if heard != 1 {
		t.Error("the window does not have Escape back")
	}
}

func TestCount_NoneIsAWord(t *testing.T) {
	pg, _ := newPage(t)
	if got := pg.count.Text(); got != "Aucune simulation" {
		t.Errorf("says %q", got)
	}
}

// What two laptops changed says so in the list, and leads to where a person decides.
func TestDisputed_LeadsToTheDecision(t *testing.T) {
	pg, _ := newPage(t, "Centre A", "Centre B")
	went, disputed := 0, pg.rows[1].ID
	pg.p.Disputed = func(id store.ID) int { return map[store.ID]int{disputed: 2}[id] }
	pg.p.Settle = func() { went++ }
	pg.actions()
	pg.load()
	for i, want := range []string{"rév.", "2 versions à trancher"} {
		if got := pg.line(i).when; !strings.Contains(got, want) {
			t.Errorf("line %d says %q, want %q", i, got, want)
		}
	}
	pg.choose(pg.rows[0].ID)
	if pg.settle.Visible() {
		t.Error("a simulation without a conflict leads to one")
	}
	pg.choose(disputed)
	if !pg.settle.Visible() {
		t.Fatal("no way to the decision")
	}
	test.Tap(pg.settle)
	if went != 1 {
		t.Error("the way leads nowhere")
	}
}

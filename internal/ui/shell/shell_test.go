package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// notePage notes what happens to it.
type notePage struct {
	name   string
	notes  *[]string
	figure *kit.Figure
	title  string
}

func (p *notePage) Title() string                    { return p.title }
func (p *notePage) Content() fyne.CanvasObject       { return kit.VStack(0, p.figure) }
func (p *notePage) HeaderLeft() []fyne.CanvasObject  { return nil }
func (p *notePage) HeaderRight() []fyne.CanvasObject { return nil }
func (p *notePage) OnShow()                          { *p.notes = append(*p.notes, "show "+p.name) }
func (p *notePage) OnHide()                          { *p.notes = append(*p.notes, "hide "+p.name) }

type fixture struct {
	*Shell
	window fyne.Window
	notes  []string
	pages  map[string]*notePage
	builds int
}

func newFixture(t *testing.T, toastFor time.Duration) *fixture {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Light())
	f := &fixture{window: test.NewTempWindow(t, nil), pages: map[string]*notePage{}}
	var places []Place
	for _, id := range []string{Files, Home, Simulate} {
		places = append(places, Place{ID: id, Label: id, Build: func() Page {
			f.builds++
			p := &notePage{name: id, notes: &f.notes, title: id, figure: kit.NewFigure("1", kit.BodyText, func() {})}
			f.pages[id] = p
			return p
		}})
	}
	f.Shell = New(Params{Window: f.window, Brand: "Atlas", Places: places, ToastFor: toastFor})
	f.window.SetContent(f.Content())
	f.window.Resize(fyne.NewSize(1024, 640))
	return f
}

// press does what the window does for a shortcut.
func (f *fixture) press(shortcut fyne.Shortcut) {
	for _, b := range f.bindings() {
		if b.shortcut.ShortcutName() == shortcut.ShortcutName() {
			b.act()
		}
	}
}

func ctrlKey(name fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}
}

func TestShell_NumbersAreFixedByTheDesign(t *testing.T) {
	f := newFixture(t, 0)
	for key, want := range map[fyne.KeyName]string{fyne.Key1: Home, fyne.Key4: Simulate, fyne.Key6: Files} {
		f.press(ctrlKey(key))
		if f.Current() != want {
			t.Errorf("Ctrl+%s opened %q, wanted %q", key, f.Current(), want)
		}
	}
	f.press(ctrlKey(fyne.Key2))
	if f.Current() == Platforms {
		t.Error("Ctrl+2 opened a place that is not there")
	}
	var shown []string
	for _, o := range f.frame.rail.items.Objects {
		shown = append(shown, o.(*navItem).place.ID)
	}
	if want := []string{Home, Simulate, Files}; !slices.Equal(shown, want) {
		t.Errorf("the rail shows %v, wanted %v", shown, want)
	}
}

func TestShell_PagesAreBuiltOnceAndToldInOrder(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Home)
	f.Open(Simulate)
	f.Open(Simulate)
	f.Open("nowhere")
	f.Back()
	f.Back()
	want := []string{"show home", "hide home", "show simulate", "hide simulate", "show home"}
	if !slices.Equal(f.notes, want) || f.builds != 2 {
		t.Errorf("%d builds and %v, wanted 2 and %v", f.builds, f.notes, want)
	}
}

func TestShell_RailByKeyboard(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Home)
	f.window.Canvas().FocusNext()
	f.window.Canvas().FocusNext()
	f.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.Current() != Simulate {
		t.Errorf("the second stop of Tab opened %q", f.Current())
	}
}

func TestShell_PanelTakesAndGivesBackTheFocus(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Simulate)
	figure := f.pages[Simulate].figure
	c := f.window.Canvas()
	c.Focus(figure)
	closed := 0
	spec := kit.PanelSpec{Title: "D’où", Close: "Échap", Content: kit.NewRule(), OnClose: func() { closed++ }}
	for _, end := range []func(){
		func() { c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) },
		func() { c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
		func() { test.TapCanvas(c, fyne.NewPos(210, 300)) },
		f.ClosePanel,
	} {
		closed = 0
		f.ShowPanel(spec)
		if !f.PanelOpen() || c.Focused() == figure {
			t.Fatal("the panel did not take the focus")
		}
		end()
		if f.PanelOpen() || closed != 1 || c.Overlays().Top() != nil {
			t.Fatalf("open %v, closed %d times", f.PanelOpen(), closed)
		}
		if c.Focused() != figure {
			t.Fatalf("focus on %T, wanted the figure it came from", c.Focused())
		}
	}
}

func TestShell_AnotherPlaceClosesThePanel(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Simulate)
	f.ShowPanel(kit.PanelSpec{Content: kit.NewRule()})
	f.press(ctrlKey(fyne.Key1))
	if f.PanelOpen() || f.Current() != Home {
		t.Errorf("panel open %v at %q", f.PanelOpen(), f.Current())
	}
}

func TestShell_ToastUndoesOnce(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Home)
	undone := 0
	f.ShowToast("Supprimé", "Annuler", func() { undone++ })
	f.press(&fyne.ShortcutUndo{})
	f.press(&fyne.ShortcutUndo{})
	if undone != 1 || f.frame.toast != nil {
		t.Errorf("undone %d times, message %v", undone, f.frame.toast)
	}
	f.ShowToast("Supprimé", "Annuler", func() { undone++ })
	f.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if undone != 1 || f.frame.toast != nil {
		t.Error("Escape undid, or left the message")
	}
}

func TestShell_ToastLeavesByItself(t *testing.T) {
	f := newFixture(t, time.Hour)
	f.Open(Home)
	f.ShowToast("Enregistré", "", nil)
	first := f.toast
	f.ShowToast("Supprimé", "", nil)
	f.expire(first)
	if f.toast == nil {
		t.Error("the end of the first message took the second away")
	}
	f.expire(f.toast)
	if f.toast != nil || f.frame.toast != nil {
		t.Error("the message stayed")
	}
}

func TestShell_HeaderAndStatusChangeInPlace(t *testing.T) {
	f := newFixture(t, 0)
	f.Open(Home)
	f.pages[Home].title = "Bonjour"
	f.RefreshHeader()
	if got := f.frame.header.title.Text(); got != "Bonjour" {
		t.Errorf("header says %q", got)
	}
	f.SetStatus("a", "b")
	first := f.frame.rail.lines[0]
	f.SetStatus("c")
	if f.frame.rail.lines[0] != first || first.Text() != "c" || f.frame.rail.lines[1].Visible() {
		t.Error("status lines were made anew or stayed")
	}
}

// What is said while a panel lies over the page is said on the panel, and stays
// when that goes.
func TestShell_ToastIsNotHiddenByThePanel(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1920, Height: 1080}} {
		f := newFixture(t, 0)
		f.window.Resize(size)
		f.Open(Simulate)
		undone := 0
		f.ShowPanel(kit.PanelSpec{Title: "D", Close: "E", Content: kit.NewRule()})
		for _, said := range []string{"Copi\u00e9.", strings.Repeat("une longue phrase ", 8)} {
			f.ShowToast(said, "Annuler", func() { undone++ })
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.toast)
			end := at.Add(f.toast.Size())
			if f.frame.toast != nil || f.toast.Size().IsZero() || at.X < 0 || end.X > size.Width || end.Y > size.Height {
				t.Errorf("%q at %v to %v of %v", said, at, end, size)
			}
		}
		f.press(&fyne.ShortcutUndo{})
		if undone != 1 {
			t.Error("Ctrl+Z does nothing while a panel is open")
		}
		f.ShowToast("a", "", nil)
		f.ClosePanel()
		if f.frame.toast == nil || f.frame.toast != f.toast {
			t.Error("the message went with the panel")
		}
		f.ShowPanel(kit.PanelSpec{Title: "D", Close: "E", Content: kit.NewRule()})
		if f.frame.toast != nil {
			t.Error("the message lies below the panel")
		}
	}
}

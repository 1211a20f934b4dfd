package platforms

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
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
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// frame is the shell of the tests: it holds one panel and one message.
type frame struct {
	spec     *kit.PanelSpec
	window   fyne.Window
	panel    *kit.SlideOver
	toast    string
	undo     func()
	compared string
	started  string
	copied   string
	failed   error
}

func (f *frame) ShowPanel(spec kit.PanelSpec) {
	f.ClosePanel()
	spec.OnClose = f.ClosePanel
	f.spec, f.panel = &spec, kit.NewSlideOver(spec)
	f.window.Canvas().Overlays().Add(f.panel)
}

func (f *frame) ClosePanel() {
	if f.panel != nil {
		f.window.Canvas().Overlays().Remove(f.panel)
		f.spec, f.panel = nil, nil
	}
}

func (f *frame) ShowToast(text, _ string, act func()) { f.toast, f.undo = text, act }

func params(d Desk, f *frame) Params {
	return Params{
		Desk: d, Shell: f,
		Compare: func(s string) bool {
			added := f.compared != s
			f.compared = s
			return added
		}, Simulate: func(s string) { f.started = s },
		Copy: func(s string) { f.copied = s }, Failed: func(err error) { f.failed = err },
	}
}

// laptop is the room of the page in the window of the specification.
var laptop = fyne.NewSize(1130, 676)

func newPage(t testing.TB, look fyne.Theme, size fyne.Size) (*Page, *frame) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look)
	f := &frame{}
	pg := New(params(newDesk(t), f))
	f.window = test.NewTempWindow(t, pg.Content())
	f.window.SetPadded(false)
	f.window.Resize(size)
	pg.OnShow()
	f.settle(size)
	if f.failed != nil {
		t.Fatal(f.failed)
	}
	return pg, f
}

// settle lays out twice: wrapped text knows its height after the first time.
func (f *frame) settle(size fyne.Size) {
	f.window.Resize(size.SubtractWidthHeight(1, 0))
	f.window.Resize(size)
}

func newLaptop(t testing.TB) (*Page, *frame) {
	t.Helper()
	return newPage(t, theme.Light(), laptop)
}

// all finds the visible objects of a kind, from top to bottom.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	if !o.Visible() {
		return nil
	}
	if x, ok := o.(T); ok {
		out = append(out, x)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, all[T](c)...)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			out = append(out, all[T](c)...)
		}
	}
	return out
}

// today is the day of the tests.
func today() time.Time { return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.Local) }

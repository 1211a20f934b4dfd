package about

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/credits"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

func params(t *testing.T) Params {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	book, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		t.Fatal(err)
	}
	return Params{
		Texts: texts, Pack: pack, Book: book, Build: Build{Version: "1.2.3", Commit: "abcdef", System: "plan9/mips"},
	}
}

// said is every text of an object, in order.
func said(o fyne.CanvasObject) []string {
	var out []string
	switch o := o.(type) {
	case *canvas.Text:
		out = append(out, o.Text)
	case *fyne.Container:
		for _, child := range o.Objects {
			out = append(out, said(child)...)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			out = append(out, said(child)...)
		}
	}
	return out
}

// find gives the objects of one type.
func find[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	if hit, ok := o.(T); ok {
		out = append(out, hit)
	}
	if box, ok := o.(*fyne.Container); ok {
		for _, child := range box.Objects {
			out = append(out, find[T](child)...)
		}
	}
	return out
}

func TestAbout_ListsEveryPartAndOpensItsTerms(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	p := params(t)
	var shown kit.PanelSpec
	var copied string
	p.Show, p.Copy = func(s kit.PanelSpec) { shown = s }, func(text string) { copied = text }
	Open(p)
	overview := shown.Title
	all := strings.Join(said(shown.Content), "\n")
	names := find[*kit.Figure](shown.Content)
	if len(names) != len(p.Book.Components) {
		t.Errorf("%d lines for %d parts", len(names), len(p.Book.Components))
	}
	for _, want := range []string{"1.2.3", "plan9/mips", "abcdef", p.Pack.SHA256[:12], "OpenStreetMap contributors"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not said", want)
		}
	}
	test.Tap(find[*kit.Button](shown.Content)[0])
	if !strings.Contains(copied, "1.2.3") || !strings.Contains(copied, "abcdef") || strings.Contains(copied, "fyne") {
		t.Errorf("copied: %q", copied)
	}
	for _, name := range names {
		name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if words := strings.Fields(strings.Join(said(shown.Content), " ")); shown.Title != name.Text() || len(words) < 30 {
			t.Errorf("%s opens %q with %d words", name.Text(), shown.Title, len(words))
		}
	}
	test.Tap(find[*kit.Button](shown.Content)[0])
	if shown.Title != overview {
		t.Errorf("the way back leads to %q", shown.Title)
	}
}

func TestShort(t *testing.T) {
	for long, want := range map[string]string{
		"v1.5.0": "v1.5.0", "1.26.8": "1.26.8", "v2.0.0-rc1": "v2.0.0-rc1",
		"v0.0.0-20170609003504-e2365dfdc4a0": "v0.0.0…e2365dfdc4a0",
	} {
		if got := short(long); got != want {
			t.Errorf("%s is %s, want %s", long, got, want)
		}
	}
}

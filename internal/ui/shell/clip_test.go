package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// At the smallest window we promise, no text leaves the window at a side; what
// is too tall scrolls.
func TestShell_SmallWindowCutsNoText(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Light())
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	s := sampleShell(w)
	for _, id := range []string{shell.Home, shell.Simulate, shell.Files} {
		s.Open(id)
		w.Resize(fyne.NewSize(1024, 639))
		w.Resize(fyne.NewSize(1024, 640))
		if got := w.Canvas().Size(); got != fyne.NewSize(1024, 640) {
			t.Fatalf("%s: the window grew to %v", id, got)
		}
		seen := 0
		eachText(w.Content(), fyne.Position{}, func(text *canvas.Text, at fyne.Position) {
			seen++
			left := at.X
			if text.Alignment == fyne.TextAlignTrailing {
				left += text.Size().Width - text.MinSize().Width
			}
			if right := left + text.MinSize().Width; left < 0 || right > 1024 {
				t.Errorf("%s: %q goes from %v to %v", id, text.Text, left, right)
			}
		})
		if seen < 8 {
			t.Errorf("%s: only %d texts were looked at", id, seen)
		}
	}
}

// A larger scale leaves a window less room: the rail says less, and still what it
// says is whole and within it.
func TestShell_RailGetsNarrow(t *testing.T) {
	a := test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	s := sampleShell(w)
	s.Open(shell.Home)
	s.SetStatus("Hors ligne", "Copie vérifiée 10:04")
	right := map[string]float32{}
	for _, scale := range theme.Scales {
		a.Settings().SetTheme(theme.Light().Scaled(scale.Factor))
		w.Resize(fyne.NewSize(1366, 769))
		w.Resize(fyne.NewSize(1366, 768))
		eachText(w.Content(), fyne.Position{}, func(text *canvas.Text, at fyne.Position) {
			if text.Text == "Accueil" {
				right[scale.ID] = at.X + text.MinSize().Width
			}
			if at.X < 0 || at.Y+text.MinSize().Height > 768 && at.X < right[scale.ID] {
				t.Errorf("%s: %q stands at %v", scale.ID, text.Text, at)
			}
		})
	}
	if right["normal"] == 0 || right["largest"] >= right["normal"]*theme.Scales[2].Factor {
		t.Errorf("the rail does not get narrow: %v", right)
	}
}

// eachText calls f with every text that is shown and where it stands in the window.
func eachText(o fyne.CanvasObject, origin fyne.Position, f func(*canvas.Text, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at := origin.Add(o.Position())
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text != "" {
			f(o, at)
		}
	case *container.Scroll:
		if o.Direction == container.ScrollHorizontalOnly {
			return // made to be wider than its place
		}
		inside = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		eachText(child, at, f)
	}
}

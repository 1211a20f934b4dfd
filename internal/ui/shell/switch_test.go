package shell_test

import (
	"bytes"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// pixels paints a window that shows the sample page, in a look that may be
// switched after it was painted once in another.
func pixels(t *testing.T, first, then *theme.Theme) []byte {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(first)
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	s := sampleShell(w)
	s.Open(shell.Simulate)
	w.Resize(fyne.NewSize(1366, 767))
	w.Resize(fyne.NewSize(1366, 768))
	w.Canvas().Capture()
	a.Settings().SetTheme(then)
	return w.Canvas().Capture().(*image.NRGBA).Pix
}

func TestShell_LookSwitchesWhileOpen(t *testing.T) {
	light, dark := pixels(t, theme.Light(), theme.Light()), pixels(t, theme.Dark(), theme.Dark())
	if bytes.Equal(light, dark) {
		t.Fatal("light and dark are painted the same")
	}
	if !bytes.Equal(pixels(t, theme.Light(), theme.Dark()), dark) {
		t.Error("a window switched to dark keeps some of its light colours")
	}
}

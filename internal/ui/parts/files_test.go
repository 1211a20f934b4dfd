package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"
)

func TestShowFiles_EscapeClosesAndIsGivenBack(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	before := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
	chosen := 0
	ShowFiles(dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u != nil || err != nil {
			chosen++
		}
	}, w), w)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no dialog opens")
	}
	press := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	press()
	if w.Canvas().Overlays().Top() != nil || before != 0 || chosen != 0 {
		t.Errorf("Escape leaves the dialog open, or goes past it %d times, or chose %d times", before, chosen)
	}
	press()
	if before != 1 {
		t.Error("the window does not get its keys back")
	}
}

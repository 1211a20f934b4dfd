package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"atlasp2i/internal/ui/kit"
)

// Size of a dialog for files in design pixels.
const (
	filesWide = 760
	filesTall = 520
)

// ShowFiles shows a dialog for files, which Escape closes: the window library's own
// does not.
func ShowFiles(d *dialog.FileDialog, w fyne.Window) {
	c := w.Canvas()
	before := c.OnTypedKey()
	d.SetOnClosed(func() { c.SetOnTypedKey(before) })
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.Show()
	d.Resize(fyne.NewSize(kit.Px(filesWide), kit.Px(filesTall))) // it fails before Show
}

package parts

import (
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/ui/kit"
)

// Size of a dialog for files in design pixels.
const (
	filesWide = 760
	filesTall = 520
)

// FilesParams is a dialog for files to be shown.
type FilesParams struct {
	Dialog *dialog.FileDialog
	Window fyne.Window
	Do     func(func()) // runs a function on the window's thread
	Start  string       // the folder it begins in; "" is where the last one ended
}

// ShowFiles shows a dialog for files, which Escape closes: the window library's own
// does not. Its places are named in the language of the window, and sticks that are
// plugged in stand among them. It opens at once: a folder that hangs is asked beside
// the window's thread, and where Start does not answer it begins in the home folder.
func ShowFiles(p FilesParams) { thisDisk().show(p) }

func (k *disk) show(p FilesParams) {
	d, c := p.Dialog, p.Window.Canvas()
	before, closed := c.OnTypedKey(), false
	d.SetOnClosed(func() {
		closed = true
		c.SetOnTypedKey(before)
	})
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	if at := k.beginning(p.Start); at != nil {
		d.SetLocation(at)
	}
	d.Show()
	open := func(f func()) {
		p.Do(func() {
			if !closed {
				f()
			}
		})
	}
	if pl := newPlaces(k, d, c.Overlays().Top(), open); pl != nil {
		go func() {
			found := k.sticks()
			open(func() { pl.add(found) })
		}()
	}
	d.Resize(fyne.NewSize(kit.Px(filesWide), kit.Px(filesTall))) // it fails before Show
}

// lastFolder is where the window library remembers the folder of its last dialog. It
// would go there by itself, and wait for as long as that takes.
const lastFolder = "fyne:fileDialogLastFolder"

// beginning is the folder a dialog begins in, nil where there is not even a home.
func (k *disk) beginning(start string) fyne.ListableURI {
	if last, err := storage.ParseURI(fyne.CurrentApp().Preferences().String(lastFolder)); err == nil && start == "" {
		start = filepath.FromSlash(last.Path())
	}
	if start != "" {
		found := make(chan fyne.ListableURI, 1)
		go func() {
			at, _ := k.reach(start) // nil where it is gone
			found <- at
		}()
		select {
		case at := <-found:
			if at != nil {
				return at
			}
		case <-time.After(k.moment):
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	at, _ := storage.ListerForURI(storage.NewFileURI(home)) // nil: the library looks for another one
	return at
}

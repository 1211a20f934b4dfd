package parts

import (
	"fmt"
	"os/user"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Size of a dialog for files in design pixels.
const (
	filesWide = 760
	filesTall = 520
)

// ShowFiles shows a dialog for files, which Escape closes: the window library's own
// does not. Its places are named in the language of the window, and sticks that are
// plugged in stand among them.
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
	if split := placesOf(c.Overlays().Top()); split != nil {
		furnish(d, split, sticks())
	}
	d.Resize(fyne.NewSize(kit.Px(filesWide), kit.Px(filesTall))) // it fails before Show
}

// placesOf is the part of a dialog that has its places on the left; nil where there is
// none. What the dialog stands in is the library's own: only what that draws can be
// asked.
func placesOf(top fyne.CanvasObject) *container.Split {
	over, ok := top.(fyne.Widget)
	if !ok {
		return nil
	}
	for _, o := range over.CreateRenderer().Objects() {
		if dialog, ok := o.(*widget.PopUp); ok {
			return find[*container.Split](dialog.Content)
		}
	}
	return nil
}

// find gives the first object of a type inside of containers, its zero value where
// there is none.
func find[T fyne.CanvasObject](o fyne.CanvasObject) T {
	var none T
	if x, ok := o.(T); ok {
		return x
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if x := find[T](child); fyne.CanvasObject(x) != fyne.CanvasObject(none) {
				return x
			}
		}
	}
	return none
}

// furnish names the places on the left of a dialog in our language and adds sticks to
// them. The library writes those names itself, in English, and asks for none: so what
// it wrote is written again, as its own words of the window are.
func furnish(d *dialog.FileDialog, split *container.Split, sticks []fyne.ListableURI) {
	list, ok := split.Leading.(*widget.List)
	if !ok {
		return
	}
	create, put, open, own := list.CreateItem, list.UpdateItem, list.OnSelected, list.Length()
	list.Length = func() int { return own + len(sticks) }
	list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		name, icon := find[*widget.Label](o), find[*widget.Icon](o)
		switch {
		case i >= own && name != nil && icon != nil:
			name.SetText(sticks[i-own].Name())
			icon.SetResource(fynetheme.StorageIcon())
		case i < own:
			put(i, o)
			if name != nil {
				name.SetText(lang.L(name.Text))
			}
		}
	}
	list.OnSelected = func(i widget.ListItemID) {
		if i >= own {
			d.SetLocation(sticks[i-own])
			return
		}
		open(i)
	}
	widest := create()
	for i := range list.Length() {
		o := create()
		if list.UpdateItem(i, o); o.MinSize().Width > widest.MinSize().Width {
			widest = o
		}
	}
	list.CreateItem = func() fyne.CanvasObject {
		o := create()
		if name, longest := find[*widget.Label](o), find[*widget.Label](widest); name != nil && longest != nil {
			name.SetText(longest.Text)
		}
		return o
	}
	list.Refresh()
	split.Refresh()
}

// stickFolders are where Linux shows what is plugged in, for a user.
var stickFolders = []string{"/media/%s/*", "/run/media/%s/*"}

// sticks are the folders of what is plugged in. Elsewhere than on Linux the library
// lists drives itself.
func sticks() []fyne.ListableURI {
	who, err := user.Current()
	if err != nil {
		return nil
	}
	var out []fyne.ListableURI
	for _, folders := range stickFolders {
		found, _ := filepath.Glob(filepath.FromSlash(fmt.Sprintf(folders, who.Username))) // a pattern of ours is none that fails
		for _, folder := range found {
			if u, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
				out = append(out, u)
			}
		}
	}
	return out
}

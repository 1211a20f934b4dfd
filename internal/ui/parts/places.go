package parts

import (
	"path/filepath"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// places are on the left of a dialog for files: those of the window library in our
// language, and sticks. The library writes its names itself, in English, and asks for
// none: so what it wrote is written again, as its own words of the window are.
type places struct {
	disk  *disk
	d     *dialog.FileDialog
	open  func(func()) // runs a function on the window's thread while the dialog is open
	split *container.Split
	list  *widget.List
	own   int // places of the library, which stand first

	sticks  []string        // folders
	unread  map[string]bool // sticks that did not answer, or may not be read
	asked   int             // places that were chosen: an answer for an earlier one is dropped
	longest string          // name of the widest place

	create func() fyne.CanvasObject
	put    func(widget.ListItemID, fyne.CanvasObject)
	choose func(widget.ListItemID)
}

// newPlaces takes the places of a dialog that is shown; nil where it has none.
func newPlaces(k *disk, d *dialog.FileDialog, top fyne.CanvasObject, open func(func())) *places {
	split := placesOf(top)
	if split == nil {
		return nil
	}
	list, ok := split.Leading.(*widget.List)
	if !ok {
		return nil
	}
	pl := &places{
		disk: k, d: d, open: open, split: split, list: list, own: list.Length(), unread: map[string]bool{},
		create: list.CreateItem, put: list.UpdateItem, choose: list.OnSelected,
	}
	list.Length = func() int { return pl.own + len(pl.sticks) }
	list.UpdateItem = pl.write
	list.OnSelected = pl.selected
	list.CreateItem = func() fyne.CanvasObject {
		o := pl.create()
		if name := find[*widget.Label](o); name != nil {
			name.SetText(pl.longest)
		}
		return o
	}
	pl.refresh()
	return pl
}

// placesOf is the part of a dialog that has its places on the left; nil where there is
// none. What the dialog stands in is the library's own, and has it in a field. To ask
// for a renderer of it instead, even a second one, would end its keeping to the middle: the journey of the paper presses a button there.
func placesOf(top fyne.CanvasObject) *container.Split {
	over := reflect.Indirect(reflect.ValueOf(top))
	if over.Kind() != reflect.Struct {
		return nil
	}
	content := over.FieldByName("Content")
	if !content.IsValid() || !content.CanInterface() {
		return nil
	}
	if shown, ok := content.Interface().(*widget.PopUp); ok {
		return find[*container.Split](shown.Content)
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

// write writes the name of a place.
func (pl *places) write(i widget.ListItemID, o fyne.CanvasObject) {
	name, icon := find[*widget.Label](o), find[*widget.Icon](o)
	switch {
	case name == nil || icon == nil:
	case i < pl.own:
		pl.put(i, o)
		name.SetText(lang.L(name.Text))
	case i < pl.own+len(pl.sticks):
		stick := pl.sticks[i-pl.own]
		text := filepath.Base(stick)
		if pl.unread[stick] {
			text += " · " + lang.L("file.unread")
		}
		name.SetText(text)
		icon.SetResource(fynetheme.StorageIcon())
	}
}

// selected goes to a place; to a stick once it answers.
func (pl *places) selected(i widget.ListItemID) {
	pl.asked++
	if i < pl.own {
		pl.choose(i)
		return
	}
	stick, mine := pl.sticks[i-pl.own], pl.asked
	go func() {
		at, err := pl.disk.reach(stick)
		pl.open(func() {
			pl.unread[stick] = err != nil
			pl.refresh()
			switch {
			case pl.asked != mine:
			case err != nil:
				pl.list.UnselectAll()
			default:
				pl.d.SetLocation(at)
			}
		})
	}()
}

// add shows sticks among the places.
func (pl *places) add(sticks []string) {
	pl.sticks = sticks
	pl.refresh()
}

// refresh draws the places as wide as the widest of them.
func (pl *places) refresh() {
	widest := float32(0)
	for i := range pl.list.Length() {
		o := pl.create()
		pl.write(i, o)
		if name := find[*widget.Label](o); name != nil && o.MinSize().Width > widest {
			widest, pl.longest = o.MinSize().Width, name.Text
		}
	}
	pl.list.Refresh()
	pl.split.Refresh()
}

// Package exhibit shows a chart that can be taken along: as a picture with its
// title, period, unit, source and date, and as the table of what it shows, each
// into a file or onto the clipboard. What a file holds and how it is written knows
// no widget.
package exhibit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/picture"
)

// Spec is what an exhibit is made of. Sizes are design pixels.
type Spec struct {
	Title, Period, Unit string
	Source              string   // who published what is shown, and what was computed; in words
	Notes               []string // what must be known to read it; said of the picture alone, the screen says it elsewhere
	// Draw makes the drawing, as for a picture; without it there is only a table.
	Draw                func(width, height float64, dark bool) *record.Drawing
	Tapped              func(spot string) // may be nil
	MinWidth, MinHeight float32
	Table               func() Table // what is shown, asked for when it is taken along
}

// New shows a chart below its title, with the way to take it along beside the
// title, and its source below.
func New(h *Host, s Spec) fyne.CanvasObject {
	return kit.VStack(8,
		kit.Ends(12, kit.NewParagraph(s.Title, kit.CardTitleText), Button(h, s)),
		picture.New(picture.Spec{Draw: s.Draw, Tapped: s.Tapped, MinWidth: s.MinWidth, MinHeight: s.MinHeight}),
		kit.NewParagraph(s.Source, kit.MutedText))
}

// Button opens the list of what can be done with an exhibit that is shown
// elsewhere.
func Button(h *Host, s Spec) *kit.Button {
	var b *kit.Button
	b = kit.NewButton(kit.Link, h.p.Texts.Text("exhibit.menu"), func() { Menu(b, h.actions(s)) })
	b.Hidden = h.p.Kept
	return b
}

// Action is one line of a menu.
type Action struct {
	Name string
	Do   func()
}

// actions are those that this system and this exhibit allow.
func (h *Host) actions(s Spec) []Action {
	t := h.p.Texts
	var out []Action
	if s.Draw != nil {
		out = append(out, Action{t.Text("exhibit.image.save"), func() { h.saveImage(s) }})
		if h.clip != nil {
			out = append(out, Action{t.Text("exhibit.image.copy"), func() { h.copyImage(s) }})
		}
	}
	return append(out,
		Action{t.Text("exhibit.table.save"), func() { h.saveTable(s) }},
		Action{t.Text("exhibit.table.copy"), func() { h.p.Copy(s.Table().Tabbed()) }})
}

// Menu lists actions below a button, with its right edge.
func Menu(under fyne.CanvasObject, list []Action) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(under)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, a := range list {
		items = append(items, fyne.NewMenuItem(a.Name, a.Do))
	}
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	size, at := under.Size(), driver.AbsolutePositionForObject(under)
	pop.ShowAtPosition(at.AddXY(max(size.Width-pop.MinSize().Width, -at.X), size.Height+kit.Px(2)))
}

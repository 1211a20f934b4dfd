package files

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
)

// rename turns the bar into a line to type the new name in, as wide as the card.
func (pg *Page) rename(id store.ID) {
	t := pg.p.Desk.Texts()
	entry, wrong := kit.NewEntry(t.Text("files.rename.hint")), kit.NewParagraph("", kit.ErrorText)
	entry.Check = func(s string) string {
		why := ""
		if p := calc.CheckName(s); p != nil {
			why = t.T(p.Msg)
		}
		wrong.SetText(why)
		wrong.Hidden = why == ""
		pg.bar.Refresh()
		return why
	}
	done := func() {
		if entry.Message() == "" {
			pg.renamed(id, strings.TrimSpace(entry.Text))
		}
	}
	entry.OnSubmitted = func(string) { done() }
	label := container.NewCenter(kit.NewText(t.Text("files.rename.label"), kit.BodyText))
	line := container.NewBorder(nil, nil, container.NewHBox(label), nil, entry)
	buttons := kit.HStack(8, kit.NewButton(kit.Primary, t.Text("files.rename.do"), done),
		kit.NewButton(kit.Secondary, t.Text("files.cancel"), pg.endRename), layout.NewSpacer())
	pg.bar.Objects = []fyne.CanvasObject{kit.VStack(8, line, wrong, buttons)}
	entry.Put(pg.name(id))
	entry.Check(entry.Text)
	pg.bar.Refresh()
	pg.listen(entry)
}

// listen gives the new line the focus, and Escape the meaning of the button to
// cancel. The line is not drawn yet: the filter above it knows the canvas.
func (pg *Page) listen(entry *kit.Entry) {
	c := fyne.CurrentApp().Driver().CanvasForObject(pg.filter)
	if c == nil {
		return
	}
	c.Focus(entry)
	before := c.OnTypedKey()
	pg.keys = func() { c.SetOnTypedKey(before) }
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		switch {
		case ev.Name == fyne.KeyEscape:
			pg.endRename()
		case before != nil:
			before(ev)
		}
	})
}

func (pg *Page) renamed(id store.ID, name string) {
	if err := pg.p.Desk.Rename(id, name); err != nil {
		pg.p.Failed(err)
		return
	}
	pg.p.Renamed(id, name)
	pg.endRename()
	pg.load()
}

// endRename shows the buttons again, and gives Escape back.
func (pg *Page) endRename() {
	if pg.keys != nil {
		pg.keys()
		pg.keys = nil
	}
	pg.actions()
}

package papers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
)

// Who is a contact whose dossier a paper may belong to.
type Who struct {
	ID   store.ID
	Name string // with the company
	For  string // proposed for the paper
	Mail string // may be empty
}

// whoseShown bounds the contacts that a text finds here.
const whoseShown = 4

// whose chooses the dossier that the paper, or the simulation alone, goes to. Nobody
// is named before something is typed: the visitor is looking.
func (pl *Panel) whose() fyne.CanvasObject {
	t, f := pl.t, &pl.flow
	if f.dossier != "" {
		row := []fyne.CanvasObject{kit.NewText(t.Text("papers.whose.is", "name", pl.p.Whose), kit.BodyText), layout.NewSpacer()}
		if pl.p.Attach != nil {
			row = append(row, kit.NewButton(kit.Link, t.Text("papers.whose.attach"), func() { pl.p.Attach(f.draft, f.dossier) }))
		}
		return kit.Flow(12, append(row, kit.NewButton(kit.Link, t.Text("papers.whose.none"), func() { pl.belongs(Who{}) }))...)
	}
	e, found := kit.NewEntry(t.Text("papers.whose.hint")), kit.VStack(2)
	e.Changed = func(text string) {
		found.Objects = nil
		list := pl.p.Contacts(text)
		for _, who := range list[:min(len(list), whoseShown)] {
			found.Add(kit.HStack(0, kit.NewButton(kit.Link, who.Name, func() { pl.belongs(who) })))
		}
		found.Refresh()
		pl.body.Refresh()
	}
	e.OnSubmitted = func(text string) {
		if list := pl.p.Contacts(text); len(list) == 1 {
			pl.belongs(list[0])
		}
	}
	return kit.VStack(6, kit.NewField(kit.FieldSpec{Label: t.Text("papers.whose"), Input: e, Width: inputWide}), found)
}

// belongs takes the paper to a dossier, or to none.
func (pl *Panel) belongs(who Who) {
	pl.flow.dossier, pl.p.Whose, pl.p.Mail = who.ID, who.Name, who.Mail
	if pl.flow.visitor == "" {
		pl.flow.visitor = who.For
	}
	pl.ask()
}

package compare

import (
	"errors"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

// preset chooses a set of weights, says whose it is, and keeps or forgets one of
// the user's.
type preset struct {
	pg     *Page
	pick   *kit.Select
	whose  *kit.Paragraph
	why    *kit.Figure // shows and hides the reason
	reason *kit.Paragraph
	save   *kit.Figure
	drop   *kit.Figure
	name   *kit.Entry
	form   *fyne.Container // asks for a name
	box    *fyne.Container
	resize func()
}

func newPreset(pg *Page, resize func()) *preset {
	t := pg.t
	p := &preset{pg: pg, resize: resize, whose: kit.NewParagraph("", kit.MutedText)}
	p.reason = kit.NewParagraph("", kit.MutedText)
	p.reason.Hide()
	p.why = kit.NewFigure(t.Text("compare.preset.why"), kit.MutedText, func() {
		p.reason.Hidden = !p.reason.Hidden
		p.relayout()
	})
	p.pick = kit.NewSelect(t.Text("compare.preset.own"), nil, p.choose)
	p.save = kit.NewFigure(t.Text("compare.preset.save"), kit.MutedText, p.ask)
	p.drop = kit.NewFigure(t.Text("compare.preset.drop"), kit.MutedText, p.remove)
	p.name = kit.NewEntry(t.Text("compare.preset.name"))
	p.name.OnSubmitted = func(string) { p.keep() }
	field := kit.NewField(kit.FieldSpec{Label: t.Text("compare.preset.called"), Input: p.name, Width: nameWide})
	p.form = kit.VStack(6, field, kit.HStack(12,
		kit.NewButton(kit.Secondary, t.Text("compare.preset.keep"), p.keep),
		kit.NewButton(kit.Link, t.Text("compare.preset.cancel"), p.close)))
	p.form.Hide()
	if !pg.p.Desk.CanSave() {
		p.save.Hide()
	}
	// One line whatever is chosen: the bars below must not move away from under
	// the pointer that has just changed a weight.
	p.box = kit.VStack(6, p.pick, kit.Ends(8, p.whose, kit.HStack(14, p.why, p.save, p.drop)), p.reason, p.form)
	return p
}

// choose takes a set of weights; those that a person set by hand, and nobody kept,
// can be brought back.
func (p *preset) choose(id string) {
	pg := p.pg
	before := pg.board.weighing()
	pg.board.weigh(id)
	pg.changed()
	if w, _ := pg.p.Desk.Weighting(id); before.weighting == "" {
		pg.p.Shell.ShowToast(pg.t.Text("compare.preset.taken", "name", w.Name), pg.t.Text("compare.undo"), func() {
			pg.board.weighAgain(before)
			pg.changed()
		})
	}
}

const nameWide = 210 // design pixels

func (p *preset) show() {
	var options []kit.Option
	for _, w := range p.pg.p.Desk.Weightings() {
		name := w.Name
		if w.Own {
			name = p.pg.t.Text("compare.preset.yours", "name", name)
		}
		options = append(options, kit.Option{ID: w.ID, Text: name})
	}
	id := p.pg.board.c.Weighting
	p.pick.SetOptions(options)
	p.pick.Put(id)
	w, ok := p.pg.p.Desk.Weighting(id)
	p.save.Hidden = ok || !p.pg.p.Desk.CanSave() || p.form.Visible()
	p.drop.Hidden = !w.Own
	p.why.Hidden = w.Reason == ""
	p.reason.SetText(w.Reason)
	p.reason.Hidden = p.reason.Hidden || w.Reason == ""
	switch {
	case !ok:
		p.whose.SetText(p.pg.t.Text("compare.preset.changed"))
	case w.Own:
		p.whose.SetText(p.pg.t.Text("compare.preset.mine"))
	default:
		p.whose.SetText(p.pg.t.Text("compare.preset.by", "author", w.Author, "date", w.Date))
	}
	p.relayout()
}

func (p *preset) relayout() {
	p.box.Refresh()
	p.resize()
}

// ask opens the form and puts the keyboard into it.
func (p *preset) ask() {
	p.form.Show()
	p.save.Hide()
	p.relayout()
	focus(p.name)
}

// close takes the form away; the keyboard, which was in it, goes to the sets.
func (p *preset) close() {
	p.name.SetText("")
	p.name.SetMessage("")
	p.form.Hide()
	p.show()
	focus(p.pick)
}

// keep keeps the weights under the name; a refused one says why beside it.
func (p *preset) keep() {
	name := p.name.Text
	id, err := p.pg.p.Desk.KeepWeighting(name, p.pg.board.c.Weights)
	var wrong *domain.Problem
	switch {
	case errors.As(err, &wrong):
		p.name.SetMessage(p.pg.t.T(wrong.Msg))
		p.relayout()
		return
	case err != nil:
		p.pg.p.Failed(err)
		return
	}
	p.pg.board.c.Weighting = id
	p.pg.keepSoon()
	p.close()
	p.told(id, "compare.preset.kept", func() error {
		_, err := p.pg.p.Desk.DropWeighting(id)
		return err
	})
}

// remove forgets the chosen set of the user's; the weights stay as they are.
func (p *preset) remove() {
	id := p.pg.board.c.Weighting
	w, _ := p.pg.p.Desk.Weighting(id)
	undo, err := p.pg.p.Desk.DropWeighting(id)
	if err != nil {
		p.pg.p.Failed(err)
		return
	}
	p.pg.board.c.Weighting = ""
	p.pg.keepSoon()
	p.show()
	focus(p.pick)
	t := p.pg.t
	p.pg.p.Shell.ShowToast(t.Text("compare.preset.dropped", "name", w.Name), t.Text("compare.undo"), func() {
		if err := undo(); err != nil {
			p.pg.p.Failed(err)
			return
		}
		p.recognize()
	})
}

// told says that a set was kept, with the way back.
func (p *preset) told(id, key string, undo func() error) {
	t := p.pg.t
	w, _ := p.pg.p.Desk.Weighting(id)
	p.pg.p.Shell.ShowToast(t.Text(key, "name", w.Name), t.Text("compare.undo"), func() {
		if err := undo(); err != nil {
			p.pg.p.Failed(err)
			return
		}
		p.recognize()
	})
}

// recognize names the weights again: the sets there are have changed.
func (p *preset) recognize() {
	b := p.pg.board
	if c := b.d.Pack().Comparing.Criteria; len(c) > 0 {
		b.setWeight(c[0].ID, b.c.Weights[c[0].ID])
	}
	p.pg.keepSoon()
	p.show()
}

// focus gives the keyboard to a widget that is on a window.
func focus(o interface {
	fyne.CanvasObject
	fyne.Focusable
},
) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.Focus(o)
	}
}

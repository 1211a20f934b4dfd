package platforms

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Widths of the panel: in design pixels, and of a wide window.
const (
	panelWide  = 560
	panelShare = 0.41
)

// panel shows a proof, and lets a value be corrected.
type panel struct {
	pg    *Page
	model *proof
	room  *fyne.Container
	form  *form
	edit  *kit.Button
	box   *fyne.Container // of the form
}

// openPanel slides the panel of a proof over the page.
func (pg *Page) openPanel(model *proof) *panel {
	v := &panel{pg: pg, model: model}
	pg.p.Shell.ShowPanel(kit.PanelSpec{
		Title: model.title, Close: pg.t.Text("proof.ui.close"), Content: v.content(),
		Width: panelWide, Share: panelShare,
	})
	return v
}

func (v *panel) content() fyne.CanvasObject {
	m, t := v.model, v.pg.t
	style := kit.PanelTotalText
	switch {
	case m.datum != nil && !m.datum.Known():
		style = kit.TitleText
	case m.long:
		style = kit.CardTitleText
	}
	head := kit.VStack(4, kit.NewParagraph(m.value, style))
	if !m.long {
		head.Add(kit.NewParagraph(m.sentence, kit.BodyText))
	} else if m.datum == nil {
		head.Add(kit.NewParagraph(m.sentence, kit.MutedText))
	}
	v.meta(head)
	v.room = kit.VStack(14, head)
	for _, n := range m.notes {
		v.room.Add(kit.NewParagraph(n, kit.TableText))
	}
	v.actions()
	if m.good != "" {
		v.room.Add(kit.VStack(2, kit.NewText(t.Text("platforms.panel.good"), kit.MutedText), kit.NewParagraph(m.good, kit.TableText)))
	}
	if m.source != "" {
		v.room.Add(kit.NewParagraph(m.source, kit.CardTitleText))
	}
	for _, n := range m.remarks {
		v.room.Add(kit.NewParagraph(n, kit.TableText))
	}
	if len(m.sources) > 0 {
		v.room.Add(v.sources(m.sources))
	}
	if len(m.others) > 0 {
		v.room.Add(kit.NewText(t.Text("platforms.panel.others"), kit.CardTitleText))
	}
	for i := range m.others {
		v.room.Add(v.other(&m.others[i]))
	}
	return v.room
}

// meta says of when a value is and how sure.
func (v *panel) meta(head *fyne.Container) {
	m, t := v.model, v.pg.t
	if m.datum != nil && m.long && m.datum.Own == nil {
		if when := desk.SayAsOf(t, m.datum.AsOf()); when != "" {
			head.Add(kit.NewParagraph(t.Text("platforms.panel.when", "place", v.pg.p.Desk.PlaceName(m.datum.Place), "when", when), kit.MutedText))
		}
	}
	if m.datum != nil && m.datum.Own != nil {
		head.Add(kit.NewText(t.Text("datum.own"), kit.CautionText))
		return
	}
	if m.sure != "" {
		head.Add(kit.NewParagraph(m.sure, kit.MutedText))
	}
}

// actions are what can be done with a value; the form opens below them.
func (v *panel) actions() {
	t, x := v.pg.t, v.model.datum
	copied := kit.NewButton(kit.Secondary, t.Text("platforms.panel.copy"), func() { v.pg.p.Copy(v.pg.pres.proofText(v.model)) })
	row := kit.Flow(10)
	v.box = kit.VStack(0)
	v.box.Hide()
	if x != nil && v.pg.p.Desk.CanSave() {
		key := "platforms.panel.correct"
		if !x.Known() {
			key = "platforms.panel.complete"
		}
		v.edit = kit.NewButton(kit.Secondary, t.Text(key), v.openForm)
		row.Add(v.edit)
		v.form = newForm(formParams{t: t, x: x, keep: v.keep, told: func() { v.room.Refresh() }})
		v.box.Add(kit.NewInset(v.form.body))
	}
	row.Add(copied)
	v.room.Add(row)
	v.room.Add(v.box)
	if x != nil && x.Own != nil && v.form != nil {
		key := "platforms.panel.withdraw"
		if x.Fact == nil {
			key = "platforms.panel.withdraw.alone"
		}
		v.room.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text(key), v.withdraw)))
	}
}

// openForm shows the form and puts the caret in it.
func (v *panel) openForm() {
	v.box.Show()
	v.edit.Hide()
	v.room.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.room); c != nil {
		c.Focus(v.form.first())
	}
}

// keep keeps what was typed. A refusal is left to the form; another failure is
// said by the window.
func (v *panel) keep(c desk.Correction) error {
	undo, err := v.pg.p.Desk.Correct(c)
	var wrong *domain.Problem
	switch {
	case errors.As(err, &wrong):
		return err
	case err != nil:
		v.pg.p.Failed(err)
		return err
	}
	v.changed("platforms.corrected", undo)
	return nil
}

func (v *panel) withdraw() {
	undo, err := v.pg.p.Desk.Withdraw(v.model.datum.Place, v.model.datum.Field.ID)
	if err != nil {
		v.pg.p.Failed(err)
		return
	}
	v.changed("platforms.withdrawn", undo)
}

// changed shows the page anew and offers to undo.
func (v *panel) changed(key string, undo func() error) {
	pg := v.pg
	pg.p.Shell.ClosePanel()
	pg.valueChanged()
	said := pg.t.Text(key, "label", v.model.title, "place", pg.p.Desk.PlaceName(v.model.datum.Place))
	pg.p.Shell.ShowToast(said, pg.t.Text("platforms.undo"), func() {
		if err := undo(); err != nil {
			pg.p.Failed(err)
		}
		pg.valueChanged()
	})
}

func (v *panel) other(o *desk.OtherText) fyne.CanvasObject {
	t := v.pg.t
	foot := o.Sure
	if o.When != "" {
		foot = t.Text("platforms.panel.other.foot", "when", o.When, "sure", o.Sure)
	}
	box := kit.VStack(3, kit.NewParagraph(o.Kind, kit.MutedText), kit.NewParagraph(o.Value, kit.StrongText), kit.NewParagraph(foot, kit.MutedText))
	if o.Note != "" {
		box.Add(kit.NewParagraph(o.Note, kit.TableText))
	}
	box.Add(v.sourceRows(o.Sources))
	return kit.NewInset(box)
}

func (v *panel) sources(list []desk.SourceText) fyne.CanvasObject {
	return kit.NewInset(v.sourceRows(list))
}

func (v *panel) sourceRows(list []desk.SourceText) fyne.CanvasObject {
	rows := kit.VStack(8)
	for i, s := range list {
		if i > 0 {
			rows.Add(kit.NewRule())
		}
		rows.Add(v.pg.sourceRow(s))
	}
	return rows
}

// sourceRow is a page that was read. Its address can be marked and copied; it is
// not opened, since the program has no network.
func (pg *Page) sourceRow(s desk.SourceText) fyne.CanvasObject {
	box := kit.VStack(1, kit.NewParagraph(s.Title, kit.TableText), kit.NewParagraph(s.By, kit.MutedText))
	if s.URL != "" {
		l := widget.NewLabel(s.URL)
		l.Selectable, l.Wrapping, l.SizeName = true, fyne.TextWrapBreak, theme.SizeMuted
		box.Add(container.New(flush{}, l))
		box.Add(kit.HStack(0, kit.NewButton(kit.Link, pg.t.Text("proof.ui.url"), func() { pg.p.Copy(s.URL) })))
	}
	return box
}

// flush takes away the margin that a label of Fyne has around its text.
type flush struct{}

func margin() float32 { return fynetheme.Size(fynetheme.SizeNameInnerPadding) }

// Layout is for Fyne.
func (flush) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(-margin(), -margin()))
	o[0].Resize(s.AddWidthHeight(2*margin(), 2*margin()))
}

// MinSize is for Fyne.
func (flush) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().SubtractWidthHeight(2*margin(), 2*margin())
}

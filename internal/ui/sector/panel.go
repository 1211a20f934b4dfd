package sector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Widths of the panel: in design pixels, and of a wide window.
const (
	panelWide  = 560
	panelShare = 0.41
)

// open slides the panel of one quantity over the page.
func (pg *Page) open(k figures.Key) {
	p := pg.words.proofOf(k)
	pg.panel(p.title, pg.proofBox(p))
}

func (pg *Page) panel(title string, content fyne.CanvasObject) {
	pg.p.Shell.ShowPanel(kit.PanelSpec{Title: title, Close: pg.t.Text("proof.ui.close"), Content: content, Width: panelWide, Share: panelShare})
}

func (pg *Page) proofBox(p *proof) fyne.CanvasObject {
	box := kit.VStack(14)
	head := kit.VStack(4, kit.NewParagraph(p.value, kit.PanelTotalText), kit.NewParagraph(p.sentence, kit.BodyText))
	if p.state != "" {
		head.Add(kit.NewParagraph(p.state, kit.MutedText))
	}
	box.Add(head)
	for _, n := range p.notes {
		box.Add(kit.NewParagraph(n, kit.TableText))
	}
	series := kit.VStack(2, kit.NewText(pg.t.Text("sector.panel.series"), kit.MutedText))
	for i, s := range p.series {
		style := kit.StrongText
		if i > 0 {
			style = kit.TableText
		}
		series.Add(kit.NewParagraph(s, style))
	}
	box.Add(series)
	if len(p.sources) > 0 {
		box.Add(kit.NewText(pg.t.Text("sector.panel.sources"), kit.CardTitleText))
		box.Add(kit.NewInset(pg.sourceRows(p.sources)))
	}
	if len(p.derived) > 0 {
		box.Add(kit.NewText(pg.t.Text("sector.panel.derived"), kit.CardTitleText))
	}
	for i := range p.derived {
		box.Add(pg.workingBox(&p.derived[i]))
	}
	if len(p.others) > 0 {
		box.Add(kit.NewText(pg.t.Text("sector.panel.others"), kit.CardTitleText))
	}
	for i := range p.others {
		box.Add(pg.readingBox(&p.others[i]))
	}
	return box
}

func (pg *Page) workingBox(x *working) fyne.CanvasObject {
	box := kit.VStack(4, kit.NewParagraph(x.title, kit.StrongText), kit.NewParagraph(x.formula, kit.TableText))
	for _, s := range x.steps {
		box.Add(kit.Ends(12, kit.NewParagraph(s.name, kit.MutedText), kit.NewText(s.value, kit.TableText)))
	}
	box.Add(kit.NewParagraph(x.bounds, kit.TableText))
	if x.note != "" {
		box.Add(kit.NewParagraph(x.note, kit.MutedText))
	}
	return kit.NewInset(box)
}

func (pg *Page) readingBox(r *reading) fyne.CanvasObject {
	box := kit.VStack(3)
	if r.title != "" {
		box.Add(kit.NewParagraph(r.title, kit.MutedText))
	}
	style := kit.MutedText
	if r.class == pg.t.Text("figures.role.trap") || r.class == pg.t.Text("figures.class.conflict") {
		style = kit.CautionText
	}
	box.Add(kit.NewParagraph(r.value, kit.StrongText))
	box.Add(kit.NewParagraph(r.class, style))
	box.Add(kit.NewParagraph(r.reason, kit.TableText))
	if r.note != "" {
		box.Add(kit.NewParagraph(r.note, kit.TableText))
	}
	box.Add(kit.NewParagraph(r.sure, kit.MutedText))
	box.Add(pg.sourceRows(r.sources))
	return kit.NewInset(box)
}

func (pg *Page) sourceRows(list []desk.SourceText) fyne.CanvasObject {
	rows := kit.VStack(8)
	for i, s := range list {
		if i > 0 {
			rows.Add(kit.NewRule())
		}
		row := kit.VStack(1, kit.NewParagraph(s.Title, kit.TableText), kit.NewParagraph(s.By, kit.MutedText))
		if s.URL != "" { // to be copied, not opened: the program has no network
			l := widget.NewLabel(s.URL)
			l.Selectable, l.Wrapping, l.SizeName = true, fyne.TextWrapBreak, theme.SizeMuted
			row.Add(container.New(flush{}, l))
			row.Add(kit.HStack(0, kit.NewButton(kit.Link, pg.t.Text("proof.ui.url"), func() { pg.p.Copy(s.URL) })))
		}
		rows.Add(row)
	}
	return rows
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

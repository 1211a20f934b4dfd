package result

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/kit"
)

// headCard is the first card: label, amount, share, what is assumed, range.
type headCard struct {
	Surface        *kit.Surface
	label, unit    *kit.Text
	amount         *kit.Figure
	share, assumed *kit.Paragraph
	partial        *kit.Paragraph
	second         *currency.Line
	bar            *kit.RangeBar
	actions        *fyne.Container
	line, top, all *fyne.Container
}

func newHeadCard(unit string, explain func()) *headCard {
	h := &headCard{
		label: kit.NewText("", kit.MutedText), unit: kit.NewText(unit, kit.HeadlineUnit),
		amount: kit.NewFigure("", kit.HeadlineText, explain),
		share:  kit.NewParagraph("", kit.MutedText), assumed: kit.NewParagraph("", kit.CautionText),
		partial: kit.NewParagraph("", kit.CautionText),
		second:  currency.NewLine(), bar: kit.NewRangeBar(kit.Range{}), actions: kit.Flow(8),
	}
	h.label.Elide = true
	h.line = kit.HStack(10, h.amount, h.unit)
	h.top = container.New(&headLayout{}, h.label, h.line, h.actions)
	h.all = kit.VStack(2, h.top, h.second.Box, h.share, h.partial, h.assumed, kit.Gap(6), h.bar)
	h.Surface = kit.NewCard(h.all)
	return h
}

func (h *headCard) setActions(objs []fyne.CanvasObject) {
	h.actions.Objects = objs
	h.actions.Refresh()
	h.layOut()
}

// layOut gives texts of another width or height their place at once, from the
// inside out.
func (h *headCard) layOut() {
	h.line.Refresh()
	h.top.Refresh()
	h.all.Refresh()
}

func (h *headCard) show(m *headline, second *currency.Second) {
	h.second.Set(second, m.second)
	h.label.SetText(m.label)
	style := kit.HeadlineText
	if m.ranged {
		style = kit.PanelTotalText
	}
	h.amount.SetStyle(style)
	h.amount.SetText(m.amount)
	h.share.SetText(m.share)
	sayOrHide(h.partial, m.partial)
	sayOrHide(h.assumed, m.assumed)
	h.bar.Set(kit.Range{Low: m.low, High: m.high, Mark: m.value, LowText: m.lowText, HighText: m.highText})
	h.layOut()
}

// sayOrHide shows a paragraph where it has something to say.
func sayOrHide(p *kit.Paragraph, text string) {
	p.SetText(text)
	p.Show()
	if text == "" {
		p.Hide()
	}
}

// headLayout puts the actions at the top right, the label beside them and the
// amount under the label: beside the actions where each fits whole, else under
// them.
type headLayout struct{ tall float32 }

// Layout is for Fyne.
func (l *headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	label, amount, gap := o[0].MinSize(), o[1].MinSize(), kit.Px(16)
	wanted := min(kit.Natural(o[2]), size.Width)
	o[2].Resize(fyne.NewSize(wanted, o[2].Size().Height)) // its height follows
	actions := fyne.NewSize(wanted, o[2].MinSize().Height)
	o[2].Move(fyne.NewPos(size.Width-actions.Width, 0))
	o[2].Resize(actions)
	beside := func(width float32) bool { return actions.Width == 0 || width+gap+actions.Width <= size.Width }
	top, wide := float32(0), size.Width-actions.Width-gap
	if !beside(kit.NaturalWidth(o[0].(*kit.Text))) {
		top, wide = actions.Height+kit.Px(6), size.Width
	}
	o[0].Move(fyne.NewPos(0, top))
	o[0].Resize(fyne.NewSize(max(wide, 0), label.Height))
	y := top + label.Height
	if !beside(amount.Width) {
		y = max(y, actions.Height+kit.Px(6))
	}
	o[1].Move(fyne.NewPos(0, y))
	o[1].Resize(amount)
	l.tall = max(y+amount.Height, actions.Height)
}

// MinSize is for Fyne.
func (l *headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	label, amount, actions := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(amount.Width, actions.Width), max(l.tall, label.Height+amount.Height, actions.Height))
}

// emptyCard stands where the result will be.
type emptyCard struct {
	Surface *kit.Surface
	body    *kit.Paragraph
}

func newEmptyCard(title string) *emptyCard {
	e := &emptyCard{body: kit.NewParagraph("", kit.BodyText)}
	e.Surface = kit.NewCard(kit.VStack(6, kit.NewText(title, kit.CardTitleText), e.body))
	return e
}

func (e *emptyCard) set(text string) { e.body.SetText(text) }

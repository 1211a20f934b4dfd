package result

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
)

// conditionView lists the conditions by benefit. Its rows are kept and written
// again.
type conditionView struct {
	room   *fyne.Container
	titles []*kit.Text
	rows   [][]*conditionRow
}

type conditionRow struct {
	box                            *fyne.Container
	mark                           *kit.Text
	text, detail, numbers, sources *kit.Paragraph
}

func newConditionView() *conditionView { return &conditionView{room: kit.VStack(8)} }

func (c *conditionView) object() fyne.CanvasObject { return c.room }

func newConditionRow() *conditionRow {
	r := &conditionRow{
		mark: kit.NewText("", kit.MutedText), text: kit.NewParagraph("", kit.BodyText),
		detail: kit.NewParagraph("", kit.TableText), numbers: kit.NewParagraph("", kit.TableText),
		sources: kit.NewParagraph("", kit.MutedText),
	}
	// The narrow side holds the mark; it never stands above its text.
	r.box = kit.Sides(4, 22, 60, kit.VStack(0, r.mark), kit.VStack(0, r.text, r.detail, r.numbers, r.sources))
	return r
}

func (c *conditionView) show(m *model) {
	if !c.fits(m.conditions) {
		c.build(m.conditions)
	}
	for i := range m.conditions {
		c.titles[i].SetText(m.conditions[i].title)
		for k := range m.conditions[i].rows {
			in, row := &m.conditions[i].rows[k], c.rows[i][k]
			row.mark.SetText(in.mark)
			row.mark.SetStyle(markStyle(in.mood))
			row.text.SetText(in.text)
			row.detail.SetText(in.detail)
			put(row.numbers, in.numbers)
			row.sources.SetText(in.sources)
		}
	}
	c.room.Refresh()
}

// markStyle is the sign of a state at the size of the text beside it.
func markStyle(m mood) kit.Style {
	s := tones[m].Style()
	s.Size, s.Bold = kit.StrongText.Size, true
	return s
}

// put shows a text, or hides where there is none.
func put(p *kit.Paragraph, text string) {
	if text == "" {
		p.Hide()
		return
	}
	p.SetText(text)
	p.Show()
}

func (c *conditionView) fits(groups []group) bool {
	if len(groups) != len(c.rows) {
		return false
	}
	for i := range groups {
		if len(groups[i].rows) != len(c.rows[i]) {
			return false
		}
	}
	return true
}

func (c *conditionView) build(groups []group) {
	c.titles, c.rows, c.room.Objects = nil, nil, nil
	for i := range groups {
		title := kit.NewText("", kit.CardTitleText)
		c.titles = append(c.titles, title)
		c.room.Objects = append(c.room.Objects, kit.Gap(2), title)
		var rows []*conditionRow
		for range groups[i].rows {
			r := newConditionRow()
			rows = append(rows, r)
			c.room.Objects = append(c.room.Objects, kit.NewRule(), r.box)
		}
		c.rows = append(c.rows, rows)
	}
}

// leftView lists what is not counted, and why.
type leftView struct {
	room *fyne.Container
	none *kit.Paragraph
	rows []leftRow
}

type leftRow struct {
	who, amount *kit.Text
	why         *kit.Paragraph
}

func newLeftView(t *i18n.Catalogue) *leftView {
	return &leftView{room: kit.VStack(6), none: kit.NewParagraph(t.Text("result.left.none"), kit.MutedText)}
}

func (l *leftView) object() fyne.CanvasObject { return l.room }

func (l *leftView) show(m *model) {
	if len(l.rows) != len(m.left) || len(l.room.Objects) == 0 {
		l.build(len(m.left))
	}
	for i, in := range m.left {
		l.rows[i].who.SetText(in.benefit)
		l.rows[i].amount.SetText(in.amount)
		l.rows[i].why.SetText(in.reason)
	}
	l.room.Refresh()
}

func (l *leftView) build(n int) {
	l.rows, l.room.Objects = nil, nil
	if n == 0 {
		l.room.Objects = []fyne.CanvasObject{l.none}
	}
	for i := range n {
		r := leftRow{kit.NewText("", kit.StrongText), kit.NewTextRight("", kit.TableText), kit.NewParagraph("", kit.TableText)}
		l.rows = append(l.rows, r)
		if i > 0 {
			l.room.Objects = append(l.room.Objects, kit.NewRule())
		}
		l.room.Objects = append(l.room.Objects, kit.VStack(0, kit.Ends(12, r.who, r.amount), r.why))
	}
}

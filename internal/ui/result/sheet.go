package result

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
)

// sheetView is the statement. The names of the lines and the totals stand
// still; the years scroll between them where they do not fit.
type sheetView struct {
	t       *i18n.Catalogue
	explain func(line string, year int)
	names   *kit.Statement
	years   *kit.Statement
	totals  *kit.Statement
	scroll  *container.Scroll
	seat    *kit.Paragraph
	hint    *kit.Paragraph
	room    *fyne.Container
}

func newSheetView(t *i18n.Catalogue, explain func(string, int)) *sheetView {
	s := &sheetView{t: t, explain: explain, names: kit.NewStatement(nil, nil), years: kit.NewStatement(nil, nil), totals: kit.NewStatement(nil, nil)}
	s.seat, s.hint = kit.NewParagraph("", kit.BodyText), kit.NewParagraph("", kit.MutedText)
	s.scroll = container.NewHScroll(kit.VStack(0, s.years, kit.Gap(scrollRoom)))
	s.years.Moved = func(left, right float32) { kit.Follow(s.scroll, left, right) }
	ends := func(o fyne.CanvasObject) fyne.CanvasObject { return kit.VStack(0, o) }
	s.room = kit.VStack(2, container.New(&beside{s.years}, ends(s.names), s.scroll, ends(s.totals)), s.seat, s.hint)
	return s
}

// scrollRoom is the space for the bar below the years, in design pixels.
const scrollRoom = 8

// beside puts the middle of three objects between the two others without gaps:
// their rules meet. What width is left goes to the years and the total alike; where
// the years scroll, as many as stand there whole are shown.
type beside struct{ years *kit.Statement }

// Layout is for Fyne.
func (b *beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, years, right := o[0].MinSize().Width, b.years.MinSize().Width, o[2].MinSize().Width
	if room := s.Width - left; room > years+right {
		right *= room / (years + right)
	} else {
		left = max(left, s.Width-right-b.years.Whole(room-right))
	}
	x := float32(0)
	for i, w := range []float32{left, max(s.Width-left-right, 0), right} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, s.Height))
		x += w
	}
}

// MinSize is for Fyne.
func (b *beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, x := range o {
		s := x.MinSize()
		m.Width, m.Height = m.Width+s.Width, max(m.Height, s.Height)
	}
	return m
}

func (s *sheetView) object() fyne.CanvasObject { return s.room }

func (s *sheetView) show(m *model) {
	in := &m.sheet
	columns := make([]kit.Column, 0, len(in.years))
	for _, y := range in.years {
		columns = append(columns, kit.Column{Title: y})
	}
	names, years, totals := make([]kit.Row, len(in.lines)), make([]kit.Row, len(in.lines)), make([]kit.Row, len(in.lines))
	for i := range in.lines {
		l := &in.lines[i]
		cells := make([]kit.Cell, len(l.cells))
		for k, c := range l.cells {
			cells[k] = kit.Cell{Text: c.text, Muted: c.muted}
			if !c.shut {
				cells[k].Explain = func() { s.explain(l.key, c.year) }
			}
		}
		last := len(cells) - 1
		names[i] = kit.Row{Total: l.strong, Cells: []kit.Cell{{Text: l.label}}}
		years[i] = kit.Row{Total: l.strong, Cells: cells[:last]}
		totals[i] = kit.Row{Total: l.strong, Cells: cells[last:]}
	}
	s.names.Set([]kit.Column{{Title: in.unit, Left: true}}, names)
	s.years.Set(columns, years)
	s.totals.Set([]kit.Column{{Title: in.total}}, totals)
	sayOrHide(s.seat, in.seat)
	hint := s.t.Text("result.sheet.hint")
	if in.unknown {
		hint += " " + s.t.Text("result.sheet.hint.unknown")
	}
	s.hint.SetText(hint + " " + s.t.Text("result.sheet.rounded"))
}

package compare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// table shows the rows of a comparison: the labels stand still. Where the sites need
// more width than there is, what stands beside a value goes below it; where that is
// not enough they scroll sideways. Below the rows there are as many lines of entries
// as the terms have.
type table struct {
	box    *fyne.Container // labels and scroll
	labels *matrix
	values *matrix
	body   *fyne.Container // values, then entries
	scroll *container.Scroll
	terms  *terms
	veil   *parts.Veil // over the rows, not over what is typed

	flat, folded [][]cell // the values: with what stands beside them there, and below
	narrow       bool     // the folded ones are shown
	unit         float32  // of the theme, when all was measured
	whole        float32  // width that the unfolded table wants

	wide  []float32 // natural widths of the sites' columns
	label float32   // width of the labels
	rows  float32   // height of the rows
}

func newTable(terms *terms, open func(opening)) *table {
	t := &table{terms: terms, labels: newMatrix(true, nil), values: newMatrix(false, open)}
	t.values.moved = t.follow
	t.body = container.New(&bodyLayout{t})
	t.scroll = container.NewHScroll(t.body)
	t.veil = parts.NewVeil(theme.ColorSurface)
	t.box = container.New(t, t.labels, t.scroll, t.veil)
	return t
}

// set shows a model.
func (t *table) set(m *model) {
	labels := [][]cell{{{}}}
	for _, l := range m.labels {
		labels = append(labels, []cell{l})
	}
	labels = append(labels, t.terms.labels()...)
	t.labels.set(labels)
	t.labels.plain = len(t.terms.labels())
	t.flat = append([][]cell{m.head}, m.rows...)
	t.folded = fold(t.flat)
	t.body.Objects = append([]fyne.CanvasObject{t.values}, t.terms.objects()...)
	t.unit = 0
	t.fit(t.box.Size().Width)
	t.box.Refresh()
	t.body.Refresh()
	t.labels.Refresh()
	t.values.Refresh()
}

// fold puts what stands beside a value below it.
func fold(rows [][]cell) [][]cell {
	out := make([][]cell, len(rows))
	for r, row := range rows {
		for _, c := range row {
			switch {
			case c.sub == "":
				c.sub, c.subMarked, c.aside = c.aside, c.marked, ""
			case c.aside != "":
				c.sub, c.subMarked, c.aside = c.sub+" · "+c.aside, c.marked, ""
			}
			out[r] = append(out[r], c)
		}
	}
	return out
}

// fit folds the values where they need it at a width, and measures all again where
// that or the size of everything changed.
func (t *table) fit(width float32) {
	if len(t.flat) == 0 { // nothing is compared yet
		return
	}
	if unit := kit.Px(1); t.unit != unit {
		t.unit = unit
		t.measure(false)
		t.whole = t.label + sum(t.wide)
	}
	if narrow := width > 0 && t.whole > width; t.narrow != narrow {
		t.measure(narrow)
	}
	t.stretch(t.scroll.Size().Width)
}

// measure shows the values folded or not, and takes their measures.
func (t *table) measure(narrow bool) {
	t.narrow = narrow
	t.values.set(t.flat)
	if narrow {
		t.values.set(t.folded)
	}
	tall, more := t.values.tallness(), t.labels.tallness()
	for i := range tall {
		tall[i] = max(tall[i], more[i])
	}
	t.values.tall, t.labels.tall = tall, append(append([]float32(nil), tall...), more[len(tall):]...)
	for i := len(tall); i < len(more); i++ {
		t.labels.tall[i] = kit.Px(entryTall)
	}
	t.rows = sum(tall)
	t.wide, _ = t.values.columns()
	wide, _ := t.labels.columns()
	t.label = wide[0]
	t.labels.edges = []float32{0, t.label}
}

func sum(list []float32) float32 {
	total := float32(0)
	for _, x := range list {
		total += x
	}
	return total
}

// entryTall is the height of a line of entries in design pixels.
const entryTall = 40

// stretch gives the columns their natural width and an equal part of what is left.
func (t *table) stretch(room float32) {
	more := max(room-sum(t.wide), 0) / float32(max(len(t.wide), 1))
	edges := []float32{0}
	for i, w := range t.wide {
		edges = append(edges, edges[i]+w+more)
	}
	t.values.edges = edges
}

// follow brings a column into view.
func (t *table) follow(left, right float32) {
	offset := t.scroll.Offset
	switch {
	case left < offset.X:
		offset.X = left
	case right > offset.X+t.scroll.Size().Width:
		offset.X = right - t.scroll.Size().Width
	default:
		return
	}
	t.scroll.ScrollToOffset(offset)
}

// reveal brings the column of an entry into view.
func (t *table) reveal(o fyne.CanvasObject) {
	for _, list := range t.terms.entries() {
		for col, e := range list {
			if fyne.CanvasObject(e) == o && col+1 < len(t.values.edges) {
				t.follow(t.values.edges[col], t.values.edges[col+1])
			}
		}
	}
}

// Layout is for Fyne: labels, then the sites.
func (t *table) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	t.fit(s.Width)
	t.labels.Move(fyne.Position{})
	t.labels.Resize(fyne.NewSize(t.label, s.Height))
	t.stretch(s.Width - t.label)
	t.scroll.Move(fyne.NewPos(t.label, 0))
	t.scroll.Resize(fyne.NewSize(s.Width-t.label, s.Height))
	t.veil.Move(fyne.Position{})
	t.veil.Resize(fyne.NewSize(s.Width, t.rows))
	t.scroll.Refresh()
	t.values.Refresh()
}

// MinSize is for Fyne.
func (t *table) MinSize([]fyne.CanvasObject) fyne.Size {
	bar := float32(0)
	if total := sum(t.wide); total > t.scroll.Size().Width && t.scroll.Size().Width > 0 {
		bar = kit.Px(10)
	}
	return fyne.NewSize(t.label+kit.Px(160), t.rows+float32(len(t.terms.labels()))*kit.Px(entryTall)+bar)
}

// bodyLayout puts the entries below the values, in the columns of their sites.
type bodyLayout struct{ t *table }

// Layout is for Fyne.
func (b *bodyLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	t := b.t
	t.values.Move(fyne.Position{})
	t.values.Resize(fyne.NewSize(s.Width, t.rows))
	pad, tall := kit.Px(cellPad), kit.Px(entryTall)
	_, aside := t.values.columns()
	for row, list := range t.terms.entries() {
		for col, e := range list {
			if col+1 >= len(t.values.edges) || e == nil {
				continue
			}
			left, right := t.values.edges[col]+pad, t.values.edges[col+1]-pad
			if col < len(aside) {
				right -= min(aside[col], max(right-left-kit.Px(entryWide), 0))
			}
			wide := min(kit.Px(entryWide), right-left)
			size := fyne.NewSize(wide, e.MinSize().Height)
			e.Move(fyne.NewPos(right-wide, t.rows+float32(row+1)*tall+(tall-size.Height)/2))
			e.Resize(size)
		}
	}
}

const entryWide = 108 // design pixels

// MinSize is for Fyne.
func (b *bodyLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sum(b.t.wide), b.t.rows+float32(len(b.t.terms.labels()))*kit.Px(entryTall))
}

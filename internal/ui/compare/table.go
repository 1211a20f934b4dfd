package compare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// table shows the rows of a comparison: the labels stand still, the sites scroll
// sideways where they need more width than there is. Below the rows there are as
// many lines of entries as the terms have.
type table struct {
	box    *fyne.Container // labels and scroll
	labels *matrix
	values *matrix
	body   *fyne.Container // values, then entries
	scroll *container.Scroll
	terms  *terms
	veil   *parts.Veil // over the rows, not over what is typed

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
	values := append([][]cell{m.head}, m.rows...)
	t.labels.set(labels)
	t.values.set(values)
	tall, more := t.values.tallness(), t.labels.tallness()
	for i := range tall {
		tall[i] = max(tall[i], more[i])
	}
	t.values.tall, t.labels.tall = tall, append(append([]float32(nil), tall...), more[len(tall):]...)
	for i := len(tall); i < len(more); i++ {
		t.labels.tall[i] = kit.Px(entryTall)
	}
	t.labels.plain = len(t.terms.labels())
	t.rows = 0
	for _, h := range tall {
		t.rows += h
	}
	t.wide, _ = t.values.columns()
	wide, _ := t.labels.columns()
	t.label = wide[0]
	t.labels.edges = []float32{0, t.label}
	t.body.Objects = append([]fyne.CanvasObject{t.values}, t.terms.objects()...)
	t.stretch(t.scroll.Size().Width)
	t.box.Refresh()
	t.body.Refresh()
	t.labels.Refresh()
	t.values.Refresh()
}

// entryTall is the height of a line of entries in design pixels.
const entryTall = 40

// stretch gives the columns their natural width and an equal part of what is left.
func (t *table) stretch(room float32) {
	total := float32(0)
	for _, w := range t.wide {
		total += w
	}
	more := max(room-total, 0) / float32(max(len(t.wide), 1))
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
	for _, e := range t.terms.objects() {
		if e == o {
			t.follow(o.Position().X-kit.Px(cellPad), o.Position().X+o.Size().Width+kit.Px(cellPad))
		}
	}
}

// Layout is for Fyne: labels, then the sites.
func (t *table) Layout(_ []fyne.CanvasObject, s fyne.Size) {
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
	if total := t.natural(); total > t.scroll.Size().Width && t.scroll.Size().Width > 0 {
		bar = kit.Px(10)
	}
	return fyne.NewSize(t.label+kit.Px(160), t.rows+float32(len(t.terms.labels()))*kit.Px(entryTall)+bar)
}

func (t *table) natural() float32 {
	total := float32(0)
	for _, w := range t.wide {
		total += w
	}
	return total
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
	return fyne.NewSize(b.t.natural(), b.t.rows+float32(len(b.t.terms.labels()))*kit.Px(entryTall))
}

package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"atlasp2i/internal/ui/theme"
)

// statementFace draws a statement. It keeps its text objects between two fills.
type statementFace struct {
	s     *Statement
	texts []*canvas.Text
	rules []*canvas.Rectangle
	dots  []*canvas.Raster
	ring  *canvas.Rectangle
	all   []fyne.CanvasObject
	used  struct{ texts, rules, dots int }
}

// Objects is for Fyne.
func (r *statementFace) Objects() []fyne.CanvasObject { return r.all }

// Destroy is for Fyne.
func (r *statementFace) Destroy() {}

// text takes the next text object, making one if there is none left.
func (r *statementFace) text(content string, style Style) {
	if r.used.texts == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	t := r.texts[r.used.texts]
	r.used.texts++
	style.apply(t)
	t.Text = content
}

// fill writes all texts in the order header, then rows.
func (r *statementFace) fill() {
	r.used.texts, r.used.rules, r.used.dots = 0, 0, 0
	for _, c := range r.s.columns {
		r.text(c.Title, MutedText)
	}
	for _, row := range r.s.rows {
		for _, c := range row.Cells {
			r.text(c.Text, r.s.cellStyle(row, c))
		}
	}
	for len(r.rules) < len(r.s.rows)+1 {
		r.rules = append(r.rules, canvas.NewRectangle(nil))
	}
	for _, rule := range r.rules {
		rule.FillColor = col(theme.ColorLine)
	}
	r.natural()
}

// cellPad is the space on both sides of a cell, in design pixels.
const cellPad = 7

// natural is the width each column needs.
func (r *statementFace) natural() {
	s := r.s
	s.widths = make([]float32, len(s.columns))
	for i := range s.columns {
		s.widths[i] = r.texts[i].MinSize().Width + 2*Px(cellPad)
	}
	n := len(s.columns)
	for _, row := range s.rows {
		for c := range row.Cells {
			if c < len(s.widths) {
				s.widths[c] = max(s.widths[c], r.texts[n].MinSize().Width+2*Px(cellPad))
			}
			n++
		}
	}
}

// MinSize is for Fyne.
func (r *statementFace) MinSize() fyne.Size {
	m := fyne.NewSize(0, rowTall()*float32(len(r.s.rows)+1))
	for c, w := range r.s.widths {
		if !r.s.columns[c].Spare {
			m.Width += w
		}
	}
	return m
}

// Layout is for Fyne.
func (r *statementFace) Layout(size fyne.Size) {
	s := r.s
	total := float32(0)
	for _, w := range s.widths {
		total += w
	}
	spare := total <= size.Width
	if !spare {
		total = r.MinSize().Width
	}
	stretch := float32(1)
	if total > 0 && size.Width > total {
		stretch = size.Width / total
	}
	s.edges = append(s.edges[:0], 0)
	x := float32(0)
	for c, w := range s.widths {
		if spare || !s.columns[c].Spare {
			x += w * stretch
		}
		s.edges = append(s.edges, x)
	}
	r.all = r.all[:0]
	r.used.dots = 0
	r.ring.Hide()
	n := 0
	for c := range s.columns {
		r.put(n, place{-1, c})
		n++
	}
	for i, row := range s.rows {
		for c := range row.Cells {
			r.put(n, place{i, c})
			n++
		}
	}
	for i := range len(s.rows) + 1 {
		rule := r.rules[i]
		if i > 0 && i == len(s.rows) {
			continue // no rule below the last row
		}
		rule.Move(fyne.NewPos(0, rowTall()*float32(i+1)-1))
		rule.Resize(fyne.NewSize(max(x, size.Width), 1))
		r.all = append(r.all, rule)
	}
	r.all = append(r.all, r.ring)
}

// put places text n in its cell, with its dots and the focus ring.
func (r *statementFace) put(n int, p place) {
	s := r.s
	if p.col+1 >= len(s.edges) || s.edges[p.col] == s.edges[p.col+1] {
		return
	}
	t := r.texts[n]
	m := t.MinSize()
	at := fyne.NewPos(s.edges[p.col+1]-Px(cellPad)-m.Width, rowTall()*float32(p.row+1)+(rowTall()-m.Height)/2)
	if s.columns[p.col].Left {
		at.X = s.edges[p.col] + Px(cellPad)
	}
	t.Move(at)
	t.Resize(m)
	r.all = append(r.all, t)
	if !s.opens(p) {
		return
	}
	if s.Underlined || s.state.over == p {
		d := r.dotted()
		d.Move(at.AddXY(0, underlineAt(m.Height)))
		d.Resize(fyne.NewSize(m.Width, Px(2)))
		r.all = append(r.all, d)
	}
	if s.state.focused && !s.state.byMouse && s.state.at == p {
		layoutRing(r.ring, at, m)
		refreshRing(r.ring, true, theme.ColorFocusRing)
	}
}

func (r *statementFace) dotted() *canvas.Raster {
	if r.used.dots == len(r.dots) {
		r.dots = append(r.dots, newDots(func() fyne.ThemeColorName { return theme.ColorMuted }))
	}
	d := r.dots[r.used.dots]
	r.used.dots++
	return d
}

// Refresh is for Fyne.
func (r *statementFace) Refresh() {
	r.fill()
	r.Layout(r.s.Size())
	for _, o := range r.all {
		o.Refresh()
	}
}

package compare

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// matrixFace draws a matrix. What it drew with is used again.
type matrixFace struct {
	m      *matrix
	texts  []*canvas.Text
	rules  []*canvas.Rectangle
	gauges []gaugeParts
	dots   []*canvas.Raster
	ring   *canvas.Rectangle
	all    []fyne.CanvasObject
	used   struct{ texts, rules, gauges, dots int }
}

// Objects is for Fyne.
func (f *matrixFace) Objects() []fyne.CanvasObject { return f.all }

// Destroy is for Fyne.
func (f *matrixFace) Destroy() {}

// MinSize is for Fyne.
func (f *matrixFace) MinSize() fyne.Size {
	out := fyne.Size{}
	for _, t := range f.m.tall {
		out.Height += t
	}
	if n := len(f.m.edges); n > 0 {
		out.Width = f.m.edges[n-1]
	}
	return out
}

// Layout is for Fyne.
func (f *matrixFace) Layout(s fyne.Size) {
	m := f.m
	f.all, f.used = f.all[:0], struct{ texts, rules, gauges, dots int }{}
	f.ring.Hide()
	_, aside := m.columns()
	y := float32(0)
	for r, row := range m.cells {
		if r >= len(m.tall) {
			break
		}
		for c, x := range row {
			if c+1 < len(m.edges) {
				f.put(x, spot{r, c}, y, aside[c])
			}
		}
		y += m.tall[r]
		if r < len(m.cells)-m.plain {
			f.rule(y-1, max(s.Width, f.MinSize().Width))
		}
	}
	f.all = append(f.all, f.ring)
}

// Refresh is for Fyne.
func (f *matrixFace) Refresh() {
	f.Layout(f.m.Size())
	for _, o := range f.all {
		o.Refresh()
	}
}

// put draws one cell: its text, what stands beside and below, its bar.
func (f *matrixFace) put(x cell, p spot, y, aside float32) {
	m := f.m
	left, right := m.edges[p.col]+kit.Px(cellPad), m.edges[p.col+1]-kit.Px(cellPad)
	line := kit.Px(lineTall)
	if p.row >= len(m.cells)-m.plain {
		line = m.tall[p.row]
	}
	word := f.text(x.text, style(x))
	size := word.MinSize()
	at := fyne.NewPos(right-aside-size.Width, y+(line-size.Height)/2)
	switch {
	case x.bar != nil:
		at.X = left + kit.Px(gaugeText-8) - size.Width
		g := f.gauge()
		from := left + kit.Px(gaugeText)
		g.place(*x.bar, fyne.NewPos(from, y+(line-kit.Px(gaugeTall))/2), fyne.NewSize(right-from, kit.Px(gaugeTall)))
	case m.left:
		at.X = left
	}
	word.Move(at)
	word.Resize(size)
	if x.aside != "" {
		s := kit.MutedText
		if x.marked {
			s = kit.CautionText
		}
		t := f.text(x.aside, s)
		t.Move(fyne.NewPos(at.X+size.Width+kit.Px(asideGap), y+(line-t.MinSize().Height)/2+kit.Px(0.5)))
		t.Resize(t.MinSize())
	}
	if x.sub != "" {
		f.below(x, y+line-kit.Px(6), left, right-aside)
	}
	if m.opens(p) {
		f.underline(p, at, size)
	}
}

// below draws what stands below a text, against the edge that the text is against.
func (f *matrixFace) below(x cell, y, left, right float32) {
	s := kit.MutedText
	if x.subMarked {
		s = kit.CautionText
	}
	t := f.text(x.sub, s)
	size := t.MinSize()
	if !f.m.left {
		left = right - size.Width
	}
	t.Move(fyne.NewPos(left, y))
	t.Resize(size)
}

// underline marks a text that opens, and where the keyboard is.
func (f *matrixFace) underline(p spot, at fyne.Position, size fyne.Size) {
	if f.used.dots == len(f.dots) {
		f.dots = append(f.dots, newDots())
	}
	d := f.dots[f.used.dots]
	f.used.dots++
	d.Move(at.AddXY(0, size.Height*0.9))
	d.Resize(fyne.NewSize(size.Width, kit.Px(2)))
	f.all = append(f.all, d)
	if !f.m.keyed || f.m.at != p {
		return
	}
	gap := kit.Px(3)
	f.ring.Move(at.SubtractXY(gap, gap))
	f.ring.Resize(size.AddWidthHeight(2*gap, 2*gap))
	f.ring.StrokeColor, f.ring.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	f.ring.CornerRadius = kit.Px(5)
	f.ring.Show()
}

// newDots is a dotted line: a dot and a gap a design pixel each.
func newDots() *canvas.Raster {
	var dots *canvas.Raster
	dots = canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
		scale := float32(w) / max(dots.Size().Width, 1)
		dot := max(int(kit.Px(1)*scale+0.5), 1)
		ink := color.NRGBAModel.Convert(fynetheme.Color(theme.ColorMuted)).(color.NRGBA)
		for x := range w {
			for y := 0; x/dot%2 == 0 && y < min(dot, h); y++ {
				img.SetNRGBA(x, y, ink)
			}
		}
		return img
	})
	return dots
}

func (f *matrixFace) text(content string, s kit.Style) *canvas.Text {
	if f.used.texts == len(f.texts) {
		f.texts = append(f.texts, canvas.NewText("", nil))
	}
	t := f.texts[f.used.texts]
	f.used.texts++
	t.Text, t.Color, t.TextSize = content, fynetheme.Color(s.Color), fynetheme.Size(s.Size)
	t.TextStyle = fyne.TextStyle{Bold: s.Bold}
	f.all = append(f.all, t)
	return t
}

func (f *matrixFace) rule(y, wide float32) {
	if f.used.rules == len(f.rules) {
		f.rules = append(f.rules, canvas.NewRectangle(nil))
	}
	r := f.rules[f.used.rules]
	f.used.rules++
	r.FillColor = fynetheme.Color(theme.ColorLine)
	r.Move(fyne.NewPos(0, y))
	r.Resize(fyne.NewSize(wide, 1))
	f.all = append(f.all, r)
}

func (f *matrixFace) gauge() gaugeParts {
	if f.used.gauges == len(f.gauges) {
		f.gauges = append(f.gauges, newGaugeParts())
	}
	g := f.gauges[f.used.gauges]
	f.used.gauges++
	f.all = append(f.all, g.objects()...)
	return g
}

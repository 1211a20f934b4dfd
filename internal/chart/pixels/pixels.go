// Package pixels paints a drawing on a picture, at any scale and without a
// display: for the window, for picture files and for tests.
package pixels

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/vector"

	"atlasp2i/internal/chart/record"
)

const (
	maxSide   = 16384 // of a picture; what asks for more gets an empty one
	tolerance = 0.1   // how far, in pixels of the picture, a chord may be from its curve
)

// Paint gives the drawing on a transparent ground, scale pixels for each pixel of
// the design. A drawing without area, or a picture with a side above 16384
// pixels, gives an empty picture. It is safe for concurrent use.
func Paint(d *record.Drawing, scale float64) *image.RGBA {
	return paint(d, scale, color.NRGBA{})
}

// PNG writes the drawing as a picture file, on a ground of one colour. The error
// is that of the writer, or of a drawing that gives an empty picture.
func PNG(w io.Writer, d *record.Drawing, scale float64, ground color.NRGBA) error {
	return png.Encode(w, paint(d, scale, ground))
}

func paint(d *record.Drawing, scale float64, ground color.NRGBA) *image.RGBA {
	w, h := math.Ceil(d.Width*scale-1e-6), math.Ceil(d.Height*scale-1e-6)
	if !(w >= 1 && h >= 1 && w <= maxSide && h <= maxSide) { // NaN fails too
		return image.NewRGBA(image.Rectangle{})
	}
	p := painter{to: image.NewRGBA(image.Rect(0, 0, int(w), int(h))), scale: scale}
	if ground.A > 0 {
		draw.Draw(p.to, p.to.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	}
	for _, m := range d.Marks {
		switch m := m.(type) {
		case *record.Path:
			p.path(m)
		case *record.Text:
			p.text(m)
		}
	}
	return p.to
}

type painter struct {
	to    *image.RGBA
	scale float64
	area  vector.Rasterizer
}

func (p *painter) path(m *record.Path) {
	outlines, closed := p.flatten(m.Segs)
	if m.Fill.A > 0 {
		p.fill(outlines, m.Fill)
	}
	if m.Hatch.A > 0 {
		p.hatch(outlines, m.Hatch)
	}
	if m.Stroke.A == 0 || m.Width <= 0 {
		return
	}
	width := m.Width * p.scale
	if len(outlines) == 1 && len(outlines[0]) == 2 {
		outlines[0], width = snap(outlines[0], width)
	}
	var rings [][]point
	for i, line := range outlines {
		if len(m.Dash) == 0 {
			rings = append(rings, stroke(line, closed[i], width)...)
			continue
		}
		pattern := make([]float64, len(m.Dash))
		for k, length := range m.Dash {
			pattern[k] = length * p.scale
		}
		for _, piece := range dashed(line, closed[i], pattern) {
			rings = append(rings, stroke(piece, false, width)...)
		}
	}
	p.fill(rings, m.Stroke)
}

func (p *painter) text(m *record.Text) {
	if m.Text == "" || m.Color.A == 0 {
		return
	}
	segs := m.Outline()
	outlines, _ := p.flatten(segs)
	if m.Halo.A > 0 {
		var rings [][]point
		for _, o := range outlines {
			rings = append(rings, grown(o, record.HaloWidth*m.Size*p.scale))
		}
		p.fill(rings, m.Halo)
	}
	p.fill(outlines, m.Color)
}

// flatten gives a path's outlines in pixels of the picture.
func (p *painter) flatten(segs []record.Seg) (outlines [][]point, closed []bool) {
	outlines, closed = record.Flatten(segs, tolerance/p.scale)
	for _, o := range outlines {
		for i := range o {
			o[i].X *= p.scale
			o[i].Y *= p.scale
		}
	}
	return outlines, closed
}

// snap lays a level or upright line on whole pixels, where it is sharp.
func snap(line []point, width float64) ([]point, float64) {
	a, b := line[0], line[1]
	wide := max(1, math.Round(width))
	center := func(v float64) float64 { return math.Round(v-wide/2) + wide/2 }
	switch {
	case a.Y == b.Y:
		y := center(a.Y)
		return []point{{X: a.X, Y: y}, {X: b.X, Y: y}}, wide
	case a.X == b.X:
		x := center(a.X)
		return []point{{X: x, Y: a.Y}, {X: x, Y: b.Y}}, wide
	}
	return line, width
}

// fill paints what the outlines hold.
func (p *painter) fill(outlines [][]point, c color.NRGBA) {
	if box := p.begin(outlines); !box.Empty() {
		p.area.Draw(p.to, box, image.NewUniform(c), image.Point{})
	}
}

// hatch paints slanted lines inside the outlines. They start at the drawing's
// corner, so that those of neighbours meet.
func (p *painter) hatch(outlines [][]point, c color.NRGBA) {
	box := p.begin(outlines)
	if box.Empty() {
		return
	}
	mask := image.NewAlpha(box)
	p.area.Draw(mask, box, image.Opaque, image.Point{})
	gap := record.HatchGap * p.scale * math.Sqrt2
	width := max(1, p.scale)
	high := float64(box.Dy())
	first := math.Floor(float64(box.Min.X+box.Min.Y)/gap) * gap
	var lines [][]point
	for at := first; at <= float64(box.Max.X+box.Max.Y)+gap; at += gap {
		top := point{X: at - float64(box.Min.Y), Y: float64(box.Min.Y)}
		lines = append(lines, stroke([]point{top, {X: top.X - high, Y: top.Y + high}}, false, width)...)
	}
	p.rasterize(lines, box)
	stripes := image.NewAlpha(box)
	p.area.Draw(stripes, box, image.Opaque, image.Point{})
	for i, a := range stripes.Pix {
		mask.Pix[i] = uint8(uint16(mask.Pix[i]) * uint16(a) / 255)
	}
	draw.DrawMask(p.to, box, image.NewUniform(c), image.Point{}, mask, box.Min, draw.Over)
}

// begin readies the rasterizer with outlines, and gives the part of the picture
// that they touch.
func (p *painter) begin(outlines [][]point) image.Rectangle {
	all := record.Around(outlines...)
	right, bottom := float64(p.to.Rect.Max.X), float64(p.to.Rect.Max.Y)
	x0, y0, x1, y1 := max(all.X0, 0), max(all.Y0, 0), min(all.X1, right), min(all.Y1, bottom)
	if !(x0 < x1 && y0 < y1) { // nothing, beside the picture, or not a number
		return image.Rectangle{}
	}
	box := image.Rect(int(x0), int(y0), int(math.Ceil(x1)), int(math.Ceil(y1)))
	p.rasterize(outlines, box)
	return box
}

func (p *painter) rasterize(outlines [][]point, box image.Rectangle) {
	p.area.Reset(box.Dx(), box.Dy())
	left, top := float64(box.Min.X), float64(box.Min.Y)
	for _, o := range outlines {
		for i, at := range o {
			x, y := float32(at.X-left), float32(at.Y-top)
			if i == 0 {
				p.area.MoveTo(x, y)
			} else {
				p.area.LineTo(x, y)
			}
		}
		p.area.ClosePath()
	}
}

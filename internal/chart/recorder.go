package chart

import (
	"image/color"
	"io"
	"math"

	"github.com/golang/freetype/truetype"
	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"atlasp2i/internal/chart/record"
)

// fine is how many of go-chart's units make a pixel of the design: it counts in
// whole numbers, and an eighth of a pixel cannot be seen.
const fine = 8

// clear is a colour that paints nothing and yet is not go-chart's "not given".
var clear = drawing.Color{R: 1}

// noFont is given so that go-chart does not read its own: every text is ours.
var noFont = &truetype.Font{}

// recorder takes what go-chart draws, at fine times the size.
type recorder struct {
	d            *record.Drawing
	segs         []record.Seg
	fill, stroke drawing.Color
	ink          drawing.Color
	width, size  float64
	dash         []float64
	angle        float64
	dpi          float64
}

var _ gochart.Renderer = (*recorder)(nil)

func (r *recorder) provide(int, int) (gochart.Renderer, error) { return r, nil }

func (r *recorder) ResetStyle() {
	r.fill, r.stroke, r.ink = drawing.Color{}, drawing.Color{}, drawing.Color{}
	r.width, r.size, r.dash, r.angle = 0, 0, nil, 0
}

func (r *recorder) GetDPI() float64                   { return r.dpi }
func (r *recorder) SetDPI(dpi float64)                { r.dpi = dpi }
func (r *recorder) SetClassName(string)               {}
func (r *recorder) SetStrokeColor(c drawing.Color)    { r.stroke = c }
func (r *recorder) SetFillColor(c drawing.Color)      { r.fill = c }
func (r *recorder) SetStrokeWidth(width float64)      { r.width = width }
func (r *recorder) SetStrokeDashArray(dash []float64) { r.dash = dash }
func (r *recorder) SetFont(*truetype.Font)            {}
func (r *recorder) SetFontColor(c drawing.Color)      { r.ink = c }
func (r *recorder) SetFontSize(points float64)        { r.size = points }
func (r *recorder) SetTextRotation(radians float64)   { r.angle = radians }
func (r *recorder) ClearTextRotation()                { r.angle = 0 }
func (r *recorder) Save(io.Writer) error              { return nil }

func at(x, y float64) record.Point { return record.Point{X: x / fine, Y: y / fine} }

func (r *recorder) add(op record.Op, p ...record.Point) {
	s := record.Seg{Op: op}
	copy(s.P[:], p)
	r.segs = append(r.segs, s)
}

// pen is where the outline ends.
func (r *recorder) pen() record.Point {
	if len(r.segs) == 0 {
		return record.Point{}
	}
	last := r.segs[len(r.segs)-1]
	if last.Op == record.Cubic {
		return last.P[2]
	}
	return last.P[0]
}

func (r *recorder) MoveTo(x, y int) { r.add(record.Move, at(float64(x), float64(y))) }

func (r *recorder) LineTo(x, y int) {
	if len(r.segs) == 0 {
		r.MoveTo(x, y)
		return
	}
	r.add(record.Line, at(float64(x), float64(y)))
}

func (r *recorder) QuadCurveTo(cx, cy, x, y int) {
	if len(r.segs) == 0 {
		r.MoveTo(cx, cy)
	}
	from, control, to := r.pen(), at(float64(cx), float64(cy)), at(float64(x), float64(y))
	near := func(p record.Point) record.Point {
		return record.Point{X: p.X + 2.0/3*(control.X-p.X), Y: p.Y + 2.0/3*(control.Y-p.Y)}
	}
	r.add(record.Cubic, near(from), near(to), to)
}

func (r *recorder) ArcTo(cx, cy int, rx, ry, start, sweep float64) {
	center := at(float64(cx), float64(cy))
	s, c := math.Sincos(start)
	first := record.Point{X: center.X + rx/fine*c, Y: center.Y + ry/fine*s}
	if len(r.segs) == 0 {
		r.add(record.Move, first)
	} else {
		r.add(record.Line, first)
	}
	r.segs = append(r.segs, record.Arc(center, rx/fine, ry/fine, start, sweep)...)
}

func (r *recorder) Circle(radius float64, x, y int) {
	r.segs = append(r.segs, record.Circle(float64(x)/fine, float64(y)/fine, radius/fine)...)
}

func (r *recorder) Close() { r.add(record.Close) }

func (r *recorder) Stroke()     { r.finish(drawing.Color{}, r.stroke) }
func (r *recorder) Fill()       { r.finish(r.fill, drawing.Color{}) }
func (r *recorder) FillStroke() { r.finish(r.fill, r.stroke) }

func (r *recorder) finish(fill, stroke drawing.Color) {
	if r.width <= 0 {
		stroke.A = 0
	}
	if len(r.segs) > 0 && (fill.A > 0 || stroke.A > 0) {
		p := &record.Path{Segs: r.segs, Fill: color.NRGBA(fill), Stroke: color.NRGBA(stroke), Width: r.width / fine}
		for _, length := range r.dash {
			p.Dash = append(p.Dash, length/fine)
		}
		r.d.Add(p)
	}
	r.segs = nil
}

// pixels is the size of a text in pixels of the design.
func (r *recorder) pixels() float64 { return r.size * r.dpi / 72 / fine }

func (r *recorder) Text(body string, x, y int) {
	r.d.Add(&record.Text{
		At: at(float64(x), float64(y)), Text: body, Size: r.pixels(), Color: color.NRGBA(r.ink), Angle: r.angle,
	})
}

func (r *recorder) MeasureText(body string) gochart.Box {
	size := r.pixels()
	return gochart.Box{
		Right:  int(math.Ceil(record.Measure(body, size, false) * fine)),
		Bottom: int(math.Ceil(record.CapHeight(size) * fine)),
	}
}

// rings records a donut. go-chart draws full slices and a white disc above; the
// slices become parts of a ring and begin at the top, and the disc is left out.
type rings struct {
	*recorder
	inner, outer float64 // radii, pixels of the design
	sectors      [][]record.Seg
}

func (r *rings) provide(int, int) (gochart.Renderer, error) { return r, nil }

func (r *rings) MoveTo(int, int) {}
func (r *rings) LineTo(int, int) {}

func (r *rings) ArcTo(cx, cy int, _, _, start, sweep float64) {
	r.segs = ring(at(float64(cx), float64(cy)), r.inner, r.outer, start-math.Pi/2, sweep)
	if r.fill.A > 0 {
		r.sectors = append(r.sectors, r.segs)
	}
}

func (r *rings) Close() {}

// ring is a part of a ring, clockwise from the angle start.
func ring(center record.Point, inner, outer, start, sweep float64) []record.Seg {
	on := func(radius, angle float64) record.Point {
		s, c := math.Sincos(angle)
		return record.Point{X: center.X + radius*c, Y: center.Y + radius*s}
	}
	from, turn := on(outer, start), on(inner, start+sweep)
	segs := []record.Seg{record.MoveTo(from.X, from.Y)}
	segs = append(segs, record.Arc(center, outer, outer, start, sweep)...)
	segs = append(segs, record.LineTo(turn.X, turn.Y))
	segs = append(segs, record.Arc(center, inner, inner, start+sweep, -sweep)...)
	return append(segs, record.Seg{Op: record.Close})
}

// paint is a colour as go-chart names it.
func paint(c color.NRGBA) drawing.Color { return drawing.Color{R: c.R, G: c.G, B: c.B, A: c.A} }

// margins tells go-chart which part of the sheet is the plot, and to paint no
// ground of its own.
func (p *pen) margins(plot record.Box) gochart.Style {
	return gochart.Style{
		FillColor: clear, StrokeColor: clear,
		Padding: gochart.Box{
			Top: int(plot.Y0 * fine), Left: int(plot.X0 * fine),
			Right: int(p.Width*fine) - int(plot.X1*fine), Bottom: int(p.Height*fine) - int(plot.Y1*fine),
			IsSet: true,
		},
	}
}

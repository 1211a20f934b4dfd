package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// PlaneParams are things that have a cost and a quality, kept apart. Number and
// Unit of the sheet are those of the cost.
type PlaneParams struct {
	Sheet
	QualityUnit string
	Points      []Point
}

// Point is one of them. Cost and quality are known only as ranges: the value
// that is shown, and how far it may be from it.
type Point struct {
	ID, Tip, Label string
	Color          look.Pair
	Cost, Quality  Span
}

// Span is a value between its ends: Low <= Value <= High.
type Span struct{ Low, Value, High float64 }

const (
	pointRadius = 7.0
	errorWidth  = 2.0
	sidePart    = 0.08 // of the plot's width that stays free on either side
	fullQuality = 100
)

// Plane draws points with the ranges of both axes: cost to the right, quality
// from 0 to 100 upwards. Labels stand beside their points where nothing else
// does; one that finds no place near has a thin line to its point.
func Plane(params PlaneParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range params.Points {
		for _, s := range []Span{q.Cost, q.Quality} {
			if !drawable(s.Low, s.Value, s.High) {
				return nil, fmt.Errorf("%w: %v in %q", ErrNotANumber, s, q.Label)
			}
			if s.Low > s.Value || s.Value > s.High {
				return nil, fmt.Errorf("%w: %v in %q", ErrShape, s, q.Label)
			}
		}
		if q.Quality.Low < 0 || q.Quality.High > fullQuality {
			return nil, fmt.Errorf("%w: quality %v of %q", ErrShape, q.Quality, q.Label)
		}
		lo, hi = min(lo, q.Cost.Low), max(hi, q.Cost.High)
	}
	if len(params.Points) == 0 {
		return p.nothing(), nil
	}
	newPlane(p, params, lo, hi).draw(params.Points)
	return p.d, nil
}

// plane is the plot with its two axes.
type plane struct {
	*pen
	plot  record.Box
	x, y  axis
	taken []record.Box // by points and labels
	bars  []record.Box // by ranges: better kept free, but not for ever
}

func newPlane(p *pen, params PlaneParams, lo, hi float64) *plane {
	top := math.Ceil(p.line() + 0.75*p.size + 2)
	bottom := math.Floor(p.Height - 2*p.line() - tickGap)
	q := &plane{pen: p}
	// Quality is counted without the money's own way of writing numbers.
	quality := *p
	quality.Number = func(v float64) string { return fmt.Sprintf("%.0f", v) }
	q.y = quality.axis(0, fullQuality, max(2, min(5, int((bottom-top)/(lineGap*p.size)))))
	left := math.Ceil(p.widest(q.y.texts) + tickGap)
	q.plot = record.Box{X0: left, Y0: top, X1: p.Width - 1, Y1: bottom}
	steps := float64(len(q.y.values) - 1)
	q.plot.Y0 = bottom - math.Floor((bottom-top)/steps)*steps
	q.y.from, q.y.to = q.plot.Y1, q.plot.Y0
	if hi == lo { // a single cost stands in the middle
		margin := max(math.Abs(lo)*0.1, 1)
		lo, hi = lo-margin, hi+margin
	}
	q.x = p.level(lo, hi, q.plot, max(2*pointRadius, sidePart*(q.plot.X1-q.plot.X0)))
	for i, v := range q.y.values {
		y := math.Round(q.y.at(v))
		c := p.rule
		if v == 0 {
			c = p.strong
		}
		p.hline(q.plot.X0, q.plot.X1, y, c)
		p.write(q.y.texts[i], q.plot.X0-tickGap, y, record.End, p.muted)
	}
	for i, v := range q.x.values {
		x := math.Round(q.x.at(v))
		p.vline(x, q.plot.Y1, q.plot.Y1+4, p.strong)
		p.write(q.x.texts[i], x, q.plot.Y1+tickGap+p.line()/2, record.Middle, p.muted)
	}
	p.write(record.Fit(params.QualityUnit, p.size, false, p.Width), 0, p.line()/2, record.Start, p.muted)
	p.write(record.Fit(p.Unit, p.size, false, p.Width), p.Width, p.Height-p.line()/2, record.End, p.muted)
	return q
}

func (q *plane) at(pt Point) record.Point {
	return record.Point{X: q.x.at(pt.Cost.Value), Y: q.y.at(pt.Quality.Value)}
}

func (q *plane) draw(points []Point) {
	for _, pt := range points {
		at, c := q.at(pt), q.color(pt.Color)
		left, right := q.x.at(pt.Cost.Low), q.x.at(pt.Cost.High)
		up, down := q.y.at(pt.Quality.High), q.y.at(pt.Quality.Low)
		q.d.Add(
			record.Stroked(record.Polyline(record.Point{X: left, Y: at.Y}, record.Point{X: right, Y: at.Y}), c, errorWidth),
			record.Stroked(record.Polyline(record.Point{X: at.X, Y: up}, record.Point{X: at.X, Y: down}), c, errorWidth),
		)
		q.bars = append(q.bars,
			record.Box{X0: left, Y0: at.Y, X1: right, Y1: at.Y}.Grow(errorWidth),
			record.Box{X0: at.X, Y0: up, X1: at.X, Y1: down}.Grow(errorWidth))
		q.taken = append(q.taken, record.Box{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}.Grow(pointRadius+1))
	}
	for _, pt := range points {
		at := q.at(pt)
		q.d.Add(&record.Path{
			Segs: record.Circle(at.X, at.Y, pointRadius), Fill: q.color(pt.Color), Stroke: q.ground, Width: 1.5,
		})
		q.spot(Value{ID: pt.ID, Tip: pt.Tip}, at.X-pointRadius, at.Y-pointRadius, at.X+pointRadius, at.Y+pointRadius)
	}
	// From the top down, so that labels of a crowd keep the order of its points.
	order := slices.Clone(points)
	slices.SortStableFunc(order, func(a, b Point) int { return cmp.Compare(q.at(a).Y, q.at(b).Y) })
	for _, pt := range order {
		q.label(pt)
	}
}

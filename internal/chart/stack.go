package chart

import (
	"fmt"
	"math"

	"atlasp2i/internal/chart/record"
)

// GroupedParams are series side by side, a group for each label.
type GroupedParams struct {
	Sheet
	Labels []string
	Series []Series
}

// Grouped draws a bar for each series in each group, from zero.
func Grouped(params GroupedParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	known, err := check(params.Labels, params.Series)
	if err != nil {
		return nil, err
	}
	if !known {
		return p.nothing(), nil
	}
	lo, hi := reach(params.Series)
	f := p.frame(framing{labels: params.Labels, legend: params.Series, lo: lo, hi: hi})
	n := float64(len(params.Series))
	_, room := f.slot(0)
	width := min(0.72*room/n, mostBar/2)
	zero := math.Round(f.y.at(0))
	for k, s := range params.Series {
		c := p.color(s.Color)
		for i, v := range s.Values {
			middle, _ := f.slot(i)
			x0 := middle + (float64(k)-n/2)*width
			x1 := x0 + width - min(2, 0.15*width)
			if !v.Known {
				p.gap(v, x0, zero-gapStub, x1, zero)
				continue
			}
			end := f.y.at(v.Value)
			p.bar(v, x0, min(zero, end), x1, max(zero, end), c)
		}
	}
	return p.d, nil
}

// StackParams are series on top of each other, a stack for each label.
type StackParams struct {
	Sheet
	Labels []string
	Series []Series // the first at the bottom
	Totals []string // above the stacks, as many as labels; or none
}

// Stack draws levels on a common scale, with the total above. What is negative
// goes down from zero. A level that is not known is a hatched mark on top: the
// stack is then no total, and Totals should say so.
func Stack(params StackParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	known, err := check(params.Labels, params.Series)
	if err != nil {
		return nil, err
	}
	if n := len(params.Totals); n != 0 && n != len(params.Labels) {
		return nil, fmt.Errorf("%w: %d totals for %d labels", ErrShape, n, len(params.Labels))
	}
	if !known {
		return p.nothing(), nil
	}
	stacks := make([]stacked, len(params.Labels))
	lo, hi := 0.0, 0.0
	for i := range stacks {
		for _, s := range params.Series {
			stacks[i].add(s.Values[i])
		}
		lo, hi = min(lo, stacks[i].down), max(hi, stacks[i].up)
	}
	above := p.size / 2
	if len(params.Totals) > 0 {
		above = p.line()
	}
	f := p.frame(framing{labels: params.Labels, legend: params.Series, lo: lo, hi: hi, above: above + partStub})
	for i, s := range stacks {
		f.levels(params, i)
		f.total(params.Totals, i, s)
	}
	return p.d, nil
}

// stacked is how far a stack goes up and down.
type stacked struct {
	up, down float64
	open     bool // a level is not known
}

func (s *stacked) add(v Value) (from, to float64) {
	switch {
	case !v.Known:
		s.open = true
		return s.up, s.up
	case v.Value < 0:
		from, s.down = s.down, s.down+v.Value
		return from, s.down
	}
	from, s.up = s.up, s.up+v.Value
	return from, s.up
}

func (f *frame) levels(params StackParams, i int) {
	x, _ := f.slot(i)
	half := f.barWidth() / 2
	var at stacked
	var open *Value
	for _, s := range params.Series {
		v := s.Values[i]
		from, to := at.add(v)
		if !v.Known {
			open = &v
			continue
		}
		if v.Value == 0 {
			continue // a level of nothing has no height, and its number is in the table
		}
		y0, y1 := f.y.at(max(from, to)), f.y.at(min(from, to))
		if y1-y0 > 3 && from != 0 {
			y1 -= math.Copysign(1, v.Value) // a hair of ground between levels
		}
		f.bar(v, x-half, y0, x+half, y1, f.color(s.Color))
	}
	if open != nil {
		top := f.y.at(at.up)
		f.gap(*open, x-half, top-partStub, x+half, top-1)
	}
}

func (f *frame) total(totals []string, i int, s stacked) {
	if len(totals) == 0 || !f.fits(totals) {
		return
	}
	x, _ := f.slot(i)
	y := f.y.at(s.up) - f.size*0.8
	if s.open {
		y -= partStub
	}
	f.put(&record.Text{
		At: record.Point{X: x, Y: y}, Text: totals[i], Anchor: record.Middle, Bold: true, Color: f.ink, Halo: f.ground,
	})
}

// fits says whether all texts have room side by side.
func (f *frame) fits(texts []string) bool {
	_, width := f.slot(0)
	for _, t := range texts {
		if record.Measure(t, f.size, true) > width-f.size/2 {
			return false
		}
	}
	return true
}

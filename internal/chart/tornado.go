package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// TornadoParams say how far each assumption moves a result.
type TornadoParams struct {
	Sheet
	Base     float64 // the result as it stands
	BaseText string  // above its line
	LowText  string  // in the legend: the colour of the low ends
	HighText string
	Swings   []Swing
}

// Swing is what the result becomes at the two ends of one assumption.
type Swing struct {
	Low, High Value // Value is the result; Text is written at the bar's end
	Label     string
}

// width is how far the result moves; one that is not known comes last.
func (s Swing) width() float64 {
	if !s.Low.Known || !s.High.Known {
		return -1
	}
	return math.Abs(s.High.Value - s.Low.Value)
}

// Tornado draws a row for each assumption, the widest first: from the base to
// the result at its low end and to that at its high end. A swing of which an end
// is not known has its label and a gap.
func Tornado(params TornadoParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	lo, hi, known := params.Base, params.Base, false
	if !drawable(params.Base) {
		return nil, fmt.Errorf("%w: base %v", ErrNotANumber, params.Base)
	}
	for _, s := range params.Swings {
		for _, v := range []Value{s.Low, s.High} {
			if !v.Known {
				continue
			}
			if !drawable(v.Value) {
				return nil, fmt.Errorf("%w: %v in %q", ErrNotANumber, v.Value, s.Label)
			}
			lo, hi, known = min(lo, v.Value), max(hi, v.Value), true
		}
	}
	if !known {
		return p.nothing(), nil
	}
	p.tornado(params, lo, hi)
	return p.d, nil
}

const (
	labelPart = 0.42 // of the sheet's width at most for the labels of rows
	rowPart   = 0.56 // of a row is its bar
)

func (p *pen) tornado(params TornadoParams, lo, hi float64) {
	swings := slices.Clone(params.Swings)
	slices.SortStableFunc(swings, func(a, b Swing) int { return cmp.Compare(b.width(), a.width()) })
	labels, ends := 0.0, 0.0
	for _, s := range swings {
		labels = max(labels, p.width(s.Label))
		ends = max(ends, p.width(s.Low.Text), p.width(s.High.Text))
	}
	labels = p.labelColumn(swings, min(labels, labelPart*p.Width))
	if ends += p.size; 2*ends > 0.4*p.Width {
		ends = p.size / 2 // no room for numbers at the bars: they are in the table
	}
	top := 0.0
	if params.LowText+params.HighText != "" {
		top = p.legend([]Series{{Label: params.LowText, Color: swingColours[0]}, {Label: params.HighText, Color: swingColours[1]}})
	}
	plot := record.Box{X0: labels + p.size, Y0: top + p.line() + p.size/2, X1: p.Width - 1, Y1: p.Height - 2*p.line() - p.size/2}
	swings, row := p.rows(swings, plot)
	plot.Y1 = plot.Y0 + row*float64(len(swings))
	a := p.level(lo, hi, plot, ends)
	for i, v := range a.values {
		x := math.Round(a.at(v))
		p.vline(x, plot.Y0, plot.Y1, p.rule)
		p.write(a.texts[i], x, plot.Y1+p.line()/2+2, record.Middle, p.muted)
	}
	p.write(record.Fit(p.Unit, p.size, false, p.Width), p.Width, plot.Y1+1.5*p.line()+2, record.End, p.muted)
	for i, s := range swings {
		y := plot.Y0 + (float64(i)+0.5)*row
		p.rowLabel(s.Label, labels, y, row)
		p.swing(s, a, params.Base, swingBox{y, min(rowPart*row, 1.6*p.size), ends > p.size})
	}
	x := math.Round(a.at(params.Base))
	p.vline(x, plot.Y0-4, plot.Y1, p.ink)
	text := record.Fit(params.BaseText, p.size, false, p.Width)
	half := p.width(text) / 2
	p.write(text, min(max(x, half), p.Width-half), top+p.line()/2, record.Middle, p.ink)
}

// rows shares the plot out; rows too low to be read are left to the table, those
// that move the result least.
func (p *pen) rows(swings []Swing, plot record.Box) ([]Swing, float64) {
	high := plot.Y1 - plot.Y0
	if most := int(high / (1.3 * p.size)); len(swings) > most {
		swings = swings[:max(1, most)]
	}
	return swings, math.Floor(min(high/float64(len(swings)), 4*p.size))
}

// level is an axis along the bottom of a plot, margin pixels inside its ends,
// with as many numbers as have room.
func (p *pen) level(lo, hi float64, plot record.Box, margin float64) axis {
	for n := mostSteps; ; n-- {
		a := p.axis(lo, hi, n).within(lo, hi)
		half := p.widest(a.texts) / 2
		a.from, a.to = plot.X0+max(margin, half-plot.X0), plot.X1-max(margin, half)
		if step := a.at(a.values[len(a.values)-1]) - a.at(a.values[0]); step >= float64(len(a.texts)-1)*(2*half+p.size) || n <= 1 {
			if n <= 1 {
				a.values, a.texts = a.values[:1], a.texts[:1]
			}
			return a
		}
	}
}

// labelColumn is the width that the labels take when they wrap at most at width.
func (p *pen) labelColumn(swings []Swing, width float64) (taken float64) {
	for _, s := range swings {
		taken = max(taken, p.widest(p.wrap(s.Label, width, 2)))
	}
	return taken
}

// rowLabel writes a label in one line or two at the left of a row.
func (p *pen) rowLabel(label string, width, y, row float64) {
	lines := p.wrap(label, width, max(1, min(2, int(row/p.line()))))
	p.column(lines, 0, y-float64(len(lines)-1)*p.line()/2, record.Start, p.ink)
}

// swingColours are those of the low and of the high end.
var swingColours = [2]look.Pair{look.PrimaryMid, look.Primary}

type swingBox struct {
	y, height float64
	texts     bool
}

func (p *pen) swing(s Swing, a axis, base float64, box swingBox) {
	from := a.at(base)
	y0, y1 := box.y-box.height/2, box.y+box.height/2
	if !s.Low.Known || !s.High.Known {
		p.gap(s.Low, from-2*p.size, y0, from+2*p.size, y1)
		return
	}
	ends, order := [2]Value{s.Low, s.High}, [2]int{0, 1}
	if math.Abs(s.Low.Value-base) < math.Abs(s.High.Value-base) {
		order = [2]int{1, 0} // the nearer end over the farther one, where both are on one side
	}
	left, right := min(s.Low.Value, s.High.Value, base), max(s.Low.Value, s.High.Value, base)
	for _, i := range order {
		v := ends[i]
		x0, x1 := min(from, a.at(v.Value)), max(from, a.at(v.Value))
		p.d.Add(record.Filled(record.Rect(x0, y0, x1-x0, y1-y0), p.color(swingColours[i])))
		p.spot(v, x0, y0, x1, y1)
	}
	if !box.texts {
		return
	}
	low, high := s.Low, s.High
	if low.Value > high.Value {
		low, high = high, low
	}
	if left < base {
		p.write(low.Text, a.at(left)-p.size/2, box.y, record.End, p.ink)
	}
	if right > base {
		p.write(high.Text, a.at(right)+p.size/2, box.y, record.Start, p.ink)
	}
}

package chart

import (
	"io"
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// BarsParams is one series, a bar for each label.
type BarsParams struct {
	Sheet
	Labels []string
	Series Series
}

const (
	barPart  = 0.62 // of a label's room
	mostBar  = 56   // pixels
	gapStub  = 14   // height of the mark of a value that is not known, pixels
	partStub = 10   // the same on a stack

	belowPart = 0.08 // of the reach of the values: room under the lowest bar for its text
)

// Bars draws one series as bars from zero, down for what is negative.
func Bars(params BarsParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	series := []Series{params.Series}
	known, err := check(params.Labels, series)
	if err != nil {
		return nil, err
	}
	if !known {
		return p.nothing(), nil
	}
	lo, hi := reach(series)
	if lo < 0 { // room for the texts below the bars
		lo -= belowPart * (hi - lo)
	}
	f := p.frame(framing{labels: params.Labels, lo: lo, hi: hi, above: p.line()})
	if err := f.bars(params); err != nil {
		return nil, err
	}
	written := f.room(params.Series.Values)
	for i, v := range params.Series.Values {
		x, width := f.slot(i)
		half := f.barWidth() / 2
		zero, end := f.y.at(0), f.y.at(v.Value)
		if !v.Known {
			f.gap(v, x-half, zero-gapStub, x+half, zero)
			continue
		}
		f.spot(v, x-width/2, min(zero, end)-minSpot/2, x+width/2, max(zero, end)+minSpot/2)
		color := f.color(params.Series.colorOf(v))
		if v.Value == 0 {
			f.d.Add(record.Filled(record.Rect(x-half, zero-1, 2*half, 1), color))
		}
		if v.Derived {
			f.d.Add(&record.Path{
				Segs: record.Rect(x-half, min(zero, end), 2*half, math.Abs(zero-end)), Hatch: color,
				Stroke: color, Width: 1.5, Dash: []float64{4, 3},
			})
		}
		if written {
			f.text(v, x)
		}
	}
	return p.d, nil
}

// colorOf is the colour of one value of the series.
func (s Series) colorOf(v Value) look.Pair {
	if v.Color != (look.Pair{}) {
		return v.Color
	}
	return s.Color
}

// room says whether the texts of all values fit above or below their bars.
func (f *frame) room(values []Value) bool {
	_, width := f.slot(0)
	for _, v := range values {
		if f.width(v.Text) > width-f.size/2 {
			return false
		}
		if v.Known && v.Value < 0 && f.y.at(v.Value)+1.4*f.size > f.plot.Y1 {
			return false
		}
	}
	return true
}

func (f *frame) barWidth() float64 {
	_, width := f.slot(0)
	return math.Round(min(barPart*width, mostBar))
}

func (f *frame) bars(params BarsParams) error {
	slot := int((f.plot.X1 - f.plot.X0) * fine / float64(f.slots))
	width := max(1, min(int(f.barWidth()*fine), slot-1))
	c := gochart.BarChart{
		Width: int(f.Width * fine), Height: int(f.Height * fine), DPI: 72, Font: noFont,
		Background: f.margins(f.plot), Canvas: gochart.Style{FillColor: clear, StrokeColor: clear},
		XAxis:        gochart.Hidden(),
		YAxis:        gochart.YAxis{Style: gochart.Hidden(), Range: &gochart.ContinuousRange{Min: f.y.lo, Max: f.y.hi}},
		BarWidth:     width,
		BarSpacing:   max(1, slot-width),
		UseBaseValue: true,
	}
	for _, v := range params.Series.Values {
		style := gochart.Style{FillColor: paint(f.color(params.Series.colorOf(v))), StrokeColor: clear, StrokeWidth: 1}
		if !v.Known || v.Derived {
			style.FillColor = clear
		}
		c.Bars = append(c.Bars, gochart.Value{Value: v.Value, Style: style})
	}
	return c.Render((&recorder{d: f.d}).provide, io.Discard)
}

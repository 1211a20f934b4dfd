package chart

import (
	"io"
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"

	"atlasp2i/internal/chart/record"
)

// LineParams are series over time.
type LineParams struct {
	Sheet
	Labels []string // along the axis, one for each value
	Series []Series
	Breaks []Break
}

// Break is where the way of counting changed: no line crosses it.
type Break struct {
	After int // the last value of the older method, counted from zero
	Label string
}

const (
	lineWidth = 2.0
	dotRadius = 3.0
)

// Line draws series as lines. A gap, or a change of method, interrupts a line.
// The axis begins at zero unless all values are far from it.
func Line(params LineParams) (*record.Drawing, error) {
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
	lo, hi := lineReach(params.Series)
	above := 0.0
	if len(params.Breaks) > 0 {
		above = p.line() + p.size/2
	}
	f := p.frame(framing{labels: params.Labels, legend: params.Series, lo: lo, hi: hi, thin: true, above: above})
	f.breaks(params.Breaks)
	if err := f.lines(params); err != nil {
		return nil, err
	}
	for _, s := range params.Series {
		for i, v := range s.Values {
			if v.Known {
				x, _ := f.slot(i)
				y := f.y.at(v.Value)
				f.spot(v, x-minSpot/2, y-minSpot/2, x+minSpot/2, y+minSpot/2)
			}
		}
	}
	return p.d, nil
}

// lineReach is the range of the values, down to zero where they come near.
func lineReach(series []Series) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range series {
		for _, v := range s.Values {
			if v.Known {
				lo, hi = min(lo, v.Value), max(hi, v.Value)
			}
		}
	}
	if lo > 0 && lo < 0.7*hi {
		lo = 0
	}
	if hi < 0 && hi > 0.7*lo {
		hi = 0
	}
	return lo, hi
}

// breaks marks the changes of method, each with its label where it has room.
func (f *frame) breaks(breaks []Break) {
	end := math.Inf(-1)
	for _, b := range breaks {
		x, width := f.slot(b.After)
		x = math.Round(x + width/2)
		if b.After < 0 || b.After >= f.slots-1 {
			continue // nothing stands on one of its sides
		}
		f.d.Add(&record.Path{
			Segs:   record.Polyline(record.Point{X: x, Y: f.plot.Y0 - f.line()}, record.Point{X: x, Y: f.plot.Y1}),
			Stroke: f.muted, Width: 1, Dash: []float64{3, 3},
		})
		text := record.Fit(b.Label, f.size, false, f.plot.X1-f.plot.X0)
		w := f.width(text)
		from := min(x+6, f.Width-w)
		if from > end {
			f.put(&record.Text{
				At: record.Point{X: from, Y: f.plot.Y0 - f.line()/2 - 2}, Text: text, Color: f.muted, Halo: f.ground,
			})
			end = from + w + f.size/2
		}
	}
}

// lines gives each run of known values to go-chart as a series of its own.
func (f *frame) lines(params LineParams) error {
	var runs []gochart.Series
	for _, s := range params.Series {
		c := paint(f.color(s.Color))
		style := gochart.Style{StrokeColor: c, StrokeWidth: lineWidth * fine, DotColor: c, DotWidth: dotRadius * fine}
		if len(params.Labels) > 40 {
			style.DotWidth = lineWidth / 2 * fine
		}
		for _, r := range split(s.Values, params.Breaks) {
			run := gochart.ContinuousSeries{Style: style}
			for i := r[0]; i < r[1]; i++ {
				run.XValues = append(run.XValues, float64(i))
				run.YValues = append(run.YValues, s.Values[i].Value)
			}
			runs = append(runs, run)
		}
	}
	c := gochart.Chart{
		Width: int(f.Width * fine), Height: int(f.Height * fine), DPI: 72, Font: noFont,
		Background: f.margins(f.plot), Canvas: gochart.Style{FillColor: clear, StrokeColor: clear},
		XAxis: gochart.XAxis{
			Style: gochart.Hidden(), Range: &gochart.ContinuousRange{Min: -0.5, Max: float64(f.slots) - 0.5},
		},
		YAxis:          gochart.YAxis{Style: gochart.Hidden(), Range: &gochart.ContinuousRange{Min: f.y.lo, Max: f.y.hi}},
		YAxisSecondary: gochart.YAxis{Style: gochart.Hidden()},
		Series:         runs,
	}
	return c.Render((&recorder{d: f.d}).provide, io.Discard)
}

// split gives the runs of known values as pairs of first and end, cut at breaks.
func split(values []Value, breaks []Break) (runs [][2]int) {
	cut := map[int]bool{}
	for _, b := range breaks {
		cut[b.After+1] = true
	}
	open := false
	for i, v := range values {
		switch {
		case !v.Known:
			open = false
		case open && !cut[i]:
			runs[len(runs)-1][1] = i + 1
		default:
			runs, open = append(runs, [2]int{i, i + 1}), true
		}
	}
	return runs
}

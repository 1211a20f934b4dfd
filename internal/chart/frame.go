package chart

import (
	"image/color"
	"math"
	"strings"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// frame is a plot with a value axis on its left and labels below it.
type frame struct {
	*pen
	plot  record.Box
	y     axis
	slots int
}

// framing is what a frame is laid out from.
type framing struct {
	labels []string
	legend []Series
	lo, hi float64
	above  float64 // room over the plot for texts at the bars
	thin   bool    // leave labels out where they have no room, as of years; else they wrap
}

const (
	tickGap    = 8   // between a number and the plot
	lineGap    = 2.8 // the least distance of two rules, in text sizes
	mostSteps  = 6
	legendPart = 0.35 // of the sheet's height at most
)

func (p *pen) frame(f framing) *frame {
	top := p.legend(f.legend)
	if p.Unit != "" {
		p.write(record.Fit(p.Unit, p.size, false, p.Width), 0, top+p.line()/2, record.Start, p.muted)
		top += p.line()
	}
	top = math.Ceil(top + max(0.75*p.size+2, f.above))
	bottom := p.Height - 2*p.line() - tickGap
	steps := min(mostSteps, int((bottom-top)/(lineGap*p.size)))
	out := &frame{pen: p, y: p.axis(f.lo, f.hi, steps), slots: len(f.labels)}
	left := math.Ceil(p.widest(out.y.texts) + tickGap)
	out.plot = record.Box{X0: left, Y0: top, X1: math.Floor(p.Width - 1), Y1: bottom}
	f.thin = f.thin || out.crowded(f.labels)
	lines := out.bottomLabels(f)
	out.plot.Y1 = math.Floor(p.Height - float64(lines)*p.line() - tickGap)
	if n := float64(len(out.y.values) - 1); n > 0 { // rules the same number of pixels apart
		out.plot.Y0 = out.plot.Y1 - math.Floor((out.plot.Y1-out.plot.Y0)/n)*n
	}
	out.y.from, out.y.to = out.plot.Y1, out.plot.Y0
	out.rules()
	out.writeLabels(f)
	return out
}

// slot is the middle of a label's room and the room's width.
func (f *frame) slot(i int) (middle, width float64) {
	width = (f.plot.X1 - f.plot.X0) / float64(f.slots)
	return f.plot.X0 + (float64(i)+0.5)*width, width
}

// rules are the thin lines of the value axis, with their numbers.
func (f *frame) rules() {
	for i, v := range f.y.values {
		y := math.Round(f.y.at(v))
		c := f.rule
		if v == 0 {
			c = f.strong
		}
		f.hline(f.plot.X0, f.plot.X1, y, c)
		f.write(f.y.texts[i], f.plot.X0-tickGap, y, record.End, f.muted)
	}
}

// crowded says whether labels are points in time (they begin with a digit) that
// have no room side by side: leaving some out says more than cutting all.
func (f *frame) crowded(labels []string) bool {
	cut := false
	for i, l := range labels {
		if l == "" || l[0] < '0' || l[0] > '9' {
			return false
		}
		_, width := f.slot(i)
		for _, piece := range splitWords(l) {
			cut = cut || f.width(strings.TrimSpace(piece)) > width-f.size/2
		}
	}
	return cut
}

// bottomLabels says how many lines the labels take.
func (f *frame) bottomLabels(fr framing) int {
	if fr.thin {
		return 1
	}
	most := 1
	for i, l := range fr.labels {
		_, width := f.slot(i)
		most = max(most, len(f.wrap(l, width-f.size/2, 2)))
	}
	return most
}

func (f *frame) writeLabels(fr framing) {
	y := f.plot.Y1 + tickGap + f.line()/2
	if !fr.thin {
		for i, l := range fr.labels {
			x, width := f.slot(i)
			f.column(f.wrap(l, width-f.size/2, 2), x, y, record.Middle, f.ink)
		}
		return
	}
	end := math.Inf(-1) // of the label before
	every := f.every(fr.labels)
	for i := 0; i < len(fr.labels); i += every {
		x, _ := f.slot(i)
		l := record.Fit(fr.labels[i], f.size, false, f.plot.X1-f.plot.X0)
		half := f.width(l) / 2
		x = min(max(x, half), f.Width-half)
		if x-half > end {
			f.write(l, x, y, record.Middle, f.ink)
			end = x + half + f.size/2
		}
	}
}

// every is how many labels share the room of the widest.
func (f *frame) every(labels []string) int {
	_, width := f.slot(0)
	return max(1, int(math.Ceil((f.widest(labels)+f.size)/width)))
}

// legend names the series in rows from the top, and gives where they end. One
// series needs none: the chart's heading names it.
func (p *pen) legend(series []Series) float64 {
	if len(series) < 2 {
		return 0
	}
	const swatch, gap = 10.0, 6.0
	for share := 1.0; ; share /= 2 {
		type entry struct {
			text string
			x, y float64
		}
		var entries []entry
		x, y := 0.0, 0.0
		for _, s := range series {
			text := record.Fit(s.Label, p.size, false, share*p.Width-swatch-gap)
			w := swatch + gap + p.width(text)
			if x > 0 && x+w > p.Width {
				x, y = 0, y+p.line()
			}
			entries = append(entries, entry{text, x, y})
			x += w + 1.5*p.size
		}
		if y+p.line() > legendPart*p.Height && share > 0.2 {
			continue
		}
		for i, e := range entries {
			mid := e.y + p.line()/2
			p.d.Add(record.Filled(record.RoundRect(e.x, mid-swatch/2, swatch, swatch, 2), p.color(series[i].Color)))
			p.write(e.text, e.x+swatch+gap, mid, record.Start, p.ink)
		}
		return y + p.line() + p.size/2
	}
}

// reach gives the ends of the known values, zero among them.
func reach(series []Series) (lo, hi float64) {
	for _, s := range series {
		for _, v := range s.Values {
			if v.Known {
				lo, hi = min(lo, v.Value), max(hi, v.Value)
			}
		}
	}
	return lo, hi
}

// text writes the value of a bar beyond its end, away from zero.
func (f *frame) text(v Value, x float64) {
	y := f.y.at(v.Value) - f.size*0.8
	if v.Value < 0 {
		y = f.y.at(v.Value) + f.size*0.8
	}
	f.put(&record.Text{
		At: record.Point{X: x, Y: y}, Text: v.Text, Anchor: record.Middle, Color: f.ink, Halo: f.ground,
	})
}

func (p *pen) color(c look.Pair) color.NRGBA { return c.Of(p.Dark) }

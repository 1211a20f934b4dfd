package chart

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// What a caller did wrong; a fault of the program, not of its user.
var (
	// ErrNotANumber: a value is NaN, infinite or beyond 1e15.
	ErrNotANumber = errors.New("chart: a value is not a number that can be drawn")
	// ErrShape: a series has more or fewer values than there are labels, or a
	// part of a whole is negative.
	ErrShape = errors.New("chart: the values do not fit the form")
	// ErrSize: the sheet has no room for a chart (160 by 120 are accepted).
	ErrSize = errors.New("chart: the sheet is too small")
)

const (
	minWidth, minHeight = 160, 120
	maxValue            = 1e15
	defaultSize         = 12
)

// Sheet is what all charts share. Lengths are pixels of the design.
type Sheet struct {
	Dark          bool
	Width, Height float64
	TextSize      float64              // 12 where none is given
	Title         string               // what the chart shows, for readers who cannot see it
	Number        func(float64) string // writes the numbers of an axis
	Unit          string               // of the value axis
	Empty         string               // stands in place of a chart without any value
}

// Value is one value, or a gap where it is not known.
type Value struct {
	ID    string // of its spot
	Tip   string // what the pointer is told, of a gap too
	Text  string // its number as it is written: at the bars of Bars and Tornado where all have room, in the list of Donut
	Known bool
	Value float64

	// Bars only: a colour of its own instead of that of the series, and whether
	// the value was computed and so is drawn hatched, with a broken edge.
	Color   look.Pair
	Derived bool
}

// Series is a row of values of one kind, one for each label of the axis.
type Series struct {
	Label  string
	Color  look.Pair
	Values []Value
}

// Benefits are four steps of the deep colour, for AIR, PAE, PAF and AIS in that
// order: told apart by label and order.
var Benefits = [4]look.Pair{step(1, 1), step(0.68, 0.72), step(0.42, 0.5), step(0.22, 0.32)}

// step mixes the deep colour with the ground, in shares for the light and the
// dark look.
func step(light, dark float64) look.Pair {
	mix := func(share float64, dark bool) color.NRGBA {
		a, b := look.Primary.Of(dark), look.Surface.Of(dark)
		part := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*share + float64(y)*(1-share))) }
		return color.NRGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 0xff}
	}
	return look.Pair{Light: mix(light, false), Dark: mix(dark, true)}
}

// pen draws on a sheet with the sizes and colours of the style.
type pen struct {
	Sheet
	d                                *record.Drawing
	size                             float64 // of every text
	ink, muted, rule, ground, strong color.NRGBA
}

func newPen(s Sheet) (*pen, error) {
	if !(s.Width >= minWidth && s.Height >= minHeight) || math.IsInf(s.Width*s.Height, 0) {
		return nil, fmt.Errorf("%w: %v by %v", ErrSize, s.Width, s.Height)
	}
	if s.Number == nil {
		s.Number = func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	}
	p := &pen{
		Sheet: s, size: defaultSize,
		d:   &record.Drawing{Width: s.Width, Height: s.Height, Title: s.Title},
		ink: look.Ink.Of(s.Dark), muted: look.Muted.Of(s.Dark), rule: look.Line.Of(s.Dark),
		ground: look.Surface.Of(s.Dark), strong: look.Muted.Of(s.Dark),
	}
	if s.TextSize > 0 {
		p.size = s.TextSize
	}
	return p, nil
}

// line is the distance between the base lines of two texts.
func (p *pen) line() float64 { return math.Round(1.4 * p.size) }

func (p *pen) width(text string) float64 { return record.Measure(text, p.size, false) }

// write puts a text at the height whose middle is y.
func (p *pen) write(text string, x, y float64, anchor record.Anchor, c color.NRGBA) {
	p.put(&record.Text{At: record.Point{X: x, Y: y}, Text: text, Anchor: anchor, Color: c})
}

// put adds a text whose point is the middle of its height.
func (p *pen) put(t *record.Text) {
	if t.Size == 0 {
		t.Size = p.size
	}
	if t.Text == "" {
		return
	}
	t.At.Y += record.CapHeight(t.Size) / 2
	p.d.Add(t)
}

// column writes lines below each other, the first with its middle at y.
func (p *pen) column(lines []string, x, y float64, anchor record.Anchor, c color.NRGBA) {
	for i, l := range lines {
		p.write(l, x, y+float64(i)*p.line(), anchor, c)
	}
}

func (p *pen) hline(x0, x1, y float64, c color.NRGBA) {
	p.d.Add(record.Stroked(record.Polyline(record.Point{X: x0, Y: y}, record.Point{X: x1, Y: y}), c, 1))
}

func (p *pen) vline(x, y0, y1 float64, c color.NRGBA) {
	p.d.Add(record.Stroked(record.Polyline(record.Point{X: x, Y: y0}, record.Point{X: x, Y: y1}), c, 1))
}

// bar is an area of a chart that answers to the pointer. One without extent is
// still a pixel high, so that a zero can be told from a gap, and its spot is
// high enough to be hit.
func (p *pen) bar(v Value, x0, y0, x1, y1 float64, c color.NRGBA) {
	if y1-y0 < 1 {
		y0 = y1 - 1
	}
	p.d.Add(record.Filled(record.Rect(x0, y0, x1-x0, y1-y0), c))
	p.spot(v, x0, y0, x1, y1)
}

// gap stands where a value is not known.
func (p *pen) gap(v Value, x0, y0, x1, y1 float64) {
	p.d.Add(&record.Path{
		Segs: record.Rect(x0, y0, x1-x0, y1-y0), Hatch: p.muted,
	})
	p.spot(v, x0, y0, x1, y1)
}

const minSpot = 8 // pixels in both directions

func (p *pen) spot(v Value, x0, y0, x1, y1 float64) {
	if v.ID == "" {
		return
	}
	if wide := minSpot - (x1 - x0); wide > 0 {
		x0, x1 = x0-wide/2, x1+wide/2
	}
	if high := minSpot - (y1 - y0); high > 0 {
		y0, y1 = y0-high/2, y1+high/2
	}
	p.d.AddSpot(v.ID, v.Tip, record.Corners(x0, y0, x1-x0, y1-y0))
}

// nothing fills the sheet of a chart without any value.
func (p *pen) nothing() *record.Drawing {
	p.d.Add(&record.Path{Segs: record.RoundRect(0, 0, p.Width, p.Height, 8), Hatch: p.rule})
	lines := p.wrap(p.Empty, p.Width-4*p.size, 3)
	wide := 0.0
	for _, l := range lines {
		wide = max(wide, p.width(l))
	}
	if len(lines) == 0 {
		return p.d
	}
	high := float64(len(lines)) * p.line()
	p.d.Add(record.Filled(record.RoundRect(
		(p.Width-wide)/2-p.size, (p.Height-high)/2-p.size/2, wide+2*p.size, high+p.size, 6), p.ground))
	p.column(lines, p.Width/2, (p.Height-high)/2+p.line()/2, record.Middle, p.muted)
	return p.d
}

// wrap breaks a text after spaces and hyphens into at most so many lines; what
// has no room ends in dots.
func (p *pen) wrap(text string, width float64, lines int) []string {
	pieces := splitWords(text)
	var out []string
	for len(pieces) > 0 && len(out) < lines {
		n := 1
		for n < len(pieces) && p.width(strings.TrimSpace(strings.Join(pieces[:n+1], ""))) <= width {
			n++
		}
		if len(out) == lines-1 {
			n = len(pieces)
		}
		if l := record.Fit(strings.TrimSpace(strings.Join(pieces[:n], "")), p.size, false, width); l != "" {
			out = append(out, l)
		}
		pieces = pieces[n:]
	}
	return out
}

// splitWords cuts a text behind each space and hyphen.
func splitWords(text string) (pieces []string) {
	text = strings.Join(strings.Fields(text), " ")
	for text != "" {
		at := strings.IndexAny(text, " -") + 1
		if at == 0 {
			at = len(text)
		}
		pieces, text = append(pieces, text[:at]), text[at:]
	}
	return pieces
}

// check refuses what cannot be drawn, and says whether any value is known.
func check(labels []string, series []Series) (known bool, err error) {
	for _, s := range series {
		if len(s.Values) != len(labels) {
			return false, fmt.Errorf("%w: %d values of %q for %d labels", ErrShape, len(s.Values), s.Label, len(labels))
		}
		for _, v := range s.Values {
			if v.Known && !drawable(v.Value) {
				return false, fmt.Errorf("%w: %v in %q", ErrNotANumber, v.Value, s.Label)
			}
			known = known || v.Known
		}
	}
	return known, nil
}

func drawable(values ...float64) bool {
	for _, v := range values {
		if !(math.Abs(v) <= maxValue) { // NaN fails too
			return false
		}
	}
	return true
}

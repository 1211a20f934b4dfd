package chart

import (
	"fmt"
	"io"
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// DonutParams are the parts of a whole, in the order in which they stand.
type DonutParams struct {
	Sheet
	Parts  []Part
	Center string // in the middle, bold: the whole
	Note   string // below it: what the whole is
}

// Part is one part of a whole; Text is its number as it is written.
type Part struct {
	Label string
	Color look.Pair
	Value Value
}

const (
	holePart = 0.62 // of the radius
	gapAngle = 1.5  // pixels of ground between parts
)

// Donut draws parts of a whole as a ring, clockwise from the top, with the names
// and numbers in columns beside it. A whole of which a part is not known has no
// shares: the ring is then left out, the columns stay. Negative parts are
// refused with ErrShape.
func Donut(params DonutParams) (*record.Drawing, error) {
	p, err := newPen(params.Sheet)
	if err != nil {
		return nil, err
	}
	total, known, whole := 0.0, false, true
	for _, part := range params.Parts {
		v := part.Value
		switch {
		case !v.Known:
			whole = false
			continue
		case !drawable(v.Value):
			return nil, fmt.Errorf("%w: %v in %q", ErrNotANumber, v.Value, part.Label)
		case v.Value < 0:
			return nil, fmt.Errorf("%w: %v in %q", ErrShape, v.Value, part.Label)
		}
		known = true
		total += v.Value
	}
	if !known {
		return p.nothing(), nil
	}
	d := p.donut(params)
	if !whole || total == 0 {
		p.d.Add(&record.Path{
			Segs: ring(d.center, d.inner, d.outer, 0, 2*math.Pi), Hatch: p.muted,
		})
	} else if err := d.sectors(params, total); err != nil {
		return nil, err
	}
	d.middle(params)
	d.list(params)
	return p.d, nil
}

// donut is where the ring and its list stand.
type donut struct {
	*pen
	center       record.Point
	inner, outer float64
	list0, list1 float64 // the sides of the list
	row          float64
}

// donut lays the ring beside the list, or above it on a narrow sheet.
func (p *pen) donut(params DonutParams) *donut {
	n := float64(len(params.Parts))
	d := &donut{pen: p, row: math.Round(2.1 * p.size), list1: p.Width}
	wide, high := min(0.42*p.Width, p.Height), p.Height
	if p.Width < 26*p.size {
		wide, high = p.Width, max(p.Height-n*d.row-p.size, p.Height/4)
		d.row = min(d.row, (p.Height-high-p.size)/n)
	} else {
		d.list0 = wide + 2*p.size
		d.row = min(d.row, p.Height/n)
	}
	d.outer = math.Floor(min(wide, high)/2) - 1
	d.inner = holePart * d.outer
	d.center = record.Point{X: math.Round(wide / 2), Y: math.Round(high / 2)}
	return d
}

// sectors lets go-chart share out the circle.
func (d *donut) sectors(params DonutParams, total float64) error {
	r := &rings{recorder: &recorder{d: d.d}, inner: d.inner, outer: d.outer}
	ground := paint(d.ground)
	var shown []Part
	c := gochart.DonutChart{
		Width: int(2 * d.center.X * fine), Height: int(2 * d.center.Y * fine), DPI: 72, Font: noFont,
		Background: gochart.Style{FillColor: clear, StrokeColor: clear, Padding: gochart.Box{IsSet: true}},
		Canvas:     gochart.Style{FillColor: clear, StrokeColor: clear},
		SliceStyle: gochart.Style{FillColor: clear, StrokeColor: clear, StrokeWidth: 1},
	}
	for _, part := range params.Parts {
		if part.Value.Value == 0 {
			continue
		}
		shown = append(shown, part)
		c.Values = append(c.Values, gochart.Value{
			Value: part.Value.Value / total,
			Style: gochart.Style{FillColor: paint(d.color(part.Color)), StrokeColor: ground, StrokeWidth: gapAngle * fine},
		})
	}
	if len(shown) == 1 { // go-chart forgets to paint a single part
		segs := ring(d.center, d.inner, d.outer, -math.Pi/2, 2*math.Pi)
		d.d.Add(record.Filled(segs, d.color(shown[0].Color)))
		r.sectors = [][]record.Seg{segs}
	} else if err := c.Render(r.provide, io.Discard); err != nil {
		return err
	}
	for i, part := range shown[:min(len(shown), len(r.sectors))] {
		if part.Value.ID != "" {
			outlines, _ := record.Flatten(r.sectors[i], 0.5)
			d.d.AddSpot(part.Value.ID, part.Value.Tip, outlines[0])
		}
	}
	return nil
}

// middle writes the whole into the hole, as large as it has room.
func (d *donut) middle(params DonutParams) {
	room := 2 * d.inner * 0.8
	size := min(1.7*d.size, d.size*room/max(1, record.Measure(params.Center, d.size, true)))
	if size < 0.8*d.size {
		return // the whole is in the table too
	}
	y := d.center.Y
	note := record.Fit(params.Note, d.size, false, room)
	if note != "" {
		y -= d.size * 0.7
		d.write(note, d.center.X, y+d.line()+d.size*0.2, record.Middle, d.muted)
	}
	d.put(&record.Text{
		At: record.Point{X: d.center.X, Y: y}, Text: params.Center, Size: size, Bold: true, Anchor: record.Middle, Color: d.ink,
	})
}

// list writes a row for each part: its colour, its name, its number at the right.
func (d *donut) list(params DonutParams) {
	if d.row < 1.25*d.size {
		return // no room for rows that can be read
	}
	const swatch, gap = 10.0, 8.0
	numbers, names := 0.0, 0.0
	for _, part := range params.Parts {
		numbers = max(numbers, d.width(part.Value.Text))
		names = max(names, d.width(part.Label))
	}
	right := min(d.list1, d.list0+swatch+gap+names+2*d.size+numbers)
	room := right - numbers - d.size - d.list0 - swatch - gap
	top := (d.Height - d.row*float64(len(params.Parts))) / 2
	if d.list0 == 0 {
		top = d.Height - d.row*float64(len(params.Parts))
	}
	for i, part := range params.Parts {
		y := math.Round(top + (float64(i)+0.5)*d.row)
		box := record.RoundRect(d.list0, y-swatch/2, swatch, swatch, 2)
		if part.Value.Known {
			d.d.Add(record.Filled(box, d.color(part.Color)))
		} else {
			d.d.Add(&record.Path{Segs: box, Hatch: d.muted})
		}
		d.write(record.Fit(part.Label, d.size, false, room), d.list0+swatch+gap, y, record.Start, d.ink)
		if d.list0+swatch+gap+d.width(part.Value.Text) <= right {
			d.write(part.Value.Text, right, y, record.End, d.ink)
		}
		if i > 0 {
			d.hline(d.list0, right, math.Round(y-d.row/2), d.rule)
		}
	}
}

package chart

import (
	"math"

	"atlasp2i/internal/chart/record"
)

// nearPlace is how far a label may be from its point without a line to it.
const nearPlace = 8.0

// label finds a free place for a point's label: the nearest that covers neither
// a point nor another label, and rather no range either. One that has no place
// on the whole plot is left to the pointer and the table.
func (q *plane) label(pt Point) {
	text := record.Fit(pt.Label, q.size, true, (q.plot.X1-q.plot.X0)/2)
	if text == "" {
		return
	}
	at := q.at(pt)
	w, h := record.Measure(text, q.size, true), record.CapHeight(q.size)
	best, found := record.Box{}, math.Inf(1)
	rank := 0.0                 // an earlier place wins over one as near
	try := func(x, y float64) { // the label's left end and the middle of its height
		box := record.Box{X0: x, Y0: y - h/2, X1: x + w, Y1: y + h/2 + 0.24*q.size}
		if !box.In(q.plot) {
			return
		}
		rank += 0.2
		if cost := rank + q.cost(box, at, found-rank); cost < found {
			best, found = box, cost
		}
	}
	const off = 2 * errorWidth
	gap, up, down := pointRadius+4, -h/2-0.24*q.size-off, h/2+off
	for _, far := range []float64{gap, gap + 8, gap + 16} {
		try(at.X+far, at.Y+up) // beside, above the range of the cost
		try(at.X+far, at.Y+down)
		try(at.X-far-w, at.Y+up)
		try(at.X-far-w, at.Y+down)
		try(at.X+far, at.Y)
		try(at.X-far-w, at.Y)
		try(at.X-w/2, at.Y-far-h/2)
		try(at.X-w/2, at.Y+far+h/2)
	}
	if math.IsInf(found, 1) {
		for y := q.plot.Y0 + h; y < q.plot.Y1; y += q.size / 2 {
			for x := q.plot.X0; x < q.plot.X1-w; x += q.size {
				try(x, y)
			}
		}
	}
	if math.IsInf(found, 1) {
		return
	}
	q.putLabel(text, best, at)
}

// cost is how bad a place is, or infinite; above most it need not be exact.
func (q *plane) cost(box record.Box, at record.Point, most float64) float64 {
	cost := distance(box, at)
	if cost >= most {
		return cost
	}
	for _, t := range q.taken {
		if box.Grow(1).Overlaps(t) {
			return math.Inf(1)
		}
	}
	for _, b := range q.bars {
		if box.Overlaps(b) {
			cost += 3 * q.size
		}
	}
	return cost
}

// distance is that of a point from a box.
func distance(b record.Box, p record.Point) float64 {
	dx := max(b.X0-p.X, 0, p.X-b.X1)
	dy := max(b.Y0-p.Y, 0, p.Y-b.Y1)
	return math.Hypot(dx, dy)
}

func (q *plane) putLabel(text string, box record.Box, at record.Point) {
	q.taken = append(q.taken, box)
	if distance(box, at) > pointRadius+nearPlace {
		end := record.Point{X: min(max(at.X, box.X0), box.X1), Y: min(max(at.Y, box.Y0), box.Y1)}
		d := math.Hypot(end.X-at.X, end.Y-at.Y)
		from := record.Point{X: at.X + (end.X-at.X)*pointRadius/d, Y: at.Y + (end.Y-at.Y)*pointRadius/d}
		q.d.Add(record.Stroked(record.Polyline(from, end), q.muted, 1))
	}
	q.put(&record.Text{
		At:   record.Point{X: box.X0, Y: box.Y0 + record.CapHeight(q.size)/2},
		Text: text, Bold: true, Color: q.ink, Halo: q.ground,
	})
}

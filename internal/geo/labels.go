package geo

import (
	"cmp"
	"math"
	"slices"

	"atlasp2i/internal/chart/record"
)

// name is the name of a site in one place it could stand.
type name struct {
	text     string
	base     record.Point // left end of its base line
	box      record.Box
	leads    bool // drawn out: a line goes from the sign to it
	from, to record.Point
	cost     float64
}

// sides are where a name can stand around its point, in the order of taste.
var sides = []struct{ x, y, cost float64 }{
	{1, 0, 0},
	{-1, 0, 0.2},
	{0, -1, 1},
	{0, 1, 1.2},
	{0.8, -0.6, 0.7},
	{0.8, 0.6, 0.8},
	{-0.8, -0.6, 0.9},
	{-0.8, 0.6, 1},
	{0.45, -0.9, 1.6},
	{0.45, 0.9, 1.7},
	{-0.45, -0.9, 1.8},
	{-0.45, 0.9, 1.9},
}

// steps out from a point, in heights of the font; beyond the first a line leads.
var steps = []float64{0.25, 0.8, 1.5, 2.3, 3.2, 4.4, 6, 8, 11}

const (
	stepCost   = 1.1 // of a height of the font away from the point
	leadCost   = 1.5
	borderCost = 0.03 // of each bend of a border that the name would hide
	landCost   = 1.2  // of lying wholly over land: the sea is a plain ground
	otherCost  = 6    // of lying wholly over other regions: the name would seem to be theirs
	doubtCost  = 3    // of each other sign so near that the name could be its own
	noName     = 1000 // of leaving a name out
	mostOfRoom = 0.7  // of the width a name may take before it is cut
	tries      = 30000
)

// names finds places for the names of the sites, best over all together: none
// over another, over a sign, over the key, or off the drawing.
func (s *sketch) names() []name {
	var open [][]name
	for i := range s.points {
		if found := s.places(i); len(found) > 0 {
			open = append(open, found)
		}
	}
	// The fewer places, the earlier the choice.
	slices.SortStableFunc(open, func(a, b []name) int { return cmp.Compare(len(a), len(b)) })
	c := choice{open: open, tries: tries, best: math.Inf(1)}
	c.rest = make([]float64, len(open)+1)
	for i := len(open) - 1; i >= 0; i-- {
		c.rest[i] = c.rest[i+1] + open[i][0].cost
	}
	c.choose(0, 0)
	return slices.DeleteFunc(c.kept, func(n name) bool { return n.text == "" })
}

// choice is a search for the cheapest places: depth first, cheapest first,
// turning back where a branch can no longer be the best. It tries a fixed number
// of times, so that a crowd cannot hold up the window.
type choice struct {
	open  [][]name
	rest  []float64 // least cost of the names from here on
	tries int
	now   []name
	kept  []name
	best  float64
}

func (c *choice) choose(at int, cost float64) {
	if at == len(c.open) {
		c.best, c.kept = cost, slices.Clone(c.now)
		return
	}
	for _, n := range c.open[at] {
		if cost+n.cost+c.rest[at+1] >= c.best || c.tries == 0 && len(c.kept) > 0 {
			return
		}
		if slices.ContainsFunc(c.now, n.meets) {
			continue
		}
		c.tries = max(0, c.tries-1)
		c.now = append(c.now, n)
		c.choose(at+1, cost+n.cost)
		c.now = c.now[:at]
	}
}

// meets says whether two names, or the lines to them, are in each other's way.
func (n name) meets(o name) bool {
	if n.text == "" || o.text == "" {
		return false
	}
	return n.box.Overlaps(o.box) ||
		n.leads && crosses(o.box, n.from, n.to) ||
		o.leads && crosses(n.box, o.from, o.to) ||
		n.leads && o.leads && cut(n.from, n.to, o.from, o.to)
}

// cut says whether two straight lines cross.
func cut(a, b, c, d record.Point) bool {
	side := func(p, q, r record.Point) bool { return (q.X-p.X)*(r.Y-p.Y) > (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

// places lists where the name of a point can stand, cheapest first; the last is
// nowhere. A point without a name has no places.
func (s *sketch) places(point int) []name {
	m := s.points[point]
	text := record.Fit(m.Name, s.TextSize, true, (s.room.X1-s.room.X0)*mostOfRoom)
	if text == "" {
		return nil
	}
	out := []name{{cost: noName}}
	if m.chosen {
		out[0].cost *= 100
	}
	for k, step := range steps {
		for _, side := range sides {
			n := s.put(m, text, record.Point{X: side.x, Y: side.y}, step*s.TextSize)
			n.leads = k > 0
			n.cost = side.cost + stepCost*(step-steps[0])
			if n.leads {
				n.cost += leadCost
			}
			if s.free(n, point) {
				n.cost += borderCost*float64(s.hides(n.box)) + s.ground(n.box, m.home) + doubtCost*s.doubts(n, point)
				out = append(out, n)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b name) int { return cmp.Compare(a.cost, b.cost) })
	return out
}

// put writes a name on a side of a mark, so far from its edge.
func (s *sketch) put(m mark, text string, side record.Point, far float64) name {
	wide := record.Measure(text, s.TextSize, true)
	above, below := record.CapHeight(s.TextSize)*1.25, record.Descent(s.TextSize)*0.8
	long := math.Hypot(side.X, side.Y)
	from := record.Point{X: m.at.X + side.X/long*m.radius, Y: m.at.Y + side.Y/long*m.radius}
	to := record.Point{X: m.at.X + side.X/long*(m.radius+far), Y: m.at.Y + side.Y/long*(m.radius+far)}
	base := to
	switch {
	case side.X == 0:
		base.X -= wide / 2
	case side.X < 0:
		base.X -= wide
	}
	if math.Abs(side.X) < 0.5 { // above and below it slides along to stay on the drawing
		slid := max(s.room.X0+1, min(base.X, s.room.X1-wide-1))
		to.X, base.X = to.X+(slid-base.X)/2, slid
	}
	switch middle := record.CapHeight(s.TextSize) / 2; {
	case math.Abs(side.X) < 0.5 && side.Y < 0:
		base.Y -= below
	case math.Abs(side.X) < 0.5:
		base.Y += above
	default:
		base.Y += middle
	}
	box := record.Box{X0: base.X - 1, Y0: base.Y - above, X1: base.X + wide + 1, Y1: base.Y + below}
	return name{text: text, base: base, box: box, from: from, to: to}
}

// free says whether nothing that stays where it is lies under a name or its line.
func (s *sketch) free(n name, own int) bool {
	if !n.box.In(s.room) {
		return false
	}
	for _, b := range s.taken {
		if n.box.Overlaps(b.Grow(s.TextSize/3)) || n.leads && crosses(b, n.from, n.to) {
			return false
		}
	}
	for i, m := range s.points {
		sign := m.box().Grow(1)
		if n.box.Overlaps(sign) || i != own && n.leads && crosses(sign, n.from, n.to) {
			return false
		}
		if m.moved() && crosses(n.box, m.home, m.at) {
			return false
		}
	}
	return true
}

// doubts counts the other signs at the ends of a name.
func (s *sketch) doubts(n name, own int) float64 {
	count, ends := 0.0, n.box
	ends.X0, ends.X1 = ends.X0-s.TextSize, ends.X1+s.TextSize
	for i, m := range s.points {
		if i != own && ends.Overlaps(m.box()) {
			count++
		}
	}
	return count
}

// hides counts the bends of borders under a name.
func (s *sketch) hides(b record.Box) int {
	n := 0
	for _, outline := range s.land {
		for _, p := range outline {
			if p.X > b.X0 && p.X < b.X1 && p.Y > b.Y0 && p.Y < b.Y1 {
				n++
			}
		}
	}
	return n
}

// ground is the cost of what lies under the name of a site, by four samples:
// nothing for the sea, most for a region that the site is not in.
func (s *sketch) ground(b record.Box, home record.Point) float64 {
	const samples = 4
	cost, own := 0.0, RegionAt(s.frame.Place(home))
	for i := range samples {
		at := record.Point{X: b.X0 + (b.X1-b.X0)*(float64(i)+0.5)/samples, Y: (b.Y0 + b.Y1) / 2}
		switch RegionAt(s.frame.Place(at)) {
		case "":
		case own:
			cost += landCost / samples
		default:
			cost += (landCost + otherCost) / samples
		}
	}
	return cost
}

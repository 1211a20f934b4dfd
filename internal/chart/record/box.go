package record

import "math"

// Box is a rectangle from its upper left to its lower right corner.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Overlaps says whether two boxes share an area; touching edges share none.
func (b Box) Overlaps(o Box) bool {
	return b.X0 < o.X1 && o.X0 < b.X1 && b.Y0 < o.Y1 && o.Y0 < b.Y1
}

// In says whether the box lies inside another one.
func (b Box) In(o Box) bool {
	return b.X0 >= o.X0 && b.Y0 >= o.Y0 && b.X1 <= o.X1 && b.Y1 <= o.Y1
}

// Grow is the box with a margin added on every side.
func (b Box) Grow(by float64) Box { return Box{b.X0 - by, b.Y0 - by, b.X1 + by, b.Y1 + by} }

// Around is the smallest box that holds the points of some outlines; of none it
// has no area, and its corners are infinite.
func Around(outlines ...[]Point) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, o := range outlines {
		for _, p := range o {
			b = Box{min(b.X0, p.X), min(b.Y0, p.Y), max(b.X1, p.X), max(b.Y1, p.Y)}
		}
	}
	return b
}

// Box is the rectangle that a text takes: its width, from the top of the
// capitals to the bottom of the letters with a tail, around the turned text.
func (t *Text) Box() Box {
	from, w := t.Start(), Measure(t.Text, t.Size, t.Bold)
	top, bottom := -CapHeight(t.Size), metrics().tail*t.Size
	s, c := math.Sincos(t.Angle)
	corners := []Point{{0, top}, {w, top}, {w, bottom}, {0, bottom}}
	for i, p := range corners {
		corners[i] = Point{from.X + p.X*c - p.Y*s, from.Y + p.X*s + p.Y*c}
	}
	return Around(corners)
}

// At gives the topmost spot under a point, and whether there is one.
func (d *Drawing) At(p Point) (Spot, bool) {
	for i := len(d.Spots) - 1; i >= 0; i-- {
		if inside(d.Spots[i].Outline, p) {
			return d.Spots[i], true
		}
	}
	return Spot{}, false
}

// inside counts the edges to the right of a point: an odd number is inside.
func inside(outline []Point, p Point) bool {
	odd := false
	for i, a := range outline {
		b := outline[(i+1)%len(outline)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			odd = !odd
		}
	}
	return odd
}

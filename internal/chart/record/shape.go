package record

import (
	"image/color"
	"math"
)

// kappa is how far the control points of a quarter circle stand from its ends,
// in radii, so that four cubics look round.
const kappa = 0.5522847498307936

// Add appends marks in painting order.
func (d *Drawing) Add(marks ...Mark) { d.Marks = append(d.Marks, marks...) }

// AddSpot appends a place that answers to the pointer, above those before it.
func (d *Drawing) AddSpot(id, label string, outline []Point) {
	d.Spots = append(d.Spots, Spot{ID: id, Label: label, Outline: outline})
}

// MoveTo, LineTo and CubicTo are single steps of an outline; End closes it.
func MoveTo(x, y float64) Seg { return Seg{Op: Move, P: [3]Point{{x, y}}} }

// LineTo is a straight step to x, y.
func LineTo(x, y float64) Seg { return Seg{Op: Line, P: [3]Point{{x, y}}} }

// CubicTo is a step to the third point, bent towards the first two.
func CubicTo(a, b, to Point) Seg { return Seg{Op: Cubic, P: [3]Point{a, b, to}} }

// Filled is a path painted in one colour, without an edge.
func Filled(segs []Seg, fill color.NRGBA) *Path { return &Path{Segs: segs, Fill: fill} }

// Stroked is the edge of a path, width pixels thick.
func Stroked(segs []Seg, stroke color.NRGBA, width float64) *Path {
	return &Path{Segs: segs, Stroke: stroke, Width: width}
}

// Polyline is an open outline through the points.
func Polyline(points ...Point) []Seg {
	segs := make([]Seg, 0, len(points)+1)
	for i, p := range points {
		op := Line
		if i == 0 {
			op = Move
		}
		segs = append(segs, Seg{Op: op, P: [3]Point{p}})
	}
	return segs
}

// Polygon is a closed outline through the points.
func Polygon(points ...Point) []Seg {
	if len(points) == 0 {
		return nil
	}
	return append(Polyline(points...), Seg{Op: Close})
}

// Rect is a rectangle by its upper left corner and its size.
func Rect(x, y, width, height float64) []Seg {
	return Polygon(Corners(x, y, width, height)...)
}

// Corners are those of a rectangle, clockwise, for the outline of a Spot.
func Corners(x, y, width, height float64) []Point {
	return []Point{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}
}

// RoundRect is a rectangle with corners of a radius, which is made smaller where
// the rectangle has no room for it.
func RoundRect(x, y, width, height, radius float64) []Seg {
	r := min(radius, math.Abs(width)/2, math.Abs(height)/2)
	if r <= 0 {
		return Rect(x, y, width, height)
	}
	k := r * (1 - kappa)
	x1, y1 := x+width, y+height
	return []Seg{
		MoveTo(x+r, y),
		LineTo(x1-r, y), CubicTo(Point{x1 - k, y}, Point{x1, y + k}, Point{x1, y + r}),
		LineTo(x1, y1-r), CubicTo(Point{x1, y1 - k}, Point{x1 - k, y1}, Point{x1 - r, y1}),
		LineTo(x+r, y1), CubicTo(Point{x + k, y1}, Point{x, y1 - k}, Point{x, y1 - r}),
		LineTo(x, y+r), CubicTo(Point{x, y + k}, Point{x + k, y}, Point{x + r, y}),
		{Op: Close},
	}
}

// Circle is a circle around x, y.
func Circle(x, y, radius float64) []Seg {
	segs := []Seg{MoveTo(x+radius, y)}
	segs = append(segs, Arc(Point{x, y}, radius, radius, 0, 2*math.Pi)...)
	return append(segs, Seg{Op: Close})
}

// Arc is the steps along an ellipse around a centre, from the angle start over
// sweep radians, clockwise from the right. The caller stands at its first point.
func Arc(center Point, rx, ry, start, sweep float64) []Seg {
	n := max(1, int(math.Ceil(math.Abs(sweep)/(math.Pi/2)-1e-9)))
	step := sweep / float64(n)
	k := 4.0 / 3 * math.Tan(step/4)
	segs := make([]Seg, n)
	for i := range n {
		a := start + float64(i)*step
		s0, c0 := math.Sincos(a)
		s1, c1 := math.Sincos(a + step)
		segs[i] = CubicTo(
			Point{center.X + rx*(c0-k*s0), center.Y + ry*(s0+k*c0)},
			Point{center.X + rx*(c1+k*s1), center.Y + ry*(s1-k*c1)},
			Point{center.X + rx*c1, center.Y + ry*s1},
		)
	}
	return segs
}

// Flatten gives the outlines of a path as points; closed says which of them end
// where they start. No point is further from the curve than tolerance.
func Flatten(segs []Seg, tolerance float64) (outlines [][]Point, closed []bool) {
	var at []Point
	end := func(shut bool) {
		if len(at) > 0 {
			outlines, closed = append(outlines, at), append(closed, shut)
		}
		at = nil
	}
	for _, s := range segs {
		switch s.Op {
		case Move:
			end(false)
			at = append(at, s.P[0])
		case Line:
			at = append(at, s.P[0])
		case Cubic:
			if len(at) == 0 {
				at = append(at, s.P[0])
			}
			at = flattenCubic(at, s.P, tolerance)
		case Close:
			if len(at) == 0 {
				continue
			}
			first := at[0]
			end(true)
			at = append(at, first) // a step after Close starts from there
		}
	}
	if len(at) > 1 || len(outlines) == 0 {
		end(false)
	}
	return outlines, closed
}

func flattenCubic(at []Point, p [3]Point, tolerance float64) []Point {
	a := at[len(at)-1]
	// The second differences bound how far a chord is from the curve.
	dx := max(math.Abs(a.X-2*p[0].X+p[1].X), math.Abs(p[0].X-2*p[1].X+p[2].X))
	dy := max(math.Abs(a.Y-2*p[0].Y+p[1].Y), math.Abs(p[0].Y-2*p[1].Y+p[2].Y))
	n := int(math.Ceil(math.Sqrt(0.75 * math.Hypot(dx, dy) / tolerance)))
	n = min(max(n, 1), 200)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		c0, c1, c2, c3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		at = append(at, Point{
			c0*a.X + c1*p[0].X + c2*p[1].X + c3*p[2].X,
			c0*a.Y + c1*p[0].Y + c2*p[1].Y + c3*p[2].Y,
		})
	}
	return at
}

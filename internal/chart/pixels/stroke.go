package pixels

import (
	"math"

	"atlasp2i/internal/chart/record"
)

type point = record.Point

// stroke gives the outlines of a line of a width along points: one ring for an
// open line, two for a closed one. All turn the same way, so that where they lie
// over each other they add up instead of cutting holes.
func stroke(points []point, closed bool, width float64) [][]point {
	points = distinct(points, closed)
	half := width / 2
	if len(points) < 2 {
		if len(points) == 0 || !closed {
			return nil
		}
		return [][]point{dot(points[0], half)}
	}
	if !closed {
		ring := side(nil, points, half, false)
		return [][]point{side(ring, backwards(points), half, false)}
	}
	points = clockwise(points)
	return [][]point{side(nil, backwards(points), half, true), side(nil, points, half, true)}
}

// grown is a closed outline pushed outwards by a distance.
func grown(points []point, by float64) []point {
	points = distinct(points, true)
	if len(points) < 2 {
		return nil
	}
	return side(nil, clockwise(points), by, true)
}

// side appends the line that runs beside points on their left at distance half,
// its outer corners rounded.
func side(ring, points []point, half float64, closed bool) []point {
	n := len(points)
	edges := n - 1
	if closed {
		edges = n
	}
	if ring == nil {
		ring = make([]point, 0, 5*n)
	}
	next := normal(points[0], points[1%n], half)
	for i := range edges {
		a, b := points[i], points[(i+1)%n]
		off := next
		ring = append(ring, point{X: a.X + off.X, Y: a.Y + off.Y}, point{X: b.X + off.X, Y: b.Y + off.Y})
		if i+1 < edges || closed {
			next = normal(b, points[(i+2)%n], half)
			ring = corner(ring, b, off, next, half)
		}
	}
	return ring
}

// corner joins two edges around at. On the inner side the way leads through the
// corner itself, which never leaves the line's own ground.
func corner(ring []point, at, from, to point, half float64) []point {
	cross, dot := from.X*to.Y-from.Y*to.X, from.X*to.X+from.Y*to.Y
	if dot > 0.98*half*half { // nearly straight on
		return ring
	}
	if cross < 0 {
		return append(ring, at)
	}
	turn, start := math.Atan2(cross, dot), math.Atan2(from.Y, from.X)
	steps := int(turn / arcStep(half))
	for i := 1; i <= steps; i++ {
		s, c := math.Sincos(start + turn*float64(i)/float64(steps+1))
		ring = append(ring, point{X: at.X + half*c, Y: at.Y + half*s})
	}
	return ring
}

// arcStep is the angle between points of a round corner that stays within a
// tenth of a pixel of a circle.
func arcStep(radius float64) float64 {
	if radius < 0.2 {
		return math.Pi / 2
	}
	return 2 * math.Acos(1-0.1/radius)
}

func dot(at point, radius float64) []point {
	n := max(8, int(2*math.Pi/arcStep(radius)))
	ring := make([]point, n)
	for i := range ring {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		ring[i] = point{X: at.X + radius*c, Y: at.Y + radius*s}
	}
	return ring
}

// normal is a step of a length to the left of the way from a to b, as seen with
// y growing downwards.
func normal(a, b point, length float64) point {
	dx, dy := b.X-a.X, b.Y-a.Y
	d := math.Sqrt(dx*dx + dy*dy)
	return point{X: dy / d * length, Y: -dx / d * length}
}

// distinct leaves out points that repeat the one before.
func distinct(points []point, closed bool) []point {
	const near = 1e-6
	out := make([]point, 0, len(points))
	for _, p := range points {
		if n := len(out); n > 0 && math.Abs(out[n-1].X-p.X) < near && math.Abs(out[n-1].Y-p.Y) < near {
			continue
		}
		out = append(out, p)
	}
	if n := len(out); closed && n > 1 && math.Hypot(out[0].X-out[n-1].X, out[0].Y-out[n-1].Y) < near {
		out = out[:n-1]
	}
	return out
}

func backwards(points []point) []point {
	out := make([]point, len(points))
	for i, p := range points {
		out[len(points)-1-i] = p
	}
	return out
}

// clockwise gives an outline in the direction that area counts as positive.
func clockwise(points []point) []point {
	if area(points) < 0 {
		return backwards(points)
	}
	return points
}

// area is positive for an outline that turns clockwise on the screen.
func area(points []point) float64 {
	sum := 0.0
	for i, a := range points {
		b := points[(i+1)%len(points)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum / 2
}

// dashed cuts a line into pieces: the lengths of pattern are drawn and left out
// in turn. A pattern that does not advance leaves the line whole.
func dashed(points []point, closed bool, pattern []float64) [][]point {
	total := 0.0
	for _, d := range pattern {
		if d < 0 {
			return [][]point{points}
		}
		total += d
	}
	if total <= 0.01 {
		return [][]point{points}
	}
	if closed && len(points) > 0 {
		points = append(points[:len(points):len(points)], points[0])
	}
	var out [][]point
	var piece []point
	at, left := 0, pattern[0]
	for i := 0; i+1 < len(points); i++ {
		a, b := points[i], points[i+1]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		for done := 0.0; done < length; {
			drawn := at%2 == 0
			if drawn && len(piece) == 0 {
				piece = append(piece, between(a, b, done/length))
			}
			step := min(left, length-done)
			done, left = done+step, left-step
			if drawn {
				piece = append(piece, between(a, b, done/length))
			}
			if left <= 0 {
				if drawn {
					out, piece = append(out, piece), nil
				}
				at++
				left = pattern[at%len(pattern)]
			}
		}
	}
	if len(piece) > 0 {
		out = append(out, piece)
	}
	return out
}

func between(a, b point, t float64) point {
	return point{X: a.X + t*(b.X-a.X), Y: a.Y + t*(b.Y-a.Y)}
}

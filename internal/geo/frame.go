package geo

import (
	"math"
	"slices"

	"atlasp2i/internal/chart/record"
)

// Frame lays the map on a drawing: Mercator's projection, in which a degree is as
// long to the east as to the north around every place.
type Frame struct {
	perRadian float64
	x, y      float64 // of 0 N 0 E on the drawing
}

// mercator gives a place in radians, y growing to the north.
func mercator(p Place) (x, y float64) {
	return p.Lon * math.Pi / 180, math.Asinh(math.Tan(p.Lat * math.Pi / 180))
}

// Fit is the frame that shows the whole country as large as the box allows, in
// its middle.
func Fit(in record.Box) Frame {
	west, south := math.Inf(1), math.Inf(1)
	east, north := math.Inf(-1), math.Inf(-1)
	for _, line := range morocco().around {
		for _, p := range line {
			x, y := mercator(p)
			west, east = min(west, x), max(east, x)
			south, north = min(south, y), max(north, y)
		}
	}
	scale := max(0, min((in.X1-in.X0)/(east-west), (in.Y1-in.Y0)/(north-south)))
	return Frame{
		perRadian: scale,
		x:         (in.X0+in.X1)/2 - scale*(west+east)/2,
		y:         (in.Y0+in.Y1)/2 + scale*(south+north)/2,
	}
}

// Project gives where a place is on the drawing.
func (f Frame) Project(p Place) record.Point {
	x, y := mercator(p)
	return record.Point{X: f.x + f.perRadian*x, Y: f.y - f.perRadian*y}
}

// Place gives what is at a point of the drawing.
func (f Frame) Place(p record.Point) Place {
	x, y := (p.X-f.x)/f.perRadian, (f.y-p.Y)/f.perRadian
	return Place{Lat: math.Atan(math.Sinh(y)) * 180 / math.Pi, Lon: x * 180 / math.Pi}
}

func (f Frame) line(places []Place) []record.Point {
	out := make([]record.Point, len(places))
	for i, p := range places {
		out[i] = f.Project(p)
	}
	return out
}

// center of a closed outline: the middle of its area.
func center(outline []record.Point) record.Point {
	if len(outline) == 0 {
		return record.Point{}
	}
	var area, x, y float64
	o := outline[0] // measured from here, so that large coordinates cost no digits
	for i, a := range outline {
		b := outline[(i+1)%len(outline)]
		cross := (a.X-o.X)*(b.Y-o.Y) - (b.X-o.X)*(a.Y-o.Y)
		area += cross
		x += cross * (a.X + b.X - 2*o.X)
		y += cross * (a.Y + b.Y - 2*o.Y)
	}
	if area == 0 {
		return o
	}
	return record.Point{X: o.X + x/(3*area), Y: o.Y + y/(3*area)}
}

// crosses says whether the straight line from a to b meets the box: what is left
// of the line when each side of the box has cut off what is beyond it.
func crosses(b record.Box, from, to record.Point) bool {
	in, out := 0.0, 1.0
	for _, cut := range [4][2]float64{
		{to.X - from.X, from.X - b.X0},
		{from.X - to.X, b.X1 - from.X},
		{to.Y - from.Y, from.Y - b.Y0},
		{from.Y - to.Y, b.Y1 - from.Y},
	} {
		switch at := -cut[1] / cut[0]; {
		case cut[0] > 0:
			in = max(in, at)
		case cut[0] < 0:
			out = min(out, at)
		case cut[1] < 0:
			return false // along this side, beyond it
		}
	}
	return in <= out
}

// onLand says whether a box touches any region.
func (s *sketch) onLand(b record.Box) bool {
	if RegionAt(s.frame.Place(record.Point{X: b.X0, Y: b.Y0})) != "" {
		return true
	}
	for _, outline := range s.land {
		if !record.Around(outline).Overlaps(b) {
			continue
		}
		if slices.ContainsFunc(edges(outline), func(e [2]record.Point) bool { return crosses(b, e[0], e[1]) }) {
			return true
		}
	}
	return false
}

func edges(outline []record.Point) [][2]record.Point {
	out := make([][2]record.Point, len(outline))
	for i, p := range outline {
		out[i] = [2]record.Point{p, outline[(i+1)%len(outline)]}
	}
	return out
}

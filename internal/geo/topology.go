// Package geo draws the map of Morocco's twelve regions and the sites on it. It
// reads no file: the map is built into the program.
package geo

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"atlasp2i/assets"
)

// Place is a point of the globe in degrees, WGS 84: north and east are positive.
type Place struct{ Lat, Lon float64 }

// Region is one of the twelve. Each is a single piece on this map.
type Region struct {
	ID      string  // ISO 3166-2, such as "MA-03"
	Outline []Place // closed: the last point joins the first

	low, high Place // corners of the box around it, in the south-west and north-east
}

// atlas is what the built-in file holds.
type atlas struct {
	regions []Region  // by ID
	around  [][]Place // coast and frontier: the lines that bound one region only
}

// The file is part of the program and a test reads it, so a fault in it is one
// of the build.
var morocco = sync.OnceValue(func() atlas {
	a, err := parse(assets.RegionMap)
	if err != nil {
		panic(err)
	}
	return a
})

// Regions are the twelve regions in the order of their ids.
func Regions() []Region { return slices.Clone(morocco().regions) }

// RegionAt gives the id of the region that holds a place, "" where none does.
func RegionAt(p Place) string {
	regions := morocco().regions
	for i := range regions {
		if regions[i].holds(p) {
			return regions[i].ID
		}
	}
	return ""
}

// holds counts the borders east of a place: an odd number is inside.
func (r *Region) holds(p Place) bool {
	if p.Lat < r.low.Lat || p.Lat > r.high.Lat || p.Lon < r.low.Lon || p.Lon > r.high.Lon {
		return false
	}
	odd := false
	for i, a := range r.Outline {
		b := r.Outline[(i+1)%len(r.Outline)]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
			odd = !odd
		}
	}
	return odd
}

// topology is the part of TopoJSON that tools/map writes: a region is a ring of
// arcs, ^i is arc i backwards, and the points of an arc are whole steps, each
// from the one before it.
type topology struct {
	Transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
	Objects struct {
		Regions struct {
			Geometries []struct {
				Type string  `json:"type"`
				ID   string  `json:"id"`
				Arcs [][]int `json:"arcs"`
			} `json:"geometries"`
		} `json:"regions"`
	} `json:"objects"`
	Arcs [][][2]int `json:"arcs"`
}

func parse(data []byte) (atlas, error) {
	var t topology
	if err := json.Unmarshal(data, &t); err != nil {
		return atlas{}, fmt.Errorf("map: %w", err)
	}
	arcs, uses := t.lines(), make([]int, len(t.Arcs))
	var a atlas
	for _, g := range t.Objects.Regions.Geometries {
		if g.Type != "Polygon" || len(g.Arcs) != 1 {
			return atlas{}, fmt.Errorf("map: region %q is not a single ring", g.ID)
		}
		outline, err := ring(g.Arcs[0], arcs)
		if err != nil {
			return atlas{}, fmt.Errorf("map: region %q: %w", g.ID, err)
		}
		for _, i := range g.Arcs[0] {
			uses[max(i, ^i)]++
		}
		a.regions = append(a.regions, bounded(g.ID, outline))
	}
	for i, n := range uses {
		if n == 1 {
			a.around = append(a.around, arcs[i])
		}
	}
	return a, nil
}

func bounded(id string, outline []Place) Region {
	r := Region{ID: id, Outline: outline, low: outline[0], high: outline[0]}
	for _, p := range outline {
		r.low = Place{min(r.low.Lat, p.Lat), min(r.low.Lon, p.Lon)}
		r.high = Place{max(r.high.Lat, p.Lat), max(r.high.Lon, p.Lon)}
	}
	return r
}

// lines gives each arc in degrees.
func (t *topology) lines() [][]Place {
	out := make([][]Place, len(t.Arcs))
	for i, arc := range t.Arcs {
		x, y := 0, 0
		for _, step := range arc {
			x, y = x+step[0], y+step[1]
			out[i] = append(out[i], Place{
				Lat: float64(y)*t.Transform.Scale[1] + t.Transform.Translate[1],
				Lon: float64(x)*t.Transform.Scale[0] + t.Transform.Translate[0],
			})
		}
	}
	return out
}

// ring puts arcs end to end. Each must begin where the one before it ended.
func ring(chain []int, arcs [][]Place) ([]Place, error) {
	var out []Place
	for _, i := range chain {
		at := max(i, ^i)
		if at >= len(arcs) || len(arcs[at]) < 2 {
			return nil, fmt.Errorf("there is no arc %d of two points or more", at)
		}
		arc := arcs[at]
		if i < 0 {
			arc = slices.Clone(arc)
			slices.Reverse(arc)
		}
		if len(out) > 0 && out[len(out)-1] != arc[0] {
			return nil, fmt.Errorf("arc %d does not begin where the one before it ends", at)
		}
		out = append(out[:max(0, len(out)-1)], arc...)
	}
	if len(out) < 4 || out[0] != out[len(out)-1] {
		return nil, errors.New("the ring is not closed")
	}
	return out[:len(out)-1], nil
}

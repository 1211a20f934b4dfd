// Command map makes assets/map/regions.json from the regions of the npm package
// morocco-map: the same map with fewer points and without what we do not use.
//
// Arcs are thinned before rings are put together from them. Two neighbours
// share the arc of their border, so it stays one line, without gap or overlap.
package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"slices"
	"strings"
)

const (
	tolerance = 0.015 // degrees a thinned line may stray from the full one
	leastArea = 0.002 // square degrees, about 20 km2: smaller rings are islets and moles
	attribute = "© OpenStreetMap contributors"
)

// topology is the part of TopoJSON that the source and our file share.
type topology struct {
	Type        string             `json:"type"`
	Licence     string             `json:"licence"`
	Attribution string             `json:"attribution"`
	Source      string             `json:"source"`
	Transform   transform          `json:"transform"`
	Objects     map[string]objects `json:"objects"`
	Arcs        [][][2]int         `json:"arcs"`
}

type transform struct {
	Scale     [2]float64 `json:"scale"`
	Translate [2]float64 `json:"translate"`
}

type objects struct {
	Type       string     `json:"type"`
	Geometries []geometry `json:"geometries"`
}

type geometry struct {
	Type string          `json:"type"`
	ID   string          `json:"id"`
	Arcs json.RawMessage `json:"arcs"`
}

type manifest struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	License string `json:"license"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: map morocco-map-VERSION.tgz regions.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "map:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	var t topology
	var m manifest
	if err := unpack(from, map[string]any{"package.json": &m, "data/regions.json": &t}); err != nil {
		return err
	}
	if m.License != "ODbL-1.0" {
		return fmt.Errorf("licence of %s is %q, our notices say ODbL-1.0", m.Name, m.License)
	}
	regions, err := read(t.Objects["regions"].Geometries)
	if err != nil {
		return err
	}
	before, after := thin(&t, regions)
	geometries, err := polygons(regions)
	if err != nil {
		return err
	}
	t.Licence, t.Attribution, t.Source = m.License, attribute, "npm "+m.Name+" "+m.Version
	t.Objects = map[string]objects{"regions": {"GeometryCollection", geometries}}
	if err := write(to, t); err != nil {
		return err
	}
	fmt.Printf("%d regions, %d arcs, %d points of %d\n", len(regions), len(t.Arcs), after, before)
	return nil
}

// unpack reads the named JSON files of an npm package.
func unpack(name string, into map[string]any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	found := 0
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		_, inside, _ := strings.Cut(path.Clean(h.Name), "/")
		if v, ok := into[inside]; ok {
			if err := json.NewDecoder(r).Decode(v); err != nil {
				return fmt.Errorf("%s: %w", inside, err)
			}
			found++
		}
	}
	if found != len(into) {
		return fmt.Errorf("%s holds %d of the %d files needed", name, found, len(into))
	}
	return nil
}

// region is an id and its rings; a ring is a chain of arcs, ^i is arc i backwards.
type region struct {
	id    string
	rings [][]int
}

// read takes the geometries apart. No region of the source has a hole.
func read(from []geometry) ([]region, error) {
	var out []region
	for _, g := range from {
		polygons := make([][][]int, 1)
		into := any(&polygons)
		if g.Type == "Polygon" {
			into = &polygons[0]
		}
		if err := json.Unmarshal(g.Arcs, into); err != nil {
			return nil, fmt.Errorf("%s: %w", g.ID, err)
		}
		r := region{id: g.ID}
		for _, p := range polygons {
			if len(p) != 1 {
				return nil, fmt.Errorf("%s has a hole", g.ID)
			}
			r.rings = append(r.rings, p[0])
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b region) int { return strings.Compare(a.id, b.id) })
	return out, nil
}

// polygons are the geometries of our file, whose reader wants one ring for each.
func polygons(regions []region) ([]geometry, error) {
	var out []geometry
	for _, r := range regions {
		if len(r.rings) != 1 {
			return nil, fmt.Errorf("%s has %d pieces of more than %v square degrees", r.id, len(r.rings), leastArea)
		}
		arcs, err := json.Marshal(r.rings)
		if err != nil {
			return nil, err
		}
		out = append(out, geometry{"Polygon", r.id, arcs})
	}
	return out, nil
}

// thin simplifies the arcs, leaves out rings too small to see and the arcs that
// nothing uses any more. It gives the number of points before and after.
func thin(t *topology, regions []region) (before, after int) {
	full := make([][][2]int, len(t.Arcs))
	for i, arc := range t.Arcs {
		at := [2]int{}
		for _, d := range arc {
			at = [2]int{at[0] + d[0], at[1] + d[1]}
			full[i] = append(full[i], at)
		}
		before += len(arc)
	}
	renumber := map[int]int{}
	t.Arcs = nil
	for i := range regions {
		regions[i].rings = slices.DeleteFunc(regions[i].rings, func(r []int) bool { return t.area(r, full) < leastArea })
		for _, ring := range regions[i].rings {
			for k, a := range ring {
				arc, flip := a, 0
				if a < 0 {
					arc, flip = ^a, -1
				}
				n, known := renumber[arc]
				if !known {
					n = len(t.Arcs)
					renumber[arc] = n
					kept := t.simplify(full[arc])
					after += len(kept)
					t.Arcs = append(t.Arcs, deltas(kept))
				}
				ring[k] = n ^ flip
			}
		}
	}
	return before, after
}

// area of a ring in square degrees.
func (t *topology) area(ring []int, arcs [][][2]int) float64 {
	var line [][2]int
	for _, a := range ring {
		if a >= 0 {
			line = append(line, arcs[a]...)
			continue
		}
		back := slices.Clone(arcs[^a])
		slices.Reverse(back)
		line = append(line, back...)
	}
	sum := 0
	for i, p := range line {
		q := line[(i+1)%len(line)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(float64(sum)) / 2 * t.Transform.Scale[0] * t.Transform.Scale[1]
}

// simplify keeps the points of a line that it needs to stay within the tolerance
// (Douglas and Peucker). The ends always stay: other arcs meet there.
func (t *topology) simplify(line [][2]int) [][2]int {
	if len(line) < 3 {
		return line
	}
	first, last := line[0], line[len(line)-1]
	far, at := 0.0, 0
	for i, p := range line[1 : len(line)-1] {
		if d := t.distance(p, first, last); d > far {
			far, at = d, i+1
		}
	}
	if far <= tolerance {
		return [][2]int{first, last}
	}
	head := t.simplify(line[:at+1])
	return append(head[:len(head)-1:len(head)-1], t.simplify(line[at:])...)
}

// distance from p to the segment a b, in degrees.
func (t *topology) distance(p, a, b [2]int) float64 {
	sx, sy := t.Transform.Scale[0], t.Transform.Scale[1]
	px, py := float64(p[0]-a[0])*sx, float64(p[1]-a[1])*sy
	dx, dy := float64(b[0]-a[0])*sx, float64(b[1]-a[1])*sy
	along := 0.0
	if long := dx*dx + dy*dy; long > 0 {
		along = min(1, max(0, (px*dx+py*dy)/long))
	}
	return math.Hypot(px-along*dx, py-along*dy)
}

func deltas(line [][2]int) [][2]int {
	out := [][2]int{line[0]}
	for i, p := range line[1:] {
		out = append(out, [2]int{p[0] - line[i][0], p[1] - line[i][1]})
	}
	return out
}

// write puts an arc on each line, so that a change of the source can be read.
func write(name string, t topology) error {
	arcs := t.Arcs
	t.Arcs = [][][2]int{}
	head, err := json.Marshal(t)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(string(head), "]}"))
	for i, arc := range arcs {
		line, err := json.Marshal(arc)
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

package geo

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/chart/record"
)

const square = `{"transform":{"scale":[1,1],"translate":[0,0]},"objects":{"regions":{"geometries":[
	{"type":"Polygon","id":"A","arcs":[[0,1]]},{"type":"Polygon","id":"B","arcs":[[-1,2]]}]}},
	"arcs":[[[0,0],[0,2]],[[0,2],[-2,0],[0,-2],[2,0]],[[0,0],[2,0],[0,2],[-2,0]]]}`

func TestParse_JoinsArcs(t *testing.T) {
	got, err := parse([]byte(square))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.regions) != 2 || len(got.regions[0].Outline) != 4 || len(got.around) != 2 {
		t.Errorf("got %+v", got)
	}
	if !got.regions[0].holds(Place{Lat: 1, Lon: -1}) || got.regions[0].holds(Place{Lat: 1, Lon: 1}) {
		t.Error("the first square is not west of the second")
	}
}

func TestParse_RefusesBrokenMaps(t *testing.T) {
	for name, change := range map[string][2]string{
		"no JSON":       {"{", "["},
		"no such arc":   {"[[0,1]]", "[[0,7]]"},
		"open ring":     {"[[0,1]]", "[[1]]"},
		"arcs apart":    {"[[0,1]]", "[[0,0]]"},
		"two rings":     {"[[0,1]]", "[[0,1],[2]]"},
		"no ring":       {"[[0,1]]", "[]"},
		"another shape": {`"Polygon","id":"A"`, `"LineString","id":"A"`},
		"short arc":     {"[[0,0],[0,2]]", "[[0,0]]"},
	} {
		if _, err := parse([]byte(strings.Replace(square, change[0], change[1], 1))); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(square))
	f.Add(assets.RegionMap)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := parse(data)
		if err != nil {
			return
		}
		for _, r := range a.regions {
			if len(r.Outline) < 3 {
				t.Errorf("region %q has %d points", r.ID, len(r.Outline))
			}
		}
	})
}

func TestFrame_ThereAndBack(t *testing.T) {
	f := Fit(record.Box{X0: 10, Y0: 20, X1: 410, Y1: 520})
	rapid.Check(t, func(t *rapid.T) {
		p := Place{Lat: rapid.Float64Range(-80, 80).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		q := f.Place(f.Project(p))
		if math.Abs(p.Lat-q.Lat) > 1e-9 || math.Abs(p.Lon-q.Lon) > 1e-9 {
			t.Errorf("%v comes back as %v", p, q)
		}
	})
}

// A degree is as long to the north as to the east, and the country fills the box.
func TestFrame_IsTrueToShape(t *testing.T) {
	box := record.Box{X0: 10, Y0: 20, X1: 410, Y1: 520}
	f := Fit(box)
	o, n, e := f.Project(Place{31, -7}), f.Project(Place{31.001, -7}), f.Project(Place{31, -6.999})
	tall, wide := (o.Y-n.Y)*math.Cos(31*math.Pi/180), e.X-o.X
	if math.Abs(tall-wide) > 1e-4*wide {
		t.Errorf("a step north is %v, east %v", tall, wide)
	}
	all := record.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, r := range Regions() {
		b := record.Around(f.line(r.Outline))
		all = record.Box{X0: min(all.X0, b.X0), Y0: min(all.Y0, b.Y0), X1: max(all.X1, b.X1), Y1: max(all.Y1, b.Y1)}
	}
	if !all.In(box.Grow(1e-6)) || all.X1-all.X0 < 399.999 {
		t.Errorf("the country takes %v of %v", all, box)
	}
	if math.Abs(all.Y0-box.Y0-(box.Y1-all.Y1)) > 1e-6 {
		t.Errorf("the country is not in the middle: %v of %v", all, box)
	}
}

// crosses must agree with looking at many points of the line.
func TestCrosses_AgreesWithSampling(t *testing.T) {
	at := rapid.Map(rapid.IntRange(-8, 8), func(i int) float64 { return float64(i) / 2 })
	box := record.Box{X0: -2.25, Y0: -1.25, X1: 1.25, Y1: 2.25}
	rapid.Check(t, func(t *rapid.T) {
		a := record.Point{X: at.Draw(t, "ax"), Y: at.Draw(t, "ay")}
		b := record.Point{X: at.Draw(t, "bx"), Y: at.Draw(t, "by")}
		sampled := false
		for i := range 2001 {
			k := float64(i) / 2000
			x, y := a.X+k*(b.X-a.X), a.Y+k*(b.Y-a.Y)
			sampled = sampled || x >= box.X0 && x <= box.X1 && y >= box.Y0 && y <= box.Y1
		}
		// Grazing a corner is a matter of rounding.
		if got := crosses(box, a, b); got != sampled && crosses(box.Grow(0.01), a, b) == crosses(box.Grow(-0.01), a, b) {
			t.Errorf("%v to %v crosses: %v, sampled %v", a, b, got, sampled)
		}
	})
}

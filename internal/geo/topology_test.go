package geo_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/geo"
)

func TestRegions_AreTheTwelve(t *testing.T) {
	var got, want []string
	for i, r := range geo.Regions() {
		got, want = append(got, r.ID), append(want, fmt.Sprintf("MA-%02d", i+1))
		if len(r.Outline) < 20 {
			t.Errorf("%s has only %d points", r.ID, len(r.Outline))
		}
	}
	if len(got) != 12 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("regions are %v, want %v", got, want)
	}
	for _, r := range pack(t).Regions {
		if !strings.Contains(fmt.Sprint(got), r.ISO) {
			t.Errorf("%s of the pack is not on the map: %q", r.ID, r.ISO)
		}
	}
}

func TestRegionMap_SaysItsLicence(t *testing.T) {
	head := string(assets.RegionMap[:300])
	for _, needed := range []string{"ODbL-1.0", "OpenStreetMap contributors", "morocco-map 1.3.0"} {
		if !strings.Contains(head, needed) {
			t.Errorf("the map does not say %q", needed)
		}
	}
	if len(assets.RegionMap) > 16<<10 {
		t.Errorf("the map is %d bytes", len(assets.RegionMap))
	}
}

// The map agrees with the pack on where each site is.
func TestRegionAt_FindsTheRegionOfEachSite(t *testing.T) {
	sites := packSites(t)
	if len(sites) < 10 {
		t.Fatalf("the pack has %d sites", len(sites))
	}
	for i, s := range pack(t).Sites {
		want := pack(t).Region(s.Region).ISO
		if got := geo.RegionAt(sites[i].At); got != want {
			t.Errorf("%s is in %q on the map, in %s in the pack", s.ID, got, want)
		}
	}
}

func TestRegionAt_TownsAndSea(t *testing.T) {
	for _, c := range []struct {
		name     string
		lat, lon float64
		want     string
	}{
		{"Tangier", 35.73, -5.85, "MA-01"},
		{"Beni Mellal", 32.34, -6.36, "MA-05"},
		{"Marrakesh", 31.63, -8, "MA-07"},
		{"Errachidia", 31.93, -4.43, "MA-08"},
		{"Guelmim", 28.98, -10.06, "MA-10"},
		{"Smara", 26.74, -11.67, "MA-11"},
		{"Aousserd", 22.55, -14.33, "MA-12"},
		{"Las Palmas", 28.1, -15.43, ""},
		{"Oran", 35.7, -0.63, ""},
		{"nowhere", math.NaN(), -7, ""},
	} {
		if got := geo.RegionAt(geo.Place{Lat: c.lat, Lon: c.lon}); got != c.want {
			t.Errorf("%s is in %q, want %q", c.name, got, c.want)
		}
	}
}

type side struct{ from, to geo.Place }

// frontier are the sides that bound one region only.
func frontier(t *testing.T) map[side]bool {
	t.Helper()
	out := map[side]bool{}
	for _, r := range geo.Regions() {
		for i, p := range r.Outline {
			s := side{p, r.Outline[(i+1)%len(r.Outline)]}
			if s.from == s.to {
				continue
			}
			if out[s] {
				t.Fatalf("two regions lie on the same side of %v", s)
			}
			if back := (side{s.to, s.from}); out[back] {
				delete(out, back)
			} else {
				out[s] = true
			}
		}
	}
	return out
}

// Where two regions meet they share one line: what is left over is one ring
// around the country, and it holds exactly their areas.
func TestRegions_MeetWithoutGaps(t *testing.T) {
	left := frontier(t)
	next := map[geo.Place]geo.Place{}
	whole := 0.0
	var start geo.Place
	for s := range left {
		if _, twice := next[s.from]; twice {
			t.Fatalf("the frontier touches itself at %v", s.from)
		}
		next[s.from], start = s.to, s.from
		whole += s.from.Lon*s.to.Lat - s.to.Lon*s.from.Lat
	}
	steps := 1
	for at := next[start]; at != start && steps <= len(left); at = next[at] {
		steps++
	}
	if steps != len(left) {
		t.Errorf("one ring has %d of the %d sides of the frontier: there are gaps", steps, len(left))
	}
	parts := 0.0
	for _, r := range geo.Regions() {
		parts += math.Abs(area(r.Outline))
	}
	if math.Abs(math.Abs(whole/2)-parts) > 1e-9 {
		t.Errorf("the country has %v square degrees, its regions %v", math.Abs(whole/2), parts)
	}
	if parts < 60 || parts > 70 { // about 710 000 km2
		t.Errorf("the country has %v square degrees", parts)
	}
}

func area(outline []geo.Place) float64 {
	sum := 0.0
	for i, p := range outline {
		q := outline[(i+1)%len(outline)]
		sum += p.Lon*q.Lat - q.Lon*p.Lat
	}
	return sum / 2
}

// turns is how often an outline goes around a place: another way to ask whether
// the place is inside, slow and plain.
func turns(outline []geo.Place, p geo.Place) float64 {
	sum := 0.0
	for i, a := range outline {
		b := outline[(i+1)%len(outline)]
		ax, ay, bx, by := a.Lon-p.Lon, a.Lat-p.Lat, b.Lon-p.Lon, b.Lat-p.Lat
		sum += math.Atan2(ax*by-bx*ay, ax*bx+ay*by)
	}
	return math.Abs(sum / (2 * math.Pi))
}

func TestRegionAt_AgreesWithTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Place{Lat: rapid.Float64Range(20, 37).Draw(t, "lat"), Lon: rapid.Float64Range(-18, 0).Draw(t, "lon")}
		want := ""
		for _, r := range geo.Regions() {
			if turns(r.Outline, p) > 0.5 {
				want += r.ID // two regions would show
			}
		}
		if got := geo.RegionAt(p); got != want {
			t.Errorf("%v is in %q, want %q", p, got, want)
		}
	})
}

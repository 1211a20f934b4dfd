package geo_test

import (
	"strings"
	"testing"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/geo"
)

func square(id string, x, y float64) record.Spot {
	return record.Spot{ID: id, Outline: record.Corners(x-1, y-1, 2, 2)}
}

func TestNeighbour(t *testing.T) {
	spots := []record.Spot{
		square("region:A", 50, 50), square("region:B", 90, 50),
		square("site:a", 50, 50), square("site:b", 80, 52), square("site:c", 56, 90), square("site:d", 10, 40),
	}
	for _, c := range []struct {
		from string
		to   geo.Direction
		want string
	}{
		{"site:a", geo.Right, "site:b"},
		{"site:a", geo.Down, "site:c"},
		{"site:a", geo.Left, "site:d"},
		{"site:b", geo.Right, "site:b"},
		{"site:b", geo.Left, "site:a"},
		{"region:A", geo.Right, "region:B"},
		{"region:A", geo.Left, "region:A"},
		{"", geo.Up, "site:a"},
		{"site:gone", geo.Up, "site:a"},
	} {
		if got := geo.Neighbour(spots, c.from, c.to); got != c.want {
			t.Errorf("from %q by arrow %d: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	if got := geo.Neighbour(spots[:2], "", geo.Up); got != "region:A" {
		t.Errorf("without sites the first is %q", got)
	}
	if got := geo.Neighbour(nil, "site:a", geo.Up); got != "" {
		t.Errorf("without spots there is %q", got)
	}
}

// By arrows alone every site is reached from every other, and every region.
func TestNeighbour_ReachesEverything(t *testing.T) {
	for _, size := range [][2]float64{{320, 420}, {360, 480}, {500, 600}, {900, 800}} {
		spots := geo.Draw(params(t, size[0], size[1])).Spots
		for _, kind := range []string{"site:", "region:"} {
			var all []string
			for _, s := range spots {
				if strings.HasPrefix(s.ID, kind) {
					all = append(all, s.ID)
				}
			}
			for _, from := range all {
				if n := len(reached(spots, from)); n != len(all) {
					t.Errorf("%v: from %s only %d of %d are reached: %v", size, from, n, len(all), reached(spots, from))
				}
			}
		}
	}
}

func reached(spots []record.Spot, from string) map[string]bool {
	seen, open := map[string]bool{from: true}, []string{from}
	for len(open) > 0 {
		at := open[0]
		open = open[1:]
		for _, to := range []geo.Direction{geo.Left, geo.Right, geo.Up, geo.Down} {
			if next := geo.Neighbour(spots, at, to); !seen[next] {
				seen[next] = true
				open = append(open, next)
			}
		}
	}
	return seen
}

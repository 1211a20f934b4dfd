package geo_test

import (
	"sync"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/rules"
)

var builtIn = sync.OnceValues(func() (*rules.Pack, error) { return rules.Load(assets.PackFiles()) })

func pack(t testing.TB) *rules.Pack {
	t.Helper()
	p, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// packSites are the sites of the built-in pack as of its check.
func packSites(t testing.TB) []geo.Site {
	t.Helper()
	var out []geo.Site
	for _, s := range pack(t).Sites {
		if s.Map == nil {
			t.Fatalf("%s has no place on the map", s.ID)
		}
		kind := geo.Launching
		if s.Kind == rules.KindDataCentre {
			kind = geo.DataCentre
		} else if s.History[len(s.History)-1].Status == rules.Operational {
			kind = geo.Operating
		}
		out = append(out, geo.Site{
			ID: s.ID, Name: s.Name, Said: s.Name + ", " + s.City, Kind: kind,
			At: geo.Place{Lat: s.Map.Lat, Lon: s.Map.Lon},
		})
	}
	return out
}

// params are a map as the program draws it: unemployment by region, three of
// which publish none. The values here are made up.
func params(t testing.TB, width, height float64) geo.Params {
	t.Helper()
	p := geo.Params{
		Width: width, Height: height, TextSize: 12, Title: "Ch\u00f4mage par r\u00e9gion",
		Said: map[string]string{}, Shades: map[string]float64{}, Sites: packSites(t),
		Region: "MA-03", Site: "fes-shore",
		Legend: geo.Legend{
			Title: "Ch\u00f4mage r\u00e9gional, T3 2025", Low: "6,1 %", High: "21,4 %", None: "non publi\u00e9",
			Kinds: [3]string{"en service", "en lancement", "centre de donn\u00e9es"},
		},
		Attribution: "R\u00e9gions \u00a9 OpenStreetMap contributors (ODbL) \u00b7 HCP, T3 2025",
	}
	for i, r := range pack(t).Regions {
		p.Said[r.ISO] = r.Name
		if i%5 != 4 {
			p.Shades[r.ISO] = float64((i*7+2)%12) / 11
		}
	}
	return p
}

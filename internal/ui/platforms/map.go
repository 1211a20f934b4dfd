package platforms

import (
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/rules"
)

// mapTextSize is the height of the names on the map, in design pixels.
const mapTextSize = 12

// mapParams says what to draw: the regions under a statistic, which may be nil,
// and the place that is chosen. Size and look are left to the picture.
func (p *presenter) mapParams(s *statistic, chosen string) geo.Params {
	out := geo.Params{TextSize: mapTextSize, Title: p.t.Text("platforms.map"), Said: map[string]string{}}
	out.Attribution = p.t.Text("platforms.map.source")
	regions := p.d.Pack().Regions
	for i := range regions {
		out.Said[regions[i].ISO] = regions[i].Name
	}
	if s != nil && s.values > 0 {
		p.shadeMap(&out, s)
	}
	for _, site := range p.d.Sites() {
		if site.Map != nil {
			out.Sites = append(out.Sites, p.mapSite(site))
		}
	}
	for i, kind := range []string{rules.Operational, rules.Launching} {
		out.Legend.Kinds[i] = p.t.Text("platforms.status." + kind)
	}
	out.Legend.Kinds[geo.DataCentre] = p.t.Text("platforms.kind." + rules.KindDataCentre)
	if r := p.d.Pack().Region(chosen); r != nil {
		out.Region = r.ISO
	} else if site := p.d.Pack().Site(chosen); site != nil {
		out.Site = chosen
	}
	return out
}

func (p *presenter) shadeMap(out *geo.Params, s *statistic) {
	out.Shades = map[string]float64{}
	for i := range s.ranked {
		at := &s.ranked[i]
		if at.rank > 0 {
			out.Shades[at.region.ISO] = s.shade(at)
		}
		out.Said[at.region.ISO] = p.t.Text("platforms.map.region", "name", at.region.Name, "value", at.said.Value)
		if at.when != "" {
			out.Said[at.region.ISO] = p.t.Text("platforms.map.region.when", "name", at.region.Name, "value", at.said.Value, "when", at.when)
		}
	}
	out.Title = p.title(s)
	out.Legend.Title, out.Legend.None = p.title(s), p.t.Text("datum.none")
	out.Legend.Low, out.Legend.High = p.ends(s)
	if by := p.publishers(s); len(by) > 0 {
		out.Attribution = p.t.Text("platforms.map.sources", "map", out.Attribution, "publishers", strings.Join(by, " ; "))
	}
}

func (p *presenter) mapSite(s *rules.Site) geo.Site {
	st := p.d.StatusOf(s)
	kind, status := geo.Launching, p.status(st).text
	switch {
	case s.Kind == rules.KindDataCentre:
		kind, status = geo.DataCentre, p.t.Text("platforms.copy.state", "status", status, "class", p.class(s, st))
	case st.Status == rules.Operational:
		kind = geo.Operating
	}
	return geo.Site{
		ID: s.ID, Name: s.Name, Kind: kind, At: geo.Place{Lat: s.Map.Lat, Lon: s.Map.Lon},
		Said: p.t.Text("platforms.map.site", "name", s.Name, "city", s.City, "status", status),
	}
}

// draw makes the picture of the map at a size.
func draw(params geo.Params) func(width, height float64, dark bool) *record.Drawing {
	return func(width, height float64, dark bool) *record.Drawing {
		params.Width, params.Height, params.Dark = width, height, dark
		return geo.Draw(params)
	}
}

// arrows are the keys that go from spot to spot.
var arrows = map[fyne.KeyName]geo.Direction{
	fyne.KeyLeft: geo.Left, fyne.KeyRight: geo.Right, fyne.KeyUp: geo.Up, fyne.KeyDown: geo.Down,
}

// spotOf is the spot of a place on the map, "" for one that is not on it.
func (p *presenter) spotOf(place string) string {
	if p.d.Pack().Site(place) != nil {
		return geo.SiteSpot + place
	}
	if r := p.d.Pack().Region(place); r != nil {
		return geo.RegionSpot + r.ISO
	}
	return ""
}

// placeAt is the place of a spot of the map.
func (p *presenter) placeAt(spot string) string {
	if id, is := strings.CutPrefix(spot, geo.SiteSpot); is {
		return id
	}
	iso := strings.TrimPrefix(spot, geo.RegionSpot)
	for _, r := range p.d.Pack().Regions {
		if r.ISO == iso {
			return r.ID
		}
	}
	return ""
}

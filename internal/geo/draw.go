package geo

import (
	"image/color"
	"math"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// Prefixes of the ids of spots: "region:MA-03", "site:fes-shore".
const (
	RegionSpot = "region:"
	SiteSpot   = "site:"
)

// Kind is the mark of a site.
type Kind uint8

// A platform in operation is a disc, one being launched a ring, a data centre a
// square.
const (
	Operating Kind = iota
	Launching
	DataCentre
)

// Site is a point on the map.
type Site struct {
	ID   string // of its spot, without the prefix
	Name string // written beside the point
	Said string // label of its spot
	At   Place
	Kind Kind
}

// Legend is the words of the key. What is empty is left out.
type Legend struct {
	Title     string // what the shades show, with its unit and year
	Low, High string // the values of the palest and of the deepest shade
	None      string // what hatching means: nothing is published
	Kinds     [3]string
}

// Params say what to draw. All texts come in the reader's language.
type Params struct {
	Width, Height float64 // of the drawing
	TextSize      float64 // height of the font of names, pixels; marks go with it
	Dark          bool
	Title         string             // what the picture shows, for a reader who cannot see it
	Said          map[string]string  // region id -> label of its spot
	Shades        map[string]float64 // region id -> 0 palest to 1 deepest; one that is absent is hatched; nil: no shades
	Region        string             // id of the chosen region, "" for none
	Sites         []Site
	Site          string // id of the chosen site, "" for none
	Legend        Legend
	Attribution   string // where the map and the values come from: the licence asks for it
}

// sketch is a drawing under way.
type sketch struct {
	Params
	d      *record.Drawing
	frame  Frame
	land   [][]record.Point // outlines of the regions, in the order of Regions
	room   record.Box       // where marks and names may stand
	taken  []record.Box     // what is in it beside the sites: the key
	points []mark
}

// Draw draws the map. A name that finds no free place, even drawn out by a line,
// is left off the picture; its spot still says it. A site beyond the edge of the
// drawing stands at the edge.
func Draw(p Params) *record.Drawing {
	s := sketch{Params: p, d: &record.Drawing{Width: p.Width, Height: p.Height, Title: p.Title}}
	s.layOut()
	s.drawRegions()
	s.points = s.spread()
	s.drawSites(s.names())
	for i, r := range morocco().regions {
		s.d.AddSpot(RegionSpot+r.ID, s.Said[r.ID], s.land[i])
	}
	for _, m := range s.points {
		s.d.AddSpot(SiteSpot+m.ID, m.Said, circleOf(m.at, s.reach()))
	}
	return s.d
}

// layOut gives every part its room: the source along the bottom, the map as large
// as it can be above it, and the key in a corner that the land leaves free, or
// else under the map.
func (s *sketch) layOut() {
	edge := s.TextSize * 2 / 3
	s.room = record.Box{X0: edge, Y0: edge, X1: s.Width - edge, Y1: s.Height - edge}
	s.room.Y1 = s.drawSource() - s.TextSize/2
	k := s.key()
	s.place(s.room)
	box, free := s.corner(k)
	if !free {
		under := s.room
		under.Y1 -= k.height + s.TextSize/2
		s.place(under)
		box = record.Box{X0: s.room.X1 - k.width, Y0: s.room.Y1 - k.height, X1: s.room.X1, Y1: s.room.Y1}
	}
	if k.height > 0 {
		s.drawKey(k, box)
		s.taken = append(s.taken, box)
	}
}

// place fits the map to a box, with room at the edges for the mark of a site.
func (s *sketch) place(in record.Box) {
	s.frame = Fit(in.Grow(-s.TextSize / 3))
	s.land = s.land[:0]
	for _, r := range morocco().regions {
		s.land = append(s.land, s.frame.line(r.Outline))
	}
}

// corner looks for a corner of the drawing where the key touches no land: the
// desert in the south-east first, then the ocean in the north-west.
func (s *sketch) corner(k key) (record.Box, bool) {
	land := record.Around(s.land...)
	// On a wide drawing the key keeps to the map instead of the far edge.
	right := min(s.room.X1, max(land.X1, s.room.X0+k.width))
	left := max(s.room.X0, min(land.X0, s.room.X1-k.width))
	for _, b := range []record.Box{
		{X0: right - k.width, Y0: s.room.Y1 - k.height, X1: right, Y1: s.room.Y1},
		{X0: left, Y0: s.room.Y0, X1: left + k.width, Y1: s.room.Y0 + k.height},
	} {
		if !s.onLand(b.Grow(s.TextSize)) {
			return b, true
		}
	}
	return record.Box{}, false
}

// drawRegions fills the regions and lines them: thin borders in the colour of the
// ground, a fine edge around the country, the chosen region on top.
func (s *sketch) drawRegions() {
	for i, r := range morocco().regions {
		path := &record.Path{Segs: record.Polygon(s.land[i]...), Stroke: look.Surface.Of(s.Dark), Width: 1.2}
		path.Fill, path.Hatch = s.fill(r.ID)
		s.d.Add(path)
	}
	for _, line := range morocco().around {
		s.d.Add(record.Stroked(record.Polyline(s.frame.line(line)...), mix(look.PrimarySoft, look.Primary, s.Dark, 0.5), 0.9))
	}
	for i, r := range morocco().regions {
		if r.ID == s.Region {
			s.d.Add(record.Stroked(record.Polygon(s.land[i]...), look.Primary.Of(s.Dark), 2.2))
		}
	}
}

// shadeSteps is how many shades are told apart: more could not be read off a key.
const shadeSteps = 5

// deepest is how far the deepest shade goes from the soft to the full primary.
// The names in ink and the marks in full primary are still read on it.
const (
	deepestLight = 0.45
	deepestDark  = 0.36
)

// shade is the colour of a value between 0 and 1.
func shade(value float64, dark bool) color.NRGBA {
	step := math.Floor(min(max(value, 0), 1) * shadeSteps)
	part := min(step, shadeSteps-1) / (shadeSteps - 1)
	if dark {
		return mix(look.PrimarySoft, look.Primary, true, part*deepestDark)
	}
	return mix(look.PrimarySoft, look.Primary, false, part*deepestLight)
}

func (s *sketch) fill(region string) (fill, hatch color.NRGBA) {
	value, known := s.Shades[region]
	switch {
	case s.Shades == nil:
		return look.PrimarySoft.Of(s.Dark), color.NRGBA{}
	case !known || math.IsNaN(value):
		return look.Background.Of(s.Dark), mix(look.Edge, look.Muted, s.Dark, 0.35)
	default:
		return shade(value, s.Dark), color.NRGBA{}
	}
}

// mix is a colour part of the way between two.
func mix(from, to look.Pair, dark bool, part float64) color.NRGBA {
	a, b := from.Of(dark), to.Of(dark)
	between := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*part)) }
	return color.NRGBA{R: between(a.R, b.R), G: between(a.G, b.G), B: between(a.B, b.B), A: 0xff}
}

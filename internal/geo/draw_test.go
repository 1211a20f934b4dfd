package geo_test

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/look"
)

func texts(d *record.Drawing) (names, others []*record.Text) {
	for _, m := range d.Marks {
		if text, ok := m.(*record.Text); ok && text.Bold {
			names = append(names, text)
		} else if ok {
			others = append(others, text)
		}
	}
	return names, others
}

// middle of the spot of a site: its sign is there.
func middle(s record.Spot) record.Point {
	var p record.Point
	for _, q := range s.Outline {
		p.X += q.X / float64(len(s.Outline))
		p.Y += q.Y / float64(len(s.Outline))
	}
	return p
}

func siteSpots(d *record.Drawing) map[string]record.Point {
	out := map[string]record.Point{}
	for _, s := range d.Spots {
		if id, ok := strings.CutPrefix(s.ID, "site:"); ok {
			out[id] = middle(s)
		}
	}
	return out
}

// tidy says what is wrong with a drawing, "" if nothing: a text over another, over
// a sign or off the drawing, a site that cannot be picked.
func tidy(p geo.Params, d *record.Drawing) string {
	names, others := texts(d)
	all := append(append([]*record.Text{}, names...), others...)
	page := record.Box{X1: p.Width, Y1: p.Height}
	for i, a := range all {
		if !a.Box().In(page) {
			return fmt.Sprintf("%q leaves the drawing: %v", a.Text, a.Box())
		}
		for _, b := range all[:i] {
			if a.Box().Overlaps(b.Box()) {
				return fmt.Sprintf("%q lies over %q", a.Text, b.Text)
			}
		}
	}
	for id, at := range siteSpots(d) {
		sign := record.Box{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}.Grow(p.TextSize * 0.46)
		if !sign.In(page) {
			return id + " stands off the drawing"
		}
		for _, a := range all {
			if a.Box().Overlaps(sign) {
				return fmt.Sprintf("%q lies over %s", a.Text, id)
			}
		}
		if got, _ := d.At(at); got.ID != "site:"+id {
			return fmt.Sprintf("pointing at %s picks %q", id, got.ID)
		}
	}
	return ""
}

func TestDraw_IsTidyWithAnyNames(t *testing.T) {
	base := params(t, 0, 0)
	rapid.Check(t, func(t *rapid.T) {
		p := base
		p.Width, p.Height = rapid.Float64Range(320, 900).Draw(t, "width"), rapid.Float64Range(420, 800).Draw(t, "height")
		p.TextSize = rapid.Float64Range(10, 18).Draw(t, "size")
		p.Sites = append([]geo.Site{}, base.Sites...)
		for i := range p.Sites {
			p.Sites[i].Name = strings.Repeat("wi ", rapid.IntRange(0, 20).Draw(t, "length"))
		}
		p.Site = p.Sites[rapid.IntRange(0, len(p.Sites)-1).Draw(t, "chosen")].ID
		if rapid.Bool().Draw(t, "plain") {
			p.Shades = nil
		}
		d := geo.Draw(p)
		if wrong := tidy(p, d); wrong != "" {
			t.Error(wrong)
		}
		if len(siteSpots(d)) != len(p.Sites) {
			t.Error("a site has no spot")
		}
	})
}

// No name of the pack is left out or cut at the size the program draws.
func TestDraw_ShowsEveryNameOfThePack(t *testing.T) {
	base := params(t, 0, 0)
	rapid.Check(t, func(t *rapid.T) {
		p := base
		p.Width, p.Height = rapid.Float64Range(320, 900).Draw(t, "width"), rapid.Float64Range(420, 800).Draw(t, "height")
		p.Site = rapid.SampledFrom(p.Sites).Draw(t, "chosen").ID
		names, _ := texts(geo.Draw(p))
		written := map[string]bool{}
		for _, n := range names {
			written[n.Text] = true
		}
		for _, s := range p.Sites {
			if !written[s.Name] {
				t.Errorf("%s is not on the map of %v by %v", s.ID, p.Width, p.Height)
			}
		}
	})
}

// A name lies over the sea or its own region where there is such a place: over
// another it would seem to be that one's.
func TestDraw_NamesKeepToTheirRegion(t *testing.T) {
	base := params(t, 0, 0)
	for _, size := range [][2]float64{{500, 600}, {490, 500}, {620, 720}, {720, 820}, {786, 860}} {
		for _, chosen := range base.Sites {
			p := base
			p.Width, p.Height, p.Site = size[0], size[1], chosen.ID
			d := geo.Draw(p)
			regions := record.Drawing{Width: d.Width, Height: d.Height}
			for _, s := range d.Spots {
				if strings.HasPrefix(s.ID, geo.RegionSpot) {
					regions.Spots = append(regions.Spots, s)
				}
			}
			names, _ := texts(d)
			for _, n := range names {
				if n.Text != "Casablanca Tech Valley" && n.Text != "Casanearshore" {
					continue
				}
				b := n.Box()
				for i := range 5 {
					at := record.Point{X: b.X0 + (b.X1-b.X0)*float64(i)/4, Y: (b.Y0 + b.Y1) / 2}
					if on, _ := regions.At(at); on.ID != "" && on.ID != geo.RegionSpot+"MA-06" {
						t.Errorf("%v, %s chosen: %s lies over %s", size, chosen.ID, n.Text, on.ID)
					}
				}
			}
		}
	}
}

// Sites at one point come apart, each near where it is.
func TestDraw_FansSitesApart(t *testing.T) {
	p := params(t, 500, 600)
	p.Sites = nil
	for i := range 6 {
		p.Sites = append(p.Sites, geo.Site{ID: fmt.Sprint(i), Name: "N", At: geo.Place{Lat: 33.5, Lon: -7.6}})
	}
	at := siteSpots(geo.Draw(p))
	for a, pa := range at {
		for b, pb := range at {
			if far := math.Hypot(pa.X-pb.X, pa.Y-pb.Y); a != b && (far < 20 || far > 160) {
				t.Errorf("%s and %s are %.1f apart", a, b, far)
			}
		}
	}
}

func TestDraw_EdgeCases(t *testing.T) {
	far := params(t, 500, 600)
	far.Sites = []geo.Site{{ID: "pole", Name: "Pole", At: geo.Place{Lat: 90, Lon: 0}}, {ID: "date", Name: "Line", At: geo.Place{Lat: -90, Lon: 180}}}
	bare := geo.Params{Width: 400, Height: 500, TextSize: 12}
	for name, p := range map[string]geo.Params{"far sites": far, "nothing but the land": bare} {
		if wrong := tidy(p, geo.Draw(p)); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
	for _, size := range [][2]float64{{0, 0}, {1, 1}, {30, 900}, {-5, 20}} {
		p := params(t, size[0], size[1])
		pixels.Paint(geo.Draw(p), 1) // too small to be tidy; it must come back
	}
}

func TestDraw_SameEveryTime(t *testing.T) {
	p := params(t, 500, 600)
	if a, b := geo.Draw(p), geo.Draw(p); !reflect.DeepEqual(a, b) {
		t.Error("two drawings of the same differ")
	}
}

func TestDraw_Spots(t *testing.T) {
	p := params(t, 500, 600)
	d := geo.Draw(p)
	if len(d.Spots) != 12+len(p.Sites) || d.Title != p.Title {
		t.Fatalf("%d spots, title %q", len(d.Spots), d.Title)
	}
	frame := map[string]string{"region:MA-08": p.Said["MA-08"], "site:fes-shore": ""}
	for _, s := range p.Sites {
		if s.ID == "fes-shore" {
			frame["site:fes-shore"] = s.Said
		}
	}
	for _, s := range d.Spots {
		if want, ok := frame[s.ID]; ok && (s.Label != want || want == "") {
			t.Errorf("%s is said %q, want %q", s.ID, s.Label, want)
		}
		delete(frame, s.ID)
	}
	if len(frame) > 0 {
		t.Errorf("no spot for %v", frame)
	}
}

// fills gives the paths of the twelve regions in the order of their ids.
func fills(d *record.Drawing) []*record.Path {
	var out []*record.Path
	for _, m := range d.Marks {
		if path, ok := m.(*record.Path); ok && len(path.Segs) > 20 && path.Fill.A > 0 {
			out = append(out, path)
		}
	}
	return out
}

func TestDraw_HatchesWhatIsNotPublished(t *testing.T) {
	p := params(t, 500, 600)
	p.Shades = map[string]float64{"MA-01": 0, "MA-02": math.NaN(), "MA-03": 7, "MA-04": 1}
	paths := fills(geo.Draw(p))
	if len(paths) != 12 {
		t.Fatalf("%d regions are filled", len(paths))
	}
	for i, path := range paths {
		if published := i == 0 || i == 2 || i == 3; (path.Hatch.A == 0) != published {
			t.Errorf("region %d: hatched %v", i+1, path.Hatch)
		}
	}
	if paths[2].Fill != paths[3].Fill || paths[0].Fill == paths[3].Fill {
		t.Errorf("shades are %v %v %v", paths[0].Fill, paths[2].Fill, paths[3].Fill)
	}
	p.Shades = nil
	for i, path := range fills(geo.Draw(p)) {
		if path.Hatch.A != 0 {
			t.Errorf("region %d is hatched on a map without shades", i+1)
		}
	}
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func TestDraw_ShadesCarryTextAndDiffer(t *testing.T) {
	for _, dark := range []bool{false, true} {
		p := params(t, 500, 600)
		p.Dark = dark
		var before color.NRGBA
		for step := range 5 {
			p.Shades = map[string]float64{"MA-01": float64(step) / 4}
			c := fills(geo.Draw(p))[0].Fill
			if got := contrast(look.Ink.Of(dark), c); got < 4.5 {
				t.Errorf("dark %v: names on shade %d have contrast %.2f", dark, step, got)
			}
			if got := contrast(look.Primary.Of(dark), c); got < 2.5 { // each sign has a rim of the ground as well
				t.Errorf("dark %v: signs on shade %d have contrast %.2f", dark, step, got)
			}
			if got := contrast(before, c); step > 0 && got < 1.1 {
				t.Errorf("dark %v: shades %d and %d differ by %.2f only", dark, step-1, step, got)
			}
			before = c
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	p := params(b, 500, 600)
	for b.Loop() {
		geo.Draw(p)
	}
}

func BenchmarkDrawAndPaint(b *testing.B) {
	p := params(b, 500, 600)
	for b.Loop() {
		pixels.Paint(geo.Draw(p), 1)
	}
}

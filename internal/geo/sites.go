package geo

import (
	"math"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// mark is a site where it is drawn: at is apart from home where another site
// stands too near.
type mark struct {
	Site
	home, at record.Point
	radius   float64 // of the sign, its ring included
	chosen   bool
}

func (m mark) box() record.Box {
	return record.Box{X0: m.at.X, Y0: m.at.Y, X1: m.at.X, Y1: m.at.Y}.Grow(m.radius)
}

// moved says whether the sign is so far from the place it stands for that a line
// has to say so.
func (m mark) moved() bool { return distance(m.home, m.at) > 1.3*m.radius }

func distance(a, b record.Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// reach is how far from a site the pointer still means it.
func (s *sketch) reach() float64 { return s.TextSize * 0.85 }

// Rounds of pushing: a dozen sites at one point come apart within these.
const rounds = 120

// spread gives every site a place of its own: those nearer than they can be told
// apart push each other away, evenly, until no pointer can mean two.
func (s *sketch) spread() []mark {
	points := make([]mark, len(s.Sites))
	for i, site := range s.Sites {
		at := s.inside(s.frame.Project(site.At))
		points[i] = mark{Site: site, home: at, at: at, radius: s.TextSize * 0.5}
		if site.ID == s.Site {
			points[i].chosen, points[i].radius = true, s.TextSize*0.95
		}
	}
	for range rounds {
		near := false
		for i := range points {
			for j := range points[:i] {
				near = s.push(&points[j], &points[i]) || near
			}
		}
		if !near {
			break
		}
	}
	return points
}

// push moves two marks apart if they are too near, and says whether they were.
// They move more in height than in width, because names lie flat, and further
// where they share a place, so that the lines back to it are seen.
func (s *sketch) push(a, b *mark) bool {
	apart := 2*s.reach() + 1
	if distance(a.home, b.home) < s.reach() {
		apart *= 1.25
	}
	gap := apart - distance(a.at, b.at)
	if gap <= 0 {
		return false
	}
	dx, dy := b.at.X-a.at.X, b.at.Y-a.at.Y
	if gap > apart/2 {
		dy *= 2
	}
	far := math.Hypot(dx, dy)
	if far < 0.01 { // the same point: the second goes below
		dx, dy, far = 0, 1, 1
	}
	gap = gap/2 + 0.05 // a little more, or rounding would leave them nearer for ever
	dx, dy = dx/far*gap, dy/far*gap
	a.at = s.inside(record.Point{X: a.at.X - dx, Y: a.at.Y - dy})
	b.at = s.inside(record.Point{X: b.at.X + dx, Y: b.at.Y + dy})
	return true
}

// inside keeps a mark on the drawing.
func (s *sketch) inside(p record.Point) record.Point {
	r := s.TextSize * 0.6
	return record.Point{
		X: max(s.room.X0+r, min(p.X, s.room.X1-r)),
		Y: max(s.room.Y0+r, min(p.Y, s.room.Y1-r)),
	}
}

// drawSites draws lines first, then signs, then names, so that no line runs over
// a sign and nothing over a name.
func (s *sketch) drawSites(names []name) {
	thin := look.Ink.Of(s.Dark)
	thin.A = 0xb0
	for _, m := range s.points {
		if m.moved() {
			s.d.Add(record.Stroked(record.Polyline(m.home, m.at), thin, 0.9))
		}
	}
	for _, n := range names {
		if n.leads {
			s.d.Add(record.Stroked(record.Polyline(n.from, n.to), thin, 0.9))
		}
	}
	for _, m := range s.points {
		s.drawSign(m)
	}
	halo := look.Surface.Of(s.Dark)
	halo.A = 0xc8
	for _, n := range names {
		s.d.Add(&record.Text{
			At: n.base, Text: n.text, Size: s.TextSize, Bold: true, Color: look.Ink.Of(s.Dark), Halo: halo,
		})
	}
}

// drawSign draws the sign of a site; the chosen one is larger, in a ring.
func (s *sketch) drawSign(m mark) {
	r := s.TextSize * 0.46
	if m.chosen {
		r *= 1.3
		ring := &record.Path{
			Segs: record.Circle(m.at.X, m.at.Y, m.radius-1.1), Width: 2.2,
			Fill: look.Surface.Of(s.Dark), Stroke: look.Accent.Of(s.Dark),
		}
		s.d.Add(ring)
	}
	s.d.Add(s.sign(m.Kind, m.at, r)...)
}

// sign is the mark of a kind, r from the centre to its edge, on a rim of the
// ground's colour that sets it off from what lies below.
func (s *sketch) sign(k Kind, at record.Point, r float64) []record.Mark {
	ground, ink := look.Surface.Of(s.Dark), look.Primary.Of(s.Dark)
	circle := func(r float64) []record.Seg { return record.Circle(at.X, at.Y, r) }
	square := func(r float64) []record.Seg { return record.Rect(at.X-r, at.Y-r, 2*r, 2*r) }
	switch k {
	case Launching:
		line := r * 0.36
		return []record.Mark{
			record.Filled(circle(r+1.2), ground),
			&record.Path{Segs: circle(r - line/2), Fill: ground, Stroke: ink, Width: line},
		}
	case DataCentre:
		r *= 0.88
		return []record.Mark{record.Filled(square(r+1.2), ground), record.Filled(square(r), ink)}
	default:
		return []record.Mark{record.Filled(circle(r+1.2), ground), record.Filled(circle(r), ink)}
	}
}

// ringPoints make an outline that a pointer cannot tell from a circle.
const ringPoints = 16

func circleOf(at record.Point, r float64) []record.Point {
	out := make([]record.Point, ringPoints)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / ringPoints)
		out[i] = record.Point{X: at.X + r*cos, Y: at.Y + r*sin}
	}
	return out
}

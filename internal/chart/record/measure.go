package record

import (
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"atlasp2i/assets"
)

// glyph is one letter of a font, in parts of the font's height.
type glyph struct {
	advance float64
	segs    []Seg
}

// face is an embedded font with the letters met so far. A letter is as wide as
// the font says: no hinting and no kerning, so that every painter agrees.
type face struct {
	font   *sfnt.Font
	em     float64 // units per height of the font
	mu     sync.RWMutex
	buf    sfnt.Buffer
	glyphs map[rune]*glyph
}

var (
	regular = sync.OnceValue(func() *face { return load(assets.FontRegular) })
	bold    = sync.OnceValue(func() *face { return load(assets.FontBold) })
)

// load reads an embedded font; one that cannot be read is an error of the build.
func load(data []byte) *face {
	f, err := sfnt.Parse(data)
	if err != nil {
		panic(err)
	}
	return &face{font: f, em: float64(f.UnitsPerEm()), glyphs: map[rune]*glyph{}}
}

func faceOf(isBold bool) *face {
	if isBold {
		return bold()
	}
	return regular()
}

func (f *face) glyph(r rune) *glyph {
	f.mu.RLock()
	g := f.glyphs[r]
	f.mu.RUnlock()
	if g != nil {
		return g
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if g = f.glyphs[r]; g == nil {
		g = f.read(r)
		f.glyphs[r] = g
	}
	return g
}

// read takes a letter from the font, or the font's box for a missing one. The
// tables of the embedded fonts are sound (the tests read them all), so an error
// leaves no more than a blank.
func (f *face) read(r rune) *glyph {
	index, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return &glyph{}
	}
	size := fixed.I(int(f.em))
	advance, err := f.font.GlyphAdvance(&f.buf, index, size, font.HintingNone)
	if err != nil {
		return &glyph{}
	}
	g := &glyph{advance: f.part(advance)}
	steps, err := f.font.LoadGlyph(&f.buf, index, size, nil)
	if err != nil {
		return g
	}
	g.segs = f.outline(steps)
	return g
}

func (f *face) part(v fixed.Int26_6) float64 { return float64(v) / 64 / f.em }

func (f *face) outline(steps sfnt.Segments) []Seg {
	segs := make([]Seg, 0, len(steps)+4)
	var at Point
	point := func(p fixed.Point26_6) Point { return Point{f.part(p.X), f.part(p.Y)} }
	for _, s := range steps {
		a, b, c := point(s.Args[0]), point(s.Args[1]), point(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(segs) > 0 {
				segs = append(segs, Seg{Op: Close})
			}
			segs, at = append(segs, MoveTo(a.X, a.Y)), a
		case sfnt.SegmentOpLineTo:
			segs, at = append(segs, LineTo(a.X, a.Y)), a
		case sfnt.SegmentOpQuadTo:
			segs, at = append(segs, QuadTo(at, a, b)), b
		case sfnt.SegmentOpCubeTo:
			segs, at = append(segs, CubicTo(a, b, c)), c
		}
	}
	if len(segs) > 0 {
		segs = append(segs, Seg{Op: Close})
	}
	return segs
}

// QuadTo is the cubic of the same shape as a curve with one control point.
func QuadTo(from, control, to Point) Seg {
	return CubicTo(
		Point{from.X + 2.0/3*(control.X-from.X), from.Y + 2.0/3*(control.Y-from.Y)},
		Point{to.X + 2.0/3*(control.X-to.X), to.Y + 2.0/3*(control.Y-to.Y)}, to)
}

// Measure is the width of a text, in the unit of its size. It is exact: what a
// painter draws is as wide.
func Measure(text string, size float64, isBold bool) float64 {
	f, width := faceOf(isBold), 0.0
	for _, r := range text {
		width += f.glyph(r).advance
	}
	return width * size
}

// metrics are in parts of the size. The font says how much room a line wants;
// its figure for capitals is that of all scripts together, so the letters
// themselves say how high a capital stands and how deep a tail hangs.
var metrics = sync.OnceValue(func() (m struct{ ascent, descent, capital, tail float64 }) {
	f := regular()
	m.capital, m.tail = f.reach('H', -1), f.reach('g', 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	read, err := f.font.Metrics(&f.buf, fixed.I(int(f.em)), font.HintingNone)
	if err != nil {
		panic(err)
	}
	m.ascent, m.descent = f.part(read.Ascent), f.part(read.Descent)
	return m
})

// reach is how far a letter goes from the base line, down for a sign of 1 and up
// for -1.
func (f *face) reach(r rune, sign float64) (far float64) {
	for _, s := range f.glyph(r).segs {
		for _, p := range s.P {
			far = max(far, p.Y*sign)
		}
	}
	return far
}

// Ascent is how far a font of a size reaches above the base line, accents
// included.
func Ascent(size float64) float64 { return metrics().ascent * size }

// Descent is how far a font of a size reaches below the base line.
func Descent(size float64) float64 { return metrics().descent * size }

// Height is a line of text from top to bottom: Ascent and Descent.
func Height(size float64) float64 { return Ascent(size) + Descent(size) }

// CapHeight is the height of a capital letter or a figure: half of it below a
// centre line is where a text looks centred.
func CapHeight(size float64) float64 { return metrics().capital * size }

// Fit is the text, or as much of its start with three dots as is not wider than
// width; nothing where not even the dots have room.
func Fit(text string, size float64, isBold bool, width float64) string {
	if Measure(text, size, isBold) <= width {
		return text
	}
	const dots = "\u2026"
	left := width - Measure(dots, size, isBold)
	if left < 0 {
		return ""
	}
	f := faceOf(isBold)
	for i, r := range text {
		if left -= f.glyph(r).advance * size; left < 0 {
			for i > 0 && text[i-1] == ' ' {
				i--
			}
			return text[:i] + dots
		}
	}
	return text
}

// Start is where the base line of a text begins, its anchor and angle applied.
func (t *Text) Start() Point {
	back := 0.0
	switch t.Anchor {
	case Middle:
		back = Measure(t.Text, t.Size, t.Bold) / 2
	case End:
		back = Measure(t.Text, t.Size, t.Bold)
	}
	s, c := math.Sincos(t.Angle)
	return Point{t.At.X - back*c, t.At.Y - back*s}
}

// Outline is the letters of a text as one path, where the text stands.
func (t *Text) Outline() []Seg {
	f, from := faceOf(t.Bold), t.Start()
	s, c := math.Sincos(t.Angle)
	s, c = s*t.Size, c*t.Size
	pen := 0.0
	segs := make([]Seg, 0, 24*len(t.Text))
	for _, r := range t.Text {
		g := f.glyph(r)
		for _, seg := range g.segs {
			for i, p := range seg.P {
				x := p.X + pen
				seg.P[i] = Point{from.X + x*c - p.Y*s, from.Y + x*s + p.Y*c}
			}
			segs = append(segs, seg)
		}
		pen += g.advance
	}
	return segs
}

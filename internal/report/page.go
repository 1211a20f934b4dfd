package report

import (
	"image/color"
	"math"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/report/arabic"
)

// A4 and its margins, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	side       = 18.0 // margin on each side
	innerWidth = pageWidth - 2*side
	firstTop   = 16.0
	nextTop    = 26.0 // below the line at the head of a page
	headLine   = 15.0 // its base line
	footRule   = 18.0 // from the lower edge
)

// page is one sheet before it is written: marks in millimetres, and what is no
// mark. Places count from the side where reading begins.
type page struct {
	setter
	record.Drawing
	ghosts   []ghost
	pictures []picture
}

// ghost is text that is drawn as outlines, to be found and copied: where it
// begins on the page, from the left, how wide it stands, and its letters from
// left to right.
type ghost struct {
	at    record.Point
	width float64
	text  string
	style style
}

// picture is a drawing with a scale of its own.
type picture struct {
	drawing     *record.Drawing
	x, y, width float64 // from the left
}

func newPage(s setter) *page {
	return &page{setter: s, Drawing: record.Drawing{Width: pageWidth, Height: pageHeight}}
}

// left is where a box that is so wide begins, counted from the left edge.
func (p *page) left(x, width float64) float64 {
	if p.fromRight {
		return pageWidth - x - width
	}
	return x
}

// words sets one line with its base line at y, from x towards the end of the line.
func (p *page) words(x, y float64, text string, st style) {
	width := p.width(text, st)
	p.set(record.Point{X: p.left(x, width), Y: y}, 0, text, st)
}

// wordsTo sets one line that ends at x.
func (p *page) wordsTo(x, y float64, text string, st style) {
	p.words(x-p.width(text, st), y, text, st)
}

// lines sets lines below each other, from the top of the first.
func (p *page) lines(x, top float64, lines []string, st style) {
	for i, l := range lines {
		p.words(x, st.baseline(top+st.height(i)), l, st)
	}
}

// linesTo is lines that end at x.
func (p *page) linesTo(x, top float64, lines []string, st style) {
	for i, l := range lines {
		p.wordsTo(x, st.baseline(top+st.height(i)), l, st)
	}
}

// figures are the lines of one of several numbers below each other, the widest of
// which is so wide.
type figures struct {
	lines []string
	block float64
}

// numbers sets figures in a column that ends at x. Their last digits stand below
// each other in every language, since digits are read from the left in all.
func (p *page) numbers(x, top float64, f figures, st style) {
	if p.fromRight {
		p.lines(x-f.block, top, f.lines, st)
		return
	}
	p.linesTo(x, top, f.lines, st)
}

// set puts a line on the page: at is its left end on the base line, angle in
// radians, clockwise.
func (p *page) set(at record.Point, angle float64, text string, st style) {
	if text == "" {
		return
	}
	if !p.shaped(text) {
		p.Add(&record.Text{At: at, Text: text, Size: st.size, Bold: st.bold, Color: st.color, Angle: angle})
		return
	}
	sin, cos := math.Sincos(angle)
	for _, run := range arabic.Line(text, st.bold, p.fromRight) {
		from := record.Point{X: at.X + run.X*st.size*cos, Y: at.Y + run.X*st.size*sin}
		if run.Segs == nil {
			p.Add(&record.Text{At: from, Text: run.Text, Size: st.size, Bold: st.bold, Color: st.color, Angle: angle})
			continue
		}
		segs := make([]record.Seg, len(run.Segs))
		for i, s := range run.Segs {
			for j, q := range s.P {
				s.P[j] = record.Point{X: from.X + (q.X*cos-q.Y*sin)*st.size, Y: from.Y + (q.X*sin+q.Y*cos)*st.size}
			}
			segs[i] = s
		}
		p.Add(record.Filled(segs, st.color))
		if angle == 0 {
			p.ghosts = append(p.ghosts, ghost{from, run.Width * st.size, run.Text, st})
		}
	}
}

// rule is a line across.
func (p *page) rule(x, y, width, thick float64, c color.NRGBA) {
	p.Add(record.Filled(record.Rect(p.left(x, width), y-thick/2, width, thick), c))
}

// box is a filled area.
func (p *page) box(x, y, width, height float64, c color.NRGBA) {
	p.Add(record.Filled(record.Rect(p.left(x, width), y, width, height), c))
}

// draw puts a chart or a map on the page, never mirrored: its words are joined,
// its shapes are those of the screen.
func (p *page) draw(d *record.Drawing, x, y, width float64) {
	p.pictures = append(p.pictures, picture{joined(d), p.left(x, width), y, width})
}

// joined is a drawing whose words from the right are outlines.
func joined(d *record.Drawing) *record.Drawing {
	out := &record.Drawing{Width: d.Width, Height: d.Height}
	for _, m := range d.Marks {
		t, ok := m.(*record.Text)
		if !ok || !arabic.Has(t.Text) {
			out.Add(m)
			continue
		}
		inner := page{setter: setter{fromRight: true}}
		width := inner.width(t.Text, style{size: t.Size, bold: t.Bold})
		back := map[record.Anchor]float64{record.Middle: width / 2, record.End: width}[t.Anchor]
		sin, cos := math.Sincos(t.Angle)
		inner.set(record.Point{X: t.At.X - back*cos, Y: t.At.Y - back*sin}, t.Angle, t.Text, style{t.Size, t.Bold, t.Color})
		out.Add(inner.Marks...)
	}
	return out
}

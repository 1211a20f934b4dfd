package geo

import (
	"strings"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// small is the font of the key and of the source, in parts of that of names.
const small = 0.92

// key is the legend, measured before it has a place.
type key struct {
	width, height float64
	title         []string // lines
	kinds         []Kind
}

// mostOfWidth of the drawing is what the key may take.
const mostOfWidth = 0.5

// key measures the legend. Its sizes are zero where it has nothing to say.
func (s *sketch) key() key {
	size, line := s.TextSize*small, s.line()
	most := (s.room.X1 - s.room.X0) * mostOfWidth
	var k key
	wide := func(text string, indent float64) {
		k.width = max(k.width, min(most, indent+record.Measure(text, size, false)))
	}
	if s.Shades != nil {
		k.width = min(most, 9*s.TextSize)
		wide(s.Legend.Low+"    "+s.Legend.High, 0)
		k.height += s.TextSize*0.8 + line
		if s.Legend.None != "" && s.anyUnknown() {
			wide(s.Legend.None, s.indent())
			k.height += line
		}
		k.title = evenly(s.Legend.Title, size, max(k.width, most))
		for _, t := range k.title {
			wide(t, 0)
		}
		k.height += float64(len(k.title)) * line
	}
	for kind, text := range s.Legend.Kinds {
		if text != "" && s.has(Kind(kind)) {
			k.kinds = append(k.kinds, Kind(kind))
			wide(text, s.indent())
			k.height += line
		}
	}
	if s.Shades != nil && len(k.kinds) > 0 {
		k.height += line / 3
	}
	return k
}

func (s *sketch) line() float64   { return s.TextSize * 1.4 }
func (s *sketch) indent() float64 { return s.TextSize * 2 }

func (s *sketch) has(k Kind) bool {
	for _, site := range s.Sites {
		if site.Kind == k {
			return true
		}
	}
	return false
}

func (s *sketch) anyUnknown() bool {
	for _, r := range morocco().regions {
		if _, known := s.Shades[r.ID]; !known {
			return true
		}
	}
	return false
}

// pen writes the lines of the key from top to bottom.
type pen struct {
	*sketch
	box record.Box
	y   float64
}

func (s *sketch) drawKey(k key, box record.Box) {
	p := pen{sketch: s, box: box, y: box.Y0}
	for _, t := range k.title {
		p.text(t, box.X0, record.Start)
		p.y += s.line()
	}
	if s.Shades != nil {
		p.shades()
		if len(k.kinds) > 0 {
			p.y += s.line() / 3
		}
	}
	for _, kind := range k.kinds {
		at := record.Point{X: box.X0 + s.indent()*0.35, Y: p.y + s.line()/2}
		s.d.Add(s.sign(kind, at, s.TextSize*0.4)...)
		p.text(s.Legend.Kinds[kind], box.X0+s.indent(), record.Start)
		p.y += s.line()
	}
}

// shades draws the ramp, its two ends, and what hatching means.
func (p *pen) shades() {
	high, step := p.TextSize*0.8, (p.box.X1-p.box.X0)/shadeSteps
	for i := range shadeSteps {
		value := (float64(i) + 0.5) / shadeSteps
		p.d.Add(record.Filled(record.Rect(p.box.X0+float64(i)*step, p.y, step-1, high), shade(value, p.Dark)))
	}
	p.y += high
	p.text(p.Legend.Low, p.box.X0, record.Start)
	p.text(p.Legend.High, p.box.X1-1, record.End)
	p.y += p.line()
	if p.Legend.None == "" || !p.anyUnknown() {
		return
	}
	fill, hatch := p.fill("")
	p.d.Add(&record.Path{
		Segs: record.Rect(p.box.X0, p.y+(p.line()-high)/2, p.indent()*0.7, high), Fill: fill, Hatch: hatch,
	})
	p.text(p.Legend.None, p.box.X0+p.indent(), record.Start)
	p.y += p.line()
}

// text writes in the line that the pen is at, cut where the key ends.
func (p *pen) text(t string, x float64, anchor record.Anchor) {
	size := p.TextSize * small
	width := p.box.X1 - x
	if anchor == record.End {
		width = x - p.box.X0
	}
	p.d.Add(&record.Text{
		At:   record.Point{X: x, Y: p.y + (p.line()+record.CapHeight(size))/2},
		Text: record.Fit(t, size, false, width+0.5), Size: size, Color: look.Muted.Of(p.Dark), Anchor: anchor,
	})
}

// drawSource writes the line that the licence asks for along the bottom, broken
// where it has to be, and gives the height where the rest may end.
func (s *sketch) drawSource() float64 {
	size := s.TextSize * small
	lines := evenly(s.Attribution, size, s.room.X1-s.room.X0)
	top := s.room.Y1 - float64(len(lines))*s.line()
	for i, t := range lines {
		s.d.Add(&record.Text{
			At:   record.Point{X: s.room.X0, Y: top + float64(i+1)*s.line() - record.Descent(size)*0.8},
			Text: t, Size: size, Color: look.Muted.Of(s.Dark),
		})
	}
	return top
}

// evenly wraps a text into lines of about one length: no last word stands alone.
func evenly(text string, size, width float64) []string {
	lines := wrap(text, size, width)
	for narrow := width - size; narrow > width/2; narrow -= size / 2 {
		tried := wrap(text, size, narrow)
		if len(tried) > len(lines) || strings.Join(tried, " ") != strings.Join(lines, " ") {
			break
		}
		lines = tried
	}
	return lines
}

// wrap breaks a text at its spaces into lines that are not wider than that. A
// word that is wider alone is cut.
func wrap(text string, size, width float64) []string {
	var lines []string
	for _, word := range strings.Split(text, " ") {
		if n := len(lines); n > 0 && record.Measure(lines[n-1]+" "+word, size, false) <= width {
			lines[n-1] += " " + word
		} else if fitted := record.Fit(word, size, false, width); fitted != "" {
			lines = append(lines, fitted)
		}
	}
	return lines
}

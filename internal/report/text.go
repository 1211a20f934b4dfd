package report

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
	"atlasp2i/internal/report/arabic"
)

const point = 25.4 / 72 // of a printer, in millimetres

// style is how words are set. Sizes are millimetres.
type style struct {
	size  float64
	bold  bool
	color color.NRGBA
}

func (s style) strong() style                { s.bold = true; return s }
func (s style) in(c color.NRGBA) style       { s.color = c; return s }
func (s style) sized(points float64) style   { s.size = points * point; return s }
func (s style) leading() float64             { return 1.42 * s.size }
func (s style) height(lines int) float64     { return float64(lines) * s.leading() }
func (s style) baseline(top float64) float64 { return top + s.leading()/2 + record.CapHeight(s.size)/2 }

// Styles of the paper.
var (
	body    = style{size: 9.5 * point, color: look.Ink.Light}
	small   = style{size: 8 * point, color: look.Muted.Light}
	title   = style{size: 21 * point, bold: true, color: look.Ink.Light}
	part    = style{size: 12.5 * point, bold: true, color: look.Ink.Light}
	section = style{size: 10 * point, bold: true, color: look.Ink.Light}
)

// setter measures and wraps in the direction of its language.
type setter struct{ fromRight bool }

// shaped says whether a text needs its letters joined or its parts put in order.
func (s setter) shaped(text string) bool { return s.fromRight || arabic.Has(text) }

func (s setter) width(text string, st style) float64 {
	if s.shaped(text) {
		return arabic.Width(arabic.Line(text, st.bold, s.fromRight)) * st.size
	}
	return record.Measure(text, st.size, st.bold)
}

// clean takes out what a page cannot show: control signs, hidden marks of
// direction, bytes that are no text. A sign beyond the first 65,536, which the
// writer cannot name, becomes the sign for an unknown one.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case r > 0xffff:
			return utf8.RuneError
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text) // Map gives U+FFFD for bytes that are no text
}

// line is clean without line ends, for what stands on one line.
func line(text string) string { return strings.ReplaceAll(clean(text), "\n", " ") }

// wrap cuts a text into lines that are not wider than width. It breaks at plain
// spaces, never at those that hold a number together, and inside a word only
// where the word alone is too wide. There is always one line.
func (s setter) wrap(text string, st style, width float64) (lines []string) {
	for _, whole := range strings.Split(clean(text), "\n") {
		lines = append(lines, s.wrapLine(strings.TrimRight(whole, " "), st, width)...)
	}
	return lines
}

func (s setter) wrapLine(text string, st style, width float64) (lines []string) {
	const slack = 1e-6 // of adding up widths
	space := s.width(" ", st)
	now, used := "", 0.0
	for _, word := range strings.Split(text, " ") {
		wide := s.width(word, st)
		if now != "" && used+space+wide <= width+slack {
			now, used = now+" "+word, used+space+wide
			continue
		}
		if now != "" {
			lines = append(lines, now)
		}
		for wide > width+slack {
			head := s.head(word, st, width)
			if head == word {
				break
			}
			lines, word = append(lines, head), word[len(head):]
			wide = s.width(word, st)
		}
		now, used = word, wide
	}
	return append(lines, now)
}

// head is as much of a word as is not wider than width, at least one letter. It
// ends behind a sign that joins parts of a name or an address, where one stands
// in its second half.
func (s setter) head(word string, st style, width float64) string {
	end, joint := 0, 0
	for i, r := range word {
		next := i + utf8.RuneLen(r)
		if end > 0 && s.width(word[:next], st) > width {
			if joint > end/2 {
				end = joint
			}
			return word[:end]
		}
		end = next
		if strings.ContainsRune("-/_.?&=", r) {
			joint = end
		}
	}
	return word
}

// widest is the width of the widest line.
func (s setter) widest(text string, st style) (width float64) {
	for _, l := range strings.Split(clean(text), "\n") {
		width = max(width, s.width(l, st))
	}
	return width
}

// longest is the width of the widest word: narrower, and a word would be cut.
func (s setter) longest(text string, st style) (width float64) {
	for _, w := range strings.Fields(clean(text)) { // splits at no-break spaces too
		width = max(width, s.width(w, st))
	}
	return width
}

// fit is the largest style up to st in which a text has room on one line, and
// not below small.
func (s setter) fit(text string, st style, width float64) style {
	if wide := s.width(text, st); wide > width {
		st.size = max(small.size, st.size*width/wide)
	}
	return st
}

// Package arabic sets lines that hold letters written from the right: which part
// stands where, and the joined shapes of the letters as outlines. No writer of
// PDF does either.
package arabic

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"

	"atlasp2i/assets"
	"atlasp2i/internal/chart/record"
)

// Run is a part of a line that is read in one direction. Lengths are in parts of
// the text's size; y grows downwards from the base line.
type Run struct {
	Text  string       // in the order of the eye, from left to right
	X     float64      // of its left end, from the left end of the line
	Width float64      // to the next run
	Segs  []record.Seg // its letters as outlines, from X on; nil where Text can be set as it is
}

// Has says whether a text holds letters that are written from the right.
func Has(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return p.Class() == bidi.R || p.Class() == bidi.AL
	})
}

// Line is the runs of one line of text, from left to right. fromRight says that
// the sentence as a whole is read from the right; otherwise only the stretch from
// the first such letter to the last is.
func Line(text string, bold, fromRight bool) []Run {
	if fromRight {
		return lay(nil, stretch(text), bold)
	}
	from, to := span(text)
	runs := lay(nil, []piece{{text: text[:from]}}, bold)
	runs = lay(runs, stretch(text[from:to]), bold)
	return lay(runs, []piece{{text: text[to:]}}, bold)
}

// Width is that of all runs of a line, in parts of the text's size.
func Width(runs []Run) float64 {
	if len(runs) == 0 {
		return 0
	}
	last := runs[len(runs)-1]
	return last.X + last.Width
}

// span is where the letters from the right begin and end, in bytes.
func span(text string) (from, to int) {
	from = -1
	for i, r := range text {
		if Has(string(r)) {
			if from < 0 {
				from = i
			}
			to = i + len(string(r))
		}
	}
	return max(from, 0), to
}

// piece is a text of one direction, in the order of reading.
type piece struct {
	text      string
	fromRight bool
}

// stretch cuts a text that is read from the right into pieces, from left to
// right. Without embedded directions, which a line here does not carry, a level
// is either that of the line or the one above, and so the order of the eye is
// that of reading, reversed.
func stretch(text string) []piece {
	var p bidi.Paragraph
	if _, err := p.SetString(text, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		return []piece{{text: text, fromRight: true}}
	}
	order, err := p.Order()
	if err != nil {
		return []piece{{text: text, fromRight: true}}
	}
	pieces := make([]piece, order.NumRuns())
	for i := range pieces {
		run := order.Run(i)
		pieces[i] = piece{text: run.String(), fromRight: run.Direction() == bidi.RightToLeft}
	}
	slices.Reverse(pieces)
	return pieces
}

// lay puts pieces behind the runs that stand.
func lay(runs []Run, pieces []piece, bold bool) []Run {
	for _, p := range pieces {
		if p.text == "" {
			continue
		}
		run := Run{Text: p.text, X: Width(runs)}
		if p.fromRight {
			run.Segs, run.Width = shape(p.text, bold)
			run.Text = seen(p.text)
		} else {
			run.Width = record.Measure(p.text, 1, bold)
		}
		runs = append(runs, run)
	}
	return runs
}

// seen is a piece from the right as the eye meets it from the left; a mark on a
// letter stays behind its letter. Brackets stay those that were typed: a reader
// of PDF turns the letters round and not the brackets.
func seen(text string) string {
	letters := []rune(text)
	slices.Reverse(letters)
	for i := 0; i < len(letters); i++ {
		j := i
		for j < len(letters) && unicode.Is(unicode.Mn, letters[j]) {
			j++
		}
		if j > i && j < len(letters) {
			slices.Reverse(letters[i : j+1])
			i = j
		}
	}
	return string(letters)
}

// shaper joins letters. It keeps what it found out about the fonts, and so one
// at a time may ask it.
type shaper struct {
	mu    sync.Mutex
	made  shaping.HarfbuzzShaper
	faces [2]*font.Face
}

var shared = sync.OnceValue(func() *shaper {
	s := &shaper{}
	for i, data := range [][]byte{assets.FontRegular, assets.FontBold} {
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil { // the fonts are built in
			panic(err)
		}
		s.faces[i] = face
	}
	return s
})

// shape gives the joined letters of a text read from the right, from left to
// right, and how wide they are.
func shape(text string, bold bool) (segs []record.Seg, width float64) {
	s := shared()
	s.mu.Lock()
	defer s.mu.Unlock()
	face := s.faces[0]
	if bold {
		face = s.faces[1]
	}
	em := float64(face.Upem())
	letters := []rune(text)
	out := s.made.Shape(shaping.Input{
		Text: letters, RunEnd: len(letters), Direction: di.DirectionRTL, Face: face,
		Size: fixed.I(int(face.Upem())), Script: language.Arabic, Language: language.NewLanguage("ar"),
	})
	for _, g := range out.Glyphs {
		if outline, ok := face.GlyphData(g.GlyphID).(font.GlyphOutline); ok {
			pen := pen{x: width + part(g.XOffset)/em, y: -part(g.YOffset) / em, em: em}
			segs = append(segs, pen.outline(outline.Segments)...)
		}
		width += part(g.Advance) / em
	}
	return segs, width
}

func part(v fixed.Int26_6) float64 { return float64(v) / 64 }

// pen is where a letter is drawn.
type pen struct{ x, y, em float64 }

func (p pen) point(q opentype.SegmentPoint) record.Point {
	return record.Point{X: p.x + float64(q.X)/p.em, Y: p.y - float64(q.Y)/p.em}
}

func (p pen) outline(steps []opentype.Segment) []record.Seg {
	segs := make([]record.Seg, 0, len(steps)+4)
	var at record.Point
	for _, s := range steps {
		a, b, c := p.point(s.Args[0]), p.point(s.Args[1]), p.point(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if len(segs) > 0 {
				segs = append(segs, record.Seg{Op: record.Close})
			}
			segs, at = append(segs, record.MoveTo(a.X, a.Y)), a
		case opentype.SegmentOpLineTo:
			segs, at = append(segs, record.LineTo(a.X, a.Y)), a
		case opentype.SegmentOpQuadTo:
			segs, at = append(segs, record.QuadTo(at, a, b)), b
		case opentype.SegmentOpCubeTo:
			segs, at = append(segs, record.CubicTo(a, b, c)), c
		}
	}
	if len(segs) > 0 {
		segs = append(segs, record.Seg{Op: record.Close})
	}
	return segs
}

package chart

import (
	"math"
	"strings"

	"atlasp2i/internal/chart/record"
)

// Measures of a plate in pixels of the design.
const (
	plateMargin = 28
	plateTitle  = 20 // height of the letters
	plateNote   = 13
)

// PlateParams is a picture and the words without which it must not leave the
// program.
type PlateParams struct {
	Picture *record.Drawing // in the light look
	Title   string          // above the picture
	Notes   []string        // below it, each from a new line: period, unit, source, date
}

// Plate puts a picture between its title and its notes, on a sheet as wide as the
// picture and its margins. The sheet has no spots. It returns ErrSize where the
// picture is smaller than a chart can be.
func Plate(p PlateParams) (*record.Drawing, error) {
	pen, err := newPen(Sheet{Width: p.Picture.Width, Height: p.Picture.Height})
	if err != nil {
		return nil, err
	}
	out := &record.Drawing{Width: p.Picture.Width + 2*plateMargin, Title: p.Title}
	y := float64(plateMargin)
	put := func(text string, like record.Text) {
		for _, l := range wrapAs(text, like, p.Picture.Width) {
			line := like
			line.At, line.Text = record.Point{X: plateMargin, Y: y + record.Ascent(like.Size)}, l
			out.Add(&line)
			y += math.Round(1.4 * like.Size)
		}
	}
	put(p.Title, record.Text{Size: plateTitle, Bold: true, Color: pen.ink})
	y += plateMargin / 2
	for _, m := range p.Picture.Marks {
		out.Add(moved(m, plateMargin, y))
	}
	y += p.Picture.Height + plateMargin/2
	out.Add(record.Filled(record.Rect(plateMargin, math.Round(y), p.Picture.Width, 1), pen.rule))
	y += plateMargin / 2
	for _, n := range p.Notes {
		put(n, record.Text{Size: plateNote, Color: pen.muted})
	}
	out.Height = math.Ceil(y + plateMargin)
	return out, nil
}

// wrapAs breaks a text at plain spaces alone, so that dates and numbers stay whole;
// a word that is too long for a line is the only thing that is cut.
func wrapAs(text string, like record.Text, width float64) (lines []string) {
	for word := range strings.SplitSeq(text, " ") {
		if last := len(lines) - 1; last >= 0 && record.Measure(lines[last]+" "+word, like.Size, like.Bold) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	for i, l := range lines {
		lines[i] = record.Fit(l, like.Size, like.Bold, width)
	}
	return lines
}

// moved is a mark at another place.
func moved(m record.Mark, dx, dy float64) record.Mark {
	switch m := m.(type) {
	case *record.Path:
		out := *m
		out.Segs = make([]record.Seg, len(m.Segs))
		for i, s := range m.Segs {
			for j := range s.P {
				s.P[j].X, s.P[j].Y = s.P[j].X+dx, s.P[j].Y+dy
			}
			out.Segs[i] = s
		}
		return &out
	case *record.Text:
		out := *m
		out.At.X, out.At.Y = m.At.X+dx, m.At.Y+dy
		return &out
	}
	return m
}

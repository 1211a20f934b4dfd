package sector

import (
	"slices"
	"strconv"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/look"
)

// speakerChange is the remark of the pack on a year after which somebody else
// counts: no line goes on from it, though the series does.
const speakerChange = "figure.note.speakerChange"

// history is the total of the exports, a run of years for each series. What
// stands beside each other in two runs is never joined.
type history struct {
	runs []run
}

// run is one series from its first year to its last; years without a figure are
// gaps in it.
type run struct {
	series, name, basis string
	broken              []string // why it may not be joined to the earlier ones
	years               []figures.Key
}

// history gives the runs by where they begin.
func (w words) history() history {
	var out history
	for _, s := range w.Book.AllSeries {
		known := w.yearsOf(s.ID)
		if len(known) == 0 {
			continue
		}
		said := w.series(s.ID)
		r := run{series: s.ID, name: said[0], basis: said[1]}
		for _, b := range s.Breaks {
			r.broken = append(r.broken, w.T.Text(b.Reason))
		}
		for y := known[0]; y <= known[len(known)-1]; y++ {
			p, err := figures.ParsePeriod(strconv.Itoa(y))
			if err != nil {
				continue // cannot be: it lies between two years that were read
			}
			r.years = append(r.years, figures.Key{Country: w.Book.Home, Indicator: exports, Segment: total, Period: p, Series: s.ID, Unit: million})
		}
		out.runs = append(out.runs, r)
	}
	slices.SortStableFunc(out.runs, func(a, b run) int { return a.years[0].Period.Compare(b.years[0].Period) })
	return out
}

// yearsOf are the years of which a series has a total.
func (w words) yearsOf(series string) []int {
	var out []int
	for _, l := range w.Book.Lines(figures.Query{Country: w.Book.Home, Indicator: exports, Segment: total, Series: series, Unit: million}) {
		for _, p := range l.Points {
			if p.Period.Kind() != figures.Year {
				continue
			}
			if start, ok := p.Period.Start(); ok {
				out = append(out, start.Year())
			}
		}
	}
	slices.Sort(out)
	return out
}

// warnings are why the runs may not be joined, each said once.
func (h history) warnings() []string {
	var out []string
	for _, r := range h.runs {
		for _, b := range r.broken {
			if !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	return out
}

// drawHistory draws the runs beside each other, a break between two; a year that
// two series have stands there twice.
func (w words) drawHistory(h history, width, height float64, dark bool) *record.Drawing {
	params := chart.LineParams{Sheet: w.sheet(width, height, dark)}
	params.Title, params.Unit = w.T.Text("sector.years.title"), w.T.Text("sector.billions")
	count := 0
	for _, r := range h.runs {
		count += len(r.years)
	}
	for i, r := range h.runs {
		s := chart.Series{Label: r.name, Color: look.Segments[i%len(look.Segments)], Values: make([]chart.Value, count)}
		from := len(params.Labels)
		for j, k := range r.years {
			params.Labels = append(params.Labels, w.Period(k.Period))
			v := w.value(k)
			v.ID = strconv.Itoa(from + j)
			s.Values[from+j] = v
			if w.Note(k) == speakerChange {
				params.Breaks = append(params.Breaks, chart.Break{After: from + j, Label: w.T.Text("sector.years.speaker")})
			}
		}
		params.Series = append(params.Series, s)
		if i < len(h.runs)-1 {
			params.Breaks = append(params.Breaks, chart.Break{After: len(params.Labels) - 1, Label: w.T.Text("sector.years.break")})
		}
	}
	return drawn(chart.Line(params))
}

// at is the key of a spot of the drawing.
func (h history) at(spot string) (figures.Key, bool) {
	n, err := strconv.Atoi(spot)
	for _, r := range h.runs {
		if err == nil && n < len(r.years) {
			return r.years[n], true
		}
		n -= len(r.years)
	}
	return figures.Key{}, false
}

package sector

import (
	"fmt"
	"slices"
	"strconv"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/look"
)

// aspects are what the chart of the overview can draw of the segments.
var aspects = []struct{ id, indicator, unit string }{
	{"level", exports, million},
	{"share", exportShare, percent},
	{"growth", exportGrowth, percent},
}

// kinds are the sorts of period of the overview, with how many make a year and
// how one is written.
var kinds = []struct {
	kind  figures.Kind
	id    string
	count int
	form  string // with the year and the number of the part
}{
	{figures.Year, "year", 1, "%d"},
	{figures.Half, "half", 2, "%d-H%d"},
	{figures.Quarter, "quarter", 4, "%d-Q%d"},
}

// overviewKey is a quantity of the overview.
func (w words) overviewKey(indicator, unit, segment string, p figures.Period) figures.Key {
	return figures.Key{Country: w.Book.Home, Indicator: indicator, Segment: segment, Period: p, Series: newSeries, Unit: unit}
}

// periods are those of a kind, the latest first: from the first year of which
// anything is known up to the latest period that is, so that what nobody
// published in between can be shown as such.
func (w words) periods(kind figures.Kind) []figures.Period {
	first, last := 0, figures.Period{}
	for _, g := range w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: exports, Series: newSeries, Unit: million}) {
		start, dated := g.Period.Start()
		if _, known := g.Point(); !known || !dated || g.Period.Kind() != kind {
			continue
		}
		if first == 0 || start.Year() < first {
			first = start.Year()
		}
		if last == (figures.Period{}) || g.Period.Compare(last) > 0 {
			last = g.Period
		}
	}
	end, known := last.Start()
	if !known {
		return nil
	}
	var out []figures.Period
	for year := first; year <= end.Year(); year++ {
		for _, p := range partsOf(year, kind) {
			if p.Compare(last) <= 0 {
				out = append(out, p)
			}
		}
	}
	slices.Reverse(out)
	return out
}

// partsOf are the periods of a kind in a year.
func partsOf(year int, kind figures.Kind) []figures.Period {
	var out []figures.Period
	for _, k := range kinds {
		for i := 1; k.kind == kind && i <= k.count; i++ {
			args := []any{year, i}
			if k.count == 1 {
				args = args[:1]
			}
			if p, err := figures.ParsePeriod(fmt.Sprintf(k.form, args...)); err == nil {
				out = append(out, p)
			}
		}
	}
	return out
}

// drawSegments draws one aspect of the segments in a period. Growth has the total
// too, and the pair where it is known: a flat total hides what is below it.
func (w words) drawSegments(p figures.Period, aspect int, sheet chart.Sheet) *record.Drawing {
	a := aspects[aspect]
	params := chart.BarsParams{Sheet: sheet}
	params.Title = w.T.Text("sector.segments.title."+a.id, "period", w.Period(p))
	params.Unit = w.chartUnit(a.unit)
	for _, k := range w.segmentKeys(p, aspect) {
		v := w.value(k)
		v.Color, v.ID = colorOf(k.Segment), k.Segment
		params.Labels = append(params.Labels, w.short(k.Segment))
		params.Series.Values = append(params.Series.Values, v)
	}
	return drawn(chart.Bars(params))
}

// colorOf is the colour of a segment, and of what holds several.
func colorOf(segment string) look.Pair {
	if i := slices.Index(segments, segment); i >= 0 {
		return look.Segments[i]
	}
	if segment == total {
		return look.Ink
	}
	return look.Muted
}

// short is the name of a segment below a bar.
func (w words) short(segment string) string {
	if segment == total {
		return w.T.Text("sector.short.total")
	}
	return w.T.Text("figure.segment." + segment)
}

// season is how the exports of one segment are spread over a year, as far as that
// is known.
type season struct {
	year     figures.Period
	title    string
	sentence string
	keys     []figures.Key // the halves, then the quarters
}

// season is that of the year of a period: of the segment of which both halves and
// the most quarters are known, nil where no segment has both halves.
func (w words) season(p figures.Period) *season {
	start, dated := p.Start()
	if !dated {
		return nil
	}
	halves, quarters := partsOf(start.Year(), figures.Half), partsOf(start.Year(), figures.Quarter)
	var best []figures.Key
	most := 0
	for _, id := range append(slices.Clone(segments), total) {
		var keys []figures.Key
		known := 0
		for i, part := range append(slices.Clone(halves), quarters...) {
			keys = append(keys, w.overviewKey(exports, million, id, part))
			if _, is := w.Point(keys[i]); is {
				known++
			} else if i < len(halves) {
				known = -len(quarters) // a half is missing: the quarters cannot make up for it
			}
		}
		if known > most {
			best, most = keys, known
		}
	}
	if best == nil {
		return nil
	}
	out := &season{keys: best, year: partsOf(start.Year(), figures.Year)[0]}
	name := w.T.Text("figure.segment." + best[0].Segment)
	year := strconv.Itoa(start.Year())
	out.title = w.T.Text("sector.season.title", "name", name, "year", year)
	out.sentence = w.T.Text("sector.season.half", "name", name, "year", year, "first", w.Either(best[0]).Text, "second", w.Either(best[1]).Text)
	return out
}

// drawSeason draws the halves of the year beside its quarters.
func (w words) drawSeason(s *season, sheet chart.Sheet) *record.Drawing {
	params := chart.BarsParams{Sheet: sheet}
	params.Title, params.Unit = s.title, w.T.Text("sector.billions")
	for _, k := range s.keys {
		v := w.value(k)
		v.ID, v.Color = k.Period.String(), look.Primary
		if k.Period.Kind() == figures.Quarter {
			v.Color = look.PrimaryMid
		}
		part := v.ID[len(v.ID)-len("H1"):]
		params.Labels = append(params.Labels, w.T.Text("sector.part."+part))
		params.Series.Values = append(params.Series.Values, v)
	}
	return drawn(chart.Bars(params))
}

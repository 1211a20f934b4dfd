package sector

import (
	"slices"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/look"
)

// Indicators, series and unit of the overview, by the ids of the pack.
const (
	exports      = "exports"
	exportShare  = "exportShare"
	exportGrowth = "exportsGrowth"
	million      = "MAD million"
	percent      = "%"
	newSeries    = "OC-2025"
)

// segments are those of the offer in the order of their colours.
var segments = []string{"ITO", "CRM", "ESO", "BPO", "KPO"}

// shown is a figure as the table shows it; its key opens the panel.
type shown struct {
	key     figures.Key
	text    string
	missing bool // neither published nor derived
	derived bool
}

// segmentRow is a line of the overview.
type segmentRow struct {
	id, name                          string
	published, derived, share, growth shown
}

// periods are those that have exports of a segment, the latest years first, then
// the latest halves.
func (w words) periods() []figures.Period {
	var out []figures.Period
	for _, g := range w.book.Groups(figures.Query{Country: home, Indicator: exports, Series: newSeries, Unit: million}) {
		kind := g.Period.Kind()
		if (kind == figures.Year || kind == figures.Half) && len(g.Readings) > 0 && !slices.Contains(out, g.Period) {
			out = append(out, g.Period)
		}
	}
	slices.SortFunc(out, func(a, b figures.Period) int {
		if a.Kind() != b.Kind() {
			return int(b.Kind()) - int(a.Kind())
		}
		return b.Compare(a)
	})
	return out
}

// segmentRows are the five segments, the pair, and the total with its own status.
func (w words) segmentRows(p figures.Period) []segmentRow {
	var out []segmentRow
	for _, id := range append(slices.Clone(segments), pair, total) {
		key := func(indicator, unit string) figures.Key {
			return figures.Key{Country: home, Indicator: indicator, Segment: id, Period: p, Series: newSeries, Unit: unit}
		}
		row := segmentRow{
			id: id, name: w.t.Text("figure.segment." + id), published: w.published(key(exports, million)),
			derived: w.computed(key(exports, million)), share: w.either(key(exportShare, percent)), growth: w.either(key(exportGrowth, percent)),
		}
		if id == total && row.share.missing {
			row.share.text = "" // the whole is no part
		}
		if id == pair && row.published.missing && row.derived.missing && row.share.missing {
			continue
		}
		out = append(out, row)
	}
	return out
}

// partRow is a half or a quarter of a year of one segment.
type partRow struct {
	name, period       string
	published, derived shown
}

// parts are the quarters and halves of a year that somebody published, or that
// follow from them; only what there is, for no segment has all.
func (w words) parts(year figures.Period) []partRow {
	var out []partRow
	for _, id := range append(slices.Clone(segments), total) {
		for _, g := range w.book.Groups(figures.Query{Country: home, Indicator: exports, Segment: id, Series: newSeries, Unit: million}) {
			kind := g.Period.Kind()
			if (kind != figures.Quarter && kind != figures.Half) || !within(g.Period, year) {
				continue
			}
			out = append(out, partRow{w.t.Text("figure.segment." + id), w.period(g.Period), w.published(g.Key), w.computed(g.Key)})
		}
	}
	return out
}

// within tells whether a part of a year is of this one.
func within(part, year figures.Period) bool {
	from, known := part.Start()
	start, ok := year.Start()
	return known && ok && year.Kind() == figures.Year && from.Year() == start.Year()
}

// published is the reading that counts, never a computed value.
func (w words) published(k figures.Key) shown {
	out := shown{key: k, text: w.t.Text("sector.missing"), missing: true}
	g := w.book.Group(k)
	if g == nil {
		return out
	}
	for _, r := range g.Readings {
		if r.Role != figures.RoleTrap {
			return shown{key: k, text: w.number(r.Value)}
		}
	}
	return out
}

// computed is a derived level where it says more than what is published. The
// middle of two bounds does not.
func (w words) computed(k figures.Key) shown {
	out := shown{key: k, missing: true}
	g := w.book.Group(k)
	if g == nil {
		return out
	}
	v := g.Sum
	if v == nil {
		v = g.Finer()
	}
	if v == nil && len(g.Readings) == 0 && len(g.Derived) > 0 {
		v = &g.Derived[0]
	}
	if v == nil || v.Name == figures.Middle {
		return out
	}
	return shown{key: k, text: w.number(v.Value), derived: true}
}

// either is what is published, else what is derived, which says so.
func (w words) either(k figures.Key) shown {
	g := w.book.Group(k)
	if g == nil {
		return shown{key: k, text: w.t.Text("sector.missing"), missing: true}
	}
	at, ok := g.Point()
	switch {
	case !ok:
		return shown{key: k, text: w.t.Text("sector.missing"), missing: true}
	case at.Derived:
		return shown{key: k, text: w.t.Text("sector.derived", "value", w.amount(k, at.Value)), derived: true}
	}
	return shown{key: k, text: w.amount(k, at.Value)}
}

// remarks say how the figures of a period stand.
func (w words) remarks(p figures.Period) []string {
	total := figures.Key{Country: home, Indicator: exports, Segment: total, Period: p, Series: newSeries, Unit: million}
	out := []string{w.t.Text("sector.legend")}
	if at, ok := w.point(total); ok && w.preliminary(total) {
		out = append(out, w.t.Text("sector.preliminary"))
		if at.Derived {
			out = append(out, w.t.Text("sector.total.sum"))
		} else {
			out = append(out, w.t.Text("sector.total.published"))
		}
	}
	return out
}

// preliminary tells whether any reading of a quantity is.
func (w words) preliminary(k figures.Key) bool {
	g := w.book.Group(k)
	return g != nil && slices.ContainsFunc(g.Readings, func(r figures.Result) bool { return r.Preliminary })
}

func (w words) point(k figures.Key) (figures.Point, bool) {
	g := w.book.Group(k)
	if g == nil {
		return figures.Point{}, false
	}
	return g.Point()
}

// drawSegments draws the exports of the five segments.
func (w words) drawSegments(p figures.Period, width, height float64, dark bool) *record.Drawing {
	params := chart.BarsParams{Sheet: w.sheet(width, height, dark)}
	params.Title = w.t.Text("sector.segments.title", "period", w.period(p))
	params.Unit = w.t.Text("sector.billions")
	for i, id := range segments {
		k := figures.Key{Country: home, Indicator: exports, Segment: id, Period: p, Series: newSeries, Unit: million}
		v := w.value(k)
		v.Color, v.ID = look.Segments[i], id
		params.Labels = append(params.Labels, w.t.Text("figure.segment."+id))
		params.Series.Values = append(params.Series.Values, v)
	}
	return drawn(chart.Bars(params))
}

// sheet is what all charts here share: the axis counts thousands of millions.
func (w words) sheet(width, height float64, dark bool) chart.Sheet {
	return chart.Sheet{Dark: dark, Width: width, Height: height, Empty: w.t.Text("sector.missing"), Number: func(v float64) string {
		return w.number(figures.Num{Micros: int64(v*1000) * 1000, Decimals: decimalsOf(v)})
	}}
}

// decimalsOf is one for what is not whole.
func decimalsOf(v float64) int {
	if v == float64(int64(v)) {
		return 0
	}
	return 1
}

// value is a quantity in millions on an axis of thousands of millions; what is
// not published stays a gap.
func (w words) value(k figures.Key) chart.Value {
	at, ok := w.point(k)
	if !ok {
		return chart.Value{Tip: w.t.Text("sector.tip.missing", "name", w.full(k))}
	}
	out := chart.Value{Known: true, Value: float64(at.Value.Micros) / 1e9, Text: w.billions(at.Value), Derived: at.Derived && !w.summed(k)}
	out.Tip = w.t.Text("sector.sentence", "name", w.full(k), "value", w.amount(k, at.Value))
	if at.Derived {
		out.Tip = w.t.Text("sector.derived", "value", out.Tip)
	}
	if note := w.note(k); note != "" {
		out.Tip += "\n" + w.t.Text(note)
	}
	return out
}

// note is the text key of the remark on the reading that counts, "" if none.
func (w words) note(k figures.Key) string {
	if g := w.book.Group(k); g != nil && g.Canonical() != nil {
		return g.Canonical().Note
	}
	return ""
}

// summed tells whether a value is the sum of published parts, which gives the
// published total when rounded.
func (w words) summed(k figures.Key) bool {
	g := w.book.Group(k)
	return g != nil && g.Sum != nil
}

// drawn is the drawing; a place without room has none.
func drawn(d *record.Drawing, err error) *record.Drawing {
	if err != nil {
		return &record.Drawing{}
	}
	return d
}

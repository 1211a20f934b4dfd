package sector

import (
	"slices"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/sector/say"
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

// segmentRow is a line of the overview.
type segmentRow struct {
	id, name                          string
	published, derived, share, growth say.Shown
}

// segmentRows are the five segments, the pair, and the total with its own status.
func (w words) segmentRows(p figures.Period) []segmentRow {
	var out []segmentRow
	for _, id := range append(slices.Clone(segments), pair, total) {
		key := func(indicator, unit string) figures.Key { return w.overviewKey(indicator, unit, id, p) }
		row := segmentRow{
			id: id, name: w.T.Text("figure.segment." + id), published: w.Published(key(exports, million)),
			derived: w.Computed(key(exports, million)), share: w.Either(key(exportShare, percent)), growth: w.Either(key(exportGrowth, percent)),
		}
		if id == total && row.share.Missing {
			row.share.Text = "" // the whole is no part
		}
		if id == pair && row.published.Missing && row.derived.Missing && row.share.Missing {
			continue
		}
		out = append(out, row)
	}
	return out
}

// partRow is a half or a quarter of a year of one segment.
type partRow struct {
	name, period       string
	published, derived say.Shown
}

// parts are the halves and quarters of the year of a season: all those of its
// segment, and of the others what somebody published or what follows from it.
func (w words) parts(s *season) []partRow {
	var out []partRow
	for _, id := range append(slices.Clone(segments), total) {
		for _, k := range s.keys {
			own := k.Segment == id
			k.Segment = id
			if _, known := w.Point(k); known || own {
				out = append(out, partRow{w.T.Text("figure.segment." + id), w.Period(k.Period), w.Published(k), w.Computed(k)})
			}
		}
	}
	return out
}

// remarks say how the figures of a period stand.
func (w words) remarks(p figures.Period) []string {
	total := w.overviewKey(exports, million, total, p)
	out := []string{w.T.Text("sector.legend")}
	if at, ok := w.Point(total); ok && w.Preliminary(total) {
		out = append(out, w.T.Text("sector.preliminary"))
		if at.Derived {
			out = append(out, w.T.Text("sector.total.sum"))
		} else {
			out = append(out, w.T.Text("sector.total.published"))
		}
	}
	return out
}

// sheet is what all charts here share.
func (w words) sheet(width, height float64, dark bool) chart.Sheet {
	return chart.Sheet{Dark: dark, Width: width, Height: height, Empty: w.T.Text("sector.missing"), Number: func(v float64) string {
		return w.Number(figures.Num{Micros: int64(v*1000) * 1000, Decimals: decimalsOf(v)})
	}}
}

// decimalsOf is one for what is not whole.
func decimalsOf(v float64) int {
	if v == float64(int64(v)) {
		return 0
	}
	return 1
}

// value is a quantity on the axis of a chart, which counts money in thousands of
// millions; what is not published stays a gap.
func (w words) value(k figures.Key) chart.Value {
	at, ok := w.Point(k)
	if !ok {
		return chart.Value{Tip: w.T.Text("sector.tip.missing", "name", w.Full(k))}
	}
	out := chart.Value{Known: true, Value: float64(at.Value.Micros) / 1e6, Text: w.Number(at.Value), Derived: at.Derived}
	switch k.Unit {
	case million:
		out.Value, out.Text = out.Value/1e3, w.Billions(at.Value)
	case percent:
		out.Text = w.Amount(k, at.Value)
	}
	out.Tip = w.T.Text("sector.sentence", "name", w.Full(k), "value", w.Amount(k, at.Value))
	if at.Derived {
		out.Tip = w.T.Text("sector.derived", "value", out.Tip)
	}
	if note := w.Note(k); note != "" {
		out.Tip += "\n" + w.T.Text(note)
	}
	return out
}

// drawn is the drawing; a place without room has none.
func drawn(d *record.Drawing, err error) *record.Drawing {
	if err != nil {
		return &record.Drawing{}
	}
	return d
}

package sector

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/exhibit"
)

// exhibit shows a chart of some quantities, which can be taken along with where
// they come from.
func (pg *Page) exhibit(s exhibit.Spec, keys []figures.Key) fyne.CanvasObject {
	return exhibit.New(pg.p.Exhibits, pg.words.exhibit(s, keys))
}

// takeAlong opens what can be done with a table that is shown elsewhere.
func (pg *Page) takeAlong(title string, keys []figures.Key) fyne.CanvasObject {
	return exhibit.Button(pg.p.Exhibits, pg.words.exhibit(exhibit.Spec{Title: title}, keys))
}

// exhibit adds to a chart what is the same for all: sources, remarks, table.
func (w words) exhibit(s exhibit.Spec, keys []figures.Key) exhibit.Spec {
	s.Source = w.T.Text("sector.cite.none")
	if by := w.cite(keys...); by != "" {
		s.Source = w.T.Text("sector.cite", "sources", by)
	}
	s.Notes = append(w.remarksOn(keys), s.Notes...)
	s.Table = func() exhibit.Table { return w.table(keys) }
	return s
}

// segmentKeys are the quantities that the chart of the overview draws.
func (w words) segmentKeys(p figures.Period, aspect int) []figures.Key {
	a := aspects[aspect]
	var out []figures.Key
	for _, id := range segments {
		out = append(out, w.overviewKey(a.indicator, a.unit, id, p))
	}
	if a.indicator != exportGrowth {
		return out
	}
	if k := w.overviewKey(a.indicator, a.unit, pair, p); w.known(k) {
		out = append(out, k)
	}
	return append(out, w.overviewKey(a.indicator, a.unit, total, p))
}

func (w words) known(k figures.Key) bool {
	_, known := w.Point(k)
	return known
}

// chartUnit is that of the axis.
func (w words) chartUnit(unit string) string {
	if unit == million {
		return w.T.Text("sector.billions")
	}
	return w.T.Text("figure.unit." + unit)
}

// goalUnit is that of the axis of a goal.
func (w words) goalUnit(g *goal) string {
	if g.money {
		return w.chartUnit(million)
	}
	return g.unit
}

// span is from the first to the last of some years.
func (w words) span(years []figures.Key) string {
	first, last := years[0].Period, years[0].Period
	for _, k := range years {
		if k.Period.Compare(first) < 0 {
			first = k.Period
		}
		if k.Period.Compare(last) > 0 {
			last = k.Period
		}
	}
	return w.Period(between(first, last))
}

// remarksOn say what must be known to read a picture of some quantities.
func (w words) remarksOn(keys []figures.Key) []string {
	var derived, preliminary, missing bool
	for _, k := range keys {
		at, known := w.Point(k)
		missing = missing || !known
		derived = derived || at.Derived
		preliminary = preliminary || at.Preliminary
	}
	var out []string
	for _, r := range []struct {
		on  bool
		key string
	}{{derived, "sector.picture.derived"}, {missing, "sector.picture.missing"}, {preliminary, "sector.preliminary"}} {
		if r.on {
			out = append(out, w.T.Text(r.key))
		}
	}
	return out
}

// publication is a publisher with the dates of what is quoted of it.
type publication struct {
	publisher string
	dates     []string
}

// cite names who published what is shown of some quantities, and when; of a
// computed value, who published what it was computed from.
func (w words) cite(keys ...figures.Key) string {
	var list []publication
	derived := false
	for _, k := range keys {
		at, known := w.Point(k)
		derived = derived || known && at.Derived
		for _, s := range w.behind(k) {
			i := slices.IndexFunc(list, func(p publication) bool { return p.publisher == s.Publisher })
			if i < 0 {
				i = len(list)
				list = append(list, publication{publisher: s.Publisher})
			}
			if !slices.Contains(list[i].dates, s.Date) {
				list[i].dates = append(list[i].dates, s.Date)
			}
		}
	}
	var said []string
	for _, p := range list {
		slices.Sort(p.dates)
		for i, d := range p.dates {
			p.dates[i] = w.date(d)
		}
		said = append(said, w.T.Text("sector.cite.one", "publisher", p.publisher, "dates", strings.Join(p.dates, ", ")))
	}
	if derived {
		said = append(said, w.T.Text("sector.cite.derived"))
	}
	return strings.Join(said, "\u00a0; ")
}

func (w words) date(d string) string {
	if len(d) == len("2006-01-02") {
		return w.T.Formatter().Date(domain.Date(d))
	}
	return desk.SayAsOf(w.T, d)
}

// behind are the sources of the value that counts, down to what was published.
func (w words) behind(k figures.Key) []rules.Source {
	g := w.Book.Group(k)
	if g == nil {
		return nil
	}
	at, known := g.Point()
	switch c := g.Canonical(); {
	case !known:
		return nil
	case !at.Derived:
		return c.Sources
	}
	var out []rules.Source
	for _, v := range g.Derived {
		if v.ID == at.ID {
			out = append(out, w.behindSteps(v.Steps)...)
		}
	}
	if g.Sum != nil && g.Sum.ID == at.ID && len(out) == 0 {
		out = w.behindSteps(g.Sum.Steps)
	}
	return out
}

func (w words) behindSteps(steps []figures.Step) []rules.Source {
	var out []rules.Source
	for _, s := range steps {
		if o := w.Book.Observation(s.ID); o != nil {
			out = append(out, o.Sources...)
		} else if s.ID != "" {
			out = append(out, w.behind(s.Key)...)
		}
	}
	return out
}

// table is what is known of some quantities, a row for each, exact and with where
// it comes from; what nobody published has no value.
func (w words) table(keys []figures.Key) exhibit.Table {
	t := w.T
	var out exhibit.Table
	for _, c := range []string{"what", "segment", "country", "period", "value", "unit", "state", "low", "high", "series", "note", "source"} {
		out.Columns = append(out.Columns, t.Text("sector.table."+c))
	}
	for _, k := range keys {
		series := w.series(k.Series)
		row := []string{
			t.Text("figure.indicator." + k.Indicator), t.Text("figure.segment." + k.Segment), t.Text("figure.country." + k.Country), w.Period(k.Period),
			"", t.Text("figure.unit." + k.Unit), w.stateOf(k), "", "", series[0], w.beside(k), w.cite(k),
		}
		if at, known := w.Point(k); known {
			row[4] = w.cell(k, at.Value)
			if at.Low != nil && at.High != nil {
				row[7], row[8] = w.cell(k, *at.Low), w.cell(k, *at.High)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// cell is a number as a French spreadsheet reads it, or a date.
func (w words) cell(k figures.Key, n figures.Num) string {
	if k.Unit == "date" {
		return w.Amount(k, n)
	}
	return strings.Replace(n.String(), ".", ",", 1)
}

// beside is what a value may not go without: how its source prints it, where that
// says more than the number ("plus de 250"), and the remark of the pack.
func (w words) beside(k figures.Key) string {
	at, known := w.Point(k)
	if !known {
		return ""
	}
	var said []string
	if c := w.Book.Group(k).Canonical(); c != nil && !at.Derived && c.Published != "" {
		said = append(said, c.Published)
	}
	if note := w.Note(k); note != "" {
		said = append(said, w.T.Text(note))
	}
	return strings.Join(said, "\u00a0; ")
}

// stateOf says in a word how a quantity is known.
func (w words) stateOf(k figures.Key) string {
	at, known := w.Point(k)
	key := "sector.table.published"
	switch {
	case !known:
		return w.T.Text("sector.missing")
	case at.Derived:
		key = "sector.table.derived"
	}
	said := w.T.Text(key)
	if at.Preliminary {
		said = w.T.Text("sector.table.preliminary", "state", said)
	}
	if c := w.Book.Group(k).Canonical(); !at.Derived && c.Sources[0].ID == "" {
		said = w.T.Text("sector.state.imported", "state", said)
	}
	return said
}

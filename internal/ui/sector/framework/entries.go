package framework

import (
	"cmp"
	"slices"
	"strings"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/sector/say"
)

// Groups of indicators and the unit of a day, by the ids of the pack.
const (
	training   = "training"
	governance = "governance"
	rankings   = "rankings"
	worldRank  = "rankGSLI"
	day        = "date"
	unverified = "unverified"
	sources    = "fr" // the language in which figures are published
)

// marksOf are the remarks of the pack after which a figure may not stand without
// a word: they differ from a figure that counts something else, or were announced
// and never confirmed. A conflict within one quantity the book finds itself.
var marksOf = map[string]string{
	"figure.note.doctoralGrants": "sector.mark.disputed",
	"figure.note.jobInTech":      "sector.mark.disputed",
	"figure.note.endOf2025":      "sector.mark.disputed",
	"figure.note.plannedDate":    "sector.mark.announced",
	"figure.note.unnamedIndex":   "sector.mark.unnamed",
}

// entry is one figure of a list, or one date.
type entry struct {
	key         figures.Key
	when, name  string
	value       string // "" of a date: that is when it is
	notes       []string
	marks       []string // what is doubtful of it
	from, until int      // for the order: days or months, as year x 10,000
}

// entries are the figures of the country in a group, by their time.
func entries(w say.Writer, group string) []entry {
	var out []entry
	for _, g := range w.Book.Groups(figures.Query{Country: w.Book.Home}) {
		c := g.Canonical()
		if c == nil || g.Indicator == worldRank || groupOf(w.Book, g.Indicator) != group {
			continue
		}
		out = append(out, newEntry(w, &g, c))
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.until, b.until), cmp.Compare(a.from, b.from), cmp.Compare(a.name, b.name))
	})
	return out
}

func newEntry(w say.Writer, g *figures.Group, c *figures.Result) entry {
	e := entry{key: g.Key, name: w.T.Text("figure.indicator." + g.Indicator), when: w.Period(g.Period), value: valueOf(w, c)}
	if start, ok := g.Period.Start(); ok {
		e.from = start.Year()*10000 + start.Number()*100
	}
	if end, ok := g.Period.End(); ok {
		e.until = end.Year()*10000 + end.Number()*100
	}
	if g.Unit == day {
		e.when, e.value = e.value, ""
		e.until = int(c.Value.Micros / 1e6)
	}
	if c.Confidence == unverified {
		e.marks = append(e.marks, w.T.Text("sector.mark.unverified"))
	}
	if slices.ContainsFunc(g.Readings, func(r figures.Result) bool { return r.Class == figures.Conflict }) {
		e.marks = append(e.marks, w.T.Text("sector.mark.disputed"))
	}
	if c.Note != "" {
		e.notes = append(e.notes, w.T.Text(c.Note))
	}
	if c.Remark != "" {
		e.notes = append(e.notes, c.Remark)
	}
	if mark := marksOf[c.Note]; mark != "" {
		e.marks = append(e.marks, w.T.Text(mark))
	}
	return e
}

// valueOf is a figure as its source prints it where that says more than the
// number: "plus de 250". In another language than that of the sources these are marked
// as their words, and a day is written as a day. Else a figure has its unit.
func valueOf(w say.Writer, c *figures.Result) string {
	bare := strings.IndexFunc(c.Published, func(r rune) bool { return (r < '0' || r > '9') && r != ' ' && r != ',' }) < 0
	foreign := w.T.Lang() != sources
	switch {
	case bare, foreign && c.Key.Unit == day:
		return w.Amount(c.Key, c.Value)
	case foreign:
		return w.T.Text("sector.quoted", "words", c.Published)
	}
	return c.Published
}

func groupOf(book *figures.Book, indicator string) string {
	for _, x := range book.Indicators {
		if x.ID == indicator {
			return x.Group
		}
	}
	return ""
}

// sayings are what circulates about the figures of a group and misleads.
func sayings(book *figures.Book, group string) []*figures.Said {
	var out []*figures.Said
	for i := range book.Circulation {
		s := &book.Circulation[i]
		if slices.ContainsFunc(s.Observations, func(id string) bool {
			o := book.Observation(id)
			return o != nil && groupOf(book, o.Indicator) == group
		}) {
			out = append(out, s)
		}
	}
	return out
}

// ranking is the index that ranks countries, edition by edition.
type ranking struct {
	editions []figures.Period // the oldest first
	rows     []rankRow
}

// rankRow is a country with its rank in each edition.
type rankRow struct {
	name  string
	home  bool
	ranks []say.Shown
	last  []int64 // ranks of the editions, the newest first, for the order
}

// nowhere is behind every rank.
const nowhere = 1 << 40

// ranks reads the editions that the pack has ranks of; the best of the newest
// comes first, then who is only in older ones.
func ranks(w say.Writer) ranking {
	var out ranking
	var countries []string
	for _, g := range w.Book.Groups(figures.Query{Indicator: worldRank}) {
		if !slices.Contains(out.editions, g.Period) {
			out.editions = append(out.editions, g.Period)
		}
		if !slices.Contains(countries, g.Country) {
			countries = append(countries, g.Country)
		}
	}
	slices.SortFunc(out.editions, figures.Period.Compare)
	for _, c := range countries {
		row := rankRow{name: w.T.Text("figure.country." + c), home: c == w.Book.Home}
		for _, p := range out.editions {
			k := figures.Key{Country: c, Indicator: worldRank, Segment: say.Total, Period: p, Series: figures.NoSeries, Unit: "rank"}
			s := w.Published(k)
			if s.Missing {
				s.Text = w.T.Text("sector.ranks.missing")
			}
			row.ranks = append(row.ranks, s)
			at, known := w.Point(k)
			if !known {
				at.Value.Micros = nowhere
			}
			row.last = append(row.last, at.Value.Micros)
		}
		slices.Reverse(row.last)
		out.rows = append(out.rows, row)
	}
	slices.SortStableFunc(out.rows, func(a, b rankRow) int { return slices.Compare(a.last, b.last) })
	return out
}

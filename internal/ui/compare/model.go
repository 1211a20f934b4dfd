package compare

import (
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// model is a comparison written out, ready to show.
type model struct {
	made    *desk.Compared
	lead    desk.Lead
	best    int // index of the site that comes first, -1 for none
	head    []cell
	labels  []cell // of the rows
	rows    [][]cell
	limits  []limit // of each criterion that weighs
	firsts  []limit // of each site that is ranked: how often it comes first
	project string
	caption string
}

// cell is a place of the table: a text, with more of it beside or below.
type cell struct {
	text, aside, sub string
	bold, muted      bool
	marked           bool // aside in the colour of caution: a value of the user's
	subMarked        bool // the same for sub
	bar              *gauge
	open             *opening
}

// opening is what a cell opens: where a line of the estimate comes from, or the
// fact behind a raw value.
type opening struct {
	site         int
	line         string // of the explanation
	note         string // a catalogue key: how the amount of the table follows from it
	place, field string // of the fact
	status       bool   // what is known of the site's status
}

// What is said over the explanation of an amount.
const (
	noteBefore = "compare.proof.before"
	noteAfter  = "compare.proof.after"
	noteTotal  = "compare.proof.total"
	noteCap    = "compare.proof.site"
)

// gauge is a bar from 0 to 1: filled from From to To, a whisker from Low to High,
// a mark at Mark where it is not negative.
type gauge struct {
	From, To, Low, High, Mark float32
	Strong                    bool
}

// limit is a bar with what is said about it.
type limit struct {
	name, value, note string
	bar               gauge
}

type presenter struct {
	d Desk
	t *i18n.Catalogue
	f *i18n.Formatter
	c *desk.Compared
}

func newModel(d Desk, c *desk.Compared, example bool) *model {
	p := &presenter{d, d.Texts(), d.Texts().Formatter(), c}
	m := &model{made: c, lead: d.SayLead(c), best: -1}
	if len(c.Quality.Order) > 0 {
		m.best = c.Quality.Order[0]
	}
	for i := range c.Sites {
		m.head = append(m.head, cell{text: c.Sites[i].Site.Name, bold: slices.Contains(c.Quality.Leaders, i), muted: c.Quality.Sites[i].Out})
	}
	p.quality(m)
	p.costs(m)
	for k := range c.Criteria {
		p.criterion(m, k)
	}
	m.limits, m.firsts = p.limits(), p.firsts()
	m.project = p.project(example)
	m.caption = p.t.Text("compare.caption", "made", d.SayMade(c))
	return m
}

// row adds a row: its label, and a cell of each site.
func (p *presenter) row(m *model, label cell, of func(i int, s *desk.ComparedSite) cell) {
	cells := make([]cell, len(p.c.Sites))
	for i := range p.c.Sites {
		cells[i] = of(i, &p.c.Sites[i])
		cells[i].muted = cells[i].muted || p.c.Quality.Sites[i].Out
	}
	m.labels, m.rows = append(m.labels, label), append(m.rows, cells)
}

func (p *presenter) quality(m *model) {
	q := p.c.Quality
	decimals := p.c.QualityDecimals()
	at := func(x compare.Points) float32 { return float32(x) / float32(compare.Full) }
	p.row(m, cell{text: p.t.Text("compare.row.quality")}, func(i int, _ *desk.ComparedSite) cell {
		s := q.Sites[i].Quality
		leads := slices.Contains(q.Leaders, i)
		out := cell{
			text: desk.SayPoints(p.f, s.Value, decimals), bold: leads,
			bar: &gauge{To: at(s.Value), Low: at(s.Low), High: at(s.High), Mark: -1, Strong: leads},
		}
		if low, high := desk.SayPoints(p.f, s.Low, decimals), desk.SayPoints(p.f, s.High, decimals); low != high {
			out.sub = p.t.Text("compare.between", "low", low, "high", high)
		}
		return out
	})
	p.row(m, cell{text: p.t.Text("compare.row.rank")}, func(i int, _ *desk.ComparedSite) cell {
		if q.Sites[i].Out {
			return cell{text: p.t.Text("compare.apart")}
		}
		return cell{text: p.d.SayRank(&q.Sites[i])}
	})
	if len(p.c.Comparison.Must) == 0 {
		return
	}
	p.row(m, cell{text: p.t.Text("compare.must")}, func(_ int, s *desk.ComparedSite) cell {
		passed, open := 0, 0
		for _, x := range s.Must {
			switch x.State {
			case compare.Pass:
				passed++
			case compare.Unknown:
				open++
			}
		}
		return cell{text: tally(p.t, passed, len(s.Must), open)}
	})
}

// tally says how many of all pass, and how many cannot be told.
func tally(t *i18n.Catalogue, passed, of, open int) string {
	if open > 0 {
		return t.Text("compare.tally.open", "passed", passed, "of", of, "open", open)
	}
	return t.Text("compare.tally", "passed", passed, "of", of)
}

// costs are the rows of money. What they leave out is said once where it is so
// for all sites, and otherwise at each.
func (p *presenter) costs(m *model) {
	rented, counted := 0, 0
	for i := range p.c.Sites {
		if p.c.Sites[i].Cost.Counted {
			counted++
		}
		if p.c.Sites[i].Cost.HasRent {
			rented++
		}
	}
	basis, mixed := p.t.Text("compare.payroll"), rented > 0 && rented < counted
	switch {
	case mixed:
		basis = p.t.Text("compare.mixed")
	case rented > 0:
		basis = p.t.Text("compare.withRent")
	}
	money := func(s *desk.ComparedSite, amount domain.Money) string {
		if !s.Cost.Counted {
			return p.t.Text("compare.nobody")
		}
		return p.f.Amount(amount)
	}
	p.row(m, cell{text: p.t.Text("compare.row.before"), sub: basis}, func(i int, s *desk.ComparedSite) cell {
		out := cell{text: money(s, s.Cost.Before), open: &opening{site: i, line: calc.LineCost, note: noteBefore}}
		switch {
		case mixed && s.Cost.HasRent:
			out.sub = p.t.Text("compare.withRent.short")
		case mixed:
			out.sub = p.t.Text("compare.payroll.short")
		}
		switch {
		case s.Cost.BelowMinimum:
			out.aside, out.marked = p.t.Text("compare.minimum"), true
		case s.Cost.HasRent || s.Cost.Pay != nil:
			out.aside, out.marked = p.t.Text("compare.own"), true
		}
		return out
	})
	least := p.c.Least()
	p.row(m, cell{text: p.t.Text("compare.row.after"), aside: p.t.Text("compare.byDefault")}, func(i int, s *desk.ComparedSite) cell {
		out := cell{text: money(s, s.Cost.After), bold: slices.Contains(least, i), open: &opening{site: i, line: calc.LineBenefits, note: noteAfter}}
		if s.Cost.AtLeast && s.Cost.Counted {
			out.text = p.t.Text("compare.atMost", "amount", out.text)
		}
		out.aside = p.beforeOpening(s)
		if s.Cost.AfterLow != s.Cost.AfterHigh {
			out.sub = p.t.Text("compare.between", "low", p.f.Amount(s.Cost.AfterLow), "high", p.f.Amount(s.Cost.AfterHigh))
		}
		return out
	})
	p.total(m)
}

// total is the row of the whole horizon.
func (p *presenter) total(m *model) {
	months := p.c.Sites[0].Cost.Result.Months
	p.row(m, cell{text: p.t.Text("compare.row.total", "months", months), aside: p.t.Text("compare.afterAid")}, func(i int, s *desk.ComparedSite) cell {
		out := cell{
			text: p.f.Amount(s.Cost.TotalAfter), open: &opening{site: i, line: calc.LineBenefits, note: noteTotal},
			sub: p.t.Text("compare.total.before", "amount", p.f.Amount(s.Cost.TotalBefore)), aside: p.beforeOpening(s),
		}
		if s.Cost.AtLeast {
			out.text = p.t.Text("compare.atMost", "amount", out.text)
		}
		return out
	})
}

// beforeOpening is the mark of what a note under the table speaks of: the cap and
// the costs of a site that does not operate yet.
func (p *presenter) beforeOpening(s *desk.ComparedSite) string {
	if s.Opens {
		return p.t.Text("compare.opens.mark")
	}
	return ""
}

// criterion is the raw values of one criterion, the best of them in bold.
func (p *presenter) criterion(m *model, k int) {
	r := p.c.Criteria[k]
	label := cell{text: p.d.CriterionName(r.ID), muted: p.c.Comparison.Weights[r.ID] == 0, aside: p.d.SayUnit(r)}
	if r.Unit == rules.UnitShare { // the name of a field is too long to stand beside
		label.aside, label.sub = "", label.aside
	}
	best, worst, known := compare.Points(0), compare.Full, false
	for i := range p.c.Sites {
		if s := p.c.Quality.Sites[i].Scores[k]; !s.Missing {
			best, worst, known = max(best, s.Value), min(worst, s.Value), true
		}
	}
	p.row(m, label, func(i int, s *desk.ComparedSite) cell {
		raw := s.Cells[r.ID]
		said, score := p.d.SayCell(&raw), p.c.Quality.Sites[i].Scores[k]
		out := cell{
			text: said.Value, sub: said.Note, marked: said.Own,
			bold: known && best > worst && !score.Missing && score.Value == best, muted: label.muted || said.Missing,
		}
		switch {
		case raw.Datum != nil:
			out.aside, out.sub = p.when(&raw, said), p.note(said)
			out.open = &opening{site: i, place: raw.Datum.Place, field: raw.Datum.Field.ID}
		case r.Of == rules.OfIRCap:
			out.aside, out.open = p.beforeOpening(s), &opening{site: i, line: domain.AIR, note: noteCap}
		case r.Of == rules.OfStatus:
			out.open = &opening{site: i, status: true}
		}
		return out
	})
}

// when is the year a value speaks of, or that it is the user's: what there is room
// for in a column.
func (p *presenter) when(c *desk.Cell, said desk.CellText) string {
	year, _, month := strings.Cut(c.Datum.AsOf(), "-")
	switch {
	case said.Own:
		return p.t.Text("compare.own")
	case month && said.When != "" && len(year) == len("2006"):
		return year
	}
	return said.When
}

func (p *presenter) note(said desk.CellText) string {
	if said.Missing {
		return p.t.Text("compare.missing")
	}
	return said.Note
}

// limits says of each criterion that weighs how far its share may move before
// the first place changes.
func (p *presenter) limits() []limit {
	var out []limit
	for i := range p.c.Quality.Criteria {
		w := &p.c.Quality.Criteria[i]
		if w.Points == 0 {
			continue
		}
		share := func(s domain.Share) float32 { return float32(s) / float32(domain.ShareOne) }
		s := w.Stability
		out = append(out, limit{
			name: p.d.CriterionName(w.ID), value: p.d.SayShare(w.Share), note: p.beyond(s),
			bar: gauge{From: share(s.From), To: share(s.To), Mark: share(w.Share)},
		})
	}
	return out
}

// beyond says who takes over where a weight moves too far.
func (p *presenter) beyond(s compare.Stability) string {
	name := func(i int) string { return p.c.Sites[i].Site.Name }
	switch {
	case s.Undefined:
		return p.t.Text("compare.limit.all")
	case s.Below >= 0 && s.Above >= 0:
		return p.t.Text("compare.limit.both", "from", p.d.SayEdge(s.From), "below", name(s.Below), "to", p.d.SayEdge(s.To), "above", name(s.Above))
	case s.Below >= 0:
		return p.t.Text("compare.limit.below", "from", p.d.SayEdge(s.From), "below", name(s.Below))
	case s.Above >= 0:
		return p.t.Text("compare.limit.above", "to", p.d.SayEdge(s.To), "above", name(s.Above))
	}
	return p.t.Text("compare.limit.free")
}

// firsts says of each ranked site how often it comes first among the draws; a span
// only where data leave it open, not where sites are level.
func (p *presenter) firsts() []limit {
	var out []limit
	open := p.c.Open()
	for _, i := range p.c.Quality.Order {
		s := p.c.Quality.Sites[i].Draws
		share := func(s domain.Share) float32 { return float32(s) / float32(domain.ShareOne) }
		l := limit{
			name: p.c.Sites[i].Site.Name, value: p.d.SayShare(s.First),
			bar: gauge{To: share(s.First), Mark: -1, Strong: slices.Contains(p.c.Quality.Leaders, i)},
		}
		if open && s.Sure != s.Possible {
			l.bar.Low, l.bar.High = share(s.Sure), share(s.Possible)
			l.note = p.t.Text("compare.first.between", "low", p.d.SayShare(s.Sure), "high", p.d.SayShare(s.Possible))
		}
		out = append(out, l)
	}
	return out
}

// project says what is compared, and whether it is only an example: that of
// another segment where none ships for the one whose weights these are.
func (p *presenter) project(example bool) string {
	said := p.d.SayProject(p.c)
	if !example {
		return said
	}
	said = p.t.Text("compare.project.example", "project", said)
	own := p.c.Comparison.Project.Segment
	if w, _ := p.d.Weighting(p.c.Comparison.Weighting); w.Segment != "" && w.Segment != own {
		said += " " + p.t.Text("compare.project.other", "segment", p.t.Text("segment."+w.Segment), "own", p.t.Text("segment."+own))
	}
	return said
}

package paper

import (
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Comparison is a comparison to be attached to a paper: the raw values, quality
// and cost apart from each other, the order with its reasons, how stable it is. Of
// is the project of the paper: a comparison of another one says so.
func Comparison(d *desk.Desk, c *desk.Compared, of domain.Project) []document.Block {
	m := &maker{t: d.Texts(), f: d.Texts().Formatter()}
	lead := d.SayLead(c)
	out := []document.Block{document.Heading{Text: m.t.Text("paper.compare.part"), Level: 2, NewPage: true}}
	say := func(small bool, texts ...string) {
		for _, text := range texts {
			if text != "" {
				out = append(out, document.Paragraph{Text: text, Small: small})
			}
		}
	}
	if !c.Comparison.Of(of) {
		say(false, m.t.Text("paper.compare.other", "name", c.Comparison.Project.Name))
	}
	head := lead.Title
	if len(lead.Names) > 0 {
		head = m.t.Text("lead.headline", "title", head, "names", lead.Names)
	}
	say(false, head)
	say(true, d.SayProject(c), lead.Tie, lead.Stable)
	out = append(out, m.quality(d, c), m.costs(c))
	say(true, lead.Cost)
	out = append(out, m.raw(d, c))
	if len(lead.Order) > 0 {
		out = append(out, document.Heading{Text: m.t.Text("paper.compare.order"), Level: 3})
		say(false, lead.Order...)
	}
	say(true, lead.Notes...)
	say(true, lead.Opens, d.SayMade(c))
	return out
}

// ranked are the sites in the order of the comparison, those set apart behind.
func ranked(c *desk.Compared) []int {
	out := append([]int(nil), c.Quality.Order...)
	for i := range c.Sites {
		if c.Quality.Sites[i].Out {
			out = append(out, i)
		}
	}
	return out
}

// quality is the points of each site with what the data leave open. There is no
// cost in it.
func (m *maker) quality(d *desk.Desk, c *desk.Compared) document.Table {
	t := document.Table{
		Title: m.t.Text("paper.compare.quality"), Sheet: m.t.Text("paper.sheet.compare"),
		Columns: []document.Column{{Title: m.t.Text("paper.compare.col.site"), Left: true}},
	}
	for _, key := range []string{"paper.compare.col.quality", "paper.col.low", "paper.col.high", "paper.compare.col.rank", "paper.compare.col.first"} {
		t.Columns = append(t.Columns, document.Column{Title: m.t.Text(key)})
	}
	for _, i := range ranked(c) {
		r := &c.Quality.Sites[i]
		rank, first := words(d.SayRank(r)), m.share(r.Draws.First)
		if r.Out {
			rank, first = words(m.t.Text("compare.apart")), document.Cell{}
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			words(c.Sites[i].Site.Name), m.points(r.Quality.Value), m.points(r.Quality.Low), m.points(r.Quality.High), rank, first,
		}})
	}
	return t
}

func (m *maker) points(p compare.Points) document.Cell {
	const tenth = compare.Point / 10
	tenths := (p + tenth/2) / tenth // no quality is below zero
	return document.Cell{
		Text:  desk.SayPoints(m.f, p, 1),
		Value: &document.Value{Decimal: domain.Decimal(domain.FormatFixed(int64(tenths), 1, 1)), Places: 1},
	}
}

// costs is what the project costs at each site. There is no quality in it.
func (m *maker) costs(c *desk.Compared) document.Table {
	months := c.Sites[0].Cost.Result.Months
	t := document.Table{
		Title: m.t.Text("paper.compare.cost"), Unit: m.t.Text("paper.compare.unit", "months", months), Sheet: m.t.Text("paper.sheet.compare"),
		Columns: []document.Column{{Title: m.t.Text("paper.compare.col.site"), Left: true}},
	}
	for _, key := range []string{"before", "after", "low", "high", "total.before", "total.after"} {
		t.Columns = append(t.Columns, document.Column{Title: m.t.Text("paper.compare.col." + key)})
	}
	for _, i := range ranked(c) {
		x := &c.Sites[i].Cost
		seat := calc.Whole
		if !x.Counted {
			seat = calc.NotKnown
		}
		after := func(a domain.Money, e calc.Extent) document.Cell {
			cell := m.whole(a, e)
			if x.AtLeast && e == calc.Whole {
				cell.Text = m.t.Text("amount.atMost", "amount", cell.Text)
			}
			return cell
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			words(c.Sites[i].Site.Name), m.whole(x.Before, seat), after(x.After, seat), m.whole(x.AfterLow, seat), after(x.AfterHigh, seat),
			m.whole(x.TotalBefore, calc.Whole), after(x.TotalAfter, calc.Whole),
		}})
	}
	return t
}

// raw is what was found for each criterion at each site, under the weights.
func (m *maker) raw(d *desk.Desk, c *desk.Compared) document.Table {
	t := document.Table{
		Title: m.t.Text("paper.compare.raw"), Sheet: m.t.Text("paper.sheet.compare"),
		Columns: []document.Column{{Title: m.t.Text("paper.compare.col.site"), Left: true}},
	}
	weights := document.Row{Cells: []document.Cell{words(m.t.Text("paper.compare.weights"))}}
	for k, criterion := range c.Criteria {
		t.Columns = append(t.Columns, document.Column{Title: m.criterion(d, criterion), Left: true})
		weights.Cells = append(weights.Cells, m.share(c.Quality.Criteria[k].Share))
	}
	t.Rows = append(t.Rows, weights)
	for _, i := range ranked(c) {
		row := document.Row{Cells: []document.Cell{words(c.Sites[i].Site.Name)}}
		for _, criterion := range c.Criteria {
			cell := c.Sites[i].Cells[criterion.ID]
			said := d.SayCell(&cell)
			text := said.Value
			for _, more := range []string{said.When, said.Note} {
				if more != "" {
					text = m.t.Text("lead.site.more", "value", text, "more", more)
				}
			}
			row.Cells = append(row.Cells, document.Cell{Text: text, Muted: said.Missing})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// criterion is the name of a criterion with its unit.
func (m *maker) criterion(d *desk.Desk, c *rules.Criterion) string {
	if unit := d.SayUnit(c); unit != "" {
		return m.t.Text("paper.compare.criterion", "name", d.CriterionName(c.ID), "unit", unit)
	}
	return d.CriterionName(c.ID)
}

// Scenarios is the three scenarios to be attached to a paper. The error is that
// of a result that cannot be computed again.
func Scenarios(d *desk.Desk, s *whatif.Scenarios) ([]document.Block, error) {
	m := &maker{t: d.Texts(), f: d.Texts().Formatter()}
	t := document.Table{
		Title: m.t.Text("paper.scenarios"), Sheet: m.t.Text("paper.sheet.scenarios"), Note: s.Honest,
		Columns: []document.Column{
			{Title: m.t.Text("paper.scenarios.col.name"), Left: true},
			{Title: m.t.Text("paper.scenarios.col.moves"), Left: true, Share: 0.34},
			{Title: m.t.Text("paper.col.amount")},
			{Title: m.t.Text("paper.col.low")},
			{Title: m.t.Text("paper.col.high")},
			{Title: m.t.Text("paper.scenarios.col.cost")},
		},
	}
	for i := range s.Three {
		x := &s.Three[i]
		name, moves := words(x.Title), words(strings.Join(x.Moves, " · "))
		if x.Refused != "" {
			moves.Text = join(moves.Text, x.Refused)
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{name, moves, {}, {}, {}, {}}})
			continue
		}
		r, err := d.Estimate(x.Draft)
		if err != nil {
			return nil, err
		}
		t.Unit = m.t.Text("paper.unit", "months", r.Months)
		b, open := r.Benefits, r.Extent(calc.LineBenefits)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			name, moves, m.whole(b.Value, open), m.end(b.Low, open), m.end(b.High, open), m.whole(r.EmploymentCost, calc.Whole),
		}})
	}
	return []document.Block{document.Heading{Text: m.t.Text("paper.scenarios.part"), Level: 2}, t}, nil
}

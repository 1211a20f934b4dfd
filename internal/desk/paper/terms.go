package paper

import (
	"cmp"
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// inputs are what the result was computed from, those not given marked.
func (m *maker) inputs() []document.Block {
	p := &m.r.Project
	pair := func(key, path string, c document.Cell) document.Pair {
		return document.Pair{Name: m.t.Text(key), Cell: c, Assumed: m.assumed(path)}
	}
	list := []document.Pair{
		pair("paper.in.segment", "segment", words(p.Segment)),
		pair("paper.in.place", "site", words(m.Place)),
		pair("paper.in.inside", "insideP2I", words(m.yes(m.r.Inside))),
		pair("paper.in.from", "from", words(m.f.Month(m.r.From))),
		pair("paper.in.months", "months", m.count(m.r.Months, months)),
	}
	if p.OperationStart != nil {
		list = append(list, pair("paper.in.start", "operationStart", words(m.f.Month(*p.OperationStart))))
	} else if m.assumed("operationStart") {
		list = append(list, pair("paper.in.start", "operationStart", m.supposed(words(m.f.Month(m.r.From)))))
	}
	export := m.supposed(m.share(domain.ShareOne))
	if p.ExportShare != nil {
		export = m.share(*p.ExportShare)
	}
	list = append(list, pair("paper.in.export", "exportShare", export))
	for _, x := range p.Profits {
		list = append(list, document.Pair{Name: m.t.Text("paper.in.profit", "year", x.Year), Cell: m.money(x.Taxable, calc.Whole)})
	}
	sheet := m.t.Text("paper.sheet.inputs")
	out := []document.Block{
		document.Heading{Text: m.t.Text("paper.inputs.part"), Level: 2, NewPage: true},
		document.Pairs{Title: m.t.Text("paper.inputs"), Sheet: sheet, Pairs: list},
		m.people(sheet),
	}
	if len(m.r.Assumed) > 0 {
		out = append(out, document.Paragraph{Text: m.t.Text("paper.inputs.assumed"), Small: true})
	}
	return out
}

func (m *maker) yes(b bool) string {
	if b {
		return m.t.Text("state.yes")
	}
	return m.t.Text("state.no")
}

func (m *maker) assumed(path string) bool { return slices.Contains(m.r.Assumed, path) }

// people are the roles with their hires.
func (m *maker) people(sheet string) document.Table {
	t := document.Table{
		Title: m.t.Text("paper.people"), Sheet: sheet,
		Columns: []document.Column{
			{Title: m.t.Text("paper.col.role"), Left: true},
			{Title: m.t.Text("paper.col.pay")},
			{Title: m.t.Text("paper.col.raise")},
			{Title: m.t.Text("paper.col.attrition")},
			{Title: m.t.Text("paper.col.moroccan")},
			{Title: m.t.Text("paper.col.hires"), Left: true, Share: 0.32},
		},
		Note: m.t.Text("paper.people.note"),
	}
	for i := range m.r.Project.Roles {
		role := &m.r.Project.Roles[i]
		path := func(name string) string { return "roles[" + m.plain(i) + "]." + name }
		row := document.Row{Cells: []document.Cell{
			words(role.Title), m.marked(m.money(role.GrossMonthly, calc.Whole), path("grossMonthly")),
			m.optional(role.AnnualRaise, 0, path("annualRaise")), m.optional(role.AnnualAttrition, 0, path("annualAttrition")),
			m.optional(role.MoroccanShare, domain.ShareOne, path("moroccanShare")), words(m.hires(role.Hires)),
		}}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// optional is a share, or where none was given the one that was computed with.
func (m *maker) optional(s *domain.Share, otherwise domain.Share, path string) document.Cell {
	c := m.share(otherwise)
	if s != nil {
		c = m.share(*s)
	}
	c.Muted = s == nil
	return m.marked(c, path)
}

// supposed says of a value that it was computed with and not given.
func (m *maker) supposed(c document.Cell) document.Cell {
	c.Text = m.t.Text("paper.in.supposed", "value", c.Text)
	return c
}

func (m *maker) marked(c document.Cell, path string) document.Cell {
	if m.assumed(path) {
		c.Text = m.t.Text("paper.mark", "text", c.Text)
	}
	return c
}

// hires lists when how many start; many of them are said as a span.
func (m *maker) hires(list []domain.Hire) string {
	const most = 6 // that fit in a cell
	total := 0
	var said []string
	for _, h := range list {
		total += h.Count
		said = append(said, m.t.Text("paper.hire", "people", m.f.Count(h.Count), "month", h.Month))
	}
	if len(list) <= most {
		return strings.Join(said, " · ")
	}
	first := slices.MinFunc(list, func(a, b domain.Hire) int { return cmp.Compare(a.Month, b.Month) })
	last := slices.MaxFunc(list, func(a, b domain.Hire) int { return cmp.Compare(a.Month, b.Month) })
	return m.t.Text("paper.hire.span", "people", m.f.Count(total), "first", first.Month, "last", last.Month, "count", len(list))
}

var states = map[string]document.State{calc.Yes: document.Met, calc.No: document.NotMet, calc.Unknown: document.Unknown}

// conditions are what must be true, by benefit, with what the project says.
func (m *maker) conditions() []document.Block {
	out := []document.Block{document.Heading{Text: m.t.Text("paper.conditions.part"), Level: 2}}
	for _, code := range domain.Benefits {
		list := document.Checklist{Title: m.t.Text("result.group", "code", code, "name", m.t.Text("result.benefit."+code))}
		for i := range m.r.Conditions {
			x := &m.r.Conditions[i]
			if x.Benefit == code {
				list.Items = append(list.Items, document.Item{
					Text: m.t.T(x.Text), State: states[x.State], Said: m.t.Text("state." + x.State), Detail: m.t.T(x.Detail), Source: desk.SayCondition(m.t, m.Pack, x),
				})
			}
		}
		if len(list.Items) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// left is what is not counted, and why.
func (m *maker) left() []document.Block {
	if len(m.r.NotCounted) == 0 {
		return nil
	}
	t := document.Table{
		Title: m.t.Text("paper.left"), Unit: m.t.Text("paper.unit", "months", m.r.Months),
		Columns: []document.Column{{Title: m.t.Text("paper.col.measure"), Left: true}, {Title: m.t.Text("paper.col.amount")}, {Title: m.t.Text("paper.col.why"), Left: true, Share: 0.6}},
	}
	for _, x := range m.r.NotCounted {
		c := document.Cell{Text: m.t.Text("result.left.unknown"), Muted: true}
		if x.Amount != nil {
			c = m.whole(*x.Amount, calc.Whole)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{words(desk.SayLeftOut(m.t, &x)), c, words(m.t.T(x.Reason))}})
	}
	return []document.Block{t}
}

// readings are how the text was read where it can be read in several ways.
func (m *maker) readings() []document.Block {
	list := document.Pairs{Title: m.t.Text("paper.readings")}
	for i := range m.Pack.Readings {
		in := &m.Pack.Readings[i]
		v := m.r.Readings.Get(in.ID)
		said := m.t.Text("reading." + in.ID + "." + v)
		switch {
		case slices.Contains(m.r.Settled, in.ID):
			said = m.t.Text("paper.reading.settled", "value", said)
		case v == in.Values[0]:
			said = m.t.Text("result.readings.default", "value", said)
		}
		list.Pairs = append(list.Pairs, document.Pair{Name: m.t.Text("reading." + in.ID), Cell: words(said)})
	}
	return []document.Block{list}
}

// sources are the pages behind the rules that this result used.
func (m *maker) sources() []document.Block {
	var list []rules.Source
	add := func(all []rules.Source) {
		for _, s := range all {
			if !slices.ContainsFunc(list, func(have rules.Source) bool {
				return have.Title == s.Title && have.Publisher == s.Publisher && have.URL == s.URL
			}) {
				list = append(list, s)
			}
		}
	}
	for _, line := range []string{calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF, domain.AIS} {
		x, err := m.Case.Explain(line, 0)
		if err != nil { // cannot be: these lines are there in every result
			continue
		}
		each(x.Tree, func(r *calc.RuleRef) { add(r.Sources) })
		for i := range x.Steps {
			for k := range x.Steps[i].Rules {
				add(x.Steps[i].Rules[k].Sources)
			}
		}
	}
	for i := range m.r.Conditions {
		for _, id := range m.r.Conditions[i].Sources {
			if s, ok := m.Pack.Sources[id]; ok {
				add([]rules.Source{s})
			}
		}
	}
	t := document.Table{
		Title: m.t.Text("paper.sources"), Sheet: m.t.Text("paper.sheet.sources"),
		Columns: []document.Column{{Title: m.t.Text("paper.col.publisher"), Left: true, Share: 0.42}, {Title: m.t.Text("paper.col.page"), Left: true}},
		Note:    m.t.Text("paper.sources.pack", "number", m.r.Pack.Number, "sha", m.r.Pack.SHA256, "inForce", m.r.Pack.InForce, "verified", m.r.Pack.VerifiedOn),
	}
	for _, s := range list {
		x := desk.SaySource(m.t, s)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{words(x.By), words(strings.TrimSpace(x.Title + " " + x.URL))}})
	}
	return []document.Block{document.Heading{Text: m.t.Text("paper.sources.part"), Level: 2, NewPage: true}, t}
}

// each visits the rule values of a tree.
func each(n *calc.Node, visit func(*calc.RuleRef)) {
	if n == nil {
		return
	}
	if n.Rule != nil {
		visit(n.Rule)
	}
	for _, c := range n.Children {
		each(c, visit)
	}
}

package paper

import (
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

// first is the answer on one page: what, where, how much within which range, by
// which measure, in which year. Its foot is laid out before the chart, so that
// the code and the notice stand on this page whatever the names are.
func (m *maker) first() []document.Block {
	out := []document.Block{
		document.Heading{Text: m.r.Project.Name, Level: 1},
		document.Paragraph{Text: m.what()},
	}
	if m.Sheet.For != "" {
		out = append(out, document.Paragraph{Text: m.t.Text("paper.for", "name", m.Sheet.For)})
	}
	out = append(out, m.answer(), m.measures(), m.seal())
	if m.Short {
		return append(out, document.Spare{Block: m.years()}, document.Spare{Block: m.briefly()})
	}
	return append(out, m.years(), document.Spare{Block: m.briefly()})
}

// seal is the foot of the first page: the code, what the paper covers and what
// not, the rate and the rules.
func (m *maker) seal() document.Seal {
	s := document.Seal{QR: m.Sheet.Code}
	add := func(text string) {
		for line := range strings.SplitSeq(text, "\n") {
			if line != "" {
				s.Lines = append(s.Lines, line)
			}
		}
	}
	add(m.Sheet.Notice)
	if m.Rate != nil {
		add(m.Rate.Text)
	}
	if m.Sheet.Code != "" {
		add(m.t.Text("paper.code"))
	}
	return s
}

// briefly is what must be true and what is not counted, a line each.
func (m *maker) briefly() document.Lists {
	out := document.Lists{Lists: []document.List{m.mustBe()}}
	if len(m.r.NotCounted) > 0 {
		var items []document.Item
		for i := range m.r.NotCounted {
			x := &m.r.NotCounted[i]
			said := m.t.Text("result.left.unknown")
			if x.Amount != nil {
				said = m.t.Text("unit.MAD", "amount", m.f.Amount(*x.Amount))
			}
			items = append(items, document.Item{Text: m.t.Text("paper.left.short", "what", desk.SayLeftOut(m.t, x), "amount", said)})
		}
		out.Lists = append(out.Lists, m.few(document.List{Title: m.t.Text("paper.left"), Items: items}))
	}
	return out
}

// mustBe is each condition once, with the benefits it is for: those that are not
// met first, then those that nothing settles.
func (m *maker) mustBe() document.List {
	type entry struct {
		text, state string
		benefits    []string
	}
	var list []entry
	for i := range m.r.Conditions {
		x := &m.r.Conditions[i]
		text := m.t.T(x.Text)
		at := slices.IndexFunc(list, func(e entry) bool { return e.text == text && e.state == x.State })
		if at < 0 {
			at, list = len(list), append(list, entry{text: text, state: x.State})
		}
		list[at].benefits = append(list[at].benefits, x.Benefit)
	}
	urgent := []string{calc.No, calc.Unknown, calc.Yes}
	slices.SortStableFunc(list, func(a, b entry) int {
		return slices.Index(urgent, a.state) - slices.Index(urgent, b.state)
	})
	var items []document.Item
	for _, e := range list {
		text := m.t.Text("paper.conditions.short", "text", e.text, "benefits", strings.Join(e.benefits, ", "))
		items = append(items, document.Item{Text: text, State: states[e.state]})
	}
	return m.few(document.List{Title: m.t.Text("paper.conditions.part"), Boxes: true, Items: items})
}

// few keeps as many lines as have room on a first page, and says how many more
// there are.
func (m *maker) few(l document.List) document.List {
	const most = 4
	if more := len(l.Items) - most; more > 0 {
		l.Items, l.More = l.Items[:most], m.t.Text("paper.more", "count", more)
	}
	return l
}

// what says in a line where, how many and when.
func (m *maker) what() string {
	last := m.r.From + domain.Month(m.r.Months-1)
	heads := 0
	for _, role := range m.r.Project.Roles {
		for _, h := range role.Hires {
			heads += h.Count
		}
	}
	return m.t.Text("paper.what", "segment", m.r.Project.Segment, "place", m.Place, "count", heads, "people", m.f.Count(heads), "first", m.r.From, "last", last)
}

func (m *maker) answer() document.Answer {
	b, open := m.r.Benefits, m.r.Extent(calc.LineBenefits)
	a := document.Answer{
		Label: m.t.Text("result."+m.r.Manner(), "months", m.r.Months), Cell: m.whole(b.Value, open),
		Range: m.t.Text("paper.range", "low", m.f.Amount(b.Low), "high", m.f.Amount(b.High)),
	}
	a.Cell.Text = m.t.Text("unit.MAD", "amount", a.Cell.Text)
	if b.Settled() {
		a.Range = m.t.Text("result.bar.only")
	}
	if said := desk.SayAssumed(m.t, m.r.Assumed); len(said) > 0 {
		a.Note = m.t.Text("result.assumed", "what", m.t.List(said))
	}
	if years := m.r.UnknownYears(domain.AIS); len(years) > 0 {
		a.Note = join(a.Note, m.t.Text("amount.partial", "years", calc.YearRanges(years)))
	}
	a.More = m.beside(open)
	return a
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// beside is the cost with and without the offer, the share of it and a seat.
func (m *maker) beside(open calc.Extent) []document.Pair {
	after := m.whole(m.r.EmploymentCost-m.r.Benefits.Value, calc.Whole)
	if open == calc.AtLeast {
		after.Text = m.t.Text("amount.atMost", "amount", after.Text)
	}
	out := []document.Pair{
		{Name: m.t.Text("paper.without"), Cell: m.whole(m.r.EmploymentCost, calc.Whole)},
		{Name: m.t.Text("paper.with"), Cell: after},
	}
	if s, ok := m.r.BenefitsShare(); ok {
		c := m.share(s)
		c.Text = desk.SayExtent(m.t, open, c.Text)
		out = append(out, document.Pair{Name: m.t.Text("paper.share"), Cell: c})
	}
	if seat, ok := m.r.CostPerSeatMonth(true); ok {
		c := m.whole(seat, calc.Whole)
		if open == calc.AtLeast {
			c.Text = m.t.Text("amount.atMost", "amount", c.Text)
		}
		out = append(out, document.Pair{Name: m.t.Text("paper.seat"), Cell: c})
	}
	if m.Rate != nil {
		c := m.converted(m.r.Benefits.Value)
		c.Text = desk.SayExtent(m.t, open, c.Text)
		out = append(out, document.Pair{Name: m.t.Text("paper.converted", "currency", m.Rate.Currency), Cell: c})
	}
	return out
}

// measures are the four benefits with their ranges and why each is what it is.
func (m *maker) measures() document.Table {
	t := document.Table{
		Title: m.t.Text("paper.measures", "months", m.r.Months), Sheet: m.t.Text("paper.sheet.answer"),
		Columns: []document.Column{
			{Title: m.t.Text("paper.col.measure"), Left: true},
			{Title: m.t.Text("paper.col.amount")},
			{Title: m.t.Text("paper.col.low")},
			{Title: m.t.Text("paper.col.high")},
			{Title: m.t.Text("paper.col.why"), Left: true, Share: 0.46},
		},
	}
	var sum []document.Ref
	for i, code := range domain.Benefits {
		b, open := m.r.Benefit(code), m.r.Extent(code)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			words(m.t.Text("result.group", "code", code, "name", m.t.Text("result.benefit."+code))),
			m.whole(b.Value, open), m.end(b.Low, open), m.end(b.High, open), words(m.t.T(m.r.Notes[code])),
		}})
		sum = append(sum, document.Ref{Row: i, Column: 1})
	}
	b, open := m.r.Benefits, m.r.Extent(calc.LineBenefits)
	total := m.whole(b.Value, open)
	total.Sum = sum
	// The lowest and highest total are those of one set of readings each, not the
	// sums of the extremes above them.
	t.Rows = append(t.Rows, document.Row{Total: true, Cells: []document.Cell{
		words(m.t.Text("line." + calc.LineBenefits)), total, m.end(b.Low, open), m.end(b.High, open), {},
	}})
	t.Note = m.t.Text("paper.measures.note")
	return summed(t)
}

// end is one end of a range; an unknown amount has none.
func (m *maker) end(a domain.Money, open calc.Extent) document.Cell {
	if open == calc.NotKnown {
		return document.Cell{}
	}
	return m.whole(a, calc.Whole)
}

const million = 1e8 // centimes

// years draws the benefits by the year in which the right is acquired.
func (m *maker) years() document.Drawing {
	var labels, totals []string
	series := make([]chart.Series, len(domain.Benefits))
	for i, code := range domain.Benefits {
		series[i] = chart.Series{Label: code, Color: chart.Benefits[i]}
	}
	for i := range m.r.Years {
		y := &m.r.Years[i]
		labels = append(labels, m.plain(y.Year))
		totals = append(totals, desk.SayExtent(m.t, y.Extent(calc.LineBenefits), m.f.Compact(y.Benefits())))
		for k, code := range domain.Benefits {
			series[k].Values = append(series[k].Values, chart.Value{Known: y.Extent(code) != calc.NotKnown, Value: float64(y.Line(code)) / million})
		}
	}
	title := m.t.Text("paper.years")
	return document.Drawing{
		Title: title, Caption: m.t.Text("paper.years.caption"),
		Draw: func(width float64) *record.Drawing {
			d, err := chart.Stack(chart.StackParams{
				Sheet: chart.Sheet{
					Width: width, Height: chartTall, Title: title, Unit: m.t.Text("paper.years.unit"),
					Number: func(x float64) string { return m.f.Decimal(domain.Decimal(strconv.FormatFloat(x, 'f', -1, 64))) }, Empty: m.t.Text("paper.years.none"),
				},
				Labels: labels, Series: series, Totals: totals,
			})
			if err != nil { // amounts of a result are numbers, and the sheet is wide enough
				return &record.Drawing{Width: width}
			}
			return d
		},
	}
}

const chartTall = 122 // design pixels

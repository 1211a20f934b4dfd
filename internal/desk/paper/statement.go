package paper

import (
	"atlasp2i/internal/calc"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

// statementLines is the order of a statement.
var statementLines = []string{
	calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF,
	calc.LineCorpTax, domain.AIS, calc.LineBenefits,
}

// statement is the lines by year, then each by role.
func (m *maker) statement() []document.Block {
	t := document.Table{
		Title: m.t.Text("paper.statement"), Unit: m.t.Text("paper.unit.year"), Sheet: m.t.Text("paper.sheet.statement"),
		Columns: m.yearColumns(m.t.Text("paper.col.line")), Note: m.t.Text("paper.statement.note"),
	}
	at := map[string]int{}
	for _, line := range statementLines {
		at[line] = len(t.Rows)
		row := document.Row{Total: line == calc.LineBenefits, Cells: []document.Cell{words(m.t.Text("line." + line))}}
		var total domain.Money
		var sum []document.Ref
		for i := range m.r.Years {
			y := &m.r.Years[i]
			c := m.money(y.Line(line), y.Extent(line))
			if line == calc.LineBenefits {
				c.Sum = above(at, i+1)
			}
			row.Cells = append(row.Cells, c)
			total += y.Line(line)
			sum = append(sum, document.Ref{Row: len(t.Rows), Column: i + 1})
		}
		c := m.money(total, m.r.Extent(line))
		c.Sum = sum
		row.Cells = append(row.Cells, c)
		t.Rows = append(t.Rows, row)
	}
	return append([]document.Block{document.Heading{Text: m.t.Text("paper.statement.part"), Level: 2, NewPage: true}, summed(t)}, m.roles()...)
}

// above are the four benefits in a column.
func above(at map[string]int, column int) []document.Ref {
	var out []document.Ref
	for _, code := range domain.Benefits {
		out = append(out, document.Ref{Row: at[code], Column: column})
	}
	return out
}

func (m *maker) yearColumns(first string) []document.Column {
	out := []document.Column{{Title: first, Left: true}}
	for i := range m.r.Years {
		y := &m.r.Years[i]
		title := m.plain(y.Year)
		if y.Months != fiscalMonths {
			title = m.t.Text("result.sheet.partial", "year", y.Year, "months", y.Months)
		}
		out = append(out, document.Column{Title: title})
	}
	return append(out, document.Column{Title: m.t.Text("result.sheet.total")})
}

const fiscalMonths = 12

// roles parts the lines among the roles; one role is the statement itself.
func (m *maker) roles() []document.Block {
	if len(m.r.Project.Roles) < 2 {
		return nil
	}
	t := document.Table{
		Title: m.t.Text("paper.roles"), Unit: m.t.Text("paper.unit.year"), Sheet: m.t.Text("paper.sheet.roles"),
		Columns: m.yearColumns(m.t.Text("paper.col.role")),
	}
	for _, line := range statementLines {
		rows := m.Case.ByRole(line)
		if len(rows) == 0 {
			continue
		}
		t.Rows = append(t.Rows, document.Row{Group: true, Cells: append([]document.Cell{words(m.t.Text("line." + line))}, make([]document.Cell, len(t.Columns)-1)...)})
		for i := range rows {
			row := document.Row{Cells: []document.Cell{words(rows[i].Title)}}
			var sum []document.Ref
			for y, a := range rows[i].Years {
				row.Cells = append(row.Cells, m.money(a, calc.Whole))
				sum = append(sum, document.Ref{Row: len(t.Rows), Column: y + 1})
			}
			c := m.money(rows[i].Total(), calc.Whole)
			c.Sum = sum
			row.Cells = append(row.Cells, c)
			t.Rows = append(t.Rows, row)
		}
	}
	return []document.Block{summed(t)}
}

// Rights are the months in which rights to the benefits are acquired.
type Rights struct {
	Months []Right
	Note   string // what is known of the dates of payment
}

// Right is what is acquired in one month, in the order of domain.Benefits.
type Right struct {
	Month   domain.Month
	Amounts [4]domain.Money
	Unknown [4]bool
}

// calendar lists the months in which something is acquired.
func (m *maker) calendar() []document.Block {
	if len(m.Rights.Months) == 0 {
		return nil
	}
	t := document.Table{
		Title: m.t.Text("paper.calendar"), Unit: m.t.Text("paper.unit.month"), Sheet: m.t.Text("paper.sheet.calendar"),
		Columns: []document.Column{{Title: m.t.Text("paper.col.month"), Left: true}}, Note: m.Rights.Note,
	}
	for _, code := range domain.Benefits {
		t.Columns = append(t.Columns, document.Column{Title: code})
	}
	t.Columns = append(t.Columns, document.Column{Title: m.t.Text("result.sheet.total")})
	var sums [len(domain.Benefits) + 1][]document.Ref
	var totals [len(domain.Benefits) + 1]domain.Money
	for _, x := range m.Rights.Months {
		row := document.Row{Cells: []document.Cell{words(m.f.Month(x.Month))}}
		var all domain.Money
		known := calc.Whole
		var across []document.Ref
		for i, a := range x.Amounts {
			e := calc.Whole
			if x.Unknown[i] {
				e, known = calc.NotKnown, calc.AtLeast
			}
			all, totals[i] = all+a, totals[i]+a
			row.Cells = append(row.Cells, m.money(a, e))
			across = append(across, document.Ref{Row: len(t.Rows), Column: i + 1})
			sums[i] = append(sums[i], document.Ref{Row: len(t.Rows), Column: i + 1})
		}
		totals[len(x.Amounts)] += all
		sums[len(x.Amounts)] = append(sums[len(x.Amounts)], document.Ref{Row: len(t.Rows), Column: len(x.Amounts) + 1})
		if known == calc.AtLeast && all == 0 {
			known = calc.NotKnown
		}
		c := m.money(all, known)
		c.Sum = across
		t.Rows = append(t.Rows, document.Row{Cells: append(row.Cells, c)})
	}
	last := document.Row{Total: true, Cells: []document.Cell{words(m.t.Text("result.sheet.total"))}}
	for i, a := range totals {
		e := m.r.Extent(calc.LineBenefits)
		if i < len(domain.Benefits) {
			e = m.r.Extent(domain.Benefits[i])
		}
		c := m.money(a, e)
		c.Sum = sums[i]
		last.Cells = append(last.Cells, c)
	}
	t.Rows = append(t.Rows, last)
	return []document.Block{document.Heading{Text: m.t.Text("paper.calendar.part"), Level: 2, NewPage: true}, summed(t)}
}

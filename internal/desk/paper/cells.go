package paper

import (
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

// Units of the values, as the spreadsheet needs them.
const (
	mad     = "MAD"
	percent = "%"
	months  = "months"
)

func words(s string) document.Cell { return document.Cell{Text: s} }

// money is an amount to the centime, of which so much is known.
func (m *maker) money(a domain.Money, e calc.Extent) document.Cell {
	if e == calc.NotKnown {
		return document.Cell{Text: m.t.Text("amount.unknown"), Muted: true}
	}
	return document.Cell{
		Text: desk.SayExtent(m.t, e, m.f.AmountExact(a)), Muted: a == 0 && e == calc.Whole,
		Value: &document.Value{Decimal: domain.Decimal(a.String()), Unit: mad, Places: 2},
	}
}

// whole is an amount rounded to the dirham for reading; its value is exact.
func (m *maker) whole(a domain.Money, e calc.Extent) document.Cell {
	c := m.money(a, e)
	if e != calc.NotKnown {
		c.Text = desk.SayExtent(m.t, e, m.f.Amount(a))
	}
	return c
}

func (m *maker) share(s domain.Share) document.Cell {
	return document.Cell{Text: m.f.Percent(s, 1), Value: &document.Value{Decimal: percentOf(s), Unit: percent, Places: 1}}
}

// percentOf is a share as a number of percent.
func percentOf(s domain.Share) domain.Decimal {
	return domain.Decimal(domain.FormatFixed(int64(s), 4, 0))
}

func (m *maker) count(n int, unit string) document.Cell {
	return document.Cell{Text: m.f.Count(n), Value: &document.Value{Decimal: domain.Decimal(m.plain(n)), Unit: unit}}
}

func (m *maker) plain(n int) string { return domain.FormatFixed(int64(n), 0, 0) }

// summed keeps of each sum the cells that have a value: what is not known adds
// nothing, and the total says that it is a least one.
func summed(t document.Table) document.Table {
	for _, row := range t.Rows {
		for i := range row.Cells {
			c := &row.Cells[i]
			c.Sum = slices.DeleteFunc(c.Sum, func(r document.Ref) bool { return t.Rows[r.Row].Cells[r.Column].Value == nil })
			if c.Value == nil || len(c.Sum) == 0 {
				c.Sum = nil
			}
		}
	}
	return t
}

// converted is an amount in the other currency, to the whole unit.
func (m *maker) converted(a domain.Money) document.Cell {
	v := m.Rate.Of(a)
	return document.Cell{Text: m.f.Amount(v), Value: &document.Value{Decimal: domain.Decimal(v.String()), Unit: m.Rate.Currency}}
}

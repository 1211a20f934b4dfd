package whatif

import (
	"slices"
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// Calendar is when rights are acquired and, where the user gave delays, when
// their payment is expected.
type Calendar struct {
	Acquired, Paid Dates
	Dated          bool   // some delay was given
	Said           string // what the dates stand on: those of payment are not published
	Stands         string // under which reading, and how far the others go
	Undated        string // the benefits without a date of payment; "" where all have one
}

// Dates are rights by month; the months that bring nothing are not among them.
type Dates struct {
	s      *Study
	rights []whatif.Right // by month, then in the order of the benefits
}

// DateRow is a year or a month, in MAD: a cell for each benefit in their order,
// then the total. What brings nothing is a dash, an AIS that is not known says so.
type DateRow struct {
	Label string
	Year  int // 0 for the total
	Cells [len(domain.Benefits) + 1]string
	Exact [len(domain.Benefits) + 1]string // the same to the centime, with a comma, for a spreadsheet
}

// Calendar dates the rights of a draft. The error is that of desk.Case.
func (s *Study) Calendar(dr desk.Draft) (*Calendar, error) {
	c, err := s.d.Case(dr)
	if err != nil {
		return nil, err
	}
	rights, delays := whatif.Rights(c), s.delaysNow()
	cash, err := whatif.Cash(rights, delays)
	if err != nil {
		return nil, inside(err)
	}
	out := &Calendar{Acquired: Dates{s, rights}, Paid: Dates{s: s}, Dated: len(delays) > 0, Said: s.t.Text("whatif.cash.unpublished"), Stands: s.stands(c.Result())}
	for _, p := range cash.Payments {
		out.Paid.rights = append(out.Paid.rights, whatif.Right{Month: p.Month, Benefit: p.Benefit, Amount: p.Amount, Known: true})
	}
	if out.Dated {
		out.Said = s.t.Text("whatif.cash.own")
	}
	var undated []string
	for _, code := range domain.Benefits {
		if slices.ContainsFunc(cash.Undated, func(r whatif.Right) bool { return r.Benefit == code }) {
			undated = append(undated, code)
		}
	}
	if out.Dated && len(undated) > 0 {
		out.Undated = s.t.Text("whatifscreen.undated", "what", s.t.List(undated))
	}
	return out, nil
}

// Years lists the years that bring something, or may.
func (d Dates) Years() []int {
	var out []int
	for _, r := range d.rights {
		if y := r.Month.Year(); !slices.Contains(out, y) {
			out = append(out, y)
		}
	}
	return out
}

// ByYear gives a row a year and the total below.
func (d Dates) ByYear() []DateRow {
	var out []DateRow
	for _, y := range d.Years() {
		row := d.row(func(r whatif.Right) bool { return r.Month.Year() == y })
		row.Label, row.Year = d.s.t.Text("whatifscreen.year", "year", y), y
		out = append(out, row)
	}
	return append(out, d.total(func(whatif.Right) bool { return true }))
}

// ByMonth gives a row a month of a year, all years for 0, and the total below.
func (d Dates) ByMonth(year int) []DateRow {
	in := func(r whatif.Right) bool { return year == 0 || r.Month.Year() == year }
	var out []DateRow
	last := domain.Month(-1)
	for _, r := range d.rights {
		if r.Month == last || !in(r) {
			continue
		}
		last = r.Month
		row := d.row(func(other whatif.Right) bool { return other.Month == last })
		row.Label, row.Year = d.s.t.Formatter().Month(last), last.Year()
		out = append(out, row)
	}
	return append(out, d.total(in))
}

func (d Dates) total(in func(whatif.Right) bool) DateRow {
	row := d.row(in)
	row.Label = d.s.t.Text("result.sheet.total")
	return row
}

// row adds up the rights that are in it.
func (d Dates) row(in func(whatif.Right) bool) DateRow {
	var sums [len(domain.Benefits) + 1]domain.Money
	var open [len(sums)]bool // a part is not known
	all := len(sums) - 1
	for _, r := range d.rights {
		if !in(r) {
			continue
		}
		i := slices.Index(domain.Benefits[:], r.Benefit)
		sums[i], sums[all] = sums[i]+r.Amount, sums[all]+r.Amount
		open[i], open[all] = open[i] || !r.Known, open[all] || !r.Known
	}
	var out DateRow
	for i, sum := range sums {
		out.Cells[i] = d.cell(sum, open[i])
		out.Exact[i] = strings.Replace(sum.String(), ".", ",", 1)
		if open[i] && sum == 0 {
			out.Exact[i] = out.Cells[i]
		}
	}
	return out
}

func (d Dates) cell(sum domain.Money, open bool) string {
	written := d.s.t.Formatter().Amount(sum)
	switch {
	case open && sum == 0:
		return d.s.t.Text("amount.unknown")
	case open:
		return d.s.t.Text("amount.atLeast", "amount", written)
	case sum == 0:
		return d.s.t.Text("whatifscreen.nothing")
	}
	return written
}

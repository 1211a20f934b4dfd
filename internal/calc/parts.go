package calc

import (
	"math/big"
	"sort"

	"atlasp2i/internal/domain"
)

// RoleRow is the part of one role in a line: MAD of each calendar year, in the
// order of Case years. The rows of a line add up to the printed line.
type RoleRow struct {
	Title string
	Years []domain.Money
}

// Total is the row's sum over the years.
func (r *RoleRow) Total() domain.Money { return total(r.Years) }

// ByRole parts a line of the statement among the roles: each year's printed
// amount is apportioned by largest remainder, ties to the earlier role (spec,
// section 6). Lines that no role earns, as corporate tax, have no rows.
func (c *Case) ByRole(line string) []RoleRow {
	exact, div := c.roleSums(line)
	if exact == nil {
		return nil
	}
	rows := make([]RoleRow, len(c.roles))
	for i := range rows {
		rows[i] = RoleRow{c.roles[i].in.Title, make([]domain.Money, len(c.years))}
	}
	parts := make([]*big.Int, len(c.roles))
	for y := range c.years {
		for i := range parts {
			parts[i] = exact[i][y]
		}
		for i, m := range apportion(parts, div) {
			rows[i].Years[y] = m
		}
	}
	return rows
}

// roleSums are the exact sums of a line by role and year, and what brings them
// to centimes.
func (c *Case) roleSums(line string) ([][]*big.Int, *big.Int) {
	md := c.chosen.mode()
	pick := map[string]struct {
		of  func(*payrollSums) []wide
		div *big.Int
	}{
		LineGross:   {func(s *payrollSums) []wide { return s.gross }, whole(divGross)},
		LineCharges: {func(s *payrollSums) []wide { return s.charges }, whole(divCharges)},
		LineTax:     {func(s *payrollSums) []wide { return s.tax }, whole(divTax)},
		domain.AIR:  {func(s *payrollSums) []wide { return s.air[md.outside()] }, divAIR},
	}
	if p, ok := pick[line]; ok {
		return c.payrollByRole(p.of, c.factor(line, md)), p.div
	}
	if line != domain.PAE && line != domain.PAF {
		return nil, nil
	}
	var out [][]*big.Int
	for _, p := range c.premiums(md) {
		sums := p.paf
		if line == domain.PAE {
			sums = p.pae
		}
		out = append(out, bigs(sums, 1))
	}
	return out, whole(divPremium)
}

// outside is the index of the AIR caps under the reading of air.outside.
func (m mode) outside() int {
	if m.region {
		return 1
	}
	return 0
}

// factor is the export share where the line has one, in millionths.
func (c *Case) factor(line string, md mode) int64 {
	switch {
	case line != domain.AIR:
		return 1
	case md.full:
		return one6
	}
	return int64(c.export)
}

func (c *Case) payrollByRole(of func(*payrollSums) []wide, factor int64) [][]*big.Int {
	out := make([][]*big.Int, len(c.roles))
	for i := range c.roles {
		alone := *c
		alone.roles = c.roles[i : i+1]
		s := alone.payrollSums()
		out[i] = bigs(of(&s), factor)
	}
	return out
}

func bigs(sums []wide, factor int64) []*big.Int {
	out := make([]*big.Int, len(sums))
	for y := range sums {
		out[y] = new(big.Int).Mul(sums[y].big(), big.NewInt(factor))
	}
	return out
}

// apportion rounds the sum of parts half up to centimes and parts it by largest
// remainder.
func apportion(parts []*big.Int, div *big.Int) []domain.Money {
	sum := new(big.Int)
	out := make([]domain.Money, len(parts))
	rest := make([]*big.Int, len(parts))
	order := make([]int, len(parts))
	given := int64(0)
	for i, p := range parts {
		sum.Add(sum, p)
		whole, r := new(big.Int).QuoRem(p, div, new(big.Int))
		out[i], rest[i], order[i] = domain.Money(whole.Int64()), r, i
		given += whole.Int64()
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]].Cmp(rest[order[b]]) > 0 })
	for k := range roundDiv(sum, div) - given {
		out[order[k]]++
	}
	return out
}

// roleNode is the tree's row for each role, where there is more than one.
func (x *explainer) roleNode() *Node {
	rows := x.c.ByRole(x.line)
	if len(rows) < 2 {
		return nil
	}
	n := &Node{Label: domain.M("step.byRole"), Amount: x.out.Amount}
	for i := range rows {
		amount := rows[i].Total()
		if x.year != 0 {
			amount = rows[i].Years[x.year-x.c.years[0]]
		}
		n.Children = append(n.Children, &Node{Label: domain.M("step.role", "title", rows[i].Title), Amount: amount})
	}
	return n
}

func whole(d uint64) *big.Int { return new(big.Int).SetUint64(d) }

// MonthPart is one counted month: who is expected to be there, and what the three
// benefits that people bring acquire in it under the chosen readings, in MAD to
// the centime. AIS is a right of the whole fiscal year: Year has it.
type MonthPart struct {
	Month         domain.Month
	Heads         domain.Heads
	AIR, PAE, PAF domain.Money
}

// ByMonth parts the printed lines of the benefits among the months of the
// horizon, one entry a month. A month gets what it adds to the rounded sum of its
// calendar year so far, so that the months of a year add up to its printed line:
// the sum up to the last month is the exact sum that the line rounds. Exact sums
// never fall, so no month is negative.
func (c *Case) ByMonth() []MonthPart {
	md := c.chosen.mode()
	fine := c.monthly()
	sums := fine.payrollSums()
	pae, paf := c.premiumsByMonth(md)
	for _, exact := range [][]wide{sums.air[md.outside()], pae, paf} {
		c.running(exact)
	}
	air := c.added(fine.airLines(&sums.air, c.export, md))
	addedPAE, addedPAF := c.added(round(pae, divPremium)), c.added(round(paf, divPremium))
	out := make([]MonthPart, len(fine.segs))
	for i := range out {
		out[i] = MonthPart{Month: fine.segs[i].first, AIR: air[i], PAE: addedPAE[i], PAF: addedPAF[i]}
		for k := range fine.roles {
			r := &fine.roles[k]
			for l := range r.levels {
				out[i].Heads += domain.Heads(r.heads[l*len(out)+i])
			}
		}
	}
	return out
}

// monthly is the case with a segment for each month, each a year of its own.
func (c *Case) monthly() *Case {
	fine := *c
	n := int(c.end - c.from)
	fine.segs, fine.years, fine.roles = make([]segment, 0, n), make([]int, n), make([]role, len(c.roles))
	for _, s := range c.segs {
		for m := s.first; m <= s.last; m++ {
			month := s
			month.first, month.last, month.year = m, m, int(m-c.from)
			fine.segs = append(fine.segs, month)
		}
	}
	for i, r := range c.roles {
		r.heads = make([]int64, len(r.levels)*n)
		for _, h := range r.in.Hires {
			fine.count(&r, h)
		}
		fine.roles[i] = r
	}
	return &fine
}

// premiumsByMonth are the exact sums of the premiums of each counted month, in
// the unit of premiums.
func (c *Case) premiumsByMonth(md mode) (pae, paf []wide) {
	n := int(c.end - c.from)
	pae, paf = make([]wide, n), make([]wide, n)
	c.eachPaid(md, func(r *role, p paid) {
		of := paf
		if p.benefit == domain.PAE {
			of = pae
		}
		i := p.month - c.from
		of[i] = of[i].add(mul64(p.amount, p.heads).mul(int64(r.moroccan)))
	})
	return pae, paf
}

// opensYear is whether the month at the index is the first counted one of its
// calendar year.
func (c *Case) opensYear(i int) bool { return i == 0 || (c.from+domain.Month(i)).Number() == 1 }

// running replaces exact sums of months by their sums since the year's beginning.
func (c *Case) running(exact []wide) {
	for i := range exact {
		if !c.opensYear(i) {
			exact[i] = exact[i].add(exact[i-1])
		}
	}
}

// added takes rounded running sums apart again.
func (c *Case) added(sums []domain.Money) []domain.Money {
	out := make([]domain.Money, len(sums))
	for i := range sums {
		if out[i] = sums[i]; !c.opensYear(i) {
			out[i] -= sums[i-1]
		}
	}
	return out
}

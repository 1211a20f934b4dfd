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

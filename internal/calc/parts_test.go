package calc_test

import (
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// Three equal roles of one person: 3.5 % of 12 000.01 a month over 12 months is
// 5 040.0042 each and 15 120.0126 in all, printed 15 120.01. Each role has
// 5 040.00 and the same remainder; the centime goes to the first.
func TestByRole_LargestRemainder(t *testing.T) {
	role := calctest.Role("12000.01", "2026-01", 1)
	p := calctest.Project("fes-shore", role, role, role)
	months := 12
	p.Months = &months
	rows := calctest.Case(t, calctest.Engine(t), p).ByRole(domain.PAF)
	for i, want := range []string{"5040.01", "5040.00", "5040.00"} {
		calctest.Want(t, "PAF of a role", rows[i].Years[0], want)
	}
}

func TestByRole_AddsUpToThePrintedLine(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(rt *rapid.T) {
		p := calctest.Project("casanearshore")
		for range rapid.IntRange(1, 5).Draw(rt, "roles") {
			r := calctest.Role("1.00", "2026-03", rapid.IntRange(1, 90).Draw(rt, "count"))
			r.GrossMonthly = domain.Money(rapid.Int64Range(3_000_00, 60_000_00).Draw(rt, "pay"))
			leave := domain.Share(rapid.Int64Range(0, 400_000).Draw(rt, "attrition"))
			r.AnnualAttrition = &leave
			p.Roles = append(p.Roles, r)
		}
		c, err := e.Case(p)
		if err != nil {
			rt.Fatal(err)
		}
		for _, line := range []string{calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF} {
			rows := c.ByRole(line)
			for y, year := range c.Years() {
				var sum domain.Money
				for i := range rows {
					sum += rows[i].Years[y]
				}
				if sum != year.Line(line) {
					rt.Fatalf("%s %d: roles give %s, printed %s", line, year.Year, sum, year.Line(line))
				}
			}
		}
	})
}

// A taxed year without a given profit has no corporate tax to explain: unknown
// is not zero.
func TestExplain_UnknownProfitHasNoAmount(t *testing.T) {
	p := calctest.Project("fes-shore", calctest.Role("12000.00", "2026-01", 1))
	start := calctest.Month("2018-01")
	p.OperationStart = &start
	c := calctest.Case(t, calctest.Engine(t), p)
	for _, line := range []string{calc.LineCorpTax, domain.AIS} {
		x, err := c.Explain(line, 2027)
		if err != nil || x.Amount != nil || x.Sentence.Key != "sentence.unknown" {
			t.Errorf("%s of 2027: %v, %v, %v", line, x.Amount, x.Sentence, err)
		}
	}
}

// heads of the months make the person-months.
func TestMonthsMakeTheYears(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		_, c := draw(t, e, calctest.Shape{Months: 90})
		var heads domain.Heads
		sums := map[int]map[string]domain.Money{}
		for _, m := range c.ByMonth() {
			if min(m.AIR, m.PAE, m.PAF) < 0 {
				t.Errorf("%s: %+v", m.Month, m)
			}
			of := sums[m.Month.Year()]
			if of == nil {
				of = map[string]domain.Money{}
				sums[m.Month.Year()] = of
			}
			of[domain.AIR] += m.AIR
			of[domain.PAE] += m.PAE
			of[domain.PAF] += m.PAF
			heads += m.Heads
		}
		for _, y := range c.Years() {
			got := sums[y.Year]
			if got[domain.AIR] != y.AIR || got[domain.PAE] != y.PAE || got[domain.PAF] != y.PAF {
				t.Errorf("%d: months make %v, the year has AIR %s, PAE %s, PAF %s", y.Year, got, y.AIR, y.PAE, y.PAF)
			}
			delete(sums, y.Year)
		}
		if len(sums) > 0 || heads != c.PersonMonths() {
			t.Errorf("years left over: %v; %s person-months, want %s", sums, heads, c.PersonMonths())
		}
	})
}

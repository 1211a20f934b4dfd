package calc_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// number is the value of a base, rate or amount that is a number.
func number(v any) *big.Rat {
	switch v := v.(type) {
	case domain.Decimal:
		return rat(string(v))
	case domain.Money:
		return mad(v)
	case domain.Share:
		return part(v)
	case domain.Heads:
		return big.NewRat(int64(v), 1_000_000)
	case int:
		return whole(v)
	}
	return nil
}

// near allows for the ten decimals kept where a division by twelve does not end;
// a product of such a quotient carries its error along.
func near(a, b *big.Rat) bool {
	d := less(a, b)
	return d.Abs(d).Cmp(rat("0.0001")) < 0
}

// pocket follows the rows of a table as a reader with a calculator does.
type pocket struct {
	t     *rapid.T
	rows  []*big.Rat // amounts since the last total
	last  *big.Rat
	years []*big.Rat // results of corporate tax and AIS
	tax   *big.Rat   // of a head and year
}

func (p *pocket) want(s calc.Step, want *big.Rat) {
	if got := number(s.Amount); got == nil || !near(got, want) {
		p.t.Errorf("%s: base %v, rate %v gives %s, printed %v", s.Label.Key, s.Base, s.Rate, want.FloatString(10), s.Amount)
	}
}

// row checks one row.
func (p *pocket) row(s calc.Step) {
	if s.Amount == nil { // unknown: it adds nothing that is known
		return
	}
	amount := number(s.Amount)
	if amount == nil {
		p.t.Fatalf("%s has no amount: %v", s.Label.Key, s.Amount)
	}
	minus := amount.Sign() < 0
	for _, want := range []*big.Rat{p.product(s), p.total(s)} {
		if want != nil && minus && want.Sign() > 0 {
			want.Neg(want)
		}
		if want != nil {
			p.want(s, want)
		}
	}
	if s.Label.Key == "step.scale" || s.Label.Key == "step.tax" {
		p.tax = amount
	}
	if s.Strong {
		p.rows = nil
		if s.Label.Key == "step.is" || s.Label.Key == "step.ais" {
			p.years = append(p.years, amount)
		}
	} else {
		p.rows = append(p.rows, amount)
	}
	p.last = amount
}

// product is base by rate, or nil where the row has none.
func (p *pocket) product(s calc.Step) *big.Rat {
	base := number(s.Base)
	if b, ok := s.Base.(domain.Msg); ok {
		switch b.Key {
		case "base.twelve":
			return mul(whole(12), number(b.Args["pay"]))
		case "base.dependants":
			base = number(b.Args["count"])
		}
	}
	heads := number(s.Label.Args["heads"])
	switch s.Label.Key {
	case "step.times.months", "step.times.people":
		return mul(base, heads)
	case "step.times.years":
		return mul(base, heads, twelfth)
	case "step.cohort":
		return nil
	case "step.group":
		return p.group(s)
	}
	if base == nil {
		return nil
	}
	if r, ok := s.Rate.(domain.Msg); ok {
		switch r.Key {
		case "rate.atMost":
			return least(base, number(r.Args["max"]))
		case "rate.max":
			return least(mul(base, number(r.Args["rate"])), number(r.Args["max"]))
		case "rate.minus":
			return less(mul(base, number(r.Args["rate"])), number(r.Args["deduct"]))
		}
	}
	return mul(base, number(s.Rate))
}

// group is a row that stands for the steps of one group of people.
func (p *pocket) group(s calc.Step) *big.Rat {
	base := s.Base.(domain.Msg)
	v := mul(number(base.Args["amount"]), number(base.Args["heads"]))
	if base.Key == "base.group.year" {
		v = mul(v, twelfth)
	}
	if share := number(s.Rate); share != nil {
		v = mul(v, share)
	}
	return v
}

// total is what the rows above a total make, or nil for another row.
func (p *pocket) total(s calc.Step) *big.Rat {
	sum := zero()
	for _, r := range p.rows {
		sum = plus(sum, r)
	}
	if s.Label.Key == "step.sum" && len(p.years) > 0 {
		sum = zero()
		for _, r := range p.years {
			sum = plus(sum, r)
		}
	}
	switch s.Label.Key {
	case "step.chargesHead", "step.sni", "step.sum", "step.roundedYears":
		return sum
	case "step.tax":
		return nonNegative(sum)
	case "step.airHead":
		return nonNegative(less(p.tax, p.last))
	case "step.rounded":
		return big.NewRat(halfUp(p.last, 100), 100)
	case "step.quotient":
		if p.rows[1].Sign() == 0 {
			return zero()
		}
		return big.NewRat(halfUp(mul(p.rows[0], new(big.Rat).Inv(p.rows[1])), 10_000), 10_000)
	}
	return nil
}

// leaves checks the tree: rules are complete, and a node's parts lead to it.
func leaves(t *rapid.T, n *calc.Node, rules map[string]bool) {
	if n.Rule != nil {
		rules[n.Rule.Param] = true
		if n.Rule.Unit == "" || (n.Rule.Raw == "" && len(n.Rule.Brackets) == 0) || len(n.Rule.Sources) == 0 || n.Rule.Verified == "" {
			t.Errorf("rule %s is not complete: %+v", n.Rule.Param, *n.Rule)
		}
	}
	if n.Label.Key == "step.group" {
		last := n.Children[len(n.Children)-1]
		if !near(number(last.Amount), number(n.Amount)) {
			t.Errorf("the parts of %v end in %v, not %v", n.Label, last.Amount, n.Amount)
		}
	}
	if n.Label.Key == "step.byYear" || n.Label.Key == "line.benefits" || n.Label.Key == "line.employmentCost" {
		sum := zero()
		for _, c := range n.Children {
			if c.Amount != nil { // unknown: it adds nothing that is known
				sum = plus(sum, number(c.Amount))
			}
		}
		if sum.Cmp(number(n.Amount)) != 0 {
			t.Errorf("the parts of %s make %s, not %v", n.Label.Key, sum.FloatString(6), n.Amount)
		}
	}
	for _, c := range n.Children {
		leaves(t, c, rules)
	}
}

// A pocket calculator follows the table of any line of any year, and of any
// total, to the printed amount; the tree ends in complete rules.
func TestExplainCanBeFollowedWithACalculator(t *testing.T) {
	e := calctest.Engine(t)
	rules := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		_, c := draw(t, e, calctest.Shape{Months: 90, Tame: true})
		years := c.Years()
		r := c.Result()
		lines := rapid.SliceOfNDistinct(rapid.SampledFrom(calc.ExplainLines), 4, 4, rapid.ID).Draw(t, "lines")
		year := rapid.SampledFrom(years).Draw(t, "year")
		for _, line := range lines {
			for _, y := range []int{0, year.Year} {
				x, err := c.Explain(line, y)
				if err != nil {
					t.Fatal(err)
				}
				checkExplanation(t, x, r, rules)
			}
		}
	})
	for _, id := range []string{
		"cnss.ceiling", "ir.scale", "ir.dependant.amount", "air.cap.main", "air.cap.secondary", "pae.rate", "pae.stay",
		"pae.annual.months", "paf.rate", "paf.months", "premium.ceiling", "is.rate", "is.high.rate", "ais.rate", "is.exempt.years",
	} {
		if !rules[id] {
			t.Errorf("no explanation led to %s", id)
		}
	}
}

func checkExplanation(t *rapid.T, x *calc.Explanation, r *calc.Result, rules map[string]bool) {
	printed := x.Amount
	if m, ok := printed.(domain.Money); ok {
		sum := domain.Money(0)
		for _, y := range r.Years {
			if x.Year == 0 || x.Year == y.Year {
				sum += y.Line(x.Line)
			}
		}
		if sum != m {
			t.Errorf("%s of %d: explained %s, printed %s", x.Line, x.Year, m, sum)
		}
	}
	// Unknown are the taxed years whose profit was not given.
	for _, y := range r.Years {
		of := x.Line == calc.LineCorpTax || ((x.Line == domain.AIS || x.Line == calc.LineBenefits || x.Line == calc.LineShare) && y.Year >= 2026 && y.Year <= 2030)
		want := of && !y.ProfitKnown && !y.Exempt && (x.Year == 0 || x.Year == y.Year)
		if slices.Contains(x.Unknown, y.Year) != want {
			t.Errorf("%s of %d: %d unknown, want %v", x.Line, x.Year, y.Year, want)
		}
	}
	if x.Amount == nil {
		if len(x.Unknown) == 0 || len(x.Steps) != 0 {
			t.Errorf("%s of %d has no amount", x.Line, x.Year)
		}
		return
	}
	if len(x.Steps) == 0 || x.Sentence.Key == "" {
		t.Fatalf("%s of %d: no steps or no sentence", x.Line, x.Year)
	}
	p := pocket{t: t}
	for _, s := range x.Steps {
		p.row(s)
		for _, rule := range s.Rules {
			leaves(t, &calc.Node{Rule: &rule}, rules)
		}
	}
	if p.last.Cmp(number(printed)) != 0 {
		t.Errorf("%s of %d: the table ends in %s, printed %v", x.Line, x.Year, p.last.FloatString(10), printed)
	}
	leaves(t, x.Tree, rules)
}

func TestExplainRefusesWhatDoesNotExist(t *testing.T) {
	c := calctest.Case(t, calctest.Engine(t), calctest.Project("fes-shore", calctest.Role("9000.00", "2026-01", 1)))
	for _, tc := range []struct {
		line, field string
		year        int
	}{{"bonus", "LINE", 0}, {"PAE", "--year", 2025}, {"PAE", "--year", 2031}} {
		_, err := c.Explain(tc.line, tc.year)
		if p, ok := err.(*domain.Problem); !ok || p.Field != tc.field {
			t.Errorf("%s of %d: %v, want a problem of %s", tc.line, tc.year, err, tc.field)
		}
	}
}

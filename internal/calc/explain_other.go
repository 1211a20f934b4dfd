package calc

import (
	"math/big"

	"atlasp2i/internal/domain"
)

// share of a premium's people: those of one role whose months pay the same.
type slice struct {
	role  *role
	paid  paid
	heads int64
}

// premium explains PAE and PAF: the cohorts are walked again, with every paid
// month written down.
func (x *explainer) premium() {
	slices := x.slices()
	x.out.Sentence = x.premiumSentence(slices)
	sum := new(big.Rat)
	for i := range slices {
		s := &slices[i]
		node := &Node{Label: groupLabel(s.role, s.paid.pay)}
		before := len(x.out.Steps)
		exact, row := x.premiumGroup(node, s)
		node.Amount = written(exact)
		sum.Add(sum, exact)
		if len(slices) > 1 { // one row a group: its steps are in the tree
			row.Label, row.Amount = node.Label, node.Amount
			x.out.Steps = append(x.out.Steps[:before], row)
		}
		x.out.Tree.Children = append(x.out.Tree.Children, node)
	}
	if len(slices) > 1 {
		x.step(x.out.Tree, Step{Label: domain.M("step.sum"), Amount: written(sum), Strong: true})
	}
	x.close(sum)
}

// slices gathers the paid months of the line by role, pay, rules and amount.
func (x *explainer) slices() []slice {
	var out []slice
	x.c.eachPaid(x.md, func(r *role, p paid) {
		if p.benefit == x.line && p.heads > 0 && (x.year == 0 || p.month.Year() == x.year) {
			out = addSlice(out, r, p)
		}
	})
	return out
}

func addSlice(list []slice, r *role, p paid) []slice {
	for i := range list {
		s := &list[i]
		if s.role == r && s.paid.pay == p.pay && s.paid.val == p.val && s.paid.due == p.due && s.paid.amount == p.amount {
			s.heads += p.heads
			return list
		}
	}
	return append(list, slice{r, p, p.heads})
}

// once is whether the line is one sum for a person, not a monthly right.
func (x *explainer) once() bool { return x.line == domain.PAE && !x.md.annual }

// premiumGroup writes the steps of people of one role whose months pay the same.
// It gives their exact MAD, and base and rate of a row that stands for all steps.
func (x *explainer) premiumGroup(node *Node, s *slice) (*big.Rat, Step) {
	year, base := 12*s.paid.pay, s.paid.base
	m := s.paid.month
	x.step(node, Step{Label: domain.M("step.rbi"), Base: domain.M("base.twelve", "pay", cents(s.paid.pay)), Amount: cents(year)})
	rate, id := s.paid.val.paf, "paf.rate"
	if x.line == domain.PAE {
		rate, id = s.paid.val.pae, "pae.rate"
	}
	if x.md.ceiling == ceilingBase {
		at := m // of the ceiling that made the base: that of the hire where one sum is paid
		if x.once() {
			at = s.paid.hire
		}
		x.step(node, Step{Label: domain.M("step.ceilingBase"), Base: cents(year), Rate: domain.M("rate.atMost", "max", domain.Money(x.c.eng.inRegime(at).ceiling)), Amount: cents(base), Rules: x.rulesAt(at, "premium.ceiling")})
	}
	x.step(node, Step{Label: domain.M("step.premiumHead." + x.line), Base: cents(base), Rate: domain.Share(rate), Amount: exactly(mul64(base, rate).big(), yearCostDigits), Rules: x.rulesAt(m, id)})
	perHead := rat(mul64(base, rate).big(), 8)
	if s.paid.amount < s.paid.due {
		per := int64(1) // a monthly right is one twelfth of the yearly one
		if x.once() {
			per = 12
		}
		perHead = new(big.Rat).Mul(rat(big.NewInt(s.paid.amount), 8), big.NewRat(1, per))
		x.step(node, Step{Label: domain.M("step.ceilingLeft"), Rate: domain.M("rate.atMost", "max", domain.Money(x.c.eng.inRegime(m).ceiling)), Amount: written(perHead), Rules: x.rulesAt(m, "premium.ceiling")})
	}
	exact := new(big.Rat).Mul(perHead, rat(big.NewInt(s.heads), 6))
	label := domain.M("step.times.people", "heads", headsExact(s.heads))
	row := Step{Base: domain.M("base.group.people", "amount", written(perHead), "heads", headsExact(s.heads))}
	if !x.once() {
		exact.Mul(exact, big.NewRat(1, 12))
		label = domain.M("step.times.years", "heads", headsExact(s.heads))
		row.Base = domain.M("base.group.year", "amount", written(perHead), "heads", headsExact(s.heads))
	}
	x.step(node, Step{Label: label, Base: written(perHead), Amount: written(exact), Strong: true, Rules: x.premiumTerm(m)})
	if s.role.moroccan != domain.ShareOne {
		all := exact
		exact = new(big.Rat).Mul(all, rat(big.NewInt(int64(s.role.moroccan)), 6))
		x.step(node, Step{Label: domain.M("step.moroccan"), Base: written(all), Rate: s.role.moroccan, Amount: written(exact), Strong: true})
		row.Rate = s.role.moroccan
	}
	return exact, row
}

// premiumTerm is the rule that says how long, or after how long, it is paid.
func (x *explainer) premiumTerm(m domain.Month) []RuleRef {
	switch {
	case x.line == domain.PAF:
		return x.rulesAt(m, "paf.months", "regime.last")
	case x.md.annual:
		return x.rulesAt(m, "pae.stay", "pae.annual.months", "regime.last")
	default:
		return x.rulesAt(m, "pae.stay", "regime.last")
	}
}

func (x *explainer) premiumSentence(slices []slice) domain.Msg {
	if len(slices) == 0 || x.out.Amount.(domain.Money) == 0 {
		if x.notThisYear() {
			return domain.M("sentence.notThisYear", "year", x.year)
		}
		return domain.M("sentence.zero", "reason", x.r.Notes[x.line])
	}
	var heads int64
	for _, s := range slices {
		heads += s.heads
	}
	v := slices[0].paid.val
	key := "sentence." + x.line
	if x.line == domain.PAE && x.md.annual {
		key = "sentence.PAE.annual"
	}
	rate := v.paf
	if x.line == domain.PAE {
		rate = v.pae
	}
	return domain.M(key, "heads", domain.Heads(heads), "rate", domain.Share(rate), "months", int(v.paeStay), "years", int(v.pafMonths)/12)
}

// notThisYear is whether the benefit is nothing in this year but not in others:
// the reason for the whole horizon would then be wrong.
func (x *explainer) notThisYear() bool { return x.year != 0 && x.r.Benefit(x.line).Value > 0 }

// corporate explains corporate tax and AIS, year by year.
func (x *explainer) corporate() {
	sum, taxed := new(big.Rat), 0
	for _, year := range x.c.years {
		if x.year != 0 && year != x.year {
			continue
		}
		p, ok := x.c.profit(year)
		if !ok || x.c.exempt(year) {
			continue
		}
		node := &Node{Label: domain.M("step.year", "year", year)}
		exact := x.corporateYear(node, year, p)
		taxed++
		node.Amount = written(exact)
		sum.Add(sum, exact)
		x.out.Tree.Children = append(x.out.Tree.Children, node)
	}
	if taxed > 1 {
		x.step(x.out.Tree, Step{Label: domain.M("step.sum"), Amount: written(sum), Strong: true})
	}
	switch {
	case x.out.Amount.(domain.Money) > 0:
		x.out.Sentence = domain.M("sentence."+x.line, "rate", domain.Share(x.firstAISRate()))
		if x.line == domain.AIS && !x.md.all && x.c.export != domain.ShareOne {
			x.out.Sentence = domain.M("sentence.AIS.export", "rate", domain.Share(x.firstAISRate()), "export", x.c.export)
		}
	case x.line == domain.AIS && x.notThisYear():
		x.out.Sentence = domain.M("sentence.notThisYear", "year", x.year)
	case x.line == domain.AIS:
		x.out.Sentence = domain.M("sentence.zero", "reason", x.r.Notes[domain.AIS])
	default:
		x.out.Sentence = domain.M("sentence.corporateTax.zero", "year", x.c.lastExempt())
	}
	if len(x.out.Steps) == 0 {
		m := max(x.c.from, domain.NewMonth(x.c.eng.profitFirst, 1))
		x.step(x.out.Tree, Step{Label: domain.M("step.exempt", "year", x.c.lastExempt()), Amount: domain.Money(0), Rules: x.rulesAt(m, "is.exempt.years")})
	}
	x.close(sum)
}

// firstAISRate is the rate of the first explained year that brings AIS.
func (x *explainer) firstAISRate() int64 {
	for i := range x.r.Years {
		if y := &x.r.Years[i]; y.AIS > 0 && (x.year == 0 || x.year == y.Year) {
			return int64(y.AISRate)
		}
	}
	return 0
}

func (x *explainer) corporateYear(node *Node, year int, profit domain.Money) *big.Rat {
	m := domain.NewMonth(year, 1)
	v := x.c.eng.valuesAt(m)
	rate, id := v.is, "is.rate"
	if int64(profit) >= v.isThreshold {
		rate, id = v.isHigh, "is.high.rate"
	}
	tax := x.c.corpTax(year)
	exact := rat(tax, 8)
	x.step(node, Step{Label: domain.M("step.is", "year", year), Base: profit, Rate: domain.Share(rate), Amount: exactly(tax, yearCostDigits), Rules: x.rulesAt(m, id, "is.high.threshold", "is.exempt.years"), Strong: x.line == LineCorpTax})
	if x.line == LineCorpTax {
		return exact
	}
	part := exact
	if !x.md.all && x.c.export != domain.ShareOne {
		part = new(big.Rat).Mul(exact, rat(big.NewInt(int64(x.c.export)), 6))
		x.step(node, Step{Label: domain.M("step.isExport"), Base: written(exact), Rate: x.c.export, Amount: written(part)})
	}
	out := new(big.Rat).Mul(part, rat(big.NewInt(x.c.aisRate(year)), 6))
	x.step(node, Step{Label: domain.M("step.ais", "year", year), Base: written(part), Rate: domain.Share(x.c.aisRate(year)), Amount: written(out), Rules: x.rulesAt(m, "ais.rate"), Strong: true})
	return out
}

// people explains the headcount at the end, and the counted months.
func (x *explainer) people() {
	first, last := x.span()
	x.out.Sentence = domain.M("sentence."+x.line, "first", first, "last", last)
	if x.line == LineYear {
		x.step(x.out.Tree, Step{Label: domain.M("step.months", "first", first, "last", last), Amount: x.out.Amount, Strong: true})
		return
	}
	for i := range x.c.roles {
		r := &x.c.roles[i]
		for _, h := range r.in.Hires {
			if h.Month > last {
				continue
			}
			k := int(last - h.Month)
			x.step(x.out.Tree, Step{
				Label: domain.M("step.cohort", "title", r.in.Title, "month", h.Month), Base: h.Count,
				Rate: domain.M("rate.left", "attrition", r.attrition, "months", k), Amount: domain.Heads(r.headcount(h.Count, k)),
			})
		}
	}
	x.step(x.out.Tree, Step{Label: domain.M("step.sum"), Amount: x.out.Amount, Strong: true})
}

// sums explains the lines that add up others.
func (x *explainer) sums() {
	first, last := x.span()
	x.out.Sentence = domain.M("sentence."+x.line, "first", first, "last", last)
	parts := []string{LineGross, LineCharges}
	switch x.line {
	case LineBenefits:
		parts = domain.Benefits[:]
	case LineShare:
		parts = []string{LineBenefits, LineCost}
	}
	for _, p := range parts {
		x.out.Steps = append(x.out.Steps, Step{Label: domain.M("line." + p), Amount: x.known(p)})
		sub := explainer{c: x.c, r: x.r, line: p, year: x.year, md: x.md}
		x.out.Tree.Children = append(x.out.Tree.Children, sub.open().Tree)
	}
	label := domain.M("step.sum")
	if x.line == LineShare {
		label = domain.M("step.quotient")
	}
	x.out.Steps = append(x.out.Steps, Step{Label: label, Amount: x.out.Amount, Strong: true})
}

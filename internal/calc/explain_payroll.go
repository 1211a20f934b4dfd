package calc

import (
	"math/big"
	"strconv"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

func joined(list []string) string { return strings.Join(list, ", ") }

func itoa(n int) string { return strconv.Itoa(n) }

// group is people of one role and pay for whom every month counts the same.
type group struct {
	role  *role
	pay   int64
	val   *values
	month domain.Month // the first counted month: its rules are shown
	cap   int64
	heads int64 // sum of monthly headcounts, millionths
}

// groups gathers the counted person-months of the year, or of the horizon, by
// role, pay and rules in force.
func (x *explainer) groups() []group {
	o := 0
	if x.md.region {
		o = 1
	}
	var out []group
	for i := range x.c.roles {
		r := &x.c.roles[i]
		for l, pay := range r.levels {
			for s := range x.c.segs {
				seg := &x.c.segs[s]
				heads := r.heads[l*len(x.c.segs)+s]
				if heads == 0 || (x.year != 0 && x.c.years[seg.year] != x.year) {
					continue
				}
				out = addGroup(out, group{r, pay, seg.val, seg.first, seg.cap[o], heads})
			}
		}
	}
	return out
}

func addGroup(list []group, g group) []group {
	for i := range list {
		h := &list[i]
		if h.role == g.role && h.pay == g.pay && h.val == g.val && h.cap == g.cap {
			h.heads += g.heads
			return list
		}
	}
	return append(list, g)
}

// payroll explains the lines that come from one person's pay.
func (x *explainer) payroll() {
	groups := x.groups()
	if x.line == domain.AIR {
		groups = keepCapped(groups)
	}
	x.out.Sentence = x.payrollSentence(groups)
	sum := new(big.Rat)
	for i := range groups {
		node := &Node{Label: groupLabel(groups[i].role, groups[i].pay)}
		before := len(x.out.Steps)
		exact, row := x.payrollGroup(node, &groups[i])
		node.Amount = written(exact)
		sum.Add(sum, exact)
		if len(groups) > 1 { // one row a group: its steps are in the tree
			x.out.Steps = x.out.Steps[:before]
			if exact.Sign() > 0 {
				row.Label, row.Amount = node.Label, node.Amount
				x.out.Steps = append(x.out.Steps, row)
			}
		}
		x.out.Tree.Children = append(x.out.Tree.Children, node)
	}
	if len(groups) > 1 {
		x.step(x.out.Tree, Step{Label: domain.M("step.sum"), Amount: written(sum), Strong: true})
	}
	x.close(sum)
}

func keepCapped(in []group) []group {
	var out []group
	for _, g := range in {
		if g.cap >= 0 {
			out = append(out, g)
		}
	}
	return out
}

func groupLabel(r *role, pay int64) domain.Msg {
	return domain.M("step.group", "title", r.in.Title, "pay", domain.Money(pay))
}

// headsExact is people, or months of work, with all their digits, so that a
// pocket calculator gives the printed amount.
func headsExact(millionths int64) domain.Decimal {
	return exactly(big.NewInt(millionths), headDigits)
}

// payrollGroup writes one group's steps. It gives the exact MAD of the group, and
// base and rate of a row that stands for all of them.
func (x *explainer) payrollGroup(node *Node, g *group) (*big.Rat, Step) {
	var perHead *big.Rat // MAD a head
	perMonth := true
	switch x.line {
	case LineGross:
		perHead = rat(big.NewInt(g.pay), 2)
	case LineCharges:
		perHead = x.chargeSteps(node, g)
	default:
		perHead, perMonth = x.taxSteps(node, g), false
	}
	exact := new(big.Rat).Mul(perHead, rat(big.NewInt(g.heads), 6))
	label := domain.M("step.times.months", "heads", headsExact(g.heads))
	row := Step{Base: domain.M("base.group.month", "amount", written(perHead), "heads", headsExact(g.heads))}
	if !perMonth {
		exact.Mul(exact, big.NewRat(1, 12))
		label = domain.M("step.times.years", "heads", headsExact(g.heads))
		row.Base = domain.M("base.group.year", "amount", written(perHead), "heads", headsExact(g.heads))
	}
	x.step(node, Step{Label: label, Base: written(perHead), Amount: written(exact), Strong: true})
	if x.line == domain.AIR {
		whole := exact
		if exact = x.exportStep(node, exact); exact != whole {
			row.Rate = x.c.export
		}
	}
	return exact, row
}

func (x *explainer) exportStep(node *Node, exact *big.Rat) *big.Rat {
	if x.md.full || x.c.export == domain.ShareOne {
		return exact
	}
	out := new(big.Rat).Mul(exact, rat(big.NewInt(int64(x.c.export)), 6))
	x.step(node, Step{Label: domain.M("step.export"), Base: written(exact), Rate: x.c.export, Amount: written(out), Strong: true})
	return out
}

func (x *explainer) chargeSteps(node *Node, g *group) *big.Rat {
	capped := min(g.pay, g.val.cnssCeiling)
	part := func(key string, base, rate int64, ids ...string) {
		x.step(node, Step{
			Label: domain.M(key), Base: cents(base), Rate: domain.Share(rate),
			Amount: exactly(mul64(base, rate).big(), yearCostDigits), Rules: x.rulesAt(g.month, ids...),
		})
	}
	part("step.cnss.employer", capped, g.val.cnssEmployer, "cnss.employer.rate", "cnss.ceiling")
	part("step.family", g.pay, g.val.family, "family.employer.rate")
	part("step.amo.employer", g.pay, g.val.amoEmployer, "amo.employer.rate")
	part("step.tfp", g.pay, g.val.training, "tfp.employer.rate")
	head := forHead(g.val, g.pay, g.role.dependants)
	out := rat(big.NewInt(head.charges), 8)
	x.step(node, Step{Label: domain.M("step.chargesHead"), Amount: written(out), Strong: true})
	return out
}

// taxSteps explains income tax, or AIR, of one person and year.
func (x *explainer) taxSteps(node *Node, g *group) *big.Rat {
	v, year := g.val, 12*g.pay
	minus := func(key string, base any, rate any, amount *big.Int, exp int32, ids ...string) {
		x.step(node, Step{Label: domain.M(key), Base: base, Rate: rate, Amount: "-" + exactly(amount, exp), Rules: x.rulesAt(g.month, ids...)})
	}
	x.step(node, Step{Label: domain.M("step.rbi"), Base: domain.M("base.twelve", "pay", cents(g.pay)), Amount: cents(year)})
	if year <= v.fpThreshold {
		minus("step.fp", cents(year), domain.Share(v.fpLow), mul64(year, v.fpLow).big(), yearCostDigits, "ir.fp.low.rate", "ir.fp.threshold")
	} else {
		costs := min(v.fpHigh*year, v.fpMax*one6)
		rate := domain.M("rate.max", "rate", domain.Share(v.fpHigh), "max", domain.Money(v.fpMax))
		minus("step.fp", cents(year), rate, big.NewInt(costs), yearCostDigits, "ir.fp.high.rate", "ir.fp.high.max", "ir.fp.threshold")
	}
	capped := 12 * min(g.pay, v.cnssCeiling)
	minus("step.cnss", cents(capped), domain.Share(v.cnssEmployee), mul64(capped, v.cnssEmployee).big(), yearCostDigits, "cnss.employee.rate", "cnss.ceiling")
	minus("step.amo", cents(year), domain.Share(v.amoEmployee), mul64(year, v.amoEmployee).big(), yearCostDigits, "amo.employee.rate")
	sni := netTaxable(v, g.pay)
	x.step(node, Step{Label: domain.M("step.sni"), Amount: exactly(big.NewInt(sni), yearCostDigits), Strong: true})
	x.scaleStep(node, g, sni)
	tax := forHead(v, g.pay, g.role.dependants).tax
	if g.role.dependants > 0 {
		n := min(g.role.dependants, v.dependantMax)
		minus("step.dependants", domain.M("base.dependants", "count", int(n)), cents(v.dependant), big.NewInt(v.dependant*n), payDigits, "ir.dependant.amount", "ir.dependant.max")
		x.step(node, Step{Label: domain.M("step.tax"), Amount: exactly(tax.big(), taxDigits), Strong: true})
	}
	if x.line != domain.AIR {
		return rat(tax.big(), 14)
	}
	return x.capSteps(node, g, tax)
}

func (x *explainer) scaleStep(node *Node, g *group, sni int64) {
	for _, b := range g.val.scale {
		if b.Upto >= 0 && sni > b.Upto*one6 {
			continue
		}
		due := mul64(sni, b.Rate).minus(mul64(b.Deduct, tenToTwelve))
		x.step(node, Step{
			Label: domain.M("step.scale"), Base: exactly(big.NewInt(sni), yearCostDigits),
			Rate:   domain.M("rate.minus", "rate", domain.Share(b.Rate), "deduct", domain.Money(b.Deduct)),
			Amount: exactly(due.big(), taxDigits), Rules: x.rulesAt(g.month, scaleParam),
		})
		return
	}
}

func (x *explainer) capSteps(node *Node, g *group, tax wide) *big.Rat {
	id := "air.cap.secondary"
	if g.cap == g.val.airMain && x.mainCap(g.month) {
		id = "air.cap.main"
	}
	limit := mul64(12*g.pay, g.cap).big()
	x.step(node, Step{
		Label: domain.M("step.cap", "place", x.place()), Base: cents(12 * g.pay), Rate: domain.Share(g.cap),
		Amount: exactly(limit, yearCostDigits), Rules: x.rulesAt(g.month, id),
	})
	over := relief(tax, g.cap, g.pay)
	x.step(node, Step{Label: domain.M("step.airHead"), Amount: exactly(over.big(), taxDigits), Strong: true})
	return rat(over.big(), 14)
}

// mainCap is whether the cap of the main platforms is the one that applies.
func (x *explainer) mainCap(m domain.Month) bool {
	if x.c.inside && x.c.eng.operates(x.c.site, m) {
		st, _ := x.c.site.At(m)
		return st.Class == rules.ClassMain
	}
	return x.c.eng.class(x.c.region.ID, m) == rules.ClassMain
}

func (x *explainer) place() string {
	if x.c.site != nil {
		return x.c.site.Name
	}
	return x.c.region.Name
}

func (x *explainer) span() (first, last domain.Month) {
	if x.year == 0 {
		return x.c.from, x.c.end - 1
	}
	return max(x.c.from, domain.NewMonth(x.year, 1)), min(x.c.end-1, domain.NewMonth(x.year, 12))
}

func (x *explainer) payrollSentence(groups []group) domain.Msg {
	first, last := x.span()
	var heads int64
	for _, g := range groups {
		heads += g.heads
	}
	args := []any{"first", first, "last", last, "heads", domain.Heads(heads), "place", x.place()}
	if x.line != domain.AIR {
		return domain.M("sentence."+x.line, args...)
	}
	if x.out.Amount.(domain.Money) == 0 && x.notThisYear() {
		return domain.M("sentence.notThisYear", "year", x.year)
	}
	if x.out.Amount.(domain.Money) == 0 || len(groups) == 0 {
		return domain.M("sentence.AIR.zero", "reason", x.r.Notes[domain.AIR])
	}
	last = min(last, x.c.eng.regime.last)
	_, level, _, _ := x.c.taxLevel()
	return domain.M("sentence.AIR", "level", level, "cap", domain.Share(groups[0].cap), "first", max(first, x.c.eng.regime.first), "last", last, "place", x.place())
}

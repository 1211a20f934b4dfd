package calc

import (
	"fmt"
	"slices"

	"atlasp2i/internal/domain"
)

// notCounted lists what is left out under the chosen readings, with its reason.
func (c *Case) notCounted(md mode) []NotCounted {
	var out []NotCounted
	p := c.premiums(md)
	if !p.afterRegime.zero() {
		a := domain.Money(roundDiv(p.afterRegime.big(), divPremium))
		out = append(out, NotCounted{domain.PAE, &a, domain.M("left.pae.regime", "last", c.eng.regime.last, "months", int(c.eng.valuesAt(c.eng.regime.first).paeStay))})
	}
	if !p.afterEnd.zero() {
		a := domain.Money(roundDiv(p.afterEnd.big(), divPremium))
		out = append(out, NotCounted{domain.PAE, &a, domain.M("left.pae.end", "last", c.end-1, "months", int(c.eng.valuesAt(c.eng.regime.first).paeStay))})
	}
	out = append(out, c.lateHires()...)
	out = append(out, c.outsideRegime()...)
	out = append(out, c.missingProfits()...)
	for _, x := range c.eng.pack.Exclusions {
		out = append(out, NotCounted{x.Benefit, nil, domain.M("exclusion." + x.ID)})
	}
	return out
}

func (c *Case) lateHires() []NotCounted {
	late := 0
	for i := range c.project.Roles {
		for _, h := range c.project.Roles[i].Hires {
			if h.Month >= c.end {
				late += h.Count
			}
		}
	}
	if late == 0 {
		return nil
	}
	return []NotCounted{{"", nil, domain.M("left.hires", "count", late, "last", c.end-1)}}
}

func (c *Case) outsideRegime() []NotCounted {
	all, in := c.people(c.eng.regime.has)
	if all == in {
		return nil
	}
	return []NotCounted{{domain.PAE + ", " + domain.PAF, nil, domain.M("left.window", "count", all-in, "first", c.eng.regime.first, "last", c.eng.regime.last)}}
}

// missingProfits lists profits that meet no counted year, and counted years that
// are taxed but have no profit.
func (c *Case) missingProfits() []NotCounted {
	var out []NotCounted
	for _, p := range c.project.Profits {
		if !slices.Contains(c.years, p.Year) {
			out = append(out, NotCounted{domain.AIS, nil, domain.M("left.profit.year", "year", p.Year)})
		}
	}
	for _, year := range c.years {
		if _, ok := c.profit(year); !ok && c.aisRate(year) > 0 && !c.exempt(year) {
			out = append(out, NotCounted{domain.AIS, nil, domain.M("left.profit.missing", "year", year)})
		}
	}
	return out
}

// assumed lists the optional inputs that were not given and can move a printed
// amount, over every open combination of readings.
func (c *Case) assumed(open []combo) []string {
	var out []string
	add := func(missing, moves bool, path string) {
		if missing && moves {
			out = append(out, path)
		}
	}
	sums := c.payrollSums()
	can := c.reach(open, &sums)
	add(c.project.InsideP2I == nil, can.inside, "insideP2I")
	add(c.project.Months == nil, true, "months")
	add(c.project.OperationStart == nil, c.startMatters(), "operationStart")
	add(c.project.ExportShare == nil, can.export, "exportShare")
	for i := range c.roles {
		r, at := &c.roles[i], fmt.Sprintf("roles[%d].", i)
		add(r.in.AnnualRaise == nil, c.counted(r, 12), at+"annualRaise")
		add(r.in.Dependants == nil, c.taxed(r), at+"dependants")
		add(r.in.MoroccanShare == nil, can.premium[i], at+"moroccanShare")
		add(r.in.AnnualAttrition == nil, c.counted(r, 1) || can.stay[i], at+"annualAttrition")
	}
	add(c.project.Profits == nil, c.profitMatters(), "profits")
	return out
}

// reached is which kinds of input can still move an amount.
type reached struct {
	inside, export bool
	premium        []bool // per role: some premium, counted or lost, is not zero
	stay           []bool // per role: so is some PAE, which depends on who stays
}

func (c *Case) reach(open []combo, sums *payrollSums) reached {
	out := reached{premium: make([]bool, len(c.roles)), stay: make([]bool, len(c.roles))}
	chosen := c.chosen.mode()
	alone := *c
	type key struct {
		annual, run bool
		ceiling     ceilingMode
	}
	tried := map[key]bool{}
	outside := c.outsideSums()
	tax := c.taxedByAIS()
	for _, x := range open {
		md, o := x.mode, 0
		if md.region {
			o = 1
		}
		air := anyWide(sums.air[o])
		out.export = out.export || (air && !md.full) || (tax && !md.all)
		weight := md.full || c.export > 0
		out.inside = out.inside || (weight && !slices.Equal(sums.air[o], outside[o]))
		k := key{md.annual, md.run, md.ceiling}
		if tried[k] {
			continue
		}
		tried[k] = true
		for i := range c.roles {
			if out.stay[i] {
				continue // and so is premium
			}
			alone.roles = c.roles[i : i+1]
			p := alone.premiums(md)
			lost := k == key{chosen.annual, chosen.run, chosen.ceiling} && (!p.afterEnd.zero() || !p.afterRegime.zero())
			out.stay[i] = lost || anyWide(p.pae)
			out.premium[i] = out.premium[i] || out.stay[i] || anyWide(p.paf)
		}
	}
	return out
}

// outsideSums is the AIR of the same people outside the platform.
func (c *Case) outsideSums() [2][]wide {
	out := *c
	out.inside = false
	out.segs = slices.Clone(c.segs)
	for i := range out.segs {
		out.segs[i].cap = out.caps(out.segs[i].first, out.segs[i].val)
	}
	return out.payrollSums().air
}

func (c *Case) taxedByAIS() bool {
	for _, year := range c.years {
		if c.aisRate(year) > 0 && c.corpTax(year).Sign() > 0 {
			return true
		}
	}
	return false
}

func anyWide(ws []wide) bool {
	for _, w := range ws {
		if !w.zero() {
			return true
		}
	}
	return false
}

// counted is whether some counted month lies at least k months after a hire of
// the role, with somebody still there.
func (c *Case) counted(r *role, k int) bool {
	for _, h := range r.in.Hires {
		m := max(h.Month+domain.Month(k), c.from)
		if m < c.end && r.headcount(h.Count, int(m-h.Month)) > 0 {
			return true
		}
	}
	return false
}

// taxed is whether a counted person of the role owes income tax.
func (c *Case) taxed(r *role) bool {
	for l, pay := range r.levels {
		for s := range c.segs {
			if r.heads[l*len(c.segs)+s] > 0 && !forHead(c.segs[s].val, pay, r.dependants).tax.zero() {
				return true
			}
		}
	}
	return false
}

// startMatters is whether the exemption of corporate tax, which runs from the
// start of operation, meets a profit that would be taxed a centime or more.
func (c *Case) startMatters() bool {
	for _, year := range c.years {
		if p, ok := c.profit(year); ok && roundDiv(c.fullTax(year, p), divCorpTax) > 0 {
			return true
		}
	}
	return false
}

// profitMatters is whether a profit, if given, would be taxed in a counted year.
func (c *Case) profitMatters() bool {
	for _, year := range c.years {
		if year >= profitFirst && !c.exempt(year) {
			return true
		}
	}
	return false
}

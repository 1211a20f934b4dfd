package calc

import (
	"fmt"
	"slices"

	"atlasp2i/internal/domain"
)

// notCounted lists what is left out under the chosen readings, with its reason.
func (c *Case) notCounted(r *Result, s *sweep) []NotCounted {
	var out []NotCounted
	months := int(c.eng.valuesAt(c.eng.regime.first).paeStay)
	regime, end := s.lost(s.key(c.chosen.mode().premium()), s.asIs())
	if regime > 0 {
		out = append(out, NotCounted{domain.PAE, &regime, domain.M("left.pae.regime", "last", c.eng.regime.last, "months", months)})
	}
	if end > 0 {
		out = append(out, NotCounted{domain.PAE, &end, domain.M("left.pae.end", "last", c.end-1, "months", months)})
	}
	out = append(out, c.lateHires()...)
	out = append(out, c.outsideRegime()...)
	out = append(out, c.missingProfits(r)...)
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
func (c *Case) missingProfits(r *Result) []NotCounted {
	var out []NotCounted
	for _, p := range c.project.Profits {
		if !slices.Contains(c.years, p.Year) {
			out = append(out, NotCounted{domain.AIS, nil, domain.M("left.profit.year", "year", p.Year)})
		}
	}
	for _, year := range r.UnknownYears(domain.AIS) {
		out = append(out, NotCounted{domain.AIS, nil, domain.M("left.profit.missing", "year", year)})
	}
	return out
}

// assumed lists the optional inputs that were not given and can move a printed
// amount: a line under the chosen readings, an extreme, or what is not counted.
func (c *Case) assumed(s *sweep, open []combo) []string {
	var out []string
	now := s.moving(open, s.asIs())
	add := func(missing bool, moves func() bool, path string) {
		if missing && moves() {
			out = append(out, path)
		}
	}
	// AIR, AIS and the premiums only grow with the export share and the Moroccan
	// share: what zero does not move, nothing between moves.
	other := func(change func(*tweak)) func() bool {
		return func() bool {
			tw := s.asIs()
			change(&tw)
			return !now.same(s.moving(open, tw))
		}
	}
	add(c.project.InsideP2I == nil, other(func(tw *tweak) { tw.air = c.outsideSums() }), "insideP2I")
	add(c.project.Months == nil, func() bool { return true }, "months")
	add(c.project.OperationStart == nil, c.startMatters, "operationStart")
	add(c.project.ExportShare == nil, other(func(tw *tweak) { tw.export = 0 }), "exportShare")
	for i := range c.roles {
		r, at := &c.roles[i], fmt.Sprintf("roles[%d].", i)
		stay := other(func(tw *tweak) { tw.without, tw.paf = i, true })
		add(r.in.AnnualRaise == nil, func() bool { return c.counted(r, 12) || c.raiseMovesLost(s, i) }, at+"annualRaise")
		add(r.in.Dependants == nil, func() bool { return c.taxed(r) }, at+"dependants")
		add(r.in.MoroccanShare == nil, other(func(tw *tweak) { tw.without = i }), at+"moroccanShare")
		add(r.in.AnnualAttrition == nil, func() bool { return c.counted(r, 1) || stay() }, at+"annualAttrition")
	}
	add(c.project.Profits == nil, c.profitMatters, "profits")
	return out
}

// raiseMovesLost is whether a raise after the horizon moves the PAE that comes too
// late for it: the PAF of those months leaves less of the ceiling.
func (c *Case) raiseMovesLost(s *sweep, i int) bool {
	md := c.chosen.mode()
	before := s.prem[s.key(md.premium())][i].afterEnd
	if before.zero() || md.ceiling == ceilingBase {
		return false
	}
	r := c.roles[i]
	r.levels = payLevels(r.in.GrossMonthly, domain.ShareOne, c.longestStay()/12)
	alone := *c
	alone.roles = []role{r}
	after := alone.premiums(md)
	return after[0].afterEnd != before
}

// moving is every printed amount that a benefit has a part in.
type moving struct {
	lines     []domain.Money // of the years, under the chosen readings
	low, high [5]domain.Money
	lost      [2]domain.Money
}

func (m *moving) same(x *moving) bool {
	return slices.Equal(m.lines, x.lines) && m.low == x.low && m.high == x.high && m.lost == x.lost
}

func (s *sweep) moving(open []combo, tw tweak) *moving {
	md := s.c.chosen.mode()
	key := s.key(md.premium())
	pae, paf := s.premiumLines(key, tw)
	m := &moving{lines: slices.Concat(pae, paf, s.c.airLines(tw.air, tw.export, md), s.c.aisLines(tw.export, md))}
	m.lost[0], m.lost[1] = s.lost(key, tw)
	s.room = s.totals(s.room[:0], open, tw)
	for i, t := range s.room {
		for k, a := range [5]domain.Money{t.air, t.pae, t.paf, t.ais, t.all()} {
			if i == 0 {
				m.low[k], m.high[k] = a, a
			}
			m.low[k], m.high[k] = min(m.low[k], a), max(m.high[k], a)
		}
	}
	return m
}

// outsideSums is the AIR of the same people outside the platform.
func (c *Case) outsideSums() *[2][]wide {
	out := *c
	out.inside = false
	out.segs = slices.Clone(c.segs)
	for i := range out.segs {
		out.segs[i].cap = out.caps(out.segs[i].first, out.segs[i].val)
	}
	sums := out.payrollSums()
	return &sums.air
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
		if year >= c.eng.profitFirst && !c.exempt(year) {
			return true
		}
	}
	return false
}

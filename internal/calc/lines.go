package calc

import (
	"math/big"
	"slices"

	"atlasp2i/internal/domain"
)

// lines are the printed amounts of each calendar year: every line is rounded
// once for the whole project (spec, section 6). MAD, in centimes.
type lines struct {
	gross, charges, tax []domain.Money
	air, pae, paf       []domain.Money
	corpTax, ais        []domain.Money
}

// payrollSums are the exact sums that do not depend on a premium reading.
type payrollSums struct {
	gross, charges, tax []wide
	air                 [2][]wide // under air.outside none and region, before the export share
}

// payrollSums multiplies money once for each role, pay level and segment.
func (c *Case) payrollSums() payrollSums {
	n := len(c.years)
	all := make([]wide, 5*n)
	s := payrollSums{
		gross: all[:n], charges: all[n : 2*n], tax: all[2*n : 3*n],
		air: [2][]wide{all[3*n : 4*n], all[4*n:]},
	}
	for i := range c.roles {
		c.addRole(&c.roles[i], &s)
	}
	return s
}

func (c *Case) addRole(r *role, s *payrollSums) {
	for l, pay := range r.levels {
		var head perHead
		var of *values
		for k := range c.segs {
			seg := &c.segs[k]
			heads := r.heads[l*len(c.segs)+k]
			if heads == 0 {
				continue
			}
			if of != seg.val {
				head, of = forHead(seg.val, pay, r.dependants), seg.val
			}
			y := seg.year
			s.gross[y] = s.gross[y].add(mul64(pay, heads))
			s.charges[y] = s.charges[y].add(mul64(head.charges, heads))
			s.tax[y] = s.tax[y].add(head.tax.mul(heads))
			for o := range s.air {
				if a := relief(head.tax, seg.cap[o], pay); !a.zero() {
					s.air[o][y] = s.air[o][y].add(a.mul(heads))
				}
			}
		}
	}
}

// premiumKey is what of a combination the premiums depend on.
type premiumKey struct {
	annual, run bool
	ceiling     ceilingMode
}

func (m mode) premium() premiumKey { return premiumKey{m.annual, m.run, m.ceiling} }

// sweep holds the exact sums that combinations share: a payroll, and one walk of
// the premiums for each way to understand them (12 at most), by role.
type sweep struct {
	c    *Case
	sums payrollSums
	keys []premiumKey
	prem [][]premiums // by key and role
	room []totals     // reused from one tweak to the next
}

func (c *Case) sweep(open []combo) *sweep {
	s := &sweep{c: c, sums: c.payrollSums()}
	for i := range open {
		if k := open[i].mode.premium(); s.key(k) < 0 {
			s.keys = append(s.keys, k)
			s.prem = append(s.prem, c.premiums(open[i].mode))
		}
	}
	return s
}

func (s *sweep) key(k premiumKey) int { return slices.Index(s.keys, k) }

// tweak is another project that differs in one input and shares the sums.
type tweak struct {
	export  domain.Share
	air     *[2][]wide
	without int  // role whose PAE is left out; -1 for none
	paf     bool // its PAF is kept
}

func (s *sweep) asIs() tweak { return tweak{export: s.c.export, air: &s.sums.air, without: -1} }

// premiumLines rounds the premiums of all roles together.
func (s *sweep) premiumLines(key int, tw tweak) (pae, paf []domain.Money) {
	n := len(s.c.years)
	both := make([]domain.Money, 2*n)
	pae, paf = both[:n], both[n:]
	for y := range n {
		var e, f wide
		for i := range s.prem[key] {
			p := &s.prem[key][i]
			if i != tw.without {
				e = e.add(p.pae[y])
			}
			if i != tw.without || tw.paf {
				f = f.add(p.paf[y])
			}
		}
		pae[y], paf[y] = e.centimes(divPremium), f.centimes(divPremium)
	}
	return pae, paf
}

// lost is the PAE that comes too late for the regime, and for the horizon.
func (s *sweep) lost(key int, tw tweak) (regime, end domain.Money) {
	var r, e wide
	for i := range s.prem[key] {
		if p := &s.prem[key][i]; i != tw.without {
			r, e = r.add(p.afterRegime), e.add(p.afterEnd)
		}
	}
	return r.centimes(divPremium), e.centimes(divPremium)
}

// lines are the amounts under one combination.
func (s *sweep) lines(md mode) lines {
	l := s.c.common(&s.sums)
	l.air = s.c.airLines(&s.sums.air, s.c.export, md)
	l.pae, l.paf = s.premiumLines(s.key(md.premium()), s.asIs())
	l.ais = s.c.aisLines(s.c.export, md)
	return l
}

// Years is the fast path: the lines of each year under the chosen readings
// alone, without extremes, conditions or what is left out.
func (c *Case) Years() []Year {
	md := c.chosen.mode()
	l := c.sweep([]combo{{mode: md}}).lines(md)
	return c.yearLines(&l)
}

// common is what no reading moves.
func (c *Case) common(s *payrollSums) lines {
	return lines{
		gross: round(s.gross, divGross), charges: round(s.charges, divCharges),
		tax: round(s.tax, divTax), corpTax: c.corpTaxLines(),
	}
}

func (c *Case) airLines(sums *[2][]wide, share domain.Share, md mode) []domain.Money {
	o := 0
	if md.region {
		o = 1
	}
	if md.full || share == domain.ShareOne {
		return round(sums[o], divTax)
	}
	out := make([]domain.Money, len(c.years))
	for y, w := range sums[o] {
		if !w.zero() {
			out[y] = domain.Money(roundDiv(new(big.Int).Mul(w.big(), big.NewInt(int64(share))), divAIR))
		}
	}
	return out
}

func round(sums []wide, div uint64) []domain.Money {
	out := make([]domain.Money, len(sums))
	for y, w := range sums {
		out[y] = w.centimes(div)
	}
	return out
}

// profit is the taxable profit given for a calendar year.
func (c *Case) profit(year int) (domain.Money, bool) {
	for _, p := range c.project.Profits {
		if p.Year == year {
			return p.Taxable, true
		}
	}
	return 0, false
}

// exempt is whether a fiscal year lies in the years free of corporate tax,
// counted from the year operation starts.
func (c *Case) exempt(year int) bool {
	v := c.eng.valuesAt(domain.NewMonth(year, 1))
	return year < c.opStart.Year()+int(v.isExempt)
}

// corpTax is the exact corporate tax of a year, in 10^-8 MAD.
func (c *Case) corpTax(year int) *big.Int {
	p, ok := c.profit(year)
	if !ok || c.exempt(year) {
		return new(big.Int)
	}
	return c.fullTax(year, p)
}

// fullTax is the corporate tax of a year that is not exempt, in 10^-8 MAD.
func (c *Case) fullTax(year int, p domain.Money) *big.Int {
	v := c.eng.valuesAt(domain.NewMonth(year, 1))
	rate := v.is
	if int64(p) >= v.isThreshold {
		rate = v.isHigh
	}
	return mul64(int64(p), rate).big()
}

func (c *Case) corpTaxLines() []domain.Money {
	out := make([]domain.Money, len(c.years))
	if len(c.project.Profits) == 0 {
		return out
	}
	for y, year := range c.years {
		out[y] = domain.Money(roundDiv(c.corpTax(year), divCorpTax))
	}
	return out
}

// aisRate is the share of corporate tax that AIS bears in a year; zero outside
// the regime's years.
func (c *Case) aisRate(year int) int64 {
	return max(0, c.eng.valuesAt(domain.NewMonth(year, 1)).ais)
}

func (c *Case) aisLines(share domain.Share, md mode) []domain.Money {
	out := make([]domain.Money, len(c.years))
	if len(c.project.Profits) == 0 {
		return out
	}
	if md.all {
		share = domain.ShareOne
	}
	for y, year := range c.years {
		n := c.corpTax(year)
		n.Mul(n, big.NewInt(c.aisRate(year)*int64(share)))
		out[y] = domain.Money(roundDiv(n, divAIS))
	}
	return out
}

func total(ms []domain.Money) (sum domain.Money) {
	for _, m := range ms {
		sum += m
	}
	return sum
}

// benefits is the sum of the four printed benefit totals.
func (l *lines) benefits() domain.Money {
	return total(l.air) + total(l.pae) + total(l.paf) + total(l.ais)
}

// totals are the four benefit totals under one combination.
type totals struct{ air, pae, paf, ais domain.Money }

func (t totals) all() domain.Money { return t.air + t.pae + t.paf + t.ais }

// totals computes the benefit totals of every open combination: few premium, AIR
// and AIS sums serve all of them. They are appended to out.
func (s *sweep) totals(out []totals, open []combo, tw tweak) []totals {
	prem := make([][2]domain.Money, len(s.keys))
	for k := range s.keys {
		pae, paf := s.premiumLines(k, tw)
		prem[k] = [2]domain.Money{total(pae), total(paf)}
	}
	var air [2][2]domain.Money
	var ais [2]domain.Money
	for i, region := range []bool{false, true} {
		for j, full := range []bool{false, true} {
			air[i][j] = total(s.c.airLines(tw.air, tw.export, mode{region: region, full: full}))
		}
		ais[i] = total(s.c.aisLines(tw.export, mode{all: i == 1}))
	}
	out = slices.Grow(out, len(open))
	for i := range open {
		md := open[i].mode
		p := prem[s.key(md.premium())]
		out = append(out, totals{air: air[index(md.region)][index(md.full)], pae: p[0], paf: p[1], ais: ais[index(md.all)]})
	}
	return out
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

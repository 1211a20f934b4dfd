package calc

import (
	"math/big"

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

// lines computes the amounts under one combination: the fast path of a live
// result.
func (c *Case) lines(md mode) lines {
	sums := c.payrollSums()
	prem := c.premiums(md)
	l := c.common(&sums)
	l.air = c.airLines(&sums, md)
	l.pae, l.paf = round(prem.pae, divPremium), round(prem.paf, divPremium)
	l.ais = c.aisLines(md)
	return l
}

// common is what no reading moves.
func (c *Case) common(s *payrollSums) lines {
	return lines{
		gross: round(s.gross, divGross), charges: round(s.charges, divCharges),
		tax: round(s.tax, divTax), corpTax: c.corpTaxLines(),
	}
}

func (c *Case) airLines(s *payrollSums, md mode) []domain.Money {
	o, export := 0, int64(c.export)
	if md.region {
		o = 1
	}
	if md.full {
		export = int64(domain.ShareOne)
	}
	out := make([]domain.Money, len(c.years))
	factor := big.NewInt(export)
	for y, w := range s.air[o] {
		if !w.zero() {
			out[y] = domain.Money(roundDiv(new(big.Int).Mul(w.big(), factor), divAIR))
		}
	}
	return out
}

func round(sums []wide, div *big.Int) []domain.Money {
	out := make([]domain.Money, len(sums))
	for y, w := range sums {
		if !w.zero() {
			out[y] = domain.Money(roundDiv(w.big(), div))
		}
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

func (c *Case) aisLines(md mode) []domain.Money {
	out := make([]domain.Money, len(c.years))
	if len(c.project.Profits) == 0 {
		return out
	}
	for y, year := range c.years {
		n := c.corpTax(year)
		n.Mul(n, big.NewInt(c.aisRate(year)*c.aisShare(md)))
		out[y] = domain.Money(roundDiv(n, divAIS))
	}
	return out
}

// aisShare is the share of corporate tax that AIS looks at, in millionths.
func (c *Case) aisShare(md mode) int64 {
	if md.all {
		return one6
	}
	return int64(c.export)
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

// totalsUnder computes the benefit totals of every open combination. Only what a
// reading can move is computed again: 12 premium walks, 4 AIR and 2 AIS sums
// serve all 96 combinations.
func (c *Case) totalsUnder(open []combo) []totals {
	sums := c.payrollSums()
	type premiumKey struct {
		annual, run bool
		ceiling     ceilingMode
	}
	prem := map[premiumKey][2]domain.Money{}
	air := map[[2]bool]domain.Money{}
	ais := map[bool]domain.Money{}
	out := make([]totals, len(open))
	for i, x := range open {
		md := x.mode
		pk := premiumKey{md.annual, md.run, md.ceiling}
		if _, ok := prem[pk]; !ok {
			p := c.premiums(md)
			prem[pk] = [2]domain.Money{total(round(p.pae, divPremium)), total(round(p.paf, divPremium))}
		}
		ak := [2]bool{md.region, md.full}
		if _, ok := air[ak]; !ok {
			air[ak] = total(c.airLines(&sums, md))
		}
		if _, ok := ais[md.all]; !ok {
			ais[md.all] = total(c.aisLines(md))
		}
		out[i] = totals{air: air[ak], pae: prem[pk][0], paf: prem[pk][1], ais: ais[md.all]}
	}
	return out
}

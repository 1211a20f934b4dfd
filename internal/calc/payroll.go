package calc

import (
	"sort"

	"atlasp2i/internal/domain"
)

// perHead is what one person of a pay level costs and owes under one era (spec,
// section 3).
type perHead struct {
	charges int64 // employer, a month: 10^-8 MAD
	tax     wide  // income tax, a year: 10^-14 MAD
}

// forHead computes one person: pay in centimes a month.
func forHead(v *values, pay, dependants int64) perHead {
	capped := min(pay, v.cnssCeiling)
	return perHead{
		charges: v.cnssEmployer*capped + (v.family+v.amoEmployer+v.training)*pay,
		tax:     incomeTax(v, netTaxable(v, pay), dependants),
	}
}

// netTaxable is the taxable net income of a year (SNI) in 10^-8 MAD.
func netTaxable(v *values, pay int64) int64 {
	year := 12 * pay
	costs := v.fpLow * year
	if year > v.fpThreshold {
		costs = min(v.fpHigh*year, v.fpMax*one6)
	}
	cnss := v.cnssEmployee * min(pay, v.cnssCeiling) * 12
	return max(0, year*one6-costs-cnss-v.amoEmployee*year)
}

// incomeTax is the tax of a year on sni (10^-8 MAD), in 10^-14 MAD.
func incomeTax(v *values, sni, dependants int64) wide {
	for _, b := range v.scale {
		if b.Upto >= 0 && sni > b.Upto*one6 {
			continue
		}
		off := mul64(b.Deduct+v.dependant*min(dependants, v.dependantMax), tenToTwelve)
		return mul64(sni, b.Rate).minus(off)
	}
	return wide{}
}

// relief is the AIR of one person and year: income tax above the cap, in 10^-14
// MAD. A cap of -1 means that there is no AIR.
func relief(tax wide, capRate, pay int64) wide {
	if capRate < 0 {
		return wide{}
	}
	return tax.minus(mul64(capRate*one6, 12*pay))
}

// net is what a person is paid a month: pay less CNSS, AMO and income tax, in
// centimes rounded half up.
func (v *values) net(pay, dependants int64) int64 {
	year14 := mul64(12*pay*one6-v.cnssEmployee*min(pay, v.cnssCeiling)*12-v.amoEmployee*12*pay, one6)
	left := year14.minus(incomeTax(v, netTaxable(v, pay), dependants))
	return roundDiv(left.big(), pow10(12, 12))
}

// GrossForNet is the smallest gross monthly pay (MAD) that leaves at least net a
// month in the hand, single hire of month m with the given dependants. It fails
// where no pay up to MaxPay does.
//
// Net pay rises with gross but for one step: the lump deduction falls at its
// threshold. Below and above it the search is a plain bisection.
func (e *Engine) GrossForNet(net domain.Money, dependants int, m domain.Month) (domain.Money, bool) {
	v := e.valuesAt(max(m, e.first))
	step := v.fpThreshold / 12
	find := func(lo, hi int64) int64 {
		return lo + int64(sort.Search(int(hi-lo), func(i int) bool { return v.net(lo+int64(i), int64(dependants)) >= int64(net) }))
	}
	if v.net(step, int64(dependants)) >= int64(net) {
		return domain.Money(find(1, step)), true
	}
	g := find(step, int64(MaxPay))
	return domain.Money(g), v.net(g, int64(dependants)) >= int64(net)
}

// NetForGross is the net monthly pay (MAD, rounded half up) of a gross one.
func (e *Engine) NetForGross(gross domain.Money, dependants int, m domain.Month) domain.Money {
	return domain.Money(e.valuesAt(max(m, e.first)).net(int64(gross), int64(dependants)))
}

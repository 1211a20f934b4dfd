package calc

import (
	"atlasp2i/internal/domain"
)

// premiums are the exact yearly sums of PAF and PAE of a role, in 12 x 10^-20
// MAD, and what is not counted of PAE and why.
type premiums struct {
	paf, pae              []wide
	afterEnd, afterRegime wide // PAE of people whose 18 months end too late
}

// terms are how long a cohort's premiums run, in months from the hire. They are
// those of the month of hire; rates and ceilings are those of each month.
type terms struct{ stay, annual, pafMonths int }

// largestCeiling keeps the ceiling of a person inside 63 bits; no premium of one
// person can reach it, since pay is limited by MaxPay.
const largestCeiling = 500_000_000_000

// premiums walks every cohort month by month (spec, section 4): the ceiling of a
// person fills in time order, PAF before PAE within a month, also in months
// before the project's start.
func (c *Case) premiums(md mode) []premiums {
	n := len(c.years)
	out := make([]premiums, len(c.roles))
	sums := make([]wide, 2*n*len(c.roles))
	for i := range c.roles {
		r, p := &c.roles[i], &out[i]
		p.paf, p.pae, sums = sums[:n:n], sums[n:2*n:2*n], sums[2*n:]
		for _, h := range r.in.Hires {
			if c.eng.regime.has(h.Month) && h.Month < c.end {
				w := walk{c: c, r: r, h: h, md: md, out: p}
				w.cohort()
			}
		}
		p.times(int64(r.moroccan))
	}
	return out
}

func (p *premiums) times(n int64) {
	for y := range p.paf {
		p.paf[y], p.pae[y] = p.paf[y].mul(n), p.pae[y].mul(n)
	}
	p.afterEnd, p.afterRegime = p.afterEnd.mul(n), p.afterRegime.mul(n)
}

// walk is one cohort's way through the months.
type walk struct {
	c      *Case
	r      *role
	h      domain.Hire
	md     mode
	t      terms
	out    *premiums
	used   int64 // of the ceiling, 12 x 10^-8 MAD a person
	stayH  int64 // headcount after the stay
	val    *values
	valEnd domain.Month // the first month in which val may not apply
	note   func(paid)
}

// paid is one amount of a premium in a counted month, for an explanation: what a
// person brings (12 x 10^-8 MAD), before and after the ceiling of a person, and
// the people it is counted for.
type paid struct {
	benefit     string
	hire, month domain.Month
	val         *values
	pay, base   int64 // centimes a month, and a year as it counts
	due, amount int64
	heads       int64
}

// eachPaid walks every cohort and tells each amount of a premium that falls in a
// counted month, cohort by cohort.
func (c *Case) eachPaid(md mode, tell func(*role, paid)) {
	n := len(c.years)
	var unused premiums
	unused.paf, unused.pae = make([]wide, n), make([]wide, n)
	for i := range c.roles {
		r := &c.roles[i]
		for _, h := range r.in.Hires {
			if c.eng.regime.has(h.Month) && h.Month < c.end {
				w := walk{c: c, r: r, h: h, md: md, out: &unused, note: func(p paid) { tell(r, p) }}
				w.cohort()
			}
		}
	}
}

func (w *walk) tell(p paid) {
	if w.note != nil {
		w.note(p)
	}
}

func (w *walk) cohort() {
	v := w.c.eng.valuesAt(w.h.Month)
	w.t = terms{stay: int(v.paeStay), annual: int(v.paeAnnual), pafMonths: int(v.pafMonths)}
	w.stayH = w.r.headcount(w.h.Count, w.t.stay)
	last := max(w.t.pafMonths-1, w.t.stay)
	if w.md.annual {
		last = max(w.t.pafMonths-1, w.t.annual-1)
	}
	first := 0
	if w.md.ceiling == ceilingBase && w.c.from > w.h.Month {
		first = int(w.c.from - w.h.Month) // nothing accumulates: earlier months change nothing
	}
	for k := first; k <= last; k++ {
		m := w.h.Month + domain.Month(k)
		if m >= w.c.end && (w.md.annual || k > w.t.stay) {
			break
		}
		w.month(k, m)
	}
	if w.md.annual && w.lateForRegime() {
		w.lostAnnual()
	}
}

// lateForRegime is whether the stay ends after the regime, under "cut".
func (w *walk) lateForRegime() bool {
	return !w.md.run && w.h.Month+domain.Month(w.t.stay) > w.c.eng.regime.last
}

func (w *walk) month(k int, m domain.Month) {
	if w.md.ceiling == ceilingYearly && k%12 == 0 {
		w.used = 0
	}
	counted := m >= w.c.from && m < w.c.end
	y := 0
	if counted {
		y = m.Year() - w.c.years[0]
	}
	if m >= w.valEnd {
		w.val, w.valEnd = w.c.eng.inRegimeUntil(m)
	}
	v := w.val
	if k < w.t.pafMonths && w.alive(m) {
		base := w.base(w.r.pay(k), v)
		due := v.paf * base
		if a := w.take(due, v); counted {
			heads := w.r.headcount(w.h.Count, k)
			w.out.paf[y] = w.out.paf[y].add(mul64(a, heads))
			w.tell(paid{domain.PAF, w.h.Month, m, v, w.r.pay(k), base, due, a, heads})
		}
	}
	if w.md.annual {
		w.annualMonth(k, m, v, y, counted)
	} else if k == w.t.stay {
		w.once(m, v, y, counted)
	}
}

// alive is whether a right can be earned in month m: inside the regime, or
// running to its term.
func (w *walk) alive(m domain.Month) bool { return w.md.run || m <= w.c.eng.regime.last }

// base is the yearly pay that counts, in centimes.
func (w *walk) base(pay int64, v *values) int64 {
	if w.md.ceiling == ceilingBase {
		return min(12*pay, v.ceiling)
	}
	return 12 * pay
}

// take is as much of a person's amount as the month's ceiling leaves, and uses
// it up.
func (w *walk) take(a int64, v *values) int64 {
	if w.md.ceiling == ceilingBase {
		return a
	}
	limit := min(v.ceiling, largestCeiling) * 12 * one6
	a = min(a, max(0, limit-w.used))
	w.used += a
	return a
}

func (w *walk) annualMonth(k int, m domain.Month, v *values, y int, counted bool) {
	if k >= w.t.annual || !w.alive(m) || w.lateForRegime() {
		return
	}
	base := w.base(w.r.pay(k), v)
	due := v.pae * base
	if a := w.take(due, v); counted {
		heads := w.presentAfterStay(k)
		w.out.pae[y] = w.out.pae[y].add(mul64(a, heads))
		w.tell(paid{domain.PAE, w.h.Month, m, v, w.r.pay(k), base, due, a, heads})
	}
}

// presentAfterStay counts, before the stay is over, those who will complete it.
func (w *walk) presentAfterStay(k int) int64 {
	if k < w.t.stay {
		return w.stayH
	}
	return w.r.headcount(w.h.Count, k)
}

// once pays a year's premium on the pay at hire in the month the stay is reached.
func (w *walk) once(m domain.Month, v *values, y int, counted bool) {
	base := w.base(w.r.pay(0), w.c.eng.valuesAt(w.h.Month))
	due := 12 * v.pae * base
	a := w.take(due, v)
	switch {
	case m < w.c.from:
	case w.lateForRegime():
		w.out.afterRegime = w.out.afterRegime.add(mul64(a, w.stayH))
	case counted:
		w.out.pae[y] = w.out.pae[y].add(mul64(a, w.stayH))
		w.tell(paid{domain.PAE, w.h.Month, m, v, w.r.pay(0), base, due, a, w.stayH})
	default:
		w.out.afterEnd = w.out.afterEnd.add(mul64(a, w.stayH))
	}
}

// lostAnnual adds up what the months of the horizon inside the regime would have
// brought, had the stay ended in time: the ceiling fills as if it were paid.
func (w *walk) lostAnnual() {
	w.used = 0
	last := min(w.c.eng.regime.last, w.c.end-1)
	for k := 0; k < w.t.annual && w.h.Month+domain.Month(k) <= last; k++ {
		m := w.h.Month + domain.Month(k)
		if w.md.ceiling == ceilingYearly && k%12 == 0 {
			w.used = 0
		}
		v := w.c.eng.valuesAt(m)
		if k < w.t.pafMonths {
			w.take(v.paf*w.base(w.r.pay(k), v), v)
		}
		if a := w.take(v.pae*w.base(w.r.pay(k), v), v); m >= w.c.from {
			w.out.afterRegime = w.out.afterRegime.add(mul64(a, w.presentAfterStay(k)))
		}
	}
}

// fate is what becomes, as to one premium, of the people hired inside the regime
// and before the end of the horizon.
type fate struct {
	hired    int
	timed    int   // of them, those whose premium falls due in a counted month
	before   int   // those whose premium fell due before the project starts
	late     int   // those whose premium falls due too late
	expected int64 // of the timed ones, who is still there by then, millionths
	assumed  bool  // their attrition is not given
}

// fate follows PAE or PAF under the chosen readings; moroccan leaves out the
// roles without Moroccan recruits.
func (c *Case) fate(benefit string, moroccan bool) fate {
	var f fate
	for i := range c.roles {
		r := &c.roles[i]
		if moroccan && r.moroccan == 0 {
			continue
		}
		for _, h := range r.in.Hires {
			if h.Month < c.end && c.eng.regime.has(h.Month) {
				c.follow(&f, benefit, r, h)
			}
		}
	}
	return f
}

func (c *Case) follow(f *fate, benefit string, r *role, h domain.Hire) {
	v, md := c.eng.valuesAt(h.Month), c.chosen.mode()
	stay := int(v.paeStay)
	first, months := h.Month, int(v.pafMonths)
	present := max(0, int(c.from-h.Month)) // months since the hire by which who is there counts
	late := false
	if benefit == domain.PAE {
		late = !md.run && h.Month+domain.Month(stay) > c.eng.regime.last
		if md.annual {
			months, present = int(v.paeAnnual), max(stay, present)
		} else {
			first, months, present = h.Month+domain.Month(stay), 1, stay
		}
	}
	last := first + domain.Month(months) - 1
	if !md.run {
		last = min(last, c.eng.regime.last)
	}
	f.hired += h.Count
	switch {
	case late || first >= c.end:
		f.late += h.Count
	case last < c.from:
		f.before += h.Count
	default:
		f.timed += h.Count
		f.expected += r.headcount(h.Count, present)
		f.assumed = f.assumed || r.in.AnnualAttrition == nil
	}
}

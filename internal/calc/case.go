package calc

import (
	"math"
	"math/big"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Case is a checked project, prepared for calculation: optional values filled
// with their defaults, time cut into segments, people counted. It is immutable
// after Engine.Case and safe for use by several goroutines.
type Case struct {
	eng       *Engine
	project   domain.Project
	site      *rules.Site // nil where the place is a region
	region    *rules.Region
	inside    bool
	from, end domain.Month // end is not included
	opStart   domain.Month
	export    domain.Share
	chosen    Readings
	settled   [6]bool
	roles     []role
	segs      []segment
	years     []int // calendar years that the horizon touches
}

// role is a role with its defaults filled in and its people counted.
type role struct {
	in         *domain.Role
	dependants int64
	moroccan   domain.Share
	raise      domain.Share
	attrition  domain.Share
	levels     []int64   // centimes a month after k whole years
	stay       []float64 // share of a cohort still there after k months
	heads      []int64   // [level*segments + segment]: sum of monthly headcounts, millionths
}

// segment is a run of counted months of one calendar year in which the pack
// does not change.
type segment struct {
	first, last domain.Month
	year        int // index into Case.years
	val         *values
	inRegime    bool
	cap         [2]int64 // AIR cap under air.outside none and region; -1 where there is no AIR
}

// Case checks a project and prepares it. The error is a Problems value that
// lists everything refused.
func (e *Engine) Case(p domain.Project) (*Case, error) {
	if found := e.Check(&p); len(found) > 0 {
		return nil, Problems(found)
	}
	c := &Case{eng: e, project: p, from: p.From, end: p.From + DefaultMonths, opStart: p.From, export: domain.ShareOne}
	if p.Months != nil {
		c.end = p.From + domain.Month(*p.Months)
	}
	if p.OperationStart != nil {
		c.opStart = *p.OperationStart
	}
	if p.ExportShare != nil {
		c.export = *p.ExportShare
	}
	c.place()
	c.choose()
	c.cut()
	c.roles = make([]role, 0, len(p.Roles))
	for i := range p.Roles {
		c.roles = append(c.roles, c.prepare(&c.project.Roles[i]))
	}
	return c, nil
}

// Problems is refused input: every problem found, as one error.
type Problems []*domain.Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func (c *Case) place() {
	c.site = c.eng.pack.Site(c.project.Site)
	id := c.project.Site
	if c.site != nil {
		id = c.site.Region
	}
	c.region = c.eng.pack.Region(id)
	c.inside = true // where the site is in operation, month by month: see caps
	if c.project.InsideP2I != nil {
		c.inside = *c.project.InsideP2I
	}
}

// operates is whether the site is a platform in operation in month m.
func (e *Engine) operates(s *rules.Site, m domain.Month) bool {
	if s == nil || s.Kind != rules.KindP2I {
		return false
	}
	st, ok := s.At(m)
	return ok && st.Status == rules.Operational
}

// InOperation is whether a place is a platform in operation on the day the pack
// was verified: a project there may stand inside it or not.
func (e *Engine) InOperation(place string) bool { return e.operates(e.pack.Site(place), e.today) }

// class is the class of the platforms in operation in a region in month m, the
// one with the higher cap where they differ; empty where there is none.
func (e *Engine) class(region string, m domain.Month) string {
	class := ""
	for i := range e.pack.Sites {
		s := &e.pack.Sites[i]
		if s.Region == region && e.operates(s, m) {
			if st, _ := s.At(m); class == "" || st.Class == rules.ClassMain {
				class = st.Class
			}
		}
	}
	return class
}

func (c *Case) choose() {
	for i, r := range c.eng.pack.Readings {
		c.chosen[i] = r.Values[0]
		if v, ok := c.project.Readings[r.ID]; ok {
			c.chosen[i] = v
		}
	}
	for _, id := range c.project.Settled {
		c.settled[readingIndex(id)] = true
	}
}

// cut lays the segments over the horizon.
func (c *Case) cut() {
	for m := c.from; m < c.end; m++ {
		era := c.eng.eraAt(m)
		n := len(c.segs)
		newYear := len(c.years) == 0 || c.years[len(c.years)-1] != m.Year()
		if newYear {
			c.years = append(c.years, m.Year())
		}
		if n > 0 && !newYear && c.segs[n-1].val == &c.eng.eras[era].val {
			c.segs[n-1].last = m
			continue
		}
		s := segment{first: m, last: m, year: len(c.years) - 1, val: &c.eng.eras[era].val, inRegime: c.eng.regime.has(m)}
		s.cap = c.caps(m, s.val)
		c.segs = append(c.segs, s)
	}
}

// caps is the AIR cap in month m under the two values of air.outside (spec,
// section 4, last paragraph).
func (c *Case) caps(m domain.Month, v *values) [2]int64 {
	return c.eng.caps(c.site, c.region.ID, c.inside, m, v)
}

// prepare fills the defaults of a role and counts its people by pay level and
// segment.
func (c *Case) prepare(in *domain.Role) role {
	r := role{in: in, moroccan: domain.ShareOne}
	if in.Dependants != nil {
		r.dependants = int64(*in.Dependants)
	}
	if in.MoroccanShare != nil {
		r.moroccan = *in.MoroccanShare
	}
	if in.AnnualRaise != nil {
		r.raise = *in.AnnualRaise
	}
	if in.AnnualAttrition != nil {
		r.attrition = *in.AnnualAttrition
	}
	longest := 0
	for _, h := range in.Hires {
		longest = max(longest, int(c.end-1-h.Month))
	}
	longest = max(longest, c.longestStay())
	r.levels = payLevels(in.GrossMonthly, r.raise, longest/12)
	if r.attrition > 0 {
		r.stay = c.stays(r.attrition, longest)
	}
	r.heads = make([]int64, len(r.levels)*len(c.segs))
	for _, h := range in.Hires {
		c.count(&r, h)
	}
	return r
}

// longestStay is the number of months after a hire at which a headcount may be
// asked for although the horizon has ended: the 18 months of PAE.
func (c *Case) longestStay() int {
	longest := 0
	for i := range c.eng.eras {
		longest = max(longest, int(c.eng.eras[i].val.paeStay))
	}
	return longest
}

// count adds the monthly headcounts of one hire to the role's table.
func (c *Case) count(r *role, h domain.Hire) {
	for s := range c.segs {
		seg := &c.segs[s]
		for m := max(seg.first, h.Month); m <= seg.last; m++ {
			k := int(m - h.Month)
			r.heads[r.level(k)*len(c.segs)+s] += r.headcount(h.Count, k)
		}
	}
}

// level is the index of the pay level after k whole months.
func (r *role) level(k int) int { return min(k/12, len(r.levels)-1) }

// pay is the monthly pay after k whole months, in centimes.
func (r *role) pay(k int) int64 { return r.levels[r.level(k)] }

// payLevels lists the pay after 0, 1, ... years; one entry where nothing rises.
func payLevels(gross domain.Money, rate domain.Share, years int) []int64 {
	if rate == 0 {
		return []int64{int64(gross)}
	}
	out := make([]int64, years+1)
	for k := range out {
		v, _ := raise(gross, rate, k)
		out[k] = int64(v)
	}
	return out
}

// raise is gross x (1 + rate)^years, rounded half up to the centime, and whether
// it stays within MaxPay. The power of the reduced fraction fits one word for
// usual raises; others go through Big.
func raise(gross domain.Money, rate domain.Share, years int) (domain.Money, bool) {
	if years == 0 {
		return gross, true
	}
	up, down := one6+int64(rate), one6
	for a, b := up, down; ; a, b = b, a%b {
		if b == 0 {
			up, down = up/a, down/a
			break
		}
	}
	n, d := mul64(int64(gross), 1), wide{0, 1}
	for k := 0; k < years && n.hi < 1<<32 && d.hi == 0; k++ {
		n, d = n.mul(up), d.mul(down)
		if k == years-1 && d.hi == 0 && n.hi < d.lo>>2 {
			pay := n.centimes(d.lo)
			return min(pay, MaxPay), pay <= MaxPay
		}
	}
	return raiseBig(gross, rate, years)
}

func raiseBig(gross domain.Money, rate domain.Share, years int) (domain.Money, bool) {
	y := big.NewInt(int64(years))
	n := new(big.Int).Exp(big.NewInt(one6+int64(rate)), y, nil)
	n.Mul(n, big.NewInt(int64(gross)))
	d := new(big.Int).Exp(million, y, nil)
	if limit := new(big.Int).Mul(d, big.NewInt(int64(MaxPay)+1)); n.Cmp(limit) >= 0 {
		return MaxPay, false
	}
	pay := domain.Money(roundDiv(n, d))
	return min(pay, MaxPay), pay <= MaxPay
}

// stays is the share of a cohort still there after 0 ... months whole months of
// an attrition of a a year: (1 - a)^(k/12). The specification lets headcount,
// and nothing else, be a binary float.
func (c *Case) stays(a domain.Share, months int) []float64 {
	for i := range c.roles { // powers are the dearest part of an estimate
		if r := &c.roles[i]; r.attrition == a && len(r.stay) > months {
			return r.stay
		}
	}
	left := 1 - float64(a)/float64(domain.ShareOne)
	out := make([]float64, months+1)
	for k := range out {
		out[k] = math.Pow(left, float64(k)/12)
	}
	return out
}

// headcount is what is left of n people after k whole months, in millionths of
// a person, rounded half up.
func (r *role) headcount(n, k int) int64 {
	if r.attrition == 0 {
		return int64(n) * one6
	}
	return int64(math.Floor(float64(n)*r.stay[k]*1e6 + 0.5))
}

// headsEnd is the headcount of the last counted month of each year.
func (c *Case) headsEnd() []domain.Heads {
	out := make([]domain.Heads, len(c.years))
	for y, year := range c.years {
		last := min(domain.NewMonth(year, 12), c.end-1)
		for i := range c.roles {
			r := &c.roles[i]
			for _, h := range r.in.Hires {
				if h.Month <= last {
					out[y] += domain.Heads(r.headcount(h.Count, int(last-h.Month)))
				}
			}
		}
	}
	return out
}

// PersonMonths is the sum of the headcounts of the counted months.
func (c *Case) PersonMonths() domain.Heads {
	var sum domain.Heads
	for i := range c.roles {
		for _, h := range c.roles[i].heads {
			sum += domain.Heads(h)
		}
	}
	return sum
}

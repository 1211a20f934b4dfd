package calc_test

import (
	"math"
	"math/big"

	"atlasp2i/internal/domain"
)

// The oracle is a second, slow reading of the specification of the estimate: one
// month, one cohort and one rational number at a time. It knows nothing of the
// engine or of the pack; its rates and dates were typed in from the text.

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func mul(xs ...*big.Rat) *big.Rat {
	out := big.NewRat(1, 1)
	for _, x := range xs {
		out.Mul(out, x)
	}
	return out
}

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func less(a, b *big.Rat) *big.Rat  { return new(big.Rat).Sub(a, b) }
func whole(n int) *big.Rat         { return big.NewRat(int64(n), 1) }
func zero() *big.Rat               { return new(big.Rat) }
func mad(m domain.Money) *big.Rat  { return big.NewRat(int64(m), 100) }
func part(s domain.Share) *big.Rat { return big.NewRat(int64(s), 1_000_000) }

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// nonNegative is max(0, a).
func nonNegative(a *big.Rat) *big.Rat {
	if a.Sign() < 0 {
		return zero()
	}
	return a
}

// halfUp rounds x >= 0 to whole units of 1/per.
func halfUp(x *big.Rat, per int64) int64 {
	y := plus(mul(x, big.NewRat(per, 1)), big.NewRat(1, 2))
	return new(big.Int).Quo(y.Num(), y.Denom()).Int64()
}

// Numbers of sections 3 to 5.
var (
	fpLow, fpHigh         = rat("0.35"), rat("0.25")
	fpThreshold, fpMax    = rat("78000"), rat("35000")
	cnssRate, cnssCeiling = rat("0.0448"), rat("6000")
	amoRate               = rat("0.0226")
	cnssEmployer          = rat("0.0898")
	uncapped              = []*big.Rat{rat("0.0640"), rat("0.0411"), rat("0.0160")}
	perDependant          = rat("500")
	paeRate, pafRate      = rat("0.17"), rat("0.035")
	monthCap, ceiling     = rat("25000"), rat("300000")
	isLow, isHigh         = rat("0.20"), rat("0.35")
	isThreshold, aisRate  = rat("100000000"), rat("0.56")
	twelfth               = rat("1/12")
	capMain, capSecondary = rat("0.20"), rat("0.10")
	regimeFirst           = domain.NewMonth(2025, 7)
	regimeLast            = domain.NewMonth(2030, 12)
)

var irScale = []struct{ upto, rate, deduct *big.Rat }{
	{rat("40000"), rat("0"), rat("0")},
	{rat("60000"), rat("0.10"), rat("4000")},
	{rat("80000"), rat("0.20"), rat("10000")},
	{rat("100000"), rat("0.30"), rat("18000")},
	{rat("180000"), rat("0.34"), rat("22000")},
	{nil, rat("0.37"), rat("27400")},
}

// Places: the class of the platform in operation at the place, if any, and the
// class of the platforms in operation in its region, if any.
var oraclePlaces = map[string]struct{ own, region string }{
	"casanearshore":             {"main", "main"},
	"technopolis":               {"main", "main"},
	"fes-shore":                 {"secondary", "secondary"},
	"oujda-shore":               {"secondary", "secondary"},
	"tetouan-shore":             {"secondary", "secondary"},
	"casablanca-tech-valley":    {"", "main"},
	"agadir":                    {"", ""},
	"dakhla":                    {"", ""},
	"laayoune":                  {"", ""},
	"casablanca-settat":         {"", "main"},
	"rabat-sale-kenitra":        {"", "main"},
	"fes-meknes":                {"", "secondary"},
	"oriental":                  {"", "secondary"},
	"tanger-tetouan-al-hoceima": {"", "secondary"},
	"marrakech-safi":            {"", ""},
	"beni-mellal-khenifra":      {"", ""},
	"draa-tafilalet":            {"", ""},
	"souss-massa":               {"", ""},
	"guelmim-oued-noun":         {"", ""},
	"laayoune-sakia-el-hamra":   {"", ""},
	"dakhla-oued-ed-dahab":      {"", ""},
}

// statement is what the oracle prints: centimes by line and year.
type statement struct {
	first, last int // calendar years
	lines       map[string]map[int]domain.Money
	headsEnd    map[int]domain.Heads
	late, after domain.Money // PAE lost to the end of the regime, of the horizon
}

func (s *statement) total(line string) (sum domain.Money) {
	for y := s.first; y <= s.last; y++ {
		sum += s.lines[line][y]
	}
	return sum
}

func (s *statement) benefits() (sum domain.Money) {
	for _, b := range domain.Benefits {
		sum += s.total(b)
	}
	return sum
}

type oracle struct {
	p           domain.Project
	read        map[string]string
	from, end   domain.Month
	export      *big.Rat
	exact       map[string]map[int]*big.Rat
	late, after *big.Rat
	heads       map[int]domain.Heads
}

// estimate computes the statement of a project under one combination.
func estimate(p domain.Project, read map[string]string) *statement {
	o := &oracle{p: p, read: read, from: p.From, end: p.From + 60, export: whole(1), late: zero(), after: zero()}
	if p.Months != nil {
		o.end = p.From + domain.Month(*p.Months)
	}
	if p.ExportShare != nil {
		o.export = part(*p.ExportShare)
	}
	o.exact, o.heads = map[string]map[int]*big.Rat{}, map[int]domain.Heads{}
	for _, r := range p.Roles {
		for _, h := range r.Hires {
			o.cohort(newCohort(r, h))
		}
	}
	o.corporate()
	s := &statement{first: o.from.Year(), last: (o.end - 1).Year(), lines: map[string]map[int]domain.Money{}, headsEnd: o.heads}
	for line, years := range o.exact {
		s.lines[line] = map[int]domain.Money{}
		for y, x := range years {
			s.lines[line][y] = domain.Money(halfUp(x, 100))
		}
	}
	s.late, s.after = domain.Money(halfUp(o.late, 100)), domain.Money(halfUp(o.after, 100))
	return s
}

func (o *oracle) add(line string, year int, x *big.Rat) {
	if o.exact[line] == nil {
		o.exact[line] = map[int]*big.Rat{}
	}
	if o.exact[line][year] == nil {
		o.exact[line][year] = zero()
	}
	o.exact[line][year] = plus(o.exact[line][year], x)
}

// people is a cohort with its defaults filled in.
type people struct {
	domain.Hire
	gross           domain.Money
	raise, moroccan *big.Rat
	attrition       float64
	dependants      int
	pays            map[int]*big.Rat // by whole years since the hire
	irs             map[int]*big.Rat
	left            map[int]*big.Rat
}

func newCohort(r domain.Role, h domain.Hire) *people {
	c := &people{Hire: h, gross: r.GrossMonthly, raise: zero(), moroccan: whole(1), pays: map[int]*big.Rat{}, irs: map[int]*big.Rat{}, left: map[int]*big.Rat{}}
	if r.AnnualRaise != nil {
		c.raise = part(*r.AnnualRaise)
	}
	if r.MoroccanShare != nil {
		c.moroccan = part(*r.MoroccanShare)
	}
	if r.AnnualAttrition != nil {
		c.attrition = float64(*r.AnnualAttrition) / 1e6
	}
	if r.Dependants != nil {
		c.dependants = *r.Dependants
	}
	return c
}

// pay is g after k months: gross x (1 + raise)^years, half up to the centime.
func (c *people) pay(k int) *big.Rat {
	years := k / 12
	if c.pays[years] == nil {
		g := mad(c.gross)
		for range years {
			g = mul(g, plus(whole(1), c.raise))
		}
		c.pays[years] = big.NewRat(halfUp(g, 100), 100)
	}
	return c.pays[years]
}

// headcount is n x pow(1 - a, k/12) rounded half up to a millionth.
func (c *people) headcount(k int) *big.Rat {
	if c.left[k] == nil {
		n := float64(c.Count) * math.Pow(1-c.attrition, float64(k)/12)
		c.left[k] = big.NewRat(int64(math.Floor(n*1e6+0.5)), 1_000_000)
	}
	return c.left[k]
}

// tax is IR of a year at the pay after k months.
func (c *people) tax(k int) *big.Rat {
	years := k / 12
	if c.irs[years] == nil {
		c.irs[years] = yearlyTax(c.pay(k), c.dependants)
	}
	return c.irs[years]
}

func yearlyTax(g *big.Rat, dependants int) *big.Rat {
	year := mul(g, whole(12))
	fp := least(mul(fpHigh, year), fpMax)
	if year.Cmp(fpThreshold) <= 0 {
		fp = mul(fpLow, year)
	}
	cnss := mul(cnssRate, least(g, cnssCeiling), whole(12))
	sni := less(less(less(year, fp), cnss), mul(amoRate, year))
	for _, b := range irScale {
		if b.upto == nil || sni.Cmp(b.upto) <= 0 {
			scale := less(mul(sni, b.rate), b.deduct)
			return nonNegative(less(scale, mul(perDependant, whole(min(dependants, 6)))))
		}
	}
	panic("no bracket")
}

func charges(g *big.Rat) *big.Rat {
	out := mul(cnssEmployer, least(g, cnssCeiling))
	for _, r := range uncapped {
		out = plus(out, mul(r, g))
	}
	return out
}

// cap is the AIR cap of the place; nil where there is no AIR.
func (o *oracle) cap() *big.Rat {
	byClass := map[string]*big.Rat{"main": capMain, "secondary": capSecondary}
	place := oraclePlaces[o.p.Site]
	inside := place.own != ""
	if o.p.InsideP2I != nil {
		inside = *o.p.InsideP2I
	}
	switch {
	case inside:
		return byClass[place.own]
	case place.region == "":
		return capSecondary
	case o.read[domain.ReadingAIROutside] == "region":
		return byClass[place.region]
	default:
		return nil
	}
}

func (o *oracle) inside(t domain.Month) bool { return t >= o.from && t < o.end }

func (o *oracle) cohort(c *people) {
	for t := max(c.Month, o.from); t < o.end; t++ {
		o.payroll(c, t)
		if t == o.end-1 || t.Number() == 12 {
			o.heads[t.Year()] += domain.Heads(halfUp(c.headcount(int(t-c.Month)), 1_000_000))
		}
	}
	if c.Month >= regimeFirst && c.Month <= regimeLast && c.Month < o.end {
		o.premiums(c)
	}
}

func (o *oracle) payroll(c *people, t domain.Month) {
	k, y := int(t-c.Month), t.Year()
	heads := c.headcount(k)
	o.add("gross", y, mul(c.pay(k), heads))
	o.add("charges", y, mul(charges(c.pay(k)), heads))
	o.add("tax", y, mul(c.tax(k), twelfth, heads))
	limit := o.cap()
	if limit == nil || t < regimeFirst || t > regimeLast {
		return
	}
	factor := o.export
	if o.read[domain.ReadingAIRExport] == "full" {
		factor = whole(1)
	}
	over := nonNegative(less(c.tax(k), mul(limit, c.pay(k), whole(12))))
	o.add(domain.AIR, y, mul(over, twelfth, heads, factor))
}

// purse is what one person has had of the premiums under one understanding of
// the ceiling.
type purse struct {
	how  string
	used *big.Rat
}

func (p *purse) month(k int) {
	if p.how == "yearly" && k%12 == 0 {
		p.used = zero()
	}
}

func (p *purse) take(x *big.Rat) *big.Rat {
	if p.how == "base" {
		return x
	}
	x = least(x, nonNegative(less(ceiling, p.used)))
	p.used = plus(p.used, x)
	return x
}

// base is the monthly pay that counts for the premiums.
func (o *oracle) base(c *people, k int) *big.Rat {
	if o.read[domain.ReadingPremiumCap] == "base" {
		return least(c.pay(k), monthCap)
	}
	return c.pay(k)
}

func (o *oracle) premiums(c *people) {
	annual, run := o.read[domain.ReadingPAEFrequency] == "annual", o.read[domain.ReadingRegimeEnd] == "run"
	how := o.read[domain.ReadingPremiumCap]
	real, wished := purse{how, zero()}, purse{how, zero()}
	tooLate := !run && c.Month+18 > regimeLast
	for k := 0; k < 72; k++ {
		t := c.Month + domain.Month(k)
		real.month(k)
		wished.month(k)
		if k < 60 && (run || t <= regimeLast) {
			due := mul(pafRate, o.base(c, k))
			wished.take(due)
			if x := real.take(due); o.inside(t) {
				o.add(domain.PAF, t.Year(), mul(x, c.headcount(k), c.moroccan))
			}
		}
		switch {
		case annual && (run || t <= regimeLast):
			o.paeMonth(c, k, tooLate, &real, &wished)
		case !annual && k == 18:
			x := mul(real.take(mul(paeRate, whole(12), o.base(c, 0))), c.headcount(18), c.moroccan)
			switch {
			case t < o.from:
			case tooLate:
				o.late = plus(o.late, x)
			case t < o.end:
				o.add(domain.PAE, t.Year(), x)
			default:
				o.after = plus(o.after, x)
			}
		}
	}
}

// paeMonth is a month of PAE paid every year.
func (o *oracle) paeMonth(c *people, k int, tooLate bool, real, wished *purse) {
	t, who := c.Month+domain.Month(k), c.headcount(max(k, 18))
	due := mul(paeRate, o.base(c, k))
	if tooLate {
		if x := wished.take(due); o.inside(t) {
			o.late = plus(o.late, mul(x, who, c.moroccan))
		}
		return
	}
	if x := real.take(due); o.inside(t) {
		o.add(domain.PAE, t.Year(), mul(x, who, c.moroccan))
	}
}

func (o *oracle) corporate() {
	start := o.p.From
	if o.p.OperationStart != nil {
		start = *o.p.OperationStart
	}
	for _, f := range o.p.Profits {
		if f.Year < o.from.Year() || f.Year > (o.end-1).Year() || f.Year < start.Year()+5 {
			continue
		}
		profit, rate := mad(f.Taxable), isLow
		if profit.Cmp(isThreshold) >= 0 {
			rate = isHigh
		}
		is := mul(profit, rate)
		o.add("is", f.Year, is)
		if f.Year >= 2026 && f.Year <= 2030 {
			share := o.export
			if o.read[domain.ReadingAISBase] == "all" {
				share = whole(1)
			}
			o.add(domain.AIS, f.Year, mul(aisRate, is, share))
		}
	}
}

package calc

import (
	"atlasp2i/internal/domain"
)

// Result is the one object that screen, paper, spreadsheet and command line
// read. It is never changed after Case.Result; slices are not to be written.
type Result struct {
	Pack     PackRef
	Project  domain.Project
	Site     string
	Inside   bool
	From     domain.Month
	Months   int
	Readings Readings
	Default  bool // every reading has the value that the pack puts first
	Settled  []string

	GrossPay, EmployerCharges, EmploymentCost domain.Money
	IncomeTax, CorporateTax                   domain.Money
	AIR, PAE, PAF, AIS, Benefits              Figure

	Years        []Year
	Conditions   []Condition
	Notes        map[string]domain.Msg // a short reason for each benefit's amount
	Assumed      []string              // JSON paths of inputs not given that can move a printed amount
	NotCounted   []NotCounted
	Narrowing    []Narrowing
	Moving       []string // unsettled readings of which another answer can change a benefit
	PersonMonths domain.Heads
}

// PackRef names the rule pack a result was computed under.
type PackRef struct {
	ID         string
	Number     int
	SHA256     string
	InForce    domain.Date
	VerifiedOn domain.Date
	BestBefore domain.Date
}

// Year is the lines of one calendar year, in MAD to the centime. ProfitKnown is
// whether a taxable profit was given for the year: without it corporate tax, and
// AIS where AISRate is not nil, are unknown, not nil, unless the year is exempt.
type Year struct {
	Year                                 int
	Months                               int // counted months of the year
	GrossPay, EmployerCharges, IncomeTax domain.Money
	AIR, PAE, PAF, CorporateTax, AIS     domain.Money
	HeadcountEnd                         domain.Heads
	ProfitKnown, Exempt                  bool
	AISRate                              domain.Share // of corporate tax that AIS bears; nil outside its years
}

// EmploymentCost is gross pay and employer charges.
func (y *Year) EmploymentCost() domain.Money { return y.GrossPay + y.EmployerCharges }

// Benefits is the sum of the year's four benefits.
func (y *Year) Benefits() domain.Money { return y.AIR + y.PAE + y.PAF + y.AIS }

// Extent is how much of an amount is known.
type Extent int

// An amount is whole, a lower bound because a part of it is unknown, or unknown
// itself: its number is nil then and says nothing.
const (
	Whole Extent = iota
	AtLeast
	NotKnown
)

// unknown is whether the line, or a part of it, is not known in the year.
func (y *Year) unknown(line string) bool {
	if y.ProfitKnown || y.Exempt {
		return false
	}
	switch line {
	case LineCorpTax:
		return true
	case domain.AIS, LineBenefits, LineShare:
		return y.AISRate > 0
	}
	return false
}

// Extent is how much of a line of the year is known.
func (y *Year) Extent(line string) Extent {
	switch {
	case !y.unknown(line):
		return Whole
	case line == LineCorpTax || line == domain.AIS:
		return NotKnown
	}
	return AtLeast
}

// UnknownYears are the years in which the line, or a part of it, is not known.
func (r *Result) UnknownYears(line string) []int {
	var out []int
	for i := range r.Years {
		if r.Years[i].unknown(line) {
			out = append(out, r.Years[i].Year)
		}
	}
	return out
}

// Extent is how much of the total of a line is known: a line of which some years
// are unknown is unknown itself as long as the others bring nothing.
func (r *Result) Extent(line string) Extent {
	var known domain.Money
	for i := range r.Years {
		known += r.Years[i].Line(line)
	}
	switch {
	case len(r.UnknownYears(line)) == 0:
		return Whole
	case known == 0 && (line == LineCorpTax || line == domain.AIS):
		return NotKnown
	}
	return AtLeast
}

// The manners in which the value of the total stands among its readings.
const (
	Prudent   = "prudent" // it is the lowest of all readings
	ByDefault = "default" // every reading has the pack's first value
	Chosen    = "chosen"
)

// Manner is the word for the readings that the total stands on.
func (r *Result) Manner() string {
	switch {
	case r.Benefits.Prudent():
		return Prudent
	case r.Default:
		return ByDefault
	}
	return Chosen
}

// NotCounted is something that is left out, and why. A nil amount is unknown.
type NotCounted struct {
	Benefit string
	Amount  *domain.Money
	Reason  domain.Msg
}

// Benefit gives the figure of a benefit by its code.
func (r *Result) Benefit(code string) Figure {
	switch code {
	case domain.AIR:
		return r.AIR
	case domain.PAE:
		return r.PAE
	case domain.PAF:
		return r.PAF
	default:
		return r.AIS
	}
}

// BenefitsShare is benefits over employment cost, rounded half up to four
// decimals; false where there is no employment cost.
func (r *Result) BenefitsShare() (domain.Share, bool) {
	return shareOf(r.Benefits.Value, r.EmploymentCost)
}

// BenefitsShares are the extremes of BenefitsShare over the open readings.
func (r *Result) BenefitsShares() (low, high domain.Share, ok bool) {
	low, ok = shareOf(r.Benefits.Low, r.EmploymentCost)
	high, _ = shareOf(r.Benefits.High, r.EmploymentCost)
	return low, high, ok
}

// shareOf is a/b rounded half up to four decimals.
func shareOf(a, b domain.Money) (domain.Share, bool) {
	if b == 0 {
		return 0, false
	}
	n := mul64(int64(a), 10_000).big()
	return domain.Share(roundDiv(n, mul64(int64(b), 1).big()) * 100), true
}

// CostPerSeatMonth is employment cost less benefits (or before them) for one
// seat and month, rounded half up; false where nobody is counted.
func (r *Result) CostPerSeatMonth(afterBenefits bool) (domain.Money, bool) {
	if r.PersonMonths == 0 {
		return 0, false
	}
	cost := r.EmploymentCost
	if afterBenefits {
		cost -= r.Benefits.Value
	}
	sign := domain.Money(1)
	if cost < 0 {
		sign, cost = -1, -cost
	}
	n := mul64(int64(cost), one6).big()
	return sign * domain.Money(roundDiv(n, mul64(int64(r.PersonMonths), 1).big())), true
}

// Result computes everything: the lines under the chosen readings, the extremes
// over the open ones, conditions, what is assumed and what is not counted.
func (c *Case) Result() *Result {
	md := c.chosen.mode()
	open := c.open()
	s := c.sweep(open)
	l := s.lines(md)
	under := s.totals(nil, open, s.asIs())
	r := &Result{
		Pack: c.packRef(), Project: c.project, Site: c.project.Site, Inside: c.inside && c.eng.operates(c.site, c.eng.today),
		From: c.from, Months: int(c.end - c.from),
		Readings: c.chosen, Default: c.isDefault(), Settled: c.project.Settled,
		GrossPay: total(l.gross), EmployerCharges: total(l.charges),
		IncomeTax: total(l.tax), CorporateTax: total(l.corpTax),
		PersonMonths: c.PersonMonths(),
	}
	r.EmploymentCost = r.GrossPay + r.EmployerCharges
	r.AIR = figure(total(l.air), open, func(i int) domain.Money { return under[i].air })
	r.PAE = figure(total(l.pae), open, func(i int) domain.Money { return under[i].pae })
	r.PAF = figure(total(l.paf), open, func(i int) domain.Money { return under[i].paf })
	r.AIS = figure(total(l.ais), open, func(i int) domain.Money { return under[i].ais })
	sum := func(i int) domain.Money { return under[i].all() }
	r.Benefits = figure(l.benefits(), open, sum)
	r.Narrowing = c.narrowing(open, sum)
	r.Moving = c.moving(open, func(i, j int) bool { return under[i] != under[j] })
	r.Years = c.yearLines(&l)
	r.Conditions = c.conditions()
	r.Notes = c.notes(r)
	r.Assumed = c.assumed(s, open)
	r.NotCounted = c.notCounted(r, s)
	return r
}

func (c *Case) packRef() PackRef {
	p := c.eng.pack
	return PackRef{p.ID, p.Number, p.SHA256, p.InForce, p.VerifiedOn, p.BestBefore}
}

func (c *Case) yearLines(l *lines) []Year {
	ends := c.headsEnd()
	out := make([]Year, len(c.years))
	for y, year := range c.years {
		_, known := c.profit(year)
		out[y] = Year{
			Year: year, Months: c.monthsOf(year),
			GrossPay: l.gross[y], EmployerCharges: l.charges[y], IncomeTax: l.tax[y],
			AIR: l.air[y], PAE: l.pae[y], PAF: l.paf[y],
			CorporateTax: l.corpTax[y], AIS: l.ais[y],
			HeadcountEnd: ends[y], ProfitKnown: known, Exempt: c.exempt(year),
			AISRate: domain.Share(c.aisRate(year)),
		}
	}
	return out
}

// monthsOf is the number of counted months of a calendar year.
func (c *Case) monthsOf(year int) int {
	first := max(c.from, domain.NewMonth(year, 1))
	last := min(c.end-1, domain.NewMonth(year, 12))
	return int(last-first) + 1
}

// YearRanges lists years for a sentence, those that follow each other as a range.
func YearRanges(years []int) string {
	var said []string
	for i := 0; i < len(years); i++ {
		first := i
		for i+1 < len(years) && years[i+1] == years[i]+1 {
			i++
		}
		part := itoa(years[first])
		if i > first {
			part += "–" + itoa(years[i])
		}
		said = append(said, part)
	}
	return joined(said)
}

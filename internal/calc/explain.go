package calc

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Lines that Explain opens: the keys of the totals and of the years of the
// headless output.
const (
	LineGross      = "grossPay"
	LineCharges    = "employerCharges"
	LineCost       = "employmentCost"
	LineTax        = "incomeTax"
	LineCorpTax    = "corporateTax"
	LineBenefits   = "benefits"
	LineShare      = "benefitsShareOfEmploymentCost"
	LineHeads      = "headcountEnd"
	LineYear       = "year"
	explainDigits  = 10 // decimals kept where a division by twelve does not end
	headDigits     = -6
	payDigits      = -2
	yearCostDigits = -8
	taxDigits      = -14
)

// ExplainLines lists what Explain opens, in the order of a statement.
var ExplainLines = []string{
	LineGross, LineCharges, LineCost, LineTax, domain.AIR, domain.PAE, domain.PAF,
	LineCorpTax, domain.AIS, LineBenefits, LineShare, LineHeads, LineYear,
}

// Explanation opens one figure: a sentence, the steps a pocket calculator can
// follow, and the tree down to the rule values. It is computed on demand, apart
// from the fast path, in decimal arithmetic.
type Explanation struct {
	Line     string
	Year     int    // 0 for the total of the horizon
	Amount   any    // domain.Money, domain.Share, domain.Heads or int, as printed; nil where it is unknown
	Range    *Range // nil where the line has none
	Unknown  []int  // years of which a part is unknown: the amount, if any, is a lower bound
	Sentence domain.Msg
	Steps    []Step
	Tree     *Node
	Readings []ReadingUse
}

// Range is what the amount may be under the open readings: two domain.Money or
// two domain.Share. The readings are the answers of each end that differ from the
// chosen ones, none where the end is the amount itself.
type Range struct {
	Low, High                 any
	LowReadings, HighReadings []ReadingUse
}

// Settled is whether every reading gives the same amount.
func (r *Range) Settled() bool { return r.Low == r.High }

// Step is a row of the table. Base and Rate are nil where the step has none.
// Amount is exact, nil where it is unknown. Rules are the parameters the step reads.
type Step struct {
	Label  domain.Msg
	Base   any
	Rate   any
	Amount any
	Rules  []RuleRef
	Strong bool // a result of the steps above it
}

// Node is a part of the tree: a figure and what it is made of. A leaf has Rule.
// Amount is nil where it is unknown.
type Node struct {
	Label    domain.Msg
	Amount   any
	Rule     *RuleRef
	Children []*Node
}

// RuleRef is the value of a parameter and where it comes from.
type RuleRef struct {
	Param    string
	Unit     string
	Raw      string
	Brackets []rules.Bracket
	From, To domain.Date
	Text     string
	Article  string
	Sources  []rules.Source
	Verified domain.Date
	Sure     string // confidence, in the vocabulary of the rules package
	Note     string
}

// ReadingUse is a reading that concerns the figure, with the value chosen.
type ReadingUse struct {
	ID      string
	Value   string
	Default bool
	Settled bool
}

// Explain opens a line of one calendar year, or of the whole horizon where year
// is 0. The error is a *domain.Problem where the line or year does not exist.
func (c *Case) Explain(line string, year int) (*Explanation, error) {
	if !slices.Contains(ExplainLines, line) {
		return nil, domain.Refuse("LINE", line, "refuse.oneOf", "accepted", joined(ExplainLines))
	}
	if year != 0 && !slices.Contains(c.years, year) {
		return nil, domain.Refuse("--year", itoa(year), "refuse.range", "min", c.years[0], "max", c.years[len(c.years)-1])
	}
	x := explainer{c: c, r: c.Result(), line: line, year: year, md: c.chosen.mode()}
	return x.open(), nil
}

type explainer struct {
	c    *Case
	r    *Result
	line string
	year int
	md   mode
	out  *Explanation
}

func (x *explainer) open() *Explanation {
	x.out = &Explanation{Line: x.line, Year: x.year, Tree: &Node{Label: domain.M("line." + x.line)}}
	x.out.Amount = x.printed(x.line)
	x.out.Readings = x.readings()
	x.out.Range = x.spread()
	x.out.Unknown = x.unknownYears(x.line)
	if x.extent(x.line) == NotKnown {
		x.out.Amount, x.out.Range = nil, nil
		x.out.Sentence = x.unknownSentence()
		return x.out
	}
	x.out.Tree.Amount = x.out.Amount
	x.lines()
	if len(x.out.Unknown) > 0 {
		x.out.Sentence = domain.M("sentence.atLeast", "sentence", x.out.Sentence, "years", YearRanges(x.out.Unknown))
	}
	return x.out
}

func (x *explainer) lines() {
	switch x.line {
	case LineGross, LineCharges, LineTax, domain.AIR:
		x.payroll()
	case domain.PAE, domain.PAF:
		x.premium()
	case LineCorpTax, domain.AIS:
		x.corporate()
	case LineHeads, LineYear:
		x.people()
	default:
		x.sums()
	}
}

// spread is the range that belongs to the amount: totals of benefits have one.
func (x *explainer) spread() *Range {
	f := x.r.Benefits
	switch {
	case x.year != 0:
		return nil
	case x.line == LineShare:
		if low, high, ok := x.r.BenefitsShares(); ok {
			return x.ends(f, low, high)
		}
		return nil
	case slices.Contains(domain.Benefits[:], x.line):
		f = x.r.Benefit(x.line)
	case x.line != LineBenefits:
		return nil
	}
	return x.ends(f, f.Low, f.High)
}

// ends is a range that is written as low and high, with the answers behind each.
func (x *explainer) ends(f Figure, low, high any) *Range {
	g := &Range{Low: low, High: high}
	if f.Low != f.Value {
		g.LowReadings = x.departures(f.LowReadings)
	}
	if f.High != f.Value {
		g.HighReadings = x.departures(f.HighReadings)
	}
	return g
}

// unknownYears are the explained years of which the line, or a part of it, is
// not known.
func (x *explainer) unknownYears(line string) []int {
	years := x.r.UnknownYears(line)
	if x.year == 0 {
		return years
	}
	if slices.Contains(years, x.year) {
		return []int{x.year}
	}
	return nil
}

func (x *explainer) extent(line string) Extent {
	if x.year == 0 {
		return x.r.Extent(line)
	}
	return x.r.Years[x.year-x.c.years[0]].Extent(line)
}

// unknownSentence says which profit is missing.
func (x *explainer) unknownSentence() domain.Msg {
	return domain.M("sentence.unknown", "years", YearRanges(x.out.Unknown))
}

// known is the printed amount of a line that others add up, nil where it is not
// known.
func (x *explainer) known(line string) any {
	if x.extent(line) == NotKnown {
		return nil
	}
	return x.printed(line)
}

// ofYear is the row of a year in the total of a line.
func (x *explainer) ofYear(y *Year) any {
	if y.Extent(x.line) == NotKnown {
		return nil
	}
	return y.Line(x.line)
}

// printed is the amount of a line as the result prints it.
func (x *explainer) printed(line string) any {
	var sum domain.Money
	for i := range x.r.Years {
		y := &x.r.Years[i]
		if x.year != 0 && y.Year != x.year {
			continue
		}
		switch line {
		case LineShare:
			s, _ := shareOf(x.printed(LineBenefits).(domain.Money), x.printed(LineCost).(domain.Money))
			return s
		case LineHeads:
			if x.year == 0 {
				return x.r.Years[len(x.r.Years)-1].HeadcountEnd
			}
			return y.HeadcountEnd
		case LineYear:
			if x.year == 0 {
				return x.r.Months
			}
			return y.Months
		}
		sum += y.Line(line)
	}
	return sum
}

// Line is the amount of a line of the year by its key; zero for other keys.
func (y *Year) Line(line string) domain.Money {
	switch line {
	case LineGross:
		return y.GrossPay
	case LineCharges:
		return y.EmployerCharges
	case LineCost:
		return y.EmploymentCost()
	case LineTax:
		return y.IncomeTax
	case domain.AIR:
		return y.AIR
	case domain.PAE:
		return y.PAE
	case domain.PAF:
		return y.PAF
	case LineCorpTax:
		return y.CorporateTax
	case domain.AIS:
		return y.AIS
	case LineBenefits:
		return y.Benefits()
	}
	return 0
}

func (x *explainer) readings() []ReadingUse {
	var out []ReadingUse
	for i, r := range x.c.eng.pack.Readings {
		if slices.Contains(r.Moves, x.line) || x.line == LineBenefits || x.line == LineShare {
			out = append(out, ReadingUse{r.ID, x.c.chosen[i], x.c.chosen[i] == r.Values[0], x.c.settled[i]})
		}
	}
	return out
}

// rule is the value of a parameter in month m, for a step.
func (x *explainer) rule(id string, m domain.Month) RuleRef { return x.c.eng.Rule(id, m) }

// Rule is the value of a parameter in month m and where it comes from; after the
// regime, that of its last month. Where the pack has no value Raw is empty.
func (e *Engine) Rule(id string, m domain.Month) RuleRef {
	p := e.pack.Params[id]
	ref := RuleRef{Param: id}
	if p == nil {
		return ref
	}
	ref.Unit = p.Unit
	d, ok := p.At(m)
	if !ok {
		d, ok = p.At(min(m, e.regime.last))
	}
	if !ok {
		return ref
	}
	ref.Raw, ref.Brackets, ref.From, ref.To = d.Raw, d.Brackets, d.From, d.To
	ref.Text, ref.Article, ref.Verified, ref.Sure, ref.Note = d.Text, d.Article, d.VerifiedOn, d.Confidence, d.Note
	for _, id := range d.Sources {
		ref.Sources = append(ref.Sources, e.pack.Sources[id])
	}
	return ref
}

func (x *explainer) rulesAt(m domain.Month, ids ...string) []RuleRef {
	out := make([]RuleRef, len(ids))
	for i, id := range ids {
		out[i] = x.rule(id, m)
	}
	return out
}

// step adds a row to the table and the same row, with its rules, to a node.
func (x *explainer) step(to *Node, s Step) {
	x.out.Steps = append(x.out.Steps, s)
	to.Children = append(to.Children, stepNode(s))
}

func stepNode(s Step) *Node {
	n := &Node{Label: s.Label, Amount: s.Amount}
	for i := range s.Rules {
		n.Children = append(n.Children, &Node{Label: domain.M("param." + s.Rules[i].Param), Amount: domain.Msg{}, Rule: &s.Rules[i]})
	}
	return n
}

// close ends the table with the printed amount where rounding changed it, and
// gives a total its years.
func (x *explainer) close(exact *big.Rat) {
	printed := x.out.Amount.(domain.Money)
	if len(x.out.Steps) == 0 { // nobody is counted: a sum of nothing
		x.step(x.out.Tree, Step{Label: domain.M("step.sum"), Amount: printed, Strong: true})
	}
	if exact.Cmp(new(big.Rat).SetFrac64(int64(printed), 100)) != 0 {
		key := "step.rounded"
		if x.year == 0 && len(x.c.years) > 1 {
			key = "step.roundedYears"
			for i := range x.r.Years { // in the table only: the tree has them below
				y := &x.r.Years[i]
				x.out.Steps = append(x.out.Steps, Step{Label: domain.M("step.year", "year", y.Year), Amount: x.ofYear(y)})
			}
		}
		x.step(x.out.Tree, Step{Label: domain.M(key), Amount: printed, Strong: true})
	}
	if n := x.roleNode(); n != nil {
		x.out.Tree.Children = append(x.out.Tree.Children, n)
	}
	if x.year == 0 && len(x.r.Years) > 1 {
		byYear := &Node{Label: domain.M("step.byYear"), Amount: printed}
		for i := range x.r.Years {
			y := &x.r.Years[i]
			byYear.Children = append(byYear.Children, &Node{Label: domain.M("step.year", "year", y.Year), Amount: x.ofYear(y)})
		}
		x.out.Tree.Children = append(x.out.Tree.Children, byYear)
	}
}

// exactly writes n x 10^exp as a decimal with all its digits.
func exactly(n *big.Int, exp int32) domain.Decimal {
	return domain.Decimal(decimal.NewFromBigInt(n, exp).String())
}

// written writes a rational with all its digits, or ten decimals where it does
// not end.
func written(r *big.Rat) domain.Decimal {
	n := decimal.NewFromBigInt(r.Num(), 0)
	return domain.Decimal(n.DivRound(decimal.NewFromBigInt(r.Denom(), 0), explainDigits).String())
}

func cents(c int64) domain.Decimal { return exactly(big.NewInt(c), payDigits) }

// rat is n x 10^-digits.
func rat(n *big.Int, digits int64) *big.Rat { return new(big.Rat).SetFrac(n, pow10(digits, 1)) }

package result

import (
	"strconv"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/currency"
)

// mood is how a state is to be coloured; its words say it as well.
type mood int

const (
	neutral mood = iota
	good
	caution
	bad
)

// model is everything the view shows, written out. It holds no number that is
// still to be formatted, except for where the marks of the range bar stand.
type model struct {
	head       headline
	cards      [4]card
	sheet      sheet
	conditions []group
	tally      string // label of the tab of conditions
	left       []leftOut
	leftTab    string
	readings   []reading
}

// headline is the first figure a visitor sees.
type headline struct {
	label, amount, share, assumed string
	partial                       string // why the amount is a lower bound
	second                        string // the amount in a second currency, "" for none
	ranged                        bool   // the amount is a range: something that matters is assumed
	low, high, value              float64
	lowText, highText             string
}

// card is one benefit over the whole horizon.
type card struct {
	code, name, state string
	mood              mood
	amount, rng, why  string
	unknown           bool // there is no amount to open
}

// sheet is the statement by year; the last cell of a line is its total.
type sheet struct {
	unit, total string
	years       []string
	lines       []line
	seat        string // cost of a seat and month
	unknown     bool   // a cell is unknown
}

type line struct {
	key, label string
	strong     bool
	cells      []cell
}

// cell is an amount of a year, or of the horizon where year is 0.
type cell struct {
	text  string
	year  int
	muted bool
	shut  bool // nothing to open: the amount is unknown
}

// group is the conditions of one benefit.
type group struct {
	title string
	rows  []condition
}

type condition struct {
	mark                           string
	mood                           mood
	text, detail, numbers, sources string
}

type leftOut struct{ benefit, amount, reason string }

// reading is one way to understand the text, with its possible answers.
type reading struct {
	id, question, reason string
	effect               string
	values               []answer
	chosen               string
	settled              bool
}

type answer struct{ value, text string }

// sheetLines is the order of a statement.
var sheetLines = []string{
	calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF,
	calc.LineCorpTax, domain.AIS, calc.LineBenefits,
}

// presenter writes results out.
type presenter struct {
	t      *i18n.Catalogue
	f      *i18n.Formatter
	pack   *rules.Pack
	second *currency.Second // nil: dirhams alone
}

func newPresenter(t *i18n.Catalogue, pack *rules.Pack) *presenter {
	return &presenter{t: t, f: t.Formatter(), pack: pack}
}

func (p *presenter) present(r *calc.Result, monthly bool) *model {
	m := &model{head: p.headline(r), sheet: p.sheet(r, monthly)}
	for i, code := range domain.Benefits {
		m.cards[i] = p.card(r, code)
	}
	m.conditions, m.tally = p.conditions(r)
	m.left = p.left(r)
	m.leftTab = p.t.Text("result.tab.left", "n", len(m.left))
	m.readings = p.readings(r)
	return m
}

func (p *presenter) headline(r *calc.Result) headline {
	b := r.Benefits
	how := r.Manner()
	open := r.Extent(calc.LineBenefits)
	h := headline{
		label: p.t.Text("result."+how, "months", r.Months), amount: desk.SayExtent(p.t, open, p.f.Amount(b.Value)),
		assumed: p.assumed(r.Assumed),
		low:     float64(b.Low), high: float64(b.High), value: float64(b.Value),
	}
	key := "result.share"
	if h.assumed != "" && !b.Settled() {
		h.ranged = true
		h.label = p.t.Text("result.range", "months", r.Months)
		h.amount = desk.SayExtent(p.t, open, p.t.Text("result.fromTo", "low", p.f.Amount(b.Low), "high", p.f.Amount(b.High)))
		key += "." + how
	}
	h.second = p.second.Gain(r, h.ranged)
	if s, ok := r.BenefitsShare(); ok {
		h.share = p.t.Text(key, "share", desk.SayExtent(p.t, open, p.f.Percent(s, 1)), "cost", p.f.Compact(r.EmploymentCost),
			"value", desk.SayExtent(p.t, open, p.f.Amount(b.Value)), "months", r.Months)
	}
	if years := r.UnknownYears(domain.AIS); len(years) > 0 {
		h.partial = p.t.Text("amount.partial", "years", calc.YearRanges(years))
	}
	h.lowText, h.highText = p.ends(b)
	return h
}

// short is the headline in three lines: what it is, the amount, its ends.
func (h *headline) short(unit string) (label, amount, ends string) {
	ends = h.lowText
	if h.highText != "" {
		ends += " · " + h.highText
	}
	return h.label, h.amount + "\u00a0" + unit, ends
}

// ends says what stands at both ends of the range bar.
func (p *presenter) ends(b calc.Figure) (low, high string) {
	switch {
	case b.Settled():
		return p.t.Text("result.bar.only"), ""
	case b.Prudent():
		return p.t.Text("result.bar.prudent", "low", p.f.Compact(b.Low)), p.t.Text("result.bar.high", "high", p.f.Compact(b.High))
	case b.Value == b.High:
		return p.t.Text("result.bar.low", "low", p.f.Compact(b.Low)), p.t.Text("result.bar.top", "high", p.f.Compact(b.High))
	default:
		return p.t.Text("result.bar.low", "low", p.f.Compact(b.Low)), p.t.Text("result.bar.high", "high", p.f.Compact(b.High))
	}
}

// assumed names the inputs that were not given, each kind once.
func (p *presenter) assumed(paths []string) string {
	said := desk.SayAssumed(p.t, paths)
	if len(said) == 0 {
		return ""
	}
	return p.t.Text("result.assumed", "what", p.t.List(said))
}

func (p *presenter) card(r *calc.Result, code string) card {
	b := r.Benefit(code)
	c := card{code: code, name: p.t.Text("result.benefit." + code), why: p.t.T(r.Notes[code])}
	open := r.Extent(code)
	c.amount, c.unknown = desk.SayExtent(p.t, open, p.f.Amount(b.Value)), open == calc.NotKnown
	rng := p.t.Text("result.only")
	if !b.Settled() {
		rng = p.t.Text("result.between", "low", p.f.Compact(b.Low), "high", p.f.Compact(b.High))
	}
	c.rng = p.t.Text("result.period", "months", r.Months)
	if !c.unknown {
		c.rng += "\n" + rng
	}
	if second := p.second.Benefit(r, code); second != "" {
		c.rng += "\n" + second
	}
	c.state, c.mood = p.cardState(r, code)
	return c
}

// cardState says in few words how the conditions of a benefit stand.
func (p *presenter) cardState(r *calc.Result, code string) (string, mood) {
	unknown, no, moot := 0, 0, false
	for i := range r.Conditions {
		x := &r.Conditions[i]
		if x.Benefit != code {
			continue
		}
		switch x.State {
		case calc.Unknown:
			unknown++
		case calc.No:
			no++
			moot = moot || x.Moot
		}
	}
	switch {
	case moot:
		return p.t.Text("result.state.none"), neutral
	case no > 0:
		return p.t.Text("result.state.unmet", "count", no), bad
	case unknown > 0:
		return p.t.Text("result.state.unknown", "count", unknown), caution
	default:
		return p.t.Text("result.state.met"), good
	}
}

// idle is whether corporate tax has no part in the result: every counted year is
// exempt, which the card of AIS says.
func idle(r *calc.Result) bool {
	for i := range r.Years {
		if !r.Years[i].Exempt {
			return false
		}
	}
	return true
}

// fiscalMonths is the length of a fiscal year: corporate tax and AIS are those of
// the whole year, also where only a part of its months is counted.
const fiscalMonths = 12

// average is a line a month over counted months of some years. What belongs to
// the fiscal year, also as a part of the gain, is spread over all its months.
// Cutting to the centime leaves the rounding to whole MAD as on the exact average.
func average(key string, amount, ais domain.Money, months, years int) domain.Money {
	switch key {
	case calc.LineCorpTax, domain.AIS:
		return amount / domain.Money(fiscalMonths*years)
	case calc.LineBenefits:
		// Over one denominator, to be cut once.
		return ((amount-ais)*domain.Money(fiscalMonths*years) + ais*domain.Money(months)) / domain.Money(months*fiscalMonths*years)
	}
	return amount / domain.Money(months)
}

// year titles the column of a year, with its counted months where it is a part.
func (p *presenter) year(y *calc.Year) string {
	if y.Months == fiscalMonths {
		return strconv.Itoa(y.Year)
	}
	return p.t.Text("result.sheet.partial", "year", y.Year, "months", y.Months)
}

// sheet writes yearly amounts, or their average over the counted months.
func (p *presenter) sheet(r *calc.Result, monthly bool) sheet {
	s := sheet{unit: p.t.Text("result.sheet.year"), total: p.t.Text("result.sheet.total"), seat: desk.SaySeat(p.t, r, p.f.Amount), unknown: len(r.UnknownYears(calc.LineCorpTax)) > 0}
	if monthly {
		s.unit, s.total = p.t.Text("result.sheet.month"), p.t.Text("result.sheet.average")
	}
	for i := range r.Years {
		s.years = append(s.years, p.year(&r.Years[i]))
	}
	for _, key := range sheetLines {
		if (key == calc.LineCorpTax || key == domain.AIS) && idle(r) {
			continue
		}
		l := line{key: key, label: p.t.Text("line." + key), strong: key == calc.LineBenefits}
		var total, ais domain.Money
		for i := range r.Years {
			y := &r.Years[i]
			amount := y.Line(key)
			total, ais = total+amount, ais+y.AIS
			if monthly {
				amount = average(key, amount, y.AIS, y.Months, 1)
			}
			c := p.cell(amount)
			c.year = y.Year
			p.mark(&c, y.Extent(key))
			l.cells = append(l.cells, c)
		}
		if monthly {
			total = average(key, total, ais, r.Months, len(r.Years))
		}
		c := p.cell(total)
		p.mark(&c, r.Extent(key))
		l.cells = append(l.cells, c)
		s.lines = append(s.lines, l)
	}
	return s
}

// mark says in a cell how much of its amount is known; an unknown one opens
// nothing.
func (p *presenter) mark(c *cell, e calc.Extent) {
	c.text = desk.SayExtent(p.t, e, c.text)
	c.muted = e == calc.NotKnown || (e == calc.Whole && c.muted)
	c.shut = e == calc.NotKnown
}

// cell writes an amount; a nil one is "0", in the second colour.
func (p *presenter) cell(m domain.Money) cell {
	return cell{text: p.f.Amount(m), muted: m == 0}
}

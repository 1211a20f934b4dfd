package result

import (
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
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
	ranged                        bool // the amount is a range: something that matters is assumed
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
	unknown     bool // a cell is unknown
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
	t    *i18n.Catalogue
	f    *i18n.Formatter
	pack *rules.Pack
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

// defaults is whether every reading has the value the pack puts first.
func (p *presenter) defaults(r *calc.Result) bool {
	for i := range p.pack.Readings {
		x := &p.pack.Readings[i]
		if len(x.Values) > 0 && r.Readings.Get(x.ID) != x.Values[0] {
			return false
		}
	}
	return true
}

// manner is the word for the readings a value stands on.
func (p *presenter) manner(r *calc.Result) string {
	switch {
	case r.Benefits.Prudent():
		return "prudent"
	case p.defaults(r):
		return "default"
	default:
		return "chosen"
	}
}

func (p *presenter) headline(r *calc.Result) headline {
	b := r.Benefits
	how := p.manner(r)
	h := headline{
		label: p.t.Text("result."+how, "months", r.Months), amount: p.f.Amount(b.Value),
		assumed: p.assumed(r.Assumed),
		low:     float64(b.Low), high: float64(b.High), value: float64(b.Value),
	}
	key := "result.share"
	if h.assumed != "" && !b.Settled() {
		h.ranged = true
		h.label = p.t.Text("result.range", "months", r.Months)
		h.amount = p.t.Text("result.fromTo", "low", p.f.Amount(b.Low), "high", p.f.Amount(b.High))
		key += "." + how
	}
	if s, ok := r.BenefitsShare(); ok {
		h.share = p.t.Text(key, "share", p.f.Percent(s, 1), "cost", p.f.Compact(r.EmploymentCost),
			"value", p.f.Amount(b.Value), "months", r.Months)
	}
	h.lowText, h.highText = p.ends(b)
	return h
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
	var said []string
	for _, path := range paths {
		word := p.t.Text("result.assumed." + path[strings.LastIndexByte(path, '.')+1:])
		if !slices.Contains(said, word) {
			said = append(said, word)
		}
	}
	if len(said) == 0 {
		return ""
	}
	return p.t.Text("result.assumed", "what", p.t.List(said))
}

func (p *presenter) card(r *calc.Result, code string) card {
	b := r.Benefit(code)
	c := card{code: code, name: p.t.Text("result.benefit." + code), why: p.t.T(r.Notes[code])}
	c.amount, c.unknown = p.f.Amount(b.Value), false
	if code == domain.AIS && anyUnknown(r, code) {
		c.amount, c.unknown = p.partial(b.Value, p.f.Amount(b.Value))
	}
	rng := p.t.Text("result.only")
	if !b.Settled() {
		rng = p.t.Text("result.between", "low", p.f.Compact(b.Low), "high", p.f.Compact(b.High))
	}
	c.rng = p.t.Text("result.period", "months", r.Months)
	if !c.unknown {
		c.rng += "\n" + rng
	}
	c.state, c.mood = p.cardState(r, code)
	return c
}

// cardState says in few words how the conditions of a benefit stand.
func (p *presenter) cardState(r *calc.Result, code string) (string, mood) {
	unknown, no, idle := 0, 0, false
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
			idle = idle || x.Detail.Key == "detail.ais.exempt"
		}
	}
	switch {
	case idle:
		return p.t.Text("result.state.none"), neutral
	case no > 0:
		return p.t.Text("result.state.unmet", "count", no), bad
	case unknown > 0:
		return p.t.Text("result.state.unknown", "count", unknown), caution
	default:
		return p.t.Text("result.state.met"), good
	}
}

// unknown is whether a line of a year is unknown, not nil: corporate tax of a
// taxed year without a given profit, and AIS of such a year while it exists,
// which is where the result says that the profit is missing.
func unknown(r *calc.Result, key string, y *calc.Year) bool {
	if (key != calc.LineCorpTax && key != domain.AIS) || y.ProfitKnown || y.Exempt {
		return false
	}
	return key == calc.LineCorpTax || slices.ContainsFunc(r.NotCounted, func(x calc.NotCounted) bool {
		return x.Reason.Key == "left.profit.missing" && x.Reason.Args["year"] == y.Year
	})
}

func anyUnknown(r *calc.Result, key string) bool {
	for i := range r.Years {
		if unknown(r, key, &r.Years[i]) {
			return true
		}
	}
	return false
}

// partial writes a sum of which some part is unknown: it is unknown as long as
// the known part is nil, else a lower bound.
func (p *presenter) partial(known domain.Money, written string) (text string, unknown bool) {
	if known == 0 {
		return p.t.Text("result.unknown"), true
	}
	return p.t.Text("result.atLeast", "amount", written), false
}

// sheet writes yearly amounts, or their average over the counted months.
func (p *presenter) sheet(r *calc.Result, monthly bool) sheet {
	s := sheet{unit: p.t.Text("result.sheet.year"), total: p.t.Text("result.sheet.total"), unknown: anyUnknown(r, calc.LineCorpTax)}
	if monthly {
		s.unit, s.total = p.t.Text("result.sheet.month"), p.t.Text("result.sheet.average")
	}
	for i := range r.Years {
		s.years = append(s.years, strconv.Itoa(r.Years[i].Year))
	}
	for _, key := range sheetLines {
		l := line{key: key, label: p.t.Text("line." + key), strong: key == calc.LineBenefits}
		var total domain.Money
		for i := range r.Years {
			y := &r.Years[i]
			c := p.cell(y.Line(key), y.Months, monthly)
			c.year = y.Year
			if unknown(r, key, y) {
				c.text, c.muted, c.shut = p.t.Text("result.unknown"), true, true
			}
			l.cells = append(l.cells, c)
			total += y.Line(key)
		}
		c := p.cell(total, r.Months, monthly)
		if anyUnknown(r, key) {
			c.text, c.shut = p.partial(total, c.text)
			c.muted = c.shut
		}
		l.cells = append(l.cells, c)
		s.lines = append(s.lines, l)
	}
	return s
}

// cell writes an amount; a nil one is "0", in the second colour.
func (p *presenter) cell(m domain.Money, months int, monthly bool) cell {
	if monthly && months > 0 {
		// Cutting to the centime here leaves the rounding to whole MAD as it
		// would be on the exact average.
		m /= domain.Money(months)
	}
	return cell{text: p.f.Amount(m), muted: m == 0}
}

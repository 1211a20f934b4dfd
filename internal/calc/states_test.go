package calc_test

import (
	"strings"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

func condition(t *testing.T, r *calc.Result, id string) calc.Condition {
	t.Helper()
	for _, c := range r.Conditions {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no condition %s", id)
	return calc.Condition{}
}

// Who stays is counted after attrition, and unknown while attrition is not given.
func TestStayCountsThoseExpectedToStay(t *testing.T) {
	e := calctest.Engine(t)
	for _, tc := range []struct {
		name, attrition, from, hired, readings string
		months                                 int
		state, heads, note                     string
	}{
		// 40 x (1 - 0.75)^(18/12) = 40 x 0.25 x 0.5 = 5
		{"some leave", "0.75", "2026-01", "2026-01", "", 60, calc.Yes, "5.000000", "because.pae"},
		{"not given", "", "2026-01", "2026-01", "", 60, calc.Unknown, "40.000000", "because.pae"},
		{"all leave", "1", "2026-01", "2026-01", "", 60, calc.No, "0.000000", "because.pae.left"},
		{"all leave, paid yearly", "1", "2026-01", "2026-01", "annual", 60, calc.No, "0.000000", "because.pae.left"},
		{"after the horizon", "0", "2026-01", "2026-01", "", 18, calc.No, "0.000000", "because.pae.late"},
		{"after the horizon, paid yearly", "0", "2026-01", "2026-01", "annual", 18, calc.Yes, "40.000000", "because.pae.annual"},
		{"after the regime", "0", "2026-01", "2029-07", "", 100, calc.No, "0.000000", "because.pae.late"},
		{"before the project", "0", "2028-01", "2026-01", "", 60, calc.No, "0.000000", "because.pae.before"},
		{"in its first month", "0", "2027-07", "2026-01", "", 1, calc.Yes, "40.000000", "because.pae"},
		{"outside the regime", "0", "2026-01", "2025-06", "", 60, calc.No, "0.000000", "because.window"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			role := calctest.Role("12000.00", tc.hired, 40)
			if tc.attrition != "" {
				role.AnnualAttrition = calctest.Share(tc.attrition)
			}
			p := calctest.Project("fes-shore", role)
			p.From, p.Months = calctest.Month(tc.from), &tc.months
			if tc.readings != "" {
				p.Readings = map[string]string{domain.ReadingPAEFrequency: tc.readings}
			}
			r := calctest.Case(t, e, p).Result()
			c := condition(t, r, "pae.stay")
			heads, ok := c.Given.(domain.Heads)
			if c.State != tc.state || !ok || heads.String() != tc.heads {
				t.Errorf("%s with %v expected (%v), want %s with %s", c.State, c.Given, c.Detail, tc.state, tc.heads)
			}
			if got := r.Notes[domain.PAE].Key; got != tc.note {
				t.Errorf("PAE of %s because of %s, want %s", r.PAE.Value, got, tc.note)
			}
			if (r.PAE.Value > 0) != (tc.state != calc.No) {
				t.Errorf("PAE of %s while the stay is %s", r.PAE.Value, tc.state)
			}
		})
	}
}

// A right that ended before the project starts says so.
func TestTrainingPremiumOfThePast(t *testing.T) {
	e := calctest.Engine(t)
	for hired, want := range map[string]struct{ state, note string }{
		"2025-07": {calc.No, "because.paf.past"}, // 60 months: up to June 2030
		"2025-08": {calc.Yes, "because.paf"},
	} {
		p := calctest.Project("fes-shore", calctest.Role("12000.00", hired, 1))
		p.From = calctest.Month("2030-07")
		r := calctest.Case(t, e, p).Result()
		if c := condition(t, r, "paf.window"); c.State != want.state || r.Notes[domain.PAF].Key != want.note {
			t.Errorf("hired %s: %s, %s", hired, c.State, r.Notes[domain.PAF].Key)
		}
	}
	p := calctest.Project("fes-shore", calctest.Role("12000.00", "2030-01", 1))
	p.From = calctest.Month("2031-01")
	if r := calctest.Case(t, e, p).Result(); r.PAF.Value != 0 || r.Notes[domain.PAF].Key != "because.regime" {
		t.Errorf("after the regime: PAF of %s, %s", r.PAF.Value, r.Notes[domain.PAF].Key)
	}
}

// The reason of an AIS of nothing is the company's own.
func TestReasonOfNoAIS(t *testing.T) {
	e := calctest.Engine(t)
	for _, tc := range []struct {
		name, from, start string
		profit            int
		state, detail     string
		moot              bool
		note              string
	}{
		{"exempt", "2026-01", "2026-01", 0, calc.No, "detail.ais.exempt", true, "because.ais.exempt"},
		{"taxed after the regime", "2031-01", "2015-01", 2031, calc.No, "detail.ais.regime", true, "because.ais.regime"},
		{"no profit known", "2026-01", "2015-01", 0, calc.Unknown, "detail.ais.unknown", false, "because.ais.unknown"},
		{"one profit of five", "2026-01", "2015-01", 2027, calc.Yes, "detail.ais.year", false, "because.ais.partial"},
	} {
		p := calctest.Project("fes-shore", calctest.Role("12000.00", "2026-01", 1))
		start := calctest.Month(tc.start)
		p.From, p.OperationStart = calctest.Month(tc.from), &start
		if tc.profit > 0 {
			p.Profits = []domain.Profit{{Year: tc.profit, Taxable: calctest.Money("1000000.00")}}
		}
		r := calctest.Case(t, e, p).Result()
		c := condition(t, r, "ais.year")
		if c.State != tc.state || c.Detail.Key != tc.detail || c.Moot != tc.moot || r.Notes[domain.AIS].Key != tc.note {
			t.Errorf("%s: %s, %s, moot %v, %s", tc.name, c.State, c.Detail.Key, c.Moot, r.Notes[domain.AIS].Key)
		}
	}
}

// The sentence of AIS says the rate of a year that pays, not that of the first.
func TestSentenceOfAISHasTheRateThatPays(t *testing.T) {
	p := calctest.Project("fes-shore", calctest.Role("12000.00", "2026-01", 1))
	start := calctest.Month("2015-01")
	p.From, p.OperationStart = calctest.Month("2025-01"), &start
	p.Profits = []domain.Profit{{Year: 2026, Taxable: calctest.Money("1000000.00")}}
	x, err := calctest.Case(t, calctest.Engine(t), p).Explain(domain.AIS, 2026)
	if err != nil || x.Sentence.Args["rate"] != domain.Share(560_000) {
		t.Errorf("%v, %v", x.Sentence, err)
	}
}

// A total of which a year is unknown is a lower bound; one of which all is
// unknown is unknown itself.
func TestTotalsOfUnknownYears(t *testing.T) {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	start := calctest.Month("2015-01")
	p.OperationStart = &start
	c := calctest.Case(t, calctest.Engine(t), p)
	r := c.Result()
	for line, want := range map[string]calc.Extent{
		calc.LineCorpTax: calc.NotKnown, domain.AIS: calc.NotKnown, calc.LineBenefits: calc.AtLeast,
		calc.LineShare: calc.AtLeast, domain.AIR: calc.Whole, calc.LineCost: calc.Whole,
	} {
		if got := r.Extent(line); got != want {
			t.Errorf("%s: %d, want %d", line, got, want)
		}
		x, err := c.Explain(line, 0)
		if err != nil || (x.Amount == nil) != (want == calc.NotKnown) || (len(x.Unknown) == 5) != (want != calc.Whole) {
			t.Errorf("%s: explained as %v with %v unknown, %v", line, x.Amount, x.Unknown, err)
		}
	}
	x, err := c.Explain(calc.LineBenefits, 0)
	if err != nil || x.Sentence.Key != "sentence.atLeast" || x.Sentence.Args["years"] != "2026–2030" {
		t.Errorf("%v, %v", x.Sentence, err)
	}
	p.Profits = []domain.Profit{{Year: 2027, Taxable: calctest.Money("1000000.00")}}
	if r := calctest.Case(t, calctest.Engine(t), p).Result(); r.Extent(domain.AIS) != calc.AtLeast || len(r.UnknownYears(domain.AIS)) != 4 {
		t.Errorf("one of five known: %d, unknown %v", r.Extent(domain.AIS), r.UnknownYears(domain.AIS))
	}
}

// Forty engineers in a P2I who only export, with no profit given, until the end
// of the regime: the readings of place, local turnover, corporate tax and of what
// follows the regime have nothing to move.
func TestMovingAreTheReadingsThatChangeABenefit(t *testing.T) {
	eng := calctest.Engine(t)
	moving := func(change func(*domain.Project)) string {
		p := calctest.Project("fes-shore", calctest.Role("30000", "2026-01", 40))
		change(&p)
		return strings.Join(calctest.Case(t, eng, p).Result().Moving, " ")
	}
	half := calctest.Share("0.5")
	for want, got := range map[string]string{
		"pae.frequency premium.cap":            moving(func(*domain.Project) {}),
		"premium.cap":                          moving(func(p *domain.Project) { p.Settled = []string{"pae.frequency"} }),
		"pae.frequency premium.cap air.export": moving(func(p *domain.Project) { p.ExportShare = half }),
	} {
		if got != want {
			t.Errorf("%q move, want %q", got, want)
		}
	}
}

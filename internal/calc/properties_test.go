package calc_test

import (
	"maps"
	"math/rand"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

func draw(t *rapid.T, e *calc.Engine, s calctest.Shape) (domain.Project, *calc.Case) {
	p := calctest.Projects(e, s).Draw(t, "project")
	c, err := e.Case(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, c
}

func yearsOf(t *rapid.T, e *calc.Engine, p domain.Project) []calc.Year {
	c, err := e.Case(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Years()
}

func TestYearsSumToTotalsAndRangesHold(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		_, c := draw(t, e, calctest.Shape{Months: 90})
		r := c.Result()
		sum := totals(r.Years)
		for line, total := range map[string]domain.Money{
			"gross": r.GrossPay, "charges": r.EmployerCharges, "tax": r.IncomeTax, "is": r.CorporateTax,
			domain.AIR: r.AIR.Value, domain.PAE: r.PAE.Value, domain.PAF: r.PAF.Value, domain.AIS: r.AIS.Value,
		} {
			if sum[line] != total {
				t.Errorf("%s = %s, its years make %s", line, total, sum[line])
			}
		}
		if r.EmploymentCost != r.GrossPay+r.EmployerCharges {
			t.Errorf("cost %s is not %s + %s", r.EmploymentCost, r.GrossPay, r.EmployerCharges)
		}
		if got := r.AIR.Value + r.PAE.Value + r.PAF.Value + r.AIS.Value; got != r.Benefits.Value {
			t.Errorf("benefits %s, their sum %s", r.Benefits.Value, got)
		}
		for _, f := range []calc.Figure{r.AIR, r.PAE, r.PAF, r.AIS, r.Benefits} {
			if f.Low > f.Value || f.Value > f.High {
				t.Errorf("%s … %s … %s is not in order", f.Low, f.Value, f.High)
			}
		}
		for _, y := range r.Years {
			if y.AIR > y.IncomeTax || y.AIS > y.CorporateTax {
				t.Errorf("%d: AIR %s of IR %s, AIS %s of IS %s", y.Year, y.AIR, y.IncomeTax, y.AIS, y.CorporateTax)
			}
		}
	})
}

// No person brings more PAE and PAF than the ceiling allows, whatever is paid.
func TestPremiumsStayUnderTheCeiling(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, _ := draw(t, e, calctest.Shape{Months: 120})
		people := domain.Money(0)
		for _, r := range p.Roles {
			for _, h := range r.Hires {
				people += domain.Money(h.Count)
			}
		}
		const ceiling = domain.Money(300_000_00)
		for _, how := range []string{"total", "yearly", "base"} {
			p.Readings = maps.Clone(p.Readings)
			p.Readings[domain.ReadingPremiumCap] = how
			limit := ceiling * people
			got := totals(yearsOf(t, e, p))
			sum := got[domain.PAE] + got[domain.PAF]
			switch how {
			case "yearly":
				limit *= 6 // 72 months are six years of employment
			case "base":
				limit = ceiling * people * 205 * 6 / 1000 // 17 % and 3.5 % of six capped years
			}
			if slack := domain.Money(len(p.Roles) * 12); sum > limit+slack {
				t.Errorf("%s: PAE and PAF of %d people = %s, at most %s", how, people, sum, limit)
			}
		}
	})
}

func TestOrderOfRolesAndHiresIsIrrelevant(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, c := draw(t, e, calctest.Shape{Months: 90})
		q := p
		q.Roles = slices.Clone(p.Roles)
		mix := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		for i := range q.Roles {
			q.Roles[i].Hires = slices.Clone(q.Roles[i].Hires)
			mix.Shuffle(len(q.Roles[i].Hires), func(a, b int) {
				h := q.Roles[i].Hires
				h[a], h[b] = h[b], h[a]
			})
		}
		mix.Shuffle(len(q.Roles), func(a, b int) { q.Roles[a], q.Roles[b] = q.Roles[b], q.Roles[a] })
		if a, b := c.Years(), yearsOf(t, e, q); !slices.Equal(a, b) {
			t.Errorf("%v in another order %v", a, b)
		}
	})
}

// A cohort hired as two halves in the same month differs by the rounding of its
// headcounts only: half a millionth of a person a month for each part.
func TestSplittingACohortChangesNothing(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, c := draw(t, e, calctest.Shape{Months: 60})
		q := p
		q.Roles = slices.Clone(p.Roles)
		r := &q.Roles[0]
		h := r.Hires[0]
		if h.Count < 2 {
			t.Skip("one person cannot be split")
		}
		first := rapid.IntRange(1, h.Count-1).Draw(t, "first part")
		r.Hires = append(slices.Clone(r.Hires[1:]), domain.Hire{Month: h.Month, Count: first}, domain.Hire{Month: h.Month, Count: h.Count - first})
		a, b := totals(c.Years()), totals(yearsOf(t, e, q))
		for line := range a {
			diff := max(a[line], b[line]) - min(a[line], b[line])
			// Three roundings of half a millionth, each month, on less than 18 times
			// the highest pay of a role; then one centime a year for the line.
			most := domain.Money(len(c.Years()))
			if r.AnnualAttrition == nil || *r.AnnualAttrition == 0 {
				most = 0
			} else {
				most += 60 * 18 * 2 * r.GrossMonthly * 2 / 1_000_000
			}
			if diff > most {
				t.Errorf("%s: %s, split %s", line, a[line], b[line])
			}
		}
	})
}

// The table of section 5: which reading concerns which benefit. That each moves
// its own is shown by the golden cases.
func TestReadingsMoveOnlyTheirBenefits(t *testing.T) {
	e := calctest.Engine(t)
	concerns := map[string][]string{
		domain.ReadingPAEFrequency: {domain.PAE, domain.PAF},
		domain.ReadingPremiumCap:   {domain.PAE, domain.PAF},
		domain.ReadingRegimeEnd:    {domain.PAE, domain.PAF},
		domain.ReadingAIROutside:   {domain.AIR},
		domain.ReadingAIRExport:    {domain.AIR},
		domain.ReadingAISBase:      {domain.AIS},
	}
	rapid.Check(t, func(t *rapid.T) {
		p, c := draw(t, e, calctest.Shape{Months: 60})
		before := totals(c.Years())
		for _, other := range []int{0, len(calctest.Combinations) / 6, len(calctest.Combinations) - 1} { // every value of every reading is in one of these
			for id, benefits := range concerns {
				q := under(p, maps.Clone(p.Readings))
				q.Readings[id] = calctest.Combinations[other][id]
				for line, after := range totals(yearsOf(t, e, q)) {
					may := slices.Contains(benefits, line)
					if id == domain.ReadingPAEFrequency && line == domain.PAF && p.Readings[domain.ReadingPremiumCap] == "base" {
						may = false
					}
					if before[line] != after && !may {
						t.Fatalf("%s = %s moves %s from %s to %s", id, q.Readings[id], line, before[line], after)
					}
				}
			}
		}
	})
}

// The combination named beside an extreme gives that extreme when it is chosen.
func TestExtremesAreReproduced(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, c := draw(t, e, calctest.Shape{Months: 60})
		r := c.Result()
		check := func(what string, want domain.Money, read calc.Readings, amount func(map[string]domain.Money) domain.Money) {
			chosen := map[string]string{}
			for _, id := range domain.ReadingIDs {
				chosen[id] = read.Get(id)
				if slices.Contains(p.Settled, id) && chosen[id] != p.Readings[id] {
					t.Errorf("%s: %s is settled at %s, not %s", what, id, p.Readings[id], chosen[id])
				}
			}
			if got := amount(totals(yearsOf(t, e, under(p, chosen)))); got != want {
				t.Errorf("%s = %s, under the combination it names %s", what, want, got)
			}
		}
		for _, b := range domain.Benefits {
			one := func(m map[string]domain.Money) domain.Money { return m[b] }
			check(b+" low", r.Benefit(b).Low, r.Benefit(b).LowReadings, one)
			check(b+" high", r.Benefit(b).High, r.Benefit(b).HighReadings, one)
		}
		all := func(m map[string]domain.Money) (sum domain.Money) {
			for _, b := range domain.Benefits {
				sum += m[b]
			}
			return sum
		}
		check("low", r.Benefits.Low, r.Benefits.LowReadings, all)
		check("high", r.Benefits.High, r.Benefits.HighReadings, all)
	})
}

package whatif_test

import (
	"context"
	"fmt"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// fiveRoles is 5 roles over 60 months in Fes, each hired in four months, with
// attrition and raises: the dearest of the engine's own benchmarks.
func fiveRoles() domain.Project {
	p := calctest.Project("fes-shore")
	for i, pay := range []string{"5500", "9000", "14000", "22000", "40000"} {
		r := calctest.Role(pay, "2026-01", 20+i)
		r.AnnualRaise, r.AnnualAttrition = calctest.Share("0.03"), calctest.Share(fmt.Sprintf("0.%d", 30-5*i))
		for h := 1; h < 4; h++ {
			r.Hires = append(r.Hires, domain.Hire{Month: p.From + domain.Month(3*h), Count: 20 + i})
		}
		p.Roles = append(p.Roles, r)
	}
	return p
}

func BenchmarkRights(b *testing.B) {
	e, p := calctest.Engine(b), fiveRoles()
	b.ReportAllocs()
	for b.Loop() {
		whatif.Rights(calctest.Case(b, e, p))
	}
}

func BenchmarkScenarios(b *testing.B) {
	e, p := calctest.Engine(b), fiveRoles()
	s := whatif.Scenarios{Low: whatif.Move{HiringDelayMonths: 6, PayChange: -100_000}, High: whatif.Move{PayChange: 100_000}}
	for b.Loop() {
		s.Run(e, p)
	}
}

// Six inputs, each end with its range over every reading.
func BenchmarkTornado(b *testing.B) {
	e, p := calctest.Engine(b), fiveRoles()
	inputs := make([]whatif.Input, 6)
	for i := range inputs {
		inputs[i] = whatif.Input{
			Low:  whatif.Move{HiringDelayMonths: i + 1, Attrition: calctest.Share("0.3")},
			High: whatif.Move{PayChange: 50_000, ExportShareChange: -domain.Share(i)},
		}
	}
	for b.Loop() {
		if _, err := whatif.Tornado(context.Background(), e, p, inputs); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	e, p := calctest.Engine(b), fiveRoles()
	for name, q := range map[string]whatif.Question{
		"AIRStarts":   whatif.AIRStarts(0),
		"heads":       {Find: whatif.Heads, Role: whatif.AllRoles, Line: calc.LineBenefits, AtLeast: 50_000_000_00},
		"headsLowest": {Find: whatif.Heads, Role: whatif.AllRoles, Line: calc.LineBenefits, AtLeast: 50_000_000_00, Basis: whatif.Lowest},
		"impossible":  {Find: whatif.Heads, Role: 0, Line: domain.AIR, AtLeast: 1_000_000_000_000_00},
	} {
		b.Run(name, func(b *testing.B) {
			var a *whatif.Answer
			for b.Loop() {
				a = solve(b, e, p, q)
			}
			b.ReportMetric(float64(a.Evaluations), "estimates")
		})
	}
}

// A payback with its range over all 96 combinations of the readings.
func BenchmarkPayback(b *testing.B) {
	e, p := calctest.Engine(b), fiveRoles()
	saving := calctest.Money("1500")
	for b.Loop() {
		if _, err := whatif.FindPayback(context.Background(), e, p, whatif.PaybackParams{Cost: 20_000_000_00, Saving: &saving}); err != nil {
			b.Fatal(err)
		}
	}
}

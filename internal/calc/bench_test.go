package calc_test

import (
	"fmt"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// fiveRoles is 5 roles over 60 months in Fès, each hired in one month or in four.
func fiveRoles(attrition bool, hires int) domain.Project {
	p := calctest.Project("fes-shore")
	for i, pay := range []string{"5500.00", "9000.00", "14000.00", "22000.00", "40000.00"} {
		r := domain.Role{Title: pay, GrossMonthly: calctest.Money(pay), AnnualRaise: calctest.Share("0.03")}
		if attrition {
			r.AnnualAttrition = calctest.Share([]string{"0.30", "0.25", "0.20", "0.15", "0.10"}[i])
		}
		for h := range hires {
			r.Hires = append(r.Hires, domain.Hire{Month: p.From + domain.Month(3*h), Count: 20 + i})
		}
		p.Roles = append(p.Roles, r)
	}
	return p
}

var shapes = []struct {
	attrition bool
	hires     int
}{{false, 1}, {true, 1}, {false, 4}, {true, 4}}

func eachShape(b *testing.B, run func(b *testing.B, e *calc.Engine, p domain.Project)) {
	e := calctest.Engine(b)
	for _, s := range shapes {
		b.Run(fmt.Sprintf("attrition=%v/hires=%d", s.attrition, s.hires), func(b *testing.B) {
			b.ReportAllocs()
			run(b, e, fiveRoles(s.attrition, s.hires))
		})
	}
}

// One estimate: checked, prepared and computed under the chosen readings.
func BenchmarkEstimate(b *testing.B) {
	eachShape(b, func(b *testing.B, e *calc.Engine, p domain.Project) {
		for b.Loop() {
			if len(calctest.Case(b, e, p).Years()) != 5 {
				b.Fatal("years")
			}
		}
	})
}

// The same with all readings, conditions, assumed inputs and what is left out.
func BenchmarkResult(b *testing.B) {
	eachShape(b, func(b *testing.B, e *calc.Engine, p domain.Project) {
		for b.Loop() {
			if calctest.Case(b, e, p).Result().Benefits.Value == 0 {
				b.Fatal("no benefits")
			}
		}
	})
}

// Explanation of the total of the benefits, with the tree of the four.
func BenchmarkExplainTotal(b *testing.B) {
	eachShape(b, func(b *testing.B, e *calc.Engine, p domain.Project) {
		c := calctest.Case(b, e, p)
		for b.Loop() {
			if _, err := c.Explain(calc.LineBenefits, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

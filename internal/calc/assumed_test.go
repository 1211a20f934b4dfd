package calc_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// printed is every amount that a result prints: totals, lines of years, extremes
// and what is not counted.
func printed(r *calc.Result) string {
	var b strings.Builder
	for _, f := range []calc.Figure{r.AIR, r.PAE, r.PAF, r.AIS, r.Benefits} {
		fmt.Fprintln(&b, f.Value, f.Low, f.High)
	}
	for _, y := range r.Years {
		fmt.Fprintln(&b, y.Year, y.GrossPay, y.EmployerCharges, y.IncomeTax, y.AIR, y.PAE, y.PAF, y.CorporateTax, y.AIS, y.HeadcountEnd)
	}
	for _, n := range r.NotCounted {
		if n.Amount != nil {
			fmt.Fprintln(&b, n.Reason.Key, n.Amount)
		}
	}
	return b.String()
}

func ptr[T any](v T) *T { return &v }

// perturbed gives the project with each optional value that it lacks set to
// several values in turn, by JSON path.
func perturbed(p domain.Project) map[string][]domain.Project {
	out := map[string][]domain.Project{}
	add := func(path string, missing bool, change func(*domain.Project)) {
		if missing {
			q := p
			q.Roles = slices.Clone(p.Roles)
			change(&q)
			out[path] = append(out[path], q)
		}
	}
	for _, in := range []bool{true, false} {
		add("insideP2I", p.InsideP2I == nil, func(q *domain.Project) { q.InsideP2I = ptr(in) })
	}
	for _, n := range []int{1, 12, 59, 61, 180} {
		add("months", p.Months == nil, func(q *domain.Project) { q.Months = ptr(n) })
	}
	for _, y := range []int{1990, 2019, 2024, 2099} {
		add("operationStart", p.OperationStart == nil, func(q *domain.Project) { q.OperationStart = ptr(domain.NewMonth(y, 1)) })
	}
	for _, s := range []domain.Share{0, 1, 500_000, domain.ShareOne} {
		add("exportShare", p.ExportShare == nil, func(q *domain.Project) { q.ExportShare = ptr(s) })
	}
	for i, r := range p.Roles {
		at := fmt.Sprintf("roles[%d].", i)
		for _, s := range []domain.Share{0, 10_000, 50_000, 500_000, domain.ShareOne} {
			add(at+"annualRaise", r.AnnualRaise == nil, func(q *domain.Project) { q.Roles[i].AnnualRaise = ptr(s) })
			add(at+"moroccanShare", r.MoroccanShare == nil, func(q *domain.Project) { q.Roles[i].MoroccanShare = ptr(s) })
			add(at+"annualAttrition", r.AnnualAttrition == nil, func(q *domain.Project) { q.Roles[i].AnnualAttrition = ptr(s) })
		}
		for _, n := range []int{0, 1, 6} {
			add(at+"dependants", r.Dependants == nil, func(q *domain.Project) { q.Roles[i].Dependants = ptr(n) })
		}
	}
	for y := 2026; y < 2050; y++ {
		add("profits", p.Profits == nil, func(q *domain.Project) {
			q.Profits = []domain.Profit{{Year: y, Taxable: 50_000_000_00}}
		})
	}
	add("profits", p.Profits == nil, func(q *domain.Project) { q.Profits = []domain.Profit{} })
	return out
}

// An input that was not given is listed as assumed where, and only where, some
// value of it moves a printed amount.
func TestAssumedIsExactlyWhatMovesAnAmount(t *testing.T) {
	e := calctest.Engine(t)
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		p, c := draw(t, e, calctest.Shape{Months: 70, Tame: true})
		r := c.Result()
		before := printed(r)
		variants := perturbed(p)
		for _, path := range slices.Sorted(maps.Keys(variants)) {
			changed := variants[path]
			moves := false
			for _, q := range changed {
				c, err := e.Case(q)
				moves = moves || (err == nil && printed(c.Result()) != before)
			}
			listed := slices.Contains(r.Assumed, path)
			if listed != moves {
				t.Errorf("%s: listed as assumed %v, moves an amount %v", path, listed, moves)
			}
			seen[fmt.Sprint(path, listed)] = true
		}
		for _, path := range r.Assumed {
			if variants[path] == nil {
				t.Errorf("%s is listed as assumed but given", path)
			}
		}
	})
	for _, path := range []string{"insideP2I", "exportShare", "roles[0].dependants", "roles[0].moroccanShare", "profits"} {
		for _, listed := range []bool{true, false} {
			if !seen[fmt.Sprint(path, listed)] {
				t.Errorf("no project had %s listed %v: the test saw nothing", path, listed)
			}
		}
	}
}

package whatif_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

func drawn(t *rapid.T, e *calc.Engine) (domain.Project, *calc.Case) {
	p := calctest.Projects(e, calctest.Shape{Months: 90}).Draw(t, "project")
	c, err := e.Case(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, c
}

type yearOf struct {
	year    int
	benefit string
}

// The calendar is the result: by year, in total, and in what is not known.
func TestRightsMakeTheResult(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		_, c := drawn(t, e)
		r := c.Result()
		sums, totals, unknown := map[yearOf]domain.Money{}, map[string]domain.Money{}, map[int]bool{}
		last := domain.Month(0)
		for _, right := range whatif.Rights(c) {
			if right.Month < max(last, r.From) || (right.Amount <= 0) == right.Known {
				t.Errorf("%+v after %s", right, last)
			}
			last = right.Month
			if right.Benefit == domain.AIS && right.Month.Number() != 12 {
				t.Errorf("%+v is not at the end of a fiscal year", right)
			}
			if !right.Known {
				unknown[right.Month.Year()] = true
			}
			sums[yearOf{right.Month.Year(), right.Benefit}] += right.Amount
			totals[right.Benefit] += right.Amount
		}
		for i := range r.Years {
			y := &r.Years[i]
			for _, b := range domain.Benefits {
				if got := sums[yearOf{y.Year, b}]; got != y.Line(b) {
					t.Errorf("%d %s: the calendar makes %s, the statement %s", y.Year, b, got, y.Line(b))
				}
			}
			if unknown[y.Year] != (y.Extent(domain.AIS) == calc.NotKnown) {
				t.Errorf("%d: AIS unknown is %v in the calendar", y.Year, unknown[y.Year])
			}
		}
		for _, b := range domain.Benefits {
			if totals[b] != r.Benefit(b).Value {
				t.Errorf("%s: the calendar makes %s, the result %s", b, totals[b], r.Benefit(b).Value)
			}
		}
	})
}

// Every right is either dated, by the delay of its benefit, or listed as undated.
func TestCashLosesNothing(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		_, c := drawn(t, e)
		delays := whatif.Delays{}
		for _, b := range domain.Benefits {
			if rapid.Bool().Draw(t, b+" given") {
				delays[b] = rapid.IntRange(0, whatif.MaxDelay).Draw(t, b)
			}
		}
		rights := whatif.Rights(c)
		cash, err := whatif.Cash(rights, delays)
		if err != nil {
			t.Fatal(err)
		}
		left := map[whatif.Right]int{}
		for _, r := range rights {
			left[r]++
		}
		for _, r := range cash.Undated {
			left[r]--
			if _, dated := delays[r.Benefit]; dated && r.Known {
				t.Errorf("%+v has a date", r)
			}
		}
		for i, p := range cash.Payments {
			left[whatif.Right{Month: p.Acquired, Benefit: p.Benefit, Amount: p.Amount, Known: true}]--
			if delay, dated := delays[p.Benefit]; !dated || p.Month != p.Acquired+domain.Month(delay) {
				t.Errorf("%+v with the delays %v", p, delays)
			}
			if i > 0 && p.Month < cash.Payments[i-1].Month {
				t.Errorf("%+v is out of order", p)
			}
		}
		for r, n := range left {
			if n != 0 {
				t.Errorf("%+v: %d too many", r, n)
			}
		}
	})
}

// Nothing moved changes nothing, and no move writes into the project it is given.
func TestMoveLeavesTheProject(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawn(t, e)
		before := c.Result()
		m := whatif.Move{
			Attrition: calctest.Share("0.2"), HiringDelayMonths: rapid.IntRange(-3, 12).Draw(t, "delay"),
			PayChange: 100_000, ExportShareChange: -200_000, HeadcountChange: 500_000,
		}
		m.Apply(p)
		if !reflect.DeepEqual((whatif.Move{}).Apply(p), p) {
			t.Error("the zero move changes the project")
		}
		for _, o := range (whatif.Scenarios{}).Run(e, p) {
			if !reflect.DeepEqual(o.Result, before) {
				t.Errorf("%s: nothing moved gives another result", o.Name)
			}
		}
	})
}

// An answer holds when it is put into the project, and one less does not.
func TestAnswersHold(t *testing.T) {
	e := calctest.Engine(t)
	lines := append(domain.Benefits[:], calc.LineBenefits)
	rapid.Check(t, func(t *rapid.T) {
		p, _ := drawn(t, e)
		q := whatif.Question{
			Find:    rapid.SampledFrom([]whatif.Unknown{whatif.Pay, whatif.Heads}).Draw(t, "find"),
			Role:    rapid.IntRange(0, len(p.Roles)-1).Draw(t, "role"),
			Line:    rapid.SampledFrom(lines).Draw(t, "line"),
			AtLeast: domain.Money(rapid.Int64Range(1, 1_000_000_000).Draw(t, "target")),
			Basis:   rapid.SampledFrom([]whatif.Basis{whatif.Chosen, whatif.Chosen, whatif.Lowest, whatif.Highest}).Draw(t, "basis"),
		}
		if q.Find == whatif.Heads && rapid.Bool().Draw(t, "all roles") {
			q.Role = whatif.AllRoles
		}
		a, err := whatif.Solve(context.Background(), e, p, q)
		var refused calc.Problems
		if errors.As(err, &refused) {
			t.Skip("the minimum pay with these raises is out of range")
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.Evaluations > whatif.MaxEvaluations || len(a.Said) == 0 {
			t.Errorf("%+v", a)
		}
		if !a.Possible {
			if a.Amount >= q.AtLeast {
				t.Errorf("%s is reached: %+v", q.AtLeast, a)
			}
			return
		}
		r, err := e.Case(a.Project)
		if err != nil {
			t.Fatal(err)
		}
		f := r.Result().Benefits
		if q.Line != calc.LineBenefits {
			f = r.Result().Benefit(q.Line)
		}
		got := map[whatif.Basis]domain.Money{whatif.Chosen: f.Value, whatif.Lowest: f.Low, whatif.Highest: f.High}[q.Basis]
		if got != a.Amount || got < q.AtLeast || (a.Value > a.From && a.Before >= q.AtLeast) {
			t.Errorf("%s in the project, the answer is %+v", got, a)
		}
	})
}

// Benefits never make a payback later, and the readings hold the chosen one
// between their ends.
func TestPaybackIsInOrder(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawn(t, e)
		saving := domain.Money(rapid.Int64Range(0, 1_000_000).Draw(t, "saving"))
		params := whatif.PaybackParams{Cost: domain.Money(rapid.Int64Range(1, 5_000_000_000).Draw(t, "cost")), Saving: &saving}
		b, err := whatif.FindPayback(context.Background(), e, p, params)
		if err != nil {
			t.Fatal(err)
		}
		later := func(a, b whatif.Reach) bool {
			if a.Reached && b.Reached {
				return a.After > b.After
			}
			return b.Reached || (!a.Reached && a.Missing > b.Missing)
		}
		if later(b.With.Latest, *b.Without) || later(b.With.Latest, b.Alone.Latest) {
			t.Errorf("with %+v, without %+v, alone %+v", b.With, b.Without, b.Alone)
		}
		for _, s := range []whatif.ReachSpan{*b.With, b.Alone} {
			if later(s.Soonest, s.Chosen) && s.Soonest != s.Chosen || later(s.Chosen, s.Latest) && s.Chosen != s.Latest {
				t.Errorf("%+v is not in order", s)
			}
		}
		end := b.Months[len(b.Months)-1]
		if int(end.Month-p.From)+1 != len(b.Months) || end.Benefits > c.Result().Benefits.Value {
			t.Errorf("ends with %+v", end)
		}
		if r := b.With.Chosen; r.Reached {
			at := b.Months[r.After-1]
			if at.Month != r.Month || at.Saving+at.Benefits < params.Cost || (r.After > 1 && b.Months[r.After-2].Saving+b.Months[r.After-2].Benefits >= params.Cost) {
				t.Errorf("%+v at %+v", r, at)
			}
		}
	})
}

package whatif_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// worked gives what the room answers to a case of testdata/worked.toml, key by key.
var worked = map[string]func(t *testing.T, e *calc.Engine, key string) string{
	"calendar of 40 at 30000 in Fes": func(t *testing.T, e *calc.Engine, key string) string {
		return calendar(t, calctest.Case(t, e, calctest.Project("fes-shore", calctest.Role("30000", "2026-01", 40))), key)
	},
	"centimes of one person": func(t *testing.T, e *calc.Engine, key string) string {
		return calendar(t, calctest.Case(t, e, calctest.Project("fes-shore", calctest.Role("30000", "2026-01", 1))), key)
	},
	"pay from which AIR starts, Fes": func(t *testing.T, e *calc.Engine, key string) string {
		p := calctest.Project("fes-shore", calctest.Role("30000", "2026-01", 40))
		return answer(t, solve(t, e, p, whatif.AIRStarts(0)), whatif.Pay, key)
	},
	"pay from which AIR starts, Casablanca": func(t *testing.T, e *calc.Engine, key string) string {
		p := calctest.Project("casanearshore", calctest.Role("30000", "2026-01", 40))
		return answer(t, solve(t, e, p, whatif.AIRStarts(0)), whatif.Pay, key)
	},
	"heads for a million": func(t *testing.T, e *calc.Engine, key string) string {
		p := calctest.Project("casanearshore", calctest.Role("12000", "2026-01", 100))
		q := whatif.Question{Find: whatif.Heads, Line: calc.LineBenefits, AtLeast: calctest.Money("1000000")}
		return answer(t, solve(t, e, p, q), whatif.Heads, key)
	},
	"payback of five million": func(t *testing.T, e *calc.Engine, key string) string {
		return paidBack(t, e, key)
	},
}

func TestWorkedByHand(t *testing.T) {
	raw, err := os.ReadFile("testdata/worked.toml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Case []struct {
			Name    string
			Why     string
			Working []string
			Expect  map[string]string
		}
	}
	if err := toml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Case) != len(worked) {
		t.Errorf("%d cases in the file, %d known here", len(file.Case), len(worked))
	}
	e := calctest.Engine(t)
	for _, c := range file.Case {
		t.Run(c.Name, func(t *testing.T) {
			of := worked[c.Name]
			if of == nil || len(c.Expect) == 0 {
				t.Fatal("nothing to compare")
			}
			for key, want := range c.Expect {
				if got := of(t, e, key); got != want {
					t.Errorf("%s = %q, by hand %q", key, got, want)
				}
			}
		})
	}
}

// calendar reads "AIR", "2026 AIR", "2026-01 AIR", "paid 2026-01 AIR" and
// "undated AIR"; nothing there is "".
func calendar(t *testing.T, c *calc.Case, key string) string {
	rights := whatif.Rights(c)
	cash, err := whatif.Cash(rights, whatif.Delays{domain.AIR: 3})
	if err != nil {
		t.Fatal(err)
	}
	when, benefit, dated := strings.Cut(key, " ")
	if !dated {
		when, benefit = "", key
	}
	var sum domain.Money
	switch when {
	case "undated":
		rights = cash.Undated
		when = ""
	case "paid":
		rights = nil
		when, benefit, _ = strings.Cut(benefit, " ")
		for _, p := range cash.Payments {
			rights = append(rights, whatif.Right{Month: p.Month, Benefit: p.Benefit, Amount: p.Amount, Known: true})
		}
	}
	for _, r := range rights {
		if r.Benefit == benefit && strings.HasPrefix(r.Month.String(), when) {
			sum += r.Amount
		}
	}
	if sum == 0 {
		return ""
	}
	return sum.String()
}

func solve(t testing.TB, e *calc.Engine, p domain.Project, q whatif.Question) *whatif.Answer {
	t.Helper()
	a, err := whatif.Solve(context.Background(), e, p, q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func answer(t *testing.T, a *whatif.Answer, find whatif.Unknown, key string) string {
	if !a.Possible || !a.Rises || a.Lost != 0 {
		t.Errorf("%+v", a)
	}
	switch key {
	case "amount":
		return a.Amount.String()
	case "before":
		return a.Before.String()
	}
	if find == whatif.Pay {
		return domain.Money(a.Value).String()
	}
	return fmt.Sprint(a.Value)
}

func paidBack(t *testing.T, e *calc.Engine, key string) string {
	p := calctest.Project("casanearshore", calctest.Role("12000", "2026-01", 100))
	saving := calctest.Money("2000")
	params := whatif.PaybackParams{Cost: calctest.Money("5000000"), Saving: &saving}
	if key == "paid" {
		params.Delays = whatif.Delays{domain.PAE: 6, domain.PAF: 6}
	}
	b, err := whatif.FindPayback(context.Background(), e, p, params)
	if err != nil {
		t.Fatal(err)
	}
	if b.Paid != (key == "paid") || b.Partly {
		t.Errorf("%s: paid %v, partly %v", key, b.Paid, b.Partly)
	}
	at := map[string]whatif.Reach{
		"without": *b.Without, "with": b.With.Chosen, "paid": b.With.Chosen,
		"soonest": b.With.Soonest, "latest": b.With.Latest,
	}
	if key == "alone missing" {
		return b.Alone.Chosen.Missing.String()
	}
	return fmt.Sprintf("%d %s", at[key].After, at[key].Month)
}

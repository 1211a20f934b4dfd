package calc_test

import (
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// sameLines compares every printed amount of every year.
func sameLines(t *rapid.T, read map[string]string, got []calc.Year, want *statement) {
	t.Helper()
	if len(got) != want.last-want.first+1 || got[0].Year != want.first {
		t.Fatalf("%d years from %d, want %d to %d", len(got), got[0].Year, want.first, want.last)
	}
	for _, y := range got {
		for line, amount := range map[string]domain.Money{
			"gross": y.GrossPay, "charges": y.EmployerCharges, "tax": y.IncomeTax, "is": y.CorporateTax,
			domain.AIR: y.AIR, domain.PAE: y.PAE, domain.PAF: y.PAF, domain.AIS: y.AIS,
		} {
			if amount != want.lines[line][y.Year] {
				t.Errorf("%s of %d = %s, oracle %s under %v", line, y.Year, amount, want.lines[line][y.Year], read)
			}
		}
		if y.HeadcountEnd != want.headsEnd[y.Year] {
			t.Errorf("headcount of %d = %s, oracle %s", y.Year, y.HeadcountEnd, want.headsEnd[y.Year])
		}
	}
}

func under(p domain.Project, read map[string]string) domain.Project {
	p.Readings = read
	return p
}

// Every printed line of every year, long horizons, one combination each.
func TestLinesEqualOracle(t *testing.T) {
	e := calctest.Engine(t)
	rapid.Check(t, func(t *rapid.T) {
		p := calctest.Projects(e, calctest.Shape{Months: 180}).Draw(t, "project")
		c, err := e.Case(p)
		if err != nil {
			t.Fatal(err)
		}
		sameLines(t, p.Readings, c.Years(), estimate(p, p.Readings))
	})
}

// All 96 combinations of one project, and what is told from them: extremes with
// the combinations that give them, narrowing, and the PAE that is not counted.
func TestResultEqualsOracleOverAllCombinations(t *testing.T) {
	e := calctest.Engine(t)
	const projects = 25 // each is computed 97 times by the slow oracle
	gen := calctest.Projects(e, calctest.Shape{Months: 40})
	for seed := range projects {
		p := gen.Example(seed + 1)
		t.Run(p.Site, func(t *testing.T) { checkProject(t, e, p) })
	}
}

func checkProject(t *testing.T, e *calc.Engine, p domain.Project) {
	all := make([]*statement, len(calctest.Combinations))
	for i, read := range calctest.Combinations {
		all[i] = estimate(p, read)
		c, err := e.Case(under(p, read))
		if err != nil {
			t.Fatal(err)
		}
		for line, got := range totals(c.Years()) {
			if want := all[i].total(line); got != want {
				t.Errorf("%s = %s, oracle %s under %v", line, got, want, read)
			}
		}
	}
	r := calctest.Case(t, e, p).Result()
	var open []int
	for i, read := range calctest.Combinations {
		if !slices.ContainsFunc(p.Settled, func(id string) bool { return read[id] != p.Readings[id] }) {
			open = append(open, i)
		}
	}
	chosen := slices.IndexFunc(calctest.Combinations, func(c map[string]string) bool { return maps.Equal(c, p.Readings) })
	for _, b := range domain.Benefits {
		checkFigure(t, b, r.Benefit(b), open, chosen, func(i int) domain.Money { return all[i].total(b) })
	}
	sum := func(i int) domain.Money { return all[i].benefits() }
	checkFigure(t, "benefits", r.Benefits, open, chosen, sum)
	checkNarrowing(t, p, r.Narrowing, open, sum)
	checkNotCounted(t, r.NotCounted, all[chosen])
}

func totals(years []calc.Year) map[string]domain.Money {
	out := map[string]domain.Money{}
	for _, y := range years {
		out[domain.AIR] += y.AIR
		out[domain.PAE] += y.PAE
		out[domain.PAF] += y.PAF
		out[domain.AIS] += y.AIS
		out["gross"] += y.GrossPay
		out["charges"] += y.EmployerCharges
		out["tax"] += y.IncomeTax
		out["is"] += y.CorporateTax
	}
	return out
}

// checkFigure finds the extremes by looking at every open combination: fewest
// departures first, then the order of the table.
func checkFigure(t *testing.T, what string, f calc.Figure, open []int, chosen int, amount func(int) domain.Money) {
	t.Helper()
	order := slices.Clone(open)
	slices.SortStableFunc(order, func(a, b int) int {
		return calctest.Departures(calctest.Combinations[a]) - calctest.Departures(calctest.Combinations[b])
	})
	lo, hi := order[0], order[0]
	for _, i := range order {
		if amount(i) < amount(lo) {
			lo = i
		}
		if amount(i) > amount(hi) {
			hi = i
		}
	}
	if f.Value != amount(chosen) || f.Low != amount(lo) || f.High != amount(hi) {
		t.Errorf("%s: %s … %s … %s, oracle %s … %s … %s", what, f.Low, f.Value, f.High, amount(lo), amount(chosen), amount(hi))
	}
	for id := range calctest.Combinations[0] {
		if f.LowReadings.Get(id) != calctest.Combinations[lo][id] || f.HighReadings.Get(id) != calctest.Combinations[hi][id] {
			t.Errorf("%s: extremes under %v and %v, by brute force %v and %v", what, f.LowReadings, f.HighReadings, calctest.Combinations[lo], calctest.Combinations[hi])
			return
		}
	}
}

// checkNarrowing settles each open reading at each of its values.
func checkNarrowing(t *testing.T, p domain.Project, got []calc.Narrowing, open []int, amount func(int) domain.Money) {
	t.Helper()
	spread := func(id, value string) (lo, hi domain.Money, any bool) {
		for _, i := range open {
			if id == "" || calctest.Combinations[i][id] == value {
				a := amount(i)
				if !any {
					lo, hi, any = a, a, true
				}
				lo, hi = min(lo, a), max(hi, a)
			}
		}
		return lo, hi, any
	}
	lo, hi, _ := spread("", "")
	want := map[string]domain.Share{}
	for id := range calctest.Combinations[0] {
		if slices.Contains(p.Settled, id) || hi == lo {
			continue
		}
		worst := domain.Money(0)
		for _, c := range calctest.Combinations {
			if l, h, any := spread(id, c[id]); any {
				worst = max(worst, h-l)
			}
		}
		if worst < hi-lo {
			fall := big.NewRat(int64(hi-lo-worst), int64(hi-lo))
			fall.Mul(fall, big.NewRat(1_000_000, 1))
			want[id] = domain.Share(new(big.Int).Quo(fall.Num(), fall.Denom()).Int64())
		}
	}
	if len(got) != len(want) {
		t.Fatalf("narrowing %v, by brute force %v", got, want)
	}
	for i, n := range got {
		if want[n.Reading] != n.AtLeast || (i > 0 && got[i-1].AtLeast < n.AtLeast) {
			t.Errorf("narrowing %v, by brute force %v", got, want)
		}
	}
}

func checkNotCounted(t *testing.T, got []calc.NotCounted, want *statement) {
	t.Helper()
	amounts := map[string]domain.Money{}
	for _, n := range got {
		if n.Amount != nil {
			amounts[n.Reason.Key] = *n.Amount
		}
	}
	if amounts["left.pae.regime"] != want.late || amounts["left.pae.end"] != want.after {
		t.Errorf("not counted %v, oracle %s after the regime and %s after the horizon", amounts, want.late, want.after)
	}
}

package figures

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func about(mid, off string) interval {
	m := rat(mid)
	return interval{m, new(big.Rat).Sub(m, rat(off)), new(big.Rat).Add(m, rat(off))}
}

func TestEvaluate(t *testing.T) {
	for _, c := range []struct {
		formula        string
		x              []interval
		years          int
		mid, low, high string
	}{
		{Sum, []interval{about("10", "1"), about("5", "0.5")}, 0, "15.0000", "13.5000", "16.5000"},
		{Difference, []interval{about("10", "1"), about("5", "0.5"), about("1", "0")}, 0, "4.0000", "2.5000", "5.5000"},
		{Growth, []interval{about("100", "1"), about("110", "1")}, 0, "10.0000", "7.9208", "12.1212"},
		{Share, []interval{about("50", "1"), about("200", "0")}, 0, "25.0000", "24.5000", "25.5000"},
		{Ratio, []interval{about("3", "0"), about("2", "0.5")}, 0, "1.5000", "1.2000", "2.0000"},
		{CAGR, []interval{about("26219", "0"), about("40000", "0")}, 6, "7.2936", "7.2936", "7.2936"},
		{Before, []interval{about("3462", "0"), about("7.1", "0.05")}, 0, "3232.4930", "3230.9846", "3234.0028"},
		{Middle, []interval{{rat("13400"), rat("13350"), rat("13409")}}, 0, "13379.5000", "13350.0000", "13409.0000"},
		{Growth, []interval{about("-2", "0.5"), about("4", "0")}, 0, "-300.0000", "-366.6667", "-260.0000"},
	} {
		got, ok := evaluate(c.formula, c.x, c.years)
		if !ok || got.mid.FloatString(4) != c.mid || got.low.FloatString(4) != c.low || got.high.FloatString(4) != c.high {
			t.Errorf("%s: %s [%s, %s], want %s [%s, %s]", c.formula,
				got.mid.FloatString(4), got.low.FloatString(4), got.high.FloatString(4), c.mid, c.low, c.high)
		}
	}
	for _, formula := range []string{Growth, Share, Ratio, CAGR} {
		if _, ok := evaluate(formula, []interval{about("0", "1"), about("0", "1")}, 1); ok {
			t.Errorf("%s divides by what may be zero", formula)
		}
	}
	if _, ok := evaluate(CAGR, []interval{about("1", "0"), about("2", "0")}, 0); ok {
		t.Error("a growth a year over no years")
	}
}

// Whatever the operands are within their bounds, the result is within its own.
func TestEvaluate_BoundsHold(t *testing.T) {
	point := func(t *rapid.T, i interval) *big.Rat {
		share := big.NewRat(rapid.Int64Range(0, 8).Draw(t, "at"), 8)
		width := new(big.Rat).Sub(i.high, i.low)
		return width.Mul(width, share).Add(width, i.low)
	}
	rapid.Check(t, func(t *rapid.T) {
		formula := rapid.SampledFrom(formulas).Draw(t, "formula")
		var x, inside []interval
		for range max(operands[formula].min, 1) {
			v := rapid.Int64Range(1, 5000).Draw(t, "value")
			off := big.NewRat(rapid.Int64Range(0, v-1).Draw(t, "off"), 1)
			m := big.NewRat(v, 1)
			i := interval{m, new(big.Rat).Sub(m, off), new(big.Rat).Add(m, off)}
			p := point(t, i)
			x, inside = append(x, i), append(inside, interval{p, p, p})
		}
		bounds, ok := evaluate(formula, x, 3)
		value, alsoOK := evaluate(formula, inside, 3)
		if !ok || !alsoOK {
			t.Fatalf("%s of positive numbers has no result", formula)
		}
		slack := big.NewRat(1, 1_000_000_000) // roots are cut
		low, high := new(big.Rat).Sub(bounds.low, slack), new(big.Rat).Add(bounds.high, slack)
		if value.mid.Cmp(low) < 0 || value.mid.Cmp(high) > 0 {
			t.Fatalf("%s: %s is outside %s to %s", formula, value.mid, bounds.low, bounds.high)
		}
	})
}

// A root is the largest number of its places that is not above the root, so that
// the root of a power is the base.
func TestRoot(t *testing.T) {
	place := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), rootBits))
	to := func(x *big.Rat, n int) *big.Rat {
		p := new(big.Rat).Set(unity)
		for range n {
			p.Mul(p, x)
		}
		return p
	}
	rapid.Check(t, func(t *rapid.T) {
		x := big.NewRat(rapid.Int64Range(1, 1e12).Draw(t, "dividend"), rapid.Int64Range(1, 1e12).Draw(t, "divisor"))
		n := rapid.IntRange(1, 30).Draw(t, "degree")
		low := root(x, n)
		if high := new(big.Rat).Add(low, place); to(low, n).Cmp(x) > 0 || to(high, n).Cmp(x) <= 0 {
			t.Fatalf("the root %d of %s is %s", n, x, low.FloatString(20))
		}
		base := big.NewRat(rapid.Int64Range(1, 1e6).Draw(t, "base"), 1024)
		if got := root(to(base, n), n); got.Cmp(base) != 0 {
			t.Fatalf("the root %d of a power of %s is %s", n, base, got.FloatString(20))
		}
	})
	if tiny := root(big.NewRat(1, math.MaxInt64), 1); tiny.Sign() < 0 || root(new(big.Rat).Mul(place, half), 1).Sign() != 0 {
		t.Errorf("a number under the places: %s", tiny)
	}
}

func TestInterval_Within(t *testing.T) {
	cut, ok := about("1995", "8").within(interval{low: rat("1990"), high: rat("2000")})
	if !ok || cut.mid.Cmp(rat("1995")) != 0 || cut.low.Cmp(rat("1990")) != 0 || cut.high.Cmp(rat("2000")) != 0 {
		t.Errorf("got %v", cut)
	}
	if whole, ok := about("7", "1").within(about("6", "5")); !ok || whole.mid.Cmp(rat("7")) != 0 {
		t.Errorf("nothing is cut, so the value stays: %v", whole)
	}
	if _, ok := about("1", "1").within(about("9", "1")); ok {
		t.Error("nothing is left")
	}
}

func TestNumOf(t *testing.T) {
	for _, c := range []struct {
		x        string
		decimals int
		want     [3]string // down, nearest, up
	}{
		{"-12.84", 1, [3]string{"-12.9", "-12.8", "-12.8"}},
		{"13379.5", 0, [3]string{"13379", "13380", "13380"}},
		{"-0.5", 0, [3]string{"-1", "-1", "0"}},
		{"2", 1, [3]string{"2.0", "2.0", "2.0"}},
	} {
		for way, want := range c.want {
			if got, ok := numOf(rat(c.x), c.decimals, way); !ok || got.String() != want {
				t.Errorf("%s to %d decimals, way %d: %s, want %s", c.x, c.decimals, way, got, want)
			}
		}
	}
	if _, ok := numOf(rat("1e13"), 0, nearest); ok {
		t.Error("a number too large is taken")
	}
}

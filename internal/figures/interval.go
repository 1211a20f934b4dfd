package figures

import "math/big"

// interval is a value with what it may be at least and at most.
type interval struct{ mid, low, high *big.Rat }

var (
	half    = big.NewRat(1, 2)
	hundred = big.NewRat(100, 1)
	unity   = big.NewRat(1, 1)
)

func exactly(n Num) interval { return interval{n.Rat(), n.Rat(), n.Rat()} }

// bounds of an observation: those it has, else half a step of its last digit on
// either side. A target is what was said, not a rounded measure.
func bounds(o *Observation, kind string) interval {
	switch {
	case o.Low != nil:
		return interval{o.Value.Rat(), o.Low.Rat(), o.High.Rat()}
	case kind == KindTarget:
		return exactly(o.Value)
	}
	step := new(big.Rat).Mul(powerOfTen(o.Value.Place()), half)
	v := o.Value.Rat()
	return interval{v, new(big.Rat).Sub(v, step), new(big.Rat).Add(v, step)}
}

func powerOfTen(place int) *big.Rat {
	n := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(place, -place))), nil)
	if place < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), n)
	}
	return new(big.Rat).SetInt(n)
}

// evaluate computes a formula over intervals; false where something is divided
// by what may be zero. years are those between the operands of a cagr.
func evaluate(formula string, x []interval, years int) (interval, bool) {
	switch formula {
	case Sum:
		return combined(x, false), true
	case Difference:
		return combined(x, true), true
	case Middle:
		mid := new(big.Rat).Add(x[0].low, x[0].high)
		return interval{mid.Mul(mid, half), x[0].low, x[0].high}, true
	}
	if d := divisor(formula, x); d.low.Sign() <= 0 && d.high.Sign() >= 0 {
		return interval{}, false
	}
	if formula == CAGR && (years < 1 || x[0].low.Sign() <= 0 || x[1].low.Sign() <= 0) {
		return interval{}, false
	}
	// each of these rises or falls in either operand alone: the corners bound it
	out := interval{mid: of(formula, x[0].mid, x[1].mid, years)}
	for _, a := range []*big.Rat{x[0].low, x[0].high} {
		for _, b := range []*big.Rat{x[1].low, x[1].high} {
			corner := of(formula, a, b, years)
			if out.low == nil || corner.Cmp(out.low) < 0 {
				out.low = corner
			}
			if out.high == nil || corner.Cmp(out.high) > 0 {
				out.high = corner
			}
		}
	}
	return out, true
}

// combined adds intervals, or takes the others from the first.
func combined(x []interval, minus bool) interval {
	out := interval{new(big.Rat).Set(x[0].mid), new(big.Rat).Set(x[0].low), new(big.Rat).Set(x[0].high)}
	for _, y := range x[1:] {
		if minus {
			y = interval{new(big.Rat).Neg(y.mid), new(big.Rat).Neg(y.high), new(big.Rat).Neg(y.low)}
		}
		out.mid.Add(out.mid, y.mid)
		out.low.Add(out.low, y.low)
		out.high.Add(out.high, y.high)
	}
	return out
}

// divisor is what a formula of two operands divides by.
func divisor(formula string, x []interval) interval {
	switch formula {
	case Growth, CAGR:
		return x[0]
	case Before:
		return interval{low: factor(x[1].low), high: factor(x[1].high)}
	default:
		return x[1]
	}
}

// factor is what a growth in percent multiplies with.
func factor(percent *big.Rat) *big.Rat {
	f := new(big.Rat).Quo(percent, hundred)
	return f.Add(f, unity)
}

func of(formula string, a, b *big.Rat, years int) *big.Rat {
	switch formula {
	case Growth:
		return percent(new(big.Rat).Quo(b, a))
	case CAGR:
		return percent(root(new(big.Rat).Quo(b, a), years))
	case Before:
		return new(big.Rat).Quo(a, factor(b))
	case Share:
		q := new(big.Rat).Quo(a, b)
		return q.Mul(q, hundred)
	default:
		return new(big.Rat).Quo(a, b)
	}
}

// percent is the growth that a factor is.
func percent(f *big.Rat) *big.Rat {
	f.Sub(f, unity)
	return f.Mul(f, hundred)
}

// rootBits are the binary places of a root: enough for ten decimals of any growth
// that figures have.
const rootBits = 64

// root is the n-th root of a positive number, cut to rootBits: no float, so that
// every machine gives the same digits.
func root(x *big.Rat, n int) *big.Rat {
	y := new(big.Int).Lsh(x.Num(), uint(rootBits*n))
	if y.Quo(y, x.Denom()).Sign() == 0 { // too small for these places
		return new(big.Rat)
	}
	// Newton's way from above falls until it is at the whole root of y.
	power, degree := big.NewInt(int64(n-1)), big.NewInt(int64(n))
	z := new(big.Int).Lsh(big.NewInt(1), uint(y.BitLen()/n+1))
	for {
		next := new(big.Int).Exp(z, power, nil)
		next.Quo(y, next)
		next.Add(next, new(big.Int).Mul(z, power))
		if next.Quo(next, degree); next.Cmp(z) >= 0 {
			return new(big.Rat).SetFrac(z, new(big.Int).Lsh(big.NewInt(1), rootBits))
		}
		z = next
	}
}

// within cuts an interval to another; where something is cut off, the middle of
// the rest is the value. False where nothing is left.
func (i interval) within(o interval) (interval, bool) {
	low, high := i.low, i.high
	if o.low.Cmp(low) > 0 {
		low = o.low
	}
	if o.high.Cmp(high) < 0 {
		high = o.high
	}
	if low.Cmp(high) > 0 {
		return i, false
	}
	if low == i.low && high == i.high {
		return i, true
	}
	mid := new(big.Rat).Add(low, high)
	return interval{mid.Mul(mid, half), low, high}, true
}

// scaled multiplies with a positive number.
func (i interval) scaled(by Num) interval {
	f := by.Rat()
	return interval{new(big.Rat).Mul(i.mid, f), new(big.Rat).Mul(i.low, f), new(big.Rat).Mul(i.high, f)}
}

// rounding ways of numOf.
const (
	down = iota
	nearest
	up
)

// numOf rounds to some decimals: down, up, or to the nearest, halves away from
// zero. False where it is too large for a Num.
func numOf(x *big.Rat, decimals, way int) (Num, bool) {
	y := new(big.Rat).Mul(x, powerOfTen(decimals))
	quo, rest := new(big.Int).QuoRem(y.Num(), y.Denom(), new(big.Int)) // toward zero
	away := int64(y.Sign())
	switch rest.Lsh(rest, 1).Abs(rest); {
	case rest.Sign() == 0:
	case way == nearest && rest.Cmp(y.Denom()) >= 0, way == up && away > 0, way == down && away < 0:
		quo.Add(quo, big.NewInt(away))
	}
	for range numDigits - decimals {
		quo.Mul(quo, big.NewInt(10))
	}
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)
	return Num{Micros: quo.Int64(), Decimals: decimals}, quo.CmpAbs(limit) < 0
}

package figures

import (
	"math/big"
	"strings"

	"atlasp2i/internal/domain"
)

// Num is a published number, exact, in the unit that stands beside it. Two Nums
// of the same amount may differ in Decimals: 10.0 says more than 10.
type Num struct {
	Micros   int64 // whole millionths
	Decimals int   // as published, 0 to 6
}

const (
	numDigits = 6
	one       = 1_000_000
)

// ParseNum reads digits with an optional minus, an optional point and at most six
// decimals: "26220", "-12.7". No exponent, no grouping. Otherwise a *domain.Problem.
func ParseNum(s string) (Num, error) {
	digits, negative := strings.CutPrefix(s, "-")
	q, err := domain.ParseQuantity(digits)
	if err != nil || negative && q == 0 {
		return Num{}, domain.Refuse("value", s, "figures.problem.number")
	}
	_, frac, _ := strings.Cut(digits, ".")
	if negative {
		q = -q
	}
	return Num{Micros: int64(q), Decimals: len(frac)}, nil
}

// String prints the number as it was published: "26220", "10.0", "-12.7".
func (n Num) String() string {
	return domain.FormatFixed(n.Micros, numDigits, min(n.Decimals, numDigits))
}

// MarshalText writes the number as String does.
func (n Num) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// Place is the power of ten of the last digit that says something: 2 for 13400,
// 0 for 2587, -1 for 10.0. Zeros at the end of a whole number may be rounding, so
// they say nothing; a published decimal does.
func (n Num) Place() int {
	if n.Decimals > 0 {
		return -n.Decimals
	}
	place := 0
	for m := n.Micros / one; m != 0 && m%10 == 0; m /= 10 {
		place++
	}
	return place
}

// Rounded is the number rounded half up, away from zero, at a place.
func (n Num) Rounded(place int) Num { return n.cut(place, true) }

// Truncated is the number with the digits after a place dropped.
func (n Num) Truncated(place int) Num { return n.cut(place, false) }

func (n Num) cut(place int, round bool) Num {
	step := int64(1)
	for range place + numDigits {
		if step > maxStep {
			return Num{}
		}
		step *= 10
	}
	rest := n.Micros % step
	cut := n.Micros - rest
	if round && max(rest, -rest)*2 >= step {
		if rest < 0 {
			step = -step
		}
		cut += step
	}
	return Num{Micros: cut, Decimals: max(0, -place)}
}

// maxStep keeps steps and what they are added to inside an int64: numbers have at
// most eighteen digits.
const maxStep = 100_000_000_000_000_000

// Rat is the number for exact arithmetic.
func (n Num) Rat() *big.Rat { return big.NewRat(n.Micros, one) }

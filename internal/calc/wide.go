package calc

import (
	"math/big"
	"math/bits"

	"atlasp2i/internal/domain"
)

// wide is an unsigned integer of 128 bits. The limits that Check puts on pay and
// people keep every sum below 2^128; no allocation is what makes a live result
// cheap. Products beyond 128 bits go through Big.
type wide struct{ hi, lo uint64 }

// mul64 is the exact product of two numbers that must not be negative.
func mul64(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return wide{hi, lo}
}

func (w wide) add(x wide) wide {
	lo, c := bits.Add64(w.lo, x.lo, 0)
	hi, _ := bits.Add64(w.hi, x.hi, c)
	return wide{hi, lo}
}

// minus is w - x, or zero where x is larger.
func (w wide) minus(x wide) wide {
	lo, b := bits.Sub64(w.lo, x.lo, 0)
	hi, b := bits.Sub64(w.hi, x.hi, b)
	if b != 0 {
		return wide{}
	}
	return wide{hi, lo}
}

// mul is w * n; n must not be negative.
func (w wide) mul(n int64) wide {
	hi, lo := bits.Mul64(w.lo, uint64(n))
	return wide{hi + w.hi*uint64(n), lo}
}

func (w wide) zero() bool { return w.hi == 0 && w.lo == 0 }

func (w wide) big() *big.Int {
	z := new(big.Int).SetUint64(w.hi)
	return z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(w.lo))
}

// over is w / d rounded half up; the quotient must fit 63 bits.
func (w wide) over(d uint64) int64 {
	q, r := bits.Div64(w.hi, w.lo, d)
	if r >= d-r {
		q++
	}
	return int64(q)
}

func (w wide) centimes(d uint64) domain.Money { return domain.Money(w.over(d)) }

// roundDiv is n / d rounded half up, for n and d that are not negative.
func roundDiv(n, d *big.Int) int64 {
	twice := new(big.Int).Lsh(n, 1)
	twice.Add(twice, d)
	return twice.Quo(twice, new(big.Int).Lsh(d, 1)).Int64()
}

// pow10 is 10^n times f.
func pow10(n, f int64) *big.Int {
	z := new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
	return z.Mul(z, big.NewInt(f))
}

// Divisors, in one word, that bring an exact sum to whole centimes: see below.
const (
	divGross   uint64 = 1e6
	divCharges uint64 = 1e12
	divTax     uint64 = 12e18
	divPremium uint64 = 12e18
)

// Divisors that bring an exact sum to whole centimes. A gross sum counts
// centimes x millionths of a head; charges add a rate; income tax and AIR count
// 10^-14 MAD a year; AIR adds the export share, premiums the Moroccan share.
var (
	divAIR      = pow10(24, 12)
	divCorpTax  = pow10(6, 1) // centimes x rate
	divAIS      = pow10(18, 1)
	one6        = int64(1_000_000)
	million     = big.NewInt(1_000_000)
	tenToTwelve = int64(1_000_000_000_000)
)

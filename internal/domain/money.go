// Package domain holds the words of the field as types: money, months, shares,
// places, projects and the messages the engine says. It knows no file, no
// screen, no clock and no language.
package domain

import (
	"fmt"
	"strings"
)

// Money is an amount of Moroccan dirhams in whole centimes.
type Money int64

// Share is a share of one in whole millionths: 1_000_000 is 100 percent.
type Share int64

// ShareOne is the whole: 100 percent.
const ShareOne Share = 1_000_000

// Heads is an expected number of people in whole millionths of a person.
type Heads int64

const (
	moneyDigits = 2
	shareDigits = 6
)

// ParseMoney reads digits with an optional point and at most two decimals,
// in MAD: "30000", "30000.5", "30000.00". No sign, no exponent, no grouping.
func ParseMoney(s string) (Money, error) {
	n, err := parseFixed(s, moneyDigits)
	return Money(n), err
}

// ParseShare reads a share of one with at most six decimals: "0.35", "1".
// It does not check the upper bound: callers say what range they accept.
func ParseShare(s string) (Share, error) {
	n, err := parseFixed(s, shareDigits)
	return Share(n), err
}

// String prints MAD with two decimals and a point: "30000.00".
func (m Money) String() string { return FormatFixed(int64(m), moneyDigits, moneyDigits) }

// String prints the share with at least two and at most six decimals: "0.35".
func (s Share) String() string { return FormatFixed(int64(s), shareDigits, 2) }

// String prints people with six decimals: "40.000000".
func (h Heads) String() string { return FormatFixed(int64(h), shareDigits, shareDigits) }

// MarshalText writes the same form as String.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the form that ParseMoney accepts.
func (m *Money) UnmarshalText(b []byte) (err error) { *m, err = ParseMoney(string(b)); return err }

// MarshalText writes the same form as String.
func (s Share) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the form that ParseShare accepts.
func (s *Share) UnmarshalText(b []byte) (err error) { *s, err = ParseShare(string(b)); return err }

// MarshalText writes the same form as String.
func (h Heads) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// parseFixed reads a non-negative decimal into units of 10^-digits. Eighteen
// significant digits fit an int64 with room to spare; more are refused.
func parseFixed(s string, digits int) (int64, error) {
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || (point && frac == "") {
		return 0, fmt.Errorf("%q is not a decimal number", s)
	}
	if len(frac) > digits {
		return 0, fmt.Errorf("%q has more than %d decimals", s, digits)
	}
	all := whole + frac + strings.Repeat("0", digits-len(frac))
	all = strings.TrimLeft(all, "0")
	if len(all) > 18 {
		return 0, fmt.Errorf("%q is too large", s)
	}
	var n int64
	for _, c := range all {
		if c < '0' || c > '9' {
			return 0, fmt.Errorf("%q is not a decimal number", s)
		}
		n = n*10 + int64(c-'0')
	}
	return n, nil
}

// FormatFixed prints n units of 10^-digits with between min and digits decimals.
func FormatFixed(n int64, digits, min int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%0*d", digits+1, n)
	whole, frac := s[:len(s)-digits], s[len(s)-digits:]
	for len(frac) > min && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "." + frac
}

package domain

// Quantity is a number with a unit that stands beside it, in whole millionths of
// that unit: 22 ha is 22_000_000. A share of one is written the same way, so
// that 15.1 percent is 151_000.
type Quantity int64

// QuantityOne is one of whatever the unit is.
const QuantityOne Quantity = 1_000_000

// ParseQuantity reads digits with an optional point and at most six decimals:
// "22", "0.151". No sign, no exponent, no grouping, twelve digits before the
// point at most.
func ParseQuantity(s string) (Quantity, error) {
	n, err := parseFixed(s, shareDigits)
	return Quantity(n), err
}

// String prints the number with no more decimals than it has: "22", "0.151".
func (q Quantity) String() string { return FormatFixed(int64(q), shareDigits, 0) }

// MarshalText writes the same form as String.
func (q Quantity) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads the form that ParseQuantity accepts.
func (q *Quantity) UnmarshalText(b []byte) (err error) {
	*q, err = ParseQuantity(string(b))
	return err
}

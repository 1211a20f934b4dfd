package figures

import "fmt"

// Formulas of derivations and checks. The result of growth, share and cagr is a
// percentage.
const (
	Sum        = "sum"        // a + b + ...
	Difference = "difference" // a - b - ...
	Growth     = "growth"     // from a to b: (b/a - 1) x 100
	Share      = "share"      // a in b: a/b x 100
	Ratio      = "ratio"      // a/b
	CAGR       = "cagr"       // from a to b, by year of the periods between them
	Before     = "before"     // the level before a grew by b percent: a / (1 + b/100)
	Middle     = "middle"     // the middle of the bounds of a
)

// operands of each formula, at least and at most.
var operands = map[string]struct{ min, max int }{
	Sum: {2, 20}, Difference: {2, 20}, Growth: {2, 2}, Share: {2, 2}, Ratio: {2, 2}, CAGR: {2, 2}, Before: {2, 2}, Middle: {1, 1},
}

var formulas = []string{Sum, Difference, Growth, Share, Ratio, CAGR, Before, Middle}

// Operand names what a formula works on: the canonical reading of a key, one
// observation, a derivation, or in a check a plain number.
type Operand struct {
	Key         Key
	Observation string // id; then Key is not looked up
	Derived     string // id of a derivation
	Number      *Num
}

// Formula is how something is computed.
type Formula struct {
	Name     string
	Operands []Operand
	Scale    *Num // what the result is multiplied with, where its unit asks for it
}

// Derivation is a value that the program computes from published ones. It is
// never shipped.
type Derivation struct {
	ID string
	Key
	Formula
	Within   string // id of an observation whose bounds the result lies in, "" if none
	Decimals int    // of the result as shown
	Note     string // text key, "" if none
	Line     int
}

// Check is a piece of arithmetic over the figures that should hold, or that is
// known to fail.
type Check struct {
	ID string
	Formula
	Equals    *Num // the result rounded to the place of this number gives it
	Low, High *Num // or the result lies between these
	Spans     *Num // or the bounds of the result include this
	Holds     bool // what is expected
	Line      int
}

func acceptedOperands(name string) string {
	o := operands[name]
	return fmt.Sprintf("%d … %d × { … }", o.min, o.max)
}

package figures

// Class says how a reading of a quantity stands to its canonical value.
type Class string

// Classes, as written in exports.
const (
	Canonical Class = "canonical"
	Equal     Class = "equal"
	Rounded   Class = "rounded"   // the less precise of the two is the other, rounded half up
	Truncated Class = "truncated" // the less precise of the two is the other, cut off
	Conflict  Class = "conflict"  // neither follows from the other
)

// Side names the less precise of two numbers.
type Side int

// Sides of a comparison.
const (
	Neither Side = iota // equally precise, or the same amount
	Reading
	Against
)

// Classify compares a reading with the canonical value. The class is the same in
// either order; what fits both a rounding and a truncation is rounded.
func Classify(reading, canonical Num) (Class, Side) {
	if reading.Micros == canonical.Micros {
		return Equal, Neither
	}
	coarse, fine, less := reading, canonical, Reading
	switch place := reading.Place(); {
	case place == canonical.Place():
		return Conflict, Neither
	case place < canonical.Place():
		coarse, fine, less = canonical, reading, Against
	}
	switch coarse.Micros {
	case fine.Rounded(coarse.Place()).Micros:
		return Rounded, less
	case fine.Truncated(coarse.Place()).Micros:
		return Truncated, less
	}
	return Conflict, less
}

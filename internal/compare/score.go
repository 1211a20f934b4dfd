package compare

import (
	"math/bits"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Points are millionths of a point; a score or a quality is 0 to Full.
type Points int64

// Full is 100 points, Point is one.
const (
	Point Points = 1_000_000
	Full         = 100 * Point
)

// String prints points with two decimals, half away from zero: "55.10", and
// "0.00" for what rounds to nothing.
func (p Points) String() string {
	return domain.FormatFixed(divide(int64(p), int64(Point/100)), 2, 2)
}

// MarshalText writes the same form as String.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Raw is the value of a criterion at a site, in the criterion's unit. Low and
// High are its bounds where published readings of the same thing differ; bounds
// that leave Value out are widened to it. A criterion with levels has Level
// instead. Where nothing is published Known is false and the rest says nothing.
type Raw struct {
	Known            bool
	Low, Value, High domain.Quantity
	Level            string
}

// Score is the points of a value with their bounds. Where the value is missing
// they are 0 and 100, and Value the middle, which says only that nothing is known.
type Score struct {
	Low, Value, High Points
	Missing          bool
}

// ScoreOf reads a value off the scale of a criterion. Beyond the ends of the
// scale it is flat. A level that the scale does not have is missing.
func ScoreOf(c *rules.Criterion, r Raw) Score {
	missing := Score{Value: Full / 2, High: Full, Missing: true}
	if !r.Known {
		return missing
	}
	if len(c.Levels) > 0 {
		for _, l := range c.Levels {
			if l.Value == r.Level {
				p := Points(l.Points) * Point
				return Score{Low: p, Value: p, High: p}
			}
		}
		return missing
	}
	a, v, b := pointsAt(c, r.Low), pointsAt(c, r.Value), pointsAt(c, r.High)
	return Score{Low: min(a, v, b), Value: v, High: max(a, v, b)}
}

// pointsAt is where a number stands between the ends of a scale, rounded half up
// to a millionth of a point. Distances are taken without sign, so that they are
// right for any two numbers of 64 bits.
func pointsAt(c *rules.Criterion, q domain.Quantity) Points {
	distance := func(a, b domain.Quantity) uint64 { return uint64(max(a, b)) - uint64(min(a, b)) }
	all := distance(c.Worst, c.Best)
	if all == 0 {
		return 0 // the pack refuses such a scale
	}
	q = min(max(q, min(c.Worst, c.Best)), max(c.Worst, c.Best))
	high, low := bits.Mul64(distance(c.Worst, q), uint64(Full))
	low, carry := bits.Add64(low, all/2, 0)
	points, _ := bits.Div64(high+carry, low, all)
	return Points(points)
}

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

// String prints points with two decimals, half up: "55.10".
func (p Points) String() string {
	hundredths := (p + Point/200) / (Point / 100)
	if p < 0 {
		return "-" + (-p).String()
	}
	return domain.FormatFixed(int64(hundredths), 2, 2)
}

// MarshalText writes the same form as String.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Raw is the value of a criterion at a site, in the criterion's unit. Low and
// High are its bounds where published readings of the same thing differ, Value
// lies between them. A criterion with levels has Level instead. Where nothing is
// published Known is false and the rest says nothing.
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
	a, b := pointsAt(c, r.Low), pointsAt(c, r.High)
	return Score{Low: min(a, b), Value: pointsAt(c, r.Value), High: max(a, b)}
}

// pointsAt is where a number stands between the ends of a scale, rounded half up
// to a millionth of a point.
func pointsAt(c *rules.Criterion, q domain.Quantity) Points {
	n, d := q-c.Worst, c.Best-c.Worst
	if d < 0 {
		n, d = -n, -d
	}
	if d == 0 {
		return 0 // the pack refuses such a scale
	}
	n = min(max(n, 0), d)
	high, low := bits.Mul64(uint64(n), uint64(Full))
	low, carry := bits.Add64(low, uint64(d)/2, 0)
	points, _ := bits.Div64(high+carry, low, uint64(d))
	return Points(points)
}

package compare

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

func TestScoreOf(t *testing.T) {
	up, down := number("up", 10, 30), number("down", 30, 10)
	levels := &rules.Criterion{ID: "status", Levels: []rules.Level{{Value: "launching", Points: 40}, {Value: "operational", Points: 100}}}
	sure := func(p Points) Score { return Score{Low: p, Value: p, High: p} }
	missing := Score{Value: 50 * Point, High: Full, Missing: true}
	for what, c := range map[string]struct {
		rule *rules.Criterion
		raw  Raw
		want Score
	}{
		"worst":                   {up, known(10), sure(0)},
		"best":                    {up, known(30), sure(Full)},
		"a quarter":               {up, known(15), sure(25 * Point)},
		"a quarter of falling":    {down, known(15), sure(75 * Point)},
		"under the scale":         {up, known(-5), sure(0)},
		"over the scale":          {up, known(31), sure(Full)},
		"beyond the best falling": {down, known(3), sure(Full)},
		"rounded half up":         {number("third", 0, 3), known(2), sure(66_666_667)},
		"readings":                {up, span(12, 15, 40), Score{Low: 10 * Point, Value: 25 * Point, High: Full}},
		"readings of falling":     {down, span(12, 15, 40), Score{Low: 0, Value: 75 * Point, High: 90 * Point}},
		"value under its span":    {up, span(20, 15, 25), Score{Low: 25 * Point, Value: 25 * Point, High: 75 * Point}},
		"value over its span":     {up, span(12, 28, 25), Score{Low: 10 * Point, Value: 90 * Point, High: 90 * Point}},
		"not published":           {up, Raw{Low: 30 * whole, Value: 30 * whole, High: 30 * whole}, missing},
		"level":                   {levels, level("launching"), sure(40 * Point)},
		"level the scale lacks":   {levels, level("sold"), missing},
		"level not published":     {levels, Raw{Level: "launching"}, missing},
		"scale without length":    {number("flat", 5, 5), known(5), sure(0)},
	} {
		if got := ScoreOf(c.rule, c.raw); got != c.want {
			t.Errorf("%s: %+v, want %+v", what, got, c.want)
		}
	}
}

// Against fractions without bounds, for any ends and value of 64 bits.
func TestScoreOfIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		any64 := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-50, 50))
		q := func(name string) domain.Quantity { return domain.Quantity(any64.Draw(t, name)) }
		c := &rules.Criterion{Worst: q("worst"), Best: q("best")}
		if c.Worst == c.Best {
			t.Skip("no scale")
		}
		v := q("value")
		whole := func(q domain.Quantity) *big.Rat { return new(big.Rat).SetInt64(int64(q)) }
		part := new(big.Rat).Sub(whole(v), whole(c.Worst))
		part.Quo(part, new(big.Rat).Sub(whole(c.Best), whole(c.Worst)))
		if part.Sign() < 0 {
			part.SetInt64(0)
		}
		if one := big.NewRat(1, 1); part.Cmp(one) > 0 {
			part = one
		}
		got := ScoreOf(c, Raw{Known: true, Low: v, Value: v, High: v}).Value
		off := part.Sub(part.Mul(part, big.NewRat(int64(Full), 1)), big.NewRat(int64(got), 1))
		half := big.NewRat(1, 2)
		if off.Cmp(half) >= 0 || off.Cmp(half.Neg(half)) < 0 {
			t.Fatalf("%d points, off by %s", got, off.RatString())
		}
	})
}

func TestPointsString(t *testing.T) {
	for p, want := range map[Points]string{
		0: "0.00", Full: "100.00", 55_104_999: "55.10", 55_105_000: "55.11", -55_105_000: "-55.11", -4_999: "0.00", 5_000: "0.01",
	} {
		if got := p.String(); got != want {
			t.Errorf("%d millionths print as %s, want %s", int64(p), got, want)
		}
	}
}

package whatif

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// Input is an assumption with the two ends of its own range, as moves from the
// project. ID names it to the caller; this package knows no list of inputs.
type Input struct {
	ID        string
	Low, High Move
}

// End is the total of the benefits at one end of an input.
type End struct {
	Benefits calc.Figure // the chosen readings, with the extremes over the open ones
	Extent   calc.Extent // AtLeast where the AIS of a year is not known
	Refused  error       // calc.Problems of the moved project; the figure says nothing then
}

// MAD is the total under the chosen readings as a chart wants it, and whether
// there is one.
func (e End) MAD() (value float64, known bool) {
	return float64(e.Benefits.Value) / 100, e.Refused == nil
}

// Swing is what the total becomes at the two ends of one input, all others as
// the project has them.
type Swing struct {
	ID        string
	Low, High End
}

// Span is how far the total moves between the ends, and whether both are known.
func (s Swing) Span() (domain.Money, bool) {
	if s.Low.Refused != nil || s.High.Refused != nil {
		return 0, false
	}
	lo, hi := s.Low.Benefits.Value, s.High.Benefits.Value
	return max(lo, hi) - min(lo, hi), true
}

// Swings is a tornado: the total as it stands, and the inputs, the one that moves
// it most first. Equal spans keep the caller's order; refused ends come last.
type Swings struct {
	Base   End
	Inputs []Swing
}

// Tornado moves one input at a time. The error is the engine's refusal of the
// project itself, or that of the context.
func Tornado(ctx context.Context, e *calc.Engine, p domain.Project, inputs []Input) (*Swings, error) {
	out := &Swings{Base: end(e, p, Move{}), Inputs: make([]Swing, len(inputs))}
	if out.Base.Refused != nil {
		return nil, fmt.Errorf("tornado: %w", out.Base.Refused)
	}
	for i, in := range inputs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("tornado: %w", err)
		}
		out.Inputs[i] = Swing{in.ID, end(e, p, in.Low), end(e, p, in.High)}
	}
	slices.SortStableFunc(out.Inputs, func(a, b Swing) int {
		x, y := a.width(), b.width()
		return cmp.Compare(y, x)
	})
	return out, nil
}

func (s Swing) width() domain.Money {
	if span, known := s.Span(); known {
		return span
	}
	return -1
}

func end(e *calc.Engine, p domain.Project, m Move) End {
	o := run(e, p, "", m)
	if o.Refused != nil {
		return End{Refused: o.Refused}
	}
	return End{Benefits: o.Result.Benefits, Extent: o.Result.Extent(calc.LineBenefits)}
}

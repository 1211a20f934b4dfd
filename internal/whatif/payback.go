package whatif

import (
	"context"
	"fmt"
	"math/bits"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// MaxCost is the largest set-up cost that can be entered, in MAD: a limit of the
// field, which keeps every sum inside 63 bits.
const MaxCost = domain.Money(1_000_000_000_000_00)

// PaybackParams are what a payback is computed from, all of it the user's own.
type PaybackParams struct {
	Cost   domain.Money  // spent before the first month
	Saving *domain.Money // MAD that a seat saves in a month against where it is today, before the offer; nil is not known
	Delays Delays        // empty: benefits count in the month that acquires them
}

// Payback says when a set-up cost is covered.
//
// The saving is that of a seat: it counts each month for the people expected
// there. Without the offer only the saving covers the cost; with the offer the
// benefits are added, in the month of payment where every benefit that brings
// something has a delay, else in the month in which they are acquired. A cost has
// no payback without a saving: it is unknown then, and what the benefits cover on
// their own is all that can be said.
type Payback struct {
	Without *Reach     // nil: the saving is not known
	With    *ReachSpan // nil: the saving is not known
	Alone   ReachSpan  // the benefits without any saving
	Paid    bool       // benefits count when they are paid, not when they are acquired
	Partly  bool       // the AIS of a year is not known: the benefits may be more
	Months  []Point    // under the chosen readings, one a counted month
}

// Reach is the month in whose course the cost is covered.
type Reach struct {
	Reached bool
	Month   domain.Month
	After   int          // counted months until then, that month included
	Missing domain.Money // at the end of the horizon, where it is not reached
}

// ReachSpan is a reach under the chosen readings, and the soonest and the latest
// over the open ones with the readings that give them.
type ReachSpan struct {
	Chosen, Soonest, Latest         Reach
	SoonestReadings, LatestReadings calc.Readings
}

// Point is what has come in by the end of a month, in MAD.
type Point struct {
	Month    domain.Month
	Saving   domain.Money // zero where the saving is not known
	Benefits domain.Money
}

// FindPayback computes the payback within the horizon of the project; what comes
// in after it is not counted. The error is a *domain.Problem for the params
// ("cost", "saving", "delays.CODE"), calc.Problems for the project, or that of
// the context.
func FindPayback(ctx context.Context, e *calc.Engine, p domain.Project, params PaybackParams) (*Payback, error) {
	if err := params.check(); err != nil {
		return nil, fmt.Errorf("payback: %w", err)
	}
	c, err := e.Case(p)
	if err != nil {
		return nil, fmt.Errorf("payback: %w", err)
	}
	chosen := c.Result()
	out := &Payback{Partly: chosen.Extent(calc.LineBenefits) != calc.Whole}
	out.Paid = params.dates(chosen)
	out.Months = params.points(c, out.Paid)
	if params.Saving != nil {
		r := params.reach(out.Months, false, true)
		out.Without = &r
		out.With = &ReachSpan{}
		out.With.start(params.reach(out.Months, true, true), chosen.Readings)
	}
	out.Alone.start(params.reach(out.Months, true, false), chosen.Readings)
	for _, read := range openReadings(e, chosen) {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("payback: %w", err)
		}
		if c, err = e.Case(withReadings(p, read)); err != nil {
			return nil, fmt.Errorf("payback: %w", err)
		}
		points := params.points(c, out.Paid)
		if out.With != nil {
			out.With.meet(params.reach(points, true, true), read)
		}
		out.Alone.meet(params.reach(points, true, false), read)
	}
	return out, nil
}

func (params PaybackParams) check() error {
	if params.Cost <= 0 || params.Cost > MaxCost {
		return domain.Refuse("cost", params.Cost.String(), "whatif.refuse.cost", "max", MaxCost)
	}
	if s := params.Saving; s != nil && (*s < 0 || *s > calc.MaxPay) {
		return domain.Refuse("saving", s.String(), "whatif.refuse.saving", "max", calc.MaxPay)
	}
	return params.Delays.Check()
}

// dates is whether every benefit that can bring something, under any open
// reading, has a delay.
func (params PaybackParams) dates(r *calc.Result) bool {
	some := false
	for _, benefit := range domain.Benefits {
		if r.Benefit(benefit).High == 0 {
			continue
		}
		if _, dated := params.Delays[benefit]; !dated {
			return false
		}
		some = true
	}
	return some
}

// points are the running sums of a case by month.
func (params PaybackParams) points(c *calc.Case, paid bool) []Point {
	months := c.ByMonth()
	out := make([]Point, len(months))
	first := months[0].Month
	for _, r := range rights(c, months) {
		if paid {
			r.Month += domain.Month(params.Delays[r.Benefit])
		}
		if i := int(r.Month - first); i < len(out) {
			out[i].Benefits += r.Amount
		}
	}
	var seats domain.Heads
	for i, m := range months {
		out[i].Month = m.Month
		if i > 0 {
			out[i].Benefits += out[i-1].Benefits
		}
		if seats += m.Heads; params.Saving != nil {
			out[i].Saving = saved(*params.Saving, seats)
		}
	}
	return out
}

// saved is a saving a seat times seats, rounded half up. MaxPay and the engine's
// limits of people and months keep the product far below 128 bits and the
// quotient below 63.
func saved(each domain.Money, seats domain.Heads) domain.Money {
	hi, lo := bits.Mul64(uint64(each), uint64(seats))
	lo, carry := bits.Add64(lo, uint64(domain.ShareOne)/2, 0)
	sum, _ := bits.Div64(hi+carry, lo, uint64(domain.ShareOne))
	return domain.Money(sum)
}

// reach finds the first point that covers the cost.
func (params PaybackParams) reach(points []Point, benefits, saving bool) Reach {
	var in domain.Money
	for i, p := range points {
		in = 0
		if benefits {
			in += p.Benefits
		}
		if saving {
			in += p.Saving
		}
		if in >= params.Cost {
			return Reach{Reached: true, Month: p.Month, After: i + 1}
		}
	}
	return Reach{Missing: params.Cost - in}
}

func (s *ReachSpan) start(r Reach, read calc.Readings) {
	*s = ReachSpan{Chosen: r, Soonest: r, Latest: r, SoonestReadings: read, LatestReadings: read}
}

func (s *ReachSpan) meet(r Reach, read calc.Readings) {
	if r.before(s.Soonest) {
		s.Soonest, s.SoonestReadings = r, read
	}
	if s.Latest.before(r) {
		s.Latest, s.LatestReadings = r, read
	}
}

// before is whether r is sooner, or nearer to the cost where neither reaches it.
func (r Reach) before(other Reach) bool {
	switch {
	case r.Reached && other.Reached:
		return r.After < other.After
	case r.Reached || other.Reached:
		return r.Reached
	}
	return r.Missing < other.Missing
}

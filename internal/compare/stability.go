package compare

import (
	"context"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"

	"atlasp2i/internal/domain"
)

// Stability is how far the share of one weight may move, the others keeping their
// proportions, with the same sites first. The ends are rounded inwards, and never
// past the share as it stands. Where a site takes over, it draws level at that
// end and is ahead beyond it.
type Stability struct {
	From, To  domain.Share // both included
	Below     int          // who takes over below From (an index of Sites), -1 for nobody
	Above     int          // who takes over above To, -1 for nobody
	Undefined bool         // the criterion has all the weight: the others have no proportions to keep
}

// stability is closed form: the lead of a leader over another site is a straight
// line in the share, so each pair is level at one share at most. Of several sites
// that draw level at the same share the one whose line is steepest is ahead beyond.
func (r *Result) stability(k int, total int64) Stability {
	out := Stability{To: domain.ShareOne, Below: -1, Above: -1}
	rest := total - r.Criteria[k].Points
	if rest == 0 {
		return Stability{From: domain.ShareOne, To: domain.ShareOne, Below: -1, Above: -1, Undefined: true}
	}
	from, to := new(big.Rat), big.NewRat(1, 1)
	below, above := int64(math.MaxInt64), int64(math.MinInt64) // slopes of those that take over
	for _, a := range r.Leaders {
		for _, j := range r.Order {
			start, slope := r.lead(a, j, k, rest)
			if slope == 0 {
				continue
			}
			level := big.NewRat(-start, slope)
			onFrom, onTo := level.Cmp(from), level.Cmp(to)
			switch {
			case slope > 0 && (onFrom > 0 || onFrom == 0 && slope > below):
				from, below, out.Below = level, slope, j
			case slope < 0 && (onTo < 0 || onTo == 0 && slope < above):
				to, above, out.Above = level, slope, j
			}
		}
	}
	share := r.Criteria[k].Share
	out.From, out.To = min(roundUp(from), share), max(roundDown(to), share)
	return out
}

// lead is the lead of site a over site j as a line in the share t of criterion k:
// start + t * slope, both times rest, the weight of the other criteria. With share
// t the lead is t times the difference on k plus (1-t) times that on the others.
func (r *Result) lead(a, j, k int, rest int64) (start, slope int64) {
	x, y := &r.Sites[a], &r.Sites[j]
	diff := int64(x.Scores[k].Value - y.Scores[k].Value)
	start = x.value - y.value - r.Criteria[k].Points*diff
	return start, diff*rest - start
}

// roundDown and roundUp give a share of [0, 1] in millionths.
func roundDown(x *big.Rat) domain.Share {
	n := new(big.Int).Mul(x.Num(), big.NewInt(int64(domain.ShareOne)))
	return domain.Share(n.Div(n, x.Denom()).Int64())
}

func roundUp(x *big.Rat) domain.Share {
	n := new(big.Int).Mul(x.Num(), big.NewInt(int64(domain.ShareOne)))
	n.Add(n, x.Denom()).Sub(n, big.NewInt(1))
	return domain.Share(n.Div(n, x.Denom()).Int64())
}

// DrawShares is in how many of the drawn sets of weights a site comes first,
// rounded down to a millionth.
type DrawShares struct {
	First    domain.Share // no other has a higher central quality; a tie counts for each
	Sure     domain.Share // ahead of all others whatever is unknown
	Possible domain.Share // first if what is unknown turns out well for it
}

// chunk is after how many draws ctx is looked at and progress told.
const chunk = 500

// drawn is what one site gets over the draws: its sums of this one, and how often
// it came first.
type drawn struct {
	low, value, high      int64
	first, sure, possible int64
}

// draw tries weights around the given ones: each times a factor between one less
// and one more Spread. Each criterion has a stream of its own, from the seed and
// its id, so that neither their order nor their company changes it.
func (r *Result) draw(ctx context.Context, in *Input, progress func(done, of int)) error {
	n := in.Draws.Count
	if n <= 0 {
		return nil
	}
	streams := make([]*rand.Rand, len(in.Criteria))
	for k, c := range in.Criteria {
		h := fnv.New64a()
		_, _ = h.Write([]byte(c.Rule.ID))
		streams[k] = rand.New(rand.NewPCG(in.Draws.Seed, h.Sum64()))
	}
	spread := min(max(in.Draws.Spread, 0), domain.ShareOne)
	weights := make([]int64, len(streams))
	sites := make([]drawn, len(r.Order))
	for done := range n {
		if done%chunk == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if progress != nil {
				progress(done, n)
			}
		}
		for k, c := range in.Criteria {
			factor := int64(domain.ShareOne-spread) + streams[k].Int64N(2*int64(spread)+1)
			weights[k] = c.Weight * factor
		}
		r.weigh(weights, sites)
		count(sites)
	}
	for at, i := range r.Order {
		share := func(times int64) domain.Share { return domain.Share(times * int64(domain.ShareOne) / int64(n)) }
		s := &sites[at]
		r.Sites[i].Draws = DrawShares{First: share(s.first), Sure: share(s.sure), Possible: share(s.possible)}
	}
	return nil
}

// weigh scores the ranked sites, which stand in Order, under one set of weights.
func (r *Result) weigh(weights []int64, sites []drawn) {
	for at, i := range r.Order {
		s := &sites[at]
		s.low, s.value, s.high = 0, 0, 0
		for k, sc := range r.Sites[i].Scores {
			s.low += weights[k] * int64(sc.Low)
			s.value += weights[k] * int64(sc.Value)
			s.high += weights[k] * int64(sc.High)
		}
	}
}

// count counts who is first under the sums as they stand.
func count(sites []drawn) {
	for i := range sites {
		s := &sites[i]
		first, sure, possible := true, true, true
		for j := range sites {
			if other := &sites[j]; i != j {
				first = first && other.value <= s.value
				sure = sure && other.high < s.low
				possible = possible && other.low <= s.high
			}
		}
		s.first, s.sure, s.possible = s.first+one(first), s.sure+one(sure), s.possible+one(possible)
	}
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

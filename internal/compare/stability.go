package compare

import (
	"context"
	"hash/fnv"
	"math/big"
	"math/rand/v2"
	"slices"

	"atlasp2i/internal/domain"
)

// Stability is how far the share of one weight may move, the others keeping their
// proportions, with the same sites first. Both ends are included; at an end that
// is inside (0, 1) another site draws level, and takes over beyond it.
type Stability struct {
	From, To  domain.Share // From rounded up, To rounded down
	Below     int          // who takes over below From (an index of Sites), -1 for nobody
	Above     int          // who takes over above To, -1 for nobody
	Undefined bool         // the criterion has all the weight: the others have no proportions to keep
}

// stability is closed form: with a share t for criterion k the lead of a leader a
// over another site j is t(1-w) times their difference on k, plus (1-t) times the
// difference of all the rest, which is straight in t.
func (r *Result) stability(k int, total int64) Stability {
	out := Stability{To: domain.ShareOne, Below: -1, Above: -1}
	rest := total - r.Criteria[k].Points
	if rest == 0 {
		return Stability{From: domain.ShareOne, To: domain.ShareOne, Below: -1, Above: -1, Undefined: true}
	}
	from, to := new(big.Rat), big.NewRat(1, 1)
	for _, a := range r.Leaders {
		for _, j := range r.Order {
			if a == j {
				continue
			}
			at, rising := r.level(a, j, k, rest)
			switch {
			case at == nil:
			case rising && at.Cmp(from) > 0:
				from, out.Below = at, j
			case !rising && at.Cmp(to) < 0:
				to, out.Above = at, j
			}
		}
	}
	out.From, out.To = roundUp(from), roundDown(to)
	return out
}

// level is the share of criterion k at which leader a and site j are level, and
// whether the lead of a grows with the share; nil where the lead never changes.
func (r *Result) level(a, j, k int, rest int64) (at *big.Rat, rising bool) {
	x, y := &r.Sites[a], &r.Sites[j]
	diff := int64(x.Scores[k].Value - y.Scores[k].Value)
	onK := new(big.Int).Mul(big.NewInt(diff), big.NewInt(rest))
	onRest := big.NewInt(x.value - y.value - r.Criteria[k].Points*diff)
	slope := new(big.Int).Sub(onK, onRest)
	if slope.Sign() == 0 {
		return nil, false
	}
	return new(big.Rat).SetFrac(new(big.Int).Neg(onRest), slope), slope.Sign() > 0
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

// DrawShares is in how many of the drawn sets of weights a site comes first.
type DrawShares struct {
	First    domain.Share // no other has a higher central quality; a tie counts for each
	Sure     domain.Share // first whatever is unknown
	Possible domain.Share // first if what is unknown turns out well for it
}

// between draws ctx is looked at and progress told.
const chunk = 500

// draw tries weights around the given ones: each times a factor between one less
// and one more Spread. Each criterion has a stream of its own, from the seed and
// its id, so that neither their order nor their company changes it.
func (r *Result) draw(ctx context.Context, in *Input, progress func(done, of int)) error {
	n := in.Draws.Count
	streams := make([]*rand.Rand, len(in.Criteria))
	for k, c := range in.Criteria {
		h := fnv.New64a()
		_, _ = h.Write([]byte(c.Rule.ID))
		streams[k] = rand.New(rand.NewPCG(in.Draws.Seed, h.Sum64()))
	}
	spread := uint64(min(in.Draws.Spread, domain.ShareOne))
	weights := make([]int64, len(streams))
	counts := make([][3]int64, len(r.Sites)) // first, sure, possible
	sums := make([][3]int64, len(r.Sites))   // low, value, high
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
			weights[k] = c.Weight * int64(uint64(domain.ShareOne)-spread+streams[k].Uint64N(2*spread+1))
		}
		r.count(weights, sums, counts)
	}
	for _, i := range r.Order {
		share := func(of int) domain.Share {
			return domain.Share(divide(counts[i][of]*int64(domain.ShareOne), int64(max(n, 1))))
		}
		r.Sites[i].Draws = DrawShares{First: share(0), Sure: share(1), Possible: share(2)}
	}
	return nil
}

// count scores the ranked sites under one set of weights and counts who is first.
func (r *Result) count(weights []int64, sums, counts [][3]int64) {
	for _, i := range r.Order {
		sums[i] = [3]int64{}
		for k, w := range weights {
			s := &r.Sites[i].Scores[k]
			sums[i][0] += w * int64(s.Low)
			sums[i][1] += w * int64(s.Value)
			sums[i][2] += w * int64(s.High)
		}
	}
	for _, i := range r.Order {
		beats := func(mine, theirs int, strictly bool) bool {
			return !slices.ContainsFunc(r.Order, func(j int) bool {
				return i != j && (sums[j][theirs] > sums[i][mine] || strictly && sums[j][theirs] == sums[i][mine])
			})
		}
		if beats(1, 1, false) {
			counts[i][0]++
		}
		if beats(0, 2, true) {
			counts[i][1]++
		}
		if beats(2, 0, false) {
			counts[i][2]++
		}
	}
}

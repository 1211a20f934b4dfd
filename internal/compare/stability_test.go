package compare

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// scorer scores the ranked sites with another share of one criterion, straight
// from the definition: the others keep their proportions.
type scorer struct {
	r     *Result
	k     int
	total int64
}

func newScorer(r *Result, k int) scorer {
	s := scorer{r: r, k: k}
	for _, c := range r.Criteria {
		s.total += c.Points
	}
	return s
}

// quality is exact: sum of share times score.
func (s scorer) quality(i int, t *big.Rat) *big.Rat {
	sum := new(big.Rat)
	left := new(big.Rat).Sub(big.NewRat(1, 1), t)
	for k, c := range s.r.Criteria {
		share := t
		if k != s.k {
			share = new(big.Rat).Mul(left, big.NewRat(c.Points, s.total-s.r.Criteria[s.k].Points))
		}
		points := new(big.Rat).SetInt64(int64(s.r.Sites[i].Scores[k].Value))
		sum.Add(sum, points.Mul(points, share))
	}
	return sum
}

// first are the sites that no other is ahead of, by order of Sites.
func (s scorer) first(t *big.Rat) []int {
	var out []int
	var best *big.Rat
	for _, i := range s.r.Order {
		q := s.quality(i, t)
		switch {
		case best == nil || q.Cmp(best) > 0:
			best, out = q, []int{i}
		case q.Cmp(best) == 0:
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// lead says whether all the leaders are first with share t, and whether alone.
func (s scorer) lead(t *big.Rat) (all, alone bool) {
	first := s.first(t)
	all = !slices.ContainsFunc(s.r.Leaders, func(i int) bool { return !slices.Contains(first, i) })
	return all, all && len(first) == len(s.r.Leaders)
}

// levels are the shares in (0, 1) at which any two sites are level, in order: the
// quality of a site is a straight line from share 0 to share 1.
func (s scorer) levels() []*big.Rat {
	zero, one := new(big.Rat), big.NewRat(1, 1)
	out := []*big.Rat{zero, one}
	for _, i := range s.r.Order {
		for _, j := range s.r.Order {
			at0 := new(big.Rat).Sub(s.quality(i, zero), s.quality(j, zero))
			at1 := new(big.Rat).Sub(s.quality(i, one), s.quality(j, one))
			if at0.Sign()*at1.Sign() < 0 {
				out = append(out, at0.Quo(at0, new(big.Rat).Sub(at0, at1)))
			}
		}
	}
	slices.SortFunc(out, func(a, b *big.Rat) int { return a.Cmp(b) })
	return slices.CompactFunc(out, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
}

func millionths(t *big.Rat) *big.Rat {
	return new(big.Rat).Mul(t, big.NewRat(int64(domain.ShareOne), 1))
}

// reach walks from the share as it stands to each point where two sites are level,
// as long as the leaders stay first, and says who is first beyond.
func (s scorer) reach(now *big.Rat, up bool) (end *big.Rat, beyond []int) {
	levels := s.levels()
	if !up {
		slices.Reverse(levels)
	}
	at := now
	for _, next := range levels {
		if d := next.Cmp(at); up && d <= 0 || !up && d >= 0 {
			continue
		}
		middle := new(big.Rat).Add(at, next)
		middle.Mul(middle, big.NewRat(1, 2))
		if all, _ := s.lead(middle); !all {
			return at, s.first(middle)
		}
		at = next
	}
	return at, nil
}

func TestStabilityIsWhatWalkingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := run(t, input.Draw(t, "input"))
		for k, c := range r.Criteria {
			s, got := newScorer(r, k), c.Stability
			if c.Points == s.total {
				if want := (Stability{domain.ShareOne, domain.ShareOne, -1, -1, true}); got != want {
					t.Fatalf("%s has all the weight: %+v", c.ID, got)
				}
				continue
			}
			now := big.NewRat(c.Points, s.total)
			from, before := s.reach(now, false)
			to, after := s.reach(now, true)
			if got.From > c.Share || got.To < c.Share || got.Undefined {
				t.Fatalf("%s: %+v does not hold its share %s", c.ID, got, c.Share)
			}
			if !near(got.From, from, c.Share) || !near(got.To, to, c.Share) {
				t.Fatalf("%s: %+v, walking finds %s to %s", c.ID, got, from.RatString(), to.RatString())
			}
			for _, x := range []struct {
				who    int
				beyond []int
			}{{got.Below, before}, {got.Above, after}} {
				if (x.who < 0) != (len(x.beyond) == 0) || x.who >= 0 && !slices.Contains(x.beyond, x.who) {
					t.Fatalf("%s: %+v, walking finds %v below and %v above", c.ID, got, before, after)
				}
			}
		}
	})
}

// near is whether a rounded end is right: inside by less than a millionth, or the
// share as it stands, which is never left out.
func near(got domain.Share, end *big.Rat, share domain.Share) bool {
	off := new(big.Rat).Sub(big.NewRat(int64(got), 1), millionths(end))
	if got == share {
		return off.Abs(off).Cmp(big.NewRat(1, 1)) < 0
	}
	if got > share {
		off.Neg(off)
	}
	return off.Sign() >= 0 && off.Cmp(big.NewRat(1, 1)) < 0
}

// On a fine grid of shares: the same sites first inside, others outside.
func TestStabilityOnAGrid(t *testing.T) {
	const steps = 200
	rapid.Check(t, func(t *rapid.T) {
		r := run(t, input.Draw(t, "input"))
		k := rapid.IntRange(0, len(r.Criteria)-1).Draw(t, "criterion")
		s, got := newScorer(r, k), r.Criteria[k].Stability
		if got.Undefined || len(r.Order) == 0 {
			t.Skip("nothing moves")
		}
		grid := []domain.Share{got.From - 1, got.From - 2, got.From + 1, got.To - 1, got.To + 1, got.To + 2}
		for n := range domain.Share(steps + 1) {
			grid = append(grid, n*domain.ShareOne/steps)
		}
		for _, x := range grid {
			if x < 0 || x > domain.ShareOne {
				continue
			}
			all, alone := s.lead(big.NewRat(int64(x), int64(domain.ShareOne)))
			inside := got.From < x && x < got.To
			outside := x < got.From-1 || x > got.To+1
			if inside && !alone || outside && all {
				t.Fatalf("with share %s the first are %v; %+v holds for %v", x, s.first(big.NewRat(int64(x), int64(domain.ShareOne))), got, r.Leaders)
			}
		}
	})
}

// Two sites draw level with the leader at the same share, 1/2; beyond it the one
// that gains most with the criterion is ahead, whichever stands first.
func TestStabilityNamesTheSteepest(t *testing.T) {
	a, b := number("a", 0, 100), number("b", 0, 100)
	site := func(id string, onA, onB int64) Site {
		return Site{ID: id, Raw: map[string]Raw{"a": known(onA), "b": known(onB)}}
	}
	in := Input{
		Criteria: []Criterion{{a, 80}, {b, 20}},
		Sites:    []Site{site("leader", 60, 40), site("slow", 50, 50), site("steep", 10, 90)},
	}
	for range 2 {
		r := run(t, in)
		got := r.Criteria[0].Stability
		if got.From != domain.ShareOne/2 || got.To != domain.ShareOne || ids(r, got.Below, got.Above)[0] != "steep" || got.Above != -1 {
			t.Errorf("%+v: %v take over", got, ids(r, got.Below, got.Above))
		}
		got = r.Criteria[1].Stability
		if got.From != 0 || got.To != domain.ShareOne/2 || got.Below != -1 || ids(r, got.Above)[0] != "steep" {
			t.Errorf("%+v: %v take over", got, ids(r, got.Below, got.Above))
		}
		slices.Reverse(in.Sites)
	}
}

// Leaders that are level only at a third: no millionth is a third, and the share
// as it is printed stands for it.
func TestStabilityOfATieThatAnyMoveBreaks(t *testing.T) {
	in := Input{
		Criteria: []Criterion{{number("a", 0, 100), 1}, {number("b", 0, 100), 2}},
		Sites: []Site{
			{ID: "x", Raw: map[string]Raw{"a": known(100), "b": known(0)}},
			{ID: "y", Raw: map[string]Raw{"a": known(0), "b": known(50)}},
		},
	}
	r := run(t, in)
	if len(r.Leaders) != 2 {
		t.Fatalf("leaders %v", r.Leaders)
	}
	for k, want := range [][]string{{"y", "x"}, {"x", "y"}} {
		c := r.Criteria[k]
		if got := c.Stability; got.From != c.Share || got.To != c.Share || !slices.Equal(ids(r, got.Below, got.Above), want) {
			t.Errorf("%s with share %s: %+v", c.ID, c.Share, got)
		}
	}
}

// One site surely has 40 to 80 points, the other 30 to 55: their intervals
// overlap, so neither is first whatever is unknown, and either may be.
func TestDrawSharesLookAtTheBounds(t *testing.T) {
	r := run(t, Input{
		Criteria: []Criterion{{Rule: number("a", 0, 100), Weight: 10}},
		Sites:    []Site{{ID: "x", Raw: map[string]Raw{"a": span(40, 60, 80)}}, {ID: "y", Raw: map[string]Raw{"a": span(30, 35, 55)}}},
		Draws:    rules.Draws{Count: 10},
	})
	all := domain.ShareOne
	for i, want := range []DrawShares{{First: all, Sure: 0, Possible: all}, {First: 0, Sure: 0, Possible: all}} {
		if got := r.Sites[i].Draws; got != want {
			t.Errorf("site %s: %+v, want %+v", r.Sites[i].ID, got, want)
		}
	}
}

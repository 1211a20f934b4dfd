package compare

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

// Read the other way round it says the same of adding a site.
func TestRemovingASiteLeavesTheOthersAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		if len(in.Sites) == 1 {
			in.Sites = append(in.Sites, drawSite(t, "s9", in.Criteria))
		}
		gone := rapid.IntRange(0, len(in.Sites)-1).Draw(t, "gone")
		all, fewer := run(t, in), run(t, in.without(gone))
		for _, s := range fewer.Sites {
			before := all.Sites[at(all, s.ID)]
			before.Rank, before.Draws, s.Rank, s.Draws = Rank{}, DrawShares{}, Rank{}, DrawShares{}
			if !reflect.DeepEqual(before, s) {
				t.Fatalf("without %s site %s is %+v, with it %+v", in.Sites[gone].ID, s.ID, s, before)
			}
		}
		want := slices.DeleteFunc(ids(all, all.Order...), func(id string) bool { return id == in.Sites[gone].ID })
		if got := ids(fewer, fewer.Order...); !slices.Equal(got, want) {
			t.Fatalf("without %s the order is %v, want %v", in.Sites[gone].ID, got, want)
		}
	})
}

func TestPermutingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		other := in
		other.Sites = rapid.Permutation(in.Sites).Draw(t, "sites")
		other.Criteria = rapid.Permutation(in.Criteria).Draw(t, "criteria")
		if a, b := name(run(t, in)), name(run(t, other)); !reflect.DeepEqual(a, b) {
			t.Fatalf("in one order\n%+v\nin another\n%+v", a, b)
		}
	})
}

func TestRaisingAScoreNeverLowersTheSite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		i := rapid.IntRange(0, len(in.Sites)-1).Draw(t, "site")
		c := rapid.SampledFrom(in.Criteria).Draw(t, "criterion").Rule
		raw := in.Sites[i].Raw[c.ID]
		up := domain.Quantity(rapid.Int64Range(1, 12).Draw(t, "up")) * whole
		if c.Best < c.Worst {
			up = -up
		}
		was := ScoreOf(c, raw)
		raw.Low, raw.Value, raw.High = raw.Low+up, raw.Value+up, raw.High+up
		if len(c.Levels) > 0 {
			raw.Level = "high"
		}
		if was.Missing {
			t.Skip("nothing to raise")
		}
		if now := ScoreOf(c, raw); now.Low < was.Low || now.Value < was.Value || now.High < was.High {
			t.Fatalf("a better value scores %+v, it was %+v", now, was)
		}
		before, after := run(t, in), run(t, in.with(i, c.ID, raw))
		a, b := before.Sites[i], after.Sites[i]
		if b.Rank.Best > a.Rank.Best || b.Rank.Worst > a.Rank.Worst || place(after, i) > place(before, i) ||
			slices.Index(after.Order, i) > slices.Index(before.Order, i) {
			t.Fatalf("from rank %+v to %+v, place %d to %d", a.Rank, b.Rank, place(before, i), place(after, i))
		}
		if b.Draws.First < a.Draws.First || b.Draws.Sure < a.Draws.Sure || b.Draws.Possible < a.Draws.Possible {
			t.Fatalf("draws %+v, they were %+v", b.Draws, a.Draws)
		}
	})
}

// complete gives every value that is open one of those it may have: any where
// nothing is published, one within the span where readings differ.
func complete(t *rapid.T, in Input, pick func(site int, low, high domain.Quantity) domain.Quantity) Input {
	for i, s := range in.Sites {
		for _, c := range in.Criteria {
			raw := s.Raw[c.Rule.ID]
			low, high := raw.Low, raw.High
			switch missing := ScoreOf(c.Rule, raw).Missing; {
			case missing && len(c.Rule.Levels) > 0:
				raw = level(rapid.SampledFrom([]string{"low", "middle", "high"}).Draw(t, s.ID+" "+c.Rule.ID))
			case missing:
				low, high = c.Rule.Worst, c.Rule.Best
				fallthrough
			default:
				if c.Rule.Best < c.Rule.Worst {
					low, high = max(low, high), min(low, high)
				}
				n := pick(i, low, high)
				raw.Known, raw.Low, raw.Value, raw.High = true, n, n, n
			}
			in = in.with(i, c.Rule.ID, raw)
		}
	}
	return in
}

func TestIntervalsContainEveryCompletion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		open := run(t, in)
		closed := run(t, complete(t, in, func(_ int, low, high domain.Quantity) domain.Quantity {
			return domain.Quantity(rapid.Int64Range(int64(min(low, high)), int64(max(low, high))).Draw(t, "value"))
		}))
		for i, s := range open.Sites {
			got := closed.Sites[i]
			if got.Quality.Missing || got.value < s.low || got.value > s.high || got.Quality.Value < s.Quality.Low || got.Quality.Value > s.Quality.High {
				t.Fatalf("%s: quality %+v is not within %+v", s.ID, got.Quality, s.Quality)
			}
			if s.Out {
				continue
			}
			if p := place(closed, i); p < s.Rank.Best || p > s.Rank.Worst {
				t.Fatalf("%s: place %d is not within %+v", s.ID, p, s.Rank)
			}
			for _, j := range open.Order {
				if open.Separated(i, j) && closed.Sites[i].value <= closed.Sites[j].value {
					t.Fatalf("%s was sure to be before %s and is not", s.ID, open.Sites[j].ID)
				}
			}
		}
	})
}

// Nothing narrower would do: what is unknown can turn out so that a site has its
// best rank, and so that it has its worst.
func TestRankIntervalsAreReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		in.Criteria = slices.DeleteFunc(in.Criteria, func(c Criterion) bool { return len(c.Rule.Levels) > 0 || c.Weight == 0 })
		if len(in.Criteria) == 0 {
			t.Skip("only levels")
		}
		open := run(t, in)
		for _, mine := range open.Order {
			for _, well := range []bool{true, false} {
				closed := run(t, complete(t, in, func(site int, low, high domain.Quantity) domain.Quantity {
					if (site == mine) == well {
						return high
					}
					return low
				}))
				want := open.Sites[mine].Rank.Worst
				if well {
					want = open.Sites[mine].Rank.Best
				}
				if got := place(closed, mine); got != want {
					t.Fatalf("%s: place %d, want %d of %+v", open.Sites[mine].ID, got, want, open.Sites[mine].Rank)
				}
			}
		}
	})
}

func TestContributionsSumToTheDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := run(t, input.Draw(t, "input"))
		total := int64(0)
		for _, c := range r.Criteria {
			total += c.Points
		}
		for a := range r.Sites {
			for b := range r.Sites {
				sum, signs, w := int64(0), [2]int{}, r.Explain(a, b)
				for k, c := range r.Criteria {
					add := c.Points * int64(r.Sites[a].Scores[k].Value-r.Sites[b].Scores[k].Value)
					sum += add
					if add > 0 {
						signs[0]++
					} else if add < 0 {
						signs[1]++
					}
					checkNamed(t, c.ID, add, total, w)
					missing := r.Sites[a].Scores[k].Missing || r.Sites[b].Scores[k].Missing
					for _, named := range slices.Concat(w.For, w.Against) {
						if named.Criterion == c.ID && named.Missing != missing {
							t.Fatalf("%s is marked missing: %v", c.ID, named.Missing)
						}
					}
				}
				if sum != r.Sites[a].value-r.Sites[b].value {
					t.Fatalf("contributions of %d, the distance is %d", sum, r.Sites[a].value-r.Sites[b].value)
				}
				if len(w.For) != min(signs[0], 3) || len(w.Against) != min(signs[1], 2) {
					t.Fatalf("%d for and %d against: %+v", signs[0], signs[1], w)
				}
			}
		}
	})
}

// checkNamed holds one exact contribution, add over total, against what is named.
func checkNamed(t *rapid.T, criterion string, add, total int64, w Why) {
	list, sign := w.For, int64(1)
	if add < 0 {
		list, sign = w.Against, -1
	}
	i := slices.IndexFunc(list, func(c Contribution) bool { return c.Criterion == criterion })
	if i < 0 {
		if add != 0 && 2*(int64(list[len(list)-1].Points)*total-add)*sign < -total {
			t.Fatalf("%s adds %d/%d and is not named in %+v", criterion, add, total, list)
		}
		return
	}
	if off := 2 * (int64(list[i].Points)*total - add); add == 0 || off > total || off < -total {
		t.Fatalf("%s adds %d/%d and %s is named", criterion, add, total, list[i].Points)
	}
}

func TestDrawShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input.Draw(t, "input")
		r := run(t, in)
		if again := run(t, in); !reflect.DeepEqual(r, again) {
			t.Fatalf("the same seed gives\n%+v\nand\n%+v", r, again)
		}
		var sure, first domain.Share
		for _, s := range r.Sites {
			d := s.Draws
			if d.Sure < 0 || d.Sure > d.First || d.First > d.Possible || d.Possible > domain.ShareOne {
				t.Fatalf("%s: %+v", s.ID, d)
			}
			if (s.Out || in.Draws.Count == 0) && d != (DrawShares{}) {
				t.Fatalf("%s takes no part: %+v", s.ID, d)
			}
			sure, first = sure+d.Sure, first+d.First
		}
		// Somebody is first in each draw; each site loses less than a millionth by rounding.
		if sure > domain.ShareOne || in.Draws.Count > 0 && len(r.Order) > 0 && first <= domain.ShareOne-domain.Share(len(r.Order)) {
			t.Fatalf("sure add up to %s, first to %s", sure, first)
		}
	})
}

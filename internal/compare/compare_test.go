package compare

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// two is two sites and two criteria; the first site is ahead.
func two() Input {
	return Input{
		Criteria: []Criterion{{number("a", 0, 100), 60}, {number("b", 0, 100), 40}},
		Sites: []Site{
			{ID: "x", Raw: map[string]Raw{"a": known(80), "b": known(50)}},
			{ID: "y", Raw: map[string]Raw{"a": known(50), "b": known(60)}},
		},
		Draws: rules.Draws{Count: 1000, Spread: domain.ShareOne / 2, Seed: 7},
	}
}

func TestCompareRefuses(t *testing.T) {
	for what, c := range map[string]struct {
		change            func(in *Input)
		field, value, key string
	}{
		"no site":         {func(in *Input) { in.Sites = nil }, "sites", "", "compare.sites.none"},
		"a site twice":    {func(in *Input) { in.Sites[1].ID = "x" }, "sites", "x", "compare.sites.twice"},
		"weights all 0":   {func(in *Input) { in.Criteria[0].Weight, in.Criteria[1].Weight = 0, 0 }, "weights", "", "compare.weights.zero"},
		"no criterion":    {func(in *Input) { in.Criteria = nil }, "weights", "", "compare.weights.zero"},
		"negative":        {func(in *Input) { in.Criteria[1].Weight = -1 }, "weights.b", "-1", "compare.weight.range"},
		"too heavy":       {func(in *Input) { in.Criteria[1].Weight = MaxWeight + 1 }, "weights.b", "1001", "compare.weight.range"},
		"criterion twice": {func(in *Input) { in.Criteria[1].Rule = number("a", 0, 9) }, "weights", "a", "compare.criterion.twice"},
		"nine criteria": {func(in *Input) {
			for i := range rules.MaxCriteria - 1 {
				in.Criteria = append(in.Criteria, Criterion{number(fmt.Sprint(i), 0, 1), 1})
			}
		}, "weights", "9", "compare.criteria.many"},
	} {
		in := two()
		c.change(&in)
		_, err := Compare(context.Background(), in, nil)
		var wrong *domain.Problem
		if !errors.As(err, &wrong) || wrong.Field != c.field || wrong.Value != c.value || wrong.Msg.Key != c.key {
			t.Errorf("%s: %v, want %s at %s of %q", what, err, c.key, c.field, c.value)
		}
	}
}

// The edges that are accepted: most criteria, most weight, most extreme values.
func TestCompareAtTheLimits(t *testing.T) {
	in := Input{Draws: rules.Draws{Count: 200, Spread: domain.ShareOne}}
	best, worst := Site{ID: "best", Raw: map[string]Raw{}}, Site{ID: "worst", Raw: map[string]Raw{}}
	for i := range rules.MaxCriteria {
		c := &rules.Criterion{ID: fmt.Sprint(i), Best: 1<<63 - 1}
		in.Criteria = append(in.Criteria, Criterion{c, MaxWeight})
		best.Raw[c.ID], worst.Raw[c.ID] = Raw{Known: true, Low: c.Best, Value: c.Best, High: c.Best}, known(0)
	}
	in.Sites = []Site{worst, best}
	r := run(t, in)
	if got := r.Sites[1]; got.Quality != (Score{Low: Full, Value: Full, High: Full}) || got.Draws != (DrawShares{domain.ShareOne, domain.ShareOne, domain.ShareOne}) {
		t.Errorf("full everywhere: %+v", got)
	}
	if got := r.Sites[0]; got.Quality != (Score{}) || got.Draws != (DrawShares{}) || got.Rank != (Rank{2, 2}) {
		t.Errorf("nothing anywhere: %+v", got)
	}
}

// A criterion without any value stays: all of them keep an interval for it.
func TestCriterionWithoutAnyValue(t *testing.T) {
	in := two()
	for i := range in.Sites {
		delete(in.Sites[i].Raw, "b")
	}
	r := run(t, in)
	if !slices.Equal(r.Empty, []string{"b"}) || len(r.Criteria) != 2 || r.Criteria[1].Share != 400_000 {
		t.Errorf("empty %v, criteria %+v", r.Empty, r.Criteria)
	}
	if got, want := r.Sites[0].Quality, (Score{Low: 48 * Point, Value: 68 * Point, High: 88 * Point, Missing: true}); got != want {
		t.Errorf("quality %+v, want %+v", got, want)
	}
	if !slices.Equal(ids(r, r.Tied()...), []string{"y"}) || r.Separated(0, 1) {
		t.Errorf("tied within the uncertainty: %v", r.Tied())
	}
	if got := r.Criteria[1].Stability; got.From != 0 || got.To != domain.ShareOne || got.Below != -1 || got.Above != -1 {
		t.Errorf("it orders nothing and its stability is %+v", got)
	}
	in.Criteria[1].Weight = 0
	if r = run(t, in); len(r.Empty) != 0 || r.Sites[0].Quality.Missing {
		t.Errorf("without weight: empty %v, quality %+v", r.Empty, r.Sites[0].Quality)
	}
}

func TestEqualSites(t *testing.T) {
	in := two()
	in.Sites[0].Raw = in.Sites[1].Raw
	in.Sites[0].ID = "z"
	r := run(t, in)
	if want := []string{"y", "z"}; !slices.Equal(ids(r, r.Order...), want) || !slices.Equal(ids(r, r.Leaders...), want) || len(r.Tied()) != 0 {
		t.Errorf("order %v, leaders %v, tied %v", r.Order, r.Leaders, r.Tied())
	}
	for _, s := range r.Sites {
		if s.Rank != (Rank{1, 1}) || s.Draws != (DrawShares{First: domain.ShareOne, Possible: domain.ShareOne}) {
			t.Errorf("%s: %+v", s.ID, s)
		}
	}
	for _, c := range r.Criteria {
		if got, want := c.Stability, (Stability{To: domain.ShareOne, Below: -1, Above: -1}); got != want {
			t.Errorf("%s: %+v", c.ID, got)
		}
	}
	if w := r.Why[0]; w.Points != 0 || len(w.For)+len(w.Against) != 0 {
		t.Errorf("why one before its equal: %+v", w)
	}
}

func TestAllWeightOnOneCriterion(t *testing.T) {
	in := two()
	in.Criteria[1].Weight = 0
	r := run(t, in)
	if got := r.Criteria[0].Stability; !got.Undefined || got.From != domain.ShareOne {
		t.Errorf("the one with all the weight: %+v", got)
	}
	// x is 30 ahead on a and 10 behind on b: level at a quarter on a.
	if got, want := r.Criteria[1].Stability, (Stability{To: 750_000, Below: -1, Above: 1}); got != want {
		t.Errorf("the one without weight: %+v, want %+v", got, want)
	}
	if r.Sites[0].Draws.First != domain.ShareOne {
		t.Errorf("draws %+v", r.Sites[0].Draws)
	}
}

func TestMustHaves(t *testing.T) {
	for what, c := range map[string]struct {
		states      []string
		out, unsure bool
	}{
		"passed":             {[]string{Pass, Pass}, false, false},
		"failed":             {[]string{Pass, Fail}, true, false},
		"unknown":            {[]string{Unknown, Pass}, false, true},
		"failed and unknown": {[]string{Unknown, Fail}, true, true},
		"no state":           {[]string{""}, false, true},
	} {
		in := two()
		for _, state := range c.states {
			in.Sites[0].Must = append(in.Sites[0].Must, Must{ID: "m", State: state})
		}
		r := run(t, in)
		got := r.Sites[0]
		if got.Out != c.out || got.Unsure != c.unsure || slices.Contains(r.Order, 0) == c.out || got.Quality.Value != 68*Point {
			t.Errorf("%s: %+v, order %v", what, got, r.Order)
		}
		if c.out && (got.Rank != Rank{} || got.Draws != DrawShares{} || r.Sites[1].Rank != Rank{1, 1} || r.Sites[1].Draws.Sure != domain.ShareOne) {
			t.Errorf("%s: it is out and takes part: %+v", what, r.Sites)
		}
	}
}

func TestNobodyLeft(t *testing.T) {
	in := two()
	for i := range in.Sites {
		in.Sites[i].Must = []Must{{"m", Fail}}
	}
	r := run(t, in)
	if len(r.Order)+len(r.Leaders)+len(r.Tied())+len(r.Why) != 0 || r.Criteria[0].Stability != (Stability{To: domain.ShareOne, Below: -1, Above: -1}) {
		t.Errorf("%+v", r)
	}
}

func TestOneSite(t *testing.T) {
	in := two()
	in.Sites = in.Sites[:1]
	in.Sites[0].Raw = nil
	r := run(t, in)
	s := r.Sites[0]
	if s.Rank != (Rank{1, 1}) || s.Draws != (DrawShares{domain.ShareOne, domain.ShareOne, domain.ShareOne}) || len(r.Why) != 0 {
		t.Errorf("%+v", r)
	}
	if s.Quality != (Score{Value: 50 * Point, High: Full, Missing: true}) {
		t.Errorf("nothing is known of it and its quality is %+v", s.Quality)
	}
}

func TestQualityIsRoundedHalfUp(t *testing.T) {
	in := two()
	in.Criteria[0].Weight, in.Criteria[1].Weight = 1, 2
	in.Sites[0].Raw = map[string]Raw{"a": known(0), "b": known(100)}
	in.Sites[1].Raw = map[string]Raw{"a": known(100), "b": known(0)}
	r := run(t, in)
	if x, y := r.Sites[0].Quality.Value, r.Sites[1].Quality.Value; x != 66_666_667 || y != 33_333_333 {
		t.Errorf("two thirds are %d millionths, one third %d", x, y)
	}
}

// The shares add up to one; equal remainders go by id.
func TestShares(t *testing.T) {
	in := two()
	for _, c := range []struct {
		weights [3]int64
		want    [3]domain.Share
	}{
		{[3]int64{1, 1, 1}, [3]domain.Share{333_334, 333_333, 333_333}},
		{[3]int64{2, 2, 2}, [3]domain.Share{333_334, 333_333, 333_333}},
		{[3]int64{5, 0, 1}, [3]domain.Share{833_333, 0, 166_667}},
		{[3]int64{0, 1000, 0}, [3]domain.Share{0, domain.ShareOne, 0}},
	} {
		in.Criteria = nil
		for i, id := range []string{"a", "b", "c"} {
			in.Criteria = append(in.Criteria, Criterion{number(id, 0, 1), c.weights[i]})
		}
		for i, got := range run(t, in).Criteria {
			if got.Share != c.want[i] || got.Points != c.weights[i] {
				t.Errorf("weights %v: %s has %s, want %s", c.weights, got.ID, got.Share, c.want[i])
			}
		}
	}
}

// With a spread of nothing every draw is the given weights; a spread outside 0
// and 1 is the nearer of them.
func TestSpread(t *testing.T) {
	in := two()
	in.Sites[1].Raw["b"] = known(90) // x 68, y 66
	shares := map[domain.Share]DrawShares{}
	for _, spread := range []domain.Share{-domain.ShareOne, 0, domain.ShareOne, 7 * domain.ShareOne} {
		in.Draws.Spread = spread
		shares[spread] = run(t, in).Sites[0].Draws
	}
	if all := (DrawShares{domain.ShareOne, domain.ShareOne, domain.ShareOne}); shares[0] != all || shares[-domain.ShareOne] != all {
		t.Errorf("without spread %+v", shares)
	}
	if full := shares[domain.ShareOne]; full != shares[7*domain.ShareOne] || full.First < 400_000 || full.First > 700_000 {
		t.Errorf("with full spread %+v", shares)
	}
}

// The stream of a seed is the same with every toolchain and on every machine:
// these numbers were printed once and must stay. Around 0.609 is expected: that
// is the part of the square of factors where 60 x 30 x the one is more than
// 40 x 40 x the other.
func TestSeed(t *testing.T) {
	in := two()
	in.Sites[1].Raw["b"] = known(90)
	for seed, want := range map[uint64]domain.Share{7: 584_000, 8: 613_000} {
		in.Draws.Seed = seed
		if got := run(t, in).Sites[0].Draws.First; got != want {
			t.Errorf("seed %d: first in %s, want %s", seed, got, want)
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	in := two()
	in.Draws.Count = 2*chunk + 1
	var told []int
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Compare(ctx, in, func(done, of int) {
		told = append(told, done)
		if of != in.Draws.Count {
			t.Errorf("%d of %d", done, of)
		}
		if done == chunk {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !slices.Equal(told, []int{0, chunk}) {
		t.Errorf("%v after %v", err, told)
	}
}

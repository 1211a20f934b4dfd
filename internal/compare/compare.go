package compare

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// MaxWeight is the most points a criterion may weigh.
const MaxWeight = 1000

// The largest sum there is, that of a draw that doubles every weight and finds
// every score full, fits 64 bits (1.6e18 of 9.2e18): otherwise this does not compile.
const _ int64 = rules.MaxCriteria * MaxWeight * 2 * int64(domain.ShareOne) * int64(Full)

// States of a must-have at a site.
const (
	Pass    = "pass"
	Fail    = "fail"
	Unknown = "unknown"
)

// Criterion is a criterion of the pack with the points the user gives it.
type Criterion struct {
	Rule   *rules.Criterion
	Weight int64 // 0 to MaxWeight; only their proportions count
}

// Must is what a site says to a must-have: Pass, Fail, or Unknown. Any other
// State is taken as Unknown.
type Must struct{ ID, State string }

// Site is what is compared. A criterion without a Raw is missing.
type Site struct {
	ID   string
	Raw  map[string]Raw // criterion -> value
	Must []Must
}

// Input is a comparison to make.
type Input struct {
	Criteria []Criterion // at most rules.MaxCriteria, each once
	Sites    []Site      // at least one, each once
	Draws    rules.Draws // no draws where Count is 0; a Spread beyond 0 or 1 is that end
}

// Result is a comparison made. Criteria and Sites stand in the order given.
type Result struct {
	Criteria []Weighted
	Sites    []Ranked
	Order    []int    // Sites that are ranked, the best first; equal ones by id
	Leaders  []int    // those with the highest central quality: several are a tie
	Empty    []string // criteria that weigh and for which no site has a value
	Why      []Why    // each of Order and the next
}

// Weighted is a criterion with what it weighs and how far that may move.
type Weighted struct {
	ID        string
	Points    int64
	Share     domain.Share // of all weight; the shares add up to one
	Stability Stability
}

// Ranked is one site of the result. A site that fails a must-have is out: it is
// scored and not ranked. One of which a must-have is unknown is Unsure, and
// ranked unless another puts it out.
type Ranked struct {
	ID      string
	Quality Score // rounded; Missing is whether a criterion that weighs has no value
	Scores  []Score
	Rank    Rank // zero where it is out
	Out     bool
	Unsure  bool
	Draws   DrawShares

	low, value, high int64 // sums of weight times points: exact, with the total weight under them
}

// Rank is the places a site may have: Best where everything unknown turns out
// well for it, Worst where it turns out ill. Sites that are equal share a place.
type Rank struct{ Best, Worst int }

// Compare scores and ranks. The error is a *domain.Problem where the input is
// refused, or that of ctx. Progress is called as draws are made; it may be nil.
//
// A criterion for which no site has a value stays in, as an interval from worst
// to best for all of them, and is named in Empty: it cannot order anything, and
// leaving it out would change the quality of a site with the company it keeps.
func Compare(ctx context.Context, in Input, progress func(done, of int)) (*Result, error) {
	total, wrong := in.check()
	if wrong != nil {
		return nil, wrong
	}
	r := &Result{Criteria: shares(in.Criteria, total), Empty: in.empty()}
	for i := range in.Sites {
		r.Sites = append(r.Sites, score(in.Criteria, &in.Sites[i], total))
		if !r.Sites[i].Out {
			r.Order = append(r.Order, i)
		}
	}
	r.rank()
	for k := range r.Criteria {
		r.Criteria[k].Stability = r.stability(k, total)
	}
	for i := 1; i < len(r.Order); i++ {
		r.Why = append(r.Why, r.Explain(r.Order[i-1], r.Order[i]))
	}
	if err := r.draw(ctx, &in, progress); err != nil {
		return nil, err
	}
	return r, nil
}

// check refuses what cannot be compared and gives the sum of the weights.
func (in *Input) check() (total int64, wrong *domain.Problem) {
	if len(in.Sites) == 0 {
		return 0, domain.Refuse("sites", "", "compare.sites.none")
	}
	seen := map[string]bool{}
	for _, s := range in.Sites {
		if seen[s.ID] {
			return 0, domain.Refuse("sites", s.ID, "compare.sites.twice")
		}
		seen[s.ID] = true
	}
	if len(in.Criteria) > rules.MaxCriteria {
		return 0, domain.Refuse("weights", strconv.Itoa(len(in.Criteria)), "compare.criteria.many", "most", rules.MaxCriteria)
	}
	named := map[string]bool{}
	for _, c := range in.Criteria {
		if named[c.Rule.ID] {
			return 0, domain.Refuse("weights", c.Rule.ID, "compare.criterion.twice")
		}
		named[c.Rule.ID] = true
		if c.Weight < 0 || c.Weight > MaxWeight {
			return 0, domain.Refuse("weights."+c.Rule.ID, strconv.FormatInt(c.Weight, 10), "compare.weight.range", "most", MaxWeight)
		}
		total += c.Weight
	}
	if total == 0 {
		return 0, domain.Refuse("weights", "", "compare.weights.zero")
	}
	return total, nil
}

// empty lists the criteria that weigh and of which nothing is known anywhere.
func (in *Input) empty() []string {
	var ids []string
	for _, c := range in.Criteria {
		known := slices.ContainsFunc(in.Sites, func(s Site) bool { return !ScoreOf(c.Rule, s.Raw[c.Rule.ID]).Missing })
		if c.Weight > 0 && !known {
			ids = append(ids, c.Rule.ID)
		}
	}
	return ids
}

// shares parts the whole among the weights by largest remainder, ties by id.
func shares(criteria []Criterion, total int64) []Weighted {
	out := make([]Weighted, len(criteria))
	left := int64(domain.ShareOne)
	rest := make([]int64, len(criteria))
	order := make([]int, len(criteria))
	for i, c := range criteria {
		n := c.Weight * int64(domain.ShareOne)
		out[i] = Weighted{ID: c.Rule.ID, Points: c.Weight, Share: domain.Share(n / total)}
		rest[i], order[i] = n%total, i
		left -= n / total
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(out[a].ID, out[b].ID))
	})
	for _, i := range order[:left] {
		out[i].Share++
	}
	return out
}

func score(criteria []Criterion, s *Site, total int64) Ranked {
	r := Ranked{ID: s.ID}
	for _, c := range criteria {
		sc := ScoreOf(c.Rule, s.Raw[c.Rule.ID])
		r.Scores = append(r.Scores, sc)
		r.low += c.Weight * int64(sc.Low)
		r.value += c.Weight * int64(sc.Value)
		r.high += c.Weight * int64(sc.High)
		r.Quality.Missing = r.Quality.Missing || sc.Missing && c.Weight > 0
	}
	mean := func(sum int64) Points { return Points((2*sum + total) / (2 * total)) }
	r.Quality.Low, r.Quality.Value, r.Quality.High = mean(r.low), mean(r.value), mean(r.high)
	for _, m := range s.Must {
		r.Out = r.Out || m.State == Fail
		r.Unsure = r.Unsure || m.State != Pass && m.State != Fail
	}
	return r
}

// rank puts the sites in order and gives each the places it may have.
func (r *Result) rank() {
	slices.SortFunc(r.Order, func(a, b int) int {
		x, y := &r.Sites[a], &r.Sites[b]
		return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(x.ID, y.ID))
	})
	for _, i := range r.Order {
		s := &r.Sites[i]
		s.Rank = Rank{1, 1}
		for _, j := range r.Order {
			other := &r.Sites[j]
			if i != j && other.low > s.high {
				s.Rank.Best++
			}
			if i != j && other.high > s.low {
				s.Rank.Worst++
			}
		}
		if s.value == r.Sites[r.Order[0]].value {
			r.Leaders = append(r.Leaders, i)
		}
	}
}

// Separated is whether the data put site a (an index of Sites) before b whatever
// is unknown. Two sites of which neither is separated from the other are tied
// within the uncertainty of the data.
func (r *Result) Separated(a, b int) bool { return r.Sites[a].low > r.Sites[b].high }

// Tied lists the sites, other than the leaders, that the data do not put behind
// the first place.
func (r *Result) Tied() []int {
	var out []int
	for _, i := range r.Order {
		if r.Sites[i].Rank.Best == 1 && !slices.Contains(r.Leaders, i) {
			out = append(out, i)
		}
	}
	return out
}

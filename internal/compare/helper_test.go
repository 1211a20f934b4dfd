package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

const whole = domain.QuantityOne

// number is a criterion scored from worst to best, in whole units.
func number(id string, worst, best int64) *rules.Criterion {
	return &rules.Criterion{ID: id, Worst: domain.Quantity(worst) * whole, Best: domain.Quantity(best) * whole}
}

// known is a value in whole units without any doubt about it.
func known(n int64) Raw { return span(n, n, n) }

func span(low, value, high int64) Raw {
	return Raw{Known: true, Low: domain.Quantity(low) * whole, Value: domain.Quantity(value) * whole, High: domain.Quantity(high) * whole}
}

func level(of string) Raw { return Raw{Known: true, Level: of} }

type failer interface {
	Helper()
	Fatal(args ...any)
}

func run(t failer, in Input) *Result {
	t.Helper()
	r, err := Compare(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// at finds a site of a result by its id.
func at(r *Result, id string) int {
	return slices.IndexFunc(r.Sites, func(s Ranked) bool { return s.ID == id })
}

// ids names sites, "" for nobody.
func ids(r *Result, sites ...int) []string {
	var out []string
	for _, i := range sites {
		if i < 0 {
			out = append(out, "")
			continue
		}
		out = append(out, r.Sites[i].ID)
	}
	return out
}

// place is the central place of a site: how many are ahead of it, and one.
func place(r *Result, i int) int {
	n := 1
	for _, j := range r.Order {
		if r.Sites[j].value > r.Sites[i].value {
			n++
		}
	}
	return n
}

// Scales are short and values whole, so that equal sites and levels are common.
func drawCriterion(t *rapid.T, id string) *rules.Criterion {
	if rapid.IntRange(0, 3).Draw(t, id+" has levels") == 0 {
		points := rapid.SliceOfNDistinct(rapid.IntRange(0, 100), 3, 3, rapid.ID).Draw(t, id+" levels")
		slices.Sort(points)
		return &rules.Criterion{ID: id, Of: rules.OfStatus, Levels: []rules.Level{
			{Value: "low", Points: points[0]}, {Value: "middle", Points: points[1]}, {Value: "high", Points: points[2]},
		}}
	}
	ends := rapid.SliceOfNDistinct(rapid.Int64Range(0, 12), 2, 2, rapid.ID).Draw(t, id+" ends")
	return number(id, ends[0], ends[1])
}

func drawRaw(t *rapid.T, c *rules.Criterion, name string) Raw {
	if rapid.IntRange(0, 4).Draw(t, name+" missing") == 0 {
		return Raw{}
	}
	if len(c.Levels) > 0 {
		return level(rapid.SampledFrom([]string{"low", "middle", "high", "unheard"}).Draw(t, name))
	}
	n := rapid.SliceOfN(rapid.Int64Range(0, 14), 3, 3).Draw(t, name)
	if rapid.Bool().Draw(t, name+" is sure") {
		return known(n[0])
	}
	slices.Sort(n)
	return span(n[0], n[1], n[2])
}

func drawSite(t *rapid.T, id string, criteria []Criterion) Site {
	s := Site{ID: id, Raw: map[string]Raw{}}
	for _, c := range criteria {
		s.Raw[c.Rule.ID] = drawRaw(t, c.Rule, id+" "+c.Rule.ID)
	}
	state := rapid.SampledFrom([]string{Pass, Pass, Pass, Pass, Unknown, Fail}).Draw(t, id+" must")
	s.Must = []Must{{ID: "must", State: state}}
	return s
}

// input draws any comparison that is accepted.
var input = rapid.Custom(func(t *rapid.T) Input {
	var in Input
	for i := range rapid.IntRange(1, rules.MaxCriteria).Draw(t, "criteria") {
		id := fmt.Sprintf("c%d", i)
		weight := rapid.OneOf(rapid.Int64Range(0, 4), rapid.Int64Range(0, MaxWeight)).Draw(t, id+" weight")
		in.Criteria = append(in.Criteria, Criterion{Rule: drawCriterion(t, id), Weight: weight})
	}
	if !slices.ContainsFunc(in.Criteria, func(c Criterion) bool { return c.Weight > 0 }) {
		in.Criteria[0].Weight = 1
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "sites") {
		in.Sites = append(in.Sites, drawSite(t, fmt.Sprintf("s%d", i), in.Criteria))
	}
	in.Draws = rules.Draws{
		Count:  rapid.SampledFrom([]int{0, 1, 7, 40}).Draw(t, "draws"),
		Spread: domain.Share(rapid.Int64Range(0, int64(domain.ShareOne)).Draw(t, "spread")),
		Seed:   rapid.Uint64().Draw(t, "seed"),
	}
	return in
})

// named is a result without any index: what must not depend on an order of input.
type named struct {
	Sites    map[string]Ranked
	Criteria map[string]Weighted
	TakeOver map[string][]string
	Order    []string
	Leaders  []string
	Tied     []string
	Empty    []string
	Why      []string
}

func name(r *Result) named {
	n := named{
		Sites: map[string]Ranked{}, Criteria: map[string]Weighted{}, TakeOver: map[string][]string{},
		Order: ids(r, r.Order...), Leaders: ids(r, r.Leaders...), Tied: ids(r, r.Tied()...),
		Empty: slices.Sorted(slices.Values(r.Empty)),
	}
	order := make([]int, len(r.Criteria))
	for k, c := range r.Criteria {
		n.TakeOver[c.ID] = ids(r, c.Stability.Below, c.Stability.Above)
		c.Stability.Below, c.Stability.Above = 0, 0
		n.Criteria[c.ID], order[k] = c, k
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.Criteria[a].ID, r.Criteria[b].ID) })
	for _, s := range r.Sites {
		scores := s.Scores
		s.Scores = nil
		for _, k := range order {
			s.Scores = append(s.Scores, scores[k])
		}
		n.Sites[s.ID] = s
	}
	for _, w := range r.Why {
		n.Why = append(n.Why, fmt.Sprint(ids(r, w.Ahead, w.Behind), w.Points, w.For, w.Against))
	}
	return n
}

// without is the input with one site less.
func (in Input) without(i int) Input {
	in.Sites = slices.Delete(slices.Clone(in.Sites), i, i+1)
	return in
}

// with is the input with another value of one site and criterion.
func (in Input) with(site int, criterion string, raw Raw) Input {
	in.Sites = slices.Clone(in.Sites)
	s := &in.Sites[site]
	values := map[string]Raw{criterion: raw}
	for id, v := range s.Raw {
		if id != criterion {
			values[id] = v
		}
	}
	s.Raw = values
	return in
}

// nine is the largest comparison that the screen offers.
func nine(draws int) Input {
	in := Input{Draws: rules.Draws{Count: draws, Spread: domain.ShareOne / 2, Seed: 15}}
	for k := range rules.MaxCriteria {
		in.Criteria = append(in.Criteria, Criterion{Rule: number(fmt.Sprintf("c%d", k), 0, 20), Weight: int64(10 + 5*k)})
	}
	for i := range 9 {
		s := Site{ID: fmt.Sprintf("s%d", i), Raw: map[string]Raw{}}
		for k, c := range in.Criteria {
			if n := int64((7*i + 5*k) % 21); n%6 != 0 {
				s.Raw[c.Rule.ID] = span(n-1, n, n+1)
			}
		}
		in.Sites = append(in.Sites, s)
	}
	return in
}

func BenchmarkCompare(b *testing.B) {
	in := nine(5000)
	b.ReportAllocs()
	for b.Loop() {
		run(b, in)
	}
}

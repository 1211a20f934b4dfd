package compare

import (
	"cmp"
	"slices"
)

// How many contributions are named for and against.
const (
	mostFor     = 3
	mostAgainst = 2
)

// Why says why one site stands before another, by central scores.
type Why struct {
	Ahead, Behind int // indexes of Result.Sites
	Points        Points
	For, Against  []Contribution // the largest first: three and two at most
}

// Contribution is what one criterion adds to the distance between two sites:
// its weight times the difference of scores.
type Contribution struct {
	Criterion string
	Points    Points // of quality; above zero in For, below in Against
	Missing   bool   // one of the two has no value and is taken at the middle
}

// Explain gives the contributions to the distance from site b to site a (indexes
// of Sites).
func (r *Result) Explain(a, b int) Why {
	x, y := &r.Sites[a], &r.Sites[b]
	w := Why{Ahead: a, Behind: b, Points: x.Quality.Value - y.Quality.Value}
	total := int64(0)
	for _, c := range r.Criteria {
		total += c.Points
	}
	for k, c := range r.Criteria {
		sum := c.Points * int64(x.Scores[k].Value-y.Scores[k].Value)
		add := Contribution{Criterion: c.ID, Points: Points(divide(sum, total)), Missing: x.Scores[k].Missing || y.Scores[k].Missing}
		switch {
		case sum > 0:
			w.For = append(w.For, add)
		case sum < 0:
			w.Against = append(w.Against, add)
		}
	}
	slices.SortFunc(w.For, func(p, q Contribution) int {
		return cmp.Or(cmp.Compare(q.Points, p.Points), cmp.Compare(p.Criterion, q.Criterion))
	})
	slices.SortFunc(w.Against, func(p, q Contribution) int {
		return cmp.Or(cmp.Compare(p.Points, q.Points), cmp.Compare(p.Criterion, q.Criterion))
	})
	w.For, w.Against = w.For[:min(len(w.For), mostFor)], w.Against[:min(len(w.Against), mostAgainst)]
	return w
}

// divide rounds half away from zero; by is above zero.
func divide(n, by int64) int64 {
	if n < 0 {
		return -divide(-n, by)
	}
	return (2*n + by) / (2 * by)
}

package calc

import (
	"math"

	"atlasp2i/internal/domain"
)

// stays is the share of a cohort still there after 0 ... months whole months of
// an attrition of a a year: (1 - a)^(k/12). The specification lets headcount,
// and nothing else, be a binary float.
func stays(a domain.Share, months int) []float64 {
	left := 1 - float64(a)/float64(domain.ShareOne)
	out := make([]float64, months+1)
	for k := range out {
		out[k] = math.Pow(left, float64(k)/12)
	}
	return out
}

// headcount is what is left of n people after k whole months, in millionths of
// a person, rounded half up.
func (r *role) headcount(n, k int) int64 {
	if r.attrition == 0 {
		return int64(n) * one6
	}
	return int64(math.Floor(float64(n)*r.stay[k]*1e6 + 0.5))
}

// headsEnd is the headcount of the last counted month of each year.
func (c *Case) headsEnd() []domain.Heads {
	out := make([]domain.Heads, len(c.years))
	for y, year := range c.years {
		last := min(domain.NewMonth(year, 12), c.end-1)
		for i := range c.roles {
			r := &c.roles[i]
			for _, h := range r.in.Hires {
				if h.Month <= last {
					out[y] += domain.Heads(r.headcount(h.Count, int(last-h.Month)))
				}
			}
		}
	}
	return out
}

// PersonMonths is the sum of the headcounts of the counted months.
func (c *Case) PersonMonths() domain.Heads {
	var sum domain.Heads
	for i := range c.roles {
		for _, h := range c.roles[i].heads {
			sum += domain.Heads(h)
		}
	}
	return sum
}

package chart

import (
	"math"
	"slices"
)

// ticks gives round numbers from at or below lo to at or above hi, 1, 2 or 5
// times a power of ten apart, in at most n steps.
func ticks(lo, hi float64, n int) []float64 {
	lo, hi = spread(lo, hi)
	n = max(n, 2)
	raw := (hi - lo) / float64(n)
	power := int(math.Floor(math.Log10(raw)))
	for {
		for _, digit := range []float64{1, 2, 5} {
			first := math.Floor(multiple(lo, digit, power) + 1e-9)
			last := math.Ceil(multiple(hi, digit, power) - 1e-9)
			if last-first > float64(n) {
				continue
			}
			var out []float64
			for i := first; i <= last; i++ {
				out = append(out, times(i*digit, power))
			}
			return out
		}
		power++
	}
}

// times is v·10^power; dividing keeps 0.3 what it is.
func times(v float64, power int) float64 {
	if power < 0 {
		return v / math.Pow10(-power)
	}
	return v * math.Pow10(power)
}

// multiple is how many steps of digit·10^power there are in v.
func multiple(v, digit float64, power int) float64 { return times(v, -power) / digit }

// spread makes room between two ends that are the same: down to zero, or from
// zero to one.
func spread(lo, hi float64) (from, to float64) {
	if hi-lo > 1e-9*max(math.Abs(lo), math.Abs(hi)) && hi-lo > 1e-12 {
		return lo, hi
	}
	lo, hi = min(lo, 0), max(hi, 0)
	if hi-lo <= 1e-12 {
		return 0, 1
	}
	return lo, hi
}

// axis is a value axis: round numbers, how they are written, and where a value
// stands between the pixels from and to.
type axis struct {
	values   []float64
	texts    []string
	lo, hi   float64
	from, to float64
}

// axis chooses at most n steps, fewer where their numbers would read alike. A
// range of zero width has one number only: any other would be made up.
func (p *pen) axis(lo, hi float64, n int) axis {
	for ; ; n-- {
		a := axis{values: ticks(lo, hi, n)}
		a.lo, a.hi = a.values[0], a.values[len(a.values)-1]
		if lo == 0 && hi == 0 {
			a.values = []float64{0}
		}
		for _, v := range a.values {
			a.texts = append(a.texts, p.Number(v))
		}
		same := false
		for i, t := range a.texts {
			same = same || slices.Contains(a.texts[:i], t)
		}
		if !same || n <= 2 {
			return a
		}
	}
}

// within lets the axis end where the values end, where two numbers remain.
func (a axis) within(lo, hi float64) axis {
	from, to := 0, len(a.values)
	for from < to && a.values[from] < lo {
		from++
	}
	for to > from && a.values[to-1] > hi {
		to--
	}
	if to-from < 2 {
		return a
	}
	a.values, a.texts, a.lo, a.hi = a.values[from:to], a.texts[from:to], lo, hi
	return a
}

func (a *axis) at(v float64) float64 { return a.from + (v-a.lo)/(a.hi-a.lo)*(a.to-a.from) }

// widest is the width of the widest number.
func (p *pen) widest(texts []string) (w float64) {
	for _, t := range texts {
		w = max(w, p.width(t))
	}
	return w
}

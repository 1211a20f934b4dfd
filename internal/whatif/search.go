package whatif

import (
	"math"
	"slices"

	"atlasp2i/internal/domain"
)

// Bounds of a search, so that it ends.
const (
	gridPoints = 48 // numbers between the ends looked at before anything is halved
	nearBy     = 16 // numbers looked at just under an answer, and just above the last
	rounds     = 4  // times that such a number is narrowed again
)

// MaxEvaluations is the most estimates that one answer costs: the grid with its
// ends, in each round the halvings of the widest range, of pay, and the numbers
// under the answer, and those above the last.
const MaxEvaluations = gridPoints + 2 + rounds*(32+nearBy) + nearBy

// search looks for the smallest whole number from lo to hi at which an amount
// reaches a target. That the amount rises with the number is not taken for
// granted: the range is scanned on a grid, the first step of the grid that
// reaches the target is halved, and the numbers around the answer are looked at.
// What was seen on the way says whether the amount ever fell.
type search struct {
	lo, hi int64
	target domain.Money
	amount func(int64) (domain.Money, error)

	seen map[int64]domain.Money
}

// sight is what a search saw.
type sight struct {
	reached     bool
	at          int64        // the smallest number seen that reaches the target
	amount      domain.Money // there
	before      domain.Money // one below, where that is not under lo
	best        domain.Money // the largest amount seen
	flat        bool         // every amount seen is the same
	rises       bool         // no amount seen is smaller than one at a smaller number
	lost        int64        // the first number seen above at that does not reach it; 0 for none
	evaluations int
}

func (s *search) run() (sight, error) {
	s.seen = make(map[int64]domain.Money, 2*gridPoints)
	grid := s.grid()
	first := -1
	for i, n := range grid {
		ok, err := s.reaches(n)
		if err != nil {
			return sight{}, err
		}
		if ok && first < 0 {
			first = i
		}
	}
	if first < 0 {
		return s.sum(), nil
	}
	at := grid[first]
	if first > 0 {
		var err error
		if at, err = s.narrow(grid[first-1], at); err != nil {
			return sight{}, err
		}
	}
	for n := at + 1; n <= min(s.hi, at+nearBy); n++ {
		if _, err := s.reaches(n); err != nil {
			return sight{}, err
		}
	}
	return s.sum(), nil
}

// narrow halves a step whose lower end misses the target and whose upper end
// reaches it, then looks just under what it found; a number found there is
// narrowed again. It ends at a number that reaches the target beside one that
// does not.
func (s *search) narrow(floor, hit int64) (int64, error) {
	for round := 1; ; round++ {
		miss := floor
		for hit-miss > 1 {
			middle := miss + (hit-miss)/2
			ok, err := s.reaches(middle)
			if err != nil {
				return 0, err
			}
			if ok {
				hit = middle
			} else {
				miss = middle
			}
		}
		if round == rounds {
			return hit, nil
		}
		lower, err := s.justUnder(hit, floor)
		if err != nil || lower == hit {
			return hit, err
		}
		hit = lower
	}
}

// justUnder is the smallest number near hit that reaches the target.
func (s *search) justUnder(hit, floor int64) (int64, error) {
	lowest := hit
	for n := hit - 1; n > max(floor, hit-1-nearBy); n-- {
		ok, err := s.reaches(n)
		if err != nil {
			return 0, err
		}
		if ok {
			lowest = n
		}
	}
	return lowest, nil
}

func (s *search) reaches(n int64) (bool, error) {
	amount, known := s.seen[n]
	if !known {
		var err error
		if amount, err = s.amount(n); err != nil {
			return false, err
		}
		s.seen[n] = amount
	}
	return amount >= s.target, nil
}

// grid is both ends and numbers between them, half of them at equal steps and
// half at equal ratios, so that a short range is seen whole and a long one at
// every order of size.
func (s *search) grid() []int64 {
	out := []int64{s.lo, s.hi}
	span, ratio := s.hi-s.lo, math.Log(float64(s.hi)/float64(s.lo))
	for i := int64(1); i <= gridPoints/2; i++ {
		part := float64(i) / (gridPoints/2 + 1)
		even := s.lo + int64(part*float64(span))
		sized := int64(float64(s.lo) * math.Exp(part*ratio))
		out = append(out, even, min(max(sized, s.lo), s.hi))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (s *search) sum() sight {
	numbers := make([]int64, 0, len(s.seen))
	for n := range s.seen {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	out := sight{flat: true, rises: true, evaluations: len(numbers)}
	for i, n := range numbers {
		amount := s.seen[n]
		out.best = max(out.best, amount)
		if i > 0 {
			last := s.seen[numbers[i-1]]
			out.flat, out.rises = out.flat && amount == last, out.rises && amount >= last
		}
		switch {
		case amount >= s.target && !out.reached:
			out.reached, out.at, out.amount, out.before = true, n, amount, s.seen[n-1]
		case amount < s.target && out.reached && out.lost == 0:
			out.lost = n
		}
	}
	return out
}

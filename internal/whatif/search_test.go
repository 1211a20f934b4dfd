package whatif

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

// over searches a list of amounts, the first of which stands for number 1.
func over(amounts []domain.Money, target domain.Money) sight {
	s := search{lo: 1, hi: int64(len(amounts)), target: target, amount: func(n int64) (domain.Money, error) { return amounts[n-1], nil }}
	saw, err := s.run()
	if err != nil {
		panic(err)
	}
	return saw
}

func amounts(t *rapid.T, most int) []domain.Money {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) domain.Money { return domain.Money(rapid.IntRange(0, 1000).Draw(t, "amount")) }), 1, most).Draw(t, "amounts")
}

// Where amounts never fall, the answer is the smallest number of all.
func TestSearchFindsTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := amounts(t, 3000)
		slices.Sort(of)
		target := domain.Money(rapid.IntRange(1, 1100).Draw(t, "target"))
		saw := over(of, target)
		want := slices.IndexFunc(of, func(m domain.Money) bool { return m >= target })
		if saw.reached != (want >= 0) || !saw.rises || saw.lost != 0 {
			t.Fatalf("%+v, first at %d", saw, want)
		}
		if saw.reached && (saw.at != int64(want+1) || saw.amount != of[want]) {
			t.Fatalf("%+v, first at %d", saw, want)
		}
		if saw.best != slices.Max(of) {
			t.Fatalf("best %s of %s", saw.best, slices.Max(of))
		}
	})
}

// Whatever the amounts do, an answer reaches the target, one less does not, what
// it says of falls is true, and it costs no more than it may.
func TestSearchIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := amounts(t, 3000)
		target := domain.Money(rapid.IntRange(1, 1100).Draw(t, "target"))
		saw := over(of, target)
		if saw.evaluations > MaxEvaluations {
			t.Fatalf("%d evaluations", saw.evaluations)
		}
		if saw.rises != slices.IsSorted(of) && slices.IsSorted(of) {
			t.Fatal("a fall is said where there is none")
		}
		if saw.lost > 0 && (of[saw.lost-1] >= target || saw.lost <= saw.at) {
			t.Fatalf("lost at %d, %s", saw.lost, of[saw.lost-1])
		}
		if !saw.reached {
			return
		}
		if of[saw.at-1] < target || saw.amount != of[saw.at-1] {
			t.Fatalf("%+v: %s", saw, of[saw.at-1])
		}
		if saw.at > 1 && (of[saw.at-2] >= target || saw.before != of[saw.at-2]) {
			t.Fatalf("%+v: one less is %s", saw, of[saw.at-2])
		}
	})
}

// A range no longer than half the grid is seen whole, so that a hump is found and
// its end said.
func TestSearchSeesAShortRangeWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := amounts(t, gridPoints/2)
		target := domain.Money(rapid.IntRange(1, 1000).Draw(t, "target"))
		saw := over(of, target)
		want := slices.IndexFunc(of, func(m domain.Money) bool { return m >= target })
		if saw.reached != (want >= 0) || saw.rises != slices.IsSorted(of) || (saw.reached && saw.at != int64(want+1)) {
			t.Fatalf("%+v, first at %d of %v", saw, want, of)
		}
	})
}

// A fall just above the answer is seen however long the range.
func TestSearchLooksAboveItsAnswer(t *testing.T) {
	s := search{lo: 1, hi: 1_000_000, target: 1, amount: func(n int64) (domain.Money, error) {
		if n == 1234 || n == 1236 || n > 1240 {
			return 1, nil
		}
		return 0, nil
	}}
	if saw, err := s.run(); err != nil || saw.at != 1234 || saw.lost != 1235 || saw.rises {
		t.Errorf("%+v, %v", saw, err)
	}
}

// The widest range there is, of pay, at its dearest.
func TestSearchEndsOnTheWidestRange(t *testing.T) {
	for _, threshold := range []int64{1, 2, 999_999_937, 1_000_000_000} {
		s := search{lo: 1, hi: 1_000_000_000, target: 1, amount: func(n int64) (domain.Money, error) {
			if n >= threshold {
				return 1, nil
			}
			return 0, nil
		}}
		saw, err := s.run()
		if err != nil || saw.at != threshold || saw.evaluations > MaxEvaluations {
			t.Errorf("%d: %+v, %v", threshold, saw, err)
		}
	}
}

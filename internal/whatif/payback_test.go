package whatif

import (
	"testing"

	"atlasp2i/internal/domain"
)

// A saving is rounded half up, once, on the seats of all months so far.
func TestSavedRoundsHalfUp(t *testing.T) {
	for _, c := range []struct{ each, seats, want int64 }{
		{1, 499_999, 0},
		{1, 500_000, 1},
		{200_000, 100_000_000, 20_000_000},
		{int64(1_000_000_000), 180_000_000_000_000, 180_000_000_000_000_000},
	} {
		if got := saved(domain.Money(c.each), domain.Heads(c.seats)); int64(got) != c.want {
			t.Errorf("%d x %d = %d, want %d", c.each, c.seats, got, c.want)
		}
	}
}

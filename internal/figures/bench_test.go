package figures_test

import (
	"fmt"
	"testing"

	"atlasp2i/internal/figures"
)

// A large import: 100,000 new readings of a thousand quantities.
func BenchmarkBook_With(b *testing.B) {
	base := small(b)
	like := *base.Observation("o4")
	more := make([]figures.Observation, 100_000)
	for i := range more {
		more[i] = like
		more[i].ID = fmt.Sprintf("n%06d", i)
		more[i].Segment = fmt.Sprintf("S%03d", i%1000)
		more[i].Value.Micros += int64(i) * 1_000_000
	}
	for b.Loop() {
		if _, err := base.With(more); err != nil {
			b.Fatal(err)
		}
	}
}

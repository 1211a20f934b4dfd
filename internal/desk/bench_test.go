package desk_test

import (
	"context"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
)

// BenchmarkCompare is all that a comparison takes: nine platforms, each with its
// cost under all readings, its data sheet and 5,000 draws of weights.
func BenchmarkCompare(b *testing.B) {
	samples, err := desk.Samples()
	if err != nil {
		b.Fatal(err)
	}
	d := newDesk(b, assets.PackFiles(), openStore(b, b.TempDir()))
	for _, p := range samples {
		if !strings.EqualFold(p.Segment, "eso") {
			continue
		}
		c := d.NewComparison(p)
		c.Sites = nil
		for _, s := range d.Comparable() {
			c.Sites = append(c.Sites, s.ID)
		}
		b.Run("eso", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := d.Compare(context.Background(), c, nil)
				if err != nil {
					b.Fatal(err)
				}
				if len(r.Sites) != 9 || r.Draws.Count != 5000 {
					b.Fatalf("%d sites, %d draws", len(r.Sites), r.Draws.Count)
				}
			}
		})
		return
	}
	b.Fatal("no sample of the segment")
}

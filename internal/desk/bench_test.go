package desk_test

import (
	"context"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
)

// BenchmarkCompare is all that a comparison takes: nine platforms, each with its
// cost under all readings, its data sheet and 5,000 draws of weights.
func BenchmarkCompare(b *testing.B) {
	d := newDesk(b, assets.PackFiles(), openStore(b, b.TempDir()))
	samples, err := desk.Samples(d.Texts())
	if err != nil {
		b.Fatal(err)
	}
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

// BenchmarkImport100000 reads, classes and writes a hundred thousand figures.
func BenchmarkImport100000(b *testing.B) {
	data := manyFigures(100_000)
	b.ReportAllocs()
	for b.Loop() {
		d := newDesk(b, assets.PackFiles(), openStore(b, b.TempDir()))
		in := mustIntake(b, d, data)
		if _, err := d.Import(b.Context(), in, nil); err != nil || in.Count[desk.ActionNew] != 100_000 {
			b.Fatal(in.Count, err)
		}
	}
}

// BenchmarkFigures100000 is what a window waits for after an import, or when it
// first shows the sector: the figures of the pack with all those imported.
func BenchmarkFigures100000(b *testing.B) {
	s := openStore(b, b.TempDir())
	d := newDesk(b, assets.PackFiles(), s)
	if _, err := d.Import(b.Context(), mustIntake(b, d, manyFigures(100_000)), nil); err != nil {
		b.Fatal(err)
	}
	published, err := d.PublishedFigures()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		d := newDesk(b, assets.PackFiles(), s)
		if book, err := d.Figures(); err != nil || len(book.Groups(figures.Query{})) <= len(published.Groups(figures.Query{})) {
			b.Fatal(err)
		}
	}
}

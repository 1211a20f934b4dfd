package chart

import (
	"strconv"
	"testing"

	"atlasp2i/internal/chart/pixels"
)

// Recording and painting of each form, for 600 by 340 pixels.
func Benchmark(b *testing.B) {
	for name, form := range forms {
		b.Run(name+"/record", func(b *testing.B) {
			for b.Loop() {
				if _, err := form(false); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, scale := range []float64{1, 2} {
			b.Run(name+"/paint"+strconv.Itoa(int(scale)), func(b *testing.B) {
				d, err := form(false)
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					pixels.Paint(d, scale)
				}
			})
		}
	}
}

package chart

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/look"
)

var update = flag.Bool("update", false, "write the golden pictures anew; look at them before you commit them")

// A picture of each form, light and dark, at both scales, as the screen shows it.
func TestGolden(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		for _, dark := range []bool{false, true} {
			d, err := forms[name](dark)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, scale := range []float64{1, 2} {
				mode := map[bool]string{false: "light", true: "dark"}[dark]
				file := filepath.Join("testdata", fmt.Sprintf("%s-%s-%v.png", name, mode, scale))
				var out bytes.Buffer
				if err := pixels.PNG(&out, d, scale, look.Surface.Of(dark)); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				if *update {
					if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
					continue
				}
				compare(t, file, out.Bytes())
			}
		}
	}
}

// compare allows what the arithmetic of another processor may change: no pixel
// far off, and few a little.
func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := decode(t, raw)
	have := decode(t, got)
	if want.Bounds() != have.Bounds() {
		t.Errorf("%s is %v, the picture %v", file, want.Bounds(), have.Bounds())
		return
	}
	far, near := 0, 0
	for y := range want.Bounds().Dy() {
		for x := range want.Bounds().Dx() {
			switch d := apart(want, have, x, y); {
			case d > 24:
				far++
			case d > 3:
				near++
			}
		}
	}
	if total := want.Bounds().Dx() * want.Bounds().Dy(); far > 0 || near > total/1000 {
		t.Errorf("%s: %d pixels differ, %d a little; look at it with -update and git diff", file, far, near)
	}
}

func decode(t *testing.T, raw []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func apart(a, b image.Image, x, y int) int {
	r0, g0, b0, _ := a.At(x, y).RGBA()
	r1, g1, b1, _ := b.At(x, y).RGBA()
	d := 0
	for _, pair := range [][2]uint32{{r0, r1}, {g0, g1}, {b0, b1}} {
		d = max(d, int(pair[0]>>8)-int(pair[1]>>8), int(pair[1]>>8)-int(pair[0]>>8))
	}
	return d
}

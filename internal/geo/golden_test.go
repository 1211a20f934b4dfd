package geo_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/look"
)

var update = flag.Bool("update", false, "write the golden pictures anew, to be looked at before they are kept")

func TestDraw_LooksAsKept(t *testing.T) {
	for _, size := range [][2]float64{{500, 600}, {360, 480}} {
		for _, dark := range []bool{false, true} {
			for _, scale := range []float64{1, 2} {
				p := params(t, size[0], size[1])
				p.Dark = dark
				mode := map[bool]string{false: "light", true: "dark"}[dark]
				name := fmt.Sprintf("map-%vx%v-%s-%v.png", size[0], size[1], mode, scale)
				t.Run(name, func(t *testing.T) {
					var got bytes.Buffer
					if err := pixels.PNG(&got, geo.Draw(p), scale, look.Surface.Of(dark)); err != nil {
						t.Fatal(err)
					}
					same(t, filepath.Join("testdata", name), got.Bytes())
				})
			}
		}
	}
}

// tolerance in each channel, for machines that round the last digit otherwise.
const tolerance = 3

func same(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, b := picture(t, kept), picture(t, got)
	if a.Rect != b.Rect {
		t.Fatalf("the picture is %v, kept %v", b.Rect, a.Rect)
	}
	for i, v := range a.Pix {
		if d := int(v) - int(b.Pix[i]); d > tolerance || d < -tolerance {
			t.Fatalf("%s differs at %d, %d: look at the picture that -update writes", file, i%a.Stride/4, i/a.Stride)
		}
	}
}

func picture(t *testing.T, file []byte) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Rect, img, img.Bounds().Min, draw.Src)
	return flat
}

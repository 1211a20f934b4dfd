package pixels

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"atlasp2i/internal/chart/record"
)

var (
	ink  = color.NRGBA{R: 0x17, G: 0x23, B: 0x2b, A: 0xff}
	sand = color.NRGBA{R: 0xf6, G: 0xf4, B: 0xef, A: 0xff}
	red  = color.NRGBA{R: 0xff, A: 0xff}
)

// coverage is the painted area, in pixels of the design.
func coverage(d *record.Drawing, scale float64) float64 {
	img := Paint(d, scale)
	sum := 0.0
	for i := 3; i < len(img.Pix); i += 4 {
		sum += float64(img.Pix[i]) / 255
	}
	return sum / scale / scale
}

func sheet(marks ...record.Mark) *record.Drawing {
	return &record.Drawing{Width: 100, Height: 80, Marks: marks}
}

func TestPaint_AreasAreExact(t *testing.T) {
	circle := record.Circle(50, 40, 20)
	for _, c := range []struct {
		name string
		mark record.Mark
		want float64
	}{
		{"rect", record.Filled(record.Rect(10.5, 10, 30, 20.25), ink), 30 * 20.25},
		{"circle", record.Filled(circle, ink), math.Pi * 400},
		{"ring", record.Stroked(circle, ink, 4), math.Pi * (22*22 - 18*18)},
		{"slanted line", record.Stroked(record.Polyline(record.Point{X: 10, Y: 10}, record.Point{X: 40, Y: 50}), ink, 3), 150},
		{"frame", record.Stroked(record.Rect(20, 20, 40, 30), ink, 2), 140*2 - 4 + math.Pi},
		{"dashes", &record.Path{
			Segs:   record.Polyline(record.Point{X: 0, Y: 10}, record.Point{X: 60, Y: 10}),
			Stroke: ink, Width: 2, Dash: []float64{6, 4},
		}, 72},
		{"half clear", record.Filled(record.Rect(0, 0, 20, 20), color.NRGBA{A: 0x80}), 400 * 128.0 / 255},
		{"cut by the edge", record.Filled(record.Rect(-10, -10, 20, 20), ink), 100},
		{"beside the sheet", record.Filled(record.Rect(-30, 0, 20, 20), ink), 0},
		{"no number", record.Filled(record.Rect(math.NaN(), 0, 20, 20), ink), 0},
	} {
		for _, scale := range []float64{1, 1.5, 2} {
			got := coverage(sheet(c.mark), scale)
			if math.Abs(got-c.want) > 0.012*c.want+0.2 {
				t.Errorf("%s at %v covers %.1f, want %.1f", c.name, scale, got, c.want)
			}
		}
	}
}

// A closed line must not cut holes in itself where letters are thin.
func TestPaint_HaloHasNoHoles(t *testing.T) {
	text := &record.Text{At: record.Point{X: 10, Y: 50}, Text: "Bo8e%g", Size: 20, Color: ink, Halo: sand}
	with, without := Paint(sheet(text), 2), Paint(sheet(&record.Text{
		At: text.At, Text: text.Text, Size: text.Size, Color: ink,
	}), 2)
	for y := range with.Rect.Max.Y {
		for x := range with.Rect.Max.X {
			if without.RGBAAt(x, y).A > 0 && with.RGBAAt(x, y).A < 250 {
				t.Fatalf("at %d,%d the letter shows through: %v", x, y, with.RGBAAt(x, y))
			}
		}
	}
	if a, b := count(with), count(without); a < b*3/2 {
		t.Errorf("the halo covers %d pixels, the letters %d", a, b)
	}
}

func count(img *image.RGBA) (n int) {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] > 0 {
			n++
		}
	}
	return n
}

func TestPaint_TextFillsItsBox(t *testing.T) {
	for _, angle := range []float64{0, -math.Pi / 2, 0.4} {
		for _, anchor := range []record.Anchor{record.Start, record.Middle, record.End} {
			text := &record.Text{
				At: record.Point{X: 60, Y: 50}, Text: "HgH", Size: 14, Color: ink, Anchor: anchor, Angle: angle,
			}
			got := inked(Paint(&record.Drawing{Width: 120, Height: 120, Marks: []record.Mark{text}}, 4))
			box := text.Box()
			inside := got.In(image.Rect(int(box.X0*4)-1, int(box.Y0*4)-1, int(box.X1*4)+2, int(box.Y1*4)+2))
			if !inside || float64(got.Dx()) < 0.8*4*(box.X1-box.X0) {
				t.Errorf("angle %v, anchor %v: ink at %v, box %v", angle, anchor, got, box)
			}
		}
	}
}

func inked(img *image.RGBA) (r image.Rectangle) {
	for y := range img.Rect.Max.Y {
		for x := range img.Rect.Max.X {
			if img.RGBAAt(x, y).A > 0 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestPaint_ThinRulesAreSharp(t *testing.T) {
	for _, scale := range []float64{1, 1.25, 1.5, 2} {
		img := Paint(sheet(record.Stroked(
			record.Polyline(record.Point{X: 5, Y: 20}, record.Point{X: 95, Y: 20}), ink, 1)), scale)
		for y := range img.Rect.Max.Y {
			if a := img.RGBAAt(50, y).A; a != 0 && a != 255 {
				t.Errorf("at %v row %d is only %d opaque", scale, y, a)
			}
		}
	}
}

func TestPaint_HatchStaysInside(t *testing.T) {
	img := Paint(sheet(&record.Path{Segs: record.Rect(20, 20, 40, 40), Hatch: red}), 1)
	n := count(img)
	if n < 200 || n > 900 {
		t.Errorf("the hatch covers %d of 1600 pixels", n)
	}
	if r := inked(img); !r.In(image.Rect(20, 20, 60, 60)) {
		t.Errorf("the hatch reaches %v", r)
	}
}

func TestPaint_EmptyPicture(t *testing.T) {
	for _, scale := range []float64{0, -1, math.NaN(), math.Inf(1), 1e9} {
		if img := Paint(sheet(), scale); !img.Rect.Empty() {
			t.Errorf("scale %v gives %v", scale, img.Rect)
		}
	}
}

func TestPNG(t *testing.T) {
	var out bytes.Buffer
	if err := PNG(&out, sheet(record.Filled(record.Rect(0, 0, 10, 10), red)), 1.5, sand); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, 150, 120) {
		t.Errorf("the picture is %v", img.Bounds())
	}
	if c := color.NRGBAModel.Convert(img.At(100, 100)); c != sand {
		t.Errorf("the ground is %v", c)
	}
	if err := PNG(&out, &record.Drawing{}, 1, sand); err == nil {
		t.Error("a drawing without area was written")
	}
}

// BenchmarkPaint is a sheet fuller than any chart, 600 by 500: 800 letters with
// halo, 60 bars, a line.
func BenchmarkPaint(b *testing.B) {
	d := &record.Drawing{Width: 600, Height: 500}
	var line []record.Point
	for i := range 60 {
		x := 20 + float64(i)*9
		d.Add(record.Filled(record.RoundRect(x, 100, 7, float64(50+i*5), 2), red))
		line = append(line, record.Point{X: x, Y: 250 + 100*math.Sin(x/40)})
	}
	d.Add(record.Stroked(record.Polyline(line...), ink, 2))
	for i := range 40 {
		d.Add(&record.Text{
			At: record.Point{X: 30, Y: 20 + float64(i)*12}, Text: "Casablanca 1 234 567", Size: 12, Color: ink, Halo: sand,
		})
	}
	Paint(d, 1)
	for b.Loop() {
		Paint(d, 1)
	}
}

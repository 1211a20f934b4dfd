package record

import (
	"math"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"pgregory.net/rapid"

	"atlasp2i/assets"
)

// The widths are those that the font library gives for the whole text.
func TestMeasure_AgreesWithTheFont(t *testing.T) {
	for isBold, data := range map[bool][]byte{false: assets.FontRegular, true: assets.FontBold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 400, DPI: 72})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"", "Casanearshore", "1 234 567,50 MAD", "F\u00e8s, T\u00e9touan \u2192 \u2264 30 %", "\u2d30\u2d4e"} {
			var want float64
			for _, r := range text { // letter by letter: kerning is left out on purpose
				want += float64(font.MeasureString(face, string(r))) / 64
			}
			if got := Measure(text, 400, isBold); math.Abs(got-want) > 0.05*float64(len(text)) {
				t.Errorf("%q is %.3f wide, the font says %.3f", text, got, want)
			}
		}
	}
}

func TestMeasure_Concurrent(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for r := rune(0x20); r < 0x250; r++ {
				Measure(string(r), float64(i+1), i%2 == 0)
			}
		})
	}
	wg.Wait()
}

func TestFontHeights(t *testing.T) {
	if a, d, c := Ascent(100), Descent(100), CapHeight(100); a < 90 || a > 120 || d < 20 || d > 50 || c < 65 || c > 78 {
		t.Errorf("ascent %v, descent %v, capitals %v of 100", a, d, c)
	}
	if Height(10) != Ascent(10)+Descent(10) {
		t.Error("a line is not as high as its parts")
	}
}

// Every letter of the fonts can be drawn.
func TestOutline_EveryLetter(t *testing.T) {
	for _, f := range []*face{regular(), bold()} {
		n := 0
		for r := rune(0x21); r < 0xffff; r++ {
			if index, err := f.font.GlyphIndex(&f.buf, r); err != nil || index == 0 {
				continue
			}
			if len(f.glyph(r).segs) > 0 {
				n++
			}
		}
		if n < 600 {
			t.Errorf("only %d letters have an outline", n)
		}
	}
}

func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 30, -1).Draw(t, "text")
		width := rapid.Float64Range(0, 200).Draw(t, "width")
		got := Fit(text, 12, false, width)
		if w := Measure(got, 12, false); w > width+1e-9 {
			t.Fatalf("%q is %v wide, %v had room", got, w, width)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Fatalf("%q was cut inside a letter", got)
		}
		if Measure(text, 12, false) <= width && got != text {
			t.Fatalf("%q had room and became %q", text, got)
		}
	})
}

func TestFlatten_StaysNear(t *testing.T) {
	outlines, closed := Flatten(Circle(0, 0, 100), 0.05)
	if len(outlines) != 1 || !closed[0] {
		t.Fatalf("a circle gives %d outlines, closed %v", len(outlines), closed)
	}
	for i, p := range outlines[0] {
		q := outlines[0][(i+1)%len(outlines[0])]
		if mid := math.Hypot((p.X+q.X)/2, (p.Y+q.Y)/2); math.Abs(mid-100) > 0.1 {
			t.Errorf("between %v and %v the circle is %v wide", p, q, mid)
		}
	}
	if outlines, _ = Flatten(nil, 1); len(outlines) != 0 {
		t.Errorf("nothing gives %v", outlines)
	}
}

func TestAt_TopmostSpot(t *testing.T) {
	d := &Drawing{}
	d.AddSpot("under", "", Corners(0, 0, 20, 20))
	d.AddSpot("over", "", Corners(10, 10, 20, 20))
	for p, want := range map[Point]string{{5, 5}: "under", {15, 15}: "over", {25, 25}: "over", {25, 5}: ""} {
		if got, ok := d.At(p); got.ID != want || ok != (want != "") {
			t.Errorf("at %v is %q, want %q", p, got.ID, want)
		}
	}
}

func TestBox(t *testing.T) {
	a := Box{0, 0, 10, 10}
	if a.Overlaps(Box{10, 0, 20, 10}) || !a.Overlaps(Box{9, 9, 20, 20}) {
		t.Error("boxes that touch overlap, or those that overlap do not")
	}
	if !a.In(a) || a.Grow(1).In(a) || !a.In(a.Grow(1)) {
		t.Error("a box is not in itself, or a greater one is")
	}
}

func TestAround_HoldsAllOutlines(t *testing.T) {
	got := Around([]Point{{X: 3, Y: 4}}, nil, []Point{{X: -1, Y: 9}, {X: 2, Y: 2}})
	if want := (Box{X0: -1, Y0: 2, X1: 3, Y1: 9}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if none := Around(); none.Overlaps(Box{X0: -1e9, Y0: -1e9, X1: 1e9, Y1: 1e9}) {
		t.Errorf("nothing takes room: %v", none)
	}
}

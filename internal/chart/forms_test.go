package chart

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"pgregory.net/rapid"

	"atlasp2i/internal/chart/paper"
	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

func texts(d *record.Drawing) (out []string) {
	for _, m := range d.Marks {
		if t, ok := m.(*record.Text); ok {
			out = append(out, t.Text)
		}
	}
	return out
}

// filled gives the boxes of the areas of one colour.
func filled(d *record.Drawing, c look.Pair) (out []record.Box) {
	for _, m := range d.Marks {
		p, ok := m.(*record.Path)
		if !ok || p.Fill != c.Light {
			continue
		}
		outlines, _ := record.Flatten(p.Segs, 0.1)
		b := record.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
		for _, o := range outlines {
			for _, q := range o {
				b = record.Box{X0: min(b.X0, q.X), Y0: min(b.Y0, q.Y), X1: max(b.X1, q.X), Y1: max(b.Y1, q.Y)}
			}
		}
		out = append(out, b)
	}
	return out
}

// One value, all equal and all zero are drawn; no value says so.
func TestDegenerate(t *testing.T) {
	for name, v := range map[string][]float64{
		"one": {5}, "equal": {5, 5, 5}, "zero": {0, 0, 0}, "negative": {-3}, "with gaps": {gap, 4, gap},
		"tiny": {1e-9, 2e-9}, "huge": {9e14, -9e14}, "near": {1e15 - 1, 1e15},
	} {
		labels := years(2020, 2020+len(v)-1)
		s := []Series{{Label: "s", Color: look.Primary, Values: values("s", v...)}}
		var parts []Part
		var points []Point
		for _, x := range v {
			if !math.IsNaN(x) {
				points = append(points, Point{ID: "p", Label: "p", Cost: Span{x, x, x}, Quality: Span{50, 50, 50}})
				parts = append(parts, Part{Label: "p", Value: Value{Known: true, ID: "p", Value: math.Abs(x)}})
			}
		}
		sheet := sheet(false, "MAD")
		for form, draw := range map[string]func() (*record.Drawing, error){
			"line": func() (*record.Drawing, error) { return Line(LineParams{Sheet: sheet, Labels: labels, Series: s}) },
			"bars": func() (*record.Drawing, error) { return Bars(BarsParams{Sheet: sheet, Labels: labels, Series: s[0]}) },
			"grouped": func() (*record.Drawing, error) {
				return Grouped(GroupedParams{Sheet: sheet, Labels: labels, Series: s})
			},
			"stack": func() (*record.Drawing, error) { return Stack(StackParams{Sheet: sheet, Labels: labels, Series: s}) },
			"donut": func() (*record.Drawing, error) { return Donut(DonutParams{Sheet: sheet, Parts: parts}) },
			"plane": func() (*record.Drawing, error) { return Plane(PlaneParams{Sheet: sheet, Points: points}) },
			"tornado": func() (*record.Drawing, error) {
				return Tornado(TornadoParams{Sheet: sheet, Base: 5, Swings: []Swing{
					{Low: s[0].Values[0], High: s[0].Values[len(v)-1], Label: "s"},
				}})
			},
		} {
			d, err := draw()
			if err != nil {
				t.Errorf("%s of %s: %v", form, name, err)
				continue
			}
			pixels.Paint(d, 1)
			for _, m := range d.Marks {
				sound(t, form+" of "+name, m)
			}
			if form != "tornado" && slices.Contains(texts(d), sheet.Empty) {
				t.Errorf("%s of %s says that nothing is published", form, name)
			}
		}
	}
}

// sound fails on a mark that stands nowhere.
func sound(t *testing.T, what string, m record.Mark) {
	t.Helper()
	var at []record.Point
	switch m := m.(type) {
	case *record.Path:
		for _, s := range m.Segs {
			at = append(at, s.P[:]...)
		}
	case *record.Text:
		at = append(at, m.At)
	}
	for _, p := range at {
		if !(math.Abs(p.X)+math.Abs(p.Y) < 1e5) {
			t.Errorf("%s: a mark at %v", what, p)
			return
		}
	}
}

func TestNothingIsSaid(t *testing.T) {
	s := sheet(false, "MAD")
	hollow := []Series{{Values: values("s", gap, gap)}}
	two := years(2024, 2025)
	for name, draw := range map[string]func() (*record.Drawing, error){
		"line":      func() (*record.Drawing, error) { return Line(LineParams{Sheet: s, Labels: two, Series: hollow}) },
		"no series": func() (*record.Drawing, error) { return Line(LineParams{Sheet: s, Labels: two}) },
		"no labels": func() (*record.Drawing, error) { return Bars(BarsParams{Sheet: s}) },
		"bars":      func() (*record.Drawing, error) { return Bars(BarsParams{Sheet: s, Labels: two, Series: hollow[0]}) },
		"grouped":   func() (*record.Drawing, error) { return Grouped(GroupedParams{Sheet: s, Labels: two, Series: hollow}) },
		"stack":     func() (*record.Drawing, error) { return Stack(StackParams{Sheet: s, Labels: two, Series: hollow}) },
		"donut":     func() (*record.Drawing, error) { return Donut(DonutParams{Sheet: s, Parts: []Part{{Label: "a"}}}) },
		"tornado": func() (*record.Drawing, error) {
			return Tornado(TornadoParams{Sheet: s, Swings: []Swing{{Label: "a"}}})
		},
		"plane": func() (*record.Drawing, error) { return Plane(PlaneParams{Sheet: s}) },
	} {
		d, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := texts(d); !slices.Equal(got, []string{s.Empty}) || len(d.Spots) > 0 || d.Title != s.Title {
			t.Errorf("%s says %q with %d spots", name, got, len(d.Spots))
		}
	}
}

// Bars stand on zero, and their lengths are in proportion to the values.
func TestBars_FromZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := rapid.IntRange(20, 100)
		signed := rapid.Custom(func(t *rapid.T) float64 {
			return float64(high.Draw(t, "size") * rapid.SampledFrom([]int{1, -1}).Draw(t, "sign"))
		})
		raw := rapid.SliceOfN(signed, 2, 12).Draw(t, "values")
		d, err := Bars(BarsParams{
			Sheet: sheet(false, ""), Labels: years(2000, 1999+len(raw)),
			Series: Series{Color: look.Accent, Values: values("v", raw...)},
		})
		if err != nil {
			t.Fatal(err)
		}
		boxes := filled(d, look.Accent)
		if len(boxes) != len(raw) {
			t.Fatalf("%d bars for %v", len(boxes), raw)
		}
		foot := func(i int) float64 {
			if raw[i] < 0 {
				return boxes[i].Y0
			}
			return boxes[i].Y1
		}
		unit := (boxes[0].Y1 - boxes[0].Y0) / math.Abs(raw[0])
		for i, v := range raw {
			if math.Abs(foot(i)-foot(0)) > 0.01 {
				t.Fatalf("%v stands on %v, %v on %v", v, foot(i), raw[0], foot(0))
			}
			if got := boxes[i].Y1 - boxes[i].Y0; math.Abs(got-unit*math.Abs(v)) > 1 {
				t.Fatalf("%v is %v high, want %v", v, got, unit*math.Abs(v))
			}
		}
	})
}

// A line ends at a gap and at a change of method.
func TestLine_NeverJoinsGaps(t *testing.T) {
	v := values("v", 1, 2, gap, 4, 5, 6)
	if got := split(v, []Break{{After: 3}}); !slices.Equal(got, [][2]int{{0, 2}, {3, 4}, {4, 6}}) {
		t.Errorf("the runs are %v", got)
	}
	d, err := Line(LineParams{
		Sheet: sheet(false, ""), Labels: years(2020, 2025), Breaks: []Break{{After: 3, Label: "b"}},
		Series: []Series{{Color: look.Accent, Values: v}},
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, m := range d.Marks {
		if p, ok := m.(*record.Path); ok && p.Stroke == look.Accent.Light && p.Width == lineWidth && p.Fill.A == 0 {
			lines++
			for _, s := range p.Segs[1:] {
				if s.P[0].X-p.Segs[0].P[0].X > 110 {
					t.Errorf("a line goes from %v to %v", p.Segs[0].P[0], s.P[0])
				}
			}
		}
	}
	if lines != 3 {
		t.Errorf("%d lines, want 3", lines)
	}
	if n := len(filled(d, look.Accent)); n != 5 {
		t.Errorf("%d dots for 5 values", n)
	}
}

// Each value answers to the pointer where it is drawn.
func TestSpots(t *testing.T) {
	for name, form := range forms {
		d, err := form(false)
		if err != nil {
			t.Fatal(err)
		}
		if name == "nothing" {
			continue
		}
		if len(d.Spots) < 3 {
			t.Errorf("%s has %d spots", name, len(d.Spots))
		}
		for _, s := range d.Spots {
			if s.ID == "" || s.Label == "" || len(s.Outline) < 4 {
				t.Errorf("%s has the spot %+v", name, s)
			}
			if b, _ := d.At(middle(s.Outline)); b.ID == "" && name != "donut" {
				t.Errorf("%s: nothing answers in the middle of %s", name, s.ID)
			}
		}
	}
}

func middle(o []record.Point) (p record.Point) {
	for _, q := range o {
		p.X, p.Y = p.X+q.X/float64(len(o)), p.Y+q.Y/float64(len(o))
	}
	return p
}

// The ring begins at the top, is shared out in proportion, and has a real hole.
func TestDonut_Shares(t *testing.T) {
	d, err := Donut(DonutParams{Sheet: sheet(false, ""), Parts: []Part{
		{"a", look.Accent, values("a", 25)[0]}, {"b", look.Primary, values("b", 75)[0]},
	}})
	if err != nil {
		t.Fatal(err)
	}
	ring := filled(d, look.Primary)[0]
	center := record.Point{X: (ring.X0 + ring.X1) / 2, Y: (ring.Y0 + ring.Y1) / 2}
	radius := (ring.X1 - ring.X0) / 2 * 0.8
	for angle, want := range map[float64]string{-80: "a/0", -10: "a/0", 10: "b/0", 170: "b/0", -100: "b/0"} {
		s, c := math.Sincos(angle * math.Pi / 180)
		if got, _ := d.At(record.Point{X: center.X + radius*c, Y: center.Y + radius*s}); got.ID != want {
			t.Errorf("at %v degrees is %q, want %q", angle, got.ID, want)
		}
	}
	if a := pixels.Paint(d, 1).RGBAAt(int(center.X), int(center.Y)).A; a != 0 {
		t.Errorf("the hole is painted (%d)", a)
	}
}

func TestStack_IsNotNormalised(t *testing.T) {
	d, err := Stack(stackSample(false))
	if err != nil {
		t.Fatal(err)
	}
	var heights []float64
	for _, b := range filled(d, Benefits[0])[1:] { // the first is the legend
		heights = append(heights, b.Y1-b.Y0)
	}
	if len(heights) != 5 || slices.Max(heights)-slices.Min(heights) > 0.01 {
		t.Errorf("equal levels are %v high", heights)
	}
	for _, total := range stackSample(false).Totals {
		if !slices.Contains(texts(d), total) {
			t.Errorf("the total %q is not written", total)
		}
	}
}

// Years that have no room are left out rather than cut.
func TestBars_CrowdedYears(t *testing.T) {
	p := barsSample(false)
	p.Width = 280
	d, err := Bars(p)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(texts(d), " ")
	if strings.Contains(got, "\u2026") || !strings.Contains(got, "2015") || strings.Contains(got, "2016") {
		t.Errorf("the chart reads %q", got)
	}
}

func TestWrap(t *testing.T) {
	p, err := newPen(sheet(false, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"Rabat-Sal\u00e9-K\u00e9nitra", 70, []string{"Rabat-Sal\u00e9-", "K\u00e9nitra"}},
		{"Oriental", 70, []string{"Oriental"}},
		{"un deux trois quatre", 50, []string{"un deux", "trois q\u2026"}},
		{"", 70, nil},
	} {
		if got := p.wrap(c.text, c.width, 2); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestTornado_WidestFirst(t *testing.T) {
	d, err := Tornado(tornadoSample(false))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(texts(d), " ")
	last := -1
	for _, label := range []string{"Prime", "Salaire", "D\u00e9parts", "Part export", "Embauches"} {
		at := strings.Index(all, label)
		if at < last {
			t.Errorf("%s comes too early in %q", label, all)
		}
		last = at
	}
}

// The same drawing goes on paper, with every text of it.
func TestForms_OnPaper(t *testing.T) {
	for name, form := range forms {
		d, err := form(false)
		if err != nil {
			t.Fatal(err)
		}
		pdf := fpdf.New("P", "mm", "A4", "")
		pdf.SetCompression(false)
		pdf.AddPage()
		paper.Paint(pdf, d, paper.Place{X: 20, Y: 20, Width: 170})
		var out bytes.Buffer
		if err := pdf.Output(&out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, want := bytes.Count(out.Bytes(), []byte(") Tj")), len(texts(d)); got != want {
			t.Errorf("%s has %d texts on paper, %d are drawn", name, got, want)
		}
	}
}

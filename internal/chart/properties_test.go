package chart

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// label draws a text of any length, short words and long ones.
func label(t *rapid.T, what string) string {
	word := rapid.StringMatching(`[A-Za-z\x{e0}-\x{fc}\-]{1,14}`)
	return strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, what), " ")
}

func drawSheet(t *rapid.T) Sheet {
	return Sheet{
		Dark:  rapid.Bool().Draw(t, "dark"),
		Width: rapid.Float64Range(300, 1000).Draw(t, "width"), Height: rapid.Float64Range(220, 700).Draw(t, "height"),
		TextSize: rapid.SampledFrom([]float64{0, 10, 12, 15}).Draw(t, "size"),
		Number:   french, Unit: label(t, "unit"), Empty: label(t, "empty"), Title: "t",
	}
}

func drawSeries(t *rapid.T, labels int) Series {
	s := Series{Label: label(t, "series"), Color: look.Segments[0]}
	big := rapid.SampledFrom([]float64{1, 100, 1e6}).Draw(t, "scale")
	low := rapid.SampledFrom([]float64{-1, 0}).Draw(t, "low")
	for range labels {
		v := math.Round(rapid.Float64Range(low, 1).Draw(t, "value")*100) / 100 * big
		s.Values = append(s.Values, Value{
			ID: "v", Known: rapid.IntRange(0, 5).Draw(t, "known") > 0, Value: v, Text: french(v),
		})
	}
	return s
}

func drawLabels(t *rapid.T, most int) (out []string) {
	for range rapid.IntRange(1, most).Draw(t, "labels") {
		out = append(out, label(t, "label"))
	}
	return out
}

// readable fails where a text is cut by the sheet or covers another one.
func readable(t *rapid.T, d *record.Drawing, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	sheet := record.Box{X1: d.Width, Y1: d.Height}
	var boxes []record.Box
	var texts []string
	for _, m := range d.Marks {
		text, ok := m.(*record.Text)
		if !ok {
			continue
		}
		box := text.Box()
		if !box.In(sheet.Grow(1e-6)) {
			t.Fatalf("%q at %v leaves the sheet of %v by %v", text.Text, box, d.Width, d.Height)
		}
		for i, other := range boxes {
			if box.Grow(-0.25).Overlaps(other) {
				t.Fatalf("%q at %v covers %q at %v", text.Text, box, texts[i], other)
			}
		}
		boxes, texts = append(boxes, box), append(texts, text.Text)
	}
}

func TestText_NeitherCutNorCovered(t *testing.T) {
	t.Run("line", rapid.MakeCheck(func(t *rapid.T) {
		p := LineParams{Sheet: drawSheet(t), Labels: drawLabels(t, 30)}
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			p.Series = append(p.Series, drawSeries(t, len(p.Labels)))
		}
		for range rapid.IntRange(0, 2).Draw(t, "breaks") {
			p.Breaks = append(p.Breaks, Break{After: rapid.IntRange(0, len(p.Labels)).Draw(t, "after"), Label: label(t, "break")})
		}
		d, err := Line(p)
		readable(t, d, err)
	}))
	t.Run("bars", rapid.MakeCheck(func(t *rapid.T) {
		p := BarsParams{Sheet: drawSheet(t), Labels: drawLabels(t, 14)}
		p.Series = drawSeries(t, len(p.Labels))
		d, err := Bars(p)
		readable(t, d, err)
	}))
	t.Run("grouped", rapid.MakeCheck(func(t *rapid.T) {
		p := GroupedParams{Sheet: drawSheet(t), Labels: drawLabels(t, 8)}
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			p.Series = append(p.Series, drawSeries(t, len(p.Labels)))
		}
		d, err := Grouped(p)
		readable(t, d, err)
	}))
	t.Run("stack", rapid.MakeCheck(func(t *rapid.T) {
		p := StackParams{Sheet: drawSheet(t), Labels: drawLabels(t, 10)}
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			p.Series = append(p.Series, drawSeries(t, len(p.Labels)))
		}
		for range p.Labels {
			p.Totals = append(p.Totals, label(t, "total"))
		}
		d, err := Stack(p)
		readable(t, d, err)
	}))
	t.Run("donut", rapid.MakeCheck(func(t *rapid.T) {
		p := DonutParams{Sheet: drawSheet(t), Center: label(t, "center"), Note: label(t, "note")}
		for range rapid.IntRange(0, 8).Draw(t, "n") {
			s := drawSeries(t, 1)
			s.Values[0].Value = math.Abs(s.Values[0].Value)
			p.Parts = append(p.Parts, Part{Label: s.Label, Color: s.Color, Value: s.Values[0]})
		}
		d, err := Donut(p)
		readable(t, d, err)
	}))
	t.Run("tornado", rapid.MakeCheck(func(t *rapid.T) {
		p := TornadoParams{
			Sheet: drawSheet(t), BaseText: label(t, "base"), LowText: label(t, "low"), HighText: label(t, "high"),
			Base: math.Round(rapid.Float64Range(-10, 100).Draw(t, "result")),
		}
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			s := drawSeries(t, 2)
			p.Swings = append(p.Swings, Swing{Label: s.Label, Low: s.Values[0], High: s.Values[1]})
		}
		d, err := Tornado(p)
		readable(t, d, err)
	}))
	t.Run("plane", rapid.MakeCheck(func(t *rapid.T) {
		d, err := Plane(drawPlane(t))
		readable(t, d, err)
	}))
}

func drawPlane(t *rapid.T) PlaneParams {
	p := PlaneParams{Sheet: drawSheet(t), QualityUnit: label(t, "quality")}
	span := func(lo, hi float64) Span {
		v := math.Round(rapid.Float64Range(lo, hi).Draw(t, "v"))
		return Span{max(lo, v-rapid.Float64Range(0, 9).Draw(t, "d")), v, min(hi, v+rapid.Float64Range(0, 9).Draw(t, "u"))}
	}
	for range rapid.IntRange(0, 10).Draw(t, "n") {
		p.Points = append(p.Points, Point{ID: "p", Label: label(t, "name"), Cost: span(0, 100), Quality: span(0, 100)})
	}
	return p
}

// A label stands on no point, its own or another.
func TestPlane_LabelsLeavePointsFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := Plane(drawPlane(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range d.Marks {
			text, ok := m.(*record.Text)
			if !ok || !text.Bold {
				continue
			}
			for _, s := range d.Spots {
				point := record.Box{X0: s.Outline[0].X, Y0: s.Outline[0].Y, X1: s.Outline[2].X, Y1: s.Outline[2].Y}
				if text.Box().Overlaps(point) {
					t.Fatalf("%q at %v covers a point at %v", text.Text, text.Box(), point)
				}
			}
		}
	})
}

func TestTicks_AreRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := math.Pow10(rapid.IntRange(-4, 12).Draw(t, "power"))
		lo := rapid.Float64Range(-10, 10).Draw(t, "lo") * scale
		hi := lo + rapid.Float64Range(0, 10).Draw(t, "range")*scale
		n := rapid.IntRange(2, 10).Draw(t, "n")
		got := ticks(lo, hi, n)
		if len(got) < 2 || len(got) > n+1 {
			t.Fatalf("%d numbers for at most %d steps: %v", len(got), n, got)
		}
		gap := got[1] - got[0]
		slack := 1e-6 * gap
		if got[0] > lo+slack || got[len(got)-1] < hi-slack {
			t.Fatalf("%v to %v is not within %v", lo, hi, got)
		}
		lost := 1e-14 * (math.Abs(lo) + math.Abs(hi)) / gap // by the subtraction above
		digit := gap / math.Pow10(int(math.Floor(math.Log10(gap*(1+1e-9+10*lost)))))
		if d := math.Abs(digit - math.Round(digit)); d > 1e-6+10*lost || !strings.Contains("125", french(math.Round(digit))) {
			t.Fatalf("a step of %v in %v", gap, got)
		}
	})
}

func TestTicks_Examples(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		n      int
		want   string
	}{
		{0, 2560, 6, "0 500 1000 1500 2000 2500 3000"},
		{-110, 780, 6, "-200 0 200 400 600 800"},
		{0, 0.3, 3, "0 0.1 0.2 0.3"},
		{0, 0, 5, "0 0.2 0.4 0.6 0.8 1"},
		{7, 7, 4, "0 2 4 6 8"},
	} {
		var got []string
		for _, v := range ticks(c.lo, c.hi, c.n) {
			got = append(got, strconv.FormatFloat(v, 'f', -1, 64))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v to %v in %d: %s, want %s", c.lo, c.hi, c.n, s, c.want)
		}
	}
}

// An axis whose numbers read alike is made coarser.
func TestAxis_NumbersDiffer(t *testing.T) {
	p := &pen{Sheet: Sheet{Number: func(v float64) string { return french(math.Round(v)) }}}
	a := p.axis(0, 1.2, 6)
	for i, s := range a.texts {
		if i > 0 && s == a.texts[i-1] {
			t.Errorf("the axis reads %v", a.texts)
		}
	}
}

func TestRefused(t *testing.T) {
	bad := func(v float64) []Value { return []Value{{Known: true, Value: v}} }
	ok := Sheet{Width: 300, Height: 200}
	one := []string{"a"}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e16} {
		s := []Series{{Values: bad(v)}}
		for name, err := range map[string]error{
			"line":    second(Line(LineParams{Sheet: ok, Labels: one, Series: s})),
			"bars":    second(Bars(BarsParams{Sheet: ok, Labels: one, Series: s[0]})),
			"grouped": second(Grouped(GroupedParams{Sheet: ok, Labels: one, Series: s})),
			"stack":   second(Stack(StackParams{Sheet: ok, Labels: one, Series: s})),
			"donut":   second(Donut(DonutParams{Sheet: ok, Parts: []Part{{Value: bad(v)[0]}}})),
			"tornado": second(Tornado(TornadoParams{Sheet: ok, Swings: []Swing{{Low: bad(v)[0], High: bad(v)[0]}}})),
			"base":    second(Tornado(TornadoParams{Sheet: ok, Base: v})),
			"plane":   second(Plane(PlaneParams{Sheet: ok, Points: []Point{{Cost: Span{v, v, v}}}})),
		} {
			if !errors.Is(err, ErrNotANumber) {
				t.Errorf("%s of %v: %v", name, v, err)
			}
		}
	}
	for name, err := range map[string]error{
		"labels":  second(Line(LineParams{Sheet: ok, Series: []Series{{Values: bad(1)}}})),
		"totals":  second(Stack(StackParams{Sheet: ok, Labels: one, Totals: []string{"1", "2"}})),
		"part":    second(Donut(DonutParams{Sheet: ok, Parts: []Part{{Value: bad(-1)[0]}}})),
		"span":    second(Plane(PlaneParams{Sheet: ok, Points: []Point{{Cost: Span{3, 2, 1}}}})),
		"quality": second(Plane(PlaneParams{Sheet: ok, Points: []Point{{Quality: Span{0, 50, 101}}}})),
	} {
		if !errors.Is(err, ErrShape) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range []Sheet{{}, {Width: 100, Height: 400}, {Width: math.NaN(), Height: 300}, {Width: math.Inf(1), Height: 300}} {
		if err := second(Bars(BarsParams{Sheet: s})); !errors.Is(err, ErrSize) {
			t.Errorf("%v by %v: %v", s.Width, s.Height, err)
		}
	}
}

func second(_ *record.Drawing, err error) error { return err }

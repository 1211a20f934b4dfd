package chart

import (
	"io"
	"testing"

	gochart "github.com/wcharczuk/go-chart/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// What go-chart itself would write goes through the recorder too.
func TestRecorder_TakesAllThatGoChartDraws(t *testing.T) {
	d := &record.Drawing{}
	c := gochart.Chart{
		Width: 400 * fine, Height: 300 * fine, DPI: 72, Font: noFont, Title: "T",
		Background: gochart.Style{FontSize: 10 * fine},
		XAxis:      gochart.XAxis{Name: "x", Style: gochart.Style{FontSize: 10 * fine}},
		YAxis:      gochart.YAxis{Style: gochart.Style{FontSize: 10 * fine, TextRotationDegrees: 45}},
		Series: []gochart.Series{gochart.ContinuousSeries{
			Style:   gochart.Style{StrokeColor: paint(look.Ink.Light), StrokeWidth: fine, StrokeDashArray: []float64{fine, fine}},
			XValues: []float64{1, 2, 3}, YValues: []float64{1, 4, 9},
		}},
	}
	if err := c.Render((&recorder{d: d}).provide, io.Discard); err != nil {
		t.Fatal(err)
	}
	dashed, turned := false, false
	for _, m := range d.Marks {
		switch m := m.(type) {
		case *record.Path:
			dashed = dashed || len(m.Dash) == 2 && m.Dash[0] == 1 && m.Width == 1
		case *record.Text:
			turned = turned || m.Angle != 0
			if m.Size <= 0 || m.At.X < -1 || m.At.X > 401 {
				t.Errorf("the text %+v", m)
			}
		}
	}
	if !dashed || !turned || len(texts(d)) < 6 {
		t.Errorf("dashed %v, turned %v, texts %q", dashed, turned, texts(d))
	}
	r := &recorder{d: d}
	r.QuadCurveTo(0, 0, 8*fine, 0)
	r.QuadCurveTo(16*fine, 0, 16*fine, 8*fine)
	if got := r.pen(); got != (record.Point{X: 16, Y: 8}) {
		t.Errorf("the curve ends at %v", got)
	}
}

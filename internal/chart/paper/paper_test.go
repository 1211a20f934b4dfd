package paper

import (
	"bytes"
	"encoding/hex"
	"image/color"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"

	"atlasp2i/internal/chart/record"
)

var (
	ink  = color.NRGBA{R: 0x17, G: 0x23, B: 0x2b, A: 0xff}
	deep = color.NRGBA{R: 0x0e, G: 0x4d, B: 0x45, A: 0xff}
)

func sample() *record.Drawing {
	d := &record.Drawing{Width: 200, Height: 100}
	d.Add(
		record.Filled(record.Circle(50, 50, 20), deep),
		&record.Path{Segs: record.Rect(100, 20, 40, 40), Hatch: ink, Stroke: ink, Width: 1, Dash: []float64{3, 2}},
		&record.Text{At: record.Point{X: 10, Y: 20}, Text: "F\u00e8s Shore \u2192 1\u202f234", Size: 12, Color: ink, Halo: deep},
		&record.Text{At: record.Point{X: 190, Y: 90}, Text: "Rabat", Size: 12, Bold: true, Color: ink, Anchor: record.End},
		&record.Text{At: record.Point{X: 20, Y: 90}, Text: "MAD", Size: 12, Color: ink, Angle: -math.Pi / 2},
	)
	return d
}

func document(t *testing.T, d *record.Drawing) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCompression(false)
	pdf.AddPage()
	Paint(pdf, d, Place{X: 20, Y: 30, Width: 100})
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// shown finds the texts of an uncompressed page: place, and letters in UTF-16.
var shown = regexp.MustCompile(`(?s)BT (\S+) (\S+) Td \((.*?)\) Tj ET`)

type word struct {
	x, y float64 // millimetres from the upper left corner
	text string
}

func words(t *testing.T, file []byte) (out []word) {
	t.Helper()
	for _, m := range shown.FindAllSubmatch(file, -1) {
		x, errX := strconv.ParseFloat(string(m[1]), 64)
		y, errY := strconv.ParseFloat(string(m[2]), 64)
		if errX != nil || errY != nil {
			t.Fatalf("no place: %s %s", m[1], m[2])
		}
		raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAll(m[3], []byte("$1"))
		var units []uint16
		for i := 0; i+1 < len(raw); i += 2 {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
		out = append(out, word{x / pointsPer, 297 - y/pointsPer, string(utf16.Decode(units))})
	}
	return out
}

func TestPaint_TextIsTextWhereItStands(t *testing.T) {
	got := words(t, document(t, sample()))
	want := []word{
		{20 + 5, 30 + 10, "F\u00e8s Shore \u2192 1\u202f234"},
		{20 + 95 - record.Measure("Rabat", 6, true), 30 + 45, "Rabat"},
		{20 + 10, 30 + 45, "MAD"},
	}
	if len(got) != len(want) {
		t.Fatalf("the page says %v", got)
	}
	for i, w := range want {
		if g := got[i]; g.text != w.text || math.Abs(g.x-w.x) > 0.01 || math.Abs(g.y-w.y) > 0.01 {
			t.Errorf("the page says %v, want %v", g, w)
		}
	}
}

// What a reader copies is found through the font's own table.
func TestPaint_TextCanBeCopied(t *testing.T) {
	file := document(t, sample())
	if !bytes.Contains(file, []byte("/ToUnicode")) || !bytes.Contains(file, []byte("begincmap")) {
		t.Error("the file has no table from letters to characters")
	}
	if n := len(file); n > 120_000 {
		t.Errorf("the file has %d bytes: the fonts are not cut down", n)
	}
}

// The widths that we lay out with are those that the file gives.
func TestPaint_WidthsAgree(t *testing.T) {
	pdf := fpdf.New("P", "mm", "A4", "")
	Fonts(pdf)
	for style, bold := range map[string]bool{"": false, "B": true} {
		pdf.SetFont(Family, style, 72)
		for _, text := range []string{"Casanearshore", "1 234 567,50 MAD", "T\u00e9touan \u2264 30 %"} {
			got, want := pdf.GetStringWidth(text), record.Measure(text, 25.4, bold)
			if math.Abs(got-want) > 0.005*want {
				t.Errorf("%q is %.3f mm wide, we lay out %.3f", text, got, want)
			}
		}
	}
}

func TestPaint_CurvesAreCurves(t *testing.T) {
	file := string(document(t, &record.Drawing{Width: 100, Height: 100, Marks: []record.Mark{
		record.Filled(record.Circle(50, 50, 20), deep),
	}}))
	if n := strings.Count(file, " c\n"); n != 4 {
		t.Errorf("a circle has %d curves in the file, want 4", n)
	}
	if !strings.Contains(file, "0.055 0.302 0.271 rg") {
		t.Error("the file does not name the colour of the circle")
	}
}

func TestPaint_LeavesTheDocumentAsItWas(t *testing.T) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.SetFont("Helvetica", "B", 17)
	pdf.SetTextColor(1, 2, 3)
	pdf.SetDrawColor(4, 5, 6)
	pdf.SetLineWidth(0.7)
	pdf.SetXY(33, 44)
	Paint(pdf, sample(), Place{Width: 80})
	size, _ := pdf.GetFontSize()
	r, g, b := pdf.GetTextColor()
	dr, dg, db := pdf.GetDrawColor()
	x, y := pdf.GetXY()
	alpha, _ := pdf.GetAlpha()
	if pdf.GetFontFamily() != "helvetica" || pdf.GetFontStyle() != "B" || size != 17 || r != 1 || g != 2 || b != 3 ||
		dr != 4 || dg != 5 || db != 6 || pdf.GetLineWidth() != 0.7 || x != 33 || y != 44 || alpha != 1 {
		t.Errorf("the document was changed: %s %s %v, text %d %d %d, lines %d %d %d %v, at %v %v, alpha %v",
			pdf.GetFontFamily(), pdf.GetFontStyle(), size, r, g, b, dr, dg, db, pdf.GetLineWidth(), x, y, alpha)
	}
	if err := pdf.Error(); err != nil {
		t.Fatal(err)
	}
}

func TestPaint_NothingToPaint(t *testing.T) {
	for _, d := range []*record.Drawing{{}, {Width: math.NaN()}, {Width: 10, Height: 10, Marks: []record.Mark{
		&record.Path{Fill: ink, Hatch: ink, Stroke: ink, Width: 1}, &record.Text{Color: ink},
	}}} {
		if w := words(t, document(t, d)); len(w) > 0 {
			t.Errorf("%+v says %v", d, w)
		}
	}
}

// Two papers made at once share the fonts and nothing else.
func TestPaint_AtOnce(t *testing.T) {
	var wg sync.WaitGroup
	files := make([][]byte, 4)
	for i := range files {
		wg.Go(func() { files[i] = document(t, sample()) })
	}
	wg.Wait()
	for _, f := range files[1:] {
		if len(f) != len(files[0]) {
			t.Errorf("the same drawing gives %d and %d bytes", len(files[0]), len(f))
		}
	}
}

func TestPdftotext(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here; the tests above read the page themselves")
	}
	cmd := exec.Command(tool, "-", "-")
	cmd.Stdin = bytes.NewReader(document(t, sample()))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"F\u00e8s Shore", "Rabat", "MAD"} {
		if strings.Count(string(out), want) != 1 {
			t.Errorf("%q is not found once in %q (%s)", want, out, hex.EncodeToString(out))
		}
	}
}

func BenchmarkPaint(b *testing.B) {
	d := sample()
	for b.Loop() {
		pdf := fpdf.New("P", "mm", "A4", "")
		pdf.AddPage()
		Paint(pdf, d, Place{Width: 100})
	}
}

package kit

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/ui/theme"
)

// painted counts the pixels that are not the background, and those in a colour.
func painted(img image.Image, ink uint32) (all, inked int) {
	ground := rgb(img, 0, 0)
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			c := rgb(img, x, y)
			if c != ground {
				all++
			}
			if c == ink {
				inked++
			}
		}
	}
	return all, inked
}

func rgb(img image.Image, x, y int) uint32 {
	r, g, b, _ := img.At(x, y).RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}

// A drawing that Fyne cannot read ends the program at a resize, so each icon
// is drawn here, in a colour of the theme.
func TestIcons_AreDrawnInTheColourAsked(t *testing.T) {
	names := assets.IconNames()
	if len(names) < 7 {
		t.Fatalf("only %d icons", len(names))
	}
	for _, name := range names {
		w := window(t, canvas.NewRectangle(nil), 96, 96)
		picture := canvas.NewImageFromResource(Tinted(Icon(name), theme.Segments[3]))
		picture.FillMode = canvas.ImageFillContain
		w.SetContent(picture)
		w.Resize(fyne.NewSize(96, 96))
		all, inked := painted(w.Canvas().Capture(), 0x5478AE)
		if inked == 0 || all < 300 || all > 96*96/2 {
			t.Errorf("%s: %d pixels drawn, %d in the colour", name, all, inked)
		}
	}
}

func BenchmarkStatement_Set(b *testing.B) {
	columns := []Column{{Title: "MAD", Left: true}}
	for range 6 {
		columns = append(columns, Column{Title: "2026"})
	}
	rows := func(text string) []Row {
		out := make([]Row, 8)
		for i := range out {
			out[i].Cells = []Cell{{Text: "Salaires bruts"}}
			for range 6 {
				out[i].Cells = append(out[i].Cells, Cell{Text: text, Explain: func() {}})
			}
		}
		return out
	}
	test.NewTempApp(b).Settings().SetTheme(theme.Light())
	s := NewStatement(columns, rows("1"))
	test.NewTempWindow(b, s)
	s.Resize(fyne.NewSize(700, 300))
	one, two := rows("14 400 000"), rows("2 105 848")
	b.ResetTimer()
	for i := range b.N {
		if i%2 == 0 {
			s.Set(columns, one)
		} else {
			s.Set(columns, two)
		}
	}
}

package chart

import (
	"errors"
	"strings"
	"testing"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

func TestPlate_HoldsTitlePictureAndEveryWordOfTheNotes(t *testing.T) {
	picture := &record.Drawing{Width: 300, Height: 200}
	picture.Add(record.Filled(record.Rect(10, 20, 30, 40), look.Primary.Of(false)))
	picture.Add(&record.Text{At: record.Point{X: 5, Y: 6}, Text: "12,5", Size: 12, Color: look.Ink.Of(false)})
	picture.AddSpot("a", "A", record.Corners(0, 0, 10, 10))
	note := strings.TrimSpace(strings.Repeat("Source: somebody, 2025-03-31. ", 30))
	d, err := Plate(PlateParams{Picture: picture, Title: "A title that is longer than the picture is wide, by far", Notes: []string{"2024", note}})
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	var lowest float64
	for _, m := range d.Marks {
		if text, ok := m.(*record.Text); ok {
			words = append(words, text.Text)
			if !text.Box().In(record.Box{X1: d.Width, Y1: d.Height}) {
				t.Errorf("%q lies outside of the plate", text.Text)
			}
			if text.Text != "12,5" && text.At.Y < lowest {
				t.Errorf("%q stands above what comes before it", text.Text)
			}
			lowest = max(lowest, text.At.Y)
		}
	}
	said := strings.Join(words, " ")
	for _, want := range []string{"A title that is longer than the picture is wide, by far", "12,5", "2024", note} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the plate", want)
		}
	}
	if len(d.Spots) != 0 {
		t.Error("a plate answers to the pointer")
	}
	if at := picture.Marks[1].(*record.Text).At; at != (record.Point{X: 5, Y: 6}) {
		t.Errorf("the picture itself was changed: its text is at %v", at)
	}
}

func TestPlate_TooSmall(t *testing.T) {
	if _, err := Plate(PlateParams{Picture: &record.Drawing{}}); !errors.Is(err, ErrSize) {
		t.Errorf("a picture without a size gives %v, want ErrSize", err)
	}
}

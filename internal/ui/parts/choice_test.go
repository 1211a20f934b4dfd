package parts

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

func TestChoice_MouseAndKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	var heard []string
	c := NewChoice([]kit.Option{{ID: "a", Text: "Alpha"}, {ID: "b", Text: "Beta"}, {ID: "c", Text: "Gamma"}}, func(id string) { heard = append(heard, id) })
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(140, 200)) // two chips a row
	if c.chips[2].Position().Y == 0 || c.MinSize().Height <= c.chips[0].Size().Height {
		t.Error("chips that do not fit stand in the same row")
	}
	at := c.chips[2].Position()
	tap := &fyne.PointEvent{Position: at.AddXY(5, 5)}
	c.Tapped(tap)
	c.Tapped(tap) // again takes it away
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyDelete} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if !slices.Equal(heard, []string{"c", "", "a", "b", "a", ""}) {
		t.Errorf("heard %v", heard)
	}
	c.Put("b")
	if len(heard) != 6 || c.Chosen() != "b" {
		t.Error("Put tells")
	}
}

package platforms

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/kit"
)

func TestCard_MarksTheUsersValue(t *testing.T) {
	newLaptop(t)
	for _, f := range []figure{{short: "a", value: "1", own: "mine"}, {short: "a", value: "1"}} {
		marked := slices.ContainsFunc(all[*kit.Paragraph](cardFigures([]figure{f})), func(p *kit.Paragraph) bool { return p.Text() == "mine" })
		if marked != (f.own != "") {
			t.Errorf("%+v: marked %v", f, marked)
		}
	}
}

// Values stand on one line, whatever their names take.
func TestCard_ValuesStandOnOneLine(t *testing.T) {
	newLaptop(t)
	box := cardFigures([]figure{{short: "Loyer moyen demandé par mètre carré", value: "1"}, {short: "Places", value: "2"}, {short: "AIR", value: "3"}})
	test.NewTempWindow(t, box).Resize(fyne.NewSize(260, 200))
	at := map[string]float32{}
	for _, p := range all[*kit.Paragraph](box) {
		at[p.Text()] = fyne.CurrentApp().Driver().AbsolutePositionForObject(p).Y
	}
	if at["1"] <= at["Places"] || at["1"] != at["2"] || at["2"] != at["3"] {
		t.Errorf("%v", at)
	}
}

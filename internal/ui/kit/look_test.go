package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/theme"
)

// pieces is a small sheet of what the kit draws, states included.
func pieces() (sheet fyne.CanvasObject, focus *Button) {
	focus = NewButton(Primary, "Émettre", func() {})
	off := NewButton(Secondary, "Comparer", func() {})
	off.Disable()
	month := NewMonthEntry("")
	month.Check = func(string) string { return "Écrire un mois : 01/2026." }
	month.Put("2026")
	share := NewNumberEntry("", "%")
	share.Put("100")
	site := NewSelect("Choisir", []Option{{"fes", "Fès Shore"}}, nil)
	site.Put("fes")
	table := NewStatement([]Column{{Title: "MAD", Left: true}, {Title: "2026"}, {Title: "Total"}}, []Row{
		{Cells: []Cell{{Text: "AIR"}, {Text: "2 105 848", Explain: func() {}}, {Text: "10 529 242"}}},
		{Cells: []Cell{{Text: "Gain"}, {Text: "− 11 361,60"}, {Text: "14 669 242"}}, Total: true},
	})
	table.Underlined = true
	return NewCard(VStack(8,
		HStack(8, focus, off, NewChip(ChipLook{Text: "n° 1", Dot: theme.ColorCaution}), NewChip(ChipLook{Text: "Exports", Active: true})),
		NewFigure("2 040 000", FigureText, func() {}),
		NewRangeBar(Range{Low: 3, High: 4, Mark: 3, LowText: "14,7 M", HighText: "25,3 M"}),
		NewField(FieldSpec{Label: "Plateforme", Input: site}),
		NewField(FieldSpec{Label: "Part export", Input: share, Hint: "supposé", Width: 90}),
		NewField(FieldSpec{Label: "Embauche", Input: month}),
		NewTabs([]string{"Relevé", "Conditions 5 ✓ 2 ?"}, nil),
		table,
		NewNotice("Une réponse", "Le texte n’est pas tranché."),
	)), focus
}

// The masters are made with our own fonts at a scale of 1, so they are the
// same on every machine. Look at testdata/failed before replacing one.
func TestLook_OfThePieces(t *testing.T) {
	for name, look := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		t.Run(name, func(t *testing.T) {
			a := test.NewTempApp(t)
			a.Settings().SetTheme(look)
			sheet, focus := pieces()
			w := test.NewTempWindow(t, sheet)
			w.SetPadded(false)
			w.Resize(fyne.NewSize(380, 520))
			w.Resize(fyne.NewSize(380, 530))
			w.Canvas().Focus(focus)
			test.AssertImageMatches(t, "pieces-"+name+".png", w.Canvas().Capture())
		})
	}
}

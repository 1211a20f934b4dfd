package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"golang.org/x/image/font/sfnt"

	"atlasp2i/assets"
	"atlasp2i/internal/ui/theme"
)

// window shows an object in our look at a size.
func window(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Light())
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestFigure_OpensByMouseAndKeys(t *testing.T) {
	opened := 0
	f := NewFigure("2 040 000", FigureText, func() { opened++ })
	w := window(t, f, 200, 60)
	test.Tap(f)
	if w.Canvas().Focused() != f || f.Ringed() {
		t.Error("a click takes the focus and draws no ring")
	}
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		f.TypedKey(key(name))
	}
	if opened != 4 {
		t.Errorf("opened %d times, wanted 4", opened)
	}
	w.Canvas().Unfocus()
	w.Canvas().FocusNext()
	if !f.Ringed() {
		t.Error("no ring on the figure that Tab reached")
	}
}

func TestFocusChain_PassesOverWhatDoesNothing(t *testing.T) {
	entry, number := NewEntry(""), NewNumberEntry("", "%")
	choice := NewSelect("", []Option{{"a", "A"}}, nil)
	plain := NewFigure("0", BodyText, nil)
	off := NewButton(Secondary, "B", func() {})
	button := NewButton(Primary, "C", func() {})
	dead := NewStatement([]Column{{}}, []Row{{Cells: []Cell{{Text: "1"}}}})
	live := NewStatement([]Column{{}}, []Row{{Cells: []Cell{{Text: "1", Explain: func() {}}}}})
	tabs := NewTabs([]string{"x", "y"}, nil)
	w := window(t, VStack(4, NewField(FieldSpec{Input: entry}), NewField(FieldSpec{Input: number}),
		choice, plain, off, button, dead, live, tabs), 400, 500)
	off.Disable()
	for i, want := range []fyne.Focusable{entry, number, choice, button, live, tabs, entry} {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != want {
			t.Fatalf("step %d: focus on %T, wanted %T", i, got, want)
		}
	}
}

func TestButton_Disabled(t *testing.T) {
	pressed := 0
	b := NewButton(Primary, "Enregistrer", func() { pressed++ })
	window(t, b, 200, 60)
	b.Disable()
	test.Tap(b)
	b.TypedKey(key(fyne.KeySpace))
	if pressed != 0 || b.Cursor() != desktop.DefaultCursor {
		t.Errorf("a disabled button was pressed %d times", pressed)
	}
	b.Enable()
	test.Tap(b)
	if pressed != 1 {
		t.Error("an enabled button was not pressed")
	}
}

func TestTabs_KeysAndMouse(t *testing.T) {
	var seen []int
	tabs := NewTabs([]string{"Relevé", "Calendrier", "Conditions"}, func(i int) { seen = append(seen, i) })
	window(t, tabs, 500, 40)
	for _, name := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight, fyne.KeyHome} {
		tabs.TypedKey(key(name))
	}
	test.TapAt(tabs, fyne.NewPos(tabs.ends[0].X+tabs.gap+2, 10))
	want := []int{1, 2, 0, 1}
	if len(seen) != len(want) {
		t.Fatalf("views %v, wanted %v", seen, want)
	}
	for i := range want {
		if seen[i] != want[i] {
			t.Fatalf("views %v, wanted %v", seen, want)
		}
	}
	tabs.SetLabels([]string{"Relevé"})
	if tabs.Selected() != 0 {
		t.Error("the view that is gone is still chosen")
	}
}

func TestStatement_KeysGoThroughFiguresThatOpen(t *testing.T) {
	var opened []string
	cell := func(text string) Cell {
		return Cell{Text: text, Explain: func() { opened = append(opened, text) }}
	}
	s := NewStatement([]Column{{Title: "MAD", Left: true}, {Title: "2026"}, {Title: "2027"}}, []Row{
		{Cells: []Cell{{Text: "AIR"}, cell("a"), cell("b")}},
		{Cells: []Cell{{Text: "PAE"}, {Text: "–"}, {Text: "–"}}},
		{Cells: []Cell{{Text: "PAF"}, cell("c"), {Text: "–"}}},
	})
	w := window(t, s, 400, 200)
	w.Canvas().Focus(s)
	for _, name := range []fyne.KeyName{
		fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace, fyne.KeyRight, fyne.KeyLeft, fyne.KeyDown, fyne.KeyEnter, fyne.KeyDown,
	} {
		s.TypedKey(key(name))
	}
	test.TapAt(s, fyne.NewPos(s.edges[2]+20, rowTall()*1.5))
	test.TapAt(s, fyne.NewPos(s.edges[0]+5, rowTall()*1.5))
	test.TapAt(s, fyne.NewPos(s.edges[2]+20, rowTall()*0.5))
	if got := len(opened); got != 4 || opened[0] != "a" || opened[1] != "b" || opened[2] != "c" || opened[3] != "b" {
		t.Errorf("opened %v, wanted [a b c b]", opened)
	}
}

func TestStatement_SetUsesItsObjectsAgain(t *testing.T) {
	rows := func(text string) []Row { return []Row{{Cells: []Cell{{Text: text}, {Text: text}}}} }
	columns := []Column{{Title: "MAD", Left: true}, {Title: "2026"}}
	s := NewStatement(columns, rows("1"))
	window(t, s, 300, 100)
	face := test.WidgetRenderer(s).(*statementFace)
	first := face.texts[2]
	s.Set(columns, rows("2 105 848"))
	if face.texts[2] != first || first.Text != "2 105 848" || len(face.texts) != 4 {
		t.Error("a new result made new text objects")
	}
	right := first.Position().X + first.MinSize().Width
	if want := s.edges[1]; right > want {
		t.Errorf("the first column ends at %v, its text at %v", want, right)
	}
}

func TestStatement_FiguresStandRight(t *testing.T) {
	s := NewStatement([]Column{{Title: "MAD", Left: true}, {Title: "2026"}}, []Row{
		{Cells: []Cell{{Text: "AIR"}, {Text: "1"}}}, {Cells: []Cell{{Text: "PAE"}, {Text: "14 400 000"}}},
	})
	window(t, s, 400, 120)
	texts := test.WidgetRenderer(s).(*statementFace).texts
	short, long := texts[3], texts[5]
	if a, b := short.Position().X+short.Size().Width, long.Position().X+long.Size().Width; a != b {
		t.Errorf("figures end at %v and %v", a, b)
	}
}

func TestToastAndProgress_Press(t *testing.T) {
	undone, stopped := 0, 0
	toast := NewToast("Supprimé", "Annuler", func() { undone++ })
	progress := NewProgress("Calcul", "Arrêter", func() { stopped++ })
	window(t, VStack(4, toast, progress), 400, 120)
	test.Tap(toast.action)
	progress.Set(2, "Fini")
	test.Tap(progress.stop)
	if undone != 1 || stopped != 1 || progress.done != 1 {
		t.Errorf("undone %d, stopped %d, done %v", undone, stopped, progress.done)
	}
}

func TestGlyphs_WhatTheKitDrawsIsInTheFont(t *testing.T) {
	for _, data := range [][]byte{assets.FontRegular, assets.FontBold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range downMark + ellipsis {
			if g, err := f.GlyphIndex(nil, r); err != nil || g == 0 {
				t.Errorf("no %q: %v", r, err)
			}
		}
	}
}

package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A row that goes on in further rows loses nothing and overlaps nothing.
func TestFlow_GoesOnInFurtherRows(t *testing.T) {
	var buttons []fyne.CanvasObject
	for _, label := range []string{"Comparer", "Et si…", "Papier…", "Dupliquer", "Enregistrer"} {
		buttons = append(buttons, NewButton(Secondary, label, nil))
	}
	row := Flow(8, buttons...)
	window(t, row, 1000, 200)
	one := row.MinSize().Height
	if last := buttons[4].Position(); last.Y != 0 || last.X+buttons[4].Size().Width > Natural(row)+1 {
		t.Fatalf("the last button stands at %v of %v", last, Natural(row))
	}
	row.Resize(fyne.NewSize(240, 400))
	if row.MinSize().Height < 2*one {
		t.Errorf("%v high in a third of the width, %v in one row", row.MinSize().Height, one)
	}
	for i, a := range buttons {
		if a.Position().X+a.Size().Width > 240.5 || a.Size().Width < a.MinSize().Width {
			t.Errorf("button %d at %v of size %v", i, a.Position(), a.Size())
		}
		for _, b := range buttons[:i] {
			apart := a.Position().Y >= b.Position().Y+b.Size().Height || a.Position().X >= b.Position().X+b.Size().Width
			if !apart {
				t.Errorf("two buttons overlap: %v and %v", a.Position(), b.Position())
			}
		}
	}
}

// Ends must not flip between beside and below: where both fit is decided by what
// they would like, not by what they got.
func TestEnds_StaysWhereTabsGoOnInRows(t *testing.T) {
	tabs := NewTabs([]string{"Vue d'ensemble", "Dans le temps", "Objectifs", "Formation, cadre et rangs"}, nil)
	press := NewButton(Link, "Importer", nil)
	box := Ends(12, tabs, press)
	window(t, box, 260, 300)
	for range 3 {
		box.Refresh()
		if press.Position().X != 0 || press.Position().Y < tabs.Size().Height {
			t.Fatalf("the press stands at %v, the tabs are %v", press.Position(), tabs.Size())
		}
	}
	if tabs.Size().Height < 2*tabTall() {
		t.Errorf("four tabs in 260 pixels are %v high", tabs.Size().Height)
	}
	second := -1
	for i, end := range tabs.ends {
		if end.Y > tabTall()+1 && second < 0 {
			second = i
		}
	}
	test.TapAt(tabs, fyne.NewPos(5, tabTall()+8))
	if second < 0 || tabs.Selected() != second {
		t.Errorf("a click on the second row chose %d, wanted %d", tabs.Selected(), second)
	}
}

func TestChipButton_SaysLess(t *testing.T) {
	c := NewChipButton(ChipLook{Text: "Rules no. 3 in force", Short: "no. 3"}, nil)
	window(t, c, 300, 40)
	long := c.MinSize().Width
	c.Shorten(true)
	if short := c.MinSize().Width; short >= long || long-short-c.Saved() > 0.5 || c.Saved() <= 0 {
		t.Errorf("%v wide, %v in short, %v saved", long, short, c.Saved())
	}
	c.Shorten(false)
	if c.MinSize().Width != long || c.Saved() != 0 {
		t.Error("it does not say all again")
	}
}

func TestToast_LongOneGoesOnInLines(t *testing.T) {
	toast := NewToast("La simulation n'est pas enregistrée. La saisie reviendra à la prochaine ouverture.", "Quitter quand même", nil)
	window(t, toast, 900, 200)
	one := toast.Fit(2000)
	two := toast.Fit(420)
	if two.Width > 420 || two.Height <= one.Height {
		t.Errorf("%v with room, %v without", one, two)
	}
}

// The keyboard brings a figure of a wide table into view.
func TestWide_FollowsTheKeyboard(t *testing.T) {
	columns, cells := []Column{{Title: "Ligne", Left: true}}, []Cell{{Text: "Gain"}}
	for range 12 {
		columns, cells = append(columns, Column{Title: "2026"}), append(cells, Cell{Text: "14 669 242", Explain: func() {}})
	}
	table := NewStatement(columns, []Row{{Cells: cells}})
	scroll := Wide(table)
	window(t, scroll, 300, 200)
	table.FocusGained()
	for range 12 {
		table.TypedKey(key(fyne.KeyRight))
	}
	if at := table.edges[len(table.edges)-1]; scroll.Offset.X+scroll.Size().Width < at-1 {
		t.Errorf("scrolled to %v, the last figure ends at %v", scroll.Offset.X, at)
	}
}

func TestScrollPage_StopsAtTheEnds(t *testing.T) {
	scroll := Wide(NewText("", BodyText))
	window(t, scroll, 100, 100)
	if ScrollPage(scroll, true) || ScrollPage(scroll, false) {
		t.Error("what has nowhere to go moved")
	}
}

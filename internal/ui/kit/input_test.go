package kit

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestEntry_SaysWhatIsWrongAsItIsTyped(t *testing.T) {
	e := NewNumberEntry("", "MAD")
	e.Check = func(text string) string {
		if strings.Trim(text, "0123456789,.") != "" {
			return "Écrire un nombre."
		}
		return ""
	}
	var heard []string
	e.Changed = func(text string) { heard = append(heard, text) }
	f := NewField(FieldSpec{Label: "Brut", Input: e})
	window(t, VStack(0, f), 400, 200)
	plain := f.MinSize().Height
	test.Type(e, "30a")
	if f.Message() != "Écrire un nombre." || f.MinSize().Height <= plain {
		t.Errorf("message %q, height %v after %v", f.Message(), f.MinSize().Height, plain)
	}
	e.TypedKey(key(fyne.KeyBackspace))
	test.Type(e, ",5")
	if f.Message() != "" || f.MinSize().Height != plain {
		t.Errorf("message %q stayed", f.Message())
	}
	if got := heard[len(heard)-1]; got != "30,5" {
		t.Errorf("heard %q: the text is passed on as typed", got)
	}
}

// Pasting a line behind itself ends somewhere.
func TestEntry_HoldsSoMuch(t *testing.T) {
	e := NewEntry("")
	var heard string
	e.Changed = func(text string) { heard = text }
	window(t, e, 200, 60)
	e.SetText("a" + strings.Repeat("\u00e9", mostTyped/2))
	if len(e.Text) != mostTyped-1 || heard != e.Text || !utf8.ValidString(e.Text) {
		t.Errorf("%d bytes, %d heard", len(e.Text), len(heard))
	}
}

// What is accepted with a mark is not said in the colour of what is refused.
func TestField_MarkIsCaution(t *testing.T) {
	f := NewField(FieldSpec{Label: "E-mail", Input: NewEntry("")})
	window(t, VStack(0, f), 400, 200)
	want := func(text string, style Style) {
		t.Helper()
		if f.Message() != text || f.message.style != style {
			t.Errorf("%q in %v, want %q in %v", f.Message(), f.message.style, text, style)
		}
	}
	f.SetMark("Adresse inhabituelle.")
	want("Adresse inhabituelle.", CautionText)
	f.SetMessage("Écrire une adresse.")
	want("Écrire une adresse.", ErrorText)
	f.SetMessage("")
	want("Adresse inhabituelle.", CautionText)
	f.SetMark("")
	want("", CautionText)
}

func TestEntry_PutIsSilentAndLeavesTypingAlone(t *testing.T) {
	e := NewNumberEntry("", "")
	heard := 0
	e.Changed = func(string) { heard++ }
	w := window(t, e, 200, 60)
	e.Put("40")
	if e.Text != "40" || heard != 0 {
		t.Errorf("text %q, heard %d", e.Text, heard)
	}
	w.Canvas().Focus(e)
	e.Put("50")
	if e.Text != "40" {
		t.Error("Put changed the line that is typed into")
	}
	test.Type(e, "1")
	if heard != 1 {
		t.Errorf("heard %d after typing, wanted 1", heard)
	}
}

func TestEntry_FormatsWhatIsAcceptedWhenLeft(t *testing.T) {
	e := NewNumberEntry("", "")
	e.Check = func(text string) string {
		if text == "x" {
			return "non"
		}
		return ""
	}
	e.Format = func(text string) string { return "[" + text + "]" }
	left := ""
	e.Left = func(text string) { left = text }
	w := window(t, e, 200, 60)
	for typed, want := range map[string]string{"7": "[7]", "x": "x"} {
		e.Put("")
		w.Canvas().Focus(e)
		test.Type(e, typed)
		w.Canvas().Unfocus()
		if e.Text != want || left != want {
			t.Errorf("%q became %q and %q, wanted %q", typed, e.Text, left, want)
		}
	}
}

func TestEntry_ArrowsStep(t *testing.T) {
	e := NewMonthEntry("")
	e.Step = func(text string, delta int) (string, bool) {
		return map[int]string{1: "février", -1: "décembre"}[delta], text == "janvier"
	}
	window(t, e, 200, 60)
	e.Put("janvier")
	e.TypedKey(key(fyne.KeyUp))
	if e.Text != "février" {
		t.Errorf("Up gave %q", e.Text)
	}
	e.TypedKey(key(fyne.KeyDown))
	if e.Text != "février" {
		t.Errorf("a step that does not exist gave %q", e.Text)
	}
}

func TestEntry_HandsWindowKeysOn(t *testing.T) {
	e := NewEntry("")
	w := window(t, e, 200, 60)
	escaped := 0
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			escaped++
		}
	})
	w.Canvas().Focus(e)
	e.TypedKey(key(fyne.KeyEscape))
	if escaped != 1 {
		t.Errorf("escaped %d times, wanted 1", escaped)
	}
}

func TestEntry_HandsOurShortcutsOnAndKeepsItsOwn(t *testing.T) {
	var canvas fyne.ShortcutHandler
	var seen []string
	for _, s := range []fyne.Shortcut{ctrl(fyne.Key4), &fyne.ShortcutUndo{}} {
		canvas.AddShortcut(s, func(s fyne.Shortcut) { seen = append(seen, s.ShortcutName()) })
		handOn(s, &canvas)
	}
	handOn(ctrl(fyne.Key4), nil) // a line that is in no window
	if len(seen) != 1 || seen[0] != ctrl(fyne.Key4).ShortcutName() {
		t.Errorf("the window saw %v, wanted Ctrl+4 alone", seen)
	}
}

func ctrl(name fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl}
}

func TestEntry_NumberStandsRightAndTheCaretFollowsTheMouse(t *testing.T) {
	e := NewNumberEntry("", "")
	w := window(t, e, 200, 40)
	e.Put("1234")
	if e.shift < 100 {
		t.Fatalf("text begins %v from the left of a field of %v", e.shift, e.Size().Width)
	}
	two := BodyText.measure("12").Width
	at := fyne.NewPos(e.shift+innerPadding()+two+1, 16)
	e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	if e.CursorColumn != 2 {
		t.Errorf("caret at %d after a click behind the second digit", e.CursorColumn)
	}
	w.Canvas().Focus(e)
	test.Type(e, "0")
	if e.Text != "12034" {
		t.Errorf("typed into %q", e.Text)
	}
}

func TestSelect_KeysLettersAndList(t *testing.T) {
	var chosen []string
	s := NewSelect("Choisir", []Option{{"fes", "Fès Shore"}, {"oujda", "Oujda Shore"}, {"tetouan", "Tétouan Shore"}}, func(id string) { chosen = append(chosen, id) })
	w := window(t, VStack(0, s), 300, 300)
	s.Put("fes")
	if len(chosen) != 0 {
		t.Fatal("Put called back")
	}
	w.Canvas().Focus(s)
	s.TypedKey(key(fyne.KeyRight))
	s.TypedRune('t')
	s.TypedKey(key(fyne.KeyRight))
	s.TypedRune('z')
	s.TypedKey(key(fyne.KeySpace))
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("Space opened no list")
	}
	list := w.Canvas().Focused()
	list.TypedKey(key(fyne.KeyDown))
	list.TypedKey(key(fyne.KeyReturn))
	if len(chosen) != 3 || chosen[0] != "oujda" || chosen[1] != "tetouan" || chosen[2] != "fes" {
		t.Errorf("chose %v, wanted oujda, tetouan, fes", chosen)
	}
	if w.Canvas().Overlays().Top() != nil || w.Canvas().Focused() != s {
		t.Error("the list did not close and give the focus back")
	}
}

func TestSelect_MessageInItsField(t *testing.T) {
	s := NewSelect("Choisir", nil, nil)
	f := NewField(FieldSpec{Label: "Site", Input: s, Hint: "supposé"})
	window(t, f, 400, 80)
	s.SetMessage("Choisir une plateforme.")
	if f.Message() != "Choisir une plateforme." {
		t.Errorf("field says %q", f.Message())
	}
	s.TypedKey(key(fyne.KeySpace)) // no options: no list, no fault
}

func TestTick_ByMouseAndKey(t *testing.T) {
	var heard []bool
	tick := NewTick("Relu.", func(on bool) { heard = append(heard, on) })
	w := window(t, VStack(0, tick), 300, 80)
	test.Tap(tick)
	if !tick.On() {
		t.Error("a click does not tick it")
	}
	w.Canvas().Focus(tick)
	tick.TypedKey(key(fyne.KeySpace))
	tick.TypedKey(key(fyne.KeyReturn))
	tick.Put(false)
	if len(heard) != 3 || !heard[0] || heard[1] || !heard[2] || tick.On() {
		t.Errorf("heard %v, ticked %v: Put is silent", heard, tick.On())
	}
}

// A long line wraps beside its box and is not cut.
func TestTick_Wraps(t *testing.T) {
	tick := NewTick(strings.Repeat("La fourchette a été montrée. ", 6), nil)
	window(t, VStack(0, tick), 300, 300)
	if tick.MinSize().Height < 3*Px(tickBox) {
		t.Errorf("%v tall", tick.MinSize().Height)
	}
	if tick.label.Position().X < Px(tickBox) {
		t.Error("the label runs into the box")
	}
}

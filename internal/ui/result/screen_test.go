package result

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// said lists the texts that are drawn, from top to bottom.
func said(o fyne.CanvasObject) []string {
	var out []string
	for _, t := range all[*canvas.Text](o) {
		if t.Text != "" {
			out = append(out, t.Text)
		}
	}
	return out
}

// all finds the visible objects of a kind.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	if !o.Visible() {
		return nil
	}
	var out []T
	if x, ok := o.(T); ok {
		out = append(out, x)
	}
	var parts []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		parts = x.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(x).Objects()
	}
	for _, p := range parts {
		out = append(out, all[T](p)...)
	}
	return out
}

func (s *stage) sees(text string) bool {
	return slices.ContainsFunc(said(s.Content()), func(x string) bool { return strings.Contains(x, text) })
}

func (s *stage) last(t *testing.T) call {
	t.Helper()
	if len(s.calls) == 0 {
		t.Fatal("nothing was asked for")
	}
	return s.calls[len(s.calls)-1]
}

// exemptLines are the rows of a statement whose years are all exempt.
var exemptLines = []string{
	calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF, calc.LineBenefits,
}

var size = fyne.NewSize(744, 900)

// cellAt is the middle of a row of a statement, near the right edge of a column
// of n equal ones.
func cellAt(s *kit.Statement, rows, row int, x float32) fyne.Position {
	tall := s.MinSize().Height / float32(rows+1)
	return fyne.NewPos(x, tall*(float32(row)+1.5))
}

func TestView_ShowsEachCellOfTheResult(t *testing.T) {
	s := show(t, theme.Light(), size)
	r := result(t, givenProject())
	s.Set(r)
	f := s.p.Texts.Formatter()
	var want []string
	for i := range r.Years {
		want = append(want, s.model.sheet.years[i])
	}
	for _, key := range exemptLines {
		for i := range r.Years {
			want = append(want, f.Amount(r.Years[i].Line(key)))
		}
	}
	if got := said(s.views[tabSheet].(*sheetView).years); !slices.Equal(got, want) {
		t.Errorf("drawn %q\nwant %q", got, want)
	}
	if !s.sees(f.Amount(r.Benefits.Value)) || !s.sees("lecture prudente") {
		t.Error("the headline does not say the gain and how it is read")
	}
}

func TestView_CellOpensItsLineAndYear(t *testing.T) {
	s := show(t, theme.Light(), size)
	s.Set(result(t, givenProject()))
	sheet := s.views[tabSheet].(*sheetView)
	for row, key := range exemptLines {
		test.TapAt(sheet.years, cellAt(sheet.years, len(exemptLines), row, 10))
		if got := s.last(t); got.line != key || got.year != 2026 {
			t.Errorf("row %d opens %+v, want %s of 2026", row, got, key)
		}
		test.TapAt(sheet.years, cellAt(sheet.years, len(exemptLines), row, sheet.years.Size().Width-10))
		if got := s.last(t); got.line != key || got.year != 2030 {
			t.Errorf("row %d opens %+v, want %s of 2030", row, got, key)
		}
		test.TapAt(sheet.totals, cellAt(sheet.totals, len(exemptLines), row, 10))
		if got := s.last(t); got.line != key || got.year != 0 {
			t.Errorf("total of row %d opens %+v", row, got)
		}
	}
}

func TestView_UnknownOpensNothing(t *testing.T) {
	s := show(t, theme.Light(), size)
	s.Set(result(t, taxedProject()))
	sheet := s.views[tabSheet].(*sheetView)
	row := slices.Index(sheetLines, domain.AIS)
	test.TapAt(sheet.years, cellAt(sheet.years, len(sheetLines), row, 10))
	test.TapAt(sheet.totals, cellAt(sheet.totals, len(sheetLines), row, 10))
	test.Tap(s.cards[3].Amount())
	if len(s.calls) > 0 {
		t.Errorf("opened %+v", s.calls)
	}
	s.Set(result(t, givenProject()))
	test.Tap(s.cards[3].Amount())
	if got := s.last(t); got.line != domain.AIS || got.year != 0 {
		t.Errorf("the card opens %+v", got)
	}
	test.Tap(s.head.amount)
	if got := s.last(t); got.line != calc.LineBenefits || got.year != 0 {
		t.Errorf("the headline opens %+v", got)
	}
}

func TestView_MonthlyAndBack(t *testing.T) {
	s := show(t, theme.Light(), size)
	s.SetMonthly(true)
	s.Set(result(t, givenProject()))
	monthly := said(s.Content())
	if !s.sees("MAD par mois, moyenne de l'année") || s.sees("MAD par an") {
		t.Errorf("drawn: %q", monthly)
	}
	s.SetMonthly(false)
	if !s.sees("MAD par an") || s.sees("MAD par mois") {
		t.Errorf("drawn: %q", said(s.Content()))
	}
}

func TestView_HoldSaysWhyAndSetEndsIt(t *testing.T) {
	s := show(t, theme.Light(), size)
	s.Hold("Il manque la plateforme.")
	if !s.sees("Il manque la plateforme.") || s.held.Visible() {
		t.Error("before a result the view says what is missing and shows no figure")
	}
	s.Set(result(t, givenProject()))
	if s.sees("Il manque") || s.veil.Visible() {
		t.Error("a current result is held back")
	}
	s.Hold("Corriger le brut mensuel.")
	if !s.sees("pas à jour") || !s.sees("Corriger le brut mensuel.") || !s.veil.Visible() || !s.sees("Gain total") {
		t.Error("a result that is not current must stay, dimmed, and say so")
	}
	s.Set(result(t, givenProject()))
	if s.sees("pas à jour") || s.veil.Visible() {
		t.Error("the notice stays after a new result")
	}
}

func TestView_ReadingsAreChosenAndSettled(t *testing.T) {
	s := show(t, theme.Light(), fyne.NewSize(744, 2000))
	s.Set(result(t, givenProject()))
	s.ShowReadings()
	choices := all[*choice](s.Content())
	if len(choices) < 12+6 || !choices[0].on || choices[1].on || choices[2].on {
		t.Fatalf("%d choices", len(choices))
	}
	test.Tap(choices[1])
	if got, want := s.last(t), (call{reading: "pae.frequency", value: "annual"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	choices[2].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got, want := s.last(t), (call{reading: "pae.frequency", value: "once", settled: true}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	p := givenProject()
	p.Readings, p.Settled = map[string]string{"pae.frequency": "annual"}, []string{"pae.frequency"}
	s.Set(result(t, p))
	if choices[0].on || !choices[1].on || !choices[2].on {
		t.Error("the answers do not follow the result in place")
	}
}

func TestView_TabsShowTheirLists(t *testing.T) {
	s := show(t, theme.Light(), fyne.NewSize(744, 2400))
	s.Set(result(t, assumedProject()))
	for tab, word := range map[int]string{tabConditions: "IR au-dessus du plafond", tabLeft: "Charte de l'investissement", tabReadings: "Versement de la PAE"} {
		if s.sees(word) {
			t.Errorf("%q is shown before its tab", word)
		}
		s.tabs.Select(tab)
		if !s.sees(word) {
			t.Errorf("tab %d does not show %q", tab, word)
		}
		s.tabs.Select(tabSheet)
	}
}

func TestView_YearsFollowTheKeyboard(t *testing.T) {
	s := show(t, theme.Light(), size)
	s.Set(result(t, longProject()))
	sheet := s.views[tabSheet].(*sheetView)
	s.w.Canvas().Focus(sheet.years)
	for range 14 {
		sheet.years.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	sheet.years.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.last(t); got.year != 2040 {
		t.Fatalf("the keyboard reached %+v", got)
	}
	if sheet.scroll.Offset.X <= 0 {
		t.Error("the last year is out of sight")
	}
	for range 14 {
		sheet.years.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	if sheet.scroll.Offset.X != 0 {
		t.Error("the first year is out of sight")
	}
}

func TestView_TabReachesEverything(t *testing.T) {
	s := show(t, theme.Light(), size)
	save := kit.NewButton(kit.Primary, "Enregistrer", func() {})
	s.SetActions(save)
	s.Set(result(t, givenProject()))
	sheet := s.views[tabSheet].(*sheetView)
	met := map[fyne.Focusable]bool{}
	for range 12 {
		s.w.Canvas().FocusNext()
		met[s.w.Canvas().Focused()] = true
	}
	for _, want := range []fyne.Focusable{s.head.amount, save, s.cards[0].Amount(), s.cards[3].Amount(), s.tabs, sheet.years, sheet.totals} {
		if !met[want] {
			t.Errorf("Tab does not reach %T", want)
		}
	}
}

// The masters are made with our own fonts at a scale of 1. Look at
// testdata/failed before replacing one.
func TestLook(t *testing.T) {
	for name, look := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		s := show(t, look, fyne.NewSize(744, 819))
		p := givenProject()
		if name == "dark" {
			p = assumedProject()
		}
		s.Set(result(t, p))
		s.w.Resize(fyne.NewSize(744, 820))
		test.AssertImageMatches(t, "result-"+name+".png", s.w.Canvas().Capture())
	}
}

// BenchmarkSet is a live result at each keystroke: the pay changes.
func BenchmarkSet(b *testing.B) {
	for name, tab := range map[string]int{"sheet": tabSheet, "conditions": tabConditions, "readings": tabReadings} {
		b.Run(name, func(b *testing.B) {
			s := show(b, theme.Light(), size)
			var rs [2]*calc.Result
			for i, pay := range []string{"30000", "30500"} {
				p := longProject()
				p.Roles[0].GrossMonthly = calctest.Money(pay)
				rs[i] = result(b, p)
			}
			s.Set(rs[0])
			s.tabs.Select(tab)
			b.ResetTimer()
			for i := range b.N {
				s.Set(rs[i%2])
			}
		})
	}
}

// Years that scroll are shown whole: a figure of which the last digits are hidden reads
// as a smaller one.
func TestSheet_CutsNoFigureOfAYear(t *testing.T) {
	s := show(t, theme.Light(), fyne.NewSize(900, 1200))
	s.Set(result(t, longProject()))
	sheet, scrolled := s.views[tabSheet].(*sheetView), 0
	for wide := float32(480); wide < 900; wide += 23 {
		s.w.Resize(fyne.NewSize(wide, 1200))
		room := sheet.scroll.Size().Width
		if sheet.years.MinSize().Width > room {
			scrolled++
		}
		for _, text := range all[*canvas.Text](sheet.years) {
			if left, right := text.Position().X, text.Position().X+text.MinSize().Width; left < room && right > room+0.5 {
				t.Errorf("at a width of %v, %q is cut: from %v to %v of %v", wide, text.Text, left, right, room)
			}
		}
	}
	if scrolled == 0 {
		t.Error("the years never scroll")
	}
}

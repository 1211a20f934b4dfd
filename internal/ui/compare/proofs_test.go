package compare

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

var amount = regexp.MustCompile(`(\d[\d ]*(?:,\d\d)?) MAD`)

// centimes are the amounts of a text.
func centimes(t *testing.T, said string) []int {
	t.Helper()
	var out []int
	for _, m := range amount.FindAllStringSubmatch(plainly.Replace(said), -1) {
		text := strings.ReplaceAll(m[1], " ", "")
		whole, part, _ := strings.Cut(text, ",")
		n, err := strconv.Atoi(whole + (part + "00")[:2])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// What is said over an explanation starts with the amount of the table, and what
// follows adds up to it.
func TestProofsAddUpToTheAmountOfTheTable(t *testing.T) {
	d := newDesk(t)
	rent, area, pay := domain.Money(75_50), 8*domain.QuantityOne+333_333, domain.ShareOne*9/10
	for name, terms := range map[string]desk.SiteTerms{"none": {}, "rent": {Rent: &rent}, "pay": {Pay: &pay}, "both": {Rent: &rent, Pay: &pay}} {
		c := ofESO(t, d, "fes-shore", "dakhla")
		c.SeatArea, c.Terms = &area, map[string]desk.SiteTerms{"fes-shore": terms}
		s := &written(t, d, c).made.Sites[0]
		for key, want := range map[string]domain.Money{noteBefore: s.Cost.Before, noteAfter: s.Cost.After, noteTotal: s.Cost.TotalAfter} {
			said := proofNote(d.Texts(), s, key)
			n := centimes(t, said)
			sum := n[1]
			if key != noteBefore {
				sum -= n[2]
				n = n[1:]
			}
			if terms.Rent != nil {
				sum += n[2]
			}
			if first := centimes(t, said)[0]; first != int(want) || sum != first {
				t.Errorf("%s, %s: the table has %d, the text %d and %d: %q", name, key, want, first, sum, said)
			}
			if strings.Contains(said, "vôtres") != (terms.Pay != nil) || strings.Contains(said, "⟦") {
				t.Errorf("%s: pay in %q", name, said)
			}
		}
		x, err := d.Explain(desk.Draft{Project: s.Cost.Result.Project}, calc.LineBenefits, 0)
		if err != nil || x.Amount != s.Cost.Result.Benefits.Value {
			t.Errorf("%s: explained is %v, %v, counted %v", name, x.Amount, err, s.Cost.Result.Benefits.Value)
		}
	}
}

func TestCapAndStatusOpen(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	s.page.right.openCell(*s.page.right.model.row(t, "Plafond de l'AIR")[1].open)
	if s.cap != "casanearshore" || len(s.panels) != 0 {
		t.Errorf("the cap opened is that of %q", s.cap)
	}
	s.page.right.openCell(*s.page.right.model.row(t, "Avancement du site")[0].open)
	if len(s.panels) != 1 {
		t.Fatal("the status opens nothing")
	}
	if texts := said(s.panels[0].Content); !strings.Contains(texts, "en service") || !strings.Contains(texts, "Fès Shore, depuis le") || !strings.Contains(texts, "http") {
		t.Errorf("the panel says %q", texts)
	}
}

func TestPlatformsThatDoNotOperateYetAreMarked(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	if s.page.right.opens.Visible() {
		t.Error("a note where all operate")
	}
	s.page.Add("dakhla")
	s.settle()
	for _, row := range []string{"Plafond de l'AIR", "après aides", "Total"} {
		for i, c := range s.page.right.model.row(t, row) {
			if marked := c.aside == "*"; marked != (i == 3) {
				t.Errorf("%s: %+v", row, c)
			}
		}
	}
	if text := s.page.right.opens.Text(); !s.page.right.opens.Visible() || !strings.Contains(text, "* Dakhla") {
		t.Errorf("the note says %q", text)
	}
}

func TestAShareNamesTheFieldItReads(t *testing.T) {
	d := newDesk(t)
	m := written(t, d, ofESO(t, d, "fes-shore", "dakhla"))
	for _, l := range m.labels {
		want, share := map[string]string{"Réserve de main-d'œuvre": "chômage de la région", "Prime territoriale": ""}[l.text]
		if share && l.sub != want {
			t.Errorf("%s: below it %q", l.text, l.sub)
		}
	}
}

func TestLevelSitesHaveNoSpanOfDraws(t *testing.T) {
	d := newDesk(t)
	c := ofESO(t, d, "fes-shore", "oujda-shore")
	c.Weights = map[string]int{"status": 10}
	for _, l := range written(t, d, c).firsts {
		if l.note != "" || l.bar.High > l.bar.Low || plainly.Replace(l.value) != "100 %" {
			t.Errorf("level and known: %+v", l)
		}
	}
}

func TestAnExampleOfAnotherSegmentIsSaid(t *testing.T) {
	s := newLaptop(t)
	s.page.left.preset.choose("KPO")
	s.settle()
	if got := s.page.right.project.Text(); !strings.Contains(got, "Services à forte expertise") || !strings.Contains(got, "celui de") {
		t.Errorf("the caption says %q", got)
	}
	s.page.left.preset.choose("ESO")
	s.settle()
	if got := s.page.right.project.Text(); strings.Contains(got, "celui de") {
		t.Errorf("the caption says %q", got)
	}
}

func TestWeightsSetByHandComeBack(t *testing.T) {
	s := newLaptop(t)
	project := s.page.board.c.Project
	s.page.left.preset.choose("ITO")
	if s.undo != nil {
		t.Error("one proposal for another offers to undo")
	}
	s.page.left.preset.choose(s.page.p.Desk.Weightings()[0].ID)
	s.key(s.weight("irCap").bar, fyne.KeyHome, fyne.KeyRight)
	s.page.left.preset.choose("ESO")
	if s.undo == nil || s.page.board.c.Weights["irCap"] == 1 {
		t.Fatal("weights set by hand are gone, or still there")
	}
	s.undo()
	s.settle()
	if b := s.page.board; b.c.Weights["irCap"] != 1 || b.c.Weighting != "" || b.c.Project.Name != project.Name || !b.example {
		t.Errorf("back came %+v", b.c)
	}
}

func TestWeightsOfNothingAreNotKept(t *testing.T) {
	s := newLaptop(t)
	for _, w := range s.page.left.weights {
		s.key(w.bar, fyne.KeyHome)
	}
	p := s.page.left.preset
	test.Tap(p.save)
	test.Type(p.name, "Rien")
	p.keep()
	if _, there := s.page.p.Desk.Weighting("own:Rien"); there || p.name.Message() != s.page.t.Text("compare.weights.zero") {
		t.Errorf("kept: %v, said %q", there, p.name.Message())
	}
}

func TestADraggedBarHasTheKeyboard(t *testing.T) {
	s := newLaptop(t)
	bar := s.weight("irCap").bar
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(bar.Size().Width/2, 5)
	bar.Dragged(drag)
	bar.DragEnd()
	if s.win.Canvas().Focused() != bar {
		t.Fatalf("the keyboard is at %v", s.win.Canvas().Focused())
	}
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if got := s.page.board.c.Weights["irCap"]; got != 51 {
		t.Errorf("an arrow goes on to %d", got)
	}
}

// A refusal, and work that takes long, must not push the fields from under the
// pointer.
func TestWhatIsSaidOfTheResultMovesNothing(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	r := s.page.right
	var fields []*kit.Entry
	for _, site := range s.page.board.c.Sites {
		fields = append(fields, r.terms.all[pathRent(site)], r.terms.all[pathPay(site)])
	}
	fields = append(fields, r.terms.seat)
	at := func() (out []fyne.Position) {
		for _, e := range fields {
			out = append(out, fyne.CurrentApp().Driver().AbsolutePositionForObject(e))
		}
		return out
	}
	before := at()
	s.win.Canvas().Focus(fields[0])
	fields[0].SetText("75 EUR")
	s.settle()
	r.busy(true)
	if !r.notice.Visible() || r.over.Size().Height < r.notice.MinSize().Height || r.over.Position() != s.page.split.Right.Position() {
		t.Errorf("the notice is not over the result: %v at %v", r.over.Size(), r.over.Position())
	}
	for i, p := range at() {
		if p != before[i] {
			t.Errorf("field %d went from %v to %v", i, before[i], p)
		}
	}
	if e := r.terms.seat; e.Position().X != fields[0].Position().X {
		t.Errorf("the area of a seat stands at %v, the rent at %v", e.Position(), fields[0].Position())
	}
}

func TestARefusedValueReadsAsASentence(t *testing.T) {
	d := newDesk(t)
	b := newBoard(d)
	b.ask("charterPremium", true)
	b.typing(pathMust("charterPremium"), "150 x")
	if got := plainly.Replace(b.hold()); !strings.HasPrefix(got, "Valeur refusée pour « ") || strings.Count(got, " : ") > 1 {
		t.Errorf("it reads %q", got)
	}
}

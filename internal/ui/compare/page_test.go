package compare

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

func (s *stage) weight(id string) *weight {
	s.t.Helper()
	for _, w := range s.page.left.weights {
		if w.id == id {
			return w
		}
	}
	s.t.Fatalf("no weight %s", id)
	return nil
}

func (s *stage) eso() {
	p := sample(s.t, "ESO")
	p.Name = "Projet"
	s.page.Take(p)
	s.settle()
}

// Fès Shore takes over where the premium weighs less than 9 % of all; with the
// cap at nothing too, Casanearshore does.
func TestWeightsByKeyboardMoveOrderAndSentence(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	if got := s.page.right.names.Text(); got != "Oujda Shore" {
		t.Fatalf("first is %s", got)
	}
	s.key(s.weight("charterPremium").bar, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyRight, fyne.KeyHome)
	s.settle()
	if got := s.page.right.names.Text(); got != "Fès Shore" || !strings.Contains(s.page.right.why.Text(), "Fès Shore passe devant") {
		t.Errorf("without the premium %s: %s", got, s.page.right.why.Text())
	}
	s.key(s.weight("irCap").bar, fyne.KeyHome, fyne.KeyUp)
	s.settle()
	if got := s.page.right.names.Text(); got != "Casanearshore" || s.page.board.c.Weights["irCap"] != 1 {
		t.Errorf("with the cap at %d %s", s.page.board.c.Weights["irCap"], got)
	}
	if got := s.weight("irCap").points.Text(); got != "1" {
		t.Errorf("the points read %q", got)
	}
	if s.page.left.preset.pick.Chosen() != "" {
		t.Error("changed weights still go by the name of a set")
	}
}

func TestWeightsByMouse(t *testing.T) {
	s := newLaptop(t)
	bar := s.weight("irCap").bar
	test.TapAt(bar, fyne.NewPos(bar.Size().Width/2, 5))
	if s.page.board.c.Weights["irCap"] != 50 {
		t.Errorf("a click in the middle gives %d", s.page.board.c.Weights["irCap"])
	}
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(bar.Size().Width+400, 5)
	bar.Dragged(drag)
	bar.DragEnd()
	if s.page.board.c.Weights["irCap"] != desk.MaxPoints {
		t.Errorf("dragged beyond the end it is %d", s.page.board.c.Weights["irCap"])
	}
}

func TestMustHaveSetsASiteApart(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	s.page.Add("dakhla")
	s.settle()
	s.page.left.choose.OnTapped()
	line := s.page.left.mustLines[0]
	s.key(line.tick, fyne.KeySpace)
	s.settle()
	if got := plainly.Replace(line.tick.tally.Text()); got != "3 sur 4" {
		t.Errorf("the line says %q", got)
	}
	m := s.page.right.model
	rank := m.row(t, "Rang")
	if rank[3].text != s.page.t.Text("compare.apart") || !m.head[3].muted || !strings.Contains(s.page.right.notes.Text(), "Dakhla") {
		t.Errorf("rank %+v, notes %q", rank, s.page.right.notes.Text())
	}
	paris := s.page.left.mustLines[1]
	s.key(paris.tick, fyne.KeySpace)
	s.settle()
	if got := plainly.Replace(paris.tick.tally.Text()); !strings.Contains(got, "à vérifier") || !strings.Contains(s.page.right.notes.Text(), "à vérifier") {
		t.Errorf("unknown reads %q and %q", got, s.page.right.notes.Text())
	}
}

func TestNobodyIsLeft(t *testing.T) {
	s := newLaptop(t)
	for _, id := range s.page.board.c.Sites {
		s.page.board.remove(id)
	}
	s.page.board.add("laayoune")
	s.page.board.add("dakhla")
	s.page.board.ask("operational", true)
	s.page.changed()
	s.settle()
	r := s.page.right
	if r.names.Text() != s.page.t.Text("lead.none") || !r.simulated.Disabled() || r.why.Visible() {
		t.Errorf("the headline is %q", r.names.Text())
	}
	s.page.board.ask("operational", false)
	s.page.changed()
	s.settle()
	if r.simulated.Disabled() || r.names.Text() == s.page.t.Text("lead.none") {
		t.Error("nobody comes back")
	}
}

func TestRentChangesTheCostOnly(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	before := s.page.right.model
	type into struct {
		e    *kit.Entry
		text string
	}
	for _, x := range []into{{s.page.right.terms.seat, "10"}, {s.page.right.terms.all[pathRent("fes-shore")], "75,5"}} {
		s.win.Canvas().Focus(x.e)
		test.Type(x.e, x.text)
		s.settle()
	}
	after := s.page.right.model
	if got := plainly.Replace(after.row(t, "Coût par poste")[0].text); got != "34 927" {
		t.Errorf("with rent %s", got)
	}
	if a, b := texts(before.row(t, "Qualité")), texts(after.row(t, "Qualité")); strings.Join(a, "|") != strings.Join(b, "|") {
		t.Errorf("the quality was %q and is %q", a, b)
	}
	e := s.page.right.terms.all[pathRent("fes-shore")]
	s.win.Canvas().Focus(e)
	e.SetText("20000")
	s.settle()
	if e.Message() == "" || !s.page.right.notice.Visible() || !strings.Contains(s.page.right.terms.wrong.Text(), "Fès Shore") || s.page.right.model != after {
		t.Errorf("a rent beyond belief: %q, %q", e.Message(), s.page.right.terms.wrong.Text())
	}
	e.SetText("80")
	s.settle()
	if s.page.right.notice.Visible() || e.Message() != "" || s.page.right.model == after {
		t.Error("a good rent does not bring the result back")
	}
}

func TestZeroWeightsAreSaid(t *testing.T) {
	s := newLaptop(t)
	last := s.page.right.model
	for _, w := range s.page.left.weights {
		s.key(w.bar, fyne.KeyHome)
	}
	s.settle()
	said := s.page.t.Text("compare.weights.zero")
	if s.page.left.weightWrong.Text() != said || !s.page.left.weightWrong.Visible() || !s.page.right.notice.Visible() {
		t.Errorf("nothing is said: %q", s.page.left.weightWrong.Text())
	}
	if s.page.right.model != last || !s.page.right.table.veil.Visible() {
		t.Error("the last result is gone, or not dimmed")
	}
	if !s.page.right.copied.Disabled() || !s.page.right.simulated.Disabled() {
		t.Error("a result that is not current can be taken along")
	}
	s.key(s.weight("irCap").bar, fyne.KeyRight)
	s.settle()
	if s.page.left.weightWrong.Visible() || s.page.right.notice.Visible() || s.page.right.table.veil.Visible() {
		t.Error("still said")
	}
}

func TestPresetIsKeptAndUndone(t *testing.T) {
	s := newLaptop(t)
	s.key(s.weight("irCap").bar, fyne.KeyEnd)
	p := s.page.left.preset
	if !p.save.Visible() {
		t.Fatal("changed weights cannot be kept")
	}
	test.Tap(p.save)
	p.keep()
	if p.name.Message() == "" {
		t.Error("an empty name is kept")
	}
	test.Type(p.name, "Client allemand")
	s.key(p.name, fyne.KeyReturn)
	if p.pick.Chosen() != "own:Client allemand" || s.undo == nil || p.form.Visible() || !p.drop.Visible() {
		t.Fatalf("chosen is %q", p.pick.Chosen())
	}
	if s.win.Canvas().Focused() != p.pick {
		t.Error("the keyboard is lost with the form")
	}
	test.Tap(p.drop)
	if _, there := s.page.p.Desk.Weighting("own:Client allemand"); there || s.page.board.c.Weights["irCap"] != desk.MaxPoints {
		t.Fatal("not forgotten, or the weights moved")
	}
	s.undo()
	if w, there := s.page.p.Desk.Weighting("own:Client allemand"); !there || w.Points["irCap"] != desk.MaxPoints || p.pick.Chosen() != w.ID {
		t.Errorf("not brought back: %+v, chosen %q", w, p.pick.Chosen())
	}
	if s.failed != nil {
		t.Error(s.failed)
	}
}

func TestWhatIsSetComesBack(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	s.page.Add("laayoune")
	s.key(s.weight("status").bar, fyne.KeyHome)
	s.settle()
	s.page.OnHide()
	again := newStage(t, s.page.p.Desk, theme.Dark(), laptop)
	b := again.page.board
	if len(b.c.Sites) != 4 || b.c.Weights["status"] != 0 || b.c.Project.Name != "Projet" || b.example {
		t.Errorf("back came %+v", b.c)
	}
}

func TestFiguresOpen(t *testing.T) {
	s := newLaptop(t)
	s.eso()
	v := s.page.right.table.values
	s.key(v, fyne.KeyReturn) // the first figure: cost before
	s.until(func() bool { return len(s.panels) == 1 })
	s.key(v, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeySpace)
	if s.fact != [2]string{"casanearshore", "charterPremium"} {
		t.Errorf("the value opened is %v", s.fact)
	}
	if texts := said(s.panels[0].Content); !strings.Contains(plainly.Replace(texts), "avant aides : 34 171,80 MAD") {
		t.Errorf("the panel says %q", texts)
	}
	s.key(v, fyne.KeyUp, fyne.KeyReturn) // where the cap comes from
	s.page.OnHide()                      // before it comes
	time.Sleep(100 * time.Millisecond)
	s.drain()
	if len(s.panels) != 1 {
		t.Error("a panel slides over another place")
	}
	test.Tap(s.page.right.simulated)
	if s.site != "oujda-shore" || s.sent.Site != "oujda-shore" {
		t.Errorf("simulated is %q with %q", s.site, s.sent.Site)
	}
	s.page.right.copy()
	if !strings.Contains(s.copied, "Oujda Shore") {
		t.Errorf("copied %q", s.copied)
	}
}

func TestNineSitesScrollSideways(t *testing.T) {
	s := newLaptop(t)
	for _, x := range s.page.p.Desk.Comparable() {
		s.page.Add(x.ID)
	}
	s.settle()
	tb := s.page.right.table
	if len(tb.wide) != 9 || sum(tb.wide) <= tb.scroll.Size().Width {
		t.Fatalf("%d columns, %v wide in %v", len(tb.wide), sum(tb.wide), tb.scroll.Size().Width)
	}
	if s.page.left.add.Visible() {
		t.Error("a tenth site can be added")
	}
	if s.page.Title() != s.page.t.Text("compare.title.9") || s.titles == 0 {
		t.Errorf("the title is %q", s.page.Title())
	}
	keys := make([]fyne.KeyName, 8)
	for i := range keys {
		keys[i] = fyne.KeyRight
	}
	s.key(tb.values, keys...)
	if tb.scroll.Offset.X == 0 {
		t.Error("the table does not follow the keyboard")
	}
	last := tb.terms.all[pathPay(s.page.board.c.Sites[0])]
	s.page.Reveal(last)
	if tb.scroll.Offset.X != 0 {
		t.Error("the table does not follow an entry")
	}
}

// gate lets comparisons wait, and give what they found although they were
// cancelled.
type gate struct {
	Desk
	mu    sync.Mutex
	waits []chan struct{}
}

func (g *gate) Compare(_ context.Context, c desk.Comparison, progress func(done, of int)) (*desk.Compared, error) {
	wait := make(chan struct{})
	g.mu.Lock()
	g.waits = append(g.waits, wait)
	g.mu.Unlock()
	<-wait
	return g.Desk.Compare(context.Background(), c, progress)
}

func (g *gate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waits)
}

func TestStaleResultsAreDropped(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	g := &gate{Desk: newDesk(t)}
	s := &stage{t: t, todo: make(chan func(), 1000)}
	s.page = New(Params{Desk: g, Shell: s, Failed: func(err error) { t.Error(err) }, Do: func(f func()) { s.todo <- f }})
	s.win = test.NewTempWindow(t, s.page.Content())
	s.until(func() bool { return g.count() == 1 })
	s.page.board.setWeight("irCap", 77)
	s.page.changed()
	g.open(0)
	s.until(func() bool { return g.count() == 2 }) // one at a time
	s.drain()
	if s.page.right.model != nil {
		t.Fatal("the result of older weights is shown")
	}
	s.until(func() bool { return s.page.right.progress.Visible() })
	g.open(1)
	s.settle()
	if m := s.page.right.model; m == nil || m.made.Comparison.Weights["irCap"] != 77 || s.page.right.progress.Visible() {
		t.Error("the result of the last weights is not shown, or work still is")
	}
	s.page.board.setWeight("irCap", 3)
	s.page.changed()
	s.until(func() bool { return s.page.right.progress.Visible() })
	s.page.stop()
	if s.page.right.progress.Visible() || !s.page.right.notice.Visible() {
		t.Error("stopped work is still shown, or not said to be")
	}
	g.open(2)
}

// until runs what comes for the window's thread until something holds.
func (s *stage) until(ok func() bool) {
	s.t.Helper()
	late := time.After(20 * time.Second)
	for !ok() {
		select {
		case f := <-s.todo:
			f()
		case <-time.After(5 * time.Millisecond):
		case <-late:
			s.t.Fatal("waited in vain")
		}
	}
}

func (s *stage) drain() {
	for {
		select {
		case f := <-s.todo:
			f()
		default:
			return
		}
	}
}

func (g *gate) open(i int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	close(g.waits[i])
}

func BenchmarkShowNine(b *testing.B) {
	s := newLaptop(b)
	for _, x := range s.page.p.Desk.Comparable() {
		s.page.board.add(x.ID)
	}
	s.page.changed()
	s.settle()
	for b.Loop() {
		s.page.publish(outcome{made: s.page.last})
	}
}

func BenchmarkCompareNine(b *testing.B) {
	d := newDesk(b)
	c := d.NewComparison(sample(b, "ESO"))
	c.Sites = nil
	for _, x := range d.Comparable() {
		c.Sites = append(c.Sites, x.ID)
	}
	for b.Loop() {
		if _, err := d.Compare(context.Background(), c, nil); err != nil {
			b.Fatal(err)
		}
	}
}

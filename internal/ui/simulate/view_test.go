package simulate

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// stage is a page in a window whose thread is the test itself.
type stage struct {
	t      *testing.T
	win    fyne.Window
	page   *Page
	todo   chan func()
	toast  string
	act    func()
	panels int
	saves  int
}

func (s *stage) ShowPanel(kit.PanelSpec) { s.panels++ }
func (s *stage) ShowToast(text, _ string, act func()) {
	s.toast, s.act = text, act
}
func (s *stage) HideToast()          { s.toast, s.act = "", nil }
func (s *stage) Copy(string)         {}
func (s *stage) RefreshHeader()      {}
func (s *stage) Window() fyne.Window { return s.win }

func newStage(t *testing.T, d *desk.Desk) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	s := &stage{t: t, todo: make(chan func(), 100)}
	s.win = test.NewTempWindow(t, nil)
	s.page = New(Params{Desk: d, Shell: s, Saved: func() { s.saves++ }, Now: time.Now, Do: func(f func()) { s.todo <- f }})
	s.win.SetContent(s.page.Content())
	s.win.Resize(fyne.NewSize(1154, 696))
	s.page.OnShow()
	return s
}

// until runs what comes for the window's thread, until something holds.
func (s *stage) until(what string, ok func() bool) {
	s.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-s.todo:
			f()
		case <-late:
			s.t.Fatalf("waited in vain: %s", what)
		}
	}
}

func (s *stage) entry(path string) *kit.Entry {
	s.t.Helper()
	for _, list := range [][]*bound{s.page.fields, s.page.team.fields} {
		for _, b := range list {
			if b.path == path && b.entry != nil {
				return b.entry
			}
		}
	}
	s.t.Fatalf("no field %s on the page", path)
	return nil
}

func (s *stage) fill(path, text string) {
	s.t.Helper()
	e := s.entry(path)
	s.win.Canvas().Focus(e)
	e.SetText("")
	test.Type(e, text)
}

func (s *stage) choose(path, id string) {
	s.t.Helper()
	for _, b := range s.page.fields {
		if b.path == path && b.pick != nil {
			b.pick.Put(id)
			b.pick.OnChanged(id)
			return
		}
	}
	s.t.Fatalf("no choice %s on the page", path)
}

func newDesk(t testing.TB, st desk.Store) *desk.Desk {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: st})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t testing.TB, name string) domain.Project {
	t.Helper()
	raw, err := assets.Samples.ReadFile(filepath.Join("samples", name))
	if err != nil {
		t.Fatal(err)
	}
	p, err := project.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// typeESO types the worked case of the specification.
func (s *stage) typeESO() {
	s.fill(pathName, "Centre ESO")
	s.choose(pathSegment, "ESO")
	s.choose(pathSite, "fes-shore")
	s.fill("roles[0].title", "Ingénieur")
	s.fill("roles[0].grossMonthly", "30000")
	s.fill("roles[0].hires[0].month", "01/2026")
	s.fill("roles[0].hires[0].count", "40")
	s.fill(pathFrom, "janvier 2026")
}

// The amounts are those of the specification's worked table.
func TestPage_TypedCaseGivesItsResult(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.typeESO()
	s.until("a result", func() bool { return s.page.last != nil })
	if got := s.page.last.Benefits.Value.String(); got != "14669241.60" {
		t.Errorf("gain %s, wanted 14669241.60", got)
	}
	if !s.page.Dirty() || s.page.Title() != "Centre ESO" {
		t.Errorf("dirty %v, title %q", s.page.Dirty(), s.page.Title())
	}
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

func TestPage_SavesRevisionsOfOneSimulation(t *testing.T) {
	d := newDesk(t, openStore(t))
	s := newStage(t, d)
	s.page.Save()
	if s.saves != 0 || s.toast == "" {
		t.Errorf("an incomplete form: %d saves, toast %q", s.saves, s.toast)
	}
	s.typeESO()
	for want := 1; want <= 2; want++ {
		s.page.Save()
		s.until("a save", func() bool { return s.saves == want })
		if s.page.Dirty() || s.page.form.who.revision != want {
			t.Errorf("save %d: dirty %v, revision %d", want, s.page.Dirty(), s.page.form.who.revision)
		}
		s.fill(pathExport, "90")
	}
	list, err := d.List()
	if err != nil || len(list) != 1 || list[0].Head != 2 {
		t.Fatalf("list %v, %v", list, err)
	}
	if !s.page.Dirty() {
		t.Error("a change after the save is not dirty")
	}
}

func (s *stage) press(label string) {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.page.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == label && b.Visible() {
			test.Tap(b)
			return
		}
	}
	s.t.Fatalf("no button %q", label)
}

func TestPage_RemovedRoleComesBack(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.page.Start(desk.Draft{Project: sample(t, "ito-casablanca.json")})
	s.page.team.toggle(1)
	text := s.page.t.Text
	s.press(text("simulate.role.remove"))
	if s.page.form.Roles() != 2 || s.act == nil {
		t.Fatalf("%d roles, toast %q", s.page.form.Roles(), s.toast)
	}
	s.fill(pathName, "Autre nom")
	s.act()
	if got := s.page.Draft().Project; got.Roles[1].Title != "Développeur senior" || got.Name != "Autre nom" {
		t.Errorf("back: %q, %q", got.Roles[1].Title, got.Name)
	}
}

func TestPage_PlanIsReadOffTheThreadAndTakenOver(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.typeESO()
	s.press(s.page.t.Text("simulate.team.plan"))
	s.page.team.plan.entry.SetText("01/2026\t20\n03/2026\tx")
	s.press(s.page.t.Text("simulate.plan.apply"))
	s.until("a refusal", func() bool { return s.page.team.plan.said.Text() != "" })
	var plan strings.Builder
	for range 5000 {
		plan.WriteString("01/2026\t2\r\n02/2026\t1\r\n")
	}
	fyne.CurrentApp().Clipboard().SetContent(plan.String())
	s.page.team.plan.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	s.until("the plan", func() bool { return s.page.team.plan == nil })
	if h := s.page.Draft().Project.Roles[0].Hires; len(h) != 2 || people(h) != 15000 {
		t.Errorf("hires %v", h)
	}
	s.act()
	if h := s.page.Draft().Project.Roles[0].Hires; people(h) != 40 {
		t.Errorf("undone: %v", h)
	}
}

func TestPage_ManyProfilesAreShownInPortions(t *testing.T) {
	d := newDesk(t, nil)
	var plan strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&plan, "Profil %d;01/2026;1;%d\n", i, 5000+i)
	}
	read, why := ReadPlan(d, plan.String())
	if why != "" {
		t.Fatal(why)
	}
	s := newStage(t, d)
	s.typeESO()
	s.page.changeRoles("", func() { s.page.form.ApplyPlan(read, -1) })
	if n := len(s.page.team.rows); n != rowsAtOnce {
		t.Errorf("%d rows at once", n)
	}
	s.press(s.page.t.Text("simulate.team.more", "count", rowsAtOnce))
	if n := len(s.page.team.rows); n != 2*rowsAtOnce {
		t.Errorf("%d rows after asking for more", n)
	}
}

func TestPage_RefusedSaveKeepsTheForm(t *testing.T) {
	st := openStore(t)
	s := newStage(t, newDesk(t, failing{st}))
	s.typeESO()
	s.page.Save()
	s.until("the refusal", func() bool { return s.page.refused.Visible() })
	if !s.page.Dirty() || s.saves != 0 || s.page.form.Text("roles[0].title") != "Ingénieur" || s.page.save.Disabled() {
		t.Errorf("dirty %v, %d saves, title %q", s.page.Dirty(), s.saves, s.page.form.Text("roles[0].title"))
	}
}

// failing is a store on a full disk.
type failing struct{ desk.Store }

func (failing) Create(string, store.Content) (store.Simulation, error) {
	return store.Simulation{}, &store.FullError{Path: "t.db", Err: errors.New("no space")}
}

func TestPage_WithoutAStoreThereIsNothingToSave(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.typeESO()
	s.until("a result", func() bool { return s.page.last != nil })
	for _, o := range test.LaidOutObjects(s.page.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == s.page.t.Text("simulate.save") {
			t.Error("a save button that cannot save")
		}
	}
	s.page.Save()
	if s.saves != 0 || s.page.saving {
		t.Error("saved without a store")
	}
}

func TestPage_ExplainsTheResultShown(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.page.Start(desk.Draft{Project: sample(t, "eso-fes.json")})
	s.until("a result", func() bool { return s.page.last != nil })
	s.fill(pathExport, "500")
	s.page.explain(domain.AIR, 2026)
	s.until("the panel", func() bool { return s.panels == 1 })
}

func TestPage_ErrorsHoldTheResultUntilTheyAreMended(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.page.Start(desk.Draft{Project: sample(t, "eso-fes.json")})
	s.until("a result", func() bool { return s.page.last != nil })
	first := s.page.last
	s.fill(pathMonths, "999")
	if s.entry(pathMonths).Message() == "" {
		t.Error("nothing is said beside the field")
	}
	s.fill(pathMonths, "12")
	s.until("another result", func() bool { return s.page.last != first })
	if s.page.last.Months != 12 || s.entry(pathMonths).Message() != "" {
		t.Errorf("%d months, message %q", s.page.last.Months, s.entry(pathMonths).Message())
	}
}

// Tab goes through the form from top to bottom and leaves no field out.
func TestPage_TabGoesThroughTheForm(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	c := s.win.Canvas()
	c.Focus(s.entry(pathName))
	want := []string{pathName, pathExport, "roles[0].title", "roles[0].grossMonthly", "roles[0].hires[0].month", "roles[0].hires[0].count", "roles[0].annualAttrition", pathFrom, pathMonths, pathStart}
	var got []string
	for range 40 {
		for _, path := range want {
			if c.Focused() == fyne.Focusable(s.entry(path)) && !slices.Contains(got, path) {
				got = append(got, path)
			}
		}
		c.FocusNext()
	}
	if !slices.Equal(got, want) {
		t.Errorf("Tab goes %v", got)
	}
}

func TestPage_CopyIsADraftAndKeepBringsBackWhatWasTyped(t *testing.T) {
	s := newStage(t, newDesk(t, openStore(t)))
	s.typeESO()
	s.page.Save()
	s.until("a save", func() bool { return s.saves == 1 })
	s.fill(pathMonths, "abc")
	s.page.duplicate()
	if d := s.page.Draft(); d.ID != "" || d.Revision != 0 || !s.page.Dirty() || d.Project.Name == "Centre ESO" {
		t.Errorf("copy %+v, dirty %v", d, s.page.Dirty())
	}
	s.act()
	if d := s.page.Draft(); d.Revision != 1 || s.page.Title() != "Centre ESO" || s.entry(pathMonths).Text != "abc" || !s.page.Dirty() {
		t.Errorf("back: revision %d, title %q, months %q", d.Revision, s.page.Title(), s.entry(pathMonths).Text)
	}
}

func TestPlanBox_FileOfASpreadsheet(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.press(s.page.t.Text("simulate.team.plan"))
	s.press(s.page.t.Text("simulate.plan.file"))
	if s.win.Canvas().Overlays().Top() == nil {
		t.Error("no dialog")
	}
	b := s.page.team.plan
	for file, want := range map[string]string{
		"Ing\xe9nieur;01/2026;4;30000": "Ingénieur;01/2026;4;30000", // Windows-1252
		"Ingénieur;01/2026;4;30000":    "Ingénieur;01/2026;4;30000",
	} {
		if text, why := b.load(strings.NewReader(file)); text != want || why != "" {
			t.Errorf("%q read as %q, %q", file, text, why)
		}
	}
	if text, why := b.load(strings.NewReader(strings.Repeat("x", maxPlan<<20+1))); text != "" || why == "" {
		t.Error("a file that is too large is read")
	}
}

// Beside each other the columns scroll apart: what has the focus comes into
// view, and the headline stays where it is.
func TestPage_ColumnsScrollApart(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.page.Start(desk.Draft{Project: sample(t, "eso-fes.json")})
	s.until("a result", func() bool { return s.page.last != nil })
	s.win.Resize(fyne.NewSize(1154, 400))
	if got := s.page.Content().MinSize().Height; got > 400 {
		t.Errorf("the page asks for %v of 400", got)
	}
	last := s.entry(pathStart)
	bottom := func() float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y + last.Size().Height
	}
	if bottom() <= 400 {
		t.Fatalf("the last field is in view at %v before anything scrolls", bottom())
	}
	s.page.Reveal(last)
	if bottom() > 400 {
		t.Errorf("the last field ends at %v", bottom())
	}
	if s.page.columns.Right.Offset.Y != 0 {
		t.Error("the result moved with the form")
	}
	if !s.page.asked.Visible() {
		t.Error("the question that narrows most is not shown")
	}
}

// Where there is no room for both, one column is shown: the form while that gives no
// result, and over it the total with both its ends.
func TestPage_OneColumnWhereThereIsNoRoom(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	narrow, wide := fyne.NewSize(800, 600), fyne.NewSize(1154, 600)
	shown := func() [2]bool { return [2]bool{s.page.columns.Left.Visible(), s.page.columns.Right.Visible()} }
	s.page.Content().Resize(narrow)
	if shown() != [2]bool{true, false} {
		t.Errorf("shown of an empty form: %v", shown())
	}
	s.typeESO()
	s.until("a result", func() bool { return s.page.last != nil })
	if said := digested(s.page.result.Digest()); !strings.Contains(said, "14 669 242 à 25 289 242 MAD") || !strings.Contains(said, "25,3 M MAD") {
		t.Errorf("over the form stands %q", said)
	}
	s.page.columns.Show(parts.ShowRight)
	if shown() != [2]bool{false, true} || s.page.result.Digest().Visible() {
		t.Errorf("shown of the result: %v", shown())
	}
	s.page.Content().Resize(wide)
	if shown() != [2]bool{true, true} {
		t.Errorf("shown with room for both: %v", shown())
	}
	s.page.Content().Resize(narrow)
	if tall := s.page.Content().MinSize().Height; tall > 600 {
		t.Errorf("the page wants a height of %v", tall)
	}
	s.fill("roles[0].grossMonthly", "x")
	if said := digested(s.page.result.Digest()); !strings.Contains(said, s.page.t.Text("result.hold.title")) {
		t.Errorf("a result that is not current is shown as %q", said)
	}
}

// digested is what a digest says, with plain spaces.
func digested(o fyne.CanvasObject) string {
	var said []string
	for _, x := range o.(*fyne.Container).Objects {
		if x.Visible() {
			said = append(said, x.(*kit.Text).Text())
		}
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.Join(said, "\n"))
}

// beside stands in for what is shown in the place of a result.
type beside struct {
	box   *fyne.Container
	back  func()
	shown []desk.Draft
	held  string
	reset int
}

func (b *beside) Content() fyne.CanvasObject { return b.box }
func (b *beside) Set(d desk.Draft)           { b.shown, b.held = append(b.shown, d), "" }
func (b *beside) Hold(why string)            { b.held = why }
func (b *beside) Reset()                     { b.reset++ }
func (b *beside) Stop()                      {}

// What stands in the place of the result follows the form as that does, and makes
// way for it where another simulation is opened.
func TestPage_WhatIfFollowsTheForm(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	b := &beside{box: container.NewStack()}
	s.page.p.WhatIf = func(back func()) WhatIf { b.back = back; return b }
	s.page.askWhatIf()
	if s.page.asking {
		t.Error("there is nothing yet to ask about")
	}
	s.typeESO()
	s.until("a result", func() bool { return s.page.last != nil })
	s.page.askWhatIf()
	if s.page.right.Objects[1] != b.box || len(b.shown) != 1 || b.shown[0].Project.Name != "Centre ESO" {
		t.Fatalf("shown %+v", b.shown)
	}
	s.fill("roles[0].hires[0].count", "41")
	s.until("the changed form", func() bool { return len(b.shown) > 1 && b.shown[len(b.shown)-1].Project.Roles[0].Hires[0].Count == 41 })
	s.fill("roles[0].grossMonthly", "x")
	if b.held == "" {
		t.Error("a form without a result is not held")
	}
	b.back()
	if s.page.right.Objects[1] != s.page.result.Content() {
		t.Error("the result does not come back")
	}
	s.page.askWhatIf()
	s.page.New()
	if s.page.asking || b.reset != 1 || s.page.right.Objects[1] != s.page.result.Content() {
		t.Errorf("another simulation still shows it: %v, reset %d", s.page.asking, b.reset)
	}
}

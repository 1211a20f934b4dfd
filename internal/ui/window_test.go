package ui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/shell"
)

// rig is the real window in Fyne's test app; the test is the window's thread.
type rig struct {
	t      *testing.T
	w      *window
	store  *store.Store
	desk   *desk.Desk
	texts  *i18n.Catalogue
	now    time.Time
	todo   chan func()
	closed int
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.PutSetting(store.SettingWelcomed, true); err != nil {
		t.Fatal(err)
	}
	return s
}

// newRig has a store, and no window content before begin.
func newRig(t *testing.T, s *store.Store) *rig {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, store: s, desk: d, texts: texts, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), todo: make(chan func(), 1000)}
	p := Params{Texts: texts, Now: func() time.Time { return r.now }, ReadOnly: func(string) Opening { return Opening{Desk: d} }}
	r.w = newWindow(p, test.NewTempApp(t), func(f func()) { r.todo <- f })
	r.w.win.SetOnClosed(func() { r.closed++ })
	t.Cleanup(func() { // a message that fades later would paint during another test
		if r.w.shell != nil {
			r.w.shell.HideToast()
		}
	})
	return r
}

func opened(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk})
	return r
}

// until runs what comes for the window's thread, until something holds.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-r.todo:
			f()
		case <-late:
			r.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// shown lists what is on the screen.
func shown(o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return nil
	}
	out := []fyne.CanvasObject{o}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		out = append(out, shown(child)...)
	}
	return out
}

// says is whether a text is on the screen.
func (r *rig) says(text string) bool {
	for _, o := range shown(r.w.win.Content()) {
		if c, ok := o.(*canvas.Text); ok && strings.Contains(c.Text, text) {
			return true
		}
	}
	return false
}

func (r *rig) wants(key string, pairs ...any) {
	r.t.Helper()
	if text := r.texts.Text(key, pairs...); !r.says(text) {
		r.t.Errorf("not on the screen: %q", text)
	}
}

func (r *rig) press(key string) {
	r.t.Helper()
	for _, o := range shown(r.w.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Text(key) && b.Visible() {
			test.Tap(b)
			return
		}
	}
	r.t.Fatalf("no button %q", key)
}

// undo is Ctrl+Z outside a field.
func (r *rig) undo() { r.w.shell.Undo() }

// draft is a simulation that was changed and not saved.
func (r *rig) draft(name string) {
	r.t.Helper()
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = name
	r.w.sim.Start(desk.Draft{Project: p})
	r.w.shell.Open(shell.Simulate)
	r.rename(name)
}

// rename types a name into the open form.
func (r *rig) rename(name string) {
	r.t.Helper()
	for _, o := range shown(r.w.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Visible() && e.PlaceHolder == r.texts.Text("simulate.name.hint") {
			e.SetText(name + " bis")
			return
		}
	}
	r.t.Fatal("no field for the name")
}

func (r *rig) save() desk.Draft {
	r.t.Helper()
	r.w.sim.Save()
	r.until("the save", func() bool { return !r.w.sim.Dirty() })
	return r.w.sim.Draft()
}

func TestGate_LockedWithAndWithoutACopy(t *testing.T) {
	locked := &store.LockedError{PID: 13554, Host: "guichet", Path: "dossier.db"}
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk, Err: locked})
	r.wants("gate.locked")
	if !r.says("13554") || r.says(r.texts.Text("gate.openSnapshot")) {
		t.Error("the other process is not named, or a copy is offered that is not there")
	}
	r.w.begin(Opening{Desk: r.desk, Err: locked, Snapshot: "copie.db"})
	r.press("gate.openSnapshot")
	r.wants("home.door.new")
}

// The time of a copy stays on the screen, and its door offers nothing to change.
func TestGate_ACopySaysWhenItWasTaken(t *testing.T) {
	r := newRig(t, openStore(t))
	bare, err := desk.New(desk.Params{Pack: r.desk.Pack(), PackFiles: assets.PackFiles(), Texts: r.texts})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.Local)
	r.w.p.ReadOnly = func(string) Opening { return Opening{Desk: bare} }
	refused := Opening{Desk: bare, Err: &store.LockedError{PID: 1}, Snapshot: "copie.db", TakenAt: at}
	r.w.begin(refused)
	r.press("gate.openSnapshot")
	r.wants("status.readOnly.copy", "date", domain.Date("2026-03-01"))
	r.wants("status.readOnly.time", "time", "09:30")
	r.wants("home.door.saved.readOnly")
	if r.says(r.texts.Text("home.door.saved.text")) {
		t.Error("the door offers to rename")
	}
	r.w.begin(refused)
	r.press("gate.compute")
	if r.says(r.texts.Text("status.readOnly.time", "time", "09:30")) {
		t.Error("a copy that was not opened is named")
	}
}

func TestGate_NamesThePlaceThatIsRefused(t *testing.T) {
	for _, err := range []error{
		&store.AccessError{Path: "dossier", Err: errors.New("denied")}, &store.FullError{Path: "dossier", Err: errors.New("full")},
	} {
		r := newRig(t, openStore(t))
		r.w.begin(Opening{Desk: r.desk, Err: err})
		r.wants("gate.where", "path", "dossier")
	}
}

func TestGate_SaysWhyAndComputesWithoutAStore(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk, Err: errors.New("disque absent")})
	if !r.says("disque absent") {
		t.Error("no reason is given")
	}
	r.press("gate.compute")
	r.wants("home.door.new")
}

func TestWindow_SaysWhatWasOpenedInsteadOfADamagedFile(t *testing.T) {
	r := newRig(t, openStore(t))
	m := domain.M("gate.salvaged")
	r.w.begin(Opening{Desk: r.desk, Notice: &m})
	r.wants("gate.salvaged")
}

func TestClose_AsksOnceAboutADraft(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	r.w.close()
	r.wants("app.unsaved.kept")
	r.now = r.now.Add(300 * time.Millisecond)
	r.w.close() // the second click of a double click
	r.undo()
	if r.closed != 0 {
		t.Fatal("closed by a double click or by Ctrl+Z")
	}
	r.now = r.now.Add(toastFor)
	r.w.close()
	if r.closed != 0 {
		t.Fatal("closed without a word long after the first one")
	}
	r.now = r.now.Add(2 * time.Second)
	r.w.close()
	if r.closed != 1 {
		t.Error("the second answer does not close")
	}
}

func TestClose_WithoutADraftIsAtOnce(t *testing.T) {
	r := opened(t)
	r.w.close()
	if r.closed != 1 {
		t.Error("still open")
	}
}

// The system asks nobody, and waits for nobody: what is typed is kept all the same.
func TestTold_KeepsWhatIsTypedAndCloses(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	r.w.told()
	if r.closed != 1 {
		t.Fatal("still open")
	}
	r.w.told() // it says so once more
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	next.wants("app.back", "at", desk.Stamp(r.now))
}

func TestTold_ClosesWhatHasNothingToKeep(t *testing.T) {
	gate := newRig(t, nil)
	gate.w.begin(Opening{Desk: gate.desk, Err: errors.New("disque absent")})
	visitors := opened(t)
	visitors.w.opening.Kiosk = visitors.door()
	visitors.alone()
	visitors.draft("Centre du visiteur")
	for name, r := range map[string]*rig{"gate": gate, "kiosk": visitors} {
		r.w.told()
		if r.closed != 1 {
			t.Errorf("%s: still open", name)
		}
	}
	if _, kept := visitors.desk.KeptDraft(); kept {
		t.Error("what a visitor typed is kept")
	}
}

func TestDraft_ComesBackAtTheNextStart(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	r.w.shell.Open(shell.Home)
	r.w.leave()
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	next.wants("app.back", "at", desk.Stamp(r.now))
	next.wants("home.aside", "when", next.texts.Text("ago.now"))
	next.press("home.aside.resume")
	if got := next.w.sim.Draft().Project; got.Name != "Centre bis" || got.Roles[0].GrossMonthly != 30_000_00 || !next.w.sim.Dirty() {
		t.Errorf("came back as %+v", got)
	}
	next.save()
	last := newRig(t, r.store)
	if err := next.w.sim.KeepNow(); err != nil {
		t.Fatal(err)
	}
	last.w.begin(Opening{Desk: last.desk})
	if _, ok := last.w.sim.Aside(); ok {
		t.Error("what was saved is offered again")
	}
}

func TestLeaving_PutsTheDraftAsideAndCtrlZDoesNothing(t *testing.T) {
	r := opened(t)
	r.draft("Premier")
	r.w.leaveDraft(r.w.sim.New)
	r.wants("app.left")
	r.undo()
	if r.w.sim.Dirty() {
		t.Fatal("Ctrl+Z changed the form")
	}
	r.w.shell.HideToast()
	r.w.shell.Open(shell.Home)
	r.press("home.aside.abandon")
	if _, ok := r.w.sim.Aside(); ok {
		t.Fatal("not abandoned")
	}
	r.undo()
	r.press("home.aside.resume")
	if got := r.w.sim.Draft().Project.Name; got != "Premier bis" {
		t.Errorf("came back as %q", got)
	}
}

func TestSamples_StandBesideAnEmptyForm(t *testing.T) {
	r := opened(t)
	r.w.shell.Open(shell.Simulate)
	r.wants("simulate.samples")
	list, err := desk.Samples(r.texts)
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for _, o := range shown(r.w.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == list[0].Name {
			test.Tap(b)
		}
	}
	if got := r.w.sim.Title(); got != list[0].Name {
		t.Errorf("opened %q", got)
	}
	if r.says(r.texts.Text("simulate.samples")) {
		t.Error("samples stand beside a whole form")
	}
}

func TestTheme_IsKept(t *testing.T) {
	r := opened(t)
	before := r.w.theme
	r.w.toggleTheme()
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	if next.w.theme == before || next.w.theme != r.w.theme {
		t.Errorf("%q was chosen over %q, the next start has %q", r.w.theme, before, next.w.theme)
	}
}

func TestPeriod_ChipSaysWhatIsShown(t *testing.T) {
	r := opened(t)
	r.wants("chip.year")
	r.w.togglePeriod()
	r.wants("chip.month")
	r.w.togglePeriod()
	r.wants("chip.year")
}

func TestRename_ReachesTheOpenForm(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	saved := r.save()
	r.w.shell.Open(shell.Files)
	if err := r.desk.Rename(saved.ID, "Visite 2"); err != nil {
		t.Fatal(err)
	}
	r.w.sim.Renamed(saved.ID, "Visite 2")
	if got := r.w.sim.Title(); got != "Visite 2" || r.w.sim.Dirty() {
		t.Errorf("the open form is called %q", got)
	}
	r.w.shell.Open(shell.Simulate)
	r.rename("Le mien")
	r.w.sim.Renamed(saved.ID, "Visite 3")
	if got := r.w.sim.Title(); got != "Le mien bis" {
		t.Errorf("a typed name was lost: %q", got)
	}
}

func TestDelete_MakesTheOpenFormADraftThatSavingBringsBack(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	saved := r.save()
	if err := r.desk.Delete(saved.ID); err != nil {
		t.Fatal(err)
	}
	r.w.sim.Deleted(saved.ID, true)
	if !r.w.sim.Dirty() {
		t.Fatal("what is open counts as saved")
	}
	r.wants("simulate.chip.draft")
	again := r.save()
	list, err := r.desk.List()
	if err != nil || len(list) != 1 || list[0].ID != saved.ID || again.ID != saved.ID {
		t.Errorf("list %+v, %v", list, err)
	}
}

// The window library hands nothing to its own thread while that ends. Where it calls
// its hook by another name one day, this says so.
func TestEndsQuietly(t *testing.T) {
	a := test.NewTempApp(t)
	hooks, ok := a.Lifecycle().(interface {
		SetOnStoppedHookExecuted(f func())
		OnStopped() func()
	})
	if !ok {
		t.Fatal("the hook of the window library is not where it was")
	}
	hooks.SetOnStoppedHookExecuted(func() {})
	if hooks.OnStopped() == nil {
		t.Fatal("the library has no hook to take out")
	}
	parts.EndQuietly(a)
	if hooks.OnStopped() != nil {
		t.Error("something is still handed to a thread that ends")
	}
}

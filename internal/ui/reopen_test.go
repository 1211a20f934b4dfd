package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/shell"
)

// ruled is a desk over a store under the built-in rules with another number.
func (r *rig) ruled(s *store.Store, number string) *desk.Desk {
	r.t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.PackFiles(), name)
		if name == "pack.toml" {
			data = []byte(strings.Replace(string(data), "number = 3\n", "number = "+number+"\n", 1))
		}
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	p, err := rules.Load(files)
	if err != nil {
		r.t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: p, PackFiles: files, Texts: r.texts, Store: s})
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

// Other rules hold at once, and what was typed, the place and the language stay.
func TestRenew_KeepsWhatIsOnTheScreen(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.p.Others = also(englishNumbers(t))
	other := r.ruled(r.store, "4")
	r.w.begin(Opening{Desk: r.desk, Again: func() Opening { return Opening{Desk: other} }})
	r.draft("Centre")
	r.w.nextLanguage()
	if r.w.desk.Pack().Number != 3 {
		t.Fatal("not the built-in rules")
	}
	late := r.w.do
	answered := false
	r.w.renew(func(err error) {
		answered = true
		if err != nil {
			t.Error(err)
		}
	})
	r.until("the new rules", func() bool { return answered })
	if r.w.desk.Pack().Number != 4 || !r.typed("Centre bis") || !r.w.sim.Dirty() || r.w.shell.Current() != shell.Simulate || r.w.desk.Texts().Lang() != "en" {
		t.Errorf("pack %d, place %q, language %q", r.w.desk.Pack().Number, r.w.shell.Current(), r.w.desk.Texts().Lang())
	}
	if chip := r.w.desk.Texts().Text("chip.pack", "number", 4, "inForce", r.w.desk.Pack().InForce); !r.says(chip) {
		t.Errorf("the header does not say %q", chip)
	}
	late(func() { t.Error("the old desk still reaches the window") })
	for len(r.todo) > 0 {
		(<-r.todo)()
	}
}

// Where the new rules cannot be worked with, all is as it was.
func TestRenew_Refused(t *testing.T) {
	r := newRig(t, openStore(t))
	why := errors.New("rules that nobody reads")
	r.w.begin(Opening{Desk: r.desk, Again: func() Opening { return Opening{Err: why} }})
	r.draft("Centre")
	var got error
	r.w.renew(func(err error) { got = err })
	r.until("the answer", func() bool { return got != nil })
	if !errors.Is(got, why) || r.w.desk.Pack().Number != 3 || !r.typed("Centre bis") {
		t.Errorf("%v, pack %d", got, r.w.desk.Pack().Number)
	}
}

// A save that is under way is waited for: its simulation is not saved a second time.
func TestRenew_WaitsForASave(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk, Again: func() Opening { return Opening{Desk: r.ruled(r.store, "4")} }})
	r.draft("Centre")
	r.w.sim.Save()
	answered := false
	r.w.renew(func(error) { answered = true })
	r.until("the new rules", func() bool { return answered })
	if r.w.sim.Dirty() || r.w.sim.Draft().ID == "" {
		t.Error("what was saved counts as a draft")
	}
	list, err := r.w.desk.List()
	if err != nil || len(list) != 1 {
		t.Errorf("%d simulations, %v", len(list), err)
	}
	// It is shown as it was computed, and says so.
	if got := r.w.sim.Draft().Pack; got != r.desk.Pack().SHA256 {
		t.Errorf("shown under the pack %q", got)
	}
	r.until("the older rules to be named", func() bool { return r.says(r.texts.Text("simulate.older", "number", 3)) })
}

// A file that is opened from outside is looked at in its tab.
func TestOpenPack(t *testing.T) {
	r := newRig(t, openStore(t))
	built := &packs.Rules{Files: assets.PackFiles(), Pack: r.desk.Pack()}
	file := filepath.Join(t.TempDir(), "essai.atlaspack")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.w.p.File = file
	r.w.begin(Opening{Desk: r.desk, Shelf: func(d *desk.Desk) *packs.Shelf {
		return packs.New(packs.Params{Desk: d, Store: r.store, Active: built, BuiltIn: built, Trusted: func() ([]pack.Key, error) { return nil, nil }})
	}})
	r.until("the refusal", func() bool { return r.says(r.texts.Text("packs.ui.refused", "file", "essai.atlaspack")) })
	r.w.p.Others = also(englishNumbers(t))
	r.w.nextLanguage()
	r.wants("packs.ui.refused", "file", "essai.atlaspack")
	if r.w.shell.Current() != shell.Rules {
		t.Errorf("at %q", r.w.shell.Current())
	}
}

// restarting opens the window over a store at a path, as the program does.
func restarting(t *testing.T) (r *rig, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "t.db")
	open := func() Opening {
		s, err := store.Open(context.Background(), store.Options{Path: path, Device: "test"})
		if err != nil {
			return Opening{Err: err}
		}
		d, err := desk.New(desk.Params{Pack: r.desk.Pack(), PackFiles: assets.PackFiles(), Texts: r.texts, Store: s})
		return Opening{Desk: d, Err: err, Close: s.Close, Saved: s, Copies: Copies{Of: backup.New(s), Restore: func(copied string) (store.Restored, error) {
			return backup.Restore(context.Background(), store.Options{Path: path, Device: "test"}, copied)
		}}}
	}
	r = newRig(t, openStore(t))
	r.w.p.Open = open
	r.w.begin(open())
	t.Cleanup(func() {
		if err := r.w.end(); err != nil {
			t.Error(err)
		}
	})
	return r, path
}

func (r *rig) restart(between func() error) error {
	r.t.Helper()
	answered := false
	var got error
	r.w.restart(between, func(err error) { answered, got = true, err })
	if !r.says(r.texts.Text("app.restarting")) {
		r.t.Error("nothing is said while the store is closed")
	}
	r.until("the window again", func() bool { return answered })
	return got
}

// The store is closed while something else is done with its file; what is typed
// comes back as it was, once.
func TestRestart_KeepsWhatIsTyped(t *testing.T) {
	r, path := restarting(t)
	r.draft("Centre")
	saved := r.save()
	r.rename("Autre")
	err := r.restart(func() error {
		s, err := store.Open(context.Background(), store.Options{Path: path, Device: "test"})
		if err != nil {
			return err
		}
		return s.Close()
	})
	if err != nil {
		t.Fatal("the store was not let go of:", err)
	}
	if !r.typed("Autre bis") || !r.w.sim.Dirty() || r.w.sim.Draft().ID != saved.ID || r.w.shell.Current() != shell.Simulate {
		t.Errorf("came back as %+v", r.w.sim.Draft())
	}
	if _, twice := r.w.sim.Aside(); twice {
		t.Error("what is open is put aside as well")
	}
	if r.save(); r.w.sim.Draft().Revision != 2 {
		t.Errorf("revision %d", r.w.sim.Draft().Revision)
	}
}

// Where another version came in meanwhile, saving must not put what is typed in the
// place of one that nobody here has seen.
func TestRestart_BesideAnotherVersion(t *testing.T) {
	r, path := restarting(t)
	r.draft("Centre")
	saved := r.save()
	r.rename("Autre")
	if err := r.restart(func() error {
		s, err := store.Open(context.Background(), store.Options{Path: path, Device: "another"})
		if err != nil {
			return err
		}
		_, newest, err := s.Get(saved.ID)
		if err == nil {
			newest.Content.Summary.Months++
			_, err = s.Save(saved.ID, "", newest.Content)
		}
		return errors.Join(err, s.Close())
	}); err != nil {
		t.Fatal(err)
	}
	beside := r.texts.Text("simulate.beside", "name", "Autre bis")
	if r.w.sim.Draft().ID != "" || !r.w.sim.Dirty() || !r.typed(beside) {
		t.Errorf("came back as %+v", r.w.sim.Draft())
	}
	if mine := r.save(); mine.ID == saved.ID {
		t.Error("saved over the other version")
	}
}

// Into a store that does not know a simulation, what is typed of it comes as a new
// one, and what was only shown goes.
func TestRestart_OverAnotherStore(t *testing.T) {
	for _, typed := range []bool{true, false} {
		r, path := restarting(t)
		r.draft("Centre")
		r.save()
		if typed {
			r.rename("Autre")
		}
		if err := r.restart(func() error { return moveAside(path) }); err != nil {
			t.Fatal(err)
		}
		if r.w.sim.Draft().ID != "" || r.w.sim.Dirty() != typed || r.typed("Autre bis") != typed {
			t.Errorf("typed %t: %+v, dirty %t", typed, r.w.sim.Draft(), r.w.sim.Dirty())
		}
	}
}

// What went wrong in between is said; the window works on.
func TestRestart_SaysWhatWentWrong(t *testing.T) {
	r, _ := restarting(t)
	why := errors.New("no such copy")
	if err := r.restart(func() error { return why }); !errors.Is(err, why) {
		t.Error(err)
	}
	r.w.close()
	if r.closed != 1 {
		t.Error("the window does not close")
	}
}

// What is pressed or handed over while the store is closed leaves no page that works
// with the closed one.
func TestRestart_LeavesNoPageOfTheClosedStore(t *testing.T) {
	r, _ := restarting(t)
	answered := false
	r.w.restart(func() error { return nil }, func(error) { answered = true })
	r.w.receive("essai.atlaspack")
	if r.w.book != nil {
		t.Error("a file is looked at over a closed store")
	}
	r.w.shell.Open(shell.Rules) // Ctrl+7
	stale := r.w.rules()
	r.until("the window again", func() bool { return answered })
	if r.w.rules() == stale {
		t.Error("the page of rules is of the store that was closed")
	}
}

// Where the store does not open again, the window asks as at the start.
func TestRestart_AsksWhereTheStoreDoesNotOpen(t *testing.T) {
	r, _ := restarting(t)
	r.w.p.Open = func() Opening { return Opening{Desk: r.desk, Err: errors.New("disque absent")} }
	if err := r.restart(func() error { return nil }); err != nil {
		t.Error(err)
	}
	r.wants("gate.title")
	r.press("gate.compute")
	r.wants("home.door.new")
}

// Going back to a copy keeps what is typed and the place, and says how to take it back.
func TestRestore_InTheWindow(t *testing.T) {
	r, _ := restarting(t)
	r.draft("Centre")
	r.save()
	copied, err := r.w.opening.Copies.Of.CopyNow(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r.rename("Autre")
	r.save()
	r.rename("Pas enregistrée")
	r.w.rules().ShowTab(tabBackups)
	r.w.shell.Open(shell.Rules)
	r.w.restore(backup.Snapshot{Path: copied.Path, At: copied.At})
	r.until("the state of then", func() bool { return r.says(r.texts.Text("backups.restored", "at", desk.Stamp(copied.At))) })
	list, err := r.w.desk.List()
	if err != nil || len(list) != 1 || list[0].Name != "Centre bis" {
		t.Errorf("%+v, %v", list, err)
	}
	if r.w.shell.Current() != shell.Rules || r.w.sim.Draft().Project.Name != "Pas enregistrée bis" || !r.w.sim.Dirty() {
		t.Errorf("at %q, %+v", r.w.shell.Current(), r.w.sim.Draft())
	}
}

// Copies are made beside the window: the foot of the rail knows of them at the next
// place, without a save.
func TestStatus_FollowsCopies(t *testing.T) {
	r, _ := restarting(t)
	if err := r.w.opening.Copies.Of.SetMirror(context.Background(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.w.opening.Copies.Of.CopyNow(context.Background()); err != nil {
		t.Fatal(err)
	}
	list, err := r.w.opening.Saved.Snapshots()
	if err != nil || len(list) == 0 {
		t.Fatalf("%d copies, %v", len(list), err)
	}
	said := r.texts.Text("status.copy", "time", list[0].At.Local().Format("15:04"))
	if day := list[0].At.Local(); day.Format(time.DateOnly) != r.w.p.Now().Local().Format(time.DateOnly) {
		said = r.texts.Text("status.copy.day", "time", day.Format("15:04"), "date", domain.Date(day.Format(time.DateOnly)))
	}
	if r.says(said) {
		t.Fatal("it is said before")
	}
	r.w.shell.Open(shell.Rules)
	if !r.says(said) {
		t.Errorf("%q is not said", said)
	}
}

// What is saved and in no copy yet is said to be so, until it is in one.
func TestStatus_CopyIsDue(t *testing.T) {
	r, _ := restarting(t)
	r.draft("Centre")
	r.save()
	copyNow := func() {
		if _, err := r.w.opening.Copies.Of.CopyNow(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	copyNow() // the next save falls into the gap between two
	r.rename("Autre")
	r.save()
	due := r.texts.Text("status.copy.due")
	r.until("the copy to be due", func() bool { r.w.status(); return r.says(due) })
	if r.w.looking == nil {
		t.Error("nobody looks again")
	}
	copyNow()
	r.w.status()
	if r.says(due) {
		t.Error("the copy is there and not said to be")
	}
}

// The foot of the rail says that the second folder is not there.
func TestStatus_SecondFolder(t *testing.T) {
	r, _ := restarting(t)
	r.draft("Centre")
	r.save()
	stick := t.TempDir()
	of := r.w.opening.Copies.Of
	copyNow := func() {
		if _, err := of.CopyNow(context.Background()); err != nil {
			t.Fatal(err)
		}
		r.w.status()
	}
	if err := of.SetMirror(context.Background(), stick); err != nil {
		t.Fatal(err)
	}
	copyNow()
	absent := r.texts.Text("status.second.absent")
	if r.says(absent) {
		t.Error("it is there")
	}
	if err := os.Rename(stick, stick+"-away"); err != nil {
		t.Fatal(err)
	}
	copyNow()
	if !r.says(absent) {
		t.Error("nothing is said of a stick that is not there")
	}
}

// moveAside takes a store away, with the number that stands beside it.
func moveAside(path string) error {
	all, err := filepath.Glob(path + "*")
	if err != nil {
		return err
	}
	for _, f := range all {
		if err := os.Rename(f, filepath.Join(filepath.Dir(path), "old-"+filepath.Base(f))); err != nil {
			return err
		}
	}
	return nil
}

// What was saved and open is open again at the next start, a new form is not.
func TestServe_OpensWhatWasOpen(t *testing.T) {
	r, _ := restarting(t)
	r.draft("Centre")
	saved := r.save()
	if err := r.restart(func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	r.w.serve(r.w.opening)
	if got := r.w.sim.Draft(); got.ID != saved.ID || r.w.sim.Dirty() {
		t.Errorf("opened %+v", got)
	}
	r.w.leaveDraft(r.w.sim.New)
	r.w.serve(r.w.opening)
	if got := r.w.sim.Draft(); got.ID != "" {
		t.Errorf("opened %+v where a new one was left", got)
	}
}

package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// whole is what a store holds, as text by what it is of: simulations in and out of
// the list, values, figures, dossiers, erasures, papers.
type whole struct{ sims, deleted, values, figures, dossiers, erased, papers map[string]string }

func wholeOf(s *Store) (w whole, err error) {
	keep := func(to *map[string]string, f func(put func(id string, what ...any)) error) {
		*to = map[string]string{}
		if err == nil {
			err = f(func(id string, what ...any) { (*to)[id] = fmt.Sprintf("%+v", what) })
		}
	}
	list := func(of func() ([]Entry, error)) func(func(string, ...any)) error {
		return func(put func(string, ...any)) error {
			entries, err := of()
			for _, e := range entries {
				_, rev, bad := s.Get(e.ID)
				err = errors.Join(err, bad)
				put(string(e.ID), e.Name, string(rev.Project), rev.Marks, rev.PackSHA256)
			}
			return err
		}
	}
	keep(&w.sims, list(s.List))
	keep(&w.deleted, list(s.ListDeleted))
	keep(&w.values, func(put func(string, ...any)) error {
		values, err := s.Values()
		for _, v := range values {
			put(v.Place+" "+v.Field, v)
		}
		return err
	})
	keep(&w.figures, func(put func(string, ...any)) error {
		figures, err := s.Observations()
		for _, f := range figures {
			put(f.ID, f)
		}
		return err
	})
	dossiers := func(of func() ([]Dossier, error)) func(func(string, ...any)) error {
		return func(put func(string, ...any)) error {
			list, err := of()
			for _, d := range list {
				put(string(d.ID), string(d.Clear), d.Sealed)
			}
			return err
		}
	}
	keep(&w.dossiers, dossiers(s.Dossiers))
	keep(&w.erased, dossiers(s.Erasures))
	keep(&w.papers, func(put func(string, ...any)) error {
		heads, err := s.Papers()
		for _, h := range heads {
			p, bad := s.Paper(h.Number)
			err = errors.Join(err, bad)
			put(h.Number, p)
		}
		return err
	})
	return w, err
}

// edits does random things to a store.
type edits struct {
	t    *rapid.T
	s    *Store
	next int
}

func (e *edits) pick(ids []string) string {
	sort.Strings(ids)
	return rapid.SampledFrom(ids).Draw(e.t, "which")
}

func (e *edits) one() {
	e.next++
	w, err := wholeOf(e.s)
	e.must(err)
	sims, dossiers := keys(w.sims), keys(w.dossiers)
	kind := rapid.IntRange(0, 9).Draw(e.t, "edit")
	switch {
	case kind == 0 || len(sims) == 0:
		_, err = e.s.Create(fmt.Sprint("Projet ", e.next), content(e.next))
	case kind == 1:
		_, err = e.s.Save(ID(e.pick(sims)), "", content(e.next))
	case kind == 2:
		_, err = e.s.Delete(ID(e.pick(sims)))
	case kind == 3:
		err = e.s.PutValue(value(e.next))
	case kind == 4:
		_, err = e.s.PutObservations(context.Background(), "f.csv", []Observation{observation(e.next)}, nil)
	case kind == 5 || len(dossiers) == 0:
		_, err = e.s.CreateDossier(NewID(), dossierContent(e.next%250), DossierEvent{Kind: "created"})
	case kind == 6:
		_, err = e.s.SaveDossier(ID(e.pick(dossiers)), dossierContent(e.next%250))
	case kind == 7:
		err = e.s.EraseDossier(ID(e.pick(dossiers)))
	default:
		id := ID(e.pick(sims))
		sim, rev, bad := e.s.Get(id)
		e.must(bad)
		e.must(e.s.SavePackOnce(Pack{Number: rev.PackNumber, SHA256: rev.PackSHA256, Archive: []byte("pack")}))
		of := ID("")
		if kind == 8 {
			of = ID(e.pick(dossiers))
		}
		_, err = e.s.PutPaper(func(n int) (Paper, error) {
			p := paper(n, of)
			p.Simulation, p.Revision, p.PackSHA256 = id, sim.Head, rev.PackSHA256
			p.Payload = rev.Project
			return p, nil
		})
	}
	e.must(err)
}

func (e *edits) must(err error) {
	if err != nil {
		e.t.Fatal(err)
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func same(t *rapid.T, what string, got, want map[string]string) {
	t.Helper()
	for id := range want {
		if got[id] != want[id] {
			t.Errorf("%s %s: %s, want %s", what, id, got[id], want[id])
		}
	}
	for id := range got {
		if want[id] == "" {
			t.Errorf("%s %s should not be there", what, id)
		}
	}
}

// After a restore the store is the snapshot, with the papers and the erasures that
// came since; restoring what was before is a way back.
func TestRestore_IsTheSnapshotWithPapersAndErasures(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := newOptions(t)
		e := &edits{t: rt, s: mustOpen(t, o)}
		do := func(label string) {
			for range rapid.IntRange(1, 8).Draw(rt, label) {
				e.one()
			}
		}
		do("before")
		chosen, err := e.s.Snapshot(t.Context())
		e.must(err)
		then, err := wholeOf(e.s)
		e.must(err)
		do("since")
		now, err := wholeOf(e.s)
		e.must(err)
		restore := func(path string) (Restored, whole) {
			var seen whole
			e.must(e.s.Preview(t.Context(), path, func(d *Store) (err error) { seen, err = wholeOf(d); return err }))
			e.must(e.s.Close())
			r, err := Restore(t.Context(), o, path)
			e.must(err)
			e.s = mustOpen(t, o)
			if e.s.Path() != r.Path || e.s.Recovery() != nil {
				rt.Errorf("open is %s, want %s", e.s.Path(), r.Path)
			}
			is, err := wholeOf(e.s)
			e.must(err)
			same(rt, "preview: simulation", seen.sims, is.sims)
			same(rt, "preview: contact", seen.dossiers, is.dossiers)
			acceptPapers(rt, e.s)
			return r, is
		}
		r, is := restore(chosen.Path)
		for id := range now.erased {
			delete(then.dossiers, id)
		}
		same(rt, "simulation", is.sims, then.sims)
		same(rt, "value", is.values, then.values)
		same(rt, "figure", is.figures, then.figures)
		same(rt, "contact", is.dossiers, then.dossiers)
		same(rt, "erased", is.erased, now.erased)
		same(rt, "paper", is.papers, now.papers)
		_, back := restore(r.Before.Path)
		same(rt, "back: simulation", back.sims, now.sims)
		same(rt, "back: deleted", back.deleted, now.deleted)
		same(rt, "back: value", back.values, now.values)
		same(rt, "back: figure", back.figures, now.figures)
		same(rt, "back: contact", back.dossiers, now.dossiers)
		same(rt, "back: erased", back.erased, now.erased)
		same(rt, "back: paper", back.papers, now.papers)
		e.must(e.s.Close())
	})
}

// acceptPapers checks that each paper finds the project that it states, and its pack,
// and that no number comes twice.
func acceptPapers(t *rapid.T, s *Store) {
	heads, err := s.Papers()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		p, err := s.Paper(h.Number)
		if err != nil {
			t.Fatal(err)
		}
		rev, err := s.Revision(h.Simulation, h.Revision)
		if err != nil || string(rev.Project) != string(p.Payload) {
			t.Errorf("paper %s has another project: %v", h.Number, err)
		}
		if _, err := s.Pack(h.PackSHA256); err != nil {
			t.Errorf("paper %s: %v", h.Number, err)
		}
	}
	path, copied := s.opts.besides(numbersExt)
	_, _ = os.Remove(path), os.Remove(copied) // the store itself knows the last number
	_, err = s.PutPaper(func(n int) (Paper, error) {
		for _, h := range heads {
			if p := paper(n, ""); p.Number == h.Number {
				t.Errorf("%s comes a second time", h.Number)
			}
		}
		return Paper{}, errNotNow
	})
	if !errors.Is(err, errNotNow) {
		t.Error(err)
	}
}

var errNotNow = errors.New("not now")

// What is the laptop's stays: the second folder, and the wrong passphrases.
func TestRestore_KeepsWhatIsTheLaptops(t *testing.T) {
	s, stick := mirrored(t, newOptions(t))
	accept(t, s.SetMirror(context.Background(), ""))
	early := must(s.Snapshot(t.Context()))(t)
	accept(t, s.SetMirror(context.Background(), stick))
	accept(t, s.PutSetting(SettingTries, map[string]int{"count": 3}))
	accept(t, s.PutSetting(SettingTheme, "dark"))
	accept(t, s.Close())
	r := must(Restore(t.Context(), s.opts, early.Path))(t)
	s = mustOpen(t, s.opts)
	var tries map[string]int
	var theme string
	must(s.Setting(SettingTries, &tries))(t)
	must(s.Setting(SettingTheme, &theme))(t)
	if s.Mirror().Dir != stick || tries["count"] != 3 || theme != "" {
		t.Errorf("%+v, %v, %q", s.Mirror(), tries, theme)
	}
	// The newest snapshot is of the state in use, or damage would bring the other back.
	if n := newestGood(s.opts, 0); n == nil || n.Path == r.Before.Path || n.Path == early.Path {
		t.Errorf("%v", n)
	}
}

// On a laptop that has nothing, the copy on the stick brings all, with its keys.
func TestRestore_OnANewLaptop(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	d := putDossier(t, s, 1)
	path, _ := s.KeyFiles()
	data := must(ring(t).Marshal())(t)
	writeFile(t, path, data)
	must(s.Snapshot(t.Context()))(t)
	want := must(wholeOf(s))(t)
	from := copies(t, s)[0].Path
	accept(t, s.Close())
	o := newOptions(t)
	o.Device = "device-b"
	o.Path = filepath.Join(t.TempDir(), "deep", "essai.db")
	r := must(Restore(t.Context(), o, from))(t)
	b := mustOpen(t, o)
	if got := must(wholeOf(b))(t); !r.Keys || fmt.Sprint(got) != fmt.Sprint(want) || got.dossiers[string(d.ID)] == "" {
		t.Errorf("%+v\n%v\n%v", r, got, want)
	}
	if path, _ := b.KeyFiles(); string(readFile(t, path)) != string(data) {
		t.Error("other keys")
	}
	if b.Mirror().Dir != "" {
		t.Error("the second folder of another laptop")
	}
}

// A snapshot of an older schema comes back too; one that is damaged, newer or no store
// changes nothing.
func TestRestore_OlderAndRefused(t *testing.T) {
	o, _ := goodStore(t)
	o.fill()
	old := filepath.Join(t.TempDir(), "old.db")
	first, _ := schemaOne(t)
	writeFile(t, old, first)
	junk := filepath.Join(t.TempDir(), "junk.db")
	writeFile(t, junk, []byte("junk"))
	before := filesOf(t, filepath.Dir(o.Path))
	var damaged *DamagedError
	if _, err := Restore(t.Context(), o, junk); !errors.As(err, &damaged) || damaged.Path != junk {
		t.Errorf("%v", err)
	}
	if _, err := Restore(t.Context(), o, junk+".none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	after := filesOf(t, filepath.Dir(o.Path))
	delete(after, o.Path+".lock")
	delete(before, o.Path+".lock")
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Error("a refused snapshot changed something")
	}
	must(Restore(t.Context(), o, old))(t)
	s := mustOpen(t, o)
	if v := must(s.List())(t); len(v) == 0 || s.Recovery() != nil {
		t.Errorf("%d simulations, %v", len(v), s.Recovery())
	}
}

// A disk that fills up on the way leaves the state as it was.
func TestRestore_FullDisk(t *testing.T) {
	o := smallDisk(t)
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	chosen := must(s.Snapshot(t.Context()))(t)
	for n := range 40 {
		must(s.Create(fmt.Sprint(n), content(n)))(t)
	}
	want := fmt.Sprint(must(wholeOf(s))(t))
	accept(t, s.Close())
	filler := filepath.Join(filepath.Dir(o.Path), "filler")
	_ = os.WriteFile(filler, make([]byte, 600_000), 0o600)
	var full *FullError
	if _, err := Restore(t.Context(), o, chosen.Path); !errors.As(err, &full) {
		t.Errorf("%v", err)
	}
	accept(t, os.Remove(filler))
	s = mustOpen(t, o)
	if got := fmt.Sprint(must(wholeOf(s))(t)); got != want || s.Path() != o.Path {
		t.Error("something changed")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(o.Path), "*.tmp")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// childRestorer restores, when it is told to, what the last word names.
func childRestorer(words string) {
	path, snapshot, _ := strings.Cut(words, "|")
	fmt.Println("ready")
	_, err := Restore(context.Background(), Options{Path: path, Device: "device-a"}, snapshot)
	fmt.Println("done", err)
}

// A process killed at any instant of a restore leaves the state of before or of after.
func TestCrash_RestoreIsWholeOrNot(t *testing.T) {
	o := newOptions(t)
	o.Now = nil
	s := mustOpen(t, o)
	fillStore(t, s, 3)
	first := must(s.Snapshot(t.Context()))(t)
	for n := range 60 {
		must(s.Create(fmt.Sprint("since ", n), content(n)))(t)
	}
	second := must(s.Snapshot(t.Context()))(t)
	accept(t, s.Close())
	states := []string{stateOf(t, first.Path), stateOf(t, second.Path)}
	keep := map[string][]byte{first.Path: readFile(t, first.Path), second.Path: readFile(t, second.Path)}
	r := rand.New(rand.NewPCG(20261122, 2))
	seen := map[string]int{}
	for trial := range 12 {
		for path, b := range keep { // rolled away by the trials before
			writeFile(t, path, b)
		}
		target := []SnapshotInfo{first, second}[trial%2]
		c := child(t, "restorer", o.Path+"|"+target.Path)
		accept(t, c.Start())
		killed := time.AfterFunc(time.Duration(4+r.IntN(60))*time.Millisecond, func() { _ = c.Process.Kill() })
		_ = c.Wait()
		killed.Stop()
		s := mustOpen(t, o)
		if s.Recovery() != nil {
			t.Fatalf("trial %d: %v", trial, s.Recovery().Damaged)
		}
		at := slices.Index(states, fmt.Sprint(must(wholeOf(s))(t)))
		if at < 0 {
			t.Fatalf("trial %d: neither the one state nor the other", trial)
		}
		seen[fmt.Sprint(at == trial%2)]++
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(o.Path), "*.tmp")); len(left) > 0 {
			t.Errorf("trial %d: left behind %v", trial, left)
		}
		accept(t, s.Close())
	}
	t.Logf("restored or not: %v", seen)
}

func stateOf(t *testing.T, path string) string {
	t.Helper()
	s := must(OpenReadOnly(path))(t)
	defer s.Close()
	return fmt.Sprint(must(wholeOf(s))(t))
}

// Who was erased in the snapshot is not named by a paper of now.
func TestRestore_NoNameOfWhoWasErased(t *testing.T) {
	a := mustOpen(t, newOptions(t))
	d := putDossier(t, a, 1)
	o := newOptions(t)
	o.Device = "device-b"
	b := mustOpen(t, o)
	must(b.Merge(must(a.Share(ShareOptions{}))(t)))(t)
	accept(t, b.EraseDossier(d.ID))
	theirs := must(b.Snapshot(t.Context()))(t)
	p := putPaper(t, a, d.ID)
	accept(t, a.Close())
	must(Restore(t.Context(), a.opts, theirs.Path))(t)
	if p = must(mustOpen(t, a.opts).Paper(p.Number))(t); len(p.Sealed) > 0 {
		t.Error("the name is still on the paper")
	}
}

// Who clears files away that a restore left behind can restore again all the same.
func TestRestore_AfterFilesWereRemoved(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	must(s.Create("a", content(1)))(t)
	chosen := must(s.Snapshot(t.Context()))(t)
	accept(t, s.Close())
	for range 3 {
		must(Restore(t.Context(), s.opts, chosen.Path))(t)
	}
	made := must(replacements(s.opts.Path))(t)
	for _, old := range made[:2] {
		accept(t, os.Remove(old))
	}
	r := must(Restore(t.Context(), s.opts, chosen.Path))(t)
	if s = mustOpen(t, s.opts); s.Path() != r.Path {
		t.Errorf("open is %s, want %s", s.Path(), r.Path)
	}
}

// A laptop that went back as a whole has older keys than its stick: those that came
// since come with the snapshot, and what is here stays until they are proved.
func TestRestore_BringsNewerKeys(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	path, copied := s.KeyFiles()
	r, data := ring(t), map[string][]byte{}
	accept(t, r.Add("a"))
	data["older"] = must(r.Marshal())(t)
	accept(t, r.Add("b"))
	data["newer"] = must(r.Marshal())(t)
	writeFile(t, path, data["newer"])
	must(s.Snapshot(t.Context()))(t)
	stick := copies(t, s)[0].Path
	accept(t, s.Close())
	for _, c := range []struct {
		path, copied, wantPath, wantCopied string
		comes                              bool
	}{
		{"older", "older", "older", "newer", true},
		{"older", "", "older", "newer", true},
		{"", "older", "newer", "older", true},
		{"", "", "newer", "", true},
		{"newer", "older", "newer", "older", false},
		{"older", "newer", "older", "newer", false},
	} {
		for name, is := range map[string]string{path: c.path, copied: c.copied} {
			_ = os.Remove(name)
			if is != "" {
				writeFile(t, name, data[is])
			}
		}
		got := must(Restore(t.Context(), s.opts, stick))(t)
		if got.Keys != c.comes {
			t.Errorf("%+v: %v", c, got.Keys)
		}
		for name, want := range map[string]string{path: c.wantPath, copied: c.wantCopied} {
			if is, _ := os.ReadFile(name); string(is) != string(data[want]) {
				t.Errorf("%+v: %s has other keys", c, filepath.Base(filepath.Dir(name)))
			}
		}
	}
}

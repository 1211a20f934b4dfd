package store

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// issueOf issues a paper of the newest revision, under a number that begins so.
func issueOf(t *testing.T, s *Store, id ID, begins string) {
	t.Helper()
	sim, rev, err := s.Get(id)
	accept(t, err)
	must(s.PutPaper(func(n int) (Paper, error) {
		p := paper(n, "")
		p.Number = begins + p.Number
		p.Simulation, p.Revision, p.PackSHA256, p.Payload = id, sim.Head, rev.PackSHA256, rev.Project
		return p, nil
	}))(t)
}

// withRules is a new store with the rules that contents name.
func withRules(t *testing.T, o Options) *Store {
	t.Helper()
	s := mustOpen(t, o)
	for n := range 3 {
		accept(t, s.SavePackOnce(Pack{Number: n + 1, SHA256: content(n + 2).PackSHA256, Archive: []byte("pack")}))
	}
	return s
}

// A paper keeps its project whatever became of the numbers: in a list that went another
// way since, and in that of another laptop.
func TestRestore_PapersOfAnotherHistory(t *testing.T) {
	check := func(s *Store, papers int, newest Content) {
		t.Helper()
		heads := must(s.Papers())(t)
		if len(heads) != papers {
			t.Errorf("%d papers", len(heads))
		}
		for _, h := range heads {
			p := must(s.Paper(h.Number))(t)
			if rev, err := s.Revision(h.Simulation, h.Revision); err != nil || string(rev.Project) != string(p.Payload) {
				t.Errorf("paper %s is of revision %d, another project: %v", h.Number, h.Revision, err)
			}
		}
		for _, e := range must(s.List())(t) {
			if _, rev, _ := s.Get(e.ID); !rev.Content.equal(newest) {
				t.Errorf("the newest is %s", rev.Project)
			}
		}
		if list := must(s.Conflicts())(t); len(list) > 0 {
			t.Errorf("%+v", list)
		}
	}
	a := withRules(t, newOptions(t))
	sim := must(a.Create("a", content(1)))(t)
	first := must(a.Snapshot(t.Context()))(t)
	must(a.Save(sim.ID, "", content(2)))(t)
	issueOf(t, a, sim.ID, "A")
	second := must(a.Snapshot(t.Context()))(t)
	accept(t, a.Close())

	must(Restore(t.Context(), a.opts, first.Path))(t)
	a = mustOpen(t, a.opts)
	must(a.Save(sim.ID, "", content(3)))(t)
	issueOf(t, a, sim.ID, "B")
	check(a, 2, content(3))
	accept(t, a.Close())
	must(Restore(t.Context(), a.opts, second.Path))(t)
	a = mustOpen(t, a.opts)
	check(a, 2, content(2))

	// Another laptop has the same simulation under other numbers.
	o := newOptions(t)
	o.Device = "device-b"
	b := withRules(t, o)
	early := must(OpenReadOnly(first.Path))(t)
	must(b.Merge(must(early.Share(ShareOptions{}))(t)))(t)
	accept(t, early.Close())
	for n := range 4 {
		must(b.Save(sim.ID, "", content(10+n)))(t)
	}
	issueOf(t, b, sim.ID, "C")
	theirs := must(b.Snapshot(t.Context()))(t)
	accept(t, a.Close())
	must(Restore(t.Context(), a.opts, theirs.Path))(t)
	check(mustOpen(t, a.opts), 3, content(13))
}

// To go back to the state of now changes nothing, though a paper is of a version that
// waits for a decision, whichever of the two that is.
func TestRestore_OfWhatWaitsChangesNothing(t *testing.T) {
	o := newOptions(t)
	a := withRules(t, o)
	sim := must(a.Create("a", content(1)))(t)
	other := newOptions(t)
	other.Device = "device-b"
	b := withRules(t, other)
	must(b.Merge(must(a.Share(ShareOptions{}))(t)))(t)
	must(a.Save(sim.ID, "", content(2)))(t)
	issueOf(t, a, sim.ID, "A")
	must(b.Save(sim.ID, "", content(3)))(t)
	issueOf(t, b, sim.ID, "B")
	must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t)

	state := func(s *Store) []string {
		waits, err := json.Marshal(must(s.Conflicts())(t))
		accept(t, err)
		return []string{fmt.Sprint(must(wholeOf(s))(t)), string(waits)}
	}
	before := state(a)
	if list := must(a.Conflicts())(t); len(list) != 1 {
		t.Fatalf("%d wait for a decision", len(list))
	}
	taken := must(a.Snapshot(t.Context()))(t)
	accept(t, a.Close())
	must(Restore(t.Context(), o, taken.Path))(t)
	if diff := cmp.Diff(before, state(mustOpen(t, o))); diff != "" {
		t.Error(diff)
	}
}

package store

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
)

func TestNotFound(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	sim := must(s.Create("a", content(1)))(t)
	for name, call := range map[string]func() error{
		"get":        func() error { _, _, err := s.Get(NewID()); return err },
		"malformed":  func() error { _, _, err := s.Get("x"); return err },
		"save":       func() error { _, err := s.Save(NewID(), "", content(1)); return err },
		"rename":     func() error { _, err := s.Rename(NewID(), "x"); return err },
		"delete":     func() error { _, err := s.Delete(NewID()); return err },
		"duplicate":  func() error { _, err := s.Duplicate(NewID(), "x"); return err },
		"revision 0": func() error { _, err := s.Revision(sim.ID, 0); return err },
		"revision 2": func() error { _, err := s.Revision(sim.ID, 2); return err },
		"pack":       func() error { _, err := s.Pack("00"); return err },
	} {
		var missing *NotFoundError
		if err := call(); !errors.As(err, &missing) {
			t.Errorf("%s gave %v", name, err)
		}
	}
}

// What is not JSON could never be opened again: refused, and nothing half saved.
func TestCreate_RefusesBrokenProject(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	c := content(1)
	c.Project = json.RawMessage(`{"name":`)
	if _, err := s.Create("a", c); err == nil {
		t.Error("accepted")
	}
	if l := must(s.List())(t); len(l) != 0 {
		t.Errorf("half saved: %v", l)
	}
}

func TestSave_ProjectComesBackByteForByte(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	c := content(1)
	c.Project = json.RawMessage("{ \"name\": \"<é> & \\u2028\" }\n")
	sim := must(s.Create("a", c))(t)
	if _, rev, err := s.Get(sim.ID); err != nil || string(rev.Project) != string(c.Project) {
		t.Errorf("%q, %v", rev.Project, err)
	}
}

func TestSave_SameContentWritesNothing(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	sim := must(s.Create("a", content(1)))(t)
	before := readFile(t, o.Path)
	if saved := must(s.Save(sim.ID, "a", content(1)))(t); saved.Head != 1 {
		t.Errorf("revision %d", saved.Head)
	}
	if string(readFile(t, o.Path)) != string(before) {
		t.Error("the file was written")
	}
}

// A save of a deleted simulation would say "saved" of what no list shows. It
// comes back, though its content be the same, and the journal says so.
func TestSave_BringsDeletedBack(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	for n, c := range []Content{content(1), content(2)} { // the same, another
		sim := must(s.Create("a", content(1)))(t)
		must(s.Delete(sim.ID))(t)
		if saved := must(s.Save(sim.ID, "", c))(t); saved.Deleted != nil || saved.Head != n+1 || saved.Name != "a" {
			t.Errorf("saved %+v", saved)
		}
		if l := must(s.List())(t); len(l) != n+1 || l[0].ID != sim.ID {
			t.Errorf("list %+v", l)
		}
		var kinds []EventKind
		for _, e := range must(s.History(sim.ID))(t) {
			kinds = append(kinds, e.Kind)
		}
		if want := []EventKind{EventCreated, EventDeleted, EventUndeleted}; !slices.Equal(kinds, want) {
			t.Errorf("journal %v, want %v", kinds, want)
		}
	}
}

// A save is whole or nothing: neither name nor deletion moves if its content is
// refused.
func TestSave_RefusedLeavesEverything(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	sim := must(s.Create("a", content(1)))(t)
	before := must(s.Delete(sim.ID))(t)
	if _, err := s.Save(sim.ID, "b", Content{Project: json.RawMessage("{")}); err == nil {
		t.Fatal("accepted")
	}
	after, rev, err := s.Get(sim.ID)
	if err != nil || after.Name != "a" || after.Deleted == nil || after.Head != 1 || !after.Updated.Equal(before.Updated) || !rev.Content.equal(content(1)) {
		t.Errorf("%+v, revision %d, %v", after, rev.Number, err)
	}
	if n := len(must(s.History(sim.ID))(t)); n != 2 {
		t.Errorf("%d lines in the journal, want 2", n)
	}
}

// A store that vanished under the app must not come back empty by itself.
func TestOpen_NeverMakesAFileByAccident(t *testing.T) {
	o := newOptions(t)
	o.fill()
	s := &Store{opts: o, path: o.Path}
	if err := s.openBolt(false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSimRecord_TruncatedAnywhereIsAnError(t *testing.T) {
	r := simRecord{Entry: Entry{Simulation: Simulation{Name: "Centre", Head: 300}, Summary: content(1).Summary}}
	b := r.encode()
	key := make([]byte, 16)
	if _, err := decodeSim(key, b); err != nil {
		t.Fatal(err)
	}
	for n := range b {
		if _, err := decodeSim(key, b[:n]); err == nil {
			t.Errorf("%d of %d bytes were accepted", n, len(b))
		}
	}
}

package store

import (
	"os"
	"testing"
)

// killed lets go of a store as the end of its process does.
func killed(s *Store) {
	s.closing.Do(func() {
		close(s.snap.stop)
		<-s.snap.done
		s.second.stop()
		<-s.second.done
		_ = s.closeDB()
		s.lock.Release()
	})
}

// A program that ends before it could say what it opened told nobody: the next one says
// it, until one ends in order.
func TestRecovery_IsSaidUntilAClose(t *testing.T) {
	o, want := goodStore(t)
	writeFile(t, o.Path, []byte("junk"))
	s := mustOpen(t, o)
	first := s.Recovery()
	killed(s)
	for range 2 {
		s = mustOpen(t, o)
		is := s.Recovery()
		if is == nil || is.Path != first.Path || is.Damaged.Path != o.Path || is.Snapshot == nil || !is.Snapshot.At.Equal(first.Snapshot.At) {
			t.Fatalf("%+v, want %+v", is, first)
		}
		if got := must(dump(s))(t); got != want {
			t.Error("it opened something else")
		}
		killed(s)
	}
	other := o
	other.NoRecovery = true // a command, which says nothing of it
	accept(t, mustOpen(t, other).Close())
	if s = mustOpen(t, o); s.Recovery() == nil {
		t.Error("not said after a command")
	}
	accept(t, s.Close())
	if s = mustOpen(t, o); s.Recovery() != nil {
		t.Error("said again")
	}
}

// What was never put into use is not said.
func TestRecovery_NoteWithoutAFile(t *testing.T) {
	o, _ := goodStore(t)
	o.fill()
	r := Recovery{Damaged: &DamagedError{Path: o.Path}, Path: must(nextReplacement(o))(t)}
	accept(t, (&note{Recovery: r}).keep(o))
	if s := mustOpen(t, o); s.Recovery() != nil {
		t.Errorf("%+v", s.Recovery())
	}
	for _, junk := range []string{"", "{}", "null", "junk"} {
		writeFile(t, noteOf(o), []byte(junk))
		if is := untold(o.Path, o); is != nil {
			t.Errorf("%q: %+v", junk, is)
		}
	}
	_ = os.Remove(noteOf(o))
}

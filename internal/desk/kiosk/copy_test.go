package kiosk

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// A second start of the program offers the newest copy of the store, which must not
// be one of the time before the door was closed.
func TestDoor_IsClosedInTheNewestCopy(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(dir, "t.db"), SnapshotDir: filepath.Join(dir, "copies"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Snapshot(context.Background()); err != nil { // while the door is open
		t.Fatal(err)
	}
	doorOf := func(s *store.Store) *Door {
		return New(Params{Store: s, Random: rand.Reader, Now: time.Now, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}})
	}
	inCopy := func() State {
		list, err := s.Snapshots()
		if err != nil || len(list) == 0 {
			t.Fatalf("%d copies, %v", len(list), err)
		}
		copied, err := store.OpenReadOnly(list[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		is, err := doorOf(copied).State()
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	door := doorOf(s)
	if err := door.Close(Wish{code, code, UsualDelay}); err != nil {
		t.Fatal(err)
	}
	if !inCopy().Closed {
		t.Error("the door is open in the newest copy")
	}
	if err := door.Open(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Snapshot(context.Background()); err != nil {
		t.Fatal(err)
	}
	if inCopy().Closed {
		t.Error("the door is closed in the copy of an open one")
	}
	if err := door.Shut(); err != nil {
		t.Fatal(err)
	}
	if !inCopy().Closed {
		t.Error("the door that is closed again is open in the newest copy")
	}
}

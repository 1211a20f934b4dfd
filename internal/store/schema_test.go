package store

import (
	"bytes"
	"errors"
	"testing"
)

// toTwo and toThree are migrations that a later version might bring.
func toTwo(w *writer) error { return w.put(bucketSettings, []byte("two"), []byte(`"done"`)) }

func toThree(w *writer) error {
	p, err := w.must(bucketSettings, []byte("two")) // relies on the one before
	if err != nil {
		return err
	}
	return w.put(bucketSettings, []byte("three"), p)
}

func TestMigrations_InOrderAfterSnapshot(t *testing.T) {
	o, want := goodStore(t)
	o.migrations = []migration{{2, toTwo}, {3, toThree}}
	s := mustOpen(t, o)
	var got string
	if ok, err := s.Setting("three", &got); !ok || err != nil || got != "done" {
		t.Errorf("the second migration: %v %v %q", ok, err, got)
	}
	if d := must(dump(s))(t); d != want {
		t.Error("the migrations changed other records")
	}
	_ = s.Close()
	found := must(verifyFile(o.Path, 3, false))(t)
	if found.head.Schema != 3 {
		t.Errorf("schema %d", found.head.Schema)
	}
	o.fill()
	files := must(snapshotFiles(o))(t)
	if got := must(verifyFile(files[0].Path, 3, false))(t).head.Schema; got != 3 {
		t.Errorf("the newest snapshot has schema %d", got)
	}
	if got := must(verifyFile(files[1].Path, 3, false))(t).head.Schema; got != 1 {
		t.Errorf("the snapshot before the migration has schema %d", got)
	}

	s = mustOpen(t, o) // runs none of them again
	if s.Recovery() != nil {
		t.Error(s.Recovery().Damaged)
	}
	_ = s.Close()
}

func TestMigrations_FailureLeavesTheOldFile(t *testing.T) {
	o, want := goodStore(t)
	before := readFile(t, o.Path)
	stop := errors.New("stop")
	later := o
	later.migrations = []migration{{2, toTwo}, {3, func(*writer) error { return stop }}}
	if _, err := Open(t.Context(), later); !errors.Is(err, stop) {
		t.Fatalf("got %v", err)
	}
	if !bytes.Equal(before, readFile(t, o.Path)) {
		t.Error("the file was changed")
	}
	if got := must(dump(mustOpen(t, o)))(t); got != want {
		t.Error("the old version reads something else")
	}
}

func TestMigrations_GapIsRefused(t *testing.T) {
	o, _ := goodStore(t)
	o.migrations = []migration{{3, toThree}}
	if _, err := Open(t.Context(), o); err == nil {
		t.Error("a missing migration was passed over")
	}
}

func TestNewerSchema_RefusedUntouched(t *testing.T) {
	o, _ := goodStore(t)
	later := o
	later.migrations = []migration{{2, toTwo}}
	_ = mustOpen(t, later).Close()
	before := readFile(t, o.Path)
	var newer *NewerSchemaError
	if _, err := Open(t.Context(), o); !errors.As(err, &newer) || newer.Have != 2 || newer.Want != 1 || newer.Path != o.Path {
		t.Errorf("got %v", err)
	}
	if _, err := OpenReadOnly(o.Path); !errors.As(err, &newer) {
		t.Errorf("read-only gave %v", err)
	}
	if !bytes.Equal(before, readFile(t, o.Path)) {
		t.Error("the file was changed")
	}
	if made := must(replacements(o.Path))(t); len(made) > 0 {
		t.Errorf("a newer file was taken for damage: %v", made)
	}
}

package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// filesOf lists every file of a folder with its content.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out[name] = string(readFile(t, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOpenAsIsReadsAndChangesNothing(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	if err := s.PutValue(value(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(o.Path)
	before := filesOf(t, dir)
	first := must(OpenAsIs(t.Context(), o))(t)
	defer first.Close()
	again := must(OpenAsIs(t.Context(), o))(t) // readers do not keep each other out
	defer again.Close()
	if got := must(again.Values())(t); len(got) != 1 || got[0].Text != value(1).Text || !again.ReadOnly() {
		t.Errorf("values %+v", got)
	}
	after := filesOf(t, dir)
	if len(before) != len(after) {
		t.Errorf("%d files before, %d after", len(before), len(after))
	}
	for name, content := range before {
		if after[name] != content {
			t.Errorf("%s was changed", name)
		}
	}
}

func TestOpenAsIsSaysWhoHasTheStore(t *testing.T) {
	o := newOptions(t)
	o.LockTimeout = 30 * time.Millisecond
	mustOpen(t, o)
	_, err := OpenAsIs(t.Context(), o)
	var locked *LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() || locked.Since.IsZero() {
		t.Errorf("%v", err)
	}
}

func TestOpenAsIsMakesNoStore(t *testing.T) {
	o := newOptions(t)
	o.Path = filepath.Join(filepath.Dir(o.Path), "nowhere", "essai.db")
	o.SnapshotDir = ""
	if _, err := OpenAsIs(t.Context(), o); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Dir(o.Path)); err == nil {
		t.Error("the folder was made")
	}
}

// A store that is gone is not one that never was, and one that was replaced is
// read from what stands for it.
func TestOpenAsIsFollowsTheStore(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	if err := s.PutValue(value(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	var damaged *DamagedError
	if _, err := OpenAsIs(t.Context(), o); !errors.As(err, &damaged) || !damaged.Missing {
		t.Fatalf("%v", err)
	}
	s = mustOpen(t, o) // what the window does: the newest snapshot comes back beside it
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got := must(OpenAsIs(t.Context(), o))(t)
	defer got.Close()
	if got.Path() == o.Path || !slices.ContainsFunc(must(got.Values())(t), func(v Value) bool { return v.Text == value(1).Text }) {
		t.Errorf("%s was opened", got.Path())
	}
}

func TestOpenAsIsLeavesAnOlderSchema(t *testing.T) {
	o := newOptions(t)
	old, _ := schemaOne(t)
	writeFile(t, o.Path, old)
	var older *OlderSchemaError
	if _, err := OpenAsIs(t.Context(), o); !errors.As(err, &older) || older.Have != 1 || older.Want != schema {
		t.Errorf("%v", err)
	}
}

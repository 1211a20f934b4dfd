package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// fillUp saves until a save is refused and checks that the refusal is typed and
// that everything confirmed before it can be read.
func fillUp(t *testing.T, o Options) {
	t.Helper()
	s := mustOpen(t, o)
	sim := must(s.Create("Before", content(1)))(t)
	want := content(1)
	var full *FullError
	var err error
	for n := 2; n < 5000 && err == nil; n++ {
		c := content(n)
		// Many marks make the save large, so that the room ends soon.
		for i := range 300 {
			c.Marks[string(NewID())+string(rune('a'+i%26))] = "preset"
		}
		if _, err = s.Save(sim.ID, "", c); err == nil {
			want = c
		}
	}
	if !errors.As(err, &full) {
		t.Fatalf("the disk is full, Save gave %v", err)
	}
	check := func(s *Store) {
		t.Helper()
		_, rev, err := s.Get(sim.ID)
		if err != nil || !rev.Content.equal(want) {
			t.Errorf("the last confirmed revision: %d, %v", rev.Number, err)
		}
	}
	check(s)
	path := s.Path()
	_ = s.Close() // its snapshot finds no room either
	if _, err := verifyFile(path, schema, false); err != nil {
		t.Error(err)
	}
	s = mustOpen(t, o)
	if s.Recovery() != nil {
		t.Error(s.Recovery().Damaged)
	}
	check(s)
}

func TestFull_SizeLimit(t *testing.T) {
	o := newOptions(t)
	o.maxSize = 400_000
	fillUp(t, o)
}

func TestFull_RealDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("a small disk can be mounted by root on Linux only")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
	})
	o := newOptions(t)
	o.SnapshotDir = filepath.Join(filepath.Dir(o.Path), "snapshots") // on the large disk
	o.Path = filepath.Join(dir, "atlas.db")
	fillUp(t, o)
}

// A disk without room for the first file gives a typed error and leaves nothing.
func TestFull_AtCreation(t *testing.T) {
	o := newOptions(t)
	o.maxSize = 1000
	var full *FullError
	if _, err := Open(t.Context(), o); !errors.As(err, &full) {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(o.Path), "*.db*")); len(left) > 2 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAccess_FolderThatCannotBeMade(t *testing.T) {
	o := newOptions(t)
	file := filepath.Join(filepath.Dir(o.Path), "file")
	writeFile(t, file, nil)
	o.Path = filepath.Join(file, "sub", "atlas.db")
	var access *AccessError
	if _, err := Open(t.Context(), o); !errors.As(err, &access) {
		t.Errorf("got %v", err)
	}
}

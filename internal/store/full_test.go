package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"atlasp2i/internal/store/record"
)

// fillUp saves or puts until that is refused, and checks that the refusal is
// typed and that everything confirmed before it can be read.
func fillUp(t *testing.T, o Options, what func(*testing.T, *Store) filling) {
	t.Helper()
	s := mustOpen(t, o)
	f := what(t, s)
	var full *FullError
	var err error
	for n := 2; n < 5000 && err == nil; n++ {
		err = f.write(n)
	}
	if !errors.As(err, &full) {
		t.Fatalf("the disk is full, the write gave %v", err)
	}
	check := func(s *Store) {
		t.Helper()
		if err := f.check(s); err != nil {
			t.Error(err)
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

// filling writes the n-th of something, and checks the last that was confirmed.
type filling struct {
	write func(n int) error
	check func(*Store) error
}

var fillings = map[string]func(*testing.T, *Store) filling{"revisions": fillRevisions, "values": fillVersions, "imports": fillImports, "merges": fillMerges}

func fillRevisions(t *testing.T, s *Store) filling {
	sim := must(s.Create("Before", content(1)))(t)
	want := content(1)
	return filling{
		write: func(n int) error {
			c := content(n)
			// Many marks make the save large, so that the room ends soon.
			for i := range 300 {
				c.Marks[string(NewID())+string(rune('a'+i%26))] = "preset"
			}
			_, err := s.Save(sim.ID, "", c)
			if err == nil {
				want = c
			}
			return err
		},
		check: func(s *Store) error {
			_, rev, err := s.Get(sim.ID)
			if err == nil && !rev.Content.equal(want) {
				err = fmt.Errorf("revision %d is not the last confirmed one", rev.Number)
			}
			return err
		},
	}
}

func fillVersions(_ *testing.T, s *Store) filling {
	confirmed := 0
	long := strings.Repeat("x", record.MaxValueText-10)
	text := func(n int) string { return fmt.Sprint(long, n) }
	return filling{
		write: func(n int) error {
			err := s.PutValue(Value{Place: "agadir", Field: "note", Text: text(n)})
			if err == nil {
				confirmed = n
			}
			return err
		},
		check: func(s *Store) error {
			values, err := s.Values()
			if err == nil && (len(values) != 1 || values[0].Text != text(confirmed)) {
				err = fmt.Errorf("%d values, the last confirmed is %d", len(values), confirmed)
			}
			return err
		},
	}
}

// fillImports imports fifty figures at a time: a refused import leaves none.
func fillImports(_ *testing.T, s *Store) filling {
	confirmed := 0
	return filling{
		write: func(n int) error {
			list := make([]Observation, 50)
			for i := range list {
				list[i] = observation(100*n + i)
			}
			_, err := s.PutObservations(context.Background(), "export.csv", list, nil)
			if err == nil {
				confirmed += len(list)
			}
			return err
		},
		check: func(s *Store) error {
			got, err := s.Observations()
			if err == nil && len(got) != confirmed {
				err = fmt.Errorf("%d observations, %d were confirmed", len(got), confirmed)
			}
			return err
		},
	}
}

// fillMerges merges five simulations at a time: a refused merge leaves none.
func fillMerges(_ *testing.T, s *Store) filling {
	confirmed := 0
	return filling{
		write: func(n int) error {
			report, err := s.Merge(sharedBatch("full", n))
			if err == nil && len(report.Simulations.New) == batchSize {
				confirmed += batchSize
			}
			return err
		},
		check: func(s *Store) error {
			got, err := s.List()
			if err == nil && len(got) != confirmed {
				err = fmt.Errorf("%d simulations, %d were confirmed", len(got), confirmed)
			}
			return err
		},
	}
}

func TestFull_SizeLimit(t *testing.T) {
	for name, what := range fillings {
		t.Run(name, func(t *testing.T) {
			o := newOptions(t)
			o.maxSize = 400_000
			fillUp(t, o, what)
		})
	}
}

func TestFull_RealDisk(t *testing.T) {
	for name, what := range fillings {
		t.Run(name, func(t *testing.T) { fillUp(t, smallDisk(t), what) })
	}
}

// smallDisk gives options for a store on a disk of 600 kB.
func smallDisk(t *testing.T) Options {
	t.Helper()
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
	return o
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

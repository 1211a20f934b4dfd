package desk_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// openStore opens the store file of a folder, as a start of the program does.
func openStore(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(dir, "essai.db"), Device: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// newDesk makes a desk under the pack of some files; s may be nil.
func newDesk(t testing.TB, files fs.FS, s desk.Store) *desk.Desk {
	t.Helper()
	pack, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: files, Texts: texts, Store: s, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// builtIn copies the pack that ships with the program, to be changed.
func builtIn(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	files := assets.PackFiles()
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		out[name] = &fstest.MapFile{Data: data, Mode: 0o600}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// replace changes the one place of a pack's file that reads old.
func replace(t testing.TB, files fstest.MapFS, name, old, new string) {
	t.Helper()
	text := string(files[name].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%s holds %q %d times", name, old, n)
	}
	files[name].Data = []byte(strings.Replace(text, old, new, 1))
}

// eso is the engineering centre of the specification's worked table.
func eso() domain.Project {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO Fès"
	return p
}

// today is the day of the tests.
func today() time.Time { return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.Local) }

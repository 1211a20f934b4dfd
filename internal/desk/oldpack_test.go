package desk_test

import (
	"archive/zip"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
)

// firstPack gives the files of the first pack that was shipped, of format 1.
func firstPack(t testing.TB) fs.FS {
	t.Helper()
	z, err := zip.OpenReader("../rules/testdata/pack-1.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // only read from
	files := fstest.MapFS{}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		data, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = &fstest.MapFile{Data: data}
	}
	return files
}

// A simulation saved before packs had facts comes out the same to the centime
// under the rules that it was computed with, whatever format the active pack has.
func TestSimulationOfTheFirstPackReopens(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	d := newDesk(t, firstPack(t), s)
	if d.Pack().Format != 1 {
		t.Fatalf("the first pack has format %d", d.Pack().Format)
	}
	saved := save(t, d, desk.Draft{Project: eso()})
	before, err := d.Estimate(saved)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	d = newDesk(t, assets.PackFiles(), openStore(t, dir))
	old := open(t, d, saved.ID)
	if d.Pack().Format != 2 || old.Pack != saved.Pack || old.Pack == d.Pack().SHA256 {
		t.Fatalf("format %d; reopened under %s, saved under %s", d.Pack().Format, old.Pack, saved.Pack)
	}
	after, err := d.Estimate(old)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error("(-saved +replayed)", diff)
	}
	if got := after.Benefits.Value.String(); got != esoTotal {
		t.Errorf("replayed total %s, want %s", got, esoTotal)
	}
}

package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"atlasp2i/internal/store/disk"
)

// toSix and toSeven are migrations that a later version might bring.
func toSix(w *writer) error { return w.put(bucketSettings, []byte("six"), []byte(`"done"`)) }

func toSeven(w *writer) error {
	p, err := w.must(bucketSettings, []byte("six")) // relies on the one before
	if err != nil {
		return err
	}
	return w.put(bucketSettings, []byte("seven"), p)
}

func TestMigrations_InOrderAfterSnapshot(t *testing.T) {
	o, want := goodStore(t)
	o.migrations = []migration{{6, toSix}, {7, toSeven}}
	s := mustOpen(t, o)
	var got string
	if ok, err := s.Setting("seven", &got); !ok || err != nil || got != "done" {
		t.Errorf("the second migration: %v %v %q", ok, err, got)
	}
	if d := must(dump(s))(t); d != want {
		t.Error("the migrations changed other records")
	}
	_ = s.Close()
	found := must(verifyFile(o.Path, 7, false))(t)
	if found.head.Schema != 7 {
		t.Errorf("schema %d", found.head.Schema)
	}
	o.fill()
	files := must(snapshotFiles(o))(t)
	if got := must(verifyFile(files[0].Path, 7, false))(t).head.Schema; got != 7 {
		t.Errorf("the newest snapshot has schema %d", got)
	}
	if got := must(verifyFile(files[1].Path, 7, false))(t).head.Schema; got != schema {
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
	later.migrations = []migration{{6, toSix}, {7, func(*writer) error { return stop }}}
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
	o.migrations = []migration{{7, toSeven}}
	if _, err := Open(t.Context(), o); err == nil {
		t.Error("a missing migration was passed over")
	}
}

func TestNewerSchema_RefusedUntouched(t *testing.T) {
	o, _ := goodStore(t)
	later := o
	later.migrations = []migration{{6, toSix}}
	_ = mustOpen(t, later).Close()
	before := readFile(t, o.Path)
	var newer *NewerSchemaError
	if _, err := Open(t.Context(), o); !errors.As(err, &newer) || newer.Have != 6 || newer.Want != schema || newer.Path != o.Path {
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

// olderFile unpacks a store file that the program wrote when its schema was that
// of the name, and what could be read of it then.
func olderFile(t *testing.T, name string) (file []byte, want string) {
	t.Helper()
	f := must(os.Open(filepath.Join("testdata", name+".db.gz")))(t)
	defer f.Close()
	return must(io.ReadAll(must(gzip.NewReader(f))(t)))(t), string(readFile(t, filepath.Join("testdata", name+".txt")))
}

func schemaOne(t *testing.T) (file []byte, want string) {
	t.Helper()
	return olderFile(t, "schema1")
}

// The values that a file of schema 2 held are there, and figures can be imported.
func TestSchemaTwo_OpensWithEverything(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, want := olderFile(t, "schema2")
	writeFile(t, o.Path, old)
	s := mustOpen(t, o)
	if got := must(dump(s))(t); got != want || s.Recovery() != nil {
		t.Errorf("recovery %+v, found\n%s\nwant\n%s", s.Recovery(), got, want)
	}
	if values := must(s.Values())(t); len(values) == 0 {
		t.Error("the file of the test holds no values")
	}
	if got := must(s.Observations())(t); len(got) != 0 {
		t.Errorf("observations %+v", got)
	}
	putFigures(t, s, observation(1))
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files := must(snapshotFiles(o))(t)
	if before := files[len(files)-1].Path; !bytes.Equal(readFile(t, before), old) {
		t.Error("the first snapshot is not the file as it was")
	}
	s = mustOpen(t, o)
	if got := must(s.Observations())(t); len(got) != 1 || got[0] != observation(1) {
		t.Errorf("observations %+v", got)
	}
}

// The figures that a file of schema 3 held are there, and dossiers and papers can
// be kept.
func TestSchemaThree_OpensWithEverything(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, want := olderFile(t, "schema3")
	writeFile(t, o.Path, old)
	s := mustOpen(t, o)
	if got := must(dump(s))(t); got != want || s.Recovery() != nil {
		t.Errorf("recovery %+v, found\n%s\nwant\n%s", s.Recovery(), got, want)
	}
	figures := []Observation{observation(1), observation(2)}
	if got := must(s.Observations())(t); !slices.Equal(got, figures) {
		t.Errorf("observations %+v", got)
	}
	if got := must(s.Imports())(t); len(got) != 2 || !got[0].Dropped {
		t.Errorf("imports %+v", got)
	}
	if got := must(s.Dossiers())(t); len(got) != 0 {
		t.Errorf("dossiers %+v", got)
	}
	d := putDossier(t, s, 1)
	p := putPaper(t, s, d.ID)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files := must(snapshotFiles(o))(t)
	if before := files[len(files)-1].Path; !bytes.Equal(readFile(t, before), old) {
		t.Error("the first snapshot is not the file as it was")
	}
	s = mustOpen(t, o)
	if got := must(s.Paper(p.Number))(t); !bytes.Equal(got.Payload, p.Payload) || got.Dossier != d.ID {
		t.Errorf("paper %+v", got)
	}
}

// What a file of schema 4 held is there, and can be shared.
func TestSchemaFour_OpensWithEverything(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, want := olderFile(t, "schema4")
	writeFile(t, o.Path, old)
	var older *OlderSchemaError
	if _, err := OpenReadOnly(o.Path); !errors.As(err, &older) || older.Have != 4 || older.Want != schema {
		t.Errorf("read-only gave %v", err)
	}
	s := mustOpen(t, o)
	if got := must(dump(s))(t); got != want || s.Recovery() != nil {
		t.Errorf("recovery %+v, found\n%s\nwant\n%s", s.Recovery(), got, want)
	}
	first := must(s.Share(ShareOptions{bin: true}))(t)
	revs := first.Simulations[0].Revisions
	if len(first.Simulations) != 2 || len(revs) != 2 || len(revs[1].Parents) != 1 || revs[1].Parents[0] != revs[0].Identity {
		t.Errorf("a revision does not name the one before it: %+v", revs)
	}
	sim := must(s.Save(first.Simulations[0].ID, "", content(9)))(t)
	revs = must(s.Share(ShareOptions{bin: true}))(t).Simulations[0].Revisions
	if sim.Head != 3 || len(revs) != 3 || revs[2].Parents[0] != revs[1].Identity {
		t.Errorf("the new revision does not name the one before it: %+v", revs)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files := must(snapshotFiles(o))(t)
	if before := files[len(files)-1].Path; !bytes.Equal(readFile(t, before), old) {
		t.Error("the first snapshot is not the file as it was")
	}
}

func snapshotOf(t *testing.T, o Options) {
	t.Helper()
	if err := makeDirs(o); err != nil {
		t.Fatal(err)
	}
	must(copySnapshot(o.Path, o))(t)
}

func TestSchemaOne_OpensWithEverything(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, want := schemaOne(t)
	writeFile(t, o.Path, old)
	s := mustOpen(t, o)
	if got := must(dump(s))(t); got != want || s.Recovery() != nil {
		t.Errorf("recovery %+v, found\n%s\nwant\n%s", s.Recovery(), got, want)
	}
	if err := s.PutValue(value(1)); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files := must(snapshotFiles(o))(t)
	if before := files[len(files)-1].Path; !bytes.Equal(readFile(t, before), old) {
		t.Error("the first snapshot is not the file as it was")
	}
	if found := must(verifyFile(o.Path, schema, false))(t); found.head.Schema != schema {
		t.Errorf("schema %d", found.head.Schema)
	}
	s = mustOpen(t, o)
	if got := must(s.Values())(t); len(got) != 1 || got[0].Text != value(1).Text {
		t.Errorf("values %+v", got)
	}
}

// A damaged file whose only snapshot is of an older schema comes back from it.
func TestSchemaOne_SnapshotIsRecovered(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, want := schemaOne(t)
	writeFile(t, o.Path, old)
	snapshotOf(t, o)
	writeFile(t, o.Path, []byte("junk"))
	s := mustOpen(t, o)
	if got := must(dump(s))(t); got != want || s.Recovery() == nil || s.Recovery().Snapshot == nil {
		t.Errorf("recovery %+v, found\n%s", s.Recovery(), got)
	}
}

// While an older version of the program has the store, its snapshots cannot be
// read without changing them, so none is offered.
func TestSchemaOne_SnapshotIsNotOffered(t *testing.T) {
	o := newOptions(t)
	o.fill()
	old, _ := schemaOne(t)
	writeFile(t, o.Path, old)
	snapshotOf(t, o)
	lock := must(acquire(t.Context(), o))(t)
	defer lock.Release()
	o.LockTimeout = disk.Poll
	var locked *LockedError
	if _, err := Open(t.Context(), o); !errors.As(err, &locked) || locked.Snapshot != nil {
		t.Errorf("%v, snapshot %+v", err, locked.Snapshot)
	}
}

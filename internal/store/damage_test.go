package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// goodStore makes a store with two snapshots, closed, and tells what it holds.
func goodStore(t *testing.T) (Options, string) {
	t.Helper()
	o := newOptions(t)
	s := mustOpen(t, o)
	fillStore(t, s, 12)
	must(s.Snapshot(t.Context()))(t)
	must(s.Create("Last", content(77)))(t)
	want := must(dump(s))(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return o, want
}

// tryDamaged puts bytes in place of the store and checks the promise: never a
// panic, never wrong data, and the bytes still there afterwards.
func tryDamaged(t *testing.T, o Options, want string, b []byte) (damaged bool) {
	t.Helper()
	writeFile(t, o.Path, b)
	o.NoRecovery = true
	s, err := Open(t.Context(), o)
	var d *DamagedError
	switch {
	case errors.As(err, &d):
		if d.Snapshot == nil {
			t.Error("the damage does not name the good snapshot")
		}
	case err != nil:
		t.Fatalf("unexpected error %v", err)
	default:
		if got, err := dump(s); err != nil || got != want {
			t.Errorf("a damaged file was read as good: %v\n%s", err, got)
		}
		_ = s.Close()
	}
	if !bytes.Equal(readFile(t, o.Path), b) {
		t.Error("the file was changed")
	}
	return d != nil
}

func TestDamage_FlippedBytes(t *testing.T) {
	o, want := goodStore(t)
	good := readFile(t, o.Path)
	r := rand.New(rand.NewPCG(1, 2))
	found, tries := 0, 400
	for i := range tries {
		pos := r.IntN(len(good))
		if i < 64 {
			pos = i*4 + i%2*4096 // the two headers more closely
		}
		bad := bytes.Clone(good)
		bad[pos] ^= byte(1 << r.IntN(8))
		if tryDamaged(t, o, want, bad) {
			found++
		}
	}
	// Free pages and the padding of pages, most of this file, flip without harm.
	if found < tries/10 {
		t.Errorf("only %d of %d flips were found", found, tries)
	}
}

func TestDamage_EveryByteOfRecord(t *testing.T) {
	o, want := goodStore(t)
	good := readFile(t, o.Path)
	for _, inside := range []string{"1000077.00", value(4).Text} {
		at := bytes.Index(good, []byte(inside)) - 40
		for pos := at; pos < at+80; pos++ {
			bad := bytes.Clone(good)
			bad[pos] ^= 0x10
			// A stale copy of the page may come first; then nothing is to be found.
			tryDamaged(t, o, want, bad)
		}
	}
}

func TestDamage_WholePages(t *testing.T) {
	o, want := goodStore(t)
	good := readFile(t, o.Path)
	page := os.Getpagesize()
	for off := 0; off < len(good); off += page {
		zeroed := bytes.Clone(good)
		clear(zeroed[off : off+page])
		tryDamaged(t, o, want, zeroed)
		if off > 0 {
			tryDamaged(t, o, want, good[:off])
		}
		swapped := bytes.Clone(good)
		copy(swapped[off:off+page], good[(off+3*page)%len(good):])
		tryDamaged(t, o, want, swapped)
	}
}

func TestDamage_NoStoreAtAll(t *testing.T) {
	o, want := goodStore(t)
	junk := make([]byte, 50_000)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range junk {
		junk[i] = byte(r.Uint32())
	}
	for name, b := range map[string][]byte{"empty": {}, "one byte": {7}, "text": []byte("not a store\n"), "junk": junk} {
		if !tryDamaged(t, o, want, b) {
			t.Errorf("%s was opened as a store", name)
		}
	}
}

func TestRecovery_OpensNewestSnapshotBeside(t *testing.T) {
	o, want := goodStore(t)
	bad := readFile(t, o.Path)[:3*os.Getpagesize()]
	writeFile(t, o.Path, bad)
	s := mustOpen(t, o)
	r := s.Recovery()
	if r == nil || r.Snapshot == nil || r.Empty || r.Salvaged || r.Path != s.Path() || r.Damaged.Path != o.Path {
		t.Fatalf("recovery %+v", r)
	}
	if got := must(dump(s))(t); got != want {
		t.Errorf("recovered\n%s\nwant\n%s", got, want)
	}
	sim := must(s.Create("After", content(5)))(t)
	_ = s.Close()
	if !bytes.Equal(readFile(t, o.Path), bad) {
		t.Error("the damaged file was changed")
	}

	again := mustOpen(t, o)
	if again.Recovery() != nil || again.Path() != s.Path() {
		t.Errorf("the next start opened %s, recovery %v", again.Path(), again.Recovery())
	}
	if _, _, err := again.Get(sim.ID); err != nil {
		t.Errorf("what was saved after the recovery is gone: %v", err)
	}
}

func TestRecovery_SkipsDamagedSnapshotAndDamagedReplacement(t *testing.T) {
	o, _ := goodStore(t)
	o.fill()
	files := must(snapshotFiles(o))(t)
	if len(files) < 2 {
		t.Fatalf("%d snapshots", len(files))
	}
	writeFile(t, files[0].Path, []byte("junk"))
	writeFile(t, o.Path, []byte("junk"))
	s := mustOpen(t, o)
	if s.Recovery().Snapshot.Path != files[1].Path {
		t.Errorf("opened %s", s.Recovery().Snapshot.Path)
	}
	_ = s.Close()
	first := s.Path()
	writeFile(t, first, []byte("junk too"))
	s = mustOpen(t, o)
	if s.Path() == first || s.Recovery() == nil || s.Recovery().Damaged.Path != first {
		t.Errorf("opened %s, recovery %+v", s.Path(), s.Recovery())
	}
}

func TestRecovery_EmptyWithoutSnapshot(t *testing.T) {
	o := newOptions(t)
	writeFile(t, o.Path, []byte("junk"))
	s := mustOpen(t, o)
	if r := s.Recovery(); r == nil || !r.Empty || r.Snapshot != nil {
		t.Errorf("recovery %+v", r)
	}
	must(s.Create("New", content(1)))(t)
}

// A header that was being written when the power went leaves the state before
// that save; it is newer than the snapshot and so is taken from the file.
func TestRecovery_TornHeader(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	fillStore(t, s, 3)
	must(s.Snapshot(t.Context()))(t)
	must(s.Create("Since", content(50)))(t)
	before := must(dump(s))(t)
	must(s.Create("Torn", content(51)))(t)
	var txid uint64
	_ = s.view(func(r reader) error { txid = uint64(r.tx.ID()); return nil })
	s.snap.taken = s.snap.saves // a crash takes no last snapshot
	_ = s.Close()
	b := readFile(t, o.Path)
	b[int(txid%2)*os.Getpagesize()+20] ^= 0xFF
	writeFile(t, o.Path, b)

	s = mustOpen(t, o)
	if r := s.Recovery(); r == nil || !r.Salvaged || r.Snapshot != nil {
		t.Fatalf("recovery %+v", r)
	}
	if got := must(dump(s))(t); got != before {
		t.Error("not the state before the torn save")
	}
	_ = s.Close()
	if s = mustOpen(t, o); s.Recovery() != nil {
		t.Errorf("recovered twice: %v", s.Recovery().Damaged)
	}
}

// The file shrinks while it is mapped: bbolt then faults.
func TestDamage_TruncatedWhileOpen(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	ids := fillStore(t, s, 200)
	must(s.Snapshot(t.Context()))(t)
	want := must(dump(s))(t)
	if err := os.Truncate(o.Path, int64(2*os.Getpagesize())); err != nil {
		t.Skip("this system does not let a mapped file shrink")
	}
	var d *DamagedError
	if _, err := s.List(); !errors.As(err, &d) {
		t.Errorf("List gave %v", err)
	}
	if _, err := s.Save(ids[3], "", content(9)); !errors.As(err, &d) {
		t.Errorf("Save gave %v", err)
	}
	if _, err := s.Create("x", content(9)); !errors.As(err, &d) {
		t.Errorf("Create gave %v", err)
	}
	start := time.Now()
	_ = s.Close()
	if took := time.Since(start); took > closeTimeout+2*time.Second {
		t.Errorf("closing took %v", took)
	}
	s = mustOpen(t, o)
	if got := must(dump(s))(t); s.Recovery() == nil || got != want {
		t.Errorf("recovery %+v, same data %v", s.Recovery(), got == want)
	}
}

// Bytes flip under the open store: what is read is right or refused.
func TestDamage_FlippedWhileOpen(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	ids := fillStore(t, s, 30)
	f := must(os.OpenFile(o.Path, os.O_RDWR, 0))(t)
	defer f.Close()
	good := readFile(t, o.Path)
	want := map[ID]string{}
	for _, id := range ids {
		_, rev, err := s.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		want[id] = string(rev.Project)
	}
	r := rand.New(rand.NewPCG(5, 6))
	refused := 0
	for range 300 {
		pos := int64(2*os.Getpagesize() + r.IntN(len(good)-2*os.Getpagesize()))
		_, _ = f.WriteAt([]byte{good[pos] ^ 0x41}, pos)
		for _, id := range ids {
			_, rev, err := s.Get(id)
			if err != nil {
				refused++
			} else if string(rev.Project) != want[id] {
				t.Errorf("wrong data at %d", pos)
			}
		}
		_, _ = f.WriteAt([]byte{good[pos]}, pos)
	}
	if refused == 0 {
		t.Error("no flip was noticed")
	}
}

func TestSnapshot_OfDamagedStoreIsRefused(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	fillStore(t, s, 30)
	at := bytes.Index(readFile(t, o.Path), []byte("Autre nom"))
	f := must(os.OpenFile(o.Path, os.O_RDWR, 0))(t)
	_, _ = f.WriteAt([]byte("Faux"), int64(at))
	_ = f.Close()
	var d *DamagedError
	if _, err := s.Snapshot(t.Context()); !errors.As(err, &d) {
		t.Errorf("Snapshot gave %v", err)
	}
	if _, err := s.Create("x", content(1)); !errors.As(err, &d) {
		t.Errorf("Create gave %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(o.Path+".snapshots", "*.tmp")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A store file that is gone must not become an empty list without a word.
func TestRecovery_VanishedFile(t *testing.T) {
	o, want := goodStore(t)
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	strict := o
	strict.NoRecovery = true
	var damage *DamagedError
	if _, err := Open(t.Context(), strict); !errors.As(err, &damage) || !damage.Missing || damage.Snapshot == nil {
		t.Errorf("without recovery: %v", err)
	}
	s := mustOpen(t, o)
	r := s.Recovery()
	if r == nil || r.Snapshot == nil || r.Empty || r.Salvaged || !r.Damaged.Missing || r.Damaged.Reason != "missing" || r.Damaged.Path != o.Path {
		t.Fatalf("recovery %+v", r)
	}
	if got := must(dump(s))(t); got != want {
		t.Errorf("recovered\n%s\nwant\n%s", got, want)
	}
	_ = s.Close()
	if s = mustOpen(t, o); s.Recovery() != nil || s.Path() != r.Path {
		t.Errorf("the next start opened %s, recovery %+v", s.Path(), s.Recovery())
	}
}

// Snapshots that cannot be read do not pass for a first start either.
func TestRecovery_VanishedFileAndDamagedSnapshots(t *testing.T) {
	o, _ := goodStore(t)
	o.fill()
	for _, f := range must(snapshotFiles(o))(t) {
		writeFile(t, f.Path, []byte("junk"))
	}
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	if r := mustOpen(t, o).Recovery(); r == nil || !r.Empty || !r.Damaged.Missing {
		t.Errorf("recovery %+v", r)
	}
}

// A store in which nothing was ever saved may vanish without a word.
func TestRecovery_VanishedFileThatWasEmpty(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	must(s.Snapshot(t.Context()))(t)
	_ = s.Close()
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	if s = mustOpen(t, o); s.Recovery() != nil || s.Path() != o.Path {
		t.Errorf("recovery %+v", s.Recovery())
	}
}

package store

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

func TestSurplus_TenNewestAndOneADay(t *testing.T) {
	day := func(d, hour int) time.Time { return time.Date(2026, 11, d, hour, 0, 0, 0, time.UTC) }
	var files []snapshotFile // newest first
	add := func(at time.Time) {
		files = append(files, snapshotFile{SnapshotInfo{At: at}, 1000 - len(files)})
	}
	for h := 23; h > 11; h-- { // twelve on the 22nd
		add(day(22, h))
	}
	for d := 21; d >= 14; d-- { // two on each of the eight days before
		add(day(d, 18))
		add(day(d, 9))
	}
	gone := map[int]bool{}
	for _, f := range surplus(files) {
		gone[f.number] = true
	}
	for i, f := range files {
		keep := i < 10 || // the newest
			i >= 12 && f.At.Hour() == 18 && f.At.Day() >= 16 // last of a day, with the 22nd seven days
		if gone[f.number] == keep {
			t.Errorf("snapshot of %v: kept %v, want %v", f.At, !gone[f.number], keep)
		}
	}
}

func TestSnapshots_AfterSavesAndAtClose(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	deadline := time.Now().Add(5 * time.Second)
	for len(must(s.Snapshots())(t)) == 0 && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	if n := len(must(s.Snapshots())(t)); n != 1 {
		t.Fatalf("%d snapshots after the first save", n)
	}
	for s.Uncopied() && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	if s.Uncopied() {
		t.Error("the snapshot does not count")
	}
	must(s.Create("b", content(2)))(t) // within the gap: none before the end
	if !s.Uncopied() {
		t.Error("what no snapshot holds is said to be in one")
	}
	want := must(dumpOf(s))(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	list := must(s.Snapshots())(t)
	if len(list) != 2 {
		t.Fatalf("%d snapshots after closing", len(list))
	}
	ro := must(OpenReadOnly(list[0].Path))(t)
	defer ro.Close()
	if got := must(dumpOf(ro))(t); got != want {
		t.Error("the last snapshot lacks the last save")
	}
	_ = mustOpen(t, o).Close()
	if again := must(s.Snapshots())(t); len(again) != 2 {
		t.Errorf("%d snapshots although nothing changed", len(again))
	}
}

// dumpOf lists names only: the store has no packs here.
func dumpOf(s *Store) (string, error) {
	entries, err := s.List()
	out := ""
	for _, e := range entries {
		out += e.Name + " " + e.Summary.Total + "\n"
	}
	return out, err
}

// The number orders snapshots, for the clock of a laptop may be set back.
func TestSnapshots_ClockGoesBack(t *testing.T) {
	o := newOptions(t)
	now, back := o.Now, atomic.Bool{}
	o.Now = func() time.Time {
		if back.Load() {
			return now().AddDate(-6, 0, 0)
		}
		return now()
	}
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	must(s.Snapshot(t.Context()))(t)
	back.Store(true)
	must(s.Create("b", content(2)))(t)
	last := must(s.Snapshot(t.Context()))(t)
	if got := newestGood(s.opts, 0); got == nil || got.Path != last.Path {
		t.Errorf("newest is %v, want %v", got, last)
	}
}

func TestSnapshot_UnfinishedOneIsNotOffered(t *testing.T) {
	o, _ := goodStore(t)
	o.fill()
	n := len(must(snapshotFiles(o))(t))
	writeFile(t, filepath.Join(o.SnapshotDir, "atlas.tmp"), []byte("half"))
	if got := len(must(snapshotFiles(o))(t)); got != n {
		t.Errorf("%d snapshots, want %d", got, n)
	}
	s := mustOpen(t, o)
	must(s.Snapshot(t.Context()))(t)
	if _, err := os.Stat(filepath.Join(o.SnapshotDir, "atlas.tmp")); err == nil {
		t.Error("the unfinished file is still there")
	}
}

func TestSnapshot_FolderGone(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	s.snap.taking.Lock() // no snapshot in the background meanwhile
	if err := os.RemoveAll(s.opts.SnapshotDir); err != nil {
		t.Fatal(err)
	}
	s.snap.taking.Unlock()
	if _, err := s.Snapshot(t.Context()); err == nil || s.SnapshotError() == nil {
		t.Errorf("no error: %v, %v", err, s.SnapshotError())
	}
	must(s.Create("b", content(2)))(t) // saving goes on
}

func TestDeviceID_StaysTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config", "device")
	first := must(DeviceID(path))(t)
	if _, err := ParseID(first); err != nil {
		t.Error(err)
	}
	if again := must(DeviceID(path))(t); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	writeFile(t, path, []byte("junk"))
	if other := must(DeviceID(path))(t); other == first || other != must(DeviceID(path))(t) {
		t.Errorf("after junk: %s", other)
	}
}

// A new store in the same folder, with all its snapshots, must not push out the
// last one of the store before it; that one is restored over empty newer ones.
func TestSnapshots_OfStoreBeforeAreKept(t *testing.T) {
	o := newOptions(t)
	first := mustOpen(t, o)
	must(first.Create("Avant", content(1)))(t)
	must(first.Snapshot(t.Context()))(t)
	must(first.Create("Dernier", content(2)))(t)
	last := must(first.Snapshot(t.Context()))(t)
	_ = first.Close()
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	o.fill()
	if err := createStore(o.Path, o); err != nil { // as a foreign tool might
		t.Fatal(err)
	}
	s := mustOpen(t, o)
	for range 3 * keepNewest {
		must(s.Snapshot(t.Context()))(t)
	}
	if got := newestGood(o, 0); got == nil || got.Path != last.Path {
		t.Fatalf("the newest one with content is %v, want %v", got, last)
	}
	must(s.Create("Après", content(3)))(t)
	for range 3 * keepNewest {
		must(s.Snapshot(t.Context()))(t)
	}
	files := must(snapshotFiles(o))(t)
	if n := len(files); n != keepNewest+1 || files[n-1].Path != last.Path {
		t.Errorf("%d snapshots, the oldest %s, want %s", n, files[n-1].Path, last.Path)
	}
}

// A form kept at each key pressed must not push out the snapshots of what was
// saved; the snapshot of the next save has it.
func TestSnapshots_NotOfSettingsAlone(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	must(s.Snapshot(t.Context()))(t)
	_ = s.Close()
	s = mustOpen(t, o)
	before := len(must(s.Snapshots())(t))
	for n := range 3 {
		if err := s.PutSetting(SettingDraft, n); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(must(s.Snapshots())(t)); n != before {
		t.Errorf("%d snapshots, want %d", n, before)
	}
	s = mustOpen(t, o)
	must(s.Create("b", content(2)))(t)
	_ = s.Close()
	ro := must(OpenReadOnly(must(s.Snapshots())(t)[0].Path))(t)
	defer ro.Close()
	kept := 0
	if ok, err := ro.Setting(SettingDraft, &kept); !ok || err != nil || kept != 2 {
		t.Errorf("the next snapshot holds %d, %v, %v", kept, ok, err)
	}
}

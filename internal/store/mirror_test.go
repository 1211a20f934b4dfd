package store

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/vault"
)

// mirrored is a store with a stick that was chosen, and no snapshot under way: the
// next is after the gap.
func mirrored(t *testing.T, o Options) (s *Store, stick string) {
	t.Helper()
	stick = filepath.Join(t.TempDir(), "stick")
	accept(t, os.Mkdir(stick, 0o700))
	s = mustOpen(t, o)
	accept(t, s.SetMirror(t.Context(), stick))
	must(s.Create("First", content(0)))(t)
	for len(must(s.Snapshots())(t)) == 0 { // the one in the background, at the first save
		time.Sleep(time.Millisecond)
	}
	must(s.Snapshot(t.Context()))(t) // waits for that one
	return s, stick
}

func accept(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// copies are those in the second folder of a store.
func copies(t *testing.T, s *Store) []SnapshotInfo {
	t.Helper()
	return must(SnapshotsIn(s.Mirror().Folder))(t)
}

func TestMirror_HasWhatTheSnapshotHas(t *testing.T) {
	s, stick := mirrored(t, newOptions(t))
	must(s.Create("a", content(1)))(t)
	info := must(s.Snapshot(t.Context()))(t)
	is := s.Mirror()
	if is.Err != nil || is.Dir != stick || !is.Copied.Equal(info.At) || is.KeysBehind {
		t.Errorf("%+v", is)
	}
	there := copies(t, s)
	if len(there) == 0 || !bytes.Equal(readFile(t, there[0].Path), readFile(t, info.Path)) {
		t.Errorf("not the same bytes: %v", there)
	}
	accept(t, s.Close())
	if s = mustOpen(t, s.opts); !s.Mirror().Copied.Equal(info.At) {
		t.Errorf("after opening again: %+v", s.Mirror())
	}
	accept(t, s.SetMirror(t.Context(), ""))
	before := len(must(SnapshotsIn(filepath.Dir(there[0].Path)))(t))
	must(s.Snapshot(t.Context()))(t)
	if after, _ := SnapshotsIn(filepath.Dir(there[0].Path)); s.Mirror() != (mirror.State{}) || len(after) != before {
		t.Errorf("copied where nothing is chosen: %v", after)
	}
}

func TestMirror_Rolls(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	must(s.Create("a", content(1)))(t)
	for range 2 * keepNewest {
		must(s.Snapshot(t.Context()))(t)
	}
	if n := len(copies(t, s)); n != keepNewest {
		t.Errorf("%d copies", n)
	}
}

// A stick that is not there disturbs neither saving nor snapshots, and is brought up
// to date as soon as it is back, without a save.
func TestMirror_AbsentThenBack(t *testing.T) {
	o := newOptions(t)
	o.SnapshotGap = 20 * time.Millisecond
	s, stick := mirrored(t, o)
	must(s.Create("a", content(1)))(t)
	first := must(s.Snapshot(t.Context()))(t)
	accept(t, os.Rename(stick, stick+"-away"))
	must(s.Create("b", content(2)))(t)
	second := must(s.Snapshot(t.Context()))(t)
	var absent *mirror.AbsentError
	if is := s.Mirror(); !errors.As(is.Err, &absent) || !is.Copied.Before(second.At) || is.Copied.Before(first.At) || s.SnapshotError() != nil {
		t.Errorf("%+v, %v", is, s.SnapshotError())
	}
	// An empty folder where the stick would be is not the stick.
	accept(t, os.Mkdir(stick, 0o700))
	must(s.Snapshot(t.Context()))(t)
	if left := must(os.ReadDir(stick))(t); len(left) > 0 || !errors.As(s.Mirror().Err, &absent) {
		t.Errorf("written into an empty folder: %v", left)
	}
	accept(t, os.Remove(stick))
	accept(t, os.Rename(stick+"-away", stick))
	for range 200 {
		if s.Mirror().Err == nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if is := s.Mirror(); is.Err != nil || is.Copied.Before(second.At) {
		t.Errorf("not caught up: %+v", is)
	}
}

// failing gives up after some bytes.
type failing struct {
	w    io.Writer
	left int
	then func() error
}

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, f.then()
	}
	return f.w.Write(p)
}

func TestMirror_FullOrPulledInTheMiddle(t *testing.T) {
	for name, c := range map[string]struct {
		then func(stick string) error
		want func(error) bool
	}{
		"full": {
			func(string) error { return syscall.ENOSPC },
			func(err error) bool { var full *FullError; return errors.As(err, &full) },
		},
		"pulled": {
			func(stick string) error { _ = os.Rename(stick, stick+"-away"); return syscall.EIO },
			func(err error) bool { var absent *mirror.AbsentError; return errors.As(err, &absent) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOptions(t)
			var broken bool
			var stick string
			o.away = func(w io.Writer) io.Writer {
				if !broken {
					return w
				}
				return &failing{w, 10_000, func() error { return c.then(stick) }}
			}
			s, dir := mirrored(t, o)
			stick = dir
			must(s.Create("a", content(1)))(t)
			first := must(s.Snapshot(t.Context()))(t)
			good := len(copies(t, s))
			broken = true
			must(s.Create("b", content(2)))(t)
			must(s.Snapshot(t.Context()))(t) // no error of saving or of snapshots
			if is := s.Mirror(); !c.want(is.Err) || !is.Copied.Equal(first.At) || s.SnapshotError() != nil {
				t.Errorf("%+v", is)
			}
			_ = os.Rename(stick+"-away", stick)
			there := copies(t, s)
			if len(there) != good {
				t.Errorf("%d copies, %d were good", len(there), good)
			}
			for _, f := range there {
				must(Verify(t.Context(), f.Path))(t)
			}
			broken = false
			must(s.Snapshot(t.Context()))(t)
			if is := s.Mirror(); is.Err != nil || len(copies(t, s)) != good+1 {
				t.Errorf("%+v", is)
			}
		})
	}
}

// A copy that went bad on the stick is found, and written again.
func TestMirror_DamagedCopyIsNotGood(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	must(s.Create("a", content(1)))(t)
	must(s.Snapshot(t.Context()))(t)
	bad := copies(t, s)[0].Path
	b := readFile(t, bad)
	at := bytes.Index(b, []byte("Centre <1>"))
	b[at] ^= 1
	writeFile(t, bad, b)
	var damaged *DamagedError
	if _, err := Verify(t.Context(), bad); !errors.As(err, &damaged) {
		t.Fatalf("%v", err)
	}
	s.catchUp(t.Context())
	good := copies(t, s)[0].Path
	if v, err := Verify(t.Context(), good); err != nil || good == bad || v.Records[bucketSimulations] != 2 {
		t.Errorf("%s, %v", good, err)
	}
}

// The copy that a start makes up for and one that is asked for meanwhile do not get in
// each other's way.
func TestMirror_CopiesOneAtATime(t *testing.T) {
	o := newOptions(t)
	s, _ := mirrored(t, o)
	folder := s.Mirror().Folder
	accept(t, s.Close())
	for _, f := range must(SnapshotsIn(folder))(t) {
		accept(t, os.Remove(f.Path))
	}
	o.away = func(w io.Writer) io.Writer { time.Sleep(30 * time.Millisecond); return w }
	s = mustOpen(t, o)
	time.Sleep(10 * time.Millisecond) // the start is copying by now
	info := must(s.Snapshot(t.Context()))(t)
	if is := s.Mirror(); is.Err != nil || !is.Copied.Equal(info.At) {
		t.Errorf("%+v", is)
	}
}

// Two laptops with copies of one store share a stick without seeing each other.
func TestMirror_TwoLaptopsOneStick(t *testing.T) {
	o := newOptions(t)
	s, stick := mirrored(t, o)
	must(s.Create("a", content(1)))(t)
	must(s.Snapshot(t.Context()))(t)
	accept(t, s.Close())
	other := newOptions(t)
	other.Device = "device-b"
	writeFile(t, other.Path, readFile(t, o.Path))
	b := mustOpen(t, other)
	if is := b.Mirror(); is.Dir != "" {
		t.Errorf("the choice of another laptop counts here: %+v", is)
	}
	accept(t, b.SetMirror(t.Context(), stick))
	must(b.Create("b", content(2)))(t)
	must(b.Snapshot(t.Context()))(t)
	s = mustOpen(t, o)
	if s.Mirror().Folder == b.Mirror().Folder {
		t.Error("one folder for two laptops")
	}
	for _, x := range []*Store{s, b} {
		for _, f := range copies(t, x) {
			must(Verify(t.Context(), f.Path))(t)
		}
	}
	if len(must(os.ReadDir(stick))(t)) != 2 {
		t.Error("not two folders")
	}
}

func TestSetMirror_Refuses(t *testing.T) {
	o := newOptions(t)
	o.SnapshotDir = filepath.Join(t.TempDir(), "snapshots")
	s := mustOpen(t, o)
	inside := filepath.Join(filepath.Dir(o.Path), "inside")
	accept(t, os.Mkdir(inside, 0o700))
	link := filepath.Join(t.TempDir(), "link")
	accept(t, os.Symlink(inside, link))
	file := filepath.Join(t.TempDir(), "file")
	writeFile(t, file, nil)
	for dir, key := range map[string]string{
		"stick":                  "store.mirror.notAbsolute",
		".":                      "store.mirror.notAbsolute",
		filepath.Join(file, "x"): "store.mirror.noFolder",
		file:                     "store.mirror.noFolder",
		filepath.Dir(o.Path):     "store.mirror.inside",
		o.SnapshotDir:            "store.mirror.inside",
		inside:                   "store.mirror.inside",
		link:                     "store.mirror.inside",
	} {
		var refused *domain.Problem
		if err := s.SetMirror(t.Context(), dir); !errors.As(err, &refused) || refused.Value != dir || refused.Msg.Key != key {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if is := s.Mirror(); is.Dir != "" {
		t.Errorf("%+v", is)
	}
}

// A folder without room is refused with the sentence for that, not as one that cannot be
// written.
func TestSetMirror_Full(t *testing.T) {
	stick := filepath.Dir(smallDisk(t).Path)
	s := mustOpen(t, newOptions(t))
	_ = os.WriteFile(filepath.Join(stick, "filler"), make([]byte, 1<<20), 0o600)
	var full *FullError
	if err := s.SetMirror(t.Context(), stick); !errors.As(err, &full) || s.Mirror().Dir != "" {
		t.Errorf("%v, %+v", err, s.Mirror())
	}
}

func ring(t *testing.T) *vault.Ring {
	t.Helper()
	return must(vault.Create(vault.Params{Passphrase: "quatre mots pour un salon", Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}}))(t)
}

// Keys go along. A key that is destroyed is destroyed on the stick too, at once or when
// it is there again; until then that is said.
func TestMirror_KeysAndErasure(t *testing.T) {
	s, stick := mirrored(t, newOptions(t))
	path, _ := s.KeyFiles()
	r := ring(t)
	keep := func() []byte {
		data := must(r.Marshal())(t)
		writeFile(t, path, data)
		s.MirrorKeys()
		return data
	}
	accept(t, r.Add("a"))
	before := keep()
	there := filepath.Join(s.Mirror().Folder, filepath.Base(path))
	if !bytes.Equal(readFile(t, there), before) || s.Mirror().KeysBehind {
		t.Fatalf("the keys did not come along: %+v", s.Mirror())
	}
	witness := there + ".witness" // another name of the same bytes on the disk
	accept(t, os.Link(there, witness))
	accept(t, os.Rename(stick, stick+"-away"))
	must(r.Destroy("a"))(t)
	after := keep()
	var absent *mirror.AbsentError
	if is := s.Mirror(); !is.KeysBehind || !errors.As(is.Err, &absent) {
		t.Errorf("%+v", is)
	}
	accept(t, os.Rename(stick+"-away", stick))
	s.catchUp(t.Context())
	if is := s.Mirror(); is.KeysBehind || is.Err != nil || !bytes.Equal(readFile(t, there), after) {
		t.Errorf("%+v", is)
	}
	if bytes.Contains(readFile(t, witness), before[20:]) {
		t.Error("the former keys still stand on the stick")
	}
	// Older keys, of a laptop that went back, do not bring a destroyed one back.
	writeFile(t, path, before)
	s.MirrorKeys()
	var stale *mirror.StaleError
	if is := s.Mirror(); !errors.As(is.Err, &stale) || !is.KeysBehind || !bytes.Equal(readFile(t, there), after) {
		t.Errorf("%+v", is)
	}
}

// Keys that are gone here are kept on the stick as long as there is a contact whom
// only they open; when all are erased they go.
func TestMirror_KeysThatAreGone(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	path, _ := s.KeyFiles()
	writeFile(t, path, must(ring(t).Marshal())(t))
	s.MirrorKeys()
	there := filepath.Join(s.Mirror().Folder, filepath.Base(path))
	accept(t, os.Remove(path)) // and the store is of before the first contact
	s.MirrorKeys()
	if _, err := os.Stat(there); err != nil {
		t.Fatal("the keys of later contacts were destroyed")
	}
	d := putDossier(t, s, 1)
	s.MirrorKeys()
	if _, err := os.Stat(there); err != nil {
		t.Fatal("the last keys were destroyed")
	}
	accept(t, s.EraseDossier(d.ID))
	s.MirrorKeys()
	if _, err := os.Stat(there); err == nil || s.Mirror().KeysBehind {
		t.Errorf("keys of erased contacts are left: %+v", s.Mirror())
	}
}

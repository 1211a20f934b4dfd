package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/mirror"
)

// soonEnough is far less than a hanging folder takes, and more than a busy machine.
const soonEnough = 10 * time.Second

// stuck is a folder whose writes take until it is let go of.
type stuck struct {
	hangs atomic.Bool
	met   chan struct{} // closed at the first write that hangs
	gone  chan struct{}
	once  [2]sync.Once
}

func newStuck(t *testing.T) *stuck {
	st := &stuck{met: make(chan struct{}), gone: make(chan struct{})}
	t.Cleanup(st.release)
	return st
}

func (st *stuck) release() { st.once[0].Do(func() { close(st.gone) }) }

func (st *stuck) away(w io.Writer) io.Writer { return stuckWriter{st, w} }

type stuckWriter struct {
	*stuck
	w io.Writer
}

func (w stuckWriter) Write(p []byte) (int, error) {
	if w.hangs.Load() {
		w.once[1].Do(func() { close(w.met) })
		<-w.gone
	}
	return w.w.Write(p)
}

// within fails where f takes as long as the folder does.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(soonEnough):
		t.Fatalf("%s waits for the folder", what)
	}
}

// eventually waits for what goroutines come to by themselves.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for late := time.Now().Add(soonEnough); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("never: ", what)
		}
	}
}

// noHalf checks that each copy in a folder is whole, and that nothing else is left once
// whoever was stopped there has tidied up: nobody waits for that.
func noHalf(t *testing.T, folder string) {
	t.Helper()
	files := func() []string { return must(filepath.Glob(filepath.Join(folder, "*")))(t) }
	half := func(name string) bool { return filepath.Ext(name) == disk.Temp }
	eventually(t, "no half copy", func() bool { return !slices.ContainsFunc(files(), half) })
	for _, name := range files() {
		if filepath.Ext(name) == ".db" {
			must(Verify(t.Context(), name))(t)
		}
	}
}

// The end waits for a folder that hangs no longer than it was told to. What was saved is
// there, no half copy is, and the next start catches up once the folder answers.
func TestMirror_HangingKeepsNobody(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away, o.patience = st.away, 50*time.Millisecond
	s, _ := mirrored(t, o)
	folder := s.Mirror().Folder
	before := len(copies(t, s))
	st.hangs.Store(true)
	saved := must(s.Create("Saved while it hangs", content(5)))(t)
	within(t, "the end", func() { accept(t, s.Close()) })
	<-st.met
	s = mustOpen(t, o)
	if _, _, err := s.Get(saved.ID); err != nil {
		t.Error(err)
	}
	if is := s.Mirror(); is.Fresh || !is.Busy {
		t.Errorf("told as if it were up to date: %+v", is)
	}
	if there := must(SnapshotsIn(folder))(t); len(there) != before {
		t.Errorf("%d copies, before it hung %d", len(there), before)
	}
	st.hangs.Store(false)
	st.release()
	eventually(t, "caught up", func() bool { return s.Mirror().Fresh })
	here := must(s.Snapshots())(t)
	if there := copies(t, s); !bytes.Equal(readFile(t, there[0].Path), readFile(t, here[0].Path)) {
		t.Error("it has not the newest")
	}
	noHalf(t, folder)
}

// While it hangs, snapshots go on beside the store, an erasure goes on, another folder
// can be chosen, and the state is told.
func TestMirror_HangingLetsTheRestGoOn(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away, o.patience, o.SnapshotGap = st.away, 20*time.Millisecond, 10*time.Millisecond
	s, _ := mirrored(t, o)
	eventually(t, "up to date", func() bool { return s.Mirror().Fresh })
	st.hangs.Store(true)
	n := len(must(s.Snapshots())(t))
	must(s.Create("b", content(2)))(t)
	<-st.met
	must(s.Create("c", content(3)))(t)
	eventually(t, "snapshots beside the store", func() bool { return len(must(s.Snapshots())(t)) >= n+2 })
	writeFile(t, must(keysOf(s))(t), []byte("keys"))
	within(t, "an erasure", s.MirrorKeys)
	longAgo(s, s.Mirror().Folder)
	var hanging *mirror.HangingError
	if is := s.Mirror(); !is.KeysBehind || !errors.As(is.Err, &hanging) || is.Fresh {
		t.Errorf("%+v", is)
	}
	other := t.TempDir()
	within(t, "another choice", func() { accept(t, s.SetMirror(t.Context(), other)) })
	if is := s.Mirror(); is.Dir != other || is.Fresh {
		t.Errorf("%+v", is)
	}
}

// Another folder that is chosen while one hangs gets its copies by itself, and is not
// told as the one that hangs.
func TestSetMirror_LeavesWhatHangs(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away, o.patience, o.SnapshotGap = st.away, 20*time.Millisecond, 10*time.Millisecond
	s, _ := mirrored(t, o)
	eventually(t, "up to date", func() bool { return s.Mirror().Fresh })
	st.hangs.Store(true)
	must(s.Create("b", content(2)))(t)
	<-st.met
	hung := s.Mirror().Folder
	accept(t, s.SetMirror(t.Context(), t.TempDir()))
	st.hangs.Store(false) // the folder before stays where it is stuck
	must(s.Create("c", content(3)))(t)
	eventually(t, "copies in the other folder", func() bool { return s.Mirror().Fresh })
	longAgo(s, hung)
	must(s.Snapshot(t.Context()))(t)
	if is := s.Mirror(); is.Err != nil {
		t.Errorf("told as the one that hangs: %+v", is)
	}
}

// longAgo makes what is done in a folder begin earlier than anything but one that hangs
// would take.
func longAgo(s *Store, folder string) {
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	s.second.of(folder).since = time.Now().Add(-2 * hangsAfter)
}

// What takes long is told as hanging as long as something is missing there, no longer.
func TestMirror_HangsOnlyWhereSomethingIsMissing(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	folder := s.Mirror().Folder
	defer s.busy(folder)()
	longAgo(s, folder)
	if is := s.Mirror(); is.Err != nil || !is.Fresh {
		t.Errorf("it has everything: %+v", is)
	}
	writeFile(t, must(keysOf(s))(t), []byte("keys"))
	var hanging *mirror.HangingError
	if is := s.Mirror(); !errors.As(is.Err, &hanging) {
		t.Errorf("keys are missing there: %+v", is)
	}
}

func keysOf(s *Store) (string, error) { path, _ := s.KeyFiles(); return path, nil }

// A copy that is stopped leaves nothing that could be taken for one, and what it was
// behind by is made up for.
func TestSnapshot_StoppedOnTheWayToTheSecondFolder(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away = st.away
	s, _ := mirrored(t, o)
	folder, before := s.Mirror().Folder, len(copies(t, s))
	must(s.Create("b", content(2)))(t)
	st.hangs.Store(true)
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-st.met; stop() }()
	var info SnapshotInfo
	within(t, "whoever stops", func() { info = must(s.Snapshot(ctx))(t) })
	must(Verify(t.Context(), info.Path))(t) // the one here is whole
	var stopped *mirror.StoppedError
	if is := s.Mirror(); !errors.As(is.Err, &stopped) || is.Fresh || len(must(SnapshotsIn(folder))(t)) != before {
		t.Errorf("%+v", is)
	}
	st.hangs.Store(false)
	st.release()
	must(s.Snapshot(t.Context()))(t)
	if is := s.Mirror(); is.Err != nil || !is.Fresh {
		t.Errorf("%+v", is)
	}
	noHalf(t, folder)
}

// An erasure while a copy takes its time tells of no folder that hangs: the keys come
// behind the copy.
func TestMirrorKeys_BusyIsNotHanging(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away, o.patience = st.away, 20*time.Millisecond
	s, _ := mirrored(t, o)
	st.hangs.Store(true)
	must(s.Create("b", content(2)))(t)
	copied := make(chan error, 1)
	go func() { _, err := s.Snapshot(context.Background()); copied <- err }()
	<-st.met
	writeFile(t, must(keysOf(s))(t), must(ring(t).Marshal())(t))
	within(t, "an erasure", s.MirrorKeys)
	if is := s.Mirror(); is.Err != nil || !is.KeysBehind || !is.Busy {
		t.Errorf("while it is written to: %+v", is)
	}
	st.release()
	accept(t, <-copied)
	eventually(t, "the keys are there", func() bool { return !s.Mirror().KeysBehind })
}

// Who stops waiting for the copy that the loop makes stops that copy.
func TestSnapshot_StopsTheLoopsCopy(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	o.away = st.away
	s, _ := mirrored(t, o)
	folder, before := s.Mirror().Folder, len(copies(t, s))
	must(s.Create("b", content(2)))(t)
	st.hangs.Store(true)
	must(s.SnapshotHere(t.Context()))(t)
	<-st.met // the loop is at it
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, stop)
	within(t, "whoever stops", func() { _, _ = s.Snapshot(ctx) })
	var stopped *mirror.StoppedError
	eventually(t, "told as stopped", func() bool { return errors.As(s.Mirror().Err, &stopped) && !s.Mirror().Busy })
	st.release()
	accept(t, s.Close()) // what was stopped is not begun again on the way out
	if there := must(SnapshotsIn(folder))(t); len(there) != before {
		t.Errorf("%d copies, before the stop %d", len(there), before)
	}
	noHalf(t, folder)
}

// Who stops waiting once everything is there is not told that it was stopped.
func TestMirror_WaitingInVainTellsNothing(t *testing.T) {
	s, _ := mirrored(t, newOptions(t))
	ended, stop := context.WithCancel(t.Context())
	stop()
	s.catchUp(ended)
	if is := s.Mirror(); is.Err != nil || !is.Fresh {
		t.Errorf("%+v", is)
	}
}

// countdown ends after it was asked so often.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever a copy beside the store is stopped there is none, or a whole one.
func TestSnapshot_StoppedAnywhere(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	fillStore(t, s, 4)
	must(s.Snapshot(t.Context()))(t)
	before, done := len(must(s.Snapshots())(t)), false
	for left := 0; !done; left++ {
		_, err := s.SnapshotHere(&countdown{t.Context(), left})
		if done = err == nil; !done && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		after := must(s.Snapshots())(t)
		if want := map[bool]int{false: before, true: before + 1}[done]; len(after) != want || s.SnapshotError() != nil {
			t.Fatalf("stopped after %d: %d snapshots, want %d, %v", left, len(after), want, s.SnapshotError())
		}
	}
	noHalf(t, s.opts.SnapshotDir)
}

// Right after going back the second folder is not told to be up to date before it has
// what was gone back to.
func TestMirror_IsFreshOnlyWithTheNewest(t *testing.T) {
	o, st := newOptions(t), newStuck(t)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	o.Now = func() time.Time { return now } // all copies are of one second
	o.away = st.away
	s, _ := mirrored(t, o)
	then := must(s.Snapshot(t.Context()))(t)
	must(s.Create("after", content(2)))(t)
	must(s.Snapshot(t.Context()))(t)
	if is := s.Mirror(); !is.Fresh {
		t.Fatalf("%+v", is)
	}
	accept(t, s.Close())
	must(Restore(t.Context(), o, then.Path))(t)
	st.hangs.Store(true)
	s = mustOpen(t, o)
	<-st.met
	if is := s.Mirror(); is.Fresh || !is.Busy {
		t.Errorf("%+v", is)
	}
	st.hangs.Store(false)
	st.release()
	eventually(t, "caught up", func() bool { return s.Mirror().Fresh })
	here, there := must(s.Snapshots())(t)[0], copies(t, s)
	if !slices.ContainsFunc(there, func(f SnapshotInfo) bool {
		return bytes.Equal(readFile(t, f.Path), readFile(t, here.Path))
	}) {
		t.Error("told as up to date without the newest")
	}
	must(s.Create("later", content(3)))(t)
	eventually(t, "a snapshot here", func() bool { return !strings.HasSuffix(must(s.Snapshots())(t)[0].Path, filepath.Base(here.Path)) })
	eventually(t, "and there", func() bool { return s.Mirror().Fresh })
}

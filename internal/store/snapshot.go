package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

const (
	keepNewest = 10 // snapshots kept whatever their day
	keepDays   = 7  // days of which the newest snapshot is kept as well
)

// snapshotState belongs to the goroutine that takes snapshots after saves.
type snapshotState struct {
	taking sync.Mutex // one at a time
	dirty  chan struct{}
	stop   chan struct{}
	done   chan struct{}

	mu    sync.Mutex
	saves uint64 // since the store was opened
	taken uint64 // value of saves in the newest snapshot
	err   error  // of the newest attempt
}

// snapshotFile is a snapshot by its name: atlas-00000012-20260102T150405Z.db.
// The number orders them: the clock of a laptop may go back.
type snapshotFile struct {
	SnapshotInfo
	number int
}

// snapshotFiles lists the snapshots, newest first, without looking inside.
func snapshotFiles(o Options) ([]snapshotFile, error) {
	entries, err := os.ReadDir(o.SnapshotDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileError(o.SnapshotDir, err)
	}
	prefix, ext := filepath.Base(stem(o.Path))+"-", filepath.Ext(o.Path)
	var out []snapshotFile
	for _, e := range entries {
		mid, okPrefix := strings.CutPrefix(e.Name(), prefix)
		mid, okExt := strings.CutSuffix(mid, ext)
		num, at, okDash := strings.Cut(mid, "-")
		n, errNum := strconv.Atoi(num)
		t, errTime := time.Parse(stamp, at)
		if okPrefix && okExt && okDash && errNum == nil && errTime == nil {
			out = append(out, snapshotFile{SnapshotInfo{filepath.Join(o.SnapshotDir, e.Name()), t}, n})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].number > out[j].number })
	return out, nil
}

// newestGood is the newest snapshot of schema from or newer that passes its check
// and holds a simulation or a value; where none holds any, the newest; else nil.
// A store never loses its last record of these, so an empty snapshot above others
// is of a store that came after them.
func newestGood(o Options, from int) *SnapshotInfo {
	files, err := snapshotFiles(o)
	if err != nil {
		return nil // a folder that cannot be read offers nothing
	}
	var empty *SnapshotInfo
	for _, f := range files {
		c, err := verifyFile(f.Path, o.newest(), false)
		switch {
		case err != nil || c.head.Schema < from:
		case c.holds():
			return &f.SnapshotInfo
		case empty == nil:
			empty = &f.SnapshotInfo
		}
	}
	return empty
}

// snapshotsHold says whether a snapshot holds a simulation or a value, or may:
// one that cannot be read is no proof that there was nothing.
func snapshotsHold(o Options) bool {
	files, err := snapshotFiles(o)
	if err != nil {
		return true
	}
	for _, f := range files {
		if c, err := verifyFile(f.Path, o.newest(), false); err != nil || c.holds() {
			return true
		}
	}
	return false
}

// Snapshots lists the snapshots, newest first. They are checked when they are
// opened, not here.
func (s *Store) Snapshots() ([]SnapshotInfo, error) {
	files, err := snapshotFiles(s.opts)
	out := make([]SnapshotInfo, len(files))
	for i, f := range files {
		out[i] = f.SnapshotInfo
	}
	return out, err
}

// Snapshot copies the store into the snapshot folder, reads the copy back in
// full and then drops the oldest ones. It returns *FullError, *AccessError, or
// *DamagedError where the store itself turns out to be damaged.
func (s *Store) Snapshot(ctx context.Context) (SnapshotInfo, error) {
	if s.readOnly {
		return SnapshotInfo{}, &ReadOnlyError{Path: s.path}
	}
	if err := ctx.Err(); err != nil {
		return SnapshotInfo{}, err
	}
	s.snap.taking.Lock()
	defer s.snap.taking.Unlock()
	s.snap.mu.Lock()
	saves := s.snap.saves
	s.snap.mu.Unlock()
	info, err := writeSnapshot(s.opts, func(w io.Writer) error {
		return s.guard(func() error {
			return s.db.View(func(tx *bbolt.Tx) error { _, err := tx.WriteTo(w); return err })
		})
	})
	var damage *DamagedError
	if errors.As(err, &damage) {
		err = s.blame(damage)
	}
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	if s.snap.err = err; err == nil {
		s.snap.taken = saves
	}
	return info, err
}

// blame finds out whether a bad copy came from a bad store. No save runs
// meanwhile: the check needs a file that stands still.
func (s *Store) blame(copied *DamagedError) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := verifyFile(s.path, s.opts.newest(), false)
	var damage *DamagedError
	if errors.As(err, &damage) {
		return s.damaged(damage.Reason)
	}
	return fmt.Errorf("a snapshot could not be read back: %s", copied.Reason)
}

// SnapshotError is the error of the newest snapshot taken in the background, or nil.
func (s *Store) SnapshotError() error {
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	return s.snap.err
}

// copySnapshot takes a snapshot of a file that bbolt has not opened.
func copySnapshot(path string, o Options) (SnapshotInfo, error) {
	return writeSnapshot(o, func(w io.Writer) error { return copyBytes(path, w) })
}

func copyBytes(path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func writeSnapshot(o Options, fill func(io.Writer) error) (SnapshotInfo, error) {
	files, err := snapshotFiles(o)
	if err != nil {
		return SnapshotInfo{}, err
	}
	number := 1
	if len(files) > 0 {
		number = files[0].number + 1
	}
	at := o.Now().UTC().Truncate(time.Second)
	base, ext := filepath.Base(stem(o.Path)), filepath.Ext(o.Path)
	to := filepath.Join(o.SnapshotDir, fmt.Sprintf("%s-%08d-%s%s", base, number, at.Format(stamp), ext))
	var own checked
	err = newFile{
		tmp: filepath.Join(o.SnapshotDir, base+".tmp"), to: to, fill: fill,
		check: func(tmp string) (err error) { own, err = verifyFile(tmp, o.newest(), false); return err },
	}.write()
	if err != nil {
		return SnapshotInfo{}, err
	}
	info := SnapshotInfo{to, at}
	old := surplus(append([]snapshotFile{{info, number}}, files...))
	for _, f := range dispensable(old, own.head.Store, o) {
		// Another process may be reading an old one; it goes next time.
		_ = os.Remove(f.Path)
	}
	return info, nil
}

// surplus picks what may go of the snapshots, given newest first.
func surplus(files []snapshotFile) []snapshotFile {
	days := map[string]bool{}
	var out []snapshotFile
	for i, f := range files {
		day := f.At.Format(time.DateOnly)
		ofDay := !days[day] && len(days) < keepDays
		days[day] = true
		if i >= keepNewest && !ofDay {
			out = append(out, f)
		}
	}
	return out
}

// dispensable takes out of the surplus, given newest first, what no snapshot of
// the store with the id own stands for: the newest of each other store that
// holds something, and what only a newer program can read.
func dispensable(surplus []snapshotFile, own string, o Options) []snapshotFile {
	kept := map[string]bool{own: true}
	var out []snapshotFile
	for _, f := range surplus {
		c, err := verifyFile(f.Path, o.newest(), false)
		var damage *DamagedError
		switch {
		case err == nil && c.holds() && !kept[c.head.Store]:
			kept[c.head.Store] = true
		case err == nil || errors.As(err, &damage):
			out = append(out, f)
		}
	}
	return out
}

// newFile is a file that gets its name only once it is complete.
type newFile struct {
	tmp, to string
	fill    func(io.Writer) error
	check   func(tmp string) error
}

// write fills the temporary file, flushes it, checks it and gives it its name.
func (n newFile) write() (err error) {
	defer func() {
		if err != nil {
			_ = os.Remove(n.tmp)
			err = fileError(n.to, err)
		}
	}()
	f, err := os.OpenFile(n.tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<18)
	if err = n.fill(b); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = n.check(n.tmp)
	}
	if err == nil {
		err = moveInto(n.tmp, n.to)
	}
	return err
}

// noteSaved asks for a snapshot soon.
func (s *Store) noteSaved() {
	s.snap.mu.Lock()
	s.snap.saves++
	s.snap.mu.Unlock()
	select {
	case s.snap.dirty <- struct{}{}:
	default: // one is due already
	}
}

func (s *Store) startSnapshots() {
	s.snap.stop, s.snap.done = make(chan struct{}), make(chan struct{})
	go s.snapshotLoop()
}

// snapshotLoop takes a snapshot after saves, with the gap between two.
func (s *Store) snapshotLoop() {
	defer close(s.snap.done)
	var wait <-chan time.Time
	var due bool
	for {
		select {
		case <-s.snap.stop:
			return
		case <-s.snap.dirty:
			due = true
		case <-wait:
			wait = nil
		}
		if due && wait == nil {
			due = false
			// The error is kept for SnapshotError; the next save tries again.
			_, _ = s.Snapshot(context.Background())
			wait = time.After(s.opts.SnapshotGap)
		}
	}
}

// stopSnapshots ends the loop and takes the last snapshot.
func (s *Store) stopSnapshots() error {
	close(s.snap.stop)
	<-s.snap.done
	s.snap.mu.Lock()
	fresh := s.snap.taken == s.snap.saves
	s.snap.mu.Unlock()
	if fresh || s.broken.Load() != nil {
		return nil
	}
	_, err := s.Snapshot(context.Background())
	return err
}

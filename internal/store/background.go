package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"go.etcd.io/bbolt"
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

// Snapshot is SnapshotHere, and then brings the second folder up to date, where one is
// chosen. It waits for that folder until ctx ends, which stops whatever is copied there
// then; Mirror tells how that went.
func (s *Store) Snapshot(ctx context.Context) (SnapshotInfo, error) {
	info, err := s.take(ctx)
	if err == nil {
		s.catchUp(ctx)
	}
	if ctx.Err() != nil {
		s.leaveFolder() // it may have been the loop's copy that was waited for
	}
	return info, err
}

// SnapshotHere copies the store into the snapshot folder, reads the copy back in full
// and then drops the oldest ones. It does not wait for the second folder, which gets
// it soon. It returns *FullError, *AccessError, *DamagedError where the store itself
// turns out to be damaged, or the error of ctx: there is no copy then.
func (s *Store) SnapshotHere(ctx context.Context) (SnapshotInfo, error) {
	info, err := s.take(ctx)
	if err == nil {
		s.catchUpSoon()
	}
	return info, err
}

// take is SnapshotHere for whoever looks after the second folder himself.
func (s *Store) take(ctx context.Context) (SnapshotInfo, error) {
	if s.readOnly {
		return SnapshotInfo{}, &ReadOnlyError{Path: s.path}
	}
	s.snap.taking.Lock()
	defer s.snap.taking.Unlock()
	if err := ctx.Err(); err != nil {
		return SnapshotInfo{}, err
	}
	s.snap.mu.Lock()
	saves := s.snap.saves
	s.snap.mu.Unlock()
	info, err := writeSnapshot(ctx, s.opts, func(w io.Writer) error {
		return s.guard(func() error {
			return s.db.View(func(tx *bbolt.Tx) error { _, err := tx.WriteTo(w); return err })
		})
	})
	if err != nil && ctx.Err() != nil {
		return SnapshotInfo{}, ctx.Err() // stopped: it says nothing of the copies
	}
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

// Uncopied is whether something was saved, since the store was opened, that no snapshot
// holds yet.
func (s *Store) Uncopied() bool {
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	return s.snap.taken != s.snap.saves
}

// SnapshotError is the error of the newest snapshot taken in the background, or nil.
func (s *Store) SnapshotError() error {
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	return s.snap.err
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
	s.startSecond()
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
			_, _ = s.SnapshotHere(context.Background())
			wait = time.After(s.opts.SnapshotGap)
		}
	}
}

// stopSnapshots ends both loops and takes the last snapshot. It waits only so long for
// the second folder.
func (s *Store) stopSnapshots() error {
	close(s.snap.stop)
	<-s.snap.done
	s.snap.mu.Lock()
	fresh := s.snap.taken == s.snap.saves
	s.snap.mu.Unlock()
	var err error
	if !fresh && s.broken.Load() == nil {
		_, err = s.take(context.Background())
	}
	s.stopSecond()
	return err
}

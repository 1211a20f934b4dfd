package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"atlasp2i/internal/store/mirror"
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

	behind error      // why the second folder is not up to date, or nil
	choice sync.Mutex // held while what is kept of that folder changes
	keys   sync.Mutex // held while the keys in it change: after an erasure and behind a snapshot

	looking sync.Mutex // one preview at a time: they share a file
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
	if s.snap.err = err; err == nil {
		s.snap.taken = saves
	}
	s.snap.mu.Unlock()
	if err == nil {
		s.catchUp(&info)
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
	s.catchUpAlone()
	again := time.Tick(s.opts.SnapshotGap)
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
		case <-again:
			if s.Mirror().Err != nil { // the stick may be there again
				s.catchUpAlone()
			}
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

// Mirror says how the second folder of snapshots stands. It is a state to be told,
// not a failure: what was saved is safe without it.
func (s *Store) Mirror() mirror.State {
	c, err := s.chosen()
	if err != nil || c.Dir == "" {
		return mirror.State{Err: err}
	}
	path, _ := s.KeyFiles()
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	return mirror.State{Dir: c.Dir, Folder: c.Folder(), Copied: c.Copied, Err: s.snap.behind, KeysBehind: c.Behind(path)}
}

// SetMirror chooses the second folder of snapshots, which must be there; "" ends it
// and leaves the copies where they are. Nothing is copied yet: see Snapshot. It
// returns *domain.Problem where the folder is refused, and the errors of PutSetting.
func (s *Store) SetMirror(dir string) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	id, err := s.StoreID()
	if err != nil {
		return err
	}
	s.snap.choice.Lock()
	defer s.snap.choice.Unlock()
	was, err := s.chosen()
	if err != nil {
		return err
	}
	c, err := mirror.Choose(was, mirror.Place{
		Dir: dir, Store: id, Device: s.opts.Device, Not: []string{filepath.Dir(s.opts.Path), s.opts.SnapshotDir},
	})
	if err != nil {
		return err
	}
	s.noteBehind(nil)
	return s.PutSetting(SettingMirror, c)
}

// MirrorKeys brings the keys of contacts in the second folder up to date, as after
// an erasure. Mirror tells whether it could.
func (s *Store) MirrorKeys() {
	c, err := s.chosen()
	if err != nil || c.Dir == "" || s.readOnly {
		return
	}
	if err = c.There(); err == nil {
		err = s.copyKeys(c)
	}
	if err != nil {
		s.noteBehind(err)
	}
}

// chosen is the second folder that was chosen on this laptop; none where the store
// came from another one.
func (s *Store) chosen() (mirror.Choice, error) {
	var c mirror.Choice
	if _, err := s.Setting(SettingMirror, &c); err != nil || c.Device != s.opts.Device {
		return mirror.Choice{}, err
	}
	return c, nil
}

// amend changes what is kept of the second folder c, unless another was chosen since.
func (s *Store) amend(c mirror.Choice, change func(*mirror.Choice)) error {
	s.snap.choice.Lock()
	defer s.snap.choice.Unlock()
	is, err := s.chosen()
	if err != nil || is.Folder() != c.Folder() {
		return err
	}
	change(&is)
	return s.PutSetting(SettingMirror, is)
}

func (s *Store) noteBehind(err error) {
	s.snap.mu.Lock()
	defer s.snap.mu.Unlock()
	s.snap.behind = err
}

// catchUpAlone brings the second folder up to date with the newest good snapshot, while
// none is taken: two copies at once would want the same name.
func (s *Store) catchUpAlone() {
	s.snap.taking.Lock()
	defer s.snap.taking.Unlock()
	s.catchUp(nil)
}

// catchUp brings the second folder up to date with a snapshot, nil for the newest
// good one. Why it could not is kept for Mirror.
func (s *Store) catchUp(info *SnapshotInfo) {
	c, err := s.chosen()
	if err != nil || c.Dir == "" {
		return
	}
	if err = c.There(); err == nil {
		err = errors.Join(s.copyAway(c, info), s.copyKeys(c))
		if gone := c.There(); gone != nil { // pulled in the middle: whatever the system called it
			err = gone
		}
	}
	s.noteBehind(err)
}

// copyAway copies a snapshot into the second folder, unless it is there already.
func (s *Store) copyAway(c mirror.Choice, info *SnapshotInfo) error {
	if info == nil {
		if info = newestGood(s.opts, 0); info == nil {
			return nil
		}
	}
	own, err := verifyFile(info.Path, s.opts.newest(), false)
	if err != nil {
		return err
	}
	o := s.opts
	o.SnapshotDir = c.Folder()
	o.Now = func() time.Time { return info.At }
	files, err := snapshotFiles(o)
	if err != nil {
		return err
	}
	there := slices.ContainsFunc(files, func(f snapshotFile) bool {
		if !f.At.Equal(info.At) { // a stick is slow: no file is read that need not be
			return false
		}
		is, err := verifyFile(f.Path, o.newest(), false)
		return err == nil && is.head.Store == own.head.Store && is.txid == own.txid
	})
	if !there {
		if _, err := writeSnapshot(o, func(w io.Writer) error { return copyBytes(info.Path, o.away(w)) }); err != nil {
			return err
		}
	}
	return s.amend(c, func(c *mirror.Choice) { c.Copied = info.At })
}

// copyKeys brings the keys of contacts in the second folder to those beside the
// store. Where there are none, and contacts were erased and none is left, what is there
// is of those. A store that never erased any went back to before them.
func (s *Store) copyKeys(c mirror.Choice) error {
	s.snap.keys.Lock()
	defer s.snap.keys.Unlock()
	path, _ := s.KeyFiles()
	print, err := c.BringKeys(path, func() (bool, error) {
		living, err := s.Dossiers()
		erased, bad := s.Erasures()
		return len(living) > 0 || len(erased) == 0, errors.Join(err, bad)
	})
	return errors.Join(err, s.amend(c, func(c *mirror.Choice) { c.Keys = print }))
}

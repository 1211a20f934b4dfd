package store

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"atlasp2i/internal/store/mirror"
)

// hangsAfter is how long the second folder may be written to before it is told as one
// that does not answer. It is waited for all the same: a stick may be slow.
const hangsAfter = time.Minute

// secondState belongs to the goroutine that brings the second folder up to date.
type secondState struct {
	due  chan struct{} // a snapshot was taken
	stop context.CancelFunc
	done chan struct{}

	mu    sync.Mutex
	leave context.CancelFunc      // stops what the goroutine does in the folder; nil before the first time
	known map[string]*folderState // by folder: one that was left may still hang

	choice sync.Mutex // held while what is kept of that folder changes
}

// folderState is what is known of a folder since the store was opened.
type folderState struct {
	behind error     // why it is not up to date, or nil
	busy   int       // how many bring it up to date just now, or wait to
	since  time.Time // when the first of them began
}

// of is what is known of a folder; the caller holds mu.
func (s *secondState) of(folder string) *folderState {
	is := s.known[folder]
	if is == nil {
		is = &folderState{}
		if s.known == nil {
			s.known = map[string]*folderState{}
		}
		s.known[folder] = is
	}
	return is
}

func (s *Store) startSecond() {
	ctx, stop := context.WithCancel(context.Background())
	s.second.stop, s.second.done = stop, make(chan struct{})
	c, _ := s.chosen()        // Mirror tells where that cannot be read
	end := s.busy(c.Folder()) // from the first moment on: it is not looked at yet
	go s.secondLoop(ctx, end)
}

// secondLoop brings the second folder up to date at the start, after snapshots, and
// once it is there again. It has a goroutine of its own, so that a folder that hangs
// keeps no snapshot from being taken.
func (s *Store) secondLoop(ctx context.Context, looked func()) {
	defer close(s.second.done)
	s.catchUpUntilLeft(ctx)
	looked()
	again := time.Tick(s.opts.SnapshotGap)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.second.due:
			s.catchUpUntilLeft(ctx)
		case <-again:
			if is := s.Mirror(); is.Err != nil || !is.Fresh || is.KeysBehind {
				s.catchUpUntilLeft(ctx)
			}
		}
	}
}

// catchUpUntilLeft is catchUp that leaveFolder ends.
func (s *Store) catchUpUntilLeft(ctx context.Context) {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	s.second.mu.Lock()
	s.second.leave = leave // before the choice is read: who changes it comes after, or is seen
	s.second.mu.Unlock()
	s.catchUp(ctx)
}

// leaveFolder stops what the loop does in the second folder just now.
func (s *Store) leaveFolder() {
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	if s.second.leave != nil {
		s.second.leave()
	}
}

// stopSecond gives the second folder a moment to come up to date, and leaves it behind
// where that is not enough: the next start makes up for it. What a person stopped is
// not begun again on the way out.
func (s *Store) stopSecond() {
	var stopped *mirror.StoppedError
	if is := s.Mirror(); is.Dir != "" && !is.Fresh && s.broken.Load() == nil && !errors.As(is.Err, &stopped) {
		s.catchUpFor(context.Background())
	}
	s.second.stop()
	<-s.second.done
}

// catchUpFor is catchUp that waits only so long.
func (s *Store) catchUpFor(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.patience)
	defer cancel()
	s.catchUp(ctx)
}

// catchUpSoon asks the loop for it.
func (s *Store) catchUpSoon() {
	select {
	case s.second.due <- struct{}{}:
	default: // asked already
	}
}

// Mirror says how the second folder of snapshots stands. It is a state to be told,
// not a failure: what was saved is safe without it. The folder itself is not touched.
func (s *Store) Mirror() mirror.State {
	c, err := s.chosen()
	if err != nil || c.Dir == "" {
		return mirror.State{Err: err}
	}
	path, _ := s.KeyFiles()
	here, err := snapshotFiles(s.opts)
	fresh := err == nil && len(here) > 0 && filepath.Base(here[0].Path) == c.Of
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	at := s.second.of(c.Folder())
	is := mirror.State{
		Dir: c.Dir, Folder: c.Folder(), Copied: c.Copied, Err: at.behind, KeysBehind: c.Behind(path),
		Fresh: fresh, Busy: at.busy > 0,
	}
	if is.Busy && (!is.Fresh || is.KeysBehind) && time.Since(at.since) > hangsAfter {
		is.Err = &mirror.HangingError{Path: is.Folder}
	}
	return is
}

// busy notes that a folder is being brought up to date, until end is called.
func (s *Store) busy(folder string) (end func()) {
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	at := s.second.of(folder)
	if at.busy++; at.busy == 1 {
		at.since = time.Now()
	}
	return func() {
		s.second.mu.Lock()
		defer s.second.mu.Unlock()
		at.busy--
	}
}

// SetMirror chooses the second folder of snapshots, which must be there; "" ends it
// and leaves the copies where they are. The newest snapshot is copied soon, whatever
// the folder before is busy with; see Snapshot for one to wait for. It returns
// *domain.Problem where the folder is refused, *mirror.HangingError or
// *mirror.StoppedError where ctx ends first, and the errors of PutSetting.
func (s *Store) SetMirror(ctx context.Context, dir string) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	id, err := s.StoreID()
	if err != nil {
		return err
	}
	was, err := s.chosen()
	if err != nil {
		return err
	}
	c, err := mirror.Read(ctx, dir, func() (mirror.Choice, error) {
		return mirror.Choose(was, mirror.Place{
			Dir: dir, Store: id, Device: s.opts.Device, Not: []string{filepath.Dir(s.opts.Path), s.opts.SnapshotDir},
		})
	})
	if err != nil {
		return err
	}
	s.second.choice.Lock()
	defer s.second.choice.Unlock()
	is, err := s.chosen()
	if err != nil || dir != "" && is.Folder() == c.Folder() {
		return err // what is known of it stays
	}
	if err := s.PutSetting(SettingMirror, c); err != nil {
		return err
	}
	s.noteBehind(c, nil) // it may have been the one chosen earlier
	s.leaveFolder()
	s.catchUpSoon()
	return nil
}

// MirrorKeys brings the keys of contacts in the second folder up to date, as after
// an erasure, and waits only so long. Mirror tells whether it could.
func (s *Store) MirrorKeys() {
	c, err := s.chosen()
	if err != nil || c.Dir == "" || s.readOnly {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.opts.patience)
	defer cancel()
	began, err := s.inFolder(ctx, c, func(ctx context.Context) error { return s.copyKeys(ctx, c) })
	if err == nil {
		return
	}
	if began {
		s.noteBehind(c, err)
	}
	s.catchUpSoon()
}

// inFolder is mirror.In the folder c, where it is there, and says whether work began.
// Where it did not, other work was in the folder until ctx ended. That tells nothing of
// the folder: a good one may be busy with a copy. The other work tells, and Mirror where
// it takes too long.
func (s *Store) inFolder(ctx context.Context, c mirror.Choice, work func(context.Context) error) (began bool, err error) {
	var begins atomic.Bool
	err = mirror.In(ctx, c.Folder(), func(ctx context.Context) error {
		begins.Store(true)
		if err := c.There(); err != nil {
			return err
		}
		return work(ctx)
	})
	return begins.Load(), err
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

// amend changes what is kept of the second folder c, unless another was chosen since
// or nobody waits for it any more.
func (s *Store) amend(ctx context.Context, c mirror.Choice, change func(*mirror.Choice)) error {
	s.second.choice.Lock()
	defer s.second.choice.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	is, err := s.chosen()
	if err != nil || is.Folder() != c.Folder() {
		return err
	}
	change(&is)
	return s.PutSetting(SettingMirror, is)
}

// noteBehind keeps for Mirror why a folder is not up to date, or nil.
func (s *Store) noteBehind(c mirror.Choice, err error) {
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	s.second.of(c.Folder()).behind = err
}

// catchUp brings the second folder up to date with the newest good snapshot and waits
// for it until ctx ends. Why it could not is kept for Mirror.
func (s *Store) catchUp(ctx context.Context) {
	c, err := s.chosen()
	if err != nil || c.Dir == "" {
		return
	}
	defer s.busy(c.Folder())()
	began, err := s.inFolder(ctx, c, func(ctx context.Context) error {
		err := errors.Join(s.copyAway(ctx, c), s.copyKeys(ctx, c))
		if gone := c.There(); gone != nil { // pulled in the middle: whatever the system called it
			return gone
		}
		return err
	})
	if began {
		s.noteBehind(c, err)
	}
}

// newestOwn is the newest snapshot of this store that passes its check; nil where there
// is none.
func (s *Store) newestOwn() (*SnapshotInfo, checked, error) {
	id, err := s.StoreID()
	if err != nil {
		return nil, checked{}, err
	}
	files, err := snapshotFiles(s.opts)
	for _, f := range files {
		if c, err := verifyFile(f.Path, s.opts.newest(), false); err == nil && c.head.Store == id {
			return &f.SnapshotInfo, c, nil
		}
	}
	return nil, checked{}, err
}

// copyAway copies the newest snapshot into the second folder, unless it is there
// already. Where ctx ends on the way no copy gets its name.
func (s *Store) copyAway(ctx context.Context, c mirror.Choice) error {
	info, own, err := s.newestOwn()
	if err != nil || info == nil {
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
		if _, err := writeSnapshot(ctx, o, func(w io.Writer) error { return copyBytes(info.Path, o.away(w)) }); err != nil {
			return err
		}
	}
	return s.amend(ctx, c, func(c *mirror.Choice) { c.Copied, c.Of = info.At, filepath.Base(info.Path) })
}

// copyKeys brings the keys of contacts in the second folder to those beside the
// store. Where there are none, and contacts were erased and none is left, what is there
// is of those. A store that never erased any went back to before them.
func (s *Store) copyKeys(ctx context.Context, c mirror.Choice) error {
	path, _ := s.KeyFiles()
	print, err := c.BringKeys(ctx, path, func() (bool, error) {
		living, err := s.Dossiers()
		erased, bad := s.Erasures()
		return len(living) > 0 || len(erased) == 0, errors.Join(err, bad)
	})
	return errors.Join(err, s.amend(ctx, c, func(c *mirror.Choice) { c.Keys = print }))
}

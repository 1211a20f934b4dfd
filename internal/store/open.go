package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"atlasp2i/internal/store/disk"
)

// boltTimeout bounds the wait for bbolt's own lock. Ours is held by then: only
// a foreign tool can still have the file.
const boltTimeout = time.Second

const stamp = "20060102T150405Z"

func makeDirs(o Options) error {
	for _, dir := range []string{filepath.Dir(o.Path), o.SnapshotDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil && !disk.IsFull(err) {
			return &AccessError{Path: dir, Err: err}
		} else if err != nil {
			return fileError(dir, err)
		}
	}
	return nil
}

// lock names the lock of the family of files.
func (o *Options) lock() disk.Wait { return disk.Wait{Name: o.Path + ".lock", Timeout: o.LockTimeout} }

func acquire(ctx context.Context, o Options) (*disk.Lock, error) {
	l, err := disk.Acquire(ctx, o.lock(), o.Now())
	return l, locked(err, o.Path)
}

// locked names the store where its lock is held.
func locked(err error, path string) error {
	var held *disk.HeldError
	if errors.As(err, &held) {
		return &LockedError{Path: path, PID: held.PID, Host: held.Host, Since: held.Since}
	}
	return err
}

// withSnapshot completes errors that offer a snapshot. One of an older schema is
// not offered: it would have to be changed to be read.
func withSnapshot(err error, o Options) error {
	var locked *LockedError
	var damaged *DamagedError
	if errors.As(err, &locked) {
		locked.Snapshot = newestGood(o, o.newest())
	}
	if errors.As(err, &damaged) {
		damaged.Snapshot = newestGood(o, o.newest())
	}
	return err
}

// openLocked does the work of Open once the family of files is ours.
func openLocked(o Options) (*Store, error) {
	sweepDrafts(o)
	path, err := activePath(o.Path)
	if err != nil {
		return nil, err
	}
	found, err := verifyOrCreate(path, o)
	var recovery *Recovery
	var damage *DamagedError
	if errors.As(err, &damage) && !o.NoRecovery {
		if recovery, err = recoverStore(damage, o); err != nil {
			return nil, errors.Join(damage, err)
		}
		path = recovery.Path
		found, err = verifyFile(path, o.newest(), recovery.Salvaged)
	}
	if err != nil {
		return nil, err
	}
	if recovery == nil && !o.NoRecovery {
		recovery = untold(path, o)
	}
	return start(o, foundFile{path, found.head.Schema, recovery})
}

// verifyOrCreate checks the store file, and makes an empty one on the first
// start. Where snapshots show that there was a store, a file that is not there
// is damage: an empty list would look as if nothing had ever been saved.
func verifyOrCreate(path string, o Options) (checked, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if snapshotsHold(o) {
			return checked{}, &DamagedError{Path: path, Reason: reasonMissing, Missing: true}
		}
		if err := createStore(path, o); err != nil {
			return checked{}, err
		}
	}
	return verifyFile(path, o.newest(), false)
}

// foundFile is a file that was verified.
type foundFile struct {
	path     string
	schema   int
	recovery *Recovery // nil unless it stands for a damaged one
}

// start maps the file and brings it up to date.
func start(o Options, f foundFile) (*Store, error) {
	if f.schema < o.newest() {
		if _, err := copySnapshot(f.path, o); err != nil {
			return nil, err
		}
	}
	s := &Store{opts: o, path: f.path, recovery: f.recovery}
	s.snap.dirty, s.second.due = make(chan struct{}, 1), make(chan struct{}, 1)
	if err := s.openBolt(false); err != nil {
		return nil, err
	}
	err := s.migrate(f.schema)
	if err == nil && f.recovery != nil && f.recovery.Salvaged {
		// A transaction renews the header that could not be read.
		err = s.update(func(*writer) error { return nil })
	}
	if err != nil {
		_ = s.closeDB()
		return nil, err
	}
	return s, nil
}

// openBolt maps s.path. If bbolt panics on the way its file is closed here,
// which drops bbolt's lock.
func (s *Store) openBolt(readOnly bool) error {
	var file *os.File
	err := s.guard(func() (err error) {
		s.db, err = bbolt.Open(s.path, 0o600, &bbolt.Options{
			Timeout:      boltTimeout,
			FreelistType: bbolt.FreelistMapType,
			ReadOnly:     readOnly,
			MaxSize:      s.opts.maxSize,
			NoStatistics: true,
			OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
				// Never make a file here: one that vanished must not come back empty.
				file, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
				return file, err
			},
		})
		return err
	})
	var damage *DamagedError
	if errors.As(err, &damage) && file != nil {
		_ = file.Close()
	}
	if errors.Is(err, berrors.ErrTimeout) {
		return &LockedError{Path: s.path}
	}
	return fileError(s.path, err)
}

// OpenReadOnly opens a snapshot, or any store file that no process has open for
// writing. It checks the whole file first and returns *DamagedError,
// *NewerSchemaError, *OlderSchemaError, *LockedError or *AccessError.
func OpenReadOnly(path string) (*Store, error) {
	o := Options{Path: path}
	o.fill()
	return openReadOnly(o, path)
}

// openReadOnly opens one file of the family of o.
func openReadOnly(o Options, path string) (*Store, error) {
	found, err := verifyFile(path, o.newest(), false)
	if err != nil {
		return nil, err
	}
	if found.head.Schema < o.newest() {
		return nil, &OlderSchemaError{Path: path, Have: found.head.Schema, Want: o.newest()}
	}
	s := &Store{opts: o, path: path, readOnly: true}
	if err := s.openBolt(true); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenAsIs opens for reading the file that Open would open. Nothing is made, brought
// up to date or put in the place of a damaged file, and no byte is written. It
// returns the errors of OpenReadOnly, and fs.ErrNotExist where there never was a
// store; one that is gone while its snapshots are there is *DamagedError.
func OpenAsIs(ctx context.Context, o Options) (*Store, error) {
	o.fill()
	release, err := disk.Hold(ctx, o.lock()) // a file that is being written would look damaged
	if err != nil {
		return nil, locked(err, o.Path)
	}
	defer release()
	path, err := activePath(o.Path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if _, none := os.Stat(o.SnapshotDir); none == nil && snapshotsHold(o) {
			return nil, &DamagedError{Path: path, Reason: reasonMissing, Missing: true}
		}
		return nil, fileError(path, err)
	}
	return openReadOnly(o, path)
}

// createStore makes an empty store under a temporary name and moves it into
// place, so that no half-made file ever bears the store's name.
func createStore(path string, o Options) error {
	tmp := path + ".tmp"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileError(tmp, err)
	}
	err := initStore(tmp, o)
	if err == nil {
		_, err = verifyFile(tmp, o.newest(), false)
	}
	if err == nil {
		err = disk.MoveInto(tmp, path)
	}
	if err != nil {
		_ = os.Remove(tmp)
		return fileError(path, err)
	}
	return nil
}

func initStore(path string, o Options) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: boltTimeout, MaxSize: o.maxSize})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		w := writer{reader: reader{tx}, head: head{
			Schema: schema, Store: string(NewID()), Created: o.Now().UTC().Round(0), Totals: map[string]*total{},
		}}
		if err := w.addBuckets(dataBuckets...); err != nil {
			return err
		}
		if _, err := tx.CreateBucket([]byte(bucketMeta)); err != nil {
			return err
		}
		return w.putHead()
	})
	return errors.Join(err, db.Close())
}

// stem is the path without its extension: "atlas" of "atlas.db".
func stem(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }

// replacements lists the files that were opened beside the store at path, damaged
// or gone back, oldest first: atlas-restored-001-20260102T150405Z.db. The number, not
// the time, decides: the clock of a laptop may go back.
func replacements(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, fileError(path, err)
	}
	var out []string
	for _, e := range entries {
		if replacementNumber(path, e.Name()) > 0 {
			out = append(out, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	sort.Strings(out)
	return out, nil
}

// replacementNumber is the number in the name of a replacement, 0 in any other.
func replacementNumber(path, name string) int {
	mid, ours := strings.CutPrefix(name, filepath.Base(stem(path))+restoredMark)
	mid, ends := strings.CutSuffix(mid, filepath.Ext(path))
	if !ours || !ends || len(mid) != len("001-")+len(stamp) {
		return 0
	}
	n, _ := strconv.Atoi(mid[:len("001")])
	return n
}

const restoredMark = "-restored-"

// activePath is the newest replacement where there is one, else path itself:
// what was saved since the damage must stay in use even if the damaged file
// should become readable again.
func activePath(path string) (string, error) {
	r, err := replacements(path)
	if err != nil || len(r) == 0 {
		return path, err
	}
	return r[len(r)-1], nil
}

// nextReplacement names the file that will be the active one. Somebody may have removed
// earlier ones: their count says nothing.
func nextReplacement(o Options) (string, error) {
	made, err := replacements(o.Path)
	n := 1
	if len(made) > 0 {
		n += replacementNumber(o.Path, filepath.Base(made[len(made)-1]))
	}
	return fmt.Sprintf("%s%s%03d-%s%s", stem(o.Path), restoredMark, n, o.Now().UTC().Format(stamp), filepath.Ext(o.Path)), err
}

// migration leads from the schema before to the schema to. It works on payloads
// through the writer, which keeps seals and totals.
type migration struct {
	to    int
	apply func(w *writer) error
}

// migrations of this version, in order. Schema 1 is the first; it had no values.
// Schema 2 had no imported figures, schema 3 no dossiers and papers; what schema 4
// wrote does not name its parents.
var migrations = []migration{
	{2, func(w *writer) error { return w.addBuckets(bucketValues) }},
	{3, func(w *writer) error { return w.addBuckets(bucketImports, bucketObservations) }},
	{4, func(w *writer) error {
		return w.addBuckets(bucketDossiers, bucketDossierRevisions, bucketDossierJournal, bucketPapers, bucketCounters)
	}},
	{5, func(w *writer) error { return w.addBuckets(bucketSiblings, bucketDevices) }},
}

// migrate brings the file from schema have to the newest, in one transaction. A
// snapshot was taken before; another is due, since the old one cannot be opened
// read-only any more.
func (s *Store) migrate(have int) error {
	if have >= s.opts.newest() {
		return nil
	}
	return s.update(func(w *writer) error {
		for _, m := range s.opts.migrations {
			if m.to <= w.head.Schema {
				continue
			}
			if m.to != w.head.Schema+1 {
				return fmt.Errorf("no migration from schema %d to %d", w.head.Schema, m.to-1)
			}
			if err := m.apply(w); err != nil {
				return fmt.Errorf("migration to schema %d: %w", m.to, err)
			}
			w.head.Schema = m.to
		}
		return nil
	})
}

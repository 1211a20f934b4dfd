// Package store keeps simulations with all their revisions, the rule packs they
// were computed with, what the user put in place of published values, the
// figures that were imported, dossiers of people, issued papers and the settings,
// in one bbolt file. What it holds of a person is sealed by the caller.
//
// Start with Open and look at Recovery: where the file was damaged, it was left
// alone and the newest good state was opened beside it. A method that returns
// nil has its change on the disk. Errors that a person should read have a
// Key(); see errors.go. Any reading method may return *DamagedError; after one,
// every change is refused until the store is opened again, which then checks
// the whole file and recovers.
package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/store/record"
)

// schema is the newest layout of the file that this version writes.
const schema = 5

const (
	defaultLockTimeout = time.Second
	defaultSnapshotGap = time.Minute
	closeTimeout       = 2 * time.Second
)

// Options say where the store is and how it is opened.
type Options struct {
	Path        string           // the store file; made if absent
	SnapshotDir string           // of this store alone; empty: Path + ".snapshots"
	Device      string           // id of this device, written on every record
	Numbers     string           // file of this device with the last number of its papers in any store; empty: none
	Now         func() time.Time // nil: time.Now
	LockTimeout time.Duration    // wait for another process; 0: one second
	SnapshotGap time.Duration    // shortest time between two snapshots; 0: one minute
	NoRecovery  bool             // return *DamagedError and open nothing beside the file

	migrations []migration // nil: those of this version
	maxSize    int         // bytes the file may grow to; 0: no limit

	away     func(io.Writer) io.Writer // around what is written into the second folder; nil: nothing
	patience time.Duration             // how long closing and erasing wait for that folder; 0: mirror.Patience
}

func (o *Options) fill() {
	if o.SnapshotDir == "" {
		o.SnapshotDir = o.Path + ".snapshots"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.LockTimeout == 0 {
		o.LockTimeout = defaultLockTimeout
	}
	if o.SnapshotGap == 0 {
		o.SnapshotGap = defaultSnapshotGap
	}
	if o.away == nil {
		o.away = func(w io.Writer) io.Writer { return w }
	}
	if o.patience == 0 {
		o.patience = mirror.Patience
	}
	if o.migrations == nil {
		o.migrations = migrations
	}
}

// newest is the newest schema that the migrations lead to.
func (o *Options) newest() int {
	n := schema
	for _, m := range o.migrations {
		n = max(n, m.to)
	}
	return n
}

// Store is an open store. Its methods may be called from several goroutines.
type Store struct {
	opts     Options
	path     string
	db       *bbolt.DB
	lock     *disk.Lock // nil when read-only
	readOnly bool
	recovery *Recovery

	writing sync.Mutex
	broken  atomic.Pointer[failure] // why nothing is written any more

	snap    snapshotState
	second  secondState
	closing sync.Once
	closed  error
}

// Path is the file that is open. It differs from Options.Path once a damaged
// file was replaced by one beside it.
func (s *Store) Path() string { return s.path }

const keysExt = ".keys"

// KeyFiles is where the keys of contacts are kept: beside the store, and a copy in
// the folder of snapshots, in neither of them inside it.
func (s *Store) KeyFiles() (path, copied string) { return s.opts.besides(keysExt) }

// besides names a small file beside the store and its copy among the snapshots.
// They belong to the family of files, whichever of them is open.
func (o *Options) besides(ext string) (path, copied string) {
	path = stem(o.Path) + ext
	return path, filepath.Join(o.SnapshotDir, filepath.Base(path))
}

// ReadOnly says whether changes are refused.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Recovery says what was opened instead of a damaged file by this Open, or by one before
// it after which there was no Close, or nil.
func (s *Store) Recovery() *Recovery { return s.recovery }

// Held says whether a process has the store at path open for writing.
func Held(path string) bool {
	o := Options{Path: path}
	w := o.lock()
	w.Timeout = disk.Poll
	release, err := disk.Hold(context.Background(), w)
	if err == nil {
		release()
	}
	var held *disk.HeldError
	return errors.As(err, &held)
}

// Close takes a last snapshot if anything changed since the previous one, gives the
// second folder a moment to come up to date, and lets go of the file. It returns the error of that snapshot, if any; what was
// saved is safe in either case. Closing twice is allowed.
func (s *Store) Close() error {
	s.closing.Do(func() {
		if !s.readOnly {
			s.closed = s.stopSnapshots()
			s.told()
		}
		if err := s.closeDB(); s.closed == nil {
			s.closed = err
		}
		if s.lock != nil {
			s.lock.Release()
		}
	})
	return s.closed
}

// closeDB waits only so long: after a fault inside bbolt its own locks may be
// held for ever, and the program must still end.
func (s *Store) closeDB() error {
	done := make(chan error, 1)
	go func() { done <- s.guard(s.db.Close) }()
	if s.broken.Load() == nil {
		return fileError(s.path, <-done)
	}
	select {
	case <-done:
	case <-time.After(closeTimeout):
	}
	return nil
}

func (s *Store) now() time.Time { return s.opts.Now().UTC().Round(0) }

// Open opens or makes the store. Where the file is damaged, or gone while
// snapshots show that there was one, it is left untouched and the newest good
// state is opened beside it, unless Options.NoRecovery says otherwise; Recovery
// then tells. It returns *LockedError, *DamagedError,
// *NewerSchemaError, *FullError, *AccessError, the error of the context, or an
// error of the system.
func Open(ctx context.Context, o Options) (*Store, error) {
	o.fill()
	if err := makeDirs(o); err != nil {
		return nil, err
	}
	lock, err := acquire(ctx, o)
	if err != nil {
		return nil, withSnapshot(err, o)
	}
	s, err := openLocked(o)
	if err != nil {
		lock.Release()
		return nil, withSnapshot(err, o)
	}
	s.lock = lock
	s.startSnapshots()
	return s, nil
}

type packHeader struct {
	Number  int       `json:"number"`
	SavedAt time.Time `json:"savedAt"`
}

// SavePackOnce keeps a pack under its hash; SavedAt is filled in here. A pack
// already kept is left as it is, whatever its archive: the hash stands for the
// files, and another version of the program may pack the same files to other
// bytes. *ConflictError says that its number is not the same.
func (s *Store) SavePackOnce(p Pack) error {
	key, err := hex.DecodeString(p.SHA256)
	if err != nil || len(key) != 32 {
		return fmt.Errorf("%q is not a SHA-256 of 64 hexadecimal digits", p.SHA256)
	}
	kept, err := s.Pack(p.SHA256)
	var missing *NotFoundError
	if !errors.As(err, &missing) {
		return sameOrConflict(p, kept, err)
	}
	return s.update(func(w *writer) error {
		// Another goroutine may have saved the same pack since; the same again
		// does no harm.
		return w.putPack(key, p)
	})
}

func (w *writer) putPack(key []byte, p Pack) error {
	payload, err := record.WithBody(packHeader{p.Number, w.now}, p.Archive)
	if err != nil {
		return err
	}
	return w.put(bucketPacks, key, payload)
}

func sameOrConflict(p, kept Pack, err error) error {
	if err == nil && kept.Number != p.Number {
		return &ConflictError{Number: p.Number, Kept: kept.Number}
	}
	return err
}

// Pack gives a kept pack by its hash, or *NotFoundError.
func (s *Store) Pack(sha256 string) (Pack, error) {
	var out Pack
	key, err := hex.DecodeString(sha256)
	if err != nil || len(key) != 32 {
		return Pack{}, &NotFoundError{Kind: kindPack, ID: sha256}
	}
	err = s.view(func(r reader) error {
		p, err := r.get(bucketPacks, key)
		if err != nil {
			return err
		}
		if p == nil {
			return &NotFoundError{Kind: kindPack, ID: sha256}
		}
		out, err = decodePack(key, p)
		return err
	})
	return out, err
}

// Packs lists the packs that are kept, in no order of meaning.
func (s *Store) Packs() ([]PackHead, error) {
	var out []PackHead
	err := s.view(func(r reader) error {
		return r.all(bucketPacks, func(key, payload []byte) error {
			var h packHeader
			if err := record.HeadOf(payload, &h); err != nil {
				return err
			}
			out = append(out, PackHead{Number: h.Number, SHA256: hex.EncodeToString(key), SavedAt: h.SavedAt})
			return nil
		})
	})
	return out, err
}

func decodePack(key, payload []byte) (Pack, error) {
	var h packHeader
	archive, err := record.SplitBody(payload, &h)
	return Pack{Number: h.Number, SHA256: hex.EncodeToString(key), SavedAt: h.SavedAt, Archive: archive}, err
}

// Package backup is the use cases of snapshots: which there are, what going back to
// one would change, a copy now, and the second folder that they are copied into.
package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
)

// Store is what snapshots need of an open store.
type Store interface {
	reads
	StoreID() (string, error)
	KeyFiles() (path, copied string)
	Snapshots() ([]store.SnapshotInfo, error)
	Snapshot(ctx context.Context) (store.SnapshotInfo, error)
	SnapshotError() error
	Preview(ctx context.Context, path string, look func(restored *store.Store) error) error
	Mirror() mirror.State
	SetMirror(ctx context.Context, dir string) error
	ReadOnly() bool
	Unseen() *store.Recovery
	Seen() error
}

// Backup is the snapshots of an open store. Its methods may be called from several
// goroutines; List, Preview and CopyNow read and write whole files and are for one of
// their own.
type Backup struct{ s Store }

// New looks after the snapshots of a store.
func New(s Store) *Backup { return &Backup{s} }

// Where says in which folder a snapshot is.
type Where string

// Folders of snapshots.
const (
	Here      Where = "here"      // beside the store
	Second    Where = "second"    // the sub-folder of this store on this laptop, in the second folder
	Elsewhere Where = "elsewhere" // of another laptop or store, in the second folder or one that was named
)

// Snapshot is a file that can be gone back to, where Err is nil.
type Snapshot struct {
	Path    string
	At      time.Time // UTC, when it was taken
	Size    int64     // bytes
	Where   Where
	Own     bool           // it is of the store that is open
	Schema  int            // 0 where it is not known
	Records map[string]int // by store.Kinds; nil where it is not known
	Err     error          // why it is no good: *store.DamagedError, *store.NewerSchemaError, …
}

// List reads and checks every snapshot of both folders, and of others that are named;
// the newest first. A folder that is not there has none. It returns the error of ctx,
// or of a folder or store that cannot be read.
func (b *Backup) List(ctx context.Context, others ...string) ([]Snapshot, error) {
	out, err := b.Found(others...)
	for i := 0; err == nil && i < len(out); i++ {
		err = b.Check(ctx, &out[i])
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Found lists what List does without reading the files: neither whether one is good
// nor whose it is. See Check.
func (b *Backup) Found(others ...string) ([]Snapshot, error) {
	found, err := b.s.Snapshots()
	if err != nil {
		return nil, err
	}
	out := weighed(found, Here)
	add := func(list []Snapshot) {
		for i := range list {
			if !slices.ContainsFunc(out, func(s Snapshot) bool { return s.Path == list[i].Path }) {
				out = append(out, list[i])
			}
		}
	}
	is := b.s.Mirror()
	if is.Dir != "" {
		// A stick that went bad or hangs has nothing to offer.
		if there, err := soon(is.Folder, func() ([]Snapshot, error) { return in(is.Folder, Second) }); err == nil {
			add(there)
		}
		others = append(others, is.Dir)
	}
	for _, dir := range others {
		if there, err := soon(dir, func() ([]Snapshot, error) { return under(dir), nil }); err == nil {
			add(there)
		}
	}
	slices.SortStableFunc(out, func(a, b Snapshot) int { return b.At.Compare(a.At) })
	return out, nil
}

// Check reads all of a snapshot and notes in it what it found. It returns the error of
// ctx, or of a store that cannot be read; why a snapshot is no good is in its Err.
func (b *Backup) Check(ctx context.Context, s *Snapshot) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	own, err := b.s.StoreID()
	if err != nil {
		return err
	}
	// What hangs there is left alone as soon as nobody waits for it any more.
	v, err := mirror.Read(ctx, s.Path, func() (store.Verified, error) { return store.Verify(ctx, s.Path) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if s.Err = err; err == nil {
		s.Own, s.Schema, s.Records = v.Store == own, v.Schema, v.Records
	}
	return nil
}

// soon reads a folder that may hang, and waits only so long.
func soon[T any](folder string, read func() (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), mirror.Patience)
	defer cancel()
	return mirror.Read(ctx, folder, read)
}

// in are the snapshots in a folder.
func in(dir string, where Where) ([]Snapshot, error) {
	found, err := store.SnapshotsIn(dir)
	return weighed(found, where), err
}

// weighed looks up the sizes of files.
func weighed(found []store.SnapshotInfo, where Where) []Snapshot {
	out := make([]Snapshot, len(found))
	for i, f := range found {
		out[i] = Snapshot{Path: f.Path, At: f.At, Where: where}
		if info, err := os.Stat(f.Path); err == nil {
			out[i].Size = info.Size()
		}
	}
	return out
}

// under are the snapshots in a folder that was chosen on some laptop: in it, and in
// the sub-folders of laptops.
func under(dir string) []Snapshot {
	out, _ := in(dir, Elsewhere)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), mirror.Prefix) {
			more, _ := in(filepath.Join(dir, e.Name()), Elsewhere)
			out = append(out, more...)
		}
	}
	return out
}

// Mirror says how the second folder stands.
func (b *Backup) Mirror() mirror.State { return b.s.Mirror() }

// Standing is the second folder as it was last written to, and as it is now.
type Standing struct {
	mirror.State
	There bool // it can be reached just now
}

// Look is Mirror with a look at the folder, which may take a moment, and a few seconds
// where it hangs: that is the Err then.
func (b *Backup) Look() Standing {
	f := Standing{State: b.s.Mirror()}
	if f.Dir == "" {
		return f
	}
	info, err := soon(f.Folder, func() (os.FileInfo, error) { return os.Stat(f.Folder) })
	f.There = err == nil && info.IsDir()
	var hangs *mirror.HangingError
	if errors.As(err, &hangs) {
		f.Err = hangs
	}
	return f
}

// SetMirror chooses the second folder, "" for none. It returns *domain.Problem where
// it is refused, and the errors of the store. CopyNow makes the first copy.
func (b *Backup) SetMirror(ctx context.Context, dir string) error { return b.s.SetMirror(ctx, dir) }

// SnapshotError is why the newest snapshot beside the store could not be taken, or nil.
func (b *Backup) SnapshotError() error { return b.s.SnapshotError() }

// CopyNow takes a snapshot and copies it into the second folder, where one is chosen.
// It returns the errors of store.SnapshotHere; Mirror tells how the copy into the
// second folder went. Where ctx ends, whatever is not whole is no copy.
func (b *Backup) CopyNow(ctx context.Context) (store.SnapshotInfo, error) { return b.s.Snapshot(ctx) }

// Unseen is what was opened instead of a damaged file, until Seen is called; nil where
// there is nothing to be told.
func (b *Backup) Unseen() *store.Recovery { return b.s.Unseen() }

// Seen is that the officer knows of it. It returns the errors of the store.
func (b *Backup) Seen() error { return b.s.Seen() }

// Restore goes back to a snapshot. The store must be closed, and is opened again after
// it: see store.Restore.
func Restore(ctx context.Context, o store.Options, snapshot string) (store.Restored, error) {
	return store.Restore(ctx, o, snapshot)
}

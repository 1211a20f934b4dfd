// Package backup is the use cases of snapshots: which there are, what going back to
// one would change, a copy now, and the second folder that they are copied into.
package backup

import (
	"context"
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
	SetMirror(dir string) error
	ReadOnly() bool
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
	var out []Snapshot
	add := func(where Where, list []store.SnapshotInfo) {
		for _, f := range list {
			if slices.ContainsFunc(out, func(s Snapshot) bool { return s.Path == f.Path }) {
				continue
			}
			s := Snapshot{Path: f.Path, At: f.At, Where: where}
			if info, err := os.Stat(s.Path); err == nil {
				s.Size = info.Size()
			}
			out = append(out, s)
		}
	}
	add(Here, found)
	is := b.s.Mirror()
	if is.Dir != "" {
		if found, err := store.SnapshotsIn(is.Folder); err == nil { // a stick that went bad has nothing to offer
			add(Second, found)
		}
		others = append(others, is.Dir)
	}
	for _, dir := range others {
		add(Elsewhere, under(dir))
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
	v, err := store.Verify(ctx, s.Path)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if s.Err = err; err == nil {
		s.Own, s.Schema, s.Records = v.Store == own, v.Schema, v.Records
	}
	return nil
}

// under are the snapshots in a folder that was chosen on some laptop: in it, and in
// the sub-folders of laptops.
func under(dir string) []store.SnapshotInfo {
	out, _ := store.SnapshotsIn(dir)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), mirror.Prefix) {
			more, _ := store.SnapshotsIn(filepath.Join(dir, e.Name()))
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

// Look is Mirror with a look at the folder, which may take a moment.
func (b *Backup) Look() Standing {
	f := Standing{State: b.s.Mirror()}
	if f.Dir != "" {
		info, err := os.Stat(f.State.Folder)
		f.There = err == nil && info.IsDir()
	}
	return f
}

// SetMirror chooses the second folder, "" for none. It returns *domain.Problem where
// it is refused, and the errors of the store. CopyNow makes the first copy.
func (b *Backup) SetMirror(dir string) error { return b.s.SetMirror(dir) }

// SnapshotError is why the newest snapshot beside the store could not be taken, or nil.
func (b *Backup) SnapshotError() error { return b.s.SnapshotError() }

// CopyNow takes a snapshot and copies it into the second folder, where one is chosen.
// It returns the errors of store.Snapshot; Mirror tells how the copy went.
func (b *Backup) CopyNow(ctx context.Context) (store.SnapshotInfo, error) { return b.s.Snapshot(ctx) }

// Restore goes back to a snapshot. The store must be closed, and is opened again after
// it: see store.Restore.
func Restore(ctx context.Context, o store.Options, snapshot string) (store.Restored, error) {
	return store.Restore(ctx, o, snapshot)
}

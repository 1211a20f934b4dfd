package store

import (
	"errors"
	"fmt"
	"time"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/record"
)

// Every error of this package that a person may have to read has a Key, under
// which the text catalogue holds its sentence; its fields fill the blanks.
// Error() is English and for logs.
type keyed interface {
	error
	Key() string
}

var _ = []keyed{
	(*LockedError)(nil), (*DamagedError)(nil), (*NewerSchemaError)(nil), (*OlderSchemaError)(nil),
	(*FullError)(nil), (*AccessError)(nil), (*NotFoundError)(nil), (*ReadOnlyError)(nil), (*ConflictError)(nil),
	(*PaperConflictError)(nil), (*ErasedError)(nil), (*ShareError)(nil),
}

// LockedError says that another process has the store open.
type LockedError struct {
	Path     string
	PID      int           // 0 where the owner could not be read
	Host     string        // name of the machine, for a folder shared by several
	Since    time.Time     // when that process opened the store, UTC
	Snapshot *SnapshotInfo // newest snapshot that OpenReadOnly accepts, or nil
}

// Key is the catalogue key.
func (*LockedError) Key() string { return "store.locked" }

func (e *LockedError) Error() string {
	return fmt.Sprintf("store %s is open in process %d on %q since %s", e.Path, e.PID, e.Host, e.Since.Format(time.RFC3339))
}

// DamagedError says that the file holds bytes that the store did not write, or
// that it is gone while its snapshots are there. Nothing is written to that file
// from then on.
type DamagedError struct {
	Path     string
	Reason   string        // technical, English
	Missing  bool          // there is no file
	Snapshot *SnapshotInfo // newest snapshot that passed its check, or nil
}

const reasonMissing = "missing"

// Key is the catalogue key.
func (*DamagedError) Key() string { return "store.damaged" }

func (e *DamagedError) Error() string {
	return fmt.Sprintf("store %s is damaged: %s", e.Path, e.Reason)
}

// NewerSchemaError says that a newer version of the program wrote the file. It
// was not changed.
type NewerSchemaError struct {
	Path       string
	Have, Want int // schema of the file, newest schema that this program knows
}

// Key is the catalogue key.
func (*NewerSchemaError) Key() string { return "store.newer" }

func (e *NewerSchemaError) Error() string {
	return fmt.Sprintf("store %s has schema %d, this program knows up to %d", e.Path, e.Have, e.Want)
}

// OlderSchemaError says that an older version of the program wrote the file, and
// that it would have to be changed to be read: it was opened for reading only.
type OlderSchemaError struct {
	Path       string
	Have, Want int // schema of the file, schema that this program reads
}

// Key is the catalogue key.
func (*OlderSchemaError) Key() string { return "store.older" }

func (e *OlderSchemaError) Error() string {
	return fmt.Sprintf("store %s has the older schema %d, this program reads %d", e.Path, e.Have, e.Want)
}

// FullError says that the disk, the quota or the allowed size is used up. What
// was saved before is intact and readable.
type FullError = disk.FullError

// AccessError says that the system refused to read or write the file.
type AccessError = disk.AccessError

// What a NotFoundError can be about.
const (
	kindSimulation = record.KindSimulation
	kindRevision   = "revision"
	kindPack       = "pack"
	kindImport     = "import"
	kindDossier    = record.KindDossier
	kindPaper      = "paper"
)

// NotFoundError says that the store has no such simulation, revision, pack,
// import, dossier or paper.
type NotFoundError struct {
	Kind string // simulation, revision, pack, import, dossier, paper
	ID   string
}

// Key is the catalogue key.
func (e *NotFoundError) Key() string {
	switch e.Kind {
	case kindDossier:
		return "store.dossierNotFound"
	case kindPaper:
		return "store.paperNotFound"
	}
	return "store.notFound"
}

func (e *NotFoundError) Error() string { return fmt.Sprintf("no %s %s in the store", e.Kind, e.ID) }

// ReadOnlyError says that a change was asked of a store opened read-only.
type ReadOnlyError struct{ Path string }

// Key is the catalogue key.
func (*ReadOnlyError) Key() string { return "store.readOnly" }

func (e *ReadOnlyError) Error() string { return fmt.Sprintf("store %s is open read-only", e.Path) }

// ConflictError says that a pack was already kept under the same hash with
// another number.
type ConflictError struct{ Number, Kept int }

// Key is the catalogue key.
func (*ConflictError) Key() string { return "store.packConflict" }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("pack %d has the hash of the kept pack %d", e.Number, e.Kept)
}

// ErasedError says that the person was erased: nothing is kept of them any more.
type ErasedError struct{ ID ID }

// Key is the catalogue key.
func (*ErasedError) Key() string { return "store.erased" }

func (e *ErasedError) Error() string { return fmt.Sprintf("dossier %s was erased", e.ID) }

// PaperConflictError says that another paper has this number already. An issued
// paper never changes.
type PaperConflictError struct{ Number string }

// Key is the catalogue key.
func (*PaperConflictError) Key() string { return "store.paperConflict" }

func (e *PaperConflictError) Error() string {
	return fmt.Sprintf("paper %s was issued already", e.Number)
}

// fileError sorts an error of the file system into the types above; one that has
// its type already stays as it is.
func fileError(path string, err error) error {
	var k keyed
	if errors.As(err, &k) {
		return err
	}
	return disk.Error(path, err)
}

package store

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"atlasp2i/internal/store/disk"
)

// recoverStore makes a new store file beside a damaged one, from the best there
// is: the damaged file itself if only its newest header is unreadable and no
// snapshot is newer, else the newest snapshot that passes its check, else empty.
func recoverStore(damage *DamagedError, o Options) (*Recovery, error) {
	next, err := nextReplacement(o)
	if err != nil {
		return nil, err
	}
	r := &Recovery{Damaged: damage, Path: next, At: o.Now().UTC().Round(0)}
	r.Snapshot = newestGood(o, 0)
	damage.Snapshot = r.Snapshot
	source := ""
	if r.Snapshot != nil {
		source = r.Snapshot.Path
	}
	if own, err := verifyFile(damage.Path, o.newest(), true); err == nil && newer(own, source, o) {
		r.Snapshot, r.Salvaged, source = nil, true, damage.Path
	}
	r.Empty = source == ""
	// Before the new file has its name: nobody may find it without the note.
	if err := (&note{Recovery: *r}).keep(o); err != nil {
		return nil, err
	}
	if r.Empty {
		return r, createStore(r.Path, o)
	}
	return r, fileError(r.Path, disk.New{
		Temp: r.Path + disk.Temp, Path: r.Path,
		Fill:  func(w io.Writer) error { return copyBytes(source, w) },
		Check: func(tmp string) error { _, err := verifyFile(tmp, o.newest(), r.Salvaged); return err },
	}.Write())
}

// newer says whether the state found in a damaged file is at least as new as
// that of the snapshot. Transactions of another store do not compare.
func newer(own checked, snapshot string, o Options) bool {
	if snapshot == "" {
		return true
	}
	snap, err := verifyFile(snapshot, o.newest(), false)
	return err != nil || own.head.Store != snap.head.Store || own.txid >= snap.txid
}

// noteOf names the file that says what was opened instead of a damaged file, until a
// person says that it was seen.
func noteOf(o Options) string { return stem(o.Path) + "-recovered.json" }

// note is what that file holds.
type note struct {
	Recovery
	Told bool `json:"told"` // the program that recovered ended in order: it is not said by itself any more
}

func (n *note) keep(o Options) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return disk.Replace(noteOf(o), data)
}

// noted is the note about the store file at path, or nil. The folder may have moved
// since.
func noted(path string, o Options) *note {
	data, err := os.ReadFile(noteOf(o))
	var n note
	if err != nil || json.Unmarshal(data, &n) != nil || n.Damaged == nil || filepath.Base(n.Path) != filepath.Base(path) {
		return nil
	}
	n.Path, n.Damaged.Path = path, filepath.Join(filepath.Dir(path), filepath.Base(n.Damaged.Path))
	return &n
}

// untold is the recovery that made the store file at path, where nobody may have been
// told of it: a program that is killed on the way, or before its window is there, told
// nobody. Else nil.
func untold(path string, o Options) *Recovery {
	n := noted(path, o)
	if n == nil || n.Told {
		return nil
	}
	return &n.Recovery
}

// told is that the program which said it ends in order.
func (s *Store) told() {
	if s.recovery == nil {
		return
	}
	if n := noted(s.path, s.opts); n != nil {
		n.Told = true
		_ = n.keep(s.opts) // else it is said once more
	}
}

// Unseen is the recovery that nobody said to have seen yet, of the store that Open
// would open; nil where there is none. It returns an error of the system.
func Unseen(o Options) (*Recovery, error) {
	o.fill()
	path, err := activePath(o.Path)
	if err != nil {
		return nil, err
	}
	n := noted(path, o)
	if n == nil {
		return nil, nil
	}
	return &n.Recovery, nil
}

// Unseen is the recovery of this store that nobody said to have seen yet, or nil.
func (s *Store) Unseen() *Recovery {
	if n := noted(s.path, s.opts); n != nil {
		return &n.Recovery
	}
	return nil
}

// Seen is that a person knows of the recovery. The damaged file stays where it is. It
// returns the error of the system.
func (s *Store) Seen() error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	if err := os.Remove(noteOf(s.opts)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileError(noteOf(s.opts), err)
	}
	return nil
}

// passOn makes the note about the store file at from one about that at to, which a
// person put into use. Where it cannot, the damaged file is not told of any more.
func passOn(from, to string, o Options) {
	if n := noted(from, o); n != nil {
		n.Path, n.Told = to, true
		_ = n.keep(o)
	}
}

package store

import (
	"encoding/json"
	"io"
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
	r := &Recovery{Damaged: damage, Path: next}
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
	if err := r.note(o); err != nil {
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

// noteOf names the file that says what was opened instead of a damaged file, until the
// program that did so ended in order: a program that is killed on the way, or before
// its window is there, told nobody.
func noteOf(o Options) string { return stem(o.Path) + "-recovered.json" }

// note is written before the new store file has its name.
func (r *Recovery) note(o Options) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return disk.Replace(noteOf(o), data)
}

// untold is the recovery that made the store file at path, where nobody may have been
// told of it; else nil. The folder may have moved since.
func untold(path string, o Options) *Recovery {
	data, err := os.ReadFile(noteOf(o))
	var r Recovery
	if err != nil || json.Unmarshal(data, &r) != nil || r.Damaged == nil || filepath.Base(r.Path) != filepath.Base(path) {
		return nil
	}
	return &r
}

// told is that the program which said it ends in order.
func (s *Store) told() {
	if s.recovery != nil {
		_ = os.Remove(noteOf(s.opts)) // else it is said once more
	}
}

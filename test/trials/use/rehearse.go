package use

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atlasp2i/internal/store/disk"
)

// rehearsed is what something changes, done over a copy of the files that nobody
// disturbs. The copy is another device's, so that it does not write into the second
// folder. It is nil where the disk has no room for the snapshot that it is made of.
func (u *User) rehearsed(now Facts, do func(*Program) error) (Facts, error) {
	taken, err := u.Store.Snapshot(context.Background())
	if disk.IsFull(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(u.Scratch, "rehearsal")
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(filepath.Join(dir, Copies), 0o700), copyFile(taken.Path, filepath.Join(dir, StoreFile))); err != nil {
		return nil, err
	}
	keys, copied := u.Store.KeyFiles()
	for _, from := range []string{keys, copied, filepath.Join(u.Dir, KeyFile)} {
		name, err := filepath.Rel(u.Dir, from)
		if err = errors.Join(err, copyFile(from, filepath.Join(dir, name))); err != nil {
			return nil, err
		}
	}
	p, err := Open(dir, Asked, u.Pass)
	if err != nil {
		return nil, err
	}
	defer func() { _ = p.Close() }()
	if err := do(p); err != nil {
		return nil, err
	}
	after, err := p.Read()
	changes := now.Changes(after)
	delete(changes, "mirror")
	return changes, err
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

// stageOf is one of rehearsed changes, each to what it was there. Of whole facts of the
// loose kinds, which hold the time or the device, only that they change.
func stageOf(changes Facts, loose ...string) (s Stage) {
	for name, value := range changes {
		kind, _, _ := strings.Cut(name, "/")
		switch {
		case value == Dropped:
			name = "-" + name
		case !slices.Contains(loose, kind) || !whole(name):
			name += "=" + value
		}
		s = append(s, name)
	}
	return s
}

// timed are the kinds of facts that hold the time or the device of a change.
var timed = []string{"sim", "rev", "line", "val", "dos", "dosrev", "dosline", "conflict", "device", "pack"}

// whole is whether a fact is one with times and devices, not the part that is known
// before it is written.
func whole(name string) bool {
	kind, _, _ := strings.Cut(name, "/")
	parts := map[string]int{"sim": 1, "rev": 2, "line": 2, "val": 3}[kind]
	return parts == 0 || strings.Count(name, "/") == parts
}

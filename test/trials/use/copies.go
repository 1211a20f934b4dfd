package use

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
)

// Restoring is going back to a snapshot.
const Restoring = "go back to a snapshot"

// Stick is where the second folder of a laptop is while it is plugged in, Pocket where
// it is else.
func Stick(dir string) string  { return dir + "-stick" }
func Pocket(dir string) string { return dir + "-pocket" }

// Choose makes the stick the second folder.
func (p *Program) Choose() error {
	return errors.Join(os.MkdirAll(Stick(p.Dir), 0o700), p.Store.SetMirror(context.Background(), Stick(p.Dir)))
}

// second chooses the second folder, or none, or pulls it out and puts it back, while
// snapshots are copied into it.
func (u *User) second(now Facts) (Operation, error) {
	_, err := os.Stat(Pocket(u.Dir))
	switch pulled := err == nil; {
	case pulled:
		return Operation{"put the second folder back", nil, func() error { return os.Rename(Pocket(u.Dir), Stick(u.Dir)) }}, nil
	case now["mirror"] == "":
		return Operation{"choose the second folder", []Stage{{"mirror=" + Stick(u.Dir)}}, u.Choose}, nil
	case u.IntN(6) == 0:
		return Operation{"no second folder", []Stage{{"-mirror"}}, func() error { return u.Store.SetMirror(context.Background(), "") }}, nil
	}
	return Operation{"pull the second folder out", nil, func() error { return os.Rename(Stick(u.Dir), Pocket(u.Dir)) }}, nil
}

// Backup is the snapshots of the store.
func (p *Program) Backup() *backup.Backup { return backup.New(p.Store) }

// Restore closes the store, goes back to a snapshot and opens it again, as the window
// does. The error is one of the restore where it was refused.
func (p *Program) Restore(snapshot string) error {
	o, err := options(p.Dir, p.gap)
	if err != nil {
		return err
	}
	if err := p.Close(); err != nil && !disk.IsFull(err) {
		return err
	}
	_, refused := backup.Restore(context.Background(), o, snapshot)
	again, err := Open(p.Dir, p.gap, p.Pass)
	if err != nil {
		return fmt.Errorf("opened again after %v: %v", refused, err)
	}
	*p = *again
	return refused
}

// goBack goes back to a snapshot beside the store or in the second folder.
func (u *User) goBack(now Facts) (Operation, error) {
	const newest = 5 // older ones may go while newer ones are taken
	here, err := u.Store.Snapshots()
	if err != nil {
		return Operation{}, err
	}
	list := here[:min(newest, len(here))]
	if is := u.Store.Mirror(); is.Dir != "" {
		there, err := store.SnapshotsIn(is.Folder)
		if err != nil {
			return Operation{}, err
		}
		list = append(list, there[:min(newest, len(there))]...)
	}
	to, ok := some(u, list)
	if !ok {
		return Operation{}, nil
	}
	changes, err := u.rehearsed(now, func(p *Program) error { return p.Restore(to.Path) })
	if err != nil || changes == nil {
		return Operation{}, err
	}
	for name, value := range changes {
		if value == Dropped && Stays(name) {
			return Operation{}, fmt.Errorf("%s takes %s=%s away", to.Path, name, now[name])
		}
	}
	var stages []Stage
	if len(changes) > 0 {
		stages = []Stage{stageOf(changes, timed...)}
	}
	return Operation{Restoring, stages, func() error { return u.Restore(to.Path) }}, nil
}

// Stays is whether a fact is never to go, whatever comes back: a paper that was issued,
// that a person was erased, the passphrase, what is the laptop's.
func Stays(name string) bool {
	kind, rest, _ := strings.Cut(name, "/")
	switch kind {
	case "gone", "pass", "signing", "closed":
		return true
	case "paper":
		return !strings.Contains(rest, "/")
	}
	return false
}

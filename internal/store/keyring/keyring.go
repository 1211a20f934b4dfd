// Package keyring keeps the ring of contacts' keys on the disk, beside the store
// and never inside it: snapshots and free pages of the store hold what is sealed,
// and a key that is destroyed here opens none of them any more.
//
// There are two copies, beside the store and in the folder of snapshots. Either
// alone opens. Of two the newer one wins, by a counter that the ring authenticates,
// so that a destroyed key does not come back from an older copy. A copy that is
// damaged, missing or older is written again from the good one, once the
// passphrase has proved that one, and Troubles tells. Whatever is replaced is
// written over where it stood.
//
// Start with Find. A backup of the whole folder taken before an erasure still has
// the key: after Unlock, give Destroy the ids of the store's Erasures.
package keyring

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
)

// Options say where the ring is kept.
type Options struct {
	Path     string     // beside the store; see Store.KeyFiles
	Copy     string     // in the folder of snapshots
	Random   io.Reader  // crypto/rand.Reader outside tests
	Cost     vault.Cost // zero: vault.Standard
	ReadOnly bool       // nothing is written, not even to mend a copy
	Changed  func()     // called when the keys on the disk are others, for copies further away; it must not call back; may be nil
}

// State is what can be done with contacts.
type State int

// States of a Keyring.
const (
	Absent   State = iota // no passphrase was ever set: Create
	Locked                // Unlock
	Unlocked              // Seal and Open
)

// Keyring is the ring of a store. Its methods may be called from several
// goroutines.
type Keyring struct {
	o        Options
	mu       sync.Mutex
	ring     *vault.Ring // nil unless unlocked
	troubles []domain.Msg
}

// Find looks where the ring would be. It reads nothing yet.
func Find(o Options) *Keyring {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Keyring{o: o}
}

// State says whether there is a ring and whether it is unlocked. It returns the
// error of a folder that cannot be read.
func (k *Keyring) State() (State, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring != nil {
		return Unlocked, nil
	}
	found, err := k.find()
	if err != nil || len(found) > 0 {
		return Locked, err
	}
	return Absent, nil
}

// Troubles says what was wrong with a copy and is mended now, or could not be.
func (k *Keyring) Troubles() []domain.Msg {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]domain.Msg(nil), k.troubles...)
}

// Create sets the first passphrase and leaves the ring unlocked. It returns
// *domain.Problem where the passphrase is too weak, *ExistsError where there is a
// ring, or anything left of one, and the errors of Destroy.
func (k *Keyring) Create(passphrase string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, err := k.find()
	if err != nil {
		return err
	}
	if len(found) > 0 || k.ring != nil {
		return &ExistsError{Path: k.o.Path}
	}
	ring, err := vault.Create(vault.Params{Passphrase: passphrase, Random: k.o.Random, Cost: k.o.Cost})
	if err != nil {
		return err
	}
	return k.keep(ring)
}

// Unlock opens the ring, then mends its copies. It takes as long as argon2id does.
// It returns vault.ErrPassphrase, vault.ErrDamaged where no copy is whole,
// vault.ErrNewer, fs.ErrNotExist where there is no ring, or the error of a folder
// that cannot be read.
func (k *Keyring) Unlock(passphrase string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, err := k.find()
	if err != nil {
		return err
	}
	best, err := newest(found)
	if err != nil {
		return err
	}
	ring, err := vault.Open(best.data, passphrase, k.o.Random)
	if err != nil {
		return err
	}
	k.forget()
	k.ring = ring
	k.troubles = nil
	if !k.o.ReadOnly {
		k.mend(best, found)
		k.o.Changed()
	}
	return nil
}

// Lock wipes the keys from memory. Contacts stay as they are on the disk.
func (k *Keyring) Lock() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget()
}

func (k *Keyring) forget() {
	if k.ring != nil {
		k.ring.Lock()
		k.ring = nil
	}
}

// ChangePassphrase needs the old one, even while unlocked: somebody may have left
// the table. It returns vault.ErrPassphrase, vault.ErrLocked, *domain.Problem for
// the new one, and the errors of Destroy.
func (k *Keyring) ChangePassphrase(old, next string) error {
	return k.change(func(r *vault.Ring) (bool, error) {
		data, err := r.Marshal()
		if err != nil {
			return false, err
		}
		proof, err := vault.Open(data, old, k.o.Random)
		if err != nil {
			return false, err
		}
		proof.Lock()
		return true, r.ChangePassphrase(next)
	})
}

// Seal seals plain with the contact's key. A contact without one gets it, which is
// on the disk before Seal returns. It returns vault.ErrLocked, vault.ErrErased,
// *ReadOnlyError, *disk.FullError or *disk.AccessError.
func (k *Keyring) Seal(id string, use vault.Use, plain []byte) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring == nil {
		return nil, vault.ErrLocked
	}
	if !k.ring.Has(id) {
		err := k.changeHeld(func(r *vault.Ring) (bool, error) { return true, r.Add(id) })
		var stale *StaleCopyError
		if err != nil && !errors.As(err, &stale) { // Troubles tells of the copy
			return nil, err
		}
	}
	return k.ring.Seal(id, use, plain)
}

// Open gives what Seal was given. It returns vault.ErrLocked, vault.ErrErased,
// vault.ErrNoKey or vault.ErrContent.
func (k *Keyring) Open(id string, use vault.Use, sealed []byte) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring == nil {
		return nil, vault.ErrLocked
	}
	return k.ring.Open(id, use, sealed)
}

// Destroy destroys the keys of contacts for ever, in both copies; ids whose key is
// destroyed already cost nothing. It returns vault.ErrLocked, *ReadOnlyError,
// *disk.FullError or *disk.AccessError, after which nothing has changed; or
// *StaleCopyError, after which the keys are destroyed but for that copy.
func (k *Keyring) Destroy(ids ...string) error {
	return k.change(func(r *vault.Ring) (bool, error) {
		any := false
		for _, id := range ids {
			changed, err := r.Destroy(id)
			if err != nil {
				return false, err
			}
			any = any || changed
		}
		return any, nil
	})
}

// Destroyed lists the contacts whose keys were destroyed: a store that came back
// from an older snapshot may have forgotten that. It returns vault.ErrLocked.
func (k *Keyring) Destroyed() ([]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring == nil {
		return nil, vault.ErrLocked
	}
	return k.ring.Destroyed(), nil
}

// Discard destroys the whole ring, unlocked or not, with every contact in it: what
// is left to do when the passphrase is lost. It returns *ReadOnlyError,
// *disk.FullError or *disk.AccessError.
func (k *Keyring) Discard() error {
	if k.o.ReadOnly {
		return &ReadOnlyError{Path: k.o.Path}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget()
	k.troubles = nil
	defer k.o.Changed()
	var failed error
	for _, name := range k.names() {
		failed = errors.Join(failed, disk.Shred(name), disk.Shred(name+disk.Temp))
	}
	return failed
}

// change tries f on a copy of the ring and keeps it where f says that it changed.
func (k *Keyring) change(f func(*vault.Ring) (bool, error)) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring == nil {
		return vault.ErrLocked
	}
	return k.changeHeld(f)
}

func (k *Keyring) changeHeld(f func(*vault.Ring) (bool, error)) error {
	next := k.ring.Clone()
	changed, err := f(next)
	if err != nil || !changed {
		next.Lock()
		return err
	}
	return k.keep(next)
}

// keep writes the ring to both places and takes it into use.
func (k *Keyring) keep(ring *vault.Ring) error {
	if k.o.ReadOnly {
		ring.Lock()
		return &ReadOnlyError{Path: k.o.Path}
	}
	data, err := ring.Marshal()
	if err != nil {
		ring.Lock()
		return err
	}
	left := disk.ReplaceShredding(k.o.Path, data)
	if left != nil {
		// Where the new bytes have the name all the same, the change holds: only what
		// they replaced could not be written over.
		if is, err := os.ReadFile(k.o.Path); err != nil || !bytes.Equal(is, data) {
			ring.Lock()
			return left
		}
	}
	k.forget()
	k.ring = ring
	defer k.o.Changed()
	return errors.Join(k.stale(k.o.Path+disk.Old, left), k.stale(k.o.Copy, disk.ReplaceShredding(k.o.Copy, data)))
}

// stale says that the file at path still has what was replaced.
func (k *Keyring) stale(path string, err error) error {
	if err == nil {
		return nil
	}
	k.trouble(domain.M("vault.copy.unwritable", "path", path))
	return &StaleCopyError{Path: path, Err: err}
}

func (k *Keyring) trouble(m domain.Msg) {
	for _, known := range k.troubles {
		if known.Key == m.Key && known.Args["path"] == m.Args["path"] {
			return
		}
	}
	k.troubles = append(k.troubles, m)
}

// found is a file that is there.
type found struct {
	name string
	data []byte
	info vault.Info
	err  error // of vault.Inspect
}

// names are the files that may hold the ring, the one that decides first.
func (k *Keyring) names() []string {
	return []string{k.o.Path, k.o.Path + disk.Old, k.o.Copy, k.o.Copy + disk.Old}
}

func (k *Keyring) find() ([]found, error) {
	var out []found
	for _, name := range k.names() {
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, disk.Error(name, err)
		}
		info, err := vault.Inspect(data)
		out = append(out, found{name, data, info, err})
	}
	return out, nil
}

// newest picks the copy to open. A copy of another ring, which the first whole one
// decides, is no candidate whatever its counter says.
func newest(all []found) (found, error) {
	var best *found
	for i := range all {
		f := &all[i]
		switch {
		case errors.Is(f.err, vault.ErrNewer):
			return found{}, vault.ErrNewer
		case f.err != nil:
		case best == nil || vault.Same(best.info, f.info) && f.info.Generation > best.info.Generation:
			best = f
		}
	}
	switch {
	case best != nil:
		return *best, nil
	case len(all) > 0:
		return found{}, vault.ErrDamaged
	}
	return found{}, fs.ErrNotExist
}

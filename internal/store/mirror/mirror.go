// Package mirror is the second folder of snapshots, which the user chooses: a USB
// stick for instance. It says which folder that may be, whether it is there, and
// brings the keys of contacts in it up to date. The store copies its snapshots.
//
// A folder may serve several laptops: each store of each laptop has a folder of its
// own in it.
package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
)

// State is how the second folder stands, to be said on screen.
type State struct {
	Dir        string    // as it was chosen, "" for none
	Folder     string    // of this store on this laptop, in Dir
	Copied     time.Time // when the newest good copy in it was taken, UTC; zero: none yet
	Err        error     // why it is not up to date: *AbsentError, *disk.FullError, …; nil where it is
	Fresh      bool      // it has the newest copy that is beside the store
	Busy       bool      // it is being brought up to date just now
	KeysBehind bool      // its keys are of before the last change: they may still open who was erased since
}

// Choice is what is kept of the folder that was chosen, on one laptop.
type Choice struct {
	Dir    string    `json:"dir"` // absolute; "" for none
	Own    string    `json:"own"` // name of the folder in it
	Device string    `json:"device"`
	Copied time.Time `json:"copied"`
	Of     string    `json:"of"`   // name beside the store of what was copied last: two may be of one second
	Keys   string    `json:"keys"` // fingerprint of the keys that are there, "" for none
}

// Folder is where the copies are.
func (c Choice) Folder() string { return filepath.Join(c.Dir, c.Own) }

// AbsentError says that the folder is not there: the stick is not plugged in, or it
// is another one.
type AbsentError struct{ Path string }

// Key is the catalogue key.
func (*AbsentError) Key() string { return "store.mirror.absent" }

func (e *AbsentError) Error() string { return fmt.Sprintf("%s is not there", e.Path) }

// There is whether the folder is there. It is not made again: where a stick is not
// plugged in, an empty folder may stand for it, on the laptop's own disk.
func (c Choice) There() error {
	if info, err := os.Stat(c.Folder()); err != nil || !info.IsDir() {
		return &AbsentError{Path: c.Folder()}
	}
	return nil
}

// Place is a folder to be chosen.
type Place struct {
	Dir    string // "" for none
	Store  string // id of the store
	Device string // id of the laptop
	Not    []string
}

// Choose makes the folder of a store in the place that the user chose; what is known
// of the former choice stays where it is the same place. It returns *domain.Problem
// where the place is not absolute, not there, cannot be written, or is one of Not or
// in one: a copy there would be lost with what it is a copy of; *disk.FullError where
// there is no room.
func Choose(was Choice, p Place) (Choice, error) {
	if p.Dir == "" {
		return Choice{}, nil
	}
	refuse := func(key string) error { return domain.Refuse("mirror", p.Dir, key) }
	info, err := os.Stat(p.Dir)
	switch {
	case !filepath.IsAbs(p.Dir):
		return was, refuse("store.mirror.notAbsolute")
	case err != nil || !info.IsDir():
		return was, refuse("store.mirror.noFolder")
	case within(p.Dir, p.Not):
		return was, refuse("store.mirror.inside")
	}
	c := Choice{Dir: filepath.Clean(p.Dir), Own: own(p), Device: p.Device}
	if c.Dir == was.Dir && c.Device == was.Device {
		c = was
	}
	err = os.MkdirAll(c.Folder(), 0o700)
	if err == nil {
		probe := filepath.Join(c.Folder(), "probe")
		err = errors.Join(disk.Replace(probe, []byte(c.Own)), os.Remove(probe))
	}
	var full *disk.FullError
	switch {
	case disk.IsFull(err) || errors.As(err, &full):
		return was, &disk.FullError{Path: c.Folder(), Err: err}
	case err != nil:
		return was, refuse("store.mirror.unwritable")
	}
	return c, nil
}

// own names the folder of a store on a laptop: several of either may share a stick.
func own(p Place) string {
	sum := sha256.Sum256([]byte(p.Store + "\x00" + p.Device))
	return Prefix + hex.EncodeToString(sum[:8])
}

// Prefix begins the names of the folders in a chosen one.
const Prefix = "atlas-p2i-"

// within is whether dir is one of the folders or in one, by whatever name: a link, or
// other capitals where the disk does not tell them apart.
func within(dir string, folders []string) bool {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		is, err := os.Stat(at)
		for _, folder := range folders {
			if not, bad := os.Stat(folder); err == nil && bad == nil && os.SameFile(is, not) {
				return true
			}
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// Behind is whether the keys beside the store are others than those that were
// brought last. A file that cannot be read says nothing.
func (c Choice) Behind(keys string) bool {
	data, err := os.ReadFile(keys)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c.Keys != ""
	case err != nil:
		return false
	}
	return fingerprint(data) != c.Keys
}

func fingerprint(keys []byte) string {
	sum := sha256.Sum256(keys)
	return hex.EncodeToString(sum[:])
}

// KeysName is the name of the copied keys, for those at path.
func KeysName(path string) string { return filepath.Base(path) }

// BringKeys brings the keys in the folder to those at path and writes over what they
// replace. It gives the fingerprint of those that are there then, "" for none. Where
// there are none at path, those in the folder go too unless needed says that there
// are contacts whom only they open. Damaged keys at path, and older ones of the same
// ring, replace nothing: then *StaleError. Where ctx ended nothing changes.
func (c Choice) BringKeys(ctx context.Context, path string, needed func() (bool, error)) (string, error) {
	there := filepath.Join(c.Folder(), KeysName(path))
	has, err := os.ReadFile(there)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c.Keys, disk.Error(there, err)
	}
	if ctx.Err() != nil { // the folder may have kept us for long
		return c.Keys, ctx.Err()
	}
	keeps := ""
	if err == nil {
		keeps = fingerprint(has)
	}
	keys, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		use, err := needed()
		if err != nil || use {
			return keeps, err
		}
		if err := shred(there); err != nil {
			return keeps, err
		}
		return "", nil
	case err != nil:
		return keeps, disk.Error(path, err)
	}
	if !bytes.Equal(has, keys) {
		if err := newer(keys, has); err != nil {
			return keeps, err
		}
		if err := disk.ReplaceShredding(there, keys); err != nil {
			return keeps, err
		}
	}
	return fingerprint(keys), errors.Join(disk.Shred(there+disk.Old), disk.Shred(there+disk.Temp))
}

// newer says why keys may not replace those that the folder has.
func newer(keys, has []byte) error {
	is, err := vault.Inspect(keys)
	if err != nil {
		return err
	}
	was, err := vault.Inspect(has)
	if err == nil && vault.Same(is, was) && was.Generation > is.Generation {
		return &StaleError{}
	}
	return nil // what is damaged, or of contacts who were all erased, is replaced
}

// StaleError says that the folder has newer keys than the laptop.
type StaleError struct{}

// Key is the catalogue key.
func (*StaleError) Key() string { return "store.mirror.newerKeys" }

func (*StaleError) Error() string { return "the folder has newer keys than this laptop" }

// shred destroys a file and what an interrupted change of it left.
func shred(name string) error {
	return errors.Join(disk.Shred(name), disk.Shred(name+disk.Old), disk.Shred(name+disk.Temp))
}

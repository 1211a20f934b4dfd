package store

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

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
		payload, err := withBody(packHeader{p.Number, w.now}, p.Archive)
		if err != nil {
			return err
		}
		// Another goroutine may have saved the same pack since; the same again
		// does no harm.
		return w.put(bucketPacks, key, payload)
	})
}

func sameOrConflict(p, kept Pack, err error) error {
	if err == nil && kept.Number != p.Number {
		return &ConflictError{Number: p.Number, Kept: kept.Number}
	}
	return err
}

// Pack gives a kept pack by its hash, or *NotFoundError.
func (s *Store) Pack(sha256 string) (Pack, error) {
	out := Pack{SHA256: sha256}
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
		var h packHeader
		out.Archive, err = splitBody(p, &h)
		out.Number, out.SavedAt = h.Number, h.SavedAt
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
			if err := headOf(payload, &h); err != nil {
				return err
			}
			out = append(out, PackHead{Number: h.Number, SHA256: hex.EncodeToString(key), SavedAt: h.SavedAt})
			return nil
		})
	})
	return out, err
}

// Setting reads a setting into the variable that into points to. It returns
// false, leaving the variable alone, where the setting was never put.
func (s *Store) Setting(name string, into any) (bool, error) {
	found := false
	err := s.view(func(r reader) error {
		p, err := r.get(bucketSettings, []byte(name))
		if err != nil || p == nil {
			return err
		}
		found = true
		return json.Unmarshal(p, into)
	})
	return found && err == nil, err
}

// PutSetting keeps a setting as JSON. The same value again writes nothing. A
// setting asks for no snapshot, it goes with the next save's: a form kept while
// it is typed would push the snapshots of simulations out.
func (s *Store) PutSetting(name string, value any) error {
	p, err := json.Marshal(value)
	if err != nil {
		return err
	}
	same := false
	err = s.view(func(r reader) error {
		old, err := r.get(bucketSettings, []byte(name))
		same = old != nil && bytes.Equal(old, p)
		return err
	})
	if err != nil || same {
		return err
	}
	return s.write(func(w *writer) error { return w.put(bucketSettings, []byte(name), p) })
}

// DeviceID reads the id of this device from a file, or draws one and writes it
// there. It belongs to the machine, not to a store: two copies of one store on
// two laptops must be told apart.
func DeviceID(path string) (string, error) {
	b, err := os.ReadFile(path)
	if id, bad := ParseID(strings.TrimSpace(string(b))); err == nil && bad == nil {
		return string(id), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fileError(path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fileError(path, err)
	}
	id := NewID()
	tmp := path + "." + rand.Text()[:8] + ".tmp"
	if err := os.WriteFile(tmp, []byte(id+"\n"), 0o600); err != nil {
		_ = os.Remove(tmp)
		return "", fileError(path, err)
	}
	return string(id), fileError(path, os.Rename(tmp, path))
}

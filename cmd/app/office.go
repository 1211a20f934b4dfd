package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/report"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
)

// newCabinet is the contacts of a store: those that are open already, under the
// rules of a desk, or else locked ones; of no store where nothing is kept.
func newCabinet(d *desk.Desk, s *store.Store, open *cabinet.Cabinet) (*cabinet.Cabinet, error) {
	terms, err := formalities.Load(d.Pack())
	if err != nil {
		return nil, err
	}
	if open != nil {
		return open.Under(d.Texts(), terms), nil
	}
	params := cabinet.Params{Texts: d.Texts(), Terms: terms, Now: time.Now}
	if s != nil {
		path, copied := s.KeyFiles()
		params.Store = s
		params.Keys = keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, ReadOnly: s.ReadOnly(), Changed: s.MirrorKeys})
		params.Mirror = s.Mirror
	}
	return cabinet.New(params), nil
}

// newDoor is the door of a store between visitors and the officer.
func newDoor(s *store.Store) *kiosk.Door {
	return kiosk.New(kiosk.Params{Store: s, Random: rand.Reader, Now: time.Now})
}

// officeParams are what an office is made of. Store is nil where nothing is kept.
type officeParams struct {
	desk  *desk.Desk
	store *store.Store
	names issue.Names
	key   string // file of the signing key
	reads bool   // nothing will be signed: a key that is not there yet is not kept
}

func newOffice(p officeParams) (*issue.Office, error) {
	params := issue.Params{
		Desk: p.desk, Names: p.names, Printer: report.Printer{}, Now: time.Now,
		Device: sync.OnceValues(func() (*seal.Device, error) { return signingKey(p.key, !p.reads) }),
	}
	if p.store != nil {
		params.Store = p.store
	}
	return issue.New(params)
}

// numbersOf is the file with the last number that a key signed, beside the key:
// whoever uses it in another store goes on counting.
func numbersOf(key string) string { return strings.TrimSuffix(key, filepath.Ext(key)) + ".numbers" }

// signingKey is the key of this laptop, drawn at its first use. A file that cannot
// be read as one is left alone: a new key would make every paper so far a
// stranger's.
func signingKey(path string, keep bool) (*seal.Device, error) {
	data, err := os.ReadFile(path)
	switch {
	case err == nil:
		return seal.ParseDevice(data)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, disk.Error(path, err)
	}
	d, err := seal.NewDevice(rand.Reader)
	if err != nil || !keep {
		return d, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, disk.Error(path, err)
	}
	return d, disk.Replace(path, d.Marshal())
}

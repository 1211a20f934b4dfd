package use

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/report"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

// Names of the files of a trial, in its own folder.
const (
	StoreFile  = "atlas.db"
	Copies     = "Copies" // the folder of snapshots
	KeyFile    = "signing.key"
	DeviceFile = "device"
	NumberFile = "signing.numbers"
)

// cheap is how much work a passphrase is here: a trial opens contacts thousands of
// times, and argon2id is not what is tried.
var cheap = vault.Cost{Time: 1, KiB: 64, Threads: 1}

// Program is the use cases over one store, put together as the window does.
type Program struct {
	Dir    string
	Store  *store.Store
	desk   *desk.Desk
	People *cabinet.Cabinet
	Office *issue.Office
	keys   *keyring.Keyring
	Pass   string // that opened the contacts, "" where there is none yet
}

// shared is what every opening of the program reads alike.
type shared struct {
	texts *i18n.Catalogue
	pack  *rules.Pack
	files fs.FS
	terms *formalities.Book
}

var loaded = sync.OnceValues(func() (shared, error) {
	out := shared{files: assets.PackFiles()}
	var err error
	if out.texts, err = i18n.Load(assets.I18n, "fr"); err != nil {
		return out, err
	}
	if out.pack, err = rules.Load(out.files); err != nil {
		return out, err
	}
	out.terms, err = formalities.Load(out.pack)
	return out, err
})

// Shortest times between two snapshots: so short that they are taken while the user
// goes on, or only when asked for.
const (
	Often = 30 * time.Millisecond
	Asked = time.Hour
)

// openStore opens the store of a folder as the window does.
func openStore(dir string, gap time.Duration) (*store.Store, error) {
	device, err := store.DeviceID(filepath.Join(dir, DeviceFile))
	if err != nil {
		return nil, err
	}
	return store.Open(context.Background(), store.Options{
		Path: filepath.Join(dir, StoreFile), SnapshotDir: filepath.Join(dir, Copies),
		Device: device, Numbers: filepath.Join(dir, NumberFile), SnapshotGap: gap,
	})
}

// Open opens everything in a folder. Of several passphrases the newest that
// opens the contacts is taken; where there are no contacts it is set later.
func Open(dir string, gap time.Duration, passes ...string) (*Program, error) {
	s, err := openStore(dir, gap)
	if err != nil {
		return nil, err
	}
	p, err := over(dir, s, passes)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return p, nil
}

func over(dir string, s *store.Store, passes []string) (*Program, error) {
	with, err := loaded()
	if err != nil {
		return nil, err
	}
	p := &Program{Dir: dir, Store: s}
	if p.desk, err = desk.New(desk.Params{Pack: with.pack, PackFiles: with.files, Texts: with.texts, Store: s}); err != nil {
		return nil, err
	}
	path, copied := s.KeyFiles()
	p.keys = keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: cheap})
	p.People = cabinet.New(cabinet.Params{
		Store: s, Keys: p.keys, Texts: p.desk.Texts(), Terms: with.terms, Now: time.Now,
		Sleep: func(context.Context, time.Duration) error { return nil }, // a wrong passphrase is part of a trial
	})
	p.Office, err = issue.New(issue.Params{
		Desk: p.desk, Store: s, Names: p.People, Printer: report.Printer{}, Now: time.Now,
		Device: sync.OnceValues(func() (*seal.Device, error) { return SigningKey(filepath.Join(dir, KeyFile)) }),
	})
	if err != nil {
		return nil, err
	}
	return p, p.unlock(passes)
}

// unlock opens the contacts with the first of the passphrases that does.
func (p *Program) unlock(passes []string) error {
	switch is, err := p.People.State(); {
	case err != nil:
		return err
	case is == cabinet.NoPassphrase:
		return nil
	case is != cabinet.Locked:
		return fmt.Errorf("the contacts are in state %d", is)
	}
	for _, pass := range slices.Backward(passes) {
		err := p.People.Unlock(context.Background(), pass)
		if err == nil {
			p.Pass = pass
			return nil
		}
		if !errors.Is(err, vault.ErrPassphrase) {
			return err
		}
	}
	return errors.New("no passphrase that was confirmed or tried opens the contacts")
}

func (p *Program) Close() error {
	p.People.Lock()
	return p.Store.Close()
}

// SigningKey is the key of the laptop, as the program keeps it.
func SigningKey(path string) (*seal.Device, error) {
	data, err := os.ReadFile(path)
	switch {
	case err == nil:
		return seal.ParseDevice(data)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, disk.Error(path, err)
	}
	d, err := seal.NewDevice(rand.Reader)
	if err != nil {
		return nil, err
	}
	return d, disk.Replace(path, d.Marshal())
}

// Says tells whether there is a sentence for a key of an error.
func Says(key string) bool {
	with, err := loaded()
	return err == nil && with.texts.Has(key)
}

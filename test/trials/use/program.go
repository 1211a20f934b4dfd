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
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/report"
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
	People *cabinet.Cabinet
	Office *issue.Office
	Pass   string // that opened the contacts, "" where there is none yet
	gap    time.Duration
	device string
	desk   *desk.Desk
	shelf  *packs.Shelf
	room   *share.Room
	door   *kiosk.Door
}

// shared is what every opening of the program reads alike.
type shared struct {
	texts *i18n.Catalogue
	rules *packs.Rules
}

var loaded = sync.OnceValues(func() (out shared, err error) {
	if out.texts, err = i18n.Load(assets.I18n, "fr"); err == nil {
		out.rules, err = packs.Load(assets.PackFiles())
	}
	return out, err
})

// Load reads what every opening reads, so that the next one is of the store alone.
func Load() error {
	_, err := loaded()
	return err
}

// Shortest times between two snapshots: so short that they are taken while the user
// goes on, or only when asked for.
const (
	Often = 30 * time.Millisecond
	Asked = time.Hour
)

// options say where the store of a folder is, as the window does.
func options(dir string, gap time.Duration) (store.Options, error) {
	device, err := store.DeviceID(filepath.Join(dir, DeviceFile))
	return store.Options{
		Path: filepath.Join(dir, StoreFile), SnapshotDir: filepath.Join(dir, Copies),
		Device: device, Numbers: filepath.Join(dir, NumberFile), SnapshotGap: gap,
	}, err
}

// Open opens everything in a folder. Of several passphrases the newest that
// opens the contacts is taken; where there are no contacts it is set later.
func Open(dir string, gap time.Duration, passes ...string) (*Program, error) {
	o, err := options(dir, gap)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(context.Background(), o)
	if err != nil {
		return nil, err
	}
	p := &Program{Dir: dir, Store: s, gap: gap, device: o.Device}
	if err = p.under(); err == nil {
		err = p.unlock(passes)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return p, nil
}

// under puts everything together under the rules that are active in the store.
// Contacts that are there already go on.
func (p *Program) under() error {
	with, err := loaded()
	if err != nil {
		return err
	}
	active, err := packs.Active(p.Store, with.rules)
	if err != nil {
		return err
	}
	if p.desk, err = desk.New(desk.Params{Pack: active.Pack, PackFiles: active.Files, Texts: with.texts, Store: p.Store}); err != nil {
		return err
	}
	terms, err := formalities.Load(active.Pack)
	if err != nil {
		return err
	}
	if p.People != nil {
		p.People = p.People.Under(p.desk.Texts(), terms)
	} else {
		p.People = p.contacts(terms)
	}
	key := sync.OnceValues(func() (*seal.Device, error) { return SigningKey(filepath.Join(p.Dir, KeyFile)) })
	p.Office, err = issue.New(issue.Params{Desk: p.desk, Store: p.Store, Names: p.People, Printer: report.Printer{}, Now: time.Now, Device: key})
	p.room = share.New(share.Params{
		Desk: p.desk, Store: p.Store, Contacts: p.People, Device: key, ID: p.device, Program: "1.0", Now: time.Now, Work: 1,
	})
	p.shelf = packs.New(packs.Params{Desk: p.desk, Store: p.Store, Active: active, BuiltIn: with.rules, Trusted: trusted, Today: today})
	p.door = kiosk.New(kiosk.Params{Store: p.Store, Random: rand.Reader, Now: time.Now, Cost: cheap, Sleep: noWait})
	return err
}

// noWait is in the place of the time that a wrong word costs, which is part of trials.
func noWait(context.Context, time.Duration) error { return nil }

func (p *Program) contacts(terms *formalities.Book) *cabinet.Cabinet {
	path, copied := p.Store.KeyFiles()
	return cabinet.New(cabinet.Params{
		Store: p.Store, Texts: p.desk.Texts(), Terms: terms, Now: time.Now, Mirror: p.Store.Mirror, Sleep: noWait,
		Keys: keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: cheap, Changed: p.Store.MirrorKeys}),
	})
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

package main

import (
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	"atlasp2i/internal/cli"
	"atlasp2i/internal/cli/exchange"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// sharing opens the store at path, or the user's own, to be shared between laptops.
func (w *wiring) sharing(pack, path string, a exchange.Access) (out exchange.Opened, err error) {
	places, err := w.places(path)
	if err != nil {
		return out, err
	}
	access := cli.Changes
	if a == exchange.Reads {
		access = cli.Reads
	}
	if _, err := os.Stat(places.Store); errors.Is(err, fs.ErrNotExist) && a != exchange.Changes {
		return out, domain.Refuse("--store", places.Store, "cli.noStore")
	}
	id, err := store.DeviceID(places.Device)
	if err != nil {
		return out, err
	}
	_, out.Close, err = w.accessDesk(pack, path, access, func(d *desk.Desk, s *store.Store) error {
		out.Texts = d.Texts()
		out.Contacts, err = newCabinet(d, s, nil)
		if err == nil {
			out.Room = newSharing(sharingParams{desk: d, store: s, contacts: out.Contacts, key: places.Key, id: id})
		}
		return err
	})
	return out, err
}

// sharingParams are what sharing is made of.
type sharingParams struct {
	desk     *desk.Desk
	store    *store.Store
	contacts *cabinet.Cabinet
	key      string // file of the signing key
	id       string // of this laptop, as on its records
}

func newSharing(p sharingParams) *share.Room {
	return share.New(share.Params{
		Desk: p.desk, Store: p.store, Contacts: p.contacts, ID: p.id, Program: version, Now: time.Now,
		Device: sync.OnceValues(func() (*seal.Device, error) { return signingKey(p.key, true) }),
	})
}

package share

import (
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
)

// Order is what goes into a file.
type Order struct {
	Passphrase string // that opens it; see vault.Check
	Contacts   bool   // with the contacts and their keys
}

// Exported is a file for another laptop.
type Exported struct {
	Data   []byte
	Counts bundle.Counts
	NoKey  int // contacts that this laptop itself cannot read: they go along, unreadable
}

// Export writes what this laptop keeps into a file, but for what is its own alone:
// settings, drafts, imported figures, simulations in the bin. Erased contacts are
// always named, by their id, so that they are erased elsewhere. It takes as long as
// the passphrase does. Refused are, with a *domain.Problem, a passphrase that is too
// weak and contacts that are locked.
func (r *Room) Export(o Order) (Exported, error) {
	device, err := r.p.Device()
	if err != nil {
		return Exported{}, err
	}
	share, err := r.p.Store.Share(store.ShareOptions{WithoutDossiers: !o.Contacts})
	if err != nil {
		return Exported{}, err
	}
	ids := living(share)
	keys, err := r.keysOf(ids)
	if err != nil {
		return Exported{}, err
	}
	defer wipe(keys)
	data, err := bundle.Write(bundle.Params{
		Bundle: bundle.Bundle{
			Manifest: bundle.Manifest{
				Made: r.p.Now().UTC().Truncate(time.Second), Device: r.p.ID, Name: r.name(device.Public()), Program: r.p.Program, Contacts: o.Contacts,
			},
			Share: share, Keys: keys,
		},
		Device: device, Passphrase: o.Passphrase, Work: r.p.Work,
	})
	if err != nil {
		return Exported{}, err
	}
	return Exported{Data: data, Counts: bundle.Count(share), NoKey: len(ids) - len(keys)}, nil
}

// keysOf are the keys of contacts, as far as this laptop has them.
func (r *Room) keysOf(ids []string) (map[string][]byte, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	switch open, err := r.unlocked(); {
	case err != nil:
		return nil, err
	case !open:
		return nil, domain.Refuse("", "", "share.export.locked", "count", len(ids))
	}
	return r.p.Contacts.KeysOf(ids...)
}

// living are the contacts of a share that were not erased.
func living(s store.Share) []string {
	var out []string
	for i := range s.Dossiers {
		if s.Dossiers[i].Erased == nil {
			out = append(out, string(s.Dossiers[i].ID))
		}
	}
	return out
}

func wipe(keys map[string][]byte) {
	for _, k := range keys {
		clear(k)
	}
}

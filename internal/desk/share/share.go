// Package share is the use cases of several laptops that keep one set of things:
// write what is kept into a file, look at one from another laptop, merge it, and
// decide where the same thing was changed on both.
package share

import (
	"cmp"
	"strings"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Store is what sharing needs of a store.
type Store interface {
	Share(o store.ShareOptions) (store.Share, error)
	TryMerge(s store.Share) (store.MergeReport, error)
	Merge(s store.Share) (store.MergeReport, error)
	Conflicts() ([]store.Conflict, error)
	Resolve(d store.Decision) ([]store.Simulation, error)
	Devices() ([]store.Device, error)
	PutDevice(d store.Device) error
	Get(id store.ID) (store.Simulation, store.Revision, error)
	Erasures() ([]store.Dossier, error)
	ReadOnly() bool
}

// Contacts is what sharing needs of the contacts: *cabinet.Cabinet.
type Contacts interface {
	State() (cabinet.State, error)
	Get(id string) (*dossier.Dossier, error)
	KeysOf(ids ...string) (map[string][]byte, error)
	Take(keys map[string][]byte) error
	Reload() error
	Version(id string, content store.DossierContent) (dossier.Dossier, error)
}

// Params is what a room works with. All of it is needed but Work.
type Params struct {
	Desk     *desk.Desk
	Store    Store
	Contacts Contacts
	Device   func() (*seal.Device, error) // the key of this laptop
	ID       string                       // of this laptop, as on its records
	Program  string                       // version of the program
	Now      func() time.Time
	Work     int // of the passphrase of a file; 0: bundle.StandardWork
}

// Room is where laptops share, in the language of its desk. Not for several
// goroutines at once.
type Room struct{ p Params }

// New makes a room.
func New(p Params) *Room { return &Room{p} }

// Speaking is the same room in the language of a desk.
func (r *Room) Speaking(d *desk.Desk) *Room {
	other := *r
	other.p.Desk = d
	return &other
}

// name is what this laptop is called: by its officer and agency, else by the letters
// that begin the numbers of its papers.
func (r *Room) name(key seal.PublicKey) string {
	var s issue.Setup
	r.p.Desk.Setting(store.SettingOffice, &s)
	var parts []string
	for _, part := range []string{s.Officer, s.Agency} {
		if part = bundle.Label(part); part != "" {
			parts = append(parts, part)
		}
	}
	return cmp.Or(bundle.Label(strings.Join(parts, ", ")), key.Prefix())
}

// unlocked says whether contacts can be read.
func (r *Room) unlocked() (bool, error) {
	is, err := r.p.Contacts.State()
	return is == cabinet.Unlocked, err
}

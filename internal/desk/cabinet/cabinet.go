// Package cabinet is the use cases of contacts: keep, find, attach to, hand out and
// erase their dossiers. It joins the store, which holds what is sealed, and the
// keyring, which opens it. Nothing that identifies a person is in an error here.
package cabinet

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/vault"
)

// Store is what contacts need of a store.
type Store interface {
	CreateDossier(id store.ID, c store.DossierContent, events ...store.DossierEvent) (store.Dossier, error)
	SaveDossier(id store.ID, c store.DossierContent, events ...store.DossierEvent) (store.Dossier, error)
	NoteDossiers(ids []store.ID, events ...store.DossierEvent) error
	EraseDossier(id store.ID) error
	Dossier(id store.ID) (store.Dossier, error)
	Dossiers() ([]store.Dossier, error)
	Erasures() ([]store.Dossier, error)
	DossierRevisions(id store.ID) ([]store.DossierRevision, error)
	DossierHistory(id store.ID) ([]store.DossierEvent, error)
	Paper(number string) (store.Paper, error)
	Papers() ([]store.PaperHead, error)
	PapersOf(dossier store.ID) ([]store.PaperHead, error)
	Get(id store.ID) (store.Simulation, store.Revision, error)
	List() ([]store.Entry, error)
	Setting(name string, into any) (bool, error)
	PutSetting(name string, value any) error
	ReadOnly() bool
}

// Keys is what contacts need of a keyring.
type Keys interface {
	State() (keyring.State, error)
	Troubles() []domain.Msg
	Create(passphrase string) error
	Unlock(passphrase string) error
	Lock()
	ChangePassphrase(old, next string) error
	Seal(id string, use vault.Use, plain []byte) ([]byte, error)
	Open(id string, use vault.Use, sealed []byte) ([]byte, error)
	Destroy(ids ...string) error
	Destroyed() ([]string, error)
	Keys(ids ...string) (map[string][]byte, error)
	Take(keys map[string][]byte) error
	Discard() error
}

// Params is what a cabinet works with. Store and Keys may be nil: then no contact
// is kept.
type Params struct {
	Store Store
	Keys  Keys
	Texts *i18n.Catalogue   // with the texts of the pack: see desk.Texts
	Terms *formalities.Book // wordings and purposes of consent
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error // nil: until d is over or ctx is done

	Mirror func() mirror.State // the second folder of snapshots; nil: there is none
}

// State is what can be done with contacts.
type State int

// States of a Cabinet.
const (
	NoStore      State = iota // nothing is kept
	NoPassphrase              // no contact was taken yet: SetPassphrase
	Locked                    // Unlock
	Unlocked
	Lost // there are contacts, and nothing that opens them: Abandon
)

// Cabinet is the contacts of a store, in one language. It may be used from several
// goroutines.
type Cabinet struct {
	p Params
	*room
}

// room is what the cabinets of all languages share.
type room struct {
	door    sync.Mutex // held while a passphrase is tried: one at a time
	opening atomic.Bool

	mu      sync.Mutex
	index   *dossier.Index // nil while locked
	names   map[store.ID]string
	unread  int // contacts that the keys do not open
	strayed int // erasures that only the keys knew of
	tries   vault.Tries
}

// New makes a cabinet, locked.
func New(p Params) *Cabinet {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Sleep == nil {
		p.Sleep = sleep
	}
	if p.Mirror == nil {
		p.Mirror = func() mirror.State { return mirror.State{} }
	}
	return &Cabinet{p, &room{}}
}

// Speaking is the same cabinet in another language; texts are those of a desk.
func (c *Cabinet) Speaking(texts *i18n.Catalogue) *Cabinet {
	other := *c
	other.p.Texts = texts
	return &other
}

// Under is the same cabinet, as open as it is, under other rules: their texts, those
// of a desk, and their terms.
func (c *Cabinet) Under(texts *i18n.Catalogue, terms *formalities.Book) *Cabinet {
	other := c.Speaking(texts)
	other.p.Terms = terms
	return other
}

// Texts speak for the cabinet, with those of the rules.
func (c *Cabinet) Texts() *i18n.Catalogue { return c.p.Texts }

// State says what can be done with contacts. It returns the error of a folder or a
// store that cannot be read.
func (c *Cabinet) State() (State, error) {
	switch {
	case c.p.Store == nil || c.p.Keys == nil:
		return NoStore, nil
	case c.opening.Load(): // the keys are busy for a while
		return Locked, nil
	case c.unlocked():
		return Unlocked, nil
	}
	switch is, err := c.p.Keys.State(); {
	case err != nil:
		return Locked, err
	case is != keyring.Absent:
		return Locked, nil
	}
	list, err := c.p.Store.Dossiers()
	if err != nil || len(list) > 0 {
		return Lost, err
	}
	return NoPassphrase, nil
}

func (c *Cabinet) unlocked() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.index != nil
}

// Troubles says what was wrong with the keys or the contacts when they were
// unlocked: a copy that was mended, contacts that these keys do not open.
func (c *Cabinet) Troubles() []domain.Msg {
	if c.p.Keys == nil || c.opening.Load() {
		return nil
	}
	out := c.p.Keys.Troubles()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.unread > 0 {
		out = append(out, domain.M("cabinet.unread", "count", c.unread))
	}
	if c.strayed > 0 {
		out = append(out, domain.M("cabinet.strayed", "count", c.strayed))
	}
	return out
}

// why says why contacts cannot be read or changed now.
func (c *Cabinet) why() error {
	switch is, err := c.State(); {
	case err != nil:
		return err
	case is == NoStore:
		return domain.Refuse("contacts", "", "cabinet.noStore")
	case is == NoPassphrase:
		return domain.Refuse("passphrase", "", "cabinet.noPassphrase")
	case is == Lost:
		return domain.Refuse("passphrase", "", "cabinet.lost")
	}
	return vault.ErrLocked
}

// reading runs f while contacts are unlocked and nobody changes them.
func (c *Cabinet) reading(f func() error) error {
	c.mu.Lock()
	if c.index == nil {
		c.mu.Unlock()
		return c.why()
	}
	defer c.mu.Unlock()
	return f()
}

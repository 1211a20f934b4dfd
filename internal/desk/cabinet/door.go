package cabinet

import (
	"context"
	"errors"
	"time"

	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// SetPassphrase sets the first passphrase and leaves contacts unlocked. Nobody can
// recover it: that is to be said where it is typed. It returns *domain.Problem for
// one that is too weak, or where there are contacts already that it would not open
// (see Abandon), and the errors of keyring.Create.
func (c *Cabinet) SetPassphrase(pass string) error {
	c.door.Lock()
	defer c.door.Unlock()
	switch is, err := c.State(); {
	case err != nil:
		return err
	case is == NoStore || is == Lost:
		return c.why()
	}
	if err := settled(c.p.Keys.Create(pass)); err != nil {
		return err
	}
	return c.open()
}

// settled takes an error that says that only the second copy of the keys is behind
// for none: the keyring's own Troubles tell of it.
func settled(err error) error {
	var stale *keyring.StaleCopyError
	if errors.As(err, &stale) {
		return nil
	}
	return err
}

// Unlock opens the contacts. It waits first where passphrases were wrong before,
// then takes about a second for 10,000 contacts: it is for a thread of its own. It
// returns the error of ctx where that ends the wait, vault.ErrPassphrase, and the
// other errors of keyring.Unlock and of the store.
func (c *Cabinet) Unlock(ctx context.Context, pass string) error {
	c.door.Lock()
	defer c.door.Unlock()
	switch is, err := c.State(); {
	case err != nil || is == Unlocked:
		return err
	case is != Locked:
		return c.why()
	}
	c.opening.Store(true)
	defer c.opening.Store(false)
	if err := c.try(ctx, func() error { return c.p.Keys.Unlock(pass) }); err != nil {
		return err
	}
	if err := c.open(); err != nil {
		c.p.Keys.Lock()
		return err
	}
	return nil
}

// try runs what asks for a passphrase, slowed by the wrong ones before it.
func (c *Cabinet) try(ctx context.Context, ask func() error) error {
	var kept vault.Tries
	if _, err := c.p.Store.Setting(store.SettingTries, &kept); err != nil {
		return err
	}
	if kept.Count > c.tries.Count { // a store that is only read keeps none
		c.tries = kept
	}
	if d := c.tries.Wait(c.p.Now().UTC()); d > 0 {
		if err := c.p.Sleep(ctx, d); err != nil {
			return err
		}
	}
	err := ask()
	switch {
	case errors.Is(err, vault.ErrPassphrase):
		c.tries = c.tries.After(c.p.Now())
	case err == nil:
		c.tries = vault.Tries{}
	default:
		return err
	}
	if c.tries.Count != kept.Count && !c.p.Store.ReadOnly() {
		// A disk that is full keeps nobody out who has the passphrase; c.tries counts on.
		_ = c.p.Store.PutSetting(store.SettingTries, c.tries)
	}
	return err
}

// Lock forgets the keys and all that was read with them.
func (c *Cabinet) Lock() {
	if c.p.Keys == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.index, c.names, c.unread, c.strayed = nil, nil, 0, 0
	c.p.Keys.Lock()
}

// ChangePassphrase needs the old one, even while unlocked, and is slowed as Unlock
// is. It returns vault.ErrPassphrase for a wrong one, *domain.Problem for a new one
// that is too weak, vault.ErrLocked, and the errors of keyring.ChangePassphrase;
// a *keyring.StaleCopyError says that one copy still opens with the old one.
func (c *Cabinet) ChangePassphrase(ctx context.Context, old, next string) error {
	c.door.Lock()
	defer c.door.Unlock()
	if !c.unlocked() {
		return c.why()
	}
	if err := vault.Check(next); err != nil {
		return err
	}
	return c.try(ctx, func() error { return c.p.Keys.ChangePassphrase(old, next) })
}

// Abandon erases every contact and the keys, locked or not: what is left to do
// where the passphrase or the keys are lost. It gives the number of contacts that
// were erased; figures of issued papers stay.
func (c *Cabinet) Abandon() (int, error) {
	c.door.Lock()
	defer c.door.Unlock()
	if c.p.Store == nil || c.p.Keys == nil {
		return 0, c.why()
	}
	list, err := c.p.Store.Dossiers()
	if err != nil {
		return 0, err
	}
	c.Lock()
	for i := range list {
		if err := c.p.Store.EraseDossier(list[i].ID); err != nil {
			return i, err
		}
	}
	if err := c.p.Keys.Discard(); err != nil {
		return len(list), err
	}
	c.tries = vault.Tries{} // of a passphrase that is no more
	return len(list), c.p.Store.PutSetting(store.SettingTries, c.tries)
}

// open unites what store and keys know of erasures, then reads the contacts.
func (c *Cabinet) open() error {
	strayed, err := c.unite()
	if err != nil {
		return err
	}
	list, err := c.p.Store.Dossiers()
	if err != nil {
		return err
	}
	papers, err := c.papers()
	if err != nil {
		return err
	}
	sims, err := c.p.Store.List()
	if err != nil {
		return err
	}
	names := make(map[store.ID]string, len(sims))
	for i := range sims {
		names[sims[i].ID] = sims[i].Name
	}
	index, unread := dossier.NewIndex(), 0
	for i := range list {
		d, err := c.read(&list[i])
		if err != nil {
			unread++ // of another laptop, or altered: the others open all the same
			continue
		}
		index.Put(d, c.words(&d, names, papers[list[i].ID])...)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if is, err := c.p.Keys.State(); err != nil || is != keyring.Unlocked { // locked in the meantime
		return errors.Join(err, vault.ErrLocked)
	}
	c.index, c.names, c.unread, c.strayed = index, names, unread, strayed
	return nil
}

// unite destroys the keys of contacts that the store erased, and erases in the
// store those whose keys were destroyed: either side may come from an older copy.
// It gives the number of the latter. A store that is only read is left alone.
func (c *Cabinet) unite() (int, error) {
	if c.p.Store.ReadOnly() {
		return 0, nil
	}
	erased, err := c.p.Store.Erasures()
	if err != nil {
		return 0, err
	}
	gone := make(map[string]bool, len(erased))
	ids := make([]string, len(erased))
	for i := range erased {
		ids[i] = string(erased[i].ID)
		gone[ids[i]] = true
	}
	if err := settled(c.p.Keys.Destroy(ids...)); err != nil {
		return 0, err
	}
	destroyed, err := c.p.Keys.Destroyed()
	if err != nil {
		return 0, err
	}
	strayed := 0
	for _, id := range destroyed {
		if gone[id] {
			continue
		}
		_, known := c.p.Store.Dossier(store.ID(id))
		if err := c.p.Store.EraseDossier(store.ID(id)); err != nil {
			return strayed, err
		}
		if known == nil {
			strayed++
		}
	}
	return strayed, nil
}

// papers are the numbers of the issued papers by dossier.
func (c *Cabinet) papers() (map[store.ID][]string, error) {
	heads, err := c.p.Store.Papers()
	out := map[store.ID][]string{}
	for i := range heads {
		if id := heads[i].Dossier; id != "" {
			out[id] = append(out[id], heads[i].Number)
		}
	}
	return out, err
}

// read opens what the store holds of a contact.
func (c *Cabinet) read(s *store.Dossier) (dossier.Dossier, error) {
	plain, err := c.p.Keys.Open(string(s.ID), vault.UseDossier, s.Sealed)
	if err != nil {
		return dossier.Dossier{}, err
	}
	defer clear(plain)
	d, err := dossier.Decode(s.Clear, plain)
	d.ID, d.Created, d.Updated = string(s.ID), s.Created, s.Updated
	return d, err
}

// words are what else a contact is found by.
func (c *Cabinet) words(d *dossier.Dossier, names map[store.ID]string, papers []string) []string {
	out := append([]string(nil), papers...)
	for _, l := range d.Simulations {
		if name := names[store.ID(l.ID)]; name != "" {
			out = append(out, name)
		}
	}
	if key := "segment." + d.Interest.Segment; c.p.Texts.Has(key) {
		out = append(out, c.p.Texts.Text(key))
	}
	return out
}

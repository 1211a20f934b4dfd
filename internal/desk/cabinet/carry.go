package cabinet

import (
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// KeysOf gives the keys of contacts, to be taken to another laptop; those that these
// keys do not open are left out. Who has them wipes them. It returns vault.ErrLocked,
// and *domain.Problem where there is no passphrase yet.
func (c *Cabinet) KeysOf(ids ...string) (out map[string][]byte, err error) {
	err = c.reading(func() error { out, err = c.p.Keys.Keys(ids...); return err })
	return out, err
}

// Take adds the keys of contacts that come from another laptop. It returns the
// errors of keyring.Take and those of KeysOf; nothing was taken then.
func (c *Cabinet) Take(keys map[string][]byte) error {
	return c.reading(func() error { return settled(c.p.Keys.Take(keys)) })
}

// Reload reads the contacts from the store again, after somebody else changed them
// there: those that were erased lose their key, new ones are found at once. While
// locked there is nothing to do: Unlock does the same.
func (c *Cabinet) Reload() error {
	c.door.Lock()
	defer c.door.Unlock()
	if !c.unlocked() {
		return nil
	}
	return c.open()
}

// Version reads a content of a contact that is not the one that stands: an earlier
// one, or one of another laptop. It returns vault.ErrLocked, and the errors of
// keyring.Open and dossier.Decode.
func (c *Cabinet) Version(id string, content store.DossierContent) (out dossier.Dossier, err error) {
	err = c.reading(func() error {
		out, err = c.read(&store.Dossier{ID: store.ID(id), DossierContent: content})
		return err
	})
	return out, err
}

// Sent reads a content of a contact with the key that came along with it. It returns
// the errors of vault.OpenWith and dossier.Decode.
func Sent(id string, key []byte, content store.DossierContent) (dossier.Dossier, error) {
	plain, err := vault.OpenWith(key, id, vault.UseDossier, content.Sealed)
	if err != nil {
		return dossier.Dossier{}, err
	}
	defer clear(plain)
	d, err := dossier.Decode(content.Clear, plain)
	d.ID = id
	return d, err
}

package keyring

import (
	"maps"
	"slices"

	"atlasp2i/internal/vault"
)

// Keys gives the keys of contacts, to be taken to another laptop. Contacts without
// a key and erased ones are left out. The bytes are a secret: who has them wipes
// them. It returns vault.ErrLocked.
func (k *Keyring) Keys(ids ...string) (map[string][]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ring == nil {
		return nil, vault.ErrLocked
	}
	return k.ring.Keys(ids...)
}

// Take adds the keys of contacts that come from another laptop, all of them or none.
// Those that are here already cost nothing; that of a contact who was erased here
// is left where it is. It returns vault.ErrOtherKey where a contact has another key
// here, vault.ErrNoKey for what is no key, and the errors of Destroy.
func (k *Keyring) Take(keys map[string][]byte) error {
	return k.change(func(r *vault.Ring) (bool, error) {
		any := false
		for _, id := range slices.Sorted(maps.Keys(keys)) {
			changed, err := r.Take(id, keys[id])
			if err != nil {
				return false, err
			}
			any = any || changed
		}
		return any, nil
	})
}

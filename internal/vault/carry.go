package vault

import "crypto/subtle"

// KeySize is the number of bytes of a contact's key.
const KeySize = keySize

// Keys gives copies of the keys of contacts, to be taken to another ring of the
// same people. Contacts without a key and erased ones are left out. The bytes are
// a secret: who has them wipes them. It returns ErrLocked.
func (r *Ring) Keys(ids ...string) (map[string][]byte, error) {
	if r.locked {
		return nil, ErrLocked
	}
	out := map[string][]byte{}
	for _, id := range ids {
		if k, ok := r.keys[id]; ok {
			out[id] = append([]byte(nil), k[:]...)
		}
	}
	return out, nil
}

// Take adds the key of a contact that comes from another ring and says whether that
// changed anything. The key that is here already and that of a contact that was
// erased here change nothing. It returns ErrLocked, ErrOtherKey where the contact
// has another key here, and ErrNoKey for what is no key or no id.
func (r *Ring) Take(id string, given []byte) (bool, error) {
	switch {
	case r.locked:
		return false, ErrLocked
	case id == "" || len(id) > maxID || len(given) != keySize:
		return false, ErrNoKey
	case r.destroyed[id]:
		return false, nil
	}
	if have, ok := r.keys[id]; ok {
		if subtle.ConstantTimeCompare(have[:], given) != 1 {
			return false, ErrOtherKey
		}
		return false, nil
	}
	r.keys[id] = key(given)
	r.head.generation++
	return true, nil
}

// OpenWith gives what was sealed with a contact's key that came along with it, before
// any ring takes that key. It returns ErrNoKey and ErrContent.
func OpenWith(given []byte, id string, use Use, sealed []byte) ([]byte, error) {
	if len(given) != keySize {
		return nil, ErrNoKey
	}
	k := key(given)
	defer clear(k[:])
	return open(k, sealed, bound(id, use))
}

// Package vault keeps what is known of a person unreadable without a passphrase,
// and unreadable for ever once it is erased.
//
// A passphrase opens a Ring: argon2id makes a key of it, which opens the master
// key, which opens the ring. The ring holds one random key a contact, and what is
// known of that contact is sealed with that key and bound to its id and use.
// Destroying the key erases the contact wherever its sealed bytes were copied to:
// snapshots, free pages, another laptop's backup. What must be guarded is only
// the ring, whose bytes internal/store/keyring keeps on the disk.
//
// Nothing here reads a file or a clock. No error holds a part of a passphrase or
// of a content. Keys that are no longer needed are wiped as far as Go allows: the
// runtime may have moved a copy.
package vault

import (
	"bytes"
	"crypto/sha256"
	"io"
	"slices"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

const (
	keySize   = chacha20poly1305.KeySize
	nonceSize = chacha20poly1305.NonceSizeX
	saltSize  = 16
	nameSize  = 16 // bytes of the ring's own random name
	maxID     = 64 // bytes of a contact's id
)

type key [keySize]byte

// Use says what sealed bytes are for, so that those of one use do not open as
// another.
type Use string

// What is sealed with a contact's key.
const (
	UseDossier Use = "dossier" // what is known of the person
	UsePaper   Use = "paper"   // the name on an issued paper
)

// Ring holds the keys of contacts. It is not safe for several goroutines at once.
type Ring struct {
	random    io.Reader
	head      header
	master    key
	keys      map[string]key
	destroyed map[string]bool // ids whose key must not come back
	locked    bool
}

// Params of Create.
type Params struct {
	Passphrase string
	Random     io.Reader // crypto/rand.Reader outside tests
	Cost       Cost      // zero: Standard
}

// Create makes an empty ring. It returns *domain.Problem where the passphrase is
// too weak, and the error of the random source.
func Create(p Params) (*Ring, error) {
	if p.Cost == (Cost{}) {
		p.Cost = Standard
	}
	r := &Ring{random: p.Random, keys: map[string]key{}, destroyed: map[string]bool{}}
	r.head.cost = p.Cost
	if err := r.fill(r.head.name[:]); err != nil {
		return nil, err
	}
	if err := r.rekey(p.Passphrase); err != nil {
		return nil, err
	}
	return r, nil
}

// Open opens the bytes that Marshal gave. It returns ErrPassphrase, ErrDamaged or
// ErrNewer, and takes as long as the ring's cost says. The random source is for
// what is sealed later.
func Open(data []byte, passphrase string, random io.Reader) (*Ring, error) {
	f, err := parse(data)
	if err != nil {
		return nil, err
	}
	r := &Ring{random: random, head: f.header, keys: map[string]key{}, destroyed: map[string]bool{}}
	lock := r.head.derive(passphrase)
	defer clear(lock[:])
	master, err := open(lock, f.wrapped, f.prefix())
	if err != nil || len(master) != keySize {
		return nil, ErrPassphrase
	}
	copy(r.master[:], master)
	clear(master)
	body, err := open(r.master, f.body, f.clear())
	if err != nil {
		return nil, ErrDamaged
	}
	defer clear(body)
	if err := r.decode(body); err != nil {
		return nil, err
	}
	return r, nil
}

// ChangePassphrase puts a new passphrase and a new master key in the place of
// those it had. The caller asks for the old one first, by Open. It returns
// *domain.Problem where the new one is too weak, and ErrLocked.
func (r *Ring) ChangePassphrase(passphrase string) error {
	if r.locked {
		return ErrLocked
	}
	return r.rekey(passphrase)
}

// rekey draws salt and master key and wraps the second for the passphrase.
func (r *Ring) rekey(passphrase string) error {
	if err := Check(passphrase); err != nil {
		return err
	}
	head := r.head
	var master key
	if err := r.fill(head.salt[:]); err != nil {
		return err
	}
	if err := r.fill(master[:]); err != nil {
		return err
	}
	lock := head.derive(passphrase)
	defer clear(lock[:])
	wrapped, err := r.close(lock, master[:], head.prefix())
	if err != nil {
		return err
	}
	head.wrapped = wrapped
	head.generation++
	r.head, r.master = head, master
	return nil
}

// Add draws a key for a contact. It returns ErrErased for one whose key was
// destroyed; one that has a key keeps it.
func (r *Ring) Add(id string) error {
	switch {
	case r.locked:
		return ErrLocked
	case r.destroyed[id]:
		return ErrErased
	case r.Has(id):
		return nil
	case id == "" || len(id) > maxID:
		return ErrNoKey
	}
	var k key
	if err := r.fill(k[:]); err != nil {
		return err
	}
	r.keys[id] = k
	r.head.generation++
	return nil
}

// Has says whether the contact has a key.
func (r *Ring) Has(id string) bool { _, ok := r.keys[id]; return ok }

// Erased says whether the contact's key was destroyed.
func (r *Ring) Erased(id string) bool { return r.destroyed[id] }

// Destroyed lists the ids whose keys were destroyed, in order.
func (r *Ring) Destroyed() []string { return sorted(r.destroyed) }

// Destroy destroys the key of a contact for ever, whether it has one yet or not.
// It says whether that changed anything.
func (r *Ring) Destroy(id string) (bool, error) {
	switch {
	case r.locked:
		return false, ErrLocked
	case id == "" || len(id) > maxID || r.destroyed[id]:
		return false, nil
	}
	r.keys[id] = key{}
	delete(r.keys, id)
	r.destroyed[id] = true
	r.head.generation++
	return true, nil
}

// Seal seals plain with the contact's key. It returns ErrLocked, ErrErased or
// ErrNoKey.
func (r *Ring) Seal(id string, use Use, plain []byte) ([]byte, error) {
	k, err := r.key(id)
	if err != nil {
		return nil, err
	}
	defer clear(k[:])
	return r.close(k, plain, bound(id, use))
}

// Open gives what Seal was given. It returns ErrLocked, ErrErased, ErrNoKey, or
// ErrContent where the bytes are not those of Seal for that id and use.
func (r *Ring) Open(id string, use Use, sealed []byte) ([]byte, error) {
	k, err := r.key(id)
	if err != nil {
		return nil, err
	}
	defer clear(k[:])
	return open(k, sealed, bound(id, use))
}

func (r *Ring) key(id string) (key, error) {
	k, ok := r.keys[id]
	switch {
	case r.locked:
		return key{}, ErrLocked
	case r.destroyed[id]:
		return key{}, ErrErased
	case !ok:
		return key{}, ErrNoKey
	}
	return k, nil
}

// bound is what sealed bytes are tied to beside their key.
func bound(id string, use Use) []byte { return []byte("atlas-p2i\x00" + string(use) + "\x00" + id) }

// Generation counts the changes of the ring: of two copies the higher one is the
// newer.
func (r *Ring) Generation() uint64 { return r.head.generation }

// Lock wipes the keys. Everything but Lock returns ErrLocked from then on.
func (r *Ring) Lock() {
	for id := range r.keys {
		r.keys[id] = key{}
	}
	clear(r.keys)
	clear(r.master[:])
	r.locked = true
}

// Clone gives a ring of its own with the same keys, to try a change on.
func (r *Ring) Clone() *Ring {
	c := *r
	c.keys, c.destroyed = map[string]key{}, map[string]bool{}
	for id, k := range r.keys {
		c.keys[id] = k
	}
	for id := range r.destroyed {
		c.destroyed[id] = true
	}
	return &c
}

// Marshal gives the bytes to keep. Ids are inside what is sealed, too.
func (r *Ring) Marshal() ([]byte, error) {
	if r.locked {
		return nil, ErrLocked
	}
	plain := r.encode()
	defer clear(plain)
	out := r.head.clear()
	body, err := r.close(r.master, plain, out)
	if err != nil {
		return nil, err
	}
	out = append(out, body...)
	sum := sha256.Sum256(out)
	return append(out, sum[:]...), nil
}

// close seals plain under a key, the nonce first.
func (r *Ring) close(k key, plain, with []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k[:])
	if err != nil {
		return nil, err
	}
	out := make([]byte, nonceSize, nonceSize+len(plain)+aead.Overhead())
	if err := r.fill(out); err != nil {
		return nil, err
	}
	return aead.Seal(out, out, plain, with), nil
}

func open(k key, sealed, with []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k[:])
	if err != nil {
		return nil, err
	}
	if len(sealed) < nonceSize {
		return nil, ErrContent
	}
	plain, err := aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], with)
	if err != nil {
		return nil, ErrContent
	}
	return plain, nil
}

func (r *Ring) fill(b []byte) error { _, err := io.ReadFull(r.random, b); return err }

func (h header) derive(passphrase string) key { return h.cost.derive(passphrase, h.salt[:]) }

// derive makes a key of a secret.
func (c Cost) derive(secret string, salt []byte) key {
	p := normal(secret)
	defer clear(p)
	out := argon2.IDKey(p, salt, c.Time, c.KiB, c.Threads, keySize)
	defer clear(out)
	return key(out)
}

// Same says whether two kept rings are copies of one, whatever their generation.
func Same(a, b Info) bool { return bytes.Equal(a.name[:], b.name[:]) }

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// The kept form, numbers big-endian:
//
//	magic 14, version 1
//	cost: time 4, KiB 4, threads 1
//	ring name 16, salt 16          (up to here bound to the wrapped master key)
//	generation 8
//	wrapped master key: nonce 24, sealed 48   (up to here bound to the body)
//	body: nonce 24, sealed rest
//	SHA-256 of all before 32
//
// The sum tells a damaged copy from a wrong passphrase; it proves nothing about
// who wrote it. What does is the seal of the body, which covers all before it.
const (
	magic   = "ATLAS-P2I-KEYS"
	version = 1

	prefixSize  = len(magic) + 1 + 9 + nameSize + saltSize
	wrappedSize = nonceSize + keySize + 16
	clearSize   = prefixSize + 8 + wrappedSize
)

// Cost is how much work argon2id does for a passphrase.
type Cost struct {
	Time    uint32 `json:"time"` // passes
	KiB     uint32 `json:"kib"`  // memory
	Threads uint8  `json:"threads"`
}

// Standard takes about 0.3 s on a laptop with two free cores, 0.7 s on one.
var Standard = Cost{Time: 8, KiB: 64 << 10, Threads: 2}

// sane refuses a cost that would keep the program busy for minutes.
func (c Cost) sane() bool {
	return c.Time >= 1 && c.Time <= 64 && c.KiB >= 8*uint32(c.Threads) && c.KiB <= 1<<20 && c.Threads >= 1 && c.Threads <= 16
}

type header struct {
	cost       Cost
	name       [nameSize]byte
	salt       [saltSize]byte
	generation uint64
	wrapped    []byte
}

func (h header) prefix() []byte {
	b := append(make([]byte, 0, clearSize), magic...)
	b = append(b, version)
	b = binary.BigEndian.AppendUint32(b, h.cost.Time)
	b = binary.BigEndian.AppendUint32(b, h.cost.KiB)
	b = append(b, h.cost.Threads)
	b = append(b, h.name[:]...)
	return append(b, h.salt[:]...)
}

// clear is all that stands before the body.
func (h header) clear() []byte {
	return append(binary.BigEndian.AppendUint64(h.prefix(), h.generation), h.wrapped...)
}

type kept struct {
	header
	body []byte
}

func parse(data []byte) (kept, error) {
	if len(data) > len(magic) && bytes.HasPrefix(data, []byte(magic)) && data[len(magic)] > version && intact(data) {
		return kept{}, ErrNewer
	}
	if len(data) < clearSize+nonceSize+sha256.Size || !intact(data) || !bytes.HasPrefix(data, []byte(magic)) || data[len(magic)] != version {
		return kept{}, ErrDamaged
	}
	var k kept
	b := data[len(magic)+1 : len(data)-sha256.Size]
	k.cost = Cost{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), b[8]}
	b = b[9:]
	b = b[copy(k.name[:], b):]
	b = b[copy(k.salt[:], b):]
	k.generation = binary.BigEndian.Uint64(b)
	b = b[8:]
	k.wrapped, k.body = bytes.Clone(b[:wrappedSize]), b[wrappedSize:]
	if !k.cost.sane() {
		return kept{}, ErrDamaged
	}
	return k, nil
}

func intact(data []byte) bool {
	if len(data) < sha256.Size {
		return false
	}
	at := len(data) - sha256.Size
	return sha256.Sum256(data[:at]) == [sha256.Size]byte(data[at:])
}

// Info is what can be said of a kept ring without its passphrase. Only Open
// proves it.
type Info struct {
	Generation uint64
	name       [nameSize]byte
}

// Inspect reads a kept ring without its passphrase. It returns ErrDamaged, or
// ErrNewer for one that a newer version of the program wrote.
func Inspect(data []byte) (Info, error) {
	k, err := parse(data)
	return Info{k.generation, k.name}, err
}

// encode is the body: the contacts with their keys, then the destroyed ids.
func (r *Ring) encode() []byte {
	size := 20 + (keySize+maxID+1)*len(r.keys) + (maxID+1)*len(r.destroyed)
	b := binary.AppendUvarint(make([]byte, 0, size), uint64(len(r.keys))) // never grows: no copy of keys is left behind
	for _, id := range sorted(r.keys) {
		k := r.keys[id]
		b = append(appendID(b, id), k[:]...)
	}
	b = binary.AppendUvarint(b, uint64(len(r.destroyed)))
	for _, id := range sorted(r.destroyed) {
		b = appendID(b, id)
	}
	return b
}

func appendID(b []byte, id string) []byte { return append(append(b, byte(len(id))), id...) }

func (r *Ring) decode(b []byte) error {
	n, b := count(b)
	for ; n > 0; n-- {
		id, rest, ok := takeID(b)
		if !ok || len(rest) < keySize {
			return ErrDamaged
		}
		r.keys[id], b = key(rest[:keySize]), rest[keySize:]
	}
	n, b = count(b)
	for ; n > 0; n-- {
		id, rest, ok := takeID(b)
		if !ok {
			return ErrDamaged
		}
		r.destroyed[id], b = true, rest
	}
	if len(b) != 0 {
		return ErrDamaged
	}
	return nil
}

// count takes a number off b; where there is none, the rest does not end as it
// should, which decode finds.
func count(b []byte) (uint64, []byte) {
	n, used := binary.Uvarint(b)
	if used <= 0 {
		return 1, nil
	}
	return n, b[used:]
}

func takeID(b []byte) (id string, rest []byte, ok bool) {
	if len(b) == 0 || int(b[0]) > len(b)-1 || b[0] == 0 || b[0] > maxID {
		return "", nil, false
	}
	end := 1 + int(b[0])
	return string(b[1:end]), b[end:], true
}

package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"atlasp2i/internal/domain"
)

// keyMark begins the file of a device's key.
const keyMark = "atlas-p2i-device-key-1"

// keyChecksumSize is how many bytes of the SHA-256 of the seed stand beside it:
// enough to tell a damaged file, not a secret.
const keyChecksumSize = 8

// crockford is base 32 without the letters that are mistaken for digits.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Device is the signing key of one laptop. It is never copied to another, so
// that a signature says which device issued a paper.
type Device struct{ private ed25519.PrivateKey }

// NewDevice draws a key; random is crypto/rand.Reader outside of tests.
func NewDevice(random io.Reader) (*Device, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("device key: %w", err)
	}
	return &Device{ed25519.NewKeyFromSeed(seed)}, nil
}

// ParseDevice reads what Marshal wrote; anything else is refused with a
// *domain.Problem, which does not repeat the content: it may hold the key.
func ParseDevice(data []byte) (*Device, error) {
	damaged := domain.Refuse("device", "", "seal.key.damaged")
	fields := strings.Fields(string(data))
	if len(fields) != 3 {
		return nil, damaged
	}
	seed, err := hex.DecodeString(fields[1])
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, damaged
	}
	d := &Device{ed25519.NewKeyFromSeed(seed)}
	if !bytes.Equal(d.Marshal(), data) {
		return nil, damaged
	}
	return d, nil
}

// Marshal is the content of the key's file: one line of mark, seed and checksum.
// It is a secret.
func (d *Device) Marshal() []byte {
	seed := d.private.Seed()
	sum := sha256.Sum256(seed)
	return fmt.Appendf(nil, "%s %x %x\n", keyMark, seed, sum[:keyChecksumSize])
}

// String names the device without its key, so that no log holds it.
func (d *Device) String() string { return "device " + d.Public().Prefix() }

// GoString is String: %#v would print the key.
func (d *Device) GoString() string { return d.String() }

// Public is the half of the key that others may know.
func (d *Device) Public() PublicKey {
	return PublicKey(d.private[ed25519.SeedSize:])
}

// sign signs a message of one sort. The sort keeps a signature of one from being
// shown as a signature of another.
func (d *Device) sign(sort string, message []byte) Signature {
	return Signature(ed25519.Sign(d.private, append([]byte(sort), message...)))
}

// PublicKey checks the signatures of one device.
type PublicKey [ed25519.PublicKeySize]byte

// Signature is an Ed25519 signature.
type Signature [ed25519.SignatureSize]byte

// MarshalText writes the signature in the letters and digits of a check code.
func (s Signature) MarshalText() ([]byte, error) { return []byte(crockford.EncodeToString(s[:])), nil }

// UnmarshalText reads the form that MarshalText writes and no other.
func (s *Signature) UnmarshalText(b []byte) error {
	raw, err := crockford.DecodeString(string(b))
	if err != nil || len(raw) != len(s) || crockford.EncodeToString(raw) != string(b) {
		return domain.Refuse("signature", string(b), "seal.key.signature")
	}
	*s = Signature(raw)
	return nil
}

// ParsePublicKey reads the 52 letters and digits that String writes.
func ParsePublicKey(s string) (PublicKey, error) {
	raw, err := crockford.DecodeString(s)
	if err != nil || len(raw) != len(PublicKey{}) || crockford.EncodeToString(raw) != s {
		return PublicKey{}, domain.Refuse("publicKey", s, "seal.key.public")
	}
	return PublicKey(raw), nil
}

// String writes the key in letters and digits that are not mistaken for each other.
func (k PublicKey) String() string { return crockford.EncodeToString(k[:]) }

// MarshalText writes the same form as String.
func (k PublicKey) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the form that ParsePublicKey accepts.
func (k *PublicKey) UnmarshalText(b []byte) (err error) {
	*k, err = ParsePublicKey(string(b))
	return err
}

// Prefix begins the numbers of the device's papers: the first twenty bits of the
// key's SHA-256. Two devices share it once in a million pairs; see Clash.
func (k PublicKey) Prefix() string {
	sum := sha256.Sum256(k[:])
	return crockford.EncodeToString(sum[:])[:prefixSize]
}

// Clash says which other known device has the same prefix, so that a number of
// one can be a number of the other; nil where every number is one paper's.
func Clash(own PublicKey, known []Known) *domain.Msg {
	for _, other := range known {
		if other.Key != own && other.Key.Prefix() == own.Prefix() {
			m := domain.M("seal.number.clash", "prefix", own.Prefix(), "device", other.Name)
			return &m
		}
	}
	return nil
}

func (k PublicKey) verify(sort string, message []byte, s Signature) bool {
	return ed25519.Verify(k[:], append([]byte(sort), message...), s[:])
}

package pack

import (
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"

	"atlasp2i/internal/domain"
)

// Key is a public key whose packs are taken.
type Key struct {
	Name   string // what its file says of it, "" if nothing
	public minisign.PublicKey
}

// ID is what a key is told by: 16 hexadecimal digits.
func (k Key) ID() string { return keyID(k.public.ID()) }

func keyID(id uint64) string { return fmt.Sprintf("%016X", id) }

const nameMark = "untrusted comment:"

// ParseKeys reads public keys as minisign writes them, one behind the other: a
// line of comment, which is taken for the name, and the key. Empty lines and
// those that begin with # do not count. The error is a *domain.Problem that
// names the line.
func ParseKeys(file string, data []byte) ([]Key, error) {
	var keys []Key
	var name string
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		said, isName := strings.CutPrefix(line, nameMark)
		switch {
		case line == "" || line[0] == '#':
		case isName:
			name = strings.TrimSpace(said)
		default:
			k := Key{Name: name}
			if k.public.UnmarshalText([]byte(line)) != nil {
				return nil, domain.Refuse(fmt.Sprintf("%s:%d", file, n), line, "packs.keys.public")
			}
			keys, name = append(keys, k), ""
		}
	}
	return keys, nil
}

// NewKey draws a pair of keys, as minisign writes them. The private one has no
// passphrase: what keeps it is where its file lies.
func NewKey(random io.Reader) (private, public []byte, id string, err error) {
	pub, priv, err := minisign.GenerateKey(random)
	if err != nil {
		return nil, nil, "", err
	}
	if private, err = priv.MarshalText(); err != nil {
		return nil, nil, "", err
	}
	public, err = pub.MarshalText()
	return append(private, '\n'), append(public, '\n'), keyID(pub.ID()), err
}

// ParsePrivate reads a private key of ours or of the program minisign; one with a
// passphrase needs it. The error is a *domain.Problem.
func ParsePrivate(file string, data []byte, passphrase string) (minisign.PrivateKey, error) {
	if minisign.IsEncrypted(data) {
		if passphrase == "" {
			return minisign.PrivateKey{}, domain.Refuse("--key", file, "packs.keys.locked")
		}
		key, err := minisign.DecryptKey(passphrase, data)
		if err != nil {
			return minisign.PrivateKey{}, domain.Refuse("--key", file, "packs.keys.passphrase")
		}
		return key, nil
	}
	var key minisign.PrivateKey
	if key.UnmarshalText(data) != nil {
		return minisign.PrivateKey{}, domain.Refuse("--key", file, "packs.keys.private")
	}
	return key, nil
}

// PublicOf is the public key of a private one, for proving what was just signed.
func PublicOf(key minisign.PrivateKey) Key {
	public, _ := key.Public().(minisign.PublicKey)
	return Key{public: public}
}

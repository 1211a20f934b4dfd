package bundle

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"atlasp2i/internal/domain"
)

// How much work scrypt does for a passphrase, as powers of two: 17 takes 128 MiB
// and about half a second, as long as the passphrase of contacts does.
const (
	StandardWork = 17
	maxWork      = 19 // more in a file from outside would keep the program busy
)

// The first line of every file of age; what follows the mark is its version.
const (
	ageMark    = "age-encryption.org/v"
	ageVersion = ageMark + "1\n"
)

// What age adds to a file: so much room is made at once, more is only slower.
const (
	chunk     = 64 << 10
	chunkTag  = 16
	maxHeader = 1 << 10
)

// refuse is the refusal of a file, or of the passphrase that was typed for it.
func refuse(field, key string, pairs ...any) error { return domain.Refuse(field, "", key, pairs...) }

// typed is the one form of a passphrase, as for that of contacts: a letter with its
// accent may be typed as one sign or as two.
func typed(passphrase string) string { return norm.NFC.String(passphrase) }

func encrypt(plain []byte, passphrase string, work int) ([]byte, error) {
	to, err := age.NewScryptRecipient(typed(passphrase))
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(work)
	out := bytes.NewBuffer(make([]byte, 0, len(plain)+len(plain)/chunk*chunkTag+maxHeader))
	w, err := age.Encrypt(out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// Recognize says whether data can be a file of ours, before anybody types a
// passphrase for it. The error is a *domain.Problem.
func Recognize(data []byte) error {
	switch begins := string(data[:min(len(data), len(ageVersion))]); {
	case len(data) > MaxBytes:
		return tooLarge()
	case begins == ageVersion:
		return nil
	case strings.HasPrefix(begins, ageMark) && len(data) > len(ageVersion):
		return refuse("", "bundle.newer")
	}
	return refuse("", "bundle.notBundle")
}

// decrypt gives what encrypt was given. The error is a *domain.Problem.
func decrypt(data []byte, passphrase string) ([]byte, error) {
	if err := Recognize(data); err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(data), unlocking(typed(passphrase)))
	var plain []byte
	if err == nil {
		out := bytes.NewBuffer(make([]byte, 0, len(data)+bytes.MinRead)) // it is no longer
		_, err = out.ReadFrom(r)
		plain = out.Bytes()
	}
	var said *domain.Problem
	switch {
	case errors.As(err, &said):
		return nil, said
	case err != nil:
		return nil, refuse("", "bundle.damaged")
	}
	return plain, nil
}

// unlocking opens the header of a file with a passphrase. It tells the refusals
// apart, which age does not.
type unlocking string

// Unwrap is age's question for the key of a file. The error is a *domain.Problem.
func (p unlocking) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if len(stanzas) != 1 || stanzas[0].Type != "scrypt" {
		return nil, refuse("", "bundle.notBundle") // for somebody's key, not for a passphrase
	}
	if args := stanzas[0].Args; len(args) == 2 {
		if work, err := strconv.Atoi(args[1]); err == nil && work > maxWork {
			return nil, refuse("", "bundle.costly")
		}
	}
	id, err := age.NewScryptIdentity(string(p))
	if err != nil {
		return nil, refuse("passphrase", "bundle.wrongPassphrase")
	}
	id.SetMaxWorkFactor(maxWork)
	key, err := id.Unwrap(stanzas)
	switch {
	case errors.Is(err, age.ErrIncorrectIdentity):
		return nil, refuse("passphrase", "bundle.wrongPassphrase")
	case err != nil:
		return nil, refuse("", "bundle.damaged")
	}
	return key, nil
}

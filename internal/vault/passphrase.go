package vault

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"atlasp2i/internal/domain"
)

// MinPassphrase is the fewest letters of a passphrase. With argon2id at the
// standard cost a guess takes a third of a second on this kind of machine, so
// length counts, not a zoo of signs; people find four plain words easier to keep.
const MinPassphrase = 12

const (
	minDistinct   = 5 // different letters: "aaaaaaaaaaaa" is long and worth nothing
	maxPassphrase = 1024
)

// Check refuses a passphrase that is too short, too repetitive, or that could not
// be typed again: *domain.Problem, which never repeats it.
func Check(passphrase string) error {
	if !utf8.ValidString(passphrase) || len(passphrase) > maxPassphrase {
		return domain.Refuse("passphrase", "", "vault.passphrase.text", "max", maxPassphrase)
	}
	letters := map[rune]bool{}
	n := 0
	for _, c := range norm.NFC.String(passphrase) {
		if unicode.IsControl(c) {
			return domain.Refuse("passphrase", "", "vault.passphrase.text", "max", maxPassphrase)
		}
		letters[c] = true
		n++
	}
	switch {
	case n < MinPassphrase:
		return domain.Refuse("passphrase", "", "vault.passphrase.short", "min", MinPassphrase)
	case len(letters) < minDistinct:
		return domain.Refuse("passphrase", "", "vault.passphrase.plain", "min", minDistinct)
	}
	return nil
}

// normal is the one form of a passphrase: a letter with its accent may be typed as
// one sign or as two, by the keyboard.
func normal(passphrase string) []byte { return norm.NFC.Bytes([]byte(passphrase)) }

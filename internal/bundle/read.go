package bundle

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/vault"
)

const (
	maxName  = 200 // letters of the name of a laptop
	maxLabel = 100 // bytes of an id or a version
)

// Read opens a file that Write made. It takes as long as scrypt does. The error is a
// *domain.Problem: of another passphrase, of a file that is none of ours, damaged,
// of a newer format, changed after it was signed, or too large. Whose the signature
// is, the caller asks of Manifest.Key.
func Read(data []byte, passphrase string) (*Bundle, error) {
	plain, err := decrypt(data, passphrase)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	return parse(plain)
}

// parse reads the document. The error is a *domain.Problem.
func parse(plain []byte) (*Bundle, error) {
	var asked struct {
		Bundle struct {
			Manifest struct {
				Format int `json:"format"`
			} `json:"manifest"`
		} `json:"bundle"`
	}
	switch err := json.Unmarshal(plain, &asked); {
	case err != nil || asked.Bundle.Manifest.Format < 1:
		return nil, refuse("", "bundle.notBundle") // whatever somebody encrypted
	case asked.Bundle.Manifest.Format > format:
		return nil, refuse("", "bundle.newer")
	}
	var b Bundle
	content, signed, ok := cut(plain)
	if !ok || json.Unmarshal(content, &b) != nil {
		return nil, refuse("", "bundle.form")
	}
	// There is one way to write a bundle: an unknown key, one that stands twice and
	// whatever stands behind do not come out again.
	if !same(&b, content) || !b.sound() {
		return nil, refuse("", "bundle.form")
	}
	if !b.Manifest.Key.SignedBundle(content, signed) {
		return nil, refuse("", "bundle.signature")
	}
	return &b, nil
}

// sound is whether the manifest can be shown and says what is there, and the keys
// are those of contacts that are there.
func (b *Bundle) sound() bool {
	m := &b.Manifest
	living := map[string]bool{}
	for i := range b.Share.Dossiers {
		if b.Share.Dossiers[i].Erased == nil {
			living[string(b.Share.Dossiers[i].ID)] = true
		}
	}
	for id, key := range b.Keys {
		if !living[id] || len(key) != vault.KeySize {
			return false
		}
	}
	return m.Counts == Count(b.Share) && (m.Contacts || len(living) == 0) && b.Keys != nil &&
		m.Made.Location() == time.UTC && m.Made.Nanosecond() == 0 &&
		line(m.Name) && utf8.RuneCountInString(m.Name) <= maxName &&
		line(m.Device) && len(m.Device) <= maxLabel && line(m.Program) && len(m.Program) <= maxLabel
}

// line is whether a text is one line that says something.
func line(s string) bool {
	return strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, unicode.IsControl)
}

// Package bundle is the file in which one laptop hands what it keeps to another:
// simulations, the user's own values, papers, packs and, where that is wanted,
// contacts with their keys.
//
// The file is one of age (age-encryption.org/v1), encrypted as a whole with a
// passphrase, so that it can be opened without us. Inside is one JSON document,
// signed by the laptop that made it. There is one way to write each document, and a
// reader takes no other: not a key more or less, nothing behind. What the share in
// it may hold, the store says that merges it.
//
// Nothing here reads a file or a clock.
package bundle

import (
	"bytes"
	"errors"
	"strings"
	"time"
	"unicode"

	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

const (
	// Extension of the file.
	Extension = ".atlasbundle"

	// MaxBytes bounds the file and what is in it: twenty thousand simulations of two
	// versions each. To merge takes memory of several times that.
	MaxBytes = 64 << 20
)

// format of the document. One of a newer format is refused: what it holds beyond
// this one would be lost.
const format = 1

// Bundle is what one laptop hands to another.
type Bundle struct {
	Manifest Manifest          `json:"manifest"`
	Share    store.Share       `json:"share"`
	Keys     map[string][]byte `json:"keys"` // of contacts in the share, by id; a secret
}

// Manifest says who made a bundle, when, and what is in it.
type Manifest struct {
	Format   int            `json:"format"`  // filled in by Write
	Made     time.Time      `json:"made"`    // UTC, in whole seconds
	Device   string         `json:"device"`  // id of the laptop, as on its records
	Name     string         `json:"name"`    // of the laptop, as a person calls it
	Key      seal.PublicKey `json:"key"`     // of the laptop's signatures; filled in by Write
	Program  string         `json:"program"` // version of the program that made it
	Contacts bool           `json:"contacts"`
	Counts   Counts         `json:"counts"` // filled in by Write
}

// Counts says how many of each kind a share holds.
type Counts struct {
	Simulations int `json:"simulations"`
	Dossiers    int `json:"dossiers"` // without those that were erased
	Erased      int `json:"erased"`
	Values      int `json:"values"`
	Papers      int `json:"papers"`
	Packs       int `json:"packs"`
}

// Count counts what a share holds.
func Count(s store.Share) Counts {
	out := Counts{Simulations: len(s.Simulations), Values: len(s.Values), Papers: len(s.Papers), Packs: len(s.Packs)}
	for i := range s.Dossiers {
		if s.Dossiers[i].Erased != nil {
			out.Erased++
			continue
		}
		out.Dossiers++
	}
	return out
}

// Params of Write.
type Params struct {
	Bundle     Bundle
	Device     *seal.Device // that signs
	Passphrase string
	Work       int // of scrypt, as a power of two; 0: StandardWork
}

// Write makes the file. The same bundle gives the same document; the encryption
// around it is another each time. It returns *domain.Problem where the passphrase is
// too weak (see vault.Check) and where there is too much for one file.
func Write(p Params) ([]byte, error) {
	if err := vault.Check(p.Passphrase); err != nil {
		return nil, err
	}
	if p.Work == 0 {
		p.Work = StandardWork
	}
	plain, err := document(p.Bundle, p.Device)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	data, err := encrypt(plain, p.Passphrase, p.Work)
	if len(data) > MaxBytes {
		return nil, tooLarge()
	}
	return data, err
}

// Label makes the name of a laptop of what somebody typed: one line, as long as a
// file takes it. What says nothing gives "".
func Label(typed string) string {
	typed = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(typed, ""))
	letters := []rune(strings.Join(strings.Fields(typed), " "))
	return strings.TrimSpace(string(letters[:min(len(letters), maxName)]))
}

func tooLarge() error { return refuse("", "bundle.large", "most", MaxBytes>>20) }

// document writes a bundle and signs it. It is written twice, the first time to know
// how long it is: a buffer that grew with it would be in memory three times.
func document(b Bundle, d *seal.Device) ([]byte, error) {
	b.Manifest.Format, b.Manifest.Key, b.Manifest.Counts = format, d.Public(), Count(b.Share)
	if b.Keys == nil {
		b.Keys = map[string][]byte{} // one form for "none"
	}
	if !b.sound() {
		return nil, errors.New("nobody could read this bundle")
	}
	tail, err := ending(seal.Signature{})
	if err != nil {
		return nil, err
	}
	size := length(len(beforeBundle) + len(tail))
	if err := put(&size, &b); err != nil {
		return nil, err
	}
	if size > MaxBytes {
		return nil, tooLarge()
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	out.WriteString(beforeBundle)
	if err := put(out, &b); err != nil {
		return nil, err
	}
	if tail, err = ending(d.SignBundle(out.Bytes()[len(beforeBundle):])); err != nil {
		return nil, err
	}
	out.Write(tail)
	return out.Bytes(), nil
}

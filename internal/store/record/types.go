// Package record says what the store keeps and what laptops share, as types and as
// bytes, without a file. Check reads what comes from another laptop.
package record

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// ID names a simulation: 128 random bits as 32 lower-case hexadecimal digits.
// Random, so that the files of several laptops can be united later.
type ID string

// NewID draws a fresh id.
func NewID() ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: the runtime stops the program instead
	return ID(hex.EncodeToString(b[:]))
}

// ParseID reads 32 lower-case hexadecimal digits.
func ParseID(s string) (ID, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 16 || hex.EncodeToString(b) != s {
		return "", fmt.Errorf("%q is not an id of 32 hexadecimal digits", s)
	}
	return ID(s), nil
}

// Key is the id as the store's files have it.
func (id ID) Key() ([]byte, error) {
	_, err := ParseID(string(id))
	if err != nil {
		return nil, err
	}
	return hex.DecodeString(string(id))
}

// Summary is what a list shows of a simulation without computing anything.
// Amounts are MAD with two decimals and a point, as the engine prints them.
type Summary struct {
	Site    string `json:"site"`
	Segment string `json:"segment"`
	Months  int    `json:"months"`
	Total   string `json:"total"`
	Low     string `json:"low"`
	High    string `json:"high"`
	Heads   string `json:"heads"` // people with six decimals
}

// EventKind says what an Event records.
type EventKind string

// What can happen to a simulation beside a new revision.
const (
	EventCreated    EventKind = "created"
	EventRenamed    EventKind = "renamed"
	EventDeleted    EventKind = "deleted"
	EventUndeleted  EventKind = "undeleted"
	EventDuplicated EventKind = "duplicated" // this simulation was made from From
)

// Event is one line of a simulation's journal: who changed what outside its
// figures. Old and New are names; From is the simulation it was copied from.
type Event struct {
	Kind   EventKind `json:"kind"`
	At     time.Time `json:"at"`
	Device string    `json:"device"`
	Old    string    `json:"old,omitempty"`
	New    string    `json:"new,omitempty"`
	From   ID        `json:"from,omitempty"`
}

// DossierEvent is one line of a dossier's journal. Kind and Ref are the caller's
// words and must not say anything about a person.
type DossierEvent struct {
	Kind   string    `json:"kind"`
	Ref    string    `json:"ref,omitempty"` // what it was done with: id of a simulation, number of a paper, a grade
	At     time.Time `json:"at"`            // UTC; filled in here
	Device string    `json:"device"`        // filled in here
}

// PaperHead is what a list shows of a paper.
type PaperHead struct {
	Number     string    `json:"number"` // as printed: capital letters, digits and hyphens
	At         time.Time `json:"at"`     // UTC, filled in here
	Device     string    `json:"device"` // filled in here
	Dossier    ID        `json:"dossier,omitempty"`
	Simulation ID        `json:"simulation,omitempty"`
	Revision   int       `json:"revision,omitempty"` // of the simulation
	PackSHA256 string    `json:"pack"`
}

// Pack is a rule pack that was active once, kept for the simulations computed
// with it.
type Pack struct {
	Number  int       `json:"number"`
	SHA256  string    `json:"sha256"`  // hash of the pack, 64 hexadecimal digits
	SavedAt time.Time `json:"-"`       // UTC, in this store: not shared
	Archive []byte    `json:"archive"` // its files, in whatever archive the caller gave
}

// Value is one version of what the user put in place of a published value of a
// site or region, or where none is published. It never changes once it is written.
type Value struct {
	Place   string    `json:"place"`             // id of the site or region, at most 100 bytes
	Field   string    `json:"field"`             // id of the field, at most 100 bytes
	Text    string    `json:"text,omitempty"`    // canonical decimal, yes or no, a sentence, or names on a line each
	AsOf    string    `json:"asOf,omitempty"`    // the date it is of, as the user gave it
	Note    string    `json:"note,omitempty"`    // where the user has it from
	At      time.Time `json:"at"`                // UTC, when it was put
	Device  string    `json:"device"`            // id of the device that it was put on
	Dropped bool      `json:"dropped,omitempty"` // the published value holds again; Text, AsOf and Note are empty
}

// Names says whether the event gives a simulation its name: so do all that are shared.
func (e Event) Names() bool {
	return e.Kind == EventCreated || e.Kind == EventDuplicated || e.Kind == EventRenamed
}

// Compare orders events by time, and then so that any store has the same order.
func (e Event) Compare(o Event) int {
	return cmp.Or(e.At.Compare(o.At), strings.Compare(e.Device, o.Device), strings.Compare(e.New, o.New),
		strings.Compare(string(e.Kind), string(o.Kind)), strings.Compare(e.Old, o.Old), strings.Compare(string(e.From), string(o.From)))
}

// Compare orders lines by time, and then so that any store has the same order.
func (e DossierEvent) Compare(o DossierEvent) int {
	return cmp.Or(e.At.Compare(o.At), strings.Compare(e.Device, o.Device), strings.Compare(e.Kind, o.Kind), strings.Compare(e.Ref, o.Ref))
}

package store

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// Simulation is what a saved estimate is called and when it moved; its figures
// are in its revisions. Times are UTC.
type Simulation struct {
	ID      ID
	Name    string
	Created time.Time
	Updated time.Time
	Device  string     // id of the device of the last change
	Deleted *time.Time // nil while it is in the list; a deletion can be undone
	Head    int        // number of its newest revision, from 1
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

// Content is what one save keeps.
type Content struct {
	Project    json.RawMessage   // canonical project JSON
	Marks      map[string]string // JSON path -> preset id, for values taken from a preset
	PackNumber int               // rule pack it was computed with
	PackSHA256 string
	Summary    Summary
}

// Revision is one save of a simulation. It never changes once it is written.
type Revision struct {
	Number int       // 1, 2, 3, …
	At     time.Time // UTC
	Device string
	Content
}

// Entry is a line of the list of simulations.
type Entry struct {
	Simulation
	PackNumber int
	Summary    Summary
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

// Names of the settings that the app keeps. A setting is any JSON value.
const (
	SettingTheme     = "theme"
	SettingLanguage  = "language"
	SettingLastPlace = "lastPlace"
	SettingWindow    = "window"
	SettingDraft     = "draft" // the form as it was typed, until it is saved or put aside

	SettingOffice = "office" // who issues papers here, and where
	SettingTries  = "tries"  // wrong passphrases since the last right one
	SettingRates  = "rates"  // rates of currencies that the user gave

	SettingPack = "pack" // SHA-256 of the rule pack that was made active, "" for the built-in one

	SettingCurrency = "currency" // shown beside the dirham, "" for none

	SettingComparison = "comparison" // the comparison as it stands
	SettingWeightings = "weightings" // weights that the user named
	SettingScenarios  = "scenarios"  // how far the user moves a simulation to ask what if
)

// WindowSize is the value of SettingWindow, in device-independent pixels.
type WindowSize struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
}

// SnapshotInfo names a snapshot file.
type SnapshotInfo struct {
	Path string
	At   time.Time // UTC, when it was taken
}

// Recovery says that the store's own file was damaged or gone and what was
// opened instead. A damaged file stays where it is, untouched.
type Recovery struct {
	Damaged  *DamagedError // the file that was left alone, and why; Missing where it is gone
	Path     string        // the new store file that is open now
	Snapshot *SnapshotInfo // what it was copied from; nil if not from a snapshot
	Salvaged bool          // copied from the damaged file itself: at most its last save is missing
	Empty    bool          // no good snapshot existed: the new store is empty
}

// Share is all of a store that laptops share, in one order: two stores that know
// the same give the same Share. It is JSON.
type Share struct {
	Simulations []SharedSimulation `json:"simulations,omitempty"`
	Dossiers    []SharedDossier    `json:"dossiers,omitempty"`
	Values      []SharedValue      `json:"values,omitempty"`
	Papers      []SharedPaper      `json:"papers,omitempty"`
	Packs       []Pack             `json:"packs,omitempty"`
}

// ShareOptions say what is left out of a Share.
type ShareOptions struct {
	WithoutDossiers bool // no dossier and no sealed name; that a person was erased is told all the same

	bin bool // the simulations in the bin too
}

// SharedVersion is what a version of anything has. Parents are the identities of the
// versions that it took the place of, sorted.
type SharedVersion struct {
	Identity string    `json:"identity"`
	At       time.Time `json:"at"`
	Device   string    `json:"device"`
	Parents  []string  `json:"parents"`
}

// SharedSimulation is a simulation that is not in the bin. Its name is that of the
// newest of its events; Events tell nothing of the bin.
type SharedSimulation struct {
	ID        ID               `json:"id"`
	Revisions []SharedRevision `json:"revisions"` // parents first
	Events    []Event          `json:"events"`
}

// SharedRevision is a revision of a simulation, with the parts of Content.
type SharedRevision struct {
	SharedVersion
	Project    []byte            `json:"project"` // JSON, byte for byte
	Marks      map[string]string `json:"marks,omitempty"`
	PackNumber int               `json:"pack"`
	PackSHA256 string            `json:"packSHA256"`
	Summary    Summary           `json:"summary"`
}

// SharedDossier is a dossier, or that its person was erased: then nothing else.
type SharedDossier struct {
	ID        ID                      `json:"id"`
	Erased    *Erasure                `json:"erased,omitempty"`
	Revisions []SharedDossierRevision `json:"revisions,omitempty"`
	Events    []DossierEvent          `json:"events,omitempty"`
}

// Erasure says when a person was erased first, and on which device.
type Erasure struct {
	At     time.Time `json:"at"`
	Device string    `json:"device"`
}

// SharedDossierRevision is a revision of a dossier, with the parts of DossierContent.
type SharedDossierRevision struct {
	SharedVersion
	Clear  []byte `json:"clear"` // JSON, byte for byte
	Sealed []byte `json:"sealed"`
}

// SharedValue is a value of the user, dropped or not.
type SharedValue struct {
	Place    string               `json:"place"`
	Field    string               `json:"field"`
	Versions []SharedValueVersion `json:"versions"` // parents first
}

// SharedValueVersion is a version of a value, with the parts of Value.
type SharedValueVersion struct {
	SharedVersion
	Text    string `json:"text,omitempty"`
	AsOf    string `json:"asOf,omitempty"`
	Note    string `json:"note,omitempty"`
	Dropped bool   `json:"dropped,omitempty"`
}

// SharedPaper is an issued paper. The number of its simulation's revision is that of
// one store only, so Revision is 0 and RevisionIdentity names it; empty: not known.
type SharedPaper struct {
	PaperHead
	RevisionIdentity string `json:"revisionIdentity,omitempty"`
	Payload          []byte `json:"payload"`
	Signature        []byte `json:"signature"`
	Sealed           []byte `json:"sealed,omitempty"`
}

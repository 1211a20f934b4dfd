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

// PackHead is a kept pack without its archive.
type PackHead struct {
	Number  int
	SHA256  string
	SavedAt time.Time
}

// Pack is a rule pack that was active once, kept for the simulations computed
// with it.
type Pack struct {
	Number  int
	SHA256  string    // hash of the pack, 64 hexadecimal digits
	SavedAt time.Time // UTC
	Archive []byte    // its files, in whatever archive the caller gave
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
	SettingScale     = "scale" // how large everything is shown
	SettingLanguage  = "language"
	SettingLastPlace = "lastPlace"
	SettingWindow    = "window"
	SettingWelcomed  = "welcomed" // the first start was gone through, or skipped
	SettingDraft     = "draft"    // the form as it was typed, until it is saved or put aside

	SettingOffice = "office" // who issues papers here, and where
	SettingTries  = "tries"  // wrong passphrases since the last right one
	SettingRates  = "rates"  // rates of currencies that the user gave

	SettingKiosk      = "kiosk"      // whether visitors use the window alone, and the officer's code
	SettingKioskTries = "kioskTries" // wrong codes since the last right one

	SettingPack     = "pack"     // SHA-256 of the rule pack that was made active, "" for the built-in one
	SettingPackKeys = "packKeys" // who signed the imported rule packs, by SHA-256

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

// Package dossier is what an agency knows of a contact: who it is, what they
// agreed to, what comes next, and what was computed for them. It holds the rules
// and forms of a dossier, its search, and the writers of contact lists; it reads
// no file and no clock, and knows no key.
//
// A dossier is kept in two parts. Clear is what says nothing about a person: fair,
// grade, state, the officer's next date, and which simulations are attached. All
// else is sealed: name, company (that of a one-person firm is a name too), role,
// e-mail, phone, what they are interested in, language, consent, notes, the words
// of the next step, attached comparisons. So a locked program can still count what
// is due, and tells nothing about anybody. The store adds id, times and device; the
// papers of a dossier are those that the store has for it.
package dossier

import (
	"encoding/json"
	"time"

	"atlasp2i/internal/domain"
)

// Dossier is one contact with all that is kept of it.
type Dossier struct {
	ID      string    // of the store
	Created time.Time // UTC, of the store
	Updated time.Time // UTC, of the store

	Clear
	Private
}

// Clear is the part that is kept as it is. An empty text is "not said".
type Clear struct {
	Fair        string `json:"fair,omitempty"`  // where they were met
	Grade       string `json:"grade,omitempty"` // one of Choices.Grades
	State       State  `json:"state,omitempty"`
	Next        Next   `json:"next,omitzero"`
	Simulations []Link `json:"simulations,omitempty"`
}

// Private is the part that is sealed.
type Private struct {
	Contact     Contact      `json:"contact"`
	Interest    Interest     `json:"interest,omitzero"`
	Language    string       `json:"language,omitempty"` // that the contact reads: "fr"
	Consent     *Consent     `json:"consent,omitempty"`  // nil: never asked
	Notes       string       `json:"notes,omitempty"`
	Step        string       `json:"step,omitempty"` // what the next step is
	Comparisons []Comparison `json:"comparisons,omitempty"`
}

// Contact is the five fields of a form that is filled standing.
type Contact struct {
	Name    string `json:"name,omitempty"`
	Company string `json:"company,omitempty"`
	Role    string `json:"role,omitempty"`
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// Interest is the three chips beside the fields: ids of the pack's segments and of
// Choices.
type Interest struct {
	Segment string `json:"segment,omitempty"`
	Size    string `json:"size,omitempty"`
	Horizon string `json:"horizon,omitempty"`
}

// Consent is what the contact was asked and said. Its text is kept by id, version
// and hash, so that it can be shown which words they were.
type Consent struct {
	Given     bool       `json:"given"` // false: they said no
	Wording   string     `json:"wording"`
	Version   string     `json:"version"`
	Language  string     `json:"language"`
	SHA256    string     `json:"sha256"` // of the text as it was shown, 64 hexadecimal digits
	Purposes  []string   `json:"purposes,omitempty"`
	At        time.Time  `json:"at"` // UTC
	By        string     `json:"by"` // the officer who asked
	Withdrawn *time.Time `json:"withdrawn,omitempty"`
}

// Stands says whether there is a consent now.
func (c *Consent) Stands() bool { return c != nil && c.Given && c.Withdrawn == nil }

// Next is when the next step is due and whose it is; Private.Step says what.
type Next struct {
	Owner string      `json:"owner,omitempty"` // of the agency: initials are enough
	Due   domain.Date `json:"due,omitempty"`
	Done  bool        `json:"done,omitempty"`
}

// State is how far a dossier has come.
type State string

// States, in their order.
const (
	New    State = "new"
	Active State = "active" // being followed
	Won    State = "won"    // the investor decided for a site
	Closed State = "closed"
)

// States are all of them, in their order.
var States = []State{New, Active, Won, Closed}

// Key is the catalogue key of the state's name.
func (s State) Key() string { return "dossier.state." + string(s) }

// Link is a simulation that is attached, at the revision it had.
type Link struct {
	ID       string    `json:"id"` // of the store
	Revision int       `json:"revision"`
	At       time.Time `json:"at"` // UTC, when it was attached
}

// Comparison is a comparison that is attached, as it was.
type Comparison struct {
	Name    string          `json:"name"`
	At      time.Time       `json:"at"`      // UTC
	Content json.RawMessage `json:"content"` // the desk's form
}

// Event is a line of a dossier's timeline. Kind and Ref are kept in clear, so Ref
// never says anything about a person.
type Event struct {
	Kind   Kind
	Ref    string // a grade, a state, a date, the id of a simulation, the number of a paper
	At     time.Time
	Device string
}

// Kind says what an Event is about.
type Kind string

// What happens to a dossier. The store writes KindErased and KindPaper itself.
const (
	KindCreated   Kind = "created"
	KindContact   Kind = "contact"  // fields, interest or language
	KindAgreed    Kind = "agreed"   // consent given
	KindDeclined  Kind = "declined" // consent not given
	KindWithdrawn Kind = "withdrawn"
	KindNotes     Kind = "notes"
	KindGraded    Kind = "graded"   // Ref is the grade
	KindMoved     Kind = "moved"    // Ref is the state
	KindNext      Kind = "next"     // a next step was set; Ref is its date
	KindDone      Kind = "done"     // the next step was done
	KindAttached  Kind = "attached" // Ref is the simulation
	KindDetached  Kind = "detached"
	KindCompared  Kind = "compared" // a comparison was attached
	KindExported  Kind = "exported" // the person's data was handed out
	KindPaper     Kind = "paper"    // Ref is the number
	KindErased    Kind = "erased"
)

// Kinds are all of them.
var Kinds = []Kind{
	KindCreated, KindContact, KindAgreed, KindDeclined, KindWithdrawn, KindNotes, KindGraded, KindMoved, KindNext,
	KindDone, KindAttached, KindDetached, KindCompared, KindExported, KindPaper, KindErased,
}

// Key is the catalogue key of what happened. Its text may have the blank ref.
func (k Kind) Key() string { return "dossier.event." + string(k) }

// Msg is the sentence of an event, with ref as the caller words it: the name of a
// simulation rather than its id.
func (e Event) Msg(ref any) domain.Msg { return domain.M(e.Kind.Key(), "ref", ref) }

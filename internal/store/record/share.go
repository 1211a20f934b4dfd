package record

import "time"

// Share is all of a store that laptops share, in one order: two stores that know
// the same give the same Share. It is JSON.
type Share struct {
	Simulations []SharedSimulation `json:"simulations,omitempty"`
	Dossiers    []SharedDossier    `json:"dossiers,omitempty"`
	Values      []SharedValue      `json:"values,omitempty"`
	Papers      []SharedPaper      `json:"papers,omitempty"`
	Packs       []Pack             `json:"packs,omitempty"`
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

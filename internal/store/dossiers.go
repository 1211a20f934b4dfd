package store

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"atlasp2i/internal/store/record"
)

// DossierContent is what one save of a dossier keeps. The store looks into
// neither part.
type DossierContent struct {
	Clear  json.RawMessage // JSON that says nothing about a person
	Sealed []byte          // the rest, sealed with the contact's key; never empty
}

// Dossier is a contact with its newest content. An erased one has no content:
// what is left is its id, when things were done to it, and on which devices.
type Dossier struct {
	ID      ID
	Created time.Time // UTC
	Updated time.Time
	Device  string     // id of the device of the last change
	Erased  *time.Time // nil unless the person was erased
	Head    int        // number of its newest revision, from 1
	DossierContent
}

// DossierRevision is one save of a dossier. It never changes, but for losing its
// content when the person is erased.
type DossierRevision struct {
	Number int
	At     time.Time // UTC
	Device string
	DossierContent
}

// Kinds of lines that the store writes itself.
const (
	EventErased = "erased"
	EventPaper  = "paper" // Ref is the number of the paper that was issued
)

// dossierRecord is what the dossiers bucket holds of one.
type dossierRecord struct {
	Created time.Time  `json:"created"`
	Updated time.Time  `json:"updated"`
	Device  string     `json:"device"`
	Erased  *time.Time `json:"erased,omitempty"`
	Head    int        `json:"head"`
	Events  int        `json:"events"` // number of records in its journal
}

// CreateDossier saves a new dossier under an id of NewID, which the content is
// sealed for, with lines of its journal. It returns *ErasedError for an id that
// was erased, *ReadOnlyError, and *FullError: nothing has changed then.
func (s *Store) CreateDossier(id ID, c DossierContent, events ...DossierEvent) (Dossier, error) {
	return s.changeDossier(id, func(w *writer, r *dossierRecord) error {
		if r.Head > 0 {
			return errors.New("the dossier exists already")
		}
		r.Created = w.now
		return w.saveDossier(id, r, &c, events)
	})
}

// SaveDossier writes a new revision and lines of the journal, in one transaction.
// It returns *NotFoundError, and the errors of CreateDossier.
func (s *Store) SaveDossier(id ID, c DossierContent, events ...DossierEvent) (Dossier, error) {
	return s.changeDossier(id, func(w *writer, r *dossierRecord) error {
		if r.Head == 0 {
			return &NotFoundError{Kind: kindDossier, ID: string(id)}
		}
		return w.saveDossier(id, r, &c, events)
	})
}

// NoteDossiers writes lines into the journals of dossiers, all or none: what was
// done with them without changing them, so that they stay where they are in the
// order of changes. It returns the errors of SaveDossier.
func (s *Store) NoteDossiers(ids []ID, events ...DossierEvent) error {
	return s.update(func(w *writer) error {
		for _, id := range ids {
			r, err := w.knownDossier(id)
			switch {
			case err != nil:
				return err
			case r.Erased != nil:
				return &ErasedError{ID: id}
			}
			if err := w.writeDossier(id, &r, nil, events); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) changeDossier(id ID, change func(*writer, *dossierRecord) error) (Dossier, error) {
	var out Dossier
	err := s.update(func(w *writer) error {
		r, err := w.dossier(id)
		if err != nil {
			return err
		}
		if r.Erased != nil {
			return &ErasedError{ID: id}
		}
		if err := change(w, &r); err != nil {
			return err
		}
		out, err = w.wholeDossier(id, r)
		return err
	})
	return out, err
}

// saveDossier is a change by this device, now.
func (w *writer) saveDossier(id ID, r *dossierRecord, c *DossierContent, events []DossierEvent) error {
	r.Updated, r.Device = w.now, w.device
	return w.writeDossier(id, r, c, events)
}

func (w *writer) writeDossier(id ID, r *dossierRecord, c *DossierContent, events []DossierEvent) error {
	key, err := keyOf(id)
	if err != nil {
		return err
	}
	if c != nil {
		if !json.Valid(c.Clear) || len(c.Sealed) == 0 {
			return errors.New("a dossier needs JSON and sealed bytes")
		}
		parents, err := w.succeed(record.Of(kindDossier, key), &r.Head)
		if err != nil {
			return err
		}
		p, err := record.WithBody(record.DossierHeader{At: w.now, Device: w.device, Clear: c.Clear, Parents: parents}, c.Sealed)
		if err != nil {
			return err
		}
		r.Head++
		if err := w.put(bucketDossierRevisions, numbered(key, r.Head), p); err != nil {
			return err
		}
	}
	for _, e := range events {
		r.Events++
		e.At, e.Device = w.now, w.device
		if err := w.putJSON(bucketDossierJournal, numbered(key, r.Events), e); err != nil {
			return err
		}
	}
	return w.putJSON(bucketDossiers, key, r)
}

// EraseDossier erases the person: every revision loses its content, every line of
// the journal what it refers to, every paper of the dossier its sealed name. Id,
// times and devices stay, as a tombstone that no later save can lift. An erased
// dossier is left as it is; an id that was never seen gets a tombstone too, since
// its dossier may come from another laptop. It returns *ReadOnlyError and
// *FullError: nothing has changed then.
//
// The bytes may live on in free pages and snapshots, sealed: the caller destroys
// the contact's key as well.
func (s *Store) EraseDossier(id ID) error {
	return s.update(func(w *writer) error {
		r, err := w.dossier(id)
		if err != nil || r.Erased != nil {
			return err
		}
		return w.erase(id, r, Erasure{At: w.now, Device: w.device})
	})
}

// erase leaves the tombstone of a dossier, known before or not.
func (w *writer) erase(id ID, r dossierRecord, e Erasure) error {
	key, err := keyOf(id)
	if err != nil {
		return err
	}
	for n := 1; n <= r.Head; n++ {
		if err := w.emptyRevision(numbered(key, n)); err != nil {
			return err
		}
	}
	for n := 1; n <= r.Events; n++ {
		if err := w.emptyEvent(numbered(key, n)); err != nil {
			return err
		}
	}
	if err := w.dropSiblings(record.Of(kindDossier, key)); err != nil {
		return err
	}
	if err := w.dropNames(id); err != nil {
		return err
	}
	if r.Created.IsZero() {
		r.Created = e.At
	}
	r.Erased, r.Updated, r.Device = &e.At, e.At, e.Device
	r.Events++
	last := DossierEvent{Kind: EventErased, At: e.At, Device: e.Device}
	if err := w.putJSON(bucketDossierJournal, numbered(key, r.Events), last); err != nil {
		return err
	}
	return w.putJSON(bucketDossiers, key, r)
}

func (w *writer) emptyRevision(key []byte) error {
	var h record.DossierHeader
	p, err := w.must(bucketDossierRevisions, key)
	if err != nil {
		return err
	}
	if _, err := record.SplitBody(p, &h); err != nil {
		return err
	}
	h.Clear = nil
	if p, err = record.WithBody(h, nil); err != nil {
		return err
	}
	return w.put(bucketDossierRevisions, key, p)
}

func (w *writer) emptyEvent(key []byte) error {
	e, err := w.dossierEvent(key)
	if err != nil {
		return err
	}
	e.Ref = ""
	return w.putJSON(bucketDossierJournal, key, e)
}

// Dossiers gives the dossiers that are not erased with their newest content, the
// last changed first.
func (s *Store) Dossiers() ([]Dossier, error) { return s.dossiers(false) }

// Erasures gives the erased dossiers, which hold no content, the last one first.
func (s *Store) Erasures() ([]Dossier, error) { return s.dossiers(true) }

func (s *Store) dossiers(erased bool) ([]Dossier, error) {
	var out []Dossier
	err := s.view(func(rd reader) error {
		return rd.all(bucketDossiers, func(key, payload []byte) error {
			var r dossierRecord
			if err := json.Unmarshal(payload, &r); err != nil || (r.Erased != nil) != erased {
				return err
			}
			d, err := rd.wholeDossier(idOf(key), r)
			out = append(out, d)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Dossier) int {
		if c := b.Updated.Compare(a.Updated); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out, nil
}

// Dossier gives a dossier, erased or not. It returns *NotFoundError.
func (s *Store) Dossier(id ID) (Dossier, error) {
	var out Dossier
	err := s.view(func(rd reader) error {
		r, err := rd.knownDossier(id)
		if err == nil {
			out, err = rd.wholeDossier(id, r)
		}
		return err
	})
	return out, err
}

// DossierRevisions gives every revision of a dossier, the oldest first. Those of
// an erased one are empty. It returns *NotFoundError.
func (s *Store) DossierRevisions(id ID) ([]DossierRevision, error) {
	var out []DossierRevision
	err := s.view(func(rd reader) error {
		r, err := rd.knownDossier(id)
		for n := 1; err == nil && n <= r.Head; n++ {
			var rev DossierRevision
			rev, err = rd.dossierRevision(id, n)
			out = append(out, rev)
		}
		return err
	})
	return out, err
}

// DossierRevision gives one revision of a dossier, or *NotFoundError.
func (s *Store) DossierRevision(id ID, number int) (DossierRevision, error) {
	var out DossierRevision
	err := s.view(func(rd reader) error {
		r, err := rd.knownDossier(id)
		if err == nil && (number < 1 || number > r.Head) {
			err = &NotFoundError{Kind: kindRevision, ID: string(id) + "/" + strconv.Itoa(number)}
		}
		if err == nil {
			out, err = rd.dossierRevision(id, number)
		}
		return err
	})
	return out, err
}

// DossierHistory gives the journal of a dossier, the oldest line first. It
// returns *NotFoundError.
func (s *Store) DossierHistory(id ID) ([]DossierEvent, error) {
	var out []DossierEvent
	err := s.view(func(rd reader) error {
		r, err := rd.knownDossier(id)
		if err != nil {
			return err
		}
		key, _ := keyOf(id)
		out, err = lines[DossierEvent](rd, bucketDossierJournal, key, r.Events)
		return err
	})
	return out, err
}

// dossier gives the record of a dossier, or a zero one where there is none.
func (r reader) dossier(id ID) (dossierRecord, error) {
	var out dossierRecord
	key, err := keyOf(id)
	if err != nil {
		return out, &NotFoundError{Kind: kindDossier, ID: string(id)}
	}
	p, err := r.get(bucketDossiers, key)
	if err != nil || p == nil {
		return out, err
	}
	return out, json.Unmarshal(p, &out)
}

// knownDossier gives the record of a dossier, or *NotFoundError.
func (r reader) knownDossier(id ID) (dossierRecord, error) {
	out, err := r.dossier(id)
	if err == nil && out.Created.IsZero() {
		err = &NotFoundError{Kind: kindDossier, ID: string(id)}
	}
	return out, err
}

func (r reader) dossierRevision(id ID, number int) (DossierRevision, error) {
	key, err := keyOf(id)
	if err != nil {
		return DossierRevision{}, err
	}
	p, err := r.must(bucketDossierRevisions, numbered(key, number))
	if err != nil {
		return DossierRevision{}, err
	}
	rev, err := decodeDossierRevision(p)
	rev.Number = number
	return rev, err
}

// decodeDossierRevision leaves the number out, which is in the key.
func decodeDossierRevision(payload []byte) (DossierRevision, error) {
	var h record.DossierHeader
	sealed, err := record.SplitBody(payload, &h)
	return DossierRevision{At: h.At, Device: h.Device, DossierContent: DossierContent{h.Clear, sealed}}, err
}

func (r reader) dossierEvent(key []byte) (DossierEvent, error) {
	var e DossierEvent
	p, err := r.must(bucketDossierJournal, key)
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal(p, &e)
}

// wholeDossier joins a record and the newest content.
func (r reader) wholeDossier(id ID, is dossierRecord) (Dossier, error) {
	d := Dossier{ID: id, Created: is.Created, Updated: is.Updated, Device: is.Device, Erased: is.Erased, Head: is.Head}
	if is.Erased != nil {
		return d, nil
	}
	rev, err := r.dossierRevision(id, is.Head)
	d.DossierContent = rev.DossierContent
	return d, err
}

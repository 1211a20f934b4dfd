package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"sort"
	"strconv"
	"time"

	"atlasp2i/internal/store/record"
)

// Create saves a new simulation with its first revision.
func (s *Store) Create(name string, c Content) (Simulation, error) {
	return s.create(name, func(*writer) (Content, Event, error) {
		return c, Event{Kind: EventCreated, New: name}, nil
	})
}

// Duplicate makes a new simulation from the newest revision of another, deleted
// or not. It returns *NotFoundError where there is none.
func (s *Store) Duplicate(id ID, name string) (Simulation, error) {
	return s.create(name, func(w *writer) (Content, Event, error) {
		r, err := w.sim(id)
		if err != nil {
			return Content{}, Event{}, err
		}
		rev, err := w.revision(id, r.Head)
		return rev.Content, Event{Kind: EventDuplicated, New: name, Old: r.Name, From: id}, err
	})
}

func (s *Store) create(name string, from func(*writer) (Content, Event, error)) (Simulation, error) {
	var out Simulation
	err := s.update(func(w *writer) error {
		c, event, err := from(w)
		if err != nil {
			return err
		}
		out, err = w.create(name, c, event)
		return err
	})
	return out, err
}

func (w *writer) create(name string, c Content, event Event) (Simulation, error) {
	r := simRecord{Entry: Entry{Simulation: Simulation{ID: NewID(), Name: name, Created: w.now}}}
	if err := w.addRevision(&r, c); err != nil {
		return Simulation{}, err
	}
	err := w.change(&r, event)
	return r.Simulation, err
}

// Save writes a new revision of a simulation under a name, in one transaction,
// and returns the simulation with the number of that revision as its Head. An
// empty name keeps the one it has. A deleted simulation is back in the list: who
// saves it wants it. Content equal to the newest revision makes no new one, and
// where nothing else changes either, nothing is written. It returns
// *NotFoundError, and *FullError where the disk is full: nothing has changed then.
func (s *Store) Save(id ID, name string, c Content) (Simulation, error) {
	var r simRecord
	same := false
	err := s.view(func(rd reader) (err error) {
		r, same, err = rd.holds(id, c)
		return err
	})
	if err != nil || same && r.Deleted == nil && (name == "" || name == r.Name) {
		return r.Simulation, err
	}
	err = s.update(func(w *writer) error {
		if r, same, err = w.holds(id, c); err != nil {
			return err
		}
		if !same {
			if err := w.addRevision(&r, c); err != nil {
				return err
			}
		}
		if r.Deleted != nil {
			r.Deleted = nil
			if err := w.note(&r, Event{Kind: EventUndeleted}); err != nil {
				return err
			}
		}
		if err := w.rename(&r, name); err != nil {
			return err
		}
		return w.putSim(&r)
	})
	if err != nil {
		return Simulation{}, err
	}
	return r.Simulation, nil
}

// holds gives a simulation, and whether its newest revision has that content.
func (r reader) holds(id ID, c Content) (simRecord, bool, error) {
	sim, err := r.sim(id)
	if err != nil {
		return sim, false, err
	}
	rev, err := r.revision(id, sim.Head)
	return sim, rev.Content.equal(c), err
}

func (c Content) equal(o Content) bool {
	return bytes.Equal(c.Project, o.Project) && maps.Equal(c.Marks, o.Marks) &&
		c.PackNumber == o.PackNumber && c.PackSHA256 == o.PackSHA256 && c.Summary == o.Summary
}

// Rename changes the name; the journal keeps the old one.
func (s *Store) Rename(id ID, name string) (Simulation, error) {
	return s.edit(id, func(r *simRecord, _ time.Time) *Event {
		if r.Name == name {
			return nil
		}
		e := &Event{Kind: EventRenamed, Old: r.Name, New: name}
		r.Name = name
		return e
	})
}

// Delete takes a simulation out of the list. Nothing is erased: Undelete brings
// it back.
func (s *Store) Delete(id ID) (Simulation, error) {
	return s.edit(id, func(r *simRecord, now time.Time) *Event {
		if r.Deleted != nil {
			return nil
		}
		r.Deleted = &now
		return &Event{Kind: EventDeleted}
	})
}

// Undelete puts a deleted simulation back into the list.
func (s *Store) Undelete(id ID) (Simulation, error) {
	return s.edit(id, func(r *simRecord, _ time.Time) *Event {
		if r.Deleted == nil {
			return nil
		}
		r.Deleted = nil
		return &Event{Kind: EventUndeleted}
	})
}

// edit changes a simulation outside its figures. A nil event means that nothing
// is to be done.
func (s *Store) edit(id ID, change func(*simRecord, time.Time) *Event) (Simulation, error) {
	var r simRecord
	err := s.view(func(rd reader) (err error) { r, err = rd.sim(id); return err })
	if err != nil || change(&r, time.Time{}) == nil {
		return r.Simulation, err
	}
	err = s.update(func(w *writer) (err error) {
		if r, err = w.sim(id); err != nil {
			return err
		}
		e := change(&r, w.now)
		if e == nil {
			return nil // done by another goroutine since
		}
		return w.change(&r, *e)
	})
	return r.Simulation, err
}

// List gives the simulations that are not deleted, the last changed first.
func (s *Store) List() ([]Entry, error) { return s.list(false) }

// ListDeleted gives the deleted simulations, the last changed first.
func (s *Store) ListDeleted() ([]Entry, error) { return s.list(true) }

func (s *Store) list(deleted bool) ([]Entry, error) {
	var out []Entry
	err := s.view(func(r reader) error {
		n, err := r.count(bucketSimulations)
		if err != nil {
			return err
		}
		out = make([]Entry, 0, n)
		return r.all(bucketSimulations, func(key, payload []byte) error {
			rec, err := decodeSim(key, payload)
			if err == nil && (rec.Deleted != nil) == deleted {
				out = append(out, rec.Entry)
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].Updated.Equal(out[j].Updated) {
			return out[i].Updated.After(out[j].Updated)
		}
		return out[i].ID < out[j].ID
	})
	return out, nil
}

// Get gives a simulation, deleted or not, with its newest revision. It returns
// *NotFoundError where there is none.
func (s *Store) Get(id ID) (Simulation, Revision, error) {
	var r simRecord
	var rev Revision
	err := s.view(func(rd reader) (err error) {
		if r, err = rd.sim(id); err == nil {
			rev, err = rd.revision(id, r.Head)
		}
		return err
	})
	return r.Simulation, rev, err
}

// Revision gives one revision of a simulation, or *NotFoundError.
func (s *Store) Revision(id ID, number int) (Revision, error) {
	var rev Revision
	err := s.view(func(rd reader) error {
		r, err := rd.sim(id)
		if err != nil {
			return err
		}
		if number < 1 || number > r.Head {
			return &NotFoundError{Kind: kindRevision, ID: string(id) + "/" + strconv.Itoa(number)}
		}
		rev, err = rd.revision(id, number)
		return err
	})
	return rev, err
}

// Revisions gives every revision of a simulation, the oldest first.
func (s *Store) Revisions(id ID) ([]Revision, error) {
	var out []Revision
	err := s.view(func(rd reader) error {
		r, err := rd.sim(id)
		for n := 1; err == nil && n <= r.Head; n++ {
			var rev Revision
			rev, err = rd.revision(id, n)
			out = append(out, rev)
		}
		return err
	})
	return out, err
}

// History gives the journal of a simulation, the oldest event first: what was
// done to it beside saving.
func (s *Store) History(id ID) ([]Event, error) {
	var out []Event
	err := s.view(func(rd reader) error {
		r, err := rd.sim(id)
		if err != nil {
			return err
		}
		key, _ := keyOf(id)
		out, err = lines[Event](rd, bucketJournal, key, r.Events)
		return err
	})
	return out, err
}

func (r reader) sim(id ID) (simRecord, error) {
	key, err := keyOf(id)
	if err != nil {
		return simRecord{}, err
	}
	p, err := r.get(bucketSimulations, key)
	if err != nil {
		return simRecord{}, err
	}
	if p == nil {
		return simRecord{}, &NotFoundError{Kind: kindSimulation, ID: string(id)}
	}
	return decodeSim(key, p)
}

func (r reader) revision(id ID, number int) (Revision, error) {
	key, err := keyOf(id)
	if err != nil {
		return Revision{}, err
	}
	p, err := r.must(bucketRevisions, numbered(key, number))
	if err != nil {
		return Revision{}, err
	}
	rev, err := decodeRevision(p)
	rev.Number = number
	return rev, err
}

// decodeRevision leaves the number out, which is in the key.
func decodeRevision(payload []byte) (Revision, error) {
	var h record.RevisionHeader
	project, err := record.SplitBody(payload, &h)
	return Revision{At: h.At, Device: h.Device, Content: Content{
		Project: project, Marks: h.Marks, PackNumber: h.Pack, PackSHA256: h.SHA256, Summary: h.Summary,
	}}, err
}

// addRevision writes the next revision and brings the record up to date; the
// caller writes the record.
func (w *writer) addRevision(r *simRecord, c Content) error {
	if !json.Valid(c.Project) {
		return errors.New("the project is not valid JSON")
	}
	key, err := keyOf(r.ID)
	if err != nil {
		return err
	}
	parents, err := w.succeed(record.Of(kindSimulation, key), &r.Head)
	if err != nil {
		return err
	}
	return w.writeRevision(r, c, parents)
}

func (w *writer) writeRevision(r *simRecord, c Content, parents []string) error {
	key, err := keyOf(r.ID)
	if err != nil {
		return err
	}
	p, err := record.WithBody(record.RevisionHeader{
		At: w.now, Device: w.device, Marks: c.Marks, Pack: c.PackNumber, SHA256: c.PackSHA256, Summary: c.Summary, Parents: parents,
	}, c.Project)
	if err != nil {
		return err
	}
	r.Head++
	r.Updated, r.Device, r.PackNumber, r.Summary = w.now, w.device, c.PackNumber, c.Summary
	return w.put(bucketRevisions, numbered(key, r.Head), p)
}

// rename gives a name, unless it is "" or the one that it has; the caller writes the
// record.
func (w *writer) rename(r *simRecord, name string) error {
	if name == "" || name == r.Name {
		return nil
	}
	e := Event{Kind: EventRenamed, Old: r.Name, New: name}
	r.Name = name
	return w.note(r, e)
}

// change writes the record and a line of its journal.
func (w *writer) change(r *simRecord, e Event) error {
	if err := w.note(r, e); err != nil {
		return err
	}
	return w.putSim(r)
}

// note writes a line of the journal and brings the record up to date; the caller
// writes the record.
func (w *writer) note(r *simRecord, e Event) error {
	key, err := keyOf(r.ID)
	if err != nil {
		return err
	}
	e.At, e.Device = w.now, w.device
	if e.Kind == EventRenamed {
		// The newest name wins where stores are united: a clock that went back must
		// not make this one older than the name that it takes the place of.
		all, err := lines[Event](w.reader, bucketJournal, key, r.Events)
		if err != nil {
			return err
		}
		for _, was := range all {
			if was.Names() && !e.At.After(was.At) {
				e.At = was.At.Add(time.Nanosecond)
			}
		}
	}
	r.Events++
	r.Updated, r.Device = w.now, w.device
	return w.putJSON(bucketJournal, numbered(key, r.Events), e)
}

func (w *writer) putSim(r *simRecord) error {
	key, err := keyOf(r.ID)
	if err != nil {
		return err
	}
	return w.put(bucketSimulations, key, r.encode())
}

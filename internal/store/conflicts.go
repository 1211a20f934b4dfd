package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"atlasp2i/internal/store/lineage"
	"atlasp2i/internal/store/record"
)

// ConflictKind says what a Conflict is about.
type ConflictKind string

// What may be changed on two laptops at once.
const (
	ConflictSimulation ConflictKind = kindSimulation
	ConflictDossier    ConflictKind = kindDossier
	ConflictValue      ConflictKind = record.KindValue
)

// Conflict is a thing that was changed on several laptops, to several things. Until a
// person resolves it the first of Versions holds here; it may be another elsewhere.
type Conflict struct {
	Kind     ConflictKind
	Key      string    // id, or ValueKey
	Name     string    // of a simulation
	Versions []Version // the current one, then the newest first; each says something else
}

// Version is one side of a conflict. Of Content, Dossier and Value one is there.
type Version struct {
	Identity string
	At       time.Time // UTC, by the clock of that device
	Device   string
	Content  *Content
	Dossier  *DossierContent
	Value    *Value
}

// Conflicts gives what a person has to decide, by kind and key. What is in the bin is
// left out until it comes back.
func (s *Store) Conflicts() ([]Conflict, error) {
	var out []Conflict
	err := s.view(func(r reader) error {
		var owners []record.Owner
		err := r.all(bucketSiblings, func(key, _ []byte) error {
			o, err := record.SiblingOwner(key)
			if n := len(owners); n == 0 || owners[n-1].Kind != o.Kind || !bytes.Equal(owners[n-1].Key, o.Key) {
				owners = append(owners, o)
			}
			return err
		})
		for i := 0; err == nil && i < len(owners); i++ {
			out, err = r.appendConflict(out, owners[i])
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return out, err
}

func (r reader) appendConflict(to []Conflict, o record.Owner) ([]Conflict, error) {
	head, name, shown, err := r.status(o)
	if err != nil || !shown {
		return to, err
	}
	known, err := r.known(o, head)
	if err != nil || !known.Conflict() {
		return to, err
	}
	c := Conflict{Kind: ConflictKind(o.Kind), Key: o.Name(), Name: name}
	for _, h := range known.items(known.Sides()) {
		v, err := sideOf(o, h)
		if err != nil {
			return to, err
		}
		c.Versions = append(c.Versions, v)
	}
	return append(to, c), nil
}

// status gives the length of a thing's list, its name, and whether it is neither in
// the bin nor erased.
func (r reader) status(o record.Owner) (head int, name string, shown bool, err error) {
	switch o.Kind {
	case kindSimulation:
		sim, err := r.sim(idOf(o.Key))
		return sim.Head, sim.Name, err == nil && sim.Deleted == nil, err
	case kindDossier:
		d, err := r.knownDossier(idOf(o.Key))
		return d.Head, "", err == nil && d.Erased == nil, err
	}
	place, field, _ := CutValueKey(o.Name())
	versions, err := r.versions(place, field)
	return len(versions), "", len(versions) > 0, err
}

func sideOf(o record.Owner, i record.Item) (Version, error) {
	out := Version{Identity: i.Identity, At: i.At, Device: i.Device}
	switch o.Kind {
	case kindSimulation:
		rev, err := decodeRevision(i.Payload)
		out.Content = &rev.Content
		return out, err
	case kindDossier:
		rev, err := decodeDossierRevision(i.Payload)
		out.Dossier = &rev.DossierContent
		return out, err
	}
	var rec record.ValueRecord
	err := json.Unmarshal(i.Payload, &rec)
	out.Value = &rec.Value
	return out, err
}

// Decision is how a person ends a conflict.
type Decision struct {
	Conflict Conflict // as it was shown
	Identity string   // of the version that holds from now on
	Name     string   // of a simulation from now on; "" keeps the one it has
	Copies   []Copy   // versions of a simulation that go on as simulations of their own
}

// Copy is a version of a simulation that becomes one of its own.
type Copy struct{ Identity, Name string }

// Resolve ends a conflict, in one transaction: a new version, on this device and now,
// says what the version of that identity says, and takes the place of all that the
// person was shown. A version that came since stays a side of its own. It gives the
// simulations that were made of Copies, in their order. It returns *NotFoundError where
// the conflict is not as it was shown any more: it is to be looked at again. Where it
// was resolved in the same way already, nothing is written. It returns *ReadOnlyError
// and *FullError too: nothing has changed then.
func (s *Store) Resolve(d Decision) (made []Simulation, err error) {
	o, err := d.Conflict.owner()
	if err != nil {
		return nil, err
	}
	err = s.update(func(w *writer) error {
		made, err = w.resolve(o, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

func (w *writer) resolve(o record.Owner, d Decision) (made []Simulation, err error) {
	head, _, shown, err := w.status(o)
	if err != nil {
		return nil, err
	}
	known, err := w.known(o, head)
	if err != nil {
		return nil, err
	}
	heads := known.Heads()
	saw := d.Conflict.sawOf(heads)
	stands := func(identity string) bool {
		return slices.ContainsFunc(heads, func(v lineage.Version) bool { return v.Identity == identity && saw[v.Content] })
	}
	for _, identity := range append([]string{d.Identity}, d.copied()...) {
		if !shown || !stands(identity) || !saw[known.List[len(known.List)-1].Content] {
			return nil, &NotFoundError{Kind: kindRevision, ID: d.Conflict.Key + "/" + record.Excerpt(identity)}
		}
	}
	if !known.Conflict() {
		return nil, nil
	}
	for _, c := range d.Copies {
		rev, err := decodeRevision(known.payloads[c.Identity])
		if err != nil {
			return nil, err
		}
		sim, err := w.create(c.Name, rev.Content, Event{Kind: EventCreated, New: c.Name})
		if err != nil {
			return nil, err
		}
		made = append(made, sim)
	}
	heads = slices.DeleteFunc(heads, func(v lineage.Version) bool { return !saw[v.Content] })
	parents, before := known.Join(heads)
	if err := w.list(o, &head, known.items(before)); err != nil {
		return nil, err
	}
	chosen := record.Item{Version: lineage.Version{Parents: parents}, Payload: known.payloads[d.Identity]}
	return made, w.conclude(conclusion{o, head, chosen, d.Name})
}

// sawOf is what the person was shown of versions, by content.
func (c Conflict) sawOf(heads []lineage.Version) map[lineage.Digest]bool {
	saw := map[lineage.Digest]bool{}
	for _, h := range heads {
		if slices.ContainsFunc(c.Versions, func(v Version) bool { return v.Identity == h.Identity }) {
			saw[h.Content] = true
		}
	}
	return saw
}

func (d Decision) copied() []string {
	var out []string
	for _, c := range d.Copies {
		out = append(out, c.Identity)
	}
	return out
}

func (c Conflict) owner() (record.Owner, error) {
	if c.Kind == ConflictValue {
		place, field, ok := CutValueKey(c.Key)
		if !ok {
			return record.Owner{}, errors.New("this is no key of a value")
		}
		return record.Of(record.KindValue, record.ValueRecordKey(place, field)), nil
	}
	key, err := keyOf(ID(c.Key))
	return record.Of(string(c.Kind), key), err
}

// conclusion is the version that ends a conflict: what another says, with new parents.
type conclusion struct {
	record.Owner
	head   int         // length of the list before it
	chosen record.Item // its payload is that of the other, its parents are the new ones
	name   string      // of a simulation from then on; "" keeps the one it has
}

func (w *writer) conclude(c conclusion) error {
	number := numbered(c.Key, c.head+1)
	switch c.Kind {
	case kindSimulation:
		r, err := w.sim(idOf(c.Key))
		if err != nil {
			return err
		}
		rev, err := decodeRevision(c.chosen.Payload)
		if err != nil {
			return err
		}
		r.Head = c.head
		if err := w.writeRevision(&r, rev.Content, c.chosen.Parents); err != nil {
			return err
		}
		if err := w.rename(&r, c.name); err != nil {
			return err
		}
		return w.putSim(&r)
	case kindDossier:
		r, err := w.knownDossier(idOf(c.Key))
		if err != nil {
			return err
		}
		rev, err := decodeDossierRevision(c.chosen.Payload)
		if err != nil {
			return err
		}
		p, err := record.WithBody(record.DossierHeader{At: w.now, Device: w.device, Clear: rev.Clear, Parents: c.chosen.Parents}, rev.Sealed)
		if err != nil {
			return err
		}
		r.Head = c.head + 1
		r.Updated, r.Device = w.now, w.device
		if err := w.put(bucketDossierRevisions, number, p); err != nil {
			return err
		}
		return w.putJSON(bucketDossiers, c.Key, r)
	}
	var rec record.ValueRecord
	if err := json.Unmarshal(c.chosen.Payload, &rec); err != nil {
		return err
	}
	rec.At, rec.Device, rec.Parents = w.now, w.device, c.chosen.Parents
	return w.putJSON(bucketValues, number, rec)
}

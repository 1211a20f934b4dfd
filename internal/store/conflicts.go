package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"atlasp2i/internal/store/lineage"
)

// ConflictKind says what a Conflict is about.
type ConflictKind string

// What may be changed on two laptops at once.
const (
	ConflictSimulation ConflictKind = kindSimulation
	ConflictDossier    ConflictKind = kindDossier
	ConflictValue      ConflictKind = kindValue
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
		var owners []owner
		err := r.all(bucketSiblings, func(key, _ []byte) error {
			o, err := siblingOwner(key)
			if n := len(owners); n == 0 || owners[n-1].kind != o.kind || !bytes.Equal(owners[n-1].key, o.key) {
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

func (r reader) appendConflict(to []Conflict, o owner) ([]Conflict, error) {
	head, name, shown, err := r.status(o)
	if err != nil || !shown {
		return to, err
	}
	known, err := r.known(o, head)
	if err != nil || !known.Conflict() {
		return to, err
	}
	c := Conflict{Kind: ConflictKind(o.kind), Key: o.name(), Name: name}
	for _, h := range known.items(known.Sides()) {
		v, err := o.side(h)
		if err != nil {
			return to, err
		}
		c.Versions = append(c.Versions, v)
	}
	return append(to, c), nil
}

// status gives the length of a thing's list, its name, and whether it is neither in
// the bin nor erased.
func (r reader) status(o owner) (head int, name string, shown bool, err error) {
	switch o.kind {
	case kindSimulation:
		sim, err := r.sim(idOf(o.key))
		return sim.Head, sim.Name, err == nil && sim.Deleted == nil, err
	case kindDossier:
		d, err := r.knownDossier(idOf(o.key))
		return d.Head, "", err == nil && d.Erased == nil, err
	}
	place, field, _ := CutValueKey(o.name())
	versions, err := r.versions(place, field)
	return len(versions), "", len(versions) > 0, err
}

func (o owner) side(i item) (Version, error) {
	out := Version{Identity: i.Identity, At: i.At, Device: i.Device}
	switch o.kind {
	case kindSimulation:
		rev, err := decodeRevision(i.payload)
		out.Content = &rev.Content
		return out, err
	case kindDossier:
		rev, err := decodeDossierRevision(i.payload)
		out.Dossier = &rev.DossierContent
		return out, err
	}
	var rec valueRecord
	err := json.Unmarshal(i.payload, &rec)
	out.Value = &rec.Value
	return out, err
}

// Resolve ends a conflict: a new version, on this device and now, says what the version
// of that identity says, and takes the place of all that the person was shown. A
// version that came since stays a side of its own. It returns *NotFoundError where the
// conflict is not as it was shown any more: it is to be looked at again. Where it was
// resolved in the same way already, nothing is written. It returns *ReadOnlyError and
// *FullError too.
func (s *Store) Resolve(c Conflict, identity string) error {
	o, err := c.owner()
	if err != nil {
		return err
	}
	gone := &NotFoundError{Kind: kindRevision, ID: c.Key + "/" + excerpt(identity)}
	return s.update(func(w *writer) error {
		head, _, shown, err := w.status(o)
		if err != nil {
			return err
		}
		known, err := w.known(o, head)
		if err != nil {
			return err
		}
		heads := known.Heads()
		at := slices.IndexFunc(heads, func(v lineage.Version) bool { return v.Identity == identity })
		if !shown || at < 0 {
			return gone
		}
		chosen := heads[at]
		saw := map[lineage.Digest]bool{}
		for _, h := range heads {
			if slices.ContainsFunc(c.Versions, func(v Version) bool { return v.Identity == h.Identity }) {
				saw[h.Content] = true
			}
		}
		if !saw[chosen.Content] || !saw[known.List[len(known.List)-1].Content] {
			return gone
		}
		if !known.Conflict() {
			return nil
		}
		heads = slices.DeleteFunc(heads, func(v lineage.Version) bool { return !saw[v.Content] })
		parents, before := known.Join(heads)
		if err := w.list(o, &head, known.items(before)); err != nil {
			return err
		}
		return w.conclude(o, head, item{lineage.Version{Parents: parents}, known.payloads[identity]})
	})
}

func (c Conflict) owner() (owner, error) {
	if c.Kind == ConflictValue {
		place, field, ok := CutValueKey(c.Key)
		if !ok {
			return owner{}, errors.New("this is no key of a value")
		}
		return owner{kindValue, valueKey(place, field)}, nil
	}
	key, err := ID(c.Key).key()
	return owner{string(c.Kind), key}, err
}

// conclude writes the version that ends a conflict: what another says, with new parents.
func (w *writer) conclude(o owner, head int, chosen item) error {
	number := numbered(o.key, head+1)
	switch o.kind {
	case kindSimulation:
		r, err := w.sim(idOf(o.key))
		if err != nil {
			return err
		}
		rev, err := decodeRevision(chosen.payload)
		if err != nil {
			return err
		}
		r.Head = head
		if err := w.writeRevision(&r, rev.Content, chosen.Parents); err != nil {
			return err
		}
		return w.putSim(&r)
	case kindDossier:
		r, err := w.knownDossier(idOf(o.key))
		if err != nil {
			return err
		}
		rev, err := decodeDossierRevision(chosen.payload)
		if err != nil {
			return err
		}
		p, err := withBody(dossierHeader{w.now, w.device, rev.Clear, chosen.Parents}, rev.Sealed)
		if err != nil {
			return err
		}
		r.Head = head + 1
		r.Updated, r.Device = w.now, w.device
		if err := w.put(bucketDossierRevisions, number, p); err != nil {
			return err
		}
		return w.putJSON(bucketDossiers, o.key, r)
	}
	var rec valueRecord
	if err := json.Unmarshal(chosen.payload, &rec); err != nil {
		return err
	}
	rec.At, rec.Device, rec.Parents = w.now, w.device, chosen.Parents
	return w.putJSON(bucketValues, number, rec)
}

// Device is a laptop whose shares were taken.
type Device struct {
	ID        string    `json:"id"`
	PublicKey string    `json:"publicKey"`
	Name      string    `json:"name"`
	At        time.Time `json:"at"` // UTC, when it was put
}

// Devices gives the known devices by id. They stay in this store.
func (s *Store) Devices() ([]Device, error) {
	var out []Device
	err := s.view(func(r reader) error {
		return r.all(bucketDevices, func(_, payload []byte) error {
			var d Device
			err := json.Unmarshal(payload, &d)
			out = append(out, d)
			return err
		})
	})
	return out, err
}

const maxDevice = 1000 // bytes of each part

// PutDevice keeps a device, in the place of what was known under its id; At is filled
// in here. Whether another key may take the place of the known one, the caller asks a
// person. The same again writes nothing. It returns *ReadOnlyError and *FullError.
func (s *Store) PutDevice(d Device) error {
	if d.ID == "" || max(len(d.ID), len(d.PublicKey), len(d.Name)) > maxDevice {
		return errors.New("a device needs an id, and none of its parts may be that long")
	}
	known, err := s.Devices()
	if err != nil {
		return err
	}
	for _, is := range known {
		if d.At = is.At; d == is {
			return nil
		}
	}
	return s.update(func(w *writer) error {
		d.At = w.now
		return w.putJSON(bucketDevices, []byte(d.ID), d)
	})
}

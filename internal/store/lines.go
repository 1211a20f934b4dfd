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

// bucketOf names what holds the versions that are in the numbered list.
func bucketOf(o record.Owner) string {
	return map[string]string{kindSimulation: bucketRevisions, kindDossier: bucketDossierRevisions, record.KindValue: bucketValues}[o.Kind]
}

// line is what is known of a thing.
type line struct {
	lineage.Line
	payloads map[string][]byte // by identity
}

func (l line) items(versions []lineage.Version) []record.Item {
	out := make([]record.Item, len(versions))
	for i, v := range versions {
		out[i] = record.Item{Version: v, Payload: l.payloads[v.Identity]}
	}
	return out
}

// sorted gives all versions, parents first.
func (l line) sorted() []record.Item { return l.items(lineage.Sort(slices.Concat(l.List, l.Siblings))) }

func (l *line) add(i record.Item) {
	l.Siblings = append(l.Siblings, i.Version)
	l.payloads[i.Identity] = i.Payload
}

// known reads all versions of a thing whose list has that many.
func (r reader) known(o record.Owner, head int) (line, error) {
	out := line{payloads: map[string][]byte{}}
	last := ""
	for n := 1; n <= head; n++ {
		p, err := r.must(bucketOf(o), numbered(o.Key, n))
		if err != nil {
			return out, err
		}
		v, err := o.Version(p, last)
		if err != nil {
			return out, err
		}
		last = v.Identity
		out.List = append(out.List, v)
		out.payloads[v.Identity] = p
	}
	return out, r.each(bucketSiblings, o.Sibling(nil), func(key, payload []byte) error {
		v, err := o.Version(payload, "")
		if err == nil && !bytes.Equal(key, o.SiblingKey(v)) {
			err = &lostError{bucketSiblings, key}
		}
		out.add(record.Item{Version: v, Payload: payload})
		return err
	})
}

// identity gives the identity of a version of the list. It reads back as far as
// versions do not name their parents.
func (r reader) identity(o record.Owner, number int) (string, error) {
	var payloads [][]byte
	for named := false; number > 0 && !named; number-- {
		p, err := r.must(bucketOf(o), numbered(o.Key, number))
		if err != nil {
			return "", err
		}
		v, err := o.Read(p)
		if err != nil {
			return "", err
		}
		payloads = append(payloads, p)
		named = v.Parents != nil
	}
	last := ""
	for _, p := range slices.Backward(payloads) {
		v, err := o.Version(p, last)
		if err != nil {
			return "", err
		}
		last = v.Identity
	}
	return last, nil
}

func missing(err error) bool {
	var none *NotFoundError
	return errors.As(err, &none)
}

// succeed gives the parents of the next version of a thing. Siblings that have to
// stand before it are put into the list, whose length grows.
func (w *writer) succeed(o record.Owner, head *int) (parents []string, err error) {
	alone := true
	if err := w.each(bucketSiblings, o.Sibling(nil), func(_, _ []byte) error { alone = false; return nil }); err != nil {
		return nil, err
	}
	if alone {
		last, err := w.identity(o, *head)
		if last == "" {
			return []string{}, err
		}
		return []string{last}, err
	}
	known, err := w.known(o, *head)
	if err != nil {
		return nil, err
	}
	parents, before := known.Next()
	return parents, w.list(o, head, known.items(before))
}

// list puts versions at the end of the list; those that were siblings are no more.
func (w *writer) list(o record.Owner, head *int, items []record.Item) error {
	w.unnumbered = w.unnumbered || o.Kind == kindSimulation && len(items) > 0
	for _, i := range items {
		if err := w.remove(bucketSiblings, o.SiblingKey(i.Version)); err != nil {
			return err
		}
		*head++
		if err := w.put(bucketOf(o), numbered(o.Key, *head), i.Payload); err != nil {
			return err
		}
	}
	return nil
}

// dropSiblings takes out all versions outside the list.
func (w *writer) dropSiblings(o record.Owner) error {
	var keys [][]byte
	err := w.each(bucketSiblings, o.Sibling(nil), func(key, _ []byte) error {
		keys = append(keys, bytes.Clone(key))
		return nil
	})
	for i := 0; err == nil && i < len(keys); i++ {
		err = w.remove(bucketSiblings, keys[i])
	}
	return err
}

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
	gone := &NotFoundError{Kind: kindRevision, ID: c.Key + "/" + record.Excerpt(identity)}
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
		return w.conclude(o, head, record.Item{Version: lineage.Version{Parents: parents}, Payload: known.payloads[identity]})
	})
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

// conclude writes the version that ends a conflict: what another says, with new parents.
func (w *writer) conclude(o record.Owner, head int, chosen record.Item) error {
	number := numbered(o.Key, head+1)
	switch o.Kind {
	case kindSimulation:
		r, err := w.sim(idOf(o.Key))
		if err != nil {
			return err
		}
		rev, err := decodeRevision(chosen.Payload)
		if err != nil {
			return err
		}
		r.Head = head
		if err := w.writeRevision(&r, rev.Content, chosen.Parents); err != nil {
			return err
		}
		return w.putSim(&r)
	case kindDossier:
		r, err := w.knownDossier(idOf(o.Key))
		if err != nil {
			return err
		}
		rev, err := decodeDossierRevision(chosen.Payload)
		if err != nil {
			return err
		}
		p, err := record.WithBody(record.DossierHeader{At: w.now, Device: w.device, Clear: rev.Clear, Parents: chosen.Parents}, rev.Sealed)
		if err != nil {
			return err
		}
		r.Head = head + 1
		r.Updated, r.Device = w.now, w.device
		if err := w.put(bucketDossierRevisions, number, p); err != nil {
			return err
		}
		return w.putJSON(bucketDossiers, o.Key, r)
	}
	var rec record.ValueRecord
	if err := json.Unmarshal(chosen.Payload, &rec); err != nil {
		return err
	}
	rec.At, rec.Device, rec.Parents = w.now, w.device, chosen.Parents
	return w.putJSON(bucketValues, number, rec)
}

package share

import (
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
)

// Choice is how a file is taken.
type Choice struct {
	WithoutContacts bool   // leave its contacts aside; who was erased elsewhere is erased here all the same
	OtherKey        string // of a Renewed maker its print, which a person compared; else nothing
}

// FieldOtherKey is the field of the refusal of a Renewed maker.
const FieldOtherKey = "otherKey"

// Merge takes what a file holds: all of it or nothing. What was merged already changes
// nothing, in whatever order files come. The laptop that made it is known from then
// on. Contacts need to be unlocked to be taken, and a Renewed maker to be accepted:
// else the error is a *domain.Problem, and nothing was changed.
//
// Keys come first, then the store, then the end of the keys of erased contacts:
// interrupted anywhere, the same file finishes what is left. An error after the store
// took the file leaves it taken; the report says what was done.
func (r *Room) Merge(p *Preview, c Choice) (*Report, error) {
	if r.p.Store.ReadOnly() {
		return nil, &store.ReadOnlyError{}
	}
	if m := &p.Maker; m.Standing == Renewed && !strings.EqualFold(strings.TrimSpace(c.OtherKey), m.Print) {
		return nil, domain.Refuse(FieldOtherKey, c.OtherKey, "share.otherKey", "was", m.Was, "print", m.Print)
	}
	share := p.bundle.Share
	if c.WithoutContacts {
		share = withoutContacts(share)
	}
	if err := r.takeKeys(p, living(share)); err != nil {
		return nil, err
	}
	found, err := r.p.Store.Merge(share)
	if err != nil {
		return nil, err
	}
	out := r.report(p.bundle, &found)
	for i := range out.Erased {
		out.Erased[i].Name = "" // nobody is to be told of them any more
	}
	if err := r.p.Contacts.Reload(); err != nil {
		return &out, err
	}
	return &out, r.remember(p)
}

// withoutContacts leaves contacts and the sealed names on papers out of a share. Who
// was erased stays named.
func withoutContacts(s store.Share) store.Share {
	s.Dossiers = slices.DeleteFunc(slices.Clone(s.Dossiers), func(d store.SharedDossier) bool { return d.Erased == nil })
	s.Papers = slices.Clone(s.Papers)
	for i := range s.Papers {
		s.Papers[i].Sealed = nil
	}
	return s
}

// takeKeys takes the keys of contacts that a merge brings. Those of contacts that were
// erased here are left in the file.
func (r *Room) takeKeys(p *Preview, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	switch open, err := r.unlocked(); {
	case err != nil:
		return err
	case !open:
		return domain.Refuse("", "", "share.merge.locked", "count", len(ids))
	}
	erased, err := r.p.Store.Erasures()
	if err != nil {
		return err
	}
	gone := map[string]bool{}
	for i := range erased {
		gone[string(erased[i].ID)] = true
	}
	keys := map[string][]byte{}
	for _, id := range ids {
		if key, came := p.bundle.Keys[id]; came && !gone[id] {
			keys[id] = key
		}
	}
	return r.p.Contacts.Take(keys)
}

// remember makes the maker of a file a known laptop, unless it is this one or says so.
func (r *Room) remember(p *Preview) error {
	m := &p.bundle.Manifest
	if p.Maker.Standing == Own || m.Device == r.p.ID {
		return nil
	}
	return r.p.Store.PutDevice(store.Device{ID: m.Device, PublicKey: m.Key.String(), Name: m.Name, At: r.p.Now().UTC()})
}

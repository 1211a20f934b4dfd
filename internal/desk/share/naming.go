package share

import (
	"strconv"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/store"
)

// naming calls things as a person does: as they are called here, else as the file
// calls them.
type naming struct {
	r           *Room
	open        bool // contacts may be named
	keys        map[string][]byte
	simulations map[string]*store.SharedSimulation
	dossiers    map[string]*store.SharedDossier
	packs       map[string]int
}

func (r *Room) naming(b *bundle.Bundle) *naming {
	n := &naming{
		r: r, keys: b.Keys, simulations: map[string]*store.SharedSimulation{}, dossiers: map[string]*store.SharedDossier{}, packs: map[string]int{},
	}
	n.open, _ = r.unlocked()
	for i := range b.Share.Simulations {
		n.simulations[string(b.Share.Simulations[i].ID)] = &b.Share.Simulations[i]
	}
	for i := range b.Share.Dossiers {
		n.dossiers[string(b.Share.Dossiers[i].ID)] = &b.Share.Dossiers[i]
	}
	for _, p := range b.Share.Packs {
		n.packs[p.SHA256] = p.Number
	}
	return n
}

func (n *naming) simulation(id string) string {
	if s, _, err := n.r.p.Store.Get(store.ID(id)); err == nil {
		return s.Name
	}
	if s := n.simulations[id]; s != nil && len(s.Events) > 0 {
		return s.Events[len(s.Events)-1].New
	}
	return id
}

// dossier is the name of a contact, "" while contacts are locked.
func (n *naming) dossier(id string) string {
	if !n.open {
		return ""
	}
	if d, err := n.r.p.Contacts.Get(id); err == nil {
		return nameOf(d)
	}
	came := n.dossiers[id]
	if came == nil || len(came.Revisions) == 0 {
		return ""
	}
	last := &came.Revisions[len(came.Revisions)-1]
	d, err := cabinet.Sent(id, n.keys[id], store.DossierContent{Clear: last.Clear, Sealed: last.Sealed})
	if err != nil {
		return ""
	}
	return nameOf(&d)
}

func (n *naming) value(key string) string {
	place, field, ok := store.CutValueKey(key)
	if !ok {
		return key
	}
	return sayWhere(n.r.p.Desk, place, field)
}

func (n *naming) pack(sha256 string) string {
	if number, there := n.packs[sha256]; there {
		return strconv.Itoa(number)
	}
	return sha256
}

package cabinet

import (
	"cmp"
	"slices"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// Find gives the contacts that pass a query, as dossier.Index.Find does; none while
// locked. They are shared and not to be changed: Get gives one to change.
func (c *Cabinet) Find(q dossier.Query) (out []*dossier.Dossier) {
	_ = c.reading(func() error { out = c.index.Find(q); return nil })
	return out
}

// Fairs lists the fairs of all contacts, in order; none while locked.
func (c *Cabinet) Fairs() (out []string) {
	_ = c.reading(func() error { out = c.index.Fairs(); return nil })
	return out
}

// Owners lists those who have a next step, in order; none while locked.
func (c *Cabinet) Owners() (out []string) {
	_ = c.reading(func() error { out = c.index.Owners(); return nil })
	return out
}

// Overdue is who was kept for too long.
type Overdue struct {
	Months int       // that a contact is kept after the last exchange; 0 where the pack has no term
	Before time.Time // who was last changed before is overdue
	Count  int       // of them
}

// Overdue says how long contacts are kept, and how many were kept for longer: a
// change is the last exchange that is known of. None while locked.
func (c *Cabinet) Overdue(today time.Time) Overdue {
	if c.p.Terms == nil {
		return Overdue{}
	}
	kept, limited := c.p.Terms.Term(formalities.ContactKept)
	if !limited {
		return Overdue{}
	}
	out := Overdue{Months: kept.Length, Before: today.AddDate(0, -kept.Length, 0)}
	out.Count = len(c.Find(dossier.Query{Before: out.Before}))
	return out
}

// Head is what is known of a contact without a passphrase.
type Head struct {
	ID      string
	Created time.Time // UTC
	Updated time.Time // UTC
	dossier.Clear
}

// Heads gives what is known of every contact without a passphrase, the last changed
// first. It returns the error of a store that cannot be read.
func (c *Cabinet) Heads() ([]Head, error) {
	if c.p.Store == nil {
		return nil, nil
	}
	list, err := c.p.Store.Dossiers()
	if err != nil {
		return nil, err
	}
	out := make([]Head, 0, len(list))
	for i := range list {
		facts, err := dossier.DecodeClear(list[i].Clear)
		if err != nil {
			return nil, err
		}
		out = append(out, Head{string(list[i].ID), list[i].Created, list[i].Updated, facts})
	}
	return out, nil
}

// Due gives the contacts whose next step is due on that day or before, the longest
// due first. It needs no passphrase.
func (c *Cabinet) Due(today domain.Date) ([]Head, error) {
	all, err := c.Heads()
	out := slices.DeleteFunc(all, func(h Head) bool { return h.Next.Due == "" || h.Next.Done || h.Next.Due > today })
	slices.SortStableFunc(out, func(a, b Head) int { return cmp.Compare(a.Next.Due, b.Next.Due) })
	return out, err
}

// Get gives a contact, to be changed and saved. It returns *store.NotFoundError and
// vault.ErrLocked.
func (c *Cabinet) Get(id string) (*dossier.Dossier, error) {
	var out dossier.Dossier
	err := c.reading(func() error {
		d, err := c.get(id)
		if err == nil {
			out, err = copied(d)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// get gives the shared dossier; the caller holds mu.
func (c *Cabinet) get(id string) (dossier.Dossier, error) {
	d, ok := c.index.Get(id)
	if !ok {
		return d, &store.NotFoundError{Kind: "dossier", ID: id}
	}
	return d, nil
}

// copied shares nothing with d, so that changing one does not change the other.
func copied(d dossier.Dossier) (dossier.Dossier, error) {
	facts, private, err := d.Encode()
	if err != nil {
		return d, err
	}
	out, err := dossier.Decode(facts, private)
	out.ID, out.Created, out.Updated = d.ID, d.Created, d.Updated
	return out, err
}

// Save keeps a contact and gives it as it was kept: a new one where it has no ID,
// else its next revision. What changes nothing writes nothing. It returns
// *domain.Problem for what dossier.Check refuses and where no passphrase is set,
// vault.ErrLocked, *store.NotFoundError, *store.ReadOnlyError and *store.FullError:
// nothing has changed then.
func (c *Cabinet) Save(d *dossier.Dossier) (*dossier.Dossier, error) {
	var out dossier.Dossier
	err := c.reading(func() error {
		after, err := copied(*d)
		if err != nil {
			return err
		}
		out, err = c.save(after)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// save keeps a dossier that is nobody else's and gives another copy of it; the
// caller holds mu.
func (c *Cabinet) save(after dossier.Dossier) (dossier.Dossier, error) {
	if err := after.Check(); err != nil {
		return after, err
	}
	if c.p.Store.ReadOnly() {
		return after, &store.ReadOnlyError{}
	}
	var before *dossier.Dossier
	write := c.p.Store.SaveDossier
	if after.ID == "" {
		if after.State == "" {
			after.State = dossier.New
		}
		after.ID, write = string(store.NewID()), c.p.Store.CreateDossier
	} else {
		was, err := c.get(after.ID)
		if err != nil {
			return after, err
		}
		before = &was
	}
	changes := dossier.Changes(before, after)
	if len(changes) == 0 {
		return copied(*before)
	}
	facts, private, err := after.Encode()
	if err != nil {
		return after, err
	}
	defer clear(private)
	sealed, err := c.p.Keys.Seal(after.ID, vault.UseDossier, private)
	if err != nil {
		return after, err
	}
	kept, err := write(store.ID(after.ID), store.DossierContent{Clear: facts, Sealed: sealed}, events(changes)...)
	if err != nil {
		return after, err
	}
	after.Created, after.Updated = kept.Created, kept.Updated
	if err := c.put(after); err != nil {
		return after, err
	}
	return copied(after)
}

func events(list []dossier.Event) []store.DossierEvent {
	out := make([]store.DossierEvent, len(list))
	for i, e := range list {
		out[i] = store.DossierEvent{Kind: string(e.Kind), Ref: e.Ref}
	}
	return out
}

// put takes a dossier into the index with all that it is found by; the caller holds
// mu.
func (c *Cabinet) put(d dossier.Dossier) error {
	heads, err := c.p.Store.PapersOf(store.ID(d.ID))
	if err != nil {
		return err
	}
	numbers := make([]string, len(heads))
	for i := range heads {
		numbers[i] = heads[i].Number
	}
	for _, l := range d.Simulations {
		c.name(store.ID(l.ID))
	}
	c.index.Put(d, c.words(&d, c.names, numbers)...)
	return nil
}

// name is that of a simulation, "" where there is none; the caller holds mu.
func (c *Cabinet) name(id store.ID) string {
	if s, _, err := c.p.Store.Get(id); err == nil {
		c.names[id] = s.Name
	}
	return c.names[id]
}

// Refresh reads a contact from the store again: its papers and times change where a
// paper is issued for it. It returns the errors of Get.
func (c *Cabinet) Refresh(id string) error {
	return c.reading(func() error {
		d, err := c.get(id)
		if err != nil {
			return err
		}
		kept, err := c.p.Store.Dossier(store.ID(id))
		if err != nil {
			return err
		}
		d.Updated = kept.Updated
		return c.put(d)
	})
}

// Papers lists the papers that were issued for a contact, the newest first.
func (c *Cabinet) Papers(id string) ([]store.PaperHead, error) {
	if c.p.Store == nil {
		return nil, nil
	}
	return c.p.Store.PapersOf(store.ID(id))
}

// Line is a line of a contact's timeline.
type Line struct {
	Kind   dossier.Kind
	Ref    string // as dossier.Event says: to open what it names
	At     time.Time
	Device string
	Text   string // in the language of the cabinet
}

// History gives the timeline of a contact in words, the newest line first. It
// returns *store.NotFoundError.
func (c *Cabinet) History(id string) ([]Line, error) {
	var out []Line
	err := c.reading(func() error {
		list, err := c.p.Store.DossierHistory(store.ID(id))
		for _, e := range slices.Backward(list) {
			event := dossier.Event{Kind: dossier.Kind(e.Kind), Ref: e.Ref}
			line := Line{event.Kind, e.Ref, e.At, e.Device, ""}
			if t := c.p.Texts; t.Has(event.Kind.Key()) {
				line.Text = t.T(event.Msg(c.said(t, event)))
			}
			out = append(out, line)
		}
		return err
	})
	return out, err
}

// said is what an event refers to, in words; the caller holds mu.
func (c *Cabinet) said(t *i18n.Catalogue, e dossier.Event) any {
	switch e.Kind {
	case dossier.KindGraded:
		return worded(t, dossier.GradeKey(e.Ref), e.Ref)
	case dossier.KindMoved:
		return worded(t, dossier.State(e.Ref).Key(), e.Ref)
	case dossier.KindNext:
		if e.Ref == "" {
			return domain.M("cabinet.undated")
		}
		return domain.Date(e.Ref)
	case dossier.KindAttached, dossier.KindDetached:
		if name := c.name(store.ID(e.Ref)); name != "" {
			return name
		}
	}
	return e.Ref
}

// worded is a text, or the id where the catalogue does not have it: a dossier may
// come from a newer version.
func worded(t *i18n.Catalogue, key, id string) any {
	switch {
	case id == "":
		return domain.M("cabinet.none")
	case t.Has(key):
		return domain.M(key)
	}
	return id
}

package cabinet

import (
	"encoding/json"
	"slices"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// AttachSimulation attaches a saved simulation at its newest revision; one that is
// attached already moves to that revision. It returns *store.NotFoundError and the
// errors of Save. A paper needs no attaching: it is issued for a contact.
func (c *Cabinet) AttachSimulation(id string, sim store.ID) (*dossier.Dossier, error) {
	return c.change(id, func(d *dossier.Dossier) error {
		s, _, err := c.p.Store.Get(sim)
		if err != nil {
			return err
		}
		link := dossier.Link{ID: string(sim), Revision: s.Head, At: c.p.Now().UTC()}
		i := slices.IndexFunc(d.Simulations, func(l dossier.Link) bool { return l.ID == link.ID })
		switch {
		case i < 0:
			d.Simulations = append(d.Simulations, link)
		case d.Simulations[i].Revision != link.Revision:
			d.Simulations[i] = link
		}
		return nil
	})
}

// DetachSimulation takes a simulation off a contact; the simulation stays.
func (c *Cabinet) DetachSimulation(id string, sim store.ID) (*dossier.Dossier, error) {
	return c.change(id, func(d *dossier.Dossier) error {
		d.Simulations = slices.DeleteFunc(d.Simulations, func(l dossier.Link) bool { return l.ID == string(sim) })
		return nil
	})
}

// AttachComparison keeps a comparison with a contact as it stands now, under a name;
// the same name takes the place of the former one.
func (c *Cabinet) AttachComparison(id, name string, x desk.Comparison) (*dossier.Dossier, error) {
	return c.change(id, func(d *dossier.Dossier) error {
		if name == "" {
			return domain.Refuse("name", "", "cabinet.comparison.name")
		}
		content, err := json.Marshal(x)
		if err != nil {
			return err
		}
		d.Comparisons = append(without(d.Comparisons, name), dossier.Comparison{Name: name, At: c.p.Now().UTC(), Content: content})
		return nil
	})
}

// DetachComparison takes a comparison off a contact.
func (c *Cabinet) DetachComparison(id, name string) (*dossier.Dossier, error) {
	return c.change(id, func(d *dossier.Dossier) error {
		d.Comparisons = without(d.Comparisons, name)
		return nil
	})
}

func without(list []dossier.Comparison, name string) []dossier.Comparison {
	return slices.DeleteFunc(list, func(x dossier.Comparison) bool { return x.Name == name })
}

// Comparison gives a comparison that is attached, to be opened again. It returns
// *store.NotFoundError, and *domain.Problem for one that this version cannot read.
func (c *Cabinet) Comparison(id, name string) (desk.Comparison, error) {
	var out desk.Comparison
	d, err := c.Get(id)
	if err != nil {
		return out, err
	}
	i := slices.IndexFunc(d.Comparisons, func(x dossier.Comparison) bool { return x.Name == name })
	if i < 0 {
		return out, &store.NotFoundError{Kind: "comparison", ID: id}
	}
	if json.Unmarshal(d.Comparisons[i].Content, &out) != nil {
		return out, domain.Refuse("comparison", "", "dossier.format")
	}
	return out, nil
}

// change does one thing to a contact and saves it.
func (c *Cabinet) change(id string, do func(*dossier.Dossier) error) (*dossier.Dossier, error) {
	var out dossier.Dossier
	err := c.reading(func() error {
		was, err := c.get(id)
		if err != nil {
			return err
		}
		d, err := copied(was)
		if err != nil {
			return err
		}
		if err := do(&d); err != nil {
			return err
		}
		out, err = c.save(d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// SealName seals the name on a paper with the key of its contact. It returns the
// errors of keyring.Seal.
func (c *Cabinet) SealName(id store.ID, name string) ([]byte, error) {
	if c.p.Keys == nil {
		return nil, vault.ErrLocked
	}
	return c.p.Keys.Seal(string(id), vault.UsePaper, []byte(name))
}

// OpenName gives the name that SealName was given. It returns the errors of
// keyring.Open.
func (c *Cabinet) OpenName(id store.ID, sealed []byte) (string, error) {
	if c.p.Keys == nil {
		return "", vault.ErrLocked
	}
	plain, err := c.p.Keys.Open(string(id), vault.UsePaper, sealed)
	return string(plain), err
}

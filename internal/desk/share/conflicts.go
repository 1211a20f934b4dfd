package share

import (
	"cmp"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// Conflict is one thing that was changed on several laptops, each not knowing of the
// other's change, with its versions beside each other.
type Conflict struct {
	Kind     Kind // Simulations, Dossiers or Values
	Key      string
	Name     string    // of a contact "" while locked
	Locked   bool      // a contact that cannot be read now: only what needs no passphrase is in Rows
	Versions []Version // the first is the one that holds here until a person decides
	Rows     []Row     // what they say: of a simulation what differs, and what came out of it

	kept store.Conflict
}

// Version is one side of a conflict.
type Version struct {
	Identity string
	At       time.Time // UTC
	Device   string    // as the laptop calls itself; its id where it is not known
	Here     bool      // made on this laptop
}

// Conflicts gives what a person has to decide, in the order of the store.
func (r *Room) Conflicts() ([]Conflict, error) {
	list, err := r.p.Store.Conflicts()
	if err != nil {
		return nil, err
	}
	names, err := r.deviceNames()
	if err != nil {
		return nil, err
	}
	out := make([]Conflict, 0, len(list))
	for i := range list {
		out = append(out, r.conflict(list[i], names))
	}
	return out, nil
}

// deviceNames are what laptops call themselves, by id: the known ones and this one.
func (r *Room) deviceNames() (map[string]string, error) {
	device, err := r.p.Device()
	if err != nil {
		return nil, err
	}
	known, err := r.p.Store.Devices()
	out := map[string]string{}
	for i := range known {
		out[known[i].ID] = known[i].Name
	}
	out[r.p.ID] = r.name(device.Public())
	return out, err
}

func (r *Room) conflict(kept store.Conflict, names map[string]string) Conflict {
	c := Conflict{Key: kept.Key, Name: kept.Name, kept: kept}
	for i := range kept.Versions {
		v := &kept.Versions[i]
		side := Version{Identity: v.Identity, At: v.At, Device: v.Device, Here: v.Device == r.p.ID}
		if name := names[v.Device]; name != "" {
			side.Device = name
		}
		c.Versions = append(c.Versions, side)
	}
	none := r.p.Desk.Texts().Text("simulate.none")
	var all [][]said
	for i := range kept.Versions {
		all = append(all, r.says(&c, &kept.Versions[i]))
	}
	c.Rows = beside(all, none)
	if c.Kind == Simulations {
		c.Rows = onlyDifferent(c.Rows, always)
	} else {
		c.Rows = onlyDifferent(c.Rows, 0)
	}
	return c
}

// says is what a version says; it fills in what the conflict is about.
func (r *Room) says(c *Conflict, v *store.Version) []said {
	d := r.p.Desk
	switch {
	case v.Content != nil:
		c.Kind = Simulations
		return sayContent(d, v.Content)
	case v.Value != nil:
		c.Kind, c.Name = Values, sayWhere(d, v.Value.Place, v.Value.Field)
		return sayValue(d, v.Value)
	}
	c.Kind = Dossiers
	person, err := r.p.Contacts.Version(c.Key, *v.Dossier)
	if err != nil { // locked, or of other keys
		c.Locked = true
		return nil
	}
	if c.Name == "" {
		c.Name = nameOf(&person)
	}
	return sayDossier(d.Texts(), &person, r.simulation)
}

// sayWhere is what a user's value is of: "Casanearshore · Loyer".
func sayWhere(d *desk.Desk, place, field string) string {
	return d.Texts().Text("share.where", "place", d.PlaceName(place), "field", d.SayField(field))
}

// simulation is the name of a simulation, its id where it is not here.
func (r *Room) simulation(id string) string {
	if s, _, err := r.p.Store.Get(store.ID(id)); err == nil {
		return s.Name
	}
	return id
}

// Resolve makes one version of a conflict the one that holds, here and, once it is
// merged, everywhere; the others stay among the earlier ones. A simulation gets the
// name that the version bears. A contact can only be decided unlocked:
// vault.ErrLocked. It returns *store.NotFoundError where that version does not stand
// any more, and the errors of a store that takes no more: nothing has changed then.
func (r *Room) Resolve(c *Conflict, identity string) error {
	_, err := r.decide(c, store.Decision{Identity: identity})
	return err
}

// decide ends a conflict as d says. One write does all of it, so that a power cut
// leaves it decided or not.
func (r *Room) decide(c *Conflict, d store.Decision) (made []store.Simulation, err error) {
	if c.Locked {
		return nil, vault.ErrLocked
	}
	d.Conflict = c.kept
	if c.Kind == Simulations {
		d.Name = c.named(d.Identity)
	}
	if made, err = r.p.Store.Resolve(d); err != nil {
		return nil, err
	}
	if c.Kind == Dossiers {
		err = r.p.Contacts.Reload()
	}
	return made, err
}

// Holds is what a conflict is about once the version of an identity holds: the name that
// a simulation has then, else the name that it has.
func (c *Conflict) Holds(identity string) string {
	if c.Kind != Simulations {
		return c.Name
	}
	return cmp.Or(c.named(identity), c.Name)
}

// named is the name that goes with a version of a simulation, where the versions bear
// several: of two names the newer one held until then. A name that was changed in the
// list alone is in none of them, and stays: "". So it does for a version that only a
// newer program can read; another one may well bear another name than that.
func (c *Conflict) named(identity string) string {
	chosen, several := "", map[string]bool{}
	for _, v := range c.kept.Versions {
		p, err := project.Read(v.Content.Project)
		if err != nil {
			several["unread "+v.Identity] = true
			continue
		}
		several[p.Name] = true
		if v.Identity == identity {
			chosen = p.Name
		}
	}
	if len(several) < 2 {
		return ""
	}
	return chosen
}

// KeepBoth ends the conflict of a simulation by keeping every version: the first goes
// on as Resolve has it, each other becomes a simulation of its own, named after the
// laptop it is from. It gives these. Of another kind there can be only one:
// *domain.Problem. It returns the errors of Resolve.
func (r *Room) KeepBoth(c *Conflict) ([]store.Simulation, error) {
	if c.Kind != Simulations {
		return nil, domain.Refuse("", "", "share.keepBoth")
	}
	t := r.p.Desk.Texts()
	d := store.Decision{Identity: c.Versions[0].Identity}
	for i := range c.Versions[1:] {
		v := &c.Versions[i+1]
		name := t.Text("share.copy", "name", c.Name, "device", v.Device, "at", desk.Stamp(v.At))
		d.Copies = append(d.Copies, store.Copy{Identity: v.Identity, Name: cut(desk.Shortened(name, c.Name))})
	}
	return r.decide(c, d)
}

// cut is a name as long as that of a simulation may be.
func cut(name string) string {
	letters := []rune(name)
	return string(letters[:min(len(letters), calc.MaxNameLetters)])
}

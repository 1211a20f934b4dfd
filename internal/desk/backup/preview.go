package backup

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/vault"
)

// reads is what two states are compared by.
type reads interface {
	List() ([]store.Entry, error)
	Get(id store.ID) (store.Simulation, store.Revision, error)
	Dossiers() ([]store.Dossier, error)
	Values() ([]store.Value, error)
	Observations() ([]store.Observation, error)
	Papers() ([]store.PaperHead, error)
}

// Item is something that a restore changes.
type Item struct {
	ID   string `json:"id"`   // of a value: place/field
	Name string `json:"name"` // of a simulation as it is now, else as it would be; "" for the rest
}

// Changes are what a restore does to one kind of things, by name and id.
type Changes struct {
	Back    []Item `json:"back"`    // not there now, there after it
	Gone    []Item `json:"gone"`    // there now, not after it
	Changed []Item `json:"changed"` // otherwise after it
}

// Count is the number of things that change.
func (c Changes) Count() int { return len(c.Back) + len(c.Gone) + len(c.Changed) }

// Keys says whether the contacts after a restore can be opened.
type Keys string

// States of the keys after a restore.
const (
	KeysNone    Keys = ""        // there is no contact
	KeysHere    Keys = "here"    // with the passphrase of now
	KeysCome    Keys = "come"    // they come along from beside the snapshot, with their passphrase
	KeysOther   Keys = "other"   // those here are of another set of contacts: what came from there stays sealed
	KeysMissing Keys = "missing" // there are none, here or beside the snapshot
)

// Preview is what a restore would change against the present state. Papers are never
// gone. Contacts are counted by id: they may be locked.
type Preview struct {
	Simulations Changes `json:"simulations"`
	Contacts    Changes `json:"contacts"`
	Values      Changes `json:"values"`
	Figures     Changes `json:"figures"` // imported ones that hold
	Papers      Changes `json:"papers"`
	Keys        Keys    `json:"keys"`
}

// Count is the number of things that change.
func (p *Preview) Count() int {
	return p.Simulations.Count() + p.Contacts.Count() + p.Values.Count() + p.Figures.Count() + p.Papers.Count()
}

// Preview says what going back to the snapshot at path would change: it makes that
// state, beside the store, compares and removes it. It returns the errors of
// store.Preview, and *mirror.StoppedError as soon as ctx ends, whatever hangs.
func (b *Backup) Preview(ctx context.Context, path string) (*Preview, error) {
	return mirror.Read(ctx, path, func() (*Preview, error) { return b.preview(ctx, path) })
}

func (b *Backup) preview(ctx context.Context, path string) (*Preview, error) {
	var p Preview
	err := b.s.Preview(ctx, path, func(restored *store.Store) error {
		now, err := stateOf(b.s)
		if err != nil {
			return err
		}
		then, err := stateOf(restored)
		if err != nil {
			return err
		}
		p = Preview{
			Simulations: changes(now.simulations, then.simulations), Contacts: changes(now.contacts, then.contacts),
			Values: changes(now.values, then.values), Figures: changes(now.figures, then.figures), Papers: changes(now.papers, then.papers),
		}
		if len(then.contacts) > 0 {
			p.Keys = b.keys(path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &p, nil
}

// keys looks at the keys here and beside a snapshot.
func (b *Backup) keys(snapshot string) Keys {
	path, copied := b.s.KeyFiles()
	here, isHere := ringAt(path)
	if !isHere {
		here, isHere = ringAt(copied)
	}
	there, isThere := ringAt(store.KeysBeside(snapshot))
	switch {
	case !isHere && isThere:
		return KeysCome
	case !isHere:
		return KeysMissing
	case isThere && !vault.Same(here, there):
		return KeysOther
	case isThere && there.Generation > here.Generation:
		return KeysCome
	}
	return KeysHere
}

func ringAt(path string) (vault.Info, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return vault.Info{}, false
	}
	info, err := vault.Inspect(data)
	return info, err == nil
}

// thing is one thing of a state: its name and all that it says, as text.
type thing struct{ name, says string }

// state is what a store holds, by id.
type state struct{ simulations, contacts, values, figures, papers map[string]thing }

func stateOf(s reads) (state, error) {
	out := state{map[string]thing{}, map[string]thing{}, map[string]thing{}, map[string]thing{}, map[string]thing{}}
	sims, err := s.List()
	if err != nil {
		return out, err
	}
	for i := range sims {
		_, rev, err := s.Get(sims[i].ID)
		if err != nil {
			return out, err
		}
		// Neither the number of the revision nor its time: what it says.
		out.simulations[string(sims[i].ID)] = thing{sims[i].Name, fmt.Sprintf("%s %s %v %s", sims[i].Name, rev.Project, rev.Marks, rev.PackSHA256)}
	}
	contacts, err := s.Dossiers()
	if err != nil {
		return out, err
	}
	for i := range contacts {
		out.contacts[string(contacts[i].ID)] = thing{says: fmt.Sprintf("%s %x", contacts[i].Clear, contacts[i].Sealed)}
	}
	return out, stateOfFigures(s, &out)
}

func stateOfFigures(s reads, out *state) error {
	values, err := s.Values()
	if err != nil {
		return err
	}
	for _, v := range values {
		out.values[v.Place+"/"+v.Field] = thing{says: fmt.Sprintf("%q %q %q", v.Text, v.AsOf, v.Note)}
	}
	figures, err := s.Observations()
	if err != nil {
		return err
	}
	for i := range figures {
		f := figures[i]
		f.Line = 0 // of the file that it came in
		out.figures[f.ID] = thing{says: fmt.Sprintf("%#v", f)}
	}
	papers, err := s.Papers()
	if err != nil {
		return err
	}
	for i := range papers {
		out.papers[papers[i].Number] = thing{}
	}
	return nil
}

// changes compares two states of one kind of things.
func changes(now, then map[string]thing) Changes {
	c := Changes{Back: []Item{}, Gone: []Item{}, Changed: []Item{}}
	for id, was := range now {
		is, stays := then[id]
		switch {
		case !stays:
			c.Gone = append(c.Gone, Item{id, was.name})
		case is.says != was.says:
			c.Changed = append(c.Changed, Item{id, was.name})
		}
	}
	for id := range then {
		if _, known := now[id]; !known {
			c.Back = append(c.Back, Item{id, then[id].name})
		}
	}
	for _, list := range [][]Item{c.Back, c.Gone, c.Changed} {
		slices.SortFunc(list, func(a, b Item) int {
			if by := strings.Compare(a.Name, b.Name); by != 0 {
				return by
			}
			return strings.Compare(a.ID, b.ID)
		})
	}
	return c
}

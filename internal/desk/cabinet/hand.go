package cabinet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
)

// Left is what stays after a person was erased, none of which names them, but for
// what somebody typed into the name of a simulation.
type Left struct {
	Papers      []string // numbers of issued papers: their figures stay, the name on them goes
	Simulations []Named  // that were attached
	Copy        string   // the second folder, where its keys still open the person until it is there again; "" where not
}

// Named is a simulation.
type Named struct {
	ID   store.ID
	Name string
}

// Msgs says what stays.
func (l Left) Msgs() []domain.Msg {
	out := []domain.Msg{domain.M("cabinet.erased")}
	if n := len(l.Papers); n > 0 {
		out = append(out, domain.M("cabinet.left.papers", "count", n))
	}
	if n := len(l.Simulations); n > 0 {
		out = append(out, domain.M("cabinet.left.simulations", "count", n))
	}
	if l.Copy != "" {
		out = append(out, domain.M("cabinet.left.copy", "folder", l.Copy))
	}
	return out
}

// Erase erases a person for ever: all that the store holds of them, the names on
// their papers, and the key that would open older copies. It returns the errors of
// Get, of store.EraseDossier and of keyring.Destroy; after a
// *keyring.StaleCopyError the person is erased but for that copy of the keys, until
// the next Unlock.
func (c *Cabinet) Erase(id string) (Left, error) {
	var out Left
	err := c.reading(func() error {
		d, err := c.get(id)
		if err != nil {
			return err
		}
		heads, err := c.p.Store.PapersOf(store.ID(id))
		if err != nil {
			return err
		}
		for i := range heads {
			out.Papers = append(out.Papers, heads[i].Number)
		}
		for _, l := range d.Simulations {
			if name := c.name(store.ID(l.ID)); name != "" {
				out.Simulations = append(out.Simulations, Named{store.ID(l.ID), name})
			}
		}
		if err := c.p.Store.EraseDossier(store.ID(id)); err != nil {
			return err
		}
		c.index.Remove(id)
		err = c.p.Keys.Destroy(id)
		if is := c.p.Mirror(); is.KeysBehind {
			out.Copy = is.Dir
		}
		return err
	})
	var stale *keyring.StaleCopyError
	if err != nil && !errors.As(err, &stale) {
		return Left{}, err
	}
	return out, err
}

// personal is the form of Personal.
type personal struct {
	Dossier  json.RawMessage   `json:"dossier"`
	Papers   []personalPaper   `json:"papers"`
	Timeline []personalLine    `json:"timeline"`
	Earlier  []json.RawMessage `json:"earlier"` // what was kept before each change, the oldest first
}

type personalPaper struct {
	Number string    `json:"number"`
	Issued time.Time `json:"issued"`
	Name   string    `json:"name,omitempty"`
}

type personalLine struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
}

// Personal is everything that is kept of a person, as JSON, to be handed over when
// they ask: the dossier, what it said before each change, the papers and the
// timeline. That it was handed over is noted first. It returns the errors of Get.
func (c *Cabinet) Personal(id string) ([]byte, error) {
	lines, err := c.History(id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = c.reading(func() error {
		d, err := c.get(id)
		if err != nil {
			return err
		}
		out := personal{Papers: []personalPaper{}, Earlier: []json.RawMessage{}, Timeline: []personalLine{}}
		for _, l := range slices.Backward(lines) {
			out.Timeline = append(out.Timeline, personalLine{l.At, l.Text})
		}
		if out.Dossier, err = d.Personal(); err != nil {
			return err
		}
		if err := c.addPapers(&out, store.ID(id)); err != nil {
			return err
		}
		if err := c.addEarlier(&out, &d); err != nil {
			return err
		}
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // a person reads it
		e.SetIndent("", "  ")
		if err := e.Encode(out); err != nil {
			return err
		}
		return c.note([]*dossier.Dossier{&d})
	})
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (c *Cabinet) addPapers(out *personal, id store.ID) error {
	heads, err := c.p.Store.PapersOf(id)
	if err != nil {
		return err
	}
	for i := range heads {
		p, err := c.p.Store.Paper(heads[i].Number)
		if err != nil {
			return err
		}
		line := personalPaper{Number: p.Number, Issued: p.At}
		if len(p.Sealed) > 0 {
			if line.Name, err = c.OpenName(id, p.Sealed); err != nil {
				return err
			}
		}
		out.Papers = append(out.Papers, line)
	}
	return nil
}

func (c *Cabinet) addEarlier(out *personal, d *dossier.Dossier) error {
	revisions, err := c.p.Store.DossierRevisions(store.ID(d.ID))
	if err != nil {
		return err
	}
	for i := range revisions[:max(0, len(revisions)-1)] {
		r := &revisions[i]
		was, err := c.read(&store.Dossier{ID: store.ID(d.ID), Created: d.Created, Updated: r.At, DossierContent: r.DossierContent})
		if err != nil {
			return err
		}
		said, err := was.Personal()
		if err != nil {
			return err
		}
		out.Earlier = append(out.Earlier, said)
	}
	return nil
}

// ExportCSV writes contacts as a table for other programs, and ExportVCard as
// business cards: those of the ids, or all where ids is nil. That they were handed
// out is noted first. They return the errors of Get and of w.
func (c *Cabinet) ExportCSV(w io.Writer, ids []string) error {
	return c.export(w, ids, dossier.WriteCSV)
}

// ExportVCard writes contacts as business cards: see ExportCSV.
func (c *Cabinet) ExportVCard(w io.Writer, ids []string) error {
	return c.export(w, ids, dossier.WriteVCard)
}

func (c *Cabinet) export(w io.Writer, ids []string, write func(io.Writer, []*dossier.Dossier) error) error {
	return c.reading(func() error {
		list := c.index.Find(dossier.Query{})
		if ids != nil {
			list = nil
			for _, id := range ids {
				d, err := c.get(id)
				if err != nil {
					return err
				}
				list = append(list, &d)
			}
		}
		var b bytes.Buffer
		if err := write(&b, list); err != nil {
			return err
		}
		if err := c.note(list); err != nil {
			return err
		}
		_, err := w.Write(b.Bytes())
		return err
	})
}

// note writes into the timelines that data was handed out; the caller holds mu. In
// a store that is only read nothing can be noted, and the data is its owner's.
func (c *Cabinet) note(list []*dossier.Dossier) error {
	if c.p.Store.ReadOnly() || len(list) == 0 {
		return nil
	}
	ids := make([]store.ID, len(list))
	for i, d := range list {
		ids[i] = store.ID(d.ID)
	}
	return c.p.Store.NoteDossiers(ids, store.DossierEvent{Kind: string(dossier.KindExported)})
}

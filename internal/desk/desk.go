// Package desk holds the use cases: estimate, explain, save, reopen, list. The
// window and the headless commands both call it, so that they cannot differ. It
// knows neither widgets nor flags.
package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/project"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// Store is what the desk needs of a store of simulations.
type Store interface {
	Create(name string, c store.Content) (store.Simulation, error)
	Save(id store.ID, name string, c store.Content) (store.Simulation, error)
	Get(id store.ID) (store.Simulation, store.Revision, error)
	List() ([]store.Entry, error)
	Rename(id store.ID, name string) (store.Simulation, error)
	Duplicate(id store.ID, name string) (store.Simulation, error)
	Delete(id store.ID) (store.Simulation, error)
	Undelete(id store.ID) (store.Simulation, error)
	SavePackOnce(p store.Pack) error
	Pack(sha256 string) (store.Pack, error)
	Setting(name string, into any) (bool, error)
	PutSetting(name string, value any) error
	PutValue(v store.Value) error
	DropValue(place, field string) error
	Values() ([]store.Value, error)
	PutObservations(ctx context.Context, file string, list []store.Observation, wrote func(done int)) (store.Import, error)
	DropImport(number int) error
	Imports() ([]store.Import, error)
	Observations() ([]store.Observation, error)
	ReadOnly() bool
}

// Params is what a desk works with. Store may be nil: then nothing can be saved.
type Params struct {
	Pack      *rules.Pack
	PackFiles fs.FS // the files of Pack, kept beside each saved simulation
	Texts     *i18n.Catalogue
	Store     Store
	Now       func() time.Time // which dates are still to come; nil is time.Now
}

// Desk is the use cases under one active rule pack. Safe for several goroutines.
type Desk struct {
	p      Params
	engine *calc.Engine
	texts  *i18n.Catalogue
	book   func() (*figures.Book, error) // of the pack, read at the first call
	*memory
}

// memory is what the desks of all languages share.
type memory struct {
	mu      sync.Mutex
	engines map[string]*calc.Engine // older packs, by hash, as simulations need them

	ownMu   sync.Mutex    // not mu: many imported figures take a second, in which a simulation may be opened
	own     *figures.Book // with the imported figures; nil until it is asked for or after a change
	changes int           // imports made and taken back by this desk
}

// Draft is a simulation on the desk: saved or not yet.
type Draft struct {
	ID       store.ID // empty until it is saved
	Revision int      // 0 until it is saved
	Opened   string   // name under which it was opened or saved last; empty until then
	Project  domain.Project
	Marks    map[string]string // JSON path -> preset the value was taken from: assumed
	Pack     string            // hash of the rule pack; empty: the active one
}

// New prepares a desk. It fails where the pack cannot be computed with.
func New(p Params) (*Desk, error) {
	if p.Now == nil {
		p.Now = time.Now
	}
	e, err := calc.New(p.Pack)
	if err != nil {
		return nil, err
	}
	return &Desk{
		p: p, engine: e, texts: p.Texts.WithTexts(p.Pack.TextsIn(p.Texts.Lang())),
		book:   sync.OnceValues(func() (*figures.Book, error) { return figures.Load(p.Pack) }),
		memory: &memory{engines: map[string]*calc.Engine{}},
	}, nil
}

// Engine computes under the active pack.
func (d *Desk) Engine() *calc.Engine { return d.engine }

// Pack is the active rule pack.
func (d *Desk) Pack() *rules.Pack { return d.p.Pack }

// Texts is the catalogue with the texts of the active pack.
func (d *Desk) Texts() *i18n.Catalogue { return d.texts }

// PlaceName is the name of a platform or region of the active pack; the id
// itself where the pack has neither.
func (d *Desk) PlaceName(id string) string {
	if s := d.p.Pack.Site(id); s != nil {
		return s.Name
	}
	if r := d.p.Pack.Region(id); r != nil {
		return r.Name
	}
	return id
}

// CanSave is whether there is a store that takes changes.
func (d *Desk) CanSave() bool { return d.p.Store != nil && !d.p.Store.ReadOnly() }

// Case prepares a draft under the pack it belongs to. The error is
// calc.Problems where the project is refused.
func (d *Desk) Case(dr Draft) (*calc.Case, error) {
	e, err := d.EngineFor(dr.Pack)
	if err != nil {
		return nil, err
	}
	return e.Case(dr.Project)
}

// Estimate computes a draft: the one result object. Values taken from a preset
// are among the assumed inputs.
func (d *Desk) Estimate(dr Draft) (*calc.Result, error) {
	c, err := d.Case(dr)
	if err != nil {
		return nil, err
	}
	return withMarks(c.Result(), dr.Marks), nil
}

// Explain opens a line of a year, or of the horizon where year is 0.
func (d *Desk) Explain(dr Draft, line string, year int) (*calc.Explanation, error) {
	c, err := d.Case(dr)
	if err != nil {
		return nil, err
	}
	return c.Explain(line, year)
}

func withMarks(r *calc.Result, marks map[string]string) *calc.Result {
	var paths []string
	for path := range marks {
		if !slices.Contains(r.Assumed, path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	r.Assumed = append(r.Assumed, paths...)
	return r
}

// EngineFor gives the engine of a pack: the active one, or an older one that
// the store keeps, so that a saved simulation is computed as it was.
func (d *Desk) EngineFor(sha256 string) (*calc.Engine, error) {
	if sha256 == "" || sha256 == d.p.Pack.SHA256 {
		return d.engine, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if e := d.engines[sha256]; e != nil {
		return e, nil
	}
	if d.p.Store == nil {
		return nil, &store.NotFoundError{Kind: "pack", ID: sha256}
	}
	kept, err := d.p.Store.Pack(sha256)
	if err != nil {
		return nil, err
	}
	e, err := openPack(kept.Archive)
	if err == nil && e.Pack().SHA256 != sha256 {
		err = errors.New("these are other rules")
	}
	if err != nil {
		return nil, fmt.Errorf("pack %d: %w", kept.Number, err)
	}
	d.engines[sha256] = e
	return e, nil
}

func openPack(archive []byte) (*calc.Engine, error) {
	files, err := pack.Open(archive)
	if err != nil {
		return nil, err
	}
	p, err := rules.Load(files)
	if err != nil {
		return nil, err
	}
	return calc.New(p)
}

// Save keeps a draft: a new simulation, or a new revision of one. Nothing that
// was saved before is overwritten; a deleted simulation is back in the list. It
// renames only if the draft's own name was changed since it was opened: a name
// given meanwhile stays, and the draft that comes back has it. A refused project
// is not saved; without a store the error is *store.ReadOnlyError. Where it
// fails nothing of the save exists; the pack, kept first, may.
func (d *Desk) Save(dr Draft) (Draft, error) {
	if d.p.Store == nil {
		return dr, &store.ReadOnlyError{}
	}
	out := dr
	name := dr.Project.Name
	if dr.ID != "" && dr.Opened == name {
		sim, _, err := d.p.Store.Get(dr.ID)
		if err != nil {
			return dr, err
		}
		name, out.Project.Name = "", sim.Name
	}
	out.Pack = "" // a new revision is computed under the rules of today
	r, err := d.Estimate(out)
	if err != nil {
		return dr, err
	}
	content, err := d.content(out, r)
	if err != nil {
		return dr, err
	}
	if err := d.keepPack(); err != nil {
		return dr, err
	}
	var sim store.Simulation
	if dr.ID == "" {
		sim, err = d.p.Store.Create(name, content)
	} else {
		sim, err = d.p.Store.Save(dr.ID, name, content)
	}
	if err != nil {
		return dr, err
	}
	out.ID, out.Revision, out.Pack = sim.ID, sim.Head, d.p.Pack.SHA256
	out.Project.Name, out.Opened = sim.Name, sim.Name
	return out, nil
}

func (d *Desk) content(dr Draft, r *calc.Result) (store.Content, error) {
	b, err := project.Write(dr.Project)
	if err != nil {
		return store.Content{}, err
	}
	return store.Content{
		Project: b, Marks: dr.Marks, PackNumber: d.p.Pack.Number, PackSHA256: d.p.Pack.SHA256,
		Summary: store.Summary{
			Site: dr.Project.Site, Segment: dr.Project.Segment, Months: r.Months,
			Total: r.Benefits.Value.String(), Low: r.Benefits.Low.String(), High: r.Benefits.High.String(),
			Heads: r.Years[len(r.Years)-1].HeadcountEnd.String(),
		},
	}, nil
}

func (d *Desk) keepPack() error {
	a, err := pack.Archive(d.p.PackFiles)
	if err != nil {
		return err
	}
	return d.p.Store.SavePackOnce(store.Pack{Number: d.p.Pack.Number, SHA256: d.p.Pack.SHA256, Archive: a})
}

// Open brings a saved simulation back as it was, under the rules it was computed
// with.
func (d *Desk) Open(id store.ID) (Draft, error) {
	sim, rev, err := d.p.Store.Get(id)
	if err != nil {
		return Draft{}, err
	}
	p, err := project.Read(rev.Project)
	if err != nil {
		return Draft{}, err
	}
	p.Name = sim.Name
	return Draft{ID: id, Revision: rev.Number, Opened: sim.Name, Project: p, Marks: rev.Marks, Pack: rev.PackSHA256}, nil
}

// List gives the saved simulations, newest first.
func (d *Desk) List() ([]store.Entry, error) {
	if d.p.Store == nil {
		return nil, nil
	}
	return d.p.Store.List()
}

// Rename gives a simulation another name. The error is calc.Problems where the
// name is refused as that of a project.
func (d *Desk) Rename(id store.ID, name string) error {
	if wrong := calc.CheckName(name); wrong != nil {
		return calc.Problems{wrong}
	}
	_, err := d.p.Store.Rename(id, name)
	return err
}

// Duplicate copies a simulation under another name and gives the copy's id. A
// name that is the simulation's own with something behind it is shortened in the
// own part where it is too long; any other is refused with calc.Problems.
func (d *Desk) Duplicate(id store.ID, name string) (store.ID, error) {
	own, _, err := d.p.Store.Get(id)
	if err != nil {
		return "", err
	}
	name = Shortened(name, own.Name)
	if wrong := calc.CheckName(name); wrong != nil {
		return "", calc.Problems{wrong}
	}
	sim, err := d.p.Store.Duplicate(id, name)
	return sim.ID, err
}

// Shortened cuts letters off the end of own, with which name begins, until name
// has no more than a name may have.
func Shortened(name, own string) string {
	rest, begins := strings.CutPrefix(name, own)
	letters := []rune(own)
	room := calc.MaxNameLetters - len([]rune(rest)) - 1 // for the ellipsis
	if !begins || len([]rune(name)) <= calc.MaxNameLetters || room < 1 || room >= len(letters) {
		return name
	}
	return strings.TrimSpace(string(letters[:room])) + "…" + rest
}

// Delete takes a simulation out of the list.
func (d *Desk) Delete(id store.ID) error {
	_, err := d.p.Store.Delete(id)
	return err
}

// Undelete puts it back.
func (d *Desk) Undelete(id store.ID) error {
	_, err := d.p.Store.Undelete(id)
	return err
}

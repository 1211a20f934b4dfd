package use

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"atlasp2i/internal/dossier"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Facts are everything that the program shows of its files, by a name for each.
// Some say the same thing twice: once whole, with times and devices, and once the
// part that is known before it is written.
type Facts map[string]string

// Dropped stands for a fact that is gone, in a difference.
const Dropped = "\x00"

func (f Facts) put(value any, name ...any) {
	key := ""
	for i, n := range name {
		if i > 0 {
			key += "/"
		}
		key += fmt.Sprint(n)
	}
	if text, ok := value.(string); ok {
		f[key] = text
		return
	}
	f[key] = Digest(value)
}

// Digest is a short name of a value with all its fields.
func Digest(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return err.Error() // equal to nothing that was confirmed
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Changes are what differs from f to g, with what is gone as Dropped.
func (f Facts) Changes(g Facts) Facts {
	out := Facts{}
	for k, v := range g {
		if was, ok := f[k]; !ok || was != v {
			out[k] = v
		}
	}
	for k := range f {
		if _, ok := g[k]; !ok {
			out[k] = Dropped
		}
	}
	return out
}

// With applies changes.
func (f Facts) With(changes Facts) Facts {
	out := make(Facts, len(f)+len(changes))
	for k, v := range f {
		out[k] = v
	}
	for k, v := range changes {
		out[k] = v
		if v == Dropped {
			delete(out, k)
		}
	}
	return out
}

// settings are those that the trials change.
var settings = []string{
	store.SettingTheme, store.SettingDraft, store.SettingOffice, store.SettingRates, store.SettingWeightings,
	store.SettingPack, store.SettingPackKeys, store.SettingKiosk, store.SettingKioskTries,
}

// Read reads everything.
func (p *Program) Read() (Facts, error) {
	f := Facts{}
	for _, read := range []func(Facts) error{
		p.simulations, p.packs, p.ownValues, p.imports, p.persons, p.papers, p.settings, p.others,
	} {
		if err := read(f); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (p *Program) simulations(f Facts) error {
	for _, list := range []func() ([]store.Entry, error){p.Store.List, p.Store.ListDeleted} {
		entries, err := list()
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := p.simulation(f, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Program) packs(f Facts) error {
	heads, err := p.Store.Packs()
	for _, h := range heads {
		kept, bad := p.Store.Pack(h.SHA256)
		err = errors.Join(err, bad)
		f.put(kept, "pack", h.SHA256)
	}
	return err
}

// others are what other laptops have to do with: who they are, and what was changed on
// several.
func (p *Program) others(f Facts) error {
	devices, err := p.Store.Devices()
	for _, d := range devices {
		f.put(d, "device", d.ID)
	}
	list, bad := p.Store.Conflicts()
	for _, c := range list {
		f.put(c.Versions, "conflict", c.Key, "sides")
	}
	return errors.Join(err, bad)
}

func (p *Program) simulation(f Facts, e store.Entry) error {
	f.put(e, "sim", e.ID)
	f.put(e.Name, "sim", e.ID, "name")
	if e.Simulation.Deleted != nil {
		f.put("yes", "sim", e.ID, "deleted")
	}
	revs, err := p.Store.Revisions(e.ID)
	if err != nil {
		return err
	}
	for _, r := range revs {
		f.put(r, "rev", e.ID, r.Number)
		f.put(Digest(r.Project), "rev", e.ID, r.Number, "project")
	}
	events, err := p.Store.History(e.ID)
	if err != nil {
		return err
	}
	for i, x := range events {
		f.put(x, "line", e.ID, i+1)
		f.put(string(x.Kind), "line", e.ID, i+1, "kind")
	}
	return nil
}

func (p *Program) ownValues(f Facts) error {
	values, err := p.Store.Values()
	if err != nil {
		return err
	}
	for _, v := range values {
		f.put(v.Text, "own", v.Place, v.Field)
	}
	for _, field := range ownFields {
		versions, err := p.Store.ValueHistory(field.place, field.field)
		if err != nil {
			return err
		}
		for i, v := range versions {
			n := len(versions) - i
			f.put(v, "val", v.Place, v.Field, n)
			f.put(v.Text, "val", v.Place, v.Field, n, "text")
		}
	}
	return nil
}

func (p *Program) imports(f Facts) error {
	imports, err := p.Store.Imports()
	if err != nil {
		return err
	}
	for _, x := range imports {
		f.put(x, "imp", x.Number)
	}
	list, err := p.Store.Observations()
	if err != nil {
		return err
	}
	for _, o := range list {
		f.put(o, "obs", o.Period, o.Publisher)
		f.put(o.Value, "obs", o.Period, o.Publisher, "value")
	}
	return nil
}

func (p *Program) persons(f Facts) error {
	if p.Pass != "" {
		f.put(p.Pass, "pass")
	}
	list, err := p.Store.Dossiers()
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := p.dossier(f, d); err != nil {
			return err
		}
		got, err := p.People.Get(string(d.ID))
		if err != nil {
			return fmt.Errorf("contact %s: %w", d.ID, err)
		}
		f.put(said(got), "person", d.ID)
		f.put([]any{got.Clear, got.Private}, "person", d.ID, "all")
	}
	gone, err := p.Store.Erasures()
	if err != nil {
		return err
	}
	for _, d := range gone {
		f.put("yes", "gone", d.ID)
		if err := p.dossier(f, d); err != nil {
			return err
		}
	}
	return nil
}

// said is the part of a contact that is known before it is kept.
func said(d *dossier.Dossier) string { return d.Contact.Name + " | " + d.Notes }

func (p *Program) dossier(f Facts, d store.Dossier) error {
	f.put(d, "dos", d.ID)
	revs, err := p.Store.DossierRevisions(d.ID)
	if err != nil {
		return err
	}
	for _, r := range revs {
		f.put(r, "dosrev", d.ID, r.Number)
	}
	events, err := p.Store.DossierHistory(d.ID)
	if err != nil {
		return err
	}
	for i, x := range events {
		f.put(x, "dosline", d.ID, i+1)
	}
	return nil
}

func (p *Program) papers(f Facts) error {
	heads, err := p.Office.Papers("")
	if err != nil {
		return err
	}
	for _, h := range heads {
		got, err := p.Office.Open(h.Number) // reads and checks what was signed
		if err != nil {
			return fmt.Errorf("paper %s: %w", h.Number, err)
		}
		f.put([]any{got.Head, got.Stated, got.Code}, "paper", h.Number)
		if got.For != "" {
			f.put(got.For, "paper", h.Number, "for")
		}
	}
	data, err := os.ReadFile(filepath.Join(p.Dir, KeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	key, err := seal.ParseDevice(data)
	if err != nil {
		return err
	}
	f.put(key.Public(), "signing")
	f.put(key.Public().Prefix(), "signing", "prefix")
	return nil
}

func (p *Program) settings(f Facts) error {
	for _, name := range settings {
		var v json.RawMessage
		there, err := p.Store.Setting(name, &v)
		if err != nil {
			return err
		}
		if there {
			f.put(v, "set", name)
		}
	}
	if dir := p.Store.Mirror().Dir; dir != "" {
		f.put(dir, "mirror")
	}
	door, err := p.door.State()
	if door.Coded {
		f.put(fmt.Sprint(door.Closed), "closed")
	}
	return err
}

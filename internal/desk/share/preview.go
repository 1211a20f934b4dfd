package share

import (
	"cmp"
	"slices"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Standing is what is known here of the laptop that made a file.
type Standing int

// Standings of a maker.
const (
	Stranger Standing = iota // none of its files was ever taken here
	Known
	Own     // this laptop itself
	Renewed // of a known id or of that of this laptop, but under another key: it was set up anew, or somebody takes its name
)

// Maker is who made a file.
type Maker struct {
	Name     string // as it calls itself
	Print    string // of its key, to be compared over the table: see seal.PublicKey.Print
	Standing Standing
	Since    time.Time // UTC, since when it is Known; else zero
	Was      string    // where it is Renewed, the print of the key that is known; else ""
	At       time.Time // UTC, when it was made
	Program  string    // version of the program
}

// Kind is a kind of things that laptops share.
type Kind string

// Kinds, in the order in which they are said.
const (
	Simulations Kind = "simulations"
	Dossiers    Kind = "dossiers"
	Values      Kind = "values"
	Papers      Kind = "papers"
	Packs       Kind = "packs"
)

// Thing is one of them, by its key in the store and as a person calls it. A contact
// is called by name only while contacts are unlocked, else "".
type Thing struct{ Key, Name string }

// Label is the name, or the key where there is none.
func (t Thing) Label() string { return cmp.Or(t.Name, t.Key) }

// Part is what a merge does to the things of one kind. Each of the file is in one of
// the first three; those that are in conflict after it are in the last, too.
type Part struct {
	Kind      Kind
	New       []Thing // that this laptop did not have
	Updated   []Thing // of which it did not know all
	Same      []Thing
	Conflicts []Thing // changed here and elsewhere: a person decides
}

// Changes is how many things of it change here.
func (p *Part) Changes() int { return len(p.New) + len(p.Updated) }

// Report is what a merge does, or did.
type Report struct {
	Parts   []Part   // one a kind, in their order
	Erased  []Thing  // contacts that were erased elsewhere and go here too
	Clashes []string // numbers of papers that name another paper here: ours stay
	InBin   []Thing  // simulations that are in the bin here and stay there
}

// Changes is how many things change here.
func (r *Report) Changes() int {
	n := len(r.Erased)
	for i := range r.Parts {
		n += r.Parts[i].Changes()
	}
	return n
}

// Preview is what a file holds and would do. Nothing was changed yet. It holds keys
// of contacts until Forget.
type Preview struct {
	Maker    Maker
	Counts   bundle.Counts
	Contacts bool // the file was made with contacts
	Report

	bundle *bundle.Bundle
}

// Forget wipes the keys that came along.
func (p *Preview) Forget() { wipe(p.bundle.Keys) }

// Preview reads a file and says what it would do. It takes as long as the passphrase
// does. The error is a *domain.Problem where the file or the passphrase is refused,
// else one of the store, which refuses a share as a whole.
func (r *Room) Preview(data []byte, passphrase string) (*Preview, error) {
	b, err := bundle.Read(data, passphrase)
	if err != nil {
		return nil, err
	}
	maker, err := r.maker(&b.Manifest)
	if err != nil {
		return nil, err
	}
	p := &Preview{Maker: maker, Counts: b.Manifest.Counts, Contacts: b.Manifest.Contacts, bundle: b}
	if err := r.Again(p); err != nil {
		return nil, err
	}
	if err := sound(&b.Share); err != nil {
		return nil, err
	}
	return p, nil
}

// Again says anew what a file would do, without its passphrase: contacts were unlocked
// since, or another language is spoken.
func (r *Room) Again(p *Preview) error {
	found, err := r.p.Store.TryMerge(p.bundle.Share)
	if err == nil {
		p.Report = r.report(p.bundle, &found)
	}
	return err
}

func (r *Room) maker(m *bundle.Manifest) (Maker, error) {
	out := Maker{Name: m.Name, Print: m.Key.Print(), At: m.Made, Program: m.Program}
	device, err := r.p.Device()
	if err != nil {
		return out, err
	}
	known, err := r.p.Store.Devices()
	if err != nil {
		return out, err
	}
	switch {
	case m.Key == device.Public():
		out.Standing = Own
	case m.Device == r.p.ID:
		out.Standing, out.Was = Renewed, device.Public().Print()
	default:
		err = out.compare(m, known)
	}
	return out, err
}

// compare fills in what known laptops say of a maker. Whose id it has comes first: a
// laptop with a known key is not believed to be another one.
func (out *Maker) compare(m *bundle.Manifest, known []store.Device) error {
	key := m.Key.String()
	if at := slices.IndexFunc(known, func(d store.Device) bool { return d.ID == m.Device }); at >= 0 && known[at].PublicKey != key {
		was, err := seal.ParsePublicKey(known[at].PublicKey)
		out.Standing, out.Was = Renewed, was.Print()
		return err
	}
	if at := slices.IndexFunc(known, func(d store.Device) bool { return d.PublicKey == key }); at >= 0 {
		out.Standing, out.Since = Known, known[at].At
	}
	return nil
}

// report names what the store found.
func (r *Room) report(b *bundle.Bundle, found *store.MergeReport) Report {
	n := r.naming(b)
	part := func(kind Kind, m *store.Merged, name func(key string) string) Part {
		return Part{kind, named(m.New, name), named(m.Updated, name), named(m.Same, name), named(m.Conflicts, name)}
	}
	return Report{
		Parts: []Part{
			part(Simulations, &found.Simulations, n.simulation),
			part(Dossiers, &found.Dossiers, n.dossier),
			part(Values, &found.Values, n.value),
			part(Papers, &found.Papers, func(number string) string { return number }),
			part(Packs, &found.Packs, n.pack),
		},
		Erased:  named(found.Erased, n.dossier),
		Clashes: found.Clashes,
		InBin:   named(found.InBin, n.simulation),
	}
}

func named[K ~string](keys []K, name func(string) string) []Thing {
	out := make([]Thing, 0, len(keys))
	for _, k := range keys {
		out = append(out, Thing{string(k), name(string(k))})
	}
	return out
}

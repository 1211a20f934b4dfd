package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/store/lineage"
)

// Share is all of a store that laptops share, in one order: two stores that know
// the same give the same Share. It is JSON.
type Share struct {
	Simulations []SharedSimulation `json:"simulations,omitempty"`
	Dossiers    []SharedDossier    `json:"dossiers,omitempty"`
	Values      []SharedValue      `json:"values,omitempty"`
	Papers      []SharedPaper      `json:"papers,omitempty"`
	Packs       []Pack             `json:"packs,omitempty"`
}

// ShareOptions say what is left out of a Share.
type ShareOptions struct {
	WithoutDossiers bool // no dossier and no sealed name; that a person was erased is told all the same

	bin bool // the simulations in the bin too
}

// SharedVersion is what a version of anything has. Parents are the identities of the
// versions that it took the place of, sorted.
type SharedVersion struct {
	Identity string    `json:"identity"`
	At       time.Time `json:"at"`
	Device   string    `json:"device"`
	Parents  []string  `json:"parents"`
}

// SharedSimulation is a simulation that is not in the bin. Its name is that of the
// newest of its events; Events tell nothing of the bin.
type SharedSimulation struct {
	ID        ID               `json:"id"`
	Revisions []SharedRevision `json:"revisions"` // parents first
	Events    []Event          `json:"events"`
}

// SharedRevision is a revision of a simulation, with the parts of Content.
type SharedRevision struct {
	SharedVersion
	Project    []byte            `json:"project"` // JSON, byte for byte
	Marks      map[string]string `json:"marks,omitempty"`
	PackNumber int               `json:"pack"`
	PackSHA256 string            `json:"packSHA256"`
	Summary    Summary           `json:"summary"`
}

// SharedDossier is a dossier, or that its person was erased: then nothing else.
type SharedDossier struct {
	ID        ID                      `json:"id"`
	Erased    *Erasure                `json:"erased,omitempty"`
	Revisions []SharedDossierRevision `json:"revisions,omitempty"`
	Events    []DossierEvent          `json:"events,omitempty"`
}

// Erasure says when a person was erased first, and on which device.
type Erasure struct {
	At     time.Time `json:"at"`
	Device string    `json:"device"`
}

// SharedDossierRevision is a revision of a dossier, with the parts of DossierContent.
type SharedDossierRevision struct {
	SharedVersion
	Clear  []byte `json:"clear"` // JSON, byte for byte
	Sealed []byte `json:"sealed"`
}

// SharedValue is a value of the user, dropped or not.
type SharedValue struct {
	Place    string               `json:"place"`
	Field    string               `json:"field"`
	Versions []SharedValueVersion `json:"versions"` // parents first
}

// SharedValueVersion is a version of a value, with the parts of Value.
type SharedValueVersion struct {
	SharedVersion
	Text    string `json:"text,omitempty"`
	AsOf    string `json:"asOf,omitempty"`
	Note    string `json:"note,omitempty"`
	Dropped bool   `json:"dropped,omitempty"`
}

// SharedPaper is an issued paper. The number of its simulation's revision is that of
// one store only, so Revision is 0 and RevisionIdentity names it; empty: not known.
type SharedPaper struct {
	PaperHead
	RevisionIdentity string `json:"revisionIdentity,omitempty"`
	Payload          []byte `json:"payload"`
	Signature        []byte `json:"signature"`
	Sealed           []byte `json:"sealed,omitempty"`
}

// Share gives all that is shared of the store: imported figures, settings, known
// devices, and what is in the bin stay here.
func (s *Store) Share(o ShareOptions) (Share, error) {
	var out Share
	err := s.view(func(r reader) (err error) {
		if out.Simulations, err = r.shareSimulations(o); err != nil {
			return err
		}
		if out.Dossiers, err = r.shareDossiers(o); err != nil {
			return err
		}
		if out.Values, err = r.shareValues(); err != nil {
			return err
		}
		if out.Papers, err = r.sharePapers(o); err != nil {
			return err
		}
		out.Packs, err = r.sharePacks()
		return err
	})
	return out, err
}

func (r reader) shareSimulations(o ShareOptions) (out []SharedSimulation, err error) {
	return out, r.all(bucketSimulations, func(key, payload []byte) error {
		rec, err := decodeSim(key, payload)
		if err != nil || rec.Deleted != nil && !o.bin {
			return err
		}
		known, err := r.known(owner{kindSimulation, key}, rec.Head)
		if err != nil {
			return err
		}
		is := SharedSimulation{ID: rec.ID}
		for _, v := range known.sorted() {
			rev, err := decodeRevision(v.payload)
			if err != nil {
				return err
			}
			is.Revisions = append(is.Revisions, SharedRevision{
				shared(v.Version), rev.Project, rev.Marks, rev.PackNumber, rev.PackSHA256, rev.Summary,
			})
		}
		is.Events, err = lines[Event](r, bucketJournal, key, rec.Events)
		is.Events = union(nil, slices.DeleteFunc(is.Events, func(e Event) bool { return !e.names() }))
		out = append(out, is)
		return err
	})
}

func (r reader) shareDossiers(o ShareOptions) (out []SharedDossier, err error) {
	return out, r.all(bucketDossiers, func(key, payload []byte) error {
		var rec dossierRecord
		if err := json.Unmarshal(payload, &rec); err != nil {
			return err
		}
		is := SharedDossier{ID: idOf(key)}
		if rec.Erased != nil {
			is.Erased = &Erasure{*rec.Erased, rec.Device}
			out = append(out, is)
			return nil
		}
		if o.WithoutDossiers {
			return nil
		}
		known, err := r.known(owner{kindDossier, key}, rec.Head)
		if err != nil {
			return err
		}
		for _, v := range known.sorted() {
			rev, err := decodeDossierRevision(v.payload)
			if err != nil {
				return err
			}
			is.Revisions = append(is.Revisions, SharedDossierRevision{shared(v.Version), rev.Clear, rev.Sealed})
		}
		is.Events, err = lines[DossierEvent](r, bucketDossierJournal, key, rec.Events)
		is.Events = union(nil, is.Events)
		out = append(out, is)
		return err
	})
}

func (r reader) shareValues() (out []SharedValue, err error) {
	owners, err := r.valueOwners()
	for _, o := range owners {
		known, err := r.known(o.owner, o.head)
		if err != nil {
			return nil, err
		}
		var is SharedValue
		is.Place, is.Field, _ = CutValueKey(o.name())
		for _, v := range known.sorted() {
			var rec valueRecord
			if err := json.Unmarshal(v.payload, &rec); err != nil {
				return nil, err
			}
			is.Versions = append(is.Versions, SharedValueVersion{shared(v.Version), rec.Text, rec.AsOf, rec.Note, rec.Dropped})
		}
		out = append(out, is)
	}
	return out, err
}

func (r reader) sharePapers(o ShareOptions) (out []SharedPaper, err error) {
	return out, r.all(bucketPapers, func(_, payload []byte) error {
		p, err := r.sharedPaper(payload)
		if o.WithoutDossiers {
			p.Sealed = nil
		}
		out = append(out, p)
		return err
	})
}

// sharedPaper gives a kept paper as every store knows it.
func (r reader) sharedPaper(payload []byte) (SharedPaper, error) {
	var h paperHeader
	body, err := splitBody(payload, &h)
	if err != nil {
		return SharedPaper{}, err
	}
	out := SharedPaper{h.PaperHead, h.RevisionIdentity, body, h.Signature, h.Sealed}
	if h.Revision > 0 && out.RevisionIdentity == "" {
		out.RevisionIdentity, err = r.revisionIdentity(h.Simulation, h.Revision)
	}
	out.Revision = 0
	return out, err
}

// revisionIdentity gives the identity of a revision, "" where there is none: a paper
// may name a simulation that is on another laptop.
func (r reader) revisionIdentity(id ID, number int) (string, error) {
	sim, err := r.sim(id)
	if missing(err) || err == nil && number > sim.Head {
		return "", nil
	} else if err != nil {
		return "", err
	}
	key, _ := id.key()
	return r.identity(owner{kindSimulation, key}, number)
}

func (r reader) sharePacks() (out []Pack, err error) {
	return out, r.all(bucketPacks, func(key, payload []byte) error {
		p, err := decodePack(key, payload)
		p.SavedAt = time.Time{} // of this store
		out = append(out, p)
		return err
	})
}

func shared(v lineage.Version) SharedVersion {
	return SharedVersion{v.Identity, v.At, v.Device, v.Parents}
}

// names says whether the event gives a simulation its name: so do all that are shared.
func (e Event) names() bool {
	return e.Kind == EventCreated || e.Kind == EventDuplicated || e.Kind == EventRenamed
}

func (e Event) compare(o Event) int {
	return cmp.Or(e.At.Compare(o.At), strings.Compare(e.Device, o.Device), strings.Compare(e.New, o.New),
		strings.Compare(string(e.Kind), string(o.Kind)), strings.Compare(e.Old, o.Old), strings.Compare(string(e.From), string(o.From)))
}

func (e DossierEvent) compare(o DossierEvent) int {
	return cmp.Or(e.At.Compare(o.At), strings.Compare(e.Device, o.Device), strings.Compare(e.Kind, o.Kind), strings.Compare(e.Ref, o.Ref))
}

// union gives the lines of two journals in the order of their times, each once.
func union[E interface{ compare(E) int }](a, b []E) []E {
	all := slices.Concat(a, b)
	slices.SortFunc(all, E.compare)
	return slices.CompactFunc(all, func(a, b E) bool { return a.compare(b) == 0 })
}

// lines reads a journal in the order in which its lines came.
func lines[E any](r reader, bucket string, key []byte, count int) ([]E, error) {
	out := make([]E, 0, count)
	for n := 1; n <= count; n++ {
		p, err := r.must(bucket, numbered(key, n))
		if err != nil {
			return nil, err
		}
		var e E
		if err := json.Unmarshal(p, &e); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

package store

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"atlasp2i/internal/store/lineage"
)

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

const (
	maxShared       = 64 << 20 // bytes of one record or archive; what a store holds is far smaller
	maxSharedText   = 1 << 20  // bytes of a text outside a project
	firstSharedYear = 1900     // a laptop whose clock lost its battery says 1970 or 1980
	lastSharedYear  = 2200
)

// ReadShare reads the JSON of a Share, strictly, and checks it as Merge does. It
// returns *ShareError.
func ReadShare(b []byte) (Share, error) {
	var out Share
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return Share{}, &ShareError{Where: "JSON", Reason: err.Error()}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Share{}, &ShareError{Where: "JSON", Reason: "something follows the end"}
	}
	_, err := out.check()
	if err != nil {
		return Share{}, err
	}
	return out, nil
}

// checkedShare is a Share whose versions are what they say, with the records that
// they become.
type checkedShare struct {
	Share
	simulations, dossiers, values [][]item
}

func (sh Share) check() (checkedShare, error) {
	c := checker{out: checkedShare{Share: sh}, seen: map[string]bool{}}
	for i, is := range sh.Simulations {
		c.in("simulations[%d]", i)
		c.out.simulations = append(c.out.simulations, c.simulation(is))
	}
	for i, d := range sh.Dossiers {
		c.in("dossiers[%d]", i)
		c.out.dossiers = append(c.out.dossiers, c.dossier(d))
	}
	for i, v := range sh.Values {
		c.in("values[%d]", i)
		c.out.values = append(c.out.values, c.value(v))
	}
	for i, p := range sh.Papers {
		c.in("papers[%d]", i)
		c.paper(p)
	}
	for i, p := range sh.Packs {
		c.in("packs[%d]", i)
		c.pack(p)
	}
	return c.out, c.err
}

// checker looks at one thing after the other; the first fault sticks.
type checker struct {
	out   checkedShare
	seen  map[string]bool
	where string
	err   error
}

func (c *checker) in(format string, args ...any) { c.where = fmt.Sprintf(format, args...) }

func (c *checker) want(ok bool, reason string, args ...any) bool {
	if !ok && c.err == nil {
		c.err = &ShareError{Where: c.where, Reason: fmt.Sprintf(reason, args...)}
	}
	return c.err == nil
}

func (c *checker) once(kind, key string) {
	c.want(!c.seen[kind+"\x00"+key], "%q is there twice", excerpt(key))
	c.seen[kind+"\x00"+key] = true
}

func (c *checker) id(id ID) {
	_, err := ParseID(string(id))
	c.want(err == nil, "%q is no id", excerpt(string(id)))
}

func (c *checker) moment(at time.Time, device string) {
	c.want(at.Location() == time.UTC, "a time is not UTC")
	c.want(at.Year() >= firstSharedYear && at.Year() <= lastSharedYear, "the year %d", at.Year())
	c.texts(device)
}

func (c *checker) texts(texts ...string) {
	for _, t := range texts {
		c.want(len(t) <= maxSharedText && utf8.ValidString(t), "%q is no text or too long", excerpt(t))
	}
}

// versions checks all versions of a thing. Each is made into the record that it will
// be, and that is read: what would come back as something else has another identity.
func (c *checker) versions(o owner, given []SharedVersion, record func(i int) ([]byte, error)) []item {
	c.want(len(given) > 0, "it has no version")
	var out []item
	var all []lineage.Version
	for i, is := range given {
		c.moment(is.At, is.Device)
		c.want(is.Parents != nil, "version %d does not say what came before it", i)
		if c.err != nil {
			return nil
		}
		p, err := record(i)
		if !c.want(err == nil, "version %d: %v", i, err) || !c.want(len(p) <= maxShared, "version %d has %d bytes", i, len(p)) {
			return nil
		}
		v, err := o.version(p, "")
		if !c.want(err == nil && v.Identity == is.Identity, "version %d is not what its identity says", i) {
			return nil
		}
		out, all = append(out, item{v, p}), append(all, v)
	}
	err := lineage.Check(all)
	c.want(err == nil, "%v", err)
	return out
}

func (c *checker) simulation(is SharedSimulation) []item {
	c.id(is.ID)
	c.once(kindSimulation, string(is.ID))
	c.want(len(is.Events) > 0, "nothing gives it a name")
	for _, e := range is.Events {
		c.moment(e.At, e.Device)
		c.want(e.names(), "an event of the kind %q", excerpt(string(e.Kind)))
		c.texts(e.Old, e.New)
		if e.From != "" {
			c.id(e.From)
		}
	}
	if c.err != nil {
		return nil
	}
	key, _ := is.ID.key()
	given := make([]SharedVersion, len(is.Revisions))
	for i, rev := range is.Revisions {
		given[i] = rev.SharedVersion
	}
	return c.versions(owner{kindSimulation, key}, given, func(i int) ([]byte, error) {
		r := is.Revisions[i]
		if !json.Valid(r.Project) {
			return nil, errors.New("the project is not valid JSON")
		}
		return withBody(revisionHeader{r.At, r.Device, r.Marks, r.PackNumber, r.PackSHA256, r.Summary, r.Parents}, r.Project)
	})
}

func (c *checker) dossier(d SharedDossier) []item {
	c.id(d.ID)
	c.once(kindDossier, string(d.ID))
	if d.Erased != nil {
		c.moment(d.Erased.At, d.Erased.Device)
		c.want(len(d.Revisions)+len(d.Events) == 0, "something is left of an erased person")
		return nil
	}
	for _, e := range d.Events {
		c.moment(e.At, e.Device)
		c.texts(e.Kind, e.Ref)
	}
	if c.err != nil {
		return nil
	}
	key, _ := d.ID.key()
	given := make([]SharedVersion, len(d.Revisions))
	for i, rev := range d.Revisions {
		given[i] = rev.SharedVersion
	}
	return c.versions(owner{kindDossier, key}, given, func(i int) ([]byte, error) {
		r := d.Revisions[i]
		if !json.Valid(r.Clear) || len(r.Sealed) == 0 {
			return nil, errors.New("a dossier needs JSON and sealed bytes")
		}
		return withBody(dossierHeader{r.At, r.Device, r.Clear, r.Parents}, r.Sealed)
	})
}

func (c *checker) value(v SharedValue) []item {
	c.once(kindValue, ValueKey(v.Place, v.Field))
	given := make([]SharedVersion, len(v.Versions))
	for i, is := range v.Versions {
		given[i] = is.SharedVersion
	}
	return c.versions(owner{kindValue, valueKey(v.Place, v.Field)}, given, func(i int) ([]byte, error) {
		is := v.Versions[i]
		rec := valueRecord{Value{v.Place, v.Field, is.Text, is.AsOf, is.Note, is.At, is.Device, is.Dropped}, is.Parents}
		if err := rec.check(); err != nil {
			return nil, err
		}
		if is.Dropped && is.Text+is.AsOf+is.Note != "" {
			return nil, errors.New("a dropped value says something")
		}
		return json.Marshal(rec)
	})
}

func (c *checker) paper(p SharedPaper) {
	c.once(kindPaper, p.Number)
	c.moment(p.At, p.Device)
	c.want(paperNumber(p.Number), "%q is no number of a paper", excerpt(p.Number))
	c.want(p.Revision == 0, "a number of a revision of another store")
	for _, id := range []ID{p.Dossier, p.Simulation} {
		if id != "" {
			c.id(id)
		}
	}
	c.want(p.RevisionIdentity == "" || isHash(p.RevisionIdentity), "%q is no identity", excerpt(p.RevisionIdentity))
	c.texts(p.PackSHA256)
	c.want(len(p.Payload)+len(p.Signature)+len(p.Sealed) <= maxShared, "it is too large")
}

func (c *checker) pack(p Pack) {
	c.once(kindPack, p.SHA256)
	c.want(isHash(p.SHA256), "%q is no SHA-256", excerpt(p.SHA256))
	c.want(len(p.Archive) <= maxShared, "the archive has %d bytes", len(p.Archive))
}

// isHash says whether it is 64 lower-case hexadecimal digits.
func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}

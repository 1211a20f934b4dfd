package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"atlasp2i/internal/store/lineage"
)

// ShareError says that a Share is none that this program gives: it is refused as a
// whole.
type ShareError struct {
	Where  string // the part that is refused: simulations[3].revisions[0]
	Reason string // technical, English
}

// Key is the catalogue key.
func (*ShareError) Key() string { return "store.share" }

func (e *ShareError) Error() string {
	return fmt.Sprintf("the share is refused at %s: %s", e.Where, e.Reason)
}

const (
	maxShared       = 64 << 20 // bytes of one record or archive; what a store holds is far smaller
	maxSharedText   = 4000     // bytes of a name, an id, a line of a journal or a part of a summary
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
	_, err := out.Check()
	if err != nil {
		return Share{}, err
	}
	return out, nil
}

// Checked is a Share whose versions are what they say, with the records that
// they become.
type Checked struct {
	Share
	SimulationRecords, DossierRecords, ValueRecords [][]Item
}

// Check makes the records of a Share, or returns *ShareError.
func (sh Share) Check() (Checked, error) {
	c := checker{out: Checked{Share: sh}, seen: map[string]bool{}}
	for i, is := range sh.Simulations {
		c.in("simulations[%d]", i)
		c.out.SimulationRecords = append(c.out.SimulationRecords, c.simulation(is))
	}
	for i, d := range sh.Dossiers {
		c.in("dossiers[%d]", i)
		c.out.DossierRecords = append(c.out.DossierRecords, c.dossier(d))
	}
	for i, v := range sh.Values {
		c.in("values[%d]", i)
		c.out.ValueRecords = append(c.out.ValueRecords, c.value(v))
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
	out   Checked
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
	c.want(!c.seen[kind+"\x00"+key], "%q is there twice", Excerpt(key))
	c.seen[kind+"\x00"+key] = true
}

func (c *checker) id(id ID) {
	_, err := ParseID(string(id))
	c.want(err == nil, "%q is no id", Excerpt(string(id)))
}

func (c *checker) moment(at time.Time, device string) {
	c.want(at.Location() == time.UTC, "a time is not UTC")
	c.want(at.Year() >= firstSharedYear && at.Year() <= lastSharedYear, "the year %d", at.Year())
	c.texts(device)
}

func (c *checker) texts(texts ...string) {
	for _, t := range texts {
		c.want(len(t) <= maxSharedText && utf8.ValidString(t), "%q is no text or too long", Excerpt(t))
	}
}

// versions checks all versions of a thing. Each is made into the record that it will
// be, and that is read: what would come back as something else has another identity.
func (c *checker) versions(o Owner, given []SharedVersion, record func(i int) ([]byte, error)) []Item {
	c.want(len(given) > 0, "it has no version")
	var out []Item
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
		v, err := o.Version(p, "")
		if !c.want(err == nil && v.Identity == is.Identity, "version %d is not what its identity says", i) {
			return nil
		}
		out, all = append(out, Item{v, p}), append(all, v)
	}
	err := lineage.Check(all)
	c.want(err == nil, "%v", err)
	return out
}

func (c *checker) simulation(is SharedSimulation) []Item {
	c.id(is.ID)
	c.once(KindSimulation, string(is.ID))
	c.want(len(is.Events) > 0, "nothing gives it a name")
	for _, e := range is.Events {
		c.moment(e.At, e.Device)
		c.want(e.Names(), "an event of the kind %q", Excerpt(string(e.Kind)))
		c.want(strings.TrimSpace(e.New) != "", "a name that says nothing")
		c.texts(e.Old, e.New)
		if e.From != "" {
			c.id(e.From)
		}
	}
	if c.err != nil {
		return nil
	}
	key, _ := is.ID.Key()
	given := make([]SharedVersion, len(is.Revisions))
	for i, rev := range is.Revisions {
		given[i] = rev.SharedVersion
	}
	return c.versions(Owner{KindSimulation, key}, given, func(i int) ([]byte, error) {
		r := is.Revisions[i]
		sum := &r.Summary
		c.texts(r.PackSHA256, sum.Site, sum.Segment, sum.Total, sum.Low, sum.High, sum.Heads)
		if !json.Valid(r.Project) {
			return nil, errors.New("the project is not valid JSON")
		}
		return WithBody(RevisionHeader{r.At, r.Device, r.Marks, r.PackNumber, r.PackSHA256, r.Summary, r.Parents}, r.Project)
	})
}

func (c *checker) dossier(d SharedDossier) []Item {
	c.id(d.ID)
	c.once(KindDossier, string(d.ID))
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
	key, _ := d.ID.Key()
	given := make([]SharedVersion, len(d.Revisions))
	for i, rev := range d.Revisions {
		given[i] = rev.SharedVersion
	}
	return c.versions(Owner{KindDossier, key}, given, func(i int) ([]byte, error) {
		r := d.Revisions[i]
		if !json.Valid(r.Clear) || len(r.Sealed) == 0 {
			return nil, errors.New("a dossier needs JSON and sealed bytes")
		}
		return WithBody(DossierHeader{r.At, r.Device, r.Clear, r.Parents}, r.Sealed)
	})
}

func (c *checker) value(v SharedValue) []Item {
	c.once(KindValue, ValueKey(v.Place, v.Field))
	given := make([]SharedVersion, len(v.Versions))
	for i, is := range v.Versions {
		given[i] = is.SharedVersion
	}
	return c.versions(Owner{KindValue, ValueRecordKey(v.Place, v.Field)}, given, func(i int) ([]byte, error) {
		is := v.Versions[i]
		rec := ValueRecord{Value{v.Place, v.Field, is.Text, is.AsOf, is.Note, is.At, is.Device, is.Dropped}, is.Parents}
		if err := rec.Check(); err != nil {
			return nil, err
		}
		if is.Dropped && is.Text+is.AsOf+is.Note != "" {
			return nil, errors.New("a dropped value says something")
		}
		return json.Marshal(rec)
	})
}

func (c *checker) paper(p SharedPaper) {
	c.once("paper", p.Number)
	c.moment(p.At, p.Device)
	c.want(PaperNumber(p.Number), "%q is no number of a paper", Excerpt(p.Number))
	c.want(p.Revision == 0, "a number of a revision of another store")
	for _, id := range []ID{p.Dossier, p.Simulation} {
		if id != "" {
			c.id(id)
		}
	}
	c.want(p.RevisionIdentity == "" || isHash(p.RevisionIdentity), "%q is no identity", Excerpt(p.RevisionIdentity))
	c.texts(p.PackSHA256)
	c.want(len(p.Sealed) == 0 || p.Dossier != "", "a name of nobody, whom no erasure would take off it")
	c.want(len(p.Payload)+len(p.Signature)+len(p.Sealed) <= maxShared, "it is too large")
}

func (c *checker) pack(p Pack) {
	c.once("pack", p.SHA256)
	c.want(isHash(p.SHA256), "%q is no SHA-256", Excerpt(p.SHA256))
	c.want(len(p.Archive) <= maxShared, "the archive has %d bytes", len(p.Archive))
}

// isHash says whether it is 64 lower-case hexadecimal digits.
func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}

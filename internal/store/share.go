package store

import (
	"encoding/json"
	"slices"
	"time"

	"atlasp2i/internal/store/lineage"
	"atlasp2i/internal/store/record"
)

// ShareOptions say what is left out of a Share.
type ShareOptions struct {
	WithoutDossiers bool // no dossier and no sealed name; that a person was erased is told all the same

	bin bool // the simulations in the bin too
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
		known, err := r.known(record.Of(kindSimulation, key), rec.Head)
		if err != nil {
			return err
		}
		is := SharedSimulation{ID: rec.ID}
		for _, v := range known.sorted() {
			rev, err := decodeRevision(v.Payload)
			if err != nil {
				return err
			}
			is.Revisions = append(is.Revisions, SharedRevision{
				SharedVersion: shared(v.Version), Project: rev.Project, Marks: rev.Marks,
				PackNumber: rev.PackNumber, PackSHA256: rev.PackSHA256, Summary: rev.Summary,
			})
		}
		is.Events, err = lines[Event](r, bucketJournal, key, rec.Events)
		is.Events = union(nil, slices.DeleteFunc(is.Events, func(e Event) bool { return !e.Names() }))
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
			is.Erased = &Erasure{At: *rec.Erased, Device: rec.Device}
			out = append(out, is)
			return nil
		}
		if o.WithoutDossiers {
			return nil
		}
		known, err := r.known(record.Of(kindDossier, key), rec.Head)
		if err != nil {
			return err
		}
		for _, v := range known.sorted() {
			rev, err := decodeDossierRevision(v.Payload)
			if err != nil {
				return err
			}
			is.Revisions = append(is.Revisions, SharedDossierRevision{SharedVersion: shared(v.Version), Clear: rev.Clear, Sealed: rev.Sealed})
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
		known, err := r.known(o.Owner, o.head)
		if err != nil {
			return nil, err
		}
		var is SharedValue
		is.Place, is.Field, _ = CutValueKey(o.Name())
		for _, v := range known.sorted() {
			var rec record.ValueRecord
			if err := json.Unmarshal(v.Payload, &rec); err != nil {
				return nil, err
			}
			is.Versions = append(is.Versions, SharedValueVersion{
				SharedVersion: shared(v.Version), Text: rec.Text, AsOf: rec.AsOf, Note: rec.Note, Dropped: rec.Dropped,
			})
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
	body, err := record.SplitBody(payload, &h)
	if err != nil {
		return SharedPaper{}, err
	}
	out := SharedPaper{
		PaperHead: h.PaperHead, RevisionIdentity: h.RevisionIdentity, Payload: body, Signature: h.Signature, Sealed: h.Sealed,
	}
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
	key, _ := keyOf(id)
	return r.identity(record.Of(kindSimulation, key), number)
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
	return SharedVersion{Identity: v.Identity, At: v.At, Device: v.Device, Parents: v.Parents}
}

// union gives the lines of two journals in the order of their times, each once.
func union[E interface{ Compare(E) int }](a, b []E) []E {
	all := slices.Concat(a, b)
	slices.SortFunc(all, E.Compare)
	return slices.CompactFunc(all, func(a, b E) bool { return a.Compare(b) == 0 })
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

// journal says where the lines of a thing are; count grows with them.
type journal struct {
	bucket string
	key    []byte
	count  *int
}

// addLines puts the lines that are not in a journal at its end, and gives all of them
// and those that were added.
func addLines[E interface {
	comparable
	Compare(E) int
}](w *writer, j journal, incoming []E) (all, added []E, err error) {
	if all, err = lines[E](w.reader, j.bucket, j.key, *j.count); err != nil {
		return nil, nil, err
	}
	has := map[E]bool{}
	for _, e := range all {
		has[e] = true
	}
	for _, e := range union(nil, incoming) {
		if has[e] {
			continue
		}
		*j.count++
		if err := w.putJSON(j.bucket, numbered(j.key, *j.count), e); err != nil {
			return nil, nil, err
		}
		added = append(added, e)
	}
	return append(all, added...), added, nil
}

package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"time"

	"atlasp2i/internal/store/record"
)

// MergeReport says what a merge brings. Keys are ids of simulations and dossiers,
// ValueKey of values, numbers of papers and hashes of packs.
type MergeReport struct {
	Simulations, Dossiers, Values, Papers, Packs Merged

	Erased  []ID     // persons erased here by it, known here before or not: their keys are to be destroyed
	Clashes []string // papers and packs of the Share that say other things than ours: ours stay
	InBin   []ID     // simulations that it changed in the bin, where they stay
}

// Merged holds the keys of the things of one kind that are in the Share, each in one
// of the first three; those in conflict after it also in the last.
type Merged struct{ New, Updated, Same, Conflicts []string }

func (m *Merged) add(key string, isNew, changed bool) {
	switch {
	case isNew:
		m.New = append(m.New, key)
	case changed:
		m.Updated = append(m.Updated, key)
	default:
		m.Same = append(m.Same, key)
	}
}

// TryMerge says what Merge would do, and writes nothing. It returns the errors of Merge.
func (s *Store) TryMerge(sh Share) (MergeReport, error) { return s.merge(sh, false) }

// Merge unites the store with all that another shared, in one transaction. Nothing is
// lost but what was erased on either side; the order of merges does not matter, and
// what is known already is not written again. It returns *ShareError where a part of
// the Share is refused, *ReadOnlyError and *FullError: nothing has changed then.
func (s *Store) Merge(sh Share) (MergeReport, error) { return s.merge(sh, true) }

// errNothing rolls a transaction back that is not to be kept.
var errNothing = errors.New("nothing to write")

func (s *Store) merge(sh Share, keep bool) (MergeReport, error) {
	checked, err := sh.Check()
	if err != nil {
		return MergeReport{}, err
	}
	var m merger
	rolledBack := false
	err = s.write(func(w *writer) error {
		m = merger{writer: w}
		if err := m.all(checked); err != nil {
			return err
		}
		if rolledBack = !keep || !w.changed; rolledBack {
			return errNothing
		}
		return nil
	})
	if rolledBack && errors.Is(err, errNothing) {
		return m.report, nil
	}
	if err != nil {
		return MergeReport{}, err
	}
	s.noteSaved()
	return m.report, nil
}

type merger struct {
	*writer
	report MergeReport
}

// all begins with dossiers: a paper loses the name of who is erased.
func (m *merger) all(sh record.Checked) error {
	for i, d := range sh.Dossiers {
		if err := m.dossier(d, sh.DossierRecords[i]); err != nil {
			return err
		}
	}
	for i, is := range sh.Simulations {
		if err := m.simulation(is, sh.SimulationRecords[i]); err != nil {
			return err
		}
	}
	for i, v := range sh.Values {
		if err := m.value(v, sh.ValueRecords[i]); err != nil {
			return err
		}
	}
	for _, p := range sh.Packs {
		if err := m.pack(p); err != nil {
			return err
		}
	}
	for _, p := range sh.Papers {
		if err := m.paper(p); err != nil {
			return err
		}
	}
	return nil
}

// versions unites what is known of a thing, and gives it with what was not known.
func (m *merger) versions(o record.Owner, head *int, incoming []record.Item) (known line, fresh []record.Item, err error) {
	if known, err = m.known(o, *head); err != nil {
		return known, nil, err
	}
	for _, i := range incoming {
		if known.payloads[i.Identity] == nil {
			known.add(i)
			fresh = append(fresh, i)
		}
	}
	settled := known.Settle()
	known.Append(settled)
	if err := m.list(o, head, known.items(settled)); err != nil {
		return known, nil, err
	}
	aside := map[string]bool{}
	for _, v := range known.Siblings {
		aside[v.Identity] = true
	}
	for _, i := range fresh {
		if aside[i.Identity] {
			if err := m.put(bucketSiblings, o.SiblingKey(i.Version), i.Payload); err != nil {
				return known, nil, err
			}
		}
	}
	return known, fresh, nil
}

func (m *merger) simulation(in SharedSimulation, items []record.Item) error {
	key, err := keyOf(in.ID)
	if err != nil {
		return err
	}
	r, err := m.sim(in.ID)
	isNew := missing(err)
	if isNew {
		r.ID = in.ID
	} else if err != nil {
		return err
	}
	known, fresh, err := m.versions(record.Of(kindSimulation, key), &r.Head, items)
	if err != nil {
		return err
	}
	for _, i := range fresh {
		r.moved(i.At, i.Device)
	}
	events, added, err := addLines(m.writer, journal{bucketJournal, key, &r.Events}, in.Events)
	if err != nil {
		return err
	}
	for _, e := range added {
		r.moved(e.At, e.Device)
	}
	was := r.Name
	r.Name, r.Created = newestName(events), known.List[0].At
	changed := len(fresh)+len(added) > 0 || r.Name != was
	m.report.Simulations.add(string(in.ID), isNew, changed)
	if r.Deleted == nil && known.Conflict() {
		m.report.Simulations.Conflicts = append(m.report.Simulations.Conflicts, string(in.ID))
	}
	if !changed {
		return nil
	}
	if r.Deleted != nil {
		m.report.InBin = append(m.report.InBin, in.ID)
	}
	rev, err := m.revision(in.ID, r.Head)
	if err != nil {
		return err
	}
	r.PackNumber, r.Summary = rev.PackNumber, rev.Summary
	return m.putSim(&r)
}

// moved notes a change that may be the last. Of two at one time any store takes the
// same one.
func (s *Simulation) moved(at time.Time, device string) {
	if c := at.Compare(s.Updated); c > 0 || c == 0 && device > s.Device {
		s.Updated, s.Device = at, device
	}
}

// newestName is the name by the newest event that gives one.
func newestName(events []Event) string {
	var newest Event
	for _, e := range events {
		if e.Names() && (newest.Kind == "" || e.Compare(newest) > 0) {
			newest = e
		}
	}
	return newest.New
}

func (m *merger) dossier(in SharedDossier, items []record.Item) error {
	key, err := keyOf(in.ID)
	if err != nil {
		return err
	}
	r, err := m.writer.dossier(in.ID)
	switch {
	case err != nil:
		return err
	case in.Erased != nil:
		return m.erasure(in.ID, r, *in.Erased)
	case r.Erased != nil:
		m.report.Dossiers.add(string(in.ID), false, false)
		return nil
	}
	isNew := r.Head == 0
	known, fresh, err := m.versions(record.Of(kindDossier, key), &r.Head, items)
	if err != nil {
		return err
	}
	_, added, err := addLines(m.writer, journal{bucketDossierJournal, key, &r.Events}, in.Events)
	if err != nil {
		return err
	}
	changed := len(fresh)+len(added) > 0
	m.report.Dossiers.add(string(in.ID), isNew, changed)
	if known.Conflict() {
		m.report.Dossiers.Conflicts = append(m.report.Dossiers.Conflicts, string(in.ID))
	}
	if !changed {
		return nil
	}
	times := Simulation{Updated: r.Updated, Device: r.Device}
	for _, i := range fresh {
		times.moved(i.At, i.Device)
	}
	for _, e := range added {
		if e.Kind == EventPaper { // other lines leave a dossier where it is in the list
			times.moved(e.At, e.Device)
		}
	}
	r.Created, r.Updated, r.Device = known.List[0].At, times.Updated, times.Device
	return m.putJSON(bucketDossiers, key, r)
}

// erasure erases a person who was erased elsewhere. Of two erasures the first counts.
func (m *merger) erasure(id ID, r dossierRecord, e Erasure) error {
	if r.Erased == nil {
		m.report.Erased = append(m.report.Erased, id)
		return m.erase(id, r, e)
	}
	earlier := e.At.Before(*r.Erased) || e.At.Equal(*r.Erased) && e.Device < r.Device
	m.report.Dossiers.add(string(id), false, earlier)
	if !earlier {
		return nil
	}
	key, err := keyOf(id)
	if err != nil {
		return err
	}
	r.Erased, r.Updated, r.Device = &e.At, e.At, e.Device
	return m.putJSON(bucketDossiers, key, r)
}

func (m *merger) value(in SharedValue, items []record.Item) error {
	o := record.Of(record.KindValue, record.ValueRecordKey(in.Place, in.Field))
	versions, err := m.writer.versions(in.Place, in.Field)
	if err != nil {
		return err
	}
	head := len(versions)
	known, fresh, err := m.versions(o, &head, items)
	if err != nil {
		return err
	}
	m.report.Values.add(o.Name(), len(versions) == 0, len(fresh) > 0)
	if known.Conflict() {
		m.report.Values.Conflicts = append(m.report.Values.Conflicts, o.Name())
	}
	return nil
}

func (m *merger) pack(in Pack) error {
	key, err := hex.DecodeString(in.SHA256)
	if err != nil {
		return err
	}
	kept, err := m.get(bucketPacks, key)
	if err != nil {
		return err
	}
	if kept != nil {
		was, err := decodePack(key, kept)
		m.report.Packs.add(in.SHA256, false, false)
		if was.Number != in.Number {
			m.report.Clashes = append(m.report.Clashes, in.SHA256)
		}
		return err
	}
	m.report.Packs.add(in.SHA256, true, true)
	return m.putPack(key, in)
}

func (m *merger) paper(in SharedPaper) error {
	if in.Dossier != "" {
		d, err := m.writer.dossier(in.Dossier)
		if err != nil {
			return err
		}
		if d.Erased != nil {
			in.Sealed = nil
		}
	}
	kept, err := m.get(bucketPapers, []byte(in.Number))
	if err != nil {
		return err
	}
	h := paperHeader{in.PaperHead, in.RevisionIdentity, in.Signature, in.Sealed}
	if kept == nil {
		m.report.Papers.add(in.Number, true, true)
		m.unnumbered = true
		return m.putPaperRecord(h, in.Payload)
	}
	ours, err := m.sharedPaper(kept)
	if err != nil {
		return err
	}
	if !agree(ours, in) {
		m.report.Papers.add(in.Number, false, false)
		m.report.Clashes = append(m.report.Clashes, in.Number)
		return nil
	}
	learned := ours.RevisionIdentity == "" && in.RevisionIdentity != "" || len(ours.Sealed) == 0 && len(in.Sealed) > 0
	m.report.Papers.add(in.Number, false, learned)
	if !learned {
		return nil
	}
	if err := record.HeadOf(kept, &h); err != nil {
		return err
	}
	m.unnumbered = true
	if ours.RevisionIdentity == "" {
		h.RevisionIdentity, h.Revision = in.RevisionIdentity, 0 // numberPapers finds the number
	}
	if len(h.Sealed) == 0 {
		h.Sealed = in.Sealed
	}
	return m.putPaperRecord(h, in.Payload)
}

// agree says whether two papers of one number are the same, as far as both know.
func agree(p, o SharedPaper) bool {
	either := func(a, b string) bool { return a == b || a == "" || b == "" }
	return p.PaperHead == o.PaperHead && bytes.Equal(p.Payload, o.Payload) && bytes.Equal(p.Signature, o.Signature) &&
		either(p.RevisionIdentity, o.RevisionIdentity) && either(string(p.Sealed), string(o.Sealed))
}

// numberPapers gives papers from elsewhere the number that their revision has here,
// once it is in the list.
func (w *writer) numberPapers() error {
	lists := map[ID]map[string]int{}
	return w.changePapers(func(h *paperHeader) (bool, error) {
		if h.Revision > 0 || h.RevisionIdentity == "" {
			return false, nil
		}
		if lists[h.Simulation] == nil {
			lists[h.Simulation] = map[string]int{}
			sim, err := w.sim(h.Simulation)
			if missing(err) {
				return false, nil
			} else if err != nil {
				return false, err
			}
			key, _ := keyOf(h.Simulation)
			known, err := w.known(record.Of(kindSimulation, key), sim.Head)
			if err != nil {
				return false, err
			}
			for i, v := range known.List {
				lists[h.Simulation][v.Identity] = i + 1
			}
		}
		h.Revision = lists[h.Simulation][h.RevisionIdentity]
		return h.Revision > 0, nil
	})
}

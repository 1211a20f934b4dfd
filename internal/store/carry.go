package store

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"atlasp2i/internal/store/lineage"
	"atlasp2i/internal/store/record"
)

// notBack are the settings that stay as they are when a snapshot comes back: the
// second folder and the kiosk are the laptop's, and wrong passphrases and codes must
// not be forgotten.
var notBack = []string{SettingMirror, SettingTries, SettingKiosk, SettingKioskTries}

// carry brings into a draft what must not go back with it: issued papers with what
// they were computed from, the counters of papers, whose papers are known, notBack,
// and every erasure.
func (d *Store) carry(present *Store) error {
	err := present.view(func(from reader) error {
		return d.write(func(w *writer) error {
			if err := w.carryPapers(from); err != nil {
				return err
			}
			if err := w.carryCounters(from); err != nil {
				return err
			}
			if err := w.carryDevices(from); err != nil {
				return err
			}
			return w.carrySettings(from)
		})
	})
	if err != nil {
		return err
	}
	erased, err := present.Erasures()
	for i := 0; err == nil && i < len(erased); i++ {
		// As it was done then, there.
		e := &erased[i]
		d.opts.Now, d.opts.Device = func() time.Time { return *e.Erased }, e.Device
		err = d.EraseDossier(e.ID)
	}
	return err
}

func (w *writer) carrySettings(from reader) error {
	for _, name := range notBack {
		is, err := from.get(bucketSettings, []byte(name))
		if err != nil {
			return err
		}
		if is == nil {
			err = w.remove(bucketSettings, []byte(name))
		} else {
			err = w.put(bucketSettings, []byte(name), is)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// carryCounters never lets a number be given twice.
func (w *writer) carryCounters(from reader) error {
	return from.all(bucketCounters, func(key, payload []byte) error {
		was, err := w.get(bucketCounters, key)
		if err != nil {
			return err
		}
		var there, here int
		if err := json.Unmarshal(payload, &here); err != nil {
			return err
		}
		if was != nil {
			if err := json.Unmarshal(was, &there); err != nil {
				return err
			}
		}
		if here <= there {
			return nil
		}
		return w.put(bucketCounters, key, payload)
	})
}

func (w *writer) carryPapers(from reader) error {
	m := merger{writer: w}
	return from.all(bucketPapers, func(_, payload []byte) error {
		p, err := from.sharedPaper(payload)
		if err != nil {
			return err
		}
		if pack, err := hex.DecodeString(p.PackSHA256); err == nil {
			if err := w.copyOnce(from, bucketPacks, pack); err != nil {
				return err
			}
		}
		if err := w.carryHistory(from, p); err != nil {
			return err
		}
		return m.paper(p)
	})
}

// copyOnce copies a record that is there and not here.
func (w *writer) copyOnce(from reader, bucket string, key []byte) error {
	kept, err := w.get(bucket, key)
	if err != nil || kept != nil {
		return err
	}
	p, err := from.get(bucket, key)
	if err != nil || p == nil {
		return err
	}
	return w.put(bucket, key, p)
}

// carryHistory keeps the revision that a paper was computed from. A simulation that the
// snapshot does not have comes along as a deleted one. One that it has without that
// revision, or without the number that it has now, takes in those of now, and what the
// snapshot says becomes its newest. A revision that waits for a decision in both goes
// on waiting: to go back to the state of now changes nothing.
func (w *writer) carryHistory(from reader, of SharedPaper) error {
	is, err := from.sim(of.Simulation)
	if missing(err) {
		return nil // the paper is of no simulation, or of one that was never here
	}
	if err != nil {
		return err
	}
	was, err := w.sim(of.Simulation)
	switch {
	case missing(err):
		return w.carryDeleted(from, is)
	case err != nil:
		return err
	}
	key, _ := keyOf(is.ID)
	o := record.Of(kindSimulation, key)
	there, err := from.known(o, is.Head)
	if err != nil {
		return err
	}
	here, err := w.known(o, was.Head)
	if err != nil {
		return err
	}
	if rank(here, of.RevisionIdentity) >= rank(there, of.RevisionIdentity) {
		return nil
	}
	for _, i := range there.sorted() {
		if here.payloads[i.Identity] == nil {
			if i, err = named(i); err != nil {
				return err
			}
			here.add(i)
		}
	}
	newest, err := w.revision(is.ID, was.Head)
	if err != nil {
		return err
	}
	current := here.List[len(here.List)-1].Identity
	parents, before := here.Join(here.Over(current, of.RevisionIdentity))
	if err := w.list(o, &was.Head, here.items(before)); err != nil {
		return err
	}
	if err := w.writeRevision(&was, newest.Content, parents); err != nil {
		return err
	}
	return w.putSim(&was)
}

// rank is how well a version is known: not at all, as one of those that wait for a
// decision, or with a number.
func rank(l line, identity string) int {
	switch {
	case slices.ContainsFunc(l.List, func(v lineage.Version) bool { return v.Identity == identity }):
		return 2
	case l.payloads[identity] != nil:
		return 1
	}
	return 0
}

// named is a revision whose record names its parents: it may come to stand behind
// another one than before.
func named(i record.Item) (record.Item, error) {
	var h record.RevisionHeader
	project, err := record.SplitBody(i.Payload, &h)
	if err != nil {
		return i, err
	}
	h.Parents = i.Parents
	i.Payload, err = record.WithBody(h, project)
	return i, err
}

// carryDeleted copies a simulation with all its versions, as one that is not in the
// list.
func (w *writer) carryDeleted(from reader, is simRecord) error {
	key, _ := keyOf(is.ID)
	for n := 1; n <= is.Head; n++ {
		if err := w.copyOnce(from, bucketRevisions, numbered(key, n)); err != nil {
			return err
		}
	}
	for n := 1; n <= is.Events; n++ {
		if err := w.copyOnce(from, bucketJournal, numbered(key, n)); err != nil {
			return err
		}
	}
	if err := from.each(bucketSiblings, record.Of(kindSimulation, key).Sibling(nil), func(key, _ []byte) error {
		return w.copyOnce(from, bucketSiblings, key)
	}); err != nil {
		return err
	}
	if is.Deleted != nil {
		return w.putSim(&is)
	}
	is.Deleted = &w.now
	return w.change(&is, Event{Kind: EventDeleted})
}

// carryDevices keeps whose papers are known, by the keys of now.
func (w *writer) carryDevices(from reader) error {
	return from.all(bucketDevices, func(key, payload []byte) error { return w.put(bucketDevices, key, payload) })
}

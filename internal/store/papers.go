package store

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"atlasp2i/internal/store/disk"
)

// maxPaperNumber is the longest number of a paper, in bytes.
const maxPaperNumber = 40

// Paper is an issued paper. It never changes, but for losing the name on it when
// the person is erased: so Payload, which is what was signed, must not hold it.
type Paper struct {
	PaperHead
	Payload   []byte // the bytes that were signed
	Signature []byte
	Sealed    []byte // the name, sealed with the key of the dossier's contact; empty where there is none or it was erased
}

// PaperHead is what a list shows of a paper.
type PaperHead struct {
	Number     string    `json:"number"` // as printed: capital letters, digits and hyphens
	At         time.Time `json:"at"`     // UTC, filled in here
	Device     string    `json:"device"` // filled in here
	Dossier    ID        `json:"dossier,omitempty"`
	Simulation ID        `json:"simulation,omitempty"`
	Revision   int       `json:"revision,omitempty"` // of the simulation
	PackSHA256 string    `json:"pack"`
}

// paperHeader stands before the payload.
type paperHeader struct {
	PaperHead
	Signature []byte `json:"signature"`
	Sealed    []byte `json:"sealed,omitempty"`
}

// PutPaper issues a paper: it takes the next number of this device, 1, 2, 3, …,
// has it made of that number, and keeps both in one transaction. A number is
// never given twice, even where the store came back from an older snapshot or the
// device has several stores (see Options.Numbers); one may be left out where the
// paper could not be kept. It returns the error of
// issue, *PaperConflictError where the number is that of another paper,
// *NotFoundError for an unknown dossier, *ErasedError for an erased one,
// *ReadOnlyError, *AccessError and *FullError: no paper was issued then.
func (s *Store) PutPaper(issue func(number int) (Paper, error)) (Paper, error) {
	var out Paper
	err := s.update(func(w *writer) error {
		last, err := w.lastPaper(w.device)
		if err != nil {
			return err
		}
		n := max(last, s.opts.given(w.device)) + 1
		p, err := issue(n)
		if err != nil {
			return err
		}
		p.At, p.Device = w.now, w.device
		if err := w.addPaper(p); err != nil {
			return err
		}
		if err := w.putJSON(bucketCounters, paperCounter(w.device), n); err != nil {
			return err
		}
		out = p
		return s.opts.reserve(w.device, n)
	})
	if err != nil {
		return Paper{}, err
	}
	return out, nil
}

func (w *writer) addPaper(p Paper) error {
	if !paperNumber(p.Number) {
		return fmt.Errorf("%q is no number of a paper", excerpt(p.Number))
	}
	kept, err := w.get(bucketPapers, []byte(p.Number))
	if err != nil {
		return err
	}
	if kept != nil {
		return &PaperConflictError{Number: p.Number}
	}
	if err := w.putPaper(p); err != nil || p.Dossier == "" {
		return err
	}
	r, err := w.knownDossier(p.Dossier)
	if err != nil {
		return err
	}
	if r.Erased != nil {
		return &ErasedError{ID: p.Dossier}
	}
	return w.saveDossier(p.Dossier, &r, nil, []DossierEvent{{Kind: EventPaper, Ref: p.Number}})
}

func (w *writer) putPaper(p Paper) error {
	b, err := withBody(paperHeader{p.PaperHead, p.Signature, p.Sealed}, p.Payload)
	if err != nil {
		return err
	}
	return w.put(bucketPapers, []byte(p.Number), b)
}

// lastPaper is the last number that a device gave, by the store.
func (r reader) lastPaper(device string) (int, error) {
	n := 0
	p, err := r.get(bucketCounters, paperCounter(device))
	if err == nil && p != nil {
		err = json.Unmarshal(p, &n)
	}
	return n, err
}

func paperCounter(device string) []byte { return []byte("paper\x00" + device) }

// numbersExt ends the names of the files that keep the last number beside the
// store, too: a store that comes back from a snapshot has forgotten the papers
// issued since.
const numbersExt = ".numbers"

// reserved gives the last number of each device by these files. A file that
// cannot be read says nothing: the store and the other file do.
func (o *Options) reserved() map[string]int {
	path, copied := o.besides(numbersExt)
	out := readNumbers(path)
	for device, n := range readNumbers(copied) {
		out[device] = max(out[device], n)
	}
	return out
}

func readNumbers(name string) map[string]int {
	of := map[string]int{}
	if b, err := os.ReadFile(name); err != nil || json.Unmarshal(b, &of) != nil {
		return map[string]int{}
	}
	return of
}

// given is the last number of a device by all the files. The device's own holds no
// other's, whatever name the device had then.
func (o *Options) given(device string) int {
	n := o.reserved()[device]
	if o.Numbers != "" {
		for _, other := range readNumbers(o.Numbers) {
			n = max(n, other)
		}
	}
	return n
}

// reserve writes the number to the files, before the paper is on the disk. The
// folder of snapshots may be on a stick that is not there.
func (o *Options) reserve(device string, n int) error {
	of := o.reserved()
	of[device] = max(of[device], n)
	b, err := json.Marshal(of)
	if err != nil {
		return err
	}
	path, copied := o.besides(numbersExt)
	if err := disk.Replace(path, b); err != nil {
		return err
	}
	_ = disk.Replace(copied, b)
	if o.Numbers == "" {
		return nil
	}
	if b, err = json.Marshal(map[string]int{device: n}); err != nil {
		return err
	}
	return disk.Replace(o.Numbers, b)
}

// paperNumber says whether a number can be printed, typed and kept as a key.
func paperNumber(s string) bool {
	for _, c := range []byte(s) {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != "" && len(s) <= maxPaperNumber
}

// Paper gives a paper by its number. It returns *NotFoundError.
func (s *Store) Paper(number string) (Paper, error) {
	var out Paper
	err := s.view(func(r reader) error {
		p, err := r.get(bucketPapers, []byte(number))
		if err != nil {
			return err
		}
		if p == nil {
			return &NotFoundError{Kind: kindPaper, ID: excerpt(number)}
		}
		out, err = decodePaper(p)
		return err
	})
	return out, err
}

// Papers gives every issued paper, the newest first.
func (s *Store) Papers() ([]PaperHead, error) {
	return s.papers(func(PaperHead) bool { return true })
}

// PapersOf gives the papers of a dossier, the newest first.
func (s *Store) PapersOf(dossier ID) ([]PaperHead, error) {
	return s.papers(func(h PaperHead) bool { return h.Dossier == dossier })
}

func (s *Store) papers(want func(PaperHead) bool) ([]PaperHead, error) {
	var out []PaperHead
	err := s.view(func(r reader) error {
		return r.all(bucketPapers, func(_, payload []byte) error {
			var h paperHeader
			err := headOf(payload, &h)
			if err == nil && want(h.PaperHead) {
				out = append(out, h.PaperHead)
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b PaperHead) int { return b.At.Compare(a.At) })
	return out, nil
}

func decodePaper(payload []byte) (Paper, error) {
	var h paperHeader
	body, err := splitBody(payload, &h)
	return Paper{h.PaperHead, body, h.Signature, h.Sealed}, err
}

// dropNames takes the sealed name off the papers of a dossier.
func (w *writer) dropNames(dossier ID) error {
	var named []Paper
	err := w.all(bucketPapers, func(_, payload []byte) error {
		var h paperHeader
		if err := headOf(payload, &h); err != nil || h.Dossier != dossier || len(h.Sealed) == 0 {
			return err
		}
		p, err := decodePaper(payload)
		named = append(named, p)
		return err
	})
	for i := 0; err == nil && i < len(named); i++ {
		named[i].Sealed = nil
		err = w.putPaper(named[i])
	}
	return err
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
	return from.all(bucketPapers, func(key, payload []byte) error {
		kept, err := w.get(bucketPapers, key)
		if err != nil || kept != nil {
			return err
		}
		var h paperHeader
		if err := headOf(payload, &h); err != nil {
			return err
		}
		if pack, err := hex.DecodeString(h.PackSHA256); err == nil {
			if err := w.copyOnce(from, bucketPacks, pack); err != nil {
				return err
			}
		}
		if err := w.carryHistory(from, h.PaperHead); err != nil {
			return err
		}
		return w.put(bucketPapers, key, payload)
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

// carryHistory keeps the revision that a paper was computed from under its number. A
// simulation that the snapshot does not have comes along as a deleted one. One that it
// has at an earlier revision keeps the later ones, and what the snapshot says becomes
// its newest.
func (w *writer) carryHistory(from reader, of PaperHead) error {
	var missing *NotFoundError
	is, err := from.sim(of.Simulation)
	if errors.As(err, &missing) {
		return nil // the paper is of no simulation, or of one that was never here
	}
	if err != nil {
		return err
	}
	was, err := w.sim(of.Simulation)
	switch {
	case errors.As(err, &missing):
		return w.carryDeleted(from, is)
	case err != nil || was.Head >= of.Revision:
		return err
	}
	key, _ := is.ID.key()
	for n := 1; n <= was.Head; n++ {
		a, err := from.must(bucketRevisions, numbered(key, n))
		if err != nil {
			return err
		}
		b, err := w.must(bucketRevisions, numbered(key, n))
		if err != nil || !bytes.Equal(a, b) {
			return err // two histories: the paper says itself that it has no project any more
		}
	}
	newest, err := w.revision(is.ID, was.Head)
	if err != nil {
		return err
	}
	for ; was.Head < is.Head; was.Head++ {
		if err := w.copyOnce(from, bucketRevisions, numbered(key, was.Head+1)); err != nil {
			return err
		}
	}
	if err := w.addRevision(&was, newest.Content); err != nil {
		return err
	}
	return w.putSim(&was)
}

// carryDeleted copies a simulation, as one that is not in the list.
func (w *writer) carryDeleted(from reader, is simRecord) error {
	key, _ := is.ID.key()
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
	if is.Deleted != nil {
		return w.putSim(&is)
	}
	is.Deleted = &w.now
	return w.change(&is, Event{Kind: EventDeleted})
}

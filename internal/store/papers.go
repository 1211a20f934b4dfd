package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/record"
)

// Paper is an issued paper. It never changes, but for losing the name on it when
// the person is erased: so Payload, which is what was signed, must not hold it.
type Paper struct {
	PaperHead
	Payload   []byte // the bytes that were signed
	Signature []byte
	Sealed    []byte // the name, sealed with the key of the dossier's contact; empty where there is none or it was erased
}

// paperHeader stands before the payload.
type paperHeader struct {
	PaperHead
	RevisionIdentity string `json:"revisionIdentity,omitempty"` // of a paper from another laptop

	Signature []byte `json:"signature"`
	Sealed    []byte `json:"sealed,omitempty"`
}

// PutPaper issues a paper: it takes the next number of this device, 1, 2, 3, …,
// has it made of that number, and keeps both in one transaction. A number is
// never given twice, even where the store came back from an older snapshot, the
// device has several stores (see Options.Numbers), or its papers came back from
// another laptop; one may be left out where the paper could not be kept. It returns
// the error of issue, *PaperConflictError where issue makes no other number of the
// next ones, *NotFoundError for an unknown dossier, *ErasedError for an erased one,
// *ReadOnlyError, *AccessError and *FullError: no paper was issued then.
func (s *Store) PutPaper(issue func(number int) (Paper, error)) (Paper, error) {
	var out Paper
	err := s.update(func(w *writer) error {
		last, err := w.lastPaper(w.device)
		if err != nil {
			return err
		}
		n := max(last, s.opts.given(w.device))
		for taken := ""; ; taken = out.Number {
			n++
			if out, err = issue(n); err != nil {
				return err
			}
			out.At, out.Device = w.now, w.device
			err = w.addPaper(out)
			var conflict *PaperConflictError
			if !errors.As(err, &conflict) || out.Number == taken {
				break
			}
		}
		if err != nil {
			return err
		}
		if err := w.putJSON(bucketCounters, paperCounter(w.device), n); err != nil {
			return err
		}
		return s.opts.reserve(w.device, n)
	})
	if err != nil {
		return Paper{}, err
	}
	return out, nil
}

func (w *writer) addPaper(p Paper) error {
	if !record.PaperNumber(p.Number) {
		return fmt.Errorf("%q is no number of a paper", record.Excerpt(p.Number))
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
	return w.putPaperRecord(paperHeader{PaperHead: p.PaperHead, Signature: p.Signature, Sealed: p.Sealed}, p.Payload)
}

func (w *writer) putPaperRecord(h paperHeader, payload []byte) error {
	b, err := record.WithBody(h, payload)
	if err != nil {
		return err
	}
	return w.put(bucketPapers, []byte(h.Number), b)
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

// Paper gives a paper by its number. It returns *NotFoundError.
func (s *Store) Paper(number string) (Paper, error) {
	var out Paper
	err := s.view(func(r reader) error {
		p, err := r.get(bucketPapers, []byte(number))
		if err != nil {
			return err
		}
		if p == nil {
			return &NotFoundError{Kind: kindPaper, ID: record.Excerpt(number)}
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
			err := record.HeadOf(payload, &h)
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
	body, err := record.SplitBody(payload, &h)
	return Paper{h.PaperHead, body, h.Signature, h.Sealed}, err
}

// dropNames takes the sealed name off the papers of a dossier.
func (w *writer) dropNames(dossier ID) error {
	return w.changePapers(func(h *paperHeader) (bool, error) {
		named := h.Dossier == dossier && len(h.Sealed) > 0
		if named {
			h.Sealed = nil
		}
		return named, nil
	})
}

// changePapers writes again what stands beside the payload, where change says that
// it changed it.
func (w *writer) changePapers(change func(*paperHeader) (bool, error)) error {
	type kept struct {
		paperHeader
		payload []byte
	}
	var changed []kept
	err := w.all(bucketPapers, func(_, payload []byte) error {
		var h paperHeader
		if err := record.HeadOf(payload, &h); err != nil {
			return err
		}
		does, err := change(&h)
		if err != nil || !does {
			return err
		}
		_, body, err := record.Parts(payload)
		changed = append(changed, kept{h, body})
		return err
	})
	for i := 0; err == nil && i < len(changed); i++ {
		err = w.putPaperRecord(changed[i].paperHeader, changed[i].payload)
	}
	return err
}

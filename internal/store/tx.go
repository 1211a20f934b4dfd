package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"

	"atlasp2i/internal/store/record"
)

// Buckets of the file. Simulations holds one compact record a simulation, which
// is all that a list needs; revisions and journal are keyed by simulation and
// number; packs by hash; settings by name; values by place, field and number of
// the version; imports by number; observations by import and number; dossiers
// like simulations, but what they say is in their revisions; papers by number;
// counters by name; siblings, which are versions outside the numbered lists, by what
// they are a version of and identity; devices by id. Meta holds the head record alone.
const (
	bucketMeta        = "meta"
	bucketSimulations = "simulations"
	bucketRevisions   = "revisions"
	bucketJournal     = "journal"
	bucketPacks       = "packs"
	bucketSettings    = "settings"
	bucketValues      = "values"

	bucketImports      = "imports"
	bucketObservations = "observations"

	bucketDossiers         = "dossiers"
	bucketDossierRevisions = "dossierRevisions"
	bucketDossierJournal   = "dossierJournal"
	bucketPapers           = "papers"
	bucketCounters         = "counters"

	bucketSiblings = "siblings"
	bucketDevices  = "devices"
)

var dataBuckets = []string{
	bucketSimulations, bucketRevisions, bucketJournal, bucketPacks, bucketSettings, bucketValues,
	bucketImports, bucketObservations,
	bucketDossiers, bucketDossierRevisions, bucketDossierJournal, bucketPapers, bucketCounters,
	bucketSiblings, bucketDevices,
}

const keyHead = "head"

// guard runs op so that neither a panic of bbolt nor a fault on its mapped pages
// stops the program: either means that the file changed under us.
func (s *Store) guard(op func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = s.damaged(fmt.Sprint(r))
		}
	}()
	return op()
}

// damaged notes the damage, after which nothing is written any more, and gives
// the error for the caller.
func (s *Store) damaged(reason string) *DamagedError {
	d := &DamagedError{Path: s.path, Reason: reason}
	s.broken.CompareAndSwap(nil, &failure{d})
	return d
}

// failure boxes an error for an atomic pointer.
type failure struct{ err error }

// reader reads records inside a transaction and checks each of them.
type reader struct{ tx *bbolt.Tx }

// get gives the payload under key, or nil where there is none. It is valid
// inside the transaction only.
func (r reader) get(bucket string, key []byte) ([]byte, error) {
	b := r.tx.Bucket([]byte(bucket))
	if b == nil {
		return nil, &lostError{bucket, nil}
	}
	v := b.Get(key)
	if v == nil {
		return nil, nil
	}
	return unseal(bucket, key, v)
}

// must is get for a record that another record says exists.
func (r reader) must(bucket string, key []byte) ([]byte, error) {
	p, err := r.get(bucket, key)
	if p == nil && err == nil {
		err = &lostError{bucket, key}
	}
	return p, err
}

// each calls f for every record whose key begins with prefix, in key order.
func (r reader) each(bucket string, prefix []byte, f func(key, payload []byte) error) error {
	b := r.tx.Bucket([]byte(bucket))
	if b == nil {
		return &lostError{bucket, nil}
	}
	c := b.Cursor()
	for k, v := c.Seek(prefix); k != nil && hasPrefix(k, prefix); k, v = c.Next() {
		p, err := unseal(bucket, k, v)
		if err != nil {
			return err
		}
		if err := f(k, p); err != nil {
			return err
		}
	}
	return nil
}

func hasPrefix(k, prefix []byte) bool {
	return len(k) >= len(prefix) && string(k[:len(prefix)]) == string(prefix)
}

// count is the number of records of a bucket, by the head.
func (r reader) count(bucket string) (uint64, error) {
	h, err := r.head()
	if err != nil {
		return 0, err
	}
	if t := h.Totals[bucket]; t != nil {
		return t.N, nil
	}
	return 0, &lostError{bucket, nil}
}

// all is each for a whole bucket, and misses none that the head counts.
func (r reader) all(bucket string, f func(key, payload []byte) error) error {
	n, err := r.count(bucket)
	if err != nil {
		return err
	}
	return r.exactly(n, bucket, f)
}

// exactly is each for a bucket of that many records.
func (r reader) exactly(left uint64, bucket string, f func(key, payload []byte) error) error {
	err := r.each(bucket, nil, func(key, payload []byte) error {
		left--
		return f(key, payload)
	})
	if err == nil && left != 0 {
		err = &lostError{bucket, nil}
	}
	return err
}

func (r reader) head() (head, error) {
	var h head
	p, err := r.must(bucketMeta, []byte(keyHead))
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(p, &h)
}

// lostError says that a record or a bucket is gone.
type lostError struct {
	bucket string
	key    []byte
}

func (e *lostError) Error() string { return fmt.Sprintf("%s %x is missing", e.bucket, e.key) }

// writer also writes, keeping the totals of the head.
type writer struct {
	reader
	head   head
	now    time.Time // of every record of the transaction
	device string

	changed    bool // a record was put or removed
	unnumbered bool // papers may wait for the number of a revision that is in its list now
}

// all also counts what the transaction put and removed.
func (w *writer) all(bucket string, f func(key, payload []byte) error) error {
	t := w.head.Totals[bucket]
	if t == nil {
		return &lostError{bucket, nil}
	}
	return w.exactly(t.N, bucket, f)
}

// addBuckets makes empty buckets.
func (w *writer) addBuckets(names ...string) error {
	for _, name := range names {
		w.head.Totals[name] = &total{}
		if _, err := w.tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) put(bucket string, key, payload []byte) error {
	b := w.tx.Bucket([]byte(bucket))
	t := w.head.Totals[bucket]
	if b == nil || t == nil {
		return &lostError{bucket, nil}
	}
	if old := b.Get(key); old != nil {
		if _, err := unseal(bucket, key, old); err != nil {
			return err
		}
		t.remove(old)
	}
	v := seal(bucket, key, payload)
	t.add(v)
	w.changed = true
	return b.Put(key, v)
}

// remove takes a record out, where there is one.
func (w *writer) remove(bucket string, key []byte) error {
	old, err := w.get(bucket, key)
	if err != nil || old == nil {
		return err
	}
	b := w.tx.Bucket([]byte(bucket))
	w.head.Totals[bucket].remove(b.Get(key))
	w.changed = true
	return b.Delete(key)
}

func (w *writer) putJSON(bucket string, key []byte, value any) error {
	p, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return w.put(bucket, key, p)
}

func (w *writer) putHead() error {
	w.head.TxID = uint64(w.tx.ID())
	p, err := json.Marshal(w.head)
	if err != nil {
		return err
	}
	return w.tx.Bucket([]byte(bucketMeta)).Put([]byte(keyHead), seal(bucketMeta, []byte(keyHead), p))
}

// view runs f in a read transaction. A record that fails its check becomes
// *DamagedError.
func (s *Store) view(f func(reader) error) error {
	return s.sort(s.guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error { return f(reader{tx}) })
	}))
}

// update is write for what snapshots are taken of.
func (s *Store) update(f func(*writer) error) error {
	err := s.write(f)
	if err == nil {
		s.noteSaved()
	}
	return err
}

// write runs f in a write transaction that is on the disk when write returns
// nil. On *FullError nothing has changed.
func (s *Store) write(f func(*writer) error) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if b := s.broken.Load(); b != nil {
		return b.err
	}
	var before uint64
	err := s.guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error {
			before = uint64(tx.ID()) - 1
			w := &writer{reader: reader{tx}, now: s.now(), device: s.opts.Device}
			var err error
			if w.head, err = w.reader.head(); err != nil {
				return err
			}
			if err := f(w); err != nil {
				return err
			}
			if w.unnumbered {
				if err := w.numberPapers(); err != nil {
					return err
				}
			}
			return w.putHead()
		})
	})
	if err == nil {
		return nil
	}
	err = s.sort(err)
	s.checkRefused(before, err)
	return err
}

// checkRefused closes the store for writing if a commit that failed is visible
// all the same: the disk refused to say that the last header is safe, so what
// it holds is known only after opening again.
func (s *Store) checkRefused(before uint64, cause error) {
	if before == 0 || s.broken.Load() != nil {
		return
	}
	var now uint64
	err := s.guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error { now = uint64(tx.ID()); return nil })
	})
	if err != nil || now != before {
		s.broken.CompareAndSwap(nil, &failure{fmt.Errorf("a save failed half-way, the store must be opened again: %w", cause)})
	}
}

// sort gives errors their types.
func (s *Store) sort(err error) error {
	var lost *lostError
	if errors.Is(err, errChecksum) || errors.Is(err, record.ErrShort) || errors.As(err, &lost) {
		return s.damaged(err.Error())
	}
	return fileError(s.path, err)
}

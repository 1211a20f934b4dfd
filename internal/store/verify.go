package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"slices"
	"time"

	"atlasp2i/internal/store/boltcheck"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/record"
)

// checked is what a whole file turned out to be.
type checked struct {
	head head
	txid uint64
}

// holds says whether a simulation, a value, a figure, a dossier or a paper was
// ever saved in it, deleted or not.
func (c checked) holds() bool {
	for _, bucket := range []string{bucketSimulations, bucketValues, bucketImports, bucketDossiers, bucketPapers} {
		if t := c.head.Totals[bucket]; t != nil && t.N > 0 {
			return true
		}
	}
	return false
}

// verifyFile reads every byte that counts of the file at path and writes
// nothing: the structure, the checksum of each record and the sums in the head.
// It returns *DamagedError, *NewerSchemaError (newest is the newest schema that
// is understood) or the error of a failed read. With oneMeta a file with one
// unreadable header passes, as the state before its last transaction.
func verifyFile(path string, newest int, oneMeta bool) (checked, error) {
	f, err := os.Open(path)
	if err != nil {
		return checked{}, fileError(path, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return checked{}, fileError(path, err)
	}
	a := audit{totals: map[string]*total{}}
	m, err := boltcheck.Check(boltcheck.Params{File: f, Size: st.Size(), OneMeta: oneMeta, Record: a.record})
	if err == nil {
		err = a.verdict(m.TxID, newest)
	}
	var newer *NewerSchemaError
	var pathErr *os.PathError
	switch {
	case err == nil:
		return checked{a.head, m.TxID}, nil
	case errors.As(err, &newer):
		newer.Path = path
		return checked{}, newer
	case errors.As(err, &pathErr):
		// A sector that cannot be read is damage too: the file must be left alone.
		return checked{}, &DamagedError{Path: path, Reason: pathErr.Error()}
	}
	return checked{}, &DamagedError{Path: path, Reason: err.Error()}
}

// audit collects what the records of a file add up to.
type audit struct {
	head   head
	found  bool
	totals map[string]*total
	bad    error // first record that fails; told only if the schema is ours
}

func (a *audit) record(bucket string, key, value []byte) error {
	payload, err := unseal(bucket, key, value)
	switch {
	case err != nil:
		if a.bad == nil {
			a.bad = err
		}
		return nil
	case bucket == bucketMeta:
		if string(key) != keyHead {
			return nil
		}
		a.found = true
		if err := json.Unmarshal(payload, &a.head); err != nil && a.bad == nil {
			a.bad = err
		}
		return nil
	}
	t := a.totals[bucket]
	if t == nil {
		t = &total{}
		a.totals[bucket] = t
	}
	t.add(value)
	return nil
}

// head is written in every transaction. Its sums make a record that vanished,
// or an old page that came back with an old but valid checksum, visible.
type head struct {
	Schema  int               `json:"schema"`
	TxID    uint64            `json:"txid"` // of the transaction that wrote it
	Store   string            `json:"store"`
	Created time.Time         `json:"created"`
	Totals  map[string]*total `json:"totals"` // by bucket, this one left out
}

// total is the number of records of a bucket and the sum of their digests.
type total struct {
	N   uint64 `json:"n"`
	Sum uint64 `json:"sum"`
}

var (
	castagnoli  = crc32.MakeTable(crc32.Castagnoli)
	errChecksum = errors.New("a record does not match its checksum")
)

const sealSize = 4

// checksum covers the place of the record too, so that a record that turns up
// under another key is found.
func checksum(bucket string, key, payload []byte) uint32 {
	c := crc32.Update(0, castagnoli, []byte(bucket))
	c = crc32.Update(c, castagnoli, []byte{0})
	c = crc32.Update(c, castagnoli, key)
	return crc32.Update(c, castagnoli, payload)
}

// seal puts the checksum behind the payload.
func seal(bucket string, key, payload []byte) []byte {
	out := make([]byte, 0, len(payload)+sealSize)
	out = append(out, payload...)
	return binary.BigEndian.AppendUint32(out, checksum(bucket, key, payload))
}

// unseal checks a value and gives its payload, which shares its memory.
func unseal(bucket string, key, value []byte) ([]byte, error) {
	if len(value) < sealSize {
		return nil, record.ErrShort
	}
	payload := value[:len(value)-sealSize]
	if binary.BigEndian.Uint32(value[len(payload):]) != checksum(bucket, key, payload) {
		return nil, fmt.Errorf("%s %x: %w", bucket, key, errChecksum)
	}
	return payload, nil
}

// digest spreads the checksum of a sealed value over 64 bits, so that sums of
// digests differ where sets of records differ.
func digest(value []byte) uint64 {
	x := uint64(binary.BigEndian.Uint32(value[len(value)-sealSize:]))<<32 | uint64(uint32(len(value)))
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9 // the finisher of SplitMix64
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

func (t *total) add(value []byte)    { t.N++; t.Sum += digest(value) }
func (t *total) remove(value []byte) { t.N--; t.Sum -= digest(value) }

func (a *audit) verdict(txid uint64, newest int) error {
	switch {
	case a.found && a.head.Schema > newest:
		return &NewerSchemaError{Have: a.head.Schema, Want: newest}
	case a.bad != nil:
		return a.bad
	case !a.found:
		return errors.New("the file is no store of this program")
	case a.head.TxID != txid:
		return fmt.Errorf("the head is of transaction %d, the file of %d", a.head.TxID, txid)
	}
	for bucket, want := range a.head.Totals {
		got := a.totals[bucket]
		if got == nil {
			got = &total{}
		}
		if want == nil || *got != *want {
			return fmt.Errorf("%s: %d records do not add up to what was written", bucket, got.N)
		}
	}
	for bucket := range a.totals {
		if a.head.Totals[bucket] == nil {
			return fmt.Errorf("%s: an unknown bucket", bucket)
		}
	}
	return nil
}

// Verified is what a store file or a snapshot that passed its check holds.
type Verified struct {
	Path    string
	Store   string         // id of the store that it is of
	Schema  int            // at most the one that this program knows
	Created time.Time      // when that store was made, UTC
	TxID    uint64         // of its last transaction: of two states of a store the higher is the later
	Records map[string]int // by the Kinds that the schema has
}

// Kinds are the kinds of records of a store, in the order in which they are told.
var Kinds = slices.Clone(dataBuckets)

// Verify reads all of a store file or a snapshot and writes nothing. It returns
// *DamagedError, *NewerSchemaError, *LockedError where another process writes to
// the file just now, or the error of a failed read.
func Verify(ctx context.Context, path string) (Verified, error) {
	o := Options{Path: path}
	o.fill()
	return verifyUnder(ctx, o, func() (string, error) { return path, nil })
}

// VerifyInUse does the same with the file that Open would open.
func VerifyInUse(ctx context.Context, o Options) (Verified, error) {
	o.fill()
	return verifyUnder(ctx, o, func() (string, error) { return activePath(o.Path) })
}

// verifyUnder checks a file that nobody writes to meanwhile: it would look damaged.
func verifyUnder(ctx context.Context, o Options, path func() (string, error)) (Verified, error) {
	release, err := disk.Hold(ctx, o.lock())
	if err != nil {
		return Verified{}, locked(err, o.Path)
	}
	defer release()
	name, err := path()
	if err != nil {
		return Verified{}, err
	}
	c, err := verifyFile(name, o.newest(), false)
	return c.told(name), err
}

// told is what callers see of a file.
func (c checked) told(path string) Verified {
	v := Verified{Path: path, Store: c.head.Store, Schema: c.head.Schema, Created: c.head.Created, TxID: c.txid, Records: map[string]int{}}
	for bucket, t := range c.head.Totals {
		v.Records[bucket] = int(t.N)
	}
	return v
}

// StoreID names the store, in each of its snapshots too.
func (s *Store) StoreID() (string, error) {
	var h head
	err := s.view(func(r reader) (err error) { h, err = r.head(); return err })
	return h.Store, err
}

package store

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"atlasp2i/internal/store/record"
)

// What the room of the records says, in the words of this one.
type (
	ID                    = record.ID
	Summary               = record.Summary
	EventKind             = record.EventKind
	Event                 = record.Event
	DossierEvent          = record.DossierEvent
	PaperHead             = record.PaperHead
	Pack                  = record.Pack
	Value                 = record.Value
	Share                 = record.Share
	SharedVersion         = record.SharedVersion
	SharedSimulation      = record.SharedSimulation
	SharedRevision        = record.SharedRevision
	SharedDossier         = record.SharedDossier
	Erasure               = record.Erasure
	SharedDossierRevision = record.SharedDossierRevision
	SharedValue           = record.SharedValue
	SharedValueVersion    = record.SharedValueVersion
	SharedPaper           = record.SharedPaper
	ShareError            = record.ShareError
)

// Kinds of events.
const (
	EventCreated    = record.EventCreated
	EventRenamed    = record.EventRenamed
	EventDeleted    = record.EventDeleted
	EventUndeleted  = record.EventUndeleted
	EventDuplicated = record.EventDuplicated
)

// NewID draws a fresh id.
func NewID() ID { return record.NewID() }

// ParseID reads 32 lower-case hexadecimal digits.
func ParseID(s string) (ID, error) { return record.ParseID(s) }

// ReadShare reads the JSON of a Share, strictly, and checks it as Merge does. It
// returns *ShareError.
func ReadShare(b []byte) (Share, error) { return record.ReadShare(b) }

// ValueKey names a value: place and field. CutValueKey undoes it.
func ValueKey(place, field string) string { return record.ValueKey(place, field) }

// CutValueKey gives the place and field of ValueKey.
func CutValueKey(key string) (place, field string, ok bool) { return record.CutValueKey(key) }

// Simulation is what a saved estimate is called and when it moved; its figures
// are in its revisions. Times are UTC.
type Simulation struct {
	ID      ID
	Name    string
	Created time.Time
	Updated time.Time
	Device  string     // id of the device of the last change
	Deleted *time.Time // nil while it is in the list; a deletion can be undone
	Head    int        // number of its newest revision, from 1
}

// PackHead is a kept pack without its archive.
type PackHead struct {
	Number  int
	SHA256  string
	SavedAt time.Time // UTC
}

// Content is what one save keeps.
type Content struct {
	Project    json.RawMessage   // canonical project JSON
	Marks      map[string]string // JSON path -> preset id, for values taken from a preset
	PackNumber int               // rule pack it was computed with
	PackSHA256 string
	Summary    Summary
}

// Revision is one save of a simulation. It never changes once it is written.
type Revision struct {
	Number int       // 1, 2, 3, …
	At     time.Time // UTC
	Device string
	Content
}

// Entry is a line of the list of simulations.
type Entry struct {
	Simulation
	PackNumber int
	Summary    Summary
}

// SnapshotInfo names a snapshot file.
type SnapshotInfo struct {
	Path string
	At   time.Time // UTC, when it was taken
}

// Recovery says that the store's own file was damaged or gone and what was
// opened instead. A damaged file stays where it is, untouched. Where the program ended
// before it could say so, each Open says it until a Close; Unseen says it until Seen.
type Recovery struct {
	At       time.Time     // UTC, when it was found and the other opened
	Damaged  *DamagedError // the file that was left alone, and why; Missing where it is gone
	Path     string        // the new store file that is open now
	Snapshot *SnapshotInfo // what it was copied from; nil if not from a snapshot
	Salvaged bool          // copied from the damaged file itself: at most its last save is missing
	Empty    bool          // no good snapshot existed: the new store is empty
}

// keyOf says of what is no id that there is no such simulation.
func keyOf(id ID) ([]byte, error) {
	key, err := id.Key()
	if err != nil {
		return nil, &NotFoundError{Kind: kindSimulation, ID: string(id)}
	}
	return key, nil
}

func idOf(key []byte) ID { return ID(hex.EncodeToString(key)) }

// numbered is the key of the n-th record of a simulation, or of a field's value.
func numbered(owner []byte, n int) []byte {
	return binary.BigEndian.AppendUint32(append(make([]byte, 0, len(owner)+4), owner...), uint32(n))
}

// simRecord is what the simulations bucket holds of one simulation.
type simRecord struct {
	Entry
	Events int // number of records in its journal
}

const simFormat = 1

// encode writes the record in a compact form: ten thousand of them are read at
// each listing, which JSON would make twenty times slower.
func (r *simRecord) encode() []byte {
	b := []byte{simFormat}
	str := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	num := func(n int64) { b = binary.AppendVarint(b, n) }
	for _, s := range r.strings() {
		str(*s)
	}
	num(r.Created.UnixNano())
	num(r.Updated.UnixNano())
	if r.Deleted == nil {
		num(0)
	} else {
		num(1)
		num(r.Deleted.UnixNano())
	}
	for _, n := range r.numbers() {
		num(int64(*n))
	}
	return b
}

func (r *simRecord) strings() []*string {
	s := &r.Summary
	return []*string{&r.Name, &r.Device, &s.Site, &s.Segment, &s.Total, &s.Low, &s.High, &s.Heads}
}

func (r *simRecord) numbers() []*int {
	return []*int{&r.Head, &r.PackNumber, &r.Summary.Months, &r.Events}
}

// decodeSim reads what encode wrote. Its strings share one piece of memory.
func decodeSim(key, payload []byte) (simRecord, error) {
	var r simRecord
	if len(payload) == 0 || payload[0] != simFormat {
		return r, errors.New("a simulation has an unknown format")
	}
	d := decoder{rest: string(payload[1:])}
	for _, s := range r.strings() {
		*s = d.str()
	}
	r.Created, r.Updated = d.time(), d.time()
	if d.num() != 0 {
		t := d.time()
		r.Deleted = &t
	}
	for _, n := range r.numbers() {
		*n = int(d.num())
	}
	r.ID = idOf(key)
	return r, d.err
}

// decoder takes fields off the front of a payload; the first failure sticks.
type decoder struct {
	rest string
	err  error
}

func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.rest)) {
		d.err, d.rest = record.ErrShort, ""
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) uvarint() uint64 {
	var v uint64
	for shift := 0; shift < 64; shift += 7 {
		s := d.take(1)
		if s == "" {
			return 0
		}
		v |= uint64(s[0]&0x7F) << shift
		if s[0] < 0x80 {
			return v
		}
	}
	d.err = record.ErrShort
	return 0
}

func (d *decoder) num() int64 {
	u := d.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (d *decoder) str() string     { return d.take(d.uvarint()) }
func (d *decoder) time() time.Time { return time.Unix(0, d.num()).UTC() }

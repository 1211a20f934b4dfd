package store

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
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
	errShort    = errors.New("a record ends too early")
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
		return nil, errShort
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

func (id ID) key() ([]byte, error) {
	b, err := hex.DecodeString(string(id))
	if err != nil || len(b) != 16 {
		return nil, &NotFoundError{Kind: kindSimulation, ID: string(id)}
	}
	return b, nil
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
		d.err, d.rest = errShort, ""
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
	d.err = errShort
	return 0
}

func (d *decoder) num() int64 {
	u := d.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (d *decoder) str() string     { return d.take(d.uvarint()) }
func (d *decoder) time() time.Time { return time.Unix(0, d.num()).UTC() }

// withBody joins a JSON header and bytes that must come back unchanged.
func withBody(header any, body []byte) ([]byte, error) {
	h, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	b := binary.AppendUvarint(make([]byte, 0, len(h)+len(body)+5), uint64(len(h)))
	return append(append(b, h...), body...), nil
}

// splitBody undoes withBody; the body is a copy.
func splitBody(payload []byte, header any) ([]byte, error) {
	head, body, err := parts(payload)
	if err != nil {
		return nil, err
	}
	return bytes.Clone(body), json.Unmarshal(head, header)
}

// headOf reads the header alone.
func headOf(payload []byte, header any) error {
	head, _, err := parts(payload)
	if err != nil {
		return err
	}
	return json.Unmarshal(head, header)
}

func parts(payload []byte) (head, body []byte, err error) {
	n, used := binary.Uvarint(payload)
	if used <= 0 || n > uint64(len(payload)-used) {
		return nil, nil, errShort
	}
	rest := payload[used:]
	return rest[:n], rest[n:], nil
}

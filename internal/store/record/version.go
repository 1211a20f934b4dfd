package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/store/lineage"
)

// What has versions.
const (
	KindSimulation = "simulation"
	KindDossier    = "dossier"
	KindValue      = "value"
)

// Owner is a thing with versions. Its key is that of its records without the number.
type Owner struct {
	Kind string // simulation, dossier or value
	Key  []byte
}

// Of names a thing by its kind and key.
func Of(kind string, key []byte) Owner { return Owner{kind, key} }

// Name is the key as callers know it.
func (o Owner) Name() string {
	if o.Kind == KindValue {
		return strings.TrimSuffix(string(o.Key), "\x00")
	}
	return hex.EncodeToString(o.Key)
}

// ValueKey names a value: place and field. CutValueKey undoes it.
func ValueKey(place, field string) string { return place + "\x00" + field }

// CutValueKey gives the place and field of ValueKey.
func CutValueKey(key string) (place, field string, ok bool) { return strings.Cut(key, "\x00") }

// Item is a version with its record, which is the same in the list and outside it.
type Item struct {
	lineage.Version
	Payload []byte
}

// Read gives what a record says, without its identity. Parents are nil in one that
// was written before records named them.
func (o Owner) Read(payload []byte) (lineage.Version, error) {
	switch o.Kind {
	case KindSimulation:
		return revisionVersion(payload)
	case KindDossier:
		return dossierVersion(payload)
	}
	return valueVersion(payload)
}

// Version reads a record. One that does not name its parents has the version before
// it in the list as the only one.
func (o Owner) Version(payload []byte, before string) (lineage.Version, error) {
	v, err := o.Read(payload)
	if v.Parents == nil {
		v.Parents = []string{}
		if before != "" {
			v.Parents = append(v.Parents, before)
		}
	}
	v.Identity = lineage.Identify(o.Kind, string(o.Key), v)
	return v, err
}

// The digests below name each part: the way JSON is written may change with Go.

func revisionVersion(payload []byte) (lineage.Version, error) {
	var h RevisionHeader
	project, err := SplitBody(payload, &h)
	s := h.Summary
	parts := [][]byte{
		project, []byte(strconv.Itoa(h.Pack)), []byte(h.SHA256), []byte(s.Site), []byte(s.Segment),
		[]byte(strconv.Itoa(s.Months)), []byte(s.Total), []byte(s.Low), []byte(s.High), []byte(s.Heads),
	}
	for _, path := range slices.Sorted(maps.Keys(h.Marks)) {
		parts = append(parts, []byte(path), []byte(h.Marks[path]))
	}
	return lineage.Version{At: h.At, Device: h.Device, Parents: h.Parents, Content: lineage.Of(parts...)}, err
}

func dossierVersion(payload []byte) (lineage.Version, error) {
	var h DossierHeader
	sealed, err := SplitBody(payload, &h)
	return lineage.Version{At: h.At, Device: h.Device, Parents: h.Parents, Content: lineage.Of(h.Clear, sealed)}, err
}

func valueVersion(payload []byte) (lineage.Version, error) {
	var v ValueRecord
	err := json.Unmarshal(payload, &v)
	says := lineage.Of([]byte(v.Text), []byte(v.AsOf), []byte(v.Note), []byte(strconv.FormatBool(v.Dropped)))
	return lineage.Version{At: v.At, Device: v.Device, Parents: v.Parents, Content: says}, err
}

// Sibling is the key of a version outside the list, or how the keys of all begin.
func (o Owner) Sibling(identity []byte) []byte {
	return slices.Concat([]byte(o.Kind), []byte{0}, o.Key, []byte{0}, identity)
}

// SiblingOwner undoes Sibling.
func SiblingOwner(key []byte) (Owner, error) {
	kind, rest, ok := bytes.Cut(key, []byte{0})
	if len(rest) <= identitySize+1 || !ok {
		return Owner{}, fmt.Errorf("%s: %w", "siblings", ErrShort)
	}
	return Owner{string(kind), bytes.Clone(rest[:len(rest)-identitySize-1])}, nil
}

const identitySize = 32

// SiblingKey is the key of a version outside the list.
func (o Owner) SiblingKey(v lineage.Version) []byte {
	id, _ := hex.DecodeString(v.Identity) // made by Identify
	return o.Sibling(id)
}

package store

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/store/lineage"
)

const kindValue = "value"

// owner is a thing with versions. Its key is that of its records without the number.
type owner struct {
	kind string // simulation, dossier or value
	key  []byte
}

// ValueKey names a value: place and field. CutValueKey undoes it.
func ValueKey(place, field string) string { return place + "\x00" + field }

// CutValueKey gives the place and field of ValueKey.
func CutValueKey(key string) (place, field string, ok bool) { return strings.Cut(key, "\x00") }

// name is the key as callers know it.
func (o owner) name() string {
	if o.kind == kindValue {
		return strings.TrimSuffix(string(o.key), "\x00")
	}
	return string(idOf(o.key))
}

// bucket holds the versions that are in the numbered list.
func (o owner) bucket() string {
	return map[string]string{kindSimulation: bucketRevisions, kindDossier: bucketDossierRevisions, kindValue: bucketValues}[o.kind]
}

// sibling is the key of a version outside the list, or how the keys of all begin.
func (o owner) sibling(identity []byte) []byte {
	return slices.Concat([]byte(o.kind), []byte{0}, o.key, []byte{0}, identity)
}

// siblingOwner undoes sibling.
func siblingOwner(key []byte) (owner, error) {
	kind, rest, ok := bytes.Cut(key, []byte{0})
	if len(rest) <= identitySize+1 || !ok {
		return owner{}, fmt.Errorf("%s: %w", bucketSiblings, errShort)
	}
	return owner{string(kind), bytes.Clone(rest[:len(rest)-identitySize-1])}, nil
}

const identitySize = 32

// item is a version with its record, which is the same in the list and outside it.
type item struct {
	lineage.Version
	payload []byte
}

// line is what is known of a thing.
type line struct {
	lineage.Line
	payloads map[string][]byte // by identity
}

func (l line) items(versions []lineage.Version) []item {
	out := make([]item, len(versions))
	for i, v := range versions {
		out[i] = item{v, l.payloads[v.Identity]}
	}
	return out
}

// sorted gives all versions, parents first.
func (l line) sorted() []item { return l.items(lineage.Sort(slices.Concat(l.List, l.Siblings))) }

func (l *line) add(i item) {
	l.Siblings = append(l.Siblings, i.Version)
	l.payloads[i.Identity] = i.payload
}

// known reads all versions of a thing whose list has that many.
func (r reader) known(o owner, head int) (line, error) {
	out := line{payloads: map[string][]byte{}}
	last := ""
	for n := 1; n <= head; n++ {
		p, err := r.must(o.bucket(), numbered(o.key, n))
		if err != nil {
			return out, err
		}
		v, err := o.version(p, last)
		if err != nil {
			return out, err
		}
		last = v.Identity
		out.List = append(out.List, v)
		out.payloads[v.Identity] = p
	}
	return out, r.each(bucketSiblings, o.sibling(nil), func(key, payload []byte) error {
		v, err := o.version(payload, "")
		if err == nil && !bytes.Equal(key, o.siblingKey(v)) {
			err = &lostError{bucketSiblings, key}
		}
		out.add(item{v, payload})
		return err
	})
}

func (o owner) siblingKey(v lineage.Version) []byte {
	id, _ := hex.DecodeString(v.Identity) // made by Identify
	return o.sibling(id)
}

// read gives what a record says, without its identity. Parents are nil in one that
// was written before records named them.
func (o owner) read(payload []byte) (lineage.Version, error) {
	switch o.kind {
	case kindSimulation:
		return revisionVersion(payload)
	case kindDossier:
		return dossierVersion(payload)
	}
	return valueVersion(payload)
}

// version reads a record. One that does not name its parents has the version before
// it in the list as the only one.
func (o owner) version(payload []byte, before string) (lineage.Version, error) {
	v, err := o.read(payload)
	if v.Parents == nil {
		v.Parents = []string{}
		if before != "" {
			v.Parents = append(v.Parents, before)
		}
	}
	v.Identity = lineage.Identify(o.kind, string(o.key), v)
	return v, err
}

// The digests below name each part: the way JSON is written may change with Go.

func revisionVersion(payload []byte) (lineage.Version, error) {
	var h revisionHeader
	project, err := splitBody(payload, &h)
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
	var h dossierHeader
	sealed, err := splitBody(payload, &h)
	return lineage.Version{At: h.At, Device: h.Device, Parents: h.Parents, Content: lineage.Of(h.Clear, sealed)}, err
}

func valueVersion(payload []byte) (lineage.Version, error) {
	var v valueRecord
	err := json.Unmarshal(payload, &v)
	says := lineage.Of([]byte(v.Text), []byte(v.AsOf), []byte(v.Note), []byte(strconv.FormatBool(v.Dropped)))
	return lineage.Version{At: v.At, Device: v.Device, Parents: v.Parents, Content: says}, err
}

// identity gives the identity of a version of the list. It reads back as far as
// versions do not name their parents.
func (r reader) identity(o owner, number int) (string, error) {
	var payloads [][]byte
	for named := false; number > 0 && !named; number-- {
		p, err := r.must(o.bucket(), numbered(o.key, number))
		if err != nil {
			return "", err
		}
		v, err := o.read(p)
		if err != nil {
			return "", err
		}
		payloads = append(payloads, p)
		named = v.Parents != nil
	}
	last := ""
	for _, p := range slices.Backward(payloads) {
		v, err := o.version(p, last)
		if err != nil {
			return "", err
		}
		last = v.Identity
	}
	return last, nil
}

// listed is a thing and the length of its list.
type listed struct {
	owner
	head int
}

// valueOwners gives every value that is known, by place and field.
func (r reader) valueOwners() ([]listed, error) {
	var out []listed
	err := r.all(bucketValues, func(key, _ []byte) error {
		if len(key) < 4 {
			return errShort
		}
		of := key[:len(key)-4]
		if n := len(out); n == 0 || !bytes.Equal(out[n-1].key, of) {
			out = append(out, listed{owner: owner{kindValue, bytes.Clone(of)}})
		}
		out[len(out)-1].head++
		return nil
	})
	return out, err
}

func missing(err error) bool {
	var none *NotFoundError
	return errors.As(err, &none)
}

// succeed gives the parents of the next version of a thing. Siblings that have to
// stand before it are put into the list, whose length grows.
func (w *writer) succeed(o owner, head *int) (parents []string, err error) {
	alone := true
	if err := w.each(bucketSiblings, o.sibling(nil), func(_, _ []byte) error { alone = false; return nil }); err != nil {
		return nil, err
	}
	if alone {
		last, err := w.identity(o, *head)
		if last == "" {
			return []string{}, err
		}
		return []string{last}, err
	}
	known, err := w.known(o, *head)
	if err != nil {
		return nil, err
	}
	parents, before := known.Next()
	return parents, w.list(o, head, known.items(before))
}

// list puts versions at the end of the list; those that were siblings are no more.
func (w *writer) list(o owner, head *int, items []item) error {
	w.unnumbered = w.unnumbered || o.kind == kindSimulation && len(items) > 0
	for _, i := range items {
		if err := w.remove(bucketSiblings, o.siblingKey(i.Version)); err != nil {
			return err
		}
		*head++
		if err := w.put(o.bucket(), numbered(o.key, *head), i.payload); err != nil {
			return err
		}
	}
	return nil
}

// dropSiblings takes out all versions outside the list.
func (w *writer) dropSiblings(o owner) error {
	var keys [][]byte
	err := w.each(bucketSiblings, o.sibling(nil), func(key, _ []byte) error {
		keys = append(keys, bytes.Clone(key))
		return nil
	})
	for i := 0; err == nil && i < len(keys); i++ {
		err = w.remove(bucketSiblings, keys[i])
	}
	return err
}

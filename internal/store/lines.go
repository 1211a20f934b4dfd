package store

import (
	"bytes"
	"errors"
	"slices"

	"atlasp2i/internal/store/lineage"
	"atlasp2i/internal/store/record"
)

// bucketOf names what holds the versions that are in the numbered list.
func bucketOf(o record.Owner) string {
	return map[string]string{kindSimulation: bucketRevisions, kindDossier: bucketDossierRevisions, record.KindValue: bucketValues}[o.Kind]
}

// line is what is known of a thing.
type line struct {
	lineage.Line
	payloads map[string][]byte // by identity
}

func (l line) items(versions []lineage.Version) []record.Item {
	out := make([]record.Item, len(versions))
	for i, v := range versions {
		out[i] = record.Item{Version: v, Payload: l.payloads[v.Identity]}
	}
	return out
}

// sorted gives all versions, parents first.
func (l line) sorted() []record.Item { return l.items(lineage.Sort(slices.Concat(l.List, l.Siblings))) }

func (l *line) add(i record.Item) {
	l.Siblings = append(l.Siblings, i.Version)
	l.payloads[i.Identity] = i.Payload
}

// known reads all versions of a thing whose list has that many.
func (r reader) known(o record.Owner, head int) (line, error) {
	out := line{payloads: map[string][]byte{}}
	last := ""
	for n := 1; n <= head; n++ {
		p, err := r.must(bucketOf(o), numbered(o.Key, n))
		if err != nil {
			return out, err
		}
		v, err := o.Version(p, last)
		if err != nil {
			return out, err
		}
		last = v.Identity
		out.List = append(out.List, v)
		out.payloads[v.Identity] = p
	}
	return out, r.each(bucketSiblings, o.Sibling(nil), func(key, payload []byte) error {
		v, err := o.Version(payload, "")
		if err == nil && !bytes.Equal(key, o.SiblingKey(v)) {
			err = &lostError{bucketSiblings, key}
		}
		out.add(record.Item{Version: v, Payload: payload})
		return err
	})
}

// identity gives the identity of a version of the list. It reads back as far as
// versions do not name their parents.
func (r reader) identity(o record.Owner, number int) (string, error) {
	var payloads [][]byte
	for named := false; number > 0 && !named; number-- {
		p, err := r.must(bucketOf(o), numbered(o.Key, number))
		if err != nil {
			return "", err
		}
		v, err := o.Read(p)
		if err != nil {
			return "", err
		}
		payloads = append(payloads, p)
		named = v.Parents != nil
	}
	last := ""
	for _, p := range slices.Backward(payloads) {
		v, err := o.Version(p, last)
		if err != nil {
			return "", err
		}
		last = v.Identity
	}
	return last, nil
}

func missing(err error) bool {
	var none *NotFoundError
	return errors.As(err, &none)
}

// succeed gives the parents of the next version of a thing. Siblings that have to
// stand before it are put into the list, whose length grows.
func (w *writer) succeed(o record.Owner, head *int) (parents []string, err error) {
	alone := true
	if err := w.each(bucketSiblings, o.Sibling(nil), func(_, _ []byte) error { alone = false; return nil }); err != nil {
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
func (w *writer) list(o record.Owner, head *int, items []record.Item) error {
	w.unnumbered = w.unnumbered || o.Kind == kindSimulation && len(items) > 0
	for _, i := range items {
		if err := w.remove(bucketSiblings, o.SiblingKey(i.Version)); err != nil {
			return err
		}
		*head++
		if err := w.put(bucketOf(o), numbered(o.Key, *head), i.Payload); err != nil {
			return err
		}
	}
	return nil
}

// dropSiblings takes out all versions outside the list.
func (w *writer) dropSiblings(o record.Owner) error {
	var keys [][]byte
	err := w.each(bucketSiblings, o.Sibling(nil), func(key, _ []byte) error {
		keys = append(keys, bytes.Clone(key))
		return nil
	})
	for i := 0; err == nil && i < len(keys); i++ {
		err = w.remove(bucketSiblings, keys[i])
	}
	return err
}

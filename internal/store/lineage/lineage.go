// Package lineage says how the versions of one thing on several laptops stand to
// each other. It is pure: a version is its identity, its time, its parents and a
// digest of what it says.
//
// All known versions are a graph that only grows. A laptop shows a part of it as a
// numbered list, in which every version is an ancestor of the last one, the current
// one, and none comes before its parents. The others are siblings.
package lineage

import (
	"cmp"
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Digest stands for the content of a version.
type Digest [sha256.Size]byte

// Of is the digest of parts in their order; where one ends counts too.
func Of(parts ...[]byte) Digest {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write(p)
	}
	return Digest(h.Sum(nil))
}

// Version is one version of a thing.
type Version struct {
	Identity string    // 64 hexadecimal digits, the same on every laptop: Identify
	At       time.Time // by the clock of the laptop that wrote it, which may be wrong
	Device   string
	Parents  []string // identities, sorted; none for a first version
	Content  Digest
}

// Identify gives what the version is called everywhere. The kind and key are of the
// thing that it is a version of; the version's own Identity does not count.
func Identify(kind, key string, v Version) string {
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(v.At.UnixNano()))
	parts := [][]byte{[]byte(kind), []byte(key), at[:], []byte(v.Device), v.Content[:]}
	for _, p := range v.Parents {
		parts = append(parts, []byte(p))
	}
	sum := Of(parts...)
	return hex.EncodeToString(sum[:])
}

// Compare orders versions by time, then identity: the same on every laptop.
func Compare(a, b Version) int {
	return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Identity, b.Identity))
}

// Line is what one laptop knows of a thing: its list, the current version last, and
// the siblings. No version is in it twice, and every parent is in it.
type Line struct {
	List     []Version
	Siblings []Version
}

// Heads gives the versions that none is the child of, the newest first.
func (l Line) Heads() []Version {
	if len(l.Siblings) == 0 && len(l.List) > 0 {
		return l.List[len(l.List)-1:] // all others are its ancestors
	}
	superseded := map[string]bool{}
	for _, v := range l.all() {
		for _, p := range v.Parents {
			superseded[p] = true
		}
	}
	heads := slices.DeleteFunc(l.all(), func(v Version) bool { return superseded[v.Identity] })
	slices.SortFunc(heads, func(a, b Version) int { return Compare(b, a) })
	return heads
}

// Over gives the heads that are some of these versions or come from one of them, the
// newest first.
func (l Line) Over(identities ...string) []Version {
	children := map[string][]string{}
	for _, v := range l.all() {
		for _, p := range v.Parents {
			children[p] = append(children[p], v.Identity)
		}
	}
	over := reach(children, identities)
	return slices.DeleteFunc(slices.Clone(l.Heads()), func(h Version) bool { return !over[h.Identity] })
}

func (l Line) all() []Version { return slices.Concat(l.List, l.Siblings) }

// Conflict says whether the heads say different things.
func (l Line) Conflict() bool {
	heads := l.Heads()
	return slices.ContainsFunc(heads, func(v Version) bool { return v.Content != heads[0].Content })
}

// Settle gives the siblings that belong at the end of the list, in order, so that the
// current version is a head. A current version that is one stays current; else the
// newest head among its descendants takes its place, or among all where the list is
// still empty.
func (l Line) Settle() []Version {
	if len(l.List) == 0 {
		if len(l.Siblings) == 0 {
			return nil
		}
		return l.Before(l.Heads()[0].Identity)
	}
	current := l.List[len(l.List)-1].Identity
	return l.Before(l.Over(current)[0].Identity) // nothing where that is itself
}

// Next gives the parents of a new version and the siblings that go into the list
// before it. Where all heads say the same they are all its parents; else the current
// version alone is, and what the others say stays open.
func (l Line) Next() (parents []string, before []Version) {
	switch {
	case len(l.List) == 0:
		return []string{}, nil
	case l.Conflict():
		return []string{l.List[len(l.List)-1].Identity}, nil
	}
	return l.Join(l.Heads())
}

// Join gives the parents of a new version that takes the place of some heads, the
// current version among them, and the siblings that go into the list before it.
func (l Line) Join(heads []Version) (parents []string, before []Version) {
	for _, h := range heads {
		parents = append(parents, h.Identity)
	}
	slices.Sort(parents)
	return parents, l.Before(parents...)
}

// Before gives these siblings and their ancestors that are siblings, in order.
func (l Line) Before(identities ...string) []Version {
	wanted := l.ancestors(identities...)
	return Sort(slices.DeleteFunc(slices.Clone(l.Siblings), func(v Version) bool { return !wanted[v.Identity] }))
}

// ancestors gives the versions themselves and all they come from.
func (l Line) ancestors(identities ...string) map[string]bool {
	parents := map[string][]string{}
	for _, v := range l.all() {
		parents[v.Identity] = v.Parents
	}
	return reach(parents, identities)
}

// reach gives what steps lead to, and where they begin.
func reach(steps map[string][]string, from []string) map[string]bool {
	seen := map[string]bool{}
	for left := slices.Clone(from); len(left) > 0; {
		id := left[len(left)-1]
		left = left[:len(left)-1]
		if !seen[id] {
			seen[id] = true
			left = append(left, steps[id]...)
		}
	}
	return seen
}

// Sort puts parents before their children, else the older first: one order for one
// set of versions. Parents outside the set do not count. A version that is its own
// ancestor, which no honest set holds, is left out with its descendants.
func Sort(versions []Version) []Version {
	inside := map[string]bool{}
	for _, v := range versions {
		inside[v.Identity] = true
	}
	waits, children := map[string]int{}, map[string][]Version{}
	ready := &oldest{}
	for _, v := range versions {
		for _, p := range v.Parents {
			if inside[p] {
				waits[v.Identity]++
				children[p] = append(children[p], v)
			}
		}
		if waits[v.Identity] == 0 {
			heap.Push(ready, v)
		}
	}
	out := make([]Version, 0, len(versions))
	for ready.Len() > 0 {
		v := heap.Pop(ready).(Version)
		out = append(out, v)
		for _, c := range children[v.Identity] {
			if waits[c.Identity]--; waits[c.Identity] == 0 {
				heap.Push(ready, c)
			}
		}
	}
	return out
}

// oldest is a heap with the oldest version on top.
type oldest []Version

func (o oldest) Len() int           { return len(o) }
func (o oldest) Less(i, j int) bool { return Compare(o[i], o[j]) < 0 }
func (o oldest) Swap(i, j int)      { o[i], o[j] = o[j], o[i] }
func (o *oldest) Push(v any)        { *o = append(*o, v.(Version)) }
func (o *oldest) Pop() any {
	last := len(*o) - 1
	v := (*o)[last]
	*o = (*o)[:last]
	return v
}

// Append moves siblings, which Settle, Next or Join gave, to the end of the list.
func (l *Line) Append(versions []Version) {
	l.List = append(l.List, versions...)
	moved := map[string]bool{}
	for _, v := range versions {
		moved[v.Identity] = true
	}
	l.Siblings = slices.DeleteFunc(l.Siblings, func(v Version) bool { return moved[v.Identity] })
}

// Check says what is wrong with a set of versions that should hold the parents of
// each, or nil. Whether the identities are true is another question: Identify.
func Check(versions []Version) error {
	inside := map[string]bool{}
	for _, v := range versions {
		if inside[v.Identity] {
			return fmt.Errorf("%s is there twice", v.Identity)
		}
		inside[v.Identity] = true
	}
	for _, v := range versions {
		for i, p := range v.Parents {
			if !inside[p] || i > 0 && v.Parents[i-1] >= p {
				return fmt.Errorf("%s has the parent %q, which is not known or not in order", v.Identity, p)
			}
		}
	}
	if len(Sort(versions)) != len(versions) {
		return errors.New("a version is its own ancestor")
	}
	return nil
}

// Sides gives one head for each content, the current version's first, then the newest
// first: what a person chooses from.
func (l Line) Sides() []Version {
	heads := slices.Clone(l.Heads())
	if n := len(l.List); n > 0 {
		at := slices.IndexFunc(heads, func(v Version) bool { return v.Identity == l.List[n-1].Identity })
		if at > 0 {
			current := heads[at]
			heads = slices.Insert(slices.Delete(heads, at, at+1), 0, current)
		}
	}
	seen := map[Digest]bool{}
	return slices.DeleteFunc(heads, func(v Version) bool {
		was := seen[v.Content]
		seen[v.Content] = true
		return was
	})
}

package pack

import (
	"io/fs"
	"slices"
)

// Kind is what became of something between two packs.
type Kind string

// What can become of something.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
)

// Change is one difference between two packs. Before and After are as the packs
// write them; of an entry that only one pack has they are its value or name, and
// may be empty.
type Change struct {
	Area    string   `json:"area"`    // rules, sites, figures, texts, formalities, criteria, ...
	Sort    string   `json:"sort"`    // of the entry: param, site, observations, text, ...
	Subject string   `json:"subject"` // its id; of a text its key
	Part    []string `json:"part"`    // where in the entry; of a text its language; empty for all of it
	Kind    Kind     `json:"kind"`
	Before  string   `json:"before"`
	After   string   `json:"after"`
}

// Diff lists how the pack b differs from the pack a, by area, entry and part. In
// which file of its area an entry stands, and in which order, does not count. It
// fails where a file cannot be read; both are packs that were read strictly.
func Diff(a, b fs.FS) ([]Change, error) {
	before, err := read(a)
	if err != nil {
		return nil, err
	}
	after, err := read(b)
	if err != nil {
		return nil, err
	}
	d := differ{changes: []Change{}}
	d.compare(nil, before, after)
	return d.changes, nil
}

type differ struct{ changes []Change }

// subject is how many names lead to an entry: area, sort, id.
const subject = 3

func (d *differ) compare(at []string, a, b *tree) {
	for _, name := range names(a, b) {
		here := append(slices.Clone(at), name)
		x, y := a.kids[name], b.kids[name]
		switch {
		case x != nil && y != nil:
			if x.text != y.text {
				d.add(here, Changed, x.text, y.text)
			}
			d.compare(here, x, y)
		case !whole(here):
			d.compare(here, orEmpty(x), orEmpty(y))
		case x == nil:
			d.add(here, Added, "", y.summary())
		default:
			d.add(here, Removed, x.summary(), "")
		}
	}
}

// whole is whether what only one pack has is said in one line: an entry is, a
// text is said in each language.
func whole(at []string) bool { return len(at) > subject || len(at) == subject && at[0] != areaTexts }

func orEmpty(t *tree) *tree {
	if t == nil {
		return &tree{}
	}
	return t
}

func (d *differ) add(at []string, kind Kind, before, after string) {
	d.changes = append(d.changes, Change{
		Area: at[0], Sort: at[1], Subject: at[2], Part: append([]string{}, at[subject:]...), Kind: kind, Before: before, After: after,
	})
}

// telling are the parts that say most of an entry, the first that it has.
var telling = []string{"value", "mad", "name", "title", "text", "worst", "gross"}

func (t *tree) summary() string {
	if t.kids == nil {
		return t.text
	}
	for _, part := range telling {
		if kid := t.kids[part]; kid != nil && kid.kids == nil {
			return kid.text
		}
	}
	return ""
}

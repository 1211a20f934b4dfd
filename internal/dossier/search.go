package dossier

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/domain"
)

// Query is what stands in the search box and the filters beside it. What is empty
// does not narrow.
type Query struct {
	Text  string
	Fair  string
	Grade string
	Owner string
	State State
	From  domain.Date // due on that day or later, and not done
	To    domain.Date // due on that day or before, and not done

	Before time.Time // last changed before then; the zero value asks for nothing
}

// Index finds dossiers. It is held in memory while contacts are unlocked and never
// written. It is not safe for several goroutines at once.
//
// Each word is kept once, with a number; a dossier is the numbers of its words. A
// search looks at every known word once, then compares numbers, so that long notes
// cost little.
type Index struct {
	list  []*entry // the last changed first
	byID  map[string]*entry
	words []string // by number; one that no dossier has any more is only room lost
	known map[string]int32
}

// entry is a dossier with the numbers of its words, each once.
type entry struct {
	Dossier
	head   []int32 // name and company
	rest   []int32 // everything else
	digits string  // of the phone
}

// NewIndex makes an empty index.
func NewIndex() *Index { return &Index{byID: map[string]*entry{}, known: map[string]int32{}} }

// Put adds a dossier or takes a newer one in its place. Also are words that the
// dossier itself does not hold: names of its simulations, numbers of its papers,
// the label of its segment.
func (x *Index) Put(d Dossier, also ...string) {
	x.Remove(d.ID)
	p, _ := dialled(d.Contact.Phone)
	rest := append([]string{
		d.Contact.Role, d.Contact.Email, d.Contact.Phone, d.Interest.Segment, d.Notes, d.Step, d.Fair, d.Next.Owner,
	}, also...)
	for _, c := range d.Comparisons {
		rest = append(rest, c.Name)
	}
	e := &entry{
		Dossier: d,
		head:    x.numbers(d.Contact.Name, d.Contact.Company),
		rest:    x.numbers(rest...),
		digits:  strings.TrimPrefix(p, "+"),
	}
	at, _ := slices.BinarySearchFunc(x.list, e, before)
	x.list = slices.Insert(x.list, at, e)
	x.byID[d.ID] = e
}

// numbers gives the words of texts by their numbers.
func (x *Index) numbers(texts ...string) []int32 {
	var out []int32
	for _, w := range Fold(strings.Join(texts, " ")) {
		n, ok := x.known[w]
		if !ok {
			n = int32(len(x.words))
			w = strings.Clone(w) // not the whole text that it was cut from
			x.words = append(x.words, w)
			x.known[w] = n
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

func before(a, b *entry) int {
	if c := b.Updated.Compare(a.Updated); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Remove forgets a dossier.
func (x *Index) Remove(id string) {
	e := x.byID[id]
	if e == nil {
		return
	}
	delete(x.byID, id)
	if at, ok := slices.BinarySearchFunc(x.list, e, before); ok {
		x.list = slices.Delete(x.list, at, at+1)
	}
}

// Get gives a dossier of the index.
func (x *Index) Get(id string) (Dossier, bool) {
	if e := x.byID[id]; e != nil {
		return e.Dossier, true
	}
	return Dossier{}, false
}

// Len is the number of dossiers.
func (x *Index) Len() int { return len(x.list) }

// Fairs lists the fairs of all dossiers, and Owners those who have a next step, in
// order: the choices of a filter.
func (x *Index) Fairs() []string { return x.distinct(func(e *entry) string { return e.Fair }) }

// Owners lists those who have a next step, in order.
func (x *Index) Owners() []string { return x.distinct(func(e *entry) string { return e.Next.Owner }) }

func (x *Index) distinct(of func(*entry) string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, e := range x.list {
		if s := of(e); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// Find gives the dossiers in which every word of the text begins some word, and
// that pass the filters; accents and capitals make no difference. A word in a name
// or company comes before one elsewhere, a whole word before a beginning, then the
// last changed first. A text of digits also finds a phone number that has them,
// however either was spaced. The dossiers are the index's own and not to be changed.
func (x *Index) Find(q Query) []*Dossier {
	words := x.begun(Fold(q.Text))
	number := phoneDigits(q.Text)
	type hit struct {
		d     *Dossier
		score int
	}
	var hits []hit
	for _, e := range x.list {
		if !q.passes(e.Clear) || !q.Before.IsZero() && !e.Updated.Before(q.Before) {
			continue
		}
		score, ok := e.score(words)
		if number != "" && strings.Contains(e.digits, number) {
			score, ok = max(score, inHead), true
		}
		if ok {
			hits = append(hits, hit{&e.Dossier, score})
		}
	}
	if len(words) > 0 {
		slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	}
	out := make([]*Dossier, len(hits))
	for i, h := range hits {
		out[i] = h.d
	}
	return out
}

func (q Query) passes(c Clear) bool {
	due := c.Next.Due != "" && !c.Next.Done
	return (q.Fair == "" || q.Fair == c.Fair) &&
		(q.Grade == "" || q.Grade == c.Grade) &&
		(q.Owner == "" || q.Owner == c.Next.Owner) &&
		(q.State == "" || q.State == c.State) &&
		(q.From == "" || due && c.Next.Due >= q.From) &&
		(q.To == "" || due && c.Next.Due <= q.To)
}

// What a word counts by where it was found.
const (
	elsewhere      = 1
	wholeElsewhere = 2
	inHead         = 4
	wholeInHead    = 8
)

// How a known word fits one that was typed.
const (
	other byte = iota
	begins
	whole
)

// begun says for each typed word how every known word fits it.
func (x *Index) begun(typed []string) [][]byte {
	out := make([][]byte, len(typed))
	for i, t := range typed {
		out[i] = make([]byte, len(x.words))
		for n, w := range x.words {
			switch {
			case w == t:
				out[i][n] = whole
			case strings.HasPrefix(w, t):
				out[i][n] = begins
			}
		}
	}
	return out
}

// score adds up where the typed words are; ok says that all of them are somewhere.
func (e *entry) score(typed [][]byte) (sum int, ok bool) {
	for _, fits := range typed {
		switch best(fits, e.head) {
		case whole:
			sum += wholeInHead
			continue
		case begins:
			sum += inHead
			continue
		}
		switch best(fits, e.rest) {
		case whole:
			sum += wholeElsewhere
		case begins:
			sum += elsewhere
		default:
			return 0, false
		}
	}
	return sum, true
}

func best(fits []byte, words []int32) byte {
	is := other
	for _, n := range words {
		if is = max(is, fits[n]); is == whole {
			break
		}
	}
	return is
}

// minNumber is the fewest digits that are looked for as a phone number.
const minNumber = 4

// phoneDigits gives the digits of a text that can be a phone number or a piece of
// one, else nothing. The zero in front of a national number is not in an
// international one.
func phoneDigits(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		case !strings.ContainsRune("+ -./()\u00a0\u202f", r):
			return ""
		}
	}
	digits := strings.TrimLeft(string(out), "0")
	if len(digits) < minNumber {
		return ""
	}
	return digits
}

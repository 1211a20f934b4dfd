package formalities

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

const (
	itemsFile    = "formalities/items.toml"
	bodiesFile   = "formalities/bodies.toml"
	ratesFile    = "formalities/rates.toml"
	wordingsFile = "formalities/wordings.toml"
)

var files = []string{itemsFile, bodiesFile, ratesFile, wordingsFile}

const textPrefix = "formality."

// grades of what is published; general knowledge is no source of a formality.
var confidences = []string{rules.OfficialText, rules.OfficialViaPress, rules.Press, rules.Unverified, rules.Inferred}

var (
	currencyShape = regexp.MustCompile(`^[A-Z]{3}$`)
	rateDate      = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$`)
	pointDate     = regexp.MustCompile(`^(n\.d\.|\d{4}(-(0[1-9]|1[0-2]))?)$`)
)

// need is a text that an entry asks for, with the blanks it has to have.
type need struct {
	from   rules.Pos
	blanks []string
}

// loader builds a book. Texts that entries need are collected on the way and
// checked last, in each language of the pack.
type loader struct {
	pack     *rules.Pack
	book     *Book
	texts    map[string]need
	ids      map[string]rules.Pos // "item air.place" -> where it was read
	verified domain.Date          // of the file that is read
}

// Load reads and checks the formalities of a pack. A pack without them gives an
// empty book; formalities that are refused give a *rules.Fault.
func Load(p *rules.Pack) (*Book, error) {
	l := loader{pack: p, book: &Book{}, texts: map[string]need{}, ids: map[string]rules.Pos{}}
	if len(p.Formalities) == 0 {
		return l.book, nil
	}
	if fault := l.read(); fault != nil {
		return nil, fault
	}
	return l.book, nil
}

func (l *loader) read() *rules.Fault {
	for _, name := range slices.Sorted(maps.Keys(l.pack.Formalities)) {
		if !slices.Contains(files, name) {
			return rules.Refuse(rules.Pos{File: name}, "unknown_file", name, strings.Join(files, ", "))
		}
	}
	for _, name := range files {
		data, there := l.pack.Formalities[name]
		if !there {
			return rules.Refuse(rules.Pos{File: name}, "missing_file", name, name)
		}
		if fault := l.readFile(name, data); fault != nil {
			return fault
		}
	}
	if fault := l.checkConditions(); fault != nil {
		return fault
	}
	l.newestFirst()
	return l.checkTexts()
}

// entry is one sort of entries of a file and the keys that it may have.
type entry struct {
	name string
	read func(rules.Table)
	keys []string
}

func (l *loader) entries(name string) []entry {
	switch name {
	case itemsFile:
		return []entry{{"item", l.readItem, []string{"id", "stage", "benefits", "condition", "ask", "sources", "confidence"}}}
	case bodiesFile:
		return []entry{
			{"body", l.readBody, []string{"id", "decides", "point"}},
			{"platform", l.readPlatform, []string{"id", "announced", "opened", "first", "later", "sources", "confidence"}},
		}
	case ratesFile:
		return []entry{{"rate", l.readRate, []string{"currency", "mad", "as_of", "sources", "confidence", "note"}}}
	default:
		return []entry{
			{"wording", l.readWording, []string{"id", "version", "to_validate"}},
			{"purpose", l.readPurpose, []string{"id"}},
			{"grade", l.readGrade, []string{"id"}},
			{"term", l.readTerm, []string{"id", "length", "to_validate"}},
		}
	}
}

func (l *loader) readFile(name string, data []byte) *rules.Fault {
	keys, entries := []string{}, l.entries(name)
	for _, e := range entries {
		keys = append(keys, e.name)
	}
	if name != wordingsFile { // our own words were read nowhere
		keys = append(keys, "verified_on")
	}
	root, fault := rules.ReadTable(name, data, keys...)
	if fault != nil {
		return fault
	}
	if name != wordingsFile {
		l.verified = root.Date("verified_on")
	}
	for _, e := range entries {
		if !root.Has(e.name) {
			root.Refuse(e.name, "missing_key", e.name, "[["+e.name+"]]")
		}
		for _, t := range root.Tables(e.name, e.keys...) {
			if root.Fault() == nil {
				e.read(t)
			}
		}
	}
	if name == wordingsFile {
		l.checkAll(root, "wording", slices.Sorted(maps.Keys(WordingBlanks)))
		l.checkAll(root, "term", []string{ContactKept, PaperValid})
	}
	return root.Fault()
}

// checkAll refuses a file without one of the entries that the program asks for.
func (l *loader) checkAll(root rules.Table, sort string, ids []string) {
	for _, id := range ids {
		if _, there := l.ids[sort+" "+id]; !there {
			root.Refuse(sort, "missing_key", sort+" "+id, `[[`+sort+`]] id = "`+id+`"`)
		}
	}
}

// once refuses the second entry of a sort with the same name.
func (l *loader) once(t rules.Table, key, sort, name string) {
	if first, twice := l.ids[sort+" "+name]; twice {
		t.Refuse(key, "duplicate_id", name, fmt.Sprintf("1 × (%s:%d)", first.File, first.Line))
	}
	l.ids[sort+" "+name] = t.Pos()
}

func (l *loader) id(t rules.Table, sort string) string {
	id := t.ID("id")
	l.once(t, "id", sort, id)
	return id
}

// text asks for a text without blanks and gives its key.
func (l *loader) text(t rules.Table, key string) string {
	if _, known := l.texts[key]; !known {
		l.texts[key] = need{from: t.Pos()}
	}
	return key
}

// sources is an obligatory list of sources of the pack; at least one, unless none
// may be.
func (l *loader) sources(t rules.Table, none bool) []string {
	ids := t.List("sources")
	for _, id := range ids {
		if _, known := l.pack.Sources[id]; !known {
			t.Refuse("sources", "unknown_source", id, "sources.toml, sources/*.toml")
		}
	}
	if len(ids) == 0 && !none {
		t.Refuse("sources", "no_source", "sources", `sources = [ "…" ]`)
	}
	return ids
}

// benefits is an obligatory list of benefits in their order.
func benefits(t rules.Table, key string, none bool) []string {
	list, accepted := t.List(key), strings.Join(domain.Benefits[:], ", ")
	for _, b := range list {
		if !slices.Contains(domain.Benefits[:], b) {
			t.Refuse(key, "unknown_value", b, accepted)
		}
	}
	order := func(a, b string) int {
		return slices.Index(domain.Benefits[:], a) - slices.Index(domain.Benefits[:], b)
	}
	if !slices.IsSortedFunc(list, order) {
		t.Refuse(key, "bad_form", strings.Join(list, ", "), accepted)
	}
	if len(list) == 0 && !none {
		t.Refuse(key, "empty", key, accepted)
	}
	return list
}

// shaped is an obligatory string of a given shape.
func shaped(t rules.Table, key string, shape *regexp.Regexp, accepted string) string {
	s := t.Text(key)
	if !shape.MatchString(s) {
		t.Refuse(key, "bad_form", s, accepted)
	}
	return s
}

// checkConditions refuses formalities that leave a condition of the pack out: it
// would be missing on the checklist.
func (l *loader) checkConditions() *rules.Fault {
	for _, c := range l.pack.Conditions {
		if !slices.ContainsFunc(l.book.Items, func(i Item) bool { return i.Condition == c.ID }) {
			return rules.Refuse(rules.Pos{File: itemsFile}, "missing_key", "condition "+c.ID, `condition = "`+c.ID+`"`)
		}
	}
	return nil
}

// newestFirst orders the rates by currency, as these come in the file, and then
// by their dates, the newest first.
func (l *loader) newestFirst() {
	codes := l.book.Currencies()
	slices.SortStableFunc(l.book.Rates, func(a, b Rate) int {
		if a.Currency != b.Currency {
			return slices.Index(codes, a.Currency) - slices.Index(codes, b.Currency)
		}
		return strings.Compare(b.AsOf, a.AsOf)
	})
}

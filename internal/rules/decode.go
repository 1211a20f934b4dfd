package rules

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/domain"
)

// decoder reads the tree of one file. It keeps the first fault and gives zero
// values after it, so that the readers of each kind of entry stay flat.
type decoder struct {
	file  string
	fault *Fault
}

func (d *decoder) refuse(line int, code, value, accepted string) {
	if d.fault == nil {
		d.fault = newFault(d.file, line, code, value, accepted)
	}
}

// table is a TOML table whose keys were checked.
type table struct {
	*node
	d *decoder
}

// open checks that a node is a table with no other keys than those named.
func (d *decoder) open(n *node, keys ...string) table {
	if n.kind != kindTable {
		d.refuse(n.line, "type", n.text, "{ "+among(keys)+" }")
		return table{newTable(n.line), d}
	}
	for _, k := range n.keys {
		if !slices.Contains(keys, k) {
			d.refuse(n.fields[k].line, "unknown_key", k, among(keys))
		}
	}
	return table{n, d}
}

// pos is the place of the table, for later messages.
func (t table) pos() Pos { return Pos{File: t.d.file, Line: t.line} }

// lineOf is the line of a key, or of the table where the key is absent.
func (t table) lineOf(key string) int {
	if n := t.fields[key]; n != nil {
		return n.line
	}
	return t.line
}

func (t table) has(key string) bool { return t.fields[key] != nil }

// text is an obligatory string that is not empty.
func (t table) text(key string) string {
	if !t.has(key) {
		t.d.refuse(t.line, "missing_key", key, key+` = "…"`)
		return ""
	}
	return t.optional(key)
}

// optional is a string, "" where the key is absent; a key with nothing in it is refused.
func (t table) optional(key string) string {
	n := t.fields[key]
	if n == nil {
		return ""
	}
	s := t.d.str(n, key)
	if strings.TrimSpace(s) == "" {
		t.d.refuse(n.line, "empty", key, key+` = "…"`)
	}
	return s
}

// str is the text of a string node. A bare number is named as such: decimals
// are strings, so that no reader of the pack rounds them.
func (d *decoder) str(n *node, key string) string {
	switch n.kind {
	case kindString:
		return n.text
	case kindInteger, kindOther:
		d.refuse(n.line, "number_not_string", n.text, key+` = "`+n.text+`"`)
	default:
		d.refuse(n.line, "type", key, key+` = "…"`)
	}
	return ""
}

// choice is an obligatory string out of a list.
func (t table) choice(key string, accepted ...string) string {
	s := t.text(key)
	if t.d.fault == nil && !slices.Contains(accepted, s) {
		t.d.refuse(t.lineOf(key), "unknown_value", key+" = "+s, among(accepted))
	}
	return s
}

// date is an obligatory day.
func (t table) date(key string) domain.Date {
	s := t.text(key)
	if t.d.fault == nil && !validDate(s) {
		t.d.refuse(t.lineOf(key), "bad_date", s, key+` = "YYYY-MM-DD"`)
	}
	return domain.Date(s)
}

// span reads from (first day of a month) and the optional to (last day of a month).
func (t table) span() (from, to domain.Date) {
	from = t.date("from")
	if t.d.fault == nil && !strings.HasSuffix(string(from), "-01") {
		t.d.refuse(t.lineOf("from"), "from_first_day", string(from), from.Month().String()+"-01")
	}
	if !t.has("to") {
		return from, ""
	}
	to = t.date("to")
	if t.d.fault != nil {
		return from, to
	}
	if last := lastDay(to.Month()); to != last {
		t.d.refuse(t.lineOf("to"), "to_last_day", string(to), string(last))
	}
	if to < from {
		t.d.refuse(t.lineOf("to"), "to_before_from", string(to), "> "+string(from))
	}
	return from, to
}

func validDate(s string) bool {
	day, err := time.Parse(time.DateOnly, s)
	return err == nil && day.Year() > 0
}

func lastDay(m domain.Month) domain.Date {
	day := time.Date(m.Year(), time.Month(m.Number())+1, 0, 0, 0, 0, 0, time.UTC)
	return domain.Date(day.Format(time.DateOnly))
}

// list is an obligatory array of strings, each once. It may be empty: callers
// that need an entry say so.
func (t table) list(key string) []string {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, key+` = [ "…" ]`)
		return nil
	}
	if n.kind != kindArray || n.tables {
		t.d.refuse(n.line, "type", key, key+` = [ "…" ]`)
		return nil
	}
	var out []string
	for _, item := range n.items {
		s := t.d.str(item, key)
		if t.d.fault == nil && slices.Contains(out, s) {
			t.d.refuse(item.line, "twice", s, "1 × "+s)
		}
		out = append(out, s)
	}
	return out
}

// someEntries is an optional array of tables; where it is there it has one.
func (t table) someEntries(key string) []*node {
	if !t.has(key) {
		return nil
	}
	return t.entries(key)
}

// entries is an obligatory array of tables with at least one of them.
func (t table) entries(key string) []*node {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, "[["+key+"]]")
		return nil
	}
	if n.kind != kindArray || len(n.items) == 0 {
		t.d.refuse(n.line, "type", key, "[["+key+"]]")
		return nil
	}
	return n.items
}

// whole is an obligatory whole number from 1 to 999 999, written without quotes.
func (t table) whole(key string) int {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, key+" = 1")
		return 0
	}
	v, ok := smallInt(n.text)
	if n.kind != kindInteger || !ok || v == 0 {
		t.d.refuse(n.line, "type", n.text, key+" = 1 … 999999")
	}
	return v
}

// points is an obligatory whole number from 0 to 100, written without quotes.
func (t table) points(key string) int {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, key+" = 0 … 100")
		return 0
	}
	v, ok := smallInt(n.text)
	if n.kind != kindInteger || !ok || v > maxPoints {
		t.d.refuse(n.line, "type", n.text, key+" = 0 … 100")
	}
	return v
}

// flag is an optional true or false.
func (t table) flag(key string) bool {
	n := t.fields[key]
	if n != nil && n.kind != kindBool {
		t.d.refuse(n.line, "type", n.text, "true, false")
	}
	return n != nil && n.text == "true"
}

// smallInt reads up to six digits.
func smallInt(s string) (int, bool) {
	v := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, s != "" && len(s) <= 6
}

// Table is a TOML table of a file that another room reads, as strictly as the
// files of the rules. The first fault of a file is kept; after it every reader
// gives zero values.
type Table struct{ t table }

// ReadTable reads a file of a pack that may have only the given keys.
func ReadTable(file string, data []byte, keys ...string) (Table, *Fault) {
	root, fault := parseTree(file, data)
	if fault != nil {
		return Table{}, fault
	}
	d := &decoder{file: file}
	return Table{d.open(root, keys...)}, d.fault
}

// Fault is what was first wrong in the file, or nil.
func (t Table) Fault() *Fault { return t.t.d.fault }

// Refuse says what is wrong with a key, or with the table where it is absent.
func (t Table) Refuse(key, code, value, accepted string) {
	t.t.d.refuse(t.t.lineOf(key), code, value, accepted)
}

// Pos is where the table begins.
func (t Table) Pos() Pos { return t.t.pos() }

// Has tells whether the key is there.
func (t Table) Has(key string) bool { return t.t.has(key) }

// Text is an obligatory string that is not empty.
func (t Table) Text(key string) string { return t.t.text(key) }

// Optional is a string, "" where the key is absent.
func (t Table) Optional(key string) string { return t.t.optional(key) }

// ID is the obligatory id of an entry; whether it is unique is for the caller.
func (t Table) ID(key string) string { return t.t.shaped(key, idShape, key+` = "a-b.c"`) }

// Choice is an obligatory string out of a list.
func (t Table) Choice(key string, accepted ...string) string { return t.t.choice(key, accepted...) }

// List is an obligatory array of strings, each once.
func (t Table) List(key string) []string { return t.t.list(key) }

// Flag is an optional true or false.
func (t Table) Flag(key string) bool { return t.t.flag(key) }

// Points is an obligatory whole number from 0 to 100, written without quotes.
func (t Table) Points(key string) int { return t.t.points(key) }

// Whole is an obligatory whole number from 1 to 999 999, written without quotes.
func (t Table) Whole(key string) int { return t.t.whole(key) }

// Date is an obligatory day.
func (t Table) Date(key string) domain.Date { return t.t.date(key) }

// Tables is an optional array of tables that may have only the given keys;
// where the array is there it has one.
func (t Table) Tables(key string, keys ...string) []Table {
	var tables []Table
	for _, n := range t.t.someEntries(key) {
		tables = append(tables, Table{t.t.d.open(n, keys...)})
	}
	return tables
}

package rules

import (
	"bytes"
	"errors"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// kind is what a node of a pack file holds.
type kind int

const (
	kindString kind = iota
	kindInteger
	kindBool
	kindArray
	kindTable
	kindOther // floats, dates: never accepted, kept for the message
)

// node is a value of a TOML file with the line it stands on. The library's own
// decoder keeps no line for a key, so the tree is built from its parser.
type node struct {
	kind   kind
	line   int
	text   string // of a string; as written for other scalars
	items  []*node
	keys   []string // of a table, in file order
	fields map[string]*node
	tables bool // an array made by [[header]] lines: only those may grow
}

func newTable(line int) *node {
	return &node{kind: kindTable, line: line, fields: map[string]*node{}}
}

// set adds a key to a table; false where it is there already.
func (n *node) set(key string, v *node) bool {
	if _, twice := n.fields[key]; twice {
		return false
	}
	n.fields[key] = v
	n.keys = append(n.keys, key)
	return true
}

// builder turns one file into a tree.
type builder struct {
	file   string
	parser unstable.Parser
	lines  []int // offset of the start of each line
}

// parseTree reads one TOML file. Dotted keys are refused: a text key holds
// points and must be quoted, and one way to write a table is enough.
func parseTree(file string, data []byte) (*node, *Fault) {
	b := builder{file: file, lines: []int{0}}
	for i, c := range data {
		if c == '\n' {
			b.lines = append(b.lines, i+1)
		}
	}
	if !utf8.Valid(data) {
		return nil, newFault(file, b.lineAt(firstInvalid(data)), "syntax", "utf-8", "UTF-8")
	}
	b.parser.Reset(data)
	root := newTable(1)
	at := root
	for b.parser.NextExpression() {
		var fault *Fault
		expr := b.parser.Expression()
		switch expr.Kind {
		case unstable.Table, unstable.ArrayTable:
			at, fault = b.header(root, expr)
		case unstable.KeyValue:
			fault = b.keyValue(at, expr)
		}
		if fault != nil {
			return nil, fault
		}
	}
	if err := b.parser.Error(); err != nil {
		return nil, b.syntax(data, err)
	}
	return root, nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// lineAt is the line, from 1, of a byte offset.
func (b *builder) lineAt(offset int) int {
	return sort.SearchInts(b.lines, offset+1)
}

func (b *builder) syntax(data []byte, err error) *Fault {
	line := len(b.lines)
	var pe *unstable.ParserError
	if errors.As(err, &pe) {
		if offset := cap(data) - cap(pe.Highlight); offset >= 0 && offset < len(data) {
			line = b.lineAt(offset)
		}
	}
	return newFault(b.file, line, "syntax", err.Error(), "TOML 1.0")
}

// header moves to the table that a [a.b] or [[a.b]] line opens.
func (b *builder) header(root *node, expr *unstable.Node) (*node, *Fault) {
	var parts []string
	line := 0
	for it := expr.Key(); it.Next(); {
		parts = append(parts, string(it.Node().Data))
		line = b.lineAt(int(it.Node().Raw.Offset))
	}
	at := root
	for _, part := range parts[:len(parts)-1] {
		next := at.fields[part]
		if next == nil {
			next = newTable(line)
			at.set(part, next)
		}
		if next.tables {
			next = next.items[len(next.items)-1]
		}
		if next.kind != kindTable {
			return nil, newFault(b.file, line, "duplicate_key", strings.Join(parts, "."), "1 × "+part)
		}
		at = next
	}
	last := parts[len(parts)-1]
	table := newTable(line)
	if expr.Kind == unstable.Table {
		if !at.set(last, table) {
			return nil, newFault(b.file, line, "duplicate_key", strings.Join(parts, "."), "1 × ["+last+"]")
		}
		return table, nil
	}
	array := at.fields[last]
	if array == nil {
		array = &node{kind: kindArray, line: line, tables: true}
		at.set(last, array)
	}
	if !array.tables {
		return nil, newFault(b.file, line, "duplicate_key", strings.Join(parts, "."), "1 × "+last)
	}
	array.items = append(array.items, table)
	return table, nil
}

// keyValue adds one "key = value" to a table.
func (b *builder) keyValue(table *node, expr *unstable.Node) *Fault {
	it := expr.Key()
	it.Next()
	first := it.Node()
	key, line := string(first.Data), b.lineAt(int(first.Raw.Offset))
	if it.Next() {
		return newFault(b.file, line, "dotted_key", key+"."+string(it.Node().Data), `"a.b" = …`)
	}
	value, fault := b.value(expr.Value(), line)
	if fault != nil {
		return fault
	}
	if !table.set(key, value) {
		return newFault(b.file, line, "duplicate_key", key, "1 × "+key)
	}
	return nil
}

func (b *builder) value(n *unstable.Node, line int) (*node, *Fault) {
	if n.Raw.Length > 0 {
		line = b.lineAt(int(n.Raw.Offset))
	}
	switch n.Kind {
	case unstable.String:
		return &node{kind: kindString, line: line, text: string(n.Data)}, nil
	case unstable.Integer:
		return &node{kind: kindInteger, line: line, text: string(n.Data)}, nil
	case unstable.Bool:
		return &node{kind: kindBool, line: line, text: string(n.Data)}, nil
	case unstable.Array:
		array := &node{kind: kindArray, line: line}
		for it := n.Children(); it.Next(); {
			item, fault := b.value(it.Node(), line)
			if fault != nil {
				return nil, fault
			}
			array.items = append(array.items, item)
		}
		return array, nil
	case unstable.InlineTable:
		table := newTable(line)
		for it := n.Children(); it.Next(); {
			if fault := b.keyValue(table, it.Node()); fault != nil {
				return nil, fault
			}
		}
		return table, nil
	default:
		return &node{kind: kindOther, line: line, text: string(bytes.TrimSpace(n.Data))}, nil
	}
}

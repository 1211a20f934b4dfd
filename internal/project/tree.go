package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"atlasp2i/internal/domain"
)

type kind uint8

const (
	kindText kind = iota
	kindNumber
	kindBool
	kindNull
	kindObject
	kindList
)

// node is a JSON value that remembers its path; encoding/json alone would keep
// the last of two equal keys and say nothing.
type node struct {
	path    string
	key     string
	kind    kind
	text    string
	members []*node
}

const maxDepth = 8

// shown is the value as an error message repeats it, shortened.
func (n *node) shown() string {
	s := n.text
	switch n.kind {
	case kindObject:
		s = "{…}"
	case kindList:
		s = "[…]"
	case kindNull:
		s = "null"
	}
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

type parser struct {
	dec  *json.Decoder
	data []byte
}

func parse(data []byte) (*node, error) {
	if len(data) > MaxBytes {
		return nil, domain.Refuse("", "", "refuse.json.large", "max", MaxBytes>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, domain.Refuse("", "", "refuse.json.utf8")
	}
	p := parser{dec: json.NewDecoder(bytes.NewReader(data)), data: data}
	p.dec.UseNumber()
	n, err := p.value("", "", 0)
	if err != nil {
		return nil, p.problem(err)
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, domain.Refuse("", "", "refuse.json.syntax", "line", p.line())
	}
	return n, nil
}

func (p *parser) problem(err error) error {
	var known *domain.Problem
	if errors.As(err, &known) {
		return known
	}
	return domain.Refuse("", "", "refuse.json.syntax", "line", p.line())
}

func (p *parser) line() int {
	at := min(int(p.dec.InputOffset()), len(p.data))
	return 1 + bytes.Count(p.data[:at], []byte("\n"))
}

func (p *parser) value(path, key string, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, domain.Refuse(path, "", "refuse.json.deep", "max", maxDepth)
	}
	t, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	n := &node{path: path, key: key}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return n, p.object(n, depth)
		}
		return n, p.list(n, depth)
	case string:
		n.kind, n.text = kindText, v
	case json.Number:
		n.kind, n.text = kindNumber, v.String()
	case bool:
		n.kind, n.text = kindBool, fmt.Sprint(v)
	default:
		n.kind = kindNull
	}
	return n, nil
}

func (p *parser) object(n *node, depth int) error {
	n.kind = kindObject
	seen := map[string]bool{}
	for p.dec.More() {
		t, err := p.dec.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return errors.New("key expected")
		}
		if seen[key] {
			return domain.Refuse(join(n.path, key), "", "refuse.json.duplicate", "line", p.line())
		}
		seen[key] = true
		m, err := p.value(join(n.path, key), key, depth+1)
		if err != nil {
			return err
		}
		n.members = append(n.members, m)
	}
	_, err := p.dec.Token()
	return err
}

func (p *parser) list(n *node, depth int) error {
	n.kind = kindList
	for i := 0; p.dec.More(); i++ {
		m, err := p.value(fmt.Sprintf("%s[%d]", n.path, i), "", depth+1)
		if err != nil {
			return err
		}
		n.members = append(n.members, m)
	}
	_, err := p.dec.Token()
	return err
}

// Write gives the file of a project: indented, keys in the order of the
// specification. Reading it again gives the same project, also one that has no
// role or no hire yet.
func Write(p domain.Project) ([]byte, error) {
	p.Roles = append([]domain.Role{}, p.Roles...)
	for i := range p.Roles {
		p.Roles[i].Hires = append([]domain.Hire{}, p.Roles[i].Hires...)
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

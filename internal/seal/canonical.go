package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// maxDepth bounds how deep objects and lists may lie in each other.
const maxDepth = 32

// Canonical rewrites JSON so that equal content has equal bytes: keys sorted, no
// spaces, one way to write a text. A key that stands twice, a number that is not
// whole and bytes that are not UTF-8 are errors: they have no one form.
func Canonical(data []byte) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("canonical json: not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	out, err := canonicalValue(d, 0)
	if err != nil {
		return nil, fmt.Errorf("canonical json: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("canonical json: something stands behind the value")
	}
	return out, nil
}

// Hash is the SHA-256, in hex, of the canonical form of JSON: what names a
// project in a paper.
func Hash(data []byte) (string, error) {
	canonical, err := Canonical(data)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:]), nil
}

func canonicalValue(d *json.Decoder, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, errors.New("too deep")
	}
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return canonicalObject(d, depth)
		}
		return canonicalList(d, depth)
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		if err != nil || strconv.FormatInt(n, 10) != v.String() {
			return nil, fmt.Errorf("%s is not a whole number", v)
		}
		return []byte(v), nil
	default: // string, bool, nil
		return plainJSON(v)
	}
}

func canonicalObject(d *json.Decoder, depth int) ([]byte, error) {
	values := map[string][]byte{}
	var keys []string
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		key := token.(string) // the decoder lets nothing else stand there
		if _, twice := values[key]; twice {
			return nil, fmt.Errorf("key %q stands twice", key)
		}
		if values[key], err = canonicalValue(d, depth+1); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	out := []byte{'{'}
	for i, key := range keys {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := plainJSON(key)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), values[key]...)
	}
	_, err := d.Token() // the closing brace
	return append(out, '}'), err
}

func canonicalList(d *json.Decoder, depth int) ([]byte, error) {
	out := []byte{'['}
	for i := 0; d.More(); i++ {
		if i > 0 {
			out = append(out, ',')
		}
		item, err := canonicalValue(d, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, item...)
	}
	_, err := d.Token() // the closing bracket
	return append(out, ']'), err
}

// plainJSON writes a value without the escapes that only web pages need.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

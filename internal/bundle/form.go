package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"atlasp2i/internal/seal"
)

// The document is one object of two keys: the bundle, and the signature of its bytes.
const (
	beforeBundle    = `{"bundle":`
	beforeSignature = `,"signature":`
	afterAll        = `}`
)

// cut gives the parts of a document where they stand: a bundle may be as large as a
// file, and is not copied. False where it is not of that form.
func cut(plain []byte) (content []byte, signed seal.Signature, ok bool) {
	content, ok = bytes.CutPrefix(plain, []byte(beforeBundle))
	at := bytes.LastIndex(content, []byte(beforeSignature))
	if !ok || at < 0 {
		return nil, signed, false
	}
	tail := content[at:]
	if json.Unmarshal(bytes.TrimSuffix(tail[len(beforeSignature):], []byte(afterAll)), &signed) != nil {
		return nil, signed, false
	}
	written, err := ending(signed)
	return content[:at], signed, err == nil && bytes.Equal(written, tail)
}

// ending is what stands behind the bundle.
func ending(s seal.Signature) ([]byte, error) {
	text, err := encode(s)
	return append(append([]byte(beforeSignature), text...), afterAll...), err
}

// put writes a bundle as JSON, the one way there is. It does so a thing at a time:
// what is kept as JSON stays byte by byte, and nothing is in memory twice but the
// largest thing.
func put(to io.Writer, b *Bundle) error {
	f := &form{to: to}
	f.text(`{"manifest":`)
	f.value(b.Manifest)
	f.text(`,"share":{`)
	list(f, "simulations", b.Share.Simulations)
	list(f, "dossiers", b.Share.Dossiers)
	list(f, "values", b.Share.Values)
	list(f, "papers", b.Share.Papers)
	list(f, "packs", b.Share.Packs)
	f.text(`},"keys":`)
	f.value(b.Keys)
	f.text(`}`)
	return f.err
}

// form writes until something fails.
type form struct {
	to    io.Writer
	lists int          // so far
	one   bytes.Buffer // the thing that is written
	err   error
}

func (f *form) text(s string) {
	if f.err == nil {
		_, f.err = io.WriteString(f.to, s)
	}
}

func (f *form) value(v any) {
	if f.err != nil {
		return
	}
	f.one.Reset()
	if f.err = encodeTo(&f.one, v); f.err == nil {
		_, f.err = f.to.Write(f.one.Bytes())
	}
}

// list writes a list under its name; an empty one is left out.
func list[T any](f *form, name string, all []T) {
	if len(all) == 0 {
		return
	}
	if f.lists > 0 {
		f.text(",")
	}
	f.lists++
	f.text(`"` + name + `":[`)
	for i := range all {
		if i > 0 {
			f.text(",")
		}
		f.value(&all[i])
	}
	f.text("]")
}

// encode gives JSON as it is read again.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := encodeTo(&b, v)
	return b.Bytes(), err
}

func encodeTo(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the end of a line, which an Encoder adds
	return nil
}

// same is whether a bundle is written as these bytes.
func same(b *Bundle, data []byte) bool {
	left := expected(data)
	return put(&left, b) == nil && len(left) == 0
}

// expected is what is still to be written.
type expected []byte

var errOther = errors.New("something else is written")

// Write takes what is expected and nothing else.
func (x *expected) Write(p []byte) (int, error) {
	left, ok := bytes.CutPrefix(*x, p)
	if !ok {
		return 0, errOther
	}
	*x = left
	return len(p), nil
}

// length counts what is written.
type length int

// Write counts.
func (n *length) Write(p []byte) (int, error) {
	*n += length(len(p))
	return len(p), nil
}

package record

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"
)

// ErrShort says that a record ends before it should.
var ErrShort = errors.New("a record ends too early")

// RevisionHeader is what a revision's record holds beside the project.
type RevisionHeader struct {
	At      time.Time         `json:"at"`
	Device  string            `json:"device"`
	Marks   map[string]string `json:"marks,omitempty"`
	Pack    int               `json:"pack"`
	SHA256  string            `json:"sha256"`
	Summary Summary           `json:"summary"`
	Parents []string          `json:"parents"` // null before schema 5
}

// DossierHeader stands before the sealed bytes of a revision.
type DossierHeader struct {
	At     time.Time       `json:"at"`
	Device string          `json:"device"`
	Clear  json.RawMessage `json:"clear,omitempty"`

	Parents []string `json:"parents"` // null before schema 5
}

// ValueRecord is what the values bucket holds of a version.
type ValueRecord struct {
	Value
	Parents []string `json:"parents"` // null before schema 5
}

// ValueRecordKey is the key of a value without the number of the version. No id holds
// a zero byte, so the order of keys is that of places, then fields.
func ValueRecordKey(place, field string) []byte { return []byte(ValueKey(place, field) + "\x00") }

// WithBody joins a JSON header and bytes that must come back unchanged.
func WithBody(header any, body []byte) ([]byte, error) {
	h, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	b := binary.AppendUvarint(make([]byte, 0, len(h)+len(body)+5), uint64(len(h)))
	return append(append(b, h...), body...), nil
}

// SplitBody undoes WithBody; the body is a copy.
func SplitBody(payload []byte, header any) ([]byte, error) {
	head, body, err := Parts(payload)
	if err != nil {
		return nil, err
	}
	return bytes.Clone(body), json.Unmarshal(head, header)
}

// HeadOf reads the header alone.
func HeadOf(payload []byte, header any) error {
	head, _, err := Parts(payload)
	if err != nil {
		return err
	}
	return json.Unmarshal(head, header)
}

// Parts gives the header and the body, which share the memory of the payload.
func Parts(payload []byte) (head, body []byte, err error) {
	n, used := binary.Uvarint(payload)
	if used <= 0 || n > uint64(len(payload)-used) {
		return nil, nil, ErrShort
	}
	rest := payload[used:]
	return rest[:n], rest[n:], nil
}

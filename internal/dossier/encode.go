package dossier

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"atlasp2i/internal/domain"
)

// version of both parts. A part of a newer one is refused: what it holds would be
// lost at the next save.
const version = 1

type clearForm struct {
	V int `json:"v"`
	Clear
}

type privateForm struct {
	V int `json:"v"`
	Private
}

// Encode gives the two parts that are kept, as JSON: clear as it is, private to be
// sealed.
func (d Dossier) Encode() (clear, private []byte, err error) {
	if clear, err = json.Marshal(clearForm{version, d.Clear}); err != nil {
		return nil, nil, err
	}
	private, err = json.Marshal(privateForm{version, d.Private})
	return clear, private, err
}

// Decode reads what Encode gave; the caller fills in id and times. It returns
// *domain.Problem where a part is not of that form or of a newer version, which
// repeats nothing of what stands there.
func Decode(clear, private []byte) (Dossier, error) {
	var c clearForm
	var p privateForm
	if err := strict(clear, &c, &c.V); err != nil {
		return Dossier{}, err
	}
	if err := strict(private, &p, &p.V); err != nil {
		return Dossier{}, err
	}
	return Dossier{Clear: c.Clear, Private: p.Private}, nil
}

// DecodeClear reads the clear part alone, while contacts are locked.
func DecodeClear(clear []byte) (Clear, error) {
	var c clearForm
	err := strict(clear, &c, &c.V)
	return c.Clear, err
}

func strict(data []byte, into any, v *int) error {
	var only struct {
		V int `json:"v"`
	}
	if json.Unmarshal(data, &only) == nil && only.V > version {
		return domain.Refuse("dossier", "", "dossier.newer")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil || *v != version {
		return domain.Refuse("dossier", "", "dossier.format")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return domain.Refuse("dossier", "", "dossier.format")
	}
	return nil
}

// Personal is everything kept of a person, readable by them and by a machine: what
// is handed over when they ask for their data. It is JSON with one field a line.
func (d Dossier) Personal() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // a person reads it
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		ID      string `json:"id"`
		Created string `json:"created"`
		Updated string `json:"updated"`
		Clear
		Private
	}{d.ID, isoTime(d.Created), isoTime(d.Updated), d.Clear, d.Private})
	return b.Bytes(), err
}

package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/record"
)

const (
	maxObservationText = 4000  // bytes of one part of an observation
	maxFileName        = 255   // letters
	cancelEvery        = 1_000 // observations between two looks at the context
)

// Observation is a figure that the user imported, in the forms of the figures of
// a pack. The store keeps it and does not judge it.
type Observation struct {
	ID        string `json:"id"` // the caller's; a later import with the same id takes its place
	Country   string `json:"country"`
	Indicator string `json:"indicator"`
	Segment   string `json:"segment"`
	Period    string `json:"period"`
	Value     string `json:"value"`
	Unit      string `json:"unit"`
	Series    string `json:"series"`
	Publisher string `json:"publisher"`
	Title     string `json:"title,omitempty"`
	Date      string `json:"date,omitempty"`
	URL       string `json:"url,omitempty"`
	Note      string `json:"note,omitempty"`
	Line      int    `json:"line"` // of the imported file
}

// Import is one file of observations that was taken in as a whole.
type Import struct {
	Number  int       `json:"number"`
	File    string    `json:"file"` // its name, without the folder
	Count   int       `json:"count"`
	At      time.Time `json:"at"` // UTC
	Device  string    `json:"device"`
	Dropped bool      `json:"dropped,omitempty"` // taken back as a whole
}

// PutObservations keeps the observations of a file as one import, in one
// transaction; wrote is told now and then how many are in it and may be nil. An
// empty list writes nothing and gives the zero Import. It returns
// *domain.Problem where one is refused, the error of the context, *ReadOnlyError,
// and *FullError where the disk is full: nothing has changed then.
func (s *Store) PutObservations(ctx context.Context, file string, list []Observation, wrote func(done int)) (Import, error) {
	for i := range list {
		if err := list[i].check(i); err != nil {
			return Import{}, err
		}
	}
	if letters := []rune(file); len(letters) > maxFileName || !utf8.ValidString(file) {
		return Import{}, domain.Refuse("file", record.Excerpt(file), "store.value.text", "max", maxFileName)
	}
	if len(list) == 0 {
		return Import{}, nil
	}
	if wrote == nil {
		wrote = func(int) {}
	}
	var out Import
	err := s.update(func(w *writer) error {
		n, err := w.count(bucketImports)
		if err != nil {
			return err
		}
		out = Import{Number: int(n) + 1, File: file, Count: len(list), At: w.now, Device: w.device}
		if err := w.putImport(out); err != nil {
			return err
		}
		for i := range list {
			if i%cancelEvery == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				wrote(i)
			}
			p, err := json.Marshal(list[i])
			if err != nil {
				return err
			}
			if err := w.put(bucketObservations, numbered(importKey(out.Number), i+1), p); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return Import{}, err
	}
	wrote(len(list))
	return out, nil
}

// DropImport takes an import back as a whole: what stood before it holds again.
// Nothing is erased. One that is dropped already is left as it is. It returns
// *NotFoundError and the errors of PutObservations.
func (s *Store) DropImport(number int) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	dropped := false
	err := s.view(func(r reader) error {
		is, err := r.oneImport(number)
		dropped = is.Dropped
		return err
	})
	if err != nil || dropped {
		return err
	}
	return s.update(func(w *writer) error {
		is, err := w.oneImport(number)
		if err != nil {
			return err
		}
		is.Dropped = true
		return w.putImport(is)
	})
}

// Imports gives every import, dropped ones too, the newest first.
func (s *Store) Imports() ([]Import, error) {
	var out []Import
	err := s.view(func(r reader) (err error) { out, err = r.imports(); return err })
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	return out, nil
}

// Observations gives the imported observations that hold, in the order in which
// their ids first came: each as the newest import that was not dropped has it.
func (s *Store) Observations() ([]Observation, error) {
	var out []Observation
	err := s.view(func(r reader) error {
		imports, err := r.imports()
		if err != nil {
			return err
		}
		at := map[string]int{}
		return r.all(bucketObservations, func(key, payload []byte) error {
			n := importNumber(key)
			if n < 1 || n > len(imports) {
				return &lostError{bucketImports, key}
			}
			if imports[n-1].Dropped {
				return nil
			}
			var o Observation
			if err := json.Unmarshal(payload, &o); err != nil {
				return err
			}
			if i, again := at[o.ID]; again {
				out[i] = o
				return nil
			}
			at[o.ID] = len(out)
			out = append(out, o)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func importKey(number int) []byte { return numbered(nil, number) }

// importNumber is the import that the key of an observation belongs to, 0 where
// the key is none.
func importNumber(key []byte) int {
	if len(key) != 8 {
		return 0
	}
	return int(binary.BigEndian.Uint32(key))
}

func (w *writer) putImport(is Import) error {
	p, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return w.put(bucketImports, importKey(is.Number), p)
}

// imports gives every import in its order: number n is at n-1.
func (r reader) imports() ([]Import, error) {
	var out []Import
	err := r.all(bucketImports, func(key, payload []byte) error {
		var is Import
		err := json.Unmarshal(payload, &is)
		out = append(out, is)
		if err == nil && (is.Number != len(out) || string(key) != string(importKey(is.Number))) {
			return &lostError{bucketImports, key}
		}
		return err
	})
	return out, err
}

func (r reader) oneImport(number int) (Import, error) {
	missing := &NotFoundError{Kind: kindImport, ID: fmt.Sprint(number)}
	if number < 1 {
		return Import{}, missing
	}
	p, err := r.get(bucketImports, importKey(number))
	if err != nil {
		return Import{}, err
	}
	if p == nil {
		return Import{}, missing
	}
	var is Import
	return is, json.Unmarshal(p, &is)
}

// check refuses what would come back as something else, or be too long for a record.
func (o *Observation) check(index int) error {
	field := func(name string) string { return fmt.Sprintf("observations[%d].%s", index, name) }
	if o.ID == "" || len(o.ID) > record.MaxValueID || !utf8.ValidString(o.ID) {
		return domain.Refuse(field("id"), record.Excerpt(o.ID), "store.value.id", "max", record.MaxValueID)
	}
	for _, part := range []struct{ name, is string }{
		{"country", o.Country},
		{"indicator", o.Indicator},
		{"segment", o.Segment},
		{"period", o.Period},
		{"value", o.Value},
		{"unit", o.Unit},
		{"series", o.Series},
		{"publisher", o.Publisher},
		{"title", o.Title},
		{"date", o.Date},
		{"url", o.URL},
		{"note", o.Note},
	} {
		if len(part.is) > maxObservationText || !utf8.ValidString(part.is) {
			return domain.Refuse(field(part.name), record.Excerpt(part.is), "store.value.text", "max", maxObservationText)
		}
	}
	return nil
}

package store

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/domain"
)

const (
	maxValueID   = 100  // bytes of a place or field
	maxValueText = 4000 // letters of a text or note
	maxValueAsOf = 40   // letters
	excerptSize  = 60   // letters of what was refused that a Problem repeats
)

// PutValue puts a value of the user in place of the published one, as a new
// version; At, Device and Dropped are filled in here. What the newest version
// says already makes no new one. It returns *domain.Problem where a part of the
// value is refused, *ReadOnlyError, and *FullError where the disk is full:
// nothing has changed then.
func (s *Store) PutValue(v Value) error {
	v.Dropped = false
	if err := v.check(); err != nil {
		return err
	}
	return s.addVersion(v)
}

// DropValue goes back to the published value. That is a version too: to undo it,
// put the former one again. Where the published value holds already, nothing is
// written. It returns the errors of PutValue.
func (s *Store) DropValue(place, field string) error {
	v := Value{Place: place, Field: field, Dropped: true}
	if err := v.check(); err != nil {
		return err
	}
	return s.addVersion(v)
}

// Values gives the values of the user that hold, by place and field.
func (s *Store) Values() ([]Value, error) {
	var out []Value
	err := s.view(func(r reader) error {
		return r.all(bucketValues, func(_, payload []byte) error {
			var v Value
			if err := json.Unmarshal(payload, &v); err != nil {
				return err
			}
			// The keys put the versions of a field behind each other, the newest last.
			if n := len(out); n > 0 && out[n-1].Place == v.Place && out[n-1].Field == v.Field {
				out[n-1] = v
			} else {
				out = append(out, v)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(out, func(v Value) bool { return v.Dropped }), nil
}

// ValueHistory gives every version of a value, dropped ones too, the newest
// first: none where the user never put one.
func (s *Store) ValueHistory(place, field string) ([]Value, error) {
	var out []Value
	err := s.view(func(r reader) (err error) { out, err = r.versions(place, field); return err })
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	return out, nil
}

// addVersion writes the next version, unless the newest says the same.
func (s *Store) addVersion(v Value) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	same := false
	err := s.view(func(r reader) error {
		versions, err := r.versions(v.Place, v.Field)
		same = v.repeats(versions)
		return err
	})
	if err != nil || same {
		return err
	}
	return s.update(func(w *writer) error {
		versions, err := w.versions(v.Place, v.Field)
		if err != nil || v.repeats(versions) { // put by another goroutine since
			return err
		}
		of, head := owner{kindValue, valueKey(v.Place, v.Field)}, len(versions)
		parents, err := w.succeed(of, &head)
		if err != nil {
			return err
		}
		v.At, v.Device = w.now, w.device
		return w.putJSON(bucketValues, numbered(of.key, head+1), valueRecord{v, parents})
	})
}

// valueRecord is what the values bucket holds of a version.
type valueRecord struct {
	Value
	Parents []string `json:"parents"` // null before schema 5
}

// valueKey is the key of a value without the number of the version. No id holds
// a zero byte, so the order of keys is that of places, then fields.
func valueKey(place, field string) []byte { return []byte(ValueKey(place, field) + "\x00") }

// versions gives every version of a value, the oldest first.
func (r reader) versions(place, field string) ([]Value, error) {
	owner := valueKey(place, field)
	var out []Value
	err := r.each(bucketValues, owner, func(key, payload []byte) error {
		if want := numbered(owner, len(out)+1); !bytes.Equal(key, want) {
			return &lostError{bucketValues, want}
		}
		var v Value
		err := json.Unmarshal(payload, &v)
		out = append(out, v)
		return err
	})
	return out, err
}

// repeats says whether the newest version says the same. What was never put is
// as good as dropped.
func (v Value) repeats(versions []Value) bool {
	newest := Value{Dropped: true}
	if n := len(versions); n > 0 {
		newest = versions[n-1]
	}
	return v.Text == newest.Text && v.AsOf == newest.AsOf && v.Note == newest.Note && v.Dropped == newest.Dropped
}

// check finds the first part of a value that is refused. Bytes that are no text
// would come back as other ones.
func (v Value) check() error {
	for _, id := range []struct{ field, is string }{{"place", v.Place}, {"field", v.Field}} {
		if id.is == "" || len(id.is) > maxValueID || !utf8.ValidString(id.is) || strings.ContainsFunc(id.is, unicode.IsControl) {
			return domain.Refuse(id.field, excerpt(id.is), "store.value.id", "max", maxValueID)
		}
	}
	if v.Text == "" && !v.Dropped {
		return domain.Refuse("text", "", "store.value.empty")
	}
	for _, text := range []struct {
		field, is string
		most      int
	}{{"text", v.Text, maxValueText}, {"asOf", v.AsOf, maxValueAsOf}, {"note", v.Note, maxValueText}} {
		if !utf8.ValidString(text.is) || utf8.RuneCountInString(text.is) > text.most {
			return domain.Refuse(text.field, excerpt(text.is), "store.value.text", "max", text.most)
		}
	}
	return nil
}

// excerpt is the beginning of a refused text, fit to be shown.
func excerpt(s string) string {
	letters := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(letters) > excerptSize {
		return string(letters[:excerptSize]) + "…"
	}
	return string(letters)
}

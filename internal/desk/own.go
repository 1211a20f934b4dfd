package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// maxOwnLetters bounds a sentence that the user writes into a sheet, or says of
// where it comes from.
const maxOwnLetters = 500

type ownKey struct{ place, field string }

// Correction is a value that the user gives for a field of a place, as typed.
// Value of a yes/no field is "yes" or "no"; names stand apart by commas, semi-
// colons or lines.
type Correction struct {
	Place, Field string
	Value        string
	AsOf         string // a year or a month; may be empty
	Note         string // where it comes from; may be empty
}

// owns gives the user's values. One that the active pack cannot read any more
// (its field is gone, or has another kind) is left aside, not lost.
func (d *Desk) owns() (map[ownKey]*Own, error) {
	if d.p.Store == nil {
		return nil, nil
	}
	kept, err := d.p.Store.Values()
	if err != nil {
		return nil, err
	}
	out := map[ownKey]*Own{}
	for _, v := range kept {
		f := d.p.Pack.Field(v.Field)
		if f == nil {
			continue
		}
		if value, ok := readOwn(f, v.Text); ok {
			out[ownKey{v.Place, v.Field}] = &Own{Value: value, AsOf: v.AsOf, Note: v.Note, At: v.At}
		}
	}
	return out, nil
}

// readOwn reads what the store keeps of a value.
func readOwn(f *rules.Field, text string) (rules.FactValue, bool) {
	v := rules.FactValue{Text: text}
	switch f.Kind {
	case rules.FieldNumber:
		q, err := domain.ParseQuantity(text)
		v.Num, v.To = q, q
		return v, err == nil && q >= f.Min && q <= f.Max
	case rules.FieldNames:
		v.Text, v.Names = "", strings.Split(text, "\n")
	case rules.FieldYesNo:
		return v, text == rules.Yes || text == rules.No
	}
	return v, text != ""
}

// Correct keeps a value of the user's and gives what takes it back: the value
// that stood before, or the published one. The error is a *domain.Problem where
// the value is refused (its Field is "value", "asOf" or "note") and a
// *store.ReadOnlyError where nothing can be kept.
func (d *Desk) Correct(c Correction) (undo func() error, err error) {
	f, wrong := d.correctable(c.Place, c.Field)
	if wrong != nil {
		return nil, wrong
	}
	text, wrong := parseOwn(d.texts, f, c.Value)
	if wrong != nil {
		wrong.Field = "value"
		return nil, wrong
	}
	asOf, wrong := parseAsOf(d.texts, c.AsOf, d.p.Now())
	if wrong != nil {
		return nil, wrong
	}
	note := strings.TrimSpace(c.Note)
	if utf8.RuneCountInString(note) > maxOwnLetters {
		return nil, domain.Refuse("note", "", "input.long", "most", maxOwnLetters)
	}
	return d.change(c.Place, c.Field, func() error {
		return d.p.Store.PutValue(store.Value{Place: c.Place, Field: c.Field, Text: text, AsOf: asOf, Note: note})
	})
}

// Withdraw goes back to the published value and gives what undoes that.
func (d *Desk) Withdraw(place, field string) (undo func() error, err error) {
	if _, wrong := d.correctable(place, field); wrong != nil {
		return nil, wrong
	}
	return d.change(place, field, func() error { return d.p.Store.DropValue(place, field) })
}

// change makes a change of a value and gives what brings back the one before.
func (d *Desk) change(place, field string, act func() error) (undo func() error, err error) {
	if d.p.Store == nil {
		return nil, &store.ReadOnlyError{}
	}
	before, err := d.p.Store.Values()
	if err != nil {
		return nil, err
	}
	if err := act(); err != nil {
		return nil, err
	}
	for _, v := range before {
		if v.Place == place && v.Field == field {
			return func() error { return d.p.Store.PutValue(v) }, nil
		}
	}
	return func() error { return d.p.Store.DropValue(place, field) }, nil
}

// correctable is the field of a place that takes values of its scope.
func (d *Desk) correctable(place, field string) (*rules.Field, *domain.Problem) {
	f := d.p.Pack.Field(field)
	if f == nil {
		return nil, domain.Refuse("field", field, "field.unknown")
	}
	places := d.siteIDs()
	if f.Scope == rules.ScopeRegion {
		places = d.regionIDs()
	}
	if !slices.Contains(places, place) {
		return nil, domain.Refuse("site", place, "place.unknown", "accepted", d.texts.List(places))
	}
	return f, nil
}

func (d *Desk) regionIDs() []string {
	var ids []string
	for _, r := range d.p.Pack.Regions {
		ids = append(ids, r.ID)
	}
	return ids
}

// parseOwn reads a value as it is typed and gives what the store keeps of it.
func parseOwn(t *i18n.Catalogue, f *rules.Field, typed string) (string, *domain.Problem) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", domain.Refuse("", "", "input.empty")
	}
	switch f.Kind {
	case rules.FieldNumber:
		q, wrong := parseNumber(t, f.Unit, typed)
		if wrong != nil {
			return "", wrong
		}
		if q < f.Min || q > f.Max {
			return "", domain.Refuse("", typed, "input.between",
				"low", SayQuantity(t, f.Min, f.Unit), "high", SayQuantity(t, f.Max, f.Unit))
		}
		return q.String(), nil
	case rules.FieldYesNo:
		if typed != rules.Yes && typed != rules.No {
			return "", domain.Refuse("", typed, "input.yesNo")
		}
		return typed, nil
	case rules.FieldNames:
		names := splitNames(typed)
		if len(names) == 0 {
			return "", domain.Refuse("", typed, "input.empty")
		}
		typed = strings.Join(names, "\n")
	}
	if utf8.RuneCountInString(typed) > maxOwnLetters {
		return "", domain.Refuse("", "", "input.long", "most", maxOwnLetters)
	}
	return typed, nil
}

// parseNumber reads a number in a unit. A share is typed as a percentage.
func parseNumber(t *i18n.Catalogue, unit, typed string) (domain.Quantity, *domain.Problem) {
	f := t.Formatter()
	switch unit {
	case rules.UnitShare:
		s, wrong := f.ParsePercent(typed)
		return domain.Quantity(s), wrong
	case "year":
		if q, err := domain.ParseQuantity(typed); err == nil && q%domain.QuantityOne == 0 {
			return q, nil
		}
		return 0, domain.Refuse("", typed, "input.year")
	}
	words := append([]string{UnitName(t, unit)}, strings.Split(t.Text("quantity."+strings.ReplaceAll(unit, "/", ".")+".words"), "|")...)
	return f.ParseQuantity(typed, words)
}

func splitNames(typed string) []string {
	var names []string
	for _, n := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// parseAsOf reads a year or a month as the store keeps it: YYYY or YYYY-MM. What
// is said of a place cannot be of a time to come.
func parseAsOf(t *i18n.Catalogue, typed string, now time.Time) (string, *domain.Problem) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	present := domain.NewMonth(now.Year(), int(now.Month()))
	future := domain.Refuse("asOf", typed, "input.future", "month", present)
	if q, wrong := parseNumber(t, "year", typed); wrong == nil && q >= 1900*domain.QuantityOne && q < 2100*domain.QuantityOne {
		if q > domain.Quantity(present.Year())*domain.QuantityOne {
			return "", future
		}
		return q.String(), nil
	}
	m, wrong := t.Formatter().ParseMonth(typed)
	if wrong != nil {
		return "", domain.Refuse("asOf", typed, "input.asOf")
	}
	if m > present {
		return "", future
	}
	return m.String(), nil
}

// SayField is the name of a field, its id where the active pack does not have it.
func (d *Desk) SayField(field string) string {
	if d.p.Pack.Field(field) == nil {
		return field
	}
	return d.texts.Text("field." + field)
}

// SayKept is a user's value as the store keeps it, in words: as it was typed where
// the active pack does not read it.
func (d *Desk) SayKept(v store.Value) string {
	if f := d.p.Pack.Field(v.Field); f != nil {
		if value, ok := readOwn(f, v.Text); ok {
			return sayFactValue(d.texts, f, value, true)
		}
	}
	return v.Text
}

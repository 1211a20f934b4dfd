package rules

import (
	"math"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

const asOfAccepted = "YYYY, YYYY-MM, " + Undated

// facts reads what is published about a place: one fact a field.
func (l *loader) facts(t table, place, scope string) []Fact {
	var all []Fact
	for _, n := range t.someEntries("fact") {
		f := l.fact(t.d, n, scope)
		if t.d.fault != nil {
			return nil
		}
		l.once(table{n, t.d}, "fact "+place, f.Field)
		all = append(all, f)
	}
	return all
}

func (l *loader) fact(d *decoder, n *node, scope string) Fact {
	keys := []string{"field", "as_of", "sources", "confidence", "note", "other"}
	t := d.open(n, slices.Concat(keys, []string{"validity", "value", "to", "bound", "names"})...)
	f := Fact{Field: t.choice("field", l.fieldsOf(scope)...), Pos: t.pos()}
	if d.fault != nil {
		return f
	}
	field := l.pack.Field(f.Field)
	keys = append(keys, valueKeys(field.Kind)...)
	if field.Group == GroupAid {
		keys = append(keys, "validity")
	}
	d.open(n, keys...) // the keys that go with this field
	f.Value = l.value(t, field)
	f.AsOf, f.Sources, f.Confidence = l.published(t)
	f.Note, f.Validity = l.note(t, f.Confidence), l.optionalText(t, "validity")
	for _, o := range t.someEntries("other") {
		f.Others = append(f.Others, l.otherFact(d, o, field, f.AsOf))
	}
	return f
}

// otherFact reads another reading of a fact; asOf is the time of the fact itself.
func (l *loader) otherFact(d *decoder, n *node, field *Field, asOf string) OtherFact {
	keys := []string{"kind", "as_of", "sources", "confidence", "note"}
	t := d.open(n, slices.Concat(keys, []string{"label", "unit", "value", "to", "bound", "names"})...)
	o := OtherFact{Kind: t.choice("kind", otherKinds...)}
	if o.Kind == OtherQuantity {
		field = t.quantityAsField()
		keys = append(keys, "label", "unit")
	}
	if d.fault != nil {
		return o
	}
	d.open(n, append(keys, valueKeys(field.Kind)...)...) // the keys that go with this kind
	o.Unit, o.Value = field.Unit, l.value(t, field)
	if o.Kind == OtherQuantity {
		o.Label = t.text("label")
		l.needText(t.pos(), o.Label)
	}
	o.AsOf, o.Sources, o.Confidence = l.published(t)
	o.Note = l.note(t, o.Confidence)
	if d.fault == nil && o.Kind == OtherOlder && !notAfter(o.AsOf, asOf) {
		d.refuse(t.lineOf("as_of"), "not_older", o.AsOf, "<= "+asOf)
	}
	return o
}

// quantityAsField says how something that no field asks for is written: names, a
// number where a unit is given, and a text otherwise. A share is at most the whole.
func (t table) quantityAsField() *Field {
	switch {
	case t.has("names"):
		return &Field{Kind: FieldNames}
	case t.has("unit"):
		f := &Field{Kind: FieldNumber, Unit: t.choice("unit", FactUnits...), Max: math.MaxInt64}
		if f.Unit == UnitShare {
			f.Max = domain.QuantityOne
		}
		return f
	}
	if _, err := domain.ParseQuantity(t.text("value")); err == nil {
		t.d.refuse(t.line, "missing_key", "unit", among(FactUnits))
	}
	return &Field{Kind: FieldText}
}

func valueKeys(kind string) []string {
	switch kind {
	case FieldNumber:
		return []string{"value", "to", "bound"}
	case FieldNames:
		return []string{"names"}
	default:
		return []string{"value"}
	}
}

// value reads a published value as its field has it written.
func (l *loader) value(t table, f *Field) FactValue {
	switch f.Kind {
	case FieldYesNo:
		return FactValue{Text: t.choice("value", Yes, No)}
	case FieldText:
		v := FactValue{Text: t.text("value")}
		l.needText(t.pos(), v.Text)
		return v
	case FieldNames:
		return FactValue{Names: t.names("names")}
	default:
		return t.number(f)
	}
}

// names is an obligatory list of at least one proper name.
func (t table) names(key string) []string {
	list := t.list(key)
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	if t.d.fault == nil && (len(list) == 0 || slices.ContainsFunc(list, blank)) {
		t.d.refuse(t.lineOf(key), "empty", key, key+` = [ "…" ]`)
	}
	return list
}

// number is a decimal, or a span of two that rises, inside the field's limits.
func (t table) number(f *Field) FactValue {
	v := FactValue{Text: t.text("value"), Num: t.within("value", f)}
	v.To = v.Num
	if t.has("to") {
		v.To = t.within("to", f)
		if t.d.fault == nil && v.To <= v.Num {
			t.d.refuse(t.lineOf("to"), "not_above", v.To.String(), "> "+v.Num.String())
		}
	}
	if t.has("bound") {
		v.Bound = t.choice("bound", bounds...)
	}
	return v
}

// published reads the time that something speaks of, where it was read and how
// good that is. What is published cannot speak of a time after its publication.
func (l *loader) published(t table) (asOf string, sources []string, confidence string) {
	asOf = t.text("as_of")
	if t.d.fault == nil && asOf != Undated && !asOfShape.MatchString(asOf) {
		t.d.refuse(t.lineOf("as_of"), "bad_form", asOf, asOfAccepted)
	}
	sources = l.sources(t)
	confidence = t.choice("confidence", factGrades...)
	if t.d.fault != nil {
		return asOf, sources, confidence
	}
	newest := ""
	for _, id := range sources {
		date := l.pack.Sources[id].Date
		if notAfter(asOf, date) {
			return asOf, sources, confidence
		}
		newest = max(newest, date)
	}
	t.d.refuse(t.lineOf("as_of"), "after_sources", asOf, "<= "+newest)
	return asOf, sources, confidence
}

// notAfter compares two times by their years, and by their months where both
// have one. What is not dated is never after nor before.
func notAfter(a, b string) bool {
	const year, month = len("2026"), len("2026-01")
	switch {
	case a == Undated || b == Undated:
		return true
	case a[:year] != b[:year] || len(a) < month || len(b) < month:
		return a[:year] <= b[:year]
	default:
		return a[:month] <= b[:month]
	}
}

// note is the key of the note; what is inferred must have one, which says how.
func (l *loader) note(t table, confidence string) string {
	if confidence == Inferred && t.text("note") == "" {
		return ""
	}
	return l.optionalText(t, "note")
}

// optionalText is the key of a text that an entry may have.
func (l *loader) optionalText(t table, key string) string {
	text := t.optional(key)
	if text != "" {
		l.needText(t.pos(), text)
	}
	return text
}

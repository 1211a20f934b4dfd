package desk

import (
	"strings"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// Datum is one line of a data sheet: what is published for a field about a
// place, and what the user gave in its stead. With neither it is not published.
type Datum struct {
	Field *rules.Field
	Place string      // whom the fact is about: a site, or its region for a field of regions
	Fact  *rules.Fact // nil: not published
	Own   *Own        // nil: the published value stands
}

// Own is a value that the user gave: it is used, marked, and the published one
// stays beside it.
type Own struct {
	Value rules.FactValue // Text of a sentence is the sentence itself
	AsOf  string          // YYYY, YYYY-MM, "" where it was not said
	Note  string          // where it comes from, in the user's words
	At    time.Time
}

// Known is whether there is a value, published or the user's.
func (d *Datum) Known() bool { return d.Fact != nil || d.Own != nil }

// Value is the value that counts; it says nothing where there is none.
func (d *Datum) Value() rules.FactValue {
	switch {
	case d.Own != nil:
		return d.Own.Value
	case d.Fact != nil:
		return d.Fact.Value
	}
	return rules.FactValue{}
}

// AsOf is the time the value speaks of, "" where there is none or it was not said.
func (d *Datum) AsOf() string {
	switch {
	case d.Own != nil:
		return d.Own.AsOf
	case d.Fact != nil:
		return d.Fact.AsOf
	}
	return ""
}

// DatumText is a datum in the reader's words, for sheet, panel, print and copy.
type DatumText struct {
	Label  string
	Good   string // what a good answer looks like
	Value  string // "non publié" where nothing is
	When   string // the time it speaks of; "" where there is no value
	Sure   string // how sure it is, in a word or two; whose it is
	Own    bool   // the user's value
	Theirs string // what the user said of its source; "" otherwise

	// Note, sources and others are of the published value, whatever the user's.
	Sentence  string // label, place, value and time as one sentence
	Published string // the sourced value that stays beside the user's; "" otherwise
	Note      string
	Validity  string // for an aid: until when it holds, or that nothing is published
	Sources   []SourceText
	Others    []OtherText
}

// OtherText is another published reading, with the kind it is of.
type OtherText struct {
	Kind    string
	Value   string
	When    string
	Sure    string
	Note    string
	Sources []SourceText
}

// SayDatum writes a datum out.
func (d *Desk) SayDatum(x *Datum) DatumText {
	t := d.texts
	out := DatumText{
		Label: t.Text("field." + x.Field.ID), Good: t.Text("field." + x.Field.ID + ".good"),
		Value: t.Text("datum.none"), Sure: t.Text("datum.ask"),
	}
	if x.Fact != nil {
		out.Value, out.When, out.Sure = sayFactValue(t, x.Field, x.Fact.Value, false), SayAsOf(t, x.Fact.AsOf), SaySure(t, x.Fact.Confidence)
		out.Sources = d.saySources(x.Fact.Sources)
		out.Note = t.Optional(x.Fact.Note)
		if x.Field.Group == rules.GroupAid {
			out.Validity = t.Text("datum.validity.none")
			if x.Fact.Validity != "" {
				out.Validity = t.Text(x.Fact.Validity)
			}
		}
		for i := range x.Fact.Others {
			out.Others = append(out.Others, d.sayOther(x.Field, &x.Fact.Others[i]))
		}
	}
	if x.Own != nil {
		if x.Fact != nil {
			out.Published = t.Text("datum.published", "value", out.Value, "when", out.When)
		}
		out.Own, out.Theirs = true, x.Own.Note
		out.Value, out.When, out.Sure = sayFactValue(t, x.Field, x.Own.Value, true), SayAsOf(t, x.Own.AsOf), t.Text("datum.own")
	}
	out.Sentence = d.sentence(x, &out)
	return out
}

func (d *Desk) sentence(x *Datum, text *DatumText) string {
	pairs := []any{"label", text.Label, "place", d.PlaceName(x.Place), "value", text.Value, "when", text.When}
	switch {
	case x.Own != nil:
		return d.texts.Text("datum.sentence.own", append(pairs, "at", Stamp(x.Own.At))...)
	case x.Fact == nil:
		return d.texts.Text("datum.sentence.none", pairs...)
	default:
		return d.texts.Text("datum.sentence", pairs...)
	}
}

func (d *Desk) sayOther(f *rules.Field, o *rules.OtherFact) OtherText {
	t := d.texts
	field := *f
	field.Kind, field.Unit = o.ValueKind(f), o.Unit
	out := OtherText{
		Kind: t.Text("datum.other." + strings.ReplaceAll(o.Kind, " ", ".")), Value: sayFactValue(t, &field, o.Value, false),
		When: SayAsOf(t, o.AsOf), Sure: SaySure(t, o.Confidence), Note: t.Optional(o.Note), Sources: d.saySources(o.Sources),
	}
	if o.Label != "" {
		out.Kind = t.Text(o.Label)
	}
	return out
}

// SaySure is how sure a published value is, in a word or two.
func SaySure(t *i18n.Catalogue, confidence string) string {
	return t.Text("confidence." + strings.ReplaceAll(confidence, " ", "."))
}

func (d *Desk) saySources(ids []string) []SourceText {
	out := make([]SourceText, 0, len(ids))
	for _, id := range ids {
		out = append(out, SaySource(d.texts, d.p.Pack.Sources[id]))
	}
	return out
}

// SayAsOf is a time of the pack as a reader writes it: "2023", "11/2023",
// "24/11/2023", or that there is no date; "" for "".
func SayAsOf(t *i18n.Catalogue, asOf string) string {
	switch year, month, both := strings.Cut(asOf, "-"); {
	case asOf == "":
		return ""
	case asOf == rules.Undated:
		return t.Text("datum.undated")
	case len(asOf) == len(time.DateOnly):
		return t.Formatter().Date(domain.Date(asOf))
	case both:
		return t.Text("datum.month", "month", month, "year", year)
	default:
		return year
	}
}

// sayFactValue writes a value with its unit. A sentence of the user is its own
// text, one of the pack a key.
func sayFactValue(t *i18n.Catalogue, f *rules.Field, v rules.FactValue, own bool) string {
	switch f.Kind {
	case rules.FieldNames:
		return strings.Join(v.Names, ", ")
	case rules.FieldYesNo:
		return t.Text("state." + v.Text)
	case rules.FieldText:
		if own {
			return v.Text
		}
		return t.Text(v.Text)
	}
	text := SayQuantity(t, v.Num, f.Unit)
	if v.To > v.Num {
		text = t.Text("datum.span", "low", sayNumber(t, v.Num, f.Unit), "high", SayQuantity(t, v.To, f.Unit))
	}
	if v.Bound != "" {
		text = t.Text("datum.bound."+strings.ReplaceAll(v.Bound, " ", "."), "value", text)
	}
	return text
}

// SayQuantity writes a number with its unit: "22 ha", "15,3 %", "2008".
func SayQuantity(t *i18n.Catalogue, q domain.Quantity, unit string) string {
	return t.Text("quantity."+strings.ReplaceAll(unit, "/", "."), "n", sayNumber(t, q, unit))
}

// Typed is a number as it is typed into a field of its unit, without that.
func Typed(t *i18n.Catalogue, q domain.Quantity, unit string) string { return sayNumber(t, q, unit) }

// sayNumber writes the number alone. A year is not grouped, a share counts in
// hundredths.
func sayNumber(t *i18n.Catalogue, q domain.Quantity, unit string) string {
	switch unit {
	case "year":
		return q.String()
	case rules.UnitShare:
		return t.Formatter().Decimal(domain.Decimal((q * 100).String()))
	}
	return t.Formatter().Decimal(domain.Decimal(q.String()))
}

// UnitName is a unit as it stands behind an input or in the head of a column.
func UnitName(t *i18n.Catalogue, unit string) string {
	return strings.TrimSpace(t.Text("quantity."+strings.ReplaceAll(unit, "/", "."), "n", ""))
}

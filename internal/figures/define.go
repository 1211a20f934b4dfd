package figures

import (
	"strings"

	"atlasp2i/internal/rules"
)

var (
	formulaKeys = []string{"id", "formula", "operands", "scale"}
	quantity    = []string{"country", "indicator", "segment", "period", "series", "unit"}
	derivedKeys = append(append([]string{"within", "decimals", "note"}, formulaKeys...), quantity...)
	checkKeys   = append(append([]string{"equals", "low", "high", "spans", "holds"}, formulaKeys...), quantity...)
	operandKeys = append([]string{"observation", "derived", "number"}, quantity...)
)

func (l *loader) readDerivation(t rules.Table) {
	d := Derivation{ID: l.id(t, "derived"), Key: l.key(t, Key{}), Line: t.Pos().Line}
	d.Formula = l.formula(t, d.Key)
	if t.Has("within") {
		d.Within = t.Text("within")
		l.known(t, "within", d.Within)
	}
	if t.Has("decimals") {
		d.Decimals = t.Points("decimals")
		if d.Decimals > numDigits {
			t.Refuse("decimals", "out_of_range", "decimals", "0 … 6")
		}
	}
	if t.Has("note") {
		d.Note = l.text(t, "note")
	}
	l.needNames(t.Pos(), d.Key)
	l.book.derivations = append(l.book.derivations, d)
}

func (l *loader) readCheck(t rules.Table) {
	base := Key{
		Country: t.Optional("country"), Indicator: t.Optional("indicator"), Segment: t.Optional("segment"),
		Series: t.Optional("series"), Unit: t.Optional("unit"), Period: optionalPeriod(t, "period"),
	}
	c := Check{
		ID: l.id(t, "check"), Formula: l.formula(t, base), Line: t.Pos().Line, Holds: t.Flag("holds"),
		Equals: optionalNum(t, "equals"), Low: optionalNum(t, "low"), High: optionalNum(t, "high"), Spans: optionalNum(t, "spans"),
	}
	if !t.Has("holds") {
		t.Refuse("holds", "missing_key", "holds", "holds = true, holds = false")
	}
	ways := 0
	for _, given := range []bool{c.Equals != nil, c.Low != nil || c.High != nil, c.Spans != nil} {
		if given {
			ways++
		}
	}
	if ways != 1 || (c.Low == nil) != (c.High == nil) {
		t.Refuse("equals", "missing_key", c.ID, "equals | low + high | spans")
	}
	l.needText(t.Pos(), "figure.check."+c.ID)
	l.book.checks = append(l.book.checks, c)
}

func (l *loader) formula(t rules.Table, base Key) Formula {
	f := Formula{Name: t.Choice("formula", formulas...), Scale: optionalNum(t, "scale")}
	for _, o := range t.Tables("operands", operandKeys...) {
		f.Operands = append(f.Operands, l.operand(o, base))
	}
	if t.Fault() != nil {
		return f
	}
	if n, accepts := len(f.Operands), operands[f.Name]; n < accepts.min || n > accepts.max {
		t.Refuse("operands", "operands", f.Name, acceptedOperands(f.Name))
	}
	return f
}

// operand reads what a formula works on; what is not said of a quantity is as
// in the quantity that is derived.
func (l *loader) operand(t rules.Table, base Key) Operand {
	switch {
	case t.Has("observation"):
		id := t.Text("observation")
		l.known(t, "observation", id)
		return Operand{Observation: id}
	case t.Has("derived"):
		return Operand{Derived: t.Text("derived")}
	case t.Has("number"):
		return Operand{Number: optionalNum(t, "number")}
	}
	return Operand{Key: l.key(t, base)}
}

// known refuses an observation that is not there.
func (l *loader) known(t rules.Table, key, id string) {
	if _, there := l.observed[id]; !there {
		t.Refuse(key, "unknown_value", id, observationsFile)
	}
}

// key reads a quantity; base gives what is not written, an empty base nothing.
func (l *loader) key(t rules.Table, base Key) Key {
	text := func(key, otherwise string) string {
		if otherwise != "" && !t.Has(key) {
			return otherwise
		}
		return t.Text(key)
	}
	k := Key{Country: text("country", base.Country), Indicator: text("indicator", base.Indicator), Segment: text("segment", base.Segment)}
	k.Period = base.Period
	if t.Has("period") || base == (Key{}) {
		k.Period = period(t, "period")
	}
	k.Series, k.Unit = text("series", base.Series), base.Unit
	switch {
	case t.Has("unit"):
		k.Unit = t.Text("unit")
	case k.Indicator != base.Indicator || base.Unit == "":
		k.Unit = l.unit(t, k.Indicator)
	}
	return k
}

// unit is the unit of an indicator that has one only.
func (l *loader) unit(t rules.Table, indicator string) string {
	i := l.book.indicator(indicator)
	if i == nil {
		t.Refuse("indicator", "unknown_value", indicator, indicatorsFile)
		return ""
	}
	if len(i.Units) != 1 {
		t.Refuse("unit", "missing_key", "unit", strings.Join(i.Units, ", "))
		return ""
	}
	return i.Units[0]
}

func optionalNum(t rules.Table, key string) *Num {
	if !t.Has(key) {
		return nil
	}
	s := t.Text(key)
	n, err := ParseNum(s)
	if err != nil && t.Fault() == nil {
		t.Refuse(key, "bad_number", s, `"26220", "0.2", "-12.7"`)
	}
	return &n
}

package rules

import (
	"regexp"
	"slices"
	"strconv"

	"atlasp2i/internal/domain"
)

// degrees is a decimal that may be negative; the only one in a pack.
var degrees = regexp.MustCompile(`^-?\d{1,3}(\.\d{1,6})?$`)

// readFields reads the lines of a data sheet.
func (l *loader) readFields(d *decoder, root *node) {
	for _, n := range d.open(root, "field").entries("field") {
		f := l.field(d, n)
		if d.fault != nil {
			return
		}
		l.pack.Fields = append(l.pack.Fields, f)
		l.needText(f.Pos, "field."+f.ID, "field."+f.ID+".good")
	}
}

func (l *loader) field(d *decoder, n *node) Field {
	keys := []string{"id", "group", "kind", "scope"}
	numberKeys := append(slices.Clone(keys), "unit", "min", "max")
	t := d.open(n, numberKeys...)
	f := Field{
		ID: l.id(t, "field"), Group: t.choice("group", fieldGroups...), Kind: t.choice("kind", fieldKinds...),
		Scope: t.choice("scope", fieldScopes...), Pos: t.pos(),
	}
	if d.fault == nil && slices.Contains(ownMeasures, f.ID) {
		d.refuse(t.lineOf("id"), "duplicate_id", f.ID, "≠ "+among(ownMeasures))
	}
	if d.fault != nil {
		return f
	}
	if f.Kind != FieldNumber {
		d.open(n, keys...) // a unit and limits belong to numbers
		return f
	}
	f.Unit = t.choice("unit", FactUnits...)
	f.Min, f.Max = t.quantity("min"), t.quantity("max")
	if d.fault == nil && f.Max <= f.Min {
		d.refuse(t.lineOf("max"), "not_above", f.Max.String(), "> "+f.Min.String())
	}
	return f
}

// fieldsOf gives the ids of the fields of a scope.
func (l *loader) fieldsOf(scope string) []string {
	var ids []string
	for _, f := range l.pack.Fields {
		if f.Scope == scope {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// quantity is an obligatory decimal in the unit that stands beside it.
func (t table) quantity(key string) domain.Quantity {
	raw := t.text(key)
	if t.d.fault != nil {
		return 0
	}
	return domain.Quantity(t.d.fixed(t.lineOf(key), raw, shareDecimals))
}

// within is an obligatory decimal inside the limits of a field.
func (t table) within(key string, f *Field) domain.Quantity {
	q := t.quantity(key)
	if t.d.fault == nil && (q < f.Min || q > f.Max) {
		t.d.refuse(t.lineOf(key), "out_of_range", q.String(), limits(f.Min.String(), f.Max.String(), f.Unit))
	}
	return q
}

func limits(lowest, highest, unit string) string {
	return `"` + lowest + `" … "` + highest + `" (` + unit + ")"
}

// mapPoint is the obligatory place of a site on the map.
func (t table) mapPoint(key string) *MapPoint {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, "["+key+"]")
		return nil
	}
	m := t.d.open(n, "lat", "lon", "precision_km")
	p := &MapPoint{Lat: m.angle("lat", 90), Lon: m.angle("lon", 180)}
	precision := m.quantity("precision_km")
	if t.d.fault == nil && precision == 0 {
		t.d.refuse(m.lineOf("precision_km"), "not_above", "0", "> 0")
	}
	p.Precision = float64(precision) / float64(domain.QuantityOne)
	return p
}

// angle is an obligatory number of degrees, at most a quarter or half of a turn
// to either side.
func (t table) angle(key string, most int) float64 {
	s := t.shaped(key, degrees, key+` = "-7.64"`)
	if t.d.fault != nil {
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < -float64(most) || v > float64(most) {
		t.d.refuse(t.lineOf(key), "out_of_range", s, limits(strconv.Itoa(-most), strconv.Itoa(most), "°"))
	}
	return v
}

// more reads what is published about a site beside the fields.
func (l *loader) more(t table, site string) []More {
	var all []More
	for _, n := range t.someEntries("more") {
		e := t.d.open(n, "id", "group", "as_of", "sources", "confidence")
		m := More{ID: e.shaped("id", idShape, `id = "a-b.c"`), Group: e.choice("group", fieldGroups...)}
		m.AsOf, m.Sources, m.Confidence = l.published(e)
		if t.d.fault != nil {
			return nil
		}
		l.once(e, "more "+site, m.ID)
		l.needText(e.pos(), "more."+site+"."+m.ID, "more."+site+"."+m.ID+".text")
		all = append(all, m)
	}
	return all
}

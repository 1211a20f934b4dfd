package rules

import (
	"slices"
	"strconv"

	"atlasp2i/internal/domain"
)

// maxPoints is the top of the scale of points and weights.
const maxPoints = 100

// ownMeasures are what can be compared beside fields; no field may have their ids.
var ownMeasures = []string{OfIRCap, OfStatus}

// readCriteria reads what sites are compared by.
func (l *loader) readCriteria(d *decoder, root *node) {
	t := d.open(root, "draws", "criterion", "must_have", "weighting")
	c := &l.pack.Comparing
	nodes := t.entries("criterion")
	if len(nodes) > MaxCriteria {
		d.refuse(nodes[MaxCriteria].line, "too_many", strconv.Itoa(len(nodes)), "<= "+strconv.Itoa(MaxCriteria))
	}
	for _, n := range nodes {
		c.Criteria = append(c.Criteria, l.criterion(d, n))
	}
	for _, n := range t.entries("must_have") {
		c.MustHaves = append(c.MustHaves, l.mustHave(d, n))
	}
	for _, n := range t.entries("weighting") {
		c.Weightings = append(c.Weightings, l.weighting(d, n))
	}
	c.Draws = t.draws("draws")
}

// measures gives what may be compared: our own measures and the fields of some kinds.
func (l *loader) measures(kinds ...string) []string {
	ids := slices.Clone(ownMeasures)
	for _, f := range l.pack.Fields {
		if slices.Contains(kinds, f.Kind) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// measure is a field, or the AIR cap as if it were one.
func (l *loader) measure(of string) *Field {
	if of == OfIRCap {
		return &Field{ID: of, Kind: FieldNumber, Unit: UnitShare, Max: domain.QuantityOne}
	}
	return l.pack.Field(of)
}

func (l *loader) criterion(d *decoder, n *node) Criterion {
	scale, levels := []string{"unit", "worst", "best"}, []string{"level"}
	keys := []string{"id", "of"}
	t := d.open(n, slices.Concat(keys, scale, levels)...)
	c := Criterion{ID: l.id(t, "criterion"), Of: t.choice("of", l.measures(FieldNumber)...), Pos: t.pos()}
	if d.fault != nil {
		return c
	}
	l.needText(c.Pos, "criterion."+c.ID, "criterion."+c.ID+".reason")
	if c.Of == OfStatus {
		c.Levels = d.open(n, append(keys, levels...)...).levels("level")
		return c
	}
	d.open(n, append(keys, scale...)...) // levels belong to the status
	f := l.measure(c.Of)
	c.Unit = t.text("unit")
	if d.fault == nil && c.Unit != f.Unit {
		d.refuse(t.lineOf("unit"), "wrong_unit", c.Unit, f.Unit)
	}
	c.Worst, c.Best = t.within("worst", f), t.within("best", f)
	if d.fault == nil && c.Worst == c.Best {
		d.refuse(t.lineOf("best"), "flat_scale", c.Best.String(), "≠ "+c.Worst.String())
	}
	return c
}

// levels are the points of every status of a site, each once.
func (t table) levels(key string) []Level {
	var all []Level
	seen := map[string]bool{}
	for _, n := range t.entries(key) {
		e := t.d.open(n, "value", "points")
		level := Level{Value: e.choice("value", siteStatuses...), Points: e.points("points")}
		if seen[level.Value] {
			t.d.refuse(e.lineOf("value"), "twice", level.Value, "1 × "+level.Value)
		}
		seen[level.Value] = true
		all = append(all, level)
	}
	for _, status := range siteStatuses {
		if !seen[status] {
			t.d.refuse(t.line, "missing_level", status, among(siteStatuses))
		}
	}
	return all
}

func (l *loader) mustHave(d *decoder, n *node) MustHave {
	keys := []string{"id", "of", "test", "value"}
	t := d.open(n, append(slices.Clone(keys), "adjustable")...)
	m := MustHave{ID: l.id(t, "must_have"), Of: t.choice("of", l.measures(FieldNumber, FieldYesNo)...)}
	if d.fault != nil {
		return m
	}
	name := "must." + m.ID
	l.needText(t.pos(), name)
	f := l.measure(m.Of)
	if f != nil && f.Kind == FieldNumber {
		tests := []string{TestAtLeast, TestAtMost}
		if m.Of == OfIRCap {
			tests = []string{TestAtMost} // the lower the cap, the better
		}
		m.Test, m.Value, m.Num = t.choice("test", tests...), t.text("value"), t.within("value", f)
		m.Unit, m.Adjustable = f.Unit, t.flag("adjustable")
		if m.Adjustable {
			l.blanks[name] = true
		}
		return m
	}
	d.open(n, keys...) // only a number can be adjusted
	values := []string{Yes, No}
	if m.Of == OfStatus {
		values = siteStatuses
	}
	m.Test, m.Value = t.choice("test", TestIs), t.choice("value", values...)
	return m
}

func (l *loader) weighting(d *decoder, n *node) Weighting {
	t := d.open(n, "id", "segment", "author", "date", "points")
	w := Weighting{
		ID: l.id(t, "weighting"), Segment: t.choice("segment", l.segmentIDs()...),
		Author: t.text("author"), Date: t.date("date"), Points: map[string]int{},
	}
	l.needText(t.pos(), "weighting."+w.ID, "weighting."+w.ID+".reason")
	points := t.fields["points"]
	if points == nil {
		d.refuse(t.line, "missing_key", "points", "[weighting.points]")
		return w
	}
	given := d.open(points, l.criterionIDs()...)
	some := false
	for _, id := range given.keys {
		w.Points[id] = given.points(id)
		some = some || w.Points[id] > 0
	}
	if !some {
		d.refuse(given.line, "no_points", w.ID, "1 … "+strconv.Itoa(maxPoints))
	}
	return w
}

func (l *loader) criterionIDs() []string {
	ids := make([]string, len(l.pack.Comparing.Criteria))
	for i, c := range l.pack.Comparing.Criteria {
		ids[i] = c.ID
	}
	return ids
}

// draws reads how the stability of a comparison is tried.
func (t table) draws(key string) Draws {
	n := t.fields[key]
	if n == nil {
		t.d.refuse(t.line, "missing_key", key, "["+key+"]")
		return Draws{}
	}
	e := t.d.open(n, "count", "spread", "seed")
	spread := e.text("spread")
	dr := Draws{Count: e.whole("count"), Seed: uint64(e.whole("seed"))}
	if t.d.fault != nil {
		return dr
	}
	dr.Spread = domain.Share(t.d.number(e.lineOf("spread"), spread, UnitShare))
	if t.d.fault == nil && dr.Spread == 0 {
		t.d.refuse(e.lineOf("spread"), "not_above", spread, "> 0")
	}
	return dr
}

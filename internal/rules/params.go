package rules

import (
	"cmp"
	"slices"
)

// params reads one file of rules/ into the pack.
func (l *loader) params(d *decoder, root *node) {
	top := d.open(root, "param")
	for _, n := range top.entries("param") {
		t := d.open(n, "id", "unit", "basis", "value")
		p := &Param{ID: t.text("id"), Basis: t.text("basis"), Pos: t.pos()}
		unit, known := requiredUnit(p.ID)
		if d.fault == nil && !known {
			d.refuse(t.lineOf("id"), "unknown_param", p.ID, among(requiredIDs()))
		}
		p.Unit = t.text("unit")
		if d.fault == nil && p.Unit != unit {
			d.refuse(t.lineOf("unit"), "wrong_unit", p.Unit, p.ID+": "+unit)
		}
		for _, v := range t.entries("value") {
			p.Dated = append(p.Dated, l.dated(d, v, unit))
		}
		if d.fault != nil {
			return
		}
		if first, twice := l.pack.Params[p.ID]; twice {
			d.refuse(t.lineOf("id"), "duplicate_id", p.ID, at(first.Pos))
			return
		}
		l.overlaps(d, p, t.entries("value"))
		slices.SortStableFunc(p.Dated, func(a, b Dated) int { return cmp.Compare(a.From, b.From) })
		l.pack.Params[p.ID] = p
		l.needText(t.pos(), "param."+p.ID, p.Basis)
	}
}

// dated reads one value of a parameter.
func (l *loader) dated(d *decoder, n *node, unit string) Dated {
	number := "value"
	if unit == UnitScale {
		number = "brackets"
	}
	t := d.open(n, "from", "to", number, "status", "text", "article", "sources", "verified_on", "confidence", "note")
	v := Dated{
		Status: t.choice("status", valueStatuses...), Text: t.text("text"), Article: t.optional("article"),
		Sources: l.sources(t), VerifiedOn: t.date("verified_on"),
		Confidence: t.choice("confidence", confidences...), Note: t.optional("note"),
	}
	v.From, v.To = t.span()
	if unit == UnitScale {
		v.Brackets = t.scale(number)
	} else if v.Raw = t.text(number); d.fault == nil {
		v.Num = d.number(t.lineOf(number), v.Raw, unit)
	}
	if v.Note != "" {
		l.needText(t.pos(), v.Note)
	}
	return v
}

// overlaps refuses two values in force for one month; lines are those of the values.
func (l *loader) overlaps(d *decoder, p *Param, lines []*node) {
	inForce := false
	for i, a := range p.Dated {
		if a.Status != InForce {
			continue
		}
		inForce = true
		for j, b := range p.Dated[:i] {
			if b.Status != InForce || (a.To != "" && a.To < b.From) || (b.To != "" && b.To < a.From) {
				continue
			}
			d.refuse(lines[i].line, "overlap", p.ID+" "+string(a.From)+" … "+string(a.To),
				at(Pos{d.file, lines[j].line})+" ("+string(b.From)+" … "+string(b.To)+")")
		}
	}
	if !inForce {
		d.refuse(p.Pos.Line, "never_in_force", p.ID, `status = "`+InForce+`"`)
	}
}

// sources reads the obligatory references of a value; at least one.
func (l *loader) sources(t table) []string {
	ids := l.anySources(t)
	if t.d.fault == nil && len(ids) == 0 {
		t.d.refuse(t.lineOf("sources"), "no_source", "sources", `sources = [ "…" ]`)
	}
	return ids
}

// anySources reads references that may be an empty list: then the entry is our
// own assumption and its text says so.
func (l *loader) anySources(t table) []string {
	ids := t.list("sources")
	for _, id := range ids {
		if _, ok := l.pack.Sources[id]; !ok && t.d.fault == nil {
			t.d.refuse(t.lineOf("sources"), "unknown_source", id, among(l.sourceIDs()))
		}
	}
	return ids
}

func (l *loader) sourceIDs() []string {
	ids := make([]string, 0, len(l.pack.Sources))
	for id := range l.pack.Sources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

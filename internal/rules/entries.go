package rules

import (
	"regexp"
	"slices"

	"atlasp2i/internal/domain"
)

var (
	idShape       = regexp.MustCompile(`^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$`)
	languageShape = regexp.MustCompile(`^[a-z]{2,3}$`)
	isoShape      = regexp.MustCompile(`^MA-(0[1-9]|1[0-2])$`)
	sourceDate    = regexp.MustCompile(`^(n\.d\.|\d{4}(-\d{2}(-\d{2})?)?)$`)
	asOfShape     = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2]))?$`)
	webAddress    = regexp.MustCompile(`^https?://[^\s]+$`)
)

// shaped is an obligatory string of a given shape.
func (t table) shaped(key string, shape *regexp.Regexp, accepted string) string {
	s := t.text(key)
	if t.d.fault == nil && !shape.MatchString(s) {
		t.d.refuse(t.lineOf(key), "bad_form", s, accepted)
	}
	return s
}

// since2 adds the keys of an entry that packs have from format 2 on.
func (l *loader) since2(keys []string, more ...string) []string {
	if l.pack.Format < formatFacts {
		return keys
	}
	return append(keys, more...)
}

// id is the obligatory id of an entry, unique among its sort.
func (l *loader) id(t table, sort string) string {
	id := t.shaped("id", idShape, `id = "a-b.c"`)
	if t.d.fault == nil {
		l.once(t, sort, id)
	}
	return id
}

func (l *loader) readPack(d *decoder, root *node) {
	p := l.pack
	keys := []string{"id", "number", "name", "made_on", "in_force", "best_before", "languages"}
	t := d.open(root, l.since2(keys, "format")...)
	p.ID = t.shaped("id", idShape, `id = "a-b"`)
	p.Number = t.whole("number")
	p.Name = t.text("name")
	p.MadeOn, p.InForce, p.BestBefore = t.date("made_on"), t.date("in_force"), t.date("best_before")
	p.Languages = t.list("languages")
	if d.fault == nil && len(p.Languages) == 0 {
		d.refuse(t.lineOf("languages"), "empty", "languages", `languages = [ "fr" ]`)
	}
	for _, lang := range p.Languages {
		if !languageShape.MatchString(lang) {
			d.refuse(t.lineOf("languages"), "bad_form", lang, `"fr"`)
		}
	}
	l.needText(Pos{d.file, t.lineOf("best_before")}, "pack.best_before")
}

func (l *loader) readSources(d *decoder, root *node) {
	for _, n := range d.open(root, "source").entries("source") {
		t := d.open(n, "id", "publisher", "title", "date", "url", "read_on", "partial")
		s := Source{
			ID: l.id(t, "source"), Publisher: t.text("publisher"), Title: t.text("title"),
			Date:   t.shaped("date", sourceDate, "YYYY-MM-DD, YYYY-MM, YYYY, "+Undated),
			ReadOn: t.date("read_on"), Partial: t.flag("partial"),
		}
		if t.has("url") { // some sources were read in print or have no stable address
			s.URL = t.shaped("url", webAddress, "https://…, http://…")
		}
		l.pack.Sources[s.ID] = s
	}
}

func (l *loader) readReadings(d *decoder, root *node) {
	top := d.open(root, "reading")
	read := map[string]Reading{}
	for _, n := range top.entries("reading") {
		t := d.open(n, "id", "values", "moves", "sources")
		r := Reading{
			ID: t.choice("id", domain.ReadingIDs[:]...), Values: t.list("values"),
			Moves: l.benefits(t, "moves"), Sources: l.sources(t), Pos: t.pos(),
		}
		if d.fault != nil {
			return
		}
		l.once(t, "reading", r.ID)
		known := readingValues[r.ID]
		if !sameSet(r.Values, known) {
			d.refuse(t.lineOf("values"), "reading_values", among(r.Values), among(known))
		}
		l.needText(r.Pos, "reading."+r.ID, "reading."+r.ID+".reason")
		for _, v := range r.Values {
			l.needText(r.Pos, "reading."+r.ID+"."+v)
		}
		read[r.ID] = r
	}
	for _, id := range domain.ReadingIDs {
		if _, ok := read[id]; !ok {
			d.refuse(0, "missing_reading", id, among(domain.ReadingIDs[:]))
		}
		l.pack.Readings = append(l.pack.Readings, read[id])
	}
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// benefits is an obligatory list of at least one benefit code.
func (l *loader) benefits(t table, key string) []string {
	list := t.list(key)
	if t.d.fault == nil && len(list) == 0 {
		t.d.refuse(t.lineOf(key), "empty", key, among(domain.Benefits[:]))
	}
	for _, b := range list {
		if t.d.fault == nil && !slices.Contains(domain.Benefits[:], b) {
			t.d.refuse(t.lineOf(key), "unknown_value", key+" = "+b, among(domain.Benefits[:]))
		}
	}
	return list
}

func (l *loader) readConditions(d *decoder, root *node) {
	for _, n := range d.open(root, "condition").entries("condition") {
		t := d.open(n, "id", "benefit", "kind", "param", "sources", "confidence")
		c := Condition{
			ID: l.id(t, "condition"), Benefit: t.choice("benefit", domain.Benefits[:]...),
			Kind: t.choice("kind", conditionKinds...), Param: t.optional("param"),
			Sources: l.sources(t), Confidence: t.choice("confidence", confidences...), Pos: t.pos(),
		}
		if d.fault == nil && c.Param != "" && l.pack.Params[c.Param] == nil {
			d.refuse(t.lineOf("param"), "unknown_param", c.Param, among(requiredIDs()))
		}
		l.pack.Conditions = append(l.pack.Conditions, c)
		l.needText(c.Pos, "condition."+c.ID)
	}
}

func (l *loader) readExclusions(d *decoder, root *node) {
	for _, n := range d.open(root, "exclusion").entries("exclusion") {
		t := d.open(n, "id", "benefit", "sources")
		e := Exclusion{ID: l.id(t, "exclusion"), Benefit: t.text("benefit"), Sources: l.anySources(t)}
		l.pack.Exclusions = append(l.pack.Exclusions, e)
		l.needText(t.pos(), "exclusion."+e.ID)
		l.mayBe["exclusion."+e.ID+".name"] = true // Benefit in the reader's language
	}
}

func (l *loader) readSegments(d *decoder, root *node) {
	for _, n := range d.open(root, "segment").entries("segment") {
		t := d.open(n, "id", "sources")
		s := Segment{ID: l.id(t, "segment"), Sources: l.sources(t)}
		l.pack.Segments = append(l.pack.Segments, s)
		l.needText(t.pos(), "segment."+s.ID, "segment."+s.ID+".examples")
	}
}

func (l *loader) readRegions(d *decoder, root *node) {
	for _, n := range d.open(root, "region").entries("region") {
		t := d.open(n, l.since2([]string{"id", "name", "iso", "sources", "note"}, "fact")...)
		r := Region{
			ID: l.id(t, "place"), Name: t.text("name"), ISO: t.shaped("iso", isoShape, "MA-01 … MA-12"),
			Sources: l.sources(t), Note: t.optional("note"),
		}
		if r.Note != "" {
			l.needText(t.pos(), r.Note)
		}
		r.Facts = l.facts(t, r.ID, ScopeRegion)
		l.pack.Regions = append(l.pack.Regions, r)
	}
}

func (l *loader) readPresets(d *decoder, root *node) {
	for _, n := range d.open(root, "preset").entries("preset") {
		t := d.open(n, "id", "segment", "gross", "as_of", "sources", "confidence")
		gross := t.text("gross")
		p := Preset{
			ID: l.id(t, "preset"), Segment: t.choice("segment", l.segmentIDs()...),
			AsOf: t.shaped("as_of", asOfShape, "YYYY, YYYY-MM"), Sources: l.anySources(t),
			Confidence: t.choice("confidence", confidences...),
		}
		if d.fault == nil {
			p.Gross = domain.Money(d.number(t.lineOf("gross"), gross, UnitMADMonth))
		}
		l.pack.Presets = append(l.pack.Presets, p)
		l.needText(t.pos(), "preset."+p.ID)
	}
}

func (l *loader) segmentIDs() []string {
	ids := make([]string, len(l.pack.Segments))
	for i, s := range l.pack.Segments {
		ids[i] = s.ID
	}
	return ids
}

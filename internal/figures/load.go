package figures

import (
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/rules"
)

const (
	indicatorsFile  = "figures/indicators.toml"
	seriesFile      = "figures/series.toml"
	derivedFile     = "figures/derived.toml"
	checksFile      = "figures/checks.toml"
	circulationFile = "figures/circulation.toml"
)

// files in reading order: an entry may only refer to what is read before it.
var files = []string{indicatorsFile, seriesFile, observationsFile, derivedFile, checksFile, circulationFile}

const periodForms = "2024, 2024-H1, 2024-Q3, 2024-09, 2014/2020, /2027, FY2025, ~2018, " + undated

// loader builds a book. Texts that entries need are collected on the way and
// checked last, in each language of the pack.
type loader struct {
	pack     *rules.Pack
	book     *Book
	texts    map[string]rules.Pos
	ids      map[string]rules.Pos // "series OC-2025" -> where it was read
	observed map[string]int       // id of an observation -> its line
	chosen   map[Key]int          // key -> line of its chosen observation
	home     rules.Table          // where the home country is said
}

// Load reads and checks the figures of a pack. A pack without figures gives an
// empty book; figures that are refused give a *rules.Fault.
func Load(p *rules.Pack) (*Book, error) {
	l := loader{
		pack: p, book: &Book{}, texts: map[string]rules.Pos{}, ids: map[string]rules.Pos{},
		observed: map[string]int{}, chosen: map[Key]int{},
	}
	if len(p.Figures) == 0 {
		return l.book, nil
	}
	if fault := l.read(); fault != nil {
		return nil, fault
	}
	if err := l.book.settle(unwatched); err != nil {
		return nil, err
	}
	return l.book, nil
}

func (l *loader) read() *rules.Fault {
	for _, name := range slices.Sorted(maps.Keys(l.pack.Figures)) {
		if !slices.Contains(files, name) {
			return rules.Refuse(rules.Pos{File: name}, "unknown_file", name, strings.Join(files, ", "))
		}
	}
	for _, name := range files {
		data, there := l.pack.Figures[name]
		if !there {
			return rules.Refuse(rules.Pos{File: name}, "missing_file", name, name)
		}
		if fault := l.readFile(name, data); fault != nil {
			return fault
		}
	}
	if fault := l.checkHome(); fault != nil {
		return fault
	}
	return l.checkTexts()
}

func (l *loader) readFile(name string, data []byte) *rules.Fault {
	switch name {
	case observationsFile:
		return l.readObservations(data)
	case indicatorsFile:
		return l.readIndicators(data)
	case seriesFile:
		return l.each(name, data, "series", l.readSeries, "id", "from", "to", "basis", "breaks_before")
	case derivedFile:
		return l.each(name, data, "derived", l.readDerivation, derivedKeys...)
	case checksFile:
		return l.each(name, data, "check", l.readCheck, checkKeys...)
	default:
		return l.each(name, data, "said", l.readSaid, "id", "claim", "why", "instead", "observations")
	}
}

// each reads the entries of a TOML file; at least one.
func (l *loader) each(name string, data []byte, entry string, read func(rules.Table), keys ...string) *rules.Fault {
	root, fault := rules.ReadTable(name, data, entry)
	if fault != nil {
		return fault
	}
	return entries(root, entry, read, keys...)
}

func entries(root rules.Table, entry string, read func(rules.Table), keys ...string) *rules.Fault {
	if !root.Has(entry) {
		root.Refuse(entry, "missing_key", entry, "[["+entry+"]]")
	}
	for _, t := range root.Tables(entry, keys...) {
		if root.Fault() == nil {
			read(t)
		}
	}
	return root.Fault()
}

// id is the obligatory id of an entry, unique among its sort.
func (l *loader) id(t rules.Table, sort string) string {
	id := t.ID("id")
	if first, twice := l.ids[sort+" "+id]; twice {
		t.Refuse("id", "duplicate_id", id, at(first))
	}
	l.ids[sort+" "+id] = t.Pos()
	return id
}

func (l *loader) readIndicators(data []byte) *rules.Fault {
	root, fault := rules.ReadTable(indicatorsFile, data, "home", "indicator")
	if fault != nil {
		return fault
	}
	l.home, l.book.Home = root, root.Text("home")
	return entries(root, "indicator", l.readIndicator, "id", "units", "kind", "group")
}

// checkHome refuses a home country of which there is no figure.
func (l *loader) checkHome() *rules.Fault {
	home := func(o Observation) bool { return o.Country == l.book.Home }
	if !slices.ContainsFunc(l.book.observations, home) {
		l.home.Refuse("home", "unknown_value", l.book.Home, observationsFile+": country")
	}
	return l.home.Fault()
}

func (l *loader) readIndicator(t rules.Table) {
	i := Indicator{
		ID: l.id(t, "indicator"), Units: t.List("units"), Group: t.Text("group"),
		Kind: t.Choice("kind", KindLevel, KindShare, KindGrowth, KindTarget, KindRank, KindOther),
	}
	if t.Fault() == nil && len(i.Units) == 0 {
		t.Refuse("units", "empty", "units", `units = [ "…" ]`)
	}
	l.needText(t.Pos(), "figure.indicator."+i.ID, "figure.group."+i.Group)
	for _, u := range i.Units {
		l.needText(t.Pos(), "figure.unit."+u)
	}
	l.book.Indicators = append(l.book.Indicators, i)
}

func (l *loader) readSeries(t rules.Table) {
	s := Series{ID: l.id(t, "series"), Basis: l.text(t, "basis")}
	s.From, s.To = optionalPeriod(t, "from"), optionalPeriod(t, "to")
	if s.ID == NoSeries {
		t.Refuse("id", "duplicate_id", s.ID, "≠ "+NoSeries)
	}
	l.needText(t.Pos(), "figure.series."+s.ID)
	for _, b := range t.Tables("breaks_before", "series", "reason") {
		s.Breaks = append(s.Breaks, Break{After: b.Choice("series", l.seriesIDs()...), Reason: l.text(b, "reason")})
	}
	l.book.AllSeries = append(l.book.AllSeries, s)
}

func (l *loader) readSaid(t rules.Table) {
	s := Said{ID: l.id(t, "said"), Claim: l.text(t, "claim"), Why: l.text(t, "why"), Instead: l.text(t, "instead")}
	if t.Has("observations") {
		s.Observations = t.List("observations")
	}
	for _, id := range s.Observations {
		if _, known := l.observed[id]; !known {
			t.Refuse("observations", "unknown_value", id, observationsFile)
		}
	}
	l.book.Circulation = append(l.book.Circulation, s)
}

func optionalPeriod(t rules.Table, key string) Period {
	if !t.Has(key) {
		return Period{}
	}
	return period(t, key)
}

func period(t rules.Table, key string) Period {
	s := t.Text(key)
	p, err := ParsePeriod(s)
	if err != nil && t.Fault() == nil {
		t.Refuse(key, "bad_form", s, periodForms)
	}
	return p
}

// text is an obligatory key of a text.
func (l *loader) text(t rules.Table, key string) string {
	s := t.Text(key)
	if t.Fault() == nil {
		l.needText(t.Pos(), s)
	}
	return s
}

func (l *loader) indicatorIDs() []string {
	var ids []string
	for _, i := range l.book.Indicators {
		ids = append(ids, i.ID)
	}
	return ids
}

func (l *loader) seriesIDs() []string {
	ids := []string{NoSeries}
	for _, s := range l.book.AllSeries {
		ids = append(ids, s.ID)
	}
	return ids
}

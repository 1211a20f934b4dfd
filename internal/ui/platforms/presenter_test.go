package platforms

import (
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/rules"
)

func site(t *testing.T, p *presenter, id string) *sheet {
	t.Helper()
	s, err := p.site(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lineOf finds the row of a field.
func lineOf(t *testing.T, s *sheet, field string) *line {
	t.Helper()
	for i := range s.groups {
		for j := range s.groups[i].lines {
			if l := &s.groups[i].lines[j]; l.datum != nil && l.datum.Field.ID == field {
				return l
			}
		}
	}
	t.Fatalf("%s has no row of %s", s.id, field)
	return nil
}

// plainSpaces makes the no-break spaces of French plain.
func plainSpaces(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}

func TestShelves_ByStatus(t *testing.T) {
	list, err := newPresenter(newDesk(t)).shelves()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, plainSpaces(s.label))
		for _, c := range s.cards {
			if len(c.figures) != 3 {
				t.Errorf("%s has %d figures, want 3", c.name, len(c.figures))
			}
		}
	}
	if want := []string{"En service 5", "En lancement 4", "Autre projet 1"}; !slices.Equal(got, want) {
		t.Errorf("shelves %v, want %v", got, want)
	}
}

func TestSite_HeadOfFes(t *testing.T) {
	s := site(t, newPresenter(newDesk(t)), "fes-shore")
	want := []string{"10 %", "10 %", "15,3 %"} // AIR cap, charter premium, unemployment
	for i, f := range s.figures {
		if got := plainSpaces(f.value); got != want[i] || f.none {
			t.Errorf("%s: %q, want %q", f.label, got, want[i])
		}
	}
	line := plainSpaces(s.line)
	if !strings.Contains(line, "Fès, région Fès-Meknès") || !strings.Contains(line, "Ewane") || !strings.Contains(line, "sur 54 publiés") {
		t.Errorf("line %q", line)
	}
	if s.status.text != "en service" || s.class != "P2I secondaire" || !s.acts {
		t.Errorf("status %q, class %q, acts %v", s.status.text, s.class, s.acts)
	}
	if len(s.groups) != 6 || len(s.sources) < 20 {
		t.Errorf("%d groups and %d sources", len(s.groups), len(s.sources))
	}
}

func TestSite_NotPublishedIsSaidSo(t *testing.T) {
	l := lineOf(t, site(t, newPresenter(newDesk(t)), "fes-shore"), "serviceCharge")
	if !l.none || l.value != "non publié" || l.sure != "à demander" || l.when != "" {
		t.Errorf("row %+v", l)
	}
}

func TestSite_OwnValueBesideThePublishedOne(t *testing.T) {
	d := newDesk(t)
	undo, err := d.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "90", AsOf: "11/2026"})
	if err != nil {
		t.Fatal(err)
	}
	p := newPresenter(d)
	l := lineOf(t, site(t, p, "fes-shore"), "rent")
	if !l.own || plainSpaces(l.value) != "90 MAD/m²/mois" || l.sure != "votre valeur" || !strings.Contains(plainSpaces(l.under), "75 MAD/m²/mois") {
		t.Errorf("row %+v", l)
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if l := lineOf(t, site(t, p, "fes-shore"), "rent"); l.own || plainSpaces(l.value) != "75 MAD/m²/mois" {
		t.Errorf("after undo: %+v", l)
	}
}

// What a user put in is marked wherever it counts: on the card, in the head of the
// sheet, on the map with its key and source, in the table and its note.
func TestOwnValue_IsMarkedWhereItCounts(t *testing.T) {
	d := newDesk(t)
	const mark = "votre valeur"
	for _, c := range []desk.Correction{
		{Place: "fes-meknes", Field: fieldUnemployment, Value: "90"}, // the highest
		{Place: "fes-shore", Field: fieldPremium, Value: "12"},
		{Place: "fes-shore", Field: fieldOperator, Value: "Une autre"},
	} {
		if _, err := d.Correct(c); err != nil {
			t.Fatal(err)
		}
	}
	p := newPresenter(d)
	shelves, err := p.shelves()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(shelves[0].cards, func(c card) bool { return c.id == "fes-shore" })
	for i, want := range []string{"", mark, mark} { // the cap is the engine's
		if got := shelves[0].cards[at].figures[i].own; got != want {
			t.Errorf("figure %d of the card is marked %q, want %q", i, got, want)
		}
	}
	if line := site(t, p, "fes-shore").line; !strings.Contains(line, "Une autre ("+mark+")") {
		t.Errorf("head %q", line)
	}
	s, err := p.statistic(fieldUnemployment)
	if err != nil {
		t.Fatal(err)
	}
	m := p.mapParams(s, "")
	for what, text := range map[string]string{
		"region": m.Said["MA-03"], "key": m.Legend.High, "source": m.Attribution, "note": p.yearsNote(s), "table": s.ranked[0].when,
	} {
		if !strings.Contains(text, mark) {
			t.Errorf("%s: %q", what, text)
		}
	}
	if _, err := d.Correct(desk.Correction{Place: "oriental", Field: "regionPay", Value: "4000"}); err != nil {
		t.Fatal(err)
	}
	s, err = p.statistic("regionPay")
	if err != nil {
		t.Fatal(err)
	}
	if title := p.title(s); !strings.Contains(title, mark) || p.yearsNote(s) != "" {
		t.Errorf("title %q, note %q", title, p.yearsNote(s))
	}
}

// A published note that a name is to be confirmed must reach the reader.
func TestSite_LaayouneIsToBeConfirmed(t *testing.T) {
	s := site(t, newPresenter(newDesk(t)), "laayoune")
	if !strings.Contains(s.note, "Lyon") || !strings.Contains(s.note, "confirmer") {
		t.Errorf("note %q", s.note)
	}
}

func TestSite_DataCentreIsNoPlatform(t *testing.T) {
	s := site(t, newPresenter(newDesk(t)), "igoudar-dakhla")
	if s.acts || !s.figures[0].none || s.class != "centre de données" {
		t.Errorf("acts %v, cap %q, class %q", s.acts, s.figures[0].value, s.class)
	}
}

func TestSite_UnknownIsRefused(t *testing.T) {
	if _, err := newPresenter(newDesk(t)).site("nowhere"); err == nil {
		t.Error("a site that does not exist has a sheet")
	}
}

func TestAid_CapTodayElsewhereAndOnceOpen(t *testing.T) {
	p := newPresenter(newDesk(t))
	for _, c := range []struct {
		site  string
		want  []string // values of the lines
		notes int
	}{
		{"fes-shore", []string{"10 %", "aucun ou 10 %", "décembre 2030"}, 1},
		{"casanearshore", []string{"20 %", "aucun ou 20 %", "décembre 2030"}, 1},
		{"casablanca-tech-valley", []string{"aucun ou 20 %", "aucun ou 20 %", "décembre 2030", "20 %", "10 %"}, 2},
		{"laayoune", []string{"10 %", "10 %", "décembre 2030", "20 %", "10 %"}, 2},
		{"igoudar-dakhla", nil, 1},
	} {
		s := site(t, p, c.site)
		i := slices.IndexFunc(s.groups, func(g group) bool { return g.id == rules.GroupAid })
		a := s.groups[i].aid
		var got []string
		for _, l := range a.lines {
			got = append(got, plainSpaces(l.value))
		}
		if !slices.Equal(got, c.want) || len(a.notes) != c.notes {
			t.Errorf("%s: %v with %d notes, want %v with %d", c.site, got, len(a.notes), c.want, c.notes)
		}
	}
}

// A cap that only one reading gives must not be shown as certain.
func TestProof_CapSaysItsReading(t *testing.T) {
	p := newPresenter(newDesk(t))
	if f := p.capProof(site(t, p, "casablanca-tech-valley").desk); !strings.Contains(strings.Join(f.notes, " "), "pas d'AIR") {
		t.Errorf("notes %q", f.notes)
	}
	if f := p.capProof(site(t, p, "fes-shore").desk); f.value == "" || strings.Contains(strings.Join(f.notes, " "), "pas d'AIR") {
		t.Errorf("value %q, notes %q", f.value, f.notes)
	}
}

// The sign of a data centre does not say how far it is: its label does.
func TestMap_SaysTheStatusOfEachSite(t *testing.T) {
	p := newPresenter(newDesk(t))
	said := map[string]string{}
	for _, s := range p.mapParams(nil, "").Sites {
		said[s.ID] = plainSpaces(s.Said)
	}
	for id, want := range map[string]string{
		"igoudar-dakhla": "en projet, centre de donn\u00e9es", "dakhla": "en lancement", "fes-shore": "en service",
	} {
		if !strings.HasSuffix(said[id], want) {
			t.Errorf("%s is said as %q", id, said[id])
		}
	}
}

func TestStatistic_RanksAndShades(t *testing.T) {
	p := newPresenter(newDesk(t))
	s, err := p.statistic(fieldUnemployment)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.ranked) != 12 || s.values != 11 {
		t.Fatalf("%d regions, %d with a value; want 12 and 11", len(s.ranked), s.values)
	}
	for i := 1; i < s.values; i++ {
		a, b := &s.ranked[i-1], &s.ranked[i]
		if a.num < b.num || (a.num == b.num) != (a.rank == b.rank) {
			t.Errorf("%s (%v, rank %d) before %s (%v, rank %d)", a.region.Name, a.num, a.rank, b.region.Name, b.num, b.rank)
		}
		if v := s.shade(b); v < 0 || v > 1 {
			t.Errorf("%s is shaded %v", b.region.Name, v)
		}
	}
	if s.shade(&s.ranked[0]) != 1 || s.shade(&s.ranked[s.values-1]) != 0 {
		t.Error("the ends are not the palest and the deepest")
	}
	last := s.ranked[11]
	if last.rank != 0 || last.said.Value != "non publié" {
		t.Errorf("the region without a value: rank %d, %q", last.rank, last.said.Value)
	}
	if note := p.yearsNote(s); !strings.Contains(note, "2024") || !strings.Contains(note, "2025") {
		t.Errorf("note of the years %q", note)
	}
}

func TestStatistic_OneTimeNeedsNoNote(t *testing.T) {
	p := newPresenter(newDesk(t))
	s, err := p.statistic("regionPopulation")
	if err != nil {
		t.Fatal(err)
	}
	if note := p.yearsNote(s); note != "" {
		t.Errorf("note %q", note)
	}
	if title := p.title(s); !strings.Contains(title, "09/2024") {
		t.Errorf("title %q", title)
	}
}

func TestStatistics_OnlyWhatHasValues(t *testing.T) {
	d := newDesk(t)
	p := newPresenter(d)
	list, err := p.statistics()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 4 {
		t.Errorf("only %d statistics", len(list))
	}
	if has(list, "regionPay") {
		t.Error("nobody publishes pay by region, and the map can be shaded by it")
	}
	if _, err := d.Correct(desk.Correction{Place: "oriental", Field: "regionPay", Value: "4000"}); err != nil {
		t.Fatal(err)
	}
	if list, _ := p.statistics(); !has(list, "regionPay") {
		t.Error("with a value of the user's the map still cannot be shaded by it")
	}
}

func TestMap_ShadesAndSays(t *testing.T) {
	p := newPresenter(newDesk(t))
	s, _ := p.statistic(fieldUnemployment)
	m := p.mapParams(s, "fes-shore")
	if len(m.Sites) != 10 || len(m.Shades) != 11 || m.Site != "fes-shore" || m.Region != "" {
		t.Errorf("%d sites, %d shades, site %q, region %q", len(m.Sites), len(m.Shades), m.Site, m.Region)
	}
	if !strings.Contains(m.Attribution, "OpenStreetMap contributors (ODbL)") || !strings.Contains(m.Attribution, "HCP") {
		t.Errorf("attribution %q", m.Attribution)
	}
	if said := plainSpaces(m.Said["MA-03"]); said != "Fès-Meknès : 15,3 % (09/2025)" {
		t.Errorf("said of Fès-Meknès: %q", said)
	}
	if p.mapParams(s, "oriental").Region != "MA-02" {
		t.Error("a chosen region is not marked")
	}
	m.Width, m.Height = 480, 540
	for _, spot := range geo.Draw(m).Spots {
		if place := p.placeAt(spot.ID); place == "" || p.spotOf(place) != spot.ID {
			t.Errorf("spot %s is the place %q", spot.ID, place)
		}
	}
}

func TestMap_WithoutStatistic(t *testing.T) {
	m := newPresenter(newDesk(t)).mapParams(nil, "")
	if m.Shades != nil || len(m.Said) != 12 {
		t.Errorf("%d shades, %d regions", len(m.Shades), len(m.Said))
	}
}

func TestProof_SaysEverything(t *testing.T) {
	p := newPresenter(newDesk(t))
	f := p.datumProof(lineOf(t, site(t, p, "fes-shore"), "officeBuilt").datum)
	if len(f.sources) != 1 || len(f.others) != 2 || f.good == "" || f.sure == "" || f.sentence == "" {
		t.Errorf("proof %+v", f)
	}
	text := p.proofText(f)
	for _, want := range []string{"30\u202f000", "25\u202f000", "26\u202f000", f.sources[0].URL} {
		if !strings.Contains(text, want) {
			t.Errorf("the copied proof lacks %q:\n%s", want, text)
		}
	}
}

func TestText_HoldsTheWholeSheet(t *testing.T) {
	d := newDesk(t)
	p := newPresenter(d)
	for _, at := range d.Sites() {
		s := site(t, p, at.ID)
		text := p.text(s)
		for _, g := range s.groups {
			for _, l := range g.lines {
				if !strings.Contains(text, l.label) || !strings.Contains(text, l.value) {
					t.Errorf("%s: the text lacks %s", at.ID, l.label)
				}
			}
		}
		for _, g := range s.groups {
			for _, l := range g.lines {
				if l.datum == nil || l.datum.Fact == nil {
					continue
				}
				for _, id := range l.datum.Fact.Sources {
					if url := d.Pack().Sources[id].URL; !strings.Contains(text, url) {
						t.Errorf("%s: the text lacks the source %s of %s", at.ID, id, l.label)
					}
				}
			}
		}
	}
}

// A text that is missing shows as its key in brackets.
func TestNoTextIsMissing(t *testing.T) {
	d := newDesk(t)
	p := newPresenter(d)
	check := func(s *sheet, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		text := p.text(s)
		for _, g := range s.groups {
			for i := range g.lines {
				f := p.moreOr(s.id, &g.lines[i])
				text += p.proofText(f) + f.good + strings.Join(f.notes, " ")
			}
		}
		if i := strings.Index(text, "⟦"); i >= 0 {
			t.Errorf("%s: a text is missing near %q", s.id, text[i:min(i+60, len(text))])
		}
	}
	for _, at := range d.Sites() {
		check(p.site(at.ID))
	}
	for _, r := range d.Pack().Regions {
		check(p.region(r.ID))
	}
}

func (p *presenter) moreOr(place string, l *line) *proof {
	if l.more != nil {
		return p.moreProof(place, l.more)
	}
	return p.datumProof(l.datum)
}

func TestRegion_StatisticsAndSites(t *testing.T) {
	s, err := newPresenter(newDesk(t)).region("casablanca-settat")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.sites) != 2 || len(s.groups) != 1 || len(s.groups[0].lines) != 8 || s.acts {
		t.Errorf("%d sites, %d groups, acts %v", len(s.sites), len(s.groups), s.acts)
	}
	if len(s.sources) == 0 {
		t.Error("no source")
	}
	for i := 1; i < len(s.sources); i++ {
		if s.sources[i] == s.sources[i-1] {
			t.Errorf("the source %q stands twice", s.sources[i].Title)
		}
	}
}

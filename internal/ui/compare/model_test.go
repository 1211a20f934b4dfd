package compare

import (
	"context"
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/currency"
)

// plainly replaces the spaces that do not break.
var plainly = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

func written(t *testing.T, d *desk.Desk, c desk.Comparison) *model {
	t.Helper()
	made, err := d.Compare(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return newModel(d, made, false)
}

// row finds the cells beside a label.
func (m *model) row(t *testing.T, label string) []cell {
	t.Helper()
	for i, l := range m.labels {
		if strings.HasPrefix(plainly.Replace(l.text), label) {
			return m.rows[i]
		}
	}
	t.Fatalf("no row %q", label)
	return nil
}

func texts(cells []cell) []string {
	var out []string
	for _, c := range cells {
		out = append(out, plainly.Replace(c.text))
	}
	return out
}

func ofESO(t *testing.T, d *desk.Desk, sites ...string) desk.Comparison {
	t.Helper()
	c := d.NewComparison(sample(t, "ESO"))
	c.Sites = sites
	return c
}

// The engineering centre of the worked table: 34,172 MAD before, 28,060 after.
func TestTableSaysRawValuesAndTheBest(t *testing.T) {
	d := newDesk(t)
	m := written(t, d, ofESO(t, d, "fes-shore", "casanearshore", "dakhla"))
	for label, want := range map[string][]string{
		"Coût par poste":       {"34 172", "34 172", "34 172"},
		"après aides":          {"28 060", "31 060", "28 060"},
		"Plafond de l'AIR":     {"10 %", "20 %", "10 %"},
		"Nouveaux inscrits":    {"27 920", "45 608", "non publié"},
		"Avancement du site":   {"en service", "en service", "en lancement"},
		"Population":           {"4 467 911", "7 688 967", "219 965"},
		"Trafic de l'aéroport": {"1 417 881", "11 500 000", "309 000"},
	} {
		if got := texts(m.row(t, label)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	in := m.row(t, "Nouveaux inscrits")
	if !in[1].bold || in[0].bold || in[0].aside != "2024" || in[2].sub != d.Texts().Text("compare.missing") || !in[2].muted {
		t.Errorf("new entrants: %+v", in)
	}
	if bold := m.row(t, "Coût par poste"); bold[0].bold || bold[1].bold {
		t.Error("what is equal everywhere has a best")
	}
	if q := m.row(t, "Qualité"); q[2].sub == "" || q[2].bar.High <= q[2].bar.Low || q[0].sub != "" {
		t.Errorf("quality: %+v", q)
	}
	if o := in[0].open; o == nil || o.field != "newEntrants" || o.place != "fes-shore" {
		t.Errorf("a raw value opens %+v", o)
	}
	if o := m.row(t, "Population")[0].open; o == nil || o.place != "fes-meknes" {
		t.Errorf("a value of the region opens %+v", o)
	}
	if o := m.row(t, "après aides")[1].open; o == nil || o.line != calc.LineBenefits || o.site != 1 {
		t.Errorf("a cost opens %+v", o)
	}
}

func TestTableMarksTheUsersValues(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Correct(desk.Correction{Place: "dakhla", Field: "newEntrants", Value: "1 200"}); err != nil {
		t.Fatal(err)
	}
	m := written(t, d, ofESO(t, d, "fes-shore", "dakhla"))
	c := m.row(t, "Nouveaux inscrits")[1]
	if plainly.Replace(c.text) != "1 200" || !c.marked || c.aside != d.Texts().Text("compare.own") {
		t.Errorf("the user's value reads %+v", c)
	}
}

func TestTableSaysWhatTheCostLeavesOut(t *testing.T) {
	d := newDesk(t)
	c := ofESO(t, d, "fes-shore", "casanearshore")
	said := func() string { return written(t, d, c).labels[2].sub }
	if got := said(); got != d.Texts().Text("compare.payroll") {
		t.Errorf("without rent: %q", got)
	}
	rent, area := domain.Money(75_50), 10*domain.QuantityOne
	c.SeatArea, c.Terms = &area, map[string]desk.SiteTerms{"fes-shore": {Rent: &rent}}
	if got := said(); got != d.Texts().Text("compare.mixed") {
		t.Errorf("with one rent: %q", got)
	}
	row := written(t, d, c).row(t, "Coût par poste")
	if row[0].sub != d.Texts().Text("compare.withRent.short") || row[1].sub != d.Texts().Text("compare.payroll.short") || plainly.Replace(row[0].text) != "34 927" {
		t.Errorf("costs: %+v", row)
	}
	if own := d.Texts().Text("compare.own"); row[0].aside != own || !row[0].marked || row[1].aside != "" {
		t.Errorf("the user's costs are not marked: %+v", row)
	}
	if after := written(t, d, c).row(t, "après aides"); after[0].bold || after[1].bold {
		t.Error("a cost with rent and one without are ordered")
	}
	c.Terms["casanearshore"] = desk.SiteTerms{Rent: &rent}
	if got := said(); got != d.Texts().Text("compare.withRent") {
		t.Errorf("with all rents: %q", got)
	}
}

func TestStabilityBarsAreThoseOfTheResult(t *testing.T) {
	d := newDesk(t)
	c := ofESO(t, d, "casanearshore", "fes-shore")
	c.Weights = map[string]int{"irCap": 60, "newEntrants": 40}
	m := written(t, d, c)
	if len(m.limits) != 2 || len(m.firsts) != 2 {
		t.Fatalf("%d weights and %d sites", len(m.limits), len(m.firsts))
	}
	l := m.limits[0]
	if l.bar.Mark != 0.6 || l.bar.From < 0.261 || l.bar.From > 0.262 || l.bar.To != 1 || !strings.Contains(plainly.Replace(l.note), "sous 26 % : Casanearshore") {
		t.Errorf("the cap may move in %+v", l)
	}
	if m.firsts[0].name != "Fès Shore" || m.firsts[0].bar.To <= m.firsts[1].bar.To {
		t.Errorf("first places: %+v", m.firsts)
	}
}

func TestPlotHasEachSiteOnce(t *testing.T) {
	d := newDesk(t)
	c := ofESO(t, d, "fes-shore", "casanearshore", "dakhla")
	c.Must = []desk.MustChoice{{ID: "operational"}}
	drawing := written(t, d, c).plot(d, 700, 300, false)
	if len(drawing.Spots) != 3 || !strings.Contains(drawing.Spots[2].Label, d.Texts().Text("compare.plot.apart", "name", "Dakhla")) {
		t.Errorf("spots: %+v", drawing.Spots)
	}
	if d := written(t, d, c).plot(d, 20, 20, true); len(d.Marks) != 0 {
		t.Error("something is drawn where there is no room")
	}
}

func TestBoardStartsFromAnExample(t *testing.T) {
	d := newDesk(t)
	b := newBoard(d)
	if !b.example || b.c.Project.Segment != d.Weightings()[0].Segment || len(b.c.Sites) != 3 || b.hold() != "" {
		t.Fatalf("starts with %+v", b.c)
	}
	if err := d.KeepComparison(b.c); err != nil {
		t.Fatal(err)
	}
	if again := newBoard(d); !again.example || !again.chosen {
		t.Error("a kept example is taken for somebody's project")
	}
	b.weigh("ESO")
	if b.c.Project.Segment != "ESO" || b.c.Sites[0] != "fes-shore" || b.c.Weights["irCap"] != 100 {
		t.Errorf("with the weights of another segment: %+v", b.c)
	}
	made, err := d.Compare(context.Background(), b.c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m := newModel(d, made, b.example); !strings.HasPrefix(m.project, "Exemple") || !strings.Contains(plainly.Replace(m.project), "40 embauches à 30 000 MAD") {
		t.Errorf("the project reads %q", m.project)
	}
}

func TestBoardTakesAProject(t *testing.T) {
	d := newDesk(t)
	b := newBoard(d)
	p := sample(t, "ITO")
	p.Name = "Mon projet"
	b.take(p)
	if b.example || b.c.Weighting != "ITO" || b.c.Sites[0] != p.Site {
		t.Fatalf("took %+v", b.c)
	}
	b.remove("fes-shore")
	b.add("agadir")
	b.add("igoudar-dakhla") // no platform
	b.setWeight("irCap", 7)
	sites := slices.Clone(b.c.Sites)
	p.Site = "tetouan-shore"
	b.take(p)
	if !slices.Equal(b.c.Sites, append(sites, "tetouan-shore")) || b.c.Weights["irCap"] != 7 || b.c.Weighting != "" {
		t.Errorf("the same segment elsewhere: %+v", b.c)
	}
	b.take(sample(t, "CRM"))
	if b.c.Weights["irCap"] != 7 || b.c.Weighting != "" || len(b.c.Sites) != len(sites)+1 {
		t.Errorf("weights that a person set are gone: %+v", b.c)
	}
	b.weigh("ITO")
	b.take(sample(t, "ESO"))
	if b.c.Weighting != "ESO" {
		t.Errorf("another segment: %+v", b.c)
	}
}

func TestBoardSaysWhatIsRefused(t *testing.T) {
	d := newDesk(t)
	b := newBoard(d)
	site := b.c.Sites[0]
	for path, x := range map[string]struct{ bad, good, shown string }{
		pathRent(site): {"75 EUR", "75,5", "75,5"},
		pathPay(site):  {"x", "110", "110"},
		pathArea:       {"-3", "8,5 m²", "8,5"},
	} {
		b.typing(path, x.bad)
		if b.why(path) == "" || b.text(path) != x.bad || !strings.Contains(b.hold(), b.why(path)) {
			t.Errorf("%s: %q is accepted, hold %q", path, x.bad, b.hold())
		}
		b.typing(path, x.good)
		if b.why(path) != "" || b.text(path) != x.shown || b.hold() != "" {
			t.Errorf("%s: %q is refused or shown as %q", path, x.good, b.text(path))
		}
	}
	if term := b.c.Terms[site]; *term.Rent != 75_50 || *term.Pay != 1_100_000 || *b.c.SeatArea != 8_500_000 {
		t.Errorf("terms are %+v", term)
	}
	b.ask("irCap", true)
	b.typing(pathMust("irCap"), "15")
	if q := *b.c.Must[0].Num; q != 150_000 || b.text(pathMust("irCap")) != "15" {
		t.Errorf("the cap asked for is %v", q)
	}
	b.typing(pathMust("irCap"), "150")
	if b.hold() == "" {
		t.Error("150 % is accepted")
	}
	b.ask("irCap", false)
	if b.hold() != "" {
		t.Error("what is no longer asked for still holds")
	}
	b.typing(pathRent(site), "x")
	b.remove(site)
	if b.hold() != "" {
		t.Error("what was typed for a site that is gone still holds")
	}
	b.remove(b.c.Sites[0])
	if b.hold() != d.Texts().Text("compare.sites.few") {
		t.Errorf("one site holds for %q", b.hold())
	}
}

// The cost line has a second one in another currency, with its own lowest and
// highest cost; where no cost is said there is none.
func TestModel_CostInASecondCurrency(t *testing.T) {
	d := newDesk(t)
	m := written(t, d, d.NewComparison(sample(t, "CRM")))
	s := &currency.Second{Texts: d.Texts(), Rate: issue.Rate{Currency: "EUR", MAD: 10_000_000}}
	if m.inSecond(nil) != "" {
		t.Error("something is said without a currency")
	}
	cost := m.made.Sites[m.made.Quality.Order[0]].Cost.After
	if got := m.inSecond(s); !strings.Contains(got, "EUR") || len(m.made.Quality.Order) == 1 && !strings.Contains(got, s.About(cost)) {
		t.Errorf("%q", got)
	}
	m.lead.Cost = ""
	if got := m.inSecond(s); got != "" {
		t.Errorf("%q where no cost is said", got)
	}
}

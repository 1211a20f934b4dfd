package desk_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// narrow is the space the catalogue puts before signs.
const narrow = "\u202f"

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func holds(t *testing.T, said string, parts ...string) {
	t.Helper()
	plain := strings.NewReplacer(narrow, " ", "\u00a0", " ").Replace(said)
	for _, p := range parts {
		if !strings.Contains(plain, p) {
			t.Errorf("%q does not say %q", plain, p)
		}
	}
}

// weighed compares with two criteria: cap 60, university 40 points.
func weighed(t *testing.T, d *desk.Desk, sites ...string) *desk.Compared {
	t.Helper()
	c := d.NewComparison(eso())
	c.Sites, c.Weights, c.Weighting = sites, map[string]int{"irCap": 60, "newEntrants": 40}, ""
	return compared(t, d, c)
}

// By hand: cap 10 % against 20 % is 100 points apart, weighing 60 % of all: +60;
// 27,920 against 45,608 of 50,000 entrants is 35.376 points apart, at 40 %: -14.2.
// They draw level where t is 35.376 / 135.376 = 26.13 %.
func TestLeadSaysWhoWhyAndUpToWhere(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	lead := d.SayLead(weighed(t, d, "casanearshore", "fes-shore"))
	holds(t, lead.Title, "En tête dans 100 % des tirages")
	if strings.Contains(lead.Title, "(") || len(lead.Names) != 1 || lead.Names[0] != "Fès Shore" || lead.Tie != "" {
		t.Errorf("lead is %+v", lead)
	}
	holds(t, lead.Why, "Fès Shore passe devant Casanearshore, 45,8 sur 100", "plafond de l'AIR (+60,0)", "nouveaux inscrits à l'université (−14,2)")
	holds(t, lead.Stable, "100 % des 5 000", "« Plafond de l'AIR » pèse au moins 26 % du total (60 % aujourd'hui)", "Casanearshore passe en tête")
	holds(t, lead.Cost, "de 28 060 à 31 060 MAD", "Fès Shore", "loyer non compris")
}

// Dakhla has no university of its own: 0 to 100 points at 40 % leave it between 60
// and 100, and Fès Shore, at 82, inside of that.
func TestLeadCallsATieATie(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	lead := d.SayLead(weighed(t, d, "fes-shore", "dakhla"))
	if lead.Title != catalogue(t).Text("lead.tie") || len(lead.Names) != 2 {
		t.Errorf("lead is %+v", lead)
	}
	holds(t, lead.Tie, "ne les séparent pas", "Fès Shore à 82", "Dakhla de 60 à 100")
	holds(t, lead.Why, "Aux valeurs centrales, Fès Shore passe devant Dakhla", "donnée manquante")
	holds(t, lead.Stable, "selon ce que les données laissent ouvert", "Aux valeurs centrales, aucun des poids donnés")

	c := d.NewComparison(eso())
	c.Sites, c.Weights = []string{"fes-shore", "oujda-shore"}, map[string]int{"status": 10}
	level := d.SayLead(compared(t, d, c))
	if level.Title != catalogue(t).Text("lead.tie") {
		t.Errorf("two sites that are level are %+v", level)
	}
	holds(t, level.Tie, "Oujda Shore", "Fès Shore", "la même qualité, 100,0 sur 100")
	holds(t, level.Why, "à la même hauteur")
	if strings.Contains(level.Stable, "pèse") {
		t.Errorf("a weight is named that would change a tie: %q", level.Stable)
	}
}

func TestLeadSaysWhoIsSetApartAndWhatIsOpen(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	c.Must = []desk.MustChoice{{ID: "operational"}, {ID: "directParis"}}
	holds(t, strings.Join(d.SayLead(compared(t, d, c)).Notes, "\n"),
		"Mis à part faute de « Site en service » : Dakhla.", "« Vol direct pour Paris » à vérifier, les données ne le disent pas : Casanearshore.")
	c.Sites = []string{"dakhla"}
	lead := d.SayLead(compared(t, d, c))
	if lead.Title != catalogue(t).Text("lead.none") || len(lead.Names) != 0 || lead.Why != "" || lead.Stable != "" {
		t.Errorf("nobody is left: %+v", lead)
	}
}

func TestLeadOfOneIsNoLead(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	c.Sites, c.Must = []string{"fes-shore", "dakhla"}, []desk.MustChoice{{ID: "operational"}}
	made := compared(t, d, c)
	lead := d.SayLead(made)
	if lead.Title != catalogue(t).Text("lead.only") || lead.Names[0] != "Fès Shore" || lead.Why != "" || lead.Stable != "" {
		t.Errorf("the only one left: %+v", lead)
	}
	holds(t, lead.Cost, "28 060 MAD par poste")
	if strings.Contains(lead.Cost, "toutes") {
		t.Errorf("one site is said to be all: %q", lead.Cost)
	}
	holds(t, d.ComparedText(made), "sur 100, mise à part")
}

// Two sites that nobody publishes anything about have the same centre and not the
// same quality.
func TestLeadOfUnknownsIsATieOfData(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites, c.Weights = []string{"dakhla", "laayoune"}, map[string]int{"newEntrants": 10}
	lead := d.SayLead(compared(t, d, c))
	holds(t, lead.Tie, "ne les séparent pas", "de 0 à 100", "sont à égalité")
	if strings.Contains(lead.Tie, "même qualité") {
		t.Errorf("the same quality is claimed: %q", lead.Tie)
	}
	holds(t, lead.Why, "Aux valeurs centrales")
}

func TestLeadOfAHairIsNotNothing(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites = []string{"oujda-shore", "fes-shore"}
	c.Weights = map[string]int{"status": 100, "irCap": 100, "airportPassengers": 1}
	w := compared(t, d, c)
	w.Quality.Why[0].Points = 20_000
	holds(t, d.SayLead(w).Why, "moins de 0,1 sur 100 d'écart")
}

func TestLeadOfOneCriterionNamesIt(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	c.Weights = map[string]int{"irCap": 5, "population": 0}
	c.Sites = []string{"fes-shore", "casanearshore"}
	holds(t, d.SayLead(compared(t, d, c)).Stable, "« Plafond de l'AIR » est le seul critère qui pèse.")
}

// Without a known profit the corporate tax relief is not known, so nobody can say
// where the project costs least.
func TestCostOfUnknownBenefitsIsAHighestOne(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	start, err := domain.ParseMonth("2015-01")
	if err != nil {
		t.Fatal(err)
	}
	c.Project.OperationStart = &start // its exempt years are over
	made := compared(t, d, c)
	if !made.Sites[0].Cost.AtLeast {
		t.Fatal("the benefits are whole")
	}
	cost := d.SayLead(made).Cost
	holds(t, cost, "ces montants sont des maximums")
	if strings.Contains(cost, "au plus bas") || len(made.Least()) > 0 {
		t.Errorf("a lowest cost is claimed: %q", cost)
	}
	holds(t, d.ComparedText(made), "après aides au plus ")
}

func TestTextSaysWhatOfTheCostIsTheUsers(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	rent, area, pay := domain.Money(75_50), 10*domain.QuantityOne, domain.ShareOne/20
	c.SeatArea, c.Terms = &area, map[string]desk.SiteTerms{"fes-shore": {Rent: &rent, Pay: &pay}}
	made := compared(t, d, c)
	lead := d.SayLead(made)
	holds(t, strings.Join(lead.Notes, "\n"), "Des salaires sont sous le SMIG : Fès Shore.")
	if strings.Contains(lead.Cost, "au plus bas") {
		t.Errorf("costs with and without rent are ordered: %q", lead.Cost)
	}
	holds(t, d.ComparedText(made), "votre loyer compris (75,50 MAD par m² et par mois), vos salaires (5 % de ceux du projet), sous le SMIG",
		"salaires seuls, loyer non compris", "40 embauches à 30 000 MAD", "Poids : plafond de l'AIR")
}

func TestLeadSaysWhereRentIsCounted(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	rent, area := domain.Money(75_50), 10*domain.QuantityOne
	c.SeatArea, c.Terms = &area, map[string]desk.SiteTerms{"fes-shore": {Rent: &rent}}
	holds(t, d.SayLead(compared(t, d, c)).Cost, "Loyer compris seulement pour Fès Shore")
}

func TestComparedTextSaysEverything(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	if _, err := d.Correct(desk.Correction{Place: "fes-shore", Field: "newEntrants", Value: "30 000"}); err != nil {
		t.Fatal(err)
	}
	text := d.ComparedText(compared(t, d, three(d)))
	holds(t, text, "En tête dans 91 % des tirages (Casanearshore dans 9 %), avec votre valeur (nouveaux inscrits à l'université) : Fès Shore", "Dakhla n'est pas encore en service", "Nouveaux inscrits à l'université : 30 000 étudiants, votre valeur",
		"Nouveaux inscrits à l'université : non publié, compté de 0 à 100 points", "Avancement du site : en lancement",
		"Dakhla : qualité", "5 000 tirages", "graine 15")
	if strings.Contains(text, "⟦") {
		t.Errorf("a text is missing in %q", text)
	}
}

func TestSaySharesAndPoints(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	for share, want := range map[domain.Share]string{0: "0 %", 1: "moins de 1 %", 834_000: "83 %", 999_999: "plus de 99 %", domain.ShareOne: "100 %"} {
		if got := strings.ReplaceAll(d.SayShare(share), narrow, " "); got != want {
			t.Errorf("share %d: %q, want %q", share, got, want)
		}
	}
	f := d.Texts().Formatter()
	if a, b := desk.SayPoints(f, 12_350_000, 1), desk.SayPoints(f, -12_350_000, 1); a != "12,4" || b != "−12,4" {
		t.Errorf("points %q and %q", a, b)
	}
	for _, c := range d.Pack().Comparing.Criteria {
		if said := d.SaySwing(&c); strings.Contains(said, "⟦") {
			t.Errorf("swing of %s: %s", c.ID, said)
		}
	}
}

// The numbers of a reason add up, as printed, to the printed distance.
func TestReasonsAddUp(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	number := regexp.MustCompile(`[+−]\d+,\d`)
	head := regexp.MustCompile(`(\d+,\d) sur 100 d'écart`)
	tenth := func(s string) int {
		n, err := strconv.Atoi(strings.NewReplacer("+", "", "−", "-", ",", "").Replace(s))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	c := d.NewComparison(eso())
	c.Sites = nil
	for _, s := range d.Comparable() {
		c.Sites = append(c.Sites, s.ID)
	}
	rests := 0
	for _, w := range d.Weightings() {
		c.Weights = w.Points
		for _, said := range d.SayLead(compared(t, d, c)).Order {
			said = strings.ReplaceAll(strings.ReplaceAll(said, narrow, " "), "\u00a0", " ")
			want, sum := 0, 0
			if m := head.FindStringSubmatch(said); m != nil && !strings.Contains(said, "moins de") {
				want = tenth(m[1])
			}
			for _, n := range number.FindAllString(said, -1) {
				sum += tenth(n)
			}
			if sum != want {
				t.Errorf("%d tenths are said to be %d: %q", sum, want, said)
			}
			if strings.Contains(said, "Autres critères") {
				rests++
			}
		}
	}
	if rests == 0 {
		t.Error("no reason has a rest: nothing was tested")
	}
}

func TestALeadOfAHairSaysHowOftenOthersLead(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	w := weighed(t, d, "casanearshore", "fes-shore")
	w.Quality.Sites[w.Quality.Order[0]].Draws.First = 503_000
	w.Quality.Sites[w.Quality.Order[1]].Draws.First = 497_000
	holds(t, d.SayLead(w).Title, "En tête dans 50 % des tirages (Casanearshore dans 50 %)")
}

func TestAnExactTieIsFirstInAllDraws(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites, c.Weights = []string{"fes-shore", "oujda-shore"}, map[string]int{"status": 10}
	said := d.SayLead(compared(t, d, c)).Stable
	holds(t, said, "Fès Shore et Oujda Shore sont premières ex æquo dans tous les tirages")
	if strings.Contains(said, "arrive en tête") || strings.Contains(said, "de 0 %") {
		t.Errorf("a tie reads %q", said)
	}
}

// At an edge of nearly nothing or nearly all, the sentence stays one.
func TestEdgesStandBehindAtLeastAndUnder(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	for share, want := range map[domain.Share]string{
		0: "0 %", 4: "0,0004 %", 4_200: "0,4 %", 260_000: "26 %", 995_800: "99,6 %", 999_996: "99,9996 %", domain.ShareOne: "100 %",
	} {
		if got := strings.ReplaceAll(d.SayEdge(share), narrow, " "); got != want {
			t.Errorf("edge %d: %q, want %q", share, got, want)
		}
	}
	for _, edge := range []struct {
		from, to     domain.Share
		below, above int
		want         string
	}{
		{4_200, domain.ShareOne, 1, -1, "pèse au moins 0,4 % du total (60 % aujourd'hui) ; en dessous"},
		{0, domain.ShareOne, 1, -1, "garde un poids (60 % du total aujourd'hui) ; sans lui"},
		{0, 995_800, -1, 1, "pèse au plus 99,6 % du total (60 % aujourd'hui) ; au-dessus"},
		{0, domain.ShareOne, -1, 1, "n'est pas le seul critère qui pèse"},
	} {
		w := weighed(t, d, "casanearshore", "fes-shore")
		for i := range w.Quality.Criteria {
			s := &w.Quality.Criteria[i].Stability
			s.Below, s.Above = -1, -1
			if w.Quality.Criteria[i].ID == "irCap" {
				s.From, s.To, s.Below, s.Above = edge.from, edge.to, edge.below, edge.above
			}
		}
		said := d.SayLead(w).Stable
		holds(t, said, edge.want)
		if strings.Contains(said, "moins moins") || strings.Contains(said, "plus plus") {
			t.Errorf("ungrammatical: %q", said)
		}
	}
}

func TestWeightsThatAreAllNothingAreNotKept(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	if id, err := d.KeepWeighting("Rien", map[string]int{"irCap": 0, "status": 0}); err == nil {
		t.Errorf("kept as %q", id)
	}
}

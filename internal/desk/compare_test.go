package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

func compared(t *testing.T, d *desk.Desk, c desk.Comparison) *desk.Compared {
	t.Helper()
	r, err := d.Compare(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func three(d *desk.Desk) desk.Comparison {
	c := d.NewComparison(eso())
	c.Sites = []string{"fes-shore", "casanearshore", "dakhla"}
	return c
}

// The cost of a site is that of the estimate of the same project there.
func TestCompareCostsAsTheEstimate(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	for _, s := range compared(t, d, three(d)).Sites {
		p := eso()
		p.Site = s.Site.ID
		r, err := d.Estimate(desk.Draft{Project: p})
		if err != nil {
			t.Fatal(err)
		}
		before, _ := r.CostPerSeatMonth(false)
		after, _ := r.CostPerSeatMonth(true)
		c := s.Cost
		if c.Before != before || c.After != after || c.TotalBefore != r.EmploymentCost || c.TotalAfter != r.EmploymentCost-r.Benefits.Value || c.HasRent {
			t.Errorf("%s: %+v, the estimate says %s and %s", s.Site.ID, c, before, after)
		}
		if c.AfterLow > c.After || c.After > c.AfterHigh {
			t.Errorf("%s: after %s is not between %s and %s", s.Site.ID, c.After, c.AfterLow, c.AfterHigh)
		}
	}
}

// 40 people for 60 months are 2,400 months of people; 10 m2 at 75.50 MAD are 755
// MAD a seat and month and 1,812,000 MAD over the horizon.
func TestCompareCountsTheUsersRentAndPay(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := three(d)
	plain := compared(t, d, c)
	rent, pay, area := domain.Money(75_50), domain.Share(900_000), 10*domain.QuantityOne
	c.SeatArea = &area
	c.Terms = map[string]desk.SiteTerms{"fes-shore": {Rent: &rent}, "casanearshore": {Pay: &pay}}
	got := compared(t, d, c)
	fes, was := got.Sites[0].Cost, plain.Sites[0].Cost
	if !fes.HasRent || fes.Before != was.Before+755_00 || fes.After != was.After+755_00 || fes.TotalBefore != was.TotalBefore+1_812_000_00 {
		t.Errorf("with rent %+v, without %+v", fes, was)
	}
	p := eso()
	p.Site, p.Roles[0].GrossMonthly = "casanearshore", 27_000_00
	r, err := d.Estimate(desk.Draft{Project: p})
	if err != nil {
		t.Fatal(err)
	}
	if casa := got.Sites[1].Cost; casa.HasRent || casa.TotalBefore != r.EmploymentCost {
		t.Errorf("at 90%% of the pay %+v, the estimate says %s", casa, r.EmploymentCost)
	}
	if got.Quality.Sites[0].Quality != plain.Quality.Sites[0].Quality {
		t.Error("rent moves the quality")
	}
}

func TestCompareTakesTheUsersValue(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	c := three(d)
	if s := compared(t, d, c).Quality.Sites[2]; !s.Quality.Missing || s.Quality.Low == s.Quality.High {
		t.Errorf("Dakhla has no university of its own and its quality is %+v", s.Quality)
	}
	if _, err := d.Correct(desk.Correction{Place: "dakhla", Field: "newEntrants", Value: "1 200"}); err != nil {
		t.Fatal(err)
	}
	got := compared(t, d, c)
	if cell := got.Sites[2].Cells["newEntrants"]; cell.Datum.Own == nil || cell.Raw.Value != 1200*domain.QuantityOne {
		t.Errorf("cell %+v", cell)
	}
	if s := got.Quality.Sites[2]; s.Quality.Missing {
		t.Errorf("nothing is missing any more, and the quality is %+v", s.Quality)
	}
}

// No cap is the worst score and not a missing one; two readings are a span.
func TestCompareScoresTheCapOfTheEngine(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites = []string{"fes-shore", "casablanca-tech-valley"}
	c.Must = []desk.MustChoice{{ID: "operational"}, {ID: "directParis"}, {ID: "irCap"}}
	got := compared(t, d, c)
	for i, want := range []compare.Points{compare.Full, 0} {
		cell := got.Sites[i].Cells["irCap"]
		score := compare.ScoreOf(cell.Criterion, cell.Raw)
		if score.Missing || score.Value != want {
			t.Errorf("%s: score %+v, cell %+v", got.Sites[i].Site.ID, score, cell)
		}
	}
	valley := got.Sites[1]
	if valley.Cells["irCap"].Used.Applies || valley.Cells["irCap"].Settled {
		t.Errorf("the cap of a platform that is being launched: %+v", valley.Cells["irCap"])
	}
	states := []string{valley.Must[0].State, valley.Must[1].State, valley.Must[2].State}
	if states[0] != compare.Fail || states[1] != compare.Unknown || states[2] != compare.Fail {
		t.Errorf("must-haves are %v", states)
	}
	if !got.Quality.Sites[1].Out || got.Quality.Sites[0].Out {
		t.Error("the one that fails is ranked")
	}
}

// "More than 2 million passengers" may be three million, "up to 2 million" may be
// none; without a cap no limit is met.
func TestMustHavesDoNotGuess(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites = []string{"technopolis", "casablanca-tech-valley"}
	for _, m := range []struct {
		id    string
		num   domain.Quantity
		site  int
		state string
	}{
		{"airportPassengers", 2_000_000 * domain.QuantityOne, 0, compare.Pass},
		{"airportPassengers", 3_000_000 * domain.QuantityOne, 0, compare.Unknown},
		{"irCap", domain.QuantityOne, 0, compare.Pass},
		{"irCap", domain.QuantityOne, 1, compare.Unknown}, // 20 % or none, by the reading
	} {
		c.Must = []desk.MustChoice{{ID: m.id, Num: &m.num}}
		if got := compared(t, d, c).Sites[m.site].Must[0].State; got != m.state {
			t.Errorf("%s of %s at %s: %s, want %s", m.id, m.num, c.Sites[m.site], got, m.state)
		}
	}
	files := builtIn(t)
	replace(t, files, "sites/technopolis.toml", "value = \"2000000\"\nbound = \"more than\"", "value = \"2000000\"\nbound = \"up to\"")
	less := domain.QuantityOne
	c.Must = []desk.MustChoice{{ID: "airportPassengers", Num: &less}}
	if got := compared(t, newDesk(t, files, nil), c).Sites[0].Must[0].State; got != compare.Unknown {
		t.Errorf("up to two million are at least one: %s", got)
	}
}

// Where a platform is not open nobody stands inside it; elsewhere what the
// project says of it stays.
func TestCompareTakesEverySampleEverywhere(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	samples, err := desk.Samples(d.Texts())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range samples {
		c := d.NewComparison(p)
		c.Sites = nil
		for _, s := range d.Comparable() {
			c.Sites = append(c.Sites, s.ID)
		}
		for _, s := range compared(t, d, c).Sites {
			if open := d.Engine().InOperation(s.Site.ID); open && p.InsideP2I != nil && s.Cost.Result.Inside != *p.InsideP2I {
				t.Errorf("%s at %s: inside is %v", p.Name, s.Site.ID, s.Cost.Result.Inside)
			}
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	seat, rent, pay, share := domain.Quantity(0), domain.Money(20_000_00), domain.Share(0), domain.QuantityOne+1
	for what, c := range map[string]struct {
		change     func(c *desk.Comparison)
		field, key string
	}{
		"no site":     {func(c *desk.Comparison) { c.Sites = nil }, "sites", "compare.sites.none"},
		"twice":       {func(c *desk.Comparison) { c.Sites = []string{"agadir", "agadir"} }, "sites", "compare.sites.twice"},
		"data centre": {func(c *desk.Comparison) { c.Sites = []string{"igoudar-dakhla"} }, "sites", "site.unknown"},
		"all zero":    {func(c *desk.Comparison) { c.Weights = map[string]int{"irCap": 0} }, "weights", "compare.weights.zero"},
		"weight":      {func(c *desk.Comparison) { c.Weights = map[string]int{"irCap": 101} }, "weights.irCap", "compare.weight.range"},
		"criterion":   {func(c *desk.Comparison) { c.Weights = map[string]int{"rent": 10} }, "weights", "compare.criterion.unknown"},
		"must":        {func(c *desk.Comparison) { c.Must = []desk.MustChoice{{ID: "sea"}} }, "must", "compare.must.unknown"},
		"must number": {func(c *desk.Comparison) { c.Must = []desk.MustChoice{{ID: "charterPremium", Num: &share}} }, "must.charterPremium", "input.between"},
		"must cap":    {func(c *desk.Comparison) { c.Must = []desk.MustChoice{{ID: "irCap", Num: &share}} }, "must.irCap", "input.between"},
		"seat":        {func(c *desk.Comparison) { c.SeatArea = &seat }, "seatArea", "compare.seat.range"},
		"rent":        {func(c *desk.Comparison) { c.Terms = map[string]desk.SiteTerms{"fes-shore": {Rent: &rent}} }, "terms.fes-shore.rent", "compare.rent.range"},
		"pay":         {func(c *desk.Comparison) { c.Terms = map[string]desk.SiteTerms{"fes-shore": {Pay: &pay}} }, "terms.fes-shore.pay", "compare.pay.range"},
	} {
		in := three(d)
		c.change(&in)
		_, err := d.Compare(context.Background(), in, nil)
		var wrong *domain.Problem
		if !errors.As(err, &wrong) || wrong.Field != c.field || wrong.Msg.Key != c.key {
			t.Errorf("%s: %v, want %s at %s", what, err, c.key, c.field)
		}
	}
	in := three(d)
	in.Project = calctest.Project("fes-shore")
	if _, err := d.Compare(context.Background(), in, nil); err == nil {
		t.Error("a project without people is compared")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Compare(ctx, three(d), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestComparisonAndWeightsAreKept(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	d := newDesk(t, assets.PackFiles(), s)
	c := three(d)
	c.Weights["irCap"] = 55
	c.Must = []desk.MustChoice{{ID: "operational"}}
	id, err := d.KeepWeighting("  Mes   poids ", c.Weights)
	if err != nil {
		t.Fatal(err)
	}
	c.Weighting = id
	if err := d.KeepComparison(c); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, assets.PackFiles(), openStore(t, dir))
	got, ok := d.KeptComparison()
	if !ok || got.Weights["irCap"] != 55 || got.Weighting != id || len(got.Sites) != 3 || len(got.Must) != 1 {
		t.Errorf("kept: %+v, %v", got, ok)
	}
	w, ok := d.Weighting(id)
	if !ok || !w.Own || w.Name != "Mes poids" || w.Points["irCap"] != 55 {
		t.Errorf("weights kept: %+v", w)
	}
	if _, err := d.DropWeighting("Mes poids"); err == nil {
		t.Error("a set is dropped by its name, which a set of the pack may have too")
	}
	undo, err := d.DropWeighting(id)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := d.Weighting(id); ok {
		t.Error("still there")
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if _, ok := d.Weighting(id); !ok {
		t.Error("not brought back")
	}
}

// A criterion without any value orders nothing and is said so; sites that have the
// same in everything that weighs are level, and neither is put first.
func TestCompareSaysWhatOrdersNothing(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	c := d.NewComparison(eso())
	c.Sites, c.Weights = []string{"dakhla", "laayoune"}, map[string]int{"newEntrants": 60, "status": 40}
	got := compared(t, d, c)
	if !slices.Equal(got.Quality.Empty, []string{"newEntrants"}) || len(got.Quality.Leaders) != 2 {
		t.Errorf("empty %v, leaders %v", got.Quality.Empty, got.Quality.Leaders)
	}
	said := d.SayLead(got)
	if len(said.Names) != 2 || said.Tie == "" || !slices.ContainsFunc(said.Notes, func(note string) bool {
		return strings.Contains(note, d.CriterionName("newEntrants"))
	}) {
		t.Errorf("said %+v", said)
	}
}

// A pack may propose other weights under the same name, and lack a site, a
// criterion or a must-have.
func TestKeptComparisonOfAnotherPack(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	c := three(d)
	c.Weighting, c.Weights = "ESO", map[string]int{"irCap": 3, "gone": 5}
	c.Sites, c.Project.Site = append(c.Sites, "gone"), "gone"
	c.Must = []desk.MustChoice{{ID: "gone"}, {ID: "operational"}}
	if err := d.KeepComparison(c); err != nil {
		t.Fatal(err)
	}
	got, ok := d.KeptComparison()
	if !ok || got.Weighting != "" || len(got.Weights) != 1 || len(got.Sites) != 3 || len(got.Must) != 1 {
		t.Fatalf("kept: %+v, %v", got, ok)
	}
	if _, err := d.Compare(t.Context(), got, nil); err != nil {
		t.Errorf("what is left cannot be compared: %v", err)
	}
}

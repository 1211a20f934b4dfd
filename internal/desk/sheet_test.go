package desk_test

import (
	"errors"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// line gives a datum of a sheet by its field.
func line(t *testing.T, s *desk.Sheet, field string) *desk.Datum {
	t.Helper()
	for _, g := range s.Groups {
		for i := range g.Data {
			if g.Data[i].Field.ID == field {
				return &g.Data[i]
			}
		}
	}
	t.Fatalf("the sheet of %s has no line %s", s.Site.ID, field)
	return nil
}

func sheet(t *testing.T, d *desk.Desk, id string) *desk.Sheet {
	t.Helper()
	s, err := d.Sheet(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSheetSaysWhatIsPublishedAndWhatIsNot(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	s := sheet(t, d, "fes-shore")
	land := d.SayDatum(line(t, s, "landArea"))
	if land.Value != "22 ha" || land.When != "11/2023" || land.Sure != "presse" || len(land.Sources) == 0 {
		t.Errorf("land area is said as %+v", land)
	}
	if !strings.Contains(land.Sentence, "22 ha") {
		t.Errorf("sentence %q", land.Sentence)
	}
	if other := land.Others[0]; other.Value != "20 ha" {
		t.Errorf("other reading %+v", other)
	}
	if jobless := d.SayDatum(line(t, s, "regionUnemployment")); jobless.Value != "15,3\u202f%" {
		t.Errorf("unemployment of the region is said as %q", jobless.Value)
	}
	charge := d.SayDatum(line(t, s, "serviceCharge"))
	if charge.Value != "non publi\u00e9" || charge.When != "" || charge.Sources != nil {
		t.Errorf("what nobody published is said as %+v", charge)
	}
	lines, known := 0, 0
	for _, g := range s.Groups {
		for i := range g.Data {
			lines++
			if g.Data[i].Fact != nil {
				known++
			}
		}
	}
	if lines != s.Fields || known != s.Have || known >= lines {
		t.Errorf("%d lines, %d known; the sheet counts %d of %d", lines, known, s.Have, s.Fields)
	}
	if _, err := d.Sheet("atlantis"); err == nil {
		t.Error("an unknown site has a sheet")
	}
}

// What the engine would apply, and what nobody has settled.
func TestSheetOffersTheCapOfTheEngine(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	ten, twenty := domain.Share(100_000), domain.Share(200_000)
	for _, c := range []struct {
		site       string
		none, here domain.Share // 0 is no cap
		opening    int
	}{
		{"fes-shore", ten, ten, 0},
		{"casanearshore", twenty, twenty, 0},
		{"agadir", ten, ten, 2},
		{"casablanca-tech-valley", 0, twenty, 2}, // outside a P2I in a region that has one, until it opens
	} {
		air := sheet(t, d, c.site).AIR
		if air.Here.None.Share != c.none || air.Here.None.Applies != (c.none > 0) || air.Here.Region.Share != c.here || len(air.Opening) != c.opening {
			t.Errorf("%s: %+v", c.site, air)
		}
		if air.Rule == nil || air.Rule.Raw == "" {
			t.Errorf("%s: no rule behind the cap", c.site)
		}
	}
}

func TestCorrectIsUsedMarkedAndUndone(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	undo, err := d.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "82,5 MAD/m2/mois", AsOf: "10/2026", Note: "devis"})
	if err != nil {
		t.Fatal(err)
	}
	rent := line(t, sheet(t, d, "fes-shore"), "rent")
	said := d.SayDatum(rent)
	if !said.Own || said.When != "10/2026" || !strings.Contains(said.Published, "75") || said.Theirs != "devis" {
		t.Errorf("the user's value is said as %+v", said)
	}
	if want := "82,5\u202fMAD/m\u00b2/mois"; said.Value != want {
		t.Errorf("the user's value is written %q, want %q", said.Value, want)
	}
	if have, _ := d.Pack().Completeness(d.Pack().Site("fes-shore")); have != sheet(t, d, "fes-shore").Have {
		t.Error("a value of the user's counts as published")
	}
	if _, err := d.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "90"}); err != nil {
		t.Fatal(err)
	}
	back, err := d.Withdraw("fes-shore", "rent")
	if err != nil {
		t.Fatal(err)
	}
	if line(t, sheet(t, d, "fes-shore"), "rent").Own != nil {
		t.Error("still the user's value")
	}
	if err := back(); err != nil || line(t, sheet(t, d, "fes-shore"), "rent").Own.Value.Text != "90" {
		t.Errorf("undone: %v", err)
	}
	if err := undo(); err != nil || line(t, sheet(t, d, "fes-shore"), "rent").Own != nil {
		t.Errorf("the first value undone: %v", err)
	}
}

func TestCorrectRefuses(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	for _, c := range []struct {
		in         desk.Correction
		field, key string
	}{
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "22 m2"}, "value", "input.unit"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "15 %"}, "value", "input.unit"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: ""}, "value", "input.empty"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "200000"}, "value", "input.between"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "25", AsOf: "hier"}, "asOf", "input.asOf"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "25", AsOf: "2027"}, "asOf", "input.future"},
		{desk.Correction{Place: "fes-shore", Field: "landArea", Value: "25", AsOf: "12/2026"}, "asOf", "input.future"},
		{desk.Correction{Place: "fes-shore", Field: "directParis", Value: "peut-\u00eatre"}, "value", "input.yesNo"},
		{desk.Correction{Place: "fes-shore", Field: "openingYear", Value: "2021,5"}, "value", "input.year"},
		{desk.Correction{Place: "fes-shore", Field: "nothing", Value: "1"}, "field", "field.unknown"},
		{desk.Correction{Place: "atlantis", Field: "landArea", Value: "1"}, "site", "place.unknown"},
		{desk.Correction{Place: "fes-shore", Field: "regionUnemployment", Value: "12"}, "site", "place.unknown"},
	} {
		_, err := d.Correct(c.in)
		var wrong *domain.Problem
		if !errors.As(err, &wrong) || wrong.Field != c.field || wrong.Msg.Key != c.key {
			t.Errorf("%+v: %v, want %s at %s", c.in, err, c.key, c.field)
		}
	}
	for _, c := range []struct {
		place, field string
		found        bool
	}{
		{"fes-shore", "landArea", true},
		{"fes-shore", "regionUnemployment", true},
		{"fes-meknes", "regionUnemployment", true},
		{"fes-meknes", "landArea", false},
		{"atlantis", "landArea", false},
		{"fes-shore", "nothing", false},
	} {
		if x, err := d.Datum(c.place, c.field); (x != nil) != c.found || err != nil {
			t.Errorf("%s of %s: %v, %v", c.field, c.place, x, err)
		}
	}
	if data, _ := d.RegionData("regionUnemployment"); len(data) != 12 || data["beni-mellal-khenifra"].Fact != nil {
		t.Errorf("%d regions", len(data))
	}
	if s := d.Sites(); s[0].Kind != rules.KindP2I || d.StatusOf(s[0]).Status != rules.Operational || s[len(s)-1].ID != "igoudar-dakhla" {
		t.Errorf("order of the sites: %s first, %s last", s[0].ID, s[len(s)-1].ID)
	}
}

package desk_test

import (
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Another quantity is written in its own way, whatever its field is.
func TestOtherQuantityIsSaidInItsOwnWay(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	jobs := 40 * domain.QuantityOne
	x := desk.Datum{Field: d.Pack().Field("operator"), Place: "fes-shore", Fact: &rules.Fact{Others: []rules.OtherFact{
		{Kind: rules.OtherQuantity, Value: rules.FactValue{Names: []string{"Ewane", "MedZ"}}},
		{Kind: rules.OtherQuantity, Unit: "jobs", Value: rules.FactValue{Text: "40", Num: jobs, To: jobs}},
		{Kind: rules.OtherQuantity, Value: rules.FactValue{Text: "datum.none"}},
	}}}
	said := d.SayDatum(&x)
	for i, want := range []string{"Ewane, MedZ", "40 emplois", "non publi\u00e9"} {
		if got := said.Others[i].Value; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A pack may list its fields in any order, and publish more where it has no field.
func TestSheetLosesNothingAndHasEachGroupOnce(t *testing.T) {
	files := builtIn(t)
	text := strings.ReplaceAll(string(files["fields.toml"].Data), `group = "infra"`, `group = "access"`)
	last := strings.LastIndex(text, `group = "access"`)
	text = text[:last] + `group = "profile"` + text[last+len(`group = "access"`):]
	files["fields.toml"].Data = []byte(text)
	d := newDesk(t, files, nil)
	for _, site := range d.Sites() {
		more, seen := 0, map[string]bool{}
		for _, g := range sheet(t, d, site.ID).Groups {
			if seen[g.ID] {
				t.Errorf("%s: %s stands twice", site.ID, g.ID)
			}
			seen[g.ID] = true
			more += len(g.More)
		}
		if more != len(site.More) {
			t.Errorf("%s: %d of %d", site.ID, more, len(site.More))
		}
	}
}

package desk_test

import (
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

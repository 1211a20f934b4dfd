package formalities_test

import (
	"slices"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/rules"
)

func builtIn(t testing.TB) (*rules.Pack, *formalities.Book) {
	t.Helper()
	p, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	b, err := formalities.Load(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, b
}

// Each benefit has what is known, what the engine decides and what is to be asked,
// before and after it is got, and only what the engine knows is a condition.
func TestBuiltInPack_Items(t *testing.T) {
	p, b := builtIn(t)
	seen := map[string]int{}
	for _, benefit := range domain.Benefits {
		var asks, sourced int
		for _, stage := range []string{formalities.ToGet, formalities.ToKeep} {
			items := b.For(benefit, stage)
			if len(items) < 3 {
				t.Errorf("%s: %d items to %s it", benefit, len(items), stage)
			}
			for _, i := range items {
				switch {
				case i.Condition != "":
					seen[i.Condition]++
				case i.Ask:
					asks++
				default:
					sourced++
				}
				if i.Ask == (i.Confidence != "") || (!i.Ask && len(i.Sources) == 0) || i.VerifiedOn == "" {
					t.Errorf("%+v", i)
				}
			}
		}
		if asks < 3 || sourced < 3 {
			t.Errorf("%s: %d to ask, %d from sources", benefit, asks, sourced)
		}
	}
	for _, c := range p.Conditions {
		if seen[c.ID] != 1 {
			t.Errorf("condition %s stands %d times", c.ID, seen[c.ID])
		}
	}
}

func TestBuiltInPack_WhoDecides(t *testing.T) {
	_, b := builtIn(t)
	for benefit, want := range map[string]string{domain.AIR: "cto", domain.AIS: "cto", domain.PAE: "", domain.PAF: ""} {
		got := ""
		for _, body := range b.DecidedBy(benefit) {
			got += body.ID
		}
		if got != want {
			t.Errorf("%s is decided by %q, want %q", benefit, got, want)
		}
	}
	platform := b.Platforms[0]
	if platform.Announced != "2026-03-31" || platform.Opened != "" ||
		!slices.Equal(platform.First, []string{domain.AIR, domain.AIS}) || !slices.Equal(platform.Later, []string{domain.PAE, domain.PAF}) {
		t.Errorf("%+v", platform)
	}
}

func TestBuiltInPack_RatesAndTerms(t *testing.T) {
	_, b := builtIn(t)
	for currency, want := range map[string]struct{ mad, asOf, source string }{
		"EUR": {"10.5475", "2025-04-24", "S60"}, "USD": {"9.3", "2025-10", "S33"},
	} {
		r, ok := b.Rate(currency)
		if !ok || r.MAD.String() != want.mad || r.AsOf != want.asOf || r.Sources[0] != want.source {
			t.Errorf("%s: %+v", currency, r)
		}
	}
	if r, ok := b.Rate("GBP"); ok {
		t.Errorf("a rate out of nothing: %+v", r)
	}
	for _, id := range []string{formalities.PaperValid, formalities.ContactKept} {
		if term, ok := b.Term(id); !ok || !term.ToValidate || term.Length == 0 {
			t.Errorf("%s: %+v", id, term)
		}
	}
	for id := range formalities.WordingBlanks {
		if w, ok := b.Wording(id); !ok || !w.ToValidate || w.Version < 1 {
			t.Errorf("%s: %+v", id, w)
		}
	}
	for _, id := range []string{"A", "B", "C"} {
		if _, ok := b.Grade(id); !ok {
			t.Errorf("no grade %s", id)
		}
	}
	if got := b.Currencies(); !slices.Equal(got, []string{"EUR", "USD"}) {
		t.Errorf("currencies %v", got)
	}
}

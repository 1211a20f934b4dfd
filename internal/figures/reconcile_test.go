package figures_test

import (
	"fmt"
	"testing"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var roles = []string{figures.RoleFigure, figures.RoleContext, figures.RoleTrap}

func lists() *rapid.Generator[[]figures.Observation] {
	return rapid.Custom(func(t *rapid.T) []figures.Observation {
		var list []figures.Observation
		for i := range rapid.IntRange(1, 12).Draw(t, "readings") {
			n := figures.Num{Micros: rapid.Int64Range(1, 40).Draw(t, "value") * 100_000_000}
			if rapid.Bool().Draw(t, "precise") {
				n.Micros += rapid.Int64Range(0, 99).Draw(t, "digits") * 1_000_000
			}
			list = append(list, figures.Observation{
				ID:    fmt.Sprintf("o%02d", i),
				Key:   figures.Key{Segment: rapid.SampledFrom([]string{"ITO", "CRM"}).Draw(t, "segment"), Series: figures.NoSeries},
				Value: n, Role: rapid.SampledFrom(roles).Draw(t, "role"),
				Sources: []rules.Source{{Date: rapid.SampledFrom([]string{rules.Undated, "2024", "2025-10"}).Draw(t, "date")}},
			})
		}
		return list
	})
}

func TestReconcile_OrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := lists().Draw(t, "list")
		want := figures.Reconcile(list)
		got := figures.Reconcile(rapid.Permutation(list).Draw(t, "shuffled"))
		if d := cmp.Diff(want, got, cmp.AllowUnexported(figures.Period{})); d != "" {
			t.Fatal(d)
		}
	})
}

func TestReconcile_CanonicalIsAReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := lists().Draw(t, "list")
		kept := 0
		for _, g := range figures.Reconcile(list) {
			kept += len(g.Readings)
			checkGroup(t, g, list)
		}
		if kept != len(list) {
			t.Fatalf("%d readings of %d are kept", kept, len(list))
		}
	})
}

func checkGroup(t *rapid.T, g figures.Group, list []figures.Observation) {
	best, figureSeen := g.Canonical(), false
	for _, r := range g.Readings {
		figureSeen = figureSeen || r.Role == figures.RoleFigure
		if r.Reason.Key == "" {
			t.Fatalf("%s has no reason", r.ID)
		}
		if best == nil && r.Role != figures.RoleTrap {
			t.Fatalf("%s could be canonical", r.ID)
		}
		if best == nil || r.ID == best.ID {
			continue
		}
		if class, _ := figures.Classify(r.Value, best.Value); r.Class != class || r.Against != best.ID {
			t.Fatalf("%s is %s against %q, want %s against %s", r.ID, r.Class, r.Against, class, best.ID)
		}
		if r.Role == best.Role && r.Value.Place() < best.Value.Place() {
			t.Fatalf("%s is more precise than the canonical %s", r.ID, best.ID)
		}
	}
	if best == nil {
		return
	}
	if best.Role == figures.RoleTrap || best.Role == figures.RoleContext && figureSeen {
		t.Fatalf("canonical is %s, a %s", best.ID, best.Role)
	}
	for _, o := range list {
		if o.ID == best.ID && o.Value == best.Value {
			return
		}
	}
	t.Fatalf("the canonical %s is no reading", best.Value)
}

func TestReconcile_Rule(t *testing.T) {
	reading := func(id, value, role, date string) figures.Observation {
		return figures.Observation{
			ID: id, Value: num(t, value), Role: role, Sources: []rules.Source{{Date: rules.Undated}, {Date: date}},
		}
	}
	chosen := reading("chosen", "2500", figures.RoleFigure, "2020")
	chosen.Chosen = true
	doubtful := reading("doubtful", "2587", figures.RoleFigure, "2025")
	doubtful.Confidence = rules.Unverified
	for _, c := range []struct {
		name, best, reason string
		list               []figures.Observation
	}{
		{"chosen beats precise", "chosen", "figures.reason.chosen", []figures.Observation{reading("a", "2587", figures.RoleFigure, "2025"), chosen}},
		{"precise beats new", "a", "figures.reason.most_precise", []figures.Observation{
			reading("a", "2587", figures.RoleFigure, "2020"), reading("b", "2500", figures.RoleFigure, "2025"),
		}},
		{"new beats id", "b", "figures.reason.newest", []figures.Observation{
			reading("a", "2500", figures.RoleFigure, "2020"), reading("b", "2600", figures.RoleFigure, "2025-10"),
		}},
		{"id is last", "a", "figures.reason.first", []figures.Observation{
			reading("b", "2500", figures.RoleFigure, "2020"), reading("a", "2600", figures.RoleFigure, "2020"),
		}},
		{"figure beats precise context", "a", "figures.reason.only", []figures.Observation{
			reading("a", "2500", figures.RoleFigure, "2020"), reading("b", "2587", figures.RoleContext, "2025"),
		}},
		{"context alone", "b", "figures.reason.only", []figures.Observation{
			reading("a", "2587", figures.RoleTrap, "2025"), reading("b", "2500", figures.RoleContext, "2020"),
		}},
		{"traps only", "", "figures.reason.trap", []figures.Observation{reading("a", "2587", figures.RoleTrap, "2025")}},
		{"checked beats precise", "a", "figures.reason.checked", []figures.Observation{
			reading("a", "2500", figures.RoleFigure, "2020"), doubtful,
		}},
		{"unchecked alone", "doubtful", "figures.reason.only", []figures.Observation{doubtful}},
	} {
		groups := figures.Reconcile(c.list)
		if len(groups) != 1 {
			t.Fatalf("%s: %d groups", c.name, len(groups))
		}
		best := ""
		if r := groups[0].Canonical(); r != nil {
			best = r.ID
		}
		if reason := groups[0].Readings[0].Reason.Key; best != c.best || reason != c.reason {
			t.Errorf("%s: canonical %q (%s), want %q (%s)", c.name, best, reason, c.best, c.reason)
		}
	}
}

// 15.8 bn of one series and 26.17 bn of another never meet.
func TestReconcile_KeepsSeriesApart(t *testing.T) {
	of := func(id, series, value string) figures.Observation {
		return figures.Observation{ID: id, Key: figures.Key{Series: series}, Role: figures.RoleFigure, Value: num(t, value)}
	}
	groups := figures.Reconcile([]figures.Observation{of("a", "old", "17900"), of("b", "new", "26170")})
	if len(groups) != 2 || groups[0].Canonical() == nil || groups[1].Canonical() == nil {
		t.Errorf("got %+v", groups)
	}
}

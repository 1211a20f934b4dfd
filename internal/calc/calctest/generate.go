package calctest

import (
	"maps"
	"slices"

	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// Combinations lists all 96 combinations of the readings in the order of the
// specification's table, defaults first.
var Combinations = func() []map[string]string {
	table := []struct {
		id     string
		values []string
	}{
		{"pae.frequency", []string{"once", "annual"}},
		{"premium.cap", []string{"base", "total", "yearly"}},
		{"regime.end", []string{"cut", "run"}},
		{"air.outside", []string{"none", "region"}},
		{"air.export", []string{"prorata", "full"}},
		{"ais.base", []string{"export", "all"}},
	}
	out := []map[string]string{{}}
	for _, row := range table {
		var next []map[string]string
		for _, c := range out {
			for _, v := range row.values {
				d := maps.Clone(c)
				d[row.id] = v
				next = append(next, d)
			}
		}
		out = next
	}
	return out
}()

// Departures is the number of readings that are not the default.
func Departures(c map[string]string) (n int) {
	for id, v := range c {
		if Combinations[0][id] != v {
			n++
		}
	}
	return n
}

// Shape steers a generator towards what a property needs.
type Shape struct {
	Months int  // longest horizon
	Tame   bool // nothing so small that it rounds to no centime
}

// Projects draws projects over all places, hires before the start, in 2025 and
// around the end of the regime, with every optional value given or not.
func Projects(e *calc.Engine, s Shape) *rapid.Generator[domain.Project] {
	places := slices.Sorted(slices.Values(e.Places()))
	return rapid.Custom(func(t *rapid.T) domain.Project {
		p := domain.Project{
			Name: "Essai", Segment: "CRM",
			Site: rapid.SampledFrom(places).Draw(t, "site"),
			From: rapid.SampledFrom([]domain.Month{
				domain.NewMonth(2025, 1), domain.NewMonth(2025, 7), domain.NewMonth(2026, 1), domain.NewMonth(2026, 4),
				domain.NewMonth(2028, 9), domain.NewMonth(2030, 7), domain.NewMonth(2031, 1),
			}).Draw(t, "from"),
		}
		given := func(what string) bool { return rapid.Bool().Draw(t, what+" given") }
		months := 60
		if s.Months < 60 || given("months") {
			months = rapid.IntRange(1, s.Months).Draw(t, "months")
			p.Months = &months
		}
		if given("insideP2I") {
			in := e.InOperation(p.Site) && rapid.Bool().Draw(t, "insideP2I")
			p.InsideP2I = &in
		}
		if given("operationStart") {
			m := domain.NewMonth(rapid.IntRange(2018, 2028).Draw(t, "operation year"), rapid.IntRange(1, 12).Draw(t, "operation month"))
			p.OperationStart = &m
		}
		if given("exportShare") {
			p.ExportShare = drawShare(t, "exportShare")
		}
		for range rapid.IntRange(1, 3).Draw(t, "roles") {
			p.Roles = append(p.Roles, drawRole(t, s, given, p.From, months))
		}
		if given("profits") {
			p.Profits = drawProfits(t, p.From, months)
		}
		p.Readings = maps.Clone(rapid.SampledFrom(Combinations).Draw(t, "readings"))
		for id := range Combinations[0] {
			if rapid.IntRange(0, 5).Draw(t, id+" settled") == 0 {
				p.Settled = append(p.Settled, id)
			}
		}
		slices.Sort(p.Settled)
		return p
	})
}

func drawShare(t *rapid.T, what string) *domain.Share {
	v := rapid.OneOf(
		rapid.SampledFrom([]domain.Share{0, 350_000, 700_000, domain.ShareOne}),
		rapid.Custom(func(t *rapid.T) domain.Share { return domain.Share(rapid.IntRange(0, 1_000_000).Draw(t, "millionths")) }),
	).Draw(t, what)
	return &v
}

func drawRole(t *rapid.T, s Shape, given func(string) bool, from domain.Month, months int) domain.Role {
	pay := rapid.OneOf(
		rapid.Int64Range(1, 12_000_000), // up to 120,000 a month
		rapid.SampledFrom([]int64{600_000, 650_000, 2_500_000, 1_255_400, 80_000_000}), // thresholds
	).Draw(t, "pay")
	if s.Tame {
		pay += 300_000
	}
	r := domain.Role{Title: "Profil", GrossMonthly: domain.Money(pay)}
	if given("annualRaise") {
		v := domain.Share(rapid.SampledFrom([]int{0, 25_000, 33_333, 100_000}).Draw(t, "annualRaise"))
		r.AnnualRaise = &v
	}
	if given("dependants") {
		v := rapid.IntRange(0, 9).Draw(t, "dependants")
		r.Dependants = &v
	}
	if given("moroccanShare") {
		r.MoroccanShare = drawShare(t, "moroccanShare")
	}
	if given("annualAttrition") {
		r.AnnualAttrition = drawShare(t, "annualAttrition")
		if s.Tame && *r.AnnualAttrition > 500_000 {
			r.AnnualAttrition = Share("1")
		}
	}
	first := int(domain.NewMonth(2025, 1))
	for range rapid.IntRange(1, 3).Draw(t, "hires") {
		m := rapid.OneOf(
			rapid.IntRange(first, max(first, int(from))),                                 // before the start
			rapid.IntRange(int(from), int(from)+months+2),                                // in the horizon and just after
			rapid.IntRange(int(domain.NewMonth(2025, 5)), int(domain.NewMonth(2025, 9))), // opening of the regime
			rapid.IntRange(int(domain.NewMonth(2029, 4)), int(domain.NewMonth(2031, 2))), // its end
		).Draw(t, "hire month")
		r.Hires = append(r.Hires, domain.Hire{Month: domain.Month(m), Count: rapid.IntRange(1, 400).Draw(t, "count")})
	}
	return r
}

func drawProfits(t *rapid.T, from domain.Month, months int) []domain.Profit {
	out := []domain.Profit{}
	for y := max(2026, from.Year()-1); y <= (from+domain.Month(months)).Year()+1; y++ {
		if rapid.Bool().Draw(t, "profit given") {
			v := rapid.OneOf(
				rapid.Int64Range(0, 5_000_000_000),
				rapid.SampledFrom([]int64{9_999_999_999, 10_000_000_000, 33_333_333_333}),
			).Draw(t, "profit")
			out = append(out, domain.Profit{Year: y, Taxable: domain.Money(v)})
		}
	}
	return out
}

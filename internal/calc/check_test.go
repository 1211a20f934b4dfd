package calc_test

import (
	"errors"
	"strings"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// Each refusal names the field, what stood there and what is accepted.
func TestCheckRefuses(t *testing.T) {
	e := calctest.Engine(t)
	month := calctest.Month
	profit := func(year int, taxable domain.Money) domain.Profit { return domain.Profit{Year: year, Taxable: taxable} }
	for _, tc := range []struct {
		name              string
		change            func(*domain.Project)
		field, value, key string
	}{
		{"no name", func(p *domain.Project) { p.Name = " " }, "name", " ", "refuse.empty"},
		{"name too long", func(p *domain.Project) { p.Name = strings.Repeat("é", 201) }, "name", strings.Repeat("é", 201), "refuse.long"},
		{"unknown segment", func(p *domain.Project) { p.Segment = "eso" }, "segment", "eso", "refuse.oneOf"},
		{"unknown site", func(p *domain.Project) { p.Site = "tanger" }, "site", "tanger", "refuse.oneOf"},
		{"data centre", func(p *domain.Project) { p.Site = "igoudar-dakhla" }, "site", "igoudar-dakhla", "refuse.dataCentre"},
		{"inside a platform being launched", func(p *domain.Project) { p.Site, p.InsideP2I = "agadir", ptr(true) }, "insideP2I", "true", "refuse.noP2I"},
		{"inside a region", func(p *domain.Project) { p.Site, p.InsideP2I = "fes-meknes", ptr(true) }, "insideP2I", "true", "refuse.noP2I"},
		{"start before the pack", func(p *domain.Project) { p.From = month("2024-12") }, "from", "2024-12", "refuse.monthRange"},
		{"start too late", func(p *domain.Project) { p.From = month("2100-01") }, "from", "2100-01", "refuse.monthRange"},
		{"no month", func(p *domain.Project) { p.Months = ptr(0) }, "months", "0", "refuse.range"},
		{"181 months", func(p *domain.Project) { p.Months = ptr(181) }, "months", "181", "refuse.range"},
		{"operation before 1900", func(p *domain.Project) { p.OperationStart = ptr(month("1899-12")) }, "operationStart", "1899-12", "refuse.monthRange"},
		{"export share above one", func(p *domain.Project) { p.ExportShare = ptr(domain.Share(1_000_001)) }, "exportShare", "1.000001", "refuse.share"},
		{"negative export share", func(p *domain.Project) { p.ExportShare = ptr(domain.Share(-1)) }, "exportShare", "-0.000001", "refuse.share"},
		{"no role", func(p *domain.Project) { p.Roles = nil }, "roles", "", "refuse.noRole"},
		{"no title", func(p *domain.Project) { p.Roles[0].Title = "" }, "roles[0].title", "", "refuse.empty"},
		{"no pay", func(p *domain.Project) { p.Roles[1].GrossMonthly = 0 }, "roles[1].grossMonthly", "0.00", "refuse.pay"},
		{"negative pay", func(p *domain.Project) { p.Roles[1].GrossMonthly = -1 }, "roles[1].grossMonthly", "-0.01", "refuse.pay"},
		{"pay beyond the limit", func(p *domain.Project) { p.Roles[0].GrossMonthly = calc.MaxPay + 1 }, "roles[0].grossMonthly", "10000000.01", "refuse.pay"},
		{"raise above one", func(p *domain.Project) { p.Roles[0].AnnualRaise = ptr(domain.Share(2_000_000)) }, "roles[0].annualRaise", "2.00", "refuse.share"},
		{"raises beyond the limit", func(p *domain.Project) {
			p.Roles[0].GrossMonthly, p.Roles[0].AnnualRaise = calctest.Money("700000.00"), ptr(domain.ShareOne)
		}, "roles[0].annualRaise", "1.00", "refuse.raise"},
		{"negative dependants", func(p *domain.Project) { p.Roles[0].Dependants = ptr(-1) }, "roles[0].dependants", "-1", "refuse.range"},
		{"Moroccan share above one", func(p *domain.Project) { p.Roles[1].MoroccanShare = ptr(domain.Share(1_100_000)) }, "roles[1].moroccanShare", "1.10", "refuse.share"},
		{"attrition above one", func(p *domain.Project) { p.Roles[1].AnnualAttrition = ptr(domain.Share(1_100_000)) }, "roles[1].annualAttrition", "1.10", "refuse.share"},
		{"no hire", func(p *domain.Project) { p.Roles[0].Hires = nil }, "roles[0].hires", "", "refuse.noHire"},
		{"hire before the pack", func(p *domain.Project) { p.Roles[0].Hires[0].Month = month("2024-12") }, "roles[0].hires[0].month", "2024-12", "refuse.monthRange"},
		{"nobody hired", func(p *domain.Project) { p.Roles[0].Hires[0].Count = 0 }, "roles[0].hires[0].count", "0", "refuse.range"},
		{"100,001 hired", func(p *domain.Project) { p.Roles[0].Hires[0].Count = 100_001 }, "roles[0].hires[0].count", "100001", "refuse.range"},
		{"profit of 2025", func(p *domain.Project) { p.Profits = []domain.Profit{profit(2025, 1)} }, "profits[0].year", "2025", "refuse.range"},
		{"profit given twice", func(p *domain.Project) {
			p.Profits = []domain.Profit{profit(2026, 1), profit(2027, 1), profit(2026, 2)}
		}, "profits[2].year", "2026", "refuse.twice"},
		{"negative profit", func(p *domain.Project) { p.Profits = []domain.Profit{profit(2026, -1)} }, "profits[0].taxable", "-0.01", "refuse.amount"},
		{"unknown reading", func(p *domain.Project) { p.Readings = map[string]string{"pae": "once"} }, "readings.pae", "once", "refuse.oneOf"},
		{"unknown value of a reading", func(p *domain.Project) { p.Readings = map[string]string{"regime.end": "stop"} }, "readings.regime.end", "stop", "refuse.oneOf"},
		{"unknown reading settled", func(p *domain.Project) { p.Settled = []string{"ais.base", "ais"} }, "settled[1]", "ais", "refuse.oneOf"},
		{"reading settled twice", func(p *domain.Project) { p.Settled = []string{"ais.base", "ais.base"} }, "settled[1]", "ais.base", "refuse.twice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := calctest.Project("fes-shore", calctest.Role("9000.00", "2026-01", 1), calctest.Role("9000.00", "2026-01", 1))
			tc.change(&p)
			c, err := e.Case(p)
			var found calc.Problems
			if c != nil || !errors.As(err, &found) {
				t.Fatalf("accepted: %v", err)
			}
			if len(found) != 1 || found[0].Field != tc.field || found[0].Value != tc.value || found[0].Msg.Key != tc.key {
				t.Errorf("%v, want one problem %q %q %s", found, tc.field, tc.value, tc.key)
			}
		})
	}
}

// Every problem is found at once, and the limits themselves are accepted.
func TestCheckFindsAllAndAcceptsTheLimits(t *testing.T) {
	e := calctest.Engine(t)
	p := calctest.Project("nowhere", calctest.Role("9000.00", "2024-01", 0))
	p.Months = ptr(999)
	var fields []string
	for _, x := range e.Check(&p) {
		fields = append(fields, x.Field)
	}
	if got := strings.Join(fields, " "); got != "site months roles[0].hires[0].month roles[0].hires[0].count" {
		t.Errorf("found %s", got)
	}
	// The largest project must not overflow: ten roles of 100,000 at the highest
	// pay for 180 months, under every combination, against the oracle.
	p = calctest.Project("fes-shore")
	p.Months, p.ExportShare = ptr(180), ptr(domain.Share(999_999))
	for range 10 {
		p.Roles = append(p.Roles, calctest.Role(calc.MaxPay.String(), "2026-01", calc.MaxCount))
	}
	p.Profits = []domain.Profit{{Year: 2026, Taxable: calctest.Money("9999999999999999.99")}}
	start := calctest.Month("1900-01")
	p.OperationStart = &start
	for _, read := range []map[string]string{calctest.Combinations[0], calctest.Combinations[32], calctest.Combinations[95]} {
		want := estimate(p, read)
		for _, y := range calctest.Case(t, e, under(p, read)).Years() {
			for line, got := range totals([]calc.Year{y}) {
				if got != want.lines[line][y.Year] {
					t.Errorf("%s of %d = %s, oracle %s", line, y.Year, got, want.lines[line][y.Year])
				}
			}
		}
	}
}

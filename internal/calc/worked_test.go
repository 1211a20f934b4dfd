package calc_test

import (
	"testing"

	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// The table "Worked by hand" of the specification of the estimate, to the
// centime; its amounts were typed in from there.
func TestWorkedTable(t *testing.T) {
	e := calctest.Engine(t)
	for _, tc := range []struct {
		name           string
		count          int
		pay, site      string
		frequency      string
		air, pae, paf  string
		employmentCost string
	}{
		{"100 at 12,000 in Casanearshore", 100, "12000.00", "casanearshore", "once", "0.00", "2448000.00", "2520000.00", "83952000.00"},
		{"the same, PAE annual", 100, "12000.00", "casanearshore", "annual", "0.00", "12240000.00", "2520000.00", "83952000.00"},
		{"40 at 30,000 in Fès Shore", 40, "30000.00", "fes-shore", "once", "10529241.60", "2040000.00", "2100000.00", "82012320.00"},
		{"the same in Casanearshore", 40, "30000.00", "casanearshore", "once", "3329241.60", "2040000.00", "2100000.00", "82012320.00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := calctest.Project(tc.site, calctest.Role(tc.pay, "2026-01", tc.count))
			p.Readings = map[string]string{domain.ReadingPAEFrequency: tc.frequency}
			r := calctest.Case(t, e, p).Result()
			calctest.Want(t, "AIR", r.AIR.Value, tc.air)
			calctest.Want(t, "PAE", r.PAE.Value, tc.pae)
			calctest.Want(t, "PAF", r.PAF.Value, tc.paf)
			calctest.Want(t, "AIS", r.AIS.Value, "0.00")
			calctest.Want(t, "employment cost", r.EmploymentCost, tc.employmentCost)
		})
	}
}

// Income tax per head and year, single, no dependant (same table).
func TestIncomeTaxPerHead(t *testing.T) {
	e := calctest.Engine(t)
	for pay, want := range map[string]string{
		"8000.00": "3320.96", "12000.00": "12856.80", "15000.00": "24820.18",
		"20000.00": "45249.65", "30000.00": "88646.21",
	} {
		p := calctest.Project("fes-shore", calctest.Role(pay, "2026-01", 1))
		months := 12
		p.Months = &months
		r := calctest.Case(t, e, p).Result()
		calctest.Want(t, "income tax at "+pay, r.IncomeTax, want)
	}
}

package calc_test

import (
	"slices"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
)

// Attrition counts from the month after the hire: before the regime, where no
// premium depends on who stays, one month alone leaves nothing to assume.
func TestAttritionIsAssumedFromTheSecondMonthOn(t *testing.T) {
	e := calctest.Engine(t)
	for months, want := range map[int]bool{1: false, 2: true} {
		p := calctest.Project("fes-shore", calctest.Role("9000.00", "2025-01", 10))
		p.From, p.Months = calctest.Month("2025-01"), ptr(months)
		got := slices.Contains(calctest.Case(t, e, p).Result().Assumed, "roles[0].annualAttrition")
		if got != want {
			t.Errorf("%d months: assumed %v, want %v", months, got, want)
		}
	}
}

// Where AIR is paid its level is above the cap, be it by less than a millionth:
// the pays on both sides of the crossing are those of payroll-thresholds.toml.
func TestLevelConditionFollowsAIRAtTheCrossing(t *testing.T) {
	e := calctest.Engine(t)
	for pay, want := range map[string]string{"12553.55": calc.No, "12553.56": calc.Yes} {
		r := calctest.Case(t, e, calctest.Project("fes-shore", calctest.Role(pay, "2026-01", 100))).Result()
		for _, c := range r.Conditions {
			if c.Benefit == domain.AIR && c.ID == "air.level" && c.State != want {
				t.Errorf("pay %s, AIR %s: the level is above the cap: %s, want %s", pay, r.AIR.Value, c.State, want)
			}
		}
		if (r.AIR.Value > 0) != (want == calc.Yes) {
			t.Errorf("pay %s: AIR %s", pay, r.AIR.Value)
		}
	}
}

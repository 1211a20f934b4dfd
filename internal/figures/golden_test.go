package figures_test

import (
	"strings"
	"testing"

	"atlasp2i/internal/figures"
)

// moroccan is a quantity of the newest series.
func moroccan(t *testing.T, indicator, segment, period string) figures.Key {
	unit := "%"
	if indicator == "exports" {
		unit = "MAD million"
	}
	return figures.Key{Country: "MA", Indicator: indicator, Segment: segment, Period: per(t, period), Series: "OC-2025", Unit: unit}
}

// The table of recommended values, typed from the research and not from the pack:
// indicator, segment, period, value, and for a derived one ! and its bounds.
const recommended = `
exports ITO 2024 10578
exports CRM 2024 9797
exports ESO 2024 3462
exports BPO 2024 2334
exports KPO 2024 48
exports KPO 2023 78
exports TOTAL 2023 26170
exports TOTAL 2024-H1 12900
exports TOTAL 2025-H1 13400
exports ITO 2025-H1 5250
exports CRM 2025-H1 4190
exports ESO 2025-H1 2587
exports BPO 2025-H1 1300
exports KPO 2025-H1 21
exports CRM 2024-Q3 2814
exports CRM 2024-Q4 2183
exportsGrowth ESO 2024 7.1
exportsGrowth BPO 2024 17
exportsGrowth TOTAL 2024 0.2
exportsGrowth TOTAL 2025-H1 3.5
exportShare ITO 2024 40.3
exportShare CRM 2024 37.4
exportShare ESO 2024 13.2
exportShare BPO 2024 8.9
exportShare KPO 2024 0.2
exports TOTAL 2024 26219 ! 26216 26222
exports CRM 2024-H1 4800 ! 4798 4802
exports CRM 2024-H2 4997 ! 4996 4998
exports ITO+CRM 2023 20863 ! 20853 20873
exports ITO+CRM 2024 20375 ! 20374 20376
exports ITO+CRM 2025-H1 9440 ! 9430 9460
exportsGrowth CRM 2025-H1 -12.7 ! -12.9 -12.4
exportsGrowth KPO 2024 -38.5 ! -39.5 -37.4
exportsGrowth ITO+CRM 2024 -2.3 ! -2.4 -2.2
exportsGrowth ITO+ESO+BPO+KPO 2025-H1 13 ! 12 14
exportShare ITO 2025-H1 39.2 ! 39.1 39.5
exportShare CRM 2025-H1 31.3 ! 31.2 31.5
exportShare ESO 2025-H1 19.3 ! 19.2 19.4
exportShare BPO 2025-H1 10 ! 9 11
exportShare KPO 2025-H1 0.2 ! 0.1 0.2
exportShare ITO+CRM 2025-H1 70.6 ! 70.3 70.9
exportShare CRM+BPO 2024 46.3 ! 46.2 46.3
`

func TestPack_RecommendedValues(t *testing.T) {
	b := book(t)
	for line := range strings.Lines(strings.TrimSpace(recommended)) {
		f := strings.Fields(line)
		g := b.Group(moroccan(t, f[0], f[1], f[2]))
		if g == nil {
			t.Errorf("%s is not there", line)
			continue
		}
		p, ok := g.Point()
		derived := len(f) > 4
		if !ok || p.Value.String() != f[3] || p.Derived != derived {
			t.Errorf("got %s (derived: %t), want %s", p.Value, p.Derived, line)
		} else if derived && (p.Low.String() != f[5] || p.High.String() != f[6]) {
			t.Errorf("bounds are %s to %s, want %s", p.Low, p.High, line)
		}
	}
}

// Where only a coarse reading is published, the derived value stands beside it.
func TestPack_FinerThanPublished(t *testing.T) {
	b := book(t)
	for _, c := range []struct{ segment, period, published, derived, low, high string }{
		{"ESO", "2023", "3200", "3232", "3230", "3235"},
		{"BPO", "2023", "1900", "1997", "1994", "1999"},
		{"TOTAL", "2024-H1", "12900", "12922", "12893", "12950"},
		{"TOTAL", "2025-H1", "13400", "13380", "13350", "13409"},
		{"BPO", "2025-H1", "1300", "1336", "1300", "1372"},
	} {
		g := b.Group(moroccan(t, "exports", c.segment, c.period))
		v := g.Finer()
		if v == nil || g.Canonical().Value.String() != c.published || v.Value.String() != c.derived ||
			v.Low.String() != c.low || v.High.String() != c.high {
			t.Errorf("%+v: got %+v", c, v)
		}
	}
}

// What was cut off and not rounded may be a whole step more.
func TestPack_BoundsOfTheTruncated(t *testing.T) {
	b := book(t)
	for period, want := range map[string]string{"2023": "1900 1900 1999", "2025-H1": "1300 1300 1399"} {
		c := b.Group(moroccan(t, "exports", "BPO", period)).Canonical()
		if c.Low == nil || c.Value.String()+" "+c.Low.String()+" "+c.High.String() != want {
			t.Errorf("exports of BPO in %s: %+v, want %s", period, c, want)
		}
	}
}

// n.p. in the table: not zero, not interpolated, not there.
func TestPack_NotPublished(t *testing.T) {
	b := book(t)
	for segment, periods := range map[string]string{
		"ITO": "2023 2024-H1 2024-Q3 2024-Q4", "CRM": "2023", "ESO": "2024-H1", "BPO": "2024-H1", "KPO": "2024-H1", "ITO+CRM": "2024-H1",
		"TOTAL": "2024-Q3 2025 2022",
	} {
		for period := range strings.FieldsSeq(periods) {
			if g := b.Group(moroccan(t, "exports", segment, period)); g != nil {
				t.Errorf("exports of %s in %s: %+v", segment, period, g)
			}
		}
	}
	for segment, periods := range map[string]string{
		"ITO": "2024 2025-H1", "CRM": "2024", "ESO": "2025-H1", "BPO": "2025-H1", "KPO": "2025-H1", "ITO+CRM": "2025-H1",
	} {
		for period := range strings.FieldsSeq(periods) {
			if g := b.Group(moroccan(t, "exportsGrowth", segment, period)); g != nil {
				t.Errorf("growth of %s in %s: %+v", segment, period, g)
			}
		}
	}
	if g := b.Group(moroccan(t, "exports", "TOTAL", "2025-H1")); g.Sum != nil {
		t.Errorf("the sum of the half-year is not a total: %s", g.Sum.Value)
	}
}

// What each reading in conflict is to the value taken, in the pack itself.
func TestPack_Conflicts(t *testing.T) {
	b := book(t)
	class := map[string]figures.Result{}
	for _, g := range b.Groups(figures.Query{}) {
		for _, r := range g.Readings {
			class[r.ID] = r
		}
	}
	for _, c := range []struct{ id, value, class, against string }{
		{"o063", "2587", "canonical", ""}, {"o016", "2580", "truncated", "o063"}, {"o035", "2500", "truncated", "o063"}, // C1
		{"o052", "3462", "canonical", ""}, {"o034", "3400", "truncated", "o052"}, // C2
		{"o036", "1900", "canonical", ""},                                      // C3: published alone, derived beside it
		{"o054", "2334", "canonical", ""}, {"o037", "2300", "rounded", "o054"}, // C4
		{"o047", "10578", "canonical", ""}, {"o012", "10600", "rounded", "o047"}, // C5
		{"o049", "9797", "canonical", ""}, {"o013", "9800", "rounded", "o049"}, // C6
		{"o004", "26200", "rounded", "total-2024"}, {"o064", "26220", "rounded", "total-2024"}, // C7
		{"o005", "26170", "canonical", ""},                                        // C8
		{"o021", "15800", "canonical", ""}, {"o167", "15700", "conflict", "o021"}, // C9
		{"o018", "2800", "equal", "o065"}, {"o158", "2700", "conflict", "o065"}, // C12
		{"o241", "140000", "conflict", "o235"}, {"o243", "270000", "conflict", "o235"}, // C16
		{"o239", "130000", "conflict", "o236"},                                  // C17
		{"o238", "40000", "conflict", ""},                                       // C18
		{"o176", "6860", "canonical", ""}, {"o177", "6680", "conflict", "o176"}, // C24
	} {
		r, known := class[c.id]
		if !known || r.Value.String() != c.value || string(r.Class) != c.class || c.against != "" && r.Against != c.against {
			t.Errorf("%s: got %s %s against %q, want %+v", c.id, r.Value, r.Class, r.Against, c)
		}
	}
	for id, r := range class {
		if r.Role == figures.RoleTrap && r.Class == figures.Canonical {
			t.Errorf("%s is a trap and canonical", id)
		}
	}
}

// The two methods share the year 2023 and no line: 15.8 bn to 26.2 bn is no growth.
func TestPack_BreakIsNeverJoined(t *testing.T) {
	total := map[string]string{}
	for _, l := range book(t).Lines(figures.Query{Country: "MA", Indicator: "exports", Segment: "TOTAL", Unit: "MAD million"}) {
		for _, p := range l.Points {
			if p.Key.Series != l.Series {
				t.Errorf("%s is on the line of %s", p.ID, l.Series)
			}
			if p.Key.Period == per(t, "2023") {
				total[l.Series] = p.Value.String()
			}
		}
	}
	if total["OC-2025"] != "26170" || total["MTNRA-FMES-pre2025"] != "17900" {
		t.Errorf("got %v", total)
	}
}

// The arithmetic of the research, typed from it: check, result to the digits
// given there, and whether what is claimed holds.
const arithmetic = `
sum-2024 26219 holds
sum-2024-minister 26219 holds
sum-2024-press 26219 holds
share-ito-2024 40.345 holds
share-crm-2024 37.366 holds
share-eso-2024 13.204 holds
share-bpo-2024 8.902 holds
share-kpo-2024 0.183 holds
shares-sum-2024 100.0 holds
ito-crm-78 77.7 holds
ito-crm-three-quarters 77.7 holds
ito-crm-80 77.7 fails
growth-2024 0.19 holds
growth-2024-rounded 0.1 fails
eso-2023-range 3232 holds
eso-growth-truncated 6.3 fails
bpo-growth-truncated 21 fails
kpo-growth-2024 -38.5 holds
ito-crm-2023 20863 holds
ito-crm-growth -2.3 holds
ito-crm-fall -488 holds
crm-2024-h2 4997 holds
crm-2024-h1 4800 holds
crm-growth-2025-h1 -12.7 holds
rest-growth-2025-h1 13 holds
sum-2025-h1 13348 holds
sum-2025-h1-total 13348 fails
growth-2025-h1-levels 3.9 fails
growth-2025-h1-bounds 3.9 holds
eso-to-2024 74.7 holds
eso-to-2023 80.0 fails
jobs-sum 148500 holds
jobs-two-years 18500 holds
jobs-double 1.82 holds
exports-pace 7.3 holds
jobs-pace 10.5 holds
jobs-to-2026 41500 holds
exports-per-job 176600 holds
target-exports-per-job 148100 holds
exports-per-job-rises -16 fails
growth-2021-2023 21.8 fails
growth-2011-2015 2.39 holds
outsourcers-share-2015 66.05 holds
outsourcers-growth 12.4 fails
outsourcers-growth-exact 12.4 holds
crm-gdp-claim 0.7 fails
series-ratio-2023 1.46 holds
target-to-2024 1.53 holds
target-to-2022 2.53 holds
usd-2024-high 9.36 holds
usd-2024-low 9.71 holds
crm-bpo-share 46.3 holds
`

func TestPack_Arithmetic(t *testing.T) {
	results := map[string]figures.Outcome{}
	for _, c := range book(t).Checks() {
		results[c.ID] = c
		if !c.OK() {
			t.Errorf("%s gives %s [%s, %s]: holds is %t, expected %t", c.ID, c.Got, c.Low, c.High, c.Passed, c.Holds)
		}
	}
	for line := range strings.Lines(strings.TrimSpace(arithmetic)) {
		f := strings.Fields(line)
		want := num(t, f[1])
		c, known := results[f[0]]
		if got := c.Got.Rounded(want.Place()); !known || got.Micros != want.Micros || c.Passed != (f[2] == "holds") {
			t.Errorf("%s gives %s, holds is %t; want %s", f[0], c.Got, c.Passed, line)
		}
	}
}

package rules_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// The published figures, typed by hand from the sources in the words that these
// use (percent, dirhams with a space between thousands): a slip in the pack's
// own writing cannot be repeated here.
var published = map[string][]string{
	"cnss.ceiling":         {"2025-01-01 … : 6 000 MAD"},
	"cnss.employee.rate":   {"2025-01-01 … : 4.48 %"},
	"cnss.employer.rate":   {"2025-01-01 … : 8.98 %"},
	"family.employer.rate": {"2025-01-01 … : 6.40 %"},
	"amo.employee.rate":    {"2025-01-01 … : 2.26 %"},
	"amo.employer.rate":    {"2025-01-01 … : 4.11 %"},
	"tfp.employer.rate":    {"2025-01-01 … : 1.60 %"},
	"ir.fp.threshold":      {"2023-01-01 … : 78 000 MAD"},
	"ir.fp.low.rate":       {"2023-01-01 … : 35 %"},
	"ir.fp.high.rate":      {"2023-01-01 … : 25 %"},
	"ir.fp.high.max":       {"2023-01-01 … : 35 000 MAD"},
	"ir.dependant.amount":  {"2025-01-01 … : 500 MAD"},
	"ir.dependant.max":     {"2025-01-01 … : 6"},
	"smig.month": {
		"2023-09-01 … 2024-12-31: 3 111.39 MAD", "2025-01-01 … 2025-12-31: 3 266.10 MAD", "2026-01-01 … : 3 422.72 MAD",
	},
	"air.cap.main":      {"2025-07-01 … 2030-12-31: 20 %"},
	"air.cap.secondary": {"2025-07-01 … 2030-12-31: 10 %"},
	"pae.rate":          {"2025-07-01 … 2030-12-31: 17 %"},
	"pae.stay":          {"2025-07-01 … 2030-12-31: 18"},
	"pae.annual.months": {"2025-07-01 … 2030-12-31: 72"},
	"paf.rate":          {"2025-07-01 … 2030-12-31: 3.5 %"},
	"paf.months":        {"2025-07-01 … 2030-12-31: 60"},
	"premium.ceiling":   {"2025-07-01 … 2030-12-31: 300 000 MAD"},
	"regime.first":      {"2025-07-01 … : July 2025"},
	"regime.last":       {"2025-07-01 … : December 2030"},
	"export.min.share":  {"2025-07-01 … 2030-12-31: 70 %"},
	"export.min.year":   {"2025-07-01 … 2030-12-31: 3"},
	"ais.rate":          {"2026-01-01 … 2030-12-31: 56 %"},
	"is.rate":           {"2026-01-01 … : 20 %"},
	"is.high.rate":      {"2026-01-01 … : 35 %"},
	"is.high.threshold": {"2026-01-01 … : 100 000 000 MAD"},
	"is.exempt.years":   {"2020-01-01 … : 5"},
	"ir.scale": {
		"2024-01-01 … 2024-12-31: 30 000 at 0 % − 0; 50 000 at 10 % − 3 000; 60 000 at 20 % − 8 000; 80 000 at 30 % − 14 000; 180 000 at 34 % − 17 200; above at 38 % − 24 400",
		"2025-01-01 … : 40 000 at 0 % − 0; 60 000 at 10 % − 4 000; 80 000 at 20 % − 10 000; 100 000 at 30 % − 18 000; 180 000 at 34 % − 22 000; above at 37 % − 27 400",
	},
}

func TestShippedPack_NumbersAsPublished(t *testing.T) {
	p := shippedPack(t)
	for id, param := range p.Params {
		want, known := published[id]
		if !known || len(want) != len(param.Dated) {
			t.Errorf("%s: %d values, published %v", id, len(param.Dated), want)
			continue
		}
		for i, v := range param.Dated {
			span, text, _ := strings.Cut(want[i], ": ")
			if got := fmt.Sprintf("%s … %s", v.From, v.To); strings.TrimSpace(got) != strings.TrimSpace(span) {
				t.Errorf("%s: %s, published %s", id, got, span)
			}
			if diff := cmp.Diff(spoken(t, param.Unit, text), rules.Dated{Num: v.Num, Brackets: v.Brackets}); diff != "" {
				t.Errorf("%s from %s: published %s\n%s", id, v.From, text, diff)
			}
			if v.Status != rules.InForce {
				t.Errorf("%s from %s: %s", id, v.From, v.Status)
			}
		}
	}
}

// spoken turns a published figure into what the engine reads.
func spoken(t *testing.T, unit, text string) rules.Dated {
	t.Helper()
	switch unit {
	case rules.UnitScale:
		var v rules.Dated
		for _, step := range strings.Split(text, "; ") {
			upto, rest, _ := strings.Cut(step, " at ")
			rate, deduct, _ := strings.Cut(rest, " − ")
			b := rules.Bracket{Upto: -1, Rate: scaled(t, strings.TrimSuffix(rate, " %"), 10_000), Deduct: scaled(t, deduct, 100)}
			if upto != "above" {
				b.Upto = scaled(t, upto, 100)
			}
			v.Brackets = append(v.Brackets, b)
		}
		return v
	case rules.UnitShare:
		return rules.Dated{Num: scaled(t, strings.TrimSuffix(text, " %"), 10_000)}
	case rules.UnitMonth:
		months := map[string]domain.Month{"July 2025": domain.NewMonth(2025, 7), "December 2030": domain.NewMonth(2030, 12)}
		return rules.Dated{Num: int64(months[text])}
	case rules.UnitMonths, rules.UnitYears, rules.UnitPersons:
		return rules.Dated{Num: scaled(t, text, 1)}
	default:
		return rules.Dated{Num: scaled(t, strings.TrimSuffix(text, " MAD"), 100)}
	}
}

// scaled reads "3 111.39" in units of 1/scale.
func scaled(t *testing.T, text string, scale float64) int64 {
	t.Helper()
	f, err := strconv.ParseFloat(strings.ReplaceAll(text, " ", ""), 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(f*scale + 0.5)
}

func TestShippedPack_ScalesMeetTheirSpokenTaxes(t *testing.T) {
	brackets := shippedPack(t).Params["ir.scale"].Dated[1].Brackets
	// 10 % of the 20 000 above 40 000; then 20 % of the next 20 000; and so on.
	for _, c := range []struct{ income, tax int64 }{
		{40_000, 0}, {60_000, 2_000}, {80_000, 6_000}, {100_000, 12_000}, {180_000, 39_200}, {280_000, 76_200},
	} {
		for _, b := range brackets {
			if b.Upto < 0 || c.income*100 <= b.Upto {
				if got := c.income*b.Rate/1_000_000 - b.Deduct/100; got != c.tax {
					t.Errorf("income %d: tax %d, want %d", c.income, got, c.tax)
				}
				break
			}
		}
	}
}

func TestShippedPack_Places(t *testing.T) {
	p := shippedPack(t)
	want := map[string]string{
		"casanearshore": "casablanca-settat p2i operational main", "technopolis": "rabat-sale-kenitra p2i operational main",
		"fes-shore":              "fes-meknes p2i operational secondary",
		"oujda-shore":            "oriental p2i operational secondary",
		"tetouan-shore":          "tanger-tetouan-al-hoceima p2i operational secondary",
		"casablanca-tech-valley": "casablanca-settat p2i launching ",
		"agadir":                 "souss-massa p2i launching ",
		"dakhla":                 "dakhla-oued-ed-dahab p2i launching ",
		"laayoune":               "laayoune-sakia-el-hamra p2i launching ",
		"igoudar-dakhla":         "dakhla-oued-ed-dahab datacentre planned ",
	}
	got := map[string]string{}
	for _, s := range p.Sites {
		st, ok := s.At(domain.NewMonth(2026, 11))
		if !ok {
			t.Fatalf("%s has no status in November 2026", s.ID)
		}
		got[s.ID] = strings.Join([]string{s.Region, s.Kind, st.Status, st.Class}, " ")
		if p.Region(s.Region) == nil || p.Site(s.ID) == nil {
			t.Errorf("%s is not found by its id", s.ID)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(p.Regions) != 12 {
		t.Errorf("%d regions, Morocco has twelve", len(p.Regions))
	}
}

func TestShippedPack_PaysAsPublished(t *testing.T) {
	want := map[string]string{
		"agent-fr": "5 500", "agent-multi": "7 500", "supervisor": "10 000", "accountant": "9 000", "analyst": "13 000",
		"developer-junior": "12 000", "developer-senior": "20 000", "engineer": "30 000",
		"survey-all": "14 197", "survey-0-1": "10 595", "survey-1-2": "12 108", "survey-3-4": "17 276",
		"survey-5-6": "19 377", "survey-7-10": "29 190",
	}
	p := shippedPack(t)
	if len(p.Presets) != len(want) {
		t.Errorf("%d presets, published %d", len(p.Presets), len(want))
	}
	for _, pr := range p.Presets {
		if int64(pr.Gross) != scaled(t, want[pr.ID], 100) {
			t.Errorf("%s: %s, published %s", pr.ID, pr.Gross, want[pr.ID])
		}
		survey := strings.HasPrefix(pr.ID, "survey-")
		if survey != (len(pr.Sources) == 1 && pr.Sources[0] == "S63") || pr.Confidence != rules.Inferred {
			t.Errorf("%s: sources %v, %s", pr.ID, pr.Sources, pr.Confidence)
		}
	}
}

func TestShippedPack_ReadingsAndConditions(t *testing.T) {
	p := shippedPack(t)
	wantReadings := []string{
		"pae.frequency once annual > PAE PAF", "premium.cap base total yearly > PAE PAF", "regime.end cut run > PAE PAF",
		"air.outside none region > AIR", "air.export prorata full > AIR", "ais.base export all > AIS",
	}
	var readings []string
	for _, r := range p.Readings {
		readings = append(readings, r.ID+" "+strings.Join(r.Values, " ")+" > "+strings.Join(r.Moves, " "))
	}
	if diff := cmp.Diff(wantReadings, readings); diff != "" {
		t.Error(diff)
	}
	// Each benefit has at least one condition that is known and one that is open.
	count := map[string]int{}
	for _, c := range p.Conditions {
		if c.Kind == rules.CondOpen {
			count[c.Benefit+" open"]++
		} else {
			count[c.Benefit+" "+c.Kind]++
		}
	}
	want := map[string]int{
		"AIR air.place": 1, "AIR air.level": 1, "AIR open": 2,
		"PAE hire.window": 1, "PAE pae.stay": 1, "PAE moroccan": 1, "PAE open": 4,
		"PAF hire.window": 1, "PAF moroccan": 1, "PAF open": 3,
		"AIS ais.year": 1, "AIS open": 3,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
}

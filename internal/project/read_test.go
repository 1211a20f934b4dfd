package project_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
)

// full is a file with every key of the specification.
const full = `{
  "name": "Centre ESO Fès",
  "segment": "ESO",
  "site": "fes-shore",
  "insideP2I": true,
  "from": "2026-01",
  "months": 60,
  "operationStart": "2025-11",
  "exportShare": "0.85",
  "roles": [
    { "title": "Ingénieur", "grossMonthly": "30000.00", "annualRaise": "0.025", "dependants": 2,
      "moroccanShare": "1.00", "annualAttrition": "0.1",
      "hires": [ { "month": "2026-01", "count": 40 }, { "month": "2026-07", "count": 5 } ] }
  ],
  "profits": [ { "year": 2031, "taxable": "6000000.5" } ],
  "readings": { "pae.frequency": "annual" },
  "settled": [ "pae.frequency" ]
}`

func ptr[T any](v T) *T { return &v }

func TestReadTakesEveryKey(t *testing.T) {
	got, err := project.Read([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := domain.Project{
		Name: "Centre ESO Fès", Segment: "ESO", Site: "fes-shore", InsideP2I: ptr(true),
		From: domain.NewMonth(2026, 1), Months: ptr(60), OperationStart: ptr(domain.NewMonth(2025, 11)),
		ExportShare: ptr(domain.Share(850_000)),
		Roles: []domain.Role{{
			Title: "Ingénieur", GrossMonthly: 3_000_000, AnnualRaise: ptr(domain.Share(25_000)), Dependants: ptr(2),
			MoroccanShare: ptr(domain.ShareOne), AnnualAttrition: ptr(domain.Share(100_000)),
			Hires: []domain.Hire{{Month: domain.NewMonth(2026, 1), Count: 40}, {Month: domain.NewMonth(2026, 7), Count: 5}},
		}},
		Profits:  []domain.Profit{{Year: 2031, Taxable: 600_000_050}},
		Readings: map[string]string{"pae.frequency": "annual"},
		Settled:  []string{"pae.frequency"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// What was not given stays absent: it is for the engine to call it assumed.
func TestReadLeavesAbsentValuesAbsent(t *testing.T) {
	got, err := project.Read([]byte(`{"name":"n","segment":"ITO","site":"agadir","from":"2026-01",
		"roles":[{"title":"t","grossMonthly":"9000","hires":[{"month":"2026-02","count":1}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := domain.Project{
		Name: "n", Segment: "ITO", Site: "agadir", From: domain.NewMonth(2026, 1),
		Roles: []domain.Role{{Title: "t", GrossMonthly: 900_000, Hires: []domain.Hire{{Month: domain.NewMonth(2026, 2), Count: 1}}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestReadAcceptsAByteOrderMark(t *testing.T) {
	if _, err := project.Read([]byte("\ufeff" + full)); err != nil {
		t.Error(err)
	}
}

// Each refusal names the field, what stood there and what is accepted.
func TestReadRefuses(t *testing.T) {
	deep := strings.Repeat(`{"name":`, 20) + "1" + strings.Repeat("}", 20)
	for _, tc := range []struct{ name, old, with, field, value, key string }{
		{"unknown key", `"months": 60`, `"months": 60, "month": 3`, "month", "3", "refuse.json.unknown"},
		{"unknown key of another case", `"months"`, `"Months"`, "Months", "60", "refuse.json.unknown"},
		{"unknown key of a role", `"dependants"`, `"children"`, "roles[0].children", "2", "refuse.json.unknown"},
		{"unknown key of a hire", `"count": 5`, `"count": 5, "unit": "x"`, "roles[0].hires[1].unit", "x", "refuse.json.unknown"},
		{"unknown key of a profit", `"year": 2031`, `"year": 2031, "net": 1`, "profits[0].net", "1", "refuse.json.unknown"},
		{"duplicate key", `"months": 60`, `"months": 60, "months": 60`, "months", "", "refuse.json.duplicate"},
		{"duplicate key, escaped", `"months": 60`, `"months": 60, "\u006donths": 61`, "months", "", "refuse.json.duplicate"},
		{"duplicate key of a role", `"dependants": 2`, `"dependants": 2, "dependants": 3`, "roles[0].dependants", "", "refuse.json.duplicate"},
		{"duplicate reading", `"pae.frequency": "annual"`, `"pae.frequency": "once", "pae.frequency": "annual"`, "readings.pae.frequency", "", "refuse.json.duplicate"},
		{"missing key", `"site": "fes-shore",`, ``, "site", "", "refuse.json.missing"},
		{"missing key of a role", `"title": "Ingénieur",`, ``, "roles[0].title", "", "refuse.json.missing"},
		{"missing key of a hire", `, "count": 5`, ``, "roles[0].hires[1].count", "", "refuse.json.missing"},
		{"missing key of a profit", `, "taxable": "6000000.5"`, ``, "profits[0].taxable", "", "refuse.json.missing"},
		{"negative amount", `"30000.00"`, `"-30000.00"`, "roles[0].grossMonthly", "-30000.00", "refuse.amount"},
		{"plus sign", `"30000.00"`, `"+30000.00"`, "roles[0].grossMonthly", "+30000.00", "refuse.amount"},
		{"exponent", `"30000.00"`, `"3e4"`, "roles[0].grossMonthly", "3e4", "refuse.amount"},
		{"grouping", `"30000.00"`, `"30 000.00"`, "roles[0].grossMonthly", "30 000.00", "refuse.amount"},
		{"comma", `"30000.00"`, `"30000,00"`, "roles[0].grossMonthly", "30000,00", "refuse.amount"},
		{"three decimals", `"30000.00"`, `"30000.001"`, "roles[0].grossMonthly", "30000.001", "refuse.amount"},
		{"no digit after the point", `"30000.00"`, `"30000."`, "roles[0].grossMonthly", "30000.", "refuse.amount"},
		{"no digit before the point", `"30000.00"`, `".5"`, "roles[0].grossMonthly", ".5", "refuse.amount"},
		{"too many digits", `"30000.00"`, `"12345678901234567890"`, "roles[0].grossMonthly", "12345678901234567890", "refuse.amount"},
		{"digits of another script", `"30000.00"`, `"٣٠٠٠٠"`, "roles[0].grossMonthly", "٣٠٠٠٠", "refuse.amount"},
		{"empty amount", `"30000.00"`, `""`, "roles[0].grossMonthly", "", "refuse.amount"},
		{"number for an amount", `"30000.00"`, `30000`, "roles[0].grossMonthly", "30000", "refuse.amount"},
		{"number for a share", `"0.85"`, `0.85`, "exportShare", "0.85", "refuse.share"},
		{"share above one", `"0.85"`, `"1.000001"`, "exportShare", "1.000001", "refuse.share"},
		{"percentage", `"0.85"`, `"85%"`, "exportShare", "85%", "refuse.share"},
		{"seven decimals", `"0.85"`, `"0.8500000"`, "exportShare", "0.8500000", "refuse.share"},
		{"negative share", `"0.1"`, `"-0.1"`, "roles[0].annualAttrition", "-0.1", "refuse.share"},
		{"month 13", `"from": "2026-01"`, `"from": "2026-13"`, "from", "2026-13", "refuse.month"},
		{"month 0", `"from": "2026-01"`, `"from": "2026-00"`, "from", "2026-00", "refuse.month"},
		{"a day", `"from": "2026-01"`, `"from": "2026-01-01"`, "from", "2026-01-01", "refuse.month"},
		{"short month", `"month": "2026-07"`, `"month": "2026-7"`, "roles[0].hires[1].month", "2026-7", "refuse.month"},
		{"number for a month", `"from": "2026-01"`, `"from": 202601`, "from", "202601", "refuse.month"},
		{"text for a whole number", `"months": 60`, `"months": "60"`, "months", "60", "refuse.json.whole"},
		{"decimal for a whole number", `"count": 5`, `"count": 5.0`, "roles[0].hires[1].count", "5.0", "refuse.json.whole"},
		{"exponent for a whole number", `"count": 5`, `"count": 1e2`, "roles[0].hires[1].count", "1e2", "refuse.json.whole"},
		{"negative whole number", `"count": 5`, `"count": -5`, "roles[0].hires[1].count", "-5", "refuse.json.whole"},
		{"whole number too large", `"count": 5`, `"count": 99999999999`, "roles[0].hires[1].count", "99999999999", "refuse.json.whole"},
		{"null for an optional value", `"months": 60`, `"months": null`, "months", "null", "refuse.json.whole"},
		{"text for true", `"insideP2I": true`, `"insideP2I": "true"`, "insideP2I", "true", "refuse.json.bool"},
		{"number for a text", `"segment": "ESO"`, `"segment": 1`, "segment", "1", "refuse.json.text"},
		{"object for a list", `[ "pae.frequency" ]`, `{}`, "settled", "{…}", "refuse.json.list"},
		{"list for an object", `{ "pae.frequency": "annual" }`, `[]`, "readings", "[…]", "refuse.json.object"},
		{"text in a list of objects", `[ { "year": 2031, "taxable": "6000000.5" } ]`, `["x"]`, "profits[0]", "x", "refuse.json.object"},
		{"long value is shortened", `"0.85"`, `"` + strings.Repeat("7", 99) + `"`, "exportShare", strings.Repeat("7", 60) + "…", "refuse.share"},
		{"trailing garbage", full, full + " x", "", "", "refuse.json.syntax"},
		{"two objects", full, full + full, "", "", "refuse.json.syntax"},
		{"cut short", full, full[:100], "", "", "refuse.json.syntax"},
		{"empty", full, "", "", "", "refuse.json.syntax"},
		{"a comment", `"months"`, `// horizon
			"months"`, "", "", "refuse.json.syntax"},
		{"single quotes", `"months"`, `'months'`, "", "", "refuse.json.syntax"},
		{"trailing comma", `[ "pae.frequency" ]`, `[ "pae.frequency", ]`, "", "", "refuse.json.syntax"},
		{"a list", full, "[]", "", "[…]", "refuse.json.object"},
		{"not UTF-8", "Fès", "F\xe8s", "", "", "refuse.json.utf8"},
		{"two byte order marks", full, "\ufeff\ufeff" + full, "", "", "refuse.json.syntax"},
		{"nested too deep", full, deep, strings.TrimSuffix(strings.Repeat("name.", 9), "."), "", "refuse.json.deep"},
		{"too large", full, strings.Repeat(" ", project.MaxBytes) + full, "", "", "refuse.json.large"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if strings.Count(full, tc.old) != 1 {
				t.Fatalf("%q is %d times in the file", tc.old, strings.Count(full, tc.old))
			}
			got, err := project.Read([]byte(strings.Replace(full, tc.old, tc.with, 1)))
			var p *domain.Problem
			if !errors.As(err, &p) {
				t.Fatalf("accepted: %v", err)
			}
			if p.Field != tc.field || p.Value != tc.value || p.Msg.Key != tc.key {
				t.Errorf("%q %q %s, want %q %q %s", p.Field, p.Value, p.Msg.Key, tc.field, tc.value, tc.key)
			}
			if d := cmp.Diff(domain.Project{}, got); d != "" {
				t.Errorf("something was read from a refused file: %s", d)
			}
		})
	}
}

// same takes an absent list for an empty one, but not for profits: an empty list
// of profits is an answer, an absent one is not.
func same(a, b domain.Project) string {
	if (a.Profits == nil) != (b.Profits == nil) {
		return fmt.Sprintf("profits given: %v and %v", a.Profits != nil, b.Profits != nil)
	}
	return cmp.Diff(a, b, cmpopts.EquateEmpty())
}

func TestWriteThenReadGivesTheSameProject(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProject(t)
		raw, err := project.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := project.Read(raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if d := same(p, back); d != "" {
			t.Error(d)
		}
	})
}

func maybe[T any](t *rapid.T, what string, g *rapid.Generator[T]) *T {
	return rapid.Ptr(g, true).Draw(t, what)
}

func drawProject(t *rapid.T) domain.Project {
	text := rapid.StringN(0, 12, 40)
	month := rapid.Custom(func(t *rapid.T) domain.Month {
		return domain.NewMonth(rapid.IntRange(0, 9999).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
	})
	share := rapid.Custom(func(t *rapid.T) domain.Share {
		return domain.Share(rapid.Int64Range(0, 1_000_000).Draw(t, "millionths"))
	})
	money := rapid.Custom(func(t *rapid.T) domain.Money {
		return domain.Money(rapid.Int64Range(0, 999_999_999_999_999_999).Draw(t, "centimes"))
	})
	count := rapid.IntRange(0, 1<<31-1)
	hire := rapid.Custom(func(t *rapid.T) domain.Hire {
		return domain.Hire{Month: month.Draw(t, "month"), Count: count.Draw(t, "count")}
	})
	role := rapid.Custom(func(t *rapid.T) domain.Role {
		return domain.Role{
			Title: text.Draw(t, "title"), GrossMonthly: money.Draw(t, "pay"), AnnualRaise: maybe(t, "raise", share),
			Dependants: maybe(t, "dependants", count), MoroccanShare: maybe(t, "moroccan", share),
			AnnualAttrition: maybe(t, "attrition", share), Hires: rapid.SliceOfN(hire, 0, 4).Draw(t, "hires"),
		}
	})
	p := domain.Project{
		Name: text.Draw(t, "name"), Segment: text.Draw(t, "segment"), Site: text.Draw(t, "site"),
		InsideP2I: maybe(t, "inside", rapid.Bool()), From: month.Draw(t, "from"), Months: maybe(t, "months", count),
		OperationStart: maybe(t, "start", month), ExportShare: maybe(t, "export", share),
		Roles:    rapid.SliceOfN(role, 0, 3).Draw(t, "roles"),
		Readings: rapid.MapOfN(text, text, 0, 4).Draw(t, "readings"),
		Settled:  rapid.SliceOfN(text, 0, 4).Draw(t, "settled"),
	}
	if rapid.Bool().Draw(t, "profits given") {
		p.Profits = append([]domain.Profit{}, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) domain.Profit {
			return domain.Profit{Year: count.Draw(t, "year"), Taxable: money.Draw(t, "taxable")}
		}), 0, 3).Draw(t, "profits")...)
	}
	return p
}

// Whatever the bytes, Read does not panic; what it accepts it also writes, and
// reads back the same.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		full, `{}`, `[]`, `{"name":"n","segment":"","site":"","from":"2026-01","roles":[],"profits":[],"readings":{},"settled":[]}`,
		`{"name":"\ud800","segment":"ITO","site":"x","from":"0000-01","roles":[{"title":"","grossMonthly":"0","hires":[]}]}`, "\ufeff{", strings.Repeat("[", 99),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := project.Read(data)
		if err != nil {
			var refused *domain.Problem
			if !errors.As(err, &refused) || refused.Msg.Key == "" {
				t.Fatalf("%v is not a refusal that can be told", err)
			}
			return
		}
		raw, err := project.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := project.Read(raw)
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, raw)
		}
		if d := same(p, back); d != "" {
			t.Fatal(d)
		}
	})
}

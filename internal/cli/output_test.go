package cli_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
)

// The same project gives the same bytes, whatever the order of its keys.
func TestOutputIsByteStable(t *testing.T) {
	for _, name := range samples(t) {
		in := sample(t, name)
		sorted := []byte(jsonText(t, decode(t, in)))
		if bytes.Equal(in, sorted) {
			t.Fatalf("%s already has sorted keys", name)
		}
		for _, args := range [][]string{
			{"estimate", "-", "--json"}, {"estimate", "-"}, {"explain", "-", "benefits", "--json"}, {"explain", "-", "AIR"},
		} {
			first := run(t, in, args...)
			if !bytes.Equal(first, run(t, in, args...)) || !bytes.Equal(first, run(t, sorted, args...)) {
				t.Errorf("%s: %v gives other bytes", name, args)
			}
		}
	}
}

// genProject draws projects around the dates and the pays at which results change.
func genProject() *rapid.Generator[domain.Project] {
	return rapid.Custom(func(t *rapid.T) domain.Project {
		from := domain.NewMonth(2025, 1) + domain.Month(rapid.IntRange(0, 72).Draw(t, "from"))
		months := rapid.IntRange(1, 90).Draw(t, "months")
		p := domain.Project{
			Name: "Essai", Segment: "ITO", From: from, Months: &months,
			Site: rapid.SampledFrom([]string{"fes-shore", "casanearshore", "souss-massa", "casablanca-tech-valley"}).Draw(t, "site"),
		}
		for range rapid.IntRange(1, 3).Draw(t, "roles") {
			r := domain.Role{Title: "Profil", GrossMonthly: domain.Money(rapid.Int64Range(300_000, 5_000_000).Draw(t, "pay"))}
			if rapid.Bool().Draw(t, "leavers") {
				a := domain.Share(rapid.Int64Range(0, 900_000).Draw(t, "attrition"))
				r.AnnualAttrition = &a
			}
			for range rapid.IntRange(1, 3).Draw(t, "hires") {
				r.Hires = append(r.Hires, domain.Hire{
					Month: domain.NewMonth(2025, 1) + domain.Month(rapid.IntRange(0, 72).Draw(t, "month")),
					Count: rapid.IntRange(1, 500).Draw(t, "count"),
				})
			}
			p.Roles = append(p.Roles, r)
		}
		return p
	})
}

// The printed numbers are those of the engine's result, which the window shows.
func TestPrintedNumbersAreTheResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := genProject().Draw(t, "project")
		in, err := project.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		r, err := newDesk(t).Estimate(desk.Draft{Project: p})
		if err != nil {
			t.Fatal(err)
		}
		got := decode(t, run(t, in, "estimate", "-", "--json"))
		totals := got["totals"].(map[string]any)
		equal := func(what string, got any, want interface{ String() string }) {
			t.Helper()
			if got != want.String() {
				t.Errorf("%s is printed as %v, computed as %s", what, got, want)
			}
		}
		equal("gross pay", totals["grossPay"], r.GrossPay)
		equal("charges", totals["employerCharges"], r.EmployerCharges)
		equal("cost", totals["employmentCost"], r.EmploymentCost)
		equal("income tax", totals["incomeTax"], r.IncomeTax)
		equal("corporate tax", totals["corporateTax"], r.CorporateTax)
		for line, f := range map[string]calc.Figure{"AIR": r.AIR, "PAE": r.PAE, "PAF": r.PAF, "AIS": r.AIS, "benefits": r.Benefits} {
			printed := totals[line].(map[string]any)
			equal(line, printed["value"], f.Value)
			equal(line+" low", printed["low"], f.Low)
			equal(line+" high", printed["high"], f.High)
		}
		years := got["years"].([]any)
		if len(years) != len(r.Years) {
			t.Fatalf("%d years printed, %d computed", len(years), len(r.Years))
		}
		for i := range r.Years {
			y, printed := &r.Years[i], years[i].(map[string]any)
			if printed["year"] != float64(y.Year) {
				t.Errorf("year %v, want %d", printed["year"], y.Year)
			}
			for line, amount := range map[string]domain.Money{
				"grossPay": y.GrossPay, "employerCharges": y.EmployerCharges, "incomeTax": y.IncomeTax, "AIR": y.AIR, "PAE": y.PAE,
				"PAF": y.PAF, "corporateTax": y.CorporateTax, "AIS": y.AIS,
				"employmentCost": y.GrossPay + y.EmployerCharges, "benefits": y.AIR + y.PAE + y.PAF + y.AIS,
			} {
				equal(line, printed[line], amount)
			}
			equal("headcount", printed["headcountEnd"], y.HeadcountEnd)
		}
	})
}

type broken struct{}

// Half a statement must not pass for a whole one.
func TestOutputThatCannotBeWritten(t *testing.T) {
	in := sample(t, "eso-fes")
	d := newDesk(t)
	for _, args := range [][]string{
		{"estimate", "-"},
		{"estimate", "-", "--json"},
		{"explain", "-", "AIR"},
		{"version"},
		{"help"},
		{"sites"},
		{"sites", "--json"},
		{"compare", "-"},
		{"compare", "-", "--json"},
		{"figures"},
		{"figures", "--check", "--json"},
	} {
		var errs bytes.Buffer
		p := params(d, in, args)
		p.Stdout, p.Stderr = broken{}, &errs
		status := cli.Run(p)
		if status != cli.ExitFailed || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%v: status %d, %q", args, status, errs.String())
		}
	}
}

// taxed is past its exemption, with a profit in 2026 alone.
const taxed = `{"name": "Essai", "segment": "ITO", "site": "fes-shore", "from": "2026-01", "months": 24, "operationStart": "2015-01",
	"roles": [{"title": "Profil", "grossMonthly": "30000.00", "hires": [{"month": "2026-01", "count": 1}]}],
	"profits": [{"year": 2026, "taxable": "1000000.00"}]}`

// Unknown is not zero, and what it is a part of is a lower bound.
func TestUnknownIsSaid(t *testing.T) {
	text := string(run(t, []byte(taxed), "estimate", "-"))
	for line, want := range map[string][]string{
		"IS dû":      {"200 000,00", "inconnu", "≥ 200 000,00"},
		"AIS":        {"112 000,00", "inconnu", "≥ 112 000,00"}, // 200,000 x 56 %
		"Gain total": {"≥"},
		"minimum":    {"2027"},
	} {
		found := false
		for _, row := range strings.Split(plainSpaces(text), "\n") {
			all := strings.Contains(row, line)
			for _, word := range want {
				all = all && strings.Contains(row, word)
			}
			found = found || all
		}
		if !found {
			t.Errorf("no row of %q has %q in\n%s", line, want, text)
		}
	}
	got := decode(t, run(t, []byte(taxed), "estimate", "-", "--json"))
	want := []any{map[string]any{"year": 2027.0, "lines": []any{"corporateTax", "AIS"}}}
	if diff := cmp.Diff(want, got["unknown"]); diff != "" {
		t.Error("(-want +got)", diff)
	}
	x := decode(t, run(t, []byte(taxed), "explain", "-", "AIS", "--year", "2027", "--json"))
	if amount, there := x["amount"]; amount != nil || !there {
		t.Errorf("an unknown amount is explained as %v", amount)
	}
	if text := string(run(t, []byte(taxed), "explain", "-", "AIS", "--year", "2027")); !strings.Contains(text, "inconnu") {
		t.Errorf("%s", text)
	}
	if text := string(run(t, []byte(taxed), "explain", "-", "benefits")); !strings.Contains(text, "≥") || !strings.Contains(text, "2027") {
		t.Errorf("%s", text)
	}
}

// The words for the readings are those of the window.
func TestStatementSaysHowTheTextIsRead(t *testing.T) {
	chosen := strings.Replace(taxed, `"profits"`, `"readings": {"pae.frequency": "annual"}, "profits"`, 1)
	outside := strings.Replace(taxed, `"profits"`, `"readings": {"air.outside": "none"}, "settled": ["pae.frequency"], "exportShare": "0.5", "profits"`, 1)
	for in, want := range map[string]string{chosen: "lectures choisies", outside: "lecture prudente"} {
		if text := string(run(t, []byte(in), "estimate", "-")); !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

// The share of the cost of employment has the extremes of the total.
func TestShareHasItsRange(t *testing.T) {
	x := decode(t, run(t, sample(t, "eso-fes"), "explain", "-", "benefitsShareOfEmploymentCost", "--json"))
	totals := decode(t, run(t, sample(t, "eso-fes"), "estimate", "-", "--json"))["totals"].(map[string]any)
	benefits := totals["benefits"].(map[string]any)
	for _, end := range []string{"low", "high"} {
		b, err := domain.ParseMoney(benefits[end].(string))
		if err != nil {
			t.Fatal(err)
		}
		s, err := domain.ParseShare(x[end].(string))
		if err != nil {
			t.Fatal(err)
		}
		// cost 82,012,320.00; half a ten-thousandth of rounding
		if d := float64(s)/1e6 - float64(b)/8201232000; d > 0.00005 || d < -0.00005 {
			t.Errorf("%s is %s of a cost, total %s", end, s, b)
		}
	}
}

// What was typed wrong is said in the reader's language, in one line.
func TestRefusedWords(t *testing.T) {
	d := newDesk(t)
	for args, want := range map[string]string{
		"estimate":                     "FICHIER manque",
		"explain -":                    "LIGNE manque",
		"estimate - x":                 "« x » est de trop",
		"explain - AIR --year abc":     "« abc » est refusé. Une année",
		"estimate --json --frob -":     "L'option --frob est refusée",
		"estimate --json ---x -":       "L'option ---x est refusée",
		"estimate - --pack":            "L'option --pack est refusée",
		"estimate - --json=peut-être":  "L'option --json=peut-être est refusée",
		"estimate no-such-folder/x.js": "FICHIER",

		"sites atlantide":                    "site : « atlantide » est refusé",
		"sites fes-shore dakhla":             "« dakhla » est de trop",
		"sites --year 2027":                  "L'option --year est refusée",
		"paths --published":                  "L'option --published est refusée",
		"compare":                            "FICHIER manque",
		"compare - --sites atlantide":        "« atlantide » est refusé",
		"compare - --sites igoudar-dakhla":   "--sites : « igoudar-dakhla » est refusé. C'est un centre de données",
		"compare - --sites fes-shore,":       "--sites : « fes-shore, » est refusé. Une liste",
		"compare - --sites a=1":              "--sites : « a=1 » est refusé. Une liste",
		"compare - --sites a,a":              "--sites : « a » est refusé. Il est donné deux fois",
		"compare - --sites=":                 "--sites : Une liste",
		"compare - --preset XYZ":             "--preset : « XYZ » est refusé. Ce préréglage n'existe pas. Acceptés : CRM, ITO",
		"compare - --weights moon=1":         "« moon » est refusé. Ce critère n'existe pas. Acceptés : airportPassengers",
		"compare - --weights irCap=beaucoup": "--weights irCap : « beaucoup » est refusé. Un nombre de points de 0 à 100",
		"compare - --weights irCap=101":      "--weights irCap : « 101 » est refusé",
		"compare - --weights irCap=-1":       "--weights irCap : « -1 » est refusé",
		"compare - --weights irCap":          "--weights irCap",
		"compare - --weights irCap=0":        "Tous les poids sont à zéro",
		"compare - --must moon":              "--must : « moon » est refusé. Cet indispensable n'existe pas. Acceptés : operational",
		"compare - --must operational=1":     "--must operational : « 1 » est refusé. Cet indispensable ne prend pas de nombre",
		"compare - --must irCap=10":          "--must irCap : « 10 » est refusé. Un nombre de 0 à 1 est attendu",
		"compare - --must officeBuilt=-1":    "--must officeBuilt : « -1 » est refusé",
		"compare - --draws 0":                "--draws : « 0 » est refusé. Un nombre entier de 1 à 1 000 000",
		"compare - --draws 1000001":          "--draws : « 1000001 » est refusé",
		"compare - --draws 2.5":              "--draws : « 2.5 » est refusé",
		"compare - --seed abc":               "--seed : « abc » est refusé",

		"figures exports":                 "« exports » est de trop",
		"figures --indicator export":      "--indicator : « export » est refusé. Aucun chiffre ne porte ce nom. Acceptés : ",
		"figures --segment XYZ":           "--segment : « XYZ » est refusé. Aucun chiffre ne porte ce nom. Acceptés : BPO, ",
		"figures --series XYZ":            "--series : « XYZ » est refusé",
		"figures --country maroc":         "--country : « maroc » est refusé. Aucun chiffre ne porte ce nom. Acceptés : AE, ",
		"figures --period 2025-S1":        "--period : « 2025-S1 » est refusé. Ce n'est pas une période reconnue. Accepté : 2024, 2024-H1",
		"figures --check --segment=":      "--segment : Aucun chiffre ne porte ce nom. Acceptés : ",
		"figures --period 2024 --year 24": "L'option --year est refusée",
	} {
		var out, errs bytes.Buffer
		p := params(d, []byte(taxed), strings.Fields(args))
		p.Stdout, p.Stderr = &out, &errs
		status := cli.Run(p)
		said := plainSpaces(errs.String())
		if status != cli.ExitRefused || out.Len() > 0 || strings.Count(said, "\n") != 1 || !strings.Contains(said, want) {
			t.Errorf("%s: status %d, %q, want %q", args, status, said, want)
		}
		for _, english := range []string{"flag", "invalid", "usage", "FILE", "parse", "strconv", "range"} {
			if strings.Contains(said, english) {
				t.Errorf("%s: English leaks: %q", args, said)
			}
		}
	}
}

func TestHelpAfterACommand(t *testing.T) {
	want := string(run(t, nil, "help"))
	for _, args := range [][]string{{"estimate", "-h"}, {"explain", "-", "--help"}, {"paths", "-help"}} {
		if got := string(run(t, nil, args...)); got != want {
			t.Errorf("%v prints %q", args, got)
		}
	}
}

func TestAssumedInputsHaveWords(t *testing.T) {
	line := func(in []byte) string {
		for _, row := range strings.Split(string(run(t, in, "estimate", "-")), "\n") {
			if strings.HasPrefix(row, "Valeurs supposées") {
				return row
			}
		}
		t.Fatal("nothing is said of what was assumed")
		return ""
	}
	bare := line([]byte(strings.Replace(taxed, `"months": 24, `, "", 1)))
	for _, want := range []string{"durée", "profil 1 : départs"} {
		if !strings.Contains(plainSpaces(bare), want) {
			t.Errorf("%q is not in %q", want, bare)
		}
	}
	if strings.ContainsAny(bare, "[]⟦⟧") {
		t.Errorf("a path or a missing text: %q", bare)
	}
	// Every input that the text asks for is given: what is left open is nothing.
	full := strings.NewReplacer(
		`"count": 1}]}`, `"count": 1}], "annualRaise": "0", "annualAttrition": "0", "moroccanShare": "1", "dependants": 0}`,
		`"months"`, `"exportShare": "1", "insideP2I": true, "months"`,
		`"taxable": "1000000.00"}`, `"taxable": "1000000.00"}, {"year": 2027, "taxable": "0.00"}`,
	).Replace(taxed)
	if got := line([]byte(full)); !strings.HasSuffix(got, "aucune") {
		t.Errorf("nothing is assumed, said %q", got)
	}
}

// A condition names who published its sources; the identifiers stand beside.
func TestConditionsNamePublishers(t *testing.T) {
	sources := newDesk(t).Pack().Sources
	got := decode(t, run(t, sample(t, "eso-fes"), "estimate", "-", "--json"))
	for _, c := range got["conditions"].([]any) {
		c := c.(map[string]any)
		for _, id := range c["sourceIds"].([]any) {
			s := sources[id.(string)]
			if s.Publisher == "" || !strings.Contains(c["source"].(string), s.Publisher+", "+s.Date) {
				t.Errorf("%s: %q does not name %s", c["id"], c["source"], id)
			}
		}
	}
}

// plainSpaces makes a printed text comparable: its spaces before signs do not break.
func plainSpaces(s string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)
}

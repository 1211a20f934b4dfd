package calc_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// packFiles is a copy of the built-in pack that a test may edit.
func packFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(assets.PackFiles(), name)
		out[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func engineOf(t *testing.T, files fstest.MapFS) *calc.Engine {
	t.Helper()
	pack, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	e, err := calc.New(pack)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// edit replaces the only match of a pattern in a file of the pack.
func edit(t *testing.T, files fstest.MapFS, name, pattern, with string) {
	t.Helper()
	re := regexp.MustCompile(pattern)
	raw := files[name].Data
	if n := len(re.FindAll(raw, -1)); n != 1 {
		t.Fatalf("%s: %q matches %d times", name, pattern, n)
	}
	files[name].Data = re.ReplaceAll(raw, []byte(with))
}

// from2028 ends the value in force of a parameter with 2027 and gives it another
// one from January 2028 on.
func from2028(t *testing.T, files fstest.MapFS, name, id, assignment string) {
	t.Helper()
	text := string(files[name].Data)
	start := strings.Index(text, "id = \""+id+"\"\n")
	if start < 0 {
		t.Fatalf("%s has no %s", name, id)
	}
	end := len(text)
	if next := strings.Index(text[start:], "\n[[param]]\n"); next >= 0 {
		end = start + next
	}
	at := start + strings.LastIndex(text[start:end], "[[param.value]]") // the newest value
	value := text[at:end]
	old := regexp.MustCompile(`(?m)^to = .*\n`).ReplaceAllString(value, "")
	old = regexp.MustCompile(`(?m)^from = .*\n`).ReplaceAllString(old, "${0}to = \"2027-12-31\"\n")
	renewed := regexp.MustCompile(`(?m)^from = .*$`).ReplaceAllString(value, `from = "2028-01-01"`)
	renewed = regexp.MustCompile(`(?ms)^(value = [^\n]*|brackets = \[.*?^\])$`).ReplaceAllString(renewed, assignment)
	files[name].Data = []byte(text[:at] + strings.TrimRight(old, "\n") + "\n\n" + renewed + text[end:])
}

func TestARateOfThePackChangesTheResult(t *testing.T) {
	files := packFiles(t)
	edit(t, files, "rules/premiums.toml", `value = "0\.17"`, `value = "0.20"`)
	e := engineOf(t, files)
	r := calctest.Case(t, e, calctest.Project("fes-shore", calctest.Role("12000.00", "2026-01", 100))).Result()
	// 20 % of 12 x 12,000 for 100 people, in place of 17 %.
	calctest.Want(t, "PAE", r.PAE.Value, "2880000.00")
	calctest.Want(t, "PAF", r.PAF.Value, "2520000.00")
}

// changing is a project in which every value of the pack counts before and after
// January 2028: hires each year, pay on both sides of every ceiling, profits.
func changing(site string) domain.Project {
	hires := []domain.Hire{}
	for _, m := range []string{"2026-01", "2026-09", "2027-02", "2028-01"} {
		hires = append(hires, domain.Hire{Month: calctest.Month(m), Count: 10})
	}
	p := calctest.Project(site)
	for _, pay := range []string{"6200.00", "30000.00", "90000.00"} {
		r := domain.Role{Title: pay, GrossMonthly: calctest.Money(pay), Hires: hires}
		if pay != "6200.00" { // whose tax eight dependants would bring to nothing
			r.Dependants = ptr(8)
		}
		p.Roles = append(p.Roles, r)
	}
	start := calctest.Month("2020-01")
	p.OperationStart = &start
	for y := 2026; y <= 2030; y++ {
		taxable := calctest.Money("7000000.00")
		if y%2 == 1 {
			taxable = calctest.Money("120000000.00")
		}
		p.Profits = append(p.Profits, domain.Profit{Year: y, Taxable: taxable})
	}
	return p
}

// A value that changes in the pack changes the months from then on, only those.
func TestValuesOfThePackChangeFromTheirMonthOn(t *testing.T) {
	for _, tc := range []struct{ file, id, assignment, cap, lines string }{
		{"payroll", "cnss.ceiling", `value = "6100.00"`, "base", "charges tax AIR"},
		{"payroll", "cnss.employee.rate", `value = "0.05"`, "base", "tax AIR"},
		{"payroll", "amo.employee.rate", `value = "0.03"`, "base", "tax AIR"},
		{"payroll", "cnss.employer.rate", `value = "0.09"`, "base", "charges"},
		{"payroll", "family.employer.rate", `value = "0.07"`, "base", "charges"},
		{"payroll", "amo.employer.rate", `value = "0.05"`, "base", "charges"},
		{"payroll", "tfp.employer.rate", `value = "0.02"`, "base", "charges"},
		{"ir", "ir.scale", `brackets = [ { rate = "0.45", deduct = "0.00" } ]`, "base", "tax AIR"},
		{"ir", "ir.fp.threshold", `value = "70000.00"`, "base", "tax"},
		{"ir", "ir.fp.low.rate", `value = "0.20"`, "base", "tax"},
		{"ir", "ir.fp.high.max", `value = "20000.00"`, "base", "tax AIR"},
		{"ir", "ir.dependant.amount", `value = "600.00"`, "base", "tax AIR"},
		{"ir", "ir.dependant.max", `value = "5"`, "base", "tax AIR"},
		{"air", "air.cap.secondary", `value = "0.12"`, "base", "AIR"},
		{"premiums", "pae.rate", `value = "0.18"`, "base", "PAE"},
		{"premiums", "paf.rate", `value = "0.04"`, "base", "PAF"},
		{"premiums", "premium.ceiling", `value = "200000.00"`, "base", "PAE PAF"},
		{"premiums", "premium.ceiling", `value = "150000.00"`, "total", "PAE PAF"},
		{"premiums", "premium.ceiling", `value = "150000.00"`, "yearly", "PAE PAF"}, // PAE of month 18 leaves no room for PAF
		{"ais", "ais.rate", `value = "0.50"`, "base", "AIS"},
		{"is", "is.rate", `value = "0.22"`, "base", "is AIS"},
		{"is", "is.high.rate", `value = "0.36"`, "base", "is AIS"},
		{"is", "is.high.threshold", `value = "6000000.00"`, "base", "is AIS"},
	} {
		t.Run(tc.id+" "+tc.cap, func(t *testing.T) {
			files := packFiles(t)
			from2028(t, files, "rules/"+tc.file+".toml", tc.id, tc.assignment)
			p := changing("fes-shore")
			p.Readings = map[string]string{domain.ReadingPremiumCap: tc.cap}
			checkFrom2028(t, calctest.Engine(t), engineOf(t, files), p, tc.lines)
		})
	}
}

// checkFrom2028 compares the lines of two packs: the same before 2028, and after
// it other in the lines named and in no other.
func checkFrom2028(t *testing.T, before, after *calc.Engine, p domain.Project, lines string) {
	t.Helper()
	a, b := calctest.Case(t, before, p).Years(), calctest.Case(t, after, p).Years()
	moved := map[string]bool{}
	for i := range a {
		x, y := totals(a[i:i+1]), totals(b[i:i+1])
		for line := range x {
			if x[line] == y[line] {
				continue
			}
			moved[line] = true
			if a[i].Year < 2028 {
				t.Errorf("%s of %d moved from %s to %s", line, a[i].Year, x[line], y[line])
			}
		}
	}
	want := map[string]bool{}
	for _, l := range strings.Fields(lines) {
		want[l] = true
	}
	if fmt.Sprint(moved) != fmt.Sprint(want) {
		t.Errorf("moved %v, want %v", moved, want)
	}
}

// A platform's status changes the AIR cap from its month on: here one that opens,
// one that closes and one that changes class, in July 2028.
func TestStatusOfASiteChangesFromItsMonthOn(t *testing.T) {
	opened := "\n\n[[status]]\nfrom = \"2028-07-01\"\nstatus = \"operational\"\nclass = \"%s\"\nsources = [\"S9\"]\nverified_on = \"2026-11-22\"\nconfidence = \"press\"\n"
	for _, tc := range []struct {
		name, site, from, with, inside string
		first, then                    string // AIR of one person and month before and after
	}{
		// 30,000 a month, one person: IR 88,646.208 a year, 10 % is 36,000, 20 % is 72,000.
		{"opens", "agadir", `(?s)from = "2026-01-01"(.*)\n$`, "from = \"2026-01-01\"\nto = \"2028-06-30\"$1" + fmt.Sprintf(opened, "main"), "", "4387.184", "1387.184"},
		{"opens, the company stays outside", "agadir", `(?s)from = "2026-01-01"(.*)\n$`, "from = \"2026-01-01\"\nto = \"2028-06-30\"$1" + fmt.Sprintf(opened, "main"), "no", "4387.184", "0"},
		{"closes", "casanearshore", `from = "2008-01-01"`, "$0\nto = \"2028-06-30\"", "", "1387.184", "4387.184"},
		{"changes class", "technopolis", `(?s)from = "2008-09-01"(.*)\n$`, "from = \"2008-09-01\"\nto = \"2028-06-30\"$1" + fmt.Sprintf(opened, "secondary"), "", "1387.184", "4387.184"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			files := packFiles(t)
			edit(t, files, "sites/"+tc.site+".toml", tc.from, tc.with)
			p := calctest.Project(tc.site, calctest.Role("30000.00", "2026-01", 1000))
			if tc.inside == "no" {
				p.InsideP2I = ptr(false)
			}
			months := func(n int, a string) string {
				return domain.Money(halfUp(mul(rat(a), whole(n*1000)), 100)).String()
			}
			years := calctest.Case(t, engineOf(t, files), p).Years()
			calctest.Want(t, "AIR of 2027", years[1].AIR, months(12, tc.first))
			both := domain.Money(halfUp(plus(mul(rat(tc.first), whole(6000)), mul(rat(tc.then), whole(6000))), 100))
			calctest.Want(t, "AIR of 2028", years[2].AIR, both.String())
			calctest.Want(t, "AIR of 2029", years[3].AIR, months(12, tc.then))
		})
	}
}

// The engine refuses a pack that cannot be computed with.
func TestNewRefusesAnIncompletePack(t *testing.T) {
	load := func() *rules.Pack {
		p, err := rules.Load(assets.PackFiles())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, spoil := range map[string]func(*rules.Pack){
		"cnss.ceiling":        func(p *rules.Pack) { delete(p.Params, "cnss.ceiling") },
		"pae.rate":            func(p *rules.Pack) { p.Params["pae.rate"].Dated[0].To = "2028-12-31" },
		"is.rate":             func(p *rules.Pack) { p.Params["is.rate"].Dated[0].To = "2028-12-31" },
		"unit":                func(p *rules.Pack) { p.Params["paf.rate"].Unit = rules.UnitMAD },
		"regime.last":         func(p *rules.Pack) { p.Params["regime.last"].Dated[0].Status = rules.Announced },
		"verification date":   func(p *rules.Pack) { p.VerifiedOn = "" },
		"readings":            func(p *rules.Pack) { p.Readings = p.Readings[:5] },
		"value \"sometimes\"": func(p *rules.Pack) { p.Readings[0].Values = []string{"once", "sometimes"} },
		"ir.scale":            func(p *rules.Pack) { p.Params["ir.scale"].Dated[1].To = "2026-12-31" },
	} {
		p := load()
		spoil(p)
		if _, err := calc.New(p); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A profit may be given from the first year whose January has every value of
// corporate tax: the pack says which, not the program.
func TestFirstProfitYearIsThePacks(t *testing.T) {
	for from, want := range map[domain.Date]int{"2026-01-01": 2026, "2026-04-01": 2027, "2028-01-01": 2028} {
		p, err := rules.Load(assets.PackFiles())
		if err != nil {
			t.Fatal(err)
		}
		p.Params["is.high.threshold"].Dated[0].From = from
		e, err := calc.New(p)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.FirstProfitYear(); got != want {
			t.Errorf("values from %s: first profit year %d, want %d", from, got, want)
		}
		for year, refused := range map[int]bool{want - 1: true, want: false} {
			pr := calctest.Project("fes-shore", calctest.Role("9000.00", "2026-01", 1))
			pr.Profits = []domain.Profit{{Year: year, Taxable: 100}}
			if found := e.Check(&pr); (len(found) > 0) != refused {
				t.Errorf("values from %s: profit of %d: %v", from, year, found)
			}
		}
	}
}

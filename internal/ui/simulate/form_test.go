package simulate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// typed fills a form as in the worked case, then with more.
func typed(t testing.TB, more ...[2]string) *Form {
	t.Helper()
	f := NewForm(newDesk(t, nil))
	f.SetSegment("ESO")
	f.SetSite("fes-shore")
	for _, x := range append([][2]string{
		{pathName, "Centre"},
		{"roles[0].title", "Ingénieur"},
		{"roles[0].grossMonthly", "30 000"},
		{"roles[0].hires[0].month", "janv. 2026"},
		{"roles[0].hires[0].count", "40"},
		{pathFrom, "01/2026"},
	}, more...) {
		f.Type(x[0], x[1])
	}
	return f
}

func jan(year int) domain.Month { return domain.NewMonth(year, 1) }

func TestForm_TypedIsTheProjectAndEmptyStaysAbsent(t *testing.T) {
	f := typed(t)
	want := domain.Project{
		Name: "Centre", Segment: "ESO", Site: "fes-shore", From: jan(2026),
		Roles: []domain.Role{{Title: "Ingénieur", GrossMonthly: 30_000_00, Hires: []domain.Hire{{Month: jan(2026), Count: 40}}}},
	}
	if diff := cmp.Diff(want, f.Draft(true).Project); diff != "" || !f.Ready() {
		t.Errorf("ready %v, hold %q\n%s", f.Ready(), f.Hold(), diff)
	}
	for _, path := range []string{pathExport, pathMonths, pathStart, pathInside, "roles[0].annualRaise", "roles[0].moroccanShare"} {
		if f.Hint(path) == "" {
			t.Errorf("%s is supposed and does not say so", path)
		}
	}
	if f.Default(pathMonths) != "60" || f.Default(pathExport) != "100" || f.Default(pathStart) != "janvier 2026" {
		t.Errorf("supposed: %q, %q, %q", f.Default(pathMonths), f.Default(pathExport), f.Default(pathStart))
	}
}

func TestForm_OptionalFieldsAreTakenAsTyped(t *testing.T) {
	f := typed(t, [2]string{pathExport, "92,5 %"}, [2]string{pathMonths, "48"}, [2]string{pathStart, "2020-03"},
		[2]string{"roles[0].annualAttrition", "12"}, [2]string{"roles[0].dependants", "2"}, [2]string{profitPath(2027), "6 000 000"})
	p := f.Draft(true).Project
	if *p.ExportShare != 925_000 || *p.Months != 48 || *p.OperationStart != domain.NewMonth(2020, 3) {
		t.Errorf("export %v, months %v, start %v", *p.ExportShare, *p.Months, *p.OperationStart)
	}
	if r := p.Roles[0]; *r.AnnualAttrition != 120_000 || *r.Dependants != 2 || r.AnnualRaise != nil {
		t.Errorf("role %+v", r)
	}
	if diff := cmp.Diff([]domain.Profit{{Year: 2027, Taxable: 6_000_000_00}}, p.Profits); diff != "" {
		t.Error(diff)
	}
	f.Type(pathExport, "")
	if f.Draft(true).Project.ExportShare != nil || f.Hint(pathExport) == "" {
		t.Error("an emptied field stayed given")
	}
}

func TestForm_SaysWhatIsWrongBesideTheField(t *testing.T) {
	for _, c := range []struct{ path, text, says string }{
		{pathName, "", "Une valeur est attendue"},
		{pathExport, "120", "pourcentage de 0 à 100"},
		{pathMonths, "181", "de 1 à 180"},
		{pathFrom, "13/2026", "Un mois est attendu"},
		{pathFrom, "12/2024", "janvier 2025"},
		{"roles[0].title", " ", "Une valeur est attendue"},
		{"roles[0].grossMonthly", "-3", "négative"},
		{"roles[0].grossMonthly", "0", "supérieur à zéro"},
		{"roles[0].dependants", "21", "de 0 à 20"},
		{"roles[0].hires[0].count", "0", "de 1 à"},
		{"roles[0].hires[0].month", "12/2024", "janvier 2025"},
		{profitPath(2027), "abc", "Un montant en MAD"},
	} {
		f := typed(t, [2]string{c.path, c.text})
		if got := strings.ReplaceAll(f.Message(c.path), "\u202f", " "); !strings.Contains(got, c.says) {
			t.Errorf("%s = %q says %q, wanted %q", c.path, c.text, got, c.says)
		}
		if f.Ready() || f.Hold() == "" {
			t.Errorf("%s = %q: ready %v, hold %q", c.path, c.text, f.Ready(), f.Hold())
		}
		for _, other := range append(f.paths(), pathSegment, pathSite) {
			if other != c.path && f.Message(other) != "" {
				t.Errorf("%s = %q: %s says %q too", c.path, c.text, other, f.Message(other))
			}
		}
	}
}

// A new form is not red all over; what is missing is named once, and beside the
// fields when somebody tries to save.
func TestForm_MissingIsSaidOnlyWhenAskedFor(t *testing.T) {
	f := NewForm(newDesk(t, nil))
	if f.Message(pathSite) != "" || f.Message(pathFrom) != "" || !strings.Contains(f.Hold(), "filière") {
		t.Errorf("site %q, from %q, hold %q", f.Message(pathSite), f.Message(pathFrom), f.Hold())
	}
	f.Insist()
	if f.Message(pathSite) == "" || f.Message(pathFrom) == "" {
		t.Error("nothing is said after a save was tried")
	}
}

func TestForm_NetPayIsTurnedIntoGross(t *testing.T) {
	f := typed(t)
	net := f.engine.NetForGross(30_000_00, 0, jan(2026))
	f.SetNet(0, true)
	if got := f.roles[0].pay.value; got != net {
		t.Errorf("30 000 gross shows %v net, wanted %v", got, net)
	}
	f.Type("roles[0].grossMonthly", "10000")
	gross := f.Draft(true).Project.Roles[0].GrossMonthly
	if back := f.engine.NetForGross(gross, 0, jan(2026)); back < 10_000_00 || f.engine.NetForGross(gross-1, 0, jan(2026)) >= 10_000_00 {
		t.Errorf("10 000 net gave %v gross, whose net is %v", gross, back)
	}
	if n := f.PayNotes(0); len(n) != 1 || !strings.Contains(n[0].Text, f.format.AmountExact(gross)) {
		t.Errorf("notes %v", n)
	}
	f.SetNet(0, false)
	if f.roles[0].pay.value != gross {
		t.Errorf("back to gross: %v, wanted %v", f.roles[0].pay.value, gross)
	}
}

func TestForm_PresetIsMarkedUntilThePayIsChanged(t *testing.T) {
	f := typed(t)
	f.SetPreset(0, "agent-fr")
	dr := f.Draft(true)
	if dr.Marks["roles[0].grossMonthly"] != "agent-fr" || dr.Project.Roles[0].GrossMonthly != 5_500_00 || dr.Project.Roles[0].Title != "Ingénieur" {
		t.Errorf("marks %v, role %+v", dr.Marks, dr.Project.Roles[0])
	}
	if n := f.PayNotes(0); len(n) != 1 || !n[0].Caution || !strings.Contains(n[0].Text, "supposé") {
		t.Errorf("notes %v", n)
	}
	f.Type("roles[0].grossMonthly", "5500")
	if len(f.Draft(true).Marks) != 1 {
		t.Error("the same amount written otherwise lost its mark")
	}
	f.Type("roles[0].grossMonthly", "5600")
	if len(f.Draft(true).Marks) != 0 {
		t.Error("another amount kept the mark")
	}
	again := OpenForm(f.desk, dr)
	if again.Preset(0) != "agent-fr" {
		t.Error("the mark of a draft is lost when it is opened")
	}
}

func TestForm_PresetsOfTheSegmentComeFirst(t *testing.T) {
	f := NewForm(newDesk(t, nil))
	for _, segment := range []string{"CRM", "ESO", "KPO"} {
		f.SetSegment(segment)
		first := f.Presets()[0].ID
		for _, p := range f.desk.Pack().Presets {
			if p.ID == first && p.Segment != segment {
				t.Errorf("%s begins with %s of %s", segment, first, p.Segment)
			}
		}
	}
}

// The threshold is the pack's, one centime below, at and above it.
func TestForm_FlagsPayUnderTheMinimum(t *testing.T) {
	f := typed(t)
	least, ok := f.engine.MinimumPay(jan(2026))
	if !ok {
		t.Fatal("the pack has no minimum wage for January 2026")
	}
	for pay, flagged := range map[domain.Money]bool{least - 1: true, least: false, least + 1: false} {
		f.Type("roles[0].grossMonthly", pay.String())
		if got := len(f.PayNotes(0)) == 1; got != flagged {
			t.Errorf("%v: flagged %v, wanted %v: %v", pay, got, flagged, f.PayNotes(0))
		}
		if !f.Ready() {
			t.Errorf("%v is refused; it is only flagged", pay)
		}
	}
}

func TestForm_Ramp(t *testing.T) {
	f := typed(t)
	f.OpenRamp(0)
	if _, ok := f.RampSays(); ok || !f.Ready() {
		t.Error("an empty ramp can be used, or holds the form up")
	}
	for path, text := range map[string]string{rampFrom: "20", rampFirst: "01/2026", rampTo: "100", rampLast: "09/2026"} {
		f.Type(path, text)
	}
	if says, ok := f.RampSays(); !ok || !strings.Contains(says, "100") {
		t.Errorf("says %q, %v", says, ok)
	}
	f.Type(rampTo, "10")
	if _, ok := f.RampSays(); ok || f.Message(rampTo) == "" {
		t.Error("a falling line can be used")
	}
	f.Type(rampTo, "100")
	f.ApplyRamp()
	hires := f.Draft(true).Project.Roles[0].Hires
	// 20 people, then 10 more in each of eight months.
	if len(hires) != 9 || hires[0] != (domain.Hire{Month: jan(2026), Count: 20}) || hires[8] != (domain.Hire{Month: domain.NewMonth(2026, 9), Count: 10}) {
		t.Errorf("hires %v", hires)
	}
	if people(hires) != 100 || f.RampRole() != -1 {
		t.Errorf("%d people, ramp of role %d", people(hires), f.RampRole())
	}
	f.OpenRamp(0)
	for path, text := range map[string]string{rampFrom: "1", rampFirst: "01/2026", rampTo: "100", rampLast: "01/2126"} {
		f.Type(path, text)
	}
	if f.Message(rampLast) == "" {
		t.Error("a ramp of a hundred years can be used")
	}
}

func TestReadPlan(t *testing.T) {
	d := newDesk(t, nil)
	plan, why := ReadPlan(d, "Profil;Mois;Effectif;Brut\nAgent;01/2026;20;5500\nAgent;01/2026;5;5500\nChef;02/2026;2;10000\n")
	if why != "" {
		t.Fatal(why)
	}
	f := NewForm(d)
	if open := f.ApplyPlan(plan, 0); open != -1 {
		t.Errorf("a complete plan opens role %d", open)
	}
	got := f.Draft(true).Project.Roles
	want := []domain.Role{
		{Title: "Agent", GrossMonthly: 5_500_00, Hires: []domain.Hire{{Month: jan(2026), Count: 25}}},
		{Title: "Chef", GrossMonthly: 10_000_00, Hires: []domain.Hire{{Month: domain.NewMonth(2026, 2), Count: 2}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, why := ReadPlan(d, "01/2026\t20\n02/2026\tvingt"); !strings.Contains(why, "2") {
		t.Errorf("the refused line is not named: %q", why)
	}
}

func TestForm_PlanWithoutProfilesGoesToTheOpenRole(t *testing.T) {
	f := typed(t)
	plan, why := ReadPlan(f.desk, "02/2026 ; 30\n01/2026 ; 20")
	if why != "" {
		t.Fatal(why)
	}
	if open := f.ApplyPlan(plan, 0); open != 0 {
		t.Errorf("opens role %d", open)
	}
	r := f.Draft(true).Project.Roles
	if len(r) != 1 || r[0].Title != "Ingénieur" || r[0].GrossMonthly != 30_000_00 || people(r[0].Hires) != 50 || r[0].Hires[0].Month != jan(2026) {
		t.Errorf("roles %+v", r)
	}
	other := typed(t)
	if open := other.ApplyPlan(plan, -1); open != 1 || other.Roles() != 2 || other.Ready() {
		t.Errorf("without an open role: opens %d, %d roles, ready %v", open, other.Roles(), other.Ready())
	}
}

func TestForm_SitesAndInside(t *testing.T) {
	f := typed(t)
	if !f.AsksInside() {
		t.Error("a platform in operation does not ask inside or outside")
	}
	f.SetInside(insideNo)
	if p := f.Draft(true).Project.InsideP2I; p == nil || *p || f.Hint(pathInside) != "" {
		t.Errorf("inside %v, hint %q", p, f.Hint(pathInside))
	}
	f.SetSite("souss-massa")
	if f.AsksInside() || f.Draft(true).Project.InsideP2I != nil || !f.Ready() {
		t.Errorf("a region: asks %v, inside %v, hold %q", f.AsksInside(), f.Draft(true).Project.InsideP2I, f.Hold())
	}
	if n := len(f.Places()); n != len(f.engine.Places()) {
		t.Errorf("%d places offered, the engine takes %d", n, len(f.engine.Places()))
	}
}

func TestForm_OpenAndBackGivesTheSameProject(t *testing.T) {
	d := newDesk(t, nil)
	for _, name := range []string{"eso-fes.json", "crm-oujda.json", "existant-agadir.json", "ito-casablanca.json", "bpo-tetouan.json"} {
		p := sample(t, name)
		f := OpenForm(d, desk.Draft{Project: p})
		if diff := cmp.Diff(p, f.Draft(false).Project); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if c := f.clone(); !cmp.Equal(c.build(), p) {
			t.Errorf("%s: the copy differs", name)
		}
	}
}

func TestForm_AsksForProfitsOfTaxedYearsOnly(t *testing.T) {
	d := newDesk(t, nil)
	for name, want := range map[string][]int{"eso-fes.json": nil, "existant-agadir.json": {2026, 2027, 2028, 2029, 2030}} {
		dr := desk.Draft{Project: sample(t, name)}
		dr.Project.Profits = nil
		f := OpenForm(d, dr)
		r, err := d.Estimate(dr)
		if err != nil {
			t.Fatal(err)
		}
		f.Learn(r)
		if diff := cmp.Diff(want, f.ProfitYears()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The 74 % are those of the mock-up's case, from the specification's readings.
func TestForm_AsksTheQuestionThatNarrowsMost(t *testing.T) {
	d := newDesk(t, nil)
	dr := desk.Draft{Project: sample(t, "eso-fes.json")}
	r, err := d.Estimate(dr)
	if err != nil {
		t.Fatal(err)
	}
	f := OpenForm(d, dr)
	q, ok := f.Ask(r)
	if !ok || !strings.Contains(q.Title, "74") || !strings.Contains(q.Body, f.texts.Text("reading.pae.frequency.annual")) {
		t.Errorf("%v: %+v", ok, q)
	}
	settles := *r
	settles.Narrowing = []calc.Narrowing{{Reading: r.Narrowing[0].Reading, AtLeast: domain.ShareOne}}
	if q, _ := f.Ask(&settles); q.Title != "Une réponse supprimerait l'écart" {
		t.Errorf("where nothing stays open: %q", q.Title)
	}
	if _, ok := f.Ask(&calc.Result{}); ok {
		t.Error("a settled result asks")
	}
}

func TestForm_EditedSimulationLeavesItsOldRules(t *testing.T) {
	f := OpenForm(newDesk(t, nil), desk.Draft{ID: "x", Revision: 3, Pack: "old", Project: sample(t, "eso-fes.json")})
	if got := f.Draft(false); got.Pack != "old" || got.Revision != 3 {
		t.Errorf("as opened: %+v", got)
	}
	if got := f.Draft(true); got.Pack != "" || got.ID != "x" {
		t.Errorf("changed: %+v", got)
	}
}

func TestForm_StepAndFormat(t *testing.T) {
	f := typed(t, [2]string{pathMonths, "60"}, [2]string{pathExport, "92,5"})
	for path, want := range map[string]string{pathFrom: "février 2026", pathMonths: "61"} {
		if got, ok := f.Step(path, 1); !ok || got != want {
			t.Errorf("%s up: %q, %v", path, got, ok)
		}
	}
	if _, ok := f.Step(pathExport, 1); ok {
		t.Error("a share has steps")
	}
	for path, want := range map[string]string{"roles[0].grossMonthly": "30\u202f000", pathFrom: "janvier 2026", pathExport: "92,5"} {
		if got := f.Formatted(path); got != want {
			t.Errorf("%s: %q, wanted %q", path, got, want)
		}
	}
}

// What a keystroke costs the window's thread in a plan of 3,000 profiles.
func BenchmarkForm_TypeInLargePlan(b *testing.B) {
	d := newDesk(b, nil)
	var plan strings.Builder
	for i := range 3000 {
		plan.WriteString("Profil " + d.Texts().Formatter().Count(i) + ";01/2026;1;5500\n")
	}
	read, why := ReadPlan(d, plan.String())
	if why != "" {
		b.Fatal(why)
	}
	f := typed(b)
	f.ApplyPlan(read, -1)
	for i := 0; b.Loop(); i++ {
		f.Type(pathMonths, []string{"60", "48"}[i%2])
		f.wrongRoles(0)
		for k := range rowsAtOnce {
			f.RoleLine(k)
		}
	}
}

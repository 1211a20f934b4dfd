package desk_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

func role(title, pay string, hires ...domain.Hire) domain.Role {
	return domain.Role{Title: title, GrossMonthly: calctest.Money(pay), Hires: hires}
}

func hire(month string, n int) domain.Hire {
	return domain.Hire{Month: calctest.Month(month), Count: n}
}

func TestParsePlan(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	jan, mar := hire("2026-01", 20), hire("2026-03", 15)
	two := []domain.Role{role("", "0", jan, mar)}
	ing := []domain.Role{role("Ingénieur", "30000.50", jan, mar)}
	for _, c := range []struct {
		name, text string
		want       []domain.Role
	}{
		{"French CSV", "Ingénieur;01/2026;20;30000,50\nIngénieur;03/2026;15;30000,50\n", ing},
		{"English CSV", "Ingénieur,2026-01,20,30000.50\nIngénieur,2026-03,15,30000.50\n", ing},
		{"quoted cells", "\"Ingénieur\",2026-01,20,\"30,000.50\"\n\"Ingénieur\",2026-03,15,\"30 000,50\"\n", ing},
		{"spreadsheet", "Ingénieur\tjanv. 2026\t20\t30 000,50\nIngénieur\tmars 2026\t15\t30 000,50 MAD\n", ing},
		{"byte order mark and CRLF", "\ufeffIngénieur;01/2026;20;30000,50\r\nIngénieur;03/2026;15;30000,50\r\n", ing},
		{"old Mac line ends", "01/2026;20\r03/2026;15\r", two},
		{"two columns", "01/2026;20\n03/2026;15", two},
		{"two columns, tabs, empty column at the end", "01/2026\t20\t\n03/2026\t15\t\t\n", two},
		{"header in another order", "Brut mensuel (MAD);Effectif;Mois;Profil\n30000,50;20;01/2026;Ingénieur\n30000,50;15;03/2026;Ingénieur", ing},
		{"English header", "Title,Month,Count,Gross\nIngénieur,2026-01,20,30000.50\nIngénieur,2026-03,15,30000.50", ing},
		{"column nobody knows", "Mois;Remarque;Effectif\n01/2026;urgent;20\n03/2026;;15", two},
		{"empty first cell of a pasted row", "Remarque\tMois\tEffectif\n\t01/2026\t20\n\t03/2026\t15\n", two},
		{"empty pay", "Brut;Mois;Effectif\n;01/2026;20\n;03/2026;15", two},
		{"blank lines", "\n01/2026;20\n   \n03/2026;15\n\n", two},
		{"spaces after commas", "2026-01, 20\n2026-03, 15", two},
		{"grouped count", "01/2026;1 200", []domain.Role{role("", "0", hire("2026-01", 1200))}},
		{"semicolon inside quotes", "\"Ingénieur; chef\",2026-01,20", []domain.Role{role("Ingénieur; chef", "0", jan)}},
		{
			"roles by profile and pay, in the order met",
			"Dév;01/2026;20;12000\nChef;01/2026;1;20000\nDév;03/2026;15;12000\nDév;03/2026;2;13000",
			[]domain.Role{
				role("Dév", "12000", jan, mar), role("Chef", "20000", hire("2026-01", 1)), role("Dév", "13000", hire("2026-03", 2)),
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problem := d.ParsePlan(c.text)
			if problem != nil {
				t.Fatal(problem)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error("(-want +got)", diff)
			}
		})
	}
}

func TestParsePlanRefuses(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	for _, c := range []struct {
		name, text string
		line       int // 0: the plan as a whole
		why        string
	}{
		{"nothing", " \n", 0, ""},
		{"header alone", "Mois;Effectif\n", 0, ""},
		{"month that does not exist", "01/2026;20\n13/2026;20", 2, "input.month"},
		{"two digits of a year", "01/26;20", 1, "input.month"},
		{"nobody", "01/2026;0", 1, "refuse.plan.columns"},
		{"less than nobody", "01/2026;-3", 1, "input.negative"},
		{"half a person", "01/2026;2,5", 1, "input.count"},
		{"letters for people", "01/2026;20\n03/2026;quinze", 2, "input.count"},
		{"CRLF counts each line once", "01/2026;20\r\n\r\n03/2026;quinze\r\n", 3, "input.count"},
		{"decimal comma in an English file", "Ingénieur,2026-01,20,30000,50", 1, "refuse.plan.columns"},
		{"cell too many", "01/2026;20\n01/2026;20;x", 2, "refuse.plan.columns"},
		{"month alone", "01/2026", 1, "refuse.plan.columns"},
		{"header without people", "Profil;Mois\nIngénieur;01/2026", 2, "refuse.plan.columns"},
		{"quotes not closed", "\"Ingénieur;01/2026;20\nChef;01/2026;1", 1, "refuse.plan.columns"},
		{"three decimals of pay", "Ingénieur;01/2026;20;30000,505", 1, "input.amount.decimals"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problem := d.ParsePlan(c.text)
			if problem == nil {
				t.Fatalf("accepted as %+v", got)
			}
			if got != nil {
				t.Errorf("%d roles were kept", len(got))
			}
			if c.line == 0 {
				if problem.Msg.Key != "refuse.noHire" {
					t.Errorf("refused with %s", problem.Msg.Key)
				}
				return
			}
			why, _ := problem.Msg.Args["why"].(domain.Msg)
			if problem.Msg.Args["line"] != c.line || why.Key != c.why {
				t.Errorf("refused at line %v with %s, want line %d with %s", problem.Msg.Args["line"], why.Key, c.line, c.why)
			}
			if said := d.Texts().Problem(problem); strings.Contains(said, "⟦") {
				t.Errorf("a text is missing: %s", said)
			}
		})
	}
}

// Whatever is pasted, nothing panics, and what is accepted is a plan: at least
// one hire a role, nobody without a month, no two roles of one profile and pay.
func FuzzParsePlan(f *testing.F) {
	for _, s := range []string{
		"Profil;Mois;Effectif;Brut\nIngénieur;01/2026;20;30000,50\r\n", "\ufeff2026-01,20", "a\t\"b\t2026-01\n", "01/2026\t20\t\r",
		"\"Ingénieur\",2026-01,20,\"30,000.50\"",
	} {
		f.Add(s)
	}
	d := newDesk(f, assets.PackFiles(), nil)
	f.Fuzz(func(t *testing.T, text string) {
		got, problem := d.ParsePlan(text)
		if (problem == nil) != (len(got) > 0) {
			t.Fatalf("%d roles and problem %v", len(got), problem)
		}
		type key struct {
			title string
			pay   domain.Money
		}
		met := map[key]bool{}
		for _, r := range got {
			k := key{r.Title, r.GrossMonthly}
			if met[k] || len(r.Hires) == 0 || r.GrossMonthly < 0 {
				t.Errorf("role %+v", r)
			}
			met[k] = true
			for _, h := range r.Hires {
				if h.Count < 1 || h.Month < 1 {
					t.Errorf("hire %+v", h)
				}
			}
		}
	})
}

func TestRamp(t *testing.T) {
	// From 20 in January to 100 in September: 80 more over eight months.
	got, problem := desk.Ramp(calctest.Month("2026-01"), 20, calctest.Month("2026-09"), 100)
	if problem != nil {
		t.Fatal(problem)
	}
	want := []domain.Hire{hire("2026-01", 20)}
	for _, m := range []string{"02", "03", "04", "05", "06", "07", "08", "09"} {
		want = append(want, hire("2026-"+m, 10))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got)", diff)
	}
	// One more over four months: 0.25, 0.5, 0.75, 1 above ten; half rounds up.
	got, _ = desk.Ramp(calctest.Month("2026-01"), 10, calctest.Month("2026-05"), 11)
	if diff := cmp.Diff([]domain.Hire{hire("2026-01", 10), hire("2026-03", 1)}, got); diff != "" {
		t.Error("(-want +got)", diff)
	}
}

func TestRampRefuses(t *testing.T) {
	jan, feb := calctest.Month("2026-01"), calctest.Month("2026-02")
	for _, c := range []struct {
		first domain.Month
		from  int
		last  domain.Month
		to    int
		want  string
	}{
		{feb, 1, jan, 2, "refuse.ramp.order"},
		{jan, 2, feb, 1, "refuse.ramp.falls"},
		{jan, 0, feb, 0, "refuse.noHire"},
	} {
		got, problem := desk.Ramp(c.first, c.from, c.last, c.to)
		if got != nil || problem == nil || problem.Msg.Key != c.want {
			t.Errorf("Ramp(%v, %d, %v, %d) = %v, %v; want %s", c.first, c.from, c.last, c.to, got, problem, c.want)
		}
	}
}

// A ramp ends at its last headcount, hires in order and in its months only, and
// is never more than half a person from the straight line.
func TestRampIsAStraightLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := domain.NewMonth(2026, 1)
		steps := rapid.IntRange(0, 180).Draw(t, "steps")
		from := rapid.IntRange(0, 5000).Draw(t, "from")
		to := from + rapid.IntRange(0, 5000).Draw(t, "more")
		if to == 0 {
			to = 1
		}
		hires, problem := desk.Ramp(first, from, first+domain.Month(steps), to)
		if problem != nil {
			t.Fatal(problem)
		}
		there, k := 0, 0
		for month := range steps + 1 {
			if k < len(hires) && hires[k].Month == first+domain.Month(month) {
				if hires[k].Count < 1 {
					t.Fatalf("a hire of %d", hires[k].Count)
				}
				there += hires[k].Count
				k++
			}
			if steps == 0 {
				continue
			}
			// twice the distance times steps, to stay in whole numbers
			off := 2 * (there*steps - (from*steps + (to-from)*month))
			if off > steps || off <= -steps {
				t.Fatalf("%d people in month %d, line from %d to %d over %d months", there, month, from, to, steps)
			}
		}
		if k != len(hires) || there != to {
			t.Fatalf("%d of %d hires met, %d people, want %d", k, len(hires), there, to)
		}
	})
}

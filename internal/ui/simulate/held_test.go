package simulate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
)

// A look at a pay as net, or a change of family charges while it is shown so,
// never moves the gross that was typed.
func TestForm_GrossShownAsNetStaysTheSame(t *testing.T) {
	d := newDesk(t, nil)
	rapid.Check(t, func(rt *rapid.T) {
		gross := domain.Money(rapid.Int64Range(2_000_00, 400_000_00).Draw(rt, "gross"))
		f := NewForm(d)
		f.Type("roles[0].hires[0].month", "01/2026")
		f.Type("roles[0].grossMonthly", gross.String())
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			f.SetNet(0, !f.Net(0))
			f.Type("roles[0].grossMonthly", f.Formatted("roles[0].grossMonthly"))
			f.Type("roles[0].dependants", fmt.Sprint(rapid.IntRange(0, 6).Draw(rt, "dependants")))
			if got := f.Draft(true).Project.Roles[0].GrossMonthly; got != gross {
				rt.Fatalf("gross %s became %s (net %v)", gross, got, f.Net(0))
			}
		}
	})
}

func TestForm_EmptyListOfProfitsStaysGiven(t *testing.T) {
	for _, want := range [][]domain.Profit{nil, {}} {
		p := sample(t, "eso-fes.json")
		p.Profits = want
		got := OpenForm(newDesk(t, nil), desk.Draft{Project: p}).Draft(true).Project
		written, err := project.Write(got)
		if err != nil {
			t.Fatal(err)
		}
		back, err := project.Read(written)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, back); diff != "" {
			t.Errorf("profits %#v (-before +after): %s", want, diff)
		}
	}
}

// The specification takes profits from 2026 on: one of 2025 would be refused.
func TestForm_AsksForNoProfitThatIsRefused(t *testing.T) {
	p := sample(t, "eso-fes.json")
	start, months := domain.NewMonth(2010, 1), 36
	p.From, p.OperationStart, p.Months = domain.NewMonth(2025, 1), &start, &months
	d := newDesk(t, nil)
	f := OpenForm(d, desk.Draft{Project: p})
	r, err := d.Estimate(f.Draft(true))
	if err != nil {
		t.Fatal(err)
	}
	if r.Years[0].Year != 2025 || r.Years[0].Exempt {
		t.Fatalf("the case does not test: %+v", r.Years[0])
	}
	f.Learn(r)
	if got := f.ProfitYears(); !slices.Equal(got, []int{2026, 2027}) {
		t.Errorf("asks for %v", got)
	}
}

func (s *stage) shows(path string) bool {
	return slices.ContainsFunc(s.page.team.fields, func(b *bound) bool { return b.path == path })
}

func TestPage_RefusedHireIsOnTheScreen(t *testing.T) {
	p := sample(t, "eso-fes.json")
	p.Roles[0].Hires = nil
	for k := range 30 {
		p.Roles[0].Hires = append(p.Roles[0].Hires, domain.Hire{Month: p.From + domain.Month(k), Count: 1})
	}
	p.Roles[0].Hires[29].Month = domain.NewMonth(2024, 1) // before the offer
	s := newStage(t, newDesk(t, nil))
	s.page.Start(desk.Draft{Project: p})
	s.page.team.toggle(0)
	if !s.shows("roles[0].hires[29].month") || s.shows("roles[0].hires[28].month") {
		t.Error("the refused hire is not on the screen, or others are")
	}
}

func TestPage_RefusedRoleIsOnTheScreen(t *testing.T) {
	d := newDesk(t, nil)
	var plan strings.Builder
	for i := range 50 {
		fmt.Fprintf(&plan, "Profil %d;01/2026;1;%d\n", i, 5000+i)
	}
	read, why := ReadPlan(d, plan.String())
	if why != "" {
		t.Fatal(why)
	}
	s := newStage(t, d)
	s.typeESO()
	s.fill(pathMonths, "12")
	s.page.changeRoles("", func() { s.page.form.ApplyPlan(read, -1) })
	s.page.form.Type(rolePath(s.page.form.Roles()-1, "annualRaise"), "100")
	last := s.page.form.Roles() - 1
	if s.page.team.rows[last] != nil {
		t.Fatal("a long team is shown whole")
	}
	s.fill(pathMonths, "180") // a pay that doubles each year for fifteen years
	if s.page.focused() != s.entry(pathMonths) {
		t.Error("the focus moved")
	}
	if s.page.team.rows[last] == nil || s.page.team.rows[last-1] != nil {
		t.Errorf("the refused profile is not on the screen, or others are; %q", s.page.form.Hold())
	}
}

func TestPage_UndoOfAPlanEndsAtTheNextChange(t *testing.T) {
	s := newStage(t, newDesk(t, nil))
	s.typeESO()
	read, _ := ReadPlan(s.page.p.Desk, "01/2026;20")
	s.page.changeRoles("plan", func() { s.page.form.ApplyPlan(read, 0) })
	if s.toast != "plan" || s.act == nil {
		t.Fatalf("no undo is offered: %q", s.toast)
	}
	s.fill("roles[0].title", "Chef")
	if s.toast != "" {
		t.Errorf("still offered: %q", s.toast)
	}
}

// A save is on its way while the form is left and come back to.
func TestPage_FormComeBackToDuringASaveStaysOneSimulation(t *testing.T) {
	d := newDesk(t, openStore(t))
	s := newStage(t, d)
	s.typeESO()
	s.page.Save()
	back := s.page.Keep()
	s.page.New()
	back()
	s.until("the save", func() bool { return s.saves == 1 })
	if s.page.Dirty() {
		t.Error("saved, and still counted as not saved")
	}
	s.fill(pathMonths, "48")
	s.page.Save()
	s.until("another save", func() bool { return s.saves == 2 })
	list, err := d.List()
	if err != nil || len(list) != 1 || list[0].Head != 2 {
		t.Errorf("list %+v, %v", list, err)
	}
}

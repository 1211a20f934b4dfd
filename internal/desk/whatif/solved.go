package whatif

import (
	"context"
	"errors"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// Answer is what a question gave, in words.
type Answer struct {
	About   string   // the role, with its pay as it is; or all roles with their people
	Said    []string // the answer, or why there is none, and what to know of it
	Reached bool     // the project as it is reaches the goal: it says so already
	Found   bool     // Draft has the answer in it
	Draft   desk.Draft
}

// AIRStarts says for each role from which pay on it brings AIR.
func (s *Study) AIRStarts(ctx context.Context, dr desk.Draft) ([]Answer, error) {
	var out []Answer
	for i := range dr.Project.Roles {
		a, err := s.solve(ctx, dr, whatif.AIRStarts(i))
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// Heads says how many people it takes until the benefits over the horizon are at
// least so many MAD: in one role, or in all in the proportions of the present
// hires (whatif.AllRoles). The errors are those of whatif.Solve.
func (s *Study) Heads(ctx context.Context, dr desk.Draft, role int, atLeast domain.Money) (Answer, error) {
	return s.solve(ctx, dr, whatif.Question{Find: whatif.Heads, Role: role, Line: calc.LineBenefits, AtLeast: atLeast})
}

func (s *Study) solve(ctx context.Context, dr desk.Draft, q whatif.Question) (Answer, error) {
	e, err := s.d.EngineFor(dr.Pack)
	if err != nil {
		return Answer{}, err
	}
	a, err := whatif.Solve(ctx, e, dr.Project, q)
	if err != nil {
		return Answer{}, inside(err)
	}
	out := Answer{About: s.about(&dr.Project, q, a), Reached: a.Possible && a.Present >= a.Value && a.Lost == 0}
	for _, m := range a.Said {
		out.Said = append(out.Said, s.t.T(m))
	}
	if out.Found = a.Possible && a.Value != a.Present; out.Found {
		out.Draft = s.fork(dr, a.Project, s.t.Text("whatifscreen.solved"))
	}
	if out.Reached {
		out.Said = append(out.Said, s.t.Text("whatifscreen.reached"))
	}
	return out, nil
}

// about names what is looked at, and where it stands today.
func (s *Study) about(p *domain.Project, q whatif.Question, a *whatif.Answer) string {
	title := s.t.Text("whatifscreen.roles.all")
	if q.Role != whatif.AllRoles {
		title = s.RoleName(p, q.Role)
	}
	if q.Find == whatif.Pay {
		return s.t.Text("whatifscreen.about.pay", "role", title, "pay", s.t.Formatter().Amount(domain.Money(a.Present)))
	}
	return s.t.Text("whatifscreen.about.heads", "role", title, "count", int(a.Present))
}

// RoleName is the title of a role, or its number where it has none.
func (s *Study) RoleName(p *domain.Project, role int) string {
	if title := p.Roles[role].Title; title != "" {
		return title
	}
	return s.t.Text("whatifscreen.role", "number", role+1)
}

// inside is the refusal that an error is wrapped around: what a person is told.
func inside(err error) error {
	var problem *domain.Problem
	var problems calc.Problems
	switch {
	case errors.As(err, &problem):
		return problem
	case errors.As(err, &problems):
		return problems
	}
	return err
}

// Payback is when a set-up cost is covered: in words, and month by month.
type Payback struct {
	Said   []string
	Cost   domain.Money
	Known  bool // the saving is known
	Months []whatif.Point
}

// Payback says when a set-up cost is covered; saving is what a seat saves in a
// month, nil where that is not known. The delays are the user's. The error is a
// *domain.Problem in the field "cost" or "saving", or calc.Problems.
func (s *Study) Payback(ctx context.Context, dr desk.Draft, cost domain.Money, saving *domain.Money) (*Payback, error) {
	e, err := s.d.EngineFor(dr.Pack)
	if err != nil {
		return nil, err
	}
	b, err := whatif.FindPayback(ctx, e, dr.Project, whatif.PaybackParams{Cost: cost, Saving: saving, Delays: s.delaysNow()})
	if err != nil {
		return nil, inside(err)
	}
	out := &Payback{Cost: cost, Known: saving != nil, Months: b.Months}
	for _, m := range b.Words() {
		out.Said = append(out.Said, s.t.T(m))
	}
	return out, nil
}

package whatif

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// Unknown is what a question looks for.
type Unknown int

// Pay is the gross monthly pay at hire of a role, in centimes. Heads is how many
// people are hired, into one role or all, in the proportions of the present hires.
const (
	Pay Unknown = iota
	Heads
)

// Basis says which figure has to reach the goal.
type Basis int

// The figure under the chosen readings, the lowest over the open readings, or the
// highest.
const (
	Chosen Basis = iota
	Lowest
	Highest
)

// AllRoles spreads heads over every role.
const AllRoles = -1

// Question asks for the smallest pay, or the fewest people, with which a figure
// reaches a goal, everything else as the project has it.
type Question struct {
	Find    Unknown
	Role    int          // index; AllRoles for Heads only
	Alone   bool         // the role is looked at without the others
	Line    string       // a benefit's code, or calc.LineBenefits
	AtLeast domain.Money // over the horizon, more than zero
	Basis   Basis
	Most    int64 // no more than this, in centimes or heads; 0 for what the engine accepts
}

// AIRStarts asks from which pay a role brings AIR at all: one centime over the
// horizon, the other roles left out.
func AIRStarts(role int) Question {
	return Question{Find: Pay, Role: role, Alone: true, Line: domain.AIR, AtLeast: 1}
}

// Answer is the smallest number that reaches the goal, or the reason why none does.
type Answer struct {
	Possible bool
	Value    int64 // centimes a month, or heads
	Present  int64 // the same of the project as it is
	From, To int64 // the range looked at, both included

	Amount domain.Money // the figure at Value; at its best where it is not possible
	Before domain.Money // one centime or head less; nothing where Value is From

	// Rises is whether the figure never fell with a larger number in all that was
	// looked at. Lost is the first larger number looked at that misses the goal
	// again, 0 for none.
	Rises bool
	Lost  int64

	Said        []domain.Msg   // the answer in words, or why there is none, and what to know of it
	Project     domain.Project // with the answer in it; as it was where there is none
	Evaluations int            // estimates computed
}

// solver is a question put to a project.
type solver struct {
	ctx context.Context
	eng *calc.Engine
	p   domain.Project
	q   Question
}

// Solve answers a question with a bounded number of estimates. The error is a
// *domain.Problem for the question, calc.Problems for the project, or that of the
// context; a goal that cannot be reached is an answer.
func Solve(ctx context.Context, e *calc.Engine, p domain.Project, q Question) (*Answer, error) {
	if found := e.Check(&p); len(found) > 0 {
		return nil, fmt.Errorf("solve: %w", calc.Problems(found))
	}
	if err := q.check(&p); err != nil {
		return nil, fmt.Errorf("solve: %w", err)
	}
	s := &solver{ctx: ctx, eng: e, p: p, q: q}
	if q.Alone && q.Role != AllRoles {
		s.p.Roles = p.Roles[q.Role : q.Role+1]
		s.q.Role = 0
	}
	lo, hi := s.bounds()
	if q.Most > 0 && q.Most < lo {
		return nil, fmt.Errorf("solve: %w", domain.Refuse("most", said(q.Find, q.Most), "whatif.refuse.most", "least", amountOf(q.Find, lo)))
	}
	look := search{lo: lo, hi: hi, target: q.AtLeast, amount: s.amount}
	saw, err := look.run()
	if err != nil {
		return nil, fmt.Errorf("solve: %w", err)
	}
	a := &Answer{
		Possible: saw.reached, Value: saw.at, Present: s.present(), From: lo, To: hi,
		Amount: saw.amount, Before: saw.before, Rises: saw.rises, Lost: saw.lost,
		Project: p, Evaluations: saw.evaluations,
	}
	if !a.Possible {
		a.Amount = saw.best
		why, err := s.impossible(a, saw.flat)
		if err != nil {
			return nil, fmt.Errorf("solve: %w", err)
		}
		a.Said = []domain.Msg{why}
		return a, nil
	}
	s.p, s.q = p, q
	a.Project = s.with(a.Value)
	a.Said = a.words(q)
	return a, nil
}

func (q Question) check(p *domain.Project) error {
	if q.Role < AllRoles || q.Role >= len(p.Roles) || (q.Role == AllRoles && q.Find == Pay) {
		return domain.Refuse("role", strconv.Itoa(q.Role), "refuse.range", "min", 0, "max", len(p.Roles)-1)
	}
	if lines := append(domain.Benefits[:], calc.LineBenefits); !slices.Contains(lines, q.Line) {
		return domain.Refuse("line", q.Line, "refuse.oneOf", "accepted", strings.Join(lines, ", "))
	}
	if q.AtLeast <= 0 {
		return domain.Refuse("atLeast", q.AtLeast.String(), "whatif.refuse.positive")
	}
	if q.Most < 0 {
		return domain.Refuse("most", said(q.Find, q.Most), "whatif.refuse.positive")
	}
	return nil
}

// roles are the roles whose hires are sought.
func (s *solver) roles() []domain.Role {
	if s.q.Role == AllRoles {
		return s.p.Roles
	}
	return s.p.Roles[s.q.Role : s.q.Role+1]
}

func (s *solver) present() int64 {
	if s.q.Find == Pay {
		return int64(s.p.Roles[s.q.Role].GrossMonthly)
	}
	n := 0
	for _, r := range s.roles() {
		n += hired(r)
	}
	return int64(n)
}

func hired(r domain.Role) (n int) {
	for _, h := range r.Hires {
		n += h.Count
	}
	return n
}

// bounds is the range of numbers that the engine accepts, from the legal minimum
// pay where the pack has one.
func (s *solver) bounds() (lo, hi int64) {
	lo = 1
	if s.q.Find == Pay {
		if least, ok := s.eng.MinimumPay(s.p.From); ok {
			lo = max(lo, int64(least))
		}
		hi = s.mostPay(lo)
	} else {
		hi = s.mostHeads()
	}
	if s.q.Most > 0 {
		hi = min(hi, s.q.Most)
	}
	return lo, hi
}

// mostPay is the highest pay that the engine accepts, raises included.
func (s *solver) mostPay(lo int64) int64 {
	miss := int64(calc.MaxPay) + 1
	for miss-lo > 1 {
		middle := lo + (miss-lo)/2
		if p := s.with(middle); len(s.eng.Check(&p)) == 0 {
			lo = middle
		} else {
			miss = middle
		}
	}
	return lo
}

// mostHeads keeps the largest hire and the sum of all inside the engine's limits.
func (s *solver) mostHeads() int64 {
	all, largest := int(s.present()), 0
	for _, r := range s.roles() {
		for _, h := range r.Hires {
			largest = max(largest, h.Count)
		}
	}
	others := -all
	for _, r := range s.p.Roles {
		others += hired(r)
	}
	return min(calc.MaxPeople-int64(others), calc.MaxCount*int64(all)/int64(largest))
}

// with is the project with the number in it.
func (s *solver) with(n int64) domain.Project {
	p := s.p
	p.Roles = slices.Clone(p.Roles)
	if s.q.Find == Pay {
		p.Roles[s.q.Role].GrossMonthly = domain.Money(n)
		return p
	}
	first, last := s.q.Role, s.q.Role
	if s.q.Role == AllRoles {
		first, last = 0, len(p.Roles)-1
	}
	all, before, given := s.present(), int64(0), int64(0)
	kept := p.Roles[:0:0]
	for i, r := range p.Roles {
		if i >= first && i <= last {
			var hires []domain.Hire
			for _, h := range r.Hires {
				// What is due so far less what was given: no hire is rounded twice.
				before += int64(h.Count)
				due := n * before / all
				if h.Count = int(due - given); h.Count > 0 {
					hires = append(hires, h)
				}
				given = due
			}
			r.Hires = hires
		}
		if len(r.Hires) > 0 {
			kept = append(kept, r)
		}
	}
	p.Roles = kept
	return p
}

// amount is the figure with the number in the project: one fast estimate under
// the chosen readings, a whole result where the readings matter.
func (s *solver) amount(n int64) (domain.Money, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	c, err := s.eng.Case(s.with(n))
	if err != nil {
		return 0, err
	}
	if s.q.Basis == Chosen {
		var sum domain.Money
		years := c.Years()
		for i := range years {
			sum += years[i].Line(s.q.Line)
		}
		return sum, nil
	}
	f := figure(c.Result(), s.q.Line)
	if s.q.Basis == Lowest {
		return f.Low, nil
	}
	return f.High, nil
}

func figure(r *calc.Result, line string) calc.Figure {
	if line == calc.LineBenefits {
		return r.Benefits
	}
	return r.Benefit(line)
}

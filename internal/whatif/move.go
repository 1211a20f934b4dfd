package whatif

import (
	"math/big"
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// Move is how a project is changed, all parts together. The zero Move changes
// nothing. Nothing is trimmed to what the engine accepts: a move that leads out
// of it is refused by the engine, which says where.
type Move struct {
	Attrition         *domain.Share // the yearly attrition of every role; nil leaves each its own
	HiringDelayMonths int           // every hire so much later; the horizon stays
	PayChange         domain.Share  // share of each role's pay that is added: -100000 is 10 % less
	ExportShareChange domain.Share  // points added to the export share: -200000 is 20 points less
	HeadcountChange   domain.Share  // share of each hire that is added, rounded half up to heads
}

// Apply gives the moved project; p is left as it is. An export share that was not
// given is moved from the engine's default, the whole.
func (m Move) Apply(p domain.Project) domain.Project {
	if m.ExportShareChange != 0 {
		moved := domain.ShareOne
		if p.ExportShare != nil {
			moved = *p.ExportShare
		}
		moved += m.ExportShareChange
		p.ExportShare = &moved
	}
	p.Roles = slices.Clone(p.Roles)
	for i := range p.Roles {
		r := &p.Roles[i]
		if m.Attrition != nil {
			r.AnnualAttrition = m.Attrition
		}
		r.GrossMonthly = domain.Money(changed(int64(r.GrossMonthly), m.PayChange))
		r.Hires = slices.Clone(r.Hires)
		for j := range r.Hires {
			h := &r.Hires[j]
			h.Month += domain.Month(m.HiringDelayMonths)
			h.Count = int(changed(int64(h.Count), m.HeadcountChange))
		}
	}
	return p
}

// changed is n x (1 + by), rounded half up; out of 64 bits it is zero, which the
// engine refuses for pay and for heads.
func changed(n int64, by domain.Share) int64 {
	if by == 0 {
		return n
	}
	one := big.NewInt(int64(domain.ShareOne))
	x := new(big.Int).Add(one, big.NewInt(int64(by)))
	x.Mul(x, big.NewInt(2*n)).Add(x, one)
	// Div rounds towards minus infinity, so that a half goes up also below zero.
	if x.Div(x, one.Lsh(one, 1)); !x.IsInt64() {
		return 0
	}
	return x.Int64()
}

// Scenarios are the three named ways things may go. What each moves is the
// caller's to say.
type Scenarios struct{ Low, Base, High Move }

// Names of the scenarios; their texts are whatif.scenario.NAME.
const (
	Low  = "low"
	Base = "base"
	High = "high"
)

// Outcome is what a scenario gives: the result with its range over the readings,
// or the engine's refusal of the moved project.
type Outcome struct {
	Name    string
	Move    Move
	Project domain.Project
	Result  *calc.Result // nil where it is refused
	Refused error        // calc.Problems
}

// Run computes the scenarios in the order low, base, high. One that is refused
// does not stop the others.
func (s Scenarios) Run(e *calc.Engine, p domain.Project) [3]Outcome {
	return [3]Outcome{run(e, p, Low, s.Low), run(e, p, Base, s.Base), run(e, p, High, s.High)}
}

func run(e *calc.Engine, p domain.Project, name string, m Move) Outcome {
	out := Outcome{Name: name, Move: m, Project: m.Apply(p)}
	c, err := e.Case(out.Project)
	if err != nil {
		out.Refused = err
		return out
	}
	out.Result = c.Result()
	return out
}

// InOrder is whether the benefits rise from low to base to high, as the names
// promise; false also where one is refused. A screen says so where they do not.
func InOrder(outcomes [3]Outcome) bool {
	for i, o := range outcomes {
		if o.Result == nil || (i > 0 && o.Result.Benefits.Value < outcomes[i-1].Result.Benefits.Value) {
			return false
		}
	}
	return true
}

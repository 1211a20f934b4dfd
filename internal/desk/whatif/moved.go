package whatif

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/scenarios"
	"atlasp2i/internal/whatif"
)

// Scenario is one of the three, in words. Amounts are MAD over the horizon that
// Period names.
type Scenario struct {
	Title   string
	Moves   []string // what it moves; one sentence where it moves nothing
	Total   string
	Range   string // over the readings that are not settled
	Period  string // "MAD sur 60 mois"
	Cost    string
	Share   string // of the cost
	Refused string // why there is none; the others are empty then
	Moved   bool   // it is not the project as it is
	Draft   desk.Draft
}

// Scenarios are the three side by side.
type Scenarios struct {
	Three  [3]Scenario // low, base, high
	Honest string      // said where the totals do not rise from low to high; "" otherwise
}

// Scenarios moves a draft in three ways. The error is that of the store where the
// draft's pack is missing; a project that is refused says so in each scenario.
func (s *Study) Scenarios(dr desk.Draft) (*Scenarios, error) {
	e, err := s.d.EngineFor(dr.Pack)
	if err != nil {
		return nil, err
	}
	levers := s.now()
	low := func(v scenarios.Values) *domain.Quantity { return v.Low }
	high := func(v scenarios.Values) *domain.Quantity { return v.High }
	none := func(scenarios.Values) *domain.Quantity { return nil }
	all := whatif.Scenarios{Low: moveAll(levers, low), High: moveAll(levers, high)}.Run(e, dr.Project)
	out := &Scenarios{}
	for i, at := range []func(scenarios.Values) *domain.Quantity{low, none, high} {
		moves := s.moves(levers, at)
		out.Three[i] = s.scenario(dr, &all[i], moves)
		if out.Three[i].Moved = len(moves) > 0; !out.Three[i].Moved {
			out.Three[i].Moves = []string{s.t.Text("whatifscreen.move.none")}
		}
	}
	if !whatif.InOrder(all) {
		out.Honest = s.t.Text("whatifscreen.order")
	}
	return out, nil
}

func (s *Study) scenario(dr desk.Draft, o *whatif.Outcome, moves []string) Scenario {
	t, f := s.t, s.t.Formatter()
	out := Scenario{Title: t.Text("whatif.scenario." + o.Name), Moves: moves, Draft: s.fork(dr, o.Project, t.Text("whatif.scenario."+o.Name))}
	if o.Refused != nil {
		out.Refused = desk.Say(t, o.Refused)
		return out
	}
	r := o.Result
	open := r.Extent(calc.LineBenefits)
	out.Total = desk.SayExtent(t, open, f.Amount(r.Benefits.Value))
	out.Period = t.Text("whatifscreen.period", "months", r.Months)
	out.Range = t.Text("result.only")
	if !r.Benefits.Settled() {
		out.Range = t.Text("result.between", "low", f.Compact(r.Benefits.Low), "high", f.Compact(r.Benefits.High))
	}
	out.Cost = t.Text("whatifscreen.cost", "cost", f.Compact(r.EmploymentCost))
	if share, ok := r.BenefitsShare(); ok {
		out.Share = t.Text("whatifscreen.share", "share", desk.SayExtent(t, open, f.Percent(share, 1)))
	}
	return out
}

// fork is a new draft of a moved project. A pay that was moved is no longer the
// preset's.
func (s *Study) fork(dr desk.Draft, p domain.Project, what string) desk.Draft {
	name := []rune(s.t.Text("whatifscreen.fork", "name", p.Name, "what", what))
	p.Name = string(name[:min(len(name), calc.MaxNameLetters)])
	out := desk.Draft{Project: p, Pack: dr.Pack, Marks: maps.Clone(dr.Marks)}
	for i := range p.Roles {
		if p.Roles[i].GrossMonthly != dr.Project.Roles[i].GrossMonthly {
			delete(out.Marks, fmt.Sprintf("roles[%d].grossMonthly", i))
		}
	}
	return out
}

// moveAll gives a move of all levers that have a value.
func moveAll(levers []scenarios.Lever, at func(scenarios.Values) *domain.Quantity) whatif.Move {
	var m whatif.Move
	for _, l := range levers {
		if q := at(l.Values); q != nil {
			set(&m, l.ID, *q)
		}
	}
	return m
}

func set(m *whatif.Move, id string, q domain.Quantity) {
	share := domain.Share(q)
	switch id {
	case scenarios.Attrition:
		m.Attrition = &share
	case scenarios.Delay:
		m.HiringDelayMonths = int(q / domain.QuantityOne)
	case scenarios.Pay:
		m.PayChange = share
	case scenarios.Export:
		m.ExportShareChange = share
	case scenarios.Headcount:
		m.HeadcountChange = share
	}
}

// moves says what a scenario moves; nothing where it leaves the project as it is.
func (s *Study) moves(levers []scenarios.Lever, at func(scenarios.Values) *domain.Quantity) []string {
	var out []string
	for _, l := range levers {
		if q := at(l.Values); q != nil && (*q != 0 || l.ID == scenarios.Attrition) {
			out = append(out, s.t.Text("whatifscreen.move."+l.ID, "value", s.at(l.ID, *q)))
		}
	}
	return out
}

// at is a value of a lever with its unit: "35 %", "+10 %", "6 mois".
func (s *Study) at(id string, q domain.Quantity) string {
	switch typed := s.typed(id, q); id {
	case scenarios.Delay:
		return s.t.Text("whatifscreen.value.months", "count", int(q/domain.QuantityOne))
	case scenarios.Attrition:
		return s.t.Text("whatifscreen.value.share", "value", typed)
	case scenarios.Export:
		return s.t.Text("whatifscreen.value.points", "value", signed(typed, q))
	default:
		return s.t.Text("whatifscreen.value.share", "value", signed(typed, q))
	}
}

func signed(typed string, q domain.Quantity) string {
	if q > 0 {
		return "+" + typed
	}
	return typed
}

// Side is the total at one end of a lever's range.
type Side struct {
	At    string // the end: "−15 %"
	Total string // MAD over the horizon, or why there is none
	MAD   float64
	Known bool
}

// Swing is how far one lever moves the total.
type Swing struct {
	ID, Name  string
	Low, High Side
	Span      string // MAD between the two; "" where an end is not known
}

// Tornado is what moves the total most, the widest first.
type Tornado struct {
	Base   Side
	Period string
	Stands string // under which reading, and how far the others go
	Swings []Swing
}

// Tornado moves one lever at a time over its range. The errors are those of
// whatif.Tornado and of the store.
func (s *Study) Tornado(ctx context.Context, dr desk.Draft) (*Tornado, error) {
	e, err := s.d.EngineFor(dr.Pack)
	if err != nil {
		return nil, err
	}
	levers := s.now()
	inputs, by := make([]whatif.Input, len(levers)), map[string]scenarios.Values{}
	for i, l := range levers {
		inputs[i].ID, by[l.ID] = l.ID, l.Values
		set(&inputs[i].Low, l.ID, l.Values.From)
		set(&inputs[i].High, l.ID, l.Values.To)
	}
	all, err := whatif.Tornado(ctx, e, dr.Project, inputs)
	if err != nil {
		return nil, err
	}
	months := calc.DefaultMonths
	if dr.Project.Months != nil {
		months = *dr.Project.Months
	}
	c, err := s.d.Case(dr)
	if err != nil {
		return nil, err
	}
	out := &Tornado{Base: s.side("", all.Base), Period: s.t.Text("whatifscreen.period", "months", months), Stands: s.stands(c.Result())}
	for _, in := range all.Inputs {
		v := by[in.ID]
		x := Swing{
			ID: in.ID, Name: s.t.Text("whatifscreen.lever." + in.ID),
			Low: s.side(s.at(in.ID, v.From), in.Low), High: s.side(s.at(in.ID, v.To), in.High),
		}
		if span, known := in.Span(); known {
			x.Span = s.t.Formatter().Amount(span)
		}
		out.Swings = append(out.Swings, x)
	}
	return out, nil
}

func (s *Study) side(at string, e whatif.End) Side {
	out := Side{At: strings.TrimSpace(at)}
	if out.MAD, out.Known = e.MAD(); !out.Known {
		out.Total = desk.Say(s.t, e.Refused)
		return out
	}
	out.Total = desk.SayExtent(s.t, e.Extent, s.t.Formatter().Amount(e.Benefits.Value))
	return out
}

// stands says under which reading a total is, and how far the others go: no total
// is shown without them.
func (s *Study) stands(r *calc.Result) string {
	t, f := s.t, s.t.Formatter()
	out := t.Text("result."+r.Manner(), "months", r.Months)
	said := t.Text("result.bar.only")
	if b := r.Benefits; !b.Settled() {
		said = t.Text("paper.range", "low", f.Amount(b.Low), "high", f.Amount(b.High))
	}
	return t.Text("whatifscreen.stands", "total", out, "range", said)
}

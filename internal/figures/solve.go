package figures

import (
	"slices"

	"atlasp2i/internal/rules"
)

// Value is a derived value with how it was found.
type Value struct {
	*Derivation
	Value     Num // to the derivation's decimals
	Low, High Num // what it may be, rounded outward to the same decimals
	Steps     []Step

	Preliminary bool // something that it was computed from is

	exact interval
}

// Step is one operand of a formula with the value it had.
type Step struct {
	ID        string // of the observation or derivation; "" of a plain number
	Key       Key    // empty for a plain number
	Derived   bool
	Value     Num
	Low, High Num

	Preliminary bool

	exact interval
}

// solver computes derivations from canonical readings, each once.
type solver struct {
	book    *Book
	byKey   map[Key][]*Observation
	byID    map[string]*Observation
	done    map[string]*Value
	working map[string]bool
}

func newSolver(b *Book) *solver {
	s := &solver{
		book: b, byKey: byKey(b.observations), byID: make(map[string]*Observation, len(b.observations)),
		done: map[string]*Value{}, working: map[string]bool{},
	}
	for i := range b.observations {
		s.byID[b.observations[i].ID] = &b.observations[i]
	}
	return s
}

// value computes one derivation.
func (s *solver) value(d *Derivation) (*Value, *rules.Fault) {
	if v := s.done[d.ID]; v != nil {
		return v, nil
	}
	at := rules.Pos{File: derivedFile, Line: d.Line}
	if s.working[d.ID] {
		return nil, rules.Refuse(at, "circle", d.ID, "a ← b, b ↚ a")
	}
	s.working[d.ID] = true
	steps, exact, fault := s.compute(at, d.ID, d.Formula)
	if fault != nil {
		return nil, fault
	}
	if d.Within != "" {
		o, ok := s.byID[d.Within], false
		if exact, ok = exact.within(s.bounds(o)); !ok {
			return nil, rules.Refuse(at, "out_of_range", d.ID, "within "+d.Within)
		}
	}
	v := &Value{Derivation: d, Steps: steps, exact: exact}
	v.Preliminary = slices.ContainsFunc(steps, func(s Step) bool { return s.Preliminary })
	if v.Value, v.Low, v.High, fault = shown(at, exact, d.Decimals); fault != nil {
		return nil, fault
	}
	s.done[d.ID] = v
	return v, nil
}

// shown rounds an interval: the value to the nearest, its bounds outward.
func shown(at rules.Pos, x interval, decimals int) (mid, low, high Num, fault *rules.Fault) {
	mid, a := numOf(x.mid, decimals, nearest)
	low, b := numOf(x.low, decimals, down)
	high, c := numOf(x.high, decimals, up)
	if !a || !b || !c {
		fault = rules.Refuse(at, "out_of_range", x.mid.FloatString(0), "< 10^12")
	}
	return mid, low, high, fault
}

func (s *solver) bounds(o *Observation) interval {
	return bounds(o, s.book.indicator(o.Indicator).Kind)
}

// compute evaluates a formula over the values of its operands.
func (s *solver) compute(at rules.Pos, id string, f Formula) ([]Step, interval, *rules.Fault) {
	var steps []Step
	var x []interval
	for _, o := range f.Operands {
		step, fault := s.operand(at, o)
		if fault != nil {
			return nil, interval{}, fault
		}
		steps, x = append(steps, step), append(x, step.exact)
	}
	years := 0
	if f.Name == CAGR {
		years = yearsBetween(steps[0].Key.Period, steps[1].Key.Period)
	}
	result, ok := evaluate(f.Name, x, years)
	if !ok {
		return nil, interval{}, rules.Refuse(at, "no_result", id, acceptedOperands(f.Name))
	}
	if f.Scale != nil {
		result = result.scaled(*f.Scale)
	}
	return steps, result, nil
}

// yearsBetween is 0 where the ends of the periods are not whole years apart.
func yearsBetween(from, to Period) int {
	const months = 12
	a, known := from.End()
	b, alsoKnown := to.End()
	if !known || !alsoKnown || int(b-a)%months != 0 {
		return 0
	}
	return int(b-a) / months
}

func (s *solver) operand(at rules.Pos, o Operand) (Step, *rules.Fault) {
	switch {
	case o.Number != nil:
		return Step{Value: *o.Number, Low: *o.Number, High: *o.Number, exact: exactly(*o.Number)}, nil
	case o.Observation != "":
		return s.published(at, s.byID[o.Observation])
	case o.Derived != "":
		i := slices.IndexFunc(s.book.derivations, func(d Derivation) bool { return d.ID == o.Derived })
		if i < 0 {
			return Step{}, rules.Refuse(at, "no_operand", o.Derived, derivedFile)
		}
		return s.derived(&s.book.derivations[i])
	}
	return s.canonical(at, o.Key)
}

// canonical is the sum that replaces the published total, else the published
// reading, else what is derived first under the key.
func (s *solver) canonical(at rules.Pos, k Key) (Step, *rules.Fault) {
	total := pick(s.byKey[k])
	for i := range s.book.derivations {
		d := &s.book.derivations[i]
		if d.Key != k || total != nil && (d.Name != Sum || total.Chosen) {
			continue
		}
		step, fault := s.derived(d)
		if fault != nil || total == nil || s.done[d.ID].replaces(s.byKey[k]) {
			return step, fault
		}
	}
	if total == nil {
		text := k.Country + " " + k.Indicator + " " + k.Segment + " " + k.Period.String() + " " + k.Series + " " + k.Unit
		return Step{}, rules.Refuse(at, "no_operand", text, observationsFile+", "+derivedFile)
	}
	return s.published(at, total)
}

func (s *solver) published(at rules.Pos, o *Observation) (Step, *rules.Fault) {
	step := Step{ID: o.ID, Key: o.Key, exact: s.bounds(o), Value: o.Value, Preliminary: o.Preliminary}
	var fault *rules.Fault
	_, step.Low, step.High, fault = shown(at, step.exact, numDigits)
	return step, fault
}

func (s *solver) derived(d *Derivation) (Step, *rules.Fault) {
	v, fault := s.value(d)
	if fault != nil {
		return Step{}, fault
	}
	return Step{ID: d.ID, Key: d.Key, Derived: true, Value: v.Value, Low: v.Low, High: v.High, Preliminary: v.Preliminary, exact: v.exact}, nil
}

// Outcome is what a check gave.
type Outcome struct {
	*Check
	Got       Num // to three decimals
	Low, High Num // what it may be, rounded outward
	Passed    bool
	Steps     []Step
}

// OK tells whether the check came out as expected.
func (o *Outcome) OK() bool { return o.Passed == o.Holds }

const checkDecimals = 3

func (s *solver) outcome(c *Check) (Outcome, *rules.Fault) {
	at := rules.Pos{File: checksFile, Line: c.Line}
	steps, x, fault := s.compute(at, c.ID, c.Formula)
	if fault != nil {
		return Outcome{}, fault
	}
	out := Outcome{Check: c, Steps: steps}
	if out.Got, out.Low, out.High, fault = shown(at, x, checkDecimals); fault != nil {
		return Outcome{}, fault
	}
	switch {
	case c.Equals != nil:
		place := c.Equals.Place()
		n, _ := numOf(x.mid, numDigits, nearest)
		out.Passed = n.Rounded(place).Micros == c.Equals.Micros
	case c.Spans != nil:
		out.Passed = x.low.Cmp(c.Spans.Rat()) <= 0 && x.high.Cmp(c.Spans.Rat()) >= 0
	default:
		out.Passed = x.mid.Cmp(c.Low.Rat()) >= 0 && x.mid.Cmp(c.High.Rat()) <= 0
	}
	return out, nil
}

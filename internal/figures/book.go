package figures

import (
	"cmp"
	"fmt"
	"slices"

	"atlasp2i/internal/domain"
)

// Book is the figures of a pack, read, checked and reconciled. It never changes
// after it was made; what its methods give is not to be changed either.
type Book struct {
	Home        string // the country that the pack is about; "" in an empty book
	Indicators  []Indicator
	AllSeries   []Series
	Circulation []Said

	observations []Observation
	derivations  []Derivation
	checks       []Check

	groups   []Group // in the order of their keys
	derived  []Value
	outcomes []Outcome
}

// settle derives, reconciles and checks what was read. It returns a *rules.Fault
// or the error of the look.
func (b *Book) settle(look Look) error {
	s := newSolver(b)
	b.derived, b.outcomes = nil, nil
	var sums []Value
	for i := range b.derivations {
		v, fault := s.value(&b.derivations[i])
		if fault != nil {
			return fault
		}
		b.derived = append(b.derived, *v)
		if v.Name == Sum {
			sums = append(sums, *v)
		}
	}
	var err error
	if b.groups, err = reconcile(s.byKey, sums, look); err != nil {
		return err
	}
	b.addDerived()
	for i := range b.checks {
		o, fault := s.outcome(&b.checks[i])
		if fault != nil {
			return fault
		}
		b.outcomes = append(b.outcomes, o)
	}
	return nil
}

// addDerived puts every derived value into the group of its key.
func (b *Book) addDerived() {
	for _, v := range b.derived {
		i, found := b.find(v.Key)
		if !found {
			b.groups = slices.Insert(b.groups, i, Group{Key: v.Key})
		}
		b.groups[i].Derived = append(b.groups[i].Derived, v)
	}
}

func (b *Book) find(k Key) (int, bool) {
	return slices.BinarySearchFunc(b.groups, k, func(g Group, k Key) int { return g.Key.Compare(k) })
}

// With is the book with more observations, classed as those of the pack are. An
// id that is there already, or a unit that the indicator does not have, gives a
// *domain.Problem; a derivation that no longer comes out gives a *rules.Fault.
func (b *Book) With(more []Observation) (*Book, error) { return b.WithLook(more, unwatched) }

// WithLook is With for a long list, which it gives up with the error of the look.
func (b *Book) WithLook(more []Observation, look Look) (*Book, error) {
	next := *b
	next.observations = append(make([]Observation, 0, len(b.observations)+len(more)), b.observations...)
	ids := make(map[string]bool, cap(next.observations))
	for _, o := range next.observations {
		ids[o.ID] = true
	}
	for i, o := range more {
		field := fmt.Sprintf("observations[%d]", i)
		if ids[o.ID] {
			return nil, domain.Refuse(field+".id", o.ID, "figures.problem.known")
		}
		if ind := b.indicator(o.Indicator); ind == nil || !slices.Contains(ind.Units, o.Unit) {
			return nil, domain.Refuse(field+".unit", o.Indicator+" "+o.Unit, "figures.problem.unit")
		}
		ids[o.ID] = true
		next.observations = append(next.observations, o)
	}
	if err := next.settle(look); err != nil {
		return nil, err
	}
	return &next, nil
}

// Query narrows what is looked up; an empty field takes everything.
type Query struct {
	Country, Indicator, Segment, Series, Unit string
	Period                                    *Period
}

func (q Query) takes(k Key) bool {
	any := func(want, have string) bool { return want == "" || want == have }
	return any(q.Country, k.Country) && any(q.Indicator, k.Indicator) && any(q.Segment, k.Segment) &&
		any(q.Series, k.Series) && any(q.Unit, k.Unit) && (q.Period == nil || *q.Period == k.Period)
}

// Groups gives the quantities that a query takes, in the order of their keys.
func (b *Book) Groups(q Query) []Group {
	var found []Group
	for _, g := range b.groups {
		if q.takes(g.Key) {
			found = append(found, g)
		}
	}
	return found
}

// Group gives one quantity; nil is not published and not derived.
func (b *Book) Group(k Key) *Group {
	i, found := b.find(k)
	if !found {
		return nil
	}
	return &b.groups[i]
}

// Observation gives the reading with the id, nil where there is none.
func (b *Book) Observation(id string) *Observation {
	for i := range b.observations {
		if b.observations[i].ID == id {
			return &b.observations[i]
		}
	}
	return nil
}

// Derived gives the derived values in the order of the pack, each with its steps.
func (b *Book) Derived() []Value { return b.derived }

// Checks gives what the checks of the arithmetic gave, in the order of the pack.
func (b *Book) Checks() []Outcome { return b.outcomes }

// Line is what one line of a chart may join: one country, indicator, segment,
// series and unit, by period. Two series are never on one line.
type Line struct {
	Country, Indicator, Segment, Series, Unit string
	Points                                    []Point
}

// Point is the value of a quantity that is shown. What is neither published nor
// derived has no point.
type Point struct {
	Key
	ID          string // of the observation or derivation
	Value       Num
	Low, High   *Num // nil where nothing beyond the digits is known
	Derived     bool
	Preliminary bool
}

// Lines gives the values of the quantities that a query takes, a line for each
// segment and series, its points by period.
func (b *Book) Lines(q Query) []Line {
	var lines []Line
	for _, g := range b.Groups(q) {
		p, ok := g.Point()
		if !ok {
			continue
		}
		k := g.Key
		l := Line{Country: k.Country, Indicator: k.Indicator, Segment: k.Segment, Series: k.Series, Unit: k.Unit}
		if n := len(lines); n == 0 || !lines[n-1].sameAs(l) {
			lines = append(lines, l)
		}
		last := &lines[len(lines)-1]
		last.Points = append(last.Points, p)
	}
	return lines
}

func (l Line) sameAs(o Line) bool {
	return cmp.Or(
		cmp.Compare(l.Country, o.Country), cmp.Compare(l.Indicator, o.Indicator), cmp.Compare(l.Segment, o.Segment),
		cmp.Compare(l.Series, o.Series), cmp.Compare(l.Unit, o.Unit),
	) == 0
}

// Point is the value of the quantity: the sum that is canonical, the canonical
// reading, else what is derived first. False where there are only traps.
func (g *Group) Point() (Point, bool) {
	v := g.Sum
	if c := g.Canonical(); v == nil && c != nil {
		return Point{g.Key, c.ID, c.Value, c.Low, c.High, false, c.Preliminary}, true
	}
	if v == nil && len(g.Derived) > 0 {
		v = &g.Derived[0]
	}
	if v == nil {
		return Point{}, false
	}
	return Point{Key: g.Key, ID: v.ID, Value: v.Value, Low: &v.Low, High: &v.High, Derived: true, Preliminary: v.Preliminary}, true
}

// Finer is a derived value that the canonical reading is a rounding or truncation
// of, nil where there is none: "1.9 bn" published, 1,997 derived. The reading
// stays canonical; this one is shown beside it, as derived.
func (g *Group) Finer() *Value {
	c := g.Canonical()
	if c == nil {
		return nil
	}
	for i := range g.Derived {
		class, less := Classify(c.Value, g.Derived[i].Value)
		if less == Reading && (class == Rounded || class == Truncated) {
			return &g.Derived[i]
		}
	}
	return nil
}

func (b *Book) indicator(id string) *Indicator {
	for i := range b.Indicators {
		if b.Indicators[i].ID == id {
			return &b.Indicators[i]
		}
	}
	return nil
}

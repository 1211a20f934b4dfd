package figures

import (
	"cmp"
	"maps"
	"slices"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Result is a reading of a quantity and how it stands to the canonical one.
type Result struct {
	Observation
	Class   Class
	Against string     // id of the canonical reading or derivation; "" of itself or where there is none
	Reason  domain.Msg // why it has its class
}

// Group is everything known about one quantity.
type Group struct {
	Key
	Readings []Result // the canonical one first, then the more precise, the newer, by id
	Sum      *Value   // the derived sum that is canonical instead of a reading, nil if none
	Derived  []Value  // everything that is derived under this key, that sum included
}

// Canonical is the canonical reading, nil where there is none or where Sum is it.
func (g *Group) Canonical() *Result {
	if len(g.Readings) > 0 && g.Readings[0].Class == Canonical {
		return &g.Readings[0]
	}
	return nil
}

// Reconcile compares the readings of each quantity, in any order. Canonical is
// the one that the pack chose; else a sum of sums that is finer than every figure
// and gives the figure when rounded; else, before those of an unverified source,
// the most precise, then the newest, then by id. It is never an average. Groups come in the order of their keys.
func Reconcile(list []Observation, sums ...Value) []Group {
	groups, _ := reconcile(byKey(list), sums, unwatched) // nothing stops it
	return groups
}

// Look is told now and then how much of a long job is done, and stops it with the
// error that it gives.
type Look func(done, of int) error

func unwatched(int, int) error { return nil }

// lookEvery is how many quantities are compared between two looks.
const lookEvery = 1_000

func byKey(list []Observation) map[Key][]*Observation {
	by := map[Key][]*Observation{}
	for i := range list {
		by[list[i].Key] = append(by[list[i].Key], &list[i])
	}
	return by
}

func reconcile(by map[Key][]*Observation, sums []Value, look Look) ([]Group, error) {
	groups := make([]Group, 0, len(by))
	for i, key := range slices.SortedFunc(maps.Keys(by), Key.Compare) {
		if i%lookEvery == 0 {
			if err := look(i, len(by)); err != nil {
				return nil, err
			}
		}
		g := Group{Key: key}
		for i := range sums {
			if sums[i].Key == key && sums[i].replaces(by[key]) {
				g.Sum = &sums[i]
				break
			}
		}
		g.class(by[key])
		groups = append(groups, g)
	}
	return groups, nil
}

// best compares two readings: the better one first.
func best(a, b *Observation) int {
	return cmp.Or(
		compareBool(!a.Chosen, !b.Chosen), cmp.Compare(rank(a), rank(b)), compareBool(unchecked(a), unchecked(b)), cmp.Compare(a.Value.Place(), b.Value.Place()),
		cmp.Compare(b.newest(), a.newest()), cmp.Compare(a.ID, b.ID),
	)
}

func rank(o *Observation) int { return slices.Index(roles, o.Role) }

// unchecked is of a source of poor standing, or imported by a user: it never takes
// the place of a reading that was checked, however precise it is.
func unchecked(o *Observation) bool { return o.Confidence == rules.Unverified }

// pick gives the published reading that is canonical, nil where there are traps only.
func pick(readings []*Observation) *Observation {
	if len(readings) == 0 {
		return nil
	}
	first := slices.MinFunc(readings, best)
	if first.Role == RoleTrap {
		return nil
	}
	return first
}

// replaces tells whether a sum is canonical instead of a published total: every
// part is finer than it, nobody chose it, and it is the sum made coarser.
func (v *Value) replaces(readings []*Observation) bool {
	total := pick(readings)
	if total == nil || total.Chosen || total.Role != RoleFigure {
		return false
	}
	for _, s := range v.Steps {
		if s.Derived || s.Value.Place() >= total.Value.Place() {
			return false
		}
	}
	class, less := Classify(total.Value, v.Value)
	return less == Reading && (class == Rounded || class == Truncated)
}

// class orders the readings and says of each how it stands.
func (g *Group) class(readings []*Observation) {
	sorted := slices.Clone(readings)
	slices.SortFunc(sorted, best)
	canonical := pick(sorted)
	g.Readings = make([]Result, 0, len(sorted))
	for i, o := range sorted {
		r := Result{Observation: *o, Class: Conflict}
		switch {
		case g.Sum != nil:
			r.stand(g.Sum.Value, g.Sum.ID)
		case canonical == nil:
			r.Reason = domain.M("figures.reason.trap")
		case i == 0:
			r.Class, r.Reason = Canonical, whyFirst(sorted)
		default:
			r.stand(canonical.Value, canonical.ID)
		}
		g.Readings = append(g.Readings, r)
	}
}

// stand classes a reading against the canonical value.
func (r *Result) stand(canonical Num, id string) {
	class, less := Classify(r.Value, canonical)
	r.Class, r.Against = class, id
	args := []any{"value", domain.Decimal(r.Value.String()), "against", domain.Decimal(canonical.String())}
	switch {
	case r.Role == RoleTrap:
		r.Reason = domain.M("figures.reason.trap")
	case class == Equal:
		r.Reason = domain.M("figures.reason.equal", args...)
	case class == Rounded && less == Reading:
		r.Reason = domain.M("figures.reason.rounded", args...)
	case class == Truncated && less == Reading:
		r.Reason = domain.M("figures.reason.truncated", args...)
	case class != Conflict:
		r.Reason = domain.M("figures.reason.finer", args...)
	default:
		r.Reason = domain.M("figures.reason.conflict", args...)
	}
}

// whyFirst says which rule made the first of the sorted readings canonical.
func whyFirst(sorted []*Observation) domain.Msg {
	first := sorted[0]
	switch {
	case first.Chosen:
		return domain.M("figures.reason.chosen")
	case len(sorted) == 1 || rank(first) < rank(sorted[1]):
		return domain.M("figures.reason.only")
	case unchecked(first) != unchecked(sorted[1]):
		return domain.M("figures.reason.checked")
	case first.Value.Place() < sorted[1].Value.Place():
		return domain.M("figures.reason.most_precise")
	case first.newest() > sorted[1].newest():
		return domain.M("figures.reason.newest")
	}
	return domain.M("figures.reason.first")
}

package platforms

import (
	"cmp"
	"slices"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// statistic is one number of the twelve regions: what the map is shaded by and
// the table beside it ranks.
type statistic struct {
	field  *rules.Field
	label  string
	ranked []standing // the highest first, those without a value last
	whens  []string   // the times the values speak of, each once; the user's apart
	values int        // regions with a value
}

// standing is a region under a statistic. Rank 0 is without a value.
type standing struct {
	region *rules.Region
	datum  desk.Datum
	said   desk.DatumText
	when   string // the time it speaks of, or that it is the user's; "" without a value
	rank   int
	num    domain.Quantity
}

// statistics lists the fields that a map can be shaded by: numbers of regions
// for which at least one has a value.
func (p *presenter) statistics() ([]link, error) {
	var out []link
	for _, f := range p.regionFields() {
		s, err := p.statistic(f.ID)
		if err != nil {
			return nil, err
		}
		if s != nil && s.values > 0 {
			out = append(out, link{f.ID, s.label})
		}
	}
	return out, nil
}

// statistic reads a number of the regions; nil for a field that is not one.
func (p *presenter) statistic(field string) (*statistic, error) {
	f := p.d.Pack().Field(field)
	if f == nil || f.Kind != rules.FieldNumber || f.Scope != rules.ScopeRegion {
		return nil, nil
	}
	data, err := p.d.RegionData(field)
	if err != nil {
		return nil, err
	}
	s := &statistic{field: f, label: p.t.Text("field." + f.ID)}
	regions := p.d.Pack().Regions
	for i := range regions {
		x := data[regions[i].ID]
		at := standing{region: &regions[i], datum: x, said: p.d.SayDatum(&x), num: -1}
		if x.Known() {
			at.num, at.when = x.Value().Num, at.said.When
			if at.said.Own {
				at.when = p.t.Text("datum.own")
			}
			s.values++
			if !slices.Contains(s.whens, at.when) {
				s.whens = append(s.whens, at.when)
			}
		}
		s.ranked = append(s.ranked, at)
	}
	slices.Sort(s.whens)
	slices.SortStableFunc(s.ranked, func(a, b standing) int { return cmp.Compare(b.num, a.num) })
	for i := range s.ranked {
		switch at := &s.ranked[i]; {
		case at.num < 0:
		case i > 0 && at.num == s.ranked[i-1].num:
			at.rank = s.ranked[i-1].rank
		default:
			at.rank = i + 1
		}
	}
	return s, nil
}

// shade is where a value stands between the lowest and the highest, 0 to 1.
func (s *statistic) shade(at *standing) float64 {
	high, low := s.ranked[0].num, s.ranked[s.values-1].num
	if high == low {
		return 0.5
	}
	return float64(at.num-low) / float64(high-low)
}

// title is the statistic with its time, where that is one for all regions.
func (p *presenter) title(s *statistic) string {
	if len(s.whens) == 1 {
		return p.t.Text("platforms.statistic.title", "label", s.label, "when", s.whens[0])
	}
	return s.label
}

// yearsNote says that the regions are not shown for the same time, "" where they
// are.
func (p *presenter) yearsNote(s *statistic) string {
	if s == nil || len(s.whens) < 2 {
		return ""
	}
	return p.t.Text("platforms.statistic.years", "whens", p.t.List(s.whens))
}

// ends are the lowest and the highest value as they are written on the key, with
// their times where these differ.
func (p *presenter) ends(s *statistic) (low, high string) {
	say := func(at *standing) string {
		if len(s.whens) < 2 {
			return at.said.Value
		}
		return p.t.Text("platforms.statistic.end", "value", at.said.Value, "when", at.when)
	}
	return say(&s.ranked[s.values-1]), say(&s.ranked[0])
}

// publishers names who published a statistic, each once, and the user where a
// value is theirs.
func (p *presenter) publishers(s *statistic) []string {
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for i := range s.ranked[:s.values] {
		x := &s.ranked[i].datum
		if x.Own != nil {
			add(p.t.Text("datum.own"))
			continue
		}
		for _, id := range x.Fact.Sources {
			add(p.d.Pack().Sources[id].Publisher)
		}
	}
	return out
}

package desk

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// Comparison is what the user set to compare platforms by. It is kept as it
// stands, so that a closed window loses nothing.
type Comparison struct {
	Project   domain.Project       `json:"project"` // its site is replaced by each compared one
	Sites     []string             `json:"sites"`   // at least one platform, each once
	Must      []MustChoice         `json:"must,omitzero"`
	Weighting string               `json:"weighting,omitempty"` // the proposal that the weights are, "" once they were changed
	Weights   map[string]int       `json:"weights"`             // criterion -> points, 0 to MaxPoints; those not named weigh 0
	Terms     map[string]SiteTerms `json:"terms,omitzero"`      // site -> what the user knows of its costs
	SeatArea  *domain.Quantity     `json:"seatArea,omitempty"`  // m2 a seat; without it no rent is counted
	Draws     int                  `json:"draws,omitempty"`     // 0: as many as the pack says
	Seed      *uint64              `json:"seed,omitempty"`      // nil: the pack's
}

// Of is whether it compares that project; what it is called and where it stands is
// apart.
func (c *Comparison) Of(p domain.Project) bool {
	own := c.Project
	own.Name, own.Site = p.Name, p.Site
	a, wrong := project.Write(own)
	b, wrongToo := project.Write(p)
	return wrong == nil && wrongToo == nil && bytes.Equal(a, b)
}

// MaxPoints is the most a criterion may weigh.
const MaxPoints = 100

// MustChoice is a must-have that is asked for, with the user's own number where
// it takes one.
type MustChoice struct {
	ID  string           `json:"id"`
	Num *domain.Quantity `json:"num,omitempty"`
}

// SiteTerms is what the user knows of a site's costs; nil is not given.
type SiteTerms struct {
	Rent *domain.Money `json:"rent,omitempty"` // MAD a square metre and month, charges as the user wants them
	Pay  *domain.Share `json:"pay,omitempty"`  // pay there, as a share of the project's: "0.90"
}

// WeightSet is a named set of weights: one that the pack proposes, or the user's.
type WeightSet struct {
	ID      string // of the pack, or "own:" and the name
	Name    string
	Reason  string // "" for the user's
	Author  string // "" for the user's
	Date    domain.Date
	Segment string // "" for the user's
	Points  map[string]int
	Own     bool
}

const ownPrefix = "own:"

// Weightings lists the sets of weights: those of the pack, then the user's by name.
func (d *Desk) Weightings() []WeightSet {
	var out []WeightSet
	for _, w := range d.p.Pack.Comparing.Weightings {
		out = append(out, WeightSet{
			ID: w.ID, Name: d.texts.Text("weighting." + w.ID), Reason: d.texts.Text("weighting." + w.ID + ".reason"),
			Author: w.Author, Date: w.Date, Segment: w.Segment, Points: w.Points,
		})
	}
	own := d.ownWeightings()
	for _, name := range slices.Sorted(maps.Keys(own)) {
		out = append(out, WeightSet{ID: ownPrefix + name, Name: name, Points: own[name], Own: true})
	}
	return out
}

// Weighting gives the set with the id.
func (d *Desk) Weighting(id string) (WeightSet, bool) {
	for _, w := range d.Weightings() {
		if w.ID == id {
			return w, true
		}
	}
	return WeightSet{}, false
}

func (d *Desk) ownWeightings() map[string]map[string]int {
	own := map[string]map[string]int{}
	d.Setting(store.SettingWeightings, &own)
	return own
}

// KeepWeighting keeps a set of weights under a name, in the place of one of the
// user's that has it, and gives its id. It refuses an empty name, one of more than
// 60 letters, and weights that are all nothing.
func (d *Desk) KeepWeighting(name string, points map[string]int) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "", domain.Refuse("name", "", "input.empty")
	}
	if len([]rune(name)) > 60 {
		return "", domain.Refuse("name", "", "input.long", "most", 60)
	}
	if !slices.ContainsFunc(slices.Collect(maps.Values(points)), func(n int) bool { return n > 0 }) {
		return "", domain.Refuse("weights", "", "compare.weights.zero")
	}
	if !d.CanSave() {
		return "", &store.ReadOnlyError{}
	}
	own := d.ownWeightings()
	own[name] = maps.Clone(points)
	return ownPrefix + name, d.PutSetting(store.SettingWeightings, own)
}

// DropWeighting forgets a set of the user's and gives what brings it back.
func (d *Desk) DropWeighting(id string) (undo func() error, err error) {
	own := d.ownWeightings()
	name, isOwn := strings.CutPrefix(id, ownPrefix)
	before, ok := own[name]
	if !isOwn || !ok {
		names := slices.Sorted(maps.Keys(own))
		return nil, domain.Refuse("preset", id, "compare.preset.unknown", "accepted", d.texts.List(names))
	}
	delete(own, name)
	if err := d.PutSetting(store.SettingWeightings, own); err != nil {
		return nil, err
	}
	return func() error {
		_, err := d.KeepWeighting(name, before)
		return err
	}, nil
}

// NewComparison is where a comparison starts: the project's own platform and the
// first ones in operation, three in all, with the weights proposed for its
// segment.
func (d *Desk) NewComparison(p domain.Project) Comparison {
	c := Comparison{Project: p}
	for _, s := range d.Comparable() {
		if s.ID == p.Site {
			c.Sites = append(c.Sites, s.ID)
		}
	}
	for _, s := range d.Comparable() {
		if len(c.Sites) < 3 && !slices.Contains(c.Sites, s.ID) {
			c.Sites = append(c.Sites, s.ID)
		}
	}
	for _, w := range d.p.Pack.Comparing.Weightings {
		if w.Segment == p.Segment {
			c.Weighting, c.Weights = w.ID, maps.Clone(w.Points)
		}
	}
	if c.Weights == nil && len(d.p.Pack.Comparing.Weightings) > 0 {
		w := d.p.Pack.Comparing.Weightings[0]
		c.Weighting, c.Weights = w.ID, maps.Clone(w.Points)
	}
	return c
}

// Comparable lists the sites that can be compared: the platforms.
func (d *Desk) Comparable() []*rules.Site {
	return slices.DeleteFunc(d.Sites(), func(s *rules.Site) bool { return s.Kind != rules.KindP2I })
}

// KeepComparison keeps what stands on the screen.
func (d *Desk) KeepComparison(c Comparison) error { return d.PutSetting(store.SettingComparison, c) }

// KeptComparison gives what KeepComparison kept, without the sites, criteria and
// must-haves that the active pack does not have any more; false where there is
// none, or nothing of it left to compare.
func (d *Desk) KeptComparison() (Comparison, bool) {
	var c Comparison
	if !d.Setting(store.SettingComparison, &c) {
		return c, false
	}
	comparable := d.Comparable()
	c.Sites = slices.DeleteFunc(c.Sites, func(id string) bool {
		return !slices.ContainsFunc(comparable, func(s *rules.Site) bool { return s.ID == id })
	})
	maps.DeleteFunc(c.Weights, func(id string, _ int) bool { return d.criterion(id) == nil })
	c.Must = slices.DeleteFunc(c.Must, func(m MustChoice) bool { return d.mustHave(m.ID) == nil })
	if w, ok := d.Weighting(c.Weighting); !ok || !d.sameWeights(w.Points, c.Weights) {
		c.Weighting = "" // gone, or another pack proposes others under this name
	}
	return c, len(c.Sites) > 0 && c.Weights != nil
}

// sameWeights is whether two sets give each criterion the same points.
func (d *Desk) sameWeights(a, b map[string]int) bool {
	return !slices.ContainsFunc(d.p.Pack.Comparing.Criteria, func(r rules.Criterion) bool { return a[r.ID] != b[r.ID] })
}

func (d *Desk) criterion(id string) *rules.Criterion {
	list := d.p.Pack.Comparing.Criteria
	if i := slices.IndexFunc(list, func(c rules.Criterion) bool { return c.ID == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

func (d *Desk) mustHave(id string) *rules.MustHave {
	list := d.p.Pack.Comparing.MustHaves
	if i := slices.IndexFunc(list, func(m rules.MustHave) bool { return m.ID == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

// checkComparison refuses what cannot be compared; what is wrong with the
// project the engine says, with the weights the comparison.
func (d *Desk) checkComparison(c *Comparison) *domain.Problem {
	if len(c.Sites) == 0 {
		return domain.Refuse("sites", "", "compare.sites.none")
	}
	var ids []string
	for _, s := range d.Comparable() {
		ids = append(ids, s.ID)
	}
	for i, id := range c.Sites {
		if !slices.Contains(ids, id) {
			return domain.Refuse("sites", id, "site.unknown", "accepted", d.texts.List(ids))
		}
		if slices.Contains(c.Sites[:i], id) {
			return domain.Refuse("sites", id, "compare.sites.twice")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Weights)) {
		if d.criterion(id) == nil {
			return domain.Refuse("weights", id, "compare.criterion.unknown", "accepted", d.texts.List(d.criterionIDs()))
		}
		if w := c.Weights[id]; w < 0 || w > MaxPoints {
			return domain.Refuse("weights."+id, "", "compare.weight.range", "most", MaxPoints)
		}
	}
	for _, choice := range c.Must {
		if wrong := d.checkMust(choice); wrong != nil {
			return wrong
		}
	}
	return nil
}

func (d *Desk) checkMust(choice MustChoice) *domain.Problem {
	m := d.mustHave(choice.ID)
	if m == nil {
		return domain.Refuse("must", choice.ID, "compare.must.unknown", "accepted", d.texts.List(d.mustHaveIDs()))
	}
	if choice.Num == nil {
		return nil
	}
	if low, high := d.MustLimits(m); *choice.Num < low || *choice.Num > high {
		return domain.Refuse("must."+m.ID, choice.Num.String(), "input.between",
			"low", SayQuantity(d.texts, low, m.Unit), "high", SayQuantity(d.texts, high, m.Unit))
	}
	return nil
}

// MustLimits are what the number of a must-have must lie in, in its unit: those of
// its field. A cap is at most the whole.
func (d *Desk) MustLimits(m *rules.MustHave) (low, high domain.Quantity) {
	if f := d.p.Pack.Field(m.Of); f != nil {
		return f.Min, f.Max
	}
	return 0, domain.QuantityOne
}

func (d *Desk) mustHaveIDs() []string {
	var ids []string
	for _, m := range d.p.Pack.Comparing.MustHaves {
		ids = append(ids, m.ID)
	}
	return ids
}

func (d *Desk) criterionIDs() []string {
	var ids []string
	for _, c := range d.p.Pack.Comparing.Criteria {
		ids = append(ids, c.ID)
	}
	slices.SortFunc(ids, cmp.Compare)
	return ids
}

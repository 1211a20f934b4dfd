// Package whatif is the use case "what if": it reads how far a simulation is
// moved, asks internal/whatif, and says the answers in the reader's words. What
// the user put in the place of the pack's assumptions is kept in the store.
package whatif

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/scenarios"
	"atlasp2i/internal/store"
	"atlasp2i/internal/whatif"
)

// Study asks what else could be of a draft. Safe for several goroutines: what is
// asked stands on the values of that moment.
type Study struct {
	d      *desk.Desk
	t      *i18n.Catalogue
	levers []scenarios.Lever

	mu     sync.Mutex
	own    map[string]scenarios.Values // by lever
	delays whatif.Delays
}

// New makes a study under the active pack. The error is a *rules.Fault where the
// levers of the pack are refused.
func New(d *desk.Desk) (*Study, error) {
	levers, err := scenarios.Load(d.Pack())
	if err != nil {
		return nil, err
	}
	s := &Study{d: d, t: d.Texts(), levers: levers, own: map[string]scenarios.Values{}, delays: whatif.Delays{}}
	s.recall()
	return s, nil
}

// Texts is the catalogue that the answers are said in.
func (s *Study) Texts() *i18n.Catalogue { return s.t }

// kept is what is in the store: numbers in millionths, since they have signs.
type kept struct {
	Levers map[string]keptValues `json:"levers,omitempty"`
	Delays whatif.Delays         `json:"delays,omitempty"` // months
}

type keptValues struct {
	Low  *int64 `json:"low,omitempty"`
	High *int64 `json:"high,omitempty"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
}

// recall reads what was kept; what the levers do not take counts as not given.
func (s *Study) recall() {
	var k kept
	if !s.d.Setting(store.SettingScenarios, &k) {
		return
	}
	for _, l := range s.levers {
		x, own := k.Levers[l.ID]
		if v := x.values(); own && accepts(l.ID, v) {
			s.own[l.ID] = v
		}
	}
	if k.Delays.Check() == nil {
		maps.Copy(s.delays, k.Delays)
	}
}

func (k keptValues) values() scenarios.Values {
	return scenarios.Values{
		Low: (*domain.Quantity)(k.Low), High: (*domain.Quantity)(k.High),
		From: domain.Quantity(k.From), To: domain.Quantity(k.To),
	}
}

func accepts(id string, v scenarios.Values) bool {
	for _, q := range []*domain.Quantity{v.Low, v.High, &v.From, &v.To} {
		if q != nil && !scenarios.Accepts(id, *q) {
			return false
		}
	}
	return v.From < v.To
}

// Keep writes the user's values to the store; without one that takes changes it
// does nothing.
func (s *Study) Keep() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := kept{Levers: map[string]keptValues{}, Delays: s.delays}
	for id, v := range s.own {
		k.Levers[id] = keptValues{(*int64)(v.Low), (*int64)(v.High), int64(v.From), int64(v.To)}
	}
	return s.d.PutSetting(store.SettingScenarios, k)
}

// Places of a lever that can be typed into.
const (
	SlotLow  = "low"  // in the low scenario; empty leaves the project as it is
	SlotHigh = "high" // in the high scenario; the same
	SlotFrom = "from" // ends of the range when it is moved alone; empty is the pack's
	SlotTo   = "to"
)

// Assumed is a lever as it counts, in words.
type Assumed struct {
	ID     string
	Name   string
	Unit   string            // "%", points or months, behind a field
	Reason string            // why so far, that nobody publishes it, or that it is the user's own
	Own    bool              // the user's values
	Typed  map[string]string // slot -> as it is typed
}

// Assumed lists the levers in the pack's order; none where the pack has none.
func (s *Study) Assumed() []Assumed {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Assumed, 0, len(s.levers))
	for _, l := range s.levers {
		v, own := s.values(l)
		a := Assumed{
			ID: l.ID, Own: own, Name: s.t.Text("whatifscreen.lever." + l.ID), Unit: s.t.Text("whatifscreen.unit.share"),
			Reason: s.t.Text(l.Reason), Typed: map[string]string{SlotFrom: s.typed(l.ID, v.From), SlotTo: s.typed(l.ID, v.To)},
		}
		switch l.ID {
		case scenarios.Delay:
			a.Unit = s.t.Text("whatifscreen.unit.months")
		case scenarios.Export:
			a.Unit = s.t.Text("whatifscreen.unit.points")
		}
		if own {
			a.Reason = s.t.Text("whatifscreen.own")
		}
		for slot, q := range map[string]*domain.Quantity{SlotLow: v.Low, SlotHigh: v.High} {
			if q != nil {
				a.Typed[slot] = s.typed(l.ID, *q)
			}
		}
		out = append(out, a)
	}
	return out
}

// values are those that count: the user's, else the pack's.
func (s *Study) values(l scenarios.Lever) (scenarios.Values, bool) {
	if v, own := s.own[l.ID]; own {
		return v, true
	}
	return l.Values, false
}

// now gives all levers with the values that count at this moment.
func (s *Study) now() []scenarios.Lever {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.Clone(s.levers)
	for i := range out {
		out[i].Values, _ = s.values(out[i])
	}
	return out
}

// Put takes what the user typed for a slot of a lever. The Problem has the field
// "ID.SLOT"; nothing changed then.
func (s *Study) Put(id, slot, typed string) *domain.Problem {
	at := slices.IndexFunc(s.levers, func(l scenarios.Lever) bool { return l.ID == id })
	if at < 0 {
		return domain.Refuse(id, typed, "refuse.oneOf", "accepted", strings.Join(scenarios.IDs, ", "))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v, _ := s.values(s.levers[at])
	var q *domain.Quantity
	if typed = strings.TrimSpace(typed); typed != "" {
		read, wrong := s.read(id, typed)
		if wrong != nil {
			wrong.Field = id + "." + slot
			return wrong
		}
		q = &read
	}
	pack := s.levers[at].Values
	switch slot {
	case SlotLow:
		v.Low = q
	case SlotHigh:
		v.High = q
	case SlotFrom:
		v.From = or(q, pack.From)
	case SlotTo:
		v.To = or(q, pack.To)
	}
	if v.From >= v.To {
		return domain.Refuse(id+"."+slot, typed, "whatifscreen.refuse.order")
	}
	s.own[id] = v
	if same(v, pack) {
		delete(s.own, id)
	}
	return nil
}

func or(q *domain.Quantity, other domain.Quantity) domain.Quantity {
	if q == nil {
		return other
	}
	return *q
}

func same(a, b scenarios.Values) bool {
	equal := func(x, y *domain.Quantity) bool { return x == y || x != nil && y != nil && *x == *y }
	return a.From == b.From && a.To == b.To && equal(a.Low, b.Low) && equal(a.High, b.High)
}

// Reset puts the pack's values back for all levers.
func (s *Study) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.own)
}

// minus are the signs before a number that is taken away.
var minus = []string{"-", "\u2212"}

// read reads a value of a lever as it is typed: a percentage with a sign, or
// whole months.
func (s *Study) read(id, typed string) (domain.Quantity, *domain.Problem) {
	f, digits, sign := s.t.Formatter(), strings.TrimPrefix(typed, "+"), domain.Quantity(1)
	for _, m := range minus {
		if rest, cut := strings.CutPrefix(digits, m); cut {
			digits, sign = rest, -1
		}
	}
	var q domain.Quantity
	var wrong *domain.Problem
	if id == scenarios.Delay {
		var n int
		n, wrong = f.ParseCount(digits)
		q = domain.Quantity(n) * domain.QuantityOne
	} else {
		var share domain.Share
		share, wrong = f.ParsePercent(digits)
		q = domain.Quantity(share)
	}
	if wrong != nil {
		return 0, wrong
	}
	if q *= sign; !scenarios.Accepts(id, q) {
		low, high := scenarios.Limits(id)
		return 0, domain.Refuse("", typed, "whatifscreen.refuse.range", "min", s.typed(id, low), "max", s.typed(id, high))
	}
	return q, nil
}

// typed is a value as it is typed into its field, without its unit.
func (s *Study) typed(id string, q domain.Quantity) string {
	unit := "share"
	if id == scenarios.Delay {
		unit = "months"
	}
	if q < 0 {
		return minus[1] + desk.Typed(s.t, -q, unit)
	}
	return desk.Typed(s.t, q, unit)
}

// Delay is how many months the user expects between a right of a benefit and its
// payment, as typed; "" where that was not said.
func (s *Study) Delay(benefit string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, given := s.delays[benefit]
	if !given {
		return ""
	}
	return s.t.Formatter().Count(n)
}

// PutDelay takes what the user typed for it; empty is not known again. The field
// of the Problem is that of whatif.Delays.
func (s *Study) PutDelay(benefit, typed string) *domain.Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.TrimSpace(typed) == "" {
		delete(s.delays, benefit)
		return nil
	}
	n, wrong := s.t.Formatter().ParseCount(typed)
	if wrong == nil && (n < 0 || n > whatif.MaxDelay) {
		wrong = domain.Refuse("", typed, "whatifscreen.refuse.range", "min", "0", "max", fmt.Sprint(whatif.MaxDelay))
	}
	if wrong != nil {
		wrong.Field = "delays." + benefit
		return wrong
	}
	s.delays[benefit] = n
	return nil
}

func (s *Study) delaysNow() whatif.Delays {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.delays)
}

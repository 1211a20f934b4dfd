package calc

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Readings is one value for each of the six readings, in the order of
// domain.ReadingIDs.
type Readings [6]string

// MarshalJSON writes an object of reading id and value.
func (r Readings) MarshalJSON() ([]byte, error) {
	m := make(map[string]string, len(r))
	for i, id := range domain.ReadingIDs {
		m[id] = r[i]
	}
	return json.Marshal(m)
}

// Get is the value chosen for the reading with the id.
func (r Readings) Get(id string) string {
	if i := readingIndex(id); i >= 0 {
		return r[i]
	}
	return ""
}

func readingIndex(id string) int {
	for i, x := range domain.ReadingIDs {
		if x == id {
			return i
		}
	}
	return -1
}

type ceilingMode uint8

const (
	ceilingBase   ceilingMode = iota // the pay that is counted is limited
	ceilingTotal                     // the sum of both premiums of a person is limited
	ceilingYearly                    // that sum is limited in each year of employment
)

// mode is a combination of readings as the engine uses it.
type mode struct {
	annual  bool
	ceiling ceilingMode
	run     bool
	region  bool
	full    bool
	all     bool
}

// The words of the readings are the vocabulary of the specification (section
// 5); which are offered, and which comes first, is the pack's to say.
var readingWords = [6][]string{
	{"once", "annual"},
	{"base", "total", "yearly"},
	{"cut", "run"},
	{"none", "region"},
	{"prorata", "full"},
	{"export", "all"},
}

func (r Readings) mode() mode {
	m := mode{
		annual: r[0] == "annual", run: r[2] == "run", region: r[3] == "region",
		full: r[4] == "full", all: r[5] == "all",
	}
	switch r[1] {
	case "total":
		m.ceiling = ceilingTotal
	case "yearly":
		m.ceiling = ceilingYearly
	}
	return m
}

// isDefault is whether every reading has the value the pack puts first.
func (c *Case) isDefault() bool {
	for i, r := range c.eng.pack.Readings {
		if c.chosen[i] != r.Values[0] {
			return false
		}
	}
	return true
}

// combo is a combination with the number of its departures from the defaults.
type combo struct {
	readings   Readings
	mode       mode
	departures int
}

// allCombos lists every combination, in the order of the specification's table:
// the first reading changes slowest.
func allCombos(rs []rules.Reading) ([]combo, error) {
	if len(rs) != len(domain.ReadingIDs) {
		return nil, fmt.Errorf("the pack has %d readings; accepted: the %d of the specification", len(rs), len(domain.ReadingIDs))
	}
	out := []combo{{}}
	for i := range rs {
		if rs[i].ID != domain.ReadingIDs[i] || len(rs[i].Values) == 0 {
			return nil, fmt.Errorf("%s:%d: reading %q; accepted here: %s with at least one value", rs[i].Pos.File, rs[i].Pos.Line, rs[i].ID, domain.ReadingIDs[i])
		}
		var next []combo
		for _, c := range out {
			for k, v := range rs[i].Values {
				if !slices.Contains(readingWords[i], v) {
					return nil, fmt.Errorf("%s:%d: reading %s has value %q; accepted: %v", rs[i].Pos.File, rs[i].Pos.Line, rs[i].ID, v, readingWords[i])
				}
				d := c
				d.readings[i] = v
				if k > 0 {
					d.departures++
				}
				next = append(next, d)
			}
		}
		out = next
	}
	for i := range out {
		out[i].mode = out[i].readings.mode()
	}
	return out, nil
}

// open lists the combinations that the settled readings leave.
func (c *Case) open() []combo {
	if c.settled == [6]bool{} {
		return c.eng.combos
	}
	out := make([]combo, 0, len(c.eng.combos)/2) // a settled reading halves them at least
	for _, x := range c.eng.combos {
		ok := true
		for i := range x.readings {
			ok = ok && (!c.settled[i] || x.readings[i] == c.chosen[i])
		}
		if ok {
			out = append(out, x)
		}
	}
	return out
}

// Figure is an amount under the chosen readings, with its extremes over the
// readings that are not settled and a combination that gives each.
type Figure struct {
	Value        domain.Money `json:"value"`
	Low          domain.Money `json:"low"`
	High         domain.Money `json:"high"`
	LowReadings  Readings     `json:"lowReadings"`
	HighReadings Readings     `json:"highReadings"`
}

// Settled is whether every reading gives the same amount.
func (f Figure) Settled() bool { return f.Low == f.High }

// Prudent is whether the value is the lowest of the readings: only then may a
// screen call it so.
func (f Figure) Prudent() bool { return f.Value == f.Low }

// figure finds the extremes of one amount over the combinations. Among equals
// the fewest departures from the defaults win, then the order of the table.
func figure(value domain.Money, open []combo, amount func(int) domain.Money) Figure {
	lo, hi := 0, 0
	for i := 1; i < len(open); i++ {
		a := amount(i)
		if l := amount(lo); a < l || (a == l && open[i].departures < open[lo].departures) {
			lo = i
		}
		if h := amount(hi); a > h || (a == h && open[i].departures < open[hi].departures) {
			hi = i
		}
	}
	return Figure{
		Value: value, Low: amount(lo), High: amount(hi),
		LowReadings: open[lo].readings, HighReadings: open[hi].readings,
	}
}

// Narrowing says how much of the spread of the total goes if one reading is
// settled, taken for its least helpful answer.
type Narrowing struct {
	Reading string       `json:"reading"`
	AtLeast domain.Share `json:"atLeast"` // share of (high - low), rounded down to a millionth
}

// narrowing lists the unsettled readings that would narrow the total, most first.
func (c *Case) narrowing(open []combo, total func(int) domain.Money) []Narrowing {
	lo, hi := total(0), total(0)
	for i := range open {
		lo, hi = min(lo, total(i)), max(hi, total(i))
	}
	spread := int64(hi - lo)
	if spread == 0 {
		return nil
	}
	var out []Narrowing
	for k, id := range domain.ReadingIDs {
		if c.settled[k] || len(c.eng.pack.Readings[k].Values) < 2 {
			continue
		}
		worst := int64(0)
		for _, v := range c.eng.pack.Readings[k].Values {
			worst = max(worst, spreadUnder(open, k, v, total))
		}
		if worst < spread {
			fall := mul64(spread-worst, one6).big()
			fall.Quo(fall, mul64(spread, 1).big())
			out = append(out, Narrowing{id, domain.Share(fall.Int64())})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].AtLeast > out[j].AtLeast })
	return out
}

// moving lists the unsettled readings of which another answer, all others being
// equal, gives other benefits: open is a full product, its first reading the
// slowest, so that such neighbours stand at a fixed distance.
func (c *Case) moving(open []combo, differ func(i, j int) bool) []string {
	var out []string
	stride := len(open)
	for k, id := range domain.ReadingIDs {
		if c.settled[k] {
			continue
		}
		n := len(c.eng.pack.Readings[k].Values)
		stride /= n
		for i := stride; i < len(open); i++ {
			if i/stride%n > 0 && differ(i, i-stride) {
				out = append(out, id)
				break
			}
		}
	}
	return out
}

// departures are the answers of a combination that differ from the chosen ones
// and move an amount of this project.
func (x *explainer) departures(to Readings) []ReadingUse {
	var out []ReadingUse
	for _, u := range x.out.Readings {
		if v := to.Get(u.ID); v != u.Value && slices.Contains(x.r.Moving, u.ID) {
			first := x.c.eng.pack.Readings[readingIndex(u.ID)].Values[0]
			out = append(out, ReadingUse{ID: u.ID, Value: v, Default: v == first})
		}
	}
	return out
}

func spreadUnder(open []combo, k int, v string, total func(int) domain.Money) int64 {
	first := true
	var lo, hi domain.Money
	for i := range open {
		if open[i].readings[k] != v {
			continue
		}
		t := total(i)
		if first {
			lo, hi, first = t, t, false
		}
		lo, hi = min(lo, t), max(hi, t)
	}
	return int64(hi - lo)
}

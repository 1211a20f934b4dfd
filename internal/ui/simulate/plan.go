package simulate

import (
	"maps"
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// ramp is the straight line that a role's hires are made from.
type ramp struct {
	role        int
	from, to    input[int]
	first, last input[domain.Month]
	hires       []domain.Hire
	found       map[string]string
}

// Paths of the fields of a ramp.
const (
	rampFrom  = "ramp.from"
	rampFirst = "ramp.first"
	rampTo    = "ramp.to"
	rampLast  = "ramp.last"
)

var rampPaths = []string{rampFrom, rampFirst, rampTo, rampLast}

func (r *ramp) cell(path string) cell {
	switch path {
	case rampFrom:
		return &r.from
	case rampFirst:
		return &r.first
	case rampTo:
		return &r.to
	case rampLast:
		return &r.last
	default:
		return nil
	}
}

// OpenRamp asks for a straight line of headcount for a role.
func (f *Form) OpenRamp(i int) {
	f.ramp = &ramp{role: i, from: f.countInput(), to: f.countInput(), first: f.monthInput(), last: f.monthInput()}
	f.review()
}

// CloseRamp ends that.
func (f *Form) CloseRamp() { f.ramp = nil }

// RampRole is the role whose ramp is asked for, -1 for none.
func (f *Form) RampRole() int {
	if f.ramp == nil {
		return -1
	}
	return f.ramp.role
}

func (f *Form) reviewRamp() {
	r := f.ramp
	r.found, r.hires = map[string]string{}, nil
	for _, path := range rampPaths {
		c := r.cell(path)
		switch why := c.wrong(); {
		case why != nil:
			r.found[path] = f.texts.T(why.Msg)
		case c.empty():
			r.found[path] = f.texts.Text("input.empty")
		}
	}
	if len(r.found) > 0 {
		return
	}
	// A longer line than any horizon would be a slip of a digit.
	if r.last.value-r.first.value >= calc.MaxMonths {
		r.found[rampLast] = f.texts.Text("simulate.ramp.long", "count", calc.MaxMonths)
		return
	}
	hires, why := desk.Ramp(r.first.value, r.from.value, r.last.value, r.to.value)
	if why != nil {
		r.found[why.Field] = f.texts.T(why.Msg)
		return
	}
	r.hires = hires
}

// RampSays is what the line gives as typed so far; false where it cannot be used.
func (f *Form) RampSays() (string, bool) {
	if f.ramp == nil || len(f.ramp.hires) == 0 {
		return "", false
	}
	return f.texts.Text("simulate.ramp.says", "people", f.format.Count(people(f.ramp.hires)), "count", len(f.ramp.hires)), true
}

// ApplyRamp replaces the hires of the role by the line.
func (f *Form) ApplyRamp() {
	if f.ramp == nil || len(f.ramp.hires) == 0 {
		return
	}
	f.roles[f.ramp.role].hires = f.openHires(f.ramp.hires)
	f.ramp = nil
	f.review()
}

func people(hires []domain.Hire) int {
	n := 0
	for _, h := range hires {
		n += h.Count
	}
	return n
}

// Plan is a hiring plan that was read, ready to be taken over.
type Plan struct {
	roles []domain.Role
	Says  string // what it holds
}

// ReadPlan reads a hiring plan. It touches no form and may run on any goroutine.
// Why it is refused names the line.
func ReadPlan(d *desk.Desk, text string) (Plan, string) {
	roles, why := d.ParsePlan(text)
	t := d.Texts()
	if why != nil {
		return Plan{}, t.T(why.Msg)
	}
	months, all := 0, 0
	for i := range roles {
		roles[i].Hires = byMonth(roles[i].Hires)
		months += len(roles[i].Hires)
		all += people(roles[i].Hires)
	}
	says := t.Text("simulate.plan.says", "people", t.Formatter().Count(all), "roles", t.Formatter().Count(len(roles)), "count", months)
	return Plan{roles, says}, ""
}

// byMonth adds up the hires of a month, earliest first: people of one role and
// month are one cohort.
func byMonth(list []domain.Hire) []domain.Hire {
	sums := map[domain.Month]int{}
	for _, h := range list {
		sums[h.Month] += h.Count
	}
	out := make([]domain.Hire, 0, len(sums))
	for _, m := range slices.Sorted(maps.Keys(sums)) {
		out = append(out, domain.Hire{Month: m, Count: sums[m]})
	}
	return out
}

// ApplyPlan takes a plan over: into role i where it names no profiles, else as
// roles of its own, after those that were typed. It gives the role to look at:
// one that still lacks something, -1 for none.
func (f *Form) ApplyPlan(p Plan, i int) int {
	one := &p.roles[0]
	if len(p.roles) == 1 && one.Title == "" && i >= 0 && i < len(f.roles) {
		r := f.roles[i]
		r.hires = f.openHires(one.Hires)
		if one.GrossMonthly > 0 {
			r.net, r.held, r.preset = false, false, ""
			r.pay.set(one.GrossMonthly)
		}
		f.review()
		return i
	}
	f.roles = slices.DeleteFunc(f.roles, (*role).untouched)
	first := len(f.roles)
	for k := range p.roles {
		f.roles = append(f.roles, f.openRole(&p.roles[k]))
	}
	f.review()
	for k := first; k < len(f.roles); k++ {
		if r := f.roles[k]; r.title.empty() || r.pay.empty() {
			return k
		}
	}
	return -1
}

package calc

import (
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// exportShareParam is the one threshold of an open condition that a project
// answers with a number.
const exportShareParam = "export.min.share"

// States of a condition (spec, section 7).
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// Condition is something that must be true, with what the project says of it.
// Threshold, Given and Gap are nil where the condition is not a comparison.
type Condition struct {
	Benefit, ID           string
	State                 string
	Text                  domain.Msg // the condition
	Detail                domain.Msg // what this project says of it
	Threshold, Given, Gap any        // domain.Share, domain.Money or int
	Sources               []string
	Confidence            string
}

func (c *Case) conditions() []Condition {
	out := make([]Condition, 0, len(c.eng.pack.Conditions))
	for i := range c.eng.pack.Conditions {
		in := &c.eng.pack.Conditions[i]
		x := Condition{
			Benefit: in.Benefit, ID: in.ID, State: Unknown,
			Text: domain.M("condition." + in.ID), Sources: in.Sources, Confidence: in.Confidence,
		}
		switch in.Kind {
		case "air.place":
			c.statePlace(&x)
		case "air.level":
			c.stateLevel(&x)
		case "hire.window":
			c.stateWindow(&x)
		case "pae.stay":
			c.stateStay(&x)
		case "moroccan":
			c.stateMoroccan(&x)
		case "ais.year":
			c.stateAIS(&x)
		default:
			c.stateOpen(&x, in)
		}
		out = append(out, x)
	}
	return out
}

// capChosen is the AIR cap of the first counted month of the regime under the
// chosen reading, and under the other one; -1 where there is none.
func (c *Case) capChosen() (chosen, other int64, any bool) {
	for i := range c.segs {
		if c.segs[i].inRegime {
			o := 0
			if c.chosen.mode().region {
				o = 1
			}
			return c.segs[i].cap[o], c.segs[i].cap[1-o], true
		}
	}
	return -1, -1, false
}

func (c *Case) statePlace(x *Condition) {
	chosen, other, any := c.capChosen()
	settled := c.settled[readingIndex(domain.ReadingAIROutside)]
	switch {
	case !any:
		x.State, x.Detail = No, domain.M("detail.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case chosen >= 0 && (other >= 0 || settled):
		x.State, x.Detail = Yes, domain.M("detail.place.cap", "cap", domain.Share(chosen))
	case settled:
		x.State, x.Detail = No, domain.M("detail.place.none")
	default:
		x.Detail = domain.M("detail.place.open", "cap", domain.Share(max(chosen, other)))
	}
}

// taxLevel is income tax as a share of gross pay of the best paid counted role,
// to a millionth, in the months of the regime, and whether somebody's is above
// the cap of the place, be it by less than a millionth; any is false if nobody is
// counted there.
func (c *Case) taxLevel() (level domain.Share, above, any bool) {
	for s := range c.segs {
		if !c.segs[s].inRegime {
			continue
		}
		for i := range c.roles {
			r := &c.roles[i]
			for l, pay := range r.levels {
				if r.heads[l*len(c.segs)+s] == 0 {
					continue
				}
				head := forHead(c.segs[s].val, pay, r.dependants)
				level = max(level, domain.Share(head.tax.over(uint64(one6*12*pay))))
				limit := max(c.segs[s].cap[0], c.segs[s].cap[1])
				above = above || !relief(head.tax, limit, pay).zero()
				any = true
			}
		}
	}
	return level, above, any
}

func (c *Case) stateLevel(x *Condition) {
	chosen, other, _ := c.capChosen()
	limit := chosen
	if limit < 0 {
		limit = other
	}
	level, above, any := c.taxLevel()
	if limit < 0 || !any {
		x.State, x.Detail = No, domain.M("detail.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
		return
	}
	x.Threshold, x.Given, x.Gap = domain.Share(limit), level, level-domain.Share(limit)
	if above {
		x.State, x.Detail = Yes, domain.M("detail.level.above", "level", level, "cap", domain.Share(limit))
		return
	}
	x.State, x.Detail = No, domain.M("detail.level.under", "level", level, "cap", domain.Share(limit), "gap", domain.Share(limit)-level)
}

// people counts those hired before the end of the horizon, and those of them
// for whom ok holds.
func (c *Case) people(ok func(domain.Month) bool) (all, those int) {
	for i := range c.project.Roles {
		for _, h := range c.project.Roles[i].Hires {
			if h.Month >= c.end {
				continue
			}
			all += h.Count
			if ok(h.Month) {
				those += h.Count
			}
		}
	}
	return all, those
}

func (c *Case) stateWindow(x *Condition) {
	all, in := c.people(c.eng.regime.has)
	x.Given, x.Threshold = in, all
	x.State = No
	if in > 0 {
		x.State = Yes
	}
	x.Detail = domain.M("detail.window", "count", in, "all", all, "first", c.eng.regime.first, "last", c.eng.regime.last)
}

// stayMonth is the month in which the stay of people hired in h is complete.
func (c *Case) stayMonth(h domain.Month) domain.Month {
	return h + domain.Month(c.eng.valuesAt(min(max(h, c.eng.regime.first), c.eng.regime.last)).paeStay)
}

func (c *Case) stateStay(x *Condition) {
	_, in := c.people(c.eng.regime.has)
	_, done := c.people(func(h domain.Month) bool {
		m := c.stayMonth(h)
		return c.eng.regime.has(h) && m < c.end && (m <= c.eng.regime.last || c.chosen.mode().run)
	})
	x.Given, x.Threshold = done, in
	x.State = No
	if done > 0 {
		x.State = Yes
	}
	x.Detail = domain.M("detail.stay", "count", done, "all", in)
}

func (c *Case) stateMoroccan(x *Condition) {
	given, some := true, false
	for i := range c.roles {
		given = given && c.roles[i].in.MoroccanShare != nil
		some = some || c.roles[i].moroccan > 0
	}
	switch {
	case !some:
		x.State, x.Detail = No, domain.M("detail.moroccan.none")
	case given:
		x.State, x.Detail = Yes, domain.M("detail.moroccan.given")
	default:
		x.Detail = domain.M("detail.moroccan.assumed")
	}
}

// stateAIS looks for a year that is past the exemption, in which AIS exists.
func (c *Case) stateAIS(x *Condition) {
	open, known := 0, false
	for _, year := range c.years {
		if c.aisRate(year) == 0 || c.exempt(year) {
			continue
		}
		open++
		if p, ok := c.profit(year); ok {
			known = true
			if p > 0 {
				x.State, x.Detail = Yes, domain.M("detail.ais.year", "year", year)
				return
			}
		}
	}
	switch {
	case open == 0:
		x.State, x.Detail = No, domain.M("detail.ais.exempt", "year", c.lastExempt())
	case known:
		x.State, x.Detail = No, domain.M("detail.ais.noProfit")
	default:
		x.Detail = domain.M("detail.ais.unknown")
	}
}

// lastExempt is the last fiscal year free of corporate tax.
func (c *Case) lastExempt() int {
	v := c.eng.valuesAt(max(c.from, domain.NewMonth(profitFirst, 1)))
	return c.opStart.Year() + int(v.isExempt) - 1
}

func (c *Case) stateOpen(x *Condition, in *rules.Condition) {
	x.Detail = domain.M("detail.open")
	p := c.eng.pack.Params[in.Param]
	if in.Param != exportShareParam || p == nil {
		return
	}
	if d, ok := p.At(c.eng.today); ok {
		x.Threshold, x.Given = domain.Share(d.Num), c.export
		x.Gap = c.export - domain.Share(d.Num)
		x.Detail = domain.M("detail.export", "given", c.export, "threshold", domain.Share(d.Num))
	}
}

// notes gives each benefit a short reason for its amount: what it rests on, or
// why it is nothing.
func (c *Case) notes(r *Result) map[string]domain.Msg {
	return map[string]domain.Msg{
		domain.AIR: c.noteAIR(r), domain.PAE: c.notePAE(r),
		domain.PAF: c.notePAF(r), domain.AIS: c.noteAIS(r),
	}
}

func (c *Case) noteAIR(r *Result) domain.Msg {
	limit, other, any := c.capChosen()
	level, above, people := c.taxLevel()
	switch {
	case !any || !people:
		return domain.M("because.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case limit < 0:
		return domain.M("because.air.place", "cap", domain.Share(max(other, 0)))
	case r.AIR.Value == 0 && above:
		return domain.M("because.noExport")
	case r.AIR.Value == 0:
		return domain.M("because.air.under", "level", level, "cap", domain.Share(limit))
	default:
		return domain.M("because.air", "level", level, "cap", domain.Share(limit))
	}
}

func (c *Case) notePAE(r *Result) domain.Msg {
	v := c.eng.valuesAt(c.eng.regime.first)
	_, in := c.people(c.eng.regime.has)
	switch {
	case r.PAE.Value > 0 && c.chosen.mode().annual:
		return domain.M("because.pae.annual", "months", int(v.paeStay), "rate", domain.Share(v.pae))
	case r.PAE.Value > 0:
		return domain.M("because.pae", "months", int(v.paeStay), "rate", domain.Share(v.pae))
	case in == 0:
		return domain.M("because.window", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case !c.anyMoroccan():
		return domain.M("detail.moroccan.none")
	default:
		return domain.M("because.pae.late", "months", int(v.paeStay))
	}
}

func (c *Case) notePAF(r *Result) domain.Msg {
	v := c.eng.valuesAt(c.eng.regime.first)
	_, in := c.people(c.eng.regime.has)
	switch {
	case r.PAF.Value > 0:
		return domain.M("because.paf", "rate", domain.Share(v.paf), "count", int(v.pafMonths)/12)
	case in == 0:
		return domain.M("because.window", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case !c.anyMoroccan():
		return domain.M("detail.moroccan.none")
	default:
		return domain.M("because.paf.past", "count", int(v.pafMonths)/12)
	}
}

func (c *Case) anyMoroccan() bool {
	for i := range c.roles {
		if c.roles[i].moroccan > 0 {
			return true
		}
	}
	return false
}

func (c *Case) noteAIS(r *Result) domain.Msg {
	var x Condition
	c.stateAIS(&x)
	switch {
	case r.AIS.Value > 0:
		year := x.Detail.Args["year"].(int)
		return domain.M("because.ais", "rate", domain.Share(c.aisRate(year)))
	case x.Detail.Key == "detail.ais.year":
		return domain.M("because.noExport")
	default:
		return domain.Msg{Key: "because" + x.Detail.Key[len("detail"):], Args: x.Detail.Args}
	}
}

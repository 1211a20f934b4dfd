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
	Threshold, Given, Gap any        // domain.Share, domain.Money, domain.Heads or int
	Moot                  bool       // no answer of the project would change the state: the benefit is not for these years
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
// counted there. Said is the level in words: whose it is where pay differs.
func (c *Case) taxLevel() (level domain.Share, said domain.Msg, above, any bool) {
	who, several := "", len(c.roles) > 1 || len(c.roles[0].levels) > 1
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
				if l := domain.Share(head.tax.over(uint64(one6 * 12 * pay))); l > level || who == "" {
					level, who = l, r.in.Title
				}
				limit := max(c.segs[s].cap[0], c.segs[s].cap[1])
				above = above || !relief(head.tax, limit, pay).zero()
				any = true
			}
		}
	}
	said = domain.M("level.one", "level", level)
	if several {
		said = domain.M("level.upTo", "level", level, "title", who)
	}
	return level, said, above, any
}

func (c *Case) stateLevel(x *Condition) {
	chosen, other, _ := c.capChosen()
	limit := chosen
	if limit < 0 {
		limit = other
	}
	level, said, above, any := c.taxLevel()
	if limit < 0 || !any {
		x.State, x.Detail = No, domain.M("detail.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
		return
	}
	x.Threshold, x.Given, x.Gap = domain.Share(limit), level, level-domain.Share(limit)
	if above {
		x.State, x.Detail = Yes, domain.M("detail.level.above", "level", said, "cap", domain.Share(limit))
		return
	}
	x.State, x.Detail = No, domain.M("detail.level.under", "level", said, "cap", domain.Share(limit))
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
	x.Detail = domain.M("detail.window", "count", in, "all", all, "first", c.eng.regime.first, "last", c.eng.regime.last)
	switch {
	case in == 0:
	case x.Benefit == domain.PAF && c.fate(domain.PAF, false).timed == 0:
		x.Detail = domain.M("detail.reason", "reason", c.notePast(domain.PAF))
	default:
		x.State = Yes
	}
}

// stateStay asks who is expected to be there after the stay, in a month that
// counts: nobody can be known to stay as long as attrition is not given.
func (c *Case) stateStay(x *Condition) {
	f := c.fate(domain.PAE, false)
	x.Given, x.Threshold = domain.Heads(f.expected), f.hired
	months := int(c.eng.valuesAt(c.eng.regime.first).paeStay)
	switch {
	case f.expected == 0:
		x.State, x.Detail = No, domain.M("detail.stay.none", "reason", c.noPremium(domain.PAE, f))
	case f.assumed:
		x.Detail = domain.M("detail.stay.assumed", "heads", domain.Heads(f.expected), "all", f.hired, "months", months)
	default:
		x.State, x.Detail = Yes, domain.M("detail.stay", "heads", domain.Heads(f.expected), "all", f.hired, "months", months)
	}
}

// noPremium says why nobody is expected to bring PAE or PAF.
func (c *Case) noPremium(benefit string, f fate) domain.Msg {
	months := int(c.eng.valuesAt(c.eng.regime.first).paeStay)
	switch {
	case f.hired == 0:
		return domain.M("because.window", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case f.timed > 0 && benefit == domain.PAE:
		return domain.M("because.pae.left", "months", months)
	case f.timed > 0:
		return domain.M("because.paf.left")
	case f.late > 0:
		return domain.M("because.pae.late", "months", months)
	case benefit == domain.PAE && !c.chosen.mode().annual:
		return domain.M("because.pae.before", "months", months)
	default:
		return c.notePast(benefit)
	}
}

// notePast says that rights paid month by month ended before the project starts.
func (c *Case) notePast(benefit string) domain.Msg {
	v := c.eng.valuesAt(c.eng.regime.first)
	months := v.pafMonths
	if benefit == domain.PAE {
		months = v.paeAnnual
	}
	if !c.chosen.mode().run && c.from > c.eng.regime.last {
		return domain.M("because.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
	}
	return domain.M("because.paf.past", "count", int(months)/12)
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

// stateAIS looks for a year that is past the exemption, in which AIS exists, and
// gives the short reason for the amount.
func (c *Case) stateAIS(x *Condition) (because domain.Msg) {
	open, exempt, known := 0, false, false
	for _, year := range c.years {
		rate := c.aisRate(year)
		if rate == 0 || c.exempt(year) {
			exempt = exempt || (rate > 0 && c.exempt(year))
			continue
		}
		open++
		if p, ok := c.profit(year); ok {
			known = true
			if p > 0 {
				x.State, x.Detail = Yes, domain.M("detail.ais.year", "year", year)
				if !c.chosen.mode().all && c.export != domain.ShareOne {
					return domain.M("because.ais.export", "rate", domain.Share(rate), "export", c.export)
				}
				return domain.M("because.ais", "rate", domain.Share(rate))
			}
		}
	}
	switch {
	case open == 0 && (exempt || c.exempt(c.years[len(c.years)-1])):
		x.State, x.Moot, x.Detail = No, true, domain.M("detail.ais.exempt", "year", c.lastExempt())
		return domain.M("because.ais.exempt", "year", c.lastExempt())
	case open == 0:
		first, last := c.eng.aisYears()
		x.State, x.Moot, x.Detail = No, true, domain.M("detail.ais.regime", "first", first, "last", last)
		return domain.M("because.ais.regime", "first", first, "last", last)
	case known:
		x.State, x.Detail = No, domain.M("detail.ais.noProfit")
		return domain.M("because.ais.noProfit")
	default:
		x.State, x.Detail = Unknown, domain.M("detail.ais.unknown")
		return domain.M("because.ais.unknown")
	}
}

// aisYears are the first and the last year of AIS; the years of the regime where
// the pack has none.
func (e *Engine) aisYears() (first, last int) {
	for year := e.first.Year(); year <= e.regime.last.Year(); year++ {
		if e.valuesAt(max(e.first, domain.NewMonth(year, 1))).ais > 0 {
			if first == 0 {
				first = year
			}
			last = year
		}
	}
	if first == 0 {
		return e.regime.first.Year(), e.regime.last.Year()
	}
	return first, last
}

// lastExempt is the last fiscal year free of corporate tax.
func (c *Case) lastExempt() int {
	v := c.eng.valuesAt(max(c.from, domain.NewMonth(c.eng.profitFirst, 1)))
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
	_, said, above, people := c.taxLevel()
	switch {
	case !any || !people:
		return domain.M("because.regime", "first", c.eng.regime.first, "last", c.eng.regime.last)
	case limit < 0:
		return domain.M("because.air.place", "cap", domain.Share(max(other, 0)))
	case r.AIR.Value == 0 && above:
		return domain.M("because.noExport")
	case r.AIR.Value == 0:
		return domain.M("because.air.under", "level", said, "cap", domain.Share(limit))
	case c.export != domain.ShareOne && !c.chosen.mode().full:
		return domain.M("because.air.export", "level", said, "cap", domain.Share(limit), "export", c.export)
	default:
		return domain.M("because.air", "level", said, "cap", domain.Share(limit))
	}
}

func (c *Case) notePAE(r *Result) domain.Msg {
	v := c.eng.valuesAt(c.eng.regime.first)
	switch {
	case r.PAE.Value > 0 && c.chosen.mode().annual:
		return domain.M("because.pae.annual", "months", int(v.paeStay), "rate", domain.Share(v.pae))
	case r.PAE.Value > 0:
		return domain.M("because.pae", "months", int(v.paeStay), "rate", domain.Share(v.pae))
	default:
		return c.noteNoPremium(domain.PAE)
	}
}

func (c *Case) notePAF(r *Result) domain.Msg {
	if r.PAF.Value == 0 {
		return c.noteNoPremium(domain.PAF)
	}
	v := c.eng.valuesAt(c.eng.regime.first)
	return domain.M("because.paf", "rate", domain.Share(v.paf), "count", int(v.pafMonths)/12)
}

// noteNoPremium says why PAE or PAF is nothing.
func (c *Case) noteNoPremium(benefit string) domain.Msg {
	_, in := c.people(c.eng.regime.has)
	f := c.fate(benefit, true)
	switch {
	case in > 0 && f.hired == 0:
		return domain.M("because.moroccan")
	case f.expected == 0:
		return c.noPremium(benefit, f)
	case c.chosen.mode().ceiling == ceilingBase:
		return domain.M("because.small")
	default:
		return domain.M("because.ceiling")
	}
}

func (c *Case) noteAIS(r *Result) domain.Msg {
	var x Condition
	because := c.stateAIS(&x)
	unknown := r.UnknownYears(domain.AIS)
	switch {
	case x.State == Yes && r.AIS.Value == 0:
		return domain.M("because.noExport")
	case x.State != Unknown && len(unknown) > 0:
		return domain.M("because.ais.partial", "reason", because, "years", YearRanges(unknown))
	default:
		return because
	}
}

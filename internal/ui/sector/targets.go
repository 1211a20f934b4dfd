package sector

import (
	"slices"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/sector/say"
)

// goal is one measure against its targets.
type goal struct {
	id, title, unit string
	money           bool
	marks           []mark
	pace            []say.Shown     // what is still needed
	paceNames       []string        // of them
	sayings         []*figures.Said // what is said of the targets and misleads
}

// mark is where the measure stands, or is to stand, at a time.
type mark struct {
	name   string
	key    figures.Key
	target bool
	value  say.Shown
}

// Measures with a target, by the ids of the pack.
var measures = []struct{ now, series, target, unit string }{
	{exports, newSeries, "targetExports", million},
	{"jobs", "jobs-MTNRA", "targetJobs", "jobs"},
}

// derivedGoals are what the pack computes from the targets.
var derivedGoals = map[string][]string{
	exports: {"neededExportsGrowth"},
	"jobs":  {"neededJobsGrowth", "jobsToTarget"},
}

// targetSeries is that of all targets.
const targetSeries = "targets"

// goals are exports and jobs: the last year published, then the targets.
func (w words) goals() []goal {
	var out []goal
	for _, m := range measures {
		g := goal{id: m.now, title: w.T.Text("figure.indicator." + m.now), unit: w.T.Text("figure.unit." + m.unit), money: m.unit == million}
		if k, ok := w.latest(m.now, m.series, m.unit); ok {
			g.marks = append(g.marks, mark{name: w.Period(k.Period), key: k, value: w.Either(k)})
		}
		for _, t := range w.Book.Groups(figures.Query{Country: home, Indicator: m.target, Segment: total, Series: targetSeries, Unit: m.unit}) {
			if t.Period.Kind() != figures.Year {
				continue
			}
			g.marks = append(g.marks, mark{name: w.T.Text("sector.targets.mark", "period", w.Period(t.Period)), key: t.Key, target: true, value: w.Either(t.Key)})
			g.sayings = w.sayingsOf(&t, g.sayings)
		}
		for _, id := range derivedGoals[m.now] {
			for _, x := range w.Book.Groups(figures.Query{Country: home, Indicator: id}) {
				g.pace = append(g.pace, w.Either(x.Key))
				g.paceNames = append(g.paceNames, w.Full(x.Key))
			}
		}
		out = append(out, g)
	}
	return out
}

// sayingsOf adds what circulates about a target and misleads.
func (w words) sayingsOf(target *figures.Group, to []*figures.Said) []*figures.Said {
	c := target.Canonical()
	for i := range w.Book.Circulation {
		s := &w.Book.Circulation[i]
		if c != nil && slices.Contains(s.Observations, c.ID) && !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	return to
}

// latest is the last year of which a total is known.
func (w words) latest(indicator, series, unit string) (figures.Key, bool) {
	var out figures.Key
	found := false
	for _, g := range w.Book.Groups(figures.Query{Country: home, Indicator: indicator, Segment: total, Series: series, Unit: unit}) {
		if _, known := g.Point(); known && g.Period.Kind() == figures.Year {
			out, found = g.Key, true // they come by period
		}
	}
	return out, found
}

// drawGoal draws where the measure stands beside its targets.
func (w words) drawGoal(g *goal, width, height float64, dark bool) *record.Drawing {
	params := chart.BarsParams{Sheet: w.sheet(width, height, dark)}
	params.Title, params.Unit = g.title, g.unit
	if g.money {
		params.Unit = w.T.Text("sector.billions")
	} else {
		params.Number = func(v float64) string { return w.T.Formatter().Count(int(v)) }
	}
	for _, m := range g.marks {
		v := w.value(m.key)
		if !g.money {
			v.Value *= 1000 // heads are not counted in thousands
			if at, ok := w.Point(m.key); ok {
				v.Text = w.Number(at.Value)
			}
		}
		v.ID, v.Color = m.key.Indicator+m.key.Period.String(), look.Primary
		if m.target {
			v.Color = look.PrimaryMid
		}
		params.Labels = append(params.Labels, m.name)
		params.Series.Values = append(params.Series.Values, v)
	}
	return drawn(chart.Bars(params))
}

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
	needed          []needed // what is still to be done
	lately          []needed // what the last year brought, to compare with
	warnings        []string // of targets below what is reached already
	remarks         []string
	sayings         []*figures.Said // what is said of the targets and misleads
}

// needed is what is still to be done for a target, or that nobody can say it.
type needed struct {
	name  string
	value say.Shown
}

func (g *goal) add(name string, value say.Shown) { g.needed = append(g.needed, needed{name, value}) }

// mark is where the measure stands, or is to stand, at a time.
type mark struct {
	name   string
	key    figures.Key
	target bool
	value  say.Shown
}

// Measures with a target, by the ids of the pack.
var measures = []struct {
	now, series, target, unit string
	growth                    string   // needed each year, "" where no pace is asked for
	more                      []string // further indicators of what is still needed
	lately                    string   // what the last year brought, in the series
}{
	{exports, newSeries, "targetExports", million, "neededExportsGrowth", nil, exportGrowth},
	{"jobs", "jobs-MTNRA", "targetJobs", "jobs", "neededJobsGrowth", []string{"jobsToTarget"}, "netJobs"},
	{perJob, newSeries, "targetExportsPerJob", "MAD", "", nil, ""},
}

// perJob is what the two others give together.
const perJob = "exportsPerJob"

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
		for _, t := range w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: m.target, Segment: total, Series: targetSeries, Unit: m.unit}) {
			if t.Period.Kind() != figures.Year {
				continue
			}
			g.marks = append(g.marks, mark{name: w.T.Text("sector.targets.mark", "period", w.Period(t.Period)), key: t.Key, target: true, value: w.Either(t.Key)})
			g.sayings = w.sayingsOf(&t, g.sayings)
		}
		if m.growth != "" {
			w.addPace(&g, m.growth)
		}
		for _, id := range m.more {
			for _, x := range w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: id}) {
				g.add(w.Full(x.Key), w.Either(x.Key))
			}
		}
		if len(g.marks) > 0 && m.lately != "" {
			for _, x := range w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: m.lately, Segment: total, Series: m.series, Period: &g.marks[0].key.Period}) {
				g.lately = append(g.lately, needed{w.Full(x.Key), w.Either(x.Key)})
			}
		}
		g.remarks, g.warnings = w.remarksOf(&g), w.warningsOf(&g)
		out = append(out, g)
	}
	return out
}

// addPace adds the growth that is needed each year for each target. Where the pack
// derives none it says so: the target of another base would need less than nothing.
func (w words) addPace(g *goal, indicator string) {
	groups := w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: indicator})
	for _, m := range g.marks {
		if !m.target {
			continue
		}
		at := slices.IndexFunc(groups, func(x figures.Group) bool {
			a, _ := x.Period.End()
			b, _ := m.key.Period.End()
			return a == b
		})
		if at < 0 {
			k := figures.Key{Country: w.Book.Home, Indicator: indicator, Segment: total, Period: between(g.marks[0].key.Period, m.key.Period)}
			g.add(w.Full(k), say.Shown{Text: w.T.Text("sector.targets.otherBase"), Missing: true})
			continue
		}
		g.add(w.Full(groups[at].Key), w.Either(groups[at].Key))
	}
}

// between is the time from one period to another.
func between(from, to figures.Period) figures.Period {
	p, err := figures.ParsePeriod(from.String() + "/" + to.String())
	if err != nil { // there is no time between them: only the last is named
		return to
	}
	return p
}

// warningsOf are what the pack says of the targets that are below what is reached:
// they may not be taken for reached, for they count on another base.
func (w words) warningsOf(g *goal) []string {
	if len(g.marks) == 0 || g.id == perJob {
		return nil
	}
	var out []string
	now, known := w.Point(g.marks[0].key)
	for _, m := range g.marks {
		at, is := w.Point(m.key)
		if note := w.Note(m.key); known && is && m.target && at.Value.Micros <= now.Value.Micros && note != "" {
			out = append(out, w.T.Text("sector.targets.warning", "target", m.name, "why", w.T.Text(note)))
		}
	}
	return out
}

// remarksOf are what the pack says of the marks that it derives, each said once,
// and that the targets want less of a job, where they do.
func (w words) remarksOf(g *goal) []string {
	var out []string
	for _, m := range g.marks {
		x := w.Book.Group(m.key)
		if x == nil || x.Canonical() != nil {
			continue
		}
		for _, v := range x.Derived {
			if v.Note != "" && !slices.Contains(out, w.T.Text(v.Note)) {
				out = append(out, w.T.Text(v.Note))
			}
		}
	}
	if g.id != perJob || len(g.marks) < 2 {
		return out
	}
	now, _ := w.Point(g.marks[0].key)
	then, _ := w.Point(g.marks[len(g.marks)-1].key)
	if then.Value.Micros < now.Value.Micros {
		out = append([]string{w.T.Text("sector.targets.perJob.less")}, out...)
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
	for _, g := range w.Book.Groups(figures.Query{Country: w.Book.Home, Indicator: indicator, Segment: total, Series: series, Unit: unit}) {
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
		v.ID, v.Color = m.key.Indicator+m.key.Period.String(), look.Primary
		if m.target && !v.Derived { // hatched, the paler colour would not be seen
			v.Color = look.PrimaryMid
		}
		params.Labels = append(params.Labels, m.name)
		params.Series.Values = append(params.Series.Values, v)
	}
	return drawn(chart.Bars(params))
}

package sector

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/sector/say"
)

// subjects are the questions that destinations are put side by side for: the
// groups of indicators, and the units where a group has several.
var subjects = []struct {
	id     string
	groups []string
	units  []string // nil takes all
	laws   bool     // each period is shown: the latest may be a year that is not there yet
}{
	{"money", []string{"exports", "near"}, []string{million, "USD million", "EUR million", "ZAR million"}, false},
	{"jobs", []string{"jobs", "near"}, []string{"jobs"}, false},
	{"tax", []string{"tax"}, nil, true},
	{"pay", []string{"pay"}, nil, false},
}

// destination is one figure of a country, with what it counts: two of them are
// rarely the same thing.
type destination struct {
	country, name, period string
	scope                 []string // what is counted, as far as it is known
	value                 say.Shown
	key                   figures.Key
}

// destinations are the latest figures of each scope on a subject, by the name of
// the country: an order that says nothing of who is ahead.
func (w words) destinations(subject int) []destination {
	s := subjects[subject]
	last := map[figures.Key]figures.Group{}
	for _, g := range w.Book.Groups(figures.Query{}) {
		at, known := g.Point()
		if !known || at.Derived && g.Sum == nil || !slices.Contains(s.groups, w.group(g.Indicator)) || s.units != nil && !slices.Contains(s.units, g.Unit) {
			continue
		}
		if g.Country == w.Book.Home && w.aside(g.Key) {
			continue
		}
		scope := g.Key
		if !s.laws {
			scope.Period = figures.Period{}
		}
		if had, ok := last[scope]; !ok || latter(g.Period, had.Period) {
			last[scope] = g
		}
	}
	var out []destination
	for _, g := range last {
		out = append(out, w.destination(&g))
	}
	slices.SortFunc(out, func(a, b destination) int {
		return cmp.Or(cmp.Compare(fold(a.country), fold(b.country)), a.key.Compare(b.key))
	})
	return out
}

// fold takes the accents off a name, so that it stands where a reader looks for it.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
}

// latter tells whether a period is to be shown instead of another; one without a
// time only where there is no other.
func latter(p, q figures.Period) bool {
	if (p.Kind() == figures.Undated) != (q.Kind() == figures.Undated) {
		return q.Kind() == figures.Undated
	}
	return p.Compare(q) > 0
}

// aside tells whether a figure of the country itself is on other tabs: parts of
// the total and older series.
func (w words) aside(k figures.Key) bool {
	switch k.Indicator {
	case exports:
		return k.Segment != total || k.Series != newSeries || k.Unit != million || k.Period.Kind() != figures.Year
	case "jobs":
		return k.Segment != total || k.Series != "jobs-MTNRA" || k.Period.Kind() != figures.Year
	case "netJobs", "grossJobs", exportShare, exportGrowth:
		return true
	}
	return false
}

func (w words) group(indicator string) string {
	for _, x := range w.Book.Indicators {
		if x.ID == indicator {
			return x.Group
		}
	}
	return ""
}

func (w words) destination(g *figures.Group) destination {
	k := g.Key
	out := destination{
		country: w.T.Text("figure.country." + k.Country), name: w.T.Text("figure.indicator." + k.Indicator),
		period: w.Period(k.Period), value: w.Either(k), key: k,
	}
	if k.Segment != total {
		out.name = w.T.Text("sector.name", "name", out.name, "more", w.T.Text("figure.segment."+k.Segment))
	}
	if k.Series != figures.NoSeries {
		out.scope = append(out.scope, w.T.Text("figure.series."+k.Series+".basis"))
	}
	if note := w.Note(k); note != "" {
		out.scope = append(out.scope, w.T.Text(note))
	}
	if len(out.scope) == 0 && (k.Indicator == exports || k.Indicator == "jobs") {
		out.scope = append(out.scope, w.T.Text("sector.elsewhere.unknown"))
	}
	if c := g.Canonical(); c != nil {
		if k.Unit == "month" || k.Unit == "date" || c.Low != nil && k.Country != w.Book.Home {
			out.value.Text = w.Printed(&c.Observation)
		}
	}
	return out
}

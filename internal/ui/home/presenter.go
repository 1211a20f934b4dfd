// Package home is the first place of the window: doors to what can be started,
// quick answers by kind of project, and the last dossiers, folded until the
// officer opens them because the next visitor is looking.
package home

import (
	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
)

// answer is a sample project and what it brings, ready to show.
type answer struct {
	draft  desk.Draft
	kind   string // segment and size
	place  string
	gain   string // from low to high, millions of MAD over the horizon
	share  string // of employment cost
	months int
}

// answers computes the quick answers; it is not for the window's thread.
func answers(d *desk.Desk) ([]answer, error) {
	projects, err := desk.Samples(d.Texts())
	if err != nil {
		return nil, err
	}
	out := make([]answer, 0, len(projects))
	for _, p := range projects {
		dr := desk.Draft{Project: p}
		r, err := d.Estimate(dr)
		if err != nil {
			return nil, err
		}
		out = append(out, answerOf(d, dr, r))
	}
	return out, nil
}

func answerOf(d *desk.Desk, dr desk.Draft, r *calc.Result) answer {
	t := d.Texts()
	people := 0
	for _, role := range dr.Project.Roles {
		for _, h := range role.Hires {
			people += h.Count
		}
	}
	f := t.Formatter()
	a := answer{
		draft: dr, place: d.PlaceName(dr.Project.Site), months: r.Months,
		kind: t.Text("home.answer.kind", "name", dr.Project.Name, "count", people),
		gain: f.Between(f.Compact(r.Benefits.Low), f.Compact(r.Benefits.High)),
	}
	low, high, ok := r.BenefitsShares()
	if ok {
		a.share = f.Between(f.Percent(low, 1), f.Percent(high, 1))
	}
	if r.Benefits.Settled() {
		a.gain, a.share = f.Compact(r.Benefits.Value), f.Percent(low, 1)
	}
	if r.Extent(calc.LineBenefits) == calc.AtLeast {
		a.gain, a.share = t.Text("amount.atLeast", "amount", a.gain), t.Text("amount.atLeast", "amount", a.share)
	}
	return a
}

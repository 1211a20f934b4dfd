package result

import (
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// conditions groups the conditions by benefit and counts their states.
func (p *presenter) conditions(r *calc.Result) ([]group, string) {
	count := map[string]int{}
	var out []group
	for _, code := range domain.Benefits {
		g := group{title: p.t.Text("result.group", "code", code, "name", p.t.Text("result.benefit."+code))}
		for i := range r.Conditions {
			x := &r.Conditions[i]
			if x.Benefit == code {
				g.rows = append(g.rows, p.condition(x))
				count[x.State]++
			}
		}
		if len(g.rows) > 0 {
			out = append(out, g)
		}
	}
	return out, p.t.Text("result.tab.conditions", "yes", count[calc.Yes], "unknown", count[calc.Unknown], "no", count[calc.No])
}

func (p *presenter) condition(x *calc.Condition) condition {
	c := condition{
		mark: p.t.Text("result.mark." + x.State), mood: map[string]mood{calc.Yes: good, calc.No: bad, calc.Unknown: caution}[x.State],
		text: p.t.T(x.Text), detail: p.t.T(x.Detail), sources: desk.SayCondition(p.t, p.pack, x),
	}
	if gap := p.measure(x.Gap, true); gap != "" {
		c.numbers = p.t.Text("result.numbers", "threshold", p.measure(x.Threshold, false), "given", p.measure(x.Given, false), "gap", gap)
	}
	return c
}

// measure writes a threshold, what is given or the gap between; a gap between
// shares is in points.
func (p *presenter) measure(v any, gap bool) string {
	switch w := v.(type) {
	case domain.Share:
		if !gap {
			return p.t.Text("proof.share", "share", w)
		}
		points := w * 100 // a point is a hundredth; Heads are written with one decimal at most, as points are
		return p.t.Text("result.points", "n", p.f.Heads(domain.Heads(points)), "count", int(max(points, -points)/domain.ShareOne))
	case domain.Money:
		return p.t.Text("unit.MAD", "amount", p.f.Amount(w))
	case int:
		return p.f.Count(w)
	}
	return ""
}

func (p *presenter) left(r *calc.Result) []leftOut {
	out := make([]leftOut, 0, len(r.NotCounted))
	for _, x := range r.NotCounted {
		l := leftOut{benefit: desk.SayLeftOut(p.t, &x), amount: p.t.Text("result.left.unknown"), reason: p.t.T(x.Reason)}
		if x.Amount != nil {
			l.amount = p.t.Text("result.left.amount", "amount", p.f.Amount(*x.Amount), "months", r.Months)
		}
		out = append(out, l)
	}
	return out
}

func (p *presenter) readings(r *calc.Result) []reading {
	out := make([]reading, 0, len(p.pack.Readings))
	for i := range p.pack.Readings {
		in := &p.pack.Readings[i]
		x := reading{
			id: in.ID, question: p.t.Text("reading." + in.ID), reason: p.t.Text("reading." + in.ID + ".reason"),
			chosen: r.Readings.Get(in.ID), settled: slices.Contains(r.Settled, in.ID),
			effect: p.t.Text("result.readings.moves", "benefits", p.t.List(in.Moves)),
		}
		for k, v := range in.Values {
			text := p.t.Text("reading." + in.ID + "." + v)
			if k == 0 {
				text = p.t.Text("result.readings.default", "value", text)
			}
			x.values = append(x.values, answer{v, text})
		}
		for _, n := range r.Narrowing {
			if n.Reading == in.ID {
				const whole = domain.ShareOne / 100 // "at least" must not be rounded up
				x.effect += " " + p.t.Text("result.readings.narrows", "share", p.f.Percent(n.AtLeast/whole*whole, 0))
			}
		}
		out = append(out, x)
	}
	return out
}

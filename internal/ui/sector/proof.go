package sector

import (
	"slices"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// proof is what a panel says of one quantity.
type proof struct {
	title, value, sentence string
	state                  string // published, preliminary, derived, and how sure
	series                 []string
	notes                  []string
	sources                []desk.SourceText
	derived                []working
	others                 []reading
}

// working is how a derived value was found.
type working struct {
	title, formula, bounds, note string
	steps                        []term
}

// term is an operand with the value it had.
type term struct{ name, value string }

// reading is what one publication printed.
type reading struct {
	value, title, class, reason, sure, note string
	sources                                 []desk.SourceText
}

// proofOf explains one quantity; a key that nobody published says so.
func (w words) proofOf(k figures.Key) *proof {
	p := &proof{title: w.Full(k), value: w.T.Text("sector.missing"), series: w.series(k.Series)}
	g := w.Book.Group(k)
	if g == nil {
		p.sentence = w.T.Text("sector.missing.why")
		return p
	}
	if at, ok := g.Point(); ok {
		p.value = w.Amount(k, at.Value)
		p.sentence = w.T.Text("sector.sentence", "name", p.title, "value", p.value)
		p.state = w.T.Text("sector.state.derived")
		if slices.ContainsFunc(g.Derived, w.fromPreliminary) {
			p.state = w.T.Text("sector.state.derived.preliminary")
		}
	}
	c := g.Canonical()
	if c != nil {
		p.state = w.state(&c.Observation)
		p.sources = w.sources(c.Sources)
		p.notes = append(p.notes, w.T.Text("sector.printed", "published", w.Printed(&c.Observation)), w.T.T(c.Reason))
		if c.Low != nil {
			p.notes = append(p.notes, w.bounds(k, *c.Low, *c.High))
		}
		if said := w.remark(&c.Observation); said != "" {
			p.notes = append(p.notes, said)
		}
	}
	for i := range g.Derived {
		p.derived = append(p.derived, w.working(&g.Derived[i]))
	}
	for i := range g.Readings {
		if r := &g.Readings[i]; r.Class != figures.Canonical {
			p.others = append(p.others, w.reading(r, false))
		}
	}
	return p
}

// fromPreliminary tells whether a value was computed from a preliminary figure.
func (w words) fromPreliminary(v figures.Value) bool {
	return slices.ContainsFunc(v.Steps, func(s figures.Step) bool { return s.ID != "" && w.Preliminary(s.Key) })
}

func (w words) series(id string) []string {
	if id == figures.NoSeries {
		return []string{w.T.Text("sector.series.none")}
	}
	return []string{w.T.Text("figure.series." + id), w.T.Text("figure.series." + id + ".basis")}
}

func (w words) state(o *figures.Observation) string {
	key := "sector.state.published"
	if o.Preliminary {
		key = "sector.state.preliminary"
	}
	said := w.T.Text(key, "sure", desk.SaySure(w.T, o.Confidence))
	if len(o.Sources) > 0 && o.Sources[0].ID == "" {
		return w.T.Text("sector.state.imported", "state", said)
	}
	return said
}

// remark is what the pack or an imported file adds to a reading, "" if nothing.
func (w words) remark(o *figures.Observation) string {
	if o.Note != "" {
		return w.T.Text(o.Note)
	}
	return o.Remark
}

func (w words) bounds(k figures.Key, low, high figures.Num) string {
	return w.T.Text("sector.bounds", "low", w.Number(low), "high", w.Amount(k, high))
}

func (w words) sources(list []rules.Source) []desk.SourceText {
	var out []desk.SourceText
	for _, s := range list {
		out = append(out, desk.SaySource(w.T, s))
	}
	return out
}

func (w words) working(v *figures.Value) working {
	out := working{
		title:   w.T.Text("sector.derived.value", "value", w.Amount(v.Key, v.Value)),
		formula: w.T.Text("sector.formula", "name", w.T.Text("figures.formula."+v.Name), "how", w.T.Text("sector.formula."+v.Name)), bounds: w.bounds(v.Key, v.Low, v.High),
	}
	if v.Note != "" {
		out.note = w.T.Text(v.Note)
	}
	for _, s := range v.Steps {
		t := term{name: w.T.Text("sector.constant"), value: w.Number(s.Value)}
		if s.ID != "" {
			t = term{name: w.Full(s.Key), value: w.Amount(s.Key, s.Value)}
			if s.Derived {
				t.name = w.T.Text("sector.term.derived", "name", t.name)
			}
		}
		out.steps = append(out.steps, t)
	}
	return out
}

// reading says what was printed; apart from its quantity it also says of what.
func (w words) reading(r *figures.Result, apart bool) reading {
	out := reading{
		value: w.Printed(&r.Observation), class: w.T.Text("figures.class." + string(r.Class)), reason: w.T.T(r.Reason),
		sure: w.state(&r.Observation), sources: w.sources(r.Sources),
	}
	if r.Role == figures.RoleTrap {
		out.class = w.T.Text("figures.role.trap")
	}
	out.note = w.remark(&r.Observation)
	if apart {
		out.title = w.Full(r.Key)
	}
	return out
}

// result finds an observation among the readings of its quantity.
func (w words) result(id string) *figures.Result {
	o := w.Book.Observation(id)
	if o == nil {
		return nil
	}
	g := w.Book.Group(o.Key)
	if g == nil {
		return nil
	}
	at := slices.IndexFunc(g.Readings, func(r figures.Result) bool { return r.ID == id })
	if at < 0 {
		return nil
	}
	return &g.Readings[at]
}

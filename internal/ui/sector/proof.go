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
	p := &proof{title: w.full(k), value: w.t.Text("sector.missing"), series: w.series(k.Series)}
	g := w.book.Group(k)
	if g == nil {
		p.sentence = w.t.Text("sector.missing.why")
		return p
	}
	if at, ok := g.Point(); ok {
		p.value = w.amount(k, at.Value)
		p.sentence = w.t.Text("sector.sentence", "name", p.title, "value", p.value)
		p.state = w.t.Text("sector.state.derived")
		if slices.ContainsFunc(g.Derived, w.fromPreliminary) {
			p.state = w.t.Text("sector.state.derived.preliminary")
		}
	}
	c := g.Canonical()
	if c != nil {
		p.state = w.state(&c.Observation)
		p.sources = w.sources(c.Sources)
		p.notes = append(p.notes, w.t.Text("sector.printed", "published", w.printed(&c.Observation)), w.t.T(c.Reason))
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
	return slices.ContainsFunc(v.Steps, func(s figures.Step) bool { return s.ID != "" && w.preliminary(s.Key) })
}

func (w words) series(id string) []string {
	if id == figures.NoSeries {
		return []string{w.t.Text("sector.series.none")}
	}
	return []string{w.t.Text("figure.series." + id), w.t.Text("figure.series." + id + ".basis")}
}

func (w words) state(o *figures.Observation) string {
	key := "sector.state.published"
	if o.Preliminary {
		key = "sector.state.preliminary"
	}
	said := w.t.Text(key, "sure", desk.SaySure(w.t, o.Confidence))
	if len(o.Sources) > 0 && o.Sources[0].ID == "" {
		return w.t.Text("sector.state.imported", "state", said)
	}
	return said
}

// remark is what the pack or an imported file adds to a reading, "" if nothing.
func (w words) remark(o *figures.Observation) string {
	if o.Note != "" {
		return w.t.Text(o.Note)
	}
	return o.Remark
}

func (w words) bounds(k figures.Key, low, high figures.Num) string {
	return w.t.Text("sector.bounds", "low", w.number(low), "high", w.amount(k, high))
}

func (w words) sources(list []rules.Source) []desk.SourceText {
	var out []desk.SourceText
	for _, s := range list {
		out = append(out, desk.SaySource(w.t, s))
	}
	return out
}

func (w words) working(v *figures.Value) working {
	out := working{
		title:   w.t.Text("sector.derived.value", "value", w.amount(v.Key, v.Value)),
		formula: w.t.Text("sector.formula", "name", w.t.Text("figures.formula."+v.Name), "how", w.t.Text("sector.formula."+v.Name)), bounds: w.bounds(v.Key, v.Low, v.High),
	}
	if v.Note != "" {
		out.note = w.t.Text(v.Note)
	}
	for _, s := range v.Steps {
		t := term{name: w.t.Text("sector.constant"), value: w.number(s.Value)}
		if s.ID != "" {
			t = term{name: w.full(s.Key), value: w.amount(s.Key, s.Value)}
			if s.Derived {
				t.name = w.t.Text("sector.term.derived", "name", t.name)
			}
		}
		out.steps = append(out.steps, t)
	}
	return out
}

// reading says what was printed; apart from its quantity it also says of what.
func (w words) reading(r *figures.Result, apart bool) reading {
	out := reading{
		value: w.printed(&r.Observation), class: w.t.Text("figures.class." + string(r.Class)), reason: w.t.T(r.Reason),
		sure: w.state(&r.Observation), sources: w.sources(r.Sources),
	}
	if r.Role == figures.RoleTrap {
		out.class = w.t.Text("figures.role.trap")
	}
	out.note = w.remark(&r.Observation)
	if apart {
		out.title = w.full(r.Key)
	}
	return out
}

// result finds an observation among the readings of its quantity.
func (w words) result(id string) *figures.Result {
	o := w.book.Observation(id)
	if o == nil {
		return nil
	}
	g := w.book.Group(o.Key)
	if g == nil {
		return nil
	}
	at := slices.IndexFunc(g.Readings, func(r figures.Result) bool { return r.ID == id })
	if at < 0 {
		return nil
	}
	return &g.Readings[at]
}

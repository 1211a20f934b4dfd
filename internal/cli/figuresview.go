package cli

import (
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// classDerived is the class of what the program computed and that stands beside
// the published readings; the sum that is canonical has the class of one.
const classDerived figures.Class = "derived"

// figureView is a published reading, or a derived value: then Derived says how it
// was found, and it has neither source nor role. It is preliminary where something
// that it was computed from is.
type figureView struct {
	keyView
	ID          string        `json:"id"`
	Value       figures.Num   `json:"value"`
	Low         *figures.Num  `json:"low"`
	High        *figures.Num  `json:"high"`
	Class       figures.Class `json:"class"`
	Against     string        `json:"against"`
	Reason      string        `json:"reason"`
	Role        string        `json:"role"`
	Published   string        `json:"published"`
	Confidence  string        `json:"confidence"`
	Preliminary bool          `json:"preliminary"`
	Note        string        `json:"note"`
	Source      *sourceView   `json:"source"` // the first of Sources
	Sources     []sourceView  `json:"sources"`
	Derived     *derivedView  `json:"derived"`
}

type keyView struct {
	Country   string         `json:"country"`
	Indicator string         `json:"indicator"`
	Segment   string         `json:"segment"`
	Period    figures.Period `json:"period"`
	Series    string         `json:"series"`
	Unit      string         `json:"unit"`
}

type derivedView struct {
	Formula  string        `json:"formula"`
	Within   string        `json:"within"` // id of the reading in whose bounds it lies
	Operands []operandView `json:"operands"`
}

// operandView is an operand with the value that it had.
type operandView struct {
	ID    string      `json:"id"` // empty of a plain number
	Value figures.Num `json:"value"`
	Low   figures.Num `json:"low"`
	High  figures.Num `json:"high"`
}

func keyOf(k figures.Key) keyView {
	return keyView{k.Country, k.Indicator, k.Segment, k.Period, k.Series, k.Unit}
}

// figureViews lists what is known of each quantity: the canonical one first, then
// the other readings, then what is derived.
func figureViews(t *i18n.Catalogue, groups []figures.Group) []figureView {
	out := []figureView{}
	for i := range groups {
		out = append(out, readingViews(t, &groups[i])...)
	}
	return out
}

func readingViews(t *i18n.Catalogue, g *figures.Group) []figureView {
	var out []figureView
	if g.Sum != nil {
		out = append(out, derivedValue(t, g.Sum, figures.Canonical))
	}
	for i := range g.Readings {
		out = append(out, reading(t, &g.Readings[i]))
	}
	for i := range g.Derived {
		if v := &g.Derived[i]; g.Sum == nil || v.ID != g.Sum.ID {
			view := derivedValue(t, v, classDerived)
			if finer := g.Finer(); finer != nil && finer.ID == v.ID {
				view.Reason += " " + whyFiner(t, g.Canonical(), v)
			}
			out = append(out, view)
		}
	}
	return out
}

func reading(t *i18n.Catalogue, r *figures.Result) figureView {
	v := figureView{
		keyView: keyOf(r.Key), ID: r.ID, Value: r.Value, Low: r.Low, High: r.High,
		Class: r.Class, Against: r.Against, Reason: t.T(r.Reason), Role: r.Role, Published: r.Published,
		Confidence: r.Confidence, Preliminary: r.Preliminary, Note: r.Remark, Sources: sourceViews(r.Sources),
	}
	if r.Note != "" {
		v.Note = t.Text(r.Note)
	}
	if len(v.Sources) > 0 {
		v.Source = &v.Sources[0]
	}
	return v
}

func derivedValue(t *i18n.Catalogue, d *figures.Value, class figures.Class) figureView {
	how := &derivedView{Formula: d.Name, Within: d.Within, Operands: operandViews(d.Steps)}
	var ids []string
	for _, o := range how.Operands {
		if o.ID == "" {
			o.ID = o.Value.String()
		}
		ids = append(ids, o.ID)
	}
	return figureView{
		keyView: keyOf(d.Key), ID: d.ID, Value: d.Value, Low: &d.Low, High: &d.High,
		Class: class, Preliminary: d.Preliminary, Note: t.Optional(d.Note), Sources: []sourceView{}, Derived: how,
		Reason: t.Text("figures.reason.derived", "formula", domain.M("figures.formula."+d.Name), "operands", strings.Join(ids, ", ")),
	}
}

// whyFiner says how a published value, which stays canonical, follows from the
// finer one that was derived.
func whyFiner(t *i18n.Catalogue, published *figures.Result, v *figures.Value) string {
	class, _ := figures.Classify(published.Value, v.Value)
	return t.Text("figures.reason."+string(class),
		"value", domain.Decimal(published.Value.String()), "against", domain.Decimal(v.Value.String()))
}

func operandViews(steps []figures.Step) []operandView {
	out := []operandView{}
	for i := range steps {
		s := &steps[i]
		out = append(out, operandView{s.ID, s.Value, s.Low, s.High})
	}
	return out
}

func sourceViews(list []rules.Source) []sourceView {
	out := []sourceView{}
	for _, s := range list {
		out = append(out, sourceView{s.Publisher, s.Title, s.Date, s.URL})
	}
	return out
}

// checkView is how the readings of each quantity and the arithmetic stand.
type checkView struct {
	Groups []groupView   `json:"groups"`
	Checks []outcomeView `json:"checks"`
}

// groupView is a quantity of which there is more than one reading; Canonical is
// the id of the one that counts, empty where there are traps only.
type groupView struct {
	keyView
	Canonical string       `json:"canonical"`
	Readings  []figureView `json:"readings"`
}

type outcomeView struct {
	ID       string        `json:"id"`
	Formula  string        `json:"formula"`
	Operands []operandView `json:"operands"`
	Computed figures.Num   `json:"computed"`
	Low      figures.Num   `json:"low"`
	High     figures.Num   `json:"high"`
	Expected expectedView  `json:"expected"`
	Holds    bool          `json:"holds"`  // whether the arithmetic should hold
	Passed   bool          `json:"passed"` // whether it does
	OK       bool          `json:"ok"`     // whether it is as expected
}

// expectedView is one of three: what the result rounds to, what it lies between,
// or what its bounds include.
type expectedView struct {
	Equals *figures.Num `json:"equals,omitempty"`
	Low    *figures.Num `json:"low,omitempty"`
	High   *figures.Num `json:"high,omitempty"`
	Spans  *figures.Num `json:"spans,omitempty"`
}

// groupViews keeps the quantities with more than one reading, a derived sum that
// counts among them.
func groupViews(t *i18n.Catalogue, groups []figures.Group) []groupView {
	out := []groupView{}
	for i := range groups {
		g := &groups[i]
		if len(g.Readings) < 2 && g.Sum == nil {
			continue
		}
		v := groupView{keyView: keyOf(g.Key), Readings: readingViews(t, g)}
		if v.Readings[0].Class == figures.Canonical {
			v.Canonical = v.Readings[0].ID
		}
		out = append(out, v)
	}
	return out
}

func outcomeViews(list []figures.Outcome) []outcomeView {
	out := []outcomeView{}
	for i := range list {
		o := &list[i]
		out = append(out, outcomeView{
			ID: o.ID, Formula: o.Name, Operands: operandViews(o.Steps), Computed: o.Got, Low: o.Low, High: o.High,
			Expected: expectedView{o.Equals, o.Check.Low, o.Check.High, o.Spans},
			Holds:    o.Holds, Passed: o.Passed, OK: o.OK(),
		})
	}
	return out
}

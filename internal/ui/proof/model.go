package proof

import (
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// model is the panel written out.
type model struct {
	amount, what, rng, sentence string
	resultTitle                 string
	steps                       []step
	rules                       []rule
	readings                    []string
	tree                        *node
}

// step is a row of the table. Aside is a base or rate too long for its column.
type step struct {
	label, base, rate, amount string
	source, aside             string
	strong                    bool
}

// rule is a value of the pack and where it comes from.
type rule struct {
	title, sure, text, dates, note string
	brackets                       []string
	sources                        []source
}

type source struct{ by, title, url string }

// node is a part of the tree.
type node struct {
	label, amount, text string
	children            []*node
}

type presenter struct {
	t *i18n.Catalogue
	f *i18n.Formatter
}

func (p *presenter) present(x *calc.Explanation) *model {
	m := &model{amount: p.amount(x.Amount), sentence: p.t.T(x.Sentence), resultTitle: p.t.Text("proof.ui.result")}
	if _, money := x.Amount.(domain.Money); !money {
		m.resultTitle = p.t.Text("proof.ui.resultCount")
	}
	name := p.t.Text("line." + x.Line)
	m.what = p.t.Text("proof.ui.total", "line", name)
	if x.Year != 0 {
		m.what = p.t.Text("proof.ui.year", "line", name, "year", x.Year)
	}
	if x.Range != nil {
		m.rng = p.t.Text("proof.ui.settled")
		if !x.Range.Settled() {
			m.rng = p.t.Text("proof.ui.range", "low", p.f.AmountExact(x.Range.Low), "high", p.f.AmountExact(x.Range.High))
		}
	}
	for i := range x.Steps {
		m.steps = append(m.steps, p.step(&x.Steps[i]))
	}
	rules := desk.Rules(x)
	for i := range rules {
		m.rules = append(m.rules, p.rule(&rules[i]))
	}
	for _, u := range x.Readings {
		m.readings = append(m.readings, p.reading(u))
	}
	m.tree = p.node(x.Tree)
	return m
}

// amount is the figure itself with its unit.
func (p *presenter) amount(v any) string {
	switch w := v.(type) {
	case domain.Money:
		return p.t.Text("proof.ui.amount", "amount", p.f.AmountExact(w))
	case domain.Heads:
		return p.t.Text("proof.ui.heads", "heads", p.f.Heads(w), "count", int(w/1_000_000))
	case int:
		return p.t.Text("proof.ui.months", "count", w)
	}
	return desk.Exact(p.t, v)
}

// roomForColumn is how many characters a base or a rate may have to stand in
// its column; a longer one goes under the name of the step.
const roomForColumn = 18

func (p *presenter) step(in *calc.Step) step {
	s := step{
		label: p.t.T(in.Label), base: desk.Exact(p.t, in.Base), rate: desk.Exact(p.t, in.Rate),
		amount: desk.Exact(p.t, in.Amount), source: desk.SourceLine(in.Rules), strong: in.Strong,
	}
	var aside []string
	for _, v := range []*string{&s.base, &s.rate} {
		if len([]rune(*v)) > roomForColumn {
			aside = append(aside, *v)
			*v = ""
		}
	}
	s.aside = strings.Join(aside, " ; ")
	return s
}

func (p *presenter) rule(r *calc.RuleRef) rule {
	out := rule{
		title: p.t.Text("proof.ui.rule", "label", p.t.Text("param."+r.Param), "value", desk.RuleValue(p.t, r)),
		sure:  p.t.Text("confidence." + strings.ReplaceAll(r.Sure, " ", ".")),
		text:  desk.SourceLine([]calc.RuleRef{*r}),
	}
	valid := p.t.Text("proof.ui.valid.open", "from", r.From)
	if r.To != "" {
		valid = p.t.Text("proof.ui.valid", "from", r.From, "to", r.To)
	}
	out.dates = p.t.Text("proof.ui.join", "a", valid, "b", p.t.Text("proof.ui.read", "date", r.Verified))
	if r.Note != "" {
		out.note = p.t.Text(r.Note)
	}
	for _, b := range r.Brackets {
		rate, deduct := domain.Share(b.Rate), p.f.Amount(domain.Money(b.Deduct))
		if b.Upto < 0 {
			out.brackets = append(out.brackets, p.t.Text("proof.ui.bracket.last", "rate", rate, "deduct", deduct))
			continue
		}
		out.brackets = append(out.brackets, p.t.Text("proof.ui.bracket", "upto", p.f.Amount(domain.Money(b.Upto)), "rate", rate, "deduct", deduct))
	}
	for _, s := range r.Sources {
		by := p.t.Text("proof.ui.source", "publisher", s.Publisher, "date", p.f.Date(domain.Date(s.Date)), "read", s.ReadOn)
		if s.Partial {
			by = p.t.Text("proof.ui.partial", "source", by)
		}
		out.sources = append(out.sources, source{by, s.Title, s.URL})
	}
	return out
}

func (p *presenter) reading(u calc.ReadingUse) string {
	how := "proof.ui.reading.chosen"
	switch {
	case u.Settled:
		how = "proof.ui.reading.settled"
	case u.Default:
		how = "proof.ui.reading.default"
	}
	said := p.t.Text("proof.ui.reading", "question", p.t.Text("reading."+u.ID), "value", p.t.Text("reading."+u.ID+"."+u.Value))
	return p.t.Text("proof.ui.join", "a", said, "b", p.t.Text(how))
}

func (p *presenter) node(in *calc.Node) *node {
	n := &node{label: p.t.T(in.Label), amount: desk.Exact(p.t, in.Amount)}
	if in.Rule != nil {
		n.amount, n.text = desk.RuleValue(p.t, in.Rule), desk.SourceLine([]calc.RuleRef{*in.Rule})
	}
	for _, c := range in.Children {
		n.children = append(n.children, p.node(c))
	}
	return n
}

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
	head                        step // titles of the columns that have something in them
	steps                       []step
	rules                       []desk.RuleText
	ends                        []string // which answers give the ends of the range
	readings                    []string
	tree                        *node
}

// step is a row of the table. What is aside is too long for its column.
type step struct {
	label, base, rate, amount string
	source                    string
	asideBase, asideRate      string
	strong                    bool
}

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
	m := &model{amount: p.amount(x.Amount), sentence: p.t.T(x.Sentence)}
	if x.Amount != nil && len(x.Unknown) > 0 {
		m.amount = p.t.Text("amount.atLeast", "amount", m.amount)
	}
	name := p.t.Text("line." + x.Line)
	m.what = p.t.Text("proof.ui.total", "line", name)
	if x.Year != 0 {
		m.what = p.t.Text("proof.ui.year", "line", name, "year", x.Year)
	}
	if x.Range != nil {
		m.rng = p.t.Text("proof.ui.settled")
		if !x.Range.Settled() {
			key := "proof.ui.range"
			if _, share := x.Range.Low.(domain.Share); share {
				key = "proof.range"
			}
			m.rng = p.t.Text(key, "low", desk.Exact(p.t, x.Range.Low), "high", desk.Exact(p.t, x.Range.High))
		}
	}
	m.ends = desk.Ends(p.t, x)
	m.steps, m.head = p.table(x)
	rules := desk.Rules(x)
	for i := range rules {
		m.rules = append(m.rules, desk.SayRule(p.t, &rules[i]))
	}
	for _, u := range x.Readings {
		m.readings = append(m.readings, p.reading(u))
	}
	written := func(v any) string { return desk.ExactAmount(p.t, v) }
	if _, money := x.Amount.(domain.Money); money {
		written = p.exact
	}
	m.tree = p.node(x.Tree, written)
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
	return desk.ExactAmount(p.t, v)
}

// table writes the steps, and titles for the columns they use.
func (p *presenter) table(x *calc.Explanation) ([]step, step) {
	_, money := x.Amount.(domain.Money)
	head := step{label: p.t.Text("proof.ui.step"), amount: p.t.Text("proof.ui.resultCount")}
	if money {
		head.amount = p.t.Text("proof.ui.result")
	}
	var steps []step
	for i := range x.Steps {
		s := p.step(&x.Steps[i])
		if d, ok := x.Steps[i].Base.(domain.Decimal); ok && money && s.base != "" && strings.Contains(string(d), ".") {
			s.base = p.f.Decimal(withCentimes(d))
		}
		if money {
			s.amount = p.exact(x.Steps[i].Amount)
		}
		if s.base != "" {
			head.base = p.t.Text("proof.ui.base")
		}
		if s.rate != "" {
			head.rate = p.t.Text("proof.ui.rate")
		}
		steps = append(steps, s)
	}
	return steps, head
}

// exact writes a value of an explanation of MAD.
func (p *presenter) exact(v any) string {
	if d, ok := v.(domain.Decimal); ok {
		return p.f.Decimal(withCentimes(d))
	}
	return desk.ExactAmount(p.t, v)
}

// withCentimes gives an exact amount of MAD at least its two decimals.
func withCentimes(d domain.Decimal) domain.Decimal {
	_, frac, point := strings.Cut(string(d), ".")
	if !point {
		d += "."
	}
	return d + domain.Decimal(strings.Repeat("0", max(2-len(frac), 0)))
}

// How many characters a base or a rate may have to stand in its column; a
// longer one goes under the name of the step.
const (
	roomForBase = 22
	roomForRate = 18
)

func (p *presenter) step(in *calc.Step) step {
	s := step{
		label: p.t.T(in.Label), base: desk.Exact(p.t, in.Base), rate: desk.Exact(p.t, in.Rate),
		amount: desk.Exact(p.t, in.Amount), source: desk.SourceLine(in.Rules), strong: in.Strong,
	}
	if len([]rune(s.base)) > roomForBase {
		s.base, s.asideBase = "", s.base
	}
	if len([]rune(s.rate)) > roomForRate {
		s.rate, s.asideRate = "", s.rate
	}
	return s
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

func (p *presenter) node(in *calc.Node, written func(any) string) *node {
	n := &node{label: p.t.T(in.Label), amount: written(in.Amount)}
	if in.Rule != nil {
		n.amount, n.text = desk.RuleValue(p.t, in.Rule), desk.SourceLine([]calc.RuleRef{*in.Rule})
	}
	for _, c := range in.Children {
		n.children = append(n.children, p.node(c, written))
	}
	return n
}

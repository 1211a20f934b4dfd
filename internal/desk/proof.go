package desk

import (
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// Exact writes a value of an explanation at full precision in the reader's
// language; nothing for nil.
func Exact(t *i18n.Catalogue, v any) string {
	f := t.Formatter()
	switch w := v.(type) {
	case nil:
		return ""
	case domain.Money:
		return f.AmountExact(w)
	case domain.Share:
		return t.Text("proof.share", "share", w)
	case domain.Heads:
		return f.Heads(w)
	case domain.Decimal:
		return f.Decimal(w)
	case int:
		return f.Count(w)
	case domain.Msg:
		if w.Key == "" {
			return ""
		}
		return t.T(w)
	}
	return ""
}

// ExactAmount is Exact for the amount of an explanation, a step or a node: nil is
// an amount that is unknown, and said so.
func ExactAmount(t *i18n.Catalogue, v any) string {
	if v == nil {
		return t.Text("amount.unknown")
	}
	return Exact(t, v)
}

// SourceLine names the texts and publishers behind a step, shortest first read.
func SourceLine(rs []calc.RuleRef) string {
	var parts []string
	for i := range rs {
		text := rs[i].Text
		if rs[i].Article != "" {
			text += ", " + rs[i].Article
		}
		if text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ; ")
}

// Ends says which answers give the low and the high end of the range of an
// explanation; nothing of an end that the chosen answers give.
func Ends(t *i18n.Catalogue, x *calc.Explanation) []string {
	if x.Range == nil || x.Range.Settled() {
		return nil
	}
	var out []string
	say := func(key string, end any, answers []calc.ReadingUse) {
		if len(answers) == 0 {
			return
		}
		said := make([]string, len(answers))
		for i, u := range answers {
			said[i] = t.Text("proof.end.answer", "question", t.Text("reading."+u.ID), "value", t.Text("reading."+u.ID+"."+u.Value))
		}
		amount := Exact(t, end)
		if _, money := end.(domain.Money); money {
			amount = t.Text("unit.MAD", "amount", amount)
		}
		out = append(out, t.Text(key, "amount", amount, "answers", t.List(said)))
	}
	say("proof.end.low", x.Range.Low, x.Range.LowReadings)
	say("proof.end.high", x.Range.High, x.Range.HighReadings)
	return out
}

// ExplainText is an explanation as text to read or paste: sentence, steps, rules
// with their sources and dates.
func ExplainText(t *i18n.Catalogue, x *calc.Explanation) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "  ") + "\n") }
	head := t.Text("line." + x.Line)
	if x.Year != 0 {
		head += " " + t.Text("step.year", "year", x.Year)
	}
	amount := ExactAmount(t, x.Amount)
	if x.Amount != nil && len(x.Unknown) > 0 {
		amount = t.Text("amount.atLeast", "amount", amount)
	}
	line(t.Text("proof.head", "line", head, "amount", amount))
	if x.Range != nil && !x.Range.Settled() {
		line(t.Text("proof.range", "low", Exact(t, x.Range.Low), "high", Exact(t, x.Range.High)))
	}
	for _, end := range Ends(t, x) {
		line(end)
	}
	line(t.T(x.Sentence))
	line("")
	for i := range x.Steps {
		s := &x.Steps[i]
		line("  "+t.T(s.Label), Exact(t, s.Base), Exact(t, s.Rate), "=", ExactAmount(t, s.Amount))
	}
	if rs := Rules(x); len(rs) > 0 {
		line("")
		line(t.Text("proof.rules"))
		for i := range rs {
			said := SayRule(t, &rs[i])
			for j, text := range said.lines() {
				if text != "" {
					line(strings.Repeat("  ", 1+min(j, 1)) + text)
				}
			}
		}
	}
	if len(x.Readings) > 0 {
		line("")
		line(t.Text("proof.readings"))
		for _, u := range x.Readings {
			line("  " + t.Text("proof.ui.reading", "question", t.Text("reading."+u.ID), "value", t.Text("reading."+u.ID+"."+u.Value)))
		}
	}
	return b.String()
}

// Rules lists the rule values of an explanation, each once, in the order met.
func Rules(x *calc.Explanation) []calc.RuleRef {
	var out []calc.RuleRef
	seen := map[string]bool{}
	var walk func(*calc.Node)
	walk = func(n *calc.Node) {
		if r := n.Rule; r != nil && !seen[r.Param+string(r.From)] {
			seen[r.Param+string(r.From)] = true
			out = append(out, *r)
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(x.Tree)
	return out
}

// RuleValue writes the value of a rule with its unit.
func RuleValue(t *i18n.Catalogue, r *calc.RuleRef) string {
	switch r.Unit {
	case rules.UnitShare:
		if s, err := domain.ParseShare(r.Raw); err == nil {
			return t.Text("proof.share", "share", s)
		}
	case rules.UnitMAD, rules.UnitMADMonth, rules.UnitMADYear:
		if m, err := domain.ParseMoney(r.Raw); err == nil {
			return t.Text("unit."+strings.ReplaceAll(r.Unit, "/", "."), "amount", t.Formatter().AmountExact(m))
		}
	case rules.UnitMonth:
		if m, err := domain.ParseMonth(r.Raw); err == nil {
			return t.Formatter().Month(m)
		}
	case rules.UnitScale:
		return t.Text("unit.scale", "count", len(r.Brackets))
	}
	return t.Text("unit."+r.Unit, "count", r.Raw)
}

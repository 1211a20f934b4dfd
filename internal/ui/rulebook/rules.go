package rulebook

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// chapter is the rule values that stand together in the pack.
type chapter struct {
	title  string
	params []param
}

// param is a rule value with its timeline, the latest first.
type param struct {
	id, name, basis string
	dated           []dated
	find            string // what a search looks in
}

type dated struct {
	value, span, where, sure string
	inForce                  bool
	rule                     desk.RuleText
}

// question is a text that can be understood in more than one way.
type question struct {
	name, reason, moves string
	answers             []string // the one taken by default first, and marked
	sources             []desk.SourceText
	find                string
}

// origin is a page that something was read on.
type origin struct {
	id   string
	said desk.SourceText
	find string
}

// writer writes a pack out.
type writer struct {
	t    *i18n.Catalogue
	pack *rules.Pack
}

// chapters are the rule values in the order of the pack.
func (w writer) chapters() []chapter {
	all := make([]*rules.Param, 0, len(w.pack.Params))
	for _, p := range w.pack.Params {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *rules.Param) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	var out []chapter
	for i, p := range all {
		if i == 0 || p.Pos.File != all[i-1].Pos.File {
			out = append(out, chapter{title: w.chapter(p.Pos.File)})
		}
		last := &out[len(out)-1]
		last.params = append(last.params, w.param(p))
	}
	return out
}

// chapter names a file of rules; one that the catalogue does not know keeps its name.
func (w writer) chapter(file string) string {
	name := strings.TrimSuffix(path.Base(file), ".toml")
	if key := "rulebook.chapter." + name; w.t.Has(key) {
		return w.t.Text(key)
	}
	return name
}

func (w writer) param(p *rules.Param) param {
	out := param{id: p.ID, name: w.t.Text("param." + p.ID), basis: w.t.Text("rulebook.basis", "basis", w.t.Text(p.Basis))}
	words := []string{out.name, out.basis, p.ID}
	for i := len(p.Dated) - 1; i >= 0; i-- {
		d := w.dated(p, &p.Dated[i])
		out.dated = append(out.dated, d)
		words = append(words, d.value, d.span, d.where, d.sure, d.rule.Note)
	}
	out.find = fold(strings.Join(words, " "))
	return out
}

func (w writer) dated(p *rules.Param, d *rules.Dated) dated {
	ref := calc.RuleRef{
		Param: p.ID, Unit: p.Unit, Raw: d.Raw, Brackets: d.Brackets, From: d.From, To: d.To,
		Text: d.Text, Article: d.Article, Verified: d.VerifiedOn, Sure: d.Confidence, Note: d.Note,
	}
	for _, id := range d.Sources {
		ref.Sources = append(ref.Sources, w.pack.Sources[id])
	}
	out := dated{value: desk.RuleValue(w.t, &ref), inForce: d.Status == rules.InForce, rule: desk.SayRule(w.t, &ref)}
	out.span = w.t.Text("rulebook.span.open", "from", d.From)
	if d.To != "" {
		out.span = w.t.Text("rulebook.span.closed", "from", d.From, "to", d.To)
	}
	if !out.inForce {
		out.span = w.t.Text("proof.ui.join", "a", w.t.Text("rulebook.status."+d.Status), "b", out.span)
	}
	out.where = out.rule.Text
	out.sure = w.t.Text("proof.ui.join", "a", desk.SaySure(w.t, d.Confidence), "b", w.t.Text("rulebook.verified", "date", d.VerifiedOn))
	return out
}

// questions are the readings in the order of the pack.
func (w writer) questions() []question {
	out := make([]question, len(w.pack.Readings))
	for i, r := range w.pack.Readings {
		key := "reading." + r.ID
		q := question{name: w.t.Text(key), reason: w.t.Text(key + ".reason"), moves: w.t.Text("rulebook.moves", "benefits", w.t.List(r.Moves))}
		for k, v := range r.Values {
			said := w.t.Text(key + "." + v)
			if k == 0 {
				said = w.t.Text("rulebook.default", "answer", said)
			}
			q.answers = append(q.answers, said)
		}
		for _, id := range r.Sources {
			q.sources = append(q.sources, desk.SaySource(w.t, w.pack.Sources[id]))
		}
		q.find = fold(strings.Join(append([]string{q.name, q.reason, q.moves}, q.answers...), " "))
		out[i] = q
	}
	return out
}

// origins are the sources of the pack, by id: letters, then number.
func (w writer) origins() []origin {
	ids := make([]string, 0, len(w.pack.Sources))
	for id := range w.pack.Sources {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	out := make([]origin, len(ids))
	for i, id := range ids {
		said := desk.SaySource(w.t, w.pack.Sources[id])
		out[i] = origin{id, said, fold(strings.Join([]string{id, said.Title, said.By, said.URL}, " "))}
	}
	return out
}

// facts are what the pack says of itself.
func (w writer) facts() []fact {
	t, p, f := w.t, w.pack, w.t.Formatter()
	out := []fact{
		{t.Text("rulebook.pack.inForce"), f.Date(p.InForce)},
		{t.Text("rulebook.pack.made"), f.Date(p.MadeOn)},
		{t.Text("rulebook.pack.verified"), f.Date(p.VerifiedOn)},
	}
	if p.BestBefore != "" {
		out = append(out, fact{t.Text("rulebook.pack.best"), t.Text("proof.ui.join", "a", f.Date(p.BestBefore), "b", t.Text("pack.best_before"))})
	}
	return append(out, fact{t.Text("rulebook.fact.hash"), t.Text("rulebook.hash", "sha", inFours(p.SHA256))})
}

// matches is whether every word of a search stands in a folded text.
func matches(find, search string) bool {
	for _, word := range strings.Fields(fold(search)) {
		if !strings.Contains(find, word) {
			return false
		}
	}
	return true
}

// fold takes case, accents and narrow spaces off.
func fold(s string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(r)
		}
	}
	return out.String()
}

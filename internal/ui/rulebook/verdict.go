package rulebook

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/ui/kit"
)

// verdict is what is said of a paper, written out. Nobody's name but that of who
// issued it is in it: the visitor who brings it back is looking, and may not be the
// one it was made for.
type verdict struct {
	title    string
	tone     kit.Tone
	sentence string
	totals   []total // as signed; none where the code proves nothing
	period   string
	facts    []fact
	checks   []finding
	moved    []change // what the rules of today make of it
}

type total struct{ label, amount, span string }

type fact struct{ label, value string }

// finding is one thing that was looked at.
type finding struct {
	tone kit.Tone
	text string
}

type change struct{ line, was, is, by string }

var tones = map[seal.State]kit.Tone{
	seal.Unreadable: kit.ToneCaution,
	seal.Own:        kit.ToneGood,
	seal.OfKnown:    kit.ToneGood,
	seal.OfUnknown:  kit.ToneCaution,
	seal.Altered:    kit.ToneError,
}

// reader writes verdicts out.
type reader struct {
	t     *i18n.Catalogue
	f     *i18n.Formatter
	today domain.Date // universal time, as papers are dated
	pack  int         // number of the active rules
}

func newReader(t *i18n.Catalogue, now time.Time, pack int) *reader {
	return &reader{t, t.Formatter(), domain.Date(now.UTC().Format(time.DateOnly)), pack}
}

func (r *reader) read(v *issue.Verdict) *verdict {
	is := v.Finding.State
	out := &verdict{title: r.t.T(is.Msg()), tone: tones[is], sentence: r.t.T(v.Finding.Msg)}
	if v.Finding.State == seal.Unreadable || v.Finding.State == seal.Altered {
		return out
	}
	if v.Clash != nil {
		out.checks = append(out.checks, finding{kit.ToneCaution, r.t.T(*v.Clash)})
	}
	// Of a code that is not the kept paper's only what it says itself counts.
	if v.Paper == nil || v.Differs {
		r.code(out, &v.Finding.Code)
		if v.Differs {
			out.checks = append(out.checks, finding{kit.ToneError, r.t.Text("rulebook.check.differs")})
		} else {
			out.checks = append(out.checks, finding{kit.ToneMuted, r.t.Text("rulebook.check.notKept")})
		}
		return out
	}
	r.paper(out, v)
	r.replayed(out, v)
	return out
}

// code is what the printed code alone says.
func (r *reader) code(out *verdict, c *seal.Code) {
	figure := func(m domain.Money) seal.Figure { return seal.Figure{Value: m, Low: m, High: m} }
	out.totals = r.totals(&seal.Totals{
		Cost: c.Cost, Benefits: c.Benefits, AIR: figure(c.AIR), PAE: figure(c.PAE), PAF: figure(c.PAF), AIS: figure(c.AIS), Incomplete: c.Incomplete,
	})
	for i := range out.totals[2:] {
		out.totals[2+i].span = "" // the code carries no range for one benefit
	}
	out.facts = []fact{
		{r.t.Text("rulebook.fact.number"), string(c.Number)},
		{r.t.Text("rulebook.fact.issued"), r.f.Date(c.IssuedOn)},
		{r.t.Text("rulebook.fact.until"), r.f.Date(c.ValidUntil)},
		{r.t.Text("rulebook.fact.pack"), r.t.Text("rulebook.pack.number", "number", c.Pack)},
	}
	out.checks = append(out.checks, r.validity(c.ValidUntil < r.today, c.ValidUntil))
}

func (r *reader) paper(out *verdict, v *issue.Verdict) {
	s := &v.Paper.Stated
	out.totals = r.totals(&s.Totals)
	out.period = r.t.Text("rulebook.period", "from", s.Totals.From, "months", s.Totals.Months)
	add := func(key, value string) {
		if value != "" {
			out.facts = append(out.facts, fact{r.t.Text("rulebook.fact." + key), value})
		}
	}
	add("number", string(s.Number))
	add("officer", s.Officer)
	add("agency", s.Agency)
	add("fair", s.Fair)
	add("issued", r.f.Date(domain.Date(s.IssuedAt.Format(time.DateOnly))))
	add("until", r.f.Date(s.ValidUntil))
	checked := r.t.Text("rulebook.checked.list")
	if s.Check.Mode == seal.BySecond {
		checked = r.t.Text("rulebook.checked.second", "by", s.Check.By)
	}
	add("checked", checked)
	add("pack", r.t.Text("rulebook.pack.number", "number", s.Pack.Number))
	add("hash", r.t.Text("rulebook.hash", "sha", inFours(s.Pack.SHA256)))
	out.checks = append(out.checks, r.validity(v.Expired, s.ValidUntil))
}

func (r *reader) validity(expired bool, until domain.Date) finding {
	if expired {
		return finding{kit.ToneCaution, r.t.Text("rulebook.check.expired", "until", until)}
	}
	return finding{kit.ToneGood, r.t.Text("rulebook.check.valid", "until", until)}
}

// replayed says whether the paper computes again, and what the rules of today make
// of it.
func (r *reader) replayed(out *verdict, v *issue.Verdict) {
	add := func(tone kit.Tone, key string, values ...any) {
		out.checks = append(out.checks, finding{tone, r.t.Text(key, values...)})
	}
	switch {
	case v.Failed != nil:
		add(kit.ToneCaution, "rulebook.check.failed", "why", desk.Say(r.t, v.Failed))
		return
	case v.Exact:
		add(kit.ToneGood, "rulebook.check.exact", "number", v.Paper.Stated.Pack.Number)
	default:
		add(kit.ToneError, "rulebook.check.inexact")
	}
	switch {
	case v.Refused != nil:
		add(kit.ToneCaution, "rulebook.check.refused", "why", desk.Say(r.t, v.Refused))
	case len(v.Moved) > 0:
		add(kit.ToneCaution, "rulebook.check.moved", "number", r.pack)
	default:
		add(kit.ToneGood, "rulebook.check.same", "number", r.pack)
	}
	for _, m := range v.Moved {
		by := r.f.AmountExact(m.Is - m.Was)
		if m.Is > m.Was {
			by = "+" + by
		}
		out.moved = append(out.moved, change{r.t.Text("line." + m.Line), r.f.AmountExact(m.Was), r.f.AmountExact(m.Is), by})
	}
}

// totals are the signed amounts, to the centime. What leaves out something unknown
// is a lowest amount, and says so.
func (r *reader) totals(s *seal.Totals) []total {
	row := func(key string, f seal.Figure, open bool) total {
		out := total{label: r.t.Text("line." + key), amount: r.f.AmountExact(f.Value), span: r.t.Text("rulebook.span.one")}
		if open {
			out.amount = r.t.Text("amount.atLeast", "amount", out.amount)
		}
		if f.Low != f.High {
			out.span = r.t.Text("rulebook.span", "low", r.f.AmountExact(f.Low), "high", r.f.AmountExact(f.High))
		}
		return out
	}
	figures := map[string]seal.Figure{domain.AIR: s.AIR, domain.PAE: s.PAE, domain.PAF: s.PAF, domain.AIS: s.AIS}
	out := []total{row(calc.LineBenefits, s.Benefits, len(s.Incomplete) > 0), {label: r.t.Text("line." + calc.LineCost), amount: r.f.AmountExact(s.Cost)}}
	for _, code := range domain.Benefits {
		f, open := figures[code], slices.Contains(s.Incomplete, code)
		if open && f.High == 0 {
			out = append(out, total{label: r.t.Text("line." + code), amount: r.t.Text("amount.unknown")})
			continue
		}
		out = append(out, row(code, f, open))
	}
	return out
}

// cleaned is what was scanned, without the line ends and spaces that a scanner or a
// file put into it; a number that is typed keeps its own.
func cleaned(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > longestNumber {
		return strings.Join(strings.Fields(text), "")
	}
	return text
}

// longestNumber is more letters than a number of a paper is ever typed with.
const longestNumber = 24

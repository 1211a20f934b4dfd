package issue

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/paper"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/whatif"
)

// Extra is what is printed beside the result.
type Extra struct {
	For      string           // the name on a draft, and on an issued paper that keeps none
	Currency string           // "EUR" or "USD"; "" for dirhams only
	Parts    []document.Block // a comparison, scenarios
	Delays   map[string]int   // months the user expects between a right and its payment, by benefit
	Short    bool             // the first page only
}

// DraftDocument is the paper of a draft, marked as one.
func (o *Office) DraftDocument(dr desk.Draft, x Extra) (*document.Document, error) {
	s := o.sheet(o.Setup())
	s.For, s.Made = x.For, o.p.Now().UTC().Truncate(24*time.Hour) // the day: the same draft gives the same bytes
	return o.document(dr, s, x)
}

// PaperDocument is an issued paper as it was issued: under its own rules, with
// the officer, agency and dates of then. It returns the errors of Open and Draft,
// and a *domain.Problem where the figures do not come out as they were signed.
func (o *Office) PaperDocument(p *Paper, x Extra) (*document.Document, error) {
	dr, err := o.Draft(p)
	if err != nil {
		return nil, err
	}
	v := Verdict{Paper: p}
	o.replay(&v)
	switch {
	case v.Failed != nil:
		return nil, v.Failed
	case !v.Exact:
		return nil, domain.Refuse("paper", p.Head.Number, "issue.notExact")
	}
	s := o.sheet(Setup{Officer: p.Stated.Officer, Agency: p.Stated.Agency, Fair: p.Stated.Fair, Logo: o.Setup().Logo})
	s.Number, s.Code, s.For, s.Made = p.Head.Number, p.Code, cmp.Or(p.For, x.For), p.Stated.IssuedAt
	s.Issued, s.Valid = domain.Date(p.Stated.IssuedAt.Format(time.DateOnly)), p.Stated.ValidUntil
	return o.document(dr, s, x)
}

func (o *Office) sheet(s Setup) paper.Sheet {
	return paper.Sheet{Officer: s.Officer, Agency: s.Agency, Fair: s.Fair, Logo: s.Logo}
}

func (o *Office) document(dr desk.Draft, s paper.Sheet, x Extra) (*document.Document, error) {
	e, err := o.p.Desk.EngineFor(dr.Pack)
	if err != nil {
		return nil, err
	}
	c, err := e.Case(dr.Project)
	if err != nil {
		return nil, err
	}
	r, err := o.p.Desk.Estimate(dr)
	if err != nil {
		return nil, err
	}
	s.Notice = o.notice(s, r)
	rights, err := o.rights(c, x.Delays)
	if err != nil {
		return nil, err
	}
	return paper.Document(paper.Source{
		Texts: o.p.Desk.Texts(), Pack: e.Pack(), Case: c, Result: r, Place: o.p.Desk.PlaceName(r.Site),
		Sheet: s, Parts: x.Parts, File: o.File(r), Rights: rights, Rate: o.rate(x.Currency), Short: x.Short,
	}), nil
}

// notice is what the paper covers and what not, with the word that nobody
// validated it where that is so.
func (o *Office) notice(s paper.Sheet, r *calc.Result) string {
	w, ok := o.terms.Wording(formalities.Notice)
	if !ok {
		return ""
	}
	t := o.p.Desk.Texts()
	until := s.Valid
	if until == "" {
		until = domain.Date(s.Made.AddDate(0, 0, o.validDays()).Format(time.DateOnly))
	}
	agency := s.Agency
	if agency == "" {
		agency = t.Text("issue.agency")
	}
	out := t.Text(w.Text, "agency", agency, "pack", r.Pack.Number, "until", until, "verified", r.Pack.VerifiedOn)
	if w.ToValidate {
		out += " " + t.Text("issue.toValidate")
	}
	return out
}

// validDays is how long a paper is valid; a pack without terms gives none, and a
// paper of it ends on the day it was issued.
func (o *Office) validDays() int {
	term, _ := o.terms.Term(formalities.PaperValid)
	return term.Length
}

// rights are the months in which rights are acquired, and what is known of their
// payment: nothing is published, so only the user's own delays date it.
func (o *Office) rights(c *calc.Case, delays map[string]int) (paper.Rights, error) {
	t := o.p.Desk.Texts()
	all := whatif.Rights(c)
	at := map[domain.Month]int{}
	var out paper.Rights
	for _, x := range all {
		i, there := at[x.Month]
		if !there {
			i = len(out.Months)
			at[x.Month] = i
			out.Months = append(out.Months, paper.Right{Month: x.Month})
		}
		k := slices.Index(domain.Benefits[:], x.Benefit)
		if !x.Known {
			out.Months[i].Unknown[k] = true
			continue
		}
		out.Months[i].Amounts[k] += x.Amount
	}
	slices.SortFunc(out.Months, func(a, b paper.Right) int { return int(a.Month - b.Month) })
	out.Note = t.Text("issue.rights.undated")
	if len(delays) > 0 {
		if err := whatif.Delays(delays).Check(); err != nil {
			return out, err
		}
		var said []string
		for _, code := range domain.Benefits {
			if n, given := delays[code]; given {
				said = append(said, t.Text("issue.rights.delay", "code", code, "count", n))
			}
		}
		out.Note += " " + t.Text("issue.rights.delays", "list", t.List(said))
	}
	return out, nil
}

// rate is a currency beside the dirham: the user's own rate, else the pack's; nil
// where there is none.
func (o *Office) rate(currency string) *paper.Rate {
	r, ok := o.Rate(currency)
	if !ok {
		return nil
	}
	return &paper.Rate{Currency: currency, Per: r.MAD, Text: r.Say(o.p.Desk.Texts())}
}

// File is the file to submit: what it takes to get each benefit and to keep it,
// who decides, and what stays to be asked. What several benefits ask for alike
// stands once.
func (o *Office) File(r *calc.Result) []document.Block {
	if len(o.terms.Items) == 0 {
		return nil
	}
	t := o.p.Desk.Texts()
	out := []document.Block{document.Heading{Text: t.Text("issue.file"), Level: 2, NewPage: true}}
	lines := o.lines(r)
	for _, benefits := range groups(lines) {
		for _, stage := range []string{formalities.ToGet, formalities.ToKeep} {
			list := document.Checklist{Title: t.Text("issue.file."+stage, "group", o.group(benefits))}
			for _, x := range lines {
				if x.stage == stage && slices.Equal(x.benefits, benefits) {
					list.Items = append(list.Items, x.Item)
				}
			}
			if len(list.Items) > 0 {
				out = append(out, list)
			}
		}
	}
	return append(append(out, o.decides()...), o.platforms()...)
}

// line is one line of the file with the benefits that ask for it.
type line struct {
	document.Item
	stage    string
	benefits []string
}

func (o *Office) lines(r *calc.Result) []line {
	var out []line
	for i := range o.terms.Items {
		in := &o.terms.Items[i]
		for _, code := range in.Benefits {
			item := o.item(r, code, in)
			at := slices.IndexFunc(out, func(x line) bool { return x.stage == in.Stage && x.Item == item })
			if at < 0 {
				at, out = len(out), append(out, line{Item: item, stage: in.Stage})
			}
			out[at].benefits = append(out[at].benefits, code)
		}
	}
	return out
}

// groups are the sets of benefits that lines stand under, the largest first.
func groups(lines []line) (out [][]string) {
	for _, x := range lines {
		if !slices.ContainsFunc(out, func(have []string) bool { return slices.Equal(have, x.benefits) }) {
			out = append(out, x.benefits)
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int {
		return cmp.Or(len(b)-len(a), slices.Index(domain.Benefits[:], a[0])-slices.Index(domain.Benefits[:], b[0]))
	})
	return out
}

// group names a set of benefits.
func (o *Office) group(benefits []string) string {
	t := o.p.Desk.Texts()
	switch len(benefits) {
	case 1:
		return t.Text("result.group", "code", benefits[0], "name", t.Text("result.benefit."+benefits[0]))
	case len(domain.Benefits):
		return t.Text("issue.file.all")
	}
	return t.List(benefits)
}

var states = map[string]document.State{calc.Yes: document.Met, calc.No: document.NotMet, calc.Unknown: document.Unknown}

func (o *Office) item(r *calc.Result, code string, in *formalities.Item) document.Item {
	t := o.p.Desk.Texts()
	out := document.Item{Text: t.Text(in.Title), Detail: t.Text(in.Detail), Source: o.sources(in.Sources, in.Confidence), State: document.Unknown, Said: t.Text("issue.file.check")}
	switch {
	case in.Ask:
		out.State, out.Said = document.ToAsk, t.Text("issue.file.ask")
	case in.Condition != "":
		i := slices.IndexFunc(r.Conditions, func(c calc.Condition) bool { return c.ID == in.Condition && c.Benefit == code })
		if i >= 0 {
			c := &r.Conditions[i]
			out.State, out.Said = states[c.State], t.Text("issue.file."+c.State)
			out.Detail = t.T(c.Detail) + " " + out.Detail
		}
	}
	return out
}

// publishers are who says something, each once.
func (o *Office) publishers(ids []string) []string {
	var by []string
	for _, id := range ids {
		if s, ok := o.p.Desk.Pack().Sources[id]; ok && !slices.Contains(by, s.Publisher) {
			by = append(by, s.Publisher)
		}
	}
	return by
}

// sources names how sure something is and who says it.
func (o *Office) sources(ids []string, confidence string) string {
	return desk.SayOrigin(o.p.Desk.Texts(), o.p.Desk.Pack(), ids, confidence)
}

// decides says who decides on which benefits, those of one body together.
func (o *Office) decides() []document.Block {
	t := o.p.Desk.Texts()
	var who []string
	codes := map[string][]string{}
	for _, code := range domain.Benefits {
		var names []string
		for _, b := range o.terms.DecidedBy(code) {
			names = append(names, t.Text(b.Name))
		}
		name := t.List(names)
		if !slices.Contains(who, name) {
			who = append(who, name)
		}
		codes[name] = append(codes[name], code)
	}
	var out []document.Block
	for _, name := range who {
		key := "issue.file.decides"
		if name == "" {
			key = "issue.file.decides.unknown"
		}
		out = append(out, document.Paragraph{Text: t.Text(key, "codes", codes[name], "who", name), Small: true})
	}
	return out
}

// platforms are the digital services and the bodies, with what is known of each.
func (o *Office) platforms() []document.Block {
	t := o.p.Desk.Texts()
	table := document.Table{
		Title: t.Text("issue.file.bodies"),
		Columns: []document.Column{
			{Title: t.Text("issue.file.who"), Left: true, Share: 0.25}, {Title: t.Text("issue.file.what"), Left: true}, {Title: t.Text("issue.file.source"), Left: true, Share: 0.3},
		},
	}
	row := func(cells ...string) {
		var r document.Row
		for _, c := range cells {
			r.Cells = append(r.Cells, document.Cell{Text: c})
		}
		table.Rows = append(table.Rows, r)
	}
	for _, p := range o.terms.Platforms {
		opened := t.Text("issue.file.opened.unknown")
		if p.Opened != "" {
			opened = t.Text("issue.file.opened", "date", p.Opened)
		}
		said := []string{t.Text(p.Detail)}
		if p.Announced != "" {
			said = append(said, t.Text("issue.file.announced", "date", p.Announced))
		}
		row(t.Text(p.Name), strings.Join(append(said, opened), " "), o.sources(p.Sources, p.Confidence))
	}
	for _, b := range o.terms.Bodies {
		for _, p := range b.Points {
			row(t.Text(b.Name), t.Text("issue.file.asOf", "text", t.Text(p.Text), "date", desk.SayAsOf(t, p.AsOf)), o.sources(p.Sources, p.Confidence))
		}
	}
	if len(table.Rows) == 0 {
		return nil
	}
	return []document.Block{table}
}

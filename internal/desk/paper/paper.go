// Package paper makes the document of a paper from a result: the same figures as
// the screen, in the reader's language. It computes nothing, reads no clock and
// draws nothing.
package paper

import (
	"math/big"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// Source is what a paper is made from.
type Source struct {
	Texts  *i18n.Catalogue // with the texts of the pack
	Pack   *rules.Pack     // that of the result
	Case   *calc.Case
	Result *calc.Result
	Place  string // name of the platform or region
	Sheet  Sheet
	Parts  []document.Block // what stands between the calendar and the inputs: a comparison, scenarios
	File   []document.Block // the file to submit; it says the conditions too
	Short  bool             // the first page only
	Rights Rights           // the zero value leaves the calendar out
	Rate   *Rate            // nil: dirhams only
}

// Sheet is what an officer set up once, and what a paper is identified by.
// Empty texts are left out.
type Sheet struct {
	Officer, Agency, Fair string
	For                   string // company or person, as it is to be printed
	Logo                  []byte
	Number                string // empty on a draft
	Issued, Valid         domain.Date
	Code                  string // what the check code holds; empty on a draft
	Notice                string // what the paper covers and what not
	Made                  time.Time
}

// Rate is a currency beside the dirham.
type Rate struct {
	Currency string          // "EUR"
	Text     string          // the rate in words, with its date and source
	Per      domain.Quantity // dirhams for one unit of it, above zero
}

// Of is an amount in the currency, half a cent up.
func (r *Rate) Of(a domain.Money) domain.Money {
	n := new(big.Int).Mul(big.NewInt(2*int64(a)), big.NewInt(int64(domain.QuantityOne)))
	d := big.NewInt(2 * int64(r.Per))
	n.Add(n, big.NewInt(int64(r.Per)))
	return domain.Money(n.Div(n, d).Int64())
}

// maker writes one paper.
type maker struct {
	Source
	t *i18n.Catalogue
	f *i18n.Formatter
	r *calc.Result
}

// Document is the paper of a result.
func Document(s Source) *document.Document {
	m := &maker{Source: s, t: s.Texts, f: s.Texts.Formatter(), r: s.Result}
	d := &document.Document{
		Lang: m.t.Lang(), Title: m.title(), Subject: m.t.Text("paper.subject"), Author: s.Sheet.Agency,
		Made: s.Sheet.Made, Head: m.head(), Foot: m.foot(), Logo: s.Sheet.Logo, Mast: m.mast(),
		PageOf: func(page, of int) string { return m.t.Text("paper.page", "page", page, "of", of) },
	}
	if s.Sheet.Number == "" {
		d.Draft = m.t.Text("paper.draft")
	}
	d.Blocks = append(d.Blocks, m.first()...)
	if s.Short {
		return d
	}
	d.Blocks = append(d.Blocks, m.statement()...)
	d.Blocks = append(d.Blocks, m.calendar()...)
	d.Blocks = append(d.Blocks, m.parts()...)
	d.Blocks = append(d.Blocks, m.inputs()...)
	d.Blocks = append(d.Blocks, m.readings()...)
	d.Blocks = append(d.Blocks, m.left()...)
	if len(s.File) == 0 {
		d.Blocks = append(d.Blocks, m.conditions()...)
	}
	d.Blocks = append(d.Blocks, s.File...)
	d.Blocks = append(d.Blocks, m.sources()...)
	return d
}

// parts are what is attached. On an issued paper each says that the check code is
// not about it.
func (m *maker) parts() []document.Block {
	var out []document.Block
	for _, b := range m.Parts {
		out = append(out, b)
		if h, is := b.(document.Heading); is && h.Level == partLevel && m.Sheet.Number != "" {
			out = append(out, document.Paragraph{Text: m.t.Text("paper.parts.unsigned"), Small: true})
		}
	}
	return out
}

// partLevel is that of the headings which part a paper.
const partLevel = 2

// title names the file.
func (m *maker) title() string {
	if m.Sheet.Number == "" {
		return m.t.Text("paper.title.draft", "name", m.r.Project.Name)
	}
	return m.t.Text("paper.title", "number", m.Sheet.Number, "name", m.r.Project.Name)
}

func (m *maker) head() string { return m.title() }

// foot names the rules on every page, so that a page alone still says them.
func (m *maker) foot() string {
	p := m.r.Pack
	return m.t.Text("paper.foot", "number", p.Number, "inForce", p.InForce, "sha", p.SHA256[:hashShown])
}

// hashShown is how many digits of a pack's hash stand on a page: enough to tell
// packs apart; the whole stands in the sources.
const hashShown = 12

func (m *maker) mast() document.Mast {
	s := m.Sheet
	out := document.Mast{Name: s.Agency, Under: m.t.Text("paper.subject")}
	if out.Name == "" {
		out.Name = m.t.Text("app.name")
	}
	out.Right = []string{m.t.Text("paper.draft.short")}
	if s.Number != "" {
		out.Right = []string{
			m.t.Text("paper.number", "number", s.Number),
			m.t.Text("paper.dates", "issued", s.Issued, "valid", s.Valid),
		}
	}
	by := s.Fair
	if s.Officer != "" {
		by = join(m.t.Text("paper.officer", "name", s.Officer), s.Fair)
	}
	if by != "" {
		out.Right = append(out.Right, by)
	}
	return out
}

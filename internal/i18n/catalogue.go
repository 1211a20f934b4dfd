// Package i18n says the engine's messages in the reader's language: catalogues
// of texts, plurals, and the one formatter and parser of numbers, months and
// dates that all screens and the command line share.
package i18n

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"unicode"

	"atlasp2i/internal/domain"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Catalogue is the texts of one language. It never changes after it was made
// and may be used from several goroutines.
type Catalogue struct {
	lang     string
	messages map[string]*message
	local    *goi18n.Localizer
	format   *Formatter
}

// textParser is shared by every rendering: go-i18n keeps a parsed template only
// for a parser without functions of its own.
var textParser = &template.TextParser{}

// Load reads every i18n/<lang>/*.toml of fsys. It refuses, naming the file: a
// language it cannot write numbers in, a folder without texts, a key that two
// files have, an unknown plural form, a blank that is not written {{.name}}.
func Load(fsys fs.FS, lang string) (*Catalogue, error) {
	loc, ok := locales[lang]
	if !ok {
		return nil, fmt.Errorf("i18n: no number format for language %q", lang)
	}
	messages, err := readFolder(fsys, lang, loc)
	if err != nil {
		return nil, err
	}
	return newCatalogue(lang, messages), nil
}

func newCatalogue(lang string, messages map[string]*message) *Catalogue {
	tag := language.Make(lang)
	bundle := goi18n.NewBundle(tag)
	c := &Catalogue{lang: lang, messages: messages, local: goi18n.NewLocalizer(bundle, lang)}
	for key, m := range messages {
		if m.plain {
			continue
		}
		// The only error is a language without plural rules: the table of
		// locales holds none, and a test loads each of them.
		if err := bundle.AddMessages(tag, m.goi18n(key)); err != nil {
			panic(err)
		}
	}
	c.format = newFormatter(c)
	return c
}

// WithTexts gives a catalogue with the texts of a rule pack over this one: a key
// that both have is the pack's. A text whose blanks are not written {{.name}} is
// shown as it stands.
func (c *Catalogue) WithTexts(texts map[string]string) *Catalogue {
	all := maps.Clone(c.messages)
	maps.Copy(all, messagesOf(texts, c.lang))
	return newCatalogue(c.lang, all)
}

// Above is WithTexts the other way round: a key that both have is the catalogue's
// own. It is for a language that the pack has no texts in.
func (c *Catalogue) Above(texts map[string]string) *Catalogue {
	all := messagesOf(texts, c.lang)
	maps.Copy(all, c.messages)
	return newCatalogue(c.lang, all)
}

func messagesOf(texts map[string]string, lang string) map[string]*message {
	out := make(map[string]*message, len(texts))
	for key, text := range texts {
		m, err := newMessage(map[string]string{"other": typeset(text, locales[lang])})
		if err != nil {
			m = &message{plain: true, forms: map[string]string{"other": text}}
		}
		out[key] = m
	}
	return out
}

// Lang is the language: "fr".
func (c *Catalogue) Lang() string { return c.lang }

// Formatter writes and reads numbers, months and dates in this language.
func (c *Catalogue) Formatter() *Formatter { return c.format }

// Has says whether the catalogue has a text for the key.
func (c *Catalogue) Has(key string) bool { return c.messages[key] != nil }

// Keys calls yield with each key and the raw text of each of its forms, in no
// fixed order, until yield returns false.
func (c *Catalogue) Keys(yield func(key, text string) bool) {
	for key, m := range c.messages {
		for _, text := range m.forms {
			if !yield(key, text) {
				return
			}
		}
	}
}

// Forms gives the raw text of each plural form of a key: "other" alone where no
// number changes the sentence, none for a key that the catalogue does not have.
func (c *Catalogue) Forms(key string) map[string]string {
	if !c.Has(key) {
		return nil
	}
	return maps.Clone(c.messages[key].forms)
}

// Text says the text of a key, its blanks filled from pairs of name and value as
// in domain.M.
func (c *Catalogue) Text(key string, pairs ...any) string {
	return c.T(domain.M(key, pairs...))
}

// Optional is the text of a key that may be absent: "" for "".
func (c *Catalogue) Optional(key string) string {
	if key == "" {
		return ""
	}
	return c.Text(key)
}

// T says a message. A key without a text gives the key in ⟦⟧, a blank without a
// value its name in ⟦⟧, so that neither goes unseen and a test can look for them.
//
// How values are written in a sentence: Money in whole MAD from 1,000 MAD on,
// and with its centimes below that where it has any; Share as a percentage with
// at most two decimals; Decimal with all its digits; Heads with at most one
// decimal; a whole number is grouped from five digits on (a year is not); a list
// of messages or strings with commas and "and". The formatter's own methods
// serve where another form is wanted: pass their result as a string.
func (c *Catalogue) T(m domain.Msg) string {
	found := c.messages[m.Key]
	if found == nil {
		return missing(m.Key)
	}
	if found.plain {
		return found.forms["other"]
	}
	data := make(map[string]string, len(found.blanks))
	for _, name := range found.blanks {
		if v, ok := m.Args[name]; ok {
			data[name] = c.value(v)
		} else {
			data[name] = missing(name)
		}
	}
	said, err := c.local.Localize(&goi18n.LocalizeConfig{
		MessageID: m.Key, TemplateData: data, TemplateParser: textParser, PluralCount: found.count(m.Args),
	})
	// An error with a text is a plural form that the language has and the
	// catalogue leaves out; go-i18n has then used "other".
	if err != nil && said == "" {
		return missing(m.Key)
	}
	return said
}

func missing(what string) string { return "⟦" + what + "⟧" }

// value writes one filled blank.
func (c *Catalogue) value(v any) string {
	f := c.format
	switch v := v.(type) {
	case string:
		return v
	case domain.Msg:
		return c.T(v)
	case []domain.Msg:
		said := make([]string, len(v))
		for i, m := range v {
			said[i] = c.T(m)
		}
		return c.List(said)
	case []string:
		return c.List(v)
	case domain.Money:
		return f.sentenceAmount(v)
	case domain.Share:
		return f.percentUpTo(v, sentencePercentDecimals)
	case domain.Heads:
		return f.Heads(v)
	case domain.Decimal:
		return f.Decimal(v)
	case domain.Month:
		return f.Month(v)
	case domain.Date:
		return f.Date(v)
	case int:
		return f.sentenceCount(int64(v))
	case int64:
		return f.sentenceCount(v)
	default:
		return missing(fmt.Sprintf("%T", v))
	}
}

// List joins what was said with commas, and the last two with "and".
func (c *Catalogue) List(said []string) string {
	if len(said) == 0 {
		return ""
	}
	last := len(said) - 1
	if last == 0 {
		return said[0]
	}
	return c.Text("list.two", "first", strings.Join(said[:last], c.Text("list.comma")), "last", said[last])
}

// shownValue is how many characters of a refused value are repeated to the user.
const shownValue = 80

// Problem says refused input in one line: the field, the value that stood there
// (cut when it is long) and what is accepted. What a person is asked for has a name
// in their language, problem.field.FIELD; the path of a file stays as the file
// writes it.
func (c *Catalogue) Problem(p *domain.Problem) string {
	why, field := c.T(p.Msg), oneLine(p.Field)
	if key := "problem.field." + p.Field; c.Has(key) {
		field = c.Text(key)
	}
	switch {
	case p.Field == "":
		return why
	case p.Value == "":
		return c.Text("problem.absent", "field", field, "why", why)
	default:
		return c.Text("problem.given", "field", field, "value", oneLine(p.Value), "why", why)
	}
}

// oneLine cuts a value from outside to what fits a line and hides control
// characters, which could forge lines on a terminal.
func oneLine(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == shownValue {
			b.WriteRune('…')
			break
		}
		if !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r) {
			r = '·'
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

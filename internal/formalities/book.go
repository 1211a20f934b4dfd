package formalities

import (
	"slices"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Stages of a benefit: what it takes to get it, and then to keep it.
const (
	ToGet  = "get"
	ToKeep = "keep"
)

// Wordings that the program asks for. Each has exactly the blanks of WordingBlanks.
const (
	Consent     = "consent"      // what a contact agrees to, and with which rights
	Notice      = "notice"       // what a paper covers and what not
	MailSubject = "mail.subject" // of the e-mail that brings a paper
	MailBody    = "mail.body"
)

// WordingBlanks are the blanks of each wording, sorted. Values: agency, contact
// (where rights are exercised), officer and number are texts, kept a number of
// months (int), until and verified a domain.Date, pack the number of the rule
// pack (int).
var WordingBlanks = map[string][]string{
	Consent:     {"agency", "contact", "kept"},
	Notice:      {"agency", "pack", "until", "verified"},
	MailSubject: {"agency", "number"},
	MailBody:    {"agency", "number", "officer", "until"},
}

// Terms that the program asks for.
const (
	PaperValid  = "paper"   // how long a paper is valid, in days
	ContactKept = "contact" // how long a contact is kept, in months
)

// Book is the formalities of a pack, read and checked; empty where it has none.
type Book struct {
	Items     []Item // in the order of the file, which is the order of the checklist
	Bodies    []Body
	Platforms []Platform
	Rates     []Rate // by currency, the newest of each first
	Wordings  []Wording
	Purposes  []Purpose
	Grades    []Grade
	Terms     []Term
}

// Item is one line of the file to submit. It is one of three: a condition of the
// pack, whose state for a project the engine tells; something to ask, because
// nobody publishes it; or something that sources ask for.
type Item struct {
	ID         string
	Stage      string   // ToGet or ToKeep
	Benefits   []string // in the order of domain.Benefits
	Condition  string   // id of the condition, "" if it is none
	Ask        bool
	Title      string   // text key; of a condition that of the pack, "condition.<id>"
	Detail     string   // text key: what to bring, show or ask
	Sources    []string // of something to ask: who raises the question, perhaps nobody
	Confidence string   // "" for something to ask
	VerifiedOn domain.Date
	Pos        rules.Pos
}

// Body is a committee or an office, and what is known of its part.
type Body struct {
	ID      string
	Name    string   // text key
	Decides []string // benefits whose requests it decides on; none where that is not published
	Points  []Point
}

// Point is one thing known of a body.
type Point struct {
	Text       string // text key
	AsOf       string // YYYY, YYYY-MM or n.d.: the time it speaks of
	Sources    []string
	Confidence string
	VerifiedOn domain.Date
}

// Platform is a digital service of the administration.
type Platform struct {
	ID         string
	Name       string // text key
	Detail     string // text key: what it does and what to ask about it
	Announced  domain.Date
	Opened     domain.Date // "" is unknown: then to be asked, and not taken for open
	First      []string    // benefits that it takes first
	Later      []string    // benefits that come later
	Sources    []string
	Confidence string
	VerifiedOn domain.Date
}

// Rate is what one unit of a currency is worth in MAD. It is indicative: no
// amount is computed in another currency.
type Rate struct {
	Currency   string          // EUR, USD
	MAD        domain.Quantity // MAD for one unit
	AsOf       string          // YYYY-MM-DD or YYYY-MM
	Sources    []string
	Confidence string
	Note       string // text key: how it was found, "" where it was read as it is
	VerifiedOn domain.Date
}

// Wording is a text that leaves the booth.
type Wording struct {
	ID         string
	Version    int    // what a consent names, raised with every change of the text
	Text       string // text key; lines are parted by a line feed, paragraphs by two
	ToValidate bool   // the agency has not approved it yet: to be said
}

// Purpose is one use of a contact that the person agrees to or not, apart from
// the others.
type Purpose struct {
	ID   string
	Text string // text key
}

// Grade is how warm a contact is.
type Grade struct {
	ID         string // A, B, C
	Name       string // text key
	Definition string // text key
}

// Term is a length of time that the agency sets.
type Term struct {
	ID         string
	Length     int // days for PaperValid, months for ContactKept
	ToValidate bool
}

// For lists the items of a benefit at a stage, in the order of the checklist.
func (b *Book) For(benefit, stage string) []Item {
	var items []Item
	for _, i := range b.Items {
		if i.Stage == stage && slices.Contains(i.Benefits, benefit) {
			items = append(items, i)
		}
	}
	return items
}

// DecidedBy lists the bodies that decide on requests for a benefit; none where
// that is not published.
func (b *Book) DecidedBy(benefit string) []Body {
	var bodies []Body
	for _, body := range b.Bodies {
		if slices.Contains(body.Decides, benefit) {
			bodies = append(bodies, body)
		}
	}
	return bodies
}

// Rate is the newest rate of a currency; false where the pack has none, so that
// the user has to give one.
func (b *Book) Rate(currency string) (Rate, bool) {
	return find(b.Rates, func(r Rate) bool { return r.Currency == currency })
}

// Currencies lists those that have a rate, in the order of the file.
func (b *Book) Currencies() []string {
	var codes []string
	for _, r := range b.Rates {
		if !slices.Contains(codes, r.Currency) {
			codes = append(codes, r.Currency)
		}
	}
	return codes
}

// Wording is the wording with the id; false only where the pack has no formalities.
func (b *Book) Wording(id string) (Wording, bool) {
	return find(b.Wordings, func(w Wording) bool { return w.ID == id })
}

// Term is the term with the id; false only where the pack has no formalities.
func (b *Book) Term(id string) (Term, bool) {
	return find(b.Terms, func(t Term) bool { return t.ID == id })
}

// Grade is the grade with the id.
func (b *Book) Grade(id string) (Grade, bool) {
	return find(b.Grades, func(g Grade) bool { return g.ID == id })
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	var none T
	return none, false
}

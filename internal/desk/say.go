package desk

import (
	"errors"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// Speaking is the same desk in another language.
func (d *Desk) Speaking(t *i18n.Catalogue) *Desk {
	other := *d
	other.p.Texts, other.texts = t, t.WithTexts(d.p.Pack.TextsIn(t.Lang()))
	return &other
}

// Apart is the same desk over no store: it computes with what is published and keeps
// nothing. It shares no memory with the desk.
func (d *Desk) Apart() *Desk {
	other := *d
	other.p.Store = nil
	other.memory = &memory{engines: map[string]*calc.Engine{}}
	return &other
}

// Writing is the same desk with the texts of a language that the program does not
// speak; where they lack one, that of the pack's first language stands.
func (d *Desk) Writing(t *i18n.Catalogue) *Desk {
	other := *d
	other.p.Texts, other.texts = t, t.Above(d.p.Pack.TextsIn(t.Lang()))
	return &other
}

// Say writes an error in the reader's language: the first of several problems,
// the text of an error that has one, else what it says of itself.
func Say(t *i18n.Catalogue, err error) string {
	var many calc.Problems
	var one *domain.Problem
	var keyed interface{ Key() string }
	switch {
	case errors.As(err, &many):
		return t.Problem(many[0])
	case errors.As(err, &one):
		return t.Problem(one)
	case errors.As(err, &keyed) && t.Has(keyed.Key()):
		return t.Text(keyed.Key())
	}
	return t.Text("app.failed", "why", err.Error())
}

// Stamp is a time as a person at this place reads it.
func Stamp(at time.Time) domain.Msg { return stamp(at, "15:04") }

// StampSecond is Stamp to the second, where several are told apart by it.
func StampSecond(at time.Time) domain.Msg { return stamp(at, "15:04:05") }

func stamp(at time.Time, clock string) domain.Msg {
	l := at.Local()
	return domain.M("app.stamp", "date", domain.Date(l.Format(time.DateOnly)), "time", l.Format(clock))
}

// RuleText is a rule value in the reader's words, for the window, the command
// and what is copied alike. Text, Note and Brackets may be empty.
type RuleText struct {
	Title    string // what, how much
	Sure     string // how sure the value is
	Text     string // text and article it stands in
	Dates    string // in force from when to when, read when
	Note     string
	Brackets []string
	Sources  []SourceText
}

// SourceText is a page on which a rule was read.
type SourceText struct {
	By    string // publisher, date, when it was read
	Title string
	URL   string // empty where there is none
}

// SayRule writes a rule value out.
func SayRule(t *i18n.Catalogue, r *calc.RuleRef) RuleText {
	out := RuleText{
		Title: t.Text("proof.ui.rule", "label", t.Text("param."+r.Param), "value", RuleValue(t, r)),
		Sure:  t.Text("confidence." + strings.ReplaceAll(r.Sure, " ", ".")),
		Text:  SourceLine([]calc.RuleRef{*r}),
	}
	valid := t.Text("proof.ui.valid.open", "from", r.From)
	if r.To != "" {
		valid = t.Text("proof.ui.valid", "from", r.From, "to", r.To)
	}
	out.Dates = t.Text("proof.ui.join", "a", valid, "b", t.Text("proof.ui.read", "date", r.Verified))
	if r.Note != "" {
		out.Note = t.Text(r.Note)
	}
	for _, b := range r.Brackets {
		out.Brackets = append(out.Brackets, sayBracket(t, b))
	}
	for _, s := range r.Sources {
		out.Sources = append(out.Sources, SaySource(t, s))
	}
	return out
}

// SaySource writes a source out. A date of the source without a day is written
// as any other month or year.
func SaySource(t *i18n.Catalogue, s rules.Source) SourceText {
	var date any = domain.Date(s.Date)
	if len(s.Date) != len("2006-01-02") {
		date = SayAsOf(t, s.Date)
	}
	by := t.Text("proof.ui.source", "publisher", s.Publisher, "date", date, "read", s.ReadOn)
	if s.Partial {
		by = t.Text("proof.ui.partial", "source", by)
	}
	return SourceText{by, s.Title, s.URL}
}

func sayBracket(t *i18n.Catalogue, b rules.Bracket) string {
	f := t.Formatter()
	rate, deduct := domain.Share(b.Rate), f.Amount(domain.Money(b.Deduct))
	if b.Upto < 0 {
		return t.Text("proof.ui.bracket.last", "rate", rate, "deduct", deduct)
	}
	return t.Text("proof.ui.bracket", "upto", f.Amount(domain.Money(b.Upto)), "rate", rate, "deduct", deduct)
}

// lines lists the parts in the order they are read.
func (r *RuleText) lines() []string {
	out := []string{r.Title, r.Sure, r.Text}
	out = append(append(out, r.Brackets...), r.Dates, r.Note)
	for _, s := range r.Sources {
		out = append(out, s.By, s.Title, s.URL)
	}
	return out
}

// SayExtent writes an amount with how much of it is known.
func SayExtent(t *i18n.Catalogue, e calc.Extent, written string) string {
	switch e {
	case calc.NotKnown:
		return t.Text("amount.unknown")
	case calc.AtLeast:
		return t.Text("amount.atLeast", "amount", written)
	}
	return written
}

// SayAssumed names the kinds of inputs that were not given, each once; none where
// all were.
func SayAssumed(t *i18n.Catalogue, paths []string) []string {
	var said []string
	for _, path := range paths {
		word := t.Text("result.assumed." + path[strings.LastIndexByte(path, '.')+1:])
		if !slices.Contains(said, word) {
			said = append(said, word)
		}
	}
	return said
}

// SaySeat is what a seat costs a month before and after the benefits; "" where
// nobody is counted. Write writes an amount.
func SaySeat(t *i18n.Catalogue, r *calc.Result, write func(domain.Money) string) string {
	before, ok := r.CostPerSeatMonth(false)
	after, _ := r.CostPerSeatMonth(true)
	if !ok {
		return ""
	}
	key := "seat.cost"
	if r.Extent(calc.LineBenefits) == calc.AtLeast {
		key = "seat.cost.atMost"
	}
	return t.Text(key, "before", write(before), "after", write(after))
}

// SayCondition names how sure a condition is and who says it.
func SayCondition(t *i18n.Catalogue, pack *rules.Pack, x *calc.Condition) string {
	return SayOrigin(t, pack, x.Sources, x.Confidence)
}

// SayOrigin names how sure something of the pack is and who publishes it; without
// a confidence only who, "" for nobody.
func SayOrigin(t *i18n.Catalogue, pack *rules.Pack, sources []string, confidence string) string {
	var by []string
	for _, id := range sources {
		if s, ok := pack.Sources[id]; ok && !slices.Contains(by, s.Publisher) {
			by = append(by, s.Publisher)
		}
	}
	said := strings.Join(by, " ; ")
	if confidence == "" {
		return said
	}
	sure := SaySure(t, confidence)
	if said == "" {
		return t.Text("result.sources.none", "sure", sure)
	}
	return t.Text("result.sources", "sure", sure, "by", said)
}

// SayLeftOut names what is not counted: a benefit by its code, an aid of the pack
// by its name in the reader's language, where the pack has one.
func SayLeftOut(t *i18n.Catalogue, x *calc.NotCounted) string {
	switch name := x.Reason.Key + ".name"; {
	case x.Benefit == "":
		return t.Text("result.left.all")
	case t.Has(name):
		return t.Text(name)
	}
	return x.Benefit
}

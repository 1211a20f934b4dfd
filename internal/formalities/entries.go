package formalities

import (
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

func (l *loader) readItem(t rules.Table) {
	i := Item{
		ID: l.id(t, "item"), Stage: t.Choice("stage", ToGet, ToKeep), Benefits: benefits(t, "benefits", false),
		Ask: t.Flag("ask"), VerifiedOn: l.verified, Pos: t.Pos(),
	}
	i.Detail = l.text(t, "formality.item."+i.ID+".detail")
	switch {
	case t.Has("condition"):
		l.condition(t, &i)
	case i.Ask:
		refuseKeys(t, "ask = true", "confidence")
		i.Sources = l.sources(t, true)
	default:
		i.Sources, i.Confidence = l.sources(t, false), t.Choice("confidence", confidences...)
	}
	if i.Title == "" {
		i.Title = l.text(t, "formality.item."+i.ID)
	}
	l.book.Items = append(l.book.Items, i)
}

// condition takes over what the pack says of a condition, so that it is said once.
func (l *loader) condition(t rules.Table, i *Item) {
	refuseKeys(t, "condition", "ask", "sources", "confidence")
	id := t.Text("condition")
	at := slices.IndexFunc(l.pack.Conditions, func(c rules.Condition) bool { return c.ID == id })
	if at < 0 {
		t.Refuse("condition", "unknown_value", id, "conditions.toml")
		return
	}
	c := l.pack.Conditions[at]
	if !slices.Equal(i.Benefits, []string{c.Benefit}) {
		t.Refuse("benefits", "unknown_value", strings.Join(i.Benefits, ", "), c.Benefit)
	}
	i.Condition, i.Title, i.Sources, i.Confidence = id, "condition."+id, c.Sources, c.Confidence
}

// refuseKeys refuses keys that do not go with another one.
func refuseKeys(t rules.Table, with string, keys ...string) {
	for _, key := range keys {
		if t.Has(key) {
			t.Refuse(key, "unknown_key", key, with)
		}
	}
}

func (l *loader) readBody(t rules.Table) {
	b := Body{ID: l.id(t, "body"), Decides: benefits(t, "decides", true)}
	b.Name = l.text(t, "formality.body."+b.ID)
	for _, p := range t.Tables("point", "id", "as_of", "sources", "confidence") {
		id := b.ID + "." + p.ID("id")
		l.once(p, "id", "point", id)
		b.Points = append(b.Points, Point{
			Text: l.text(p, "formality.body."+id), AsOf: shaped(p, "as_of", pointDate, "YYYY, YYYY-MM, "+rules.Undated),
			Sources: l.sources(p, false), Confidence: p.Choice("confidence", confidences...), VerifiedOn: l.verified,
		})
	}
	if len(b.Points) == 0 {
		t.Refuse("point", "missing_key", "point", "[[body.point]]")
	}
	l.book.Bodies = append(l.book.Bodies, b)
}

func (l *loader) readPlatform(t rules.Table) {
	p := Platform{
		ID: l.id(t, "platform"), Announced: t.Date("announced"), First: benefits(t, "first", true),
		Later: benefits(t, "later", true), Sources: l.sources(t, false),
		Confidence: t.Choice("confidence", confidences...), VerifiedOn: l.verified,
	}
	if t.Has("opened") {
		p.Opened = t.Date("opened")
	}
	for _, b := range p.First {
		if slices.Contains(p.Later, b) {
			t.Refuse("later", "twice", b, "first | later")
		}
	}
	p.Name, p.Detail = l.text(t, "formality.platform."+p.ID), l.text(t, "formality.platform."+p.ID+".detail")
	l.book.Platforms = append(l.book.Platforms, p)
}

func (l *loader) readRate(t rules.Table) {
	r := Rate{
		Currency: shaped(t, "currency", currencyShape, "EUR, USD"), AsOf: shaped(t, "as_of", rateDate, "YYYY-MM-DD, YYYY-MM"),
		Sources: l.sources(t, false), Confidence: t.Choice("confidence", confidences...), VerifiedOn: l.verified,
	}
	written := t.Text("mad")
	mad, err := domain.ParseQuantity(written)
	if err != nil || mad <= 0 {
		t.Refuse("mad", "bad_number", written, `"10.5475"`)
	}
	r.MAD = mad
	if t.Has("note") || r.Confidence == rules.Inferred { // what is inferred says how
		r.Note = l.text(t, t.Text("note"))
	}
	if r.AsOf > string(l.verified) {
		t.Refuse("as_of", "after_sources", r.AsOf, "<= "+string(l.verified))
	}
	l.once(t, "as_of", "rate", r.Currency+" "+r.AsOf)
	l.book.Rates = append(l.book.Rates, r)
}

func (l *loader) readWording(t rules.Table) {
	id := t.Choice("id", slices.Sorted(maps.Keys(WordingBlanks))...)
	l.once(t, "id", "wording", id)
	w := Wording{ID: id, Version: t.Whole("version"), ToValidate: t.Flag("to_validate"), Text: "formality.wording." + id}
	l.texts[w.Text] = need{t.Pos(), WordingBlanks[id]}
	l.book.Wordings = append(l.book.Wordings, w)
}

func (l *loader) readPurpose(t rules.Table) {
	id := l.id(t, "purpose")
	l.book.Purposes = append(l.book.Purposes, Purpose{ID: id, Text: l.text(t, "formality.purpose."+id)})
}

func (l *loader) readGrade(t rules.Table) {
	id := l.id(t, "grade")
	l.book.Grades = append(l.book.Grades, Grade{
		ID: id, Name: l.text(t, "formality.grade."+id), Definition: l.text(t, "formality.grade."+id+".definition"),
	})
}

func (l *loader) readTerm(t rules.Table) {
	id := t.Choice("id", ContactKept, PaperValid)
	l.once(t, "id", "term", id)
	l.book.Terms = append(l.book.Terms, Term{ID: id, Length: t.Whole("length"), ToValidate: t.Flag("to_validate")})
}

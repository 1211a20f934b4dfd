package packs

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
)

// Line is a difference as a table shows it: what it is about, without its area, and
// how it was and will be. Before is empty of what is new, After of what is gone.
type Line struct {
	Kind          pack.Kind
	What          string
	Before, After string
}

// LineOf is a difference in the reader's words: rule values with their unit, dates
// as days, figures by what they measure, texts instead of their keys. Report and
// texts are those of the new pack.
func LineOf(t *i18n.Catalogue, r *Report, c pack.Change) Line {
	s := sayer{t, r.Pack, r.Book}
	return Line{c.Kind, s.about(c), s.value(c, c.Before), s.value(c, c.After)}
}

type sayer struct {
	t    *i18n.Catalogue
	pack *rules.Pack
	book *figures.Book
}

// about names entry and part: "Taux de la PAF · à partir du 01/07/2025".
func (s sayer) about(c pack.Change) string {
	t := s.t
	out := []string{s.name(c)}
	for i, part := range c.Part {
		switch {
		case isDate(part):
			out = append(out, t.Text("packs.line.from", "date", domain.Date(part)))
		case i > 0 && c.Part[i-1] == "fact" && t.Has("field."+part):
			out = append(out, t.Text("field."+part))
		case part != "fact" && part != "value":
			out = append(out, word(t, "packs.part.", part))
		}
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), " · ")
}

func (s sayer) name(c pack.Change) string {
	t, p := s.t, s.pack
	if o := s.observation(c); o != nil {
		name := t.Text("figure.indicator." + o.Indicator)
		if key := "figure.segment." + o.Segment; t.Has(key) {
			name = t.Text("sector.name", "name", name, "more", t.Text(key))
		}
		return t.Text("sector.name", "name", name, "more", desk.SayPeriod(t, o.Period)) + " (" + o.ID + ")"
	}
	switch {
	case c.Area == "pack":
		return "" // there is one, and its parts say enough
	case c.Area == "sites" && p.Site(c.Subject) != nil:
		return p.Site(c.Subject).Name
	case c.Area == "regions" && p.Region(c.Subject) != nil:
		return p.Region(c.Subject).Name
	case t.Has(c.Sort + "." + c.Subject):
		return t.Text(c.Sort + "." + c.Subject)
	}
	return c.Subject
}

func (s sayer) value(c pack.Change, raw string) string {
	t, p := s.t, s.pack
	last := ""
	if len(c.Part) > 0 {
		last = c.Part[len(c.Part)-1]
	}
	param := p.Params[c.Subject]
	if text, ok := s.number(c, raw); ok {
		return text
	}
	switch {
	case raw == "":
		return ""
	case isDate(raw):
		return t.Formatter().Date(domain.Date(raw))
	case c.Sort == "param" && param != nil && param.Unit != rules.UnitScale && len(c.Part) > 1 && c.Part[0] == "value" && (last == "value" || len(c.Part) == 2):
		return desk.RuleValue(t, &calc.RuleRef{Param: c.Subject, Unit: param.Unit, Raw: raw})
	case last == "confidence":
		return desk.SaySure(t, raw)
	case t.Has(raw):
		return t.Text(raw)
	}
	return raw
}

// observation is the published figure that a difference is about; nil where it is
// about something else, or about one that the new pack has no more.
func (s sayer) observation(c pack.Change) *figures.Observation {
	if s.book == nil || c.Sort != "observations" {
		return nil
	}
	return s.book.Observation(c.Subject)
}

// number is a value of a published figure or of a data sheet, with its unit; false
// where it is none.
func (s sayer) number(c pack.Change, raw string) (string, bool) {
	part := c.Part
	if o := s.observation(c); o != nil && len(part) == 1 && part[0] == "value" {
		n, err := figures.ParseNum(raw)
		return desk.SayNum(s.t, n, o.Unit), err == nil
	}
	if len(part) < 2 || part[0] != "fact" {
		return "", false
	}
	f := s.pack.Field(part[1])
	if f == nil || f.Kind != rules.FieldNumber || len(part) > 2 && part[len(part)-1] != "value" {
		return "", false
	}
	q, err := domain.ParseQuantity(raw)
	if err != nil {
		return "", false
	}
	return desk.SayQuantity(s.t, q, f.Unit), true
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

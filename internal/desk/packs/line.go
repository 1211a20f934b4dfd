package packs

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
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
// as days, texts instead of their keys. Pack and texts are those that have what is
// left after the change.
func LineOf(t *i18n.Catalogue, p *rules.Pack, c pack.Change) Line {
	return Line{c.Kind, about(t, p, c), value(t, p, c, c.Before), value(t, p, c, c.After)}
}

// about names entry and part: "Taux de la PAF · à partir du 01/07/2025".
func about(t *i18n.Catalogue, p *rules.Pack, c pack.Change) string {
	out := []string{name(t, p, c)}
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

func name(t *i18n.Catalogue, p *rules.Pack, c pack.Change) string {
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

func value(t *i18n.Catalogue, p *rules.Pack, c pack.Change, raw string) string {
	last := ""
	if len(c.Part) > 0 {
		last = c.Part[len(c.Part)-1]
	}
	param := p.Params[c.Subject]
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

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

package dossiers

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/i18n"
)

// row is a contact as the list shows it.
type row struct {
	name, company, grade, next string
	late                       bool
}

// say puts a contact into a line, on a day.
func (p *Params) row(d *dossier.Dossier, today time.Time) row {
	r := row{name: title(d), company: d.Contact.Company}
	if r.name == r.company {
		r.company = d.Contact.Role
	}
	if d.Grade != "" {
		r.grade = p.gradeName(d.Grade)
	}
	r.next, r.late = next(p.Texts, d, today)
	if n := p.disputed(d.ID); n > 0 {
		r.next, r.late = p.Texts.Text("sharing.versions", "count", n), true
	}
	return r
}

// next says what comes next and when, and whether it is late.
func next(t *i18n.Catalogue, d *dossier.Dossier, today time.Time) (said string, late bool) {
	if d.Next.Done {
		return t.Text("dossiers.next.done"), false
	}
	var parts []string
	if d.Next.Due != "" {
		key := "dossiers.next.due"
		switch now := inDays(today, 0); {
		case d.Next.Due < now:
			key, late = "dossiers.next.late", true
		case d.Next.Due == now:
			key = "dossiers.next.today"
		}
		parts = append(parts, t.Text(key, "date", d.Next.Due))
	}
	for _, s := range []string{strings.TrimSpace(d.Step), strings.TrimSpace(d.Next.Owner)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return t.Text("dossiers.next.none"), false
	}
	return strings.Join(parts, " · "), late
}

func (p *Params) gradeName(id string) string {
	return p.Texts.Text("dossiers.grade", "id", id, "name", p.Texts.T(domain.M("formality.grade."+id)))
}

// consentLine says what a contact was asked and said.
func (p *Params) consentLine(c *dossier.Consent) string {
	t := p.Texts
	switch {
	case c == nil:
		return t.Text("dossiers.consent.never")
	case c.Withdrawn != nil:
		return t.Text("dossiers.consent.withdrawn", "at", desk.Stamp(*c.Withdrawn))
	case !c.Given:
		return t.Text("dossiers.consent.no", "at", desk.Stamp(c.At), "by", c.By)
	}
	return t.Text("dossiers.consent.yes", "at", desk.Stamp(c.At), "by", c.By, "version", c.Version, "language", p.languageName(c.Language))
}

func (p *Params) languageName(id string) string {
	if key := "dossiers.language." + id; p.Texts.Has(key) {
		return p.Texts.T(domain.M(key))
	}
	return id
}

// gathered leaves one line of those that say the same of the same minute: a form
// that is filled field by field is one event to its reader.
func gathered(lines []cabinet.Line) []cabinet.Line {
	return slices.CompactFunc(slices.Clone(lines), func(a, b cabinet.Line) bool {
		return a.Kind == b.Kind && a.Text == b.Text && a.Device == b.Device && a.At.Truncate(time.Minute).Equal(b.At.Truncate(time.Minute))
	})
}

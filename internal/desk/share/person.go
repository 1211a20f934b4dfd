package share

import (
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// sayDossier is what a version of a contact says, under the names that the form has.
func sayDossier(t *i18n.Catalogue, d *dossier.Dossier, simulation func(id string) string) []said {
	word := func(key, id string) string {
		if id != "" && t.Has(key) {
			return t.Text(key)
		}
		return id
	}
	due := t.Formatter().Date(d.Next.Due)
	if d.Next.Done {
		due = strings.TrimSpace(due + " " + t.Text("dossiers.done.yes"))
	}
	var attached, compared []string
	for _, l := range d.Simulations {
		attached = append(attached, simulation(l.ID))
	}
	for _, c := range d.Comparisons {
		compared = append(compared, c.Name)
	}
	return []said{
		{"name", t.Text("dossiers.name"), d.Contact.Name},
		{"company", t.Text("dossiers.company"), d.Contact.Company},
		{"role", t.Text("dossiers.role"), d.Contact.Role},
		{"email", t.Text("dossiers.email"), d.Contact.Email},
		{"phone", t.Text("dossiers.phone"), d.Contact.Phone},
		{"segment", t.Text("dossiers.segment"), word("segment."+d.Interest.Segment, d.Interest.Segment)},
		{"size", t.Text("dossiers.size"), word(dossier.SizeKey(d.Interest.Size), d.Interest.Size)},
		{"horizon", t.Text("dossiers.horizon"), word(dossier.HorizonKey(d.Interest.Horizon), d.Interest.Horizon)},
		{"language", t.Text("dossiers.language"), word("dossiers.language."+d.Language, d.Language)},
		{"consent", t.Text("dossiers.consent"), sayConsent(t, d.Consent)},
		{"grade", t.Text("cli.dossier.grade"), word(dossier.GradeKey(d.Grade), d.Grade)},
		{"state", t.Text("dossiers.state"), word(d.State.Key(), string(d.State))},
		{"fair", t.Text("dossiers.fair"), d.Fair},
		{"step", t.Text("dossiers.next"), d.Step},
		{"due", t.Text("dossiers.due"), due},
		{"owner", t.Text("dossiers.owner"), d.Next.Owner},
		{"notes", t.Text("dossiers.notes"), d.Notes},
		{"simulations", t.Text("dossiers.tab.simulations"), strings.Join(attached, " · ")},
		{"comparisons", t.Text("share.row.comparisons"), strings.Join(compared, " · ")},
	}
}

func sayConsent(t *i18n.Catalogue, c *dossier.Consent) string {
	switch {
	case c == nil:
		return ""
	case !c.Given:
		return t.Text("cli.dossier.consent.no", "at", desk.Stamp(c.At), "version", c.Version, "by", c.By)
	case c.Withdrawn != nil:
		return t.Text("cli.dossier.consent.withdrawn", "at", desk.Stamp(c.At), "version", c.Version, "by", c.By)
	}
	return t.Text("cli.dossier.consent.yes", "at", desk.Stamp(c.At), "version", c.Version, "by", c.By)
}

// sayValue is what a version of a user's value says.
func sayValue(d *desk.Desk, v *store.Value) []said {
	t := d.Texts()
	text := t.Text("share.row.dropped")
	if !v.Dropped {
		text = d.SayKept(*v)
	}
	return []said{
		{"text", t.Text("share.row.value"), text},
		{"asOf", t.Text("share.row.asOf"), desk.SayAsOf(t, v.AsOf)},
		{"note", t.Text("share.row.note"), v.Note},
	}
}

// nameOf is how a contact is called: by name, else by company, e-mail or phone.
func nameOf(d *dossier.Dossier) string {
	c := d.Contact
	parts := []string{c.Name, c.Company}
	if c.Name == "" && c.Company == "" {
		parts = []string{c.Email, c.Phone}
	}
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

package dossiers

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
)

// card is the contact that is open: as it was kept last, and as it stands now.
type card struct {
	is   dossier.Dossier
	kept dossier.Dossier // without an id where it was never kept
}

// newCard is a contact of a fair who reads a language.
func newCard(fair, language string) *card {
	d := dossier.Dossier{Clear: dossier.Clear{Fair: fair, State: dossier.New}, Private: dossier.Private{Language: language}}
	return &card{is: d, kept: d}
}

func openCard(d *dossier.Dossier) *card { return &card{is: *d, kept: *d} }

// dirty is whether something stands there that is not kept.
func (c *card) dirty() bool { return !reflect.DeepEqual(c.is, c.kept) }

// take goes on with the contact as it was kept.
func (c *card) take(d *dossier.Dossier) { c.is, c.kept = *d, *d }

// title is what a contact goes by: a name, else what is known.
func title(d *dossier.Dossier) string {
	for _, s := range []string{d.Contact.Name, d.Contact.Company, d.Contact.Email, d.Contact.Phone} {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// commit keeps what stands there. An empty new contact is left alone: nobody
// typed anything yet. It returns the errors of save; what stands there stays.
func (c *card) commit(save func(*dossier.Dossier) (*dossier.Dossier, error)) (saved bool, err error) {
	if !c.dirty() || c.is.ID == "" && title(&c.is) == "" {
		return false, nil
	}
	d, err := save(&c.is)
	if err != nil {
		return false, err
	}
	c.take(d)
	return true, nil
}

// field is a line of the contact.
func (c *card) field(name string) *string {
	switch name {
	case "name":
		return &c.is.Contact.Name
	case "company":
		return &c.is.Contact.Company
	case "role":
		return &c.is.Contact.Role
	case "email":
		return &c.is.Contact.Email
	case "phone":
		return &c.is.Contact.Phone
	case "fair":
		return &c.is.Fair
	case "owner":
		return &c.is.Next.Owner
	case "step":
		return &c.is.Step
	}
	panic("no field " + name)
}

// fields are the five lines of a contact, in the order they are filled.
var fields = []string{"name", "company", "role", "email", "phone"}

// tick takes a purpose in or out, in the order of all.
func tick(all, ticked []string, id string) []string {
	var out []string
	for _, p := range all {
		if slices.Contains(ticked, p) != (p == id) {
			out = append(out, p)
		}
	}
	return out
}

// day reads a date as it is typed: 24/11/2026, 24.11.2026, 2026-11-24; without a
// year it is the next such day from today on.
func day(typed string, today time.Time) (domain.Date, bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", true
	}
	for _, form := range []string{time.DateOnly, "2/1/2006", "2.1.2006", "2-1-2006", "2 Jan 2006"} {
		if d, err := time.Parse(form, typed); err == nil {
			return domain.Date(d.Format(time.DateOnly)), true
		}
	}
	for _, form := range []string{"2/1", "2.1"} {
		d, err := time.Parse(form, typed)
		if err != nil {
			continue
		}
		d = time.Date(today.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		if d.Format(time.DateOnly) < today.Format(time.DateOnly) {
			d = time.Date(today.Year()+1, d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		}
		return domain.Date(d.Format(time.DateOnly)), true
	}
	return "", false
}

// inDays is a day so many days from today.
func inDays(today time.Time, n int) domain.Date {
	return domain.Date(today.AddDate(0, 0, n).Format(time.DateOnly))
}

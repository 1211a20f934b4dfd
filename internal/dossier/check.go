package dossier

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/domain"
)

const (
	maxField = 300    // letters of a field
	maxText  = 20_000 // letters of notes
)

// Check refuses what cannot be kept or would be a dossier of nobody:
// *domain.Problem, which does not repeat the person's words. What is merely
// mistyped is accepted: see Marks.
func (d Dossier) Check() error {
	c := d.Contact
	if strings.TrimSpace(c.Name+c.Company+c.Email+c.Phone) == "" {
		return domain.Refuse("contact", "", "dossier.empty")
	}
	for _, f := range []struct {
		name, is string
		most     int
	}{
		{"name", c.Name, maxField},
		{"company", c.Company, maxField},
		{"role", c.Role, maxField},
		{"email", c.Email, maxField},
		{"phone", c.Phone, maxField},
		{"fair", d.Fair, maxField},
		{"owner", d.Next.Owner, maxField},
		{"step", d.Step, maxText},
		{"notes", d.Notes, maxText},
	} {
		if !utf8.ValidString(f.is) || utf8.RuneCountInString(f.is) > f.most {
			return domain.Refuse(f.name, "", "dossier.text", "max", f.most)
		}
	}
	if due := string(d.Next.Due); due != "" {
		if _, err := time.Parse(time.DateOnly, due); err != nil {
			return domain.Refuse("due", due, "dossier.due")
		}
	}
	return nil
}

// Marks says which fields of a contact look mistyped: "email", "phone". They are
// kept all the same: at a booth nobody waits for a form.
func (c Contact) Marks() map[string]domain.Msg {
	out := map[string]domain.Msg{}
	if e := strings.TrimSpace(c.Email); e != "" && !emailLooksRight(e) {
		out["email"] = domain.M("dossier.mark.email")
	}
	if p := strings.TrimSpace(c.Phone); p != "" {
		if _, ok := dialled(p); !ok {
			out["phone"] = domain.M("dossier.mark.phone")
		}
	}
	return out
}

// emailLooksRight asks for something@name.end, which nearly every address has and
// nearly every slip breaks. It does not try to be the standard.
func emailLooksRight(e string) bool {
	local, host, ok := strings.Cut(e, "@")
	if !ok || local == "" || strings.ContainsFunc(e, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`,;:()<>[]\"`, r)
	}) || strings.Contains(host, "@") || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(e, "..") {
		return false
	}
	labels := strings.Split(host, ".")
	for _, l := range labels {
		if l == "" || strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") {
			return false
		}
	}
	return len(labels) > 1 && utf8.RuneCountInString(labels[len(labels)-1]) > 1
}

const (
	minDigits = 6
	maxDigits = 15 // of an international number, by ITU-T E.164
)

// dialled gives the digits of a phone number, with a plus in front where it has
// one, and whether it looks like a number that can be dialled.
func dialled(p string) (string, bool) {
	p = strings.TrimSpace(p)
	out := make([]byte, 0, len(p))
	for i, r := range p {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		case r == '+' && i == 0:
			out = append(out, '+')
		case unicode.IsSpace(r) || strings.ContainsRune("-./()\u2010\u2011\u2013", r):
		default:
			return "", false
		}
	}
	n := len(strings.TrimPrefix(string(out), "+"))
	return string(out), n >= minDigits && n <= maxDigits
}

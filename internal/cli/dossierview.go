package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
)

// dossierView is one contact of a list. Person is null while contacts are locked.
type dossierView struct {
	ID          string      `json:"id"`
	Created     string      `json:"created"`
	Updated     string      `json:"updated"`
	Fair        string      `json:"fair"`
	Grade       string      `json:"grade"`
	State       string      `json:"state"`
	NextOwner   string      `json:"nextOwner"`
	NextDue     domain.Date `json:"nextDue"`
	NextDone    bool        `json:"nextDone"`
	Simulations int         `json:"simulations"`
	Person      *personView `json:"person"`
}

type personView struct {
	Name     string `json:"name"`
	Company  string `json:"company"`
	Role     string `json:"role"`
	Email    string `json:"email"`
	Phone    string `json:"phone"`
	Language string `json:"language"`
	Segment  string `json:"segment"`
	Size     string `json:"size"`
	Horizon  string `json:"horizon"`
	Consent  string `json:"consent"` // yes, no, withdrawn, or "" where it was never asked
}

func headView(h *cabinet.Head) dossierView {
	return dossierView{
		ID: h.ID, Created: h.Created.UTC().Format(time.RFC3339), Updated: h.Updated.UTC().Format(time.RFC3339),
		Fair: h.Fair, Grade: h.Grade, State: string(h.State), NextOwner: h.Next.Owner, NextDue: h.Next.Due, NextDone: h.Next.Done,
		Simulations: len(h.Simulations),
	}
}

func (v *dossierView) with(d *dossier.Dossier) {
	v.Person = &personView{
		Name: d.Contact.Name, Company: d.Contact.Company, Role: d.Contact.Role, Email: d.Contact.Email, Phone: d.Contact.Phone,
		Language: d.Language, Segment: d.Interest.Segment, Size: d.Interest.Size, Horizon: d.Interest.Horizon, Consent: consentWord(d.Consent),
	}
}

func consentWord(is *dossier.Consent) string {
	switch {
	case is == nil:
		return ""
	case !is.Given:
		return "no"
	case is.Withdrawn != nil:
		return "withdrawn"
	}
	return "yes"
}

type erasedView struct {
	ID          string      `json:"id"`
	Papers      []string    `json:"papers"`
	Simulations []namedView `json:"simulations"`
}

type namedView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func leftView(id string, left *cabinet.Left) erasedView {
	out := erasedView{ID: id, Papers: append([]string{}, left.Papers...), Simulations: []namedView{}}
	for _, s := range left.Simulations {
		out.Simulations = append(out.Simulations, namedView{string(s.ID), s.Name})
	}
	return out
}

// dossierList prints contacts as a table, the last changed first.
func (c *command) dossierList(views []dossierView) error {
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	for i := range views {
		v := &views[i]
		cells := []string{v.ID, v.Grade, c.optional(dossier.State(v.State).Key(), v.State), c.due(dossier.Next{Owner: v.NextOwner, Due: v.NextDue, Done: v.NextDone}), v.Fair}
		if v.Person != nil {
			cells = append(cells, v.Person.Name, v.Person.Company)
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	return w.Flush()
}

// optional is a text, or the id where the catalogue has none.
func (c *command) optional(key, id string) string {
	if id != "" && c.Texts.Has(key) {
		return c.Texts.T(domain.M(key))
	}
	return id
}

func (c *command) due(n dossier.Next) string {
	out := strings.TrimSpace(c.Texts.Formatter().Date(n.Due) + " " + n.Owner)
	if n.Done {
		out = strings.TrimSpace(out + " " + c.Texts.Text("cli.dossier.done"))
	}
	return out
}

// facts prints what a dossier says, leaving out what it does not.
func (c *command) facts(d *dossier.Dossier) error {
	t := c.Texts
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	row := func(what, is string) {
		if is = strings.Join(strings.Fields(is), " "); is != "" {
			fmt.Fprintf(w, "%s\t%s\n", what, is)
		}
	}
	row(t.Text("cli.dossier.id"), d.ID)
	row(t.Text("cli.dossier.name"), d.Contact.Name)
	row(t.Text("cli.dossier.company"), d.Contact.Company)
	row(t.Text("cli.dossier.role"), d.Contact.Role)
	row(t.Text("cli.dossier.email"), d.Contact.Email)
	row(t.Text("cli.dossier.phone"), d.Contact.Phone)
	row(t.Text("cli.dossier.segment"), c.optional("segment."+d.Interest.Segment, d.Interest.Segment))
	row(t.Text("cli.dossier.size"), c.optional(dossier.SizeKey(d.Interest.Size), d.Interest.Size))
	row(t.Text("cli.dossier.horizon"), c.optional(dossier.HorizonKey(d.Interest.Horizon), d.Interest.Horizon))
	row(t.Text("cli.dossier.language"), d.Language)
	row(t.Text("cli.dossier.fair"), d.Fair)
	row(t.Text("cli.dossier.grade"), c.optional(dossier.GradeKey(d.Grade), d.Grade))
	row(t.Text("cli.dossier.state"), c.optional(d.State.Key(), string(d.State)))
	row(t.Text("cli.dossier.next"), c.due(d.Next)+" "+d.Step)
	row(t.Text("cli.dossier.consent"), c.consent(d.Consent))
	row(t.Text("cli.dossier.notes"), d.Notes)
	return w.Flush()
}

// consent says what was answered, to which words and when.
func (c *command) consent(is *dossier.Consent) string {
	if is == nil {
		return ""
	}
	key := map[string]string{"yes": "cli.dossier.consent.yes", "no": "cli.dossier.consent.no", "withdrawn": "cli.dossier.consent.withdrawn"}[consentWord(is)]
	return c.Texts.T(domain.M(key, "at", desk.Stamp(is.At), "version", is.Version, "by", is.By))
}

// timeline prints what happened to a dossier, the newest first.
func (c *command) timeline(lines []cabinet.Line) error {
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(c.Stdout)
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\n", c.Texts.T(desk.Stamp(l.At)), l.Text)
	}
	return w.Flush()
}

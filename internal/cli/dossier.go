package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

// contacts opens the contacts of the store: unlocked where a passphrase was given,
// and with that to be changed, since tries are counted there. Without one the store
// is read as it is.
func (c *command) contacts() (cab *cabinet.Cabinet, closeStore func() error, err error) {
	d, err := c.Desk(c.pack)
	if err != nil {
		return nil, nil, err
	}
	c.Texts, c.needsStore = d.Texts(), true
	if !c.passphrase.Given {
		if cab, closeStore, err = c.Contacts(c.pack, c.store, Reads); err == nil {
			c.Texts = cab.Texts() // of the rules that are active there
		}
		return cab, closeStore, err
	}
	typed, err := c.call().Secret("--passphrase-file", c.passphrase)
	if err != nil {
		return nil, nil, err
	}
	cab, closeStore, err = c.Contacts(c.pack, c.store, Changes)
	if err != nil {
		return nil, nil, err
	}
	c.Texts = cab.Texts()
	if err := cab.Unlock(context.Background(), typed); err != nil {
		return nil, nil, errors.Join(said(err), closeStore())
	}
	return cab, closeStore, nil
}

// said takes what was typed wrong for what it is: refused input.
func said(err error) error {
	var missing *store.NotFoundError
	switch {
	case errors.Is(err, vault.ErrPassphrase):
		return domain.Refuse("--passphrase-file", "", vault.ErrPassphrase.Key())
	case errors.As(err, &missing):
		return domain.Refuse("ID", missing.ID, "cli.dossier.unknown")
	}
	return err
}

// unlocked runs what needs the passphrase.
func (c *command) unlocked(do func(*cabinet.Cabinet) error) (err error) {
	if !c.passphrase.Given {
		return call.Usage("cli.dossier.passphrase")
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() {
		cab.Lock()
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	return said(do(cab))
}

// listDossiers prints what is known of every contact without the passphrase, and
// with it also who they are.
func (c *command) listDossiers(args []string) (err error) {
	if err := c.wants(args); err != nil {
		return err
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	heads, err := cab.Heads()
	if err != nil {
		return err
	}
	views := make([]dossierView, len(heads))
	for i, h := range heads {
		views[i] = headView(&h)
		if d, err := cab.Get(h.ID); err == nil { // else locked, or of other keys
			views[i].with(d)
		}
	}
	if c.json {
		return c.writeJSON(views)
	}
	return c.dossierList(views)
}

// showDossier prints one contact: the clear facts without the passphrase,
// everything with it.
func (c *command) showDossier(args []string) error {
	if err := c.wants(args, "ID"); err != nil {
		return err
	}
	if c.passphrase.Given {
		return c.unlocked(func(cab *cabinet.Cabinet) error { return c.showAll(cab, args[0]) })
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	heads, err := cab.Heads()
	if err != nil {
		return err
	}
	for i := range heads {
		if heads[i].ID != args[0] {
			continue
		}
		view := headView(&heads[i])
		if c.json {
			return c.writeJSON(view)
		}
		return c.facts(&dossier.Dossier{ID: view.ID, Clear: heads[i].Clear})
	}
	return domain.Refuse("ID", args[0], "cli.dossier.unknown")
}

func (c *command) showAll(cab *cabinet.Cabinet, id string) error {
	if c.json {
		data, err := cab.Personal(id)
		if err != nil {
			return err
		}
		return c.writeJSON(json.RawMessage(data))
	}
	d, err := cab.Get(id)
	if err != nil {
		return err
	}
	lines, err := cab.History(id)
	if err != nil {
		return err
	}
	if err := c.facts(d); err != nil {
		return err
	}
	return c.timeline(lines)
}

// exportDossiers writes every contact to a file, or to standard output.
func (c *command) exportDossiers(args []string) error {
	if c.csv == c.vcard {
		return call.Usage("cli.dossier.form")
	}
	if len(args) > 1 {
		return call.Usage("cli.extra", "given", args[1])
	}
	return c.unlocked(func(cab *cabinet.Cabinet) error {
		export := cab.ExportVCard
		if c.csv {
			export = cab.ExportCSV
		}
		if len(args) == 0 || args[0] == "-" {
			return export(c.Stdout, nil)
		}
		var b bytes.Buffer
		if err := export(&b, nil); err != nil {
			return err
		}
		return disk.Replace(args[0], b.Bytes())
	})
}

// eraseDossier erases a person and says what stays.
func (c *command) eraseDossier(args []string) error {
	if err := c.wants(args, "ID"); err != nil {
		return err
	}
	return c.unlocked(func(cab *cabinet.Cabinet) error {
		left, err := cab.Erase(args[0])
		var stale *keyring.StaleCopyError
		if err != nil && !errors.As(err, &stale) {
			return err
		}
		if c.json {
			return errors.Join(c.writeJSON(leftView(args[0], &left)), err)
		}
		for _, m := range left.Msgs() {
			if _, bad := fmt.Fprintln(c.Stdout, c.Texts.T(m)); bad != nil {
				return bad
			}
		}
		for _, s := range left.Simulations {
			_, _ = io.WriteString(c.Stdout, "  "+s.Name+"\n") // a full disk is told when all is flushed
		}
		return err
	})
}

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
	Copy        string      `json:"copy"` // the second folder, where the keys still open the person
}

type namedView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func leftView(id string, left *cabinet.Left) erasedView {
	out := erasedView{ID: id, Papers: append([]string{}, left.Papers...), Simulations: []namedView{}, Copy: left.Copy}
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

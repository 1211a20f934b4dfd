package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"atlasp2i/assets"
	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/credits"
	"atlasp2i/internal/domain"
)

func (c *command) paths(args []string) error {
	if err := c.wants(args); err != nil {
		return err
	}
	pl, err := c.Places(c.store)
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(pl)
	}
	for _, row := range [][2]string{
		{"data", pl.Data},
		{"config", pl.Config},
		{"cache", pl.Cache},
		{"logs", pl.Logs},
		{"store", pl.Store},
		{"snapshots", pl.Snapshots},
		{"device", pl.Device},
		{"key", pl.Key},
		{"slot", pl.Slot},
		{"trusted", pl.Trusted},
	} {
		fmt.Fprintf(c.Stdout, "%-10s %s\n", row[0], row[1])
	}
	return nil
}

// kioskOff opens the door that visitors are before, without its code: whoever may run
// commands of this account may read its files too.
func (c *command) kioskOff(args []string) (err error) {
	if err := c.wants(args); err != nil {
		return err
	}
	c.needsStore = true
	door, closeStore, err := c.Kiosk(c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	said := "kiosk.cli.wasOff"
	if door != nil {
		is, err := door.State()
		if err != nil {
			return err
		}
		if is.Closed {
			said = "kiosk.cli.off"
		}
		if err := door.Open(); err != nil {
			return err
		}
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text(said))
	return nil
}

func (c *command) version(args []string) error {
	if err := c.wants(args); err != nil {
		return err
	}
	d, err := c.rulesDesk()
	if err != nil {
		return err
	}
	p := d.Pack()
	if c.json {
		return c.writeJSON(versionView{c.Version, c.Commit, packView{ID: p.ID, Number: p.Number, SHA256: p.SHA256, InForce: p.InForce, VerifiedOn: p.VerifiedOn}})
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text("cli.version", "version", c.Version, "number", p.Number, "inForce", p.InForce, "verified", p.VerifiedOn, "sha", p.SHA256[:12]))
	if c.Commit != "" {
		fmt.Fprintln(c.Stdout, c.Texts.Text("cli.commit", "commit", c.Commit))
	}
	return nil
}

func (c *command) help([]string) error {
	fmt.Fprint(c.Stdout, c.Texts.Text("cli.help"))
	return nil
}

// licences lists what the program is made of beside itself; with the name of a
// component its terms in full, with --texts those of all.
func (c *command) licences(args []string) error {
	if len(args) > 1 {
		return call.Usage("cli.extra", "given", args[1])
	}
	book, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		return err
	}
	chosen := book.Components
	if len(args) == 1 {
		one, ok := book.Find(args[0])
		if !ok {
			return domain.Refuse(c.word("COMPONENT"), args[0], "cli.noComponent")
		}
		chosen = []credits.Component{one}
	}
	switch {
	case c.json:
		return c.writeJSON(chosen)
	case c.texts || len(args) == 1:
		return c.terms(book, chosen)
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, m := range chosen {
		fmt.Fprintln(w, strings.TrimRight(strings.Join([]string{m.Name, m.Version, m.Licence, m.Credit}, "\t"), "\t"))
	}
	return w.Flush()
}

// terms prints the texts of components, each below a line that names it.
func (c *command) terms(book *credits.Book, chosen []credits.Component) error {
	for i, m := range chosen {
		text, err := book.Text(m)
		if err != nil {
			return err
		}
		head := fmt.Sprintf("%s %s: %s\n%s\n", m.Name, m.Version, m.Licence, m.Home)
		if m.Credit != "" {
			head += m.Credit + "\n"
		}
		if i > 0 {
			head = "\n" + strings.Repeat("=", 72) + "\n\n" + head
		}
		if _, err := io.WriteString(c.Stdout, head+"\n"+text); err != nil {
			return err
		}
	}
	return nil
}

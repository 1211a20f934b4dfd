package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"atlasp2i/assets"
	"atlasp2i/internal/credits"
	"atlasp2i/internal/domain"
)

// licences lists what the program is made of beside itself; with the name of a
// component its terms in full, with --texts those of all.
func (c *command) licences(args []string) error {
	if len(args) > 1 {
		return usage("cli.extra", "given", args[1])
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

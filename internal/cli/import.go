package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"text/tabwriter"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/intake"
)

// importView is what becomes of one line of an imported file.
type importView struct {
	Line    int    `json:"line"`
	ID      string `json:"id"`
	Action  string `json:"action"`
	Class   string `json:"class"`
	Against string `json:"against"`
	Reason  string `json:"reason"`
}

// importFigures takes the figures of a file into the store, or with --dry-run only
// says what would become of its lines. A line that is refused does not stop the
// others: it is in the output.
func (c *command) importFigures(args []string) (err error) {
	if err := c.wants(args, "FILE"); err != nil {
		return err
	}
	d, err := c.Desk(c.pack)
	if err != nil {
		return err
	}
	c.Texts = d.Texts()
	if _, err := c.book(d); err != nil {
		return err
	}
	data, err := c.upTo(args[0], intake.MaxBytes)
	if err != nil {
		return err
	}
	// A store that another window holds must not hide a file that is refused.
	if _, err := intake.Read(data); err != nil {
		return err
	}
	c.needsStore = true
	d, closeStore, err := c.StoreDesk(c.pack, c.store, c.writes())
	if err != nil {
		return err
	}
	c.Texts = d.Texts() // of the rules that are active there
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	in, err := d.Intake(context.Background(), filepath.Base(args[0]), data, nil)
	if err != nil {
		return err
	}
	if !c.dryRun {
		if _, err := d.Import(context.Background(), in, nil); err != nil {
			return err
		}
	}
	if c.json {
		return c.writeJSON(c.importViews(in))
	}
	return c.importText(in)
}

// writes is what an import does to the store.
func (c *command) writes() Access {
	if c.dryRun {
		return Reads
	}
	return Changes
}

// exportFigures prints every figure as a table that importFigures reads.
func (c *command) exportFigures(args []string) error {
	if err := c.wants(args); err != nil {
		return err
	}
	readable := func(d *desk.Desk) error { _, err := c.book(d); return err }
	d, closeStore, err := c.ownDesk(readable)
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	if err := readable(d); err != nil {
		return err
	}
	return d.ExportFigures(c.Stdout)
}

func (c *command) importViews(in *desk.Intake) []importView {
	views := make([]importView, len(in.Lines))
	for i, l := range in.Lines {
		views[i] = importView{Line: l.Line, ID: l.ID, Action: l.Action, Class: string(l.Class), Against: l.Against}
		if l.Refused != nil {
			views[i].Reason = c.Texts.Problem(l.Refused)
		} else {
			views[i].Reason = c.Texts.T(l.Reason)
		}
	}
	return views
}

func (c *command) importText(in *desk.Intake) error {
	t := c.Texts
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	for _, v := range c.importViews(in) {
		class := ""
		if v.Class != "" {
			class = t.Text("figures.class." + v.Class)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.Text("intake.line", "line", fmt.Sprint(v.Line)), t.Text("intake.action."+v.Action), class, v.Reason)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout, t.Text("intake.sum", "new", in.Count[desk.ActionNew], "changed", in.Count[desk.ActionChanged],
		"duplicate", in.Count[desk.ActionDuplicate], "refused", in.Count[desk.ActionRefused], "conflicts", in.Conflicts))
	wrote := in.Count[desk.ActionNew] + in.Count[desk.ActionChanged]
	if c.dryRun || wrote == 0 {
		fmt.Fprintln(c.Stdout, t.Text("intake.nothing"))
		return nil
	}
	fmt.Fprintln(c.Stdout, t.Text("intake.written", "count", wrote))
	return nil
}

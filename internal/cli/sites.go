package cli

import (
	"fmt"
	"io"
	"text/tabwriter"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// sites prints the data sheets of all sites, or of one.
func (c *command) sites(args []string) error {
	if len(args) > 1 {
		return usage("cli.extra", "given", args[1])
	}
	d, closeStore, err := c.ownDesk(func(d *desk.Desk) error {
		for _, id := range args {
			if _, err := d.Sheet(id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	if len(args) == 0 {
		for _, s := range d.Sites() {
			args = append(args, s.ID)
		}
	}
	sheets := make([]*desk.Sheet, len(args))
	for i, id := range args {
		if sheets[i], err = d.Sheet(id); err != nil {
			return err
		}
	}
	if c.json {
		views := make([]siteView, len(sheets))
		for i, s := range sheets {
			views[i] = sheetView(d, s)
		}
		return c.writeJSON(views)
	}
	for i, s := range sheets {
		if i > 0 {
			fmt.Fprintln(c.Stdout)
		}
		if err := c.sheet(d, s); err != nil {
			return err
		}
	}
	return nil
}

// sheet prints one data sheet: what is published, with the user's values where
// they stand in its stead, then the names of what is not.
func (c *command) sheet(d *desk.Desk, s *desk.Sheet) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, t.Text("cli.site", "name", s.Site.Name, "id", s.Site.ID, "city", s.Site.City, "region", s.Region.Name))
	fmt.Fprintln(c.Stdout, c.standing(s))
	if note := t.Optional(s.Site.Note); note != "" {
		fmt.Fprintln(c.Stdout, note)
	}
	fmt.Fprintln(c.Stdout, t.Text("cli.site.complete", "have", s.Have, "fields", s.Fields, "share", completeness(s)))
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	missing := c.rows(w, d, s)
	if err := w.Flush(); err != nil {
		return err
	}
	if len(missing) > 0 {
		fmt.Fprintln(c.Stdout, t.Text("cli.site.missing", "names", missing))
	}
	return nil
}

// standing says what kind of site it is and how far it has come. The date of a
// status is the first for which a source shows it, not the day it began.
func (c *command) standing(s *desk.Sheet) string {
	t := c.Texts
	what := "platforms.class.none"
	switch {
	case s.Site.Kind == rules.KindDataCentre:
		what = "platforms.kind.datacentre"
	case s.Status.Class != "":
		what = "platforms.class." + s.Status.Class
	}
	if s.Status.Status == "" {
		return t.Text("cli.site.undated", "what", t.Text(what), "status", t.Text("platforms.status.none"))
	}
	return t.Text("cli.site.since", "what", t.Text(what), "status", t.Text("platforms.status."+s.Status.Status), "month", s.Status.From.Month())
}

// rows writes the lines of a sheet, the value last since some are sentences, and
// gives the names of those without one.
func (c *command) rows(w io.Writer, d *desk.Desk, s *desk.Sheet) (missing []string) {
	t := c.Texts
	row := func(label, when, sure, value string) { fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", label, when, sure, value) }
	for _, g := range s.Groups {
		for i := range g.Data {
			x := &g.Data[i]
			said := d.SayDatum(x)
			if !x.Known() {
				missing = append(missing, said.Label)
				continue
			}
			row(said.Label, said.When, said.Sure, said.Value)
			if said.Published != "" {
				row("", "", "", said.Published)
			}
		}
		for _, m := range g.More {
			key := moreKey(s, &m)
			row(t.Text(key), desk.SayAsOf(t, m.AsOf), desk.SaySure(t, m.Confidence), t.Text(key+".text"))
		}
	}
	return missing
}

// completeness is the share of the fields for which something is published, in
// hundredths, half up.
func completeness(s *desk.Sheet) domain.Share {
	if s.Fields == 0 {
		return 0
	}
	hundredths := (200*s.Have + s.Fields) / (2 * s.Fields)
	return domain.Share(hundredths) * (domain.ShareOne / 100)
}

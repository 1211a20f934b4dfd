package cli

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// sites prints the data sheets of all sites, or of one.
func (c *command) sites(args []string) error {
	if len(args) > 1 {
		return call.Usage("cli.extra", "given", args[1])
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

type siteView struct {
	ID           string              `json:"id"`
	Name         string              `json:"name"`
	City         string              `json:"city"`
	Region       string              `json:"region"`
	Kind         string              `json:"kind"`
	Status       string              `json:"status"`
	StatusSince  domain.Date         `json:"statusSince"` // the first day for which a source shows it; it may have begun before
	Class        string              `json:"class"`
	Note         string              `json:"note,omitempty"`
	Completeness domain.Share        `json:"completeness"`
	Facts        map[string]factView `json:"facts"`
	Own          map[string]ownView  `json:"own"`
	More         []moreView          `json:"more"`
}

// valueView is a value as it is written: the number, "yes" or "no", the sentence,
// or names.
type valueView struct {
	Value string   `json:"value,omitempty"`
	To    string   `json:"valueTo,omitempty"`
	Names []string `json:"names,omitempty"`
	Bound string   `json:"bound,omitempty"`
	Unit  string   `json:"unit"`
	AsOf  string   `json:"asOf"`
}

// publishedView is how sure something published is, and where it was read.
type publishedView struct {
	Confidence string       `json:"confidence"`
	Note       string       `json:"note,omitempty"`
	Source     sourceView   `json:"source"`
	Sources    []sourceView `json:"sources"`
}

type factView struct {
	valueView
	publishedView
	Place        string            `json:"place,omitempty"`
	Validity     string            `json:"validity,omitempty"`
	Alternatives []alternativeView `json:"alternatives"`
}

type alternativeView struct {
	valueView
	publishedView
	Kind  string `json:"kind"`
	Label string `json:"label,omitempty"`
}

type ownView struct {
	valueView
	Place string `json:"place,omitempty"`
	Note  string `json:"note"`
	At    string `json:"at"`
}

type moreView struct {
	publishedView
	ID    string `json:"id"`
	Group string `json:"group"`
	Label string `json:"label"`
	Text  string `json:"text"`
	AsOf  string `json:"asOf"`
}

// sheetView is a sheet: a fact without a value, which is one without a source,
// does not appear.
func sheetView(d *desk.Desk, s *desk.Sheet) siteView {
	w := factWriter{d.Texts(), d.Pack().Sources}
	v := siteView{
		ID: s.Site.ID, Name: s.Site.Name, City: s.Site.City, Region: s.Site.Region, Kind: s.Site.Kind,
		Status: s.Status.Status, StatusSince: s.Status.From, Class: s.Status.Class, Note: w.t.Optional(s.Site.Note),
		Completeness: completeness(s), Facts: map[string]factView{}, Own: map[string]ownView{}, More: []moreView{},
	}
	for _, g := range s.Groups {
		for i := range g.Data {
			x := &g.Data[i]
			place := ""
			if x.Place != s.Site.ID {
				place = x.Place
			}
			if x.Fact != nil {
				v.Facts[x.Field.ID] = w.fact(x, place)
			}
			if x.Own != nil {
				own := w.value(x.Field.Kind, x.Field.Unit, x.Own.Value)
				if x.Field.Kind == rules.FieldText {
					own.Value = x.Own.Value.Text // the user's own sentence, no key
				}
				own.AsOf = x.Own.AsOf
				v.Own[x.Field.ID] = ownView{own, place, x.Own.Note, x.Own.At.UTC().Format(time.RFC3339)}
			}
		}
		for _, m := range g.More {
			key := moreKey(s, &m)
			v.More = append(v.More, moreView{
				w.published(m.Confidence, "", m.Sources), m.ID, m.Group, w.t.Text(key), w.t.Text(key + ".text"), m.AsOf,
			})
		}
	}
	return v
}

// moreKey is the pack text that names something no field asks for.
func moreKey(s *desk.Sheet, m *rules.More) string { return "more." + s.Site.ID + "." + m.ID }

// factWriter turns what a pack publishes into views.
type factWriter struct {
	t       *i18n.Catalogue
	sources map[string]rules.Source
}

func (w factWriter) fact(x *desk.Datum, place string) factView {
	f := x.Fact
	v := factView{
		w.value(x.Field.Kind, x.Field.Unit, f.Value), w.published(f.Confidence, f.Note, f.Sources),
		place, w.t.Optional(f.Validity),
		[]alternativeView{},
	}
	v.AsOf = f.AsOf
	for i := range f.Others {
		o := &f.Others[i]
		a := alternativeView{w.value(o.ValueKind(x.Field), o.Unit, o.Value), w.published(o.Confidence, o.Note, o.Sources), o.Kind, w.t.Optional(o.Label)}
		a.AsOf = o.AsOf
		v.Alternatives = append(v.Alternatives, a)
	}
	return v
}

func (w factWriter) value(kind, unit string, v rules.FactValue) valueView {
	out := valueView{Value: v.Text, Names: v.Names, Bound: v.Bound, Unit: unit}
	if kind == rules.FieldText {
		out.Value = w.t.Text(v.Text)
	}
	if v.To > v.Num {
		out.To = v.To.String()
	}
	return out
}

func (w factWriter) published(confidence, note string, ids []string) publishedView {
	v := publishedView{Confidence: confidence, Note: w.t.Optional(note), Sources: []sourceView{}}
	for _, id := range ids {
		s := w.sources[id]
		v.Sources = append(v.Sources, sourceView{s.Publisher, s.Title, s.Date, s.URL})
	}
	if len(v.Sources) > 0 {
		v.Source = v.Sources[0]
	}
	return v
}

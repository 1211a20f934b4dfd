package platforms

import (
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/rules"
)

// sheet is the data sheet of a place written out: of a site, or of a region.
type sheet struct {
	id, name string
	status   *chip // nil for a region
	class    string
	line     string // where it is, who runs it, how much is published
	note     string
	figures  []figure
	sites    []link // of a region: the sites in it
	acts     bool   // it can be compared and simulated
	groups   []group
	sources  []desk.SourceText
	desk     *desk.Sheet // of a site
}

// link is a place to go to.
type link struct{ id, name string }

// group is a part of a sheet under a tab.
type group struct {
	id, label string
	lines     []line
	aid       *aid // what heads the aids of a site
}

// line is a row of a sheet: a field, or something else that was published.
type line struct {
	label string
	value string
	long  bool // a sentence or names: under the label, where it can be broken
	none  bool // not published
	own   bool
	when  string
	sure  string
	foot  string // how many other values were published
	under string // the published value beside the user's; validity of an aid
	datum *desk.Datum
	more  *rules.More
}

// site writes out the sheet of a site.
func (p *presenter) site(id string) (*sheet, error) {
	s, err := p.d.Sheet(id)
	if err != nil {
		return nil, err
	}
	status := p.status(s.Status)
	out := &sheet{
		id: id, name: s.Site.Name, status: &status, class: p.class(s.Site, s.Status),
		note: p.t.Optional(s.Site.Note), figures: p.figures(s), acts: s.Site.Kind == rules.KindP2I,
		sources: p.sources(s.Sources), desk: s,
	}
	out.line = p.where(s, p.t.Text("datum.own"))
	for _, g := range s.Groups {
		to := group{id: g.ID, label: p.t.Text("platforms.group." + g.ID)}
		for i := range g.Data {
			to.lines = append(to.lines, p.line(&g.Data[i]))
		}
		for i := range g.More {
			to.lines = append(to.lines, p.more(id, &g.More[i]))
		}
		if g.ID == rules.GroupAid {
			to.aid = p.aid(s)
		}
		out.groups = append(out.groups, to)
	}
	return out, nil
}

// where is the line of a site: where it is, who runs it, how much is published.
func (p *presenter) where(s *desk.Sheet, own string) string {
	return p.t.Text("platforms.line", "city", s.Site.City, "region", s.Region.Name,
		"operator", p.operator(s, own), "have", s.Have, "fields", s.Fields)
}

// operator is who runs a site, or that nobody has said it; own marks a name that
// the user gave.
func (p *presenter) operator(s *desk.Sheet, own string) string {
	x := datumOf(s, fieldOperator)
	if x == nil || !x.Known() {
		return p.t.Text("platforms.operator.none")
	}
	said := p.d.SayDatum(x)
	name := strings.TrimSuffix(said.Value, ".") // in the middle of a line
	if said.Own {
		return p.t.Text("platforms.operator.own", "name", name, "own", own)
	}
	return name
}

// datumOf finds a field on a sheet; nil where the pack has no such field.
func datumOf(s *desk.Sheet, field string) *desk.Datum {
	for _, g := range s.Groups {
		for i := range g.Data {
			if g.Data[i].Field.ID == field {
				return &g.Data[i]
			}
		}
	}
	return nil
}

// line writes out one field.
func (p *presenter) line(x *desk.Datum) line {
	said := p.d.SayDatum(x)
	l := line{
		label: said.Label, value: said.Value, when: said.When, sure: p.sure(x), own: said.Own,
		none: !x.Known(), datum: x, under: said.Validity,
	}
	l.long = !l.none && (x.Field.Kind == rules.FieldText || x.Field.Kind == rules.FieldNames)
	if n := len(said.Others); n > 0 {
		l.foot = p.t.Text("platforms.others", "count", n)
	}
	if said.Own {
		l.under = said.Published
		if l.under == "" {
			l.under = p.t.Text("platforms.own.alone")
		}
	}
	return l
}

// more writes out what no field asks for.
func (p *presenter) more(site string, m *rules.More) line {
	key := "more." + site + "." + m.ID
	return line{
		label: p.t.Text(key), value: p.t.Text(key + ".text"), long: true,
		when: desk.SayAsOf(p.t, m.AsOf), sure: p.shortSure(m.Confidence), more: m,
	}
}

// region writes out the statistics of a region.
func (p *presenter) region(id string) (*sheet, error) {
	r := p.d.Pack().Region(id)
	out := &sheet{id: id, name: r.Name, note: p.t.Optional(r.Note)}
	g := group{id: "statistics", label: p.t.Text("platforms.statistics")}
	have := 0
	var sources []string
	for _, f := range p.regionFields() {
		data, err := p.d.RegionData(f.ID)
		if err != nil {
			return nil, err
		}
		x := data[id]
		if x.Fact != nil {
			have++
			sources = append(sources, x.Fact.SourceIDs()...)
		}
		g.lines = append(g.lines, p.line(&x))
	}
	out.groups = []group{g}
	out.line = p.t.Text("platforms.region.line", "have", have, "fields", len(g.lines))
	out.sources = p.sources(p.d.Pack().NewestFirst(sources))
	for _, s := range p.d.Sites() {
		if s.Region == id {
			out.sites = append(out.sites, link{s.ID, s.Name})
		}
	}
	return out, nil
}

// regionFields are the fields that regions have.
func (p *presenter) regionFields() []*rules.Field {
	var out []*rules.Field
	fields := p.d.Pack().Fields
	for i := range fields {
		if fields[i].Scope == rules.ScopeRegion {
			out = append(out, &fields[i])
		}
	}
	return out
}

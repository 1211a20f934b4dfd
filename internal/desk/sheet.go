package desk

import (
	"cmp"
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Sheet is the data sheet of one site under the active pack, on the day the pack
// was verified.
type Sheet struct {
	Site    *rules.Site
	Region  *rules.Region
	Status  rules.SiteStatus
	Have    int // fields with a published value
	Fields  int
	Groups  []SheetGroup
	AIR     AIROffer
	Sources []string // ids of every source of the sheet, by date, the newest first
}

// SheetGroup is a part of a sheet: its fields in the order of the pack, and what
// else was published.
type SheetGroup struct {
	ID   string
	Data []Datum
	More []rules.More
}

// AIROffer is what the income-tax cap is for a company at a platform today, and
// once the status of the platform changes.
type AIROffer struct {
	Here      Caps // a company on the platform, or where it will stand
	Elsewhere Caps // a company elsewhere in the region
	Until     domain.Month
	Rule      *calc.RuleRef // where the cap is written; nil where none applies
	Opening   []OpeningCap  // for a platform not in operation yet: the cap it would have, by class
}

// Caps is a cap under the two readings of air.outside.
type Caps struct{ None, Region calc.Cap }

// Settled is whether both readings give the same.
func (c Caps) Settled() bool { return c.None == c.Region }

// OpeningCap is the cap a platform would have, were it opened with a class.
type OpeningCap struct {
	Class string
	Cap   calc.Cap
}

// Sheet gives the data sheet of a site; an unknown id is a *domain.Problem.
func (d *Desk) Sheet(id string) (*Sheet, error) {
	p := d.p.Pack
	site := p.Site(id)
	if site == nil {
		return nil, domain.Refuse("site", id, "site.unknown", "accepted", d.texts.List(d.siteIDs()))
	}
	owns, err := d.owns()
	if err != nil {
		return nil, err
	}
	s := &Sheet{Site: site, Region: p.Region(site.Region), AIR: d.airOffer(site)}
	s.Status = d.StatusOf(site)
	s.Have, s.Fields = p.Completeness(site)
	for i := range p.Fields {
		f := &p.Fields[i]
		g := s.group(f.Group)
		g.Data = append(g.Data, d.datum(site, f, owns))
	}
	for _, m := range site.More {
		g := s.group(m.Group)
		g.More = append(g.More, m)
	}
	s.Sources = p.NewestFirst(s.sourceIDs())
	return s, nil
}

// Datum gives one line about a place: of a site's sheet, or of a region; nil where
// place or field is unknown, or the field is not one of such places.
func (d *Desk) Datum(place, field string) (*Datum, error) {
	f := d.p.Pack.Field(field)
	if f == nil {
		return nil, nil
	}
	if site := d.p.Pack.Site(place); site != nil {
		owns, err := d.owns()
		if err != nil {
			return nil, err
		}
		x := d.datum(site, f, owns)
		return &x, nil
	}
	regions, err := d.RegionData(field)
	if x, ok := regions[place]; ok {
		return &x, nil
	}
	return nil, err
}

func (d *Desk) datum(site *rules.Site, f *rules.Field, owns map[ownKey]*Own) Datum {
	x := Datum{Field: f, Place: site.ID, Fact: d.p.Pack.Fact(site, f.ID)}
	if f.Scope == rules.ScopeRegion {
		x.Place = site.Region
	}
	x.Own = owns[ownKey{x.Place, f.ID}]
	return x
}

// RegionData gives, by region, the lines of one field of regions: what the map
// is shaded by.
func (d *Desk) RegionData(field string) (map[string]Datum, error) {
	f := d.p.Pack.Field(field)
	owns, err := d.owns()
	if err != nil || f == nil || f.Scope != rules.ScopeRegion {
		return nil, err
	}
	out := map[string]Datum{}
	for i := range d.p.Pack.Regions {
		r := &d.p.Pack.Regions[i]
		out[r.ID] = Datum{Field: f, Place: r.ID, Fact: r.Fact(field), Own: owns[ownKey{r.ID, field}]}
	}
	return out, nil
}

// StatusOf is the status of a site on the day the pack was verified; the first
// one it will have where that is later.
func (d *Desk) StatusOf(s *rules.Site) rules.SiteStatus {
	if st, ok := s.At(d.engine.Today()); ok {
		return *st
	}
	if len(s.History) == 0 {
		return rules.SiteStatus{}
	}
	return s.History[0]
}

// Sites lists the sites of the pack, those in operation first, then by name.
func (d *Desk) Sites() []*rules.Site {
	rank := map[string]int{rules.Operational: 0, rules.Launching: 1, rules.Planned: 2}
	out := make([]*rules.Site, len(d.p.Pack.Sites))
	for i := range d.p.Pack.Sites {
		out[i] = &d.p.Pack.Sites[i]
	}
	slices.SortStableFunc(out, func(a, b *rules.Site) int {
		return cmp.Or(cmp.Compare(rank[d.StatusOf(a).Status], rank[d.StatusOf(b).Status]), cmp.Compare(a.Kind, b.Kind)*-1, cmp.Compare(a.Name, b.Name))
	})
	return out
}

func (d *Desk) siteIDs() []string {
	var ids []string
	for _, s := range d.p.Pack.Sites {
		ids = append(ids, s.ID)
	}
	return ids
}

func (d *Desk) airOffer(s *rules.Site) AIROffer {
	e, today := d.engine, d.engine.Today()
	o := AIROffer{Until: e.RegimeLast()}
	if s.Kind != rules.KindP2I {
		return o
	}
	o.Here.None, o.Here.Region = e.AIRCap(s.ID, true, today)
	o.Elsewhere.None, o.Elsewhere.Region = e.AIRCap(s.Region, false, today)
	for _, class := range []struct{ id, rule string }{
		{rules.ClassMain, "air.cap.main"}, {rules.ClassSecondary, "air.cap.secondary"},
	} {
		c := e.ClassCap(class.id, today)
		if !e.InOperation(s.ID) {
			o.Opening = append(o.Opening, OpeningCap{class.id, c})
		}
		if o.Here.Region.Applies && c == o.Here.Region {
			rule := e.Rule(class.rule, today)
			o.Rule = &rule
		}
	}
	return o
}

// group is a part of the sheet, made where it is not there yet.
func (s *Sheet) group(id string) *SheetGroup {
	i := slices.IndexFunc(s.Groups, func(g SheetGroup) bool { return g.ID == id })
	if i < 0 {
		i = len(s.Groups)
		s.Groups = append(s.Groups, SheetGroup{ID: id})
	}
	return &s.Groups[i]
}

// sourceIDs are those of everything on the sheet, some more than once.
func (s *Sheet) sourceIDs() []string {
	ids := slices.Clone(s.Status.Sources)
	for _, g := range s.Groups {
		for _, x := range g.Data {
			ids = append(ids, x.Fact.SourceIDs()...)
		}
		for _, m := range g.More {
			ids = append(ids, m.Sources...)
		}
	}
	return ids
}

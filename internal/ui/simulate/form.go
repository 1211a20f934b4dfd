package simulate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// Form is the presenter of the left column: what was typed, what it means as a
// project, and what is said beside each field. Fields are named by the paths of
// the project's JSON ("roles[0].hires[1].count"), a profit by profitPath. It
// knows no widget and is for one goroutine.
type Form struct {
	desk   *desk.Desk
	engine *calc.Engine
	texts  *i18n.Catalogue
	format *i18n.Formatter

	who           *identity // shared with the copies to go back to
	name          input[string]
	segment, site string
	inside        *bool
	export        input[domain.Share]
	from, start   input[domain.Month]
	months        input[int]
	roles         []*role
	profits       map[int]*input[domain.Money]
	listed        bool // profits are given, be it an empty list
	readings      map[string]string
	settled       []string
	ramp          *ramp

	insist   bool // also say what is missing in fields never typed into
	project  domain.Project
	found    map[string]string // path -> what is wrong there
	missing  []string          // names of required fields that are empty
	mistakes []string          // names of fields that are refused
	taxed    []int             // years of the last result that a profit matters for
}

// Paths of the fields that are not inside a list.
const (
	pathName    = "name"
	pathSegment = "segment"
	pathSite    = "site"
	pathInside  = "insideP2I"
	pathExport  = "exportShare"
	pathFrom    = "from"
	pathMonths  = "months"
	pathStart   = "operationStart"
	pathRoles   = "roles"
)

func profitPath(year int) string { return fmt.Sprintf("profits[%d].taxable", year) }

func rolePath(i int, name string) string { return fmt.Sprintf("roles[%d].%s", i, name) }

func hirePath(i, j int, name string) string { return fmt.Sprintf("roles[%d].hires[%d].%s", i, j, name) }

// NewForm is an empty form: nothing is filled in but the name.
func NewForm(d *desk.Desk) *Form {
	f := blankForm(d)
	f.name.set(f.texts.Text("simulate.new"))
	f.roles = []*role{f.newRole()}
	f.review()
	return f
}

func blankForm(d *desk.Desk) *Form {
	f := &Form{
		desk: d, engine: d.Engine(), texts: d.Texts(), format: d.Texts().Formatter(), who: &identity{},
		profits: map[int]*input[domain.Money]{}, readings: map[string]string{},
	}
	f.name, f.export, f.months = f.textInput(), f.shareInput(), f.countInput()
	f.from, f.start = f.monthInput(), f.monthInput()
	return f
}

// OpenForm is a form that shows a draft.
func OpenForm(d *desk.Desk, dr desk.Draft) *Form {
	f := blankForm(d)
	p := &dr.Project
	f.who = identityOf(dr)
	f.name.set(p.Name)
	f.segment, f.site = p.Segment, p.Site
	if p.InsideP2I != nil {
		inside := *p.InsideP2I
		f.inside = &inside
	}
	f.export.setGiven(p.ExportShare)
	if p.From != 0 {
		f.from.set(p.From)
	}
	f.months.setGiven(p.Months)
	f.start.setGiven(p.OperationStart)
	for i := range p.Roles {
		r := f.openRole(&p.Roles[i])
		r.preset = dr.Marks[rolePath(i, "grossMonthly")]
		f.roles = append(f.roles, r)
	}
	f.listed = p.Profits != nil
	for _, x := range p.Profits {
		f.profit(x.Year).set(x.Taxable)
	}
	maps.Copy(f.readings, p.Readings)
	f.settled = slices.Clone(p.Settled)
	f.review()
	return f
}

// clone is a copy to go back to.
func (f *Form) clone() *Form {
	c := *f
	if f.inside != nil {
		inside := *f.inside
		c.inside = &inside
	}
	c.roles = make([]*role, len(f.roles))
	for i, r := range f.roles {
		c.roles[i] = r.clone()
	}
	c.profits = map[int]*input[domain.Money]{}
	for year, in := range f.profits {
		kept := *in
		c.profits[year] = &kept
	}
	c.readings, c.settled = maps.Clone(f.readings), slices.Clone(f.settled)
	c.ramp = nil
	return &c
}

func (f *Form) profit(year int) *input[domain.Money] {
	in := f.profits[year]
	if in == nil {
		made := f.moneyInput()
		in = &made
		f.profits[year] = in
	}
	return in
}

// cell finds the field of a path, nil where there is none that is typed into.
func (f *Form) cell(path string) cell {
	switch path {
	case pathName:
		return &f.name
	case pathExport:
		return &f.export
	case pathFrom:
		return &f.from
	case pathMonths:
		return &f.months
	case pathStart:
		return &f.start
	}
	if year, rest, ok := indexed(path, "profits"); ok && rest != "" {
		return f.profit(year)
	}
	if i, rest, ok := indexed(path, "roles"); ok && i < len(f.roles) {
		return f.roles[i].cell(rest)
	}
	if f.ramp != nil {
		return f.ramp.cell(path)
	}
	return nil
}

// indexed splits "list[3].rest".
func indexed(path, list string) (i int, rest string, ok bool) {
	tail, ok := strings.CutPrefix(path, list+"[")
	if !ok {
		return 0, "", false
	}
	digits, rest, ok := strings.Cut(tail, "].")
	i, err := strconv.Atoi(digits)
	return i, rest, ok && err == nil
}

// Text is what stands in a field.
func (f *Form) Text(path string) string {
	if c := f.cell(path); c != nil {
		return c.shown()
	}
	return ""
}

// Type takes what was typed into a field and reads the whole form again.
func (f *Form) Type(path, text string) {
	c := f.cell(path)
	if c == nil || c.shown() == text {
		return
	}
	if i, rest, ok := indexed(path, "roles"); ok && rest == "grossMonthly" {
		f.typePay(f.roles[i], text)
	} else {
		c.put(text)
	}
	c.touch()
	f.review()
}

// Formatted is the text of a field in the house's way: "30 000" for "30000".
func (f *Form) Formatted(path string) string {
	if c := f.cell(path); c != nil {
		return c.formatted()
	}
	return ""
}

// Step is the text one month or one person up or down; false where the field
// cannot be read.
func (f *Form) Step(path string, delta int) (string, bool) {
	switch in := f.cell(path).(type) {
	case *input[domain.Month]:
		if v := in.given(); v != nil {
			return in.write(*v + domain.Month(delta)), true
		}
	case *input[int]:
		if v := in.given(); v != nil && *v+delta >= 0 {
			return in.write(*v + delta), true
		}
	}
	return "", false
}

// Segments lists the filières.
func (f *Form) Segments() []Option {
	pack := f.desk.Pack()
	out := make([]Option, 0, len(pack.Segments))
	for _, s := range pack.Segments {
		out = append(out, Option{s.ID, f.texts.Text("simulate.segment", "id", s.ID, "name", f.texts.Text("segment."+s.ID))})
	}
	return out
}

// Option is a choice: an id and what is shown of it.
type Option struct{ ID, Text string }

// Places lists platforms, those in operation first, then regions.
func (f *Form) Places() []Option {
	var now, later, regions []Option
	for _, id := range f.engine.Places() {
		site := f.desk.Pack().Site(id)
		name := f.desk.PlaceName(id)
		switch {
		case site == nil:
			regions = append(regions, Option{id, f.texts.Text("simulate.site.region", "name", name)})
		case f.engine.InOperation(id):
			now = append(now, Option{id, name})
		default:
			later = append(later, Option{id, f.texts.Text("simulate.site.later", "name", name)})
		}
	}
	return slices.Concat(now, later, regions)
}

// SetSegment chooses a filière.
func (f *Form) SetSegment(id string) { f.segment = id; f.review() }

// SetSite chooses a place; the answer inside or outside belongs to the old one.
func (f *Form) SetSite(id string) { f.site, f.inside = id, nil; f.review() }

// AsksInside is whether a project there may stand inside the platform or not.
func (f *Form) AsksInside() bool { return f.engine.InOperation(f.site) }

// Answers of SetInside.
const (
	insideYes = "yes"
	insideNo  = "no"
)

// SetInside answers whether the project stands inside the platform; "" takes
// the answer back.
func (f *Form) SetInside(id string) {
	f.inside = nil
	if id != "" {
		yes := id == insideYes
		f.inside = &yes
	}
	f.review()
}

// Inside is the answer as SetInside takes it.
func (f *Form) Inside() string {
	switch {
	case f.inside == nil:
		return ""
	case *f.inside:
		return insideYes
	default:
		return insideNo
	}
}

// SetReading takes one way to understand a text, settled or not.
func (f *Form) SetReading(id, value string, settled bool) {
	f.readings[id] = value
	f.settled = slices.DeleteFunc(f.settled, func(s string) bool { return s == id })
	if settled {
		f.settled = append(f.settled, id)
	}
	f.review()
}

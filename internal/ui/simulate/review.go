package simulate

import (
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// review reads the form as a project and finds what is wrong, field by field.
func (f *Form) review() {
	f.found, f.missing, f.mistakes = map[string]string{}, nil, nil
	for i := range f.roles {
		f.convert(f.roles[i])
	}
	f.project = f.build()
	f.unread()
	years := f.profitYears()
	for _, p := range f.engine.Check(&f.project) {
		path := p.Field
		if k, rest, ok := indexed(path, "profits"); ok && k < len(years) && rest != "" {
			path = profitPath(years[k])
		}
		f.note(path, p.Msg)
	}
	if f.ramp != nil {
		f.reviewRamp()
	}
}

// unread notes the fields whose text means nothing.
func (f *Form) unread() {
	for _, path := range f.paths() {
		if why := f.cell(path).wrong(); why != nil {
			f.note(path, why.Msg)
		}
	}
}

// paths lists the fields that are typed into, in the order of the screen.
func (f *Form) paths() []string {
	out := []string{pathName, pathExport}
	for i, r := range f.roles {
		for _, name := range roleFields {
			out = append(out, rolePath(i, name))
		}
		for j := range r.hires {
			out = append(out, hirePath(i, j, "month"), hirePath(i, j, "count"))
		}
	}
	out = append(out, pathFrom, pathMonths, pathStart)
	for _, year := range slices.Sorted(maps.Keys(f.profits)) {
		out = append(out, profitPath(year))
	}
	return out
}

// note keeps the first thing that is wrong in a field. An empty field is
// missing, not mistaken.
func (f *Form) note(path string, m domain.Msg) {
	if _, known := f.found[path]; known {
		return
	}
	if f.blank(path) {
		f.found[path] = f.texts.Text("input.empty")
		f.missing = append(f.missing, f.label(path))
		return
	}
	f.found[path] = f.texts.T(m)
	f.mistakes = append(f.mistakes, f.label(path))
}

// blank is whether nothing was given where something is wrong.
func (f *Form) blank(path string) bool {
	switch path {
	case pathSegment:
		return f.segment == ""
	case pathSite:
		return f.site == ""
	case pathRoles:
		return len(f.roles) == 0
	}
	if c := f.cell(path); c != nil {
		return c.empty()
	}
	return strings.HasSuffix(path, ".hires")
}

// label is the name of a field in a sentence.
func (f *Form) label(path string) string {
	i, rest, ok := indexed(path, "roles")
	if !ok {
		end := strings.IndexAny(path+".", "[.")
		return f.texts.Text("simulate.label." + path[:end])
	}
	if _, hire, ok := indexed(rest, "hires"); ok {
		rest = hire
	}
	return f.texts.Text("simulate.label.of", "label", f.texts.Text("simulate.label."+rest), "role", f.RoleName(i))
}

// build is the project as far as it is given.
func (f *Form) build() domain.Project {
	p := domain.Project{
		Name: f.name.value, Segment: f.segment, Site: f.site, InsideP2I: f.inside,
		From: f.from.value, Months: f.months.given(), OperationStart: f.start.given(), ExportShare: f.export.given(),
		Settled: slices.Clone(f.settled),
	}
	for _, r := range f.roles {
		p.Roles = append(p.Roles, r.build())
	}
	if f.listed {
		p.Profits = []domain.Profit{}
	}
	for _, year := range f.profitYears() {
		p.Profits = append(p.Profits, domain.Profit{Year: year, Taxable: f.profits[year].value})
	}
	if len(f.readings) > 0 {
		p.Readings = maps.Clone(f.readings)
	}
	return p
}

// profitYears are the years with a readable profit, in the order of the project.
func (f *Form) profitYears() []int {
	var out []int
	for _, year := range slices.Sorted(maps.Keys(f.profits)) {
		if f.profits[year].given() != nil {
			out = append(out, year)
		}
	}
	return out
}

// Ready is whether the project can be computed.
func (f *Form) Ready() bool { return len(f.found) == 0 }

// Draft is the simulation as typed, under the rules of today once it was changed.
func (f *Form) Draft(changed bool) desk.Draft {
	dr := f.who.draft()
	if changed {
		dr.Pack = ""
	}
	dr.Project, dr.Marks = f.project, f.marks()
	return dr
}

// marks names the pay levels that were taken from a preset.
func (f *Form) marks() map[string]string {
	out := map[string]string{}
	for i, r := range f.roles {
		if r.preset != "" {
			out[rolePath(i, "grossMonthly")] = r.preset
		}
	}
	return out
}

// Insist says what is missing in every field from now on: somebody tried to save.
func (f *Form) Insist() { f.insist = true }

// Message is what is wrong in a field, "" for nothing. That a field is empty is
// said only after it was typed into.
func (f *Form) Message(path string) string {
	said := f.found[path]
	if f.ramp != nil && f.ramp.cell(path) != nil {
		said = f.ramp.found[path]
	}
	if said == "" || f.insist || !f.blank(path) {
		return said
	}
	if c := f.cell(path); c == nil || !c.saysMissing() {
		return ""
	}
	return said
}

// wrongRoles are the roles from one on about which something is said.
func (f *Form) wrongRoles(from int) []int {
	out := map[int]bool{}
	for path := range f.found {
		if i, _, ok := indexed(path, "roles"); ok && i >= from && !out[i] && f.Message(path) != "" {
			out[i] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// wrongHires are the hires of a role from one on about which something is said;
// an empty one is among them: it waits to be typed into.
func (f *Form) wrongHires(role, from int) []int {
	var out []int
	hires := f.roles[role].hires
	for j := from; j < len(hires); j++ {
		h := hires[j]
		if h.month.empty() || h.count.empty() || f.Message(hirePath(role, j, "month")) != "" || f.Message(hirePath(role, j, "count")) != "" {
			out = append(out, j)
		}
	}
	return out
}

// mostNamed is how many fields are named in a sentence.
const mostNamed = 4

// Hold is why there is no current result, "" where there is one.
func (f *Form) Hold() string {
	switch {
	case len(f.mistakes) > 0:
		return f.texts.Text("simulate.hold.wrong", "fields", f.list(f.mistakes))
	case len(f.missing) > 0:
		return f.texts.Text("simulate.hold.missing", "fields", f.list(f.missing))
	default:
		return ""
	}
}

func (f *Form) list(names []string) string {
	if more := len(names) - mostNamed; more > 0 {
		names = append(slices.Clone(names[:mostNamed]), f.texts.Text("simulate.hold.more", "count", more))
	}
	return f.texts.List(names)
}

// Default is what is supposed where an optional field is empty, in the house's
// way; "" for a field that must be given.
func (f *Form) Default(path string) string {
	_, name, ok := indexed(path, "roles")
	if !ok {
		name = path
	}
	switch name {
	case pathExport, "moroccanShare":
		return f.percent(domain.ShareOne)
	case pathMonths:
		return f.format.Count(calc.DefaultMonths)
	case pathStart:
		return f.from.formatted()
	case "annualRaise", "annualAttrition":
		return f.percent(0)
	case "dependants":
		return f.format.Count(0)
	default:
		return ""
	}
}

// Hint says beside an empty optional field that its value is supposed.
func (f *Form) Hint(path string) string {
	given := f.inside != nil
	if path != pathInside {
		c := f.cell(path)
		given = c == nil || !c.empty() || f.Default(path) == ""
	}
	if given {
		return ""
	}
	return f.texts.Text("simulate.supposed")
}

// Learn keeps what a result says about the form: the years that are taxed and
// that a profit can be given for.
func (f *Form) Learn(r *calc.Result) {
	f.taxed = nil
	for i := range r.Years {
		if !r.Years[i].Exempt && r.Years[i].Year >= f.engine.FirstProfitYear() {
			f.taxed = append(f.taxed, r.Years[i].Year)
		}
	}
}

// ProfitYears are the years a profit is asked for: those that are taxed, and
// those where one was typed.
func (f *Form) ProfitYears() []int {
	all := map[int]bool{}
	for _, year := range f.taxed {
		all[year] = true
	}
	for year, in := range f.profits {
		if !in.empty() {
			all[year] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Question is the one whose answer would narrow the range most.
type Question struct{ Title, Body string }

// percentUnit is one percent in millionths.
const percentUnit = domain.ShareOne / 100

// Ask gives the question of a result; false where no answer narrows.
func (f *Form) Ask(r *calc.Result) (Question, bool) {
	if len(r.Narrowing) == 0 {
		return Question{}, false
	}
	n := r.Narrowing[0]
	var answers []string
	for _, x := range f.desk.Pack().Readings {
		if x.ID == n.Reading {
			for _, v := range x.Values {
				answers = append(answers, f.texts.Text("reading."+x.ID+"."+v))
			}
		}
	}
	title := f.texts.Text("simulate.ask.all")
	if n.AtLeast < domain.ShareOne {
		// Rounded down: the promise is "at least".
		title = f.texts.Text("simulate.ask.title", "share", n.AtLeast/percentUnit*percentUnit)
	}
	return Question{
		Title: title,
		Body:  f.texts.Text("simulate.ask.body", "reading", f.texts.Text("reading."+n.Reading), "answers", f.either(answers)),
	}, true
}

// either joins answers as a choice.
func (f *Form) either(said []string) string {
	last := len(said) - 1
	if last < 1 {
		return strings.Join(said, "")
	}
	return f.texts.Text("simulate.ask.or", "first", strings.Join(said[:last], f.texts.Text("list.comma")), "last", said[last])
}

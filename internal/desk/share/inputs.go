package share

import (
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

// inputs writes out what a simulation was computed from, under the names that the
// form has for it.
type inputs struct {
	d     *desk.Desk
	t     *i18n.Catalogue
	f     *i18n.Formatter
	marks map[string]string
	out   []said
}

// sayContent is a content of a simulation in words: first what came out of it, then
// what it was computed from. A project that cannot be read is left out.
func sayContent(d *desk.Desk, c *store.Content) []said {
	in := &inputs{d: d, t: d.Texts(), f: d.Texts().Formatter(), marks: c.Marks}
	in.say("site", "simulate.site.label", d.PlaceName(c.Summary.Site))
	in.total(bound{"total", "share.row.total", c.Summary.Total, c.Summary.Months})
	in.total(bound{"low", "share.row.low", c.Summary.Low, c.Summary.Months})
	in.total(bound{"high", "share.row.high", c.Summary.High, c.Summary.Months})
	in.say("pack", "share.row.pack", in.f.Count(c.PackNumber))
	p, err := project.Read(c.Project)
	if err != nil {
		return in.out
	}
	in.project(&p)
	for i := range p.Roles {
		in.role(i, &p.Roles[i])
	}
	for _, id := range domain.ReadingIDs {
		if v, given := p.Readings[id]; given {
			in.add("readings."+id, in.optional("reading."+id, id), in.optional("reading."+id+"."+v, v))
		}
	}
	var settled []string
	for _, id := range slices.Sorted(slices.Values(p.Settled)) {
		settled = append(settled, in.optional("reading."+id, id))
	}
	in.add("settled", in.t.Text("share.row.settled"), strings.Join(settled, " · "))
	return in.out
}

// always is how many rows of a simulation are shown though versions agree: site,
// total and its bounds.
const always = 4

func (in *inputs) add(key, label, value string) { in.out = append(in.out, said{key, label, value}) }

// say adds what stands under a text of the catalogue, marked where it was taken
// from a preset.
func (in *inputs) say(key, label, value string) {
	if _, marked := in.marks[key]; marked && value != "" {
		value = in.t.Text("paper.in.supposed", "value", value)
	}
	in.add(key, in.t.Text(label), value)
}

// bound is a gain with the months that it is the sum of.
type bound struct {
	key, label, amount string
	months             int
}

func (in *inputs) total(b bound) {
	if m, err := domain.ParseMoney(b.amount); err == nil {
		in.say(b.key, b.label, in.t.Text("share.amount", "amount", in.f.Amount(m), "count", b.months))
	}
}

func (in *inputs) project(p *domain.Project) {
	in.say("name", "simulate.name", p.Name)
	in.say("segment", "simulate.segment.label", p.Segment)
	if p.InsideP2I != nil {
		in.say("insideP2I", "simulate.inside", in.t.Text("state."+yesNo(*p.InsideP2I)))
	}
	in.say("from", "simulate.from", in.f.Month(p.From))
	if p.Months != nil {
		in.say("months", "simulate.months", in.f.Count(*p.Months))
	}
	if p.OperationStart != nil {
		in.say("operationStart", "simulate.start", in.f.Month(*p.OperationStart))
	}
	in.share("exportShare", "simulate.export", p.ExportShare)
	for _, x := range p.Profits {
		year := strconv.Itoa(x.Year)
		in.add("profits."+year, in.t.Text("simulate.profit", "year", x.Year), in.f.AmountExact(x.Taxable))
	}
}

func (in *inputs) role(i int, r *domain.Role) {
	path := "roles[" + strconv.Itoa(i) + "]."
	from := len(in.out)
	in.say(path+"title", "simulate.role.title", r.Title)
	in.say(path+"grossMonthly", "simulate.role.pay.gross", in.f.AmountExact(r.GrossMonthly))
	in.share(path+"annualRaise", "simulate.role.raise", r.AnnualRaise)
	if r.Dependants != nil {
		in.say(path+"dependants", "simulate.role.dependants", in.f.Count(*r.Dependants))
	}
	in.share(path+"moroccanShare", "simulate.role.moroccan", r.MoroccanShare)
	in.share(path+"annualAttrition", "simulate.role.attrition", r.AnnualAttrition)
	var hires []string
	for _, h := range r.Hires {
		hires = append(hires, in.t.Text("paper.hire", "people", in.f.Count(h.Count), "month", h.Month))
	}
	in.say(path+"hires", "simulate.hires", strings.Join(hires, " · "))
	name := r.Title
	if name == "" {
		name = in.t.Text("simulate.role.number", "number", i+1)
	}
	for k := from; k < len(in.out); k++ {
		in.out[k].label = in.t.Text("simulate.label.of", "label", in.out[k].label, "role", name)
	}
}

func (in *inputs) share(key, label string, s *domain.Share) {
	if s != nil {
		in.say(key, label, in.t.Text("simulate.percent", "share", *s))
	}
}

// optional is a text, or the id where no catalogue has one: a project may come from
// another pack.
func (in *inputs) optional(key, id string) string {
	if in.t.Has(key) {
		return in.t.Text(key)
	}
	return id
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

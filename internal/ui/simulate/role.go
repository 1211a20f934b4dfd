package simulate

import (
	"cmp"
	"slices"

	"atlasp2i/internal/domain"
)

// role is a line of the team as it is typed. Pay is gross or net; gross is what
// the project gets.
type role struct {
	title           input[string]
	pay             input[domain.Money]
	net             bool
	gross           domain.Money
	held            bool   // the gross was given, the net shown is only its other face
	preset          string // the preset that the pay was taken from
	raise, moroccan input[domain.Share]
	attrition       input[domain.Share]
	dependants      input[int]
	hires           []*hire
	named           bool
}

type hire struct {
	month input[domain.Month]
	count input[int]
}

// roleFields are the fields of a role outside its hires, in their order.
var roleFields = []string{"title", "grossMonthly", "annualAttrition", "annualRaise", "dependants", "moroccanShare"}

func (f *Form) newHire() *hire { return &hire{f.monthInput(), f.countInput()} }

func (f *Form) newRole() *role {
	return &role{
		title: f.textInput(), pay: f.moneyInput(), raise: f.shareInput(), moroccan: f.shareInput(),
		attrition: f.shareInput(), dependants: f.countInput(), hires: []*hire{f.newHire()},
	}
}

func (f *Form) openRole(p *domain.Role) *role {
	r := f.newRole()
	r.title.set(p.Title)
	if p.GrossMonthly > 0 {
		r.pay.set(p.GrossMonthly)
	}
	r.raise.setGiven(p.AnnualRaise)
	r.moroccan.setGiven(p.MoroccanShare)
	r.attrition.setGiven(p.AnnualAttrition)
	r.dependants.setGiven(p.Dependants)
	r.hires = f.openHires(p.Hires)
	return r
}

func (f *Form) openHires(list []domain.Hire) []*hire {
	out := make([]*hire, 0, len(list))
	for _, h := range list {
		in := f.newHire()
		if h.Month != 0 {
			in.month.set(h.Month)
		}
		if h.Count != 0 {
			in.count.set(h.Count)
		}
		out = append(out, in)
	}
	return out
}

func (r *role) clone() *role {
	c := *r
	c.hires = make([]*hire, len(r.hires))
	for i, h := range r.hires {
		kept := *h
		c.hires[i] = &kept
	}
	return &c
}

func (r *role) cell(name string) cell {
	if j, rest, ok := indexed(name, "hires"); ok {
		switch {
		case j >= len(r.hires):
			return nil
		case rest == "month":
			return &r.hires[j].month
		default:
			return &r.hires[j].count
		}
	}
	switch name {
	case "title":
		return &r.title
	case "grossMonthly":
		return &r.pay
	case "annualRaise":
		return &r.raise
	case "moroccanShare":
		return &r.moroccan
	case "annualAttrition":
		return &r.attrition
	case "dependants":
		return &r.dependants
	default:
		return nil
	}
}

func (r *role) build() domain.Role {
	p := domain.Role{
		Title: r.title.value, GrossMonthly: r.gross, AnnualRaise: r.raise.given(), Dependants: r.dependants.given(),
		MoroccanShare: r.moroccan.given(), AnnualAttrition: r.attrition.given(),
	}
	for _, h := range r.hires {
		p.Hires = append(p.Hires, domain.Hire{Month: h.month.value, Count: h.count.value})
	}
	return p
}

// untouched is whether nothing was typed into the role.
func (r *role) untouched() bool {
	for _, h := range r.hires {
		if !h.month.empty() || !h.count.empty() {
			return false
		}
	}
	return r.title.empty() && r.pay.empty()
}

// typePay takes a typed pay; another amount is no longer the preset's.
func (f *Form) typePay(r *role, text string) {
	before := r.pay.value
	r.pay.put(text)
	if r.pay.value != before {
		r.preset, r.held = "", false
	}
}

// convert fills in the gross pay that the project gets; zero where none can be
// had from what was typed. Only a net pay that was typed is turned into gross:
// a gross that is shown as net stays what it was, to the centime.
func (f *Form) convert(r *role) {
	if r.net && r.held {
		r.pay.set(f.engine.NetForGross(r.gross, r.dependants.value, f.hiredIn(r)))
		return
	}
	r.gross = r.pay.value
	if r.net && r.pay.value > 0 {
		gross, ok := f.engine.GrossForNet(r.pay.value, r.dependants.value, f.hiredIn(r))
		if !ok {
			gross = 0
		}
		r.gross = gross
	}
}

// hiredIn is the month whose payroll rules turn net into gross: the first hire,
// else the first month of the project.
func (f *Form) hiredIn(r *role) domain.Month {
	month := domain.Month(0)
	for _, h := range r.hires {
		if m := h.month.given(); m != nil && (month == 0 || *m < month) {
			month = *m
		}
	}
	return cmp.Or(month, f.from.value, f.engine.FirstMonth())
}

// Net is whether the pay of a role is typed as net.
func (f *Form) Net(i int) bool { return f.roles[i].net }

// SetNet changes between gross and net; the pay stays the same, written anew.
func (f *Form) SetNet(i int, net bool) {
	r := f.roles[i]
	if r.net == net {
		return
	}
	r.net, r.held = net, net && r.gross > 0
	if r.gross > 0 && !net {
		r.pay.set(r.gross)
	}
	f.review()
}

// Presets lists the pay levels of the pack, those of the filière first.
func (f *Form) Presets() []Option {
	var here, others []Option
	for _, p := range f.desk.Pack().Presets {
		o := Option{p.ID, f.texts.Text("simulate.preset", "name", f.texts.Text("preset."+p.ID), "pay", f.format.Amount(p.Gross))}
		if p.Segment == f.segment {
			here = append(here, o)
		} else {
			others = append(others, o)
		}
	}
	return slices.Concat(here, others)
}

// Preset is the preset that the pay of a role was taken from, "" for none.
func (f *Form) Preset(i int) string { return f.roles[i].preset }

// SetPreset takes the pay of a preset, and its name where the role has none of
// its own.
func (f *Form) SetPreset(i int, id string) {
	r := f.roles[i]
	for _, p := range f.desk.Pack().Presets {
		if p.ID != id {
			continue
		}
		r.preset, r.net, r.held = id, false, false
		r.pay.set(p.Gross)
		if r.title.empty() || r.named {
			r.title.set(f.texts.Text("preset." + id))
			r.named = true
		}
	}
	f.review()
}

// Note is a remark below the pay of a role; Caution is one that asks for
// attention.
type Note struct {
	Text    string
	Caution bool
}

// PayNotes says where the pay of a role comes from, what gross it is, and that
// it is under the minimum wage.
func (f *Form) PayNotes(i int) []Note {
	r := f.roles[i]
	var out []Note
	if r.net && r.gross > 0 {
		out = append(out, Note{f.texts.Text("simulate.net.gross", "gross", f.format.AmountExact(r.gross)), false})
	}
	if r.preset != "" {
		out = append(out, Note{f.presetSource(r.preset), true})
	}
	if text := f.underMinimum(r); text != "" {
		out = append(out, Note{text, true})
	}
	return out
}

// presetSource says that a pay level is supposed, after whom and of when.
func (f *Form) presetSource(id string) string {
	pack := f.desk.Pack()
	for _, p := range pack.Presets {
		if p.ID != id {
			continue
		}
		if len(p.Sources) == 0 {
			return f.texts.Text("simulate.preset.ours", "when", p.AsOf)
		}
		s := pack.Sources[p.Sources[0]]
		return f.texts.Text("simulate.preset.source", "publisher", s.Publisher, "when", p.AsOf)
	}
	return f.texts.Text("simulate.preset.gone")
}

// underMinimum says that a pay is under the minimum wage of a month it is paid
// for the first time in.
func (f *Form) underMinimum(r *role) string {
	if r.gross <= 0 {
		return ""
	}
	for _, h := range r.hires {
		m := h.month.given()
		if m == nil {
			continue
		}
		if least, ok := f.engine.MinimumPay(*m); ok && r.gross < least {
			return f.texts.Text("simulate.smig", "month", *m, "amount", f.format.AmountExact(least))
		}
	}
	return ""
}

// RoleLine is a role in the table of the team.
type RoleLine struct {
	Name, Heads, Pay, Leave string
}

// RoleLine writes one role.
func (f *Form) RoleLine(i int) RoleLine {
	r := f.roles[i]
	line := RoleLine{Name: f.RoleName(i), Heads: f.texts.Text("simulate.none"), Pay: f.texts.Text("simulate.none")}
	people := 0
	for _, h := range r.hires {
		people += h.count.value
	}
	if people > 0 {
		line.Heads = f.format.Count(people)
	}
	if r.gross > 0 {
		line.Pay = f.format.Amount(r.gross)
	}
	line.Leave = f.texts.Text("simulate.percent", "share", r.attrition.value)
	return line
}

// RoleName is the title of a role, its number where it has none.
func (f *Form) RoleName(i int) string {
	if i < len(f.roles) && f.roles[i].title.value != "" {
		return f.roles[i].title.value
	}
	return f.texts.Text("simulate.role.number", "number", i+1)
}

// GaveMore is whether something is typed into the seldom given fields of a role.
func (f *Form) GaveMore(i int) bool {
	r := f.roles[i]
	return !r.raise.empty() || !r.dependants.empty() || !r.moroccan.empty()
}

// Roles is how many roles there are.
func (f *Form) Roles() int { return len(f.roles) }

// AddRole adds an empty role and gives its index.
func (f *Form) AddRole() int {
	f.roles = append(f.roles, f.newRole())
	f.review()
	return len(f.roles) - 1
}

// RemoveRole takes a role away.
func (f *Form) RemoveRole(i int) {
	f.roles = slices.Delete(f.roles, i, i+1)
	f.review()
}

// InsertRole puts a role back where it was.
func (f *Form) InsertRole(i int, r *role) {
	f.roles = slices.Insert(f.roles, min(i, len(f.roles)), r)
	f.review()
}

// Hires is how many hires a role has.
func (f *Form) Hires(i int) int { return len(f.roles[i].hires) }

// AddHire adds an empty hire.
func (f *Form) AddHire(i int) {
	f.roles[i].hires = append(f.roles[i].hires, f.newHire())
	f.review()
}

// RemoveHire takes a hire away.
func (f *Form) RemoveHire(i, j int) {
	f.roles[i].hires = slices.Delete(f.roles[i].hires, j, j+1)
	f.review()
}

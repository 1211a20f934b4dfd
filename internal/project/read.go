// Package project reads and writes project files: the JSON of the headless
// commands and of saved simulations (specification of the estimate, section 2).
//
// Reading is strict: an unknown key, a key given twice, a number where a decimal
// string belongs, or a missing key is refused, naming the field, what stood
// there and what is accepted. What a rule pack must decide (sites, segments,
// readings, ranges) is checked by the engine, not here.
package project

import (
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/domain"
)

// MaxBytes is the largest project file that is read.
const MaxBytes = 4 << 20

// Read turns a project file into a project. The error is a *domain.Problem, the
// first one found.
func Read(data []byte) (domain.Project, error) {
	var p domain.Project
	root, err := parse(data)
	if err != nil {
		return p, err
	}
	d := decoder{}
	d.project(root, &p)
	if d.err != nil {
		return domain.Project{}, d.err
	}
	return p, nil
}

// decoder walks the tree; after the first problem every step does nothing.
type decoder struct{ err *domain.Problem }

func (d *decoder) refuse(n *node, key string, pairs ...any) {
	if d.err == nil {
		d.err = domain.Refuse(n.path, n.shown(), key, pairs...)
	}
}

// object gives the members of an object, refusing keys that are not accepted
// and the lack of those that are needed.
func (d *decoder) object(n *node, needed, optional []string) map[string]*node {
	if d.err != nil {
		return nil
	}
	if n.kind != kindObject {
		d.refuse(n, "refuse.json.object")
		return nil
	}
	accepted := strings.Join(append(append([]string{}, needed...), optional...), ", ")
	members := make(map[string]*node, len(n.members))
	for _, m := range n.members {
		if !slices.Contains(needed, m.key) && !slices.Contains(optional, m.key) {
			d.refuse(m, "refuse.json.unknown", "accepted", accepted)
			return nil
		}
		members[m.key] = m
	}
	for _, k := range needed {
		if members[k] == nil {
			d.refuse(&node{path: join(n.path, k)}, "refuse.json.missing")
			return nil
		}
	}
	return members
}

var (
	projectNeeds = []string{"name", "segment", "site", "from", "roles"}
	projectMay   = []string{"insideP2I", "months", "operationStart", "exportShare", "profits", "readings", "settled"}
	roleNeeds    = []string{"title", "grossMonthly", "hires"}
	roleMay      = []string{"annualRaise", "dependants", "moroccanShare", "annualAttrition"}
	hireNeeds    = []string{"month", "count"}
	profitNeeds  = []string{"year", "taxable"}
)

func (d *decoder) project(n *node, p *domain.Project) {
	m := d.object(n, projectNeeds, projectMay)
	if m == nil {
		return
	}
	p.Name, p.Segment, p.Site = d.text(m["name"]), d.text(m["segment"]), d.text(m["site"])
	p.From = d.month(m["from"])
	p.InsideP2I = optional(m["insideP2I"], d.boolean)
	p.Months = optional(m["months"], d.whole)
	p.OperationStart = optional(m["operationStart"], d.month)
	p.ExportShare = optional(m["exportShare"], d.share)
	for _, r := range d.list(m["roles"]) {
		p.Roles = append(p.Roles, d.role(r))
	}
	if m["profits"] != nil {
		p.Profits = []domain.Profit{} // given, be it empty: not assumed
		for _, x := range d.list(m["profits"]) {
			p.Profits = append(p.Profits, d.profit(x))
		}
	}
	p.Readings = d.readings(m["readings"])
	for _, s := range d.list(m["settled"]) {
		p.Settled = append(p.Settled, d.text(s))
	}
}

func (d *decoder) role(n *node) (r domain.Role) {
	m := d.object(n, roleNeeds, roleMay)
	if m == nil {
		return r
	}
	r.Title, r.GrossMonthly = d.text(m["title"]), d.money(m["grossMonthly"])
	r.AnnualRaise = optional(m["annualRaise"], d.share)
	r.Dependants = optional(m["dependants"], d.whole)
	r.MoroccanShare = optional(m["moroccanShare"], d.share)
	r.AnnualAttrition = optional(m["annualAttrition"], d.share)
	for _, h := range d.list(m["hires"]) {
		if hm := d.object(h, hireNeeds, nil); hm != nil {
			r.Hires = append(r.Hires, domain.Hire{Month: d.month(hm["month"]), Count: d.whole(hm["count"])})
		}
	}
	return r
}

func (d *decoder) profit(n *node) (p domain.Profit) {
	if m := d.object(n, profitNeeds, nil); m != nil {
		p.Year, p.Taxable = d.whole(m["year"]), d.money(m["taxable"])
	}
	return p
}

func (d *decoder) readings(n *node) map[string]string {
	if n == nil || d.err != nil {
		return nil
	}
	if n.kind != kindObject {
		d.refuse(n, "refuse.json.object")
	}
	if len(n.members) == 0 {
		return nil
	}
	out := make(map[string]string, len(n.members))
	for _, m := range n.members {
		out[m.key] = d.text(m)
	}
	return out
}

// optional reads a member that may be absent; absent stays nil.
func optional[T any](n *node, read func(*node) T) *T {
	if n == nil {
		return nil
	}
	v := read(n)
	return &v
}

func (d *decoder) list(n *node) []*node {
	if n == nil || d.err != nil {
		return nil
	}
	if n.kind != kindList {
		d.refuse(n, "refuse.json.list")
		return nil
	}
	return n.members
}

func (d *decoder) text(n *node) string {
	if n.kind != kindText {
		d.refuse(n, "refuse.json.text")
	}
	return n.text
}

func (d *decoder) boolean(n *node) bool {
	if n.kind != kindBool {
		d.refuse(n, "refuse.json.bool")
	}
	return n.text == "true"
}

// whole accepts digits only: no sign, no point, no exponent.
func (d *decoder) whole(n *node) int {
	v, err := strconv.ParseUint(n.text, 10, 31)
	if n.kind != kindNumber || err != nil {
		d.refuse(n, "refuse.json.whole")
	}
	return int(v)
}

func (d *decoder) month(n *node) domain.Month {
	m, err := domain.ParseMonth(n.text)
	if n.kind != kindText || err != nil {
		d.refuse(n, "refuse.month")
	}
	return m
}

func (d *decoder) money(n *node) domain.Money {
	m, err := domain.ParseMoney(n.text)
	if n.kind != kindText || err != nil {
		d.refuse(n, "refuse.amount")
	}
	return m
}

func (d *decoder) share(n *node) domain.Share {
	s, err := domain.ParseShare(n.text)
	if n.kind != kindText || err != nil || s > domain.ShareOne {
		d.refuse(n, "refuse.share")
	}
	return s
}

package compare

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// How many platforms are compared at once.
const (
	leastSites = 2
	mostSites  = 9
)

// board is what a person set to compare by, and what is wrong with it. It knows
// no widget.
type board struct {
	d       Desk
	t       *i18n.Catalogue
	c       desk.Comparison
	example bool              // the project is a sample that ships with the program
	chosen  bool              // the sites are those of a person
	typed   map[string]string // path -> text that is refused
	wrong   map[string]string // path -> why
}

// Paths of what is typed, as the refusals of the desk name them.
const pathArea = "seatArea"

func pathRent(site string) string { return "terms." + site + ".rent" }
func pathPay(site string) string  { return "terms." + site + ".pay" }
func pathMust(id string) string   { return "must." + id }

// newBoard goes on where it was left, or starts from a sample.
func newBoard(d Desk) *board {
	b := &board{d: d, t: d.Texts(), typed: map[string]string{}, wrong: map[string]string{}}
	c, kept := d.KeptComparison()
	if kept {
		b.c, b.chosen, b.example = c, true, desk.IsSample(b.t, &c.Project)
		return b
	}
	for _, w := range d.Weightings() {
		if p, ok := sampleOf(b.t, w.Segment); ok {
			b.c, b.example = d.NewComparison(p), true
			return b
		}
	}
	b.c = d.NewComparison(domain.Project{})
	return b
}

// sampleOf is the project that ships for a segment, the first by file name.
func sampleOf(t *i18n.Catalogue, segment string) (domain.Project, bool) {
	list, err := desk.Samples(t)
	if err != nil {
		return domain.Project{}, false
	}
	i := slices.IndexFunc(list, func(p domain.Project) bool { return p.Segment == segment })
	if i < 0 {
		return domain.Project{}, false
	}
	return list[i], true
}

// take compares another project: with the weights of its segment, unless a person
// set others; on the sites that were chosen, its own among them where there is
// room.
func (b *board) take(p domain.Project) {
	fresh := b.d.NewComparison(p)
	if w, named := b.d.Weighting(b.c.Weighting); w.Own || !named || p.Segment == b.c.Project.Segment {
		fresh.Weighting, fresh.Weights = b.c.Weighting, b.c.Weights
	}
	if b.chosen {
		own := fresh.Sites
		fresh.Sites = b.c.Sites
		if len(own) > 0 && own[0] == p.Site {
			fresh.Sites = withSite(fresh.Sites, p.Site)
		}
	}
	fresh.Must, fresh.Terms, fresh.SeatArea = b.c.Must, b.c.Terms, b.c.SeatArea
	fresh.Draws, fresh.Seed = b.c.Draws, b.c.Seed
	b.c, b.example = fresh, desk.IsSample(b.t, &p)
}

func withSite(sites []string, id string) []string {
	if slices.Contains(sites, id) || len(sites) >= mostSites {
		return sites
	}
	return append(slices.Clone(sites), id)
}

// add compares one platform more; what is none, or there already, changes nothing.
func (b *board) add(site string) {
	if slices.ContainsFunc(b.d.Comparable(), func(s *rules.Site) bool { return s.ID == site }) {
		b.c.Sites, b.chosen = withSite(b.c.Sites, site), true
	}
}

func (b *board) remove(site string) {
	b.c.Sites = slices.DeleteFunc(slices.Clone(b.c.Sites), func(id string) bool { return id == site })
	b.chosen = true
}

// others are the platforms that can still be added.
func (b *board) others() []*rules.Site {
	if len(b.c.Sites) >= mostSites {
		return nil
	}
	return slices.DeleteFunc(b.d.Comparable(), func(s *rules.Site) bool { return slices.Contains(b.c.Sites, s.ID) })
}

func (b *board) asks(must string) bool {
	return slices.ContainsFunc(b.c.Must, func(m desk.MustChoice) bool { return m.ID == must })
}

// ask requires something of the sites, or no longer; in the order of the pack.
func (b *board) ask(must string, on bool) {
	b.c.Must = slices.DeleteFunc(slices.Clone(b.c.Must), func(m desk.MustChoice) bool { return m.ID == must })
	b.clear(pathMust(must))
	if !on {
		return
	}
	b.c.Must = append(b.c.Must, desk.MustChoice{ID: must})
	all := b.d.Pack().Comparing.MustHaves
	at := func(id string) int {
		return slices.IndexFunc(all, func(m rules.MustHave) bool { return m.ID == id })
	}
	slices.SortFunc(b.c.Must, func(x, y desk.MustChoice) int { return cmp.Compare(at(x.ID), at(y.ID)) })
}

func (b *board) mustHave(id string) *rules.MustHave {
	list := b.d.Pack().Comparing.MustHaves
	if i := slices.IndexFunc(list, func(m rules.MustHave) bool { return m.ID == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

// mustNum is the number a must-have asks for: the user's, or the pack's.
func (b *board) mustNum(m *rules.MustHave) domain.Quantity {
	for _, c := range b.c.Must {
		if c.ID == m.ID && c.Num != nil {
			return *c.Num
		}
	}
	return m.Num
}

func (b *board) clear(path string) {
	delete(b.typed, path)
	delete(b.wrong, path)
}

// refuse keeps a text that cannot be used, and says why.
func (b *board) refuse(path, text string, p *domain.Problem) {
	b.typed[path], b.wrong[path] = text, b.t.T(p.Msg)
}

// why is what is wrong with what stands at a path, "" for nothing.
func (b *board) why(path string) string { return b.wrong[path] }

// typing takes a text for a path: an empty one takes the value away.
func (b *board) typing(path, text string) {
	b.clear(path)
	empty := strings.TrimSpace(text) == ""
	switch {
	case path == pathArea:
		b.typeArea(text, empty)
	case strings.HasPrefix(path, "must."):
		b.typeMust(path, text, empty)
	default:
		b.typeTerm(path, text, empty)
	}
}

func (b *board) typeArea(text string, empty bool) {
	b.c.SeatArea = nil
	if empty {
		return
	}
	q, wrong := b.d.ParseNumber("m2", text)
	if wrong != nil {
		b.refuse(pathArea, text, wrong)
		return
	}
	b.c.SeatArea = &q
}

func (b *board) typeMust(path, text string, empty bool) {
	id := strings.TrimPrefix(path, "must.")
	i := slices.IndexFunc(b.c.Must, func(m desk.MustChoice) bool { return m.ID == id })
	if i < 0 {
		return
	}
	b.c.Must = slices.Clone(b.c.Must)
	b.c.Must[i].Num = nil
	if empty {
		return
	}
	q, wrong := b.d.ParseNumber(b.mustHave(id).Unit, text)
	if wrong != nil {
		b.refuse(path, text, wrong)
		return
	}
	b.c.Must[i].Num = &q
}

// typeTerm takes what a person knows of a site's costs.
func (b *board) typeTerm(path, text string, empty bool) {
	site, pay := strings.CutSuffix(strings.TrimPrefix(path, "terms."), ".pay")
	site = strings.TrimSuffix(site, ".rent")
	b.c.Terms = maps.Clone(b.c.Terms)
	if b.c.Terms == nil {
		b.c.Terms = map[string]desk.SiteTerms{}
	}
	term := b.c.Terms[site]
	var wrong *domain.Problem
	var q domain.Quantity
	switch {
	case pay && empty:
		term.Pay = nil
	case pay:
		q, wrong = b.t.Formatter().ParseQuantity(text, []string{"%"})
		s := domain.Share(q / 100)
		term.Pay = &s
	case empty:
		term.Rent = nil
	default:
		q, wrong = b.d.ParseNumber(unitRent, text)
		m := domain.Money(q / (domain.QuantityOne / 100))
		term.Rent = &m
	}
	if wrong != nil { // what stood there before stays, and is not used while this is refused
		b.refuse(path, text, wrong)
		return
	}
	b.c.Terms[site] = term
}

const unitRent = "MAD/m2/month"

// text is what stands in the field of a path.
func (b *board) text(path string) string {
	if text, refused := b.typed[path]; refused {
		return text
	}
	f := b.t.Formatter()
	number := func(q domain.Quantity) string { return f.Decimal(domain.Decimal(q.String())) }
	if path == pathArea {
		if b.c.SeatArea == nil {
			return ""
		}
		return number(*b.c.SeatArea)
	}
	if id, must := strings.CutPrefix(path, "must."); must {
		for _, m := range b.c.Must {
			if m.ID == id && m.Num != nil {
				return inUnit(number, b.mustHave(id).Unit, *m.Num)
			}
		}
		return ""
	}
	for site, term := range b.c.Terms {
		switch {
		case path == pathRent(site) && term.Rent != nil:
			return number(domain.Quantity(*term.Rent) * (domain.QuantityOne / 100))
		case path == pathPay(site) && term.Pay != nil:
			return number(domain.Quantity(*term.Pay) * 100)
		}
	}
	return ""
}

// inUnit writes a number as it is typed: a share as a percentage.
func inUnit(number func(domain.Quantity) string, unit string, q domain.Quantity) string {
	if unit == rules.UnitShare {
		return number(q * 100)
	}
	return number(q)
}

// hold says why nothing can be computed, "" where it can.
func (b *board) hold() string {
	for _, w := range []string{b.sitesWrong(), b.weightsWrong()} {
		if w != "" {
			return w
		}
	}
	for _, path := range slices.Sorted(maps.Keys(b.wrong)) {
		if b.counts(path) {
			return b.whose(path)
		}
	}
	return ""
}

// whose is what is wrong at a path, with the name of its field.
func (b *board) whose(path string) string {
	why := b.wrong[path]
	if id, must := strings.CutPrefix(path, "must."); must {
		m := b.mustHave(id)
		return b.t.Text("compare.field.wrong", "what", b.d.MustName(m, b.mustNum(m)), "why", why)
	}
	site, what, term := strings.Cut(strings.TrimPrefix(path, "terms."), ".")
	switch {
	case !term:
		return b.t.Text("compare.field.wrong", "what", b.t.Text("compare.area"), "why", why)
	case what == "pay":
		return b.t.Text("compare.term.wrong", "site", b.d.PlaceName(site), "what", b.t.Text("compare.pay"), "why", why)
	}
	return b.t.Text("compare.term.wrong", "site", b.d.PlaceName(site), "what", b.t.Text("compare.rent"), "why", why)
}

// counts is whether what stands at a path is part of the comparison: what was
// typed for a site that was taken out waits for it to come back.
func (b *board) counts(path string) bool {
	site, term := strings.CutPrefix(path, "terms.")
	site, _, _ = strings.Cut(site, ".")
	return !term || slices.Contains(b.c.Sites, site)
}

func (b *board) sitesWrong() string {
	if len(b.c.Sites) < leastSites {
		return b.t.Text("compare.sites.few")
	}
	return ""
}

func (b *board) weightsWrong() string {
	for _, c := range b.d.Pack().Comparing.Criteria {
		if b.c.Weights[c.ID] > 0 {
			return ""
		}
	}
	return b.t.Text("compare.weights.zero")
}

// refused takes what the comparison itself refuses: true where it is about a
// field, which then says so.
func (b *board) refused(p *domain.Problem) bool {
	_, must := strings.CutPrefix(p.Field, "must.")
	_, term := strings.CutPrefix(p.Field, "terms.")
	if p.Field != pathArea && !must && !term {
		return false
	}
	b.wrong[p.Field] = b.t.T(p.Msg)
	return true
}

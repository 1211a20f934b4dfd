package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/compare"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Lead is what a comparison says in the reader's words: the same sentences on
// the screen, of the command and on paper. A part that has nothing to say is "".
type Lead struct {
	Title  string   // that somebody leads and in how many draws, that it is a tie, or that nobody is left
	Names  []string // who leads, or who is tied
	Tie    string   // what makes it a tie
	Why    string   // why the first stands before the next one
	Stable string   // how often it stays first, and up to which weight
	Cost   string   // what it costs, kept apart, and what the cost does not count
	Notes  []string // who was set apart, what could not be checked, what nobody publishes
	Order  []string // why each stands before the next, from the first on
	Opens  string   // which sites do not operate yet, and what that does to cap and cost
}

// SayLead says who leads a comparison, why, and how stable that is.
func (d *Desk) SayLead(c *Compared) Lead {
	q, t := c.Quality, d.texts
	out := Lead{Title: t.Text("lead.none"), Notes: d.sayNotes(c), Cost: d.sayCost(c), Opens: d.sayOpens(c)}
	for _, w := range q.Why {
		out.Order = append(out.Order, d.sayWhy(c, w))
	}
	if len(q.Order) == 0 {
		return out
	}
	first := append(slices.Clone(q.Leaders), q.Tied()...)
	out.Names = c.names(first)
	switch {
	case len(q.Order) == 1:
		out.Title = t.Text("lead.only")
		return out
	case len(first) > 1:
		out.Title, out.Tie = t.Text("lead.tie"), d.sayTie(c, first)
	default:
		out.Title = d.sayFirst(c)
	}
	out.Title = d.withOwn(c, out.Title)
	out.Why, out.Stable = out.Order[0], d.sayStable(c)
	return out
}

func (c *Compared) names(sites []int) []string {
	out := make([]string, len(sites))
	for i, s := range sites {
		out[i] = c.Sites[s].Site.Name
	}
	return out
}

// open is whether data leave the quality of some of these sites open.
func (c *Compared) open(sites ...int) bool {
	return slices.ContainsFunc(sites, func(i int) bool {
		q := c.Quality.Sites[i].Quality
		return q.Low != q.High
	})
}

// Open is whether data leave the quality of some ranked site open.
func (c *Compared) Open() bool { return c.open(c.Quality.Order...) }

// sayTie says why the first place is not one site's alone: equal points, or data
// that leave it open. First are the leaders and those that the data do not put
// behind them.
func (d *Desk) sayTie(c *Compared, first []int) string {
	q, t := c.Quality, d.texts
	leaders := c.names(q.Leaders)
	if !c.open(first...) {
		return t.Text("lead.tie.level", "names", leaders, "points", SayPoints(t.Formatter(), q.Sites[q.Leaders[0]].Quality.Value, 1))
	}
	var spans []string
	for _, i := range first {
		key := "lead.span"
		if !c.open(i) {
			key = "lead.point"
		}
		s := q.Sites[i].Quality
		spans = append(spans, t.Text(key, "name", c.Sites[i].Site.Name,
			"low", SayPoints(t.Formatter(), s.Low, 0), "high", SayPoints(t.Formatter(), s.High, 0)))
	}
	said := t.Text("lead.tie.data", "spans", spans)
	if len(leaders) > 1 { // who is ahead at the central values, the reasons say
		said += " " + t.Text("lead.tie.centre", "names", leaders)
	}
	return said
}

// sayWhy says what puts one site before another: three criteria for it, two
// against. Where the data do not separate the two it says that it speaks of the
// central values.
func (d *Desk) sayWhy(c *Compared, w compare.Why) string {
	t := d.texts
	said := []any{"ahead", c.Sites[w.Ahead].Site.Name, "behind", c.Sites[w.Behind].Site.Name, "points", d.sayGap(w.Points)}
	key := "lead.why"
	if w.Points == 0 {
		key = "lead.why.level"
	}
	head := t.Text(key, said...)
	if c.open(w.Ahead, w.Behind) && !c.Quality.Separated(w.Ahead, w.Behind) {
		head = t.Text("lead.centre", "said", head)
	}
	parts := []string{head}
	for _, side := range []struct {
		key  string
		list []compare.Contribution
	}{{key + ".for", w.For}, {key + ".against", w.Against}} {
		if list := d.sayContributions(side.list); len(list) > 0 {
			parts = append(parts, t.Text(side.key, append(said, "list", list)...))
		}
	}
	if rest := d.sayRest(c, w); rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, " ")
}

// sayGap writes a distance with a decimal; one that is only nearly nothing is not
// rounded to it.
func (d *Desk) sayGap(p compare.Points) string {
	f := d.texts.Formatter()
	if p > 0 && p < compare.Point/20 {
		return d.texts.Text("lead.share.under", "share", SayPoints(f, compare.Point/10, 1))
	}
	return SayPoints(f, p, 1)
}

// sayContributions names criteria with what they add; one that adds nothing worth
// a decimal is left out.
func (d *Desk) sayContributions(list []compare.Contribution) []string {
	var out []string
	for _, x := range list {
		if max(x.Points, -x.Points) < compare.Point/20 {
			continue
		}
		key := "lead.why.one"
		if x.Missing {
			key = "lead.why.guess"
		}
		out = append(out, d.texts.Text(key, "criterion", inSentence(d.CriterionName(x.Criterion)), "points", d.saySigned(x.Points)))
	}
	return out
}

// CriterionName is the name of a criterion of the active pack.
func (d *Desk) CriterionName(id string) string { return d.texts.Text("criterion." + id) }

// inSentence writes a name as it stands inside of a sentence: its first letter
// small, unless the next one is a capital too.
func inSentence(name string) string {
	first, n := utf8.DecodeRuneInString(name)
	second, _ := utf8.DecodeRuneInString(name[n:])
	if !unicode.IsLower(second) {
		return name
	}
	return string(unicode.ToLower(first)) + name[n:]
}

// mostStable is for how many equal leaders the draws are said one by one; the
// bars show them for all.
const mostStable = 2

// sayStable says in how many of the drawn sets of weights the first comes first,
// and which weight would change that soonest.
func (d *Desk) sayStable(c *Compared) string {
	q, t := c.Quality, d.texts
	if level := d.sayLevel(c); level != "" {
		return level
	}
	if len(q.Leaders) > mostStable {
		return ""
	}
	var parts []string
	for _, i := range q.Leaders {
		s := q.Sites[i].Draws
		key := "lead.stable.bounds"
		switch {
		case c.Draws.Count == 0:
			continue
		case s.Sure == s.Possible || !c.Open():
			key = "lead.stable"
		}
		parts = append(parts, t.Text(key, "name", c.Sites[i].Site.Name, "share", d.SayShare(s.First),
			"draws", t.Formatter().Count(c.Draws.Count), "low", d.SayShare(s.Sure), "high", d.SayShare(s.Possible)))
	}
	if len(q.Leaders) == 1 {
		limit := d.sayLimit(c)
		if len(q.Tied()) > 0 {
			limit = t.Text("lead.centre", "said", inSentence(limit))
		}
		parts = append(parts, limit)
	}
	return strings.Join(parts, " ")
}

// sayLimit names the weight, of those that there are, that has to move least for
// the first place to change.
func (d *Desk) sayLimit(c *Compared) string {
	t, best, least := d.texts, "", domain.ShareOne+1
	said := func(key string, w *compare.Weighted, at domain.Share, other int) string {
		limit, now := d.sayApart(at, w.Share)
		if at == 0 || at == domain.ShareOne {
			key += ".any"
		}
		return t.Text(key, "criterion", d.CriterionName(w.ID), "share", limit, "now", now, "other", c.Sites[other].Site.Name)
	}
	for i := range c.Quality.Criteria {
		w := &c.Quality.Criteria[i]
		s := w.Stability
		if w.Points == 0 {
			continue
		}
		if s.Undefined {
			return t.Text("lead.limit.all", "criterion", d.CriterionName(w.ID))
		}
		if s.Below >= 0 && w.Share-s.From < least {
			least, best = w.Share-s.From, said("lead.limit.least", w, s.From, s.Below)
		}
		if s.Above >= 0 && s.To-w.Share < least {
			least, best = s.To-w.Share, said("lead.limit.most", w, s.To, s.Above)
		}
	}
	if best == "" {
		return t.Text("lead.limit.none")
	}
	return best
}

// sayApart writes two shares, the first one an edge, with as many decimals, up to
// two, as tell them apart.
func (d *Desk) sayApart(a, b domain.Share) (string, string) {
	x, y, f := d.SayEdge(a), d.SayShare(b), d.texts.Formatter()
	for n := 1; x == y && a != b && n <= 2; n++ {
		x, y = f.Percent(a, n), f.Percent(b, n)
	}
	return x, y
}

// SayShare writes a share in whole hundredths; one that is only nearly nothing or
// nearly all is not rounded to it.
func (d *Desk) SayShare(s domain.Share) string {
	f := d.texts.Formatter()
	hundredth := domain.ShareOne / 100
	switch {
	case s > 0 && s < hundredth:
		return d.texts.Text("lead.share.under", "share", f.Percent(hundredth, 0))
	case s > domain.ShareOne-hundredth && s < domain.ShareOne:
		return d.texts.Text("lead.share.over", "share", f.Percent(domain.ShareOne-hundredth, 0))
	}
	return f.Percent(s, 0)
}

// sayCost says what the compared sites that are ranked cost, which of them costs
// least where that is known, and what the amounts leave out.
func (d *Desk) sayCost(c *Compared) string {
	t, f := d.texts, d.texts.Formatter()
	var costs []domain.Money
	var rented []string
	partly := false
	for _, i := range c.Quality.Order {
		s := &c.Sites[i]
		if !s.Cost.Counted {
			return "" // the same people are counted everywhere, or nowhere
		}
		costs = append(costs, s.Cost.After)
		partly = partly || s.Cost.AtLeast
		if s.Cost.HasRent {
			rented = append(rented, s.Site.Name)
		}
	}
	if len(costs) == 0 {
		return ""
	}
	low, high := slices.Min(costs), slices.Max(costs)
	mixed := len(rented) > 0 && len(rented) < len(costs)
	key := "lead.cost"
	switch {
	case low == high && (mixed || len(costs) == 1):
		key = "lead.cost.one"
	case low == high:
		key = "lead.cost.same"
	case len(c.Least()) == 0:
		key = "lead.cost.span"
	}
	parts := []string{t.Text(key, "low", f.Amount(low), "high", f.Amount(high), "names", c.names(c.Least()))}
	if partly {
		parts = append(parts, t.Text("lead.cost.partly"))
	}
	switch {
	case mixed:
		parts = append(parts, t.Text("lead.cost.mixed", "names", rented))
	case len(rented) == 0:
		parts = append(parts, t.Text("lead.cost.payroll"))
	}
	return strings.Join(parts, " ")
}

// Least lists the ranked sites (indexes of Sites) with the lowest cost after the
// benefits. There are none where the cost is the same for all, where rent is
// counted for some only, and where a part of the benefits is unknown: then nobody
// can say.
func (c *Compared) Least() []int {
	var out []int
	ranked, rented := c.Quality.Order, 0
	for _, i := range ranked {
		cost := &c.Sites[i].Cost
		if !cost.Counted || cost.AtLeast {
			return nil
		}
		if cost.HasRent {
			rented++
		}
		switch {
		case len(out) == 0 || cost.After < c.Sites[out[0]].Cost.After:
			out = []int{i}
		case cost.After == c.Sites[out[0]].Cost.After:
			out = append(out, i)
		}
	}
	if len(out) == len(ranked) || rented > 0 && rented < len(ranked) {
		return nil
	}
	return out
}

// sayNotes says which sites were set apart or could not be checked, where pay is
// under the legal minimum, and which criteria order nothing.
func (d *Desk) sayNotes(c *Compared) []string {
	t := d.texts
	var out []string
	for k, choice := range c.Comparison.Must {
		var failed, open []string
		num := domain.Quantity(0)
		for i := range c.Sites {
			m := &c.Sites[i].Must[k]
			num = m.Num
			switch m.State {
			case compare.Fail:
				failed = append(failed, c.Sites[i].Site.Name)
			case compare.Unknown:
				open = append(open, c.Sites[i].Site.Name)
			}
		}
		name := d.MustName(d.mustHave(choice.ID), num)
		if len(failed) > 0 {
			out = append(out, t.Text("lead.apart", "names", failed, "must", name))
		}
		if len(open) > 0 {
			out = append(out, t.Text("lead.unsure", "names", open, "must", name))
		}
	}
	var under []string
	for i := range c.Sites {
		if c.Sites[i].Cost.BelowMinimum {
			under = append(under, c.Sites[i].Site.Name)
		}
	}
	if len(under) > 0 {
		out = append(out, t.Text("lead.minimum", "names", under))
	}
	for _, id := range c.Quality.Empty {
		out = append(out, t.Text("lead.empty", "criterion", d.CriterionName(id)))
	}
	return out
}

// MustName is a must-have with the number it asks for, where it takes one.
func (d *Desk) MustName(m *rules.MustHave, num domain.Quantity) string {
	if m.Test == rules.TestIs {
		return d.texts.Text("must." + m.ID)
	}
	return d.texts.Text("must."+m.ID, "value", SayQuantity(d.texts, num, m.Unit))
}

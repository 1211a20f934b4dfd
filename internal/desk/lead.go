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
	Title  string   // that somebody leads, that it is a tie, or that nobody is left
	Names  []string // who leads, or who is tied
	Tie    string   // what makes it a tie
	Why    string   // why the first stands before the next one
	Stable string   // how often it stays first, and up to which weight
	Cost   string   // what it costs, kept apart, and what the cost does not count
	Notes  []string // who was set apart, what could not be checked, what nobody publishes
	Order  []string // why each stands before the next, from the first on
}

// SayLead says who leads a comparison, why, and how stable that is.
func (d *Desk) SayLead(c *Compared) Lead {
	q, t := c.Quality, d.texts
	out := Lead{Title: t.Text("lead.none"), Notes: d.sayNotes(c), Cost: d.sayCost(c)}
	for _, w := range q.Why {
		out.Order = append(out.Order, d.sayWhy(c, w))
	}
	if len(q.Order) == 0 {
		return out
	}
	tied := q.Tied()
	first := append(slices.Clone(q.Leaders), tied...)
	out.Title, out.Names = t.Text("lead.first"), c.names(first)
	if len(first) > 1 {
		out.Title, out.Tie = t.Text("lead.tie"), d.sayTie(c, tied)
	}
	if len(q.Order) > 1 {
		out.Why, out.Stable = out.Order[0], d.sayStable(c)
	}
	return out
}

func (c *Compared) names(sites []int) []string {
	out := make([]string, len(sites))
	for i, s := range sites {
		out[i] = c.Sites[s].Site.Name
	}
	return out
}

// sayTie says why the first place is not one site's alone: equal points, or data
// that leave it open.
func (d *Desk) sayTie(c *Compared, tied []int) string {
	q, t := c.Quality, d.texts
	level := ""
	if len(q.Leaders) > 1 {
		level = t.Text("lead.tie.level", "names", c.names(q.Leaders), "points", SayPoints(t.Formatter(), q.Sites[q.Leaders[0]].Quality.Value, 1))
	}
	if len(tied) == 0 {
		return level
	}
	var spans []string
	for _, i := range append(slices.Clone(q.Leaders), tied...) {
		s := &q.Sites[i]
		key := "lead.span"
		if s.Quality.Low == s.Quality.High {
			key = "lead.point"
		}
		spans = append(spans, t.Text(key, "name", c.Sites[i].Site.Name,
			"low", SayPoints(t.Formatter(), s.Quality.Low, 0), "high", SayPoints(t.Formatter(), s.Quality.High, 0)))
	}
	if level == "" {
		level = t.Text("lead.tie.centre", "name", c.Sites[q.Leaders[0]].Site.Name)
	}
	return t.Text("lead.tie.data", "spans", spans) + " " + level
}

// sayWhy says what puts one site before another: three criteria for it, two
// against.
func (d *Desk) sayWhy(c *Compared, w compare.Why) string {
	t := d.texts
	pairs := []any{"ahead", c.Sites[w.Ahead].Site.Name, "behind", c.Sites[w.Behind].Site.Name, "points", SayPoints(t.Formatter(), w.Points, 1)}
	key := "lead.why"
	if w.Points == 0 {
		key = "lead.why.level"
	}
	parts := []string{t.Text(key, pairs...)}
	for _, side := range []struct {
		key  string
		list []compare.Contribution
	}{{"lead.why.for", w.For}, {"lead.why.against", w.Against}} {
		if list := d.sayContributions(side.list); len(list) > 0 {
			parts = append(parts, t.Text(side.key, "list", list))
		}
	}
	return strings.Join(parts, " ")
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
		points := SayPoints(d.texts.Formatter(), x.Points, 1)
		if x.Points > 0 {
			points = "+" + points
		}
		out = append(out, d.texts.Text(key, "criterion", inSentence(d.CriterionName(x.Criterion)), "points", points))
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

// sayStable says in how many of the drawn sets of weights the first stays first,
// and which weight would change that soonest.
func (d *Desk) sayStable(c *Compared) string {
	q, t := c.Quality, d.texts
	var parts []string
	for _, i := range q.Leaders {
		s := q.Sites[i].Draws
		key := "lead.stable.bounds"
		switch {
		case c.Draws.Count == 0:
			continue
		case s.Sure == s.Possible:
			key = "lead.stable"
		}
		parts = append(parts, t.Text(key, "name", c.Sites[i].Site.Name, "share", d.SayShare(s.First),
			"draws", t.Formatter().Count(c.Draws.Count), "low", d.SayShare(s.Sure), "high", d.SayShare(s.Possible)))
	}
	if len(q.Leaders) == 1 {
		parts = append(parts, d.sayLimit(c))
	}
	return strings.Join(parts, " ")
}

// sayLimit names the weight, of those that there are, that has to move least for
// the first place to change.
func (d *Desk) sayLimit(c *Compared) string {
	t, best, least := d.texts, "", domain.ShareOne+1
	for i := range c.Quality.Criteria {
		w := &c.Quality.Criteria[i]
		if w.Points == 0 {
			continue
		}
		pairs := []any{"criterion", d.CriterionName(w.ID), "now", d.SayShare(w.Share)}
		if s := w.Stability; s.Below >= 0 && w.Share-s.From < least {
			least = w.Share - s.From
			best = t.Text("lead.limit.least", append(pairs, "share", d.SayShare(s.From), "other", c.Sites[s.Below].Site.Name)...)
		}
		if s := w.Stability; s.Above >= 0 && s.To-w.Share < least {
			least = s.To - w.Share
			best = t.Text("lead.limit.most", append(pairs, "share", d.SayShare(s.To), "other", c.Sites[s.Above].Site.Name)...)
		}
	}
	if best == "" {
		return t.Text("lead.limit.none")
	}
	return best
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
// least, and what the amounts leave out.
func (d *Desk) sayCost(c *Compared) string {
	t := d.texts
	var low, high domain.Money
	var least, rented []string
	n := 0
	for _, i := range c.Quality.Order {
		s := &c.Sites[i]
		if !s.Cost.Counted {
			continue
		}
		n++
		switch cost := s.Cost.After; {
		case n == 1 || cost < low:
			low, least = cost, []string{s.Site.Name}
		case cost == low:
			least = append(least, s.Site.Name)
		}
		if n == 1 || s.Cost.After > high {
			high = s.Cost.After
		}
		if s.Cost.HasRent {
			rented = append(rented, s.Site.Name)
		}
	}
	if n == 0 {
		return ""
	}
	f := t.Formatter()
	key := "lead.cost"
	if len(least) == n {
		key = "lead.cost.same"
	}
	said := t.Text(key, "low", f.Amount(low), "high", f.Amount(high), "names", least)
	switch len(rented) {
	case n:
		return said
	case 0:
		return said + " " + t.Text("lead.cost.payroll")
	default:
		return said + " " + t.Text("lead.cost.mixed", "names", rented)
	}
}

// sayNotes says which sites were set apart or could not be checked, and which
// criteria order nothing.
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

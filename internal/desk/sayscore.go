package desk

import (
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/compare"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// CellText is the raw value of a criterion at a site in the reader's words. The
// unit is that of the criterion and stands beside it once.
type CellText struct {
	Value   string // "non publié" where nothing is
	When    string // the time it speaks of; whose it is where it is the user's
	Note    string // what it may be worth where it is missing or read in two ways
	Own     bool
	Missing bool
}

// SayCell writes out what a site has for a criterion.
func (d *Desk) SayCell(c *Cell) CellText {
	t := d.texts
	switch c.Criterion.Of {
	case rules.OfStatus:
		return CellText{Value: t.Text("lead.status." + c.Status)}
	case rules.OfIRCap:
		out := CellText{Value: t.Text("lead.cap.none")}
		if c.Used.Applies {
			out.Value = SayQuantity(t, domain.Quantity(c.Used.Share), rules.UnitShare)
		}
		if !c.Settled {
			out.Note = t.Text("lead.cap.open")
		}
		return out
	}
	if !c.Raw.Known {
		return CellText{Value: t.Text("datum.none"), Note: t.Text("lead.missing"), Missing: true}
	}
	v := c.Datum.Value()
	out := CellText{Value: bareValue(t, v, c.Criterion.Unit), When: SayAsOf(t, c.Datum.AsOf()), Own: c.Datum.Own != nil}
	if out.Own {
		out.When = t.Text("datum.own")
	}
	if c.Raw.Low < v.Num || c.Raw.High > max(v.Num, v.To) {
		out.Note = t.Text("lead.others", "low", bareNumber(t, c.Raw.Low, c.Criterion.Unit), "high", bareNumber(t, c.Raw.High, c.Criterion.Unit))
	}
	return out
}

// bareValue writes a number of a sheet without the name of its unit.
func bareValue(t *i18n.Catalogue, v rules.FactValue, unit string) string {
	text := bareNumber(t, v.Num, unit)
	if v.To > v.Num {
		text = t.Text("datum.span", "low", text, "high", bareNumber(t, v.To, unit))
	}
	if v.Bound != "" {
		text = t.Text("datum.bound."+strings.ReplaceAll(v.Bound, " ", "."), "value", text)
	}
	return text
}

// bareNumber writes a number without its unit, but a share always with its sign.
func bareNumber(t *i18n.Catalogue, q domain.Quantity, unit string) string {
	if unit == rules.UnitShare {
		return SayQuantity(t, q, unit)
	}
	return sayNumber(t, q, unit)
}

// SaySwing says what the whole scale of a criterion is, from its worst end to its
// best: what its weight is given for.
func (d *Desk) SaySwing(c *rules.Criterion) string {
	t := d.texts
	if len(c.Levels) == 0 {
		return t.Text("lead.swing", "worst", bareNumber(t, c.Worst, c.Unit), "best", SayQuantity(t, c.Best, c.Unit))
	}
	worst, best := c.Levels[0], c.Levels[0]
	for _, l := range c.Levels {
		if l.Points < worst.Points {
			worst = l
		}
		if l.Points > best.Points {
			best = l
		}
	}
	return t.Text("lead.swing.levels", "worst", t.Text("lead.status."+worst.Value), "best", t.Text("lead.status."+best.Value))
}

// SayPoints writes points with so many decimals, 0 or 1, half away from zero.
func SayPoints(f *i18n.Formatter, p compare.Points, decimals int) string {
	unit := compare.Point
	for range decimals {
		unit /= 10
	}
	n := p + unit/2
	if p < 0 {
		n = p - unit/2
	}
	return f.Decimal(domain.Decimal(domain.FormatFixed(int64(n/unit), decimals, decimals)))
}

// ParseNumber reads a number typed in a unit of the pack; a share is typed as a
// percentage. The Problem has no field.
func (d *Desk) ParseNumber(unit, typed string) (domain.Quantity, *domain.Problem) {
	return parseNumber(d.texts, unit, typed)
}

// ComparedText is a whole comparison as text to read or paste: who leads and why,
// the points, the costs, the raw values, and what it was made with.
func (d *Desk) ComparedText(c *Compared) string {
	t, lead := d.texts, d.SayLead(c)
	head := lead.Title
	if len(lead.Names) > 0 {
		head = t.Text("lead.headline", "title", head, "names", lead.Names)
	}
	lines := slices.Concat([]string{head, lead.Tie, lead.Stable, lead.Cost}, lead.Notes, lead.Order)
	var b strings.Builder
	part := func(lines ...string) {
		for _, l := range lines {
			if l != "" {
				b.WriteString(l + "\n")
			}
		}
	}
	part(append(lines, lead.Opens)...)
	for i := range c.Sites {
		b.WriteString("\n")
		part(d.siteLines(c, i)...)
	}
	b.WriteString("\n")
	part(d.SayProject(c), d.sayWeights(c), d.SayMade(c))
	return b.String()
}

// SayProject says what project is compared: how many people, at what pay, how
// long.
func (d *Desk) SayProject(c *Compared) string {
	p, f := &c.Comparison.Project, d.texts.Formatter()
	people := 0
	var pays []domain.Money
	for _, r := range p.Roles {
		for _, h := range r.Hires {
			people += h.Count
		}
		pays = append(pays, r.GrossMonthly)
	}
	pay := f.Amount(slices.Min(pays)) // the engine refuses a project without a role
	if low, high := slices.Min(pays), slices.Max(pays); low != high {
		pay = f.Between(pay, f.Amount(high))
	}
	return d.texts.Text("compare.project", "name", p.Name, "count", people, "pay", pay, "months", c.Sites[0].Cost.Result.Months)
}

// sayWeights lists what weighs, and how much of the whole.
func (d *Desk) sayWeights(c *Compared) string {
	var list []string
	for _, w := range c.Quality.Criteria {
		if w.Points > 0 {
			list = append(list, d.texts.Text("lead.weight", "criterion", inSentence(d.CriterionName(w.ID)), "share", d.SayShare(w.Share)))
		}
	}
	return d.texts.Text("lead.weights", "list", list)
}

// siteLines is one site of a comparison as lines of text.
func (d *Desk) siteLines(c *Compared, i int) []string {
	t, s, r := d.texts, &c.Sites[i], &c.Quality.Sites[i]
	key := "lead.site"
	if r.Out {
		key = "lead.site.out"
	}
	out := []string{t.Text(key, "name", s.Site.Name, "quality", d.sayQuality(r.Quality, c.QualityDecimals()), "rank", d.SayRank(r))}
	out = append(out, d.costLines(&s.Cost)...)
	for _, k := range c.Criteria {
		cell := s.Cells[k.ID]
		said := d.SayCell(&cell)
		value := said.Value
		if cell.Datum != nil && !said.Missing && k.Unit != rules.UnitShare { // the sign of a share stands in the value
			value += " " + UnitName(t, k.Unit)
		}
		out = append(out, t.Text("lead.site.value", "criterion", d.CriterionName(k.ID), "value", d.more(value, said.When, said.Note)))
	}
	return out
}

// more is a text with what else is said of it, behind commas.
func (d *Desk) more(text string, more ...string) string {
	for _, m := range more {
		if m != "" {
			text = d.texts.Text("lead.site.more", "value", text, "more", m)
		}
	}
	return text
}

// sayQuality writes a quality, 0 to 100, with its bounds where it has any:
// "61", "61 (58 à 65)".
func (d *Desk) sayQuality(q compare.Score, decimals int) string {
	f := d.texts.Formatter()
	low, value, high := SayPoints(f, q.Low, decimals), SayPoints(f, q.Value, decimals), SayPoints(f, q.High, decimals)
	if low == high {
		return value
	}
	return d.texts.Text("lead.quality", "low", low, "value", value, "high", high)
}

// QualityDecimals is how many decimals a quality is written with: one where two
// sites of different quality would read alike without it, else none.
func (c *Compared) QualityDecimals() int {
	whole := func(p compare.Points) compare.Points { return (p + compare.Point/2) / compare.Point }
	for i := range c.Quality.Sites {
		for j := range i {
			a, b := c.Quality.Sites[i].Quality.Value, c.Quality.Sites[j].Quality.Value
			if a != b && whole(a) == whole(b) {
				return 1
			}
		}
	}
	return 0
}

// SayRank writes the places a site may have: "1", "2 à 3"; "" where it is set
// apart.
func (d *Desk) SayRank(r *compare.Ranked) string {
	switch {
	case r.Out:
		return ""
	case r.Rank.Best == r.Rank.Worst:
		return d.texts.Formatter().Count(r.Rank.Best)
	}
	return d.texts.Text("lead.rank", "best", r.Rank.Best, "worst", r.Rank.Worst)
}

// SayMade says what a comparison was made with: draws, seed and rules.
func (d *Desk) SayMade(c *Compared) string {
	return d.texts.Text("lead.made", "draws", d.texts.Formatter().Count(c.Draws.Count),
		"spread", d.texts.Formatter().Percent(c.Draws.Spread, 0),
		"seed", domain.Decimal(strconv.FormatUint(c.Draws.Seed, 10)), "pack", c.Pack.Number)
}

// SayEdge writes the share at which something changes: where it is nearly nothing
// or nearly all, with the decimals that tell it from that, since "at least" and
// "under" stand before it.
func (d *Desk) SayEdge(s domain.Share) string {
	const most = 4 // as many as a share has
	f, near := d.texts.Formatter(), domain.ShareOne/100
	if s == 0 || s == domain.ShareOne || s >= near && s <= domain.ShareOne-near {
		return f.Percent(s, 0)
	}
	n := 1
	for n < most && (f.Percent(s, n) == f.Percent(0, n) || f.Percent(s, n) == f.Percent(domain.ShareOne, n)) {
		n++
	}
	return f.Percent(s, n)
}

// SayUnit is what stands beside the name of a criterion: its unit or, where that
// is a share, the field it reads, if that goes by another name.
func (d *Desk) SayUnit(c *rules.Criterion) string {
	if c.Of == rules.OfIRCap || c.Of == rules.OfStatus {
		return ""
	}
	if c.Unit != rules.UnitShare {
		return UnitName(d.texts, c.Unit)
	}
	if name := d.texts.Text("field." + c.Of); name != d.CriterionName(c.ID) {
		return inSentence(name)
	}
	return ""
}

// sayFirst says in how many of the draws the first comes first, and who comes
// first next most often: a lead of a hair must not read like any other.
func (d *Desk) sayFirst(c *Compared) string {
	q, t := c.Quality, d.texts
	if c.Draws.Count == 0 {
		return t.Text("lead.first")
	}
	next := q.Order[1]
	for _, i := range q.Order[1:] {
		if q.Sites[i].Draws.First > q.Sites[next].Draws.First {
			next = i
		}
	}
	key := "lead.first.draws"
	if q.Sites[next].Draws.First > 0 {
		key = "lead.first.next"
	}
	return t.Text(key, "share", d.SayShare(q.Sites[q.Order[0]].Draws.First),
		"other", c.Sites[next].Site.Name, "others", d.SayShare(q.Sites[next].Draws.First))
}

// withOwn adds to a title which values of the user's stand behind the order of the
// first two.
func (d *Desk) withOwn(c *Compared, title string) string {
	a, b := c.Sites[c.Quality.Order[0]].Cells, c.Sites[c.Quality.Order[1]].Cells
	var names []string
	for _, w := range c.Quality.Criteria {
		x, y := a[w.ID].Datum, b[w.ID].Datum
		if w.Points == 0 || x == nil || x.Place == y.Place { // the same value on both sides orders nothing
			continue
		}
		if x.Own != nil || y.Own != nil {
			names = append(names, inSentence(d.texts.Text("field."+x.Field.ID)))
		}
	}
	if len(names) == 0 {
		return title
	}
	return d.texts.Text("lead.own", "title", title, "count", len(names), "names", names)
}

// sayLevel says that the leaders come first together in all draws, "" where they
// do not.
func (d *Desk) sayLevel(c *Compared) string {
	q, t := c.Quality, d.texts
	if len(q.Leaders) < 2 || c.Draws.Count == 0 {
		return ""
	}
	for _, i := range q.Leaders {
		if q.Sites[i].Draws.First < domain.ShareOne {
			return ""
		}
	}
	said := t.Text("lead.stable.level", "names", c.names(q.Leaders), "draws", t.Formatter().Count(c.Draws.Count))
	if c.Open() {
		return t.Text("lead.centre", "said", said)
	}
	return said
}

// tenths rounds points as SayPoints writes them with a decimal.
func tenths(p compare.Points) int64 {
	const unit = compare.Point / 10
	if p < 0 {
		return -tenths(-p)
	}
	return int64((p + unit/2) / unit)
}

// saySigned writes points with a decimal and their sign.
func (d *Desk) saySigned(p compare.Points) string {
	said := SayPoints(d.texts.Formatter(), p, 1)
	if p > 0 {
		said = "+" + said
	}
	return said
}

// sayRest says what the criteria that are not named add, or the rounding alone: so
// that the numbers of a reason add up to its distance as they are printed.
func (d *Desk) sayRest(c *Compared, w compare.Why) string {
	rest, named := tenths(w.Points), 0
	for _, x := range append(slices.Clone(w.For), w.Against...) {
		rest -= tenths(x.Points)
		if tenths(x.Points) != 0 {
			named++
		}
	}
	if rest == 0 {
		return ""
	}
	a, b := c.Quality.Sites[w.Ahead].Scores, c.Quality.Sites[w.Behind].Scores
	for k, x := range c.Quality.Criteria {
		if x.Points > 0 && a[k].Value != b[k].Value {
			named--
		}
	}
	key := "lead.why.rounded"
	if named < 0 {
		key = "lead.why.rest"
	}
	return d.texts.Text(key, "points", d.saySigned(compare.Points(rest)*compare.Point/10))
}

// sayOpens says which sites do not operate yet, and what that does to the cap and
// to the cost after the benefits; "" where all do.
func (d *Desk) sayOpens(c *Compared) string {
	var names []string
	for i := range c.Sites {
		if c.Sites[i].Opens {
			names = append(names, c.Sites[i].Site.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return d.texts.Text("lead.opens", "count", len(names), "names", names)
}

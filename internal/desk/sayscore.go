package desk

import (
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
	var b strings.Builder
	line := func(text string) {
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	head := lead.Title
	if len(lead.Names) > 0 {
		head = t.Text("lead.headline", "title", head, "names", lead.Names)
	}
	line(head)
	for _, text := range append([]string{lead.Tie, lead.Stable, lead.Cost}, append(lead.Notes, lead.Order...)...) {
		line(text)
	}
	for i := range c.Sites {
		b.WriteString("\n")
		for _, text := range d.siteLines(c, i) {
			line(text)
		}
	}
	b.WriteString("\n")
	line(d.SayMade(c))
	return b.String()
}

// siteLines is one site of a comparison as lines of text.
func (d *Desk) siteLines(c *Compared, i int) []string {
	t, f, s, r := d.texts, d.texts.Formatter(), &c.Sites[i], &c.Quality.Sites[i]
	out := []string{t.Text("lead.site", "name", s.Site.Name, "quality", d.SayQuality(r.Quality), "rank", d.SayRank(r))}
	if s.Cost.Counted {
		out = append(out, t.Text("lead.site.cost", "before", f.Amount(s.Cost.Before), "after", f.Amount(s.Cost.After),
			"low", f.Amount(s.Cost.AfterLow), "high", f.Amount(s.Cost.AfterHigh)))
	}
	for _, k := range c.Criteria {
		cell := s.Cells[k.ID]
		said := d.SayCell(&cell)
		value := said.Value
		if cell.Datum != nil && !said.Missing && k.Unit != rules.UnitShare { // the sign of a share stands in the value
			value += " " + UnitName(t, k.Unit)
		}
		for _, more := range []string{said.When, said.Note} {
			if more != "" {
				value = t.Text("lead.site.more", "value", value, "more", more)
			}
		}
		out = append(out, t.Text("lead.site.value", "criterion", d.CriterionName(k.ID), "value", value))
	}
	return out
}

// SayQuality writes a quality, 0 to 100, with its bounds where it has any:
// "61", "61 (58 à 65)".
func (d *Desk) SayQuality(q compare.Score) string {
	f := d.texts.Formatter()
	low, value, high := SayPoints(f, q.Low, 0), SayPoints(f, q.Value, 0), SayPoints(f, q.High, 0)
	if low == high {
		return value
	}
	return d.texts.Text("lead.quality", "low", low, "value", value, "high", high)
}

// SayRank writes the places a site may have: "1", "2 à 3", or that it is set
// apart.
func (d *Desk) SayRank(r *compare.Ranked) string {
	switch {
	case r.Out:
		return d.texts.Text("lead.rank.out")
	case r.Rank.Best == r.Rank.Worst:
		return d.texts.Formatter().Count(r.Rank.Best)
	}
	return d.texts.Text("lead.rank", "best", r.Rank.Best, "worst", r.Rank.Worst)
}

// SayMade says what a comparison was made with: draws, seed and rules.
func (d *Desk) SayMade(c *Compared) string {
	return d.texts.Text("lead.made", "draws", d.texts.Formatter().Count(c.Draws.Count),
		"spread", d.texts.Formatter().Percent(c.Draws.Spread, 0),
		"seed", domain.Decimal(domain.FormatFixed(int64(c.Draws.Seed), 0, 0)), "pack", c.Pack.Number)
}

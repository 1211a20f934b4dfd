package desk

import (
	"context"
	"math"
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Compared is the one object that the screen, the paper and the command read of
// a comparison. Quality and cost stand side by side in it, never in one number.
type Compared struct {
	Comparison Comparison
	Pack       calc.PackRef
	Criteria   []*rules.Criterion // all of the pack, in its order
	Quality    *compare.Result
	Sites      []ComparedSite // in the order asked for
	Draws      rules.Draws
}

// ComparedSite is one site with what it was judged by.
type ComparedSite struct {
	Site   *rules.Site
	Status rules.SiteStatus
	Cells  map[string]Cell // criterion -> the value as it was found
	Must   []MustResult    // in the order asked for
	Cost   SiteCost
	Opens  bool // it does not operate yet: cap and cost are those before it opens
}

// Cell is the raw value of a criterion at a site and where it comes from: a line
// of the data sheet, the cap that the engine applies, or the status.
type Cell struct {
	Criterion *rules.Criterion
	Raw       compare.Raw
	Datum     *Datum   // of a field
	Cap       *Caps    // of irCap: under the two readings of air.outside
	Used      calc.Cap // of irCap: under the reading chosen
	Settled   bool     // of irCap: the readings agree, or the project settled the question
	Status    string   // of status
}

// MustResult is what a site says to a must-have.
type MustResult struct {
	Must  *rules.MustHave
	Num   domain.Quantity // the number asked for, where it takes one
	State string          // compare.Pass, compare.Fail or compare.Unknown
	Datum *Datum          // nil for cap and status
}

// SiteCost is what the project costs at a site, computed by the engine of the
// estimate. Amounts of a seat are MAD a person counted and month; they are
// unknown where nobody is counted.
type SiteCost struct {
	Result  *calc.Result  // the project at this site, with the pay of the site
	Rent    *domain.Money // MAD a square metre and month, the user's
	Pay     *domain.Share // of the project's pay, the user's
	Counted bool          // somebody is counted
	HasRent bool          // rent is in the amounts below; otherwise they are payroll only

	Before, After           domain.Money // a seat and month, before and after the benefits
	AfterLow, AfterHigh     domain.Money // after, over the open readings
	TotalBefore, TotalAfter domain.Money // over the horizon
	BelowMinimum            bool         // some pay is under the legal minimum
	AtLeast                 bool         // a part of the benefits is unknown: After is a highest value
}

// Compare compares platforms. The error is a *domain.Problem or calc.Problems
// where something is refused, and that of ctx where it ends first. Progress is
// called now and then, from the calling goroutine; it may be nil.
func (d *Desk) Compare(ctx context.Context, c Comparison, progress func(done, of int)) (*Compared, error) {
	if wrong := d.checkComparison(&c); wrong != nil {
		return nil, wrong
	}
	owns, err := d.owns()
	if err != nil {
		return nil, err
	}
	out := &Compared{Comparison: c, Draws: d.p.Pack.Comparing.Draws}
	if c.Draws > 0 {
		out.Draws.Count = c.Draws
	}
	if c.Seed != nil {
		out.Draws.Seed = *c.Seed
	}
	in := compare.Input{Draws: out.Draws}
	for i := range d.p.Pack.Comparing.Criteria {
		r := &d.p.Pack.Comparing.Criteria[i]
		out.Criteria = append(out.Criteria, r)
		in.Criteria = append(in.Criteria, compare.Criterion{Rule: r, Weight: int64(c.Weights[r.ID])})
	}
	for _, id := range c.Sites {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s, err := d.comparedSite(&c, d.p.Pack.Site(id), owns)
		if err != nil {
			return nil, err
		}
		out.Sites = append(out.Sites, *s)
		in.Sites = append(in.Sites, s.input())
		out.Pack = s.Cost.Result.Pack
	}
	out.Quality, err = compare.Compare(ctx, in, progress)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *ComparedSite) input() compare.Site {
	in := compare.Site{ID: s.Site.ID, Raw: map[string]compare.Raw{}}
	for id, cell := range s.Cells {
		in.Raw[id] = cell.Raw
	}
	for _, m := range s.Must {
		in.Must = append(in.Must, compare.Must{ID: m.Must.ID, State: m.State})
	}
	return in
}

func (d *Desk) comparedSite(c *Comparison, site *rules.Site, owns map[ownKey]*Own) (*ComparedSite, error) {
	s := &ComparedSite{Site: site, Status: d.StatusOf(site), Cells: map[string]Cell{}, Opens: !d.engine.InOperation(site.ID)}
	var err error
	if s.Cost, err = d.siteCost(c, site.ID); err != nil {
		return nil, err
	}
	for i := range d.p.Pack.Comparing.Criteria {
		r := &d.p.Pack.Comparing.Criteria[i]
		s.Cells[r.ID] = d.cell(r, s, owns)
	}
	for _, choice := range c.Must {
		s.Must = append(s.Must, d.mustResult(choice, s, owns))
	}
	return s, nil
}

// cell finds the raw value of a criterion.
func (d *Desk) cell(r *rules.Criterion, s *ComparedSite, owns map[ownKey]*Own) Cell {
	cell := Cell{Criterion: r}
	switch r.Of {
	case rules.OfStatus:
		cell.Status = s.Status.Status
		cell.Raw = compare.Raw{Known: true, Level: cell.Status}
	case rules.OfIRCap:
		d.capCell(&cell, s)
	default:
		x := d.datum(s.Site, d.p.Pack.Field(r.Of), owns)
		cell.Datum, cell.Raw = &x, rawOf(&x)
	}
	return cell
}

// rawOf is the number of a datum with the span that published readings of the
// same thing leave. The user's value stands for itself.
func rawOf(x *Datum) compare.Raw {
	if !x.Known() {
		return compare.Raw{}
	}
	v := x.Value()
	raw := compare.Raw{Known: true, Low: v.Num, Value: v.Num + (v.To-v.Num)/2, High: max(v.Num, v.To)}
	if x.Own != nil {
		return raw
	}
	for _, o := range x.Fact.Others {
		if o.Kind == rules.OtherValue {
			raw.Low, raw.High = min(raw.Low, o.Value.Num), max(raw.High, o.Value.Num, o.Value.To)
		}
	}
	return raw
}

// capCell takes the AIR cap that the engine applies in the project's first month.
func (d *Desk) capCell(cell *Cell, s *ComparedSite) {
	r := s.Cost.Result
	both := Caps{}
	both.None, both.Region = d.engine.AIRCap(s.Site.ID, r.Inside, r.From)
	cell.Cap, cell.Used = &both, both.None
	if r.Readings.Get(domain.ReadingAIROutside) == "region" {
		cell.Used = both.Region
	}
	cell.Settled = both.Settled() || slices.Contains(r.Settled, domain.ReadingAIROutside)
	num := func(c calc.Cap) domain.Quantity {
		if !c.Applies {
			return cell.Criterion.Worst // no cap is the worst score, not a missing one
		}
		return domain.Quantity(c.Share)
	}
	cell.Raw = compare.Raw{Known: true, Low: num(cell.Used), Value: num(cell.Used), High: num(cell.Used)}
	if !cell.Settled {
		cell.Raw.Low, cell.Raw.High = min(num(both.None), num(both.Region)), max(num(both.None), num(both.Region))
	}
}

func (d *Desk) mustResult(choice MustChoice, s *ComparedSite, owns map[ownKey]*Own) MustResult {
	m := d.mustHave(choice.ID)
	out := MustResult{Must: m, Num: m.Num}
	if choice.Num != nil && m.Adjustable {
		out.Num = *choice.Num
	}
	var raw compare.Raw
	switch m.Of {
	case rules.OfStatus:
		out.State = stateOf(s.Status.Status == m.Value)
		return out
	case rules.OfIRCap:
		cell := Cell{Criterion: &rules.Criterion{Worst: domain.QuantityOne + 1}} // no cap is above any
		d.capCell(&cell, s)
		raw = cell.Raw
	default:
		x := d.datum(s.Site, d.p.Pack.Field(m.Of), owns)
		out.Datum = &x
		if x.Known() && x.Field.Kind == rules.FieldYesNo {
			out.State = stateOf(x.Value().Text == m.Value)
			return out
		}
		raw = opened(rawOf(&x), x.Value().Bound)
	}
	out.State = within(raw, m.Test, out.Num)
	return out
}

// opened is the span of a number of which only one end was published: nobody says
// how much more, or how much less.
func opened(raw compare.Raw, bound string) compare.Raw {
	switch bound {
	case rules.BoundMoreThan:
		raw.High = math.MaxInt64
	case rules.BoundUpTo:
		raw.Low = 0
	}
	return raw
}

func stateOf(ok bool) string {
	if ok {
		return compare.Pass
	}
	return compare.Fail
}

// within tests a number, or a span of which both ends must agree.
func within(raw compare.Raw, test string, num domain.Quantity) string {
	if !raw.Known {
		return compare.Unknown
	}
	low, high := raw.Low >= num, raw.High >= num
	if test == rules.TestAtMost {
		low, high = raw.Low <= num, raw.High <= num
	}
	if low != high {
		return compare.Unknown
	}
	return stateOf(low)
}

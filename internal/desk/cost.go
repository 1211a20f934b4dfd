package desk

import (
	"math/big"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// maxRent bounds a rent, MAD a square metre and month, and maxSeat the area of a
// seat: above them an amount was typed into the wrong field.
const (
	maxRent = domain.Money(10_000_00)
	maxSeat = 1000 * domain.QuantityOne
)

// siteCost computes the project at one site, with the pay and rent the user
// knows there.
func (d *Desk) siteCost(c *Comparison, site string) (SiteCost, error) {
	terms := c.Terms[site]
	cost := SiteCost{Rent: terms.Rent, Pay: terms.Pay}
	if wrong := checkTerms(c, site); wrong != nil {
		return cost, wrong
	}
	p := c.Project
	p.Site = site
	if p.InsideP2I != nil && *p.InsideP2I && !d.engine.InOperation(site) {
		p.InsideP2I = nil // nobody can stand inside yet: the engine counts from the month it opens
	}
	if terms.Pay != nil {
		p.Roles = scaled(p.Roles, *terms.Pay)
	}
	cs, err := d.engine.Case(p)
	if err != nil {
		return cost, err
	}
	r := cs.Result()
	cost.Result = r
	cost.BelowMinimum = d.belowMinimum(&p)
	cost.AtLeast = r.Extent(calc.LineBenefits) != calc.Whole
	cost.TotalBefore, cost.TotalAfter = r.EmploymentCost, r.EmploymentCost-r.Benefits.Value
	if cost.Before, cost.Counted = r.CostPerSeatMonth(false); !cost.Counted {
		return cost, nil
	}
	cost.After, _ = r.CostPerSeatMonth(true)
	cost.AfterLow = perSeat(r.EmploymentCost-r.Benefits.High, r.PersonMonths)
	cost.AfterHigh = perSeat(r.EmploymentCost-r.Benefits.Low, r.PersonMonths)
	if terms.Rent != nil && c.SeatArea != nil {
		cost.addRent(*terms.Rent, *c.SeatArea)
	}
	return cost, nil
}

// checkTerms refuses a rent, pay or area that cannot be meant.
func checkTerms(c *Comparison, site string) *domain.Problem {
	t := c.Terms[site]
	field := "terms." + site
	switch {
	case t.Rent != nil && (*t.Rent < 0 || *t.Rent > maxRent):
		return domain.Refuse(field+".rent", t.Rent.String(), "compare.rent.range", "most", maxRent)
	case t.Pay != nil && (*t.Pay < domain.ShareOne/100 || *t.Pay > 5*domain.ShareOne):
		return domain.Refuse(field+".pay", t.Pay.String(), "compare.pay.range")
	case c.SeatArea != nil && (*c.SeatArea <= 0 || *c.SeatArea > maxSeat):
		return domain.Refuse("seatArea", c.SeatArea.String(), "compare.seat.range")
	}
	return nil
}

// addRent adds the rent of the seats that are counted: their area times the rent
// of a square metre, a person and month.
func (c *SiteCost) addRent(rent domain.Money, area domain.Quantity) {
	seat := ratio(big.NewInt(int64(rent)), big.NewInt(int64(area)), int64(domain.QuantityOne))
	all := new(big.Int).Mul(big.NewInt(int64(rent)), big.NewInt(int64(area)))
	total := ratio(all, big.NewInt(int64(c.Result.PersonMonths)), int64(domain.QuantityOne)*1_000_000)
	c.HasRent = true
	for _, amount := range []*domain.Money{&c.Before, &c.After, &c.AfterLow, &c.AfterHigh} {
		*amount += seat
	}
	c.TotalBefore += total
	c.TotalAfter += total
}

// ratio is a times b over n, rounded half up.
func ratio(a, b *big.Int, n int64) domain.Money {
	x := new(big.Int).Mul(a, b)
	x.Add(x.Lsh(x, 1), big.NewInt(n))
	return domain.Money(x.Div(x, big.NewInt(2*n)).Int64())
}

// perSeat is an amount over the months of people, rounded half up away from
// zero, as the result object rounds it.
func perSeat(total domain.Money, months domain.Heads) domain.Money {
	if total < 0 {
		return -perSeat(-total, months)
	}
	return ratio(big.NewInt(int64(total)), big.NewInt(1_000_000), int64(months))
}

// scaled is the roles with another pay, each rounded half up to the centime.
func scaled(roles []domain.Role, share domain.Share) []domain.Role {
	out := make([]domain.Role, len(roles))
	for i, r := range roles {
		out[i] = r
		out[i].GrossMonthly = ratio(big.NewInt(int64(r.GrossMonthly)), big.NewInt(int64(share)), int64(domain.ShareOne))
	}
	return out
}

// belowMinimum is whether some pay is under the legal minimum of its first month.
func (d *Desk) belowMinimum(p *domain.Project) bool {
	for _, r := range p.Roles {
		for _, h := range r.Hires {
			if least, ok := d.engine.MinimumPay(h.Month); ok && r.GrossMonthly < least {
				return true
			}
		}
	}
	return false
}

// costLines are the costs of a site, with what they count and what of it is the
// user's.
func (d *Desk) costLines(cost *SiteCost) []string {
	if !cost.Counted {
		return nil
	}
	t, f := d.texts, d.texts.Formatter()
	rent, pay, least := t.Text("lead.site.payroll"), "", ""
	if cost.HasRent {
		rent = t.Text("lead.site.rent", "rent", *cost.Rent)
	}
	if cost.Pay != nil {
		pay = t.Text("lead.site.pay", "share", *cost.Pay)
	}
	if cost.BelowMinimum {
		least = t.Text("compare.minimum")
	}
	seat := t.Text("lead.site.cost", "before", f.Amount(cost.Before), "after", d.SayAfter(cost))
	total := f.Amount(cost.TotalAfter)
	if cost.AtLeast {
		total = t.Text("compare.atMost", "amount", total)
	}
	return []string{
		d.more(seat, rent, pay, least),
		t.Text("lead.site.total", "months", cost.Result.Months, "before", f.Amount(cost.TotalBefore), "after", total),
	}
}

// SayAfter writes the cost of a seat after the benefits, with its bounds over the
// open readings: "28 060 (de 25 000 a 31 000 ...)"; a highest value is said to be one.
func (d *Desk) SayAfter(cost *SiteCost) string {
	t, f := d.texts, d.texts.Formatter()
	said := f.Amount(cost.After)
	if cost.AtLeast {
		said = t.Text("compare.atMost", "amount", said)
	}
	if cost.AfterLow == cost.AfterHigh {
		return said
	}
	return t.Text("lead.after", "amount", said, "low", f.Amount(cost.AfterLow), "high", f.Amount(cost.AfterHigh))
}

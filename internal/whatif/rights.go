package whatif

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// Right is what one benefit acquires in one month under the readings of the case,
// in MAD to the centime. Where it is not Known the amount says nothing: the AIS
// of a fiscal year whose profit was not given.
type Right struct {
	Month   domain.Month
	Benefit string
	Amount  domain.Money
	Known   bool
}

// Rights is the calendar of rights, by month and then in the order of
// domain.Benefits; months that bring nothing are absent.
//
// AIR is acquired in the month whose pay it relieves, PAF in each month of
// training pay, PAE in the month in which a cohort has stayed long enough, or
// month by month under the reading "annual". AIS belongs to a fiscal year and is
// acquired in its December, which may lie after the last counted month.
//
// The amounts of a calendar year add up to the year's printed line, and all of
// them to the result: see calc.Case.ByMonth.
func Rights(c *calc.Case) []Right { return rights(c, c.ByMonth()) }

func rights(c *calc.Case, months []calc.MonthPart) []Right {
	var out []Right
	add := func(m domain.Month, benefit string, amount domain.Money) {
		if amount > 0 {
			out = append(out, Right{m, benefit, amount, true})
		}
	}
	for _, m := range months {
		add(m.Month, domain.AIR, m.AIR)
		add(m.Month, domain.PAE, m.PAE)
		add(m.Month, domain.PAF, m.PAF)
	}
	for _, y := range c.Years() {
		december := domain.NewMonth(y.Year, 12)
		if y.Extent(domain.AIS) == calc.NotKnown {
			out = append(out, Right{Month: december, Benefit: domain.AIS})
			continue
		}
		add(december, domain.AIS, y.AIS)
	}
	slices.SortStableFunc(out, func(a, b Right) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(order(a.Benefit), order(b.Benefit)))
	})
	return out
}

func order(benefit string) int { return slices.Index(domain.Benefits[:], benefit) }

// MaxDelay is the longest delay that can be entered, in months: a limit of the
// field, not of any rule.
const MaxDelay = 120

// Delays are the months that the user expects between a right and its payment,
// by benefit. Dates of payment are not published: a benefit without an entry has
// no date, and nothing takes its place.
type Delays map[string]int

// Check refuses a benefit that does not exist and a delay outside 0..MaxDelay
// with a *domain.Problem in the field delays.CODE.
func (d Delays) Check() error {
	codes := make([]string, 0, len(d))
	for code := range d {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		field := "delays." + code
		if order(code) < 0 {
			return domain.Refuse(field, code, "refuse.oneOf", "accepted", strings.Join(domain.Benefits[:], ", "))
		}
		if n := d[code]; n < 0 || n > MaxDelay {
			return domain.Refuse(field, strconv.Itoa(n), "refuse.range", "min", 0, "max", MaxDelay)
		}
	}
	return nil
}

// Payment is a right in the month in which the user expects it to be paid.
type Payment struct {
	Month    domain.Month
	Benefit  string
	Amount   domain.Money
	Acquired domain.Month
}

// CashCalendar is what is expected when. Undated are the rights without a date,
// or without a known amount.
type CashCalendar struct {
	Payments []Payment
	Undated  []Right
}

// Cash dates the rights by the user's delays; the order is that of Rights, by
// month of payment. The error is that of Delays.Check.
func Cash(rights []Right, delays Delays) (CashCalendar, error) {
	if err := delays.Check(); err != nil {
		return CashCalendar{}, fmt.Errorf("cash calendar: %w", err)
	}
	var out CashCalendar
	for _, r := range rights {
		delay, dated := delays[r.Benefit]
		if !dated || !r.Known {
			out.Undated = append(out.Undated, r)
			continue
		}
		out.Payments = append(out.Payments, Payment{r.Month + domain.Month(delay), r.Benefit, r.Amount, r.Month})
	}
	slices.SortStableFunc(out.Payments, func(a, b Payment) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(order(a.Benefit), order(b.Benefit)))
	})
	return out, nil
}

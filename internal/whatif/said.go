package whatif

import (
	"strconv"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// amountOf is a number of the question in the type that says it: pay to the
// centime, since an answer is exact to it.
func amountOf(find Unknown, n int64) any {
	if find == Pay {
		return domain.Decimal(domain.Money(n).String())
	}
	return domain.Heads(n) * domain.Heads(domain.ShareOne)
}

// said is a number of the question as it may have been typed.
func said(find Unknown, n int64) string {
	if find == Pay {
		return domain.Money(n).String()
	}
	return strconv.FormatInt(n, 10)
}

// words say an answer that there is, then what a reader must know of it.
func (a *Answer) words(q Question) []domain.Msg {
	key := pick(q.Find, "whatif.from.pay", "whatif.from.heads")
	switch {
	case a.Value == a.From:
		key = pick(q.Find, "whatif.already.pay", "whatif.already.heads")
	case q.AtLeast == 1:
		key = pick(q.Find, "whatif.starts.pay", "whatif.starts.heads")
	}
	out := []domain.Msg{domain.M(
		key, "value", amountOf(q.Find, a.Value), "line", lineName(q.Line), "amount", a.Amount, "before", a.Before,
	)}
	if !a.Rises {
		out = append(out, domain.M("whatif.uneven"))
	}
	if a.Lost > 0 {
		lost := pick(q.Find, "whatif.lost.pay", "whatif.lost.heads")
		out = append(out, domain.M(lost, "value", amountOf(q.Find, a.Lost)))
	}
	return out
}

// lineName is the text of a line of the statement.
func lineName(line string) domain.Msg { return domain.M("line." + line) }

// impossible says why no number looked at reaches the goal, from what the engine
// says of the largest.
func (s *solver) impossible(a *Answer, flat bool) (domain.Msg, error) {
	most, find := amountOf(s.q.Find, a.To), s.q.Find
	switch {
	case a.Amount == 0 && s.q.Line == calc.LineBenefits:
		return domain.M(pick(find, "whatif.never.none.pay", "whatif.never.none.heads"), "most", most), nil
	case a.Amount == 0:
		reason, err := s.reason(a.To)
		key := pick(find, "whatif.never.because.pay", "whatif.never.because.heads")
		return domain.M(key, "most", most, "line", lineName(s.q.Line), "reason", reason), err
	case flat:
		key := pick(find, "whatif.never.flat.pay", "whatif.never.flat.heads")
		return domain.M(key, "line", lineName(s.q.Line), "amount", a.Amount), nil
	}
	key := pick(find, "whatif.never.short.pay", "whatif.never.short.heads")
	return domain.M(key, "most", most, "line", lineName(s.q.Line), "amount", a.Amount, "target", s.q.AtLeast), nil
}

func pick(find Unknown, pay, heads string) string {
	if find == Pay {
		return pay
	}
	return heads
}

// reason is what the engine says of a benefit that is nothing, under the readings
// that the question stands on.
func (s *solver) reason(n int64) (domain.Msg, error) {
	p := s.with(n)
	c, err := s.eng.Case(p)
	if err != nil {
		return domain.Msg{}, err
	}
	r := c.Result()
	if s.q.Basis == Chosen {
		return r.Notes[s.q.Line], nil
	}
	f := figure(r, s.q.Line)
	read := f.LowReadings
	if s.q.Basis == Highest {
		read = f.HighReadings
	}
	if c, err = s.eng.Case(withReadings(p, read)); err != nil {
		return domain.Msg{}, err
	}
	return c.Result().Notes[s.q.Line], nil
}

// Words say a payback: without the offer, with it, the benefits alone, and what
// the figures stand on. What is not known is said to be so.
func (b *Payback) Words() []domain.Msg {
	var out []domain.Msg
	if b.Without == nil {
		out = append(out, domain.M("whatif.payback.unknown"))
	} else {
		out = append(
			out, domain.M("whatif.payback.without", "reach", b.Without.words()),
			b.With.words("whatif.payback.with"),
		)
	}
	out = append(out, b.Alone.words("whatif.payback.alone"))
	if b.Paid {
		out = append(out, domain.M("whatif.payback.paid"))
	} else {
		out = append(out, domain.M("whatif.payback.acquired"))
	}
	if b.Partly {
		out = append(out, domain.M("whatif.payback.partly"))
	}
	return out
}

func (r Reach) words() domain.Msg {
	if r.Reached {
		return domain.M("whatif.reach.month", "month", r.Month, "count", r.After)
	}
	return domain.M("whatif.reach.never", "missing", r.Missing)
}

// words give the chosen reach, and its ends where the readings move it.
func (s ReachSpan) words(key string) domain.Msg {
	reach := s.Chosen.words()
	if s.Soonest != s.Latest {
		reach = domain.M("whatif.reach.span", "reach", reach, "soonest", s.Soonest.words(), "latest", s.Latest.words())
	}
	return domain.M(key, "reach", reach)
}

// Package currency shows an amount of dirhams in a second currency beside it. It
// is indicative: nothing is computed in it, and it is never written finer than its
// rate is known.
package currency

import (
	"strconv"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/paper"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
)

// Second is a currency beside the dirham. A nil one is dirhams alone: then there is
// nothing to say.
type Second struct {
	Texts *i18n.Catalogue
	Rate  issue.Rate
	Open  func() // shows the rate, its date and its source
}

// figures is how many digits of a converted amount are written.
const figures = 3

// About is an amount in words: "≈ 1,39 M EUR".
func (s *Second) About(m domain.Money) string {
	if s == nil {
		return ""
	}
	return s.Texts.Text("currency.about", "amount", s.written(m), "currency", s.Rate.Currency)
}

// Between is a range in words: "≈ 1,2 à 2,4 M EUR"; one amount where both ends are
// written alike.
func (s *Second) Between(low, high domain.Money) string {
	if s == nil {
		return ""
	}
	a, b := s.written(low), s.written(high)
	if a == b {
		return s.About(low)
	}
	return s.Texts.Text("currency.about", "amount", s.Texts.Formatter().Between(a, b), "currency", s.Rate.Currency)
}

// Gain is the total of an estimate with its range, or its range alone where that is
// what stands above it, marked as indicative; "" where it is not known.
func (s *Second) Gain(r *calc.Result, ranged bool) string {
	open := r.Extent(calc.LineBenefits)
	if s == nil || open == calc.NotKnown {
		return ""
	}
	b := r.Benefits
	span, said := s.Between(b.Low, b.High), s.About(b.Value)
	switch {
	case b.Settled():
	case ranged:
		said = span
	default:
		said = s.Texts.Text("currency.ranged", "amount", said, "range", span)
	}
	return s.Indicative(desk.SayExtent(s.Texts, open, said))
}

// Benefit is one benefit of an estimate; "" where it is not known or nothing.
func (s *Second) Benefit(r *calc.Result, code string) string {
	open, b := r.Extent(code), r.Benefit(code)
	if s == nil || open == calc.NotKnown || b.Value == 0 {
		return ""
	}
	return desk.SayExtent(s.Texts, open, s.About(b.Value))
}

// Indicative marks converted amounts as such.
func (s *Second) Indicative(said string) string {
	return s.Texts.Text("currency.indicative", "amount", said)
}

// Said is the rate with its date and source.
func (s *Second) Said() string {
	return s.Texts.Text("paper.rate", "currency", s.Rate.Currency, "rate", s.Rate.Written, "source", s.Rate.Said)
}

// written is an amount to three figures: "1,39 M", "139 000", "2 660".
func (s *Second) written(m domain.Money) string {
	const unit, million = 100, 100_000_000 // in centimes
	rate := paper.Rate{Per: s.Rate.MAD}
	v := cut(int64(rate.Of(m)))
	f := s.Texts.Formatter()
	if v < million && v > -million {
		return f.Amount(domain.Money(v / unit * unit))
	}
	whole := len(strconv.FormatInt(max(v, -v)/million, 10))
	n := strconv.FormatFloat(float64(v)/million, 'f', max(figures-whole, 0), 64)
	return s.Texts.Text("number.million", "n", f.Decimal(domain.Decimal(n)))
}

// cut rounds to as many figures as are written, half away from zero.
func cut(v int64) int64 {
	if v < 0 {
		return -cut(-v)
	}
	step, most := int64(1), int64(1)
	for range figures {
		most *= 10
	}
	for rest := v; rest >= most; rest /= 10 {
		step *= 10
	}
	return (v + step/2) / step * step
}

// Panel is the rate in full, with a way to where it is changed; change may be nil.
func (s *Second) Panel(change func()) kit.PanelSpec {
	t := s.Texts
	title := t.Text("currency.rate", "currency", s.Rate.Currency, "rate", s.Rate.Written)
	box := kit.VStack(14,
		kit.NewParagraph(title, kit.PanelTotalText),
		kit.NewParagraph(s.Said(), kit.BodyText),
		kit.NewParagraph(t.Text("currency.why"), kit.MutedText))
	if change != nil {
		box.Add(kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("currency.change"), change)))
	}
	return kit.PanelSpec{Title: t.Text("currency.title", "currency", s.Rate.Currency), Close: t.Text("proof.ui.close"), Content: box}
}

// Line is a quiet line that opens the rate; it takes no room while it is empty.
type Line struct {
	figure *kit.Figure
	Box    *fyne.Container
}

// NewLine makes an empty line.
func NewLine() *Line {
	l := &Line{figure: kit.NewFigure("", kit.MutedText, nil)}
	l.Box = kit.HStack(0, l.figure)
	l.Box.Hide()
	return l
}

// Set shows what is said in a currency, or nothing.
func (l *Line) Set(s *Second, said string) {
	l.figure.OnTapped = nil
	if s != nil {
		l.figure.OnTapped = s.Open
	}
	l.figure.SetText(said)
	l.Box.Hidden = said == ""
	l.Box.Refresh()
}

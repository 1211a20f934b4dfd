package say

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
)

// Total is the segments of the pack together.
const Total = "TOTAL"

// Writer writes the figures of a book.
type Writer struct {
	T    *i18n.Catalogue
	Book *figures.Book
}

// Number writes a number of the pack with the digits it has.
func (w Writer) Number(n figures.Num) string {
	return w.T.Formatter().Decimal(domain.Decimal(n.String()))
}

// Billions is a number of millions in thousands of them, to two decimals that say
// something: "10,58", "3,2", "40".
func (w Writer) Billions(n figures.Num) string {
	exact := figures.Num{Micros: n.Micros / 1000, Decimals: 3}
	out := exact.Rounded(-2)
	out.Decimals = 2
	for out.Decimals > 0 && exact.Rounded(1-out.Decimals).Micros == exact.Micros {
		out.Decimals--
	}
	return w.Number(out)
}

// Amount is a number with its unit; growth that rises has its sign.
func (w Writer) Amount(k figures.Key, n figures.Num) string {
	said := desk.SayNum(w.T, n, k.Unit)
	if n.Micros > 0 && w.Kind(k.Indicator) == figures.KindGrowth {
		return w.T.Text("sector.rise", "number", said)
	}
	return said
}

// Kind is the kind of an indicator, one of those of figures, "" if there is none.
func (w Writer) Kind(indicator string) string {
	for _, x := range w.Book.Indicators {
		if x.ID == indicator {
			return x.Kind
		}
	}
	return ""
}

// Printed is a reading as its source prints it.
func (w Writer) Printed(o *figures.Observation) string {
	if o.Published != "" {
		return o.Published
	}
	return w.Amount(o.Key, o.Value)
}

// Period is a time as it is read in a sentence.
func (w Writer) Period(p figures.Period) string { return desk.SayPeriod(w.T, p) }

// Name is what a key measures: "Exportations de l'offshoring, ITO".
func (w Writer) Name(k figures.Key) string {
	out := w.T.Text("figure.indicator." + k.Indicator)
	if k.Segment != Total {
		out = w.T.Text("sector.name", "name", out, "more", w.T.Text("figure.segment."+k.Segment))
	}
	if k.Country != w.Book.Home {
		out = w.T.Text("sector.name", "name", out, "more", w.T.Text("figure.country."+k.Country))
	}
	return out
}

// Full is a key with its time.
func (w Writer) Full(k figures.Key) string {
	return w.T.Text("sector.name", "name", w.Name(k), "more", w.Period(k.Period))
}

package sector

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
)

// words writes the figures of a book as a reader writes them.
type words struct {
	t    *i18n.Catalogue
	book *figures.Book
}

func (w words) number(n figures.Num) string {
	return w.t.Formatter().Decimal(domain.Decimal(n.String()))
}

// billions is a number of millions in thousands of them, to two decimals that say
// something: "10,58", "3,2", "40".
func (w words) billions(n figures.Num) string {
	exact := figures.Num{Micros: n.Micros / 1000, Decimals: 3}
	out := exact.Rounded(-2)
	out.Decimals = 2
	for out.Decimals > 0 && exact.Rounded(1-out.Decimals).Micros == exact.Micros {
		out.Decimals--
	}
	return w.number(out)
}

// amount is a number with its unit; growth that rises has its sign.
func (w words) amount(k figures.Key, n figures.Num) string {
	said := desk.SayNum(w.t, n, k.Unit)
	if n.Micros > 0 && w.kind(k.Indicator) == figures.KindGrowth {
		return w.t.Text("sector.rise", "number", said)
	}
	return said
}

func (w words) kind(indicator string) string {
	for _, x := range w.book.Indicators {
		if x.ID == indicator {
			return x.Kind
		}
	}
	return ""
}

// printed is a reading as its source prints it.
func (w words) printed(o *figures.Observation) string {
	if o.Published != "" {
		return o.Published
	}
	return w.amount(o.Key, o.Value)
}

func (w words) period(p figures.Period) string { return desk.SayPeriod(w.t, p) }

// name is what a key measures: "Exportations de l'offshoring, ITO".
func (w words) name(k figures.Key) string {
	out := w.t.Text("figure.indicator." + k.Indicator)
	if k.Segment != total {
		out = w.t.Text("sector.name", "name", out, "more", w.t.Text("figure.segment."+k.Segment))
	}
	if k.Country != home {
		out = w.t.Text("sector.name", "name", out, "more", w.t.Text("figure.country."+k.Country))
	}
	return out
}

// full is a key with its time.
func (w words) full(k figures.Key) string {
	return w.t.Text("sector.name", "name", w.name(k), "more", w.period(k.Period))
}

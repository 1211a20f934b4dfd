package desk

import (
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
)

// PublishedFigures is the published figures of the active pack, read and
// reconciled at the first call. A pack without figures gives an empty book;
// figures that are refused give a *rules.Fault, at every call.
func (d *Desk) PublishedFigures() (*figures.Book, error) { return d.book() }

// Figures is the published figures with those that the user imported. Beside the
// errors of PublishedFigures and of the store it returns a *rules.Fault where a
// derivation of the pack does not come out with the imported ones.
func (d *Desk) Figures() (*figures.Book, error) {
	published, err := d.PublishedFigures()
	if err != nil || d.p.Store == nil {
		return published, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.own != nil {
		return d.own, nil
	}
	kept, err := d.p.Store.Observations()
	if err != nil {
		return nil, err
	}
	list := imported(published, kept)
	if len(list) == 0 {
		return published, nil
	}
	d.own, err = published.With(list)
	return d.own, err
}

// SayNum writes a published number with its unit: "13 400 M MAD", "rang 28". A
// date is written as one, a ratio without a unit.
func SayNum(t *i18n.Catalogue, n figures.Num, unit string) string {
	value := t.Formatter().Decimal(domain.Decimal(n.String()))
	switch unit {
	case "date":
		if s := n.String(); len(s) == len("20250731") {
			return t.Formatter().Date(domain.Date(s[:4] + "-" + s[4:6] + "-" + s[6:]))
		}
	case "ratio":
		return value
	case "rank":
		return t.Text("figures.value.rank", "value", value)
	}
	return t.Text("figures.value", "value", value, "unit", t.Text("figure.unit."+unit))
}

// SayPeriod writes a period as it is read in a sentence: "1er semestre 2025",
// "2014 à 2020", "vers 2018".
func SayPeriod(t *i18n.Catalogue, p figures.Period) string {
	text := p.String()
	year, part, _ := strings.Cut(text, "-")
	switch p.Kind() {
	case figures.Undated:
		return t.Text("figures.period.undated")
	case figures.Month:
		m, _ := p.Start()
		return t.Formatter().Month(m)
	case figures.Quarter, figures.Half:
		return t.Text("figures.period."+part, "year", year)
	case figures.Fiscal:
		return t.Text("figures.period.fiscal", "year", strings.TrimPrefix(text, "FY"))
	case figures.About:
		return t.Text("figures.period.about", "year", strings.TrimPrefix(text, "~"))
	case figures.Range:
		return sayRange(t, text)
	}
	return text
}

func sayRange(t *i18n.Catalogue, text string) string {
	end := func(s string) string {
		p, err := figures.ParsePeriod(s)
		if err != nil { // cannot be: the ends of a range that was read are periods
			return s
		}
		return SayPeriod(t, p)
	}
	from, to, _ := strings.Cut(text, "/")
	switch {
	case from == "":
		return t.Text("figures.period.to", "to", end(to))
	case to == "":
		return t.Text("figures.period.from", "from", end(from))
	}
	return t.Text("figures.period.range", "from", end(from), "to", end(to))
}

package desk

import (
	"io"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/intake"
	"atlasp2i/internal/store"
)

// PublishedFigures is the published figures of the active pack, read and
// reconciled at the first call. A pack without figures gives an empty book;
// figures that are refused give a *rules.Fault, at every call.
func (d *Desk) PublishedFigures() (*figures.Book, error) { return d.book() }

// Figures is the published figures with those that the user imported. Beside the
// errors of PublishedFigures and of the store it returns a *rules.Fault where a
// derivation of the pack does not come out with the imported ones. The first call
// and the first after an import was taken back read all that was imported: with
// very many, a window should not wait for it.
func (d *Desk) Figures() (*figures.Book, error) {
	published, err := d.PublishedFigures()
	if err != nil || d.p.Store == nil {
		return published, err
	}
	d.ownMu.Lock()
	defer d.ownMu.Unlock()
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

// ExportFigures writes every figure, the published and the imported ones, as a
// table that Intake reads: exported and imported again, all are there already. A
// figure with several sources has a line for each. What is computed is not in it.
// It returns the errors of Figures and of the writer.
func (d *Desk) ExportFigures(w io.Writer) error {
	book, err := d.Figures()
	if err != nil {
		return err
	}
	var rows []intake.Row
	for _, g := range book.Groups(figures.Query{}) {
		for i := range g.Readings {
			r := &g.Readings[i]
			for _, from := range r.Sources {
				rows = append(rows, intake.Row{Key: r.Key, Value: r.Value, Source: from, Note: d.noteOf(&r.Observation)})
			}
		}
	}
	return intake.Write(w, rows)
}

// roleMark is what noteOf puts at the head of a note: the same word in every
// language. An import takes plain figures only, so it refuses a line so marked that
// the pack does not have itself: what one pack calls misleading must not come back
// as a figure under another.
func roleMark(role string) string { return "[" + role + "]" }

var roleMarks = []string{roleMark(figures.RoleTrap), roleMark(figures.RoleContext)}

// noteOf is what a table says beside a figure. It has no column for a role, so one
// that misleads, or stands beside the sector, says so here.
func (d *Desk) noteOf(o *figures.Observation) string {
	var words []string
	if o.Role != figures.RoleFigure {
		words = append(words, roleMark(o.Role)+" "+d.texts.Text("figures.role."+o.Role))
	}
	if o.Note != "" {
		words = append(words, d.texts.Text(o.Note))
	}
	if o.Remark != "" {
		words = append(words, o.Remark)
	}
	return strings.Join(words, "\n")
}

// Imports gives the files that were imported, those taken back too, the newest
// first. Without a store there is none.
func (d *Desk) Imports() ([]store.Import, error) {
	if d.p.Store == nil {
		return nil, nil
	}
	return d.p.Store.Imports()
}

// DropImport takes an import back as a whole: the figures that stood before it
// hold again. One that was taken back already is left as it is. It returns
// *store.ReadOnlyError, *store.NotFoundError and the errors of the store.
func (d *Desk) DropImport(number int) error {
	if d.p.Store == nil {
		return &store.ReadOnlyError{}
	}
	defer d.changed(nil)
	return d.p.Store.DropImport(number)
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
	case "%":
		return t.Text("figures.value.percent", "value", value)
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

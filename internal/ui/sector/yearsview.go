package sector

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// years shows the exports by year, a run for each series.
func (pg *Page) years() fyne.CanvasObject {
	t, h := pg.t, pg.words.history()
	var keys []figures.Key
	for _, r := range h.runs {
		keys = append(keys, r.years...)
	}
	plot := pg.exhibit(exhibit.Spec{
		Title: t.Text("sector.years.title"), Period: pg.words.span(keys), Unit: pg.words.chartUnit(million),
		Notes:    append([]string{t.Text("sector.years.warning.text")}, h.warnings()...),
		MinWidth: 300, MinHeight: chartTall,
		Draw: func(w, height float64, dark bool) *record.Drawing { return pg.words.drawHistory(h, w, height, dark) },
		Tapped: func(spot string) {
			if k, ok := h.at(spot); ok {
				pg.open(k)
			}
		},
	}, keys)
	said := kit.VStack(8)
	for _, s := range h.warnings() {
		said.Add(kit.NewParagraph(s, kit.BodyText))
	}
	box := kit.VStack(14, kit.NewCard(plot),
		kit.NewNotice(t.Text("sector.years.warning"), t.Text("sector.years.warning.text"), said))
	var cards []fyne.CanvasObject
	for i := range h.runs {
		cards = append(cards, pg.runCard(&h.runs[i]))
	}
	box.Add(kit.Columns(gap, runLeast, equal(len(cards)), cards...))
	return box
}

// runLeast is the least width of the card of a series, in design pixels.
const runLeast = 300

// equal are so many equal shares.
func equal(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = 1 / float32(n)
	}
	return out
}

// runCard is the table of one series.
func (pg *Page) runCard(r *run) fyne.CanvasObject {
	var rows []kit.Row
	for _, k := range r.years {
		s := pg.words.Published(k)
		d := pg.words.Computed(k)
		rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: pg.words.Period(k.Period)}, pg.cell(s), pg.cell(d)}})
	}
	t := pg.t
	table := kit.NewStatement([]kit.Column{{Title: t.Text("sector.years.year"), Left: true}, {Title: t.Text("sector.column.level")}, {Title: t.Text("sector.column.derived")}}, rows)
	table.Underlined = true
	return kit.NewCard(kit.VStack(8, kit.NewParagraph(r.name, kit.CardTitleText), kit.NewParagraph(r.basis, kit.MutedText), kit.NewText(t.Text("sector.column.unit"), kit.MutedText), table))
}

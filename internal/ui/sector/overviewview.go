package sector

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/picture"
	"atlasp2i/internal/ui/sector/say"
)

// Measures in design pixels.
const (
	gap       = 20
	cardLeast = 440
	chartTall = 330
)

// overview shows the segments of a period, drawn and in a table.
func (pg *Page) overview() fyne.CanvasObject {
	t := pg.t
	switcher := kit.HStack(8)
	for _, p := range pg.words.periods() {
		switcher.Add(kit.NewChipButton(kit.ChipLook{Text: pg.words.Period(p), Active: p == pg.period}, func() {
			pg.period = p
			pg.again()
		}))
	}
	period := pg.period
	plot := picture.New(picture.Spec{
		MinWidth: 300, MinHeight: chartTall,
		Draw: func(w, h float64, dark bool) *record.Drawing { return pg.words.drawSegments(period, w, h, dark) },
		Tapped: func(segment string) {
			pg.open(figures.Key{Country: home, Indicator: exports, Segment: segment, Period: period, Series: newSeries, Unit: million})
		},
	})
	title := t.Text("sector.segments.title", "period", pg.words.Period(period))
	left := kit.NewCard(kit.VStack(8, kit.NewParagraph(title, kit.CardTitleText), plot))
	table := kit.NewStatement(
		[]kit.Column{{Title: t.Text("sector.column.segment"), Left: true}, {Title: t.Text("sector.column.level")}, {Title: t.Text("sector.column.derived")}, {Title: t.Text("sector.column.share")}, {Title: t.Text("sector.column.growth")}},
		pg.rows(period))
	table.Underlined = true
	right := kit.VStack(10, kit.NewText(t.Text("sector.column.unit"), kit.MutedText), table)
	for _, s := range pg.words.remarks(period) {
		right.Add(kit.NewParagraph(s, kit.MutedText))
	}
	box := kit.VStack(14, switcher, kit.Columns(gap, cardLeast, []float32{0.44, 0.56}, left, kit.NewCard(right)))
	if list := pg.words.parts(period); len(list) > 0 {
		box.Add(pg.partsCard(list))
	}
	box.Add(pg.seriesNote(newSeries))
	return box
}

// partsCard is what is known of the halves and quarters of the year.
func (pg *Page) partsCard(list []partRow) fyne.CanvasObject {
	t := pg.t
	var rows []kit.Row
	for _, r := range list {
		rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: r.name}, {Text: r.period}, pg.cell(r.published), pg.cell(r.derived)}})
	}
	table := kit.NewStatement([]kit.Column{
		{Title: t.Text("sector.column.segment"), Left: true},
		{Title: t.Text("sector.elsewhere.period"), Left: true},
		{Title: t.Text("sector.column.level")},
		{Title: t.Text("sector.column.derived")},
	}, rows)
	table.Underlined = true
	return kit.NewCard(kit.VStack(8, kit.NewText(t.Text("sector.parts.title"), kit.CardTitleText), kit.NewText(t.Text("sector.column.unit"), kit.MutedText), table,
		kit.NewParagraph(t.Text("sector.parts.about"), kit.MutedText)))
}

func (pg *Page) rows(p figures.Period) []kit.Row {
	var out []kit.Row
	for _, r := range pg.words.segmentRows(p) {
		cells := []kit.Cell{{Text: r.name}}
		for _, s := range []say.Shown{r.published, r.derived, r.share, r.growth} {
			cells = append(cells, pg.cell(s))
		}
		out = append(out, kit.Row{Cells: cells, Total: r.id == total})
	}
	return out
}

func (pg *Page) cell(s say.Shown) kit.Cell {
	c := kit.Cell{Text: s.Text, Muted: s.Missing || s.Derived}
	if !s.Missing {
		c.Explain = func() { pg.open(s.Key) }
	}
	return c
}

// seriesNote names a series and says what it counts.
func (pg *Page) seriesNote(id string) fyne.CanvasObject {
	said := pg.words.series(id)
	return kit.NewParagraph(pg.t.Text("sector.series", "name", said[0], "basis", said[len(said)-1]), kit.MutedText)
}

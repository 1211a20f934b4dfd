package sector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
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
	period, aspect := pg.period, pg.aspect
	left := kit.NewCard(pg.exhibit(exhibit.Spec{
		Title:  t.Text("sector.segments.title."+aspects[aspect].id, "period", pg.words.Period(period)),
		Period: pg.words.Period(period), Unit: pg.words.chartUnit(aspects[aspect].unit),
		MinWidth: 300, MinHeight: chartTall,
		Draw: func(w, h float64, dark bool) *record.Drawing {
			return pg.words.drawSegments(period, aspect, pg.words.sheet(w, h, dark))
		},
		Tapped: func(segment string) {
			pg.open(pg.words.overviewKey(aspects[aspect].indicator, aspects[aspect].unit, segment, period))
		},
	}, pg.words.segmentKeys(period, aspect)))
	table := kit.NewStatement(
		[]kit.Column{{Title: t.Text("sector.column.segment"), Left: true}, {Title: t.Text("sector.column.level")}, {Title: t.Text("sector.column.derived")}, {Title: t.Text("sector.column.share")}, {Title: t.Text("sector.column.growth")}},
		pg.rows(period))
	table.Underlined = true
	right := kit.VStack(10, kit.NewText(t.Text("sector.column.unit"), kit.MutedText), table)
	for _, s := range pg.words.remarks(period) {
		right.Add(kit.NewParagraph(s, kit.MutedText))
	}
	box := kit.VStack(14, pg.switches(), kit.Columns(gap, cardLeast, []float32{0.44, 0.56}, left, kit.NewCard(right)))
	if s := pg.words.season(period); s != nil {
		box.Add(pg.seasonCard(s))
	}
	box.Add(pg.seriesNote(newSeries))
	return box
}

// switches choose the kind of period, the period, and what the chart draws.
func (pg *Page) switches() fyne.CanvasObject {
	t := pg.t
	label := func(key string) fyne.CanvasObject {
		return container.NewCenter(kit.NewText(t.Text(key), kit.MutedText))
	}
	sort, drawn := kit.Flow(8, label("sector.switch.period")), kit.Flow(8, label("sector.switch.chart"))
	for _, k := range kinds {
		sort.Add(pg.chip(t.Text("sector.kind."+k.id), k.kind == pg.period.Kind(), func() { pg.choose(k.kind) }))
	}
	for i, a := range aspects {
		drawn.Add(pg.chip(t.Text("sector.aspect."+a.id), i == pg.aspect, func() { pg.aspect = i }))
	}
	return kit.VStack(8, kit.Ends(gap, sort, drawn), pg.which())
}

const (
	mostChips  = 12  // periods that stand beside each other; more of them are a list
	periodWide = 220 // of that list, design pixels
)

// which chooses the period: imported figures may bring many.
func (pg *Page) which() fyne.CanvasObject {
	list := pg.words.periods(pg.period.Kind())
	if len(list) <= mostChips {
		chips := kit.Flow(8)
		for _, p := range list {
			chips.Add(pg.chip(pg.words.Period(p), p == pg.period, func() { pg.period = p }))
		}
		return chips
	}
	var options []kit.Option
	for _, p := range list {
		options = append(options, kit.Option{ID: p.String(), Text: pg.words.Period(p)})
	}
	choice := kit.NewSelect("", options, func(id string) {
		for _, p := range list {
			if p.String() == id {
				pg.period = p
			}
		}
		pg.again()
	})
	choice.Put(pg.period.String())
	return kit.Sides(0, periodWide, 1, choice, kit.Gap(0))
}

// seasonCard is what is known of the halves and quarters of a year.
func (pg *Page) seasonCard(s *season) fyne.CanvasObject {
	t := pg.t
	left := kit.NewCard(pg.exhibit(exhibit.Spec{
		Title: s.title, Period: pg.words.Period(s.year), Unit: pg.words.chartUnit(million), Notes: []string{s.sentence},
		MinWidth: 300, MinHeight: 220,
		Draw: func(w, h float64, dark bool) *record.Drawing {
			return pg.words.drawSeason(s, pg.words.sheet(w, h, dark))
		},
		Tapped: func(spot string) {
			for _, k := range s.keys {
				if k.Period.String() == spot {
					pg.open(k)
				}
			}
		},
	}, s.keys))
	var rows []kit.Row
	for _, r := range pg.words.parts(s) {
		rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: r.name}, {Text: r.period}, pg.cell(r.published), pg.cell(r.derived)}})
	}
	table := kit.NewStatement([]kit.Column{
		{Title: t.Text("sector.column.segment"), Left: true},
		{Title: t.Text("sector.elsewhere.period"), Left: true},
		{Title: t.Text("sector.column.level")},
		{Title: t.Text("sector.column.derived")},
	}, rows)
	table.Underlined = true
	right := kit.VStack(8, kit.NewText(t.Text("sector.column.unit"), kit.MutedText), table,
		kit.NewParagraph(s.sentence, kit.StrongText), kit.NewParagraph(t.Text("sector.parts.about"), kit.MutedText))
	return kit.Columns(gap, cardLeast, []float32{0.44, 0.56}, left, kit.NewCard(right))
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

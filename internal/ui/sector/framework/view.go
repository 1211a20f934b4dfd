package framework

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/sector/say"
)

// Params is what the tab works with.
type Params struct {
	Words  say.Writer
	Open   func(figures.Key)                                        // slides the panel of a figure over the page
	Notice func(*figures.Said) fyne.CanvasObject                    // shows what circulates and misleads
	Export func(title string, keys []figures.Key) fyne.CanvasObject // takes a table along
}

// Measures in design pixels, and shares of a line: time, what, value.
const (
	gap       = 20
	cardLeast = 440
)

var lineShares = []float32{0.24, 0.5, 0.26}

// View shows training, governance and rankings.
func View(p Params) fyne.CanvasObject {
	t := p.Words.T
	return kit.VStack(14, kit.NewParagraph(t.Text("sector.framework.about"), kit.MutedText),
		kit.Columns(gap, cardLeast, []float32{0.5, 0.5},
			kit.VStack(14, p.card(training, "figure.group."+training), kit.NewCard(p.ranking())),
			kit.VStack(14, p.card(governance, "figure.group."+governance), p.card(rankings, "sector.ranks.others"))))
}

// card lists a group under a title, with what circulates about it.
func (p Params) card(group, title string) fyne.CanvasObject {
	list := entries(p.Words, group)
	var keys []figures.Key
	for _, e := range list {
		keys = append(keys, e.key)
	}
	box := kit.VStack(12, p.head(title, keys), p.list(list))
	for _, s := range sayings(p.Words.Book, group) {
		box.Add(p.Notice(s))
	}
	return kit.NewCard(box)
}

// head is the title of a table, with what takes it along.
func (p Params) head(title string, keys []figures.Key) fyne.CanvasObject {
	said := p.Words.T.Text(title)
	return kit.Ends(12, kit.NewText(said, kit.CardTitleText), p.Export(said, keys))
}

// list is a line for each figure of a group.
func (p Params) list(list []entry) fyne.CanvasObject {
	rows := kit.VStack(8)
	for i, e := range list {
		if i > 0 {
			rows.Add(kit.NewRule())
		}
		rows.Add(p.line(e))
	}
	return rows
}

func (p Params) line(e entry) fyne.CanvasObject {
	figure := func(text string) fyne.CanvasObject {
		return kit.VStack(0, kit.HStack(0, kit.NewFigure(text, kit.TableStrong, func() { p.Open(e.key) })))
	}
	var when, value fyne.CanvasObject = kit.NewParagraph(e.when, kit.TableMuted), kit.Gap(0)
	if e.value == "" {
		when = figure(e.when)
	} else {
		value = figure(e.value)
	}
	what := kit.VStack(2, kit.NewParagraph(e.name, kit.TableText))
	for _, n := range e.notes {
		what.Add(kit.NewParagraph(n, kit.MutedText))
	}
	end := kit.VStack(2, value)
	for _, m := range e.marks {
		end.Add(kit.NewParagraph(m, kit.CautionText))
	}
	return kit.Columns(12, 1, lineShares, when, what, end)
}

// ranking is the table of the index, a column for each edition.
func (p Params) ranking() fyne.CanvasObject {
	t, r := p.Words.T, ranks(p.Words)
	columns := []kit.Column{{Title: t.Text("sector.elsewhere.country"), Left: true}}
	for _, e := range r.editions {
		columns = append(columns, kit.Column{Title: t.Text("sector.ranks.edition", "year", p.Words.Period(e))})
	}
	var rows []kit.Row
	var keys []figures.Key
	for _, c := range r.rows {
		row := kit.Row{Cells: []kit.Cell{{Text: c.name}}, Total: c.home}
		for _, s := range c.ranks {
			keys = append(keys, s.Key)
			cell := kit.Cell{Text: s.Text, Muted: s.Missing}
			if !s.Missing {
				cell.Explain = func() { p.Open(s.Key) }
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	table := kit.NewStatement(columns, rows)
	table.Underlined = true
	return kit.VStack(10, p.head("figure.indicator."+worldRank, keys), table,
		kit.NewParagraph(t.Text("sector.ranks.about"), kit.MutedText))
}

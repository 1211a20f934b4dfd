package sector

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/picture"
)

// targets shows exports and jobs against what is aimed at.
func (pg *Page) targets() fyne.CanvasObject {
	var cards []fyne.CanvasObject
	list := pg.words.goals()
	for i := range list {
		cards = append(cards, pg.goalCard(&list[i]))
	}
	return kit.VStack(14, kit.NewParagraph(pg.t.Text("sector.targets.about"), kit.MutedText),
		kit.Columns(gap, cardLeast, equal(len(cards)), cards...))
}

func (pg *Page) goalCard(g *goal) fyne.CanvasObject {
	t := pg.t
	plot := picture.New(picture.Spec{
		MinWidth: 260, MinHeight: 240,
		Draw: func(w, h float64, dark bool) *record.Drawing { return pg.words.drawGoal(g, w, h, dark) },
		Tapped: func(spot string) {
			for _, m := range g.marks {
				if m.key.Indicator+m.key.Period.String() == spot {
					pg.open(m.key)
				}
			}
		},
	})
	var rows []kit.Row
	for _, m := range g.marks {
		rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: m.name}, pg.cell(m.value)}})
	}
	levels := kit.NewStatement([]kit.Column{{Title: t.Text("sector.targets.when"), Left: true}, {Title: t.Text("sector.targets.level")}}, rows)
	levels.Underlined = true
	box := kit.VStack(10, kit.NewText(g.title, kit.CardTitleText), plot, levels, kit.NewText(t.Text("sector.targets.needed"), kit.StrongText))
	for i, s := range g.pace {
		box.Add(kit.Ends(12, kit.NewParagraph(g.paceNames[i], kit.MutedText), kit.NewFigure(s.Text, kit.TableStrong, func() { pg.open(s.Key) })))
	}
	for _, s := range g.sayings {
		box.Add(kit.NewNotice(t.Text(s.Claim), t.Text(s.Why), kit.NewParagraph(t.Text(s.Instead), kit.StrongText),
			kit.HStack(0, kit.NewButton(kit.Link, t.Text("sector.said.readings", "count", len(s.Observations)), func() { pg.openSaid(s) }))))
	}
	return kit.NewCard(box)
}

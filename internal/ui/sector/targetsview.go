package sector

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// targets shows exports and jobs against what is aimed at.
func (pg *Page) targets() fyne.CanvasObject {
	var cards []fyne.CanvasObject
	var perJobCard fyne.CanvasObject = kit.Gap(0)
	list := pg.words.goals()
	for i := range list {
		plot, told := pg.goalParts(&list[i])
		if list[i].id == perJob {
			perJobCard = kit.NewCard(kit.Columns(gap, cardLeast, equal(2), plot, told))
			continue
		}
		cards = append(cards, kit.NewCard(kit.VStack(10, plot, told)))
	}
	return kit.VStack(14, kit.NewParagraph(pg.t.Text("sector.targets.about"), kit.MutedText),
		kit.Columns(gap, cardLeast, equal(len(cards)), cards...), perJobCard)
}

// goalParts are the drawing of a goal under its title, and what is said of it.
func (pg *Page) goalParts(g *goal) (drawn, told fyne.CanvasObject) {
	t := pg.t
	var keys []figures.Key
	for _, m := range g.marks {
		keys = append(keys, m.key)
	}
	plot := pg.exhibit(exhibit.Spec{
		Title: g.title, Unit: pg.words.goalUnit(g), Notes: slices.Concat([]string{t.Text("sector.targets.about")}, g.warnings, g.remarks),
		MinWidth: 260, MinHeight: 240,
		Draw: func(w, h float64, dark bool) *record.Drawing { return pg.words.drawGoal(g, w, h, dark) },
		Tapped: func(spot string) {
			for _, m := range g.marks {
				if m.key.Indicator+m.key.Period.String() == spot {
					pg.open(m.key)
				}
			}
		},
	}, keys)
	var rows []kit.Row
	for _, m := range g.marks {
		rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: m.name}, pg.cell(m.value)}})
	}
	levels := kit.NewStatement([]kit.Column{{Title: t.Text("sector.targets.when"), Left: true}, {Title: t.Text("sector.targets.level")}}, rows)
	levels.Underlined = true
	box := kit.VStack(10)
	for _, s := range g.warnings {
		box.Add(kit.NewParagraph(s, kit.CautionText))
	}
	box.Add(levels)
	pg.addNeeded(box, "sector.targets.needed", g.needed)
	pg.addNeeded(box, "sector.targets.lately", g.lately)
	for _, s := range g.remarks {
		box.Add(kit.NewParagraph(s, kit.MutedText))
	}
	for _, s := range g.sayings {
		box.Add(pg.saidNotice(s))
	}
	return plot, box
}

// addNeeded adds a list of figures under a heading, nothing where there are none.
func (pg *Page) addNeeded(box *fyne.Container, heading string, list []needed) {
	if len(list) == 0 {
		return
	}
	box.Add(kit.NewText(pg.t.Text(heading), kit.StrongText))
	for _, n := range list {
		var value fyne.CanvasObject = kit.NewText(n.value.Text, kit.MutedText)
		if !n.value.Missing {
			value = kit.NewFigure(n.value.Text, kit.TableStrong, func() { pg.open(n.value.Key) })
		}
		box.Add(kit.Ends(12, kit.NewParagraph(n.name, kit.MutedText), value))
	}
}

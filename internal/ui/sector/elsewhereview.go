package sector

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
)

// destinationShares are country, scope, value and time.
var destinationShares = []float32{0.17, 0.47, 0.2, 0.16}

// elsewhere shows destinations side by side, each with what it counts.
func (pg *Page) elsewhere() fyne.CanvasObject {
	t := pg.t
	switcher := kit.Flow(8)
	for i, s := range subjects {
		switcher.Add(pg.chip(t.Text("sector.subject."+s.id), i == pg.topic, func() { pg.topic = i }))
	}
	rows := kit.VStack(8, kit.Columns(12, 1, destinationShares,
		kit.NewText(t.Text("sector.elsewhere.country"), kit.MutedText), kit.NewText(t.Text("sector.elsewhere.scope"), kit.MutedText),
		kit.NewText(t.Text("sector.elsewhere.value"), kit.MutedText), kit.NewText(t.Text("sector.elsewhere.period"), kit.MutedText)))
	before := ""
	var keys []figures.Key
	for _, d := range pg.words.destinations(pg.topic) {
		keys = append(keys, d.key)
		country := d.country
		if country == before {
			country = ""
		} else {
			rows.Add(kit.NewRule())
		}
		before = d.country
		scope := kit.VStack(1, kit.NewParagraph(d.name, kit.TableText))
		for _, s := range d.scope {
			scope.Add(kit.NewParagraph(s, kit.MutedText))
		}
		value := kit.NewFigure(d.value.Text, kit.TableStrong, func() { pg.open(d.key) })
		rows.Add(kit.Columns(12, 1, destinationShares, kit.NewParagraph(country, kit.TableStrong), scope,
			kit.VStack(0, kit.HStack(0, value)), kit.NewParagraph(d.period, kit.TableText)))
	}
	away := pg.takeAlong(t.Text("sector.elsewhere.title", "subject", t.Text("sector.subject."+subjects[pg.topic].id)), keys)
	return kit.VStack(14, kit.Ends(12, switcher, away), kit.NewParagraph(t.Text("sector.elsewhere.about"), kit.MutedText), kit.NewCard(rows))
}

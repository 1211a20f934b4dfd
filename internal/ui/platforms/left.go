package platforms

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/picture"
)

// Views of the left side, in the order of its tabs.
const (
	viewMap = iota
	viewSites
	viewRegions
)

// Least size of the map in design pixels.
const (
	mapWide = 300
	mapTall = 420
)

// selectWide is the width of the choice of statistics in design pixels.
const selectWide = 240

// leftView is the map, the cards of the sites, or the table of the regions.
type leftView struct {
	pg      *Page
	stat    *statistic
	params  geo.Params
	tabs    *kit.Tabs
	pick    *kit.Select
	field   *kit.Field
	years   *kit.Paragraph
	picture *picture.Picture
	cards   []*siteCard
	shelves *fyne.Container
	sites   *container.Scroll
	ranking *kit.Statement
	regions *container.Scroll
	card    *kit.Surface
	body    *fyne.Container
	head    *fyne.Container
}

func newLeftView(pg *Page) *leftView {
	t := pg.t
	v := &leftView{pg: pg, shelves: kit.VStack(10), years: kit.NewParagraph("", kit.CautionText), ranking: kit.NewStatement(nil, nil)}
	v.ranking.Underlined = true
	v.tabs = kit.NewTabs([]string{t.Text("platforms.tab.map"), t.Text("platforms.tab.sites"), t.Text("platforms.tab.regions")}, func(int) { v.show() })
	v.pick = kit.NewSelect("", nil, func(id string) {
		pg.stat = id
		v.load()
	})
	v.field = kit.NewField(kit.FieldSpec{Label: t.Text("platforms.shade"), Input: v.pick, Width: selectWide})
	v.picture = picture.New(picture.Spec{
		Draw: func(w, h float64, dark bool) *record.Drawing { return draw(v.params)(w, h, dark) },
		Tapped: func(spot string) {
			if place := pg.pres.placeAt(spot); place != "" {
				pg.choose(place)
			}
		},
		Next:     v.neighbour,
		MinWidth: mapWide, MinHeight: mapTall,
	})
	v.sites = container.NewVScroll(container.New(beside{}, v.shelves))
	v.regions = container.NewVScroll(container.New(beside{}, kit.VStack(10, kit.NewParagraph(t.Text("platforms.regions.order"), kit.MutedText), v.ranking, kit.NewParagraph(t.Text("platforms.regions.hint"), kit.MutedText))))
	v.body = container.New(roomy{}, v.picture, v.sites, v.regions)
	v.head = kit.VStack(12, v.tabs, v.field, v.years)
	v.card = kit.NewCard(kit.VStackFill(8, v.head, v.body))
	v.show()
	return v
}

// roomy gives cards and regions, which scroll, the height that the map has at least:
// where the page scrolls they would have none.
type roomy struct{}

// Layout is for Fyne.
func (roomy) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.Position{})
		x.Resize(s)
	}
}

// MinSize is for Fyne.
func (roomy) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := fyne.NewSize(0, kit.Px(mapTall))
	for _, x := range o {
		if x.Visible() {
			m = m.Max(x.MinSize())
		}
	}
	return m
}

// neighbour is the spot that an arrow goes to.
func (v *leftView) neighbour(from string, key fyne.KeyName) string {
	d := v.picture.Drawing()
	if d == nil {
		return ""
	}
	return geo.Neighbour(d.Spots, from, arrows[key])
}

// show puts the view of the chosen tab in front.
func (v *leftView) show() {
	at := v.tabs.Selected()
	for i, o := range []fyne.CanvasObject{v.picture, v.sites, v.regions} {
		if i == at {
			o.Show()
		} else {
			o.Hide()
		}
	}
	if at == viewSites {
		v.field.Hide()
	} else {
		v.field.Show()
	}
	if at == viewSites || v.years.Text() == "" {
		v.years.Hide()
	} else {
		v.years.Show()
	}
	v.card.Content.Refresh()
	v.head.Refresh()
}

// load reads statistics and sites again.
func (v *leftView) load() {
	pg := v.pg
	list, err := pg.pres.statistics()
	if err == nil && len(list) > 0 && !has(list, pg.stat) {
		pg.stat = list[0].id
	}
	if err == nil {
		v.stat, err = pg.pres.statistic(pg.stat)
	}
	var shelves []shelf
	if err == nil {
		shelves, err = pg.pres.shelves()
	}
	if err != nil {
		pg.p.Failed(err)
		return
	}
	options := make([]kit.Option, len(list))
	for i, l := range list {
		options[i] = kit.Option{ID: l.id, Text: l.name}
	}
	v.pick.SetOptions(options)
	v.pick.Put(pg.stat)
	v.years.SetText(pg.pres.yearsNote(v.stat))
	v.fillShelves(shelves)
	v.mark()
	v.show()
}

func has(list []link, id string) bool {
	for _, l := range list {
		if l.id == id {
			return true
		}
	}
	return false
}

// mark shows which place is chosen, in all three views.
func (v *leftView) mark() {
	pg := v.pg
	v.params = pg.pres.mapParams(v.stat, pg.chosen)
	v.picture.Redraw()
	v.picture.Choose(pg.pres.spotOf(pg.chosen))
	for _, c := range v.cards {
		c.setChosen(c.id == pg.chosen)
	}
	v.fillRanking()
}

func (v *leftView) fillShelves(list []shelf) {
	v.shelves.RemoveAll()
	v.cards = v.cards[:0]
	see := func(o fyne.CanvasObject) { kit.ScrollTo(v.sites, o) }
	for _, s := range list {
		v.shelves.Add(kit.NewText(s.label, kit.CardTitleText))
		row := make([]fyne.CanvasObject, len(s.cards))
		for i := range s.cards {
			id := s.cards[i].id
			c := newSiteCard(&s.cards[i], func() { v.pg.choose(id) }, see)
			v.cards = append(v.cards, c)
			row[i] = c
		}
		v.shelves.Add(container.New(&tiles{}, row...))
	}
	v.sites.Refresh()
}

// fillRanking is the table twin of the map: a region is chosen by its name, its
// value opens.
func (v *leftView) fillRanking() {
	t, s := v.pg.t, v.stat
	if s == nil {
		v.ranking.Set(nil, nil)
		return
	}
	columns := []kit.Column{
		{Title: t.Text("platforms.col.rank")},
		{Title: t.Text("platforms.col.region"), Left: true},
		{Title: t.Text("platforms.col.value")},
		{Title: t.Text("platforms.col.when")},
	}
	rows := make([]kit.Row, len(s.ranked))
	for i := range s.ranked {
		at := &s.ranked[i]
		rank := ""
		if at.rank > 0 {
			rank = strconv.Itoa(at.rank)
		}
		rows[i] = kit.Row{Total: at.region.ID == v.pg.chosen, Cells: []kit.Cell{
			{Text: rank, Muted: true},
			{Text: at.region.Name, Explain: func() { v.pg.choose(at.region.ID) }},
			{Text: at.said.Value, Muted: at.rank == 0, Explain: func() { v.pg.openPanel(v.pg.pres.datumProof(&at.datum)) }},
			{Text: at.when, Muted: true},
		}}
	}
	v.ranking.Set(columns, rows)
	v.regions.Refresh()
}

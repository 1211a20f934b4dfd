package packshelf

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/ui/kit"
)

// Widths in design pixels: of a label beside a fact, and of what stands beside it.
const (
	labelWide = 150
	factWide  = 200
	cellWide  = 70 // under it the columns of a table stand below each other
)

// Shares of the columns of the three tables.
var (
	historyShares = []float32{0.12, 0.34, 0.16, 0.22, 0.16}
	effectShares  = []float32{0.34, 0.1, 0.16, 0.16, 0.24}
	changeShares  = []float32{0.44, 0.28, 0.28}
)

// Lines of a group that are shown at first, and how many more at each press: each
// is laid out.
const (
	firstLines = 12
	moreLines  = 60
)

// fill shows what there is to say.
func (pg *Page) fill() {
	switch {
	case pg.found != nil:
		pg.show(pg.decision(), pg.effects(), pg.changes())
	case pg.refused != nil:
		pg.show(pg.refusal(), pg.active(), pg.past())
	default:
		pg.show(pg.active(), pg.past())
	}
}

func (pg *Page) show(all ...fyne.CanvasObject) {
	pg.box.Objects = all
	pg.box.Refresh()
	if pg.p.Relayout != nil {
		pg.p.Relayout()
	}
}

// busy says what takes its time, with a way back while nothing is written.
func (pg *Page) busy(said string) {
	pg.show(kit.NewCard(kit.NewProgress(said, pg.t.Text("packs.ui.leave"), pg.leave)))
}

// active is the card of the rules that are active, with what can be done about them.
func (pg *Page) active() fyne.CanvasObject {
	t, p := pg.t, pg.p.Desk.Pack()
	box := kit.VStack(6, kit.NewText(t.Text("packs.ui.now", "number", p.Number), kit.CardTitleText))
	addFacts(box, pg.w.facts(p, pg.originOf(p.SHA256)))
	if why := pg.off(); why != "" {
		box.Add(kit.NewNotice(t.Text("packs.ui.off"), t.Text(why)))
		return kit.NewCard(box)
	}
	box.Add(kit.NewParagraph(t.Text("packs.ui.about"), kit.MutedText))
	row := kit.HStack(10, kit.NewButton(kit.Primary, t.Text("packs.ui.import"), pg.Choose))
	if built := pg.p.Shelf.BuiltIn().Pack; p.SHA256 != built.SHA256 {
		row.Add(kit.NewButton(kit.Secondary, t.Text("packs.ui.reset", "number", built.Number), pg.Reset))
	}
	box.Add(row)
	return kit.NewCard(box)
}

func addFacts(box *fyne.Container, list []fact) {
	for _, f := range list {
		box.Add(kit.Sides(10, labelWide, factWide, kit.VStack(0, kit.NewText(f.label, kit.MutedText)), kit.NewParagraph(f.value, kit.TableText)))
	}
}

// originOf says where the active pack came from.
func (pg *Page) originOf(sha256 string) string {
	if pg.p.Fixed {
		return pg.t.Text("packs.ui.origin.start")
	}
	for i := range pg.kept {
		if pg.kept[i].SHA256 == sha256 {
			return pg.w.origin(&pg.kept[i])
		}
	}
	if sha256 == pg.p.Shelf.BuiltIn().Pack.SHA256 {
		return pg.t.Text("packs.ui.origin.program")
	}
	return pg.t.Text("packs.ui.origin.else")
}

// past is the table of the packs that the store ever kept.
func (pg *Page) past() fyne.CanvasObject {
	t := pg.t
	if pg.unread != nil {
		return kit.NewNotice(t.Text("packs.ui.past.unread"), desk.Say(t, pg.unread))
	}
	box := kit.VStack(8, kit.NewText(t.Text("packs.ui.past"), kit.CardTitleText), kit.NewParagraph(t.Text("packs.ui.past.text"), kit.MutedText))
	box.Add(pg.head(historyShares, "number", "origin", "hash", "since", "used"))
	for i := range pg.kept {
		k := &pg.kept[i]
		number := t.Text("rulebook.pack.number", "number", k.Number)
		style := kit.TableText
		if k.Active {
			number, style = t.Text("packs.ui.number.active", "number", k.Number), kit.TableStrong
		}
		box.Add(kit.NewRule())
		box.Add(kit.Columns(12, cellWide, historyShares, kit.NewParagraph(number, style), kit.NewParagraph(pg.w.origin(k), kit.TableText),
			kit.NewParagraph(k.SHA256[:shaShown], kit.TableMuted), kit.NewParagraph(pg.w.since(k.Since), kit.TableText),
			kit.NewParagraph(t.Text("packs.ui.used", "count", k.Simulations), kit.TableText)))
	}
	return kit.NewCard(box)
}

func (pg *Page) head(shares []float32, columns ...string) fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range columns {
		all = append(all, kit.NewParagraph(pg.t.Text("packs.ui.column."+c), kit.MutedText))
	}
	return kit.Columns(12, cellWide, shares, all...)
}

// refusal says why a pack was not taken, and what can be done.
func (pg *Page) refusal() fyne.CanvasObject {
	t := pg.t
	title := t.Text("packs.ui.refused", "file", pg.file)
	if pg.file == "" {
		title = t.Text("packs.ui.refused.program")
	}
	box := kit.VStack(10, kit.NewNotice(title, desk.Say(t, pg.refused)))
	if unknownKey(pg.refused) {
		box.Add(kit.NewParagraph(t.Text("packs.ui.trust", "path", pg.p.Trusted), kit.BodyText))
		box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("packs.ui.trust.copy"), func() { pg.p.Shell.Copy(pg.p.Trusted) })))
	}
	box.Add(kit.NewParagraph(t.Text("packs.ui.unchanged"), kit.MutedText))
	return kit.NewCard(box)
}

// decision is the card of the pack that is looked at, with the choice.
func (pg *Page) decision() fyne.CanvasObject {
	t, p := pg.t, pg.found.Pack
	title, origin, leave := t.Text("packs.ui.look", "number", p.Number), "", "packs.ui.leave"
	if pg.reset {
		title, origin, leave = t.Text("packs.ui.look.program", "number", p.Number), t.Text("packs.ui.origin.program"), "packs.ui.stay"
	} else {
		origin = pg.w.signed(pg.found.Key.ID(), pg.found.Key.Name)
	}
	box := kit.VStack(6, kit.NewText(title, kit.CardTitleText))
	if pg.file != "" {
		box.Add(kit.NewParagraph(t.Text("packs.ui.sound", "file", pg.file), kit.MutedText))
	}
	addFacts(box, pg.w.facts(p, origin))
	box.Add(kit.NewParagraph(t.Text("packs.ui.keeps"), kit.MutedText))
	box.Add(kit.HStack(10, kit.NewButton(kit.Primary, t.Text("packs.ui.activate", "number", p.Number), pg.activate),
		kit.NewButton(kit.Secondary, t.Text(leave), pg.leave)))
	return kit.NewCard(box)
}

// effects is the table of the saved simulations whose figures would be others.
func (pg *Page) effects() fyne.CanvasObject {
	t := pg.t
	moved, same := pg.w.under(pg.found.Pack).effects(pg.found)
	box := kit.VStack(8, kit.NewText(t.Text("packs.ui.effect"), kit.CardTitleText))
	if len(moved) > 0 {
		box.Add(kit.NewParagraph(t.Text("packs.ui.effect.text"), kit.MutedText))
		box.Add(pg.head(effectShares, "simulation", "under", "now", "next", "span"))
	}
	shown, all := moved, pg.open["effects"] > 0
	if !all {
		shown = moved[:min(len(moved), firstLines)]
	}
	for i := range shown {
		box.Add(kit.NewRule())
		box.Add(effectRow(&shown[i]))
	}
	if rest := len(moved) - len(shown); rest > 0 {
		box.Add(pg.more("effects", t.Text("packs.ui.more", "count", rest), len(moved)))
	}
	switch {
	case len(moved)+same == 0:
		box.Add(kit.NewParagraph(t.Text("packs.ui.effect.none"), kit.BodyText))
	case same > 0:
		box.Add(kit.NewParagraph(t.Text("packs.ui.same", "count", same), kit.BodyText))
	}
	return kit.NewCard(box)
}

func effectRow(e *effect) fyne.CanvasObject {
	first := []fyne.CanvasObject{kit.NewParagraph(e.name, kit.TableText), kit.NewParagraph(e.under, kit.TableMuted), kit.NewParagraph(e.now, kit.TableText)}
	if e.why != "" {
		shares := append(append([]float32{}, effectShares[:3]...), effectShares[3]+effectShares[4])
		return kit.Columns(12, cellWide, shares, append(first, kit.NewParagraph(e.why, kit.CautionText))...)
	}
	return kit.Columns(12, cellWide, effectShares, append(first, kit.NewParagraph(e.next, kit.TableStrong), kit.NewParagraph(e.span, kit.TableMuted))...)
}

// changes is the card of what differs, in groups that unfold.
func (pg *Page) changes() fyne.CanvasObject {
	t := pg.t
	box := kit.VStack(8, kit.NewText(t.Text("packs.ui.changes"), kit.CardTitleText))
	groups := pg.w.groups(pg.found)
	if len(groups) == 0 {
		box.Add(kit.NewParagraph(t.Text("packs.ui.changes.none"), kit.BodyText))
	}
	for _, g := range groups {
		box.Add(kit.NewRule())
		pg.addGroup(box, g)
	}
	return kit.NewCard(box)
}

// addGroup shows a group: rules and platforms at once where they are few, the rest
// when it is asked for.
func (pg *Page) addGroup(box *fyne.Container, g group) {
	t := pg.t
	most, asked := pg.open[g.id]
	if !asked && len(g.lines) <= firstLines && (g.id == "rules" || g.id == "sites") {
		most = firstLines
	}
	title := kit.NewText(t.Text("packs.ui.group."+g.id, "count", len(g.lines)), kit.StrongText)
	if most == 0 {
		box.Add(kit.Ends(12, title, pg.more(g.id, t.Text("packs.ui.unfold"), firstLines)))
		return
	}
	box.Add(kit.Ends(12, title, pg.more(g.id, t.Text("packs.ui.fold"), 0)))
	box.Add(pg.head(changeShares, "what", "before", "after"))
	for i := range g.lines[:min(most, len(g.lines))] {
		box.Add(pg.changeRow(&g.lines[i]))
	}
	if rest := len(g.lines) - most; rest > 0 {
		box.Add(kit.HStack(0, pg.more(g.id, t.Text("packs.ui.more", "count", rest), most+moreLines)))
	}
}

// more shows so many lines of a group from now on.
func (pg *Page) more(id, label string, most int) *kit.Button {
	return kit.NewButton(kit.Link, label, func() {
		pg.open[id] = most
		pg.fill()
	})
}

func (pg *Page) changeRow(l *packs.Line) fyne.CanvasObject {
	before, after := l.Before, l.After
	styleBefore, styleAfter := kit.TableText, kit.TableStrong
	switch l.Kind {
	case pack.Added:
		before, styleBefore = pg.t.Text("packs.ui.added"), kit.TableMuted
		if after == "" {
			after = pg.t.Text("packs.ui.there")
		}
	case pack.Removed:
		after, styleAfter = pg.t.Text("packs.ui.removed"), kit.TableMuted
	}
	return kit.Columns(12, cellWide, changeShares, kit.NewParagraph(l.What, kit.TableText), kit.NewParagraph(before, styleBefore), kit.NewParagraph(after, styleAfter))
}

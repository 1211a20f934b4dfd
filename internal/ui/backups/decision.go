package backups

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/ui/kit"
)

// Shares of the columns of what would change, and of the names.
var (
	kindShares = []float32{0.4, 0.2, 0.2, 0.2}
	nameShares = []float32{0.7, 0.3}
)

// firstNames are shown at first: each is laid out.
const firstNames = 12

// decision is what going back to a copy would change, with the choice.
func (pg *Page) decision() []fyne.CanvasObject {
	t, a := pg.t, pg.asked
	box := kit.VStack(8, kit.NewText(t.Text("backups.ask", "at", desk.StampSecond(a.from.At)), kit.CardTitleText))
	box.Add(kit.NewParagraph(t.Text("backups.ask.from", "where", pg.w.where(&a.from), "size", pg.w.size(a.from.Size)), kit.MutedText))
	kinds := pg.w.kinds(a.p)
	if len(kinds) == 0 {
		box.Add(kit.NewParagraph(t.Text("backup.same"), kit.BodyText))
	} else {
		pg.addKinds(box, kinds)
	}
	if said := pg.w.keys(a.p); said != "" {
		box.Add(kit.NewParagraph(said, cautionText))
	}
	if a.from.checked && !a.from.Own {
		box.Add(kit.NewParagraph(t.Text("backups.ask.other"), cautionText))
	}
	stay := kit.NewButton(kit.Secondary, t.Text("backups.stay"), pg.leave)
	if len(kinds) == 0 && a.p.Keys != backup.KeysCome {
		box.Add(kit.HStack(10, stay))
		return []fyne.CanvasObject{kit.NewCard(box)}
	}
	for _, key := range []string{"stays", "settings", "undo"} {
		box.Add(kit.NewParagraph(t.Text("backups.ask."+key), kit.MutedText))
	}
	box.Add(kit.HStack(10, kit.NewButton(kit.Primary, t.Text("backups.restore"), pg.restore), stay))
	out := []fyne.CanvasObject{kit.NewCard(box)}
	if names := pg.w.names(a.p); len(names) > 0 {
		out = append(out, pg.names(names))
	}
	return out
}

func (pg *Page) addKinds(box *fyne.Container, kinds []kind) {
	t := pg.t
	right := func(text string, style kit.Style) fyne.CanvasObject {
		return kit.VStack(0, kit.NewTextRight(text, style))
	}
	head := []fyne.CanvasObject{kit.NewParagraph(t.Text("backups.ask.kind"), kit.MutedText)}
	for _, key := range []string{"back", "gone", "changed"} {
		head = append(head, right(t.Text("backups.ask."+key), kit.MutedText))
	}
	box.Add(kit.Columns(columnGap, cellWide, kindShares, head...))
	number := func(n int) fyne.CanvasObject {
		if n == 0 {
			return right(t.Formatter().Count(n), kit.TableMuted)
		}
		return right(t.Formatter().Count(n), kit.TableStrong)
	}
	for _, k := range kinds {
		box.Add(kit.NewRule())
		box.Add(kit.Columns(columnGap, cellWide, kindShares, kit.NewParagraph(k.name, kit.TableText), number(k.back), number(k.gone), number(k.changed)))
	}
	box.Add(kit.NewRule())
}

// names is the card of the simulations and papers that would change.
func (pg *Page) names(all []named) fyne.CanvasObject {
	t, shown := pg.t, all
	if !pg.asked.all {
		shown = all[:min(len(all), firstNames)]
	}
	box := kit.VStack(8, kit.NewText(t.Text("backups.ask.names"), kit.CardTitleText))
	for _, n := range shown {
		box.Add(kit.NewRule())
		box.Add(kit.Columns(columnGap, cellWide, nameShares, kit.NewParagraph(n.name, kit.TableText), kit.NewParagraph(n.what, n.style())))
	}
	if rest := len(all) - len(shown); rest > 0 {
		box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("backups.list.more", "count", rest), func() {
			pg.asked.all = true
			pg.fill()
		})))
	}
	return kit.NewCard(box)
}

// style marks what would go.
func (n named) style() kit.Style {
	if n.gone {
		return cautionText
	}
	return kit.TableMuted
}

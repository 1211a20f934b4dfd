package sharing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/ui/kit"
)

// Shares of the columns of what a file holds: kind, four numbers, and the way to the
// names.
var heldShares = []float32{0.28, 0.14, 0.18, 0.14, 0.14, 0.12}

// mostNames is how many names of one kind and fate are listed.
const mostNames = 60

// card asks for a file, and says why the last one was not taken.
func (k *take) card() fyne.CanvasObject {
	t := k.pg.t
	box := kit.VStack(10, kit.NewText(t.Text("sharing.take"), kit.CardTitleText), kit.NewParagraph(t.Text("sharing.take.text"), kit.MutedText))
	if k.refused != nil {
		box.Add(kit.NewNotice(t.Text("sharing.take.refused", "file", k.file), desk.Say(t, k.refused)))
	}
	box.Add(kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("sharing.take.choose"), k.pg.Choose)))
	return kit.NewCard(box)
}

// question asks for the passphrase of the file that was chosen.
func (k *take) question() fyne.CanvasObject {
	t := k.pg.t
	box := kit.VStack(10, kit.NewParagraph(t.Text("sharing.take.open", "file", k.file), kit.CardTitleText),
		kit.NewParagraph(t.Text("sharing.take.pass"), kit.MutedText), field(t.Text("sharing.pass"), k.pass))
	if k.refused != nil {
		box.Add(kit.NewParagraph(k.pg.why(k.refused), kit.ErrorText))
	}
	box.Add(kit.HStack(10, kit.NewButton(kit.Primary, t.Text("sharing.take.look"), k.look), kit.NewButton(kit.Secondary, t.Text("sharing.take.leave"), k.leave)))
	return kit.NewCard(box)
}

// decision is who made the file, and what can be done with it.
func (k *take) decision() fyne.CanvasObject {
	t, found := k.pg.t, k.found
	box := kit.VStack(10, kit.NewParagraph(t.Text("sharing.found", "file", k.file), kit.CardTitleText))
	var facts []fyne.CanvasObject
	for _, f := range k.pg.w.facts(&found.Maker) {
		facts = append(facts, kit.VStack(2, kit.NewText(f.label, kit.MutedText), kit.NewParagraph(f.value, kit.TableStrong)))
	}
	box.Add(kit.Columns(columnGap, factWide, nil, facts...))
	switch found.Maker.Standing {
	case share.Stranger:
		box.Add(kit.NewNotice(t.Text("sharing.standing.stranger"), t.Text("sharing.standing.stranger.text")))
	case share.Renewed:
		box.Add(kit.NewNotice(t.Text("sharing.standing.renewed"), t.T(found.Maker.Msg())))
	case share.Own:
		box.Add(kit.NewParagraph(t.T(found.Maker.Msg()), kit.BodyText))
	}
	if k.refused != nil {
		box.Add(kit.NewNotice(t.Text("sharing.take.refused", "file", k.file), desk.Say(t, k.refused)))
	}
	if found.Changes() == 0 {
		box.Add(kit.NewParagraph(t.Text("share.nothing"), kit.StrongText))
	}
	k.addChoice(box)
	return kit.NewCard(box)
}

// addChoice is how the file can be taken, or left.
func (k *take) addChoice(box *fyne.Container) {
	t, found := k.pg.t, k.found
	leave := kit.NewButton(kit.Secondary, t.Text("sharing.take.leave"), k.leave)
	merge := func(key string, without bool) fyne.CanvasObject {
		return kit.NewButton(kit.Primary, t.Text(key), func() { k.merge(without) })
	}
	switch l := k.pg.look; {
	case found.Changes() == 0 && (found.Maker.Standing == share.Known || found.Maker.Standing == share.Own):
		box.Add(kit.HStack(0, kit.NewButton(kit.Primary, t.Text("sharing.take.close"), k.leave)))
	case found.Counts.Dossiers == 0 || l == nil || l.contacts == cabinet.Unlocked:
		box.Add(kit.HStack(10, merge("sharing.merge", false), leave))
	case l.contacts == cabinet.Locked:
		box.Add(kit.NewNotice(t.Text("sharing.take.contacts", "count", found.Counts.Dossiers), t.Text("sharing.take.locked"), k.pg.key.place()))
		box.Add(kit.HStack(10, merge("sharing.merge.without", true), leave))
	default:
		box.Add(kit.NewNotice(t.Text("sharing.take.contacts", "count", found.Counts.Dossiers), t.Text("sharing.take.noPassphrase"),
			kit.HStack(0, kit.NewButton(kit.Link, t.Text("sharing.guard"), k.pg.p.Guard))))
		box.Add(kit.HStack(10, merge("sharing.merge.without", true), leave))
	}
}

// held is the table of what the file holds.
func (k *take) held() fyne.CanvasObject {
	t := k.pg.t
	box := kit.VStack(8, kit.NewText(t.Text("sharing.held"), kit.CardTitleText))
	for _, said := range k.pg.w.warnings(&k.found.Report) {
		box.Add(kit.NewParagraph(said, kit.CautionText))
	}
	rows := k.pg.w.rows(&k.found.Report)
	if len(rows) == 0 {
		box.Add(kit.NewParagraph(t.Text("sharing.held.none"), kit.BodyText))
		return kit.NewCard(box)
	}
	box.Add(kit.Columns(columnGap, cellWide, heldShares, kit.NewParagraph(t.Text("sharing.column.kind"), kit.MutedText),
		right(t.Text("sharing.column.new"), kit.MutedText), right(t.Text("sharing.column.updated"), kit.MutedText),
		right(t.Text("sharing.column.same"), kit.MutedText), right(t.Text("sharing.column.conflicts"), kit.MutedText), kit.VStack(0)))
	for i := range rows {
		box.Add(kit.NewRule())
		k.addRow(box, &rows[i])
	}
	return kit.NewCard(box)
}

// addRow shows the numbers of a kind, and its things by name where they are asked for.
func (k *take) addRow(box *fyne.Container, r *row) {
	t, style := k.pg.t, []kit.Style{kit.TableStrong, kit.TableStrong, kit.TableText, kit.TableStrong}
	cells := []fyne.CanvasObject{kit.HStack(0, kit.NewText(r.title, kit.TableText))}
	for i, n := range r.counts {
		if n == t.Text("sharing.none") {
			style[i] = kit.TableMuted
		}
		cells = append(cells, right(n, style[i]))
	}
	key := "packs.ui.unfold"
	if k.open[r.kind] {
		key = "packs.ui.fold"
	}
	cells = append(cells, kit.HStack(0, kit.NewButton(kit.Link, t.Text(key), func() {
		k.open[r.kind] = !k.open[r.kind]
		k.pg.fill()
	})))
	box.Add(kit.Columns(columnGap, cellWide, heldShares, cells...))
	if !k.open[r.kind] {
		return
	}
	for _, b := range r.buckets {
		names := strings.Join(b.names[:min(len(b.names), mostNames)], " · ")
		if rest := len(b.names) - mostNames; rest > 0 {
			names += " · " + t.Text("sharing.names.more", "count", rest)
		}
		box.Add(kit.Sides(10, labelWide, factWide, kit.VStack(0, kit.NewText(b.title, kit.MutedText)), kit.NewParagraph(names, kit.TableText)))
	}
}

// right stands against the right edge of its column.
func right(text string, style kit.Style) fyne.CanvasObject {
	return kit.HStack(0, layout.NewSpacer(), kit.NewText(text, style))
}

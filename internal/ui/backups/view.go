package backups

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Widths in design pixels: of a label beside a fact, of what stands beside it, of
// the card of a folder, and of a column of a table before they stand below each other.
const (
	labelWide = 130
	factWide  = 160
	cardWide  = 380
	columnGap = 20
	cellWide  = 70
)

// Shares of the columns of the list.
var listShares = []float32{0.19, 0.2, 0.1, 0.29, 0.22}

// Lines of a table and beside it, by their tone.
var (
	goodText    = kit.Style{Size: theme.SizeTable, Color: theme.ColorGood}
	cautionText = kit.Style{Size: theme.SizeTable, Color: theme.ColorCaution}
)

// linkDrop is how much lower a link writes than a text of a table beside it.
const linkDrop = 3

// Lines of the list that are shown at first, and how many more at each press.
const (
	firstLines = 10
	moreLines  = 40
)

// refill is fill, unless something else is shown in the place of the list.
func (pg *Page) refill() {
	if pg.asked == nil && !pg.worker.Busy() {
		pg.fill()
	}
}

// fill shows what there is to say.
func (pg *Page) fill() {
	if pg.off() {
		pg.show(kit.NewNotice(pg.t.Text("backups.off"), pg.t.Text("backups.off.text")))
		return
	}
	if pg.asked != nil {
		pg.show(pg.decision()...)
		return
	}
	var all []fyne.CanvasObject
	if r := pg.refused; r.err != nil {
		all = append(all, kit.NewNotice(pg.t.Text("backups.refused."+r.what), desk.Say(pg.t, r.err)))
	}
	if r := pg.p.Copies.Unseen(); r != nil {
		all = append(all, pg.lost(r))
	}
	if pg.back != nil {
		all = append(all, pg.done())
	}
	pg.show(append(all, kit.Columns(14, cardWide, []float32{1, 1}, pg.here(), pg.second()), pg.list())...)
}

func (pg *Page) show(all ...fyne.CanvasObject) {
	pg.box.Objects = all
	pg.box.Refresh()
	if pg.p.Relayout != nil {
		pg.p.Relayout()
	}
}

func addFact(box *fyne.Container, label string, value fyne.CanvasObject) {
	box.Add(kit.Sides(10, labelWide, factWide, kit.VStack(0, kit.NewText(label, kit.MutedText)), value))
}

func text(value string) fyne.CanvasObject { return kit.NewParagraph(value, kit.TableText) }

// said is a line in the colour of its tone.
func said(l line) fyne.CanvasObject {
	switch l.tone {
	case good:
		return kit.NewParagraph(l.text, goodText)
	case caution:
		return kit.NewParagraph(l.text, cautionText)
	}
	return kit.NewParagraph(l.text, kit.TableText)
}

// here is the card of the copies beside the store.
func (pg *Page) here() fyne.CanvasObject {
	t, list := pg.t, pg.found.snapshots()
	box := kit.VStack(6, kit.NewText(t.Text("backups.here"), kit.CardTitleText))
	if pg.found.read {
		last := t.Text("backups.here.none")
		if at := newest(list); !at.IsZero() {
			last = pg.w.stamp(at)
		}
		addFact(box, t.Text("backups.here.last"), text(last))
		if n, _ := count(list, backup.Here); n > 0 {
			addFact(box, t.Text("backups.here.kept"), text(t.Text("backups.here.count", "count", n)))
		}
	}
	addFact(box, t.Text("backups.folder"), text(pg.p.Folder))
	if err := pg.p.Copies.SnapshotError(); err != nil {
		box.Add(kit.NewNotice(t.Text("backups.here.failed"), desk.Say(t, err)))
	}
	box.Add(kit.NewParagraph(t.Text("backups.here.text"), kit.MutedText))
	box.Add(kit.HStack(10, kit.NewButton(kit.Primary, t.Text("backups.copy"), pg.CopyNow)))
	return kit.NewCard(box)
}

// second is the card of the second folder.
func (pg *Page) second() fyne.CanvasObject {
	t, s := pg.t, pg.found.second
	box := kit.VStack(6, kit.NewText(t.Text("backups.second"), kit.CardTitleText))
	if s.Dir == "" {
		if pg.found.read {
			box.Add(kit.NewParagraph(t.Text("backups.second.none"), kit.BodyText))
			box.Add(kit.NewParagraph(t.Text("backups.second.sealed"), kit.MutedText))
			box.Add(kit.HStack(10, kit.NewButton(kit.Secondary, t.Text("backups.second.choose"), pg.Choose)))
		}
		return kit.NewCard(box)
	}
	lines := pg.w.second(s, pg.found.snapshots())
	addFact(box, t.Text("backups.second.state"), said(lines[0]))
	addFact(box, t.Text("backups.folder"), text(s.Dir))
	for _, l := range lines[1:] {
		box.Add(said(l))
	}
	box.Add(kit.NewParagraph(t.Text("backups.second.sealed"), kit.MutedText))
	if pg.leaving {
		box.Add(kit.NewNotice(t.Text("backups.second.leave"), t.Text("backups.second.leave.text", "folder", s.Folder), kit.HStack(10,
			kit.NewButton(kit.Secondary, t.Text("backups.second.leave.yes"), pg.stop), kit.NewButton(kit.Secondary, t.Text("backups.second.leave.no"), pg.leave))))
		return kit.NewCard(box)
	}
	row := kit.HStack(14)
	if s.There {
		row.Add(kit.NewButton(kit.Secondary, t.Text("backups.second.copy"), pg.CopyNow))
	}
	row.Add(kit.NewButton(kit.Link, t.Text("backups.second.change"), pg.Choose))
	row.Add(kit.NewButton(kit.Link, t.Text("backups.second.stop"), pg.stop))
	box.Add(row)
	return kit.NewCard(box)
}

// list is the table of the copies in both folders.
func (pg *Page) list() fyne.CanvasObject {
	t, f := pg.t, &pg.found
	if f.err != nil {
		return kit.NewNotice(t.Text("backups.list.unread"), desk.Say(t, f.err))
	}
	box := kit.VStack(8, kit.NewText(t.Text("backups.list"), kit.CardTitleText), kit.NewParagraph(t.Text("backups.list.text"), kit.MutedText))
	switch {
	case pg.progress != nil:
		box.Add(pg.progress)
	case f.read && len(f.rows) == 0:
		box.Add(kit.NewParagraph(t.Text("backups.list.none"), kit.BodyText))
		return kit.NewCard(box)
	}
	var head []fyne.CanvasObject
	for _, c := range []string{"at", "where", "size", "state"} {
		head = append(head, kit.NewParagraph(t.Text("backups.column."+c), kit.MutedText))
	}
	head[2] = kit.VStack(0, kit.NewTextRight(t.Text("backups.column.size"), kit.MutedText))
	box.Add(kit.Columns(columnGap, cellWide, listShares, append(head, kit.VStack(0))...))
	rows := folded(f.rows)
	for _, r := range rows[:min(pg.most, len(rows))] {
		box.Add(kit.NewRule())
		box.Add(pg.row(r))
	}
	foot := kit.HStack(14)
	if rest := len(rows) - pg.most; rest > 0 {
		foot.Add(kit.NewButton(kit.Link, t.Text("backups.list.more", "count", rest), func() {
			pg.most += moreLines
			pg.fill()
		}))
	}
	if pg.progress == nil && len(f.rows) > 0 {
		foot.Add(kit.NewButton(kit.Link, t.Text("backups.list.again"), pg.again))
	}
	box.Add(foot)
	return kit.NewCard(box)
}

func (pg *Page) row(r row) fyne.CanvasObject {
	before := ""
	if pg.back != nil {
		before = pg.back.r.Before.Path
	}
	look := kit.HStack(0)
	if r.Err == nil {
		look.Add(kit.NewButton(kit.Link, pg.t.Text("backups.look"), func() { pg.look(r) }))
	}
	cell := func(o fyne.CanvasObject) fyne.CanvasObject { return kit.VStack(0, kit.Gap(linkDrop), o) }
	return kit.Columns(columnGap, cellWide, listShares, cell(text(pg.w.stamp(r.At))), cell(text(pg.w.where(&r))),
		cell(kit.NewTextRight(pg.w.size(r.Size), kit.TableText)), cell(said(pg.w.verdict(r, before))), look)
}

// lost is the notice of a damaged file and what was opened instead, until the officer
// says that it was seen.
func (pg *Page) lost(r *store.Recovery) fyne.CanvasObject {
	t := pg.t
	title := t.Text("backups.lost")
	if !r.At.IsZero() {
		title = t.Text("backups.lost.at", "at", desk.StampSecond(r.At))
	}
	body := t.T(backup.SayRecovery(r))
	if !r.Damaged.Missing {
		body += "\n" + t.Text("backups.lost.file", "file", r.Damaged.Path)
	}
	body += "\n" + t.Text("backups.lost.open", "file", r.Path)
	return kit.NewNotice(title, body, kit.HStack(10, kit.NewButton(kit.Secondary, t.Text("backups.lost.seen"), pg.seen)))
}

// done is the card of a restore, with the way to undo it.
func (pg *Page) done() fyne.CanvasObject {
	t, b := pg.t, pg.back
	box := kit.VStack(6, kit.NewText(t.Text("backups.restored", "at", desk.StampSecond(b.to)), kit.CardTitleText),
		kit.NewParagraph(t.Text("backups.restored.text", "at", desk.StampSecond(b.r.Before.At)), kit.BodyText))
	if b.r.Keys {
		box.Add(kit.NewParagraph(t.Text("backups.restored.keys"), kit.BodyText))
	}
	undo := row{Snapshot: backup.Snapshot{Path: b.r.Before.Path, At: b.r.Before.At, Where: backup.Here}}
	if i := slices.IndexFunc(pg.found.rows, func(r row) bool { return r.Path == undo.Path }); i >= 0 {
		undo = pg.found.rows[i]
	}
	box.Add(kit.HStack(14, kit.NewButton(kit.Secondary, t.Text("backups.restored.look"), func() { pg.look(undo) }),
		kit.NewButton(kit.Link, t.Text("backups.restored.ok"), func() {
			pg.back = nil
			pg.fill()
		})))
	return kit.NewCard(box)
}

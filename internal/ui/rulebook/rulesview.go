package rulebook

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/proof"
)

// book is the tab of the rules: the pack, and what is in it, searched in one field.
type book struct {
	pg     *Page
	w      writer
	part   int // which list is shown
	chips  [3]*kit.ChipButton
	search *kit.Entry
	list   *fyne.Container
	count  *kit.Text
	box    *fyne.Container

	rows map[any]fyne.CanvasObject // of the entries that were shown, by where they stand

	chapters  []chapter
	questions []question
	origins   []origin
}

// partKeys are the lists of the tab, in the order of their chips.
var partKeys = [3]string{"rulebook.values", "rulebook.readings", "rulebook.sources"}

func newBook(pg *Page) *book {
	t := pg.t
	b := &book{pg: pg, w: writer{t, pg.p.Desk.Pack()}, list: kit.VStack(14), count: kit.NewText("", kit.MutedText), rows: map[any]fyne.CanvasObject{}}
	b.chapters, b.questions, b.origins = b.w.chapters(), b.w.questions(), b.w.origins()
	b.search = kit.NewEntry(t.Text("rulebook.search"))
	b.search.Changed = func(string) { b.show() }
	row := kit.Flow(8)
	for i := range b.chips {
		b.chips[i] = kit.NewChipButton(kit.ChipLook{}, func() {
			b.part = i
			b.show()
		})
		row.Add(b.chips[i])
	}
	b.box = kit.VStack(14, b.head(), kit.Columns(14, 300, []float32{0.6, 0.4}, kit.Ends(14, row, b.count), b.search), b.list)
	b.show()
	return b
}

// head is the pack itself.
func (b *book) head() fyne.CanvasObject {
	t, p := b.pg.t, b.w.pack
	light := kit.NewChip(kit.ChipLook{Text: t.Text("rulebook.fresh." + string(b.pg.p.Fresh)), Dot: b.pg.p.Light})
	title := kit.NewText(t.Text("rulebook.pack", "number", p.Number, "name", p.Name), kit.CardTitleText)
	box := kit.VStack(6, kit.Ends(12, title, light))
	for _, f := range b.w.facts() {
		box.Add(kit.Sides(10, 150, 200, kit.VStack(0, kit.NewText(f.label, kit.MutedText)), kit.NewParagraph(f.value, kit.TableText)))
	}
	return kit.NewCard(box)
}

// follow takes over what was searched on a page in another language.
func (b *book) follow(old *book) {
	b.part = old.part
	b.search.Put(old.search.Text)
	b.show()
}

// show fills the list with what is searched.
func (b *book) show() {
	for i, c := range b.chips {
		c.Set(kit.ChipLook{Text: b.pg.t.Text(partKeys[i]), Active: i == b.part})
	}
	b.list.Objects = nil
	found := [3]func() int{b.showValues, b.showReadings, b.showSources}[b.part]()
	b.count.SetText(b.pg.t.Text("rulebook.found", "count", found))
	if found == 0 {
		b.list.Add(kit.NewParagraph(b.pg.t.Text("rulebook.found.none"), kit.BodyText))
	}
	b.list.Refresh()
	b.box.Refresh()
	b.pg.Relayout()
}

func (b *book) showValues() int {
	found := 0
	for _, ch := range b.chapters {
		box := kit.VStack(8, kit.NewText(ch.title, kit.CardTitleText))
		for i := range ch.params {
			if p := &ch.params[i]; matches(p.find, b.search.Text) {
				found++
				box.Add(kit.NewRule())
				box.Add(b.row(p, func() fyne.CanvasObject { return b.param(p) }))
			}
		}
		if len(box.Objects) > 1 {
			b.list.Add(kit.NewCard(box))
		}
	}
	return found
}

// param is a rule value with a line for each time; each opens its reference.
func (b *book) param(p *param) fyne.CanvasObject {
	times := kit.VStack(6)
	for i := range p.dated {
		d := &p.dated[i]
		style := kit.TableStrong
		if !d.inForce {
			style = kit.TableMuted
		}
		value := kit.NewFigure(d.value, style, func() { b.open(p) })
		times.Add(kit.Sides(14, valueWide, 200, kit.VStack(0, kit.HStack(0, value)), kit.VStack(1, kit.NewParagraph(d.span, kit.TableText),
			kit.NewParagraph(d.where, kit.MutedText), kit.NewParagraph(d.sure, kit.MutedText))))
	}
	return kit.Columns(20, 260, []float32{0.38, 0.62}, kit.VStack(1, kit.NewParagraph(p.name, kit.BodyText), kit.NewParagraph(p.basis, kit.MutedText)), times)
}

// valueWide is the width of a value in the list, in design pixels.
const valueWide = 190

// Widths of the panel: in design pixels, and of a wide window.
const (
	panelWide  = 560
	panelShare = 0.41
)

// open slides the full reference of a rule value over the page.
func (b *book) open(p *param) {
	t := b.pg.t
	box := kit.VStack(14, kit.VStack(2, kit.NewParagraph(p.name, kit.TitleText), kit.NewParagraph(p.basis, kit.MutedText)))
	for i := range p.dated {
		r := &p.dated[i].rule
		card := kit.VStack(4, kit.Ends(10, kit.NewParagraph(p.dated[i].value, kit.StrongText), kit.NewChip(kit.ChipLook{Text: r.Sure})))
		for _, text := range append([]string{r.Text}, append(r.Brackets, p.dated[i].span, p.dated[i].sure, r.Note)...) {
			if text != "" {
				card.Add(kit.NewParagraph(text, kit.TableText))
			}
		}
		b.addSources(card, r.Sources)
		box.Add(kit.NewInset(card))
	}
	b.pg.p.Shell.ShowPanel(kit.PanelSpec{
		Title: t.Text("rulebook.panel"), Close: t.Text("proof.ui.close"), Content: box, Width: panelWide, Share: panelShare,
	})
}

func (b *book) addSources(box *fyne.Container, list []desk.SourceText) {
	for _, s := range list {
		box.Add(proof.SourceRow(b.pg.t, s, b.pg.p.Shell.Copy))
	}
}

func (b *book) showReadings() int {
	found := 0
	for i := range b.questions {
		if q := &b.questions[i]; matches(q.find, b.search.Text) {
			found++
			b.list.Add(b.row(q, func() fyne.CanvasObject { return b.question(q) }))
		}
	}
	return found
}

// question is the card of a reading.
func (b *book) question(q *question) fyne.CanvasObject {
	t := b.pg.t
	box := kit.VStack(6, kit.Ends(12, kit.NewParagraph(q.name, kit.CardTitleText), kit.NewChip(kit.ChipLook{Text: q.moves})))
	for k, a := range q.answers {
		style := kit.TableText
		if k == 0 {
			style = kit.TableStrong
		}
		box.Add(kit.Sides(4, 14, 60, kit.NewText(t.Text("rulebook.mark.muted"), kit.MutedText), kit.NewParagraph(a, style)))
	}
	box.Add(kit.NewParagraph(q.reason, kit.BodyText))
	box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("proof.ui.sources", "count", len(q.sources)), func() { b.openSources(q.name, q.sources) })))
	return kit.NewCard(box)
}

// openSources slides where something was read over the page.
func (b *book) openSources(title string, list []desk.SourceText) {
	box := kit.VStack(8, kit.NewParagraph(title, kit.TitleText))
	b.addSources(box, list)
	t := b.pg.t
	b.pg.p.Shell.ShowPanel(kit.PanelSpec{
		Title: t.Text("rulebook.sources"), Close: t.Text("proof.ui.close"), Content: box, Width: panelWide, Share: panelShare,
	})
}

func (b *book) showSources() int {
	box := kit.VStack(8)
	found := 0
	for i := range b.origins {
		if o := &b.origins[i]; matches(o.find, b.search.Text) {
			found++
			box.Add(b.row(o, func() fyne.CanvasObject { return b.origin(o) }))
		}
	}
	if found > 0 {
		b.list.Add(kit.NewCard(box))
	}
	return found
}

// origin is a line of the sources; its number opens it with its address, which
// costs too much to draw for all.
func (b *book) origin(o *origin) fyne.CanvasObject {
	id := kit.NewFigure(o.id, kit.TableStrong, func() { b.openSources(o.said.Title, []desk.SourceText{o.said}) })
	return kit.Sides(8, 44, 200, kit.VStack(0, kit.HStack(0, id)), kit.VStack(1, kit.NewParagraph(o.said.Title, kit.TableText), kit.NewParagraph(o.said.By, kit.MutedText)))
}

// row is what shows an entry, made once: a search only chooses among them.
func (b *book) row(of any, build func() fyne.CanvasObject) fyne.CanvasObject {
	if b.rows[of] == nil {
		b.rows[of] = build()
	}
	return b.rows[of]
}

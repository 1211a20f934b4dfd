package dossiers

import (
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// list is the left side: search, filters, and the contacts that pass them. Folded,
// it shows nobody but whom somebody searched.
type list struct {
	pg     *Page
	asked  filter
	folded bool
	found  []*dossier.Dossier

	box     *fyne.Container
	search  *kit.Entry
	rows    *widget.List
	count   *kit.Text
	away    *fyne.Container // what the filter shows, into a file
	fold    *kit.Button
	selects []*kit.Select
}

func newList(pg *Page) *list {
	l := &list{pg: pg, folded: true}
	t := pg.t
	l.search = kit.NewEntry(t.Text("dossiers.search"))
	l.search.Changed = func(s string) { l.asked.text = s; l.find() }
	l.rows = widget.NewList(func() int { return len(l.found) }, newLine, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(l.found) {
			o.(*line).put(pg.p.row(l.found[i], pg.p.today()))
		}
	})
	l.rows.OnSelected = func(i int) {
		l.rows.UnselectAll()
		if i < len(l.found) {
			pg.Open(l.found[i].ID)
		}
	}
	l.count = kit.NewText("", kit.MutedText)
	l.count.Elide = true
	l.fold = kit.NewButton(kit.Link, "", func() { l.folded = !l.folded; l.find() })
	file := func(key string) fyne.CanvasObject {
		return kit.NewButton(kit.Link, t.Text("dossiers.away."+key), func() { l.export(key) })
	}
	l.away = kit.HStack(16, kit.NewText(t.Text("dossiers.away"), kit.MutedText), file("csv"), file("vcard"), layout.NewSpacer())
	l.box = container.NewStack()
	return l
}

// build makes the left side anew: what can be chosen follows the contacts.
func (l *list) build() fyne.CanvasObject {
	t := l.pg.t
	l.selects = nil
	choices := l.choices()
	if len(choices)%2 > 0 { // as many as fill rows of two and of three
		choices = append(choices, kit.Gap(0))
	}
	filters := kit.VStack(8, kit.Columns(8, leastChoice, nil, choices...))
	if o := l.overdue(); o != nil {
		filters.Add(o)
	}
	add := kit.NewButton(kit.Primary, t.Text("dossiers.new"), l.pg.NewContact)
	lock := kit.NewButton(kit.Secondary, t.Text("dossiers.lock"), l.pg.Lock)
	head := kit.VStack(10, kit.HStack(8, add, layout.NewSpacer(), lock), l.search, filters,
		container.NewBorder(nil, nil, nil, kit.HStack(0, l.fold), l.count), kit.NewRule())
	for _, o := range []fyne.CanvasObject{l.search, l.count, l.fold, l.away} {
		o.Refresh() // they outlive what is made anew, and the type may have changed while nobody saw them
	}
	l.box.Objects = []fyne.CanvasObject{kit.NewCard(container.NewBorder(head, l.away, nil, nil, l.rows))}
	l.find()
	return l.box
}

// choices are the filters beside the search.
func (l *list) choices() []fyne.CanvasObject {
	t, p := l.pg.t, &l.pg.p
	list := func(all string, options []kit.Option, into *string) fyne.CanvasObject {
		s := kit.NewSelect(all, append([]kit.Option{{ID: "", Text: all}}, options...), func(id string) { *into = id; l.find() })
		s.Put(*into)
		l.selects = append(l.selects, s)
		return s
	}
	same := func(names []string) (out []kit.Option) {
		for _, n := range names {
			out = append(out, kit.Option{ID: n, Text: n})
		}
		return out
	}
	var grades, states, dues []kit.Option
	for _, g := range p.Choices.Grades {
		grades = append(grades, kit.Option{ID: g, Text: p.gradeName(g)})
	}
	for _, s := range dossier.States {
		states = append(states, kit.Option{ID: string(s), Text: t.T(domain.M(s.Key()))})
	}
	for _, d := range []string{dueLate, dueWeek, dueAny} {
		dues = append(dues, kit.Option{ID: d, Text: t.T(domain.M("dossiers.due." + d))})
	}
	return []fyne.CanvasObject{
		list(t.Text("dossiers.all.due"), dues, &l.asked.due),
		list(t.Text("dossiers.all.grade"), grades, &l.asked.grade),
		list(t.Text("dossiers.all.state"), states, &l.asked.state),
		list(t.Text("dossiers.all.owner"), same(p.Cabinet.Owners()), &l.asked.owner),
		list(t.Text("dossiers.all.fair"), same(p.Cabinet.Fairs()), &l.asked.fair),
	}
}

// overdue says who was kept for longer than they agreed to, and leads to them; nil
// where there is nobody.
func (l *list) overdue() fyne.CanvasObject {
	t, is := l.pg.t, l.pg.p.Cabinet.Overdue(l.pg.p.today())
	if is.Count == 0 {
		l.asked.before = time.Time{}
		return nil
	}
	shown, key := !l.asked.before.IsZero(), "dossiers.overdue.show"
	if shown {
		key, l.asked.before = "dossiers.overdue.all", is.Before
	}
	turn := kit.NewButton(kit.Link, t.T(domain.M(key)), func() {
		l.asked, l.folded = filter{}, shown
		if !shown {
			l.asked.before = is.Before
		}
		l.search.Put("")
		l.build()
	})
	return kit.VStack(2, kit.NewParagraph(t.Text("dossiers.overdue", "count", is.Count, "months", is.Months), kit.CautionText), kit.HStack(0, turn))
}

// find shows whom the search and the filters ask for.
func (l *list) find() {
	t := l.pg.t
	if !l.pg.unlocked() {
		l.forget()
		return
	}
	found := l.pg.p.Cabinet.Find(l.asked.query(l.pg.p.today()))
	count := t.Text("dossiers.count.none")
	if n := len(found); n > 0 {
		count = t.Text("dossiers.count", "count", n)
	}
	l.count.SetText(count)
	key := "dossiers.fold"
	if l.folded {
		key = "dossiers.unfold"
	}
	l.fold.SetText(t.Text(key))
	if l.folded && l.asked.text == "" {
		found = nil
	}
	l.found = found
	if len(found) == 0 {
		l.away.Hide()
	} else {
		l.away.Show()
	}
	l.rows.Refresh()
	l.box.Refresh()
}

// forget shows nobody.
func (l *list) forget() {
	l.found, l.asked, l.folded = nil, filter{}, true
	l.search.Put("")
	l.rows.Refresh()
}

// refold shows nobody but the one who is looking.
func (l *list) refold() {
	l.folded, l.asked.text = true, ""
	l.search.Put("")
}

// follow goes on as a list in another language was left.
func (l *list) follow(old *list) {
	l.asked, l.folded = old.asked, old.folded
	l.search.Put(old.asked.text)
}

// export writes those who are shown into a file.
func (l *list) export(form string) {
	ids := make([]string, len(l.found))
	for i, d := range l.found {
		ids[i] = d.ID
	}
	t, end := l.pg.t, map[string]string{"csv": "csv", "vcard": "vcf"}[form]
	write := func(w io.Writer) error { return l.pg.p.Cabinet.ExportCSV(w, ids) }
	if form == "vcard" {
		write = func(w io.Writer) error { return l.pg.p.Cabinet.ExportVCard(w, ids) }
	}
	l.pg.p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName(end, t.Text("dossiers.away.name")), Folders: documents, Write: write})
}

// documents are the folders below the home folder where the question for a folder
// begins.
var documents = []string{"Documents"}

// unfolded is the list, and on its right the contact that is open.
func (pg *Page) unfolded() fyne.CanvasObject {
	left := pg.list.build()
	var right fyne.CanvasObject
	if pg.open == nil {
		pg.sheet = nil
		right = kit.NewCard(kit.VStack(8, kit.NewText(pg.t.Text("dossiers.nobody"), kit.CardTitleText), kit.NewParagraph(pg.t.Text("dossiers.nobody.text"), kit.MutedText)))
	} else {
		pg.sheet = newSheet(pg, pg.open)
		right = pg.sheet.content
	}
	pg.right.Content = container.New(&margin{}, right)
	pg.right.Offset = fyne.Position{}
	pg.right.Refresh()
	return container.New(&halves{open: pg.open != nil}, left, pg.right, parts.Wheel(pg.right))
}

// margin keeps room in a scroll for focus rings and the scroll bar.
type margin struct{}

const marginWide = 6 // design pixels

// Layout is for Fyne.
func (margin) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := kit.Px(marginWide)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-2*m, s.Height))
}

// MinSize is for Fyne.
func (margin) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*kit.Px(marginWide), 0)
}

// halves puts the list beside the contact, each scrolling on its own; where there is
// no room for both it shows the contact that is open, else the list. What takes the
// wheel lies over the contact.
type halves struct {
	open   bool // a contact is
	single bool
}

// Sizes in design pixels.
const (
	listWide    = 360
	leastWide   = 480 // of the contact
	leastTall   = 330
	aloneTall   = 480 // of the list where it stands alone: some lines are to be seen
	between     = 18
	leastChoice = 150 // of a filter
)

// Layout is for Fyne.
func (h *halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	at, left, right := fyne.Position{}, s.Width, s.Width
	if rest := s.Width - kit.Px(listWide+between); rest >= kit.Px(leastWide) {
		h.arrange(o, false)
		at, left, right = fyne.NewPos(s.Width-rest, 0), kit.Px(listWide), rest
	} else {
		h.arrange(o, true)
	}
	o[0].Resize(fyne.NewSize(left, s.Height))
	for _, contact := range o[1:] {
		contact.Move(at)
		contact.Resize(fyne.NewSize(right, s.Height))
	}
}

// arrange hides what is not to be seen. List and contact outlive the halves: what
// others hid is shown again.
func (h *halves) arrange(o []fyne.CanvasObject, single bool) {
	h.single = single
	for i, x := range o {
		if single && (i > 0) != h.open {
			x.Hide()
		} else {
			x.Show()
		}
	}
}

// MinSize is for Fyne.
func (h *halves) MinSize([]fyne.CanvasObject) fyne.Size {
	tall := kit.Px(leastTall)
	if h.single && !h.open {
		tall = kit.Px(aloneTall)
	}
	return fyne.NewSize(kit.Px(listWide), tall)
}

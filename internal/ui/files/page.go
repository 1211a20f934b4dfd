// Package files is the place "Dossiers": the saved simulations, to reopen,
// duplicate, rename or delete with undo.
package files

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Params is what the page works with.
type Params struct {
	Desk  *desk.Desk
	Now   func() time.Time
	Open  func(store.ID)
	Toast func(text, action string, act func())
	// Failed says an error.
	Failed func(error)
	// Renamed and Deleted tell that a simulation changed elsewhere than where it
	// may be open; one that came back is not gone.
	Renamed func(id store.ID, name string)
	Deleted func(id store.ID, gone bool)
	// Disputed counts the versions of a simulation that two laptops changed, 0 for all
	// others; Settle goes to where a person decides. Both may be nil.
	Disputed func(store.ID) int
	Settle   func()
}

// Page is the place "Dossiers".
type Page struct {
	p       Params
	rows    []entry // all, newest first
	shown   []int   // indexes of rows that match the filter
	chosen  store.ID
	filter  *kit.Entry
	list    *parts.Lines
	count   *kit.Text
	bar     *fyne.Container
	buttons []*kit.Button
	settle  *kit.Button // shown where the chosen one is disputed
	content fyne.CanvasObject
	keys    func() // gives Escape back to the window; nil unless a name is typed
}

// entry is a saved simulation with the words a filter looks in; how it reads is
// made only for the rows that are on screen.
type entry struct {
	store.Entry
	search string
}

// row is a line of the list, ready to show.
type row struct {
	name, place, total, heads, when string
	disputed                        bool
}

// New makes the page; its list is read at each OnShow.
func New(p Params) *Page {
	pg := &Page{p: p}
	t := p.Desk.Texts()
	pg.filter = kit.NewEntry(t.Text("files.filter"))
	pg.filter.Changed = func(string) { pg.match() }
	pg.count = kit.NewText("", kit.MutedText)
	pg.bar = kit.VStack(0)
	pg.list = parts.NewLines(parts.LinesParams{
		Columns: pg.columns(), None: t.Text("files.none"), Length: func() int { return len(pg.shown) }, Put: pg.put,
		Chosen: func(i int) { pg.choose(pg.rows[pg.shown[i]].ID) },
	})
	pg.actions()
	head := kit.VStack(10, container.NewBorder(nil, nil, nil, pg.count, pg.filter), pg.bar, kit.Gap(0))
	card := kit.NewCard(container.NewBorder(head, nil, nil, nil, pg.list.Box))
	pg.content = kit.VStackFill(0, container.New(&tall{}, card))
	return pg
}

// tall gives the list room even in a low window: it scrolls by itself.
type tall struct{}

func (tall) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(s)
	}
}

func (tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(0, kit.Px(330)))
}

func (pg *Page) actions() {
	t := pg.p.Desk.Texts()
	button := func(key string, act func(store.ID)) *kit.Button {
		return kit.NewButton(kit.Secondary, t.Text(key), func() {
			if pg.chosen != "" {
				act(pg.chosen)
			}
		})
	}
	pg.buttons = []*kit.Button{button("files.open", pg.p.Open)}
	if pg.p.Desk.CanSave() {
		pg.buttons = append(pg.buttons, button("files.rename", pg.rename),
			button("files.duplicate", pg.duplicate), button("files.delete", pg.remove))
	}
	pg.settle = kit.NewButton(kit.Link, t.Text("sharing.settle"), pg.p.Settle)
	objects := make([]fyne.CanvasObject, 0, len(pg.buttons)+1)
	for _, b := range append(pg.buttons, pg.settle) {
		objects = append(objects, b)
	}
	pg.bar.Objects = []fyne.CanvasObject{kit.Flow(8, objects...)}
	pg.bar.Refresh()
	pg.enable()
}

func (pg *Page) enable() {
	for _, b := range pg.buttons {
		if pg.chosen == "" {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	pg.settle.Hidden = pg.disputed(pg.chosen) == 0
	pg.bar.Refresh()
}

func (pg *Page) disputed(id store.ID) int {
	if pg.p.Disputed == nil {
		return 0
	}
	return pg.p.Disputed(id)
}

func (pg *Page) choose(id store.ID) {
	pg.chosen = id
	pg.enable()
}

// load reads the list again; ten thousand lines take some milliseconds.
func (pg *Page) load() {
	entries, err := pg.p.Desk.List()
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.rows = pg.rows[:0]
	for i := range entries {
		e := &entries[i]
		words := strings.ToLower(e.Name + " " + e.Summary.Segment + " " + pg.p.Desk.PlaceName(e.Summary.Site))
		pg.rows = append(pg.rows, entry{*e, words})
	}
	pg.match()
}

func makeRow(d *desk.Desk, e *store.Entry) row {
	t, f := d.Texts(), d.Texts().Formatter()
	r := row{name: e.Name, place: e.Summary.Segment + " · " + d.PlaceName(e.Summary.Site)}
	low, errLow := domain.ParseMoney(e.Summary.Low)
	high, errHigh := domain.ParseMoney(e.Summary.High)
	if errLow == nil && errHigh == nil {
		r.total = t.Text("files.range", "range", f.Between(f.Compact(low), f.Compact(high)), "count", e.Summary.Months)
	}
	r.heads = headcount(t, e.Summary.Heads)
	r.when = t.Text("files.when", "date", domain.Date(e.Updated.Local().Format("2006-01-02")), "time", e.Updated.Local().Format("15:04"), "number", e.Head)
	return r
}

// headcount rounds people for a list; the simulation itself keeps the fraction.
func headcount(t *i18n.Catalogue, s string) string {
	share, err := domain.ParseShare(s) // the same fixed point: six decimals
	if err != nil {
		return ""
	}
	return t.Formatter().Heads(domain.Heads(share))
}

// match keeps the lines that hold every word of the filter.
func (pg *Page) match() {
	words := strings.Fields(strings.ToLower(pg.filter.Text))
	pg.shown = pg.shown[:0]
	for i := range pg.rows {
		ok := true
		for _, w := range words {
			ok = ok && strings.Contains(pg.rows[i].search, w)
		}
		if ok {
			pg.shown = append(pg.shown, i)
		}
	}
	count := pg.p.Desk.Texts().Text("files.count.none")
	if n := len(pg.shown); n > 0 {
		count = pg.p.Desk.Texts().Text("files.count", "count", n)
	}
	pg.count.SetText(count)
	pg.list.List.UnselectAll()
	pg.choose("")
	pg.list.Refresh(len(pg.rows) == 0)
}

func (pg *Page) name(id store.ID) string {
	for i := range pg.rows {
		if pg.rows[i].ID == id {
			return pg.rows[i].Name
		}
	}
	return ""
}

func (pg *Page) duplicate(id store.ID) {
	t := pg.p.Desk.Texts()
	name := t.Text("files.copy", "name", pg.name(id))
	if _, err := pg.p.Desk.Duplicate(id, name); err != nil {
		pg.p.Failed(err)
		return
	}
	pg.load()
	pg.p.Toast(t.Text("files.duplicated", "name", name), "", nil)
}

// remove deletes at once and offers to undo: no question stands in the way.
func (pg *Page) remove(id store.ID) {
	t, name := pg.p.Desk.Texts(), pg.name(id)
	if err := pg.p.Desk.Delete(id); err != nil {
		pg.p.Failed(err)
		return
	}
	pg.p.Deleted(id, true)
	pg.load()
	pg.p.Toast(t.Text("files.deleted", "name", name), t.Text("files.undo"), func() {
		if err := pg.p.Desk.Undelete(id); err != nil {
			pg.p.Failed(err)
			return
		}
		pg.p.Deleted(id, false)
		pg.load()
	})
}

// Title is the name of the place.
func (pg *Page) Title() string { return pg.p.Desk.Texts().Text("place.files") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.content }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow reads the list again.
func (pg *Page) OnShow() { pg.load() }

// OnHide gives up a name that is being typed.
func (pg *Page) OnHide() { pg.endRename() }

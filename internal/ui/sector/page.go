// Package sector is the place "Secteur": the published figures of the sector by
// segment, over time and against the targets, other destinations beside it, and
// what is in circulation and misleads. Each figure opens its readings. What a tab
// says knows no widget; files that end in "view" show it.
package sector

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/sector/framework"
	"atlasp2i/internal/ui/sector/say"
)

// Desk is what the page asks of the use cases.
type Desk interface {
	Texts() *i18n.Catalogue
	Figures() (*figures.Book, error)
}

// Shell is what the page asks of the frame around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
}

// Params is what the page works with.
type Params struct {
	Desk  Desk
	Shell Shell
	Copy  func(text string)

	Do       func(func()) // runs a function on the window's thread
	Exhibits *exhibit.Host
	Button   func() fyne.CanvasObject           // what can be done with all figures, at the end of the tabs; may be nil
	Fault    func(why string) fyne.CanvasObject // stands in place of figures that cannot be shown
}

// What the overview is about, by the ids of the pack.
const (
	total = say.Total
	pair  = "ITO+CRM" // published and derived together where neither is alone
)

// words is what the tabs say, without a widget.
type words struct{ say.Writer }

// Page is the place "Secteur".
type Page struct {
	p      Params
	t      *i18n.Catalogue
	words  words
	reader *parts.Worker
	tabs   *kit.Tabs
	body   *fyne.Container
	scroll *container.Scroll
	room   *fyne.Container            // the tabs, or why there are none
	views  []func() fyne.CanvasObject // one for each tab
	period figures.Period             // of the overview
	aspect int                        // of its chart
	chips  []*kit.ChipButton          // of the tab, in their order
	topic  int                        // of the other destinations
}

// New makes the page on its overview.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Desk.Texts(), room: container.NewStack(), reader: &parts.Worker{Do: p.Do}}
	pg.tabs = kit.NewTabs(pg.addViews(), pg.show)
	pg.body = kit.VStack(16)
	pg.scroll = container.NewVScroll(container.New(beside{}, pg.body))
	pg.load()
	return pg
}

// load reads the figures off the window's thread and shows them: with very many
// imported ones that takes a second. What is shown stays until then.
func (pg *Page) load() {
	type result struct {
		book *figures.Book
		err  error
	}
	parts.Ask(pg.reader, parts.Job[result]{
		Work: func(context.Context, func(done, of int)) result {
			book, err := pg.p.Desk.Figures()
			return result{book, err}
		},
		Slow: func(int, int) {
			if pg.words.Book == nil {
				pg.fill(kit.VStack(0, kit.NewParagraph(pg.t.Text("sector.reading"), kit.MutedText)))
			}
		},
		Show: func(r result) { pg.take(r.book, r.err) },
	})
}

// take shows figures; the same ones are left as they are.
func (pg *Page) take(book *figures.Book, err error) {
	switch {
	case err != nil:
		pg.words.Book = nil
		pg.fill(pg.p.Fault(pg.why(err)))
		return
	case book == pg.words.Book:
		return
	}
	pg.words = words{say.Writer{T: pg.t, Book: book}}
	if len(book.Groups(figures.Query{})) == 0 {
		pg.fill(kit.NewNotice(pg.t.Text("sector.empty"), pg.t.Text("sector.empty.why")))
		return
	}
	if !slices.Contains(pg.words.periods(pg.period.Kind()), pg.period) {
		pg.choose(figures.Year)
	}
	pg.show(pg.tabs.Selected())
	var head fyne.CanvasObject = pg.tabs
	if pg.p.Button != nil {
		head = kit.Ends(gap, pg.tabs, pg.p.Button())
	}
	pg.fill(kit.VStackFill(14, head, pg.scroll))
}

// why says what is wrong with the figures, in the words of the pack.
func (pg *Page) why(err error) string {
	var fault *rules.Fault
	if errors.As(err, &fault) {
		return pg.t.T(fault.Msg)
	}
	return desk.Say(pg.t, err)
}

// choose takes the latest period of a kind for the overview.
func (pg *Page) choose(kind figures.Kind) {
	if list := pg.words.periods(kind); len(list) > 0 {
		pg.period = list[0]
	}
}

func (pg *Page) fill(o fyne.CanvasObject) {
	pg.room.Objects = []fyne.CanvasObject{o}
	pg.room.Refresh()
}

// addViews fills the tabs and gives their labels.
func (pg *Page) addViews() []string {
	t := pg.t
	pg.views = []func() fyne.CanvasObject{pg.overview, pg.years, pg.targets, pg.framework, pg.elsewhere, pg.circulation}
	return []string{
		t.Text("sector.tab.overview"), t.Text("sector.tab.years"), t.Text("sector.tab.targets"),
		t.Text("sector.tab.framework"), t.Text("sector.tab.elsewhere"), t.Text("sector.tab.circulation"),
	}
}

// framework shows training, governance and rankings.
func (pg *Page) framework() fyne.CanvasObject {
	return framework.View(framework.Params{Words: pg.words.Writer, Open: pg.open, Notice: pg.saidNotice, Export: pg.takeAlong})
}

// show shows a tab from its top.
func (pg *Page) show(tab int) {
	pg.chips = nil
	pg.body.Objects = []fyne.CanvasObject{pg.views[tab]()}
	pg.body.Refresh()
	pg.scroll.ScrollToTop()
	pg.scroll.Refresh()
}

// again shows the tab with what was chosen in it.
func (pg *Page) again() {
	pg.chips = nil
	pg.body.Objects = []fyne.CanvasObject{pg.views[pg.tabs.Selected()]()}
	pg.body.Refresh()
}

// chip chooses something in a tab, which is then made again; who came to it by
// keyboard stays on it.
func (pg *Page) chip(text string, active bool, change func()) fyne.CanvasObject {
	var c *kit.ChipButton
	at := len(pg.chips)
	c = kit.NewChipButton(kit.ChipLook{Text: text, Active: active}, func() {
		ringed := c.Ringed()
		change()
		pg.again()
		if window := fyne.CurrentApp().Driver().CanvasForObject(pg.room); ringed && window != nil {
			window.Focus(pg.chips[at])
		}
	})
	pg.chips = append(pg.chips, c)
	return c
}

// Title is the name of the place.
func (pg *Page) Title() string { return pg.t.Text("place.sector") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.room }

// ScrollPage moves what is read by a page.
func (pg *Page) ScrollPage(down bool) bool { return kit.ScrollPage(pg.scroll, down) }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow reads the figures again: some may have been imported.
func (pg *Page) OnShow() { pg.load() }

// Changed reads them again while the page is open.
func (pg *Page) Changed() { pg.load() }

// OnHide does nothing.
func (pg *Page) OnHide() {}

// beside keeps the page clear of its scroll bar.
type beside struct{}

const barWide = 10 // design pixels

// Layout is for Fyne.
func (beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s.SubtractWidthHeight(kit.Px(barWide), 0))
}

// MinSize is for Fyne.
func (beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(kit.Px(barWide), 0)
}

// Package rulebook is the place of rules and data: who issues papers on this
// laptop and at which rates, whether a paper is genuine, and every rule value with
// its dates and sources. What is said of a paper (verdict.go) and of the rules
// (rules.go) knows no widget; files that end in "view" show it.
package rulebook

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Desk is what the page asks of the use cases.
type Desk interface {
	Texts() *i18n.Catalogue
	Pack() *rules.Pack
	CanSave() bool
}

// Office is what it asks of the making of papers.
type Office interface {
	Setup() issue.Setup
	PutSetup(issue.Setup) error
	Key() (seal.PublicKey, error)
	Currencies() []string
	Rate(currency string) (issue.Rate, bool)
	PutRate(currency, typed string) error
	Verify(typed string) (issue.Verdict, error)
}

// Shell is what it asks of the window around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ShowToast(text, action string, act func())
	Copy(text string)
	Window() fyne.Window
}

// Freshness is how long ago the rules were verified; its text is rulebook.fresh.NAME.
type Freshness string

// How fresh the rules can be.
const (
	Fresh Freshness = "fresh"
	Aging Freshness = "aging"
	Old   Freshness = "old"
)

// Tab is one more tab, which another room fills.
type Tab struct {
	ID      string // ShowTab opens it by this
	Label   string
	Content fyne.CanvasObject // Relayout follows a change of its height
	Shown   func()            // it comes on the screen; may be nil
	Hidden  func()            // it was there and is not any more; may be nil
}

// Params is what the page works with.
type Params struct {
	Desk      Desk
	Office    Office // nil: no paper is made here, and only the rules are shown
	Shell     Shell
	Languages []kit.Option             // by their own names
	Speak     func(language string)    // speaks another one
	Light     fyne.ThemeColorName      // how fresh the rules are, as a colour
	Fresh     Freshness                // and in words
	Rated     func()                   // a rate changed; may be nil
	Contacts  func() fyne.CanvasObject // the card of the passphrase; may be nil
	Kiosk     func() fyne.CanvasObject // the card that leaves the window to visitors; may be nil
	Tabs      []Tab                    // stand behind those of the page
	Now       func() time.Time
	Do        func(func()) // runs a function on the window's thread
}

// Tabs in their order, where all are there.
const (
	tabStation = iota
	tabVerify
	tabRules
)

// Page is the place of rules and data. Its methods belong to the window's thread.
type Page struct {
	p      Params
	t      *i18n.Catalogue
	tabs   *kit.Tabs
	views  []fyne.CanvasObject
	own    int  // how many of them are the page's
	on     bool // the page is on the screen
	looked *Tab // of another room, on the screen; nil where none is
	body   *fyne.Container
	scroll *container.Scroll
	root   *fyne.Container

	station *station // nil where no paper is made
	check   *check   // the same
	book    *book
}

// scrollRoom keeps the page clear of its scroll bar, in design pixels.
const scrollRoom = 10

// New makes the page on its first tab.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Desk.Texts()}
	var labels []string
	add := func(key string, o fyne.CanvasObject) {
		labels, pg.views = append(labels, pg.t.Text(key)), append(pg.views, o)
	}
	if p.Office != nil {
		pg.station, pg.check = newStation(pg), newCheck(pg)
		add("rulebook.tab.station", pg.station.box)
		add("rulebook.tab.verify", pg.check.box)
	}
	pg.book = newBook(pg)
	add("rulebook.tab.rules", pg.book.box)
	pg.own = len(pg.views)
	for _, more := range p.Tabs {
		labels, pg.views = append(labels, more.Label), append(pg.views, more.Content)
	}
	pg.tabs = kit.NewTabs(labels, pg.show)
	pg.body = kit.VStack(0, pg.views[0])
	pg.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, kit.Px(scrollRoom)), pg.body))
	pg.root = kit.VStackFill(14, pg.tabs, pg.scroll)
	return pg
}

// show shows a tab from its top.
func (pg *Page) show(tab int) {
	pg.leave()
	pg.shown()
	pg.body.Objects = []fyne.CanvasObject{pg.views[tab]}
	pg.body.Refresh()
	pg.scroll.ScrollToTop()
	pg.scroll.Refresh()
}

// shown tells a tab of another room that it is looked at.
func (pg *Page) shown() {
	i := pg.tabs.Selected() - pg.own
	if !pg.on || i < 0 {
		return
	}
	pg.looked = &pg.p.Tabs[i]
	if pg.looked.Shown != nil {
		pg.looked.Shown()
	}
}

// ShowTab opens a tab of another room; nothing where it is not there.
func (pg *Page) ShowTab(id string) {
	for i, more := range pg.p.Tabs {
		if more.ID == id {
			pg.tabs.Select(pg.own + i)
		}
	}
}

// Relayout gives everything its place after something changed its height.
func (pg *Page) Relayout() {
	if pg.body != nil {
		pg.body.Refresh()
		pg.scroll.Refresh()
	}
}

// ShowRates opens the tab on which a rate is changed.
func (pg *Page) ShowRates() {
	if pg.station != nil {
		pg.tabs.Select(tabStation)
	}
}

// Verify opens the tab on which a paper is verified, with this one.
func (pg *Page) Verify(number string) {
	if pg.check == nil {
		return
	}
	pg.tabs.Select(tabVerify)
	pg.check.entry.Put(number)
	pg.check.verify()
}

// Follow goes on where a page in another language was left.
func (pg *Page) Follow(old *Page) {
	old.OnHide()
	if pg.station != nil && old.station != nil {
		pg.station.load()
		pg.check.follow(old.check)
	}
	pg.book.follow(old.book)
	pg.tabs.Select(old.tabs.Selected())
}

// Title is the name of the place.
func (pg *Page) Title() string { return pg.t.Text("place.rules") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.root }

// Reveal brings what got the focus into view.
func (pg *Page) Reveal(o fyne.CanvasObject) {
	if o != fyne.CanvasObject(pg.tabs) {
		kit.ScrollTo(pg.scroll, o)
	}
}

// ScrollPage moves what is read by a page.
func (pg *Page) ScrollPage(down bool) bool { return kit.ScrollPage(pg.scroll, down) }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow reads again what a panel may have changed meanwhile.
func (pg *Page) OnShow() {
	if pg.station != nil {
		pg.station.load()
	}
	pg.on = true
	pg.shown()
}

// OnHide keeps what was typed about this laptop. A paper that was verified is no
// longer shown: the next visitor is looking.
func (pg *Page) OnHide() {
	pg.on = false
	pg.leave()
	if pg.check != nil {
		pg.check.forget()
	}
}

// leave keeps what was typed before something else is shown, and tells a tab of another
// room that it is not looked at any more.
func (pg *Page) leave() {
	if pg.station != nil {
		pg.station.keep()
	}
	if tab := pg.looked; tab != nil {
		pg.looked = nil
		if tab.Hidden != nil {
			tab.Hidden()
		}
	}
}

func (pg *Page) failed(err error) { pg.p.Shell.ShowToast(desk.Say(pg.t, err), "", nil) }

func (pg *Page) worker() *parts.Worker { return &parts.Worker{Do: pg.p.Do} }

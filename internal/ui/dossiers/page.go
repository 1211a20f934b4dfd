package dossiers

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/dossier"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Tabs of the place, in their order.
const (
	TabContacts = iota
	TabSimulations
	TabPapers
)

// Page is the place "Dossiers". Its methods belong to the window's thread.
type Page struct {
	p      Params
	t      *i18n.Catalogue
	worker *parts.Worker // opens and sets the passphrase

	tabs    *kit.Tabs
	body    *fyne.Container
	content fyne.CanvasObject
	shown   bool           // the page is in the window
	eager   fyne.Focusable // gets the focus once it is shown; may be nil

	open  *card // nil: no contact is open
	list  *list
	sheet *sheet
	right *container.Scroll
}

// New makes the page.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Texts, worker: &parts.Worker{Do: p.Do}, body: container.NewStack()}
	labels := []string{pg.t.Text("dossiers.tab.contacts"), pg.t.Text("dossiers.tab.simulations")}
	if p.Papers != nil {
		labels = append(labels, pg.t.Text("dossiers.tab.papers"))
	}
	pg.tabs = kit.NewTabs(labels, func(int) { pg.leave(); pg.build() })
	pg.list = newList(pg)
	pg.right = container.NewVScroll(container.NewStack())
	pg.content = kit.VStackFill(14, pg.tabs, pg.body)
	pg.build()
	return pg
}

// build shows the tab that is chosen.
func (pg *Page) build() {
	var shown fyne.CanvasObject
	if v := pg.view(); v != nil {
		shown = v.Content()
		if pg.shown {
			v.OnShow()
		}
	} else {
		shown = pg.contacts()
	}
	pg.body.Objects = []fyne.CanvasObject{shown}
	pg.body.Refresh()
	if pg.eager != nil && pg.shown {
		pg.p.Shell.Window().Canvas().Focus(pg.eager)
	}
	pg.eager = nil
}

// view is the tab that is shown, nil for the contacts.
func (pg *Page) view() View {
	switch pg.tabs.Selected() {
	case TabSimulations:
		return pg.p.Simulations
	case TabPapers:
		return pg.p.Papers
	}
	return nil
}

// leave keeps what was typed before something else is shown.
func (pg *Page) leave() {
	pg.commit()
	pg.p.Simulations.OnHide()
	if pg.p.Papers != nil {
		pg.p.Papers.OnHide()
	}
}

// ShowTab goes to a tab.
func (pg *Page) ShowTab(i int) { pg.tabs.Select(i) }

// Open shows a contact, where contacts are unlocked.
func (pg *Page) Open(id string) {
	pg.tabs.Select(TabContacts)
	pg.commit()
	d, err := pg.p.Cabinet.Get(id)
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.show(openCard(d))
}

// NewContact begins one, where contacts are unlocked.
func (pg *Page) NewContact() {
	pg.tabs.Select(TabContacts)
	if !pg.unlocked() {
		return
	}
	pg.commit()
	fair := ""
	if pg.p.Setup != nil {
		fair = pg.p.Setup.Setup().Fair
	}
	pg.list.refold() // this visitor is looking
	pg.show(newCard(fair, pg.t.Lang()))
	pg.sheet.begin()
}

// show puts a contact on the right; nil shows none.
func (pg *Page) show(c *card) {
	pg.open = c
	pg.build()
}

// close ends with a contact: the next visitor is looking.
func (pg *Page) close() {
	pg.commit()
	if pg.open != nil && pg.open.dirty() && title(&pg.open.is) != "" {
		return // refused: what was typed is not thrown away
	}
	pg.show(nil)
}

// commit keeps what was typed into the open contact, and says so or why not.
func (pg *Page) commit() {
	if pg.open == nil || !pg.unlocked() {
		return
	}
	saved, err := pg.open.commit(pg.p.Cabinet.Save)
	if pg.sheet != nil {
		pg.sheet.settled(saved, err)
	}
	if saved {
		pg.list.find()
	}
}

// Kept is whether nothing that was typed waits to be kept.
func (pg *Page) Kept() bool {
	pg.commit()
	return pg.open == nil || !pg.open.dirty() || title(&pg.open.is) == ""
}

// Changed follows that a contact was changed elsewhere.
func (pg *Page) Changed(d *dossier.Dossier) {
	if pg.open != nil && pg.open.is.ID == d.ID && !pg.open.dirty() {
		pg.open.take(d)
		pg.Issued()
	}
	pg.list.find()
}

// OpenPaper shows an issued paper, to be handed over again.
func (pg *Page) OpenPaper(number string) { pg.p.OpenPaper(number) }

// Issued follows that a paper was issued for a contact.
func (pg *Page) Issued() {
	if pg.open != nil && pg.sheet != nil {
		pg.sheet.pieces()
		pg.sheet.past()
	}
}

// Title is the name of the place.
func (pg *Page) Title() string { return pg.t.Text("place.files") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.content }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// Reveal brings what got the focus into view.
func (pg *Page) Reveal(o fyne.CanvasObject) {
	if pg.open != nil && inside(pg.right, o) {
		kit.ScrollTo(pg.right, o)
	}
}

// ScrollPage moves the contact that is open by a page.
func (pg *Page) ScrollPage(down bool) bool {
	return pg.view() == nil && pg.open != nil && kit.ScrollPage(pg.right, down)
}

// inside is whether an object stands in the column of a scroll.
func inside(s *container.Scroll, o fyne.CanvasObject) bool {
	d := fyne.CurrentApp().Driver()
	return s.Visible() && s.Size().Width > 0 && d.AbsolutePositionForObject(o).X >= d.AbsolutePositionForObject(s).X
}

var newKey = &desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault}

// OnShow folds the list: another visitor may be looking.
func (pg *Page) OnShow() {
	pg.shown = true
	pg.p.Shell.Window().Canvas().AddShortcut(newKey, func(fyne.Shortcut) { pg.NewContact() })
	pg.list.folded = true
	pg.build()
}

// OnHide keeps what was typed.
func (pg *Page) OnHide() {
	pg.p.Shell.Window().Canvas().RemoveShortcut(newKey)
	pg.leave()
	pg.shown = false
}

// Follow goes on where a page in another language was left.
func (pg *Page) Follow(old *Page) {
	old.commit()
	old.worker.Stop()
	pg.list.follow(old.list)
	pg.open = old.open
	pg.tabs.Select(old.tabs.Selected())
	pg.build()
}

// savedText is the quiet word that all is kept.
func (pg *Page) savedText(at time.Time) string {
	return pg.t.Text("dossiers.saved", "time", at.Local().Format("15:04"))
}

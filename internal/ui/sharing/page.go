// Package sharing is the tab of sharing in the place of rules and data: write what is
// kept here into a file for another laptop, look at one that came from there and merge
// it, decide where both changed the same thing, and see which laptops are known. What
// is said of all that (model.go) knows no widget.
package sharing

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Room is what the tab asks of the use cases. It is asked for one thing at a time.
type Room interface {
	This() (share.Laptop, error)
	Known() ([]share.Laptop, error)
	Holds() (bundle.Counts, error)
	Export(share.Order) (share.Exported, error)
	Preview(data []byte, passphrase string) (*share.Preview, error)
	Again(*share.Preview) error
	Merge(*share.Preview, share.Choice) (*share.Report, error)
	Conflicts() ([]share.Conflict, error)
	Resolve(c *share.Conflict, identity string) error
	KeepBoth(c *share.Conflict) ([]store.Simulation, error)
}

// Contacts is what it asks of the contacts.
type Contacts interface {
	State() (cabinet.State, error)
	Unlock(ctx context.Context, pass string) error
}

// Shell is what it asks of the window around it.
type Shell interface {
	ShowToast(text, action string, act func())
	Window() fyne.Window
}

// Params is what the tab works with.
type Params struct {
	Texts    *i18n.Catalogue
	Room     Room // nil: nothing is kept
	Contacts Contacts
	ReadOnly bool
	Shell    Shell
	Save     func(exhibit.SaveParams) // asks for a folder and writes there
	Guard    func()                   // goes to where the passphrase of contacts is set
	Changed  func(done func(error))   // the store holds something else: everything is made anew over it
	Relayout func()                   // the tab has another height
	Now      func() time.Time
	Do       func(func()) // runs a function on the window's thread
}

// look is what is shown beside what a person does.
type look struct {
	this      share.Laptop
	known     []share.Laptop
	holds     bundle.Counts
	conflicts []share.Conflict
	contacts  cabinet.State
	err       error
}

// Page is the tab. Its methods belong to the window's thread.
type Page struct {
	p      Params
	t      *i18n.Catalogue
	w      writer
	worker *parts.Worker // does what a person asks for
	reader *parts.Worker // reads what is shown beside it
	turn   sync.Mutex    // the room is asked for one thing at a time
	look   *look         // nil until it was read

	give give
	take take
	key  key
	box  *fyne.Container
}

// New makes the tab.
func New(p Params) *Page {
	pg := &Page{
		p: p, t: p.Texts, w: writer{p.Texts}, worker: &parts.Worker{Do: p.Do}, reader: &parts.Worker{Do: p.Do},
		box: kit.VStack(14),
	}
	pg.give.init(pg)
	pg.take.init(pg)
	pg.key.init(pg)
	pg.fill()
	return pg
}

// Content is what the tab shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.box }

// off is the key of why nothing is shared; "" where it is.
func (pg *Page) off() string {
	switch {
	case pg.p.Room == nil:
		return "sharing.off.nothing"
	case pg.p.ReadOnly:
		return "sharing.off.readonly"
	}
	return ""
}

// Shown reads again what is kept, and forgets passphrases that were typed and not
// used.
func (pg *Page) Shown() {
	if pg.off() != "" {
		return
	}
	if !pg.worker.Busy() {
		pg.give.forget()
		pg.key.pass.SetText("")
	}
	pg.reread()
}

func (pg *Page) reread() {
	parts.Ask(pg.reader, parts.Job[*look]{
		Work: func(context.Context, func(done, of int)) *look { return pg.read() },
		Slow: func(int, int) {},
		Show: func(l *look) {
			pg.look = l
			if !pg.worker.Busy() {
				pg.fill()
			}
		},
	})
}

func (pg *Page) read() *look {
	pg.turn.Lock()
	defer pg.turn.Unlock()
	l, r := &look{}, pg.p.Room
	var errs [5]error
	l.this, errs[0] = r.This()
	l.known, errs[1] = r.Known()
	l.holds, errs[2] = r.Holds()
	l.conflicts, errs[3] = r.Conflicts()
	l.contacts, errs[4] = pg.p.Contacts.State()
	l.err = errors.Join(errs[:]...)
	return l
}

// work is something that a person asked for. It may take a second or two: that of a
// passphrase.
type work[T any] struct {
	said string // while it is under way
	stop func() // what gives up waiting; nil where there is no way back
	do   func(context.Context) T
	show func(T)
}

func run[T any](pg *Page, w work[T]) {
	busy := func() {
		if w.stop == nil {
			pg.show(kit.NewCard(kit.NewText(w.said, kit.CardTitleText)))
			return
		}
		pg.show(kit.NewCard(kit.NewProgress(w.said, pg.t.Text("sharing.stop"), func() { pg.worker.Stop(); w.stop() })))
	}
	if w.stop == nil {
		busy()
	}
	parts.Ask(pg.worker, parts.Job[T]{
		Work: func(ctx context.Context, _ func(done, of int)) T {
			pg.turn.Lock()
			defer pg.turn.Unlock()
			return w.do(ctx)
		},
		Slow: func(int, int) { busy() },
		Show: w.show,
	})
}

// changed makes everything anew over what the store holds now, and says what was done.
// done is said where that works; else that it holds from the next start.
func (pg *Page) changed(done string) {
	pg.p.Changed(func(err error) {
		if err != nil {
			pg.Shown()
			pg.fill()
			done = pg.t.Text("sharing.later", "done", done, "why", desk.Say(pg.t, err))
		}
		pg.p.Shell.ShowToast(done, "", nil)
	})
}

func (pg *Page) failed(err error) {
	pg.fill()
	pg.p.Shell.ShowToast(desk.Say(pg.t, err), "", nil)
}

// Follow goes on where the tab in another language, or over an earlier state of the
// store, was left.
func (pg *Page) Follow(old *Page) {
	old.worker.Stop()
	old.reader.Stop()
	if pg.look == nil { // it is read again by now, but may not have come
		pg.look = old.look
	}
	pg.give.follow(&old.give)
	pg.take.follow(&old.take)
	if pg.take.found != nil {
		pg.take.again()
		return
	}
	pg.fill()
}

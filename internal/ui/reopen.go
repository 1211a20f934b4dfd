package ui

import (
	"bytes"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/ui/backups"
	"atlasp2i/internal/ui/compare"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/packshelf"
	"atlasp2i/internal/ui/platforms"
	"atlasp2i/internal/ui/rulebook"
	"atlasp2i/internal/ui/sharing"
	"atlasp2i/internal/ui/simulate"
)

// left is the window as it is left, for the one that is made anew in its place.
type left struct {
	place  string
	sim    *simulate.Page
	sites  *platforms.Page
	versus *compare.Page
	book   *rulebook.Page
	shelf  *packshelf.Page
	copies *backups.Page
	shared *sharing.Page
	filed  *dossiers.Page
}

// leavePages takes the pages down. What is still computed for them is not shown.
func (w *window) leavePages() left {
	l := left{w.shell.Current(), w.sim, w.sites, w.versus, w.book, w.shelf, w.copies, w.sharing, w.filed}
	w.shell.ClosePanel()
	w.shell.HideToast()
	w.asked++
	return l
}

// follow makes the pages anew, over what the window now speaks and computes with.
// What was typed, chosen and put aside goes on in them.
func (w *window) follow(l left) {
	w.build()
	w.sim.Follow(l.sim)
	w.followOthers(l)
}

func (w *window) followOthers(l left) {
	if l.versus != nil {
		w.comparison().Follow(l.versus)
	}
	if l.filed != nil {
		w.dossiers().Follow(l.filed)
	}
	w.show(l)
}

// show shows the pages that were made, at the place that was left.
func (w *window) show(l left) {
	if l.sites != nil {
		w.sheets().Choose(l.sites.Chosen())
	}
	if l.book != nil {
		w.rules().Follow(l.book)
		if w.shelf != nil && l.shelf != nil {
			w.shelf.Follow(l.shelf)
		}
		if w.copies != nil && l.copies != nil {
			w.copies.Follow(l.copies)
		}
		if w.sharing != nil && l.shared != nil {
			w.sharing.Follow(l.shared)
		}
	}
	w.win.SetTitle(w.desk.Texts().Text("app.name"))
	w.win.SetContent(w.shell.Content())
	w.shell.Open(l.place)
	w.status()
}

// thread is what runs a function on the window's thread, as long as the desk of
// now is the one that works: nothing of an earlier one is shown over it.
func (w *window) thread() func(func()) {
	n := w.turn
	return func(f func()) {
		w.raw(func() {
			if n == w.turn {
				f()
			}
		})
	}
}

// renew makes everything anew over the same open store: under the rules that are
// active now, with what was merged into it. What is typed, the place and the
// language stay, and the contacts stay open. Where it cannot, all is as it was and
// done, on the window's thread, gets why.
func (w *window) renew(done func(error)) {
	again, do := w.opening.Again, w.do
	if again == nil {
		done(nil)
		return
	}
	go func() {
		o := again()
		do(func() {
			if o.Err != nil {
				done(o.Err)
				return
			}
			w.sim.WhenSaved(func() {
				o.TakenAt = w.opening.TakenAt
				l := w.leavePages()
				w.takeInTurn(o)
				w.build()
				w.sim.FollowInto(l.sim)
				w.followOthers(l)
				done(nil)
			})
		})
	}()
}

// restart lets go of the store, runs between on another thread while nothing holds
// it, and opens again as at the start. What is typed and not saved stays, what was
// saved is as the store has it then, and the contacts are locked. done, on the
// window's thread, gets the error of between or of the closing; where the store
// does not open again the window asks what to do, as at the start.
func (w *window) restart(between func() error, done func(error)) {
	w.sim.WhenSaved(func() {
		w.keepTyped()
		kept, _ := w.desk.KeptDraft()
		l, o := w.leavePages(), w.opening
		w.opening = Opening{}
		w.turn++
		w.win.SetContent(container.NewCenter(kit.NewText(w.desk.Texts().Text("app.restarting"), kit.TitleText)))
		w.win.SetCloseIntercept(func() {}) // a moment; then it closes as ever
		go func() {
			err := o.close()
			if err == nil {
				err = between()
			}
			next := w.p.Open()
			w.raw(func() {
				w.restarted(next, l, kept)
				done(err)
			})
		}()
	})
}

// restarted shows what the store holds now; kept is what was kept of the form
// before. What the store keeps of another one is put aside.
func (w *window) restarted(o Opening, l left, kept []byte) {
	if o.Err != nil {
		w.begin(o)
		return
	}
	w.takeInTurn(o)
	w.savedAt = time.Time{}
	w.build()
	w.win.SetCloseIntercept(w.close)
	w.sim.FollowInto(l.sim)
	if now, ok := w.desk.KeptDraft(); ok && !bytes.Equal(now, kept) {
		w.sim.Recover()
	}
	w.show(l)
	if o.Notice != nil {
		t := w.desk.Texts()
		w.shell.ShowNote(t.T(*o.Notice), t.Text("app.understood"), nil)
	}
}

// take works from now on with what was opened.
func (w *window) take(o Opening) {
	w.opening, w.desk, w.office, w.contacts = o, o.Desk, o.Office, o.Contacts
	w.turn++
}

// takeInTurn is take in the language that is spoken already.
func (w *window) takeInTurn(o Opening) {
	lang := w.desk.Texts().Lang()
	w.take(o)
	for _, t := range w.languages() {
		if t.Lang() == lang {
			w.speaking(t)
		}
	}
}

// keepTyped keeps what is typed and not saved, before the store is closed.
func (w *window) keepTyped() {
	if w.versus != nil {
		w.versus.OnHide() // it keeps what is set
	}
	if w.book != nil {
		w.book.OnHide()
	}
	if w.filed != nil {
		w.filed.Kept()
	}
	if err := w.sim.KeepNow(); err != nil {
		fyne.LogError("unsaved form not kept", err)
	}
}

func (o Opening) close() error {
	if o.Close == nil {
		return nil
	}
	return o.Close()
}

// Package ui is the window: it wires the shell, the places and the desk. Every
// screen is a package of its own below this one; they meet only here.
package ui

import (
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/about"
	"atlasp2i/internal/ui/backups"
	"atlasp2i/internal/ui/compare"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/home"
	"atlasp2i/internal/ui/packshelf"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/platforms"
	"atlasp2i/internal/ui/proof"
	"atlasp2i/internal/ui/rulebook"
	"atlasp2i/internal/ui/sharing"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/simulate"
	"atlasp2i/internal/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

// AppID names the app to the system, for its preferences and cache.
const AppID = "atlas.p2i.desktop"

// First size of the window in design pixels: the laptop of the specification.
const (
	firstWidth  = 1366
	firstHeight = 768
	toastFor    = 8 * time.Second
	doubleClick = time.Second
)

// Opening is what came of opening the store.
type Opening struct {
	Desk     *desk.Desk
	Office   *issue.Office                 // nil: no paper can be made
	Contacts *cabinet.Cabinet              // nil where nothing is kept
	Kiosk    *kiosk.Door                   // between visitors and the officer; nil where nothing is kept
	Saved    Saved                         // nil where nothing can be saved
	Notice   *domain.Msg                   // said once the window is open: what was opened instead
	Err      error                         // why no store could be opened; Desk may still compute
	Snapshot string                        // a verified copy that can be opened read-only
	TakenAt  time.Time                     // when it was taken; of the copy itself once it is open
	Shelf    func(*desk.Desk) *packs.Shelf // looks at other rules for a desk; nil where there is nowhere to take them
	Sharing  func(*desk.Desk) *share.Room  // shares with other laptops, for a desk; nil where nothing is kept
	Fixed    bool                          // the rules were given at the start and stay
	Again    func() Opening                // the same open store under the rules that are active now; nil where those stay
	Copies   Copies
	Close    func() error // let go of the store; may be nil
}

// Copies are the copies of the store.
type Copies struct {
	Of      *backup.Backup                            // nil where nothing is kept
	Folder  string                                    // of those beside the store
	Restore func(path string) (store.Restored, error) // goes back to one while the store is closed
}

// Saved is what the window tells of the state of the store.
type Saved interface {
	Snapshots() ([]store.SnapshotInfo, error)
	Uncopied() bool
}

// Params is what the window is started with.
type Params struct {
	Texts    *i18n.Catalogue           // spoken until a desk is open, and where nothing else was chosen
	Others   func() []*i18n.Catalogue  // further languages to choose, read when they are first asked for; may be nil
	Open     func() Opening            // the user's store
	ReadOnly func(path string) Opening // a snapshot
	Cache    string                    // folder of files that are only looked at
	File     string                    // a rule pack or a colleague's file to look at first; may be empty
	Trusted  string                    // file of the keys whose packs are taken beside our own
	Theme    string                    // "light" or "dark"; "" is the user's own
	Build    about.Build               // which program this is
	Handed   func() string             // what a second start of the program hands over, "" for nothing
	Kiosk    KioskTimes                // zero but in trials
	Now      func() time.Time
}

// Run opens the window and returns when it is closed.
func Run(p Params) error {
	a := app.NewWithID(AppID)
	thread := parts.NewThread(fyne.Do)
	w := newWindow(p, a, thread.Do)
	w.win.SetMaster()
	w.win.SetOnClosed(thread.Close)
	parts.EndQuietly(a)
	w.forgetViewed()
	w.begin(p.Open())
	stop := w.listen()
	w.win.ShowAndRun()
	stop()
	return w.end()
}

// newWindow takes what runs a function on the window's thread, so that tests can
// be that thread.
func newWindow(p Params, a fyne.App, do func(func())) *window {
	w := &window{p: p, app: a, raw: do, do: do, win: a.NewWindow(p.Texts.Text("app.name"))}
	w.door = parts.NewClosing(w.win, a.Quit)
	w.setTheme("light")
	w.win.SetPadded(false)
	w.win.SetIcon(fyne.NewStaticResource("atlas-p2i.png", assets.AppIcon))
	w.win.Resize(fyne.NewSize(firstWidth, firstHeight))
	return w
}

// window is one run of the app.
type window struct {
	raw      func(func()) // runs a function on the window's thread
	do       func(func()) // the same, as long as the desk of now works: see thread
	turn     int          // openings so far
	p        Params
	app      fyne.App
	win      fyne.Window
	door     *parts.Closing
	opening  Opening
	desk     *desk.Desk
	office   *issue.Office    // nil: no paper can be made
	contacts *cabinet.Cabinet // nil where nothing is kept
	filed    *dossiers.Page   // nil until it is asked for
	away     *exhibit.Host    // gives files away; made with the pages
	shell    *shell.Shell
	start    *home.Page
	sim      *simulate.Page
	sites    *platforms.Page // nil until it is asked for
	versus   *compare.Page   // nil until it is asked for
	book     *rulebook.Page  // nil until it is asked for
	shelf    *packshelf.Page // its tab of packs; nil where there is none
	disputed map[string]int  // versions of what two laptops changed and nobody decided, by key
	sharing  *sharing.Page   // its tab of sharing between laptops; nil where there is none
	copies   *backups.Page   // its tab of copies
	chips    chips
	savedAt  time.Time
	looking  *time.Timer // tells the status again once a copy may be there
	theme    string
	scale    int              // of theme.Scales
	size     store.WindowSize // as it is kept
	place    string           // as it is kept
	open     store.ID         // the saved simulation that is open, as it is kept
	currency string           // beside the dirham, "" for none
	closing  time.Time        // when it was asked to close with a form that is not saved
	asked    int              // explanations asked for: only the last one is shown
	stand    *stand           // while visitors use the window alone, nil else

	listening bool // what is done to the window is heard
}

// begin shows the app, or first asks where the store could not be opened.
func (w *window) begin(o Opening) {
	if o.Err != nil {
		w.win.SetCloseIntercept(w.door.Close)
		w.win.SetContent(w.gate(o))
		return
	}
	if closed(o) {
		w.take(o)
		w.restoreLook()
		w.restoreLanguage()
		w.restoreCurrency()
		w.openKiosk(&stand{})
		return
	}
	w.serve(o)
}

// serve shows the app to the officer.
func (w *window) serve(o Opening) {
	w.take(o)
	w.restoreLook()
	w.restoreLanguage()
	w.restoreCurrency()
	speakLibrary(w.desk.Texts())
	w.build()
	w.reopen()
	w.win.SetContent(w.shell.Content())
	w.win.SetCloseIntercept(w.close)
	w.shell.Open(w.lastPlace())
	w.status()
	t, back := w.desk.Texts(), w.sim.Recover()
	switch {
	case o.Notice != nil:
		w.shell.ShowNote(t.T(*o.Notice), t.Text("app.understood"), nil)
	case back:
		at, _ := w.sim.Aside()
		w.shell.ShowNote(t.Text("app.back", "at", desk.Stamp(at)), t.Text("app.back.open"), w.resume)
	}
	if back && w.start != nil {
		w.start.Refresh()
	}
	if file := w.p.File; file != "" {
		w.p.File = "" // once, however often something is opened
		w.receive(file)
		return
	}
	if w.firstStart() {
		w.welcome()
	}
}

func (w *window) build() {
	t := w.desk.Texts()
	w.do = w.thread()
	// Made anew when they are asked for.
	w.start, w.sites, w.versus, w.book, w.shelf, w.copies, w.sharing, w.filed = nil, nil, nil, nil, nil, nil, nil, nil
	w.findDisputed()
	w.away = exhibit.NewHost(exhibit.Params{
		Texts: t, Window: w.Window, Toast: w.ShowToast, Copy: w.Copy, Open: w.app.OpenURL, Kept: w.stand != nil, Do: w.do, Now: w.p.Now,
	})
	w.sim = simulate.New(simulate.Params{
		Desk: w.desk, Shell: w, Saved: w.saved, Sample: w.sample, Compare: w.sendToCompare, Paper: w.paperOf(), WhatIf: w.whatIf(), Alone: w.stand != nil, Now: w.p.Now, Do: w.do,
		Disputed: w.versionsOf, Settle: w.settle,
	})
	w.sim.SetCurrency(w.second())
	w.listenToSearch()
	w.listenToScale()
	w.shell = shell.New(shell.Params{
		Window: w.win, Brand: t.Text("app.name"), ToastFor: toastFor, Do: w.raw,
		Chips:  w.makeChips(),
		Keys:   w.keys(),
		Moved:  w.moved,
		Places: w.places(),
	})
}

// keys are those that work wherever the focus is. Visitors who are alone do not leave
// the full screen.
func (w *window) keys() map[fyne.KeyName]func() {
	all := map[fyne.KeyName]func(){fyne.KeyF1: w.showKeys, fyne.KeyF11: w.toggleFull}
	if w.stand != nil {
		delete(all, fyne.KeyF11)
	}
	return all
}

// places are the doors of the rail. Visitors who are alone have none to what is kept.
func (w *window) places() []shell.Place {
	t := w.desk.Texts()
	all := []shell.Place{
		{ID: shell.Home, Label: t.Text("place.home"), Build: w.home},
		{ID: shell.Platforms, Label: t.Text("place.platforms"), Build: func() shell.Page { return w.sheets() }},
		{ID: shell.Sector, Label: t.Text("place.sector"), Build: w.sector},
		{ID: shell.Simulate, Label: t.Text("place.simulate"), Build: func() shell.Page { return w.sim }},
		{ID: shell.Compare, Label: t.Text("place.compare"), Build: func() shell.Page { return w.comparison() }},
	}
	if w.stand == nil {
		all = append(all, shell.Place{ID: shell.Files, Label: t.Text("place.files"), Build: func() shell.Page { return w.dossiers() }})
	}
	return append(all, shell.Place{ID: shell.Rules, Label: t.Text("place.rules"), Short: t.Text("place.rules.short"), Build: func() shell.Page { return w.rules() }})
}

// leaveDraft starts something else in Simuler. What was typed and not saved
// is put aside and comes back with one press: nobody is asked first.
func (w *window) leaveDraft(start func()) {
	t := w.desk.Texts()
	dirty := w.sim.Dirty()
	w.sim.Leave()
	start()
	w.rememberOpen()
	w.shell.Open(shell.Simulate)
	w.shell.RefreshHeader()
	if dirty {
		w.shell.ShowNote(t.Text("app.left"), t.Text("app.left.back"), w.resume)
	}
}

// resume goes on with what was put aside.
func (w *window) resume() {
	w.sim.Resume()
	w.rememberOpen()
	w.shell.Open(shell.Simulate)
	w.shell.RefreshHeader()
}

// abandon forgets it, with a way back.
func (w *window) abandon() {
	t, undo := w.desk.Texts(), w.sim.Abandon()
	w.shell.ShowToast(t.Text("app.abandoned"), t.Text("simulate.undo"), func() {
		undo()
		w.start.Refresh()
	})
}

// sample opens a project that ships with the program.
func (w *window) sample(d desk.Draft) { w.leaveDraft(func() { w.sim.Start(d) }) }

func (w *window) openSaved(id store.ID) {
	d, err := w.desk.Open(id)
	if err != nil {
		w.failed(err)
		return
	}
	w.leaveDraft(func() { w.sim.Start(d) })
}

func (w *window) recent(most int) ([]store.Entry, int, error) {
	list, err := w.desk.List()
	return list[:min(most, len(list))], len(list), err
}

// explain opens the panel over the current place, computed off the window's
// thread.
func (w *window) explain(d desk.Draft, line string) {
	w.asked++
	n, on, do := w.asked, w.desk, w.do
	go func() {
		x, err := on.Explain(d, line, 0)
		do(func() {
			if n != w.asked {
				return
			}
			if err != nil {
				w.failed(err)
				return
			}
			w.shell.ShowPanel(proof.Spec(proof.Params{Texts: w.desk.Texts(), Explanation: x, Copy: w.Copy}))
		})
	}()
}

// Copy puts a text on the clipboard and says so.
func (w *window) Copy(text string) {
	w.app.Clipboard().SetContent(text)
	w.shell.ShowToast(w.desk.Texts().Text("app.copied"), "", nil)
}

func (w *window) failed(err error) {
	w.shell.ShowToast(desk.Say(w.desk.Texts(), err), "", nil)
}

// close asks nothing: a form that was not saved is offered once more. The second
// click of a double click is not an answer.
func (w *window) close() {
	since := w.p.Now().Sub(w.closing)
	switch {
	case w.door.Begun():
		w.door.Close()
	case since >= toastFor && w.filed != nil && !w.filed.Kept():
		w.closing = w.p.Now()
		t := w.desk.Texts()
		w.shell.ShowNote(t.Text("dossiers.unsaved"), t.Text("app.unsaved.leave"), w.leave)
	case !w.sim.Dirty() || since >= doubleClick && since < toastFor:
		w.leave()
	case since >= toastFor:
		w.closing = w.p.Now()
		t, key := w.desk.Texts(), "app.unsaved"
		if w.desk.CanSave() {
			key = "app.unsaved.kept"
		}
		w.shell.ShowNote(t.Text(key), t.Text("app.unsaved.leave"), w.leave)
	}
}

// leave closes the window; what is typed and not saved comes back at the next
// start where there is a store.
func (w *window) leave() {
	w.rememberSize()
	w.keepTyped()
	w.door.Close()
}

func (w *window) end() error {
	w.forgetViewed()
	return w.opening.close()
}

func (w *window) setTheme(name string) {
	if w.p.Theme != "" && w.theme == "" {
		name = w.p.Theme
	}
	w.theme = name
	look := theme.Light()
	if name == "dark" {
		look = theme.Dark()
	}
	w.app.Settings().SetTheme(look.Scaled(theme.Scales[w.scale].Factor))
}

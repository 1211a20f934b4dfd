package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/ui/input"
	"atlasp2i/internal/ui/kiosk"
	"atlasp2i/internal/ui/shell"
)

// KioskTimes are how long the kiosk waits, for whoever tries it out; zero is as usual.
type KioskTimes struct {
	Idle      time.Duration // without anybody, in the place of what the officer chose
	Countdown time.Duration // the warning stands
}

const countdown = 20 * time.Second

// stand is the window while visitors use it alone. Its pages have no store: what is
// not there can be neither read nor written, whatever a visitor does.
type stand struct {
	officer   Opening       // what no visitor reaches
	desk      *desk.Desk    // that of the officer, in the language that visitors begin with
	theme     string        // that they begin with
	scale     int           // the same
	currency  string        // the same, beside the dirham; "" for none
	published *issue.Office // knows published rates of currencies, and no store
	place     string        // where the officer was
	typed     bool          // something of the officer's waits to be gone on with
	stop      chan struct{}

	watch   *kiosk.Watch
	warning *kiosk.Warning // nil while there is none
	back    fyne.Focusable // what had the focus before the warning
	muted   bool           // the key or button that took the warning away does nothing else
}

var leaveKey = &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}

// closed is whether visitors are to use the window of an opening alone.
func closed(o Opening) bool {
	if o.Kiosk == nil {
		return false
	}
	is, err := o.Kiosk.State()
	if err != nil {
		fyne.LogError("state of the kiosk", err)
	}
	return is.Closed
}

// kioskCard is the card that begins the kiosk; nil where no code can be kept.
func (w *window) kioskCard() fyne.CanvasObject {
	if w.opening.Kiosk == nil || !w.desk.CanSave() {
		return nil
	}
	return kiosk.Card(kiosk.Params{Door: w.opening.Kiosk, Texts: w.desk.Texts(), Ready: w.nothingLost, Passed: w.enterKiosk, Failed: w.failed, Do: w.do})
}

// nothingLost is whether all that the officer typed is kept; else it says what is not.
func (w *window) nothingLost() bool {
	t := w.desk.Texts()
	if w.filed != nil && !w.filed.Kept() {
		w.shell.ShowNote(t.Text("dossiers.unsaved"), t.Text("place.files"), func() { w.shell.Open(shell.Files) })
		return false
	}
	if err := w.sim.KeepNow(); err != nil {
		w.shell.ShowNote(t.Text("simulate.unkept", "why", desk.Say(t, err)), "", nil)
		return false
	}
	return true
}

// enterKiosk puts the officer's work away and leaves the window to visitors.
func (w *window) enterKiosk() {
	w.sim.WhenSaved(func() {
		if w.stand != nil { // pressed twice while it was saved
			return
		}
		w.rememberSize()
		w.keepTyped()
		w.forgetViewed()
		s := &stand{place: w.shell.Current(), typed: w.sim.Dirty()}
		if w.contacts != nil {
			w.contacts.Lock()
		}
		w.openKiosk(s)
	})
}

// openKiosk begins with the first visitor, from what the window works with now.
func (w *window) openKiosk(s *stand) {
	s.officer, s.desk, s.theme, s.scale, s.currency = w.opening, w.desk, w.theme, w.scale, w.currency
	var err error
	if s.published, err = issue.New(issue.Params{Desk: s.desk.Apart()}); err != nil {
		fyne.LogError("visitors see dirhams alone", err)
	}
	idle, warn := w.p.Kiosk.Idle, w.p.Kiosk.Countdown
	if is, err := s.officer.Kiosk.State(); err == nil && idle == 0 {
		idle = is.Delay
	}
	if warn == 0 {
		warn = countdown
	}
	s.watch, s.stop = kiosk.NewWatch(idle, warn), make(chan struct{})
	w.stand = s
	w.win.SetFullScreen(true)
	w.win.SetCloseIntercept(w.askCode)
	w.win.Canvas().AddShortcut(leaveKey, func(fyne.Shortcut) { w.askCode() })
	w.visit()
	go w.ticks(s.stop)
}

// visit makes everything anew for a visitor: nothing of the one before is left, in
// the pages or on the clipboard.
func (w *window) visit() {
	s := w.stand
	w.takeDown()
	s.warning, s.back = nil, nil
	w.take(Opening{Desk: s.desk.Apart(), Close: s.officer.Close})
	w.currency = s.currency
	w.app.Clipboard().SetContent("")
	if w.theme != s.theme || w.scale != s.scale { // else the library would read its fonts again
		w.scale = s.scale
		w.setTheme(s.theme)
	}
	speakLibrary(w.desk.Texts())
	w.build()
	w.win.SetTitle(w.desk.Texts().Text("app.name"))
	w.win.SetContent(w.shell.Content())
	w.shell.Open(shell.Home)
	w.status()
}

// takeDown takes away the pages, what lies over them and what was chosen in the
// header.
func (w *window) takeDown() {
	if w.shell != nil {
		w.leavePages()
		w.shell.Release()
	}
	over := w.win.Canvas().Overlays()
	for o := over.Top(); o != nil; o = over.Top() {
		over.Remove(o)
	}
	w.chips, w.currency, w.savedAt, w.closing = chips{}, "", time.Time{}, time.Time{}
}

// ticks lets the watch look at the clock until it is stopped.
func (w *window) ticks(stop chan struct{}) {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-stop:
			return
		case <-every.C:
			w.raw(w.tick)
		}
	}
}

// tick warns where nobody seems to be there, and forgets them after the countdown.
func (w *window) tick() {
	s := w.stand
	if s == nil {
		return
	}
	if !w.listening { // the window can be listened to once it is shown
		w.listening = input.Listen(w.win, w.heard)
	}
	now := w.p.Now()
	forget := s.watch.Tick(now)
	switch {
	case forget:
		w.visit()
	case s.watch.Phase() != kiosk.Warned:
	case s.warning == nil:
		c := w.win.Canvas()
		s.back = c.Focused()
		s.warning = kiosk.NewWarning(w.desk.Texts(), s.watch.Left(now), w.goOn)
		c.Overlays().Add(s.warning)
		c.Focus(s.warning.First())
	default:
		s.warning.SetLeft(s.watch.Left(now))
	}
}

// heard follows all that is done to the window, before the widgets do. What takes the
// warning away reaches none of them.
func (w *window) heard(k input.Kind) (goOn bool) {
	s := w.stand
	if s == nil {
		return true
	}
	if s.watch.Phase() == kiosk.Warned {
		switch k {
		case input.Moved, input.Released:
			return true
		case input.Held, input.Typed: // something lies on the keyboard
			return false
		}
		w.goOn()
		s.muted = true
		return false
	}
	switch k {
	case input.Held, input.Typed, input.Released:
		return !s.muted
	case input.Pressed:
		s.muted = false
	}
	s.watch.Seen(w.p.Now(), k != input.Moved)
	return true
}

// goOn takes the warning away: somebody is there.
func (w *window) goOn() {
	s := w.stand
	if s == nil || s.warning == nil {
		return
	}
	s.watch.Seen(w.p.Now(), true)
	c := w.win.Canvas()
	c.Overlays().Remove(s.warning)
	if s.back != nil {
		c.Focus(s.back)
	}
	s.warning, s.back = nil, nil
}

// askCode asks the officer's code, to leave the kiosk.
func (w *window) askCode() {
	spec, first := kiosk.Leave(kiosk.Params{Door: w.stand.officer.Kiosk, Texts: w.desk.Texts(), Passed: w.leaveKiosk, Do: w.do})
	w.shell.ShowPanel(spec)
	w.win.Canvas().Focus(first)
}

// leaveKiosk gives the window back to the officer, as it was.
func (w *window) leaveKiosk() {
	s := w.stand
	err := s.officer.Kiosk.Open()
	close(s.stop)
	w.takeDown()
	w.stand = nil
	w.app.Clipboard().SetContent("")
	w.win.Canvas().RemoveShortcut(leaveKey)
	w.win.SetFullScreen(false)
	w.scale = s.scale
	w.setTheme(s.theme)
	w.serve(s.officer)
	if s.typed {
		w.sim.Resume()
		if w.start != nil {
			w.start.Refresh()
		}
	}
	if s.place != "" {
		w.shell.Open(s.place)
	}
	w.shell.RefreshHeader()
	t := w.desk.Texts()
	_, aside := w.sim.Aside()
	switch {
	case err != nil:
		w.shell.ShowNote(t.Text("kiosk.back.kept", "why", desk.Say(t, err)), t.Text("app.understood"), nil)
	case s.officer.Notice == nil && (s.typed || !aside): // else it is said what came back
		w.shell.ShowNote(t.Text("kiosk.back"), "", nil)
	}
}

// Package shell is the frame of the window: the rail of places, the header,
// the place for a page, the panel that slides over and the message at the
// foot. It knows no screen; a screen declares the few methods of Shell it uses
// as its own interface.
package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/ui/kit"
)

// Ids of the places. Their order and so their number is fixed by the design:
// Ctrl+4 is always Simuler, also while other places are not built.
const (
	Home      = "home"
	Platforms = "platforms"
	Sector    = "sector"
	Simulate  = "simulate"
	Compare   = "compare"
	Files     = "files"
	Rules     = "rules"
)

var order = []string{Home, Platforms, Sector, Simulate, Compare, Files, Rules}

// Places are the ids of all places, in the order of the design.
func Places() []string { return slices.Clone(order) }

// Page is what a place shows.
type Page interface {
	Title() string
	Content() fyne.CanvasObject
	// HeaderLeft stands after the title, HeaderRight before the chips that
	// stand on every page. Both may be nil and are read at each RefreshHeader.
	HeaderLeft() []fyne.CanvasObject
	HeaderRight() []fyne.CanvasObject
	// OnShow is called after the page was put in the window, OnHide before it
	// is taken out of it.
	OnShow()
	OnHide()
}

// Place is a door in the rail. Build is called once, at the first visit.
type Place struct {
	ID    string // one of the ids above; it also names the icon
	Label string
	Short string // the label where the rail is narrow; "" is Label
	Build func() Page
}

// Params is what a shell is made of.
type Params struct {
	Window   fyne.Window
	Brand    string
	Places   []Place // shown in the order of the design; only those given
	Chips    []fyne.CanvasObject
	ToastFor time.Duration           // how long a message stays; 0 is until dismissed
	Do       func(func())            // runs a function on the window's thread; needed where messages end by themselves
	Keys     map[fyne.KeyName]func() // further keys of the window, beside Escape
	Moved    func(place string)      // told of each place that is opened; may be nil
}

// Shell is the frame of one window.
type Shell struct {
	window   fyne.Window
	places   []Place
	pages    map[string]Page
	looks    map[string]fyne.Theme // in which each page was on the screen last
	born     fyne.Theme            // in which it was made, where it never was
	current  string
	past     []string
	toastFor time.Duration
	do       func(func())
	further  map[fyne.KeyName]func()
	moved    func(place string)

	frame *frame
	panel *kit.SlideOver
	back  fyne.Focusable // what had the focus when the panel opened
	toast *kit.Toast
	undo  bool // what is said can be undone with Ctrl+Z
	// fading ends what is said; nil before the first message.
	fading *time.Timer
}

// New makes the frame and registers the window's keys. It shows no page yet:
// call Open.
func New(p Params) *Shell {
	s := &Shell{window: p.Window, toastFor: p.ToastFor, do: p.Do, further: p.Keys, moved: p.Moved, pages: map[string]Page{}, looks: map[string]fyne.Theme{}, born: look()}
	for _, id := range order {
		for _, place := range p.Places {
			if place.ID == id {
				s.places = append(s.places, place)
			}
		}
	}
	s.frame = newFrame(p.Brand, s.places, p.Chips, s.Open)
	s.keys()
	return s
}

// Content is what the window shows: give it to Window.SetContent.
func (s *Shell) Content() fyne.CanvasObject { return s.frame }

// Number is the digit of Ctrl+digit that opens a place, 0 for an unknown id.
func Number(id string) int { return slices.Index(order, id) + 1 }

// binding is a shortcut of the window and what it does.
type binding struct {
	shortcut fyne.Shortcut
	act      func()
}

func (s *Shell) bindings() []binding {
	digits := []fyne.KeyName{
		fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7,
	}
	var all []binding
	for _, place := range s.places {
		key := &desktop.CustomShortcut{
			KeyName: digits[Number(place.ID)-1], Modifier: fyne.KeyModifierShortcutDefault,
		}
		all = append(all, binding{key, func() { s.Open(place.ID) }})
	}
	return append(all,
		binding{&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}, s.Back},
		binding{&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}, s.Answer},
		binding{&fyne.ShortcutUndo{}, s.Undo})
}

// Answer is what Ctrl+Enter does: the action of the message, wherever the focus is.
func (s *Shell) Answer() {
	if s.toast != nil {
		s.toast.Action()
	}
}

// Undo is what Ctrl+Z does: the action of the message, where that undoes.
func (s *Shell) Undo() {
	if s.toast != nil && s.undo {
		s.toast.Action()
	}
}

func (s *Shell) keys() {
	c := s.window.Canvas()
	for _, b := range s.bindings() {
		c.AddShortcut(b.shortcut, func(fyne.Shortcut) { b.act() })
	}
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		switch act := s.further[ev.Name]; {
		case act != nil:
			act()
		case ev.Name == fyne.KeyEscape:
			s.escape()
		case ev.Name == fyne.KeyPageDown || ev.Name == fyne.KeyPageUp:
			s.scroll(ev.Name == fyne.KeyPageDown)
		}
	})
}

// Release takes the page out of the window and gives the window's keys back: another
// shell takes this one's place.
func (s *Shell) Release() {
	if p := s.page(); p != nil {
		p.OnHide()
	}
	c := s.window.Canvas()
	for _, b := range s.bindings() {
		c.RemoveShortcut(b.shortcut)
	}
}

// scroll moves what is read by a page: what lies over the place, or the place.
func (s *Shell) scroll(down bool) {
	if s.panel != nil {
		s.panel.ScrollPage(down)
		return
	}
	if p, ok := s.page().(kit.Pager); ok && p.ScrollPage(down) {
		return
	}
	kit.ScrollPage(s.frame.page, down)
}

// escape closes what lies over the page, the topmost first.
func (s *Shell) escape() {
	if s.panel != nil {
		s.ClosePanel()
		return
	}
	s.HideToast()
}

// Open goes to a place; one that was not given is ignored. The place we leave
// is remembered for Back.
func (s *Shell) Open(id string) {
	if id == s.current {
		s.ClosePanel()
		return
	}
	s.show(id)
}

// show puts a place in the window if it exists.
func (s *Shell) show(id string) {
	i := slices.IndexFunc(s.places, func(p Place) bool { return p.ID == id })
	if i < 0 {
		return
	}
	s.ClosePanel()
	if old := s.page(); old != nil {
		old.OnHide()
		s.past = append(s.past, s.current)
		s.looks[s.current] = look()
	}
	page, built := s.pages[id]
	if !built {
		page = s.places[i].Build()
		s.pages[id] = page
	}
	s.current = id
	s.window.Canvas().Unfocus()
	s.frame.setPage(id, page)
	s.restyle(id)
	page.OnShow()
	if s.moved != nil {
		s.moved(id)
	}
}

// restyle lets a page follow that size or colours changed while it was not on the
// screen: the library tells only what is.
func (s *Shell) restyle(id string) {
	seen := s.looks[id]
	if seen == nil {
		seen = s.born
	}
	if now := look(); seen != now {
		fyne.CurrentApp().Settings().SetTheme(now)
	}
}

func look() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Back goes to the place before this one, if there is one.
func (s *Shell) Back() {
	n := len(s.past)
	if n == 0 {
		return
	}
	id := s.past[n-1]
	past := s.past[:n-1]
	s.show(id)
	s.past = past
}

// Current is the id of the place shown, "" before the first Open.
func (s *Shell) Current() string { return s.current }

func (s *Shell) page() Page { return s.pages[s.current] }

// RefreshHeader reads title and header items of the page again.
func (s *Shell) RefreshHeader() {
	if p := s.page(); p != nil {
		s.frame.header.set(p)
	}
}

// SetStatus writes the lines at the foot of the rail.
func (s *Shell) SetStatus(lines ...string) { s.frame.rail.setStatus(lines) }

// ShowPanel slides a panel over the page, in the place of one that is open.
// Escape, a click beside it and another place close it; the focus goes back to
// where it was. OnClose of the spec is called once, however it is closed.
func (s *Shell) ShowPanel(spec kit.PanelSpec) {
	s.ClosePanel()
	c := s.window.Canvas()
	s.back = c.Focused()
	told := spec.OnClose
	var panel *kit.SlideOver
	spec.Top = headerDesign
	spec.OnClose = func() {
		if s.panel != panel {
			return
		}
		c.Overlays().Remove(panel)
		s.panel = nil
		s.placeToast()
		if s.back != nil {
			c.Focus(s.back)
			s.back = nil
		}
		if told != nil {
			told()
		}
	}
	panel = kit.NewSlideOver(spec)
	s.panel = panel
	s.placeToast()
	c.Overlays().Add(panel)
	c.Focus(panel.First())
}

// ClosePanel closes the panel if one is open.
func (s *Shell) ClosePanel() {
	if s.panel != nil {
		s.panel.Close()
	}
}

// PanelOpen says whether a panel is open.
func (s *Shell) PanelOpen() bool { return s.panel != nil }

// ShowToast says something at the foot of the window, in the place of what is
// said there. Act undoes something: it is called by the action, by Ctrl+Z as
// well, and ends it.
func (s *Shell) ShowToast(text, action string, act func()) {
	s.ShowNote(text, action, act)
	s.undo = true
}

// ShowNote is ShowToast for an action that undoes nothing: Ctrl+Z does not call
// it.
func (s *Shell) ShowNote(text, action string, act func()) {
	s.HideToast()
	toast := kit.NewToast(text, action, func() {
		s.HideToast()
		if act != nil {
			act()
		}
	})
	s.toast, s.undo = toast, false
	s.placeToast()
	if s.toastFor > 0 {
		s.fading = time.AfterFunc(s.toastFor, func() { s.do(func() { s.expire(toast) }) })
	}
}

// expire ends a message whose time is over, unless another one took its place.
func (s *Shell) expire(toast *kit.Toast) {
	if s.toast == toast {
		s.HideToast()
	}
}

// HideToast ends what is said at the foot of the window.
func (s *Shell) HideToast() {
	if s.fading != nil {
		s.fading.Stop()
	}
	if s.toast != nil {
		s.toast = nil
		s.placeToast()
	}
}

// placeToast puts what is said at the foot of the page, or of the panel that lies
// over it.
func (s *Shell) placeToast() {
	below := s.toast
	if s.panel != nil {
		below = nil
	}
	if s.frame.toast != below {
		s.frame.setToast(below)
	}
	if s.panel != nil {
		s.panel.SetToast(s.toast)
	}
}

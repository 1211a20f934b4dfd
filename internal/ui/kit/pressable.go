package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Pressable is the part of a widget that a mouse or a key can press: click,
// Enter and Space do the same. A widget embeds it and calls Init with itself.
type Pressable struct {
	widget.DisableableWidget
	OnTapped func()

	self    fyne.Widget
	focused bool
	hovered bool
	byMouse bool // the focus came with a click: no ring is needed then
}

// Init binds the part to the widget that embeds it.
func (p *Pressable) Init(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// Ringed says whether the focus ring is to be drawn.
func (p *Pressable) Ringed() bool { return p.focused && !p.byMouse && !p.Disabled() }

// Hovered says whether the pointer is over the widget.
func (p *Pressable) Hovered() bool { return p.hovered && !p.Disabled() }

// Tapped presses and takes the focus, so that a panel that opens can give it back.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if p.Disabled() {
		return
	}
	p.byMouse = true
	p.takeFocus()
	p.press()
}

func (p *Pressable) takeFocus() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.self)
	f, ok := p.self.(fyne.Focusable)
	if c != nil && ok {
		c.Focus(f)
	}
}

func (p *Pressable) press() {
	if !p.Disabled() && p.OnTapped != nil {
		p.OnTapped()
	}
}

// FocusGained draws the ring and brings the widget into view.
func (p *Pressable) FocusGained() {
	p.focused = true
	p.Refresh()
	if !p.byMouse {
		reveal(p.self)
	}
}

// FocusLost removes the ring.
func (p *Pressable) FocusLost() {
	p.focused, p.byMouse = false, false
	p.Refresh()
}

// TypedRune does nothing: no letter presses.
func (p *Pressable) TypedRune(rune) {}

// TypedKey presses on Enter and Space and hands the rest to the window.
func (p *Pressable) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.byMouse = false
		p.press()
	default:
		PassKey(p.self, ev)
	}
}

// Cursor is the hand, except where pressing does nothing.
func (p *Pressable) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn marks the widget as under the pointer.
func (p *Pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

// MouseMoved is part of being under the pointer.
func (p *Pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (p *Pressable) MouseOut() {
	p.hovered = false
	p.Refresh()
}

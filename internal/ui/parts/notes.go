package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Notes is a field of several lines.
type Notes struct {
	widget.Entry
	Left func(text string) // the focus leaves; may be nil
}

// NewNotes makes a field that shows so many lines.
func NewNotes(placeHolder string, lines int) *Notes {
	n := &Notes{}
	n.MultiLine, n.Wrapping, n.PlaceHolder = true, fyne.TextWrapWord, placeHolder
	n.SetMinRowsVisible(lines)
	n.ExtendBaseWidget(n)
	return n
}

// FocusGained brings the field into view.
func (n *Notes) FocusGained() {
	n.Entry.FocusGained()
	if c := fyne.CurrentApp().Driver().CanvasForObject(n); c != nil {
		if r, ok := c.Content().(kit.Revealer); ok {
			r.Reveal(n)
		}
	}
}

// FocusLost tells that the field was left.
func (n *Notes) FocusLost() {
	n.Entry.FocusLost()
	if n.Left != nil {
		n.Left(n.Text)
	}
}

// TypedKey hands the window its keys.
func (n *Notes) TypedKey(ev *fyne.KeyEvent) {
	if kit.WindowKey(ev.Name) {
		kit.PassKey(n, ev)
		return
	}
	n.Entry.TypedKey(ev)
}

// AcceptsTab is false: Tab goes on to the next field.
func (n *Notes) AcceptsTab() bool { return false }

// TypedShortcut also hands a shortcut of ours to the window: Ctrl+K must work from
// inside of it.
func (n *Notes) TypedShortcut(s fyne.Shortcut) {
	n.Entry.TypedShortcut(s)
	if _, ours := s.(*desktop.CustomShortcut); !ours {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(n).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

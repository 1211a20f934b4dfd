package kit

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/assets"
	"atlasp2i/internal/ui/theme"
)

// col is the colour of the current theme.
func col(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }

// dim is the size of the current theme.
func dim(name fyne.ThemeSizeName) float32 { return fynetheme.Size(name) }

// Px turns pixels of the design into the window's units: it follows the scale
// of the theme, which a booth screen raises.
func Px(n float32) float32 { return n * dim(theme.SizeUnit) }

// face is what a widget draws: its objects and three functions over them.
type face struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func() // colours and texts, then canvas refresh of what changed
}

func (f *face) Objects() []fyne.CanvasObject { return f.objects }
func (f *face) Layout(s fyne.Size)           { f.layout(s) }
func (f *face) MinSize() fyne.Size           { return f.min() }
func (f *face) Refresh()                     { f.refresh() }
func (f *face) Destroy()                     {}

// newRing is the focus ring. It is drawn outside of the widget with a gap, so
// that it shows on any filling, the accent button's included.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.Hide()
	return r
}

// ringGap is the space between a widget and its focus ring, in design pixels.
const ringGap = 3

func layoutRing(r *canvas.Rectangle, at fyne.Position, s fyne.Size) {
	g := Px(ringGap)
	r.Move(at.SubtractXY(g, g))
	r.Resize(s.AddWidthHeight(2*g, 2*g))
}

func refreshRing(r *canvas.Rectangle, on bool, name fyne.ThemeColorName) {
	r.StrokeColor = col(name)
	r.StrokeWidth = Px(2)
	r.CornerRadius = dim(theme.SizeFieldEdge) + Px(ringGap)
	if on {
		r.Show()
	} else {
		r.Hide()
	}
	r.Refresh()
}

// Revealer is the content of a window, or what lies over it, that scrolls: it
// brings what got the focus into view.
type Revealer interface {
	Reveal(o fyne.CanvasObject)
}

// reveal brings a widget that Tab reached into view: Fyne does not scroll to it.
func reveal(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	if r, ok := root.(Revealer); ok {
		r.Reveal(o)
	}
}

// ScrollTo moves a scroll so far that the object inside of it is in view.
func ScrollTo(s *container.Scroll, o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y
	if by := scrollBy(top, o.Size().Height, s.Size().Height); by != 0 {
		last := max(s.Content.Size().Height-s.Size().Height, 0)
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, min(max(s.Offset.Y+by, 0), last)))
	}
}

// ScrollPage moves a scroll by a page, down or up; false where it cannot move so.
func ScrollPage(s *container.Scroll, down bool) bool {
	const part = 0.85 // of what is seen: the rest stays, to go on reading from
	last := max(s.Content.MinSize().Height-s.Size().Height, 0)
	to := s.Offset.Y - part*s.Size().Height
	if down {
		to = s.Offset.Y + part*s.Size().Height
	}
	to = min(max(to, 0), last)
	if to == s.Offset.Y {
		return false
	}
	s.ScrollToOffset(fyne.NewPos(s.Offset.X, to))
	return true
}

// Pager is a page that scrolls in parts of its own: it moves one of them by a
// page, false where none can move so.
type Pager interface {
	ScrollPage(down bool) bool
}

// scrollBy is how far a view of some height must move down to show what
// begins at top. What is taller than the view is shown from its top.
func scrollBy(top, tall, view float32) float32 {
	room := Px(16)
	switch {
	case top < room:
		return top - room
	case top+tall > view-room:
		return min(top+tall-view+room, top-room)
	}
	return 0
}

// PassKey hands a key that a focused widget does not use to the window, so
// that Escape closes a panel wherever the focus is.
func PassKey(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(ev)
	}
}

// WindowKey is whether a key without Ctrl is the window's own, also while a line
// is typed into: Escape, the help and the full screen.
func WindowKey(name fyne.KeyName) bool {
	return name == fyne.KeyEscape || name == fyne.KeyF1 || name == fyne.KeyF11
}

// Icon is one of our line icons, by the name of its file.
func Icon(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", assets.Icon(name))
}

// iconInk is the colour our icons are drawn in; Tinted replaces it.
const iconInk = "#17232b"

// Tinted is one of our icons in a colour of the theme. The name carries the
// colour, since Fyne keeps decoded pictures by name.
func Tinted(icon fyne.Resource, name fyne.ThemeColorName) fyne.Resource {
	c := color.NRGBAModel.Convert(col(name)).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	body := bytes.ReplaceAll(icon.Content(), []byte(iconInk), []byte(hex))
	return fyne.NewStaticResource(hex[1:]+"-"+icon.Name(), body)
}

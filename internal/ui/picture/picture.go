// Package picture shows a drawing in the window, sharp at its scale: what of it
// can be pointed at answers to the mouse and to the keyboard.
package picture

import (
	"image"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Spec is what a picture is made of. Sizes are design pixels.
type Spec struct {
	// Draw makes the drawing for a size and a look. It is called when one of them
	// changed, or after Redraw, and then only once.
	Draw func(width, height float64, dark bool) *record.Drawing
	// Tapped is told of a spot that was clicked, or pressed with Return or Space.
	// Where it is nil the spots only say what they are.
	Tapped func(spot string)
	// Next is the spot an arrow key goes to, "" for none; nil goes through the
	// spots in their order.
	Next                func(from string, key fyne.KeyName) string
	MinWidth, MinHeight float32
}

// Picture is a drawing in the window. It is one stop of the focus: the arrows go
// from spot to spot, Return and Space press one.
type Picture struct {
	kit.Pressable
	spec Spec

	drawing *record.Drawing // nil while it is to be made
	drawn   drawnFor
	painted painted

	at      string        // spot that the keyboard is on
	over    string        // spot that the pointer is on
	pointer fyne.Position // where it is
	focused bool          // by the keyboard: the ring shows
}

// drawnFor is what a drawing was made for: another one needs another drawing.
type drawnFor struct {
	size fyne.Size
	unit float32
	dark bool
}

// painted is the drawing as pixels, kept for when the window asks again.
type painted struct {
	of    *record.Drawing
	w, h  int
	image image.Image
}

// New makes a picture.
func New(spec Spec) *Picture {
	p := &Picture{spec: spec}
	p.OnTapped = p.tap
	p.Init(p)
	return p
}

// Redraw makes the drawing again: what it shows has changed.
func (p *Picture) Redraw() {
	p.drawing = nil
	p.Refresh()
}

// Choose puts the keyboard on a spot, without telling Tapped. The drawing shows
// what is chosen; this says from where the arrows go on.
func (p *Picture) Choose(spot string) {
	if p.at != spot {
		p.at = spot
		p.Refresh()
	}
}

// At is the spot that the keyboard is on, "" for none.
func (p *Picture) At() string { return p.at }

// Drawing is what is shown, nil before the picture has a size.
func (p *Picture) Drawing() *record.Drawing {
	now := drawnFor{p.Size(), kit.Px(1), isDark()}
	if now.size.Width < 1 || now.size.Height < 1 {
		return nil
	}
	if p.drawing == nil || p.drawn != now {
		p.drawing = p.spec.Draw(float64(now.size.Width/now.unit), float64(now.size.Height/now.unit), now.dark)
		p.drawn = now
	}
	return p.drawing
}

// isDark is the look of the theme; one that is not ours counts as light.
func isDark() bool {
	th, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme)
	return ok && th.IsDark()
}

// paint gives the picture for the window, in its physical pixels. The same
// drawing at the same size is painted once.
func (p *Picture) paint(w, h int) image.Image {
	d := p.Drawing()
	if d == nil || d.Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if p.painted.of != d || p.painted.w != w || p.painted.h != h {
		p.painted = painted{of: d, w: w, h: h, image: fitted(pixels.Paint(d, float64(w)/d.Width), w, h)}
	}
	return p.painted.image
}

// fitted gives the picture exactly the size the window asks for, so that nothing
// is stretched: rounding may have left it a pixel taller.
func fitted(img *image.RGBA, w, h int) image.Image {
	if img.Rect.Dx() == w && img.Rect.Dy() == h {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, img, img.Rect.Min, draw.Src)
	return out
}

// spot finds a spot of the drawing by its id.
func (p *Picture) spot(id string) (record.Spot, bool) {
	d := p.Drawing()
	if d == nil || id == "" {
		return record.Spot{}, false
	}
	for _, s := range d.Spots {
		if s.ID == id {
			return s, true
		}
	}
	return record.Spot{}, false
}

// under is the id of the topmost spot at a place in the widget, "" for none.
func (p *Picture) under(at fyne.Position) string {
	d := p.Drawing()
	if d == nil {
		return ""
	}
	unit := kit.Px(1)
	s, _ := d.At(record.Point{X: float64(at.X / unit), Y: float64(at.Y / unit)})
	return s.ID
}

// Disabled is true where there is no spot, so that the focus passes over.
func (p *Picture) Disabled() bool {
	d := p.Drawing()
	return d == nil || len(d.Spots) == 0 || p.Pressable.Disabled()
}

// Tapped presses the spot under the pointer.
func (p *Picture) Tapped(ev *fyne.PointEvent) {
	id := p.under(ev.Position)
	if id == "" {
		return
	}
	p.at, p.focused = id, false
	p.Pressable.Tapped(ev)
	p.focused = false
	p.Refresh()
}

func (p *Picture) tap() {
	if _, there := p.spot(p.at); there && p.spec.Tapped != nil {
		p.spec.Tapped(p.at)
	}
}

// FocusGained puts the keyboard on a spot and shows which.
func (p *Picture) FocusGained() {
	p.focused = true
	if _, there := p.spot(p.at); !there {
		p.at = p.step(1)
	}
	p.Pressable.FocusGained()
}

// FocusLost removes the ring and keeps the place.
func (p *Picture) FocusLost() {
	p.focused = false
	p.Pressable.FocusLost()
}

// TypedKey moves between the spots or presses one.
func (p *Picture) TypedKey(ev *fyne.KeyEvent) {
	p.focused = true
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		if id := p.next(ev.Name); id != "" {
			p.at = id
		}
	default:
		p.Pressable.TypedKey(ev)
	}
	p.Refresh()
}

func (p *Picture) next(key fyne.KeyName) string {
	switch {
	case p.spec.Next != nil:
		return p.spec.Next(p.at, key)
	case key == fyne.KeyLeft || key == fyne.KeyUp:
		return p.step(-1)
	default:
		return p.step(1)
	}
}

// step is the spot so many places further on in their order; it stops at the ends.
// From none it is the first.
func (p *Picture) step(by int) string {
	d := p.Drawing()
	if d == nil || len(d.Spots) == 0 {
		return ""
	}
	for i, s := range d.Spots {
		if s.ID == p.at {
			return d.Spots[min(max(i+by, 0), len(d.Spots)-1)].ID
		}
	}
	return d.Spots[0].ID
}

// MouseIn follows the pointer.
func (p *Picture) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved says what is under the pointer.
func (p *Picture) MouseMoved(ev *desktop.MouseEvent) {
	id := p.under(ev.Position)
	if p.over == "" && id == "" {
		return
	}
	p.over, p.pointer = id, ev.Position
	p.Refresh()
}

// MouseOut leaves the picture.
func (p *Picture) MouseOut() {
	p.over = ""
	p.Refresh()
}

// Cursor is the hand over a spot that can be pressed.
func (p *Picture) Cursor() desktop.Cursor {
	if p.over != "" && p.spec.Tapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

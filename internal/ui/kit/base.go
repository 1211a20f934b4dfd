package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

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

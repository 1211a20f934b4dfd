package picture

import (
	"image"
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Measures in design pixels.
const (
	ringWide   = 2   // of the line around the spot the keyboard is on
	tipWide    = 280 // of what is said of a spot, at most
	tipAway    = 14  // from the pointer
	tipInset   = 9
	tipPadding = 5
)

// CreateRenderer is for Fyne.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	f := &face{p: p, ground: canvas.NewRectangle(color.Transparent), said: kit.NewParagraph("", kit.TableText)}
	f.base, f.ring = canvas.NewRaster(p.paint), canvas.NewRaster(f.paintRing)
	// A picture of the very size of its place is not to be smoothed.
	f.base.ScaleMode, f.ring.ScaleMode = canvas.ImageScalePixels, canvas.ImageScalePixels
	f.Refresh()
	return f
}

// face draws a picture: the drawing, the ring over it, and what is said of a spot.
type face struct {
	p          *Picture
	base, ring *canvas.Raster
	ground     *canvas.Rectangle
	said       *kit.Paragraph

	shown *record.Drawing // on base as it was last refreshed
	unit  float32         // the ring was drawn for; 0 for none of now
	at    string          // spot with the ring
}

// Objects is for Fyne.
func (f *face) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.base, f.ring, f.ground, f.said}
}

// Destroy is for Fyne.
func (f *face) Destroy() {}

// MinSize is for Fyne.
func (f *face) MinSize() fyne.Size {
	return fyne.NewSize(kit.Px(f.p.spec.MinWidth), kit.Px(f.p.spec.MinHeight))
}

// Layout is for Fyne.
func (f *face) Layout(s fyne.Size) {
	f.base.Resize(s)
	f.ring.Resize(s)
	f.Refresh()
}

// Refresh is for Fyne. The drawing itself goes to the window again only where it
// is another one.
func (f *face) Refresh() {
	if d := f.p.Drawing(); d != f.shown {
		f.shown, f.unit = d, 0 // the ring is to be drawn again too, or taken away
		f.base.Refresh()
	}
	f.placeRing()
	f.placeTip()
}

// placeRing shows the ring around the spot that the keyboard is on.
func (f *face) placeRing() {
	at := ""
	if f.p.focused {
		if s, there := f.p.spot(f.p.at); there {
			at = s.ID
		}
	}
	if at == f.at && f.unit == kit.Px(1) {
		return
	}
	f.at, f.unit = at, kit.Px(1)
	f.ring.Hidden = at == ""
	f.ring.Refresh()
}

// paintRing draws the outline of a spot in the colour of the focus. A small one
// gets an edge of the ground's colour, so that it shows on any filling; a large
// one runs over what else is drawn and hides as little as it can.
func (f *face) paintRing(w, h int) image.Image {
	s, there := f.p.spot(f.at)
	if !there || w < 1 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	d, dark := f.p.Drawing(), isDark()
	over := &record.Drawing{Width: d.Width, Height: d.Height}
	if !large(s.Outline) {
		over.Add(record.Stroked(record.Polygon(s.Outline...), look.Surface.Of(dark), ringWide+2.5))
	}
	over.Add(record.Stroked(record.Polygon(s.Outline...), look.FocusRing.Of(dark), ringWide))
	return fitted(pixels.Paint(over, float64(w)/d.Width), w, h)
}

// large says whether an outline is more than a mark.
func large(outline []record.Point) bool {
	const mark = 60 // design pixels
	for _, p := range outline {
		if math.Abs(p.X-outline[0].X) > mark || math.Abs(p.Y-outline[0].Y) > mark {
			return true
		}
	}
	return false
}

// placeTip says what is under the pointer, or else where the keyboard is.
func (f *face) placeTip() {
	s, there := f.p.spot(f.p.over)
	at := f.p.pointer
	if !there && f.p.focused {
		s, there = f.p.spot(f.p.at)
		at = foot(s.Outline)
	}
	f.ground.Hidden, f.said.Hidden = !there || s.Label == "", !there || s.Label == ""
	if f.ground.Hidden {
		f.ground.Refresh()
		f.said.Refresh()
		return
	}
	f.said.SetText(s.Label)
	f.ground.FillColor, f.ground.CornerRadius = fynetheme.Color(theme.ColorSurface), kit.Px(6)
	f.ground.StrokeColor, f.ground.StrokeWidth = fynetheme.Color(theme.ColorEdge), 1
	text, box := f.measureTip(s.Label), f.p.Size()
	inset, pad := kit.Px(tipInset), kit.Px(tipPadding)
	size := text.AddWidthHeight(2*inset, 2*pad)
	away := kit.Px(tipAway)
	pos := fyne.NewPos(at.X+away, at.Y+away)
	if pos.Y+size.Height > box.Height { // no room below: above the pointer
		pos.Y = at.Y - away - size.Height
	}
	pos.X = max(min(pos.X, box.Width-size.Width), 0)
	pos.Y = max(min(pos.Y, box.Height-size.Height), 0)
	f.ground.Move(pos)
	f.ground.Resize(size)
	f.said.Move(pos.AddXY(inset, pad))
	f.said.Resize(text)
	f.ground.Refresh()
	f.said.Refresh()
}

// measureTip gives the size of a text that wraps where it is wide.
func (f *face) measureTip(label string) fyne.Size {
	wide := float32(0)
	for _, line := range strings.Split(label, "\n") {
		wide = max(wide, kit.NaturalWidth(kit.NewText(line, kit.TableText)))
	}
	wide = min(wide+1, kit.Px(tipWide), max(f.p.Size().Width-2*kit.Px(tipInset), kit.Px(40)))
	f.said.Resize(fyne.NewSize(wide, f.said.Size().Height))
	return fyne.NewSize(wide, f.said.MinSize().Height)
}

// foot is the middle of the lower edge of an outline, in the window's units.
func foot(outline []record.Point) fyne.Position {
	if len(outline) == 0 {
		return fyne.Position{}
	}
	low, left, right := outline[0].Y, outline[0].X, outline[0].X
	for _, p := range outline {
		low, left, right = max(low, p.Y), min(left, p.X), max(right, p.X)
	}
	unit := float64(kit.Px(1))
	return fyne.NewPos(float32((left+right)/2*unit), float32(low*unit))
}

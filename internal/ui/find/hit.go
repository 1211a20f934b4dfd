package find

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// hit is a line of what was found. The arrows go through the lines while the focus
// stays where one types.
type hit struct {
	kit.Pressable
	name, note *kit.Text
	marked     bool
}

func newHit(i Item, open func()) *hit {
	h := &hit{name: kit.NewText(i.Name, kit.StrongText), note: kit.NewTextRight(i.Note, kit.MutedText)}
	h.name.Elide, h.note.Elide = true, true
	h.OnTapped = open
	h.Init(h)
	return h
}

func (h *hit) mark(on bool) {
	if h.marked != on {
		h.marked = on
		h.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (h *hit) CreateRenderer() fyne.WidgetRenderer {
	f := &hitFace{h: h, ground: canvas.NewRectangle(color.Transparent)}
	f.objects = []fyne.CanvasObject{f.ground, h.name, h.note}
	f.paint()
	return f
}

type hitFace struct {
	h       *hit
	ground  *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (f *hitFace) paint() {
	f.ground.FillColor, f.ground.CornerRadius = color.Transparent, fynetheme.Size(theme.SizeFieldEdge)
	f.ground.StrokeColor, f.ground.StrokeWidth = color.Transparent, 0
	switch {
	case f.h.marked:
		f.ground.FillColor = fynetheme.Color(theme.ColorPrimarySoft)
	case f.h.Hovered():
		f.ground.FillColor = fynetheme.Color(theme.ColorHover)
	}
	if f.h.Ringed() {
		f.ground.StrokeColor, f.ground.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	}
}

// Layout is for Fyne: the name has what room the note leaves, at least half.
func (f *hitFace) Layout(s fyne.Size) {
	f.ground.Resize(s)
	in, gap := kit.Px(10), kit.Px(14)
	room := s.Width - 2*in - gap
	note := min(kit.NaturalWidth(f.h.note), room/2)
	put := func(t *kit.Text, x, width float32) {
		tall := t.MinSize().Height
		t.Move(fyne.NewPos(x, (s.Height-tall)/2))
		t.Resize(fyne.NewSize(width, tall))
	}
	put(f.h.name, in, room-note)
	put(f.h.note, in+room-note+gap, note)
}

// MinSize is for Fyne.
func (f *hitFace) MinSize() fyne.Size { return fyne.NewSize(kit.Px(200), kit.Px(34)) }

// Refresh is for Fyne.
func (f *hitFace) Refresh() {
	f.paint()
	f.Layout(f.h.Size())
	for _, o := range f.objects {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *hitFace) Objects() []fyne.CanvasObject { return f.objects }

// Destroy is for Fyne.
func (f *hitFace) Destroy() {}

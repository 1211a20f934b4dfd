package shell

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Sizes of the frame in design pixels.
const (
	headerDesign = 52
	sideInset    = 24
	topInset     = 20
	minWide      = 900 // half of 1920 fits at a scale of 200 %
	minTall      = 500
	narrowBelow  = 1240 // a window that has less, in its scale, gets the narrow rail
)

func col(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }

func size(name fyne.ThemeSizeName) float32 { return fynetheme.Size(name) }

// frame lays out rail, header, page and message.
type frame struct {
	widget.BaseWidget
	rail   *rail
	header *header
	page   *container.Scroll
	inner  kit.Revealer // the page shown, where it scrolls in parts of its own
	inset  *padded
	toast  *kit.Toast
}

func newFrame(brand string, places []Place, chips []fyne.CanvasObject, open func(string)) *frame {
	f := &frame{rail: newRail(brand, places, open), header: newHeader(chips)}
	f.inset = &padded{}
	f.page = container.NewVScroll(container.New(f.inset))
	f.ExtendBaseWidget(f)
	return f
}

// setPage shows a page from its top.
func (f *frame) setPage(id string, p Page) {
	f.rail.setActive(id)
	f.header.set(p)
	f.inner, _ = p.(kit.Revealer)
	f.page.Content = container.New(f.inset, p.Content())
	f.page.Offset = fyne.Position{}
	f.page.Refresh()
}

// Reveal scrolls the page to what got the focus; rail and header do not scroll.
func (f *frame) Reveal(o fyne.CanvasObject) {
	if _, inRail := o.(*navItem); inRail || slices.Contains(f.header.left.Objects, o) || slices.Contains(f.header.right.Objects, o) {
		return
	}
	if f.inner != nil {
		f.inner.Reveal(o)
	}
	kit.ScrollTo(f.page, o)
}

func (f *frame) setToast(t *kit.Toast) {
	f.toast = t
	f.Refresh()
}

// CreateRenderer is for Fyne.
func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	return &frameFace{f: f, ground: canvas.NewRectangle(col(theme.ColorBackground))}
}

type frameFace struct {
	f      *frame
	ground *canvas.Rectangle
}

// Objects is for Fyne.
func (r *frameFace) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.ground, r.f.rail, r.f.header, r.f.page}
	if r.f.toast != nil {
		all = append(all, r.f.toast)
	}
	return all
}

// Destroy is for Fyne.
func (r *frameFace) Destroy() {}

// MinSize is for Fyne.
func (r *frameFace) MinSize() fyne.Size { return fyne.NewSize(minWide, minTall) }

// Layout is for Fyne.
func (r *frameFace) Layout(s fyne.Size) {
	f := r.f
	f.rail.setNarrow(s.Width < kit.Px(narrowBelow))
	wide, top := f.rail.wide(), kit.Px(headerDesign)
	r.ground.Resize(s)
	f.rail.Resize(fyne.NewSize(wide, s.Height))
	f.header.Move(fyne.NewPos(wide, 0))
	f.header.Resize(fyne.NewSize(s.Width-wide, top))
	f.page.Move(fyne.NewPos(wide, top))
	f.page.Resize(fyne.NewSize(s.Width-wide, s.Height-top))
	if f.toast != nil {
		m := f.toast.Fit(s.Width - wide - 2*kit.Px(24))
		f.toast.Resize(m)
		f.toast.Move(fyne.NewPos(wide+(s.Width-wide-m.Width)/2, s.Height-m.Height-kit.Px(24)))
	}
}

// Refresh is for Fyne.
func (r *frameFace) Refresh() {
	r.ground.FillColor = col(theme.ColorBackground)
	r.ground.Refresh()
	r.f.rail.Refresh()
	r.f.header.Refresh()
	r.f.page.Refresh()
	r.Layout(r.f.Size())
	if r.f.toast != nil {
		r.f.toast.Refresh()
	}
	canvas.Refresh(r.f)
}

// padded is the room around a page.
type padded struct{}

// Layout is for Fyne.
func (padded) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	side, top := kit.Px(sideInset), kit.Px(topInset)
	for _, o := range objects {
		o.Move(fyne.NewPos(side, top))
		o.Resize(s.SubtractWidthHeight(2*side, 2*top))
	}
}

// MinSize is for Fyne.
func (padded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m.AddWidthHeight(2*kit.Px(sideInset), 2*kit.Px(topInset))
}

// header is the bar above the page.
type header struct {
	widget.BaseWidget
	title *kit.Text
	chips []fyne.CanvasObject
	left  *fyne.Container
	right *fyne.Container
}

func newHeader(chips []fyne.CanvasObject) *header {
	h := &header{title: kit.NewText("", kit.TitleText), chips: chips}
	h.title.Elide = true
	h.left = kit.HStack(10)
	h.right = kit.HStack(8)
	h.ExtendBaseWidget(h)
	return h
}

// set shows the title and the items of a page.
func (h *header) set(p Page) {
	h.title.SetText(p.Title())
	h.left.Objects = p.HeaderLeft()
	h.right.Objects = append(append([]fyne.CanvasObject{}, p.HeaderRight()...), h.chips...)
	h.left.Refresh()
	h.right.Refresh()
	h.Refresh()
}

// fit shortens what can be said shorter where not all would fit in a width, and
// writes the title smaller where that is not enough.
func (h *header) fit(width float32) {
	h.title.SetStyle(kit.TitleText)
	need := kit.NaturalWidth(h.title) + h.left.MinSize().Width + h.right.MinSize().Width
	var able []*kit.ChipButton
	for _, o := range h.chips {
		if c, ok := o.(*kit.ChipButton); ok {
			able = append(able, c)
			need += c.Saved()
		}
	}
	short := need > width
	for _, c := range able {
		c.Shorten(short)
		need -= c.Saved()
	}
	if need > width {
		h.title.SetStyle(kit.CardTitleText)
	}
}

// CreateRenderer is for Fyne.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	return &headerFace{
		h:      h,
		ground: canvas.NewRectangle(col(theme.ColorSurface)),
		line:   canvas.NewRectangle(col(theme.ColorLine)),
	}
}

type headerFace struct {
	h            *header
	ground, line *canvas.Rectangle
}

// Objects is for Fyne.
func (r *headerFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.h.title, r.h.left, r.h.right}
}

// Destroy is for Fyne.
func (r *headerFace) Destroy() {}

// MinSize is for Fyne.
func (r *headerFace) MinSize() fyne.Size {
	return fyne.NewSize(kit.Px(120)+r.h.left.MinSize().Width+r.h.right.MinSize().Width, kit.Px(headerDesign))
}

// Layout is for Fyne.
func (r *headerFace) Layout(s fyne.Size) {
	h, side, gap := r.h, kit.Px(sideInset), kit.Px(14)
	r.ground.Resize(s)
	r.line.Move(fyne.NewPos(0, s.Height-1))
	r.line.Resize(fyne.NewSize(s.Width, 1))
	h.fit(s.Width - 2*side - 2*gap)
	right, left := h.right.MinSize(), h.left.MinSize()
	h.right.Resize(fyne.NewSize(right.Width, s.Height))
	h.right.Move(fyne.NewPos(s.Width-side-right.Width, 0))
	room := s.Width - 2*side - right.Width - left.Width - 2*gap
	title := min(kit.NaturalWidth(h.title), max(room, kit.Px(60)))
	h.title.Resize(fyne.NewSize(title, s.Height))
	h.title.Move(fyne.NewPos(side, 0))
	h.left.Resize(fyne.NewSize(left.Width, s.Height))
	h.left.Move(fyne.NewPos(side+title+gap, 0))
}

// Refresh is for Fyne.
func (r *headerFace) Refresh() {
	r.ground.FillColor, r.line.FillColor = col(theme.ColorSurface), col(theme.ColorLine)
	r.Layout(r.h.Size())
	r.ground.Refresh()
	r.line.Refresh()
	r.h.title.Refresh()
	r.h.left.Refresh()
	r.h.right.Refresh()
}

package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

var (
	brandText  = kit.Style{Size: theme.SizeTitle, Color: theme.ColorRailText, Bold: true}
	statusText = kit.Style{Size: theme.SizeMuted, Color: theme.ColorRailMuted}
)

// rail is the bar of places at the left.
type rail struct {
	widget.BaseWidget
	brand  *kit.Text
	items  *fyne.Container
	status *fyne.Container
	lines  []*kit.Text
}

func newRail(brand string, places []Place, open func(string)) *rail {
	r := &rail{brand: kit.NewText(brand, brandText), items: kit.VStack(0), status: kit.VStack(2)}
	for _, p := range places {
		r.items.Add(newNavItem(p, func() { open(p.ID) }))
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *rail) setActive(id string) {
	for _, o := range r.items.Objects {
		o.(*navItem).setActive(id)
	}
}

// setStatus writes the lines at the foot; texts are used again.
func (r *rail) setStatus(lines []string) {
	for len(r.lines) < len(lines) {
		t := kit.NewText("", statusText)
		t.Elide = true
		r.lines = append(r.lines, t)
		r.status.Add(t)
	}
	for i, t := range r.lines {
		if i < len(lines) {
			t.SetText(lines[i])
			t.Show()
		} else {
			t.Hide()
		}
	}
	r.Refresh()
}

// CreateRenderer is for Fyne.
func (r *rail) CreateRenderer() fyne.WidgetRenderer {
	return &railFace{r: r, ground: canvas.NewRectangle(col(theme.ColorRail))}
}

type railFace struct {
	r      *rail
	ground *canvas.Rectangle
}

// Objects is for Fyne.
func (f *railFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ground, f.r.brand, f.r.items, f.r.status}
}

// Destroy is for Fyne.
func (f *railFace) Destroy() {}

// MinSize is for Fyne.
func (f *railFace) MinSize() fyne.Size {
	h := kit.Px(61) + f.r.items.MinSize().Height + f.r.status.MinSize().Height + kit.Px(36)
	return fyne.NewSize(size(theme.SizeRailWidth), h)
}

// Layout is for Fyne.
func (f *railFace) Layout(s fyne.Size) {
	r, side := f.r, kit.Px(20)
	f.ground.Resize(s)
	brand := r.brand.MinSize().Height
	r.brand.Move(fyne.NewPos(side, (kit.Px(60)-brand)/2))
	r.brand.Resize(fyne.NewSize(s.Width-side, brand))
	r.items.Move(fyne.NewPos(0, kit.Px(61)))
	r.items.Resize(fyne.NewSize(s.Width, r.items.MinSize().Height))
	foot := r.status.MinSize().Height
	r.status.Move(fyne.NewPos(side, s.Height-foot-kit.Px(18)))
	r.status.Resize(fyne.NewSize(s.Width-2*side, foot))
}

// Refresh is for Fyne.
func (f *railFace) Refresh() {
	f.ground.FillColor = col(theme.ColorRail)
	f.Layout(f.r.Size())
	f.ground.Refresh()
	f.r.brand.Refresh()
	f.r.items.Refresh()
	f.r.status.Refresh()
}

// navItem is one place in the rail.
type navItem struct {
	kit.Pressable
	place  Place
	icon   fyne.Resource
	active bool
}

func newNavItem(p Place, tapped func()) *navItem {
	n := &navItem{place: p, icon: kit.Icon(p.ID)}
	n.OnTapped = tapped
	n.Init(n)
	return n
}

func (n *navItem) setActive(id string) {
	if active := n.place.ID == id; active != n.active {
		n.active = active
		n.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (n *navItem) CreateRenderer() fyne.WidgetRenderer {
	f := &navFace{
		n:      n,
		ground: canvas.NewRectangle(color.Transparent),
		mark:   canvas.NewRectangle(color.Transparent),
		ring:   canvas.NewRectangle(color.Transparent),
		icon:   canvas.NewImageFromResource(n.icon),
		word:   canvas.NewText(n.place.Label, nil),
	}
	f.icon.FillMode = canvas.ImageFillContain
	f.paint()
	return f
}

type navFace struct {
	n                  *navItem
	ground, mark, ring *canvas.Rectangle
	icon               *canvas.Image
	word               *canvas.Text
}

// Objects is for Fyne.
func (f *navFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ground, f.mark, f.icon, f.word, f.ring}
}

// Destroy is for Fyne.
func (f *navFace) Destroy() {}

// MinSize is for Fyne.
func (f *navFace) MinSize() fyne.Size { return fyne.NewSize(size(theme.SizeRailWidth), kit.Px(41)) }

func (f *navFace) paint() {
	f.ground.FillColor, f.mark.FillColor = color.Transparent, color.Transparent
	if f.n.active || f.n.Hovered() {
		f.ground.FillColor = col(theme.ColorRailActive)
	}
	if f.n.active {
		f.mark.FillColor = col(theme.ColorRailMark)
	}
	f.word.Color = col(theme.ColorRailText)
	f.word.TextSize = size(theme.SizeBody)
	f.word.TextStyle.Bold = f.n.active
	f.icon.Resource = kit.Tinted(f.n.icon, theme.ColorRailText)
	f.ring.StrokeColor, f.ring.StrokeWidth = color.Transparent, 0
	if f.n.Ringed() {
		f.ring.StrokeColor, f.ring.StrokeWidth = col(theme.ColorRailMark), kit.Px(2)
	}
	f.ring.CornerRadius = size(theme.SizeFieldEdge)
}

// Layout is for Fyne. The ring lies inside: outside it would leave the window.
func (f *navFace) Layout(s fyne.Size) {
	f.ground.Resize(s)
	f.mark.Resize(fyne.NewSize(kit.Px(4), s.Height))
	f.ring.Move(fyne.NewPos(kit.Px(8), kit.Px(3)))
	f.ring.Resize(s.SubtractWidthHeight(kit.Px(14), kit.Px(6)))
	icon := kit.Px(18)
	f.icon.Move(fyne.NewPos(kit.Px(19), (s.Height-icon)/2))
	f.icon.Resize(fyne.NewSquareSize(icon))
	m := f.word.MinSize()
	f.word.Move(fyne.NewPos(kit.Px(48), (s.Height-m.Height)/2))
	f.word.Resize(m)
}

// Refresh is for Fyne.
func (f *navFace) Refresh() {
	f.paint()
	f.Layout(f.n.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

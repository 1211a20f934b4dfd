package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

var (
	brandText  = kit.Style{Size: theme.SizeTitle, Color: theme.ColorRailText, Bold: true}
	brandSmall = kit.Style{Size: theme.SizeBody, Color: theme.ColorRailText, Bold: true}
	statusText = kit.Style{Size: theme.SizeMuted, Color: theme.ColorRailMuted}
)

// rail is the bar of places at the left. A narrow one has icons over short labels.
type rail struct {
	widget.BaseWidget
	brand  *kit.Text
	items  *fyne.Container
	status *fyne.Container
	lines  []*kit.Paragraph
	narrow bool
}

// setNarrow is called while the window is laid out.
func (r *rail) setNarrow(narrow bool) {
	if r.narrow == narrow {
		return
	}
	r.narrow = narrow
	style := brandText
	if narrow {
		style = brandSmall
	}
	r.brand.SetStyle(style)
	for _, o := range r.items.Objects {
		n := o.(*navItem)
		n.narrow = narrow
		n.Refresh()
	}
	r.Refresh()
}

// wide is the width of the rail.
func (r *rail) wide() float32 {
	if r.narrow {
		return size(theme.SizeRailNarrow)
	}
	return size(theme.SizeRailWidth)
}

// side is the margin of what is not a place.
func (r *rail) side() float32 {
	if r.narrow {
		return kit.Px(10)
	}
	return kit.Px(20)
}

func newRail(brand string, places []Place, open func(string)) *rail {
	r := &rail{brand: kit.NewText(brand, brandText), items: kit.VStack(0), status: container.NewWithoutLayout()}
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
		t := kit.NewParagraph("", statusText)
		r.lines = append(r.lines, t)
		r.status.Add(t)
	}
	for i, t := range r.lines {
		text := ""
		if i < len(lines) {
			text = lines[i]
		}
		t.SetText(text)
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
	h := kit.Px(61) + f.r.items.MinSize().Height + kit.Px(36)
	return fyne.NewSize(f.r.wide(), h)
}

// Layout is for Fyne.
func (f *railFace) Layout(s fyne.Size) {
	r, side := f.r, f.r.side()
	f.ground.Resize(s)
	brand := r.brand.MinSize().Height
	r.brand.Move(fyne.NewPos(side, (kit.Px(60)-brand)/2))
	r.brand.Resize(fyne.NewSize(s.Width-side, brand))
	r.items.Move(fyne.NewPos(0, kit.Px(61)))
	r.items.Resize(fyne.NewSize(s.Width, r.items.MinSize().Height))
	f.layoutStatus(s)
}

// layoutStatus puts the foot under the places: as many of its lines, the first
// ones, as there is room for.
func (f *railFace) layoutStatus(s fyne.Size) {
	r, side := f.r, f.r.side()
	wide := s.Width - 2*side
	room := s.Height - kit.Px(61) - r.items.MinSize().Height - kit.Px(18)
	y := float32(0)
	for _, t := range r.lines {
		t.Resize(fyne.NewSize(wide, t.MinSize().Height))
		tall := t.MinSize().Height
		t.Resize(fyne.NewSize(wide, tall))
		t.Move(fyne.NewPos(0, y))
		t.Hidden = t.Text() == "" || y+tall > room
		if !t.Hidden {
			y += tall + kit.Px(2)
		}
	}
	r.status.Move(fyne.NewPos(side, s.Height-y-kit.Px(16)))
	r.status.Resize(fyne.NewSize(wide, y))
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
	narrow bool
}

// label is what stands under or beside the icon.
func (n *navItem) label() string {
	if n.narrow && n.place.Short != "" {
		return n.place.Short
	}
	return n.place.Label
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
func (f *navFace) MinSize() fyne.Size {
	if f.n.narrow {
		return fyne.NewSize(size(theme.SizeRailNarrow), kit.Px(47))
	}
	return fyne.NewSize(size(theme.SizeRailWidth), kit.Px(41))
}

func (f *navFace) paint() {
	f.ground.FillColor, f.mark.FillColor = color.Transparent, color.Transparent
	if f.n.active || f.n.Hovered() {
		f.ground.FillColor = col(theme.ColorRailActive)
	}
	if f.n.active {
		f.mark.FillColor = col(theme.ColorRailMark)
	}
	f.word.Color = col(theme.ColorRailText)
	f.word.Text, f.word.TextSize = f.n.label(), size(theme.SizeBody)
	if f.n.narrow {
		f.word.TextSize = size(theme.SizeMuted)
	}
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
	icon := kit.Px(18)
	if f.n.narrow {
		f.ring.Move(fyne.NewPos(kit.Px(5), kit.Px(1)))
		f.ring.Resize(s.SubtractWidthHeight(kit.Px(7), kit.Px(2)))
		m := f.word.MinSize()
		f.icon.Move(fyne.NewPos((s.Width-icon)/2, kit.Px(6)))
		f.icon.Resize(fyne.NewSquareSize(icon))
		f.word.Move(fyne.NewPos((s.Width-m.Width)/2, s.Height-m.Height-kit.Px(4)))
		f.word.Resize(m)
		return
	}
	f.ring.Move(fyne.NewPos(kit.Px(8), kit.Px(3)))
	f.ring.Resize(s.SubtractWidthHeight(kit.Px(14), kit.Px(6)))
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

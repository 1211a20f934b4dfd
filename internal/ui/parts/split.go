package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Sizes in design pixels. The left column gives up what it can do without for the
// least of the right one; where that is not enough one of them is shown.
const (
	columnGap = 20
	barRoom   = 8  // beside a column, for its scroll bar
	barGap    = 14 // below the tabs, and between them and the digest
)

// SplitParams is what a split is made of.
type SplitParams struct {
	Left, Right *fyne.Container
	Over        *fyne.Container         // lies over the top of the right column and moves nothing; may be nil
	Width       float32                 // of the left column, design pixels
	Least       float32                 // of the right one beside it, design pixels
	Sideways    func(*fyne.ScrollEvent) // takes what scrolls the right column sideways; may be nil
	Names       [2]string               // of the columns, to choose one where both have no room
	Digest      fyne.CanvasObject       // the right column in short, over the left one where that stands alone; may be nil
}

// The columns of a split.
const (
	ShowLeft = iota
	ShowRight
)

// Split shows what is set on the left beside the result on the right, each
// scrolling on its own, so that the headline stays while one types. Where there is
// no room for both, one of them is shown under a row of tabs, and with the left one
// the right one in short.
type Split struct {
	Box   *fyne.Container
	Left  *container.Scroll
	Right *container.Scroll

	p      SplitParams
	wheels [2]*wheel // over the two scrolls
	tabs   *kit.Tabs
	bar    *fyne.Container // tabs and digest
	single bool            // one column is shown
}

// wheel lies over a scroll and takes the wheel for it: an entry or a table inside
// would keep it although it has nowhere to scroll.
type wheel struct {
	widget.BaseWidget
	over *container.Scroll
	wide func(ev *fyne.ScrollEvent) // takes what scrolls sideways; may be nil
}

// Wheel is to lie over a scroll, of its size, and takes the wheel for it.
func Wheel(over *container.Scroll) fyne.CanvasObject { return newWheel(over) }

func newWheel(over *container.Scroll) *wheel {
	w := &wheel{over: over}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled is for Fyne.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if w.wide != nil && ev.Scrolled.DX != 0 {
		w.wide(ev)
		return
	}
	w.over.Scrolled(ev)
}

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// NewSplit makes a split, the right column first where only one is shown; show its
// Box.
func NewSplit(p SplitParams) *Split {
	if p.Over == nil {
		p.Over = container.NewStack()
	}
	if p.Digest == nil {
		p.Digest = container.NewStack()
	}
	s := &Split{p: p, Left: container.NewVScroll(container.New(besideBar{}, p.Left)), Right: container.NewVScroll(container.New(besideBar{}, p.Right))}
	s.wheels = [2]*wheel{newWheel(s.Left), newWheel(s.Right)}
	s.wheels[1].wide = p.Sideways
	s.tabs = kit.NewTabs(p.Names[:], func(int) { s.turn() })
	s.tabs.Select(ShowRight)
	s.bar = kit.Ends(barGap, s.tabs, p.Digest)
	s.Box = container.New(s, s.bar, s.Left, s.Right, s.wheels[0], s.wheels[1], s.p.Over)
	s.arrange()
	return s
}

// Show chooses the column that is shown where there is no room for both.
func (s *Split) Show(column int) { s.tabs.Select(column) }

// Shown is the column that is shown where there is no room for both.
func (s *Split) Shown() int { return s.tabs.Selected() }

// turn shows the column that was chosen.
func (s *Split) turn() {
	if s.Box != nil { // else it is being made
		s.arrange()
		s.Box.Refresh()
	}
}

// arrange hides what is not to be seen.
func (s *Split) arrange() {
	left := !s.single || s.tabs.Selected() == ShowLeft
	right := !s.single || !left
	see(s.single, s.bar)
	see(left, s.p.Digest, s.Left, s.wheels[ShowLeft])
	see(right, s.Right, s.wheels[ShowRight], s.p.Over)
}

func see(on bool, objects ...fyne.CanvasObject) {
	for _, o := range objects {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// Layout is for Fyne.
func (s *Split) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := kit.Px(columnGap)
	left := min(kit.Px(s.p.Width), max(size.Width-gap-kit.Px(s.p.Least), s.p.Left.MinSize().Width))
	right := size.Width - left - gap
	if single := right < kit.Px(s.p.Least); s.single != single {
		s.single = single
		s.arrange()
	}
	if !s.single {
		s.put(s.Left, fyne.Position{}, fyne.NewSize(left, size.Height))
		s.put(s.Right, fyne.NewPos(left+gap, 0), fyne.NewSize(right, size.Height))
		return
	}
	top := heightAt(s.bar, size.Width) + kit.Px(barGap)
	s.bar.Move(fyne.Position{})
	s.bar.Resize(fyne.NewSize(size.Width, top-kit.Px(barGap)))
	for _, column := range []*container.Scroll{s.Left, s.Right} {
		s.put(column, fyne.NewPos(0, top), fyne.NewSize(size.Width, max(size.Height-top, 0)))
	}
}

// put gives a column its place, and what lies over it. Its scroll bar stands beside.
func (s *Split) put(column *container.Scroll, at fyne.Position, size fyne.Size) {
	wide := fyne.NewSize(size.Width+kit.Px(barRoom), size.Height)
	heightAt(column.Content, wide.Width)
	over := s.wheels[ShowLeft]
	if column == s.Right {
		over = s.wheels[ShowRight]
		s.p.Over.Move(at)
		s.p.Over.Resize(fyne.NewSize(size.Width, heightAt(s.p.Over, size.Width)))
	}
	column.Move(at)
	column.Resize(wide)
	over.Move(at)
	over.Resize(size)
	column.Refresh()
}

// besideBar leaves room for a scroll bar on the right of one object.
type besideBar struct{}

// Layout is for Fyne.
func (besideBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size.SubtractWidthHeight(kit.Px(barRoom), 0))
}

// MinSize is for Fyne.
func (besideBar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(kit.Px(barRoom), 0)
}

// heightAt is the height an object needs at a width: wrapped text is measured
// only once it has one.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	if s := o.Size(); s.Width != width {
		o.Resize(fyne.NewSize(width, max(s.Height, o.MinSize().Height)))
	}
	return o.MinSize().Height
}

// MinSize is for Fyne. The columns take any height.
func (s *Split) MinSize([]fyne.CanvasObject) fyne.Size {
	m := s.Left.MinSize().Max(s.Right.MinSize())
	if s.single {
		bar := s.bar.MinSize()
		m = fyne.NewSize(max(m.Width, bar.Width), m.Height+bar.Height+kit.Px(barGap))
	}
	return m
}

// ScrollPage moves what is read by a page: the right column, or the one that is shown.
func (s *Split) ScrollPage(down bool) bool {
	if !s.Right.Visible() {
		return kit.ScrollPage(s.Left, down)
	}
	return kit.ScrollPage(s.Right, down)
}

// Reveal brings what is in one of the columns into view.
func (s *Split) Reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	switch {
	case o == s.tabs:
	case !s.Right.Visible(), !s.single && d.AbsolutePositionForObject(o).X < d.AbsolutePositionForObject(s.Right).X:
		kit.ScrollTo(s.Left, o)
	default:
		kit.ScrollTo(s.Right, o)
	}
}

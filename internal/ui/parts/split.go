package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Sizes in design pixels: the left column gives up what it can do without for a
// right one of leastRight; where that is not enough the right one goes below.
const (
	columnGap  = 20
	leastRight = 456
)

// SplitParams is what a split is made of.
type SplitParams struct {
	Left, Right *fyne.Container
	Over        *fyne.Container         // lies over the top of the right column and moves nothing; may be nil
	Width       float32                 // of the left column, design pixels
	Sideways    func(*fyne.ScrollEvent) // takes what scrolls the right column sideways; may be nil
}

// Split shows what is set on the left beside the result on the right, each
// scrolling on its own, so that the headline stays while one types. Where the
// result goes below, the page around it scrolls.
type Split struct {
	Box   *fyne.Container
	Left  *container.Scroll
	Right *container.Scroll

	p       SplitParams
	wheels  [2]*wheel // over the two scrolls
	stacked bool
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

// NewSplit makes a split; show its Box.
func NewSplit(p SplitParams) *Split {
	s := &Split{p: p, Left: container.NewVScroll(p.Left), Right: container.NewVScroll(p.Right)}
	s.wheels = [2]*wheel{newWheel(s.Left), newWheel(s.Right)}
	s.wheels[1].wide = p.Sideways
	if s.p.Over == nil {
		s.p.Over = container.NewStack()
	}
	s.Box = container.New(s, s.Left, s.Right, s.wheels[0], s.wheels[1], s.p.Over)
	return s
}

// arrange puts the columns into their scrolls, or takes them out: a scroll that
// cannot move would still keep the wheel from the page.
func (s *Split) arrange(stacked bool) {
	if s.stacked == stacked {
		return
	}
	s.stacked = stacked
	if stacked {
		s.Left.Content, s.Right.Content = container.NewStack(), container.NewStack()
		s.Box.Objects = []fyne.CanvasObject{s.p.Left, s.p.Right, s.p.Over}
		return
	}
	s.Left.Content, s.Right.Content = s.p.Left, s.p.Right
	s.Box.Objects = []fyne.CanvasObject{s.Left, s.Right, s.wheels[0], s.wheels[1], s.p.Over}
}

// cover puts what lies over the right column there.
func (s *Split) cover(at fyne.Position, width float32) {
	s.p.Over.Move(at)
	s.p.Over.Resize(fyne.NewSize(width, heightAt(s.p.Over, width)))
}

// Layout is for Fyne.
func (s *Split) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := kit.Px(columnGap)
	left := min(kit.Px(s.p.Width), max(size.Width-gap-kit.Px(leastRight), s.p.Left.MinSize().Width))
	right := size.Width - left - gap
	s.arrange(right < kit.Px(leastRight))
	if s.stacked {
		top := heightAt(s.p.Left, size.Width)
		s.p.Left.Move(fyne.Position{})
		s.p.Left.Resize(fyne.NewSize(size.Width, top))
		s.p.Right.Move(fyne.NewPos(0, top+gap))
		s.p.Right.Resize(fyne.NewSize(size.Width, max(heightAt(s.p.Right, size.Width), size.Height-top-gap)))
		s.cover(s.p.Right.Position(), size.Width)
		return
	}
	heightAt(s.p.Left, left)
	heightAt(s.p.Right, right)
	s.Left.Move(fyne.Position{})
	s.Left.Resize(fyne.NewSize(left, size.Height))
	s.Right.Move(fyne.NewPos(left+gap, 0))
	s.Right.Resize(fyne.NewSize(right, size.Height))
	for i, under := range []*container.Scroll{s.Left, s.Right} {
		s.wheels[i].Move(under.Position())
		s.wheels[i].Resize(under.Size())
		under.Refresh()
	}
	s.cover(s.Right.Position(), right)
}

// heightAt is the height an object needs at a width: wrapped text is measured
// only once it has one.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	if s := o.Size(); s.Width != width {
		o.Resize(fyne.NewSize(width, max(s.Height, o.MinSize().Height)))
	}
	return o.MinSize().Height
}

// MinSize is for Fyne. Beside each other the columns take any height.
func (s *Split) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	m := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if s.stacked {
		m.Height = a.Height + b.Height + kit.Px(columnGap)
	}
	return m
}

// ScrollPage moves the right column by a page, where it scrolls on its own.
func (s *Split) ScrollPage(down bool) bool { return !s.stacked && kit.ScrollPage(s.Right, down) }

// Reveal brings what is in one of the columns into view.
func (s *Split) Reveal(o fyne.CanvasObject) {
	if s.stacked {
		return
	}
	d := fyne.CurrentApp().Driver()
	if d.AbsolutePositionForObject(o).X < d.AbsolutePositionForObject(s.Right).X {
		kit.ScrollTo(s.Left, o)
	} else {
		kit.ScrollTo(s.Right, o)
	}
}

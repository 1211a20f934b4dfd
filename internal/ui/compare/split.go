package compare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Sizes of the two columns in design pixels: where the result would be narrower
// than resultLeast it goes below what is set.
const (
	leftWidth   = 330
	columnGap   = 20
	resultLeast = 520
)

// split shows what is set beside the result, each scrolling on its own, so that
// who leads stays in sight while a weight is moved. Where the result goes below,
// the page around it scrolls.
type split struct {
	box         *fyne.Container
	a, b        *fyne.Container
	left, right *container.Scroll
	wheels      [2]*wheel
	stacked     bool
}

// wheel lies over a scroll and takes the wheel for it: an entry or a table inside
// would keep it although it has nowhere to scroll.
type wheel struct {
	widget.BaseWidget
	over *container.Scroll
	wide func(ev *fyne.ScrollEvent) // takes what scrolls sideways; may be nil
}

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

func newSplit(a, b *fyne.Container) *split {
	s := &split{a: a, b: b, left: container.NewVScroll(a), right: container.NewVScroll(b)}
	s.wheels = [2]*wheel{newWheel(s.left), newWheel(s.right)}
	s.box = container.New(s, s.left, s.right, s.wheels[0], s.wheels[1])
	return s
}

// arrange puts the columns into their scrolls, or takes them out: a scroll that
// cannot move would still keep the wheel from the page.
func (s *split) arrange(stacked bool) {
	if s.stacked == stacked {
		return
	}
	s.stacked = stacked
	if stacked {
		s.left.Content, s.right.Content = container.NewStack(), container.NewStack()
		s.box.Objects = []fyne.CanvasObject{s.a, s.b}
		return
	}
	s.left.Content, s.right.Content = s.a, s.b
	s.box.Objects = []fyne.CanvasObject{s.left, s.right, s.wheels[0], s.wheels[1]}
}

// Layout is for Fyne.
func (s *split) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	left, gap := kit.Px(leftWidth), kit.Px(columnGap)
	right := size.Width - left - gap
	s.arrange(right < kit.Px(resultLeast))
	if s.stacked {
		top := heightAt(s.a, size.Width)
		s.a.Move(fyne.Position{})
		s.a.Resize(fyne.NewSize(size.Width, top))
		s.b.Move(fyne.NewPos(0, top+gap))
		s.b.Resize(fyne.NewSize(size.Width, max(heightAt(s.b, size.Width), size.Height-top-gap)))
		return
	}
	heightAt(s.a, left)
	heightAt(s.b, right)
	s.left.Move(fyne.Position{})
	s.left.Resize(fyne.NewSize(left, size.Height))
	s.right.Move(fyne.NewPos(left+gap, 0))
	s.right.Resize(fyne.NewSize(right, size.Height))
	for i, under := range []*container.Scroll{s.left, s.right} {
		s.wheels[i].Move(under.Position())
		s.wheels[i].Resize(under.Size())
		under.Refresh()
	}
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
func (s *split) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	m := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if s.stacked {
		m.Height = a.Height + b.Height + kit.Px(columnGap)
	}
	return m
}

// reveal brings what is in one of the columns into view.
func (s *split) reveal(o fyne.CanvasObject) {
	if s.stacked {
		return
	}
	d := fyne.CurrentApp().Driver()
	if d.AbsolutePositionForObject(o).X < d.AbsolutePositionForObject(s.right).X {
		kit.ScrollTo(s.left, o)
	} else {
		kit.ScrollTo(s.right, o)
	}
}

package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// VStack puts objects below each other, gap design pixels apart. Each gets the
// full width first and its height after, so wrapped text is measured right. A
// layout.NewSpacer takes what height is left.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&vstack{gap: gap}, objects...)
}

// VStackFill is VStack with the last object as tall as there is room.
func VStackFill(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&vstack{gap: gap, fill: true}, objects...)
}

type vstack struct {
	gap  float32
	fill bool
}

func isSpacer(o fyne.CanvasObject) bool {
	s, ok := o.(layout.SpacerObject)
	return ok && s.ExpandHorizontal() && s.ExpandVertical()
}

func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// widthFirst gives the height an object needs at a width.
func widthFirst(o fyne.CanvasObject, width float32) float32 {
	if s := o.Size(); s.Width != width {
		o.Resize(fyne.NewSize(width, max(s.Height, o.MinSize().Height)))
	}
	return o.MinSize().Height
}

// Layout is for Fyne.
func (v *vstack) Layout(all []fyne.CanvasObject, size fyne.Size) {
	objects := shown(all)
	heights := make([]float32, len(objects))
	used, spacers := float32(0), 0
	for i, o := range objects {
		if i > 0 {
			used += Px(v.gap)
		}
		if isSpacer(o) {
			spacers++
			continue
		}
		heights[i] = widthFirst(o, size.Width)
		used += heights[i]
	}
	left := max(size.Height-used, 0)
	y := float32(0)
	for i, o := range objects {
		switch {
		case isSpacer(o):
			heights[i] = left / float32(spacers)
		case v.fill && i == len(objects)-1:
			heights[i] += left
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		y += heights[i] + Px(v.gap)
	}
}

// MinSize is for Fyne.
func (v *vstack) MinSize(all []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for i, o := range shown(all) {
		if i > 0 {
			m.Height += Px(v.gap)
		}
		if isSpacer(o) {
			continue
		}
		s := o.MinSize()
		m.Width, m.Height = max(m.Width, s.Width), m.Height+s.Height
	}
	return m
}

// HStack puts objects beside each other at their own width, centred on one
// line, gap design pixels apart. A layout.NewSpacer takes what width is left.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hstack{gap: gap}, objects...)
}

type hstack struct{ gap float32 }

// Layout is for Fyne.
func (h *hstack) Layout(all []fyne.CanvasObject, size fyne.Size) {
	objects := shown(all)
	used, spacers := float32(0), 0
	for i, o := range objects {
		if i > 0 {
			used += Px(h.gap)
		}
		if isSpacer(o) {
			spacers++
			continue
		}
		used += o.MinSize().Width
	}
	left := max(size.Width-used, 0)
	x := float32(0)
	for _, o := range objects {
		s := o.MinSize()
		if isSpacer(o) {
			s = fyne.NewSize(left/float32(spacers), 0)
		}
		o.Move(fyne.NewPos(x, (size.Height-s.Height)/2))
		o.Resize(s)
		x += s.Width + Px(h.gap)
	}
}

// MinSize is for Fyne.
func (h *hstack) MinSize(all []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for i, o := range shown(all) {
		if i > 0 {
			m.Width += Px(h.gap)
		}
		if isSpacer(o) {
			continue
		}
		s := o.MinSize()
		m.Width, m.Height = m.Width+s.Width, max(m.Height, s.Height)
	}
	return m
}

// Columns puts objects beside each other in shares of the width, all as tall
// as the tallest. Where one would be narrower than narrow design pixels they
// stand in fewer columns, in rows of equal shares.
func Columns(gap, narrow float32, shares []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{gap: gap, narrow: narrow, shares: shares}, objects...)
}

type columns struct {
	gap, narrow float32
	shares      []float32
	height      float32
}

// snap is the whole pixel at or before x; sums of shares fall a hair short of one.
func snap(x float32) float32 { return float32(math.Floor(float64(x) + 0.01)) }

// widths is how wide each object is: one row where all fit, else rows of as
// many equal columns as fit.
func (c *columns) widths(n int, width float32) (perRow int, w []float32) {
	gap := Px(c.gap)
	free, total := width-gap*float32(n-1), float32(0)
	share := func(i int) float32 {
		if i < len(c.shares) {
			return c.shares[i]
		}
		return 1
	}
	for i := range n {
		total += share(i)
	}
	w = make([]float32, n)
	fits := true
	for i := range n {
		w[i] = free * share(i) / total
		fits = fits && w[i] >= Px(c.narrow)
	}
	if fits || n < 2 {
		return max(n, 1), w
	}
	perRow = max(int((width+gap)/(Px(c.narrow)+gap)), 1)
	perRow = min(perRow, n-1)
	for n%perRow != 0 {
		perRow--
	}
	for i := range n {
		w[i] = (width - gap*float32(perRow-1)) / float32(perRow)
	}
	return perRow, w
}

// Layout is for Fyne.
func (c *columns) Layout(all []fyne.CanvasObject, size fyne.Size) {
	objects := shown(all)
	perRow, w := c.widths(len(objects), size.Width)
	y := float32(0)
	for from := 0; from < len(objects); from += perRow {
		row := objects[from:min(from+perRow, len(objects))]
		tall := float32(0)
		for i, o := range row {
			tall = max(tall, widthFirst(o, w[from+i]))
		}
		if len(row) == len(objects) {
			tall = max(tall, size.Height)
		}
		x := float32(0)
		for i, o := range row {
			left := snap(x) // on whole pixels, or the last card's edge is cut
			o.Move(fyne.NewPos(left, y))
			o.Resize(fyne.NewSize(snap(x+w[from+i])-left, tall))
			x += w[from+i] + Px(c.gap)
		}
		y += tall + Px(c.gap)
	}
	c.height = 0
	if perRow < len(objects) {
		c.height = y - Px(c.gap)
	}
}

// MinSize is for Fyne.
func (c *columns) MinSize(all []fyne.CanvasObject) fyne.Size {
	m := fyne.NewSize(0, c.height)
	for _, o := range shown(all) {
		s := o.MinSize()
		m.Width = max(m.Width, s.Width)
		if c.height == 0 {
			m.Height = max(m.Height, s.Height)
		}
	}
	return m
}

// Sides puts a left side of fixed width beside a right side that takes the
// rest; where the right would be narrower than narrow, the right goes below.
func Sides(gap, left, narrow float32, a, b fyne.CanvasObject) *fyne.Container {
	return container.New(&sides{gap: gap, left: left, narrow: narrow}, a, b)
}

type sides struct {
	gap, left, narrow float32
	stacked           bool
}

// Layout is for Fyne.
func (s *sides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap, left := Px(s.gap), Px(s.left)
	right := size.Width - left - gap
	s.stacked = right < Px(s.narrow)
	if s.stacked {
		top := widthFirst(o[0], size.Width)
		o[0].Move(fyne.Position{})
		o[0].Resize(fyne.NewSize(size.Width, top))
		below := max(widthFirst(o[1], size.Width), size.Height-top-gap)
		o[1].Move(fyne.NewPos(0, top+gap))
		o[1].Resize(fyne.NewSize(size.Width, below))
		return
	}
	tall := max(widthFirst(o[0], left), widthFirst(o[1], right), size.Height)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(left, tall))
	o[1].Move(fyne.NewPos(left+gap, 0))
	o[1].Resize(fyne.NewSize(right, tall))
}

// MinSize is for Fyne.
func (s *sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	if s.stacked {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+Px(s.gap))
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

// Ends puts a at the left and b at the right of one line, both from its top;
// where they do not fit beside each other, b goes below. A hidden b takes no room.
func Ends(gap float32, a, b fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{gap: gap}, a, b)
}

type ends struct {
	gap   float32
	below bool
}

// Natural is the width an object would like to have: more than its least where
// it can do with less by standing in rows.
func Natural(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(*flow); ok {
			return f.natural(c.Objects)
		}
	}
	if n, ok := o.(interface{ Natural() float32 }); ok {
		return n.Natural()
	}
	return o.MinSize().Width
}

// Flow puts objects beside each other at their own width, gap design pixels
// apart, and goes on in further rows where the width is not enough.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

type flow struct{ gap, width float32 }

func (f *flow) natural(all []fyne.CanvasObject) float32 {
	return (&hstack{gap: f.gap}).MinSize(all).Width
}

// walk gives the place of each object at a width, and the height of all rows.
func (f *flow) walk(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	y := float32(0)
	for from := 0; from < len(objects); {
		to, x, tall := from, float32(0), float32(0)
		for ; to < len(objects); to++ {
			m := objects[to].MinSize()
			if to > from && width > 0 && x+m.Width > width+0.5 {
				break
			}
			x, tall = x+m.Width+Px(f.gap), max(tall, m.Height)
		}
		x = 0
		for _, o := range objects[from:to] {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y+(tall-m.Height)/2), m)
			x += m.Width + Px(f.gap)
		}
		y += tall + Px(f.gap)
		from = to
	}
	return max(y-Px(f.gap), 0)
}

// Layout is for Fyne.
func (f *flow) Layout(all []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.walk(shown(all), size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}

// MinSize is for Fyne: the height follows the width that the rows have.
func (f *flow) MinSize(all []fyne.CanvasObject) fyne.Size {
	objects := shown(all)
	m := fyne.NewSize(0, f.walk(objects, f.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
	for _, o := range objects {
		m.Width = max(m.Width, o.MinSize().Width)
	}
	return m
}

// Layout is for Fyne.
func (e *ends) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if !o[1].Visible() {
		e.below = false
		o[0].Move(fyne.Position{})
		o[0].Resize(fyne.NewSize(size.Width, widthFirst(o[0], size.Width)))
		return
	}
	b := o[1].MinSize()
	b.Width = Natural(o[1])
	e.below = Natural(o[0])+Px(e.gap)+b.Width > size.Width
	if e.below {
		tall := widthFirst(o[0], size.Width)
		o[0].Move(fyne.Position{})
		o[0].Resize(fyne.NewSize(size.Width, tall))
		o[1].Move(fyne.NewPos(0, tall+Px(e.gap)))
		o[1].Resize(fyne.NewSize(min(b.Width, size.Width), widthFirst(o[1], min(b.Width, size.Width))))
		return
	}
	wide := size.Width - b.Width - Px(e.gap)
	tall := widthFirst(o[0], wide)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(wide, tall))
	o[1].Move(fyne.NewPos(size.Width-b.Width, 0))
	o[1].Resize(b)
}

// MinSize is for Fyne.
func (e *ends) MinSize(o []fyne.CanvasObject) fyne.Size {
	if !o[1].Visible() {
		return o[0].MinSize()
	}
	a, b := o[0].MinSize(), o[1].MinSize()
	m := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if e.below {
		m.Height = a.Height + b.Height + Px(e.gap)
	}
	return m
}

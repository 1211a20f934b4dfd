package simulate

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Sizes of the two columns in design pixels: where the result would be narrower
// than narrowResult it goes below the form.
const (
	formWidth    = 366
	columnGap    = 20
	narrowResult = 520
)

// columns shows the form beside the result, each scrolling on its own, so that
// the headline stays while one types. Where the result goes below the form there
// is no scroll of its own and the page around it scrolls.
type columns struct {
	box          *fyne.Container
	form, result *fyne.Container
	left, right  *container.Scroll
	wheels       [2]*wheel // over the two scrolls
	stacked      bool
}

// wheel lies over a scroll and takes the wheel for it, and nothing else: an entry
// or a table inside would keep the wheel although it has nowhere to scroll.
type wheel struct {
	widget.BaseWidget
	over *container.Scroll
}

func newWheel(over *container.Scroll) *wheel {
	w := &wheel{over: over}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled is for Fyne.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) { w.over.Scrolled(ev) }

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

func newColumns(form, result *fyne.Container) *columns {
	c := &columns{form: form, result: result, left: container.NewVScroll(form), right: container.NewVScroll(result)}
	c.wheels = [2]*wheel{newWheel(c.left), newWheel(c.right)}
	c.box = container.New(c, c.left, c.right, c.wheels[0], c.wheels[1])
	return c
}

// arrange puts the columns into their scrolls, or takes them out: a scroll that
// cannot move would still keep the wheel from the page.
func (c *columns) arrange(stacked bool) {
	if c.stacked == stacked {
		return
	}
	c.stacked = stacked
	if stacked {
		c.left.Content, c.right.Content = container.NewStack(), container.NewStack()
		c.box.Objects = []fyne.CanvasObject{c.form, c.result}
		return
	}
	c.left.Content, c.right.Content = c.form, c.result
	c.box.Objects = []fyne.CanvasObject{c.left, c.right, c.wheels[0], c.wheels[1]}
}

// Layout is for Fyne.
func (c *columns) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	left, gap := kit.Px(formWidth), kit.Px(columnGap)
	right := s.Width - left - gap
	c.arrange(right < kit.Px(narrowResult))
	if c.stacked {
		top := heightAt(c.form, s.Width)
		c.form.Move(fyne.Position{})
		c.form.Resize(fyne.NewSize(s.Width, top))
		below := max(heightAt(c.result, s.Width), s.Height-top-gap)
		c.result.Move(fyne.NewPos(0, top+gap))
		c.result.Resize(fyne.NewSize(s.Width, below))
		return
	}
	heightAt(c.form, left)
	heightAt(c.result, right)
	c.left.Move(fyne.Position{})
	c.left.Resize(fyne.NewSize(left, s.Height))
	c.right.Move(fyne.NewPos(left+gap, 0))
	c.right.Resize(fyne.NewSize(right, s.Height))
	for i, under := range []*container.Scroll{c.left, c.right} {
		c.wheels[i].Move(under.Position())
		c.wheels[i].Resize(under.Size())
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
func (c *columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	m := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if c.stacked {
		m.Height = a.Height + b.Height + kit.Px(columnGap)
	}
	return m
}

// reveal brings what is in one of the columns into view.
func (c *columns) reveal(o fyne.CanvasObject) {
	if c.stacked {
		return
	}
	d := fyne.CurrentApp().Driver()
	if d.AbsolutePositionForObject(o).X < d.AbsolutePositionForObject(c.right).X {
		kit.ScrollTo(c.left, o)
	} else {
		kit.ScrollTo(c.right, o)
	}
}

// question is what would narrow the range most, in a strip right under the first
// figure, with the way to answer it.
type question struct {
	kit.Surface
	title, body *kit.Paragraph
}

// questionInset is the space around the texts in design pixels.
const questionInset = 14

func newQuestion(t *i18n.Catalogue, answer func()) *question {
	q := &question{title: kit.NewParagraph("", kit.CautionTitle), body: kit.NewParagraph("", kit.TableText)}
	q.Content = kit.Ends(12, kit.VStack(2, q.title, q.body), kit.NewButton(kit.Link, t.Text("simulate.ask.answer"), answer))
	q.Fill, q.Inset = theme.ColorCautionSoft, questionInset
	q.ExtendBaseWidget(q)
	q.Hide()
	return q
}

// show writes a question, nothing where there is none to ask.
func (q *question) show(x Question, asks bool) {
	if !asks {
		q.Hide()
		return
	}
	q.title.SetText(x.Title)
	q.body.SetText(x.Body)
	q.Show()
}

// inColumns puts objects beside each other at fixed widths in design pixels; the
// one of width 0 takes what is left.
func inColumns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedColumns{gap, widths}, objects...)
}

type fixedColumns struct {
	gap    float32
	widths []float32
}

// Layout is for Fyne.
func (c *fixedColumns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	left := s.Width - kit.Px(c.gap)*float32(len(objects)-1)
	for _, w := range c.widths {
		left -= kit.Px(w)
	}
	x := float32(0)
	for i, o := range objects {
		w := kit.Px(c.widths[i])
		if c.widths[i] == 0 {
			w = max(left, 0)
		}
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
		x += w + kit.Px(c.gap)
	}
}

// MinSize is for Fyne.
func (c *fixedColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := fyne.NewSize(kit.Px(c.gap)*float32(len(objects)-1), 0)
	for i, o := range objects {
		m.Width += max(kit.Px(c.widths[i]), kit.Px(40))
		m.Height = max(m.Height, o.MinSize().Height)
	}
	return m
}

// CreateRenderer is for Fyne.
func (r *roleRow) CreateRenderer() fyne.WidgetRenderer {
	return &roleFace{r: r, ground: canvas.NewRectangle(color.Transparent)}
}

// roleFace is a row with a ground that answers to pointer and focus.
type roleFace struct {
	r      *roleRow
	ground *canvas.Rectangle
}

// rowInset is the space above and below the texts of a row, in design pixels.
const rowInset = 1

// Layout is for Fyne.
func (f *roleFace) Layout(s fyne.Size) {
	in := kit.Px(6)
	f.ground.Move(fyne.NewPos(-in, 0))
	f.ground.Resize(s.AddWidthHeight(2*in, 0))
	f.r.row.Resize(s)
}

// MinSize is for Fyne.
func (f *roleFace) MinSize() fyne.Size {
	return f.r.row.MinSize().AddWidthHeight(0, 2*kit.Px(rowInset))
}

// Refresh is for Fyne.
func (f *roleFace) Refresh() {
	f.ground.FillColor, f.ground.StrokeWidth = color.Transparent, 0
	f.ground.CornerRadius = fynetheme.Size(theme.SizeFieldEdge)
	if f.r.Hovered() {
		f.ground.FillColor = fynetheme.Color(theme.ColorHover)
	}
	if f.r.Ringed() {
		f.ground.StrokeColor, f.ground.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	}
	f.ground.Refresh()
	f.r.row.Refresh()
}

// Objects is for Fyne.
func (f *roleFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.ground, f.r.row} }

// Destroy is for Fyne.
func (f *roleFace) Destroy() {}

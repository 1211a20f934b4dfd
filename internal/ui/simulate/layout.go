package simulate

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// question is a strip that asks for something, with the way to answer it: right under
// the first figure, what would narrow the range most.
type question struct {
	kit.Surface
	title, body *kit.Paragraph
}

// questionInset is the space around the texts in design pixels.
const questionInset = 14

func newQuestion(way string, answer func()) *question {
	q := &question{title: kit.NewParagraph("", kit.CautionTitle), body: kit.NewParagraph("", kit.TableText)}
	q.Content = kit.Ends(12, kit.VStack(2, q.title, q.body), kit.NewButton(kit.Link, way, answer))
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

// Widths in design pixels.
const (
	formWidth   = 366
	leastResult = 456
)

// split puts the form beside the result. Where one of them is shown alone it is the
// form while that gives no result yet.
func (pg *Page) split() *parts.Split {
	s := parts.NewSplit(parts.SplitParams{
		Left: pg.left, Right: pg.right, Width: formWidth, Least: leastResult,
		Names: [2]string{pg.t.Text("simulate.tab.form"), pg.t.Text("simulate.tab.result")}, Digest: pg.result.Digest(),
	})
	if pg.form.Hold() != "" {
		s.Show(parts.ShowLeft)
	}
	return s
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

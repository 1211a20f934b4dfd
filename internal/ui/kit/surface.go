package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// Surface is a rounded ground with content on it.
type Surface struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Fill    fyne.ThemeColorName
	Edge    fyne.ThemeColorName // "" draws no line
	Inset   float32             // design pixels on each side
}

// NewCard is the surface that groups what belongs together.
func NewCard(content fyne.CanvasObject) *Surface {
	return newSurface(content, theme.ColorSurface, theme.ColorLine)
}

// NewInset is a card of the page's colour, for a source inside a panel.
func NewInset(content fyne.CanvasObject) *Surface {
	return newSurface(content, theme.ColorBackground, theme.ColorLine)
}

func newSurface(content fyne.CanvasObject, fill, edge fyne.ThemeColorName) *Surface {
	s := &Surface{Content: content, Fill: fill, Edge: edge, Inset: 16}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(color.Transparent)
	f := &face{objects: []fyne.CanvasObject{ground, s.Content}}
	paint := func() {
		ground.FillColor = col(s.Fill)
		ground.CornerRadius = dim(theme.SizeRadius)
		ground.StrokeWidth = 0
		if s.Edge != "" {
			ground.StrokeColor, ground.StrokeWidth = col(s.Edge), 1
		}
	}
	f.layout = func(size fyne.Size) {
		in := Px(s.Inset)
		ground.Resize(size)
		s.Content.Move(fyne.NewPos(in, in))
		s.Content.Resize(size.SubtractWidthHeight(2*in, 2*in))
	}
	f.min = func() fyne.Size {
		in := Px(s.Inset)
		return s.Content.MinSize().AddWidthHeight(2*in, 2*in)
	}
	f.refresh = func() {
		paint()
		f.layout(s.Size())
		ground.Refresh()
	}
	paint()
	return f
}

// Notice is a card that asks for attention: a title and a body on a soft ground.
type Notice struct {
	Surface
	title *Paragraph
	body  *Paragraph
	extra *fyne.Container
}

// NewNotice makes a notice; extra objects, such as a button, stand below the body.
func NewNotice(title, body string, extra ...fyne.CanvasObject) *Notice {
	n := &Notice{
		title: NewParagraph(title, CautionTitle),
		body:  NewParagraph(body, TableText),
		extra: VStack(8, extra...),
	}
	if len(extra) == 0 {
		n.extra.Hide()
	}
	n.Content = VStack(4, n.title, n.body, n.extra)
	n.Fill, n.Inset = theme.ColorCautionSoft, 14
	n.ExtendBaseWidget(n)
	return n
}

// SetText replaces both texts in place.
func (n *Notice) SetText(title, body string) {
	n.title.SetText(title)
	n.body.SetText(body)
}

// Rule is a thin line across the width it is given.
type Rule struct{ widget.BaseWidget }

// NewRule makes a thin line.
func NewRule() *Rule {
	r := &Rule{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(col(theme.ColorLine))
	f := &face{objects: []fyne.CanvasObject{line}}
	f.layout = func(s fyne.Size) { line.Resize(fyne.NewSize(s.Width, 1)) }
	f.min = func() fyne.Size { return fyne.NewSize(1, 1) }
	f.refresh = func() {
		line.FillColor = col(theme.ColorLine)
		line.Refresh()
	}
	return f
}

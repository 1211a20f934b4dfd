package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Veil dims what lies under it and lets clicks through.
type Veil struct {
	widget.BaseWidget
	ground fyne.ThemeColorName
}

// NewVeil makes a veil in the colour of the ground that it lies on.
func NewVeil(ground fyne.ThemeColorName) *Veil {
	v := &Veil{ground: ground}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is for Fyne.
func (v *Veil) CreateRenderer() fyne.WidgetRenderer {
	return &veilFace{widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent)), v}
}

type veilFace struct {
	fyne.WidgetRenderer
	v *Veil
}

// veilDims is how much of the ground lies over a result that is not current, of 255.
const veilDims = 140

// Layout is for Fyne.
func (f *veilFace) Layout(s fyne.Size) {
	f.paint()
	f.WidgetRenderer.Layout(s)
}

// Refresh is for Fyne.
func (f *veilFace) Refresh() {
	f.paint()
	f.WidgetRenderer.Refresh()
}

func (f *veilFace) paint() {
	c := color.NRGBAModel.Convert(fynetheme.Color(f.v.ground)).(color.NRGBA)
	c.A = veilDims
	f.Objects()[0].(*canvas.Rectangle).FillColor = c
}

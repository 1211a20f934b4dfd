package compare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// gaugeParts are the rectangles of a gauge: track, filling, whisker, mark.
type gaugeParts [4]*canvas.Rectangle

func newGaugeParts() gaugeParts {
	var g gaugeParts
	for i := range g {
		g[i] = canvas.NewRectangle(color.Transparent)
	}
	return g
}

func (g gaugeParts) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{g[0], g[1], g[2], g[3]}
}

// place puts the parts of a gauge into a box and colours them.
func (g gaugeParts) place(x gauge, at fyne.Position, s fyne.Size) {
	col := func(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }
	g[0].FillColor, g[1].FillColor = col(theme.ColorPrimarySoft), col(theme.ColorPrimaryMid)
	if x.Strong {
		g[1].FillColor = col(theme.ColorPrimary)
	}
	g[2].FillColor, g[3].FillColor = col(theme.ColorInk), col(theme.ColorAccent)
	for _, r := range g[:2] {
		r.CornerRadius = kit.Px(3)
	}
	put := func(r *canvas.Rectangle, from, to, y, tall float32) {
		r.Move(at.AddXY(s.Width*from, y))
		r.Resize(fyne.NewSize(s.Width*(to-from), tall))
	}
	put(g[0], 0, 1, 0, s.Height)
	put(g[1], x.From, x.To, 0, s.Height)
	g[2].Hidden, g[3].Hidden = x.High <= x.Low, x.Mark < 0
	line := kit.Px(2)
	put(g[2], x.Low, x.High, (s.Height-line)/2, line)
	wide, over := kit.Px(3), kit.Px(3)
	g[3].Move(at.AddXY(min(max(s.Width*x.Mark-wide/2, 0), s.Width-wide), -over))
	g[3].Resize(fyne.NewSize(wide, s.Height+2*over))
}

// bar is a gauge of its own.
type bar struct {
	widget.BaseWidget
	gauge gauge
}

func newBar(g gauge) *bar {
	b := &bar{gauge: g}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *bar) CreateRenderer() fyne.WidgetRenderer { return &barFace{b, newGaugeParts()} }

type barFace struct {
	b     *bar
	parts gaugeParts
}

const barTall = 8 // design pixels

// Layout is for Fyne.
func (f *barFace) Layout(s fyne.Size) {
	tall := kit.Px(barTall)
	f.parts.place(f.b.gauge, fyne.NewPos(0, (s.Height-tall)/2), fyne.NewSize(s.Width, tall))
}

// MinSize is for Fyne.
func (f *barFace) MinSize() fyne.Size { return fyne.NewSize(kit.Px(60), kit.Px(barTall+8)) }

// Refresh is for Fyne.
func (f *barFace) Refresh() {
	f.Layout(f.b.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *barFace) Objects() []fyne.CanvasObject { return f.parts.objects() }

// Destroy is for Fyne.
func (f *barFace) Destroy() {}

// limitRows shows bars with their names, numbers and what is said of them.
func limitRows(list []limit) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(list))
	for i, l := range list {
		name := kit.NewText(l.name, kit.TableText)
		name.Elide = true
		row := kit.VStack(0, container.New(&limitLayout{}, name, newBar(l.bar), kit.NewTextRight(l.value, kit.TableStrong)))
		if l.note != "" {
			row.Add(kit.NewParagraph(l.note, kit.MutedText))
		}
		out[i] = row
	}
	return out
}

// limitLayout puts a name and a number over their bar.
type limitLayout struct{}

// Layout is for Fyne.
func (limitLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	tall, value := o[0].MinSize().Height, o[2].MinSize().Width
	o[0].Resize(fyne.NewSize(max(s.Width-value-kit.Px(8), 0), tall))
	o[2].Move(fyne.NewPos(s.Width-value, 0))
	o[2].Resize(fyne.NewSize(value, tall))
	o[1].Move(fyne.NewPos(0, tall))
	o[1].Resize(fyne.NewSize(s.Width, o[1].MinSize().Height))
}

// MinSize is for Fyne.
func (limitLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Px(160), o[0].MinSize().Height+o[1].MinSize().Height)
}

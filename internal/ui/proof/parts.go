package proof

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

// stepGrid keeps the columns of all rows of the steps in line: figures have the
// width of the widest, names wrap in what is left.
type stepGrid struct {
	rows [][3]*kit.Text
}

// Spaces of a row of steps, in design pixels.
const (
	stepGap  = 14 // between columns
	stepPad  = 5  // above and below
	nodeStep = 16 // indent of a level of the tree
)

func (g *stepGrid) widths() (w [3]float32) {
	for _, row := range g.rows {
		for i, t := range row {
			w[i] = max(w[i], kit.NaturalWidth(t))
		}
	}
	return w
}

func newRow(g *stepGrid, names fyne.CanvasObject, cells [3]*kit.Text) fyne.CanvasObject {
	return container.New(&stepRow{g}, names, cells[0], cells[1], cells[2])
}

type stepRow struct{ grid *stepGrid }

// Layout is for Fyne.
func (r *stepRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w, pad, right := r.grid.widths(), kit.Px(stepPad), s.Width
	for i := 2; i >= 0; i-- {
		right -= w[i]
		cell := o[i+1]
		cell.Move(fyne.NewPos(right, pad))
		cell.Resize(fyne.NewSize(w[i], cell.MinSize().Height))
		if w[i] > 0 {
			right -= kit.Px(stepGap)
		}
	}
	o[0].Move(fyne.NewPos(0, pad))
	o[0].Resize(fyne.NewSize(max(right, 0), s.Height-2*pad))
}

// MinSize is for Fyne.
func (r *stepRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := r.grid.widths()
	return fyne.NewSize(w[0]+w[1]+w[2]+2*kit.Px(stepGap)+kit.Px(60), o[0].MinSize().Height+2*kit.Px(stepPad))
}

// newAddress is a web address that can be marked and copied, and is not opened.
func newAddress(url string) fyne.CanvasObject {
	l := widget.NewLabel(url)
	l.Selectable, l.Wrapping, l.SizeName = true, fyne.TextWrapBreak, theme.SizeMuted
	return container.New(flush{}, l)
}

// flush takes away the margin that a label of Fyne has around its text.
type flush struct{}

func (flush) margin() float32 { return fynetheme.Size(fynetheme.SizeNameInnerPadding) }

// Layout is for Fyne.
func (f flush) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := f.margin()
	o[0].Move(fyne.NewPos(-m, -m))
	o[0].Resize(s.AddWidthHeight(2*m, 2*m))
}

// MinSize is for Fyne.
func (f flush) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := f.margin()
	return o[0].MinSize().SubtractWidthHeight(2*m, 2*m)
}

// newBranch is a node of the tree with what it is made of below it.
func newBranch(n *node, depth int, open bool) fyne.CanvasObject {
	below := kit.VStack(0)
	box := kit.VStack(0)
	t := newTwig(n, depth)
	set := func(on bool) {
		t.open = on
		below.Hide()
		if on {
			if len(below.Objects) == 0 {
				for _, c := range n.children {
					below.Add(newBranch(c, depth+1, false))
				}
			}
			below.Show()
		}
		t.Refresh()
		box.Refresh()
	}
	if len(n.children) > 0 {
		t.OnTapped = func() { set(!t.open) }
	}
	box.Objects = []fyne.CanvasObject{t, below}
	set(open && len(n.children) > 0)
	return box
}

// twig is the row of a node: sign, name, amount. Where something is below it,
// it is pressed to open.
type twig struct {
	kit.Pressable
	node  *node
	depth int
	open  bool
}

func newTwig(n *node, depth int) *twig {
	t := &twig{node: n, depth: depth}
	t.Init(t)
	return t
}

// Disabled is true where nothing opens, so that the focus passes over it.
func (t *twig) Disabled() bool { return t.OnTapped == nil || t.Pressable.Disabled() }

// CreateRenderer is for Fyne.
func (t *twig) CreateRenderer() fyne.WidgetRenderer {
	style := kit.TableText
	if t.depth == 0 {
		style = kit.TableStrong
	}
	names := kit.VStack(0, kit.NewParagraph(t.node.label, style))
	if t.node.text != "" {
		names.Add(kit.NewParagraph(t.node.text, kit.MutedText))
	}
	f := &twigFace{t: t, sign: kit.NewText("", kit.CardTitleText), names: names, amount: kit.NewTextRight(t.node.amount, style)}
	f.ring = canvas.NewRectangle(color.Transparent)
	f.paint()
	return f
}

type twigFace struct {
	t      *twig
	ring   *canvas.Rectangle
	sign   *kit.Text
	names  *fyne.Container
	amount *kit.Text
}

// Objects is for Fyne.
func (f *twigFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ring, f.sign, f.names, f.amount}
}

// Destroy is for Fyne.
func (f *twigFace) Destroy() {}

func (f *twigFace) lead() float32 { return kit.Px(float32(f.t.depth)*nodeStep) + kit.Px(nodeStep) }

// Layout is for Fyne.
func (f *twigFace) Layout(s fyne.Size) {
	pad, a := kit.Px(stepPad), f.amount.MinSize()
	f.sign.Move(fyne.NewPos(f.lead()-kit.Px(nodeStep), pad))
	f.sign.Resize(f.sign.MinSize())
	f.amount.Move(fyne.NewPos(s.Width-a.Width, pad))
	f.amount.Resize(a)
	f.names.Move(fyne.NewPos(f.lead(), pad))
	f.names.Resize(fyne.NewSize(max(s.Width-f.lead()-a.Width-kit.Px(stepGap), 0), s.Height-2*pad))
	f.ring.Resize(s)
}

// MinSize is for Fyne.
func (f *twigFace) MinSize() fyne.Size {
	n, a := f.names.MinSize(), f.amount.MinSize()
	return fyne.NewSize(f.lead()+n.Width+a.Width+kit.Px(stepGap), max(n.Height, a.Height)+2*kit.Px(stepPad))
}

// Refresh is for Fyne.
func (f *twigFace) Refresh() {
	f.paint()
	f.Layout(f.t.Size())
	f.ring.Refresh()
}

func (f *twigFace) paint() {
	f.sign.SetText(signOf(f.t))
	f.ring.FillColor = color.Transparent
	if f.t.Hovered() {
		f.ring.FillColor = fynetheme.Color(theme.ColorHover)
	}
	f.ring.StrokeWidth = 0
	if f.t.Ringed() {
		f.ring.StrokeColor, f.ring.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	}
	f.ring.CornerRadius = kit.Px(4)
}

// signOf says whether a node is open, closed or has nothing below it. The font
// test knows the signs.
func signOf(t *twig) string {
	switch {
	case t.Disabled():
		return ""
	case t.open:
		return "▾"
	default:
		return "▸"
	}
}

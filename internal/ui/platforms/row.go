package platforms

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Columns and spaces of a row of a sheet, in design pixels.
const (
	rowPad   = 7  // beside
	rowAir   = 6  // above and below
	rowGap   = 12 // between columns
	sureWide = 116
	whenWide = 62
)

// Shares of a wide row that its last columns take, so that a label is not far
// from its value.
const (
	sureShare = 0.2
	whenShare = 0.12
)

// row is a line of a sheet. It is pressed to open where its value comes from;
// the arrows go on to the row above and below.
type row struct {
	kit.Pressable
	next func(by int)
	see  func(fyne.CanvasObject)

	label, under      *kit.Paragraph
	value, when, sure *kit.Text
	foot              *kit.Text
	long              *kit.Paragraph
	opens             bool // a thin line says so, as it does of every figure
}

// newRow writes out a line; see brings a row into view, and next moves the focus.
func newRow(l *line, open func(), see func(fyne.CanvasObject), next func(by int)) *row {
	r := &row{
		label: kit.NewParagraph(l.label, kit.TableText), under: kit.NewParagraph(l.under, kit.MutedText),
		value: kit.NewTextRight("", kit.TableText), long: kit.NewParagraph("", kit.TableText),
		when: kit.NewTextRight(l.when, kit.MutedText), sure: kit.NewTextRight(l.sure, kit.MutedText),
		foot: kit.NewTextRight(l.foot, kit.MutedText), see: see, next: next, opens: open != nil,
	}
	if l.long {
		r.long.SetText(l.value)
	} else {
		r.value.SetText(l.value)
	}
	if l.none {
		r.value.SetStyle(kit.TableMuted)
	}
	if l.own {
		r.sure.SetStyle(kit.CautionText)
	}
	r.OnTapped = open
	r.Init(r)
	return r
}

// FocusGained brings the row into view.
func (r *row) FocusGained() {
	r.Pressable.FocusGained()
	if r.Ringed() {
		r.see(r)
	}
}

// TypedKey goes to the row above or below.
func (r *row) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		r.next(-1)
	case fyne.KeyDown:
		r.next(1)
	default:
		r.Pressable.TypedKey(ev)
	}
}

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	f := &rowFace{r: r, ground: canvas.NewRectangle(color.Transparent), rule: kit.NewRule(), line: canvas.NewRectangle(color.Transparent)}
	f.paint()
	return f
}

type rowFace struct {
	r      *row
	ground *canvas.Rectangle
	line   *canvas.Rectangle // under a short value, or else under how sure it is
	rule   *kit.Rule
	below  bool // the count of other values has no room beside the confidence
}

// Objects is for Fyne.
func (f *rowFace) Objects() []fyne.CanvasObject {
	r := f.r
	return []fyne.CanvasObject{f.ground, f.rule, f.line, r.label, r.under, r.value, r.long, r.when, r.sure, r.foot}
}

// Destroy is for Fyne.
func (f *rowFace) Destroy() {}

// columns are the right edges of the three columns of figures, and the width
// that is left for the label beside them.
func (f *rowFace) columns(width float32) (value, when, sure, label float32) {
	sure = width - kit.Px(rowPad)
	when = sure - max(kit.Px(sureWide), sureShare*width) - kit.Px(rowGap)
	value = when - max(kit.Px(whenWide), whenShare*width) - kit.Px(rowGap)
	label = value - kit.Px(rowPad)
	if f.r.value.Text() != "" {
		label -= kit.NaturalWidth(f.r.value) + kit.Px(rowGap)
	}
	return value, when, sure, max(label, kit.Px(80))
}

// Layout is for Fyne.
func (f *rowFace) Layout(s fyne.Size) {
	r, pad, air := f.r, kit.Px(rowPad), kit.Px(rowAir)
	value, when, sure, label := f.columns(s.Width)
	f.ground.Resize(s)
	f.rule.Move(fyne.NewPos(0, s.Height-1))
	f.rule.Resize(fyne.NewSize(s.Width, 1))
	first := kit.NewText("", kit.TableText).MinSize().Height
	right := func(t *kit.Text, edge, y float32) {
		m := t.MinSize()
		wide := kit.NaturalWidth(t)
		t.Move(fyne.NewPos(edge-wide, y+(first-m.Height)/2))
		t.Resize(fyne.NewSize(wide, m.Height))
	}
	right(r.value, value, air)
	right(r.when, when, air)
	f.below = kit.NaturalWidth(r.sure)+kit.Px(rowPad)+kit.NaturalWidth(r.foot) > sure-when-kit.Px(rowGap)
	switch foot := kit.NaturalWidth(r.foot); {
	case foot == 0:
		right(r.sure, sure, air)
	case f.below:
		right(r.sure, sure, air)
		right(r.foot, sure, air+first)
	default:
		right(r.foot, sure, air)
		right(r.sure, sure-foot-kit.Px(rowPad), air)
	}
	under := r.value
	if r.value.Text() == "" {
		under = r.sure
	}
	f.line.Move(fyne.NewPos(under.Position().X, air+first*0.95))
	f.line.Resize(fyne.NewSize(under.Size().Width, 1))
	y := air
	for _, p := range []struct {
		of   *kit.Paragraph
		wide float32
	}{{r.label, label}, {r.long, value - pad}, {r.under, value - pad}} {
		p.of.Move(fyne.NewPos(pad, y))
		if p.of.Text() == "" {
			p.of.Resize(fyne.NewSize(p.wide, 0))
			continue
		}
		p.of.Resize(fyne.NewSize(p.wide, p.of.Size().Height))
		p.of.Resize(fyne.NewSize(p.wide, p.of.MinSize().Height))
		y += p.of.Size().Height
	}
}

// MinSize is for Fyne. The paragraphs know their height once they have a width.
func (f *rowFace) MinSize() fyne.Size {
	r, tall := f.r, float32(0)
	for _, p := range []*kit.Paragraph{r.label, r.long, r.under} {
		if p.Text() != "" {
			tall += p.MinSize().Height
		}
	}
	if r.foot.Text() != "" && f.below {
		tall = max(tall, r.label.MinSize().Height+r.foot.MinSize().Height)
	}
	return fyne.NewSize(kit.Px(sureWide+whenWide+2*rowGap+160), tall+2*kit.Px(rowAir)+1)
}

// Refresh is for Fyne.
func (f *rowFace) Refresh() {
	f.paint()
	f.Layout(f.r.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

func (f *rowFace) paint() {
	f.ground.FillColor, f.ground.StrokeWidth = color.Transparent, 0
	if f.r.Hovered() {
		f.ground.FillColor = fynetheme.Color(theme.ColorHover)
	}
	if f.r.Ringed() {
		f.ground.StrokeColor, f.ground.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	}
	f.ground.CornerRadius = kit.Px(4)
	f.line.FillColor = color.Transparent
	if f.r.opens {
		f.line.FillColor = fynetheme.Color(theme.ColorEdge)
		if f.r.Hovered() {
			f.line.FillColor = fynetheme.Color(theme.ColorPrimary)
		}
	}
}

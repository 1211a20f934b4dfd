package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// ButtonKind is the weight of an action.
type ButtonKind int

// Kinds of button. A screen has at most one Primary.
const (
	Primary ButtonKind = iota
	Secondary
	Link
)

// Button is a press with a word on it.
type Button struct {
	Pressable
	kind  ButtonKind
	label string
}

// NewButton makes a button.
func NewButton(kind ButtonKind, label string, tapped func()) *Button {
	b := &Button{kind: kind, label: label}
	b.OnTapped = tapped
	b.Init(b)
	return b
}

// SetText replaces the label in place.
func (b *Button) SetText(label string) {
	if b.label != label {
		b.label = label
		b.Refresh()
	}
}

// Text is the label.
func (b *Button) Text() string { return b.label }

// inset is the space beside and above the label, in design pixels.
func (b *Button) inset() (x, y float32) {
	if b.kind == Link {
		return 0, 3
	}
	return 14, 7
}

func (b *Button) style() Style {
	s := Style{theme.SizeBody, theme.ColorInk, false}
	switch {
	case b.Disabled():
		s.Color = theme.ColorMuted
	case b.kind == Primary:
		s.Color, s.Bold = theme.ColorOnAccent, true
	case b.kind == Link:
		s.Color, s.Bold = theme.ColorPrimary, true
	}
	return s
}

func (b *Button) paint(ground *canvas.Rectangle) {
	ground.CornerRadius = dim(theme.SizeFieldEdge)
	ground.FillColor, ground.StrokeColor, ground.StrokeWidth = color.Transparent, color.Transparent, 0
	switch {
	case b.kind == Link:
	case b.Disabled():
		ground.FillColor = col(theme.ColorHover)
	case b.kind == Primary:
		ground.FillColor = col(theme.ColorAccent)
	default:
		ground.FillColor = col(theme.ColorSurface)
		ground.StrokeColor, ground.StrokeWidth = col(theme.ColorEdge), 1
		if b.Hovered() {
			ground.FillColor = col(theme.ColorHover)
		}
	}
	if b.Hovered() && b.kind == Primary {
		ground.StrokeColor, ground.StrokeWidth = col(theme.ColorInk), Px(1)
	}
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(color.Transparent)
	under := canvas.NewRectangle(color.Transparent)
	word := canvas.NewText("", nil)
	word.Alignment = fyne.TextAlignCenter
	ring := newRing()
	f := &face{objects: []fyne.CanvasObject{ground, word, under, ring}}
	paint := func() {
		b.paint(ground)
		b.style().apply(word)
		word.Text = b.label
		if b.kind == Link {
			word.Alignment = fyne.TextAlignLeading
		}
		under.FillColor = color.Transparent
		if b.kind == Link && b.Hovered() {
			under.FillColor = col(theme.ColorPrimary)
		}
	}
	f.layout = func(s fyne.Size) {
		ground.Resize(s)
		h := word.MinSize().Height
		word.Move(fyne.NewPos(0, (s.Height-h)/2))
		word.Resize(fyne.NewSize(s.Width, h))
		under.Move(fyne.NewPos(0, s.Height-Px(3)))
		under.Resize(fyne.NewSize(word.MinSize().Width, 1))
		if b.kind == Link {
			s.Width = word.MinSize().Width
		}
		layoutRing(ring, fyne.Position{}, s)
	}
	f.min = func() fyne.Size {
		x, y := b.inset()
		return b.style().measure(b.label).AddWidthHeight(2*Px(x), 2*Px(y))
	}
	f.refresh = func() {
		paint()
		f.layout(b.Size())
		ground.Refresh()
		word.Refresh()
		under.Refresh()
		refreshRing(ring, b.Ringed(), theme.ColorFocusRing)
	}
	paint()
	return f
}

// ChipLook is what a chip shows.
type ChipLook struct {
	Text   string
	Short  string              // the text where there is little room; "" is Text
	Dot    fyne.ThemeColorName // a coloured point before the text; "" is none
	Active bool                // the chosen one of a row of chips
}

// Chip is a rounded label that says a state. It cannot be pressed.
type Chip struct {
	widget.BaseWidget
	look ChipLook
}

// NewChip makes a chip.
func NewChip(look ChipLook) *Chip {
	c := &Chip{look: look}
	c.ExtendBaseWidget(c)
	return c
}

// Set replaces what the chip shows, in place.
func (c *Chip) Set(look ChipLook) {
	if c.look != look {
		c.look = look
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return newChipFace(c, func() ChipLook { return c.look }, func() (bool, bool) { return false, false })
}

// ChipButton is a chip that can be pressed.
type ChipButton struct {
	Pressable
	look  ChipLook
	short bool
}

// NewChipButton makes a chip that can be pressed.
func NewChipButton(look ChipLook, tapped func()) *ChipButton {
	c := &ChipButton{look: look}
	c.OnTapped = tapped
	c.Init(c)
	return c
}

// Set replaces what the chip shows, in place.
func (c *ChipButton) Set(look ChipLook) {
	if c.look != look {
		c.look = look
		c.Refresh()
	}
}

// Shorten shows the short text, or the full one again.
func (c *ChipButton) Shorten(on bool) {
	if c.short != on {
		c.short = on
		c.Refresh()
	}
}

// Saved is by how much the chip is narrower than with its full text.
func (c *ChipButton) Saved() float32 {
	style := chipStyle(c.look)
	return style.measure(c.look.Text).Width - style.measure(c.shown().Text).Width
}

func (c *ChipButton) shown() ChipLook {
	look := c.look
	if c.short && look.Short != "" {
		look.Text = look.Short
	}
	return look
}

// CreateRenderer is for Fyne.
func (c *ChipButton) CreateRenderer() fyne.WidgetRenderer {
	return newChipFace(c, c.shown, func() (bool, bool) { return c.Hovered(), c.Ringed() })
}

func chipStyle(look ChipLook) Style {
	if look.Active {
		return Style{theme.SizeMuted, theme.ColorPrimary, true}
	}
	return MutedText
}

// newChipFace draws both kinds of chip.
func newChipFace(w fyne.Widget, look func() ChipLook, state func() (hovered, ringed bool)) *face {
	ground := canvas.NewRectangle(color.Transparent)
	dot := canvas.NewCircle(color.Transparent)
	word := canvas.NewText("", nil)
	ring := newRing()
	style := func() Style { return chipStyle(look()) }
	lead := func() float32 {
		if look().Dot == "" {
			return Px(12)
		}
		return Px(27)
	}
	f := &face{objects: []fyne.CanvasObject{ground, dot, word, ring}}
	paint := func() {
		hovered, _ := state()
		paintChip(ground, look().Active, hovered)
		dot.FillColor = color.Transparent
		if look().Dot != "" {
			dot.FillColor = col(look().Dot)
		}
		style().apply(word)
		word.Text = look().Text
	}
	f.layout = func(s fyne.Size) {
		ground.CornerRadius = s.Height / 2
		ground.Resize(s)
		dot.Move(fyne.NewPos(Px(12), (s.Height-Px(8))/2))
		dot.Resize(fyne.NewSquareSize(Px(8)))
		m := word.MinSize()
		word.Move(fyne.NewPos(lead(), (s.Height-m.Height)/2))
		word.Resize(m)
		layoutRing(ring, fyne.Position{}, s)
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(style().measure(look().Text).Width+lead()+Px(12), Px(26))
	}
	f.refresh = func() {
		_, ringed := state()
		paint()
		f.layout(w.Size())
		ground.Refresh()
		dot.Refresh()
		word.Refresh()
		refreshRing(ring, ringed, theme.ColorFocusRing)
		ring.CornerRadius = w.Size().Height/2 + Px(ringGap)
	}
	paint()
	return f
}

// paintChip colours the ground of a chip by its state.
func paintChip(ground *canvas.Rectangle, active, hovered bool) {
	ground.FillColor = col(theme.ColorSurface)
	ground.StrokeColor, ground.StrokeWidth = col(theme.ColorLine), 1
	switch {
	case active:
		ground.FillColor, ground.StrokeColor = col(theme.ColorPrimarySoft), col(theme.ColorPrimarySoft)
	case hovered:
		ground.FillColor = col(theme.ColorHover)
	}
}

// Tick is a line that a person confirms: a box that is ticked, and what is
// confirmed beside it. A click on either, Space and Enter tick it.
type Tick struct {
	Pressable
	Changed func(on bool) // may be nil

	on    bool
	label *Paragraph
}

// NewTick makes a line that is not ticked.
func NewTick(label string, changed func(on bool)) *Tick {
	t := &Tick{label: NewParagraph(label, BodyText), Changed: changed}
	t.OnTapped = func() {
		t.Put(!t.on)
		if t.Changed != nil {
			t.Changed(t.on)
		}
	}
	t.Init(t)
	return t
}

// On is whether it is ticked.
func (t *Tick) On() bool { return t.on }

// Put ticks it or not, without a call back.
func (t *Tick) Put(on bool) {
	if t.on != on {
		t.on = on
		t.Refresh()
	}
}

// Sizes of a tick in design pixels.
const (
	tickBox = 18
	tickGap = 10
)

// CreateRenderer is for Fyne.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	box, ring := canvas.NewRectangle(color.Transparent), newRing()
	strokes := []*canvas.Line{canvas.NewLine(color.Transparent), canvas.NewLine(color.Transparent)}
	f := &face{objects: []fyne.CanvasObject{box, strokes[0], strokes[1], t.label, ring}}
	paint := func() {
		box.CornerRadius = Px(4)
		box.FillColor, box.StrokeColor, box.StrokeWidth = col(theme.ColorInput), col(theme.ColorMuted), Px(1.5)
		if t.Hovered() {
			box.StrokeColor = col(theme.ColorPrimary)
		}
		if t.on {
			box.FillColor, box.StrokeColor = col(theme.ColorPrimary), col(theme.ColorPrimary)
		}
		for _, s := range strokes {
			s.StrokeColor, s.StrokeWidth, s.Hidden = col(theme.ColorSurface), Px(2), !t.on
		}
	}
	f.layout = func(s fyne.Size) {
		lead, line := Px(tickBox+tickGap), BodyText.measure("").Height
		y := max((line-Px(tickBox))/2, 0) // beside the first line
		box.Move(fyne.NewPos(0, y))
		box.Resize(fyne.NewSquareSize(Px(tickBox)))
		at := func(x, down float32) fyne.Position { return fyne.NewPos(Px(x), y+Px(down)) }
		strokes[0].Position1, strokes[0].Position2 = at(4.5, 9.5), at(7.5, 12.5)
		strokes[1].Position1, strokes[1].Position2 = at(7.5, 12.5), at(13.5, 5.5)
		t.label.Move(fyne.NewPos(lead, 0))
		t.label.Resize(fyne.NewSize(max(s.Width-lead, 0), widthFirst(t.label, max(s.Width-lead, 0))))
		layoutRing(ring, fyne.NewPos(0, y), fyne.NewSquareSize(Px(tickBox)))
	}
	f.min = func() fyne.Size {
		m := t.label.MinSize()
		return fyne.NewSize(m.Width+Px(tickBox+tickGap), max(m.Height, Px(tickBox)))
	}
	f.refresh = func() {
		paint()
		f.layout(t.Size())
		for _, o := range f.objects[:3] {
			o.Refresh()
		}
		refreshRing(ring, t.Ringed(), theme.ColorFocusRing)
	}
	paint()
	return f
}

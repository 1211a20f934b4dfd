package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// Tone is the colour of a state; the words always say the state as well.
type Tone int

// Tones of a state.
const (
	ToneMuted Tone = iota
	ToneGood
	ToneCaution
	ToneError
)

// Style is the small text of the tone.
func (t Tone) Style() Style {
	switch t {
	case ToneGood:
		return GoodText
	case ToneCaution:
		return CautionText
	case ToneError:
		return ErrorText
	}
	return MutedText
}

// BenefitLook is what a benefit card shows.
type BenefitLook struct {
	Code   string // AIR
	Name   string // Impôt sur le revenu
	State  string // ✓ remplies
	Tone   Tone
	Amount string
	Range  string // "2,0 à 12,2 M", or "lecture unique"
	Why    string // one line: how, or why it is zero
}

// BenefitCard shows one benefit: amount, range, state and reason.
type BenefitCard struct {
	Surface
	code, name, state *Text
	rng, why          *Paragraph
	amount            *Figure
}

// NewBenefitCard makes a card; explain opens where its amount comes from.
func NewBenefitCard(look BenefitLook, explain func()) *BenefitCard {
	b := &BenefitCard{
		code:   NewText("", StrongText),
		name:   NewText("", MutedText),
		state:  NewTextRight("", MutedText),
		amount: NewFigure("", FigureText, explain),
		rng:    NewParagraph("", MutedText),
		why:    NewParagraph("", MutedText),
	}
	b.name.Elide = true
	top := HStack(4, b.code, layout.NewSpacer(), b.state)
	b.Content = VStack(1, top, b.name, Gap(4), HStack(0, b.amount), Gap(1), b.rng, Gap(3), b.why)
	b.Fill, b.Edge, b.Inset = theme.ColorSurface, theme.ColorLine, 13
	b.ExtendBaseWidget(b)
	b.Set(look)
	return b
}

// Set replaces what the card shows, in place.
func (b *BenefitCard) Set(look BenefitLook) {
	b.code.SetText(look.Code)
	b.name.SetText(look.Name)
	b.state.SetText(look.State)
	b.state.SetStyle(look.Tone.Style())
	b.amount.SetText(look.Amount)
	b.rng.SetText(look.Range)
	b.why.SetText(look.Why)
}

// Amount is the figure of the card.
func (b *BenefitCard) Amount() *Figure { return b.amount }

// Gap is empty space of a height in design pixels.
func Gap(height float32) fyne.CanvasObject {
	g := &gap{height: height}
	g.ExtendBaseWidget(g)
	return g
}

type gap struct {
	widget.BaseWidget
	height float32
}

// CreateRenderer is for Fyne.
func (g *gap) CreateRenderer() fyne.WidgetRenderer {
	return &face{
		layout:  func(fyne.Size) {},
		min:     func() fyne.Size { return fyne.NewSize(0, Px(g.height)) },
		refresh: func() {},
	}
}

// DoorLook is what a door shows.
type DoorLook struct {
	Icon  fyne.Resource
	Title string
	Text  string
}

// Door is a large card that opens a place or starts something.
type Door struct {
	Pressable
	look  DoorLook
	main  bool
	title *Paragraph
	text  *Paragraph
	icon  *canvas.Image
}

// NewDoor makes a door; main is filled with the deep colour.
func NewDoor(look DoorLook, main bool, tapped func()) *Door {
	d := &Door{look: look, main: main}
	title, text := TitleText, Style{theme.SizeTable, theme.ColorMuted, false}
	if main {
		title.Color, text.Color = theme.ColorOnDoor, theme.ColorOnDoor
	}
	d.title, d.text = NewParagraph(look.Title, title), NewParagraph(look.Text, text)
	d.icon = canvas.NewImageFromResource(look.Icon)
	d.icon.FillMode = canvas.ImageFillContain
	d.OnTapped = tapped
	d.Init(d)
	return d
}

// SetText replaces both texts in place.
func (d *Door) SetText(title, text string) {
	d.title.SetText(title)
	d.text.SetText(text)
}

// CreateRenderer is for Fyne.
func (d *Door) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := canvas.NewRectangle(color.Transparent), newRing()
	f := &face{objects: []fyne.CanvasObject{ground, d.icon, d.title, d.text, ring}}
	in := func() float32 { return Px(20) }
	paint := func() {
		fill, ink := theme.ColorSurface, theme.ColorInk
		if d.main {
			fill, ink = theme.ColorDoor, theme.ColorOnDoor
		}
		ground.FillColor, ground.CornerRadius = col(fill), dim(theme.SizeRadius)
		ground.StrokeColor, ground.StrokeWidth = col(theme.ColorLine), 1
		if d.main {
			ground.StrokeWidth = 0
		}
		if d.Hovered() {
			ground.StrokeColor, ground.StrokeWidth = col(theme.ColorAccent), Px(2)
		}
		d.icon.Resource = Tinted(d.look.Icon, ink)
	}
	f.layout = func(s fyne.Size) {
		ground.Resize(s)
		d.icon.Move(fyne.NewPos(in(), in()))
		d.icon.Resize(fyne.NewSquareSize(Px(28)))
		y, wide := in()+Px(28+14), s.Width-2*in()
		for _, p := range []*Paragraph{d.title, d.text} {
			p.Move(fyne.NewPos(in(), y))
			h := widthFirst(p, wide)
			p.Resize(fyne.NewSize(wide, h))
			y += h + Px(2)
		}
		layoutRing(ring, fyne.Position{}, s)
	}
	f.min = func() fyne.Size {
		h := 2*in() + Px(28+14+2) + d.title.MinSize().Height + d.text.MinSize().Height
		return fyne.NewSize(Px(150), h)
	}
	f.refresh = func() {
		paint()
		f.layout(d.Size())
		ground.Refresh()
		d.icon.Refresh()
		refreshRing(ring, d.Ringed(), theme.ColorFocusRing)
		ring.CornerRadius = dim(theme.SizeRadius) + Px(ringGap)
	}
	paint()
	return f
}

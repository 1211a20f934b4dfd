package parts

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Choice is chips of which one is chosen, or none: one press for each answer. It is
// one stop of the focus, so that a form is gone through quickly: Left and Right
// change the choice, Delete takes it away, Enter goes on. Chips that do not fit
// beside each other stand in further rows.
type Choice struct {
	kit.Pressable
	OnChanged func(id string) // a person chose; Put does not call it

	options []kit.Option
	chosen  string
	chips   []*kit.Chip
}

// NewChoice makes chips of options; pressing the chosen one again takes it away.
func NewChoice(options []kit.Option, changed func(id string)) *Choice {
	c := &Choice{options: options, OnChanged: changed}
	for range options {
		c.chips = append(c.chips, kit.NewChip(kit.ChipLook{}))
	}
	c.Init(c)
	c.show()
	return c
}

// Chosen is the id of the choice made, "" for none.
func (c *Choice) Chosen() string { return c.chosen }

// Put sets the choice without calling OnChanged.
func (c *Choice) Put(id string) {
	if c.chosen != id {
		c.chosen = id
		c.show()
	}
}

func (c *Choice) choose(id string) {
	if c.chosen == id {
		return
	}
	c.Put(id)
	if c.OnChanged != nil {
		c.OnChanged(id)
	}
}

func (c *Choice) show() {
	for i, o := range c.options {
		c.chips[i].Set(kit.ChipLook{Text: o.Text, Active: o.ID == c.chosen})
	}
	c.Refresh()
}

// Tapped chooses the chip under the pointer, or takes the choice away.
func (c *Choice) Tapped(ev *fyne.PointEvent) {
	c.Pressable.Tapped(ev) // takes the focus
	for i, chip := range c.chips {
		at, size := chip.Position(), chip.Size()
		if ev.Position.X < at.X || ev.Position.X > at.X+size.Width || ev.Position.Y < at.Y || ev.Position.Y > at.Y+size.Height {
			continue
		}
		if id := c.options[i].ID; id != c.chosen {
			c.choose(id)
		} else {
			c.choose("")
		}
		return
	}
}

// TypedKey changes the choice or goes on to the next field.
func (c *Choice) TypedKey(ev *fyne.KeyEvent) {
	at := slices.IndexFunc(c.options, func(o kit.Option) bool { return o.ID == c.chosen })
	switch ev.Name {
	case fyne.KeyRight:
		c.choose(c.options[min(at+1, len(c.options)-1)].ID)
	case fyne.KeyLeft:
		c.choose(c.options[max(at-1, 0)].ID)
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.choose("")
	case fyne.KeyReturn, fyne.KeyEnter:
		Next(c)
	default:
		kit.PassKey(c, ev)
	}
}

// Next moves the focus on from an object, as Tab does.
func Next(from fyne.CanvasObject) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil {
		c.FocusNext()
	}
}

// chipGap is the space between two chips, in design pixels.
const chipGap = 6

// flow puts the chips into rows of a width and gives their height.
func (c *Choice) flow(width float32) float32 {
	gap, x, y, tall := kit.Px(chipGap), float32(0), float32(0), float32(0)
	for _, chip := range c.chips {
		m := chip.MinSize()
		if x > 0 && x+m.Width > width {
			x, y = 0, y+tall+gap
		}
		chip.Move(fyne.NewPos(x, y))
		chip.Resize(m)
		x, tall = x+m.Width+gap, m.Height
	}
	return y + tall
}

// CreateRenderer is for Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	f := &choiceFace{c: c, ring: canvas.NewRectangle(color.Transparent)}
	for _, chip := range c.chips {
		f.objects = append(f.objects, chip)
	}
	f.objects = append(f.objects, f.ring)
	return f
}

type choiceFace struct {
	c       *Choice
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
}

// Objects is for Fyne.
func (f *choiceFace) Objects() []fyne.CanvasObject { return f.objects }

// Destroy is for Fyne.
func (f *choiceFace) Destroy() {}

// MinSize is for Fyne: the height follows the width that the chips have.
func (f *choiceFace) MinSize() fyne.Size {
	wide := float32(0)
	for _, chip := range f.c.chips {
		wide = max(wide, chip.MinSize().Width)
	}
	return fyne.NewSize(wide, f.c.flow(max(f.c.Size().Width, wide)))
}

// Layout is for Fyne.
func (f *choiceFace) Layout(s fyne.Size) {
	f.c.flow(s.Width)
	gap := kit.Px(3)
	f.ring.Move(fyne.NewPos(-gap, -gap))
	f.ring.Resize(s.AddWidthHeight(2*gap, 2*gap))
}

// Refresh is for Fyne.
func (f *choiceFace) Refresh() {
	f.ring.Hidden = !f.c.Ringed()
	f.ring.StrokeColor, f.ring.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	f.ring.CornerRadius = fynetheme.Size(theme.SizeFieldEdge)
	f.Layout(f.c.Size())
	for _, o := range f.objects {
		o.Refresh()
	}
}

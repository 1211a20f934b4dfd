package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// innerPadding is the space Fyne keeps around text inside its widgets.
func innerPadding() float32 { return dim(fynetheme.SizeNameInnerPadding) }

// downMark is the sign of a list that opens. The font test knows it.
const downMark = "▾"

// Option is one choice of a Select.
type Option struct {
	ID   string
	Text string
}

// Select is a field with a list of choices. Space, Enter and Down open the
// list, Left and Right go through it, a letter goes to the next choice that
// begins with it.
type Select struct {
	Pressable
	OnChanged func(id string) // a person chose; Put does not call it

	placeHolder string
	options     []Option
	chosen      string
	message     string
	onCheck     func(string)
}

// NewSelect makes a field of choices; placeHolder is shown while none is made.
func NewSelect(placeHolder string, options []Option, changed func(id string)) *Select {
	s := &Select{placeHolder: placeHolder, options: options, OnChanged: changed}
	s.OnTapped = s.open
	s.Init(s)
	return s
}

// SetOptions replaces the choices; the one made stays if it is still there.
func (s *Select) SetOptions(options []Option) {
	s.options = options
	s.Refresh()
}

// Put sets the choice without calling OnChanged; an unknown id shows none.
func (s *Select) Put(id string) {
	if s.chosen != id {
		s.chosen = id
		s.Refresh()
	}
}

// Chosen is the id of the choice made, "" for none.
func (s *Select) Chosen() string { return s.chosen }

// SetMessage says what is wrong with the choice, "" for nothing.
func (s *Select) SetMessage(message string) {
	if s.message == message {
		return
	}
	s.message = message
	if s.onCheck != nil {
		s.onCheck(message)
	}
	s.Refresh()
}

func (s *Select) onMessage(f func(string)) {
	s.onCheck = f
	f(s.message)
}

func (s *Select) index() int {
	for i, o := range s.options {
		if o.ID == s.chosen {
			return i
		}
	}
	return -1
}

func (s *Select) choose(i int) {
	if i < 0 || i >= len(s.options) || s.options[i].ID == s.chosen {
		return
	}
	s.chosen = s.options[i].ID
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(s.chosen)
	}
}

// open shows the list below the field.
func (s *Select) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if c == nil || len(s.options) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, len(s.options))
	for i, o := range s.options {
		items[i] = fyne.NewMenuItem(o.Text, func() { s.choose(i) })
		items[i].Checked = o.ID == s.chosen
	}
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
	pop.ShowAtPosition(at.AddXY(0, s.Size().Height+Px(2)))
	m := pop.MinSize()
	pop.Resize(fyne.NewSize(max(m.Width, s.Size().Width), m.Height))
}

// TypedKey opens the list or goes through it.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		s.byMouse = false
		s.press()
	case fyne.KeyRight:
		s.choose(s.index() + 1)
	case fyne.KeyLeft:
		s.choose(s.index() - 1)
	default:
		s.Pressable.TypedKey(ev)
	}
}

// TypedRune goes to the next choice that begins with the letter.
func (s *Select) TypedRune(r rune) {
	from := s.index()
	for n := 1; n <= len(s.options); n++ {
		i := (from + n) % len(s.options)
		if strings.HasPrefix(strings.ToLower(s.options[i].Text), strings.ToLower(string(r))) {
			s.choose(i)
			return
		}
	}
}

// shownText is what stands in the field and its style.
func (s *Select) shownText() (string, Style) {
	if i := s.index(); i >= 0 {
		return s.options[i].Text, BodyText
	}
	return s.placeHolder, Style{theme.SizeBody, theme.ColorMuted, false}
}

// CreateRenderer is for Fyne.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(color.Transparent)
	word, mark := canvas.NewText("", nil), canvas.NewText(downMark, nil)
	word.Alignment = fyne.TextAlignTrailing
	f := &face{objects: []fyne.CanvasObject{ground, word, mark}}
	paint := func() {
		ground.FillColor, ground.CornerRadius = col(theme.ColorInput), dim(theme.SizeFieldEdge)
		ground.StrokeColor, ground.StrokeWidth = col(theme.ColorEdge), 1
		if s.message != "" {
			ground.StrokeColor, ground.StrokeWidth = col(theme.ColorError), Px(1.5)
		}
		if s.Hovered() {
			ground.FillColor = col(theme.ColorHover)
		}
		if s.focused {
			ground.StrokeColor, ground.StrokeWidth = col(theme.ColorFocusRing), Px(2)
		}
		_, style := s.shownText()
		style.apply(word)
		TableMuted.apply(mark)
	}
	f.layout = func(size fyne.Size) {
		ground.Resize(size)
		m := mark.MinSize()
		mark.Move(fyne.NewPos(size.Width-m.Width-Px(9), (size.Height-m.Height)/2))
		mark.Resize(m)
		text, style := s.shownText()
		room := max(size.Width-m.Width-Px(25), 0)
		word.Text = elide(text, style, room)
		h := word.MinSize().Height
		word.Move(fyne.NewPos(Px(9), (size.Height-h)/2))
		word.Resize(fyne.NewSize(room, h))
	}
	f.min = func() fyne.Size { return fyne.NewSize(Px(90), dim(theme.SizeFieldTall)) }
	f.refresh = func() {
		paint()
		f.layout(s.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
	}
	paint()
	return f
}

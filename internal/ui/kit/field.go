package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// FieldSpec is what a field is made of.
type FieldSpec struct {
	Label string
	Input fyne.CanvasObject // an Entry, a Select, or anything else
	Hint  string            // beside the input, in the colour of caution: "supposé"
	Width float32           // of the input in design pixels; 0 is 150
}

// Field is a row of a form: label left, input right, hint beside the input,
// and below them what is wrong, or only looks so, in words.
type Field struct {
	widget.BaseWidget
	input   fyne.CanvasObject
	width   float32
	label   *Paragraph
	hint    *Text
	message *Paragraph
	wrong   string // why the input is refused
	mark    string // what looks wrong in an input that is accepted
}

// messenger is an input that says what is wrong with it.
type messenger interface {
	onMessage(func(message string))
}

// NewField makes a field. What an Entry of this package finds wrong appears in
// it by itself.
func NewField(spec FieldSpec) *Field {
	f := &Field{
		input:   spec.Input,
		width:   spec.Width,
		label:   NewParagraph(spec.Label, BodyText),
		hint:    NewText(spec.Hint, HintText),
		message: NewParagraph("", ErrorText),
	}
	if f.width == 0 {
		f.width = 150
	}
	f.ExtendBaseWidget(f)
	if m, ok := spec.Input.(messenger); ok {
		m.onMessage(f.SetMessage)
	}
	return f
}

// SetLabel replaces the label.
func (f *Field) SetLabel(text string) { f.label.SetText(text) }

// SetHint replaces the hint; "" shows none.
func (f *Field) SetHint(text string) {
	if f.hint.Text() != text {
		f.hint.SetText(text)
		f.Refresh()
	}
}

// SetMessage says what is wrong; "" says nothing and takes no room.
func (f *Field) SetMessage(text string) {
	f.wrong = text
	f.say()
}

// SetMark says, in the colour of caution, what looks wrong in an input that is
// accepted; what is refused stands before it.
func (f *Field) SetMark(text string) {
	f.mark = text
	f.say()
}

func (f *Field) say() {
	text, style := f.wrong, ErrorText
	if text == "" {
		text, style = f.mark, CautionText
	}
	f.message.SetStyle(style)
	if f.message.Text() != text {
		f.message.SetText(text)
		f.Refresh()
	}
}

// Message is what is said below the input.
func (f *Field) Message() string { return f.message.Text() }

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &face{objects: []fyne.CanvasObject{f.label, f.hint, f.input, f.message}}
	gap := func() float32 { return Px(8) }
	r.layout = func(s fyne.Size) {
		wide := min(Px(f.width), s.Width)
		hint := f.hint.MinSize()
		room := s.Width - wide - gap()
		if f.hint.Text() != "" {
			room -= hint.Width + gap()
		}
		label := widthFirst(f.label, max(room, Px(60)))
		input := f.input.MinSize().Height
		row := max(label, input)
		f.label.Resize(fyne.NewSize(max(room, Px(60)), label))
		f.label.Move(fyne.NewPos(0, (row-label)/2))
		f.input.Resize(fyne.NewSize(wide, input))
		f.input.Move(fyne.NewPos(s.Width-wide, (row-input)/2))
		f.hint.Resize(hint)
		f.hint.Move(fyne.NewPos(s.Width-wide-gap()-hint.Width, (row-hint.Height)/2))
		f.message.Hidden = f.message.Text() == ""
		f.message.Move(fyne.NewPos(0, row+Px(3)))
		f.message.Resize(fyne.NewSize(s.Width, widthFirst(f.message, s.Width)))
	}
	r.min = func() fyne.Size {
		m := fyne.NewSize(Px(f.width)+Px(70), max(f.label.MinSize().Height, f.input.MinSize().Height))
		if f.hint.Text() != "" {
			m.Width += f.hint.MinSize().Width + gap()
		}
		if f.message.Text() != "" {
			m.Height += f.message.MinSize().Height + Px(3)
		}
		return m
	}
	r.refresh = func() { r.layout(f.Size()) }
	return r
}

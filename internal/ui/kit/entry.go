package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// Entry is a line that is typed into. It says what is wrong while it is typed
// through its Field, never by colour alone. The text is passed on as typed:
// comma or point is for Check and its reader to understand.
type Entry struct {
	widget.Entry

	// Check gives the message for a text that is refused, "" for one that is
	// accepted. It runs at each change and may be nil.
	Check func(text string) string
	// Format writes an accepted text in the house's way when the field is
	// left: "30000" becomes "30 000". It may be nil.
	Format func(text string) string
	// Step gives the text one step up (+1) or down (-1) for the arrow keys;
	// false where there is none. It may be nil.
	Step func(text string, delta int) (string, bool)
	// Changed is called with each text, accepted or not.
	Changed func(text string)
	// Left is called when the focus leaves, after Format. It may be nil.
	Left func(text string)

	right   bool
	suffix  string
	message string
	onCheck func(message string)
	shift   float32 // how far the text stands right of where Fyne expects it
	focused bool
}

// NewEntry makes a line for words.
func NewEntry(placeHolder string) *Entry { return newEntry(placeHolder, "", false) }

// NewNumberEntry makes a line for a number, written against the right edge;
// suffix is the unit after it ("%", "MAD"), "" for none.
func NewNumberEntry(placeHolder, suffix string) *Entry { return newEntry(placeHolder, suffix, true) }

// NewMonthEntry makes a line for a month, written against the right edge.
func NewMonthEntry(placeHolder string) *Entry { return newEntry(placeHolder, "", true) }

func newEntry(placeHolder, suffix string, right bool) *Entry {
	e := &Entry{right: right, suffix: suffix}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.PlaceHolder = placeHolder
	e.OnChanged = e.changed
	e.ExtendBaseWidget(e)
	return e
}

// mostTyped is how many bytes a line holds: drawing millions of signs takes all the
// memory there is, and pasting a line behind itself doubles it.
const mostTyped = 16 << 10

func (e *Entry) changed(text string) {
	if len(text) > mostTyped {
		e.SetText(strings.ToValidUTF8(text[:mostTyped], "")) // which calls this again
		return
	}
	e.check(text)
	if e.Changed != nil {
		e.Changed(text)
	}
}

func (e *Entry) check(text string) {
	message := ""
	if e.Check != nil {
		message = e.Check(text)
	}
	e.SetMessage(message)
}

// SetMessage shows why the text is refused, or "" that it is accepted. The
// screen calls it for what only the whole form can know.
func (e *Entry) SetMessage(message string) {
	if e.message == message {
		return
	}
	e.message = message
	if e.onCheck != nil {
		e.onCheck(message)
	}
	e.Refresh()
}

// Message is what is shown as wrong now, "" if nothing is.
func (e *Entry) Message() string { return e.message }

// Put shows a text that did not come from the keyboard: Changed is not called.
// While the line has the focus it is left alone, so that a result that comes
// back does not move the caret.
func (e *Entry) Put(text string) {
	if e.focused || e.Text == text {
		return
	}
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = e.changed
	e.check(text)
}

// onMessage lets the field hear what is wrong.
func (e *Entry) onMessage(f func(string)) {
	e.onCheck = f
	f(e.message)
}

// FocusGained brings the line into view and remembers the focus for Put.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	reveal(e)
}

// FocusLost writes an accepted text in the house's way.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.Format != nil && e.message == "" && e.Text != "" {
		e.Put(e.Format(e.Text))
	}
	if e.Left != nil {
		e.Left(e.Text)
	}
}

// TypedKey steps with the arrows and hands the window its keys.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case WindowKey(ev.Name):
		PassKey(e, ev)
	case ev.Name == fyne.KeyUp && e.Step != nil:
		e.step(1)
	case ev.Name == fyne.KeyDown && e.Step != nil:
		e.step(-1)
	default:
		e.Entry.TypedKey(ev)
	}
}

// TypedShortcut also hands a shortcut to the window: Fyne gives it to the
// focused line alone, and Ctrl+1 must leave the form from inside of it.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	e.Entry.TypedShortcut(shortcut)
	handOn(shortcut, fyne.CurrentApp().Driver().CanvasForObject(e))
}

// handOn gives a shortcut of ours to the window's canvas, which takes them
// though Fyne's interface of it does not say so. Copy, paste and undo belong
// to the line alone.
func handOn(shortcut fyne.Shortcut, canvas any) {
	if _, own := shortcut.(*desktop.CustomShortcut); !own {
		return
	}
	if c, ok := canvas.(fyne.Shortcutable); ok {
		c.TypedShortcut(shortcut)
	}
}

func (e *Entry) step(delta int) {
	if text, ok := e.Step(e.Text, delta); ok {
		e.SetText(text)
		e.CursorColumn = len([]rune(text))
		e.Refresh()
	}
}

// MouseDown places the caret where the text is drawn.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	moved := *m
	moved.Position.X -= e.shift
	e.Entry.MouseDown(&moved)
}

// Dragged selects where the text is drawn.
func (e *Entry) Dragged(d *fyne.DragEvent) {
	moved := *d
	moved.Position.X -= e.shift
	e.Entry.Dragged(&moved)
}

// MinSize is the height of a field and room for a short number.
func (e *Entry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	return fyne.NewSize(Px(72), dim(theme.SizeFieldTall))
}

// CreateRenderer wraps Fyne's: it moves the line against the right edge and
// draws the edge of the field by state.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	inner := e.Entry.CreateRenderer()
	r := &entryFace{WidgetRenderer: inner, entry: e, unit: canvas.NewText("", nil), edge: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type entryFace struct {
	fyne.WidgetRenderer
	entry *Entry
	unit  *canvas.Text
	edge  *canvas.Rectangle
}

// Fyne's renderer lists its ground, its edge and then what scrolls the text.
const scrollIndex = 2

// Objects is Fyne's, with its ground and edge replaced by one of ours, which
// is also the ground of a Select: the two look the same side by side.
func (r *entryFace) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	out := make([]fyne.CanvasObject, 0, len(inner)+1)
	out = append(out, r.edge)
	out = append(out, inner[scrollIndex:]...)
	return append(out, r.unit)
}

// Layout is for Fyne.
func (r *entryFace) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	inner := r.WidgetRenderer.Objects()
	r.edge.Resize(s)
	room := s.Width
	if r.entry.suffix != "" {
		m := r.unit.MinSize()
		r.unit.Resize(m)
		r.unit.Move(fyne.NewPos(s.Width-m.Width-Px(9), (s.Height-m.Height)/2))
		room -= m.Width + Px(5)
	}
	text, tall := r.entry.Text, BodyText.measure("").Height
	if text == "" {
		text = r.entry.PlaceHolder
	}
	pad := innerPadding()
	wide := min(BodyText.measure(text).Width+2*pad+Px(2), room)
	r.entry.shift = 0
	if r.entry.right {
		r.entry.shift = room - wide
	} else {
		wide = room
	}
	scroll := inner[scrollIndex]
	// Fyne sets its line a pixel higher than a label; the unit beside it is one.
	scroll.Move(fyne.NewPos(r.entry.shift, (s.Height-tall-2*pad)/2+Px(1)))
	scroll.Resize(fyne.NewSize(wide, tall+2*pad))
}

// MinSize is for Fyne.
func (r *entryFace) MinSize() fyne.Size { return r.entry.MinSize() }

func (r *entryFace) paint() {
	MutedText.apply(r.unit)
	r.unit.TextSize = dim(theme.SizeBody)
	r.unit.Text = r.entry.suffix
	r.edge.FillColor, r.edge.CornerRadius = col(theme.ColorInput), dim(theme.SizeFieldEdge)
	r.edge.StrokeColor, r.edge.StrokeWidth = col(theme.ColorEdge), 1
	if r.entry.message != "" {
		r.edge.StrokeColor, r.edge.StrokeWidth = col(theme.ColorError), Px(1.5)
	}
	if r.entry.focused {
		r.edge.StrokeColor, r.edge.StrokeWidth = col(theme.ColorFocusRing), Px(2)
	}
}

// Refresh is for Fyne.
func (r *entryFace) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
	r.Layout(r.entry.Size())
	r.edge.Refresh()
	r.unit.Refresh()
}

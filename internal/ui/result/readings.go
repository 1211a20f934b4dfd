package result

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// readingView lists the open questions of the text with their answers.
type readingView struct {
	t      *i18n.Catalogue
	choose func(id, value string, settled bool)
	room   *fyne.Container
	rows   []*readingRow
	shown  []reading
}

type readingRow struct {
	question       *kit.Text
	reason, effect *kit.Paragraph
	answers        []*choice
	settled        *choice
	box            *fyne.Container
}

func newReadingView(t *i18n.Catalogue, choose func(id, value string, settled bool)) *readingView {
	return &readingView{t: t, choose: choose, room: kit.VStack(8)}
}

func (v *readingView) object() fyne.CanvasObject { return v.room }

func (v *readingView) show(m *model) {
	if !v.fits(m.readings) {
		v.build(m.readings)
	}
	v.shown = m.readings
	for i, in := range m.readings {
		row := v.rows[i]
		row.question.SetText(in.question)
		row.reason.SetText(in.reason)
		row.effect.SetText(in.effect)
		for k, a := range in.values {
			row.answers[k].set(a.text, a.value == in.chosen)
		}
		row.settled.set(v.t.Text("result.readings.settled"), in.settled)
	}
	v.room.Refresh()
}

func (v *readingView) fits(in []reading) bool {
	if len(in) != len(v.rows) {
		return false
	}
	for i := range in {
		if len(in[i].values) != len(v.rows[i].answers) {
			return false
		}
	}
	return true
}

func (v *readingView) build(in []reading) {
	v.rows = nil
	v.room.Objects = []fyne.CanvasObject{kit.NewParagraph(v.t.Text("result.readings.intro"), kit.MutedText)}
	for i := range in {
		row := &readingRow{
			question: kit.NewText("", kit.StrongText),
			reason:   kit.NewParagraph("", kit.TableText), effect: kit.NewParagraph("", kit.MutedText),
		}
		row.settled = newChoice(true, func() {
			x := v.shown[i]
			v.choose(x.id, x.chosen, !x.settled)
		})
		answers := kit.VStack(0)
		for k := range in[i].values {
			c := newChoice(false, func() {
				x := v.shown[i]
				v.choose(x.id, x.values[k].value, x.settled)
			})
			row.answers = append(row.answers, c)
			answers.Objects = append(answers.Objects, c)
		}
		answers.Objects = append(answers.Objects, row.settled)
		row.box = kit.VStack(3, row.question, row.reason, answers, row.effect)
		v.rows = append(v.rows, row)
		v.room.Objects = append(v.room.Objects, kit.NewRule(), row.box)
	}
}

// choice is one answer of several (round), or something that is on or off
// (square): a sign and a word, pressed with mouse, Enter or Space.
type choice struct {
	kit.Pressable
	square bool
	text   string
	on     bool
}

func newChoice(square bool, tapped func()) *choice {
	c := &choice{square: square}
	c.OnTapped = tapped
	c.Init(c)
	return c
}

func (c *choice) set(text string, on bool) {
	if c.text != text || c.on != on {
		c.text, c.on = text, on
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	f := &choiceFace{c: c, box: canvas.NewRectangle(nil), dot: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), word: kit.NewParagraph("", kit.TableText)}
	f.paint()
	return f
}

type choiceFace struct {
	c              *choice
	box, dot, ring *canvas.Rectangle
	word           *kit.Paragraph
}

// Objects is for Fyne.
func (f *choiceFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ring, f.box, f.dot, f.word}
}

// Destroy is for Fyne.
func (f *choiceFace) Destroy() {}

// Sizes of a choice, in design pixels.
const (
	choiceBox  = 16
	choiceDot  = 8
	choiceLead = 26 // from the left edge to the word
	choicePad  = 4  // above and below
)

// Layout is for Fyne.
func (f *choiceFace) Layout(s fyne.Size) {
	box, dot, pad := kit.Px(choiceBox), kit.Px(choiceDot), kit.Px(choicePad)
	f.word.Move(fyne.NewPos(kit.Px(choiceLead), pad))
	f.word.Resize(fyne.NewSize(max(s.Width-kit.Px(choiceLead), 0), s.Height-2*pad))
	f.box.Move(fyne.NewPos(0, pad+kit.Px(1)))
	f.box.Resize(fyne.NewSquareSize(box))
	f.dot.Move(fyne.NewPos((box-dot)/2, pad+kit.Px(1)+(box-dot)/2))
	f.dot.Resize(fyne.NewSquareSize(dot))
	f.ring.Move(fyne.NewPos(-kit.Px(3), 0))
	f.ring.Resize(fyne.NewSize(s.Width+kit.Px(6), s.Height))
}

// MinSize is for Fyne.
func (f *choiceFace) MinSize() fyne.Size {
	return f.word.MinSize().AddWidthHeight(kit.Px(choiceLead), 2*kit.Px(choicePad))
}

// Refresh is for Fyne.
func (f *choiceFace) Refresh() {
	f.paint()
	f.Layout(f.c.Size())
	for _, o := range []*canvas.Rectangle{f.ring, f.box, f.dot} {
		o.Refresh()
	}
}

func (f *choiceFace) paint() {
	c := f.c
	style := kit.TableText
	if c.on {
		style = kit.TableStrong
	}
	f.word.SetStyle(style)
	f.word.SetText(c.text)
	edge := theme.ColorMuted
	if c.on || c.Hovered() {
		edge = theme.ColorPrimary
	}
	round := kit.Px(choiceBox) / 2
	if c.square {
		round = kit.Px(3)
	}
	f.box.FillColor, f.box.StrokeColor, f.box.StrokeWidth = color.Transparent, fynetheme.Color(edge), kit.Px(1.5)
	f.box.CornerRadius = round
	f.dot.FillColor, f.dot.CornerRadius = fynetheme.Color(theme.ColorPrimary), kit.Px(choiceDot)/2
	if c.square {
		f.dot.CornerRadius = kit.Px(1)
	}
	f.dot.Hidden = !c.on
	f.ring.FillColor, f.ring.StrokeColor, f.ring.StrokeWidth = color.Transparent, fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	f.ring.CornerRadius = kit.Px(5)
	f.ring.Hidden = !c.Ringed()
}

package compare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// weight is the row of a criterion: its name and points, the bar that moves them,
// what the points are given for, and why the scale is what it is.
type weight struct {
	id     string
	bar    *slider
	points *kit.Text
	box    *fyne.Container
}

func newWeight(pg *Page, c *rules.Criterion, relayout func()) *weight {
	t := pg.t
	w := &weight{id: c.ID, points: kit.NewTextRight("", kit.StrongText)}
	w.bar = newSlider(func(points int) {
		pg.board.setWeight(c.ID, points)
		pg.changed()
	})
	name := kit.NewText(pg.p.Desk.CriterionName(c.ID), kit.BodyText)
	reason := kit.NewParagraph(t.Text("criterion."+c.ID+".reason"), kit.MutedText)
	reason.Hide()
	ask := kit.NewFigure(t.Text("compare.scale"), kit.MutedText, nil)
	ask.OnTapped = func() {
		reason.Hidden = !reason.Hidden
		w.box.Refresh()
		relayout()
	}
	swing := kit.NewText(pg.p.Desk.SaySwing(c), kit.MutedText)
	w.box = kit.VStack(1, kit.Ends(8, name, w.points), w.bar, kit.Ends(8, swing, ask), reason)
	return w
}

func (w *weight) show(points int, text string) {
	w.bar.put(points)
	w.points.SetText(text)
	w.box.Refresh()
}

// slider is a bar of 0 to 100 points that mouse and keyboard move: arrows by one,
// page keys by ten, Home and End to the ends.
type slider struct {
	kit.Pressable
	value   int
	changed func(int) // by a person
}

func newSlider(changed func(int)) *slider {
	s := &slider{changed: changed}
	s.Init(s)
	return s
}

// put shows points that nobody moved here.
func (s *slider) put(points int) {
	if s.value != points {
		s.value = points
		s.Refresh()
	}
}

func (s *slider) move(to int) {
	if to = min(max(to, 0), desk.MaxPoints); to != s.value {
		s.value = to
		s.Refresh()
		s.changed(to)
	}
}

// Measures of a slider in design pixels.
const (
	sliderTall = 18
	trackTall  = 6
	knobWide   = 12
)

// at is the points of a place on the bar.
func (s *slider) at(x float32) int {
	knob := kit.Px(knobWide)
	room := max(s.Size().Width-knob, 1)
	return int((x-knob/2)/room*desk.MaxPoints + 0.5)
}

// Tapped takes the points under the pointer.
func (s *slider) Tapped(ev *fyne.PointEvent) {
	s.Pressable.Tapped(ev)
	s.move(s.at(ev.Position.X))
}

// Dragged follows the pointer.
func (s *slider) Dragged(ev *fyne.DragEvent) { s.move(s.at(ev.Position.X)) }

// DragEnd leaves the keyboard where the pointer was: arrows go on from there.
func (s *slider) DragEnd() { focus(s) }

// TypedKey moves the points.
func (s *slider) TypedKey(ev *fyne.KeyEvent) {
	const page = 10
	switch ev.Name {
	case fyne.KeyRight, fyne.KeyUp:
		s.move(s.value + 1)
	case fyne.KeyLeft, fyne.KeyDown:
		s.move(s.value - 1)
	case fyne.KeyPageUp:
		s.move(s.value + page)
	case fyne.KeyPageDown:
		s.move(s.value - page)
	case fyne.KeyHome:
		s.move(0)
	case fyne.KeyEnd:
		s.move(desk.MaxPoints)
	default:
		s.Pressable.TypedKey(ev)
	}
}

// CreateRenderer is for Fyne.
func (s *slider) CreateRenderer() fyne.WidgetRenderer {
	f := &sliderFace{s: s, knob: canvas.NewCircle(color.Transparent)}
	f.track, f.fill, f.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(color.Transparent)
	f.paint()
	return f
}

type sliderFace struct {
	s                 *slider
	track, fill, ring *canvas.Rectangle
	knob              *canvas.Circle
}

func (f *sliderFace) paint() {
	f.track.FillColor, f.fill.FillColor = fynetheme.Color(theme.ColorPrimarySoft), fynetheme.Color(theme.ColorPrimary)
	f.knob.FillColor, f.knob.StrokeColor, f.knob.StrokeWidth = fynetheme.Color(theme.ColorPrimary), fynetheme.Color(theme.ColorSurface), kit.Px(2)
	f.ring.StrokeColor, f.ring.StrokeWidth = fynetheme.Color(theme.ColorFocusRing), kit.Px(2)
	f.ring.Hidden = !f.s.Ringed()
	f.track.CornerRadius, f.fill.CornerRadius, f.ring.CornerRadius = kit.Px(3), kit.Px(3), kit.Px(6)
}

// Layout is for Fyne.
func (f *sliderFace) Layout(s fyne.Size) {
	knob, tall := kit.Px(knobWide), kit.Px(trackTall)
	y := (s.Height - tall) / 2
	x := (s.Width - knob) * float32(f.s.value) / desk.MaxPoints
	f.track.Move(fyne.NewPos(0, y))
	f.track.Resize(fyne.NewSize(s.Width, tall))
	f.fill.Move(fyne.NewPos(0, y))
	f.fill.Resize(fyne.NewSize(x+knob/2, tall))
	f.knob.Move(fyne.NewPos(x, (s.Height-knob)/2))
	f.knob.Resize(fyne.NewSquareSize(knob))
	f.ring.Move(fyne.NewPos(-kit.Px(4), 0))
	f.ring.Resize(s.AddWidthHeight(2*kit.Px(4), 0))
}

// MinSize is for Fyne.
func (f *sliderFace) MinSize() fyne.Size { return fyne.NewSize(kit.Px(80), kit.Px(sliderTall)) }

// Refresh is for Fyne.
func (f *sliderFace) Refresh() {
	f.paint()
	f.Layout(f.s.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *sliderFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.track, f.fill, f.knob, f.ring}
}

// Destroy is for Fyne.
func (f *sliderFace) Destroy() {}

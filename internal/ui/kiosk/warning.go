package kiosk

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// Warning stands over the whole window while nobody seems to be there. A press
// anywhere goes on.
type Warning struct {
	widget.BaseWidget
	texts *i18n.Catalogue
	goOn  func()
	left  *kit.Text
	again *kit.Button
	box   fyne.CanvasObject
}

// NewWarning makes a warning with a time that is left; goOn is called when somebody
// is there.
func NewWarning(t *i18n.Catalogue, left time.Duration, goOn func()) *Warning {
	w := &Warning{texts: t, goOn: goOn, left: kit.NewText("", kit.HeadlineText), again: kit.NewButton(kit.Primary, t.Text("kiosk.warning.goOn"), goOn)}
	w.left.Align = fyne.TextAlignCenter
	title, text := kit.NewText(t.Text("kiosk.warning.title"), kit.PanelTotalText), kit.NewText(t.Text("kiosk.warning.text"), kit.BodyText)
	title.Align, text.Align = fyne.TextAlignCenter, fyne.TextAlignCenter
	w.box = container.NewCenter(kit.VStack(18, title, text, w.left, kit.Gap(6), container.New(big{}, w.again)))
	w.SetLeft(left)
	w.ExtendBaseWidget(w)
	return w
}

// SetLeft shows how much time is left, in whole seconds.
func (w *Warning) SetLeft(left time.Duration) {
	whole := int64((left + time.Second - 1) / time.Second)
	w.left.SetText(w.texts.Text("kiosk.warning.left", "count", whole))
}

// First is what gets the focus.
func (w *Warning) First() fyne.Focusable { return w.again }

// Tapped goes on.
func (w *Warning) Tapped(*fyne.PointEvent) { w.goOn() }

// CreateRenderer is for Fyne.
func (w *Warning) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(fynetheme.Color(theme.ColorBackground))
	return widget.NewSimpleRenderer(container.NewStack(ground, w.box))
}

// big is room for a press that is not missed.
type big struct{}

const bigWide, bigTall = 320, 64 // design pixels

// Layout is for Fyne.
func (big) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	wide := min(kit.Px(bigWide), s.Width)
	objects[0].Move(fyne.NewPos((s.Width-wide)/2, 0))
	objects[0].Resize(fyne.NewSize(wide, s.Height))
}

// MinSize is for Fyne.
func (big) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Px(bigWide), kit.Px(bigTall))
}

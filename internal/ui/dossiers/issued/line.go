package issued

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

const columns = 5 // of the list: number, date, project, total, dossier

// Shares of the width, and which columns stand against the right edge.
var (
	shares  = [columns]float32{0.16, 0.18, 0.32, 0.22, 0.12}
	onRight = [columns]bool{false, false, false, true, true}
)

// line is a paper of the list.
type line struct {
	widget.BaseWidget
	texts [columns]*kit.Text
}

func newLine() fyne.CanvasObject {
	l := &line{}
	for i := range l.texts {
		text := kit.NewText
		if onRight[i] {
			text = kit.NewTextRight
		}
		l.texts[i] = text("", kit.TableText)
		l.texts[i].Elide = true
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) put(texts [columns]string) {
	for i, s := range texts {
		l.texts[i].SetText(s)
	}
}

// mute makes it the line of titles.
func (l *line) mute() {
	for _, t := range l.texts {
		t.SetStyle(kit.TableMuted)
	}
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	f := &lineFace{}
	for _, t := range l.texts {
		f.objects = append(f.objects, t)
	}
	return f
}

type lineFace struct{ objects []fyne.CanvasObject }

// Layout is for Fyne.
func (f *lineFace) Layout(s fyne.Size) {
	x, gap := kit.Px(8), kit.Px(14)
	whole := s.Width - 2*x
	for i, o := range f.objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(whole*shares[i]-gap, h))
		x += whole * shares[i]
	}
}

// MinSize is for Fyne.
func (f *lineFace) MinSize() fyne.Size { return fyne.NewSize(kit.Px(400), kit.Px(36)) }

// Refresh is for Fyne.
func (f *lineFace) Refresh() {
	for _, o := range f.objects {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *lineFace) Objects() []fyne.CanvasObject { return f.objects }

// Destroy is for Fyne.
func (f *lineFace) Destroy() {}

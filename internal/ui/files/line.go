package files

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// line is a row of the list: five texts in fixed shares of the width.
type line struct {
	widget.BaseWidget
	texts [5]*kit.Text
}

// Shares of the width, and which columns stand against the right edge.
var (
	shares  = [5]float32{0.38, 0.18, 0.20, 0.08, 0.16}
	onRight = [5]bool{false, false, true, true, true}
)

func newLine() fyne.CanvasObject {
	l := &line{}
	for i := range l.texts {
		style := kit.TableText
		if i > 0 && i != 2 {
			style = kit.TableMuted
		}
		if onRight[i] {
			l.texts[i] = kit.NewTextRight("", style)
		} else {
			l.texts[i] = kit.NewText("", style)
		}
		l.texts[i].Elide = true
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) put(r row, head bool) {
	for i, s := range [5]string{r.name, r.place, r.total, r.heads, r.when} {
		if head {
			l.texts[i].SetStyle(kit.TableMuted)
		}
		l.texts[i].SetText(s)
	}
	if last := l.texts[len(l.texts)-1]; r.disputed {
		last.SetStyle(kit.CautionText)
	} else {
		last.SetStyle(kit.TableMuted)
	}
}

func (pg *Page) update(i widget.ListItemID, o fyne.CanvasObject) {
	if i < len(pg.shown) {
		e := &pg.rows[pg.shown[i]].Entry
		r := makeRow(pg.p.Desk, e)
		if n := pg.disputed(e.ID); n > 0 {
			r.when, r.disputed = pg.p.Desk.Texts().Text("sharing.versions", "count", n), true
		}
		o.(*line).put(r, false)
	}
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(l.texts))
	for i, t := range l.texts {
		objects[i] = t
	}
	return &lineRenderer{l, objects}
}

type lineRenderer struct {
	l       *line
	objects []fyne.CanvasObject
}

func (r *lineRenderer) Layout(s fyne.Size) {
	x, gap := kit.Px(8), kit.Px(16)
	wide := s.Width - 2*x
	for i, o := range r.objects {
		w := wide*shares[i] - gap
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		if onRight[i] {
			o.Move(fyne.NewPos(x+gap, (s.Height-h)/2))
		}
		o.Resize(fyne.NewSize(w, h))
		x += wide * shares[i]
	}
}

func (r *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(kit.Px(400), kit.Px(36)) }

func (r *lineRenderer) Refresh() {
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *lineRenderer) Destroy() {}

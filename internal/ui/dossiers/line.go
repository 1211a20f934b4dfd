package dossiers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// line is a contact of the list: name and grade, then company and what comes next.
type line struct {
	widget.BaseWidget
	name, company, grade, next *kit.Text
}

func newLine() fyne.CanvasObject {
	l := &line{
		name: kit.NewText("", kit.StrongText), grade: kit.NewTextRight("", kit.TableMuted),
		company: kit.NewText("", kit.TableMuted), next: kit.NewText("", kit.TableMuted),
	}
	l.name.Elide, l.company.Elide, l.next.Elide = true, true, true
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) put(r row) {
	style := kit.MutedText
	if r.late {
		style = kit.CautionText
	}
	l.next.SetStyle(style)
	l.name.SetText(r.name)
	l.company.SetText(r.company)
	l.grade.SetText(r.grade)
	l.next.SetText(r.next)
	l.Refresh()
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	return &lineFace{l, []fyne.CanvasObject{l.name, l.company, l.grade, l.next}}
}

type lineFace struct {
	l       *line
	objects []fyne.CanvasObject
}

// Layout is for Fyne.
func (f *lineFace) Layout(s fyne.Size) {
	l, in, gap := f.l, kit.Px(8), kit.Px(10)
	put := func(o *kit.Text, x, y, width float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, h))
	}
	whole, grade := s.Width-2*in, min(kit.NaturalWidth(l.grade), s.Width/2)
	put(l.name, in, kit.Px(5), whole-grade-gap)
	put(l.grade, in+whole-grade, kit.Px(6), grade)
	put(l.company, in, kit.Px(25), whole)
	put(l.next, in, kit.Px(44), whole)
}

// MinSize is for Fyne.
func (f *lineFace) MinSize() fyne.Size { return fyne.NewSize(kit.Px(200), kit.Px(66)) }

// Refresh is for Fyne.
func (f *lineFace) Refresh() {
	f.Layout(f.l.Size())
	for _, o := range f.objects {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *lineFace) Objects() []fyne.CanvasObject { return f.objects }

// Destroy is for Fyne.
func (f *lineFace) Destroy() {}

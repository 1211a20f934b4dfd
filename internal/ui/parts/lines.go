package parts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/kit"
)

// Spot is where a column stands in a line of two rows. Columns of one spot stand there
// together.
type Spot int

// The spots of a line of two rows.
const (
	Away Spot = iota // left out
	TopLeft
	TopRight
	BottomLeft
	BottomRight
)

// LineColumn is a column of Lines.
type LineColumn struct {
	Title  string
	Share  float32 // of the width, in one row
	Right  bool    // against the right edge
	Whole  bool    // never cut: amounts, dates and numbers
	Style  kit.Style
	Folded Spot // where there is no room for one row
}

// LinesParams is what a list is made of. Put writes a line; Length is how many there
// are; None stands for them where Empty says so.
type LinesParams struct {
	Columns []LineColumn
	None    string
	Length  func() int
	Put     func(i int, l *Line)
	Chosen  func(i int)
}

// Lines is a list of which each line is a row of columns under their titles. Where
// those have no room, each line is two rows, and the titles are those of the first.
type Lines struct {
	Box  *fyne.Container
	List *widget.List

	p      LinesParams
	none   *kit.Paragraph
	narrow bool
}

// Measures in design pixels.
const (
	lineNarrow  = 960 // a list that has less folds its lines
	lineTall    = 36
	linePair    = 54 // of two rows
	lineApart   = 23 // those from each other
	linePad     = 8
	lineGap     = 16
	titleBottom = 8
)

// NewLines makes a list; show its Box.
func NewLines(p LinesParams) *Lines {
	x := &Lines{p: p, none: kit.NewParagraph(p.None, kit.MutedText)}
	x.none.Hide()
	titles := newLine(x)
	titles.title = true
	texts := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		texts[i] = c.Title
		titles.SetStyle(i, kit.TableMuted)
	}
	titles.Put(texts...)
	x.List = widget.NewList(p.Length, func() fyne.CanvasObject { return newLine(x) }, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < p.Length() {
			p.Put(i, o.(*Line))
		}
	})
	x.List.OnSelected = func(i widget.ListItemID) {
		if i < p.Length() {
			p.Chosen(i)
		}
	}
	x.Box = &fyne.Container{Layout: x, Objects: []fyne.CanvasObject{titles, kit.NewRule(), x.none, x.List}}
	return x
}

// Refresh shows the lines as they are now; empty is that nothing is kept at all.
func (x *Lines) Refresh(empty bool) {
	x.none.Hidden = !empty
	x.List.Refresh()
	x.Box.Refresh()
}

// Layout is for Fyne.
func (x *Lines) Layout(o []fyne.CanvasObject, s fyne.Size) {
	titles, rule, none, list := o[0], o[1], o[2], o[3]
	if narrow := s.Width < kit.Px(lineNarrow); x.narrow != narrow {
		x.narrow = narrow
		titles.Refresh()
		x.List.Refresh() // which takes the height of a line anew
	}
	y := titles.MinSize().Height
	titles.Resize(fyne.NewSize(s.Width, y))
	rule.Move(fyne.NewPos(0, y))
	rule.Resize(fyne.NewSize(s.Width, rule.MinSize().Height))
	y += rule.MinSize().Height
	if none.Visible() {
		y += kit.Px(titleBottom)
		none.Move(fyne.NewPos(0, y))
		none.Resize(fyne.NewSize(s.Width, heightAt(none, s.Width)))
		y += none.Size().Height
	}
	list.Move(fyne.NewPos(0, y))
	list.Resize(fyne.NewSize(s.Width, max(s.Height-y, 0)))
}

// MinSize is for Fyne: the lines scroll.
func (x *Lines) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Px(400), o[0].MinSize().Height+o[2].MinSize().Height+o[3].MinSize().Height)
}

// Line is one line of a list.
type Line struct {
	widget.BaseWidget
	of    *Lines
	title bool // one row always
	texts []*kit.Text
	said  []string
}

func newLine(of *Lines) *Line {
	l := &Line{of: of, said: make([]string, len(of.p.Columns))}
	for _, c := range of.p.Columns {
		l.texts = append(l.texts, kit.NewText("", c.Style))
	}
	l.ExtendBaseWidget(l)
	return l
}

// Put writes the texts of the columns.
func (l *Line) Put(texts ...string) {
	copy(l.said, texts)
	l.Refresh()
}

// SetStyle writes a column in a style.
func (l *Line) SetStyle(column int, s kit.Style) { l.texts[column].SetStyle(s) }

// CreateRenderer is for Fyne.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	f := &lineFace{l: l}
	for _, t := range l.texts {
		f.objects = append(f.objects, t)
	}
	return f
}

type lineFace struct {
	l       *Line
	objects []fyne.CanvasObject
}

// Layout is for Fyne.
func (f *lineFace) Layout(s fyne.Size) {
	if f.l.of.narrow {
		f.pair(s)
	} else {
		f.row(s)
	}
}

// row puts the columns beside each other. What is never cut keeps its edge and takes
// what it needs from the text before it.
func (f *lineFace) row(s fyne.Size) {
	columns, gap := f.l.of.p.Columns, kit.Px(lineGap)
	right, end := s.Width-kit.Px(linePad), s.Width-kit.Px(linePad)
	for i := len(columns) - 1; i >= 0; i-- {
		c, t := columns[i], f.l.texts[i]
		left := right - (s.Width-2*kit.Px(linePad))*c.Share
		t.SetText(f.l.said[i])
		t.Show()
		wide := end - left
		if c.Whole && c.Right {
			wide = max(wide, kit.NaturalWidth(t))
		}
		f.put(t, end-wide, wide, s.Height/2, c)
		right, end = left, min(left, end-wide)-gap
	}
}

// pair puts the columns into two rows, titles into one.
func (f *lineFace) pair(s fyne.Size) {
	columns := f.l.of.p.Columns
	var spots [BottomRight + 1][]int
	for i, c := range columns {
		f.l.texts[i].Hide()
		if f.l.said[i] != "" {
			spots[c.Folded] = append(spots[c.Folded], i)
		}
	}
	rows := [][2]Spot{{TopLeft, TopRight}, {BottomLeft, BottomRight}}
	if f.l.title {
		rows = rows[:1]
	}
	for n, row := range rows {
		y := s.Height/2 + kit.Px(lineApart)*(float32(n)-float32(len(rows)-1)/2)
		left, room := kit.Px(linePad), s.Width-2*kit.Px(linePad)
		if t := f.join(spots[row[1]]); t != nil {
			wide := kit.NaturalWidth(t)
			f.put(t, left+room-wide, wide, y, LineColumn{Whole: true, Right: true})
			room -= wide + kit.Px(lineGap)
		}
		if t := f.join(spots[row[0]]); t != nil {
			f.put(t, left, max(room, 0), y, LineColumn{})
		}
	}
}

// join writes the columns of a spot into the first of them, which is shown.
func (f *lineFace) join(columns []int) *kit.Text {
	if len(columns) == 0 {
		return nil
	}
	said := make([]string, len(columns))
	for n, i := range columns {
		said[n] = f.l.said[i]
	}
	t := f.l.texts[columns[0]]
	t.SetText(strings.Join(said, " · "))
	t.Show()
	return t
}

// put gives a text its place, centred on y.
func (f *lineFace) put(t *kit.Text, x, width, y float32, c LineColumn) {
	t.Elide, t.Align = !c.Whole, fyne.TextAlignLeading
	if c.Right {
		t.Align = fyne.TextAlignTrailing
	}
	tall := t.MinSize().Height
	t.Move(fyne.NewPos(x, y-tall/2))
	t.Resize(fyne.NewSize(max(width, 1), tall))
	t.Refresh()
}

// MinSize is for Fyne.
func (f *lineFace) MinSize() fyne.Size {
	tall := float32(lineTall)
	if f.l.of.narrow && !f.l.title {
		tall = linePair
	}
	return fyne.NewSize(kit.Px(400), kit.Px(tall))
}

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

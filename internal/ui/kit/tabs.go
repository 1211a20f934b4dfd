package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"atlasp2i/internal/ui/theme"
)

// Tabs is a row of views of the same thing. It is one stop of the focus: Left,
// Right, Home and End change the view.
type Tabs struct {
	Pressable
	OnChanged func(index int)

	labels   []string
	selected int
	ends     []fyne.Position // right end of each label, under it
	gap      float32         // between two labels, as laid out
}

// NewTabs makes a row of tabs, the first one chosen.
func NewTabs(labels []string, changed func(index int)) *Tabs {
	t := &Tabs{labels: labels, OnChanged: changed}
	t.Init(t)
	return t
}

// SetLabels replaces the labels in place; their number may change.
func (t *Tabs) SetLabels(labels []string) {
	same := len(labels) == len(t.labels)
	for i := 0; same && i < len(labels); i++ {
		same = labels[i] == t.labels[i]
	}
	if same {
		return
	}
	t.labels = labels
	t.selected = max(min(t.selected, len(labels)-1), 0)
	t.Refresh()
}

// Selected is the index of the view shown.
func (t *Tabs) Selected() int { return t.selected }

// Select changes the view and calls OnChanged if it is another one.
func (t *Tabs) Select(i int) {
	if i < 0 || i >= len(t.labels) || i == t.selected {
		return
	}
	t.selected = i
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(i)
	}
}

// Tapped chooses the label under the pointer.
func (t *Tabs) Tapped(ev *fyne.PointEvent) {
	t.byMouse = true
	t.takeFocus()
	for i, end := range t.ends {
		if ev.Position.X <= end.X+t.gap/2 && ev.Position.Y <= end.Y && ev.Position.Y >= end.Y-tabTall() {
			t.Select(i)
			return
		}
	}
}

// TypedKey goes through the views.
func (t *Tabs) TypedKey(ev *fyne.KeyEvent) {
	t.byMouse = false
	switch ev.Name {
	case fyne.KeyLeft:
		t.Select(t.selected - 1)
	case fyne.KeyRight:
		t.Select(t.selected + 1)
	case fyne.KeyHome:
		t.Select(0)
	case fyne.KeyEnd:
		t.Select(len(t.labels) - 1)
	default:
		PassKey(t, ev)
	}
	t.Refresh()
}

// The space between two labels in design pixels, where there is room and at least.
const (
	tabGap    = 22
	tabGapMin = 10
)

// fit is the space between two labels at a width.
func (t *Tabs) fit(width float32) float32 {
	for _, label := range t.labels {
		width -= LinkText.measure(label).Width
	}
	return min(max(width/float32(max(len(t.labels)-1, 1)), Px(tabGapMin)), Px(tabGap))
}

// Natural is the width at which all labels stand in one row.
func (t *Tabs) Natural() float32 {
	wide := Px(tabGapMin) * float32(max(len(t.labels)-1, 0))
	for _, label := range t.labels {
		wide += LinkText.measure(label).Width
	}
	return wide
}

// rows are the labels of each row at a width: one row where they fit, as always
// where the width is not known yet.
func (t *Tabs) rows(width float32) [][]int {
	var out [][]int
	x := float32(0)
	for i, label := range t.labels {
		wide := LinkText.measure(label).Width
		if i == 0 || width > 0 && x+wide > width+0.5 {
			out, x = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], i)
		x += wide + Px(tabGapMin)
	}
	return out
}

// tabTall is the height of a row of labels.
func tabTall() float32 { return LinkText.measure("").Height + Px(9) }

func (t *Tabs) style(i int) Style {
	if i == t.selected {
		return LinkText
	}
	return Style{theme.SizeBody, theme.ColorMuted, false}
}

// CreateRenderer is for Fyne.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	line, under, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil), newRing()
	var words []*canvas.Text
	f := &face{}
	paint := func() {
		line.FillColor, under.FillColor = col(theme.ColorLine), col(theme.ColorPrimary)
		for len(words) < len(t.labels) {
			words = append(words, canvas.NewText("", nil))
		}
		f.objects = append(f.objects[:0], line, under, ring)
		for i, label := range t.labels {
			t.style(i).apply(words[i])
			words[i].Text = label
			f.objects = append(f.objects, words[i])
		}
	}
	f.layout = func(s fyne.Size) {
		t.ends = t.ends[:0]
		t.gap = t.fit(s.Width)
		for row, labels := range t.rows(s.Width) {
			at := fyne.NewPos(0, float32(row)*tabTall())
			for _, i := range labels {
				m := words[i].MinSize()
				// The bold width is kept for all, so that choosing moves nothing.
				wide := LinkText.measure(t.labels[i]).Width
				words[i].Move(at.AddXY(0, Px(2)))
				words[i].Resize(m)
				if i == t.selected {
					under.Move(at.AddXY(0, tabTall()-Px(2)))
					under.Resize(fyne.NewSize(wide, Px(2)))
					layoutRing(ring, at.AddXY(0, Px(2)), fyne.NewSize(wide, m.Height))
				}
				t.ends = append(t.ends, at.AddXY(wide, tabTall()))
				at.X += wide + t.gap
			}
		}
		line.Move(fyne.NewPos(0, s.Height-1))
		line.Resize(fyne.NewSize(s.Width, 1))
	}
	f.min = func() fyne.Size {
		m := fyne.NewSize(0, tabTall()*float32(max(len(t.rows(t.Size().Width)), 1)))
		for _, label := range t.labels {
			m.Width = max(m.Width, LinkText.measure(label).Width)
		}
		return m
	}
	f.refresh = func() {
		paint()
		f.layout(t.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
		refreshRing(ring, t.Ringed(), theme.ColorFocusRing)
	}
	paint()
	return f
}

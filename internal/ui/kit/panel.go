package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// PanelSpec is what a slide-over panel is made of.
type PanelSpec struct {
	Title   string
	Close   string // the word on the closing press: "Échap"
	Content fyne.CanvasObject
	First   fyne.Focusable // has the focus when it opens; nil: what closes it
	Width   float32        // design pixels; 0 is 560. Never more than the window has.
	Share   float32        // of the window's width, where that is more than Width
	Top     float32        // design pixels left free above, for the header
	OnClose func()         // asked to close: the host removes the panel
}

// SlideOver is a panel against the right edge, over everything else. It is
// the size of the window: a click beside the panel asks to close it. The host
// adds it to the canvas overlays, which keeps Tab inside of it.
type SlideOver struct {
	widget.BaseWidget
	spec   PanelSpec
	close  *ChipButton
	scroll *container.Scroll
	head   *fyne.Container
	toast  *Toast
}

// NewSlideOver makes a panel.
func NewSlideOver(spec PanelSpec) *SlideOver {
	if spec.Width == 0 {
		spec.Width = 560
	}
	p := &SlideOver{spec: spec}
	p.close = NewChipButton(ChipLook{Text: spec.Close}, spec.OnClose)
	title := NewParagraph(spec.Title, TitleText)
	p.head = container.NewBorder(nil, nil, nil, HStack(0, p.close), title)
	p.scroll = container.NewVScroll(container.New(&sideRoom{}, spec.Content))
	p.ExtendBaseWidget(p)
	return p
}

// First is what gets the focus when the panel opens.
func (p *SlideOver) First() fyne.Focusable {
	if p.spec.First != nil {
		return p.spec.First
	}
	return p.close
}

// Close asks to close the panel, as Escape and the closing press do.
func (p *SlideOver) Close() { p.close.press() }

// Reveal scrolls the content of the panel to what got the focus.
func (p *SlideOver) Reveal(o fyne.CanvasObject) {
	if o != fyne.CanvasObject(p.close) {
		ScrollTo(p.scroll, o)
	}
}

// ScrollPage moves the content by a page.
func (p *SlideOver) ScrollPage(down bool) bool { return ScrollPage(p.scroll, down) }

// SetToast says something at the foot of the panel, which would hide what is said
// below it; nil ends it.
func (p *SlideOver) SetToast(t *Toast) {
	p.toast = t
	p.Refresh()
}

// layoutToast centres what is said on the panel; longer than that, it goes on to
// the left of it.
func (p *SlideOver) layoutToast(s fyne.Size) {
	in := Px(24)
	m := p.toast.Fit(s.Width - 2*in)
	left := min(s.Width-(p.wide()+m.Width)/2, s.Width-in-m.Width)
	p.toast.Resize(m)
	p.toast.Move(fyne.NewPos(max(left, 0), s.Height-m.Height-in))
}

// Tapped beside the panel asks to close it.
func (p *SlideOver) Tapped(ev *fyne.PointEvent) {
	if ev.Position.X < p.Size().Width-p.wide() && p.spec.OnClose != nil {
		p.spec.OnClose()
	}
}

func (p *SlideOver) wide() float32 {
	all := p.Size().Width
	return min(max(Px(p.spec.Width), p.spec.Share*all), all)
}

// CreateRenderer is for Fyne.
func (p *SlideOver) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	f := &face{}
	paint := func() {
		ground.FillColor, edge.FillColor = col(theme.ColorSurface), col(theme.ColorLine)
		f.objects = []fyne.CanvasObject{ground, edge, p.head, p.scroll}
		if p.toast != nil {
			f.objects = append(f.objects, p.toast)
		}
	}
	f.layout = func(s fyne.Size) {
		wide, top, in := p.wide(), Px(p.spec.Top), Px(24)
		left := s.Width - wide
		ground.Move(fyne.NewPos(left, top))
		ground.Resize(fyne.NewSize(wide, s.Height-top))
		edge.Move(fyne.NewPos(left, top))
		edge.Resize(fyne.NewSize(1, s.Height-top))
		head := p.head.MinSize().Height
		p.head.Move(fyne.NewPos(left+in, top+Px(20)))
		p.head.Resize(fyne.NewSize(wide-2*in, head))
		y := top + Px(20) + head + Px(8)
		p.scroll.Move(fyne.NewPos(left+in-Px(sideRoomWide), y))
		p.scroll.Resize(fyne.NewSize(wide-2*in+2*Px(sideRoomWide), max(s.Height-y-Px(12), 0)))
		if p.toast != nil {
			p.layoutToast(s)
		}
	}
	f.min = func() fyne.Size { return fyne.NewSize(Px(320), Px(200)) }
	f.refresh = func() {
		paint()
		f.layout(p.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
	}
	paint()
	return f
}

// sideRoom keeps a margin inside of a scroll, which cuts off what it does not
// hold: focus rings and the scroll bar lie in it.
type sideRoom struct{}

// sideRoomWide is the margin in design pixels.
const sideRoomWide = 12

// Layout is for Fyne.
func (sideRoom) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	in := Px(sideRoomWide)
	for _, o := range objects {
		o.Move(fyne.NewPos(in, Px(ringGap)))
		o.Resize(s.SubtractWidthHeight(2*in, 2*Px(ringGap)))
	}
}

// MinSize is for Fyne.
func (sideRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m.AddWidthHeight(2*Px(sideRoomWide), 2*Px(ringGap))
}

// Toast is a short message at the foot of the window with one action, such as
// to undo.
type Toast struct {
	widget.BaseWidget
	text   *Paragraph
	action *toastAction
}

// Space around and inside of a toast in design pixels.
const (
	toastSide  = 18
	toastInset = 10
	toastGap   = 20 // before the action
)

// NewToast makes a message; an empty action shows none.
func NewToast(text, action string, act func()) *Toast {
	t := &Toast{text: NewParagraph(text, Style{theme.SizeBody, theme.ColorOnToast, false})}
	t.action = &toastAction{word: action}
	t.action.OnTapped = act
	t.action.Init(t.action)
	if action == "" {
		t.action.Hide()
	}
	t.ExtendBaseWidget(t)
	return t
}

// Action presses the action, where there is one.
func (t *Toast) Action() {
	if t.action.Visible() {
		t.action.press()
	}
}

// CreateRenderer is for Fyne.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(col(theme.ColorToast))
	f := &face{objects: []fyne.CanvasObject{ground, t.text, t.action}}
	f.layout = func(s fyne.Size) {
		ground.CornerRadius = dim(theme.SizeFieldEdge)
		ground.Resize(s)
		side, act := Px(toastSide), t.actionWide()
		tall := t.text.MinSize().Height
		t.text.Move(fyne.NewPos(side, (s.Height-tall)/2))
		t.text.Resize(fyne.NewSize(max(s.Width-2*side-act, 0), tall))
		m := t.action.MinSize()
		t.action.Move(fyne.NewPos(s.Width-side-m.Width, (s.Height-m.Height)/2))
		t.action.Resize(m)
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(t.text.MinSize().Width+t.actionWide()+2*Px(toastSide), t.text.MinSize().Height+2*Px(toastInset))
	}
	f.refresh = func() {
		ground.FillColor = col(theme.ColorToast)
		f.layout(t.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
	}
	return f
}

// actionWide is what the action takes of the width.
func (t *Toast) actionWide() float32 {
	if !t.action.Visible() {
		return 0
	}
	return t.action.MinSize().Width + Px(toastGap)
}

// Fit gives the size of the message where it may be most wide: a longer one goes on
// in further lines.
func (t *Toast) Fit(most float32) fyne.Size {
	around := t.actionWide() + 2*Px(toastSide)
	wide := min(t.text.style.measure(t.text.text).Width+1, most-around)
	t.text.Resize(fyne.NewSize(wide, t.text.MinSize().Height))
	return fyne.NewSize(wide+around, t.text.MinSize().Height+2*Px(toastInset))
}

// toastAction is the pressable word of a toast.
type toastAction struct {
	Pressable
	word string
}

// CreateRenderer is for Fyne.
func (a *toastAction) CreateRenderer() fyne.WidgetRenderer {
	style := Style{theme.SizeBody, theme.ColorToastAction, true}
	word, ring := canvas.NewText(a.word, nil), newRing()
	style.apply(word)
	f := &face{objects: []fyne.CanvasObject{word, ring}}
	f.layout = func(s fyne.Size) {
		word.Resize(s)
		layoutRing(ring, fyne.Position{}, s)
	}
	f.min = func() fyne.Size { return style.measure(a.word) }
	f.refresh = func() {
		style.apply(word)
		word.Refresh()
		refreshRing(ring, a.Ringed(), theme.ColorToastAction)
	}
	return f
}

// Progress is long work: a word, how much is done, and a way to stop it.
type Progress struct {
	widget.BaseWidget
	text *Text
	stop *Button
	done float64
}

// NewProgress makes a progress row; cancel is called when it is stopped.
func NewProgress(text, stop string, cancel func()) *Progress {
	p := &Progress{text: NewText(text, MutedText), stop: NewButton(Link, stop, cancel)}
	p.text.Elide = true
	p.ExtendBaseWidget(p)
	return p
}

// Set says how much is done, 0 to 1, and what is being done.
func (p *Progress) Set(done float64, text string) {
	p.done = min(max(done, 0), 1)
	p.text.SetText(text)
	p.Refresh()
}

// CreateRenderer is for Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	track, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	f := &face{objects: []fyne.CanvasObject{track, bar, p.text, p.stop}}
	paint := func() {
		track.FillColor, bar.FillColor = col(theme.ColorPrimarySoft), col(theme.ColorPrimary)
		track.CornerRadius, bar.CornerRadius = Px(3), Px(3)
	}
	f.layout = func(s fyne.Size) {
		m := p.stop.MinSize()
		p.stop.Resize(m)
		p.stop.Move(fyne.NewPos(s.Width-m.Width, 0))
		p.text.Resize(fyne.NewSize(max(s.Width-m.Width-Px(12), 0), m.Height))
		track.Move(fyne.NewPos(0, m.Height+Px(4)))
		track.Resize(fyne.NewSize(s.Width, Px(6)))
		bar.Move(fyne.NewPos(0, m.Height+Px(4)))
		bar.Resize(fyne.NewSize(s.Width*float32(p.done), Px(6)))
	}
	f.min = func() fyne.Size {
		m := p.stop.MinSize()
		return fyne.NewSize(m.Width+Px(120), m.Height+Px(10))
	}
	f.refresh = func() {
		paint()
		f.layout(p.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
	}
	paint()
	return f
}

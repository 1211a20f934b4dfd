package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// Style is how a text looks.
type Style struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	Bold  bool
}

// The styles of the look. A screen uses these and makes no other.
var (
	BodyText       = Style{theme.SizeBody, theme.ColorInk, false}
	StrongText     = Style{theme.SizeBody, theme.ColorInk, true}
	MutedText      = Style{theme.SizeMuted, theme.ColorMuted, false}
	HintText       = Style{theme.SizeHint, theme.ColorCaution, false}
	ErrorText      = Style{theme.SizeMuted, theme.ColorError, false}
	GoodText       = Style{theme.SizeMuted, theme.ColorGood, false}
	CautionText    = Style{theme.SizeMuted, theme.ColorCaution, false}
	CautionTitle   = Style{theme.SizeBody, theme.ColorCaution, true}
	TitleText      = Style{theme.SizeTitle, theme.ColorInk, true}
	CardTitleText  = Style{theme.SizeCardTitle, theme.ColorInk, true}
	FigureText     = Style{theme.SizeFigure, theme.ColorInk, true}
	HeadlineText   = Style{theme.SizeHeadline, theme.ColorPrimary, true}
	HeadlineUnit   = Style{theme.SizeTitle, theme.ColorPrimary, true}
	PanelTotalText = Style{theme.SizePanelTotal, theme.ColorPrimary, true}
	TableText      = Style{theme.SizeTable, theme.ColorInk, false}
	TableStrong    = Style{theme.SizeTable, theme.ColorInk, true}
	TableMuted     = Style{theme.SizeTable, theme.ColorMuted, false}
	LinkText       = Style{theme.SizeBody, theme.ColorPrimary, true}
)

func (s Style) fyneStyle() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold} }

// measure is the size of one line in the style.
func (s Style) measure(text string) fyne.Size {
	return fyne.MeasureText(text, dim(s.Size), s.fyneStyle())
}

// apply sets a text object to the style; the caller refreshes it.
func (s Style) apply(t *canvas.Text) {
	t.Color, t.TextSize, t.TextStyle = col(s.Color), dim(s.Size), s.fyneStyle()
}

// Text is one line in a style. It changes in place.
type Text struct {
	widget.BaseWidget
	Align fyne.TextAlign
	Elide bool // cut with … where there is no room, instead of asking for it

	text  string
	style Style
	line  *canvas.Text
}

// NewText makes a line of text.
func NewText(text string, style Style) *Text {
	t := &Text{text: text, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// NewTextRight makes a line of text against the right edge of its place.
func NewTextRight(text string, style Style) *Text {
	t := NewText(text, style)
	t.Align = fyne.TextAlignTrailing
	return t
}

// Text is the text in full, also where it is drawn cut.
func (t *Text) Text() string { return t.text }

// SetText replaces the text; the same text costs nothing.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetStyle replaces the style.
func (t *Text) SetStyle(style Style) {
	if t.style == style {
		return
	}
	t.style = style
	t.Refresh()
}

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.line = canvas.NewText("", col(t.style.Color))
	set := func(s fyne.Size) {
		t.style.apply(t.line)
		t.line.Alignment = t.Align
		t.line.Text = t.text
		if t.Elide {
			t.line.Text = elide(t.text, t.style, s.Width)
		}
	}
	f := &face{objects: []fyne.CanvasObject{t.line}}
	f.layout = func(s fyne.Size) {
		set(s)
		h := t.line.MinSize().Height
		t.line.Move(fyne.NewPos(0, (s.Height-h)/2))
		t.line.Resize(fyne.NewSize(s.Width, h))
	}
	f.min = func() fyne.Size {
		m := t.style.measure(t.text)
		if t.Elide {
			m.Width = min(m.Width, Px(40))
		}
		return m
	}
	f.refresh = func() {
		f.layout(t.Size())
		t.line.Refresh()
	}
	set(t.Size())
	return f
}

// ellipsis ends a text that is cut. The font test knows it.
const ellipsis = "…"

// elide cuts the text so that it fits the width with an ellipsis.
func elide(text string, style Style, width float32) string {
	if width <= 0 || style.measure(text).Width <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if style.measure(strings.TrimRight(string(runes[:mid]), " ")+ellipsis).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + ellipsis
}

// Paragraph is text that wraps at words to the width it is given. Put it in a
// container of this package: its height follows from its width, and those
// containers set the width first.
type Paragraph struct {
	widget.BaseWidget
	text  string
	style Style
	lines []string
	drawn []*canvas.Text
	width float32
}

// NewParagraph makes a wrapping text.
func NewParagraph(text string, style Style) *Paragraph {
	p := &Paragraph{text: text, style: style}
	p.ExtendBaseWidget(p)
	return p
}

// Text is the text in full.
func (p *Paragraph) Text() string { return p.text }

// SetText replaces the text; the same text costs nothing.
func (p *Paragraph) SetText(text string) {
	if p.text == text {
		return
	}
	p.text = text
	p.Refresh()
}

// SetStyle replaces the style.
func (p *Paragraph) SetStyle(style Style) {
	if p.style == style {
		return
	}
	p.style = style
	p.Refresh()
}

// CreateRenderer is for Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	f := &face{}
	f.layout = func(s fyne.Size) {
		if s.Width != p.width {
			p.width = s.Width
			p.place(f)
		}
	}
	f.min = func() fyne.Size {
		n := max(len(p.lines), 1)
		return fyne.NewSize(Px(60), float32(n)*p.style.measure("").Height)
	}
	f.refresh = func() {
		p.width = p.Size().Width
		p.place(f)
		for _, t := range p.drawn {
			t.Refresh()
		}
	}
	p.place(f)
	return f
}

// place wraps the text to the width and moves one text object a line.
func (p *Paragraph) place(f *face) {
	p.lines = wrap(p.text, p.style, p.width)
	for len(p.drawn) < len(p.lines) {
		p.drawn = append(p.drawn, canvas.NewText("", nil))
	}
	h := p.style.measure("").Height
	f.objects = f.objects[:0]
	for i, line := range p.lines {
		t := p.drawn[i]
		p.style.apply(t)
		t.Text = line
		t.Move(fyne.NewPos(0, float32(i)*h))
		t.Resize(fyne.NewSize(p.width, h))
		f.objects = append(f.objects, t)
	}
}

// wrap breaks at spaces and at line ends. A word wider than the width stays
// whole on its own line. Width 0 means that it is not known yet: no break.
func wrap(text string, style Style, width float32) []string {
	var out []string
	for _, part := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Split(part, " ") {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if line != "" && width > 0 && style.measure(next).Width > width {
				out = append(out, line)
				next = word
			}
			line = next
		}
		out = append(out, line)
	}
	return out
}

// NaturalWidth is the width a line of text needs to be shown in full.
func NaturalWidth(t *Text) float32 { return t.style.measure(t.text).Width }

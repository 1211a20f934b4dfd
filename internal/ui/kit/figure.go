package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/ui/theme"
)

// Figure is a number that opens its explanation: dotted underline, click,
// Enter or Space. Without a callback it is plain text and takes no focus.
type Figure struct {
	Pressable
	Align fyne.TextAlign
	text  string
	style Style
}

// NewFigure makes a figure. A nil explain makes it plain text.
func NewFigure(text string, style Style, explain func()) *Figure {
	f := &Figure{text: text, style: style}
	f.OnTapped = explain
	f.Init(f)
	return f
}

// Text is the number as written.
func (f *Figure) Text() string { return f.text }

// SetText replaces the number in place.
func (f *Figure) SetText(text string) {
	if f.text != text {
		f.text = text
		f.Refresh()
	}
}

// SetStyle replaces the style in place.
func (f *Figure) SetStyle(style Style) {
	if f.style != style {
		f.style = style
		f.Refresh()
	}
}

// Disabled is true also where there is nothing to open, so that the focus
// passes over it.
func (f *Figure) Disabled() bool { return f.OnTapped == nil || f.Pressable.Disabled() }

// Ringed says whether the focus ring is drawn.
func (f *Figure) Ringed() bool { return f.Pressable.Ringed() && f.OnTapped != nil }

// CreateRenderer is for Fyne.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	word := canvas.NewText("", nil)
	dots := newDots(func() fyne.ThemeColorName {
		if f.Hovered() {
			return theme.ColorPrimary
		}
		return theme.ColorMuted
	})
	ring := newRing()
	r := &face{objects: []fyne.CanvasObject{word, dots, ring}}
	paint := func() {
		f.style.apply(word)
		word.Text = f.text
		if f.Disabled() {
			dots.Hide()
		} else {
			dots.Show()
		}
	}
	r.layout = func(s fyne.Size) {
		m := word.MinSize()
		x := float32(0)
		switch f.Align {
		case fyne.TextAlignTrailing:
			x = s.Width - m.Width
		case fyne.TextAlignCenter:
			x = (s.Width - m.Width) / 2
		}
		y := (s.Height - m.Height) / 2
		word.Move(fyne.NewPos(x, y))
		word.Resize(m)
		dots.Move(fyne.NewPos(x, y+underlineAt(m.Height)))
		dots.Resize(fyne.NewSize(m.Width, Px(2)))
		layoutRing(ring, fyne.NewPos(x, y), m)
	}
	r.min = func() fyne.Size { return f.style.measure(f.text).AddWidthHeight(0, Px(2)) }
	r.refresh = func() {
		paint()
		r.layout(f.Size())
		word.Refresh()
		dots.Refresh()
		refreshRing(ring, f.Ringed(), theme.ColorFocusRing)
	}
	paint()
	return r
}

// underlineAt is where the underline of a line of text stands, from its top:
// clear of the base line, inside of the line.
func underlineAt(lineHeight float32) float32 { return lineHeight * 0.90 }

// newDots is a dotted line as one small picture, a dot and a gap a design pixel
// and a half long. Many rectangles for each number would cost more.
func newDots(name func() fyne.ThemeColorName) *canvas.Raster {
	var dots *canvas.Raster
	dots = canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
		scale := float32(1)
		if dots.Size().Width > 0 {
			scale = float32(w) / dots.Size().Width
		}
		dot := max(int(Px(1)*scale+0.5), 1)
		ink := color.NRGBAModel.Convert(col(name())).(color.NRGBA)
		for x := 0; x < w; x++ {
			if x/dot%2 == 1 {
				continue
			}
			for y := 0; y < min(dot, h); y++ {
				img.SetNRGBA(x, y, ink)
			}
		}
		return img
	})
	return dots
}

// Range is what a range bar draws, in any one unit; the bar begins at zero.
type Range struct {
	Low, High float64 // the range: solid up to Low, lighter up to High
	Mark      float64 // where the marker stands
	LowText   string  // written under the left end
	HighText  string  // written under the right end
}

// RangeBar draws a range from low to high with a marker.
type RangeBar struct {
	widget.BaseWidget
	rng Range
}

// NewRangeBar makes a range bar.
func NewRangeBar(r Range) *RangeBar {
	b := &RangeBar{rng: r}
	b.ExtendBaseWidget(b)
	return b
}

// Set replaces the range in place.
func (b *RangeBar) Set(r Range) {
	if b.rng != r {
		b.rng = r
		b.Refresh()
	}
}

// share is where a value stands on a bar that ends at top: 0 to 1.
func share(v, top float64) float32 {
	if top <= 0 {
		return 0
	}
	return float32(min(max(v/top, 0), 1))
}

// CreateRenderer is for Fyne.
func (b *RangeBar) CreateRenderer() fyne.WidgetRenderer {
	track, band, solid, mark := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	low, high := canvas.NewText("", nil), canvas.NewText("", nil)
	high.Alignment = fyne.TextAlignTrailing
	f := &face{objects: []fyne.CanvasObject{track, band, solid, mark, low, high}}
	paint := func() {
		track.FillColor, band.FillColor = col(theme.ColorPrimarySoft), col(theme.ColorPrimaryMid)
		solid.FillColor, mark.FillColor = col(theme.ColorPrimary), col(theme.ColorAccent)
		for _, r := range []*canvas.Rectangle{track, band, solid} {
			r.CornerRadius = Px(4)
		}
		MutedText.apply(low)
		MutedText.apply(high)
		low.Text, high.Text = b.rng.LowText, b.rng.HighText
	}
	f.layout = func(s fyne.Size) {
		top := max(b.rng.High, b.rng.Low, b.rng.Mark)
		y, tall := Px(6), Px(8)
		for r, v := range map[*canvas.Rectangle]float32{
			track: 1, band: share(b.rng.High, top), solid: share(b.rng.Low, top),
		} {
			r.Move(fyne.NewPos(0, y))
			r.Resize(fyne.NewSize(s.Width*v, tall))
		}
		at := min(max(s.Width*share(b.rng.Mark, top)-Px(1.5), 0), s.Width-Px(3))
		mark.Move(fyne.NewPos(at, 0))
		mark.Resize(fyne.NewSize(Px(3), Px(20)))
		h := low.MinSize().Height
		low.Move(fyne.NewPos(0, Px(22)))
		low.Resize(fyne.NewSize(s.Width/2, h))
		high.Move(fyne.NewPos(s.Width/2, Px(22)))
		high.Resize(fyne.NewSize(s.Width/2, h))
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(Px(160), Px(22)+MutedText.measure("").Height)
	}
	f.refresh = func() {
		paint()
		f.layout(b.Size())
		for _, o := range f.objects {
			o.Refresh()
		}
	}
	paint()
	return f
}

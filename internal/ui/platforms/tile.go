package platforms

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// siteCard is a site among the others: pressed, it is chosen.
type siteCard struct {
	kit.Pressable
	id     string
	see    func(fyne.CanvasObject)
	chosen bool
	body   *fyne.Container
}

func newSiteCard(c *card, tapped func(), see func(fyne.CanvasObject)) *siteCard {
	s := &siteCard{id: c.id, see: see}
	s.OnTapped = tapped
	s.body = kit.VStack(3,
		kit.NewParagraph(c.name, kit.StrongText),
		kit.NewParagraph(c.where, kit.MutedText),
		kit.Gap(4), cardFigures(c.figures))
	s.Init(s)
	return s
}

// cardFigures are the names over the values, each in a row of its own: the values
// stand on one line, however long a name is.
func cardFigures(figures []figure) fyne.CanvasObject {
	var names, values, owns []fyne.CanvasObject
	own := false
	for i := range figures {
		f, style := &figures[i], kit.TableStrong
		if f.none {
			style = kit.TableMuted
		}
		names = append(names, kit.NewParagraph(f.short, kit.MutedText))
		values = append(values, kit.NewParagraph(f.value, style))
		owns = append(owns, kit.NewParagraph(f.own, kit.CautionText))
		own = own || f.own != ""
	}
	row := func(cells []fyne.CanvasObject) fyne.CanvasObject {
		return kit.Columns(8, 40, []float32{0.33, 0.26, 0.41}, cells...)
	}
	box := kit.VStack(0, row(names), row(values))
	if own {
		box.Add(row(owns))
	}
	return box
}

func (s *siteCard) setChosen(on bool) {
	if s.chosen != on {
		s.chosen = on
		s.Refresh()
	}
}

// FocusGained brings the card into view.
func (s *siteCard) FocusGained() {
	s.Pressable.FocusGained()
	if s.Ringed() {
		s.see(s)
	}
}

// CreateRenderer is for Fyne.
func (s *siteCard) CreateRenderer() fyne.WidgetRenderer {
	f := &cardFace{s: s, ground: canvas.NewRectangle(nil)}
	f.paint()
	return f
}

type cardFace struct {
	s      *siteCard
	ground *canvas.Rectangle
}

// cardInset is the space inside of a card in design pixels.
const cardInset = 12

// Objects is for Fyne.
func (f *cardFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.ground, f.s.body} }

// Destroy is for Fyne.
func (f *cardFace) Destroy() {}

// Layout is for Fyne.
func (f *cardFace) Layout(s fyne.Size) {
	in := kit.Px(cardInset)
	f.ground.Resize(s)
	f.s.body.Move(fyne.NewPos(in, in))
	f.s.body.Resize(s.SubtractWidthHeight(2*in, 2*in))
}

// MinSize is for Fyne.
func (f *cardFace) MinSize() fyne.Size {
	in := kit.Px(cardInset)
	return f.s.body.MinSize().AddWidthHeight(2*in, 2*in)
}

// Refresh is for Fyne.
func (f *cardFace) Refresh() {
	f.paint()
	f.Layout(f.s.Size())
	f.ground.Refresh()
	f.s.body.Refresh()
}

func (f *cardFace) paint() {
	fill, edge, wide := theme.ColorSurface, theme.ColorLine, float32(1)
	switch {
	case f.s.chosen:
		fill, edge = theme.ColorPrimarySoft, theme.ColorPrimary
	case f.s.Hovered():
		fill = theme.ColorHover
	}
	if f.s.Ringed() {
		edge, wide = theme.ColorFocusRing, kit.Px(2)
	}
	f.ground.FillColor, f.ground.StrokeColor = fynetheme.Color(fill), fynetheme.Color(edge)
	f.ground.StrokeWidth, f.ground.CornerRadius = wide, fynetheme.Size(theme.SizeRadius)
}

// tiles lays cards in rows of equal columns, as many as have room.
type tiles struct{ tall float32 }

// Width of a card at least and the space between two, in design pixels.
const (
	tileLeast = 210
	tileGap   = 10
)

// Layout is for Fyne.
func (l *tiles) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap := kit.Px(tileGap)
	n := max(int((s.Width+gap)/(kit.Px(tileLeast)+gap)), 1)
	wide := float32(int((s.Width - gap*float32(n-1)) / float32(n))) // whole pixels: edges stay sharp
	y := float32(0)
	for from := 0; from < len(o); from += n {
		row := o[from:min(from+n, len(o))]
		tall := float32(0)
		for _, c := range row {
			c.Resize(fyne.NewSize(wide, c.Size().Height))
			tall = max(tall, c.MinSize().Height)
		}
		for i, c := range row {
			c.Move(fyne.NewPos(float32(i)*(wide+gap), y))
			c.Resize(fyne.NewSize(wide, tall))
		}
		y += tall + gap
	}
	l.tall = y - gap
}

// MinSize is for Fyne. The height follows from the width it was given last.
func (l *tiles) MinSize(o []fyne.CanvasObject) fyne.Size {
	tall := l.tall
	if tall <= 0 && len(o) > 0 {
		tall = o[0].MinSize().Height
	}
	return fyne.NewSize(kit.Px(tileLeast), max(tall, 0))
}

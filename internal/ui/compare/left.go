package compare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// leftView is what is set: platforms, what they must have, what counts.
type leftView struct {
	pg  *Page
	box *fyne.Container

	sites      *fyne.Container
	chips      *fyne.Container
	add        *kit.Select
	sitesWrong *kit.Paragraph
	shown      []string // sites with a chip

	musts     *fyne.Container
	mustLines []*mustLine
	choose    *kit.Button
	open      bool // all must-haves are listed, not only those that are asked for

	preset      *preset
	weights     []*weight
	weightBox   *fyne.Container
	weightWrong *kit.Paragraph
}

func newLeftView(pg *Page) *leftView {
	v := &leftView{pg: pg}
	v.box = kit.VStack(12, kit.NewCard(v.sitesCard()), kit.NewCard(v.mustCard()), kit.NewCard(v.weightCard()))
	return v
}

func (v *leftView) sitesCard() *fyne.Container {
	t := v.pg.t
	v.chips = container.New(&flow{gap: 6})
	v.add = kit.NewSelect(t.Text("compare.sites.add"), nil, func(id string) {
		v.add.Put("")
		v.pg.Add(id)
	})
	v.sitesWrong = kit.NewParagraph("", kit.ErrorText)
	v.sites = kit.VStack(9, kit.NewText(t.Text("compare.sites"), kit.CardTitleText), v.chips, v.add, v.sitesWrong)
	return v.sites
}

func (v *leftView) mustCard() *fyne.Container {
	t := v.pg.t
	all := v.pg.p.Desk.Pack().Comparing.MustHaves
	v.choose = kit.NewButton(kit.Link, "", func() {
		v.open = !v.open
		v.showMusts()
	})
	v.musts = kit.VStack(4, kit.Ends(8, kit.NewText(t.Text("compare.must"), kit.CardTitleText), v.choose))
	for i := range all {
		l := newMustLine(v.pg, &all[i])
		v.mustLines = append(v.mustLines, l)
		v.musts.Add(l.box)
	}
	return v.musts
}

func (v *leftView) weightCard() *fyne.Container {
	t := v.pg.t
	v.preset = newPreset(v.pg, v.resize)
	v.weightWrong = kit.NewParagraph("", kit.ErrorText)
	v.weightBox = kit.VStack(10, kit.NewText(t.Text("compare.weights"), kit.CardTitleText), v.preset.box, v.weightWrong)
	all := v.pg.p.Desk.Pack().Comparing.Criteria
	for i := range all {
		w := newWeight(v.pg, &all[i], v.resize)
		v.weights = append(v.weights, w)
		v.weightBox.Add(w.box)
	}
	return v.weightBox
}

// resize gives everything its place after something grew or went.
func (v *leftView) resize() {
	for _, c := range []*fyne.Container{v.sites, v.musts, v.weightBox, v.box} {
		if c != nil {
			c.Refresh()
		}
	}
	if v.pg.split != nil {
		v.pg.split.Box.Refresh()
	}
}

// show writes what is set.
func (v *leftView) show() {
	b := v.pg.board
	v.showSites()
	v.showMusts()
	v.preset.show()
	say(v.weightWrong, b.weightsWrong())
	for _, w := range v.weights {
		n := b.c.Weights[w.id]
		w.show(n, v.pg.t.Formatter().Count(n))
	}
	v.resize()
}

func say(p *kit.Paragraph, text string) {
	p.SetText(text)
	p.Hidden = text == ""
}

func (v *leftView) showSites() {
	b, t := v.pg.board, v.pg.t
	v.shown = b.c.Sites
	v.chips.RemoveAll()
	for _, id := range b.c.Sites {
		v.chips.Add(kit.NewChipButton(kit.ChipLook{Text: t.Text("compare.site.chip", "name", v.pg.p.Desk.PlaceName(id)), Active: true}, func() {
			b.remove(id)
			v.pg.changed()
			focus(v.add)
		}))
	}
	var options []kit.Option
	for _, s := range b.others() {
		options = append(options, kit.Option{ID: s.ID, Text: s.Name})
	}
	v.add.SetOptions(options)
	v.add.Hidden = len(options) == 0
	say(v.sitesWrong, b.sitesWrong())
}

func (v *leftView) showMusts() {
	b := v.pg.board
	key := "compare.must.choose"
	if v.open {
		key = "compare.must.fold"
	}
	v.choose.SetText(v.pg.t.Text(key, "count", len(v.mustLines)))
	for _, l := range v.mustLines {
		on := b.asks(l.must.ID)
		l.show(on)
		l.box.Hidden = !on && !v.open
	}
	v.resize()
}

// follow says how many sites have what is asked for.
func (v *leftView) follow(c *desk.Compared) {
	for _, l := range v.mustLines {
		passed, open, asked := 0, 0, false
		for i := range c.Sites {
			for _, m := range c.Sites[i].Must {
				if m.Must.ID != l.must.ID {
					continue
				}
				asked = true
				switch m.State {
				case compare.Pass:
					passed++
				case compare.Unknown:
					open++
				}
			}
		}
		if asked {
			l.tick.count(tally(v.pg.t, passed, len(c.Sites), open))
		}
	}
}

// forget takes the counts away while no result is current.
func (v *leftView) forget() {
	for _, l := range v.mustLines {
		l.tick.count("")
	}
}

// mustLine is something that sites can be required to have.
type mustLine struct {
	pg   *Page
	must *rules.MustHave
	tick *tick
	num  *kit.Field
	in   *kit.Entry
	box  *fyne.Container

	indented *fyne.Container // around num
}

// indent puts a field under the text of its tick.
type indent struct{}

// Layout is for Fyne.
func (indent) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(kit.Px(tickRoom), 0))
	o[0].Resize(s.SubtractWidthHeight(kit.Px(tickRoom), 0))
}

// MinSize is for Fyne.
func (indent) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(kit.Px(tickRoom), 0)
}

func newMustLine(pg *Page, m *rules.MustHave) *mustLine {
	l := &mustLine{pg: pg, must: m}
	l.tick = newTick(func() {
		pg.board.ask(m.ID, !pg.board.asks(m.ID))
		pg.changed()
		if l.box.Hidden { // the list is folded: the keyboard stays near
			focus(pg.left.choose)
		}
	})
	l.box = kit.VStack(2, l.tick)
	if !m.Adjustable {
		return l
	}
	b := pg.board
	number := func(q domain.Quantity) string { return pg.t.Formatter().Decimal(domain.Decimal(q.String())) }
	l.in = kit.NewNumberEntry(inUnit(number, m.Unit, m.Num), desk.UnitName(pg.t, m.Unit))
	l.in.Check = func(text string) string {
		if text != b.text(pathMust(m.ID)) {
			b.typing(pathMust(m.ID), text)
		}
		return b.why(pathMust(m.ID))
	}
	l.in.Changed = func(string) { pg.changed() }
	l.in.Format = func(string) string { return b.text(pathMust(m.ID)) }
	key := "compare.must.least"
	if m.Test == rules.TestAtMost {
		key = "compare.must.most"
	}
	l.num = kit.NewField(kit.FieldSpec{Label: pg.t.Text(key), Input: l.in, Width: mustWide})
	l.indented = container.New(indent{}, l.num)
	l.box.Add(l.indented)
	return l
}

const mustWide = 178 // of the entry, design pixels

func (l *mustLine) show(on bool) {
	b := l.pg.board
	l.tick.set(on, l.pg.p.Desk.MustName(l.must, b.mustNum(l.must)))
	if l.in != nil {
		l.indented.Hidden = !on
		l.in.Put(b.text(pathMust(l.must.ID)))
		l.in.SetMessage(b.why(pathMust(l.must.ID)))
	}
	l.box.Refresh()
}

// tick is a line with a box that is ticked or not, and a count at its end.
type tick struct {
	kit.Pressable
	on    bool
	label *kit.Paragraph
	tally *kit.Text
	row   *fyne.Container
}

func newTick(tapped func()) *tick {
	k := &tick{label: kit.NewParagraph("", kit.BodyText), tally: kit.NewTextRight("", kit.MutedText)}
	k.row = kit.Ends(8, k.label, k.tally)
	k.OnTapped = tapped
	k.Init(k)
	return k
}

func (k *tick) set(on bool, label string) {
	k.on = on
	k.label.SetText(label)
	if !on {
		k.tally.SetText("")
	}
	k.row.Refresh()
	k.Refresh()
}

func (k *tick) count(text string) {
	k.tally.SetText(text)
	k.row.Refresh()
	k.Refresh()
}

// CreateRenderer is for Fyne.
func (k *tick) CreateRenderer() fyne.WidgetRenderer {
	f := &tickFace{k: k, edge: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	f.strokes = [2]*canvas.Line{canvas.NewLine(color.Transparent), canvas.NewLine(color.Transparent)}
	f.paint()
	return f
}

type tickFace struct {
	k          *tick
	edge, ring *canvas.Rectangle
	strokes    [2]*canvas.Line
}

// Measures of a tick in design pixels.
const (
	tickBox  = 16
	tickRoom = 25
	tickPad  = 3
)

func (f *tickFace) paint() {
	col := fynetheme.Color
	f.edge.FillColor, f.edge.StrokeColor, f.edge.StrokeWidth, f.edge.CornerRadius = col(theme.ColorInput), col(theme.ColorEdge), kit.Px(1.5), kit.Px(3)
	if f.k.Hovered() {
		f.edge.FillColor = col(theme.ColorHover)
	}
	if f.k.on {
		f.edge.FillColor, f.edge.StrokeColor = col(theme.ColorPrimary), col(theme.ColorPrimary)
	}
	for _, l := range f.strokes {
		l.StrokeColor, l.StrokeWidth, l.Hidden = col(theme.ColorSurface), kit.Px(2), !f.k.on
	}
	f.ring.StrokeColor, f.ring.StrokeWidth, f.ring.CornerRadius = col(theme.ColorFocusRing), kit.Px(2), kit.Px(6)
	f.ring.Hidden = !f.k.Ringed()
}

// Layout is for Fyne.
func (f *tickFace) Layout(s fyne.Size) {
	pad, box, room := kit.Px(tickPad), kit.Px(tickBox), kit.Px(tickRoom)
	line := f.k.tally.MinSize().Height
	y := pad + max(line-box, 0)/2 + kit.Px(2)
	f.edge.Move(fyne.NewPos(0, y))
	f.edge.Resize(fyne.NewSquareSize(box))
	at := func(x, dy float32) fyne.Position { return fyne.NewPos(box*x, y+box*dy) }
	f.strokes[0].Position1, f.strokes[0].Position2 = at(0.22, 0.52), at(0.42, 0.73)
	f.strokes[1].Position1, f.strokes[1].Position2 = at(0.42, 0.73), at(0.79, 0.28)
	f.k.row.Move(fyne.NewPos(room, pad))
	f.k.row.Resize(fyne.NewSize(s.Width-room, s.Height-2*pad))
	f.ring.Move(fyne.NewPos(-kit.Px(4), 0))
	f.ring.Resize(s.AddWidthHeight(2*kit.Px(4), 0))
}

// MinSize is for Fyne.
func (f *tickFace) MinSize() fyne.Size {
	return f.k.row.MinSize().AddWidthHeight(kit.Px(tickRoom), 2*kit.Px(tickPad))
}

// Refresh is for Fyne.
func (f *tickFace) Refresh() {
	f.paint()
	f.Layout(f.k.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

// Objects is for Fyne.
func (f *tickFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.edge, f.strokes[0], f.strokes[1], f.k.row, f.ring}
}

// Destroy is for Fyne.
func (f *tickFace) Destroy() {}

// flow puts objects beside each other, in as many lines as they need.
type flow struct {
	gap  float32 // design pixels
	tall float32
}

// Layout is for Fyne.
func (l *flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	gap, x, y, line := kit.Px(l.gap), float32(0), float32(0), float32(0)
	for _, o := range objects {
		m := o.MinSize()
		if x > 0 && x+m.Width > s.Width {
			x, y = 0, y+line+gap
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		x, line = x+m.Width+gap, m.Height
	}
	l.tall = y + line
}

// MinSize is for Fyne.
func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return fyne.NewSize(m.Width, max(m.Height, l.tall))
}

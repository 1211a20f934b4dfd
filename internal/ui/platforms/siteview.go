package platforms

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// sheetView is the right side: the head of the chosen place, and its data by
// group under tabs.
type sheetView struct {
	pg     *Page
	head   *fyne.Container
	tabs   *kit.Tabs
	rows   *fyne.Container
	scroll *container.Scroll
	room   *fyne.Container
	shown  *sheet
}

// leastRows is the height that the table of a sheet has at least, design pixels.
const leastRows = 220

func newSheetView(pg *Page) *sheetView {
	v := &sheetView{pg: pg, head: kit.VStack(8), rows: kit.VStack(0)}
	v.tabs = kit.NewTabs(nil, func(int) { v.fill(true) })
	v.scroll = container.NewVScroll(container.New(beside{}, v.rows))
	v.room = kit.VStackFill(12, kit.NewCard(v.head),
		kit.NewCard(container.NewBorder(v.tabs, nil, nil, nil, container.New(least{tall: leastRows}, v.scroll))))
	return v
}

// least gives an object that scrolls by itself some height.
type least struct{ tall float32 }

// Layout is for Fyne.
func (least) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(s)
}

// MinSize is for Fyne.
func (l least) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(0, kit.Px(l.tall)))
}

// beside keeps what scrolls clear of the scroll bar.
type beside struct{}

// barWide is the room of a scroll bar in design pixels.
const barWide = 8

// Layout is for Fyne.
func (beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(s.SubtractWidthHeight(kit.Px(barWide), 0))
}

// MinSize is for Fyne.
func (beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(kit.Px(barWide), 0)
}

// show puts a sheet in its place; the tab stays where both sheets have it.
func (v *sheetView) show(s *sheet) {
	other := v.shown == nil || v.shown.id != s.id
	v.shown = s
	labels := make([]string, 0, len(s.groups)+1)
	for _, g := range s.groups {
		labels = append(labels, g.label)
	}
	labels = append(labels, v.pg.t.Text("platforms.tab.sources", "count", len(s.sources)))
	v.tabs.SetLabels(labels)
	v.showHead()
	v.fill(other)
	v.room.Refresh()
}

func (v *sheetView) showHead() {
	s := v.shown
	v.head.RemoveAll()
	name := kit.NewParagraph(s.name, kit.TitleText)
	copied := kit.NewButton(kit.Link, v.pg.t.Text("platforms.copy"), func() { v.pg.p.Copy(v.pg.pres.text(s)) })
	buttons := v.buttons()
	if len(buttons) > 0 {
		v.head.Add(kit.Ends(12, name, kit.Flow(10, buttons...)))
	} else {
		v.head.Add(kit.Ends(12, name, copied))
	}
	chips := kit.Flow(8)
	if s.status != nil {
		chips.Add(kit.NewChip(kit.ChipLook{Text: s.status.text, Dot: dot(s.status.tone)}))
		chips.Add(kit.NewChip(kit.ChipLook{Text: s.class}))
	}
	for _, to := range s.sites {
		chips.Add(kit.NewChipButton(kit.ChipLook{Text: to.name}, func() { v.pg.choose(to.id) }))
	}
	switch {
	case len(buttons) > 0:
		v.head.Add(kit.Ends(12, chips, copied))
	case len(chips.Objects) > 0:
		v.head.Add(chips)
	}
	v.head.Add(kit.NewParagraph(s.line, kit.MutedText))
	if s.note != "" {
		style := kit.MutedText
		if s.status != nil && s.status.tone != good {
			style = kit.CautionText
		}
		v.head.Add(kit.NewParagraph(s.note, style))
	}
	if len(s.figures) > 0 {
		insets := make([]fyne.CanvasObject, len(s.figures))
		for i := range s.figures {
			insets[i] = v.inset(&s.figures[i])
		}
		v.head.Add(kit.Columns(10, 140, nil, insets...))
	}
}

// buttons are what is done with a platform; one that leads nowhere is not there.
func (v *sheetView) buttons() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	s, p := v.shown, &v.pg.p
	if s.acts && p.Compare != nil {
		out = append(out, kit.NewButton(kit.Secondary, v.pg.t.Text("platforms.compare"), func() { v.pg.compare(s.id) }))
	}
	if s.acts && p.Simulate != nil {
		out = append(out, kit.NewButton(kit.Primary, v.pg.t.Text("platforms.simulate"), func() { p.Simulate(s.id) }))
	}
	return out
}

func dot(t tone) fyne.ThemeColorName {
	switch t {
	case good:
		return theme.ColorGood
	case caution:
		return theme.ColorCaution
	}
	return theme.ColorMuted
}

// inset is one of the three numbers that a site is known by.
func (v *sheetView) inset(f *figure) fyne.CanvasObject {
	style := kit.Style{Size: theme.SizeFigure, Color: theme.ColorPrimary, Bold: true}
	if f.none {
		style = kit.Style{Size: theme.SizeCardTitle, Color: theme.ColorMuted}
	} else if len([]rune(f.value)) > 12 {
		style.Size = theme.SizeCardTitle
	}
	foot := kit.NewText(f.foot, kit.MutedText)
	if f.own != "" {
		foot = kit.NewText(f.own, kit.CautionText)
	}
	label := kit.NewParagraph(f.label, kit.MutedText)
	number := kit.NewFigure(f.value, style, v.open(f))
	s := kit.NewInset(kit.VStack(2, label, kit.HStack(0, number), foot))
	s.Fill, s.Edge, s.Inset = theme.ColorPrimarySoft, "", 12
	return s
}

// open is what a figure opens; nil where it opens nothing.
func (v *sheetView) open(f *figure) func() {
	switch {
	case f.datum != nil:
		return func() { v.pg.openPanel(v.pg.pres.datumProof(f.datum)) }
	case f.cap:
		return v.openCap
	}
	return nil
}

func (v *sheetView) openCap() { v.pg.OpenCap(v.shown.id) }

// fill writes the rows of the tab; fromTop for another place or tab.
func (v *sheetView) fill(fromTop bool) {
	s := v.shown
	if s == nil {
		return
	}
	v.rows.RemoveAll()
	if i := v.tabs.Selected(); i < len(s.groups) {
		v.fillGroup(&s.groups[i])
	} else {
		v.fillSources()
	}
	if fromTop {
		v.scroll.Offset = fyne.Position{}
	}
	v.scroll.Refresh()
}

func (v *sheetView) fillGroup(g *group) {
	t := v.pg.t
	if g.aid != nil {
		v.rows.Add(kit.Gap(10))
		v.rows.Add(v.aid(g.aid))
	}
	v.rows.Add(tableHead(t.Text("platforms.col.datum"), t.Text("platforms.col.value"), t.Text("platforms.col.when"), t.Text("platforms.col.sure")))
	rows := make([]*row, len(g.lines))
	for i := range g.lines {
		l := &g.lines[i]
		see := func(o fyne.CanvasObject) { kit.ScrollTo(v.scroll, o) }
		next := func(by int) {
			if to := i + by; to >= 0 && to < len(rows) {
				focus(rows[to])
			}
		}
		rows[i] = newRow(l, func() { v.openLine(l) }, see, next)
		v.rows.Add(rows[i])
	}
	v.rows.Add(kit.Gap(8))
	v.rows.Add(kit.NewParagraph(t.Text("platforms.rows.hint"), kit.MutedText))
}

// tableHead names the columns of the rows.
func tableHead(label, value, when, sure string) fyne.CanvasObject {
	head := newRow(&line{label: label, value: value, when: when, sure: sure, none: true}, nil, nil, nil)
	head.label.SetStyle(kit.MutedText)
	head.value.SetStyle(kit.MutedText)
	head.Disable()
	return head
}

func focus(f fyne.Focusable) {
	if o, ok := f.(fyne.CanvasObject); ok {
		if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
			c.Focus(f)
		}
	}
}

func (v *sheetView) openLine(l *line) {
	if l.more != nil {
		v.pg.openPanel(v.pg.pres.moreProof(v.shown.id, l.more))
		return
	}
	v.pg.openPanel(v.pg.pres.datumProof(l.datum))
}

// aid is the block above the aids of a site.
func (v *sheetView) aid(a *aid) fyne.CanvasObject {
	box := kit.VStack(6, kit.NewText(v.pg.t.Text("platforms.aid.title"), kit.CardTitleText))
	for _, l := range a.lines {
		var open func()
		if l.rule {
			open = v.openCap
		}
		value := kit.NewFigure(l.value, kit.TableStrong, open)
		box.Add(container.NewBorder(nil, nil, nil, kit.HStack(0, value), kit.NewParagraph(l.label, kit.TableText)))
	}
	for _, n := range a.notes {
		box.Add(kit.NewParagraph(n, kit.MutedText))
	}
	s := kit.NewInset(box)
	s.Inset = 12
	return s
}

// fillSources lists every source of the sheet.
func (v *sheetView) fillSources() {
	v.rows.Add(kit.Gap(10))
	for i, s := range v.shown.sources {
		if i > 0 {
			v.rows.Add(kit.Gap(8))
			v.rows.Add(kit.NewRule())
			v.rows.Add(kit.Gap(8))
		}
		v.rows.Add(v.pg.sourceRow(s))
	}
}

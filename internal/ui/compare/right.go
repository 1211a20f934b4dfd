package compare

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/picture"
	"atlasp2i/internal/ui/theme"
)

// rightView is the result: who leads and why, the table, cost and quality, how
// stable the order is.
type rightView struct {
	pg    *Page
	model *model // nil before the first result

	notice   *kit.Notice
	repair   *kit.Button // in the notice: the project is what is wrong
	progress *kit.Progress
	working  *kit.Surface    // around it
	over     *fyne.Container // notice and progress: over the result, so that nothing moves from under the pointer
	veils    []*parts.Veil   // over what is not current
	held     *fyne.Container // the result

	digest                  *parts.Digest // who leads, beside the criteria where those stand alone
	label, names            *kit.Paragraph
	tie, why, stable, costs *kit.Paragraph
	notes                   *kit.Paragraph
	second                  *currency.Line // the costs in a second currency
	copied, simulated       *kit.Button    // wait while the result is not current
	head                    *fyne.Container

	terms   *terms
	table   *table
	project *kit.Paragraph
	opens   *kit.Paragraph  // which platforms do not operate yet
	card    *fyne.Container // around the table
	plot    *picture.Picture
	legend  *kit.Paragraph
	limits  *fyne.Container // bars of the weights
	firsts  *fyne.Container // bars of the draws
	order   *fyne.Container
	proof   *fyne.Container // of stability and order
}

// plotTall is the least height of the plot in design pixels.
const plotTall = 300

func newRightView(pg *Page) *rightView {
	t := pg.t
	v := &rightView{pg: pg}
	v.repair = v.editLink()
	v.notice = kit.NewNotice(t.Text("compare.hold.title"), "", v.repair)
	v.notice.Hide()
	v.progress = kit.NewProgress(t.Text("compare.busy"), t.Text("compare.stop"), pg.stop)
	v.working = kit.NewCard(v.progress)
	v.busy(false)
	v.over = kit.VStack(10, v.working, v.notice)
	v.digest = parts.NewDigest("")
	v.terms = newTerms(pg)
	v.table = newTable(v.terms, v.openCell)
	v.held = kit.VStack(12, v.veiled(kit.NewCard(v.headCard())), kit.NewCard(v.tableCard()),
		v.veiled(kit.NewCard(v.plotCard())), v.veiled(kit.NewCard(v.proofCard())))
	v.veils = append(v.veils, v.table.veil)
	v.dim(false)
	v.held.Hide()
	return v
}

// veiled is a card that is dimmed while it is not current.
func (v *rightView) veiled(card fyne.CanvasObject) fyne.CanvasObject {
	x := parts.NewVeil(theme.ColorBackground)
	v.veils = append(v.veils, x)
	return container.NewStack(card, x)
}

func (v *rightView) dim(on bool) {
	for _, x := range v.veils {
		x.Hidden = !on
		x.Refresh()
	}
	current := !on && v.model != nil
	enable(v.copied, current)
	enable(v.simulated, current && v.model.best >= 0)
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// editLink goes to where the project is changed.
func (v *rightView) editLink() *kit.Button {
	edit := kit.NewButton(kit.Link, v.pg.t.Text("compare.project.edit"), func() {
		v.pg.p.Edit(v.pg.board.c.Project, v.pg.board.example)
	})
	edit.Hidden = v.pg.p.Edit == nil
	return edit
}

func (v *rightView) headCard() *fyne.Container {
	t := v.pg.t
	v.label = kit.NewParagraph("", kit.BodyText)
	v.names = kit.NewParagraph("", kit.PanelTotalText)
	text := func(s kit.Style) *kit.Paragraph { return kit.NewParagraph("", s) }
	v.tie, v.why, v.stable, v.costs, v.notes = text(kit.StrongText), text(kit.BodyText), text(kit.BodyText), text(kit.MutedText), text(kit.CautionText)
	v.second = currency.NewLine()
	v.copied = kit.NewButton(kit.Secondary, t.Text("compare.copy"), v.copy)
	actions := kit.HStack(8, v.copied)
	v.simulated = kit.NewButton(kit.Primary, t.Text("compare.simulate"), v.simulate)
	if v.pg.p.Simulate != nil {
		actions.Add(v.simulated)
	}
	v.head = kit.VStack(5, kit.Ends(16, kit.VStack(0, v.label, v.names), actions), v.tie, v.why, v.stable, v.costs, v.second.Box, v.notes)
	return v.head
}

func (v *rightView) tableCard() *fyne.Container {
	v.project, v.opens = kit.NewParagraph("", kit.MutedText), kit.NewParagraph("", kit.CautionText)
	v.card = kit.VStack(8, kit.Ends(12, v.project, v.editLink()), v.table.box, v.terms.wrong, v.opens, v.terms.figure)
	return v.card
}

func (v *rightView) plotCard() *fyne.Container {
	t := v.pg.t
	v.plot = picture.New(picture.Spec{MinWidth: 300, MinHeight: plotTall, Draw: func(w, h float64, dark bool) *record.Drawing {
		if v.model == nil {
			return &record.Drawing{Width: w, Height: h}
		}
		return v.model.plot(v.pg.p.Desk, w, h, dark)
	}})
	v.legend = kit.NewParagraph("", kit.MutedText)
	return kit.VStack(8, kit.NewText(t.Text("compare.plot"), kit.CardTitleText), v.plot, v.legend)
}

func (v *rightView) proofCard() *fyne.Container {
	t := v.pg.t
	v.limits, v.firsts, v.order = kit.VStack(8), kit.VStack(8), kit.VStack(6)
	a := kit.VStack(8, kit.NewParagraph(t.Text("compare.limits"), kit.MutedText), v.limits)
	b := kit.VStack(8, kit.NewParagraph(t.Text("compare.firsts"), kit.MutedText), v.firsts)
	v.proof = kit.VStack(12, kit.NewText(t.Text("compare.stability"), kit.CardTitleText),
		kit.Columns(28, 300, []float32{0.56, 0.44}, a, b),
		kit.NewText(t.Text("compare.order"), kit.CardTitleText), v.order)
	return v.proof
}

// set shows a result as the current one.
func (v *rightView) set(m *model) {
	v.model = m
	v.notice.Hide()
	v.dim(false)
	v.held.Show()
	v.setHead(&m.lead)
	v.second.Set(v.pg.second, m.inSecond(v.pg.second))
	v.terms.sites(m.made.Comparison.Sites)
	v.terms.follow()
	v.table.set(m)
	v.project.SetText(m.project)
	v.legend.SetText(m.caption)
	say(v.opens, m.lead.Opens)
	v.plot.Redraw()
	v.limits.Objects, v.firsts.Objects, v.order.Objects = limitRows(m.limits), limitRows(m.firsts), nil
	for _, text := range m.lead.Order {
		v.order.Add(kit.NewParagraph(text, kit.TableText))
	}
	v.relayout()
}

func (v *rightView) setHead(l *desk.Lead) {
	v.label.SetText(l.Title)
	v.label.Hidden = len(l.Names) == 0
	names, style := v.pg.t.List(l.Names), kit.PanelTotalText
	if len(l.Names) != 1 {
		style = kit.TitleText
	}
	if len(l.Names) == 0 { // nobody is left: that is the headline
		names = l.Title
	}
	v.names.SetStyle(style)
	v.names.SetText(names)
	if len(l.Names) == 0 {
		v.digest.Put(names, "", "")
	} else {
		v.digest.Put(l.Title, names, l.Tie)
	}
	notes := ""
	for i, n := range l.Notes {
		if i > 0 {
			notes += "\n"
		}
		notes += n
	}
	for p, text := range map[*kit.Paragraph]string{v.tie: l.Tie, v.why: l.Why, v.stable: l.Stable, v.costs: l.Cost, v.notes: notes} {
		say(p, text)
	}
}

// inSecond is what the ranked sites cost in a second currency; "" where it is not
// said in dirhams either.
func (m *model) inSecond(s *currency.Second) string {
	if s == nil || m.lead.Cost == "" {
		return ""
	}
	var costs []domain.Money
	for _, i := range m.made.Quality.Order {
		costs = append(costs, m.made.Sites[i].Cost.After)
	}
	return s.Indicative(s.Texts.Text("currency.seat", "amount", s.Between(slices.Min(costs), slices.Max(costs))))
}

// setCurrency says the costs in a second currency too; nil is dirhams alone.
func (v *rightView) setCurrency(s *currency.Second) {
	if v.model != nil {
		v.second.Set(s, v.model.inSecond(s))
		v.relayout()
	}
}

// relayout gives everything its place after texts changed their height, from the
// inside out.
func (v *rightView) relayout() {
	for _, c := range []*fyne.Container{v.head, v.card, v.limits, v.firsts, v.order, v.proof, v.held, v.over} {
		c.Refresh()
	}
	if v.pg.split != nil {
		v.pg.split.Box.Refresh()
	}
}

// hold dims the result shown and says why it is not current; before any result
// it says what is missing. Where the project is refused there is a way to it.
func (v *rightView) hold(why string, project bool) {
	v.repair.Hidden = !project || v.pg.p.Edit == nil
	v.notice.SetText(v.pg.t.Text("compare.hold.title"), why)
	v.notice.Show()
	v.digest.Hold(v.pg.t.Text("compare.hold.title"))
	v.dim(true)
	v.relayout()
}

// busy shows or hides the progress.
func (v *rightView) busy(on bool) {
	if v.progress.Hidden == !on && v.working.Hidden == !on {
		return
	}
	v.progress.Hidden, v.working.Hidden = !on, !on
	if v.over != nil {
		v.relayout()
	}
}

func (v *rightView) progressed(done, of int) {
	v.progress.Set(float64(done)/float64(max(of, 1)), v.pg.t.Text("compare.busy"))
	v.busy(true)
}

func (v *rightView) copy() {
	if v.model != nil {
		v.pg.p.Shell.Copy(v.pg.p.Desk.ComparedText(v.model.made))
	}
}

// simulate opens the project on the site that comes first, with its pay there.
func (v *rightView) simulate() {
	if v.model != nil && v.model.best >= 0 {
		s := &v.model.made.Sites[v.model.best]
		v.pg.p.Simulate(s.Site.ID, s.Cost.Result.Project)
	}
}

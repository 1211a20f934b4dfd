// Package result shows an estimate: the headline with its range, the four
// benefits, the statement by year, conditions, what is not counted and the
// readings of the text. A presenter (model.go, lists.go) writes the result out;
// the view only shows what it is given, in place.
package result

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// Params is what the view works with. Texts has the texts of the pack over it.
// Explain opens where a line of a year comes from (the keys of
// calc.ExplainLines), or of the whole horizon where year is 0. Reading says that
// a value was chosen for a reading, and whether it is taken for settled.
type Params struct {
	Texts   *i18n.Catalogue
	Pack    *rules.Pack
	Explain func(line string, year int)
	Reading func(id, value string, settled bool)
}

// View shows one result at a time. Its methods belong to Fyne's thread.
type View struct {
	p       Params
	present *presenter
	last    *calc.Result
	monthly bool
	model   *model

	page    *fyne.Container
	empty   *emptyCard
	notice  *kit.Notice
	veil    *parts.Veil
	held    *fyne.Container
	head    *headCard
	digest  *parts.Digest
	below   *fyne.Container // right under the headline
	cards   [4]*kit.BenefitCard
	tabs    *kit.Tabs
	tabRoom *fyne.Container
	views   [4]tabView
}

// tabView is one tab: it writes a model into its widgets.
type tabView interface {
	object() fyne.CanvasObject
	show(m *model)
}

// Tabs in their order.
const (
	tabSheet = iota
	tabConditions
	tabLeft
	tabReadings
)

// New makes a view without a result: it says nothing until Set or Hold.
func New(p Params) *View {
	v := &View{p: p, present: newPresenter(p.Texts, p.Pack)}
	v.empty = newEmptyCard(p.Texts.Text("result.empty.title"))
	v.notice = kit.NewNotice(p.Texts.Text("result.hold.title"), "")
	v.notice.Hide()
	v.head = newHeadCard(p.Texts.Text("result.unit"), func() { v.explain(calc.LineBenefits, 0) })
	v.digest = parts.NewDigest(p.Texts.Text("result.empty.title"))
	v.views = [4]tabView{newSheetView(p.Texts, v.explain), newConditionView(), newLeftView(p.Texts), newReadingView(p.Texts, v.reading)}
	v.tabs = kit.NewTabs([]string{""}, func(int) { v.openTab() })
	v.tabRoom = container.NewStack()
	v.veil = parts.NewVeil(theme.ColorBackground)
	v.veil.Hide()
	v.held = container.NewStack(v.layOut(), v.veil)
	v.held.Hide()
	// The last object takes the height left; the empty card must not.
	v.page = kit.VStackFill(14, v.notice, v.empty.Surface, container.NewStack(kit.Gap(0), v.held))
	return v
}

// layOut puts the headline over the benefits over the tabs.
func (v *View) layOut() *fyne.Container {
	codes := make([]fyne.CanvasObject, len(v.cards))
	for i := range v.cards {
		v.cards[i] = kit.NewBenefitCard(kit.BenefitLook{}, nil)
		codes[i] = v.cards[i]
	}
	card := kit.NewCard(kit.VStackFill(6, v.tabs, v.tabRoom))
	v.below = container.NewStack()
	v.below.Hide()
	return kit.VStackFill(14, v.head.Surface, v.below, kit.Columns(12, 150, nil, codes...), card)
}

func (v *View) explain(line string, year int) {
	if v.p.Explain != nil {
		v.p.Explain(line, year)
	}
}

func (v *View) reading(id, value string, settled bool) {
	if v.p.Reading != nil {
		v.p.Reading(id, value, settled)
	}
}

// Digest is the headline in short, for where the rest is not in view.
func (v *View) Digest() fyne.CanvasObject { return v.digest.Box }

// Content is what is shown, as tall as it needs: the page scrolls.
func (v *View) Content() fyne.CanvasObject { return v.page }

// Set shows a result as the current one.
func (v *View) Set(r *calc.Result) {
	v.last = r
	v.notice.Hide()
	v.veil.Hide()
	v.render()
}

// SetMonthly shows the statement as averages of the counted months of each
// year, and says so; totals of the horizon stay what they are.
func (v *View) SetMonthly(on bool) {
	if v.monthly == on {
		return
	}
	v.monthly = on
	if v.last != nil {
		v.render()
	}
}

// SetCurrency shows the totals in a second currency too; nil is dirhams alone.
func (v *View) SetCurrency(s *currency.Second) {
	v.present.second = s
	if v.last != nil {
		v.render()
	}
}

// Hold dims the result shown and says that it is not current, and why. Before
// any result it says what is missing.
func (v *View) Hold(text string) {
	if v.last == nil {
		v.empty.set(text)
		return
	}
	v.notice.SetText(v.p.Texts.Text("result.hold.title"), text)
	v.notice.Show()
	v.veil.Show()
	v.digest.Hold(v.p.Texts.Text("result.hold.title"))
	v.page.Refresh()
}

// SetActions puts objects at the top right of the headline card.
func (v *View) SetActions(objs ...fyne.CanvasObject) { v.head.setActions(objs) }

// SetBelow puts an object right under the headline card. It takes no room while
// it is hidden when a result is shown.
func (v *View) SetBelow(o fyne.CanvasObject) { v.below.Objects = []fyne.CanvasObject{o} }

// ShowReadings opens the readings of the text.
func (v *View) ShowReadings() { v.tabs.Select(tabReadings) }

// render writes the last result into the widgets.
func (v *View) render() {
	v.model = v.present.present(v.last, v.monthly)
	v.empty.Surface.Hide()
	v.held.Show()
	v.head.show(&v.model.head, v.present.second)
	v.digest.Put(v.model.head.short(v.p.Texts.Text("result.unit")))
	v.below.Hidden = len(v.below.Objects) == 0 || !v.below.Objects[0].Visible()
	for i := range v.cards {
		v.showCard(i)
	}
	t := v.p.Texts
	v.tabs.SetLabels([]string{t.Text("result.tab.sheet"), v.model.tally, v.model.leftTab, t.Text("result.tab.readings")})
	v.openTab()
	v.page.Refresh()
}

var tones = map[mood]kit.Tone{neutral: kit.ToneMuted, good: kit.ToneGood, caution: kit.ToneCaution, bad: kit.ToneError}

func (v *View) showCard(i int) {
	c := &v.model.cards[i]
	f := v.cards[i].Amount()
	f.OnTapped = nil
	if !c.unknown {
		f.OnTapped = func() { v.explain(c.code, 0) }
	}
	v.cards[i].Set(kit.BenefitLook{
		Code: c.code, Name: c.name, State: c.state, Tone: tones[c.mood],
		Amount: c.amount, Range: c.rng, Why: c.why,
	})
}

// openTab fills and shows the chosen tab; the others are filled when chosen.
func (v *View) openTab() {
	if v.model == nil {
		return
	}
	x := v.views[v.tabs.Selected()]
	x.show(v.model)
	if o := x.object(); len(v.tabRoom.Objects) != 1 || v.tabRoom.Objects[0] != o {
		v.tabRoom.Objects = []fyne.CanvasObject{o}
		v.tabRoom.Refresh()
	}
}

// Package whatif shows what else could be of the simulation in the form: three
// scenarios, what weighs most, solving backwards, payback and the calendar of
// rights. It stands in the place of the result and follows the form as that does.
package whatif

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/theme"
)

// Params is what the view works with.
type Params struct {
	Study    *study.Study
	Exhibits *exhibit.Host
	Take     func(desk.Draft)              // opens a moved simulation in the form
	Explain  func(d desk.Draft, ln string) // opens where a line of a draft comes from
	Back     func()                        // to the result
	Failed   func(error)                   // says that something was not kept
	Do       func(func())                  // runs a function on the window's thread
}

// View shows what else could be. Its methods belong to the window's thread.
type View struct {
	p      Params
	t      *i18n.Catalogue
	worker *parts.Worker
	draft  desk.Draft
	given  bool   // there is a draft
	held   string // why it is not that of the form, "" where it is
	failed string // why the tab that is shown has no answer, "" where it has one

	pages  [5]page
	tabs   *kit.Tabs
	room   *fyne.Container
	busy   *kit.Text
	notice *kit.Notice
	veil   *parts.Veil
	box    *fyne.Container
}

// page is what one tab shows.
type page interface {
	object() fyne.CanvasObject
	ask()   // computes for the draft, off the window's thread, and shows
	reset() // forgets what was typed for another simulation
}

// New makes a view without a simulation: Set gives one.
func New(p Params) *View {
	v := &View{p: p, t: p.Study.Texts(), worker: &parts.Worker{Do: p.Do}}
	v.notice = kit.NewNotice(v.t.Text("whatifscreen.held"), "")
	v.notice.Hide()
	v.busy = kit.NewText("", kit.MutedText)
	v.veil = parts.NewVeil(theme.ColorSurface)
	v.veil.Hide()
	v.room = container.NewStack()
	v.tabs = kit.NewTabs([]string{
		v.t.Text("whatifscreen.tab.scenarios"), v.t.Text("whatifscreen.tab.tornado"), v.t.Text("whatifscreen.tab.solve"),
		v.t.Text("whatifscreen.tab.payback"), v.t.Text("whatifscreen.tab.calendar"),
	}, func(int) { v.open() })
	v.pages = [5]page{newScenarioPage(v), newTornadoPage(v), newSolvePage(v), newPaybackPage(v), newCalendarPage(v)}
	head := kit.Ends(12, kit.VStack(2, kit.NewText(v.t.Text("whatifscreen.title"), kit.TitleText),
		kit.NewParagraph(v.t.Text("whatifscreen.intro"), kit.MutedText)), kit.NewButton(kit.Secondary, v.t.Text("whatifscreen.back"), p.Back))
	card := kit.NewCard(kit.VStack(12, kit.Ends(8, v.tabs, v.busy), container.NewStack(v.room, v.veil)))
	v.box = kit.VStack(14, head, v.notice, card)
	return v
}

// Content is what is shown, as tall as it needs: the page scrolls.
func (v *View) Content() fyne.CanvasObject { return v.box }

// Set shows a draft that can be computed.
func (v *View) Set(dr desk.Draft) {
	v.draft, v.given, v.held = dr, true, ""
	v.open()
}

// Hold says why what is shown is not that of the form.
func (v *View) Hold(why string) {
	v.held = why
	v.worker.Stop()
	v.working(false)
	v.state()
}

// Reset forgets what was typed for another simulation. The assumptions stay: they
// are the user's.
func (v *View) Reset() {
	v.Stop()
	v.given = false
	for _, p := range v.pages {
		p.reset()
	}
}

// Stop ends what is computed, and keeps the user's assumptions.
func (v *View) Stop() {
	v.worker.Stop()
	v.keep()
}

func (v *View) keep() {
	if err := v.p.Study.Keep(); err != nil {
		v.p.Failed(err)
	}
}

// open shows the chosen tab and computes it.
func (v *View) open() {
	p := v.pages[v.tabs.Selected()]
	v.room.Objects = []fyne.CanvasObject{p.object()}
	v.failed = ""
	v.state()
	v.again()
}

// again computes the tab that is shown.
func (v *View) again() {
	if v.given && v.held == "" {
		v.pages[v.tabs.Selected()].ask()
	}
}

// state shows whether what stands there is current.
func (v *View) state() {
	why := v.held
	if why == "" {
		why = v.failed
	}
	v.notice.Hidden, v.veil.Hidden = why == "", why == ""
	v.notice.SetText(v.t.Text("whatifscreen.held"), why)
	v.box.Refresh()
}

func (v *View) working(on bool) {
	text := ""
	if on {
		text = v.t.Text("whatifscreen.busy")
	}
	v.busy.SetText(text)
}

// ask computes something of the draft and shows it, or why there is none.
func ask[T any](v *View, work func(ctx context.Context, dr desk.Draft) (T, error), show func(T)) {
	type found struct {
		x   T
		err error
	}
	dr := v.draft
	parts.Ask(v.worker, parts.Job[found]{
		Work: func(ctx context.Context, _ func(done, of int)) found {
			x, err := work(ctx, dr)
			return found{x, err}
		},
		Show: func(f found) {
			v.working(false)
			if v.failed = ""; f.err != nil {
				v.failed = desk.Say(v.t, f.err)
			} else {
				show(f.x)
			}
			v.state()
		},
		Slow: func(int, int) { v.working(true) },
	})
}

// fill replaces what a part of a tab shows.
func fill(box *fyne.Container, objs ...fyne.CanvasObject) {
	box.Objects = objs
	box.Refresh()
}

// link is a pressed word at its own width.
func link(label string, tapped func()) fyne.CanvasObject {
	return kit.HStack(0, kit.NewButton(kit.Link, label, tapped))
}

// Package simulate is the place "Simuler": a form of three short cards and,
// beside it, the result that follows each keystroke. Form (form.go, review.go,
// role.go, plan.go) is the presenter and knows no widget; the other files show it.
package simulate

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/proof"
	"atlasp2i/internal/ui/result"
)

// Shell is what the page needs of the window around it.
type Shell interface {
	ShowPanel(spec kit.PanelSpec)
	ShowToast(text, action string, act func())
	HideToast()
	Copy(text string)
	RefreshHeader()
	Window() fyne.Window
}

// Params is what the page works with. Saved is called after each confirmed save;
// Sample opens a sample project; Compare takes the project of the result shown to
// the comparison of platforms, nil where there is none; Paper drafts and issues a
// paper of the result shown; Do runs a function on the window's thread.
type Params struct {
	Desk    *desk.Desk
	Shell   Shell
	Saved   func()
	Sample  func(desk.Draft)
	Compare func(domain.Project)
	Paper   func(desk.Draft, *calc.Result) // nil: no paper is offered
	WhatIf  func(back func()) WhatIf       // makes what stands in the place of the result; nil: none is offered
	Alone   bool                           // a visitor uses the window alone: no files, and that nothing is kept is known
	Now     func() time.Time
	Do      func(func())

	// Disputed counts the versions of a simulation that two laptops changed, 0 for all
	// others; Settle goes to where a person decides. Both may be nil.
	Disputed func(store.ID) int
	Settle   func()
}

// Page is the place "Simuler". Its methods belong to the window's thread.
type Page struct {
	p     Params
	t     *i18n.Catalogue
	form  *Form
	edits int // changes since the form was opened
	shown desk.Draft
	last  *calc.Result
	held  bool // the result shown is not that of the form

	calc     *parts.Worker
	panel    *parts.Worker // opens explanations
	reader   *parts.Worker // reads plans
	monthly  bool
	second   *currency.Second // beside the dirham, nil for none
	saving   bool
	settled  func()  // waits for the end of a save; see WhenSaved
	aside    []aside // left without saving, the last one first
	keeper   keeper
	soon     *time.Timer
	unkept   bool // it was said that nothing is kept
	fleeting bool // the undo on offer ends at the next change
	root     *fyne.Container
	chip     *kit.Chip
	save     *kit.Button
	result   *result.View
	progress *kit.Progress
	columns  *parts.Split
	left     *fyne.Container
	right    *fyne.Container
	fields   []*bound // of project and dates
	team     *team
	dates    *fyne.Container
	asked    *question
	refused  *kit.Notice
	older    *kit.Notice
	rivals   *question       // two laptops changed the simulation
	samples  *fyne.Container // beside a form that gives no result yet
	whatIf   WhatIf          // nil until it is asked for
	asking   bool            // it stands in the place of the result
}

// typingPause is how long a pause in typing starts a calculation.
const typingPause = 60 * time.Millisecond

// New makes the page with an empty simulation.
func New(p Params) *Page {
	pg := &Page{
		p: p, t: p.Desk.Texts(), calc: &parts.Worker{Do: p.Do, Wait: typingPause}, panel: &parts.Worker{Do: p.Do}, reader: &parts.Worker{Do: p.Do},
		chip: kit.NewChip(kit.ChipLook{}), root: container.NewStack(),
	}
	pg.open(NewForm(p.Desk), 0)
	return pg
}

// New starts an empty simulation.
func (pg *Page) New() { pg.show(NewForm(pg.p.Desk), 0) }

// NewAt starts a simulation of which only the place is given.
func (pg *Page) NewAt(site string) {
	f := NewForm(pg.p.Desk)
	f.SetSite(site)
	pg.show(f, 0)
}

// Start opens a draft: a sample or a saved simulation.
func (pg *Page) Start(d desk.Draft) { pg.show(OpenForm(pg.p.Desk, d), 0) }

// Draft is the simulation as far as it is typed.
func (pg *Page) Draft() desk.Draft { return pg.form.Draft(pg.edits > 0) }

// Keep gives what brings the form back as it stands, unreadable texts included.
func (pg *Page) Keep() (back func()) {
	form, edits := pg.form.clone(), pg.edits
	return func() { pg.show(form, edits) }
}

// Dirty is whether something was changed that is not saved.
func (pg *Page) Dirty() bool { return pg.edits != pg.form.who.saved || pg.form.who.deleted }

// SetMonthly shows yearly amounts as monthly averages.
func (pg *Page) SetMonthly(on bool) {
	pg.monthly = on
	pg.result.SetMonthly(on)
}

// SetCurrency shows the totals in a second currency too; nil is dirhams alone.
func (pg *Page) SetCurrency(s *currency.Second) {
	pg.second = s
	pg.result.SetCurrency(s)
}

// show opens a form and tells the header.
func (pg *Page) show(f *Form, edits int) {
	pg.open(f, edits)
	pg.p.Shell.RefreshHeader()
}

// open puts a form on the page, with the number of its changes.
func (pg *Page) open(f *Form, edits int) {
	pg.panel.Stop()
	pg.reader.Stop()
	pg.form, pg.edits, pg.last, pg.asking = f, edits, nil, false
	if pg.whatIf != nil {
		pg.whatIf.Reset()
	}
	pg.result = result.New(result.Params{Texts: pg.t, Pack: pg.p.Desk.Pack(), Explain: pg.explain, Reading: pg.reading})
	pg.result.SetMonthly(pg.monthly)
	pg.result.SetCurrency(pg.second)
	pg.asked = newQuestion(pg.t.Text("simulate.ask.answer"), pg.result.ShowReadings)
	pg.result.SetBelow(pg.asked)
	pg.actions()
	pg.build()
	pg.chipText()
	pg.estimate()
}

// build makes the left column anew.
func (pg *Page) build() {
	pg.fields, pg.left = nil, kit.VStack(13)
	pg.refused = kit.NewNotice("", "")
	pg.refused.Hide()
	pg.older = kit.NewNotice("", "")
	pg.older.Hide()
	pg.rivals = newQuestion(pg.t.Text("sharing.settle"), pg.p.Settle)
	pg.progress = kit.NewProgress(pg.t.Text("simulate.busy"), pg.t.Text("simulate.stop"), pg.stop)
	pg.progress.Hide()
	pg.team = newTeam(pg)
	pg.left.Objects = []fyne.CanvasObject{pg.rivals, pg.refused, pg.older, pg.projectCard(), pg.team.card, pg.datesCard()}
	if !pg.p.Desk.CanSave() && !pg.p.Alone {
		pg.left.Objects = append(pg.left.Objects, kit.NewNotice(pg.t.Text("simulate.readonly"), pg.t.Text("simulate.readonly.text")))
	}
	pg.samples = pg.sampleCard()
	pg.samples.Hide()
	pg.right = kit.VStackFill(10, pg.progress, pg.result.Content(), pg.samples)
	pg.columns = pg.split()
	pg.root.Objects = []fyne.CanvasObject{pg.columns.Box}
	pg.ShowDisputed()
	pg.root.Refresh()
	pg.sync()
}

// edited follows a change by a person: messages, header, a new result.
func (pg *Page) edited() {
	pg.edits++
	if pg.fleeting {
		pg.fleeting = false
		pg.p.Shell.HideToast()
	}
	pg.keepSoon()
	pg.sync()
	pg.header()
	pg.estimate()
}

// sync writes what the form says beside its fields.
func (pg *Page) sync() {
	for _, b := range pg.fields {
		b.sync(pg.form)
	}
	pg.team.follow()
}

// focused is what has the focus of the window, nil for nothing.
func (pg *Page) focused() fyne.Focusable {
	if c := pg.p.Shell.Window().Canvas(); c != nil {
		return c.Focused()
	}
	return nil
}

// toast says something with a way to undo it, and what was said before goes.
func (pg *Page) toast(text, action string, act func()) {
	pg.fleeting = false
	pg.p.Shell.ShowToast(text, action, act)
}

// header shows name and state again.
func (pg *Page) header() {
	pg.chipText()
	pg.p.Shell.RefreshHeader()
}

func (pg *Page) chipText() {
	text := pg.t.Text("simulate.chip.draft")
	if n := pg.form.who.revision; n > 0 && !pg.form.who.deleted {
		text = pg.t.Text("simulate.chip.saved", "number", n)
		if pg.Dirty() {
			text = pg.t.Text("simulate.chip.changed", "number", n)
		}
	}
	pg.chip.Set(kit.ChipLook{Text: text})
}

// outcome is what a calculation gave.
type outcome struct {
	draft  desk.Draft
	result *calc.Result
	err    error
}

// estimate computes what is typed, once typing pauses.
func (pg *Page) estimate() {
	if why := pg.form.Hold(); why != "" {
		pg.calc.Stop()
		pg.busy(false)
		pg.hold(why)
		return
	}
	d, dr := pg.p.Desk, pg.Draft()
	parts.Ask(pg.calc, parts.Job[outcome]{
		Work: func(context.Context, func(done, of int)) outcome {
			r, err := d.Estimate(dr)
			return outcome{dr, r, err}
		},
		Show: pg.publish, Slow: func(int, int) { pg.busy(true) },
	})
}

func (pg *Page) publish(o outcome) {
	pg.busy(false)
	if o.err != nil {
		pg.hold(desk.Say(pg.t, o.err))
		return
	}
	pg.shown, pg.last, pg.held = o.draft, o.result, false
	pg.samples.Hide()
	pg.form.Learn(o.result)
	pg.asked.show(pg.form.Ask(o.result))
	pg.result.Set(o.result)
	if pg.asking {
		pg.whatIf.Set(o.draft)
	}
	pg.olderRules(o)
	pg.profits()
}

// stop ends a slow calculation; the next change starts it again.
func (pg *Page) stop() {
	pg.calc.Stop()
	pg.busy(false)
	pg.hold(pg.t.Text("simulate.hold.stopped"))
}

// hold says why the result shown is not the current one.
func (pg *Page) hold(why string) {
	pg.held = true
	pg.result.Hold(why)
	if pg.asking {
		pg.whatIf.Hold(why)
	}
	if pg.last == nil && !pg.samples.Visible() {
		pg.samples.Show()
		pg.right.Refresh()
	}
}

func (pg *Page) busy(on bool) {
	if pg.progress.Visible() != on {
		if on {
			pg.progress.Show()
		} else {
			pg.progress.Hide()
		}
		pg.right.Refresh()
	}
}

// reading takes one way to understand a text, from the list of readings.
func (pg *Page) reading(id, value string, settled bool) {
	pg.form.SetReading(id, value, settled)
	pg.edited()
}

// explain opens where a figure comes from.
func (pg *Page) explain(line string, year int) {
	type found struct {
		x   *calc.Explanation
		err error
	}
	d, dr, outdated := pg.p.Desk, pg.shown, pg.held
	work := func(context.Context, func(done, of int)) found {
		x, err := d.Explain(dr, line, year)
		return found{x, err}
	}
	show := func(f found) {
		if f.err != nil {
			pg.toast(desk.Say(pg.t, f.err), "", nil)
			return
		}
		spec := proof.Spec(proof.Params{Texts: pg.t, Explanation: f.x, Copy: pg.p.Shell.Copy})
		if outdated {
			spec.Content = kit.VStack(14, kit.NewNotice(pg.t.Text("simulate.explain.old"), pg.t.Text("simulate.explain.old.text")), spec.Content)
		}
		pg.p.Shell.ShowPanel(spec)
	}
	parts.Ask(pg.panel, parts.Job[found]{Work: work, Show: show, Slow: func(int, int) {}})
}

// Title is the name of the simulation.
func (pg *Page) Title() string {
	if name := pg.form.name.value; name != "" {
		return name
	}
	return pg.t.Text("simulate.title")
}

// Reveal brings what got the focus into view in its own column.
func (pg *Page) Reveal(o fyne.CanvasObject) { pg.columns.Reveal(o) }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.root }

// ScrollPage moves what is read by a page.
func (pg *Page) ScrollPage(down bool) bool { return pg.columns.ScrollPage(down) }

// HeaderLeft is the state of the simulation: draft, revision, changed.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return []fyne.CanvasObject{pg.chip} }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

var saveKey = &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault}

// OnShow makes Ctrl+S save.
func (pg *Page) OnShow() {
	pg.p.Shell.Window().Canvas().AddShortcut(saveKey, func(fyne.Shortcut) { pg.Save() })
}

// OnHide ends that; an explanation that was asked for here is not shown over
// another place.
func (pg *Page) OnHide() {
	pg.p.Shell.Window().Canvas().RemoveShortcut(saveKey)
	pg.panel.Stop()
	if pg.whatIf != nil {
		pg.whatIf.Stop()
	}
}

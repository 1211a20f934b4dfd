package simulate

import (
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
)

// Saved is the simulation that the form is of; "" for one that was never saved.
func (pg *Page) Saved() store.ID { return pg.form.who.id }

// Follow goes on where a page in another language was left: with the form as it
// was typed, those put aside, and the manner of showing amounts.
func (pg *Page) Follow(old *Page) {
	old.stopAll()
	pg.monthly, pg.unkept = old.monthly, old.unkept
	for _, a := range old.aside {
		pg.aside = append(pg.aside, aside{inLanguage(pg.p.Desk, a.form), a.edits, a.at})
	}
	pg.open(inLanguage(pg.p.Desk, old.form), old.edits)
	pg.columns.Show(old.columns.Shown())
	pg.keepSoon()
}

// FollowInto is Follow under other rules, or over a store that may hold other things
// than the one that was left. What was saved is as it is there, under the rules it
// was saved with; what is typed and not saved stays, as a new simulation where that
// store does not know it, or has another version of it now: saved over that, it would
// take the place of what nobody here has seen.
func (pg *Page) FollowInto(old *Page) {
	pg.Follow(old)
	for i := range pg.aside {
		pg.rebind(pg.aside[i].form)
	}
	was, dirty := *pg.form.who, pg.Dirty()
	fresh := was.id == ""
	switch now := pg.rebind(pg.form); {
	case dirty:
		if now != nil && now.Revision != was.revision {
			*pg.form.who = identity{}
			pg.form.name.set(pg.p.Desk.Texts().Text("simulate.beside", "name", pg.form.name.value))
		}
		pg.open(pg.form, max(pg.edits, 1))
	case now != nil:
		pg.open(OpenForm(pg.p.Desk, *now), 0)
	case !fresh:
		pg.open(NewForm(pg.p.Desk), 0)
	}
}

// rebind ties a form to its simulation as the store has it, which it gives; nil
// where there is none, and the form is then of a new one.
func (pg *Page) rebind(f *Form) *desk.Draft {
	if f.who.id == "" {
		return nil
	}
	dr, err := pg.p.Desk.Open(f.who.id)
	if err != nil {
		*f.who = identity{}
		return nil
	}
	f.who.revision, f.who.pack, f.who.name = dr.Revision, dr.Pack, dr.Opened
	return &dr
}

// stopAll ends what a page still does that is no longer shown.
func (pg *Page) stopAll() {
	pg.OnHide()
	pg.calc.Stop()
	pg.reader.Stop()
	if pg.soon != nil {
		pg.soon.Stop()
	}
}

// inLanguage is a form as it was typed, in the language of a desk.
func inLanguage(d *desk.Desk, old *Form) *Form {
	w := old.write(time.Time{})
	f := formOf(d, &w)
	f.who, f.insist = old.who, old.insist
	if old.ramp != nil {
		f.OpenRamp(old.ramp.role)
		for _, path := range rampPaths {
			f.ramp.cell(path).follow(old.ramp.cell(path))
		}
	}
	for _, path := range old.paths() {
		f.cell(path).follow(old.cell(path))
	}
	if old.name.value == old.texts.Text("simulate.new") { // nobody typed it
		f.name.set(f.texts.Text("simulate.new"))
	}
	f.review()
	return f
}

// WhatIf shows what else could be of the simulation, in the place of its result.
type WhatIf interface {
	Content() fyne.CanvasObject
	Set(d desk.Draft) // the draft of the result shown
	Hold(why string)  // the form gives no result
	Reset()           // another simulation was opened
	Stop()
}

// askWhatIf puts it in the place of the result.
func (pg *Page) askWhatIf() {
	if pg.last == nil {
		return
	}
	if pg.whatIf == nil {
		pg.whatIf = pg.p.WhatIf(pg.backToResult)
	}
	pg.asking = true
	pg.fillRight(pg.whatIf.Content())
	pg.whatIf.Set(pg.shown)
	if pg.held {
		pg.whatIf.Hold(pg.form.Hold())
	}
}

// backToResult shows the result again.
func (pg *Page) backToResult() {
	pg.asking = false
	pg.whatIf.Stop()
	pg.fillRight(pg.result.Content())
}

// fillRight puts something in the right column, from its top.
func (pg *Page) fillRight(o fyne.CanvasObject) {
	pg.right.Objects = []fyne.CanvasObject{pg.progress, o, pg.samples}
	pg.right.Refresh()
	pg.columns.Right.ScrollToTop()
}

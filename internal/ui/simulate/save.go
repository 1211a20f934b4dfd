package simulate

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

// Save keeps the simulation as it is typed: a new one, or a new revision. What
// is typed meanwhile stays unsaved; where it is refused the form stays as it is.
func (pg *Page) Save() {
	if !pg.p.Desk.CanSave() || pg.saving {
		return
	}
	if why := pg.form.Hold(); why != "" {
		pg.form.Insist()
		pg.sync()
		pg.toast(pg.t.Text("simulate.save.form", "why", why), "", nil)
		return
	}
	pg.saving = true
	pg.save.Disable()
	d, dr, form, edits := pg.p.Desk, pg.Draft(), pg.form, pg.edits
	do := pg.calc.Do
	go func() {
		out, err := d.Save(dr)
		do(func() { pg.wasSaved(form, edits, out, err) })
	}()
}

// WhenSaved calls do once nothing is being saved, at once where nothing is.
func (pg *Page) WhenSaved(do func()) {
	if !pg.saving {
		do()
		return
	}
	before := pg.settled
	pg.settled = func() {
		if before != nil {
			before()
		}
		do()
	}
}

// wasSaved follows a save: of the form that is open, unless another was opened
// meanwhile.
func (pg *Page) wasSaved(form *Form, edits int, dr desk.Draft, err error) {
	pg.saving = false
	pg.save.Enable()
	if next := pg.settled; next != nil {
		pg.settled = nil
		defer next()
	}
	if err == nil {
		form.who.wasSaved(dr, edits)
		pg.savedAside()
		if pg.p.Saved != nil {
			pg.p.Saved()
		}
	}
	if form.who != pg.form.who {
		return
	}
	if err != nil {
		pg.refused.SetText(pg.t.Text("simulate.save.refused"), pg.t.Text("simulate.save.kept", "why", desk.Say(pg.t, err)))
		pg.refused.Show()
		pg.left.Refresh()
		return
	}
	if pg.refused.Visible() {
		pg.refused.Hide()
		pg.left.Refresh()
	}
	pg.header()
	pg.estimate()
	pg.toast(pg.t.Text("simulate.saved", "number", dr.Revision), "", nil)
}

// duplicate goes on with a copy that is not saved yet.
func (pg *Page) duplicate() {
	back := pg.Keep()
	f := pg.form.clone()
	f.who = &identity{}
	f.name.set(pg.t.Text("simulate.copy.name", "name", f.name.value))
	f.review()
	pg.show(f, 1)
	pg.toast(pg.t.Text("simulate.copied"), pg.t.Text("simulate.undo"), back)
}

// actions are the buttons of the headline card; without a store there is none
// to save.
func (pg *Page) actions() {
	var all []fyne.CanvasObject
	if pg.p.Compare != nil {
		all = append(all, kit.NewButton(kit.Secondary, pg.t.Text("simulate.compare"), pg.compare))
	}
	if pg.p.WhatIf != nil {
		all = append(all, kit.NewButton(kit.Secondary, pg.t.Text("whatifscreen.title"), pg.askWhatIf))
	}
	if pg.p.Paper != nil {
		all = append(all, kit.NewButton(kit.Secondary, pg.t.Text("papers.open"), pg.paper))
	}
	if !pg.p.Alone { // to visitors nothing is kept: a copy would take the place of the first
		all = append(all, kit.NewButton(kit.Secondary, pg.t.Text("simulate.copy"), pg.duplicate))
	}
	if pg.p.Desk.CanSave() {
		pg.save = kit.NewButton(kit.Primary, pg.t.Text("simulate.save"), pg.Save)
		all = append(all, pg.save)
	}
	pg.result.SetActions(all...)
}

// compare takes the project to the comparison as far as it can be computed.
func (pg *Page) compare() {
	if pg.last != nil {
		pg.p.Compare(pg.shown.Project)
	}
}

// Current is the project whose gain is shown; false where that is not the one that is
// typed, or there is none.
func (pg *Page) Current() (domain.Project, bool) {
	if pg.last == nil || pg.held {
		return domain.Project{}, false
	}
	return pg.shown.Project, true
}

// paper takes the result shown to paper: that of what is typed, not an older one.
func (pg *Page) paper() {
	if pg.last != nil && !pg.held {
		pg.p.Paper(pg.shown, pg.last)
		return
	}
	pg.toast(pg.t.Text("simulate.paper.held"), "", nil)
}

// Issued follows that a paper was issued, and its simulation saved with it.
func (pg *Page) Issued(dr desk.Draft) {
	pg.form.who.wasSaved(dr, pg.edits)
	pg.chipText()
	pg.p.Saved()
	pg.p.Shell.RefreshHeader()
}

package simulate

import (
	"errors"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
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
		pg.p.Shell.ShowToast(pg.t.Text("simulate.save.form", "why", why), "", nil)
		return
	}
	type kept struct {
		draft desk.Draft
		err   error
	}
	pg.saving = true
	pg.save.Disable()
	d, dr, form, edits := pg.p.Desk, pg.Draft(), pg.form, pg.edits
	do := pg.calc.do
	go func() {
		out, err := d.Save(dr)
		do(func() { pg.wasSaved(form, edits, out, err) })
	}()
}

// wasSaved follows a save: of the form that is open, unless another was opened
// meanwhile.
func (pg *Page) wasSaved(form *Form, edits int, dr desk.Draft, err error) {
	pg.saving = false
	pg.save.Enable()
	if err == nil {
		form.kept = desk.Draft{ID: dr.ID, Revision: dr.Revision, Pack: dr.Pack}
		if pg.p.Saved != nil {
			pg.p.Saved()
		}
	}
	if form != pg.form {
		return
	}
	if err != nil {
		pg.refused.SetText(pg.t.Text("simulate.save.refused"), pg.t.Text("simulate.save.kept", "why", pg.say(err)))
		pg.refused.Show()
		pg.left.Refresh()
		return
	}
	pg.saved = edits
	if pg.refused.Visible() {
		pg.refused.Hide()
		pg.left.Refresh()
	}
	pg.header()
	pg.estimate()
	pg.p.Shell.ShowToast(pg.t.Text("simulate.saved", "number", dr.Revision), "", nil)
}

// duplicate goes on with a copy that is not saved yet.
func (pg *Page) duplicate() {
	back := pg.Keep()
	f := pg.form.clone()
	f.kept = desk.Draft{}
	f.name.set(pg.t.Text("simulate.copy.name", "name", f.name.value))
	f.review()
	pg.open(f)
	pg.edits++
	pg.header()
	pg.p.Shell.ShowToast(pg.t.Text("simulate.copied"), pg.t.Text("simulate.undo"), back)
}

// say writes an error in the user's language.
func (pg *Page) say(err error) string {
	var refused calc.Problems
	var keyed interface{ Key() string }
	switch {
	case errors.As(err, &refused):
		return pg.t.Problem(refused[0])
	case errors.As(err, &keyed) && pg.t.Has(keyed.Key()):
		return pg.t.Text(keyed.Key())
	}
	return pg.t.Text("simulate.failed", "why", err.Error())
}

package simulate

import (
	"time"

	"atlasp2i/internal/desk"
)

// Follow goes on where a page in another language was left: with the form as it
// was typed, those put aside, and the manner of showing amounts.
func (pg *Page) Follow(old *Page) {
	old.stopAll()
	pg.monthly, pg.unkept = old.monthly, old.unkept
	for _, a := range old.aside {
		pg.aside = append(pg.aside, aside{inLanguage(pg.p.Desk, a.form), a.edits, a.at})
	}
	pg.open(inLanguage(pg.p.Desk, old.form), old.edits)
	pg.keepSoon()
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

package simulate

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
)

// identity is which simulation a form is of. The form and the copies of it that
// are kept to go back to share one: what is saved through one of them is saved
// for all, and never makes a second simulation.
type identity struct {
	id       store.ID
	revision int
	pack     string // hash of the rules it was saved with
	name     string // as it is saved
	saved    int    // how many of the form's changes are saved
	deleted  bool   // it was deleted meanwhile; saving brings it back
}

func identityOf(dr desk.Draft) *identity {
	return &identity{id: dr.ID, revision: dr.Revision, pack: dr.Pack, name: dr.Opened}
}

func (w *identity) draft() desk.Draft {
	return desk.Draft{ID: w.id, Revision: w.revision, Opened: w.name, Pack: w.pack}
}

func (w *identity) wasSaved(dr desk.Draft, edits int) {
	*w = identity{id: dr.ID, revision: dr.Revision, pack: dr.Pack, name: dr.Opened, saved: edits}
}

// Renamed follows another name given in the list of saved simulations, unless
// another one is being typed here.
func (pg *Page) Renamed(id store.ID, name string) {
	f := pg.form
	if f.who.id != id {
		return
	}
	if f.name.value == f.who.name {
		f.name.set(name)
		f.review()
		for _, b := range pg.fields {
			if b.path == pathName {
				b.entry.Put(f.Text(pathName))
			}
		}
		pg.estimate()
	}
	f.who.name = name
	pg.header()
}

// Deleted follows that a simulation left the list of saved ones or came back to
// it. What is open stays open, as a draft.
func (pg *Page) Deleted(id store.ID, gone bool) {
	if pg.form.who.id == id {
		pg.form.who.deleted = gone
		pg.header()
	}
}

// ShowDisputed says whether the simulation that is open waits for a decision. What
// does is read after the window opens, so it is told here.
func (pg *Page) ShowDisputed() {
	n := 0
	if id := pg.form.who.id; pg.p.Disputed != nil && id != "" {
		n = pg.p.Disputed(id)
	}
	pg.rivals.show(Question{Title: pg.t.Text("sharing.versions", "count", n), Body: pg.t.Text("simulate.disputed")}, n > 0)
	pg.left.Refresh()
}

// olderRules says that a saved simulation is shown under rules of another day.
func (pg *Page) olderRules(o outcome) {
	active := pg.p.Desk.Pack()
	if o.result.Pack.SHA256 == active.SHA256 {
		pg.older.Hide()
		return
	}
	pg.older.SetText(pg.t.Text("simulate.older", "number", o.result.Pack.Number), pg.t.Text("simulate.older.text", "active", active.Number))
	pg.older.Show()
	pg.left.Refresh()
}

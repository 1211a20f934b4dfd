package simulate

import (
	"encoding/json"
	"sync"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
)

// written is a form as it is kept in the store until it is saved: its texts as
// they were typed, those that mean nothing included.
type written struct {
	At        time.Time         `json:"at"`
	ID        store.ID          `json:"id,omitempty"`
	Revision  int               `json:"revision,omitempty"`
	Pack      string            `json:"pack,omitempty"`
	SavedName string            `json:"savedName,omitempty"`
	Deleted   bool              `json:"deleted,omitempty"`
	Texts     map[string]string `json:"texts"`
	Segment   string            `json:"segment,omitempty"`
	Site      string            `json:"site,omitempty"`
	Inside    *bool             `json:"inside,omitempty"`
	Listed    bool              `json:"profitsGiven,omitempty"`
	Readings  map[string]string `json:"readings,omitempty"`
	Settled   []string          `json:"settled,omitempty"`
	Roles     []writtenRole     `json:"roles"`
}

type writtenRole struct {
	Hires  int          `json:"hires"`
	Preset string       `json:"preset,omitempty"`
	Named  bool         `json:"named,omitempty"`
	Net    bool         `json:"net,omitempty"`
	Held   bool         `json:"held,omitempty"`
	Gross  domain.Money `json:"gross,omitempty"` // centimes
}

// write gives the form as typed at a time.
func (f *Form) write(at time.Time) written {
	w := written{
		At: at, ID: f.who.id, Revision: f.who.revision, Pack: f.who.pack, SavedName: f.who.name, Deleted: f.who.deleted,
		Texts: map[string]string{}, Segment: f.segment, Site: f.site, Inside: f.inside, Listed: f.listed, Readings: f.readings, Settled: f.settled,
	}
	for _, r := range f.roles {
		w.Roles = append(w.Roles, writtenRole{len(r.hires), r.preset, r.named, r.net, r.held, r.gross})
	}
	for _, path := range f.paths() {
		w.Texts[path] = f.Text(path)
	}
	return w
}

// formOf is the form that was written.
func formOf(d *desk.Desk, w *written) *Form {
	f := blankForm(d)
	f.who = &identity{id: w.ID, revision: w.Revision, pack: w.Pack, name: w.SavedName, deleted: w.Deleted}
	f.segment, f.site, f.inside, f.listed, f.settled = w.Segment, w.Site, w.Inside, w.Listed, w.Settled
	for id, value := range w.Readings {
		f.readings[id] = value
	}
	for _, x := range w.Roles {
		r := f.newRole()
		r.hires = nil
		for range x.Hires {
			r.hires = append(r.hires, f.newHire())
		}
		r.preset, r.named, r.net, r.held, r.gross = x.Preset, x.Named, x.Net, x.Held, x.Gross
		f.roles = append(f.roles, r)
	}
	for path, text := range w.Texts {
		if c := f.cell(path); c != nil {
			c.put(text)
		}
	}
	f.review()
	return f
}

// aside is a form that was left without saving it.
type aside struct {
	form  *Form
	edits int
	at    time.Time
}

// mostAside is how many of them are kept; the oldest goes first.
const mostAside = 5

// keepAfter is how long after the last change the form is kept.
const keepAfter = 2 * time.Second

// Leave puts the form aside where it is not saved: something else is opened.
func (pg *Page) Leave() {
	if !pg.Dirty() {
		return
	}
	pg.aside = append([]aside{{pg.form.clone(), pg.edits, pg.p.Now()}}, pg.aside...)
	pg.aside = pg.aside[:min(len(pg.aside), mostAside)]
	pg.keep()
}

// Aside is when the form that Resume brings back was left; false where there is
// none.
func (pg *Page) Aside() (time.Time, bool) {
	if len(pg.aside) == 0 {
		return time.Time{}, false
	}
	return pg.aside[0].at, true
}

// Resume brings the form back that was put aside last; what is open takes its
// place where it is not saved.
func (pg *Page) Resume() {
	if len(pg.aside) == 0 {
		return
	}
	back := pg.aside[0]
	pg.aside = pg.aside[1:]
	pg.Leave()
	pg.show(back.form, back.edits)
	pg.keep()
}

// Abandon forgets the form that was put aside last; undo takes that back.
func (pg *Page) Abandon() (undo func()) {
	if len(pg.aside) == 0 {
		return func() {}
	}
	gone := pg.aside[0]
	pg.aside = pg.aside[1:]
	pg.keep()
	return func() {
		pg.aside = append([]aside{gone}, pg.aside...)
		pg.keep()
	}
}

// Recover puts aside what an earlier run kept in the store; false for nothing.
func (pg *Page) Recover() bool {
	raw, ok := pg.p.Desk.KeptDraft()
	var list []written
	if !ok || json.Unmarshal(raw, &list) != nil {
		return false
	}
	for i := range list {
		pg.aside = append(pg.aside, aside{formOf(pg.p.Desk, &list[i]), 1, list[i].At})
	}
	return len(list) > 0
}

// unsaved lists what would be lost: the open form and those put aside.
func (pg *Page) unsaved() []written {
	var out []written
	if pg.Dirty() {
		out = append(out, pg.form.write(pg.p.Now()))
	}
	for _, a := range pg.aside {
		out = append(out, a.form.write(a.at))
	}
	return out
}

// keepSoon keeps the form once typing pauses.
func (pg *Page) keepSoon() {
	if pg.soon != nil {
		pg.soon.Stop()
	}
	pg.soon = time.AfterFunc(keepAfter, func() { pg.calc.Do(pg.keep) })
}

// keep writes what is not saved to the store, off the window's thread.
func (pg *Page) keep() {
	put := pg.keeper.put(pg.p.Desk, pg.unsaved())
	go func() {
		if err := put(); err != nil {
			pg.calc.Do(func() { pg.keepFailed(err) })
		}
	}()
}

// KeepNow writes it before the window closes.
func (pg *Page) KeepNow() error { return pg.keeper.put(pg.p.Desk, pg.unsaved())() }

// keepFailed says once that what is typed is not kept.
func (pg *Page) keepFailed(err error) {
	if !pg.unkept {
		pg.unkept = true
		pg.toast(pg.t.Text("simulate.unkept", "why", desk.Say(pg.t, err)), "", nil)
	}
}

// keeper writes drafts one after the other; one that is overtaken is left out.
type keeper struct {
	asked int // on the window's thread

	mu   sync.Mutex
	done int
}

func (k *keeper) put(d *desk.Desk, list []written) (work func() error) {
	k.asked++
	n := k.asked
	return func() error {
		k.mu.Lock()
		defer k.mu.Unlock()
		if n <= k.done {
			return nil
		}
		k.done = n
		if len(list) == 0 {
			return d.DropDraft()
		}
		raw, err := json.Marshal(list)
		if err != nil {
			return err
		}
		return d.KeepDraft(raw)
	}
}

// savedAside drops forms put aside that are saved by now.
func (pg *Page) savedAside() {
	kept := pg.aside[:0:0]
	for _, a := range pg.aside {
		if a.edits != a.form.who.saved {
			kept = append(kept, a)
		}
	}
	pg.aside = kept
	pg.keep()
}

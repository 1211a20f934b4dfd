package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/find"
	"atlasp2i/internal/ui/shell"
)

var searchKey = &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}

// listenToSearch opens the search from wherever the focus is.
func (w *window) listenToSearch() {
	w.win.Canvas().AddShortcut(searchKey, func(fyne.Shortcut) { w.search() })
}

// search opens the one search over everything.
func (w *window) search() {
	on, office, sites, places, t := w.desk, w.office, w.desk.Comparable(), w.places(), w.desk.Texts()
	find.Open(find.Params{
		Texts: t, Shell: w, Failed: w.failed, Do: w.do, Open: w.found, Contacts: w.contactsLike, Alone: w.stand != nil,
		Items: func() ([]find.Item, error) {
			var out []find.Item
			for _, p := range places {
				out = append(out, find.Item{Kind: find.Place, ID: p.ID, Name: p.Label})
			}
			for _, s := range sites {
				out = append(out, find.Item{Kind: find.Site, ID: s.ID, Name: on.PlaceName(s.ID)})
			}
			saved, err := on.List()
			if err != nil {
				return out, err
			}
			for i := range saved {
				e := &saved[i]
				out = append(out, find.Item{Kind: find.Simulation, ID: string(e.ID), Name: e.Name, Note: e.Summary.Segment + " · " + on.PlaceName(e.Summary.Site)})
			}
			if office == nil {
				return out, nil
			}
			heads, err := office.Papers("")
			for i := range heads {
				out = append(out, find.Item{Kind: find.Paper, ID: heads[i].Number, Name: heads[i].Number, Note: t.T(desk.Stamp(heads[i].At))})
			}
			return out, err
		},
	})
}

// contactsOpen is whether contacts are unlocked.
func (w *window) contactsOpen() bool {
	if w.contacts == nil {
		return false
	}
	is, err := w.contacts.State()
	return err == nil && is == cabinet.Unlocked
}

// contactsLike are those that match a text; false while there are some that a
// passphrase would show.
func (w *window) contactsLike(text string) ([]*dossier.Dossier, bool) {
	if w.contactsOpen() {
		return w.contacts.Find(dossier.Query{Text: text}), true
	}
	if w.contacts == nil {
		return nil, true
	}
	is, err := w.contacts.State()
	return nil, err == nil && is != cabinet.Locked
}

// found opens what was chosen in the search.
func (w *window) found(i find.Item) {
	switch i.Kind {
	case find.Contact:
		w.shell.Open(shell.Files)
		w.dossiers().Open(i.ID)
	case find.Simulation:
		w.openSaved(store.ID(i.ID))
	case find.Paper:
		w.shell.Open(shell.Files)
		w.dossiers().ShowTab(dossiers.TabPapers)
		w.dossiers().OpenPaper(i.ID)
	case find.Site:
		w.shell.Open(shell.Platforms)
		w.sheets().Choose(i.ID)
	case find.Place:
		w.shell.Open(i.ID)
	}
}

package ui

import (
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/backups"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/packshelf"
	"atlasp2i/internal/ui/rulebook"
	"atlasp2i/internal/ui/sharing"
	"atlasp2i/internal/ui/shell"
)

// Tabs of the place of rules and data that other rooms fill.
const (
	tabPacks   = "packs"
	tabBackups = "backups"
	tabSharing = "sharing"
)

// bookTabs are the tabs of the place of rules that other rooms fill.
func (w *window) bookTabs() []rulebook.Tab {
	var out []rulebook.Tab
	if w.opening.Shelf != nil {
		w.shelf = w.newShelf()
		out = append(out, rulebook.Tab{ID: tabPacks, Label: w.desk.Texts().Text("packs.ui.tab"), Content: w.shelf.Content(), Shown: w.shelf.Shown})
	}
	if w.stand != nil {
		return out // copies and other laptops are nothing for visitors who are alone
	}
	w.copies, w.sharing = w.newBackups(), w.newSharing()
	return append(out,
		rulebook.Tab{ID: tabBackups, Label: w.desk.Texts().Text("backups.tab"), Content: w.copies.Content(), Shown: w.copies.Shown, Hidden: w.copies.Hidden},
		rulebook.Tab{ID: tabSharing, Label: w.desk.Texts().Text("sharing.tab"), Content: w.sharing.Content(), Shown: w.sharing.Shown})
}

// relayoutBook follows that a tab of another room has another height.
func (w *window) relayoutBook() {
	if w.book != nil {
		w.book.Relayout()
	}
}

func (w *window) newShelf() *packshelf.Page {
	return packshelf.New(packshelf.Params{
		Desk: w.desk, Shelf: w.opening.Shelf(w.desk), Fixed: w.opening.Fixed, Trusted: w.p.Trusted,
		Shell: w, Changed: w.renew, Relayout: w.relayoutBook, Do: w.do,
	})
}

// openPack shows what a file of rules would change, as it is chosen outside of the
// window.
func (w *window) openPack(path string) {
	w.rules().ShowTab(tabPacks)
	w.shell.Open(shell.Rules)
	if w.shelf != nil {
		w.shelf.Open(path)
	}
}

func (w *window) newSharing() *sharing.Page {
	p := sharing.Params{
		Texts: w.desk.Texts(), ReadOnly: !w.desk.CanSave(), Shell: w, Save: w.away.Save,
		Guard:   func() { w.dossiers().ShowTab(dossiers.TabContacts); w.shell.Open(shell.Files) },
		Changed: w.renew, Relayout: w.relayoutBook, Now: w.p.Now, Do: w.do,
	}
	if w.opening.Sharing != nil && w.contacts != nil {
		p.Room, p.Contacts = w.opening.Sharing(w.desk), w.contacts
	}
	return sharing.New(p)
}

// openBundle asks for the passphrase of a file of another laptop, as it is chosen
// outside of the window.
func (w *window) openBundle(path string) {
	w.rules().ShowTab(tabSharing)
	w.shell.Open(shell.Rules)
	w.sharing.Open(path)
}

// settle goes to where a person decides between versions.
func (w *window) settle() {
	w.rules().ShowTab(tabSharing)
	w.shell.Open(shell.Rules)
}

// versionsOf counts the versions of a simulation that two laptops changed.
func (w *window) versionsOf(id store.ID) int { return w.disputed[string(id)] }

// findDisputed reads what two laptops changed, for the places that say so.
func (w *window) findDisputed() {
	w.disputed = nil
	if w.opening.Sharing == nil {
		return
	}
	room, do := w.opening.Sharing(w.desk), w.do
	go func() {
		found, err := room.Open()
		do(func() {
			if err != nil {
				w.failed(err)
				return
			}
			w.disputed = found
			w.sim.ShowDisputed()
		})
	}()
}

func (w *window) newBackups() *backups.Page {
	p := backups.Params{
		Desk: w.desk, Folder: w.opening.Copies.Folder,
		Shell: w, Restore: w.restore, Copied: w.status, Relayout: w.relayoutBook, Do: w.do,
	}
	if b := w.opening.Copies.Of; b != nil {
		p.Copies = b
	}
	return backups.New(p)
}

// restore goes back to a copy. What is typed and not saved stays.
func (w *window) restore(s backup.Snapshot) {
	var r store.Restored
	goBack := w.opening.Copies.Restore
	w.restart(func() (err error) {
		r, err = goBack(s.Path)
		return err
	}, func(err error) {
		switch {
		case w.copies == nil: // the window asks what to do, as at the start
		case err != nil:
			w.copies.Failed(err)
		default:
			w.copies.Restored(s, r)
		}
	})
}

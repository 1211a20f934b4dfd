package ui

import (
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/sharing"
	"atlasp2i/internal/ui/shell"
)

// tabSharing is the tab of sharing between laptops in the place of rules and data.
const tabSharing = "sharing"

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

package ui

import (
	"atlasp2i/internal/ui/packshelf"
	"atlasp2i/internal/ui/rulebook"
	"atlasp2i/internal/ui/shell"
)

// Tabs of the place of rules and data that other rooms fill.
const tabPacks = "packs"

// bookTabs are the tabs of the place of rules that other rooms fill.
func (w *window) bookTabs() []rulebook.Tab {
	var out []rulebook.Tab
	if w.opening.Shelf != nil {
		w.shelf = w.newShelf()
		out = append(out, rulebook.Tab{ID: tabPacks, Label: w.desk.Texts().Text("packs.ui.tab"), Content: w.shelf.Content(), Shown: w.shelf.Shown})
	}
	w.sharing = w.newSharing()
	return append(out, rulebook.Tab{ID: tabSharing, Label: w.desk.Texts().Text("sharing.tab"), Content: w.sharing.Content(), Shown: w.sharing.Shown})
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

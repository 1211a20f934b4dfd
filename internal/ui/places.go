package ui

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/files"
	"atlasp2i/internal/ui/home"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/platforms"
	"atlasp2i/internal/ui/shell"
)

func (w *window) home() shell.Page {
	w.start = home.New(home.Params{
		Desk: w.desk, Now: w.p.Now,
		New:     func() { w.leaveDraft(w.sim.New) },
		Start:   w.sample,
		Open:    w.openSaved,
		Saved:   func() { w.shell.Open(shell.Files) },
		Sites:   func() { w.shell.Open(shell.Platforms) },
		Compare: func() { w.shell.Open(shell.Compare) },
		Explain: w.explain, Failed: w.failed, Recent: w.recent,
		Aside: w.sim.Aside, Resume: w.resume, Abandon: w.abandon, Do: w.do,
	})
	return w.start
}

func (w *window) platforms() shell.Page {
	w.sites = platforms.New(platforms.Params{
		Desk: w.desk, Shell: w,
		Simulate: func(site string) { w.leaveDraft(func() { w.sim.NewAt(site) }) },
		Copy:     w.Copy, Failed: w.failed,
	})
	return w.sites
}

func (w *window) files() shell.Page {
	return files.New(files.Params{
		Desk: w.desk, Now: w.p.Now, Open: w.openSaved,
		Toast: w.shell.ShowToast, Failed: w.failed,
		Renamed: w.sim.Renamed, Deleted: w.sim.Deleted,
	})
}

// ShowPanel, ClosePanel, ShowToast, RefreshHeader and Window are what a place
// asks of the window around it; Simuler is made before the shell.

// ShowPanel slides a panel over the page.
func (w *window) ShowPanel(spec kit.PanelSpec) { w.shell.ShowPanel(spec) }

// ClosePanel takes it away.
func (w *window) ClosePanel() { w.shell.ClosePanel() }

// ShowToast says something at the foot of the window.
func (w *window) ShowToast(text, action string, act func()) { w.shell.ShowToast(text, action, act) }

// HideToast ends what is said there.
func (w *window) HideToast() { w.shell.HideToast() }

// RefreshHeader reads the page's title and chips again.
func (w *window) RefreshHeader() {
	if w.shell != nil {
		w.shell.RefreshHeader()
	}
}

// Window is the window, for its clipboard and dialogs.
func (w *window) Window() fyne.Window { return w.win }

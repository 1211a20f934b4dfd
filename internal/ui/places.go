package ui

import (
	"reflect"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/compare"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/home"
	"atlasp2i/internal/ui/intake"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/platforms"
	"atlasp2i/internal/ui/sector"
	"atlasp2i/internal/ui/shell"
)

func (w *window) home() shell.Page {
	w.start = home.New(home.Params{
		Desk: w.desk, Now: w.p.Now, Alone: w.stand != nil,
		New:     func() { w.leaveDraft(w.sim.New) },
		Start:   w.sample,
		Open:    w.openSaved,
		Saved:   func() { w.dossiers().ShowTab(dossiers.TabSimulations); w.shell.Open(shell.Files) },
		Contact: w.contactDoor(),
		Sites:   func() { w.shell.Open(shell.Platforms) },
		Compare: func() { w.shell.Open(shell.Compare) },
		Explain: w.explain, Failed: w.failed, Recent: w.recent,
		Aside: w.sim.Aside, Resume: w.resume, Abandon: w.abandon, Do: w.do,
	})
	return w.start
}

func (w *window) sheets() *platforms.Page {
	if w.sites != nil {
		return w.sites
	}
	w.sites = platforms.New(platforms.Params{
		Desk: w.desk, Shell: w,
		Compare: func(site string) bool {
			added := w.comparison().Add(site)
			w.shell.Open(shell.Compare)
			return added
		},
		Changed: func() {
			if w.versus != nil && w.shell.Current() == shell.Compare {
				w.versus.OnShow()
			}
		},
		Simulate: func(site string) { w.leaveDraft(func() { w.sim.NewAt(site) }) },
		Copy:     w.Copy, Failed: w.failed,
	})
	return w.sites
}

func (w *window) sector() shell.Page {
	var page *sector.Page
	figures := intake.New(intake.Params{
		Desk: w.desk, Shell: w, Exhibits: w.away, Changed: func() { page.Changed() }, Failed: w.failed, Do: w.do, Now: w.p.Now,
	})
	p := sector.Params{
		Desk: w.desk, Shell: w, Copy: w.Copy, Do: w.do, Exhibits: w.away, Button: figures.Button, Fault: figures.Fault,
	}
	if w.stand != nil {
		p.Button = nil
	}
	page = sector.New(p)
	return page
}

// places of the comparison and the sheets are made at the first visit, or when
// another place sends something there.

func (w *window) comparison() *compare.Page {
	if w.versus == nil {
		w.versus = compare.New(compare.Params{
			Desk: w.desk, Shell: w, Failed: w.failed, Do: w.do,
			Simulate: func(site string, p domain.Project) {
				p.Site = site
				w.leaveDraft(func() { w.sim.Start(desk.Draft{Project: p}) })
			},
			Current: w.sim.Current, Edit: w.editCompared,
			Fact: func(place, field string) { w.sheets().OpenFact(place, field) },
			Cap:  func(site string) { w.sheets().OpenCap(site) },
		})
		w.versus.SetCurrency(w.second())
	}
	return w.versus
}

// editCompared goes to where the compared project is changed: the form that it
// came from, or a new one with the sample.
func (w *window) editCompared(p domain.Project, example bool) {
	if example || !reflect.DeepEqual(w.sim.Draft().Project, p) {
		w.leaveDraft(func() { w.sim.Start(desk.Draft{Project: p}) })
		return
	}
	w.shell.Open(shell.Simulate)
}

// sendToCompare takes the simulated project to the comparison.
func (w *window) sendToCompare(p domain.Project) {
	w.comparison().Take(p)
	w.shell.Open(shell.Compare)
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

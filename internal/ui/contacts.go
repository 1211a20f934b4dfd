package ui

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/dossiers/issued"
	"atlasp2i/internal/ui/files"
	"atlasp2i/internal/ui/papers"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/shell"
)

// dossiers is the place of contacts, simulations and issued papers, made when it is
// first asked for.
func (w *window) dossiers() *dossiers.Page {
	if w.filed == nil {
		w.filed = dossiers.New(w.dossierParams())
	}
	return w.filed
}

func (w *window) dossierParams() dossiers.Params {
	choices, err := dossier.ParseChoices(assets.DossierChoices)
	if err != nil {
		fyne.LogError("choices of a dossier", err)
	}
	p := dossiers.Params{
		Texts: w.desk.Texts(), Choices: choices, Shell: w, Save: w.away.Save, Failed: w.failed, Now: w.p.Now, Do: w.do,
		Simulations: files.New(files.Params{
			Desk: w.desk, Now: w.p.Now, Open: w.openSaved, Toast: w.ShowToast, Failed: w.failed,
			Renamed: w.sim.Renamed, Deleted: w.sim.Deleted,
			Disputed: w.versionsOf, Settle: w.settle,
		}),
		SimulationName: w.simulationName, OpenSimulation: w.openSaved, Current: w.current,
		Disputed: func(id string) int { return w.disputed[id] }, Settle: w.settle,
		Comparison: w.compared, OpenComparison: w.openComparison,
	}
	for _, s := range w.desk.Pack().Segments {
		p.Segments = append(p.Segments, s.ID)
	}
	if w.contacts != nil {
		p.Cabinet = w.contacts
	}
	if w.office != nil {
		list := issued.New(issued.Params{Office: w.office, Papers: w.paperParams(), Name: w.simulationName, Verify: w.verifyPaper, Failed: w.failed})
		p.Setup, p.Papers, p.Issue = w.office, list, w.issueFor
		p.OpenPaper = list.Open
	}
	return p
}

// verifyPaper goes to where a paper is verified.
func (w *window) verifyPaper(number string) {
	w.shell.Open(shell.Rules)
	w.rules().Verify(number)
}

// simulationName is that of a saved simulation, "" for one that is gone.
func (w *window) simulationName(id store.ID) string {
	dr, err := w.desk.Open(id)
	if err != nil {
		return ""
	}
	return dr.Project.Name
}

// current gives what is open in Simuler, saved first where it is not.
func (w *window) current(found func(store.ID)) {
	dr := w.sim.Draft()
	if dr.ID != "" && !w.sim.Dirty() {
		found(dr.ID)
		return
	}
	on, do := w.desk, w.do
	go func() {
		out, err := on.Save(dr)
		do(func() {
			if err != nil {
				w.ShowToast(w.desk.Texts().Text("dossiers.attach.refused", "why", desk.Say(w.desk.Texts(), err)), "", nil)
				return
			}
			w.sim.Issued(out)
			found(out.ID)
		})
	}()
}

// compared is what stands in Comparer, where it was opened.
func (w *window) compared() (desk.Comparison, string, bool) {
	if w.versus == nil {
		return desk.Comparison{}, "", false
	}
	c := w.versus.Comparison()
	return c, w.desk.Texts().Text("dossiers.comparison.name", "name", c.Project.Name), true
}

func (w *window) openComparison(c desk.Comparison) {
	w.comparison().Start(c)
	w.shell.Open(shell.Compare)
}

// issueFor takes a saved simulation to paper for a contact.
func (w *window) issueFor(d *dossier.Dossier, sim store.ID) {
	type computed struct {
		draft  desk.Draft
		result *calc.Result
		err    error
	}
	on := w.desk
	parts.Ask(&parts.Worker{Do: w.do}, parts.Job[computed]{
		Work: func(context.Context, func(done, of int)) computed {
			dr, err := on.Open(sim)
			if err != nil {
				return computed{err: err}
			}
			r, err := on.Estimate(dr)
			return computed{dr, r, err}
		},
		Show: func(c computed) {
			if c.err != nil {
				w.failed(c.err)
				return
			}
			p := w.paperFor(c.draft, c.result)
			who := whoOf(d)
			p.Dossier, p.Whose, p.Visitor, p.Mail = who.ID, who.Name, who.For, who.Mail
			papers.Open(p)
		},
		Slow: func(int, int) {},
	})
}

// whoOf is a contact as the panel of a paper names them.
func whoOf(d *dossier.Dossier) papers.Who {
	c := d.Contact
	name := cmp.Or(c.Name, c.Company, c.Email, c.Phone)
	if c.Name != "" && c.Company != "" {
		name += ", " + c.Company
	}
	return papers.Who{ID: store.ID(d.ID), Name: name, For: cmp.Or(c.Company, c.Name), Mail: c.Email}
}

// whoIs are the contacts that a paper may be issued for, by what is typed; nil while
// they are locked.
func (w *window) whoIs() func(string) []papers.Who {
	if !w.contactsOpen() {
		return nil
	}
	return func(text string) []papers.Who {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		found, _ := w.contactsLike(text)
		out := make([]papers.Who, 0, len(found))
		for _, d := range found {
			out = append(out, whoOf(d))
		}
		return out
	}
}

// attachTo attaches the simulation of a paper to a contact, saved first where it is
// the one in Simuler and changed.
func (w *window) attachTo(dr desk.Draft, id store.ID) {
	attach := func(sim store.ID) {
		d, err := w.contacts.AttachSimulation(string(id), sim)
		if err != nil {
			w.failed(err)
			return
		}
		if w.filed != nil {
			w.filed.Changed(d)
		}
		w.ShowToast(w.desk.Texts().Text("papers.whose.attached", "name", whoOf(d).Name), "", nil)
	}
	if dr.ID != "" && (dr.ID != w.sim.Draft().ID || !w.sim.Dirty()) {
		attach(dr.ID)
		return
	}
	w.current(attach)
}

// paperIssued follows that a paper belongs to a contact now.
func (w *window) paperIssued(id store.ID) {
	if id == "" || w.contacts == nil {
		return
	}
	if err := w.contacts.Refresh(string(id)); err != nil {
		w.failed(err)
	}
	if w.filed != nil {
		w.filed.Issued()
	}
}

// contactDoor is what takes a contact; nil where none can be kept.
func (w *window) contactDoor() func() {
	if w.contacts == nil || !w.desk.CanSave() {
		return nil
	}
	return w.newContact
}

// newContact begins a contact, where contacts are unlocked; else it shows what
// stands before them.
func (w *window) newContact() {
	w.dossiers().ShowTab(dossiers.TabContacts)
	w.shell.Open(shell.Files)
	w.dossiers().NewContact()
}

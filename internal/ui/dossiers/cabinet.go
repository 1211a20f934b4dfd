package dossiers

import (
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// Cabinet is what the page asks of the use cases of contacts.
type Cabinet interface {
	State() (cabinet.State, error)
	Troubles() []domain.Msg
	SetPassphrase(pass string) error
	Unlock(ctx context.Context, pass string) error
	Lock()
	Abandon() (int, error)
	Find(q dossier.Query) []*dossier.Dossier
	Fairs() []string
	Owners() []string
	Overdue(today time.Time) cabinet.Overdue
	Get(id string) (*dossier.Dossier, error)
	Save(d *dossier.Dossier) (*dossier.Dossier, error)
	Withdraw(id string) (*dossier.Dossier, error)
	AttachSimulation(id string, sim store.ID) (*dossier.Dossier, error)
	DetachSimulation(id string, sim store.ID) (*dossier.Dossier, error)
	AttachComparison(id, name string, x desk.Comparison) (*dossier.Dossier, error)
	DetachComparison(id, name string) (*dossier.Dossier, error)
	Comparison(id, name string) (desk.Comparison, error)
	History(id string) ([]cabinet.Line, error)
	Papers(id string) ([]store.PaperHead, error)
	Erase(id string) (cabinet.Left, error)
	Personal(id string) ([]byte, error)
	ExportCSV(w io.Writer, ids []string) error
	ExportVCard(w io.Writer, ids []string) error
	Consent(agency, contact string) (cabinet.Wording, error)
	Answered(w cabinet.Wording, a cabinet.Answer) *dossier.Consent
}

// Setup is who works at this place.
type Setup interface {
	Setup() issue.Setup
	PutSetup(issue.Setup) error
}

// Shell is what the page asks of the window around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ClosePanel()
	ShowToast(text, action string, act func())
	RefreshHeader()
	Window() fyne.Window
}

// View is what a tab shows beside contacts.
type View interface {
	Content() fyne.CanvasObject
	OnShow()
	OnHide()
}

// Params is what the page works with.
type Params struct {
	Texts       *i18n.Catalogue
	Cabinet     Cabinet
	Choices     dossier.Choices
	Grades      []formalities.Grade
	Segments    []string // ids
	Setup       Setup    // nil: nothing can be issued here, nor a consent be asked for
	Shell       Shell
	Simulations View
	Papers      View // nil: there are none
	Save        func(exhibit.SaveParams)
	Failed      func(error)

	SimulationName func(store.ID) string
	OpenSimulation func(store.ID)
	// Current gives what is open in Simuler, saved first where it is not.
	Current        func(found func(store.ID))
	Comparison     func() (x desk.Comparison, name string, ok bool) // what is compared now
	OpenComparison func(desk.Comparison)
	Issue          func(d *dossier.Dossier, simulation store.ID) // takes it to paper for a contact
	OpenPaper      func(number string)
	// Disputed counts the versions of a contact that two laptops changed, 0 for all
	// others; Settle goes to where a person decides. Both may be nil.
	Disputed func(id string) int
	Settle   func()

	Now func() time.Time
	Do  func(func()) // runs a function on the window's thread
}

func (p *Params) disputed(id string) int {
	if p.Disputed == nil {
		return 0
	}
	return p.Disputed(id)
}

func (p *Params) today() time.Time { return p.Now().Local() }

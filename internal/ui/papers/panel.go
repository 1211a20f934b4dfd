package papers

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/document"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Office is what the panel asks of the use cases.
type Office interface {
	CanIssue() bool
	Setup() issue.Setup
	PutSetup(issue.Setup) error
	Issue(issue.Order) (issue.Paper, desk.Draft, error)
	DraftDocument(desk.Draft, issue.Extra) (*document.Document, error)
	PaperDocument(*issue.Paper, issue.Extra) (*document.Document, error)
	Leaflet(p *issue.Paper, lang, visitor string) (*document.Document, error)
	FileDocument(desk.Draft) (*document.Document, error)
	Draft(*issue.Paper) (desk.Draft, error)
	Print(w io.Writer, end string, d *document.Document) error
	Mail(p *issue.Paper, to string, x issue.Extra) ([]byte, error)
	Currencies() []string
	Rate(currency string) (issue.Rate, bool)
}

// Shell is what the panel asks of the window around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ShowToast(text, action string, act func())
}

// Params is what the panel works with.
type Params struct {
	Office  Office
	Texts   *i18n.Catalogue
	Shell   Shell
	Save    func(exhibit.SaveParams)                       // writes a file where the user says
	View    func(write func(io.Writer) error, name string) // opens a file in the system's viewer, for printing
	Issued  func(issue.Paper, desk.Draft)                  // a paper was issued, and its simulation saved; may be nil
	Do      func(func())
	Draft   desk.Draft
	Dossier store.ID // whose dossier the paper belongs to, "" for none
	Visitor string   // the name proposed for the paper
	Mail    string   // where the e-mail goes, "" for nobody yet
	Whose   string   // who the dossier is about, where there is one
	// Contacts gives those that match a text; nil while nobody may be named.
	Contacts func(text string) []Who
	Attach   func(desk.Draft, store.ID) // attaches the simulation alone; may be nil
	Amount   string                     // what the paper will say, with its range
	Range    string

	Currency string // shown beside the dirham at first, "" for none
	Parts    []Part // that can be attached
}

// Panel is a paper from draft to issue.
type Panel struct {
	p      Params
	t      *i18n.Catalogue
	flow   flow
	worker *parts.Worker

	body    *fyne.Container
	issue   *kit.Button
	missing *kit.Text
	how     *fyne.Container // the list, or who else read it
}

// Open shows the panel for a draft.
func Open(p Params) *Panel {
	pl := &Panel{
		p: p, t: p.Texts, worker: &parts.Worker{Do: p.Do},
		flow: flow{draft: p.Draft, dossier: p.Dossier, visitor: p.Visitor, currency: p.Currency, setup: p.Office.Setup(), ticked: map[string]bool{}, joined: map[int]bool{}},
	}
	pl.body = kit.VStack(16)
	pl.ask()
	pl.show()
	return pl
}

func (pl *Panel) show() {
	pl.p.Shell.ShowPanel(kit.PanelSpec{Title: pl.t.Text("papers.title"), Close: pl.t.Text("proof.ui.close"), Content: pl.body, OnClose: pl.worker.Stop})
}

// ask is the panel before the paper is issued.
func (pl *Panel) ask() {
	t := pl.t
	pl.missing = kit.NewText("", kit.MutedText)
	pl.issue = kit.NewButton(kit.Primary, t.Text("papers.issue"), pl.doIssue)
	pl.how = kit.VStack(8)
	rows := []fyne.CanvasObject{
		kit.VStack(2, kit.NewText(pl.p.Amount, kit.PanelTotalText), kit.NewParagraph(pl.p.Range, kit.MutedText)),
		kit.NewRule(), pl.people(),
	}
	if pl.p.Contacts != nil {
		rows = append(rows, pl.whose())
	}
	rows = append(rows, pl.money(), pl.length())
	if len(pl.p.Parts) > 0 {
		rows = append(rows, pl.joins())
	}
	if pl.p.Office.CanIssue() {
		pl.showHow()
		rows = append(rows, kit.NewRule(), kit.NewText(t.Text("papers.check"), kit.CardTitleText), pl.modes(), pl.how, pl.missing,
			kit.Flow(8, pl.issue, kit.NewButton(kit.Secondary, t.Text("papers.draft"), pl.saveDraft), kit.NewButton(kit.Secondary, t.Text("papers.file"), pl.saveFile)),
			kit.NewParagraph(t.Text("papers.forever"), kit.MutedText))
	} else {
		rows = append(rows, kit.Flow(8, kit.NewButton(kit.Secondary, t.Text("papers.draft"), pl.saveDraft), kit.NewButton(kit.Secondary, t.Text("papers.file"), pl.saveFile)), kit.NewParagraph(t.Text("papers.readonly"), kit.MutedText))
	}
	pl.body.Objects = rows
	pl.body.Refresh()
	pl.follow()
}

const inputWide = 260 // design pixels

// people are who issues the paper, where, and for whom. Who issues it is asked
// once: then it stands in one line.
func (pl *Panel) people() fyne.CanvasObject {
	f := &pl.flow
	field := func(key, value string, put func(string)) fyne.CanvasObject {
		e := kit.NewEntry(pl.t.Text(key + ".hint"))
		e.Put(value)
		e.Changed = func(s string) { put(s); pl.follow() }
		return kit.NewField(kit.FieldSpec{Label: pl.t.Text(key), Input: e, Width: inputWide})
	}
	issuer := kit.VStack(8)
	ask := func() {
		issuer.Objects = []fyne.CanvasObject{
			field("papers.officer", f.setup.Officer, func(s string) { f.setup.Officer = s }),
			field("papers.agency", f.setup.Agency, func(s string) { f.setup.Agency = s }),
			field("papers.fair", f.setup.Fair, func(s string) { f.setup.Fair = s }),
		}
		issuer.Refresh()
		pl.body.Refresh()
	}
	if by := f.issuer(); by == "" {
		ask()
	} else {
		issuer.Add(kit.Ends(12, kit.NewParagraph(pl.t.Text("papers.by", "who", by), kit.BodyText), kit.NewButton(kit.Link, pl.t.Text("papers.change"), ask)))
	}
	return kit.VStack(8, field("papers.for", f.visitor, func(s string) { f.visitor = s }), kit.NewParagraph(pl.t.Text("papers.for.kept"), kit.MutedText), issuer)
}

// money chooses a currency beside the dirham, with its rate and where that is from.
func (pl *Panel) money() fyne.CanvasObject {
	said := kit.NewParagraph("", kit.MutedText)
	all := append([]string{""}, pl.p.Office.Currencies()...)
	buttons := make([]*kit.ChipButton, len(all))
	show := func() {
		for i, c := range all {
			buttons[i].Set(kit.ChipLook{Text: pl.currency(c), Active: c == pl.flow.currency})
		}
		text := pl.t.Text("papers.currency.none")
		if r, ok := pl.p.Office.Rate(pl.flow.currency); ok {
			text = r.Say(pl.t)
		}
		said.SetText(text)
	}
	row := kit.Flow(8, kit.NewText(pl.t.Text("papers.currency"), kit.BodyText))
	for i, c := range all {
		buttons[i] = kit.NewChipButton(kit.ChipLook{}, func() { pl.flow.currency = c; show() })
		row.Add(buttons[i])
	}
	show()
	return kit.VStack(6, row, said)
}

func (pl *Panel) currency(code string) string {
	if code == "" {
		return pl.t.Text("papers.currency.mad")
	}
	return pl.t.Text("papers.currency.with", "currency", code)
}

// modes are the two ways of checking.
func (pl *Panel) modes() fyne.CanvasObject {
	list := kit.NewChipButton(kit.ChipLook{}, nil)
	other := kit.NewChipButton(kit.ChipLook{}, nil)
	show := func() {
		list.Set(kit.ChipLook{Text: pl.t.Text("papers.check.list"), Active: !pl.flow.second})
		other.Set(kit.ChipLook{Text: pl.t.Text("papers.check.second"), Active: pl.flow.second})
		pl.showHow()
		pl.follow()
	}
	list.OnTapped = func() { pl.flow.second = false; show() }
	other.OnTapped = func() { pl.flow.second = true; show() }
	list.Set(kit.ChipLook{Text: pl.t.Text("papers.check.list"), Active: true})
	other.Set(kit.ChipLook{Text: pl.t.Text("papers.check.second")})
	return kit.Flow(8, list, other)
}

func (pl *Panel) showHow() {
	pl.how.Objects = nil
	if pl.flow.second {
		e := kit.NewEntry(pl.t.Text("papers.second.hint"))
		e.Put(pl.flow.by)
		e.Changed = func(s string) { pl.flow.by = s; pl.follow() }
		pl.how.Add(kit.NewField(kit.FieldSpec{Label: pl.t.Text("papers.second"), Input: e, Width: inputWide}))
	} else {
		for _, c := range checks {
			pl.how.Add(pl.tick(c))
		}
	}
	pl.how.Refresh()
	pl.body.Refresh()
}

// tick is a line of the list that the officer confirms.
func (pl *Panel) tick(name string) fyne.CanvasObject {
	tick := kit.NewTick(pl.t.Text("papers.check."+name), func(on bool) {
		pl.flow.ticked[name] = on
		pl.follow()
	})
	tick.Put(pl.flow.ticked[name])
	return tick
}

// follow says what is missing and lets the paper be issued once nothing is.
func (pl *Panel) follow() {
	key := pl.flow.missing()
	if key == "" {
		pl.missing.SetText("")
		pl.issue.Enable()
		return
	}
	pl.missing.SetText(pl.t.Text(key))
	pl.issue.Disable()
}

type issued struct {
	paper issue.Paper
	draft desk.Draft
	parts []document.Block
	err   error
}

// doIssue issues the paper off the window's thread; the second press of a double
// click finds the button disabled.
func (pl *Panel) doIssue() {
	pl.issue.Disable()
	office, setup, order, list := pl.p.Office, pl.flow.setup, pl.flow.order(), pl.joined()
	parts.Ask(pl.worker, parts.Job[issued]{
		Work: func(ctx context.Context, _ func(done, of int)) issued {
			if err := office.PutSetup(setup); err != nil {
				return issued{err: err}
			}
			under := order.Draft
			under.Pack = "" // a paper is issued under the rules of today
			blocks, err := join(ctx, list, under)
			if err != nil {
				return issued{err: err}
			}
			p, dr, err := office.Issue(order)
			return issued{p, dr, blocks, err}
		},
		Show: func(x issued) {
			if x.err != nil {
				pl.failed(x.err)
				pl.follow()
				return
			}
			if pl.p.Issued != nil {
				pl.p.Issued(x.paper, x.draft)
			}
			pl.flow.parts = x.parts
			pl.done(&x.paper)
		},
		Slow: func(int, int) { pl.missing.SetText(pl.t.Text("papers.issuing")) },
	})
}

func (pl *Panel) failed(err error) { pl.p.Shell.ShowToast(desk.Say(pl.t, err), "", nil) }

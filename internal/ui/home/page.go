package home

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
)

// Params is what the page works with. Now is the clock of "4 min ago".
type Params struct {
	Desk    *desk.Desk
	Now     func() time.Time
	Alone   bool                                                    // a visitor uses the window alone: nothing that is kept is shown
	New     func()                                                  // start an empty simulation
	Start   func(desk.Draft)                                        // open a sample
	Open    func(store.ID)                                          // open a saved simulation
	Saved   func()                                                  // go to the list of saved ones
	Contact func()                                                  // take a contact; nil where none can be kept
	Sites   func()                                                  // go to the platforms
	Compare func()                                                  // go to the comparison
	Explain func(d desk.Draft, line string)                         // open a figure
	Failed  func(error)                                             // say an error
	Aside   func() (at time.Time, ok bool)                          // when a form was left without saving it
	Resume  func()                                                  // go on with it
	Abandon func()                                                  // forget it
	Do      func(func())                                            // run on the window's thread
	Recent  func(most int) (list []store.Entry, all int, err error) // newest saved ones
}

const recentShown = 5

// Page is the place "Accueil".
type Page struct {
	p       Params
	content fyne.CanvasObject
	table   *kit.Statement
	answers *fyne.Container
	foot    *kit.Paragraph
	recent  *fyne.Container
	open    bool // the last dossiers are unfolded
}

// New makes the page; the quick answers arrive when they are computed.
func New(p Params) *Page {
	pg := &Page{p: p}
	t := p.Desk.Texts()
	pg.table = kit.NewStatement(nil, nil)
	pg.table.Underlined = true
	pg.foot = kit.NewParagraph(t.Text("home.answers.wait"), kit.MutedText)
	pg.recent = kit.VStack(10)
	pg.answers = kit.VStack(12, kit.NewText(t.Text("home.answers"), kit.CardTitleText), kit.Wide(pg.table), pg.foot)
	answersCard := kit.NewCard(pg.answers)
	recentCard := kit.NewCard(kit.VStack(12, kit.NewText(t.Text("home.recent"), kit.CardTitleText), pg.recent))
	below := kit.Columns(16, 300, []float32{0.72, 0.28}, answersCard, recentCard)
	if p.Alone {
		below = kit.VStack(0, answersCard)
	}
	pg.content = kit.VStack(20, pg.doors(), below)
	pg.fold()
	go pg.compute()
	return pg
}

func (pg *Page) doors() fyne.CanvasObject {
	t := pg.p.Desk.Texts()
	door := func(icon, key, text string, main bool, act func()) fyne.CanvasObject {
		return kit.NewDoor(kit.DoorLook{Icon: kit.Icon(icon), Title: t.Text("home.door." + key), Text: t.Text(text)}, main, act)
	}
	saved := "home.door.saved.text"
	if !pg.p.Desk.CanSave() {
		saved = "home.door.saved.readOnly"
	}
	doors := []fyne.CanvasObject{
		door("simulate", "new", "home.door.new.text", true, pg.p.New),
		door("compare", "compare", "home.door.compare.text", false, pg.p.Compare),
		door("platforms", "sites", "home.door.sites.text", false, pg.p.Sites),
	}
	switch {
	case pg.p.Alone:
	case pg.p.Contact != nil:
		doors = append(doors, door("files", "contact", "home.door.contact.text", false, pg.p.Contact))
	default:
		doors = append(doors, door("files", "saved", saved, false, pg.p.Saved))
	}
	return kit.Columns(16, 230, nil, doors...)
}

// compute works off the window's thread and publishes once.
func (pg *Page) compute() {
	list, err := answers(pg.p.Desk)
	pg.p.Do(func() {
		if err != nil {
			pg.p.Failed(err)
			return
		}
		pg.show(list)
	})
}

func (pg *Page) show(list []answer) {
	t := pg.p.Desk.Texts()
	columns := []kit.Column{
		{Title: t.Text("home.col.kind"), Left: true},
		{Title: t.Text("home.col.place"), Left: true, Spare: true}, // the name of a sample says it too
		{Title: t.Text("home.col.months")},
		{Title: t.Text("home.col.gain")},
		{Title: t.Text("home.col.share")},
	}
	var rows []kit.Row
	for _, a := range list {
		explain := func(line string) func() { return func() { pg.p.Explain(a.draft, line) } }
		rows = append(rows, kit.Row{Cells: []kit.Cell{
			{Text: a.kind, Explain: func() { pg.p.Start(a.draft) }},
			{Text: a.place},
			{Text: t.Text("home.months", "count", a.months)},
			{Text: a.gain, Explain: explain(calc.LineBenefits)},
			{Text: a.share, Explain: explain(calc.LineShare)},
		}})
	}
	pg.table.Set(columns, rows)
	pg.foot.SetText(t.Text("home.answers.foot"))
	pg.answers.Refresh() // the table is taller now: what stands below it moves
}

// fold shows the last dossiers or only a button: the screen faces the visitor.
func (pg *Page) fold() {
	t := pg.p.Desk.Texts()
	key := "home.recent.show"
	if pg.open {
		key = "home.recent.hide"
	}
	toggle := kit.NewButton(kit.Secondary, t.Text(key), func() {
		pg.open = !pg.open
		pg.fold()
	})
	rows := pg.asideRow()
	if pg.open {
		rows = append(rows, pg.recentRows()...)
	} else {
		rows = append(rows, kit.NewParagraph(t.Text("home.recent.folded"), kit.MutedText))
	}
	pg.recent.Objects = append(rows, container.NewHBox(toggle))
	pg.recent.Refresh()
}

// asideRow offers what was left without saving it. It gives no name: it is shown
// while the next visitor looks.
func (pg *Page) asideRow() []fyne.CanvasObject {
	t := pg.p.Desk.Texts()
	at, ok := pg.p.Aside()
	if !ok {
		return nil
	}
	forget := func() {
		pg.p.Abandon()
		pg.fold()
	}
	return []fyne.CanvasObject{
		kit.NewText(t.Text("home.aside", "when", Ago(t, pg.p.Now(), at)), kit.StrongText),
		kit.HStack(18, kit.NewButton(kit.Link, t.Text("home.aside.resume"), pg.p.Resume), kit.NewButton(kit.Link, t.Text("home.aside.abandon"), forget), layout.NewSpacer()),
		kit.NewRule(),
	}
}

// Refresh reads again what was left and saved.
func (pg *Page) Refresh() { pg.fold() }

func (pg *Page) recentRows() []fyne.CanvasObject {
	t := pg.p.Desk.Texts()
	list, _, err := pg.p.Recent(recentShown)
	if err != nil {
		pg.p.Failed(err)
	}
	if len(list) == 0 {
		return []fyne.CanvasObject{kit.NewParagraph(t.Text("home.recent.none"), kit.MutedText)}
	}
	var out []fyne.CanvasObject
	for _, e := range list {
		name := kit.NewButton(kit.Link, e.Name, func() { pg.p.Open(e.ID) })
		when := kit.NewText(t.Text("home.recent.line", "number", e.Head, "when", Ago(t, pg.p.Now(), e.Updated)), kit.MutedText)
		out = append(out, kit.VStack(2, container.NewHBox(name, layout.NewSpacer()), when), kit.NewRule())
	}
	return out
}

// Title is the greeting.
func (pg *Page) Title() string { return pg.p.Desk.Texts().Text("home.title") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.content }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow folds the dossiers again: another visitor may be looking.
func (pg *Page) OnShow() {
	pg.open = false
	pg.fold()
}

// OnHide does nothing.
func (pg *Page) OnHide() {}

package dossiers

import (
	"io"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// changed goes on with a contact that a use case changed.
func (s *sheet) changed(d *dossier.Dossier, err error) {
	if err != nil {
		s.pg.p.Failed(err)
		return
	}
	s.c.take(d)
	s.settled(true, nil)
	s.pieces()
	s.pg.list.find()
}

// kept is the id of the contact, kept first; "" where it cannot be, which is said.
func (s *sheet) kept() string {
	s.pg.commit()
	if s.c.is.ID == "" {
		s.pg.p.Shell.ShowToast(s.t.Text("dossiers.nameFirst"), "", nil)
	}
	return s.c.is.ID
}

// pieces shows what is attached, and what can be.
func (s *sheet) pieces() {
	var rows []fyne.CanvasObject
	d, p := &s.c.is, &s.pg.p
	for _, l := range d.Simulations {
		rows = append(rows, s.simulation(l))
	}
	for _, c := range d.Comparisons {
		rows = append(rows, spaced(16, kit.NewButton(kit.Link, c.Name, func() { s.openComparison(c.Name) }),
			kit.NewText(s.t.Text("dossiers.comparison", "at", desk.Stamp(c.At)), kit.MutedText),
			kit.NewButton(kit.Link, s.t.Text("dossiers.detach"), func() { s.changed(p.Cabinet.DetachComparison(d.ID, c.Name)) })))
	}
	if d.ID != "" {
		papers, err := p.Cabinet.Papers(d.ID)
		if err != nil {
			p.Failed(err)
		}
		for _, h := range papers {
			rows = append(rows, spaced(16, kit.NewButton(kit.Link, s.t.Text("paper.number", "number", h.Number), func() { p.OpenPaper(h.Number) }),
				kit.NewText(s.t.Text("dossiers.paper", "at", desk.Stamp(h.At)), kit.MutedText)))
		}
	}
	if len(rows) == 0 {
		rows = append(rows, kit.NewParagraph(s.t.Text("dossiers.pieces.none"), kit.MutedText))
	}
	s.attached.Objects = append(rows, spaced(8, kit.NewButton(kit.Secondary, s.t.Text("dossiers.attach"), s.attach),
		kit.NewButton(kit.Secondary, s.t.Text("dossiers.attach.comparison"), s.attachComparison)))
	s.attached.Refresh()
	s.content.Refresh()
}

func (s *sheet) simulation(l dossier.Link) fyne.CanvasObject {
	p, id := &s.pg.p, store.ID(l.ID)
	name := p.SimulationName(id)
	if name == "" {
		return kit.NewText(s.t.Text("dossiers.simulation.gone"), kit.MutedText)
	}
	row := []fyne.CanvasObject{
		kit.NewButton(kit.Link, name, func() { p.OpenSimulation(id) }),
		kit.NewText(s.t.Text("dossiers.simulation", "number", l.Revision), kit.MutedText),
	}
	if p.Issue != nil {
		row = append(row, kit.NewButton(kit.Link, s.t.Text("papers.open"), func() { p.Issue(&s.c.is, id) }))
	}
	return spaced(16, append(row, kit.NewButton(kit.Link, s.t.Text("dossiers.detach"), func() {
		s.changed(p.Cabinet.DetachSimulation(s.c.is.ID, id))
	}))...)
}

// attach attaches what is open in Simuler.
func (s *sheet) attach() {
	id := s.kept()
	if id == "" {
		return
	}
	s.pg.p.Current(func(sim store.ID) {
		d, err := s.pg.p.Cabinet.AttachSimulation(id, sim)
		if s.pg.open != s.c { // another contact was opened meanwhile
			if err != nil {
				s.pg.p.Failed(err)
			}
			return
		}
		s.changed(d, err)
	})
}

// attachComparison attaches what is compared now.
func (s *sheet) attachComparison() {
	id := s.kept()
	if id == "" {
		return
	}
	x, name, ok := s.pg.p.Comparison()
	if !ok {
		s.pg.p.Shell.ShowToast(s.t.Text("dossiers.comparison.none"), "", nil)
		return
	}
	s.changed(s.pg.p.Cabinet.AttachComparison(id, name, x))
}

func (s *sheet) openComparison(name string) {
	x, err := s.pg.p.Cabinet.Comparison(s.c.is.ID, name)
	if err != nil {
		s.pg.p.Failed(err)
		return
	}
	s.pg.p.OpenComparison(x)
}

// pastShown is how many lines of the timeline show by themselves.
const pastShown = 8

// past shows the timeline, the newest line first.
func (s *sheet) past() { s.showPast(pastShown) }

func (s *sheet) showPast(most int) {
	s.behind.Objects = nil
	defer func() { s.behind.Refresh() }()
	if s.c.is.ID == "" {
		s.behind.Add(kit.NewParagraph(s.t.Text("dossiers.past.none"), kit.MutedText))
		return
	}
	lines, err := s.pg.p.Cabinet.History(s.c.is.ID)
	if err != nil {
		s.behind.Add(kit.NewParagraph(desk.Say(s.t, err), kit.CautionText))
		return
	}
	lines = gathered(lines)
	for _, l := range lines[:min(most, len(lines))] {
		s.behind.Add(kit.Sides(12, pastWide, 0, kit.NewText(s.t.T(desk.Stamp(l.At)), kit.MutedText), kit.NewParagraph(l.Text, kit.TableText)))
	}
	if len(lines) > most {
		s.behind.Add(spaced(0, kit.NewButton(kit.Link, s.t.Text("dossiers.past.all", "count", len(lines)), func() { s.showPast(len(lines)) })))
	}
}

const pastWide = 130 // of the time, design pixels

// person is what a person can ask for: their data, and to be forgotten.
func (s *sheet) person() fyne.CanvasObject {
	return kit.VStack(8, kit.NewText(s.t.Text("dossiers.person"), kit.CardTitleText), kit.NewParagraph(s.t.Text("dossiers.person.text"), kit.MutedText),
		spaced(8, kit.NewButton(kit.Secondary, s.t.Text("dossiers.person.hand"), s.hand),
			kit.NewButton(kit.Secondary, s.t.Text("dossiers.erase"), s.askErase)))
}

// hand gives the person all that is kept of them.
func (s *sheet) hand() {
	id := s.kept()
	if id == "" {
		return
	}
	cabinet := s.pg.p.Cabinet
	s.pg.p.Save(exhibit.SaveParams{
		Title: s.t.Text("papers.folder"), Name: exhibit.FileName("json", s.t.Text("dossiers.person.name"), s.pg.p.Now().Format(time.DateOnly)), Folders: documents,
		Write: func(w io.Writer) error {
			data, err := cabinet.Personal(id)
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		},
	})
}

// askErase says what goes and what stays, before it does.
func (s *sheet) askErase() {
	if s.c.is.ID == "" { // nothing is kept yet
		s.pg.show(nil)
		return
	}
	s.pg.p.Shell.ShowPanel(kit.PanelSpec{
		Title: s.t.Text("dossiers.erase.title"), Close: s.t.Text("proof.ui.close"),
		Content: kit.VStack(16,
			kit.NewText(title(&s.c.is), kit.StrongText),
			kit.NewParagraph(s.t.Text("dossiers.erase.goes"), kit.BodyText),
			kit.NewParagraph(s.t.Text("dossiers.erase.stays"), kit.BodyText),
			kit.NewNotice(s.t.Text("dossiers.erase.forever"), s.t.Text("dossiers.erase.forever.text")),
			spaced(8, kit.NewButton(kit.Primary, s.t.Text("dossiers.erase.do"), s.erase),
				kit.NewButton(kit.Secondary, s.t.Text("dossiers.erase.not"), s.pg.p.Shell.ClosePanel))),
	})
}

func (s *sheet) erase() {
	left, err := s.pg.p.Cabinet.Erase(s.c.is.ID)
	s.pg.p.Shell.ClosePanel()
	if err != nil {
		s.pg.p.Failed(err)
		if _, still := s.pg.p.Cabinet.Get(s.c.is.ID); still == nil {
			return
		}
	} else {
		s.pg.p.Shell.ShowToast(strings.Join(s.texts(left.Msgs()), " "), "", nil)
	}
	s.pg.show(nil)
}

func (s *sheet) texts(list []domain.Msg) []string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = s.t.T(m)
	}
	return out
}

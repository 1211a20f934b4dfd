package dossiers

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// sheet is the contact that is open, on the right.
type sheet struct {
	pg      *Page
	t       *i18n.Catalogue
	c       *card
	content fyne.CanvasObject

	name, state *kit.Text // who it is, and that it is kept
	refused     *said
	first       *kit.Entry                // the first line
	marks       map[string]*kit.Paragraph // what looks mistyped, by field
	asked       *fyne.Container           // consent
	ahead       *kit.Text                 // the next step in words
	attached    *fyne.Container
	behind      *fyne.Container // timeline
}

func newSheet(pg *Page, c *card) *sheet {
	s := &sheet{
		pg: pg, t: pg.t, c: c, name: kit.NewText("", kit.TitleText), state: kit.NewText("", kit.MutedText), refused: newSaid(),
		marks: map[string]*kit.Paragraph{}, asked: kit.VStack(10), ahead: kit.NewText("", kit.MutedText), attached: kit.VStack(8), behind: kit.VStack(4),
	}
	s.name.Elide, s.ahead.Elide = true, true
	leave := kit.NewButton(kit.Secondary, s.t.Text("dossiers.close"), pg.close)
	s.content = kit.NewCard(kit.VStack(16,
		kit.VStack(2, kit.Ends(12, s.name, kit.HStack(0, leave)), s.state, s.disputed(), s.refused.box),
		kit.Columns(28, 300, nil, s.contact(), s.interest()),
		kit.NewRule(), s.section("dossiers.consent", s.asked),
		kit.NewRule(), kit.Columns(28, 300, nil, s.standing(), s.step()),
		kit.NewRule(), s.notes(),
		kit.NewRule(), s.section("dossiers.pieces", s.attached),
		kit.NewRule(), s.section("dossiers.past", s.behind),
		kit.NewRule(), s.person(),
	))
	s.refused.put("")
	s.consent()
	s.settled(false, nil)
	s.pieces()
	s.past()
	return s
}

// disputed leads to where a person decides between two versions of the contact.
func (s *sheet) disputed() fyne.CanvasObject {
	n := s.pg.p.disputed(s.c.is.ID)
	if n == 0 {
		return kit.VStack(0)
	}
	return kit.HStack(8, kit.NewText(s.t.Text("sharing.versions", "count", n), kit.CautionText),
		kit.NewButton(kit.Link, s.t.Text("sharing.settle"), s.pg.p.Settle))
}

// begin puts the focus into the first line.
func (s *sheet) begin() { s.pg.p.Shell.Window().Canvas().Focus(s.first) }

func (s *sheet) section(key string, content fyne.CanvasObject) fyne.CanvasObject {
	return kit.VStack(10, kit.NewText(s.t.Text(key), kit.CardTitleText), content)
}

// settled follows what stands there: who it is, whether it is kept, what looks
// mistyped.
func (s *sheet) settled(saved bool, err error) {
	d := &s.c.is
	who := title(d)
	if who == "" {
		who = s.t.Text("dossiers.unnamed")
	}
	s.name.SetText(who)
	switch {
	case err != nil:
		s.refused.put(s.t.Text("dossiers.refused", "why", desk.Say(s.t, err)))
	default:
		s.refused.put("")
	}
	switch {
	case d.ID == "":
		s.state.SetText(s.t.Text("dossiers.saved.not"))
	case !s.c.dirty():
		s.state.SetText(s.pg.savedText(d.Updated))
	}
	said, _ := next(s.t, d, s.pg.p.today())
	s.ahead.SetText(said)
	marks := d.Contact.Marks()
	for name, p := range s.marks {
		m, wrong := marks[name]
		p.Hidden = !wrong
		if wrong {
			p.SetText(s.t.T(m))
		}
	}
	s.content.Refresh()
	if saved {
		s.past()
	}
}

const (
	fieldWide = 226 // design pixels
	noteLines = 4
)

// entry is a line of the card: it is kept when it is left, and Enter goes on.
func (s *sheet) entry(name string) *kit.Entry {
	into := s.c.field(name)
	e := kit.NewEntry(s.t.Optional("dossiers." + name + ".hint"))
	e.Put(*into)
	e.Changed = func(text string) { *into = text }
	e.Left = func(string) { s.pg.commit() }
	e.OnSubmitted = func(string) { parts.Next(e) }
	return e
}

func (s *sheet) line(name string) *kit.Field {
	e := s.entry(name)
	if name == fields[0] {
		s.first = e
	}
	f := kit.NewField(kit.FieldSpec{Label: s.t.Optional("dossiers." + name), Input: e, Width: fieldWide})
	return f
}

// contact is the five lines.
func (s *sheet) contact() fyne.CanvasObject {
	box := kit.VStack(8)
	for _, name := range fields {
		box.Add(s.line(name))
		if name == "email" || name == "phone" {
			s.marks[name] = kit.NewParagraph("", kit.CautionText)
			box.Add(s.marks[name])
		}
	}
	return box
}

// interest is the three chips, and the language that the contact reads.
func (s *sheet) interest() fyne.CanvasObject {
	p, in := &s.pg.p, &s.c.is.Interest
	box := kit.VStack(8)
	ask := func(key string, options []kit.Option, into *string) {
		c := parts.NewChoice(options, func(id string) {
			*into = id
			s.pg.commit()
			if into == &s.c.is.Language && s.c.is.Consent == nil {
				s.consent() // it says whether its words are in that language
			}
		})
		c.Put(*into)
		box.Add(kit.VStack(4, kit.NewText(s.t.Optional("dossiers."+key), kit.MutedText), c))
	}
	var segments []kit.Option
	for _, id := range p.Segments {
		segments = append(segments, kit.Option{ID: id, Text: id})
	}
	ask("segment", segments, &in.Segment)
	ask("size", options(s.t, p.Choices.Sizes, "dossier.size."), &in.Size)
	ask("horizon", options(s.t, p.Choices.Horizons, "dossier.horizon."), &in.Horizon)
	ask("language", options(s.t, languages, "dossiers.language."), &s.c.is.Language)
	return box
}

// languages are those that contacts are asked for.
var languages = []string{"fr", "en", "es", "ar"}

func options(t *i18n.Catalogue, ids []string, prefix string) []kit.Option {
	var out []kit.Option
	for _, id := range ids {
		out = append(out, kit.Option{ID: id, Text: t.Optional(prefix + id)})
	}
	return out
}

// notes is what was said.
func (s *sheet) notes() fyne.CanvasObject {
	n := parts.NewNotes(s.t.Text("dossiers.notes.hint"), noteLines)
	n.SetText(s.c.is.Notes)
	n.OnChanged = func(text string) { s.c.is.Notes = text }
	n.Left = func(string) { s.pg.commit() }
	return s.section("dossiers.notes", n)
}

// spaced puts buttons beside each other, from the left.
func spaced(gap float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Flow(gap, objects...)
}

package rulebook

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// station is the tab "Ce poste": who issues papers here, the language, the key of
// the device, the rates.
type station struct {
	pg    *Page
	setup issue.Setup // as it is typed
	kept  issue.Setup // as it is in the store
	lines []*line
	logo  *logo
	rates *rates
	keys  *fyne.Container // the passphrase of the contacts, where there is one
	alone *fyne.Container // leaves the window to visitors
	box   fyne.CanvasObject
}

// line is a field of the setup.
type line struct {
	key   string // of its texts
	of    func(*issue.Setup) *string
	entry *kit.Entry
	field *kit.Field
}

const inputWide = 300 // design pixels

func newStation(pg *Page) *station {
	s := &station{pg: pg, lines: []*line{
		{key: "officer", of: func(x *issue.Setup) *string { return &x.Officer }},
		{key: "agency", of: func(x *issue.Setup) *string { return &x.Agency }},
		{key: "fair", of: func(x *issue.Setup) *string { return &x.Fair }},
		{key: "email", of: func(x *issue.Setup) *string { return &x.Email }},
		{key: "phone", of: func(x *issue.Setup) *string { return &x.Phone }},
	}}
	t := pg.t
	fields := kit.VStack(8, kit.NewText(t.Text("rulebook.office"), kit.CardTitleText), kit.NewParagraph(t.Text("rulebook.office.text"), kit.MutedText))
	for _, l := range s.lines {
		fields.Add(s.field(l))
	}
	s.logo = newLogo(s)
	fields.Add(kit.NewRule())
	fields.Add(s.logo.box)
	if !pg.p.Desk.CanSave() {
		fields.Add(kit.NewNotice(t.Text("rulebook.readonly"), t.Text("rulebook.readonly.text")))
	}
	s.rates = newRates(pg)
	s.keys, s.alone = kit.VStack(0), kit.VStack(0)
	right := kit.VStack(14, kit.NewCard(s.rates.box), kit.NewCard(s.device()), s.keys)
	s.box = kit.Columns(16, 420, []float32{0.5, 0.5}, kit.VStack(14, kit.NewCard(fields), s.alone), right)
	s.load()
	return s
}

func (s *station) field(l *line) fyne.CanvasObject {
	t := s.pg.t
	l.entry = kit.NewEntry(t.Text("rulebook." + l.key + ".hint"))
	l.entry.Changed = func(text string) {
		*l.of(&s.setup) = text
		s.marks()
	}
	l.entry.Left = func(string) { s.keep() }
	l.field = kit.NewField(kit.FieldSpec{Label: t.Text("rulebook." + l.key), Input: l.entry, Width: inputWide})
	return l.field
}

// marks says what looks mistyped; it is kept all the same.
func (s *station) marks() {
	marks := dossier.Contact{Email: s.setup.Email, Phone: s.setup.Phone}.Marks()
	for _, l := range s.lines {
		said := ""
		if m, wrong := marks[l.key]; wrong {
			said = s.pg.t.T(m)
		}
		l.field.SetMark(said)
	}
	s.pg.Relayout()
}

// load shows what is kept; what is being typed stays.
func (s *station) load() {
	s.keys.Objects = nil
	s.alone.Objects = nil
	put(s.keys, s.pg.p.Contacts)
	put(s.alone, s.pg.p.Kiosk)
	s.kept = s.pg.p.Office.Setup()
	s.setup = s.kept
	for _, l := range s.lines {
		l.entry.Put(*l.of(&s.setup))
	}
	s.logo.show()
	s.rates.show()
	s.marks()
}

// put puts a card into its place, where there is one.
func put(place *fyne.Container, card func() fyne.CanvasObject) {
	if card != nil {
		if o := card(); o != nil {
			place.Add(o)
		}
	}
	place.Refresh()
}

// keep puts what was typed into the store; nothing where nothing changed.
func (s *station) keep() {
	for _, l := range s.lines {
		*l.of(&s.setup) = strings.TrimSpace(*l.of(&s.setup))
	}
	if same(s.setup, s.kept) {
		return
	}
	if err := s.pg.p.Office.PutSetup(s.setup); err != nil {
		s.pg.failed(err)
		return
	}
	s.kept = s.setup
}

func same(a, b issue.Setup) bool {
	return a.Officer == b.Officer && a.Agency == b.Agency && a.Fair == b.Fair && a.Email == b.Email && a.Phone == b.Phone && string(a.Logo) == string(b.Logo)
}

// device is the language, and the key by which the papers of this laptop are told.
func (s *station) device() fyne.CanvasObject {
	t, p := s.pg.t, &s.pg.p
	box := kit.VStack(8, kit.NewText(t.Text("rulebook.device"), kit.CardTitleText))
	if len(p.Languages) > 1 {
		choice := kit.NewSelect("", p.Languages, p.Speak)
		choice.Put(t.Lang())
		box.Add(kit.NewField(kit.FieldSpec{Label: t.Text("rulebook.language"), Input: choice, Width: inputWide / 2}))
		box.Add(kit.NewRule())
	}
	key, err := p.Office.Key()
	if err != nil {
		box.Add(kit.NewNotice(t.Text("rulebook.key.none"), desk.Say(t, err)))
		return box
	}
	box.Add(kit.NewParagraph(t.Text("rulebook.key", "prefix", key.Prefix()), kit.BodyText))
	box.Add(kit.NewParagraph(t.Text("rulebook.key.text"), kit.MutedText))
	box.Add(kit.NewParagraph(inFours(key.String()), kit.TableText))
	box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("rulebook.key.copy"), func() { p.Shell.Copy(key.String()) })))
	return box
}

// inFours parts a long code so that two people can read it to each other.
func inFours(code string) string {
	var out []string
	for len(code) > 4 {
		out, code = append(out, code[:4]), code[4:]
	}
	return strings.Join(append(out, code), " ")
}

// rates are the currencies beside the dirham, each with the user's own rate or the
// pack's.
type rates struct {
	pg   *Page
	rows []*rateRow
	box  *fyne.Container
}

type rateRow struct {
	currency string
	entry    *kit.Entry
	field    *kit.Field
	said     *kit.Paragraph
	back     *kit.Button
	foot     *fyne.Container
}

func newRates(pg *Page) *rates {
	t := pg.t
	r := &rates{pg: pg}
	r.box = kit.VStack(8, kit.NewText(t.Text("rulebook.rates"), kit.CardTitleText), kit.NewParagraph(t.Text("rulebook.rates.text"), kit.MutedText))
	for i, c := range pg.p.Office.Currencies() {
		if i > 0 {
			r.box.Add(kit.NewRule())
		}
		row := &rateRow{currency: c, entry: kit.NewNumberEntry("", "MAD"), said: kit.NewParagraph("", kit.MutedText)}
		row.entry.Left = func(text string) { r.put(row, text) }
		row.entry.OnSubmitted = func(text string) { r.put(row, text) }
		row.field = kit.NewField(kit.FieldSpec{Label: t.Text("rulebook.rate", "currency", c), Input: row.entry})
		row.back = kit.NewButton(kit.Link, t.Text("rulebook.rate.back"), func() {
			row.entry.Put("")
			r.put(row, "")
		})
		row.foot = kit.HStack(0, row.back)
		r.rows = append(r.rows, row)
		r.box.Add(kit.VStack(3, row.field, row.said, row.foot))
	}
	return r
}

// put keeps a rate that was typed; one that is refused stays, with why.
func (r *rates) put(row *rateRow, text string) {
	now, known := r.pg.p.Office.Rate(row.currency)
	if known && text == now.Written {
		row.field.SetMessage("")
		return
	}
	err := r.pg.p.Office.PutRate(row.currency, strings.TrimSpace(text))
	if err != nil {
		row.field.SetMessage(why(r.pg, err))
		r.pg.Relayout()
		return
	}
	r.show()
	r.pg.Relayout()
	if r.pg.p.Rated != nil {
		r.pg.p.Rated()
	}
}

// why is what is accepted, under the field that says what was typed.
func why(pg *Page, err error) string {
	if problem, ok := err.(*domain.Problem); ok {
		return pg.t.T(problem.Msg)
	}
	return desk.Say(pg.t, err)
}

func (r *rates) show() {
	for _, row := range r.rows {
		now, ok := r.pg.p.Office.Rate(row.currency)
		row.field.SetMessage("")
		row.foot.Hidden = !now.Own
		if !ok {
			row.said.SetText(r.pg.t.Text("rulebook.rate.none"))
			continue
		}
		row.entry.Put(now.Written)
		row.said.SetText(r.pg.t.Text("rulebook.rate.said", "source", now.Said))
	}
}

// ask runs something off the window's thread.
func ask[R any](w *parts.Worker, work func() R, show func(R)) {
	parts.Ask(w, parts.Job[R]{Work: func(context.Context, func(done, of int)) R { return work() }, Show: show, Slow: func(int, int) {}})
}

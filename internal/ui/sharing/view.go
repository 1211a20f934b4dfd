package sharing

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

// Widths in design pixels: of a label beside names, of what stands beside it, of a
// line for a passphrase, of the same with its label.
const (
	labelWide  = 150
	factWide   = 200
	secretWide = 260
	fieldWide  = 460
	columnGap  = 20
	cellWide   = 70  // under it the columns of a table stand below each other
	cardWide   = 420 // the same of cards
)

// fill shows what there is to say.
func (pg *Page) fill() {
	pg.key.placed = false
	switch k := &pg.take; {
	case pg.off() != "":
		pg.show(kit.NewNotice(pg.t.Text("sharing.off"), pg.t.Text(pg.off())))
	case k.found != nil:
		pg.show(k.decision(), k.held())
	case k.data != nil:
		pg.show(k.question())
	default:
		var all []fyne.CanvasObject
		if l := pg.look; l != nil && l.err != nil {
			all = append(all, kit.NewNotice(pg.t.Text("sharing.unread"), desk.Say(pg.t, l.err)))
		}
		if o := pg.conflicts(); o != nil {
			all = append(all, o)
		}
		all = append(all, kit.Columns(14, cardWide, nil, pg.give.card(), k.card()), pg.laptops())
		pg.show(all...)
	}
}

func (pg *Page) show(all ...fyne.CanvasObject) {
	pg.box.Objects = all
	pg.box.Refresh()
	pg.relayout()
}

func (pg *Page) relayout() {
	if pg.p.Relayout != nil {
		pg.p.Relayout()
	}
}

// Shares of the columns of the laptops: name, print, since when.
var laptopShares = []float32{0.42, 0.32, 0.26}

// laptops are this one and those that are known.
func (pg *Page) laptops() fyne.CanvasObject {
	t := pg.t
	box := kit.VStack(8, kit.NewText(t.Text("sharing.known"), kit.CardTitleText))
	l := pg.look
	if l == nil {
		return kit.NewCard(box)
	}
	line := func(name, print, since string, style kit.Style) {
		box.Add(kit.Columns(columnGap, cellWide, laptopShares, kit.NewParagraph(name, style), kit.NewParagraph(print, style), kit.NewParagraph(since, style)))
	}
	line(t.Text("sharing.column.name"), t.Text("sharing.print"), t.Text("sharing.column.since"), kit.MutedText)
	box.Add(kit.NewRule())
	line(l.this.Name, l.this.Print, t.Text("sharing.this"), kit.TableStrong)
	for i := range l.known {
		box.Add(kit.NewRule())
		line(l.known[i].Name, l.known[i].Print, pg.w.since(l.known[i].Since), kit.TableText)
	}
	box.Add(kit.NewParagraph(t.Text("sharing.known.text"), kit.MutedText))
	return kit.NewCard(box)
}

// key asks for the passphrase of the contacts.
type key struct {
	pass   *kit.Entry
	said   *said
	box    *fyne.Container
	placed bool // it stands on the screen already
}

func (y *key) init(pg *Page) {
	t := pg.t
	y.pass, y.said = secret(""), newSaid(pg)
	y.pass.OnSubmitted = func(string) { pg.unlock() }
	y.box = kit.VStack(8, field(t.Text("sharing.unlock.pass"), y.pass), y.said.box,
		kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("sharing.unlock"), pg.unlock)))
}

// place gives the question, once on a screen.
func (y *key) place() fyne.CanvasObject {
	if y.placed {
		return kit.VStack(0)
	}
	y.placed = true
	return y.box
}

// unlock opens the contacts, here as in the whole window.
func (pg *Page) unlock() {
	typed := pg.key.pass.Text
	run(pg, work[error]{
		said: pg.t.Text("dossiers.unlocking"), stop: pg.fill,
		do: func(ctx context.Context) error { return pg.p.Contacts.Unlock(ctx, typed) },
		show: func(err error) {
			pg.key.pass.SetText("")
			pg.key.said.put("")
			if err != nil {
				pg.fill()
				pg.key.said.put(pg.why(err))
				return
			}
			pg.Shown()
			if pg.take.found != nil {
				pg.take.again()
			}
		},
	})
}

func field(label string, e *kit.Entry) fyne.CanvasObject {
	return container.New(&narrow{}, kit.NewField(kit.FieldSpec{Label: label, Input: e, Width: secretWide}))
}

// narrow keeps a field near its label, however wide the card is.
type narrow struct{}

// Layout is for Fyne.
func (narrow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(min(s.Width, kit.Px(fieldWide)), s.Height))
}

// MinSize is for Fyne.
func (narrow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// why is an error in its own sentence; of a passphrase it is plain what it is about.
func (pg *Page) why(err error) string {
	var p *domain.Problem
	if errors.As(err, &p) {
		return pg.t.T(p.Msg)
	}
	return desk.Say(pg.t, err)
}

// secret is a line for a passphrase.
func secret(hint string) *kit.Entry {
	e := kit.NewEntry(hint)
	e.Password = true
	return e
}

// said is a line that says what is wrong.
type said struct {
	pg   *Page
	text *kit.Paragraph
	box  *fyne.Container
}

func newSaid(pg *Page) *said {
	s := &said{pg: pg, text: kit.NewParagraph("", kit.ErrorText)}
	s.box = kit.VStack(0, s.text)
	s.box.Hide()
	return s
}

// put says a text; "" says nothing and takes no room.
func (s *said) put(text string) {
	s.text.SetText(text)
	s.box.Hidden = text == ""
	s.box.Refresh()
	if s.pg.box != nil {
		s.pg.relayout()
	}
}

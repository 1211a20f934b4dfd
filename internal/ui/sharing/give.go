package sharing

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/vault"
)

// give is the card that writes a file for another laptop.
type give struct {
	pg       *Page
	one, two *kit.Entry // the passphrase, twice
	contacts bool       // they go along
	said     *said
	written  string // name of the file that was written last; "" for none
	noKey    int    // contacts in it that nobody can read
}

func (g *give) init(pg *Page) {
	t := pg.t
	g.pg, g.said = pg, newSaid(pg)
	g.one, g.two = secret(t.Text("dossiers.pass.hint")), secret(t.Text("dossiers.pass.again.hint"))
	g.one.OnSubmitted = func(string) { parts.Next(g.one) }
	g.two.OnSubmitted = func(string) { g.write() }
}

// forget takes away what was typed.
func (g *give) forget() {
	g.one.SetText("")
	g.two.SetText("")
	g.said.put("")
}

func (g *give) follow(old *give) {
	g.contacts, g.written, g.noKey = old.contacts, old.written, old.noKey
}

// card shows what goes along and asks for what is needed, or says what was written.
func (g *give) card() fyne.CanvasObject {
	t := g.pg.t
	box := kit.VStack(10, kit.NewText(t.Text("sharing.give"), kit.CardTitleText))
	if g.written != "" {
		g.addWritten(box)
		return kit.NewCard(box)
	}
	box.Add(kit.NewParagraph(t.Text("sharing.give.text"), kit.MutedText))
	if l := g.pg.look; l != nil {
		along := g.pg.w.holds(l.holds)
		if along == "" && l.holds.Dossiers == 0 {
			along = t.Text("sharing.give.nothing")
		}
		if along != "" {
			box.Add(kit.NewParagraph(along, kit.StrongText))
		}
		g.addContacts(box, l)
	}
	box.Add(kit.NewParagraph(t.Text("sharing.give.never"), kit.MutedText))
	box.Add(field(t.Text("sharing.pass"), g.one))
	box.Add(field(t.Text("dossiers.pass.again"), g.two))
	box.Add(kit.NewParagraph(t.Text("sharing.give.pass"), kit.MutedText))
	box.Add(g.said.box)
	box.Add(kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("sharing.give.do"), g.write)))
	return kit.NewCard(box)
}

// addContacts asks whether contacts go along, or says why they cannot.
func (g *give) addContacts(box *fyne.Container, l *look) {
	t, n := g.pg.t, l.holds.Dossiers
	switch {
	case n == 0:
		g.contacts = false
	case l.contacts == cabinet.Unlocked:
		tick := kit.NewTick(t.Text("sharing.give.contacts", "count", n), func(on bool) { g.contacts = on })
		tick.Put(g.contacts)
		box.Add(tick)
	case l.contacts == cabinet.Locked:
		g.contacts = false
		box.Add(kit.NewParagraph(t.Text("sharing.give.locked", "count", n), kit.BodyText))
		box.Add(g.pg.key.place())
	default:
		g.contacts = false
		box.Add(kit.NewParagraph(t.Text("sharing.give.lost", "count", n), kit.CautionText))
	}
}

// addWritten says what is to be compared on the other laptop.
func (g *give) addWritten(box *fyne.Container) {
	t := g.pg.t
	box.Add(kit.NewParagraph(t.Text("sharing.given", "file", g.written), kit.GoodText))
	if g.noKey > 0 {
		box.Add(kit.NewParagraph(t.Text("sharing.given.noKey", "count", g.noKey), kit.CautionText))
	}
	box.Add(kit.NewParagraph(t.Text("sharing.given.text"), kit.BodyText))
	if l := g.pg.look; l != nil {
		box.Add(kit.NewInset(kit.VStack(2, kit.NewText(l.this.Name, kit.MutedText), kit.NewText(l.this.Print, kit.TitleText))))
	}
	box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("sharing.give.again"), func() { g.written = ""; g.pg.fill() })))
}

// write encrypts what goes along, then asks for a folder and writes it there.
func (g *give) write() {
	pg, pass := g.pg, g.one.Text
	if err := vault.Check(pass); err != nil {
		g.said.put(pg.why(err))
		return
	}
	if pass != g.two.Text {
		g.said.put(pg.t.Text("dossiers.pass.differ"))
		return
	}
	g.said.put("")
	type result struct {
		out share.Exported
		err error
	}
	order := share.Order{Passphrase: pass, Contacts: g.contacts}
	run(pg, work[result]{
		said: pg.t.Text("sharing.give.writing"), stop: pg.fill,
		do: func(context.Context) result {
			out, err := pg.p.Room.Export(order)
			return result{out, err}
		},
		show: func(r result) {
			pg.fill()
			if r.err != nil {
				g.said.put(pg.why(r.err))
				return
			}
			g.save(r.out)
		},
	})
}

// save writes the file where the user says.
func (g *give) save(out share.Exported) {
	pg := g.pg
	pg.p.Save(exhibit.SaveParams{
		Title: pg.t.Text("sharing.give.folder"), Folders: []string{"Documents"}, Private: true,
		Name: exhibit.FileName(strings.TrimPrefix(bundle.Extension, "."), pg.t.Text("sharing.file"), pg.p.Now().Local().Format(time.DateOnly)),
		Write: func(w io.Writer) error {
			_, err := w.Write(out.Data)
			return err
		},
		Saved: func(path string) {
			g.forget()
			g.written, g.noKey = filepath.Base(path), out.NoKey
			pg.fill()
		},
	})
}

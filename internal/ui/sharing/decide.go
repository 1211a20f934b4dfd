package sharing

import (
	"context"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/ui/kit"
)

// labelShare is the share of the labels in the width of a conflict; versions have the
// rest.
const labelShare = 0.28

// conflicts is the card of what a person has to decide; nil where there is nothing.
func (pg *Page) conflicts() fyne.CanvasObject {
	if pg.look == nil || len(pg.look.conflicts) == 0 {
		return nil
	}
	t, list := pg.t, pg.look.conflicts
	box := kit.VStack(8, kit.NewText(t.Text("sharing.conflicts", "count", len(list)), kit.CardTitleText),
		kit.NewParagraph(t.Text("sharing.conflicts.text"), kit.MutedText))
	for i := range list {
		box.Add(kit.NewRule())
		box.Add(kit.NewText(pg.w.title(&list[i]), kit.StrongText))
		if list[i].Locked {
			box.Add(kit.NewParagraph(t.Text("sharing.conflict.locked"), kit.BodyText))
			box.Add(pg.key.place())
			continue
		}
		pg.addVersions(box, &list[i])
	}
	return kit.NewCard(box)
}

// addVersions lays the versions of a conflict beside each other, with the way to keep
// one below each.
func (pg *Page) addVersions(box *fyne.Container, c *share.Conflict) {
	t, n := pg.t, len(c.Versions)
	shares := []float32{labelShare}
	for range n {
		shares = append(shares, (1-labelShare)/float32(n))
	}
	line := func(label string, values []string, style kit.Style) {
		cells := []fyne.CanvasObject{kit.NewParagraph(label, kit.TableMuted)}
		for _, v := range values {
			cells = append(cells, kit.NewParagraph(v, style))
		}
		box.Add(kit.Columns(columnGap, cellWide, shares, cells...))
	}
	names, times := pg.w.heads(c)
	line("", names, kit.TableStrong)
	line("", times, kit.TableMuted)
	for _, r := range c.Rows {
		style := kit.TableMuted
		if r.Differs {
			style = kit.TableStrong
		}
		line(r.Label, r.Values, style)
	}
	var first fyne.CanvasObject = kit.VStack(0)
	if c.Kind == share.Simulations {
		both := t.Text("sharing.keepBoth")
		if n > 2 {
			both = t.Text("sharing.keepAll", "count", n)
		}
		first = kit.HStack(0, kit.NewButton(kit.Link, both, func() { pg.keepBoth(c) }))
	}
	buttons := []fyne.CanvasObject{first}
	for i := range c.Versions {
		identity := c.Versions[i].Identity
		buttons = append(buttons, kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("sharing.keep"), func() { pg.keep(c, identity) })))
	}
	box.Add(kit.Columns(columnGap, cellWide, shares, buttons...))
}

// keep makes one version the one that holds.
func (pg *Page) keep(c *share.Conflict, identity string) {
	pg.settle(pg.t.Text("sharing.kept", "name", c.Holds(identity)), func() error { return pg.p.Room.Resolve(c, identity) })
}

// keepBoth makes the others simulations of their own.
func (pg *Page) keepBoth(c *share.Conflict) {
	pg.settle(pg.t.Text("sharing.keptAll", "name", c.Name), func() error {
		_, err := pg.p.Room.KeepBoth(c)
		return err
	})
}

func (pg *Page) settle(said string, decide func() error) {
	run(pg, work[error]{
		said: pg.t.Text("sharing.settling"),
		do:   func(context.Context) error { return decide() },
		show: func(err error) {
			if err != nil {
				pg.failed(err)
				pg.reread() // it may be decided already
				return
			}
			pg.changed(said)
		},
	})
}

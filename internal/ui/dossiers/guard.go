package dossiers

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

func (pg *Page) state() (cabinet.State, error) {
	if pg.p.Cabinet == nil {
		return cabinet.NoStore, nil
	}
	return pg.p.Cabinet.State()
}

func (pg *Page) unlocked() bool {
	is, err := pg.state()
	return err == nil && is == cabinet.Unlocked
}

// contacts is the first tab: the contacts, or what stands before them.
func (pg *Page) contacts() fyne.CanvasObject {
	is, err := pg.state()
	if is != cabinet.Unlocked {
		pg.sheet = nil
	}
	switch {
	case err != nil:
		return guarded(kit.NewText(pg.t.Text("dossiers.guard.broken"), kit.TitleText), kit.NewParagraph(desk.Say(pg.t, err), kit.BodyText))
	case is == cabinet.Unlocked:
		return pg.unfolded()
	case is == cabinet.NoPassphrase:
		return pg.first()
	case is == cabinet.Locked:
		return pg.locked()
	case is == cabinet.Lost:
		return guarded(kit.NewText(pg.t.Text("dossiers.lost"), kit.TitleText), kit.NewParagraph(pg.t.Text("dossiers.lost.text"), kit.BodyText),
			kit.HStack(0, kit.NewButton(kit.Secondary, pg.t.Text("dossiers.abandon"), pg.forgotten)))
	}
	return guarded(kit.NewText(pg.t.Text("dossiers.noStore"), kit.TitleText), kit.NewParagraph(pg.t.Text("dossiers.noStore.text"), kit.BodyText))
}

// guarded is a calm card in the middle of the place.
func guarded(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.VStack(0, kit.Gap(24), container.New(&middle{}, kit.NewCard(kit.VStack(14, objects...))))
}

// middle gives a card a width that reads well.
type middle struct{}

const cardWidth = 600 // design pixels

// Layout is for Fyne.
func (middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	wide := min(kit.Px(cardWidth), s.Width)
	o[0].Move(fyne.NewPos((s.Width-wide)/2, 0))
	o[0].Resize(fyne.NewSize(wide, s.Height))
}

// MinSize is for Fyne.
func (middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	wide := kit.Px(cardWidth)
	if was := o[0].Size(); was.Width == 0 {
		o[0].Resize(fyne.NewSize(wide, o[0].MinSize().Height))
	}
	return fyne.NewSize(kit.Px(320), o[0].MinSize().Height)
}

// secret is a line for a passphrase.
func secret(hint string) *kit.Entry {
	e := kit.NewEntry(hint)
	e.Password = true
	return e
}

const secretWide = 330 // design pixels

// first asks for the passphrase that guards contacts from now on.
func (pg *Page) first() fyne.CanvasObject {
	t := pg.t
	one, two := secret(t.Text("dossiers.pass.hint")), secret(t.Text("dossiers.pass.again.hint"))
	said := newSaid()
	var button *kit.Button
	set := func() {
		if one.Text != two.Text {
			said.put(t.Text("dossiers.pass.differ"))
			return
		}
		typed := one.Text // read here: the line may be typed into meanwhile
		pg.attempt(button, said, t.Text("dossiers.pass.setting"), func(context.Context) error { return pg.p.Cabinet.SetPassphrase(typed) })
	}
	button = kit.NewButton(kit.Primary, t.Text("dossiers.pass.set"), set)
	one.OnSubmitted = func(string) { parts.Next(one) }
	two.OnSubmitted = func(string) { set() }
	pg.eager = one
	return guarded(
		kit.NewText(t.Text("dossiers.first"), kit.TitleText),
		kit.NewParagraph(t.Text("dossiers.first.text"), kit.BodyText),
		kit.NewNotice(t.Text("dossiers.first.lost"), t.Text("dossiers.first.lost.text")),
		kit.NewField(kit.FieldSpec{Label: t.Text("dossiers.pass"), Input: one, Width: secretWide}),
		kit.NewField(kit.FieldSpec{Label: t.Text("dossiers.pass.again"), Input: two, Width: secretWide}),
		said.box, kit.HStack(0, button),
		kit.NewParagraph(t.Text("dossiers.first.rest"), kit.MutedText),
	)
}

// locked asks for the passphrase.
func (pg *Page) locked() fyne.CanvasObject {
	t := pg.t
	pass, said := secret(t.Text("dossiers.pass.hint")), newSaid()
	var button *kit.Button
	unlock := func() {
		typed := pass.Text // as above
		pg.attempt(button, said, t.Text("dossiers.unlocking"), func(ctx context.Context) error { return pg.p.Cabinet.Unlock(ctx, typed) })
	}
	button = kit.NewButton(kit.Primary, t.Text("dossiers.unlock"), unlock)
	pass.OnSubmitted = func(string) { unlock() }
	pg.eager = pass
	return guarded(
		kit.NewText(t.Text("dossiers.locked"), kit.TitleText),
		kit.NewParagraph(t.Text("dossiers.locked.text"), kit.BodyText),
		kit.NewField(kit.FieldSpec{Label: t.Text("dossiers.pass"), Input: pass, Width: secretWide}),
		said.box,
		kit.Flow(14, button, kit.NewButton(kit.Link, t.Text("dossiers.forgotten"), pg.forgotten)),
	)
}

// attempt runs what a passphrase does, off the window's thread: it takes a moment,
// and longer after wrong ones.
func (pg *Page) attempt(button *kit.Button, said *said, busy string, try func(context.Context) error) {
	if button.Disabled() {
		return
	}
	button.Disable()
	said.put("")
	progress := kit.NewProgress(busy, pg.t.Text("dossiers.stop"), func() {
		pg.worker.Stop()
		button.Enable()
		said.put("")
	})
	parts.Ask(pg.worker, parts.Job[error]{
		Work: func(ctx context.Context, _ func(done, of int)) error { return try(ctx) },
		Slow: func(int, int) { said.show(progress) },
		Show: func(err error) {
			button.Enable()
			switch {
			case errors.Is(err, context.Canceled):
				said.put("")
			case err != nil:
				said.put(desk.Say(pg.t, err))
			default:
				pg.entered()
			}
		},
	})
}

// entered shows the contacts, and what was mended on the way.
func (pg *Page) entered() {
	var told []string
	for _, m := range pg.p.Cabinet.Troubles() {
		told = append(told, pg.t.T(m))
	}
	if len(told) > 0 {
		pg.p.Shell.ShowToast(strings.Join(told, " "), "", nil)
	}
	pg.build()
}

// Lock forgets the keys; what was typed is kept first.
func (pg *Page) Lock() {
	if !pg.Kept() {
		return // it was said why
	}
	pg.p.Cabinet.Lock()
	pg.open = nil
	pg.list.forget()
	pg.build()
}

// forgotten says what a lost passphrase means, and the one way on.
func (pg *Page) forgotten() {
	pg.p.Shell.ShowPanel(kit.PanelSpec{
		Title: pg.t.Text("dossiers.forgotten"), Close: pg.t.Text("proof.ui.close"),
		Content: kit.VStack(16, kit.NewParagraph(pg.t.Text("dossiers.forgotten.text"), kit.BodyText),
			kit.NewNotice(pg.t.Text("dossiers.abandon"), pg.t.Text("dossiers.abandon.text")),
			kit.HStack(0, kit.NewButton(kit.Secondary, pg.t.Text("dossiers.abandon.do"), pg.abandon))),
	})
}

// abandon erases every contact and the keys.
func (pg *Page) abandon() {
	pg.p.Shell.ClosePanel()
	n, err := pg.p.Cabinet.Abandon()
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.p.Shell.ShowToast(pg.t.Text("dossiers.abandoned", "count", n), "", nil)
	pg.build()
}

// said is a line that says what is wrong, or how far something is.
type said struct {
	box *fyne.Container
}

func newSaid() *said { return &said{kit.VStack(0)} }

// put says a text; "" says nothing and takes no room.
func (s *said) put(text string) {
	if text == "" {
		s.show()
		return
	}
	s.show(kit.NewParagraph(text, kit.ErrorText))
}

func (s *said) show(o ...fyne.CanvasObject) {
	s.box.Objects = o
	s.box.Hidden = len(o) == 0
	s.box.Refresh()
}

package dossiers

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Keys is what the card of the passphrase asks of the use cases.
type Keys interface {
	State() (cabinet.State, error)
	ChangePassphrase(ctx context.Context, old, next string) error
}

// PassphraseParams is what the card works with. Toast says that it was changed.
type PassphraseParams struct {
	Keys  Keys
	Texts *i18n.Catalogue
	Toast func(text, action string, act func())
	Do    func(func())
}

// PassphraseCard changes the passphrase of the contacts; nil where there is none
// to change. It asks for the old one: whoever finds the laptop unlocked has it not.
func PassphraseCard(p PassphraseParams) fyne.CanvasObject {
	is, err := p.Keys.State()
	if err != nil || is != cabinet.Locked && is != cabinet.Unlocked {
		return nil
	}
	t, worker, said := p.Texts, &parts.Worker{Do: p.Do}, newSaid()
	old, one, two := secret(t.Text("dossiers.pass.hint")), secret(t.Text("dossiers.pass.hint")), secret(t.Text("dossiers.pass.again.hint"))
	var button *kit.Button
	change := func() {
		if button.Disabled() {
			return
		}
		if one.Text != two.Text {
			said.put(t.Text("dossiers.pass.differ"))
			return
		}
		was, next := old.Text, one.Text
		button.Disable()
		said.put("")
		parts.Ask(worker, parts.Job[error]{
			Work: func(ctx context.Context, _ func(done, of int)) error { return p.Keys.ChangePassphrase(ctx, was, next) },
			Slow: func(int, int) { said.show(kit.NewText(t.Text("dossiers.pass.setting"), kit.MutedText)) },
			Show: func(err error) {
				button.Enable()
				switch {
				case errors.Is(err, context.Canceled):
					said.put("")
				case err != nil:
					said.put(desk.Say(t, err))
				default:
					for _, e := range []*kit.Entry{old, one, two} {
						e.SetText("")
					}
					said.put("")
					p.Toast(t.Text("dossiers.pass.changed"), "", nil)
				}
			},
		})
	}
	button = kit.NewButton(kit.Secondary, t.Text("dossiers.pass.change"), change)
	old.OnSubmitted = func(string) { parts.Next(old) }
	one.OnSubmitted = func(string) { parts.Next(one) }
	two.OnSubmitted = func(string) { change() }
	field := func(key string, e *kit.Entry) fyne.CanvasObject {
		return kit.NewField(kit.FieldSpec{Label: t.Text(key), Input: e, Width: changeWide})
	}
	return kit.NewCard(kit.VStack(10,
		kit.NewText(t.Text("dossiers.pass.title"), kit.CardTitleText), kit.NewParagraph(t.Text("dossiers.pass.lost"), kit.MutedText),
		field("dossiers.pass.old", old), field("dossiers.pass.new", one), field("dossiers.pass.again", two),
		said.box, kit.HStack(0, button),
	))
}

const changeWide = 260 // design pixels

package kiosk

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// ask is the panel that asks the officer's code.
type ask struct {
	p      Params
	worker *parts.Worker
	code   *kit.Entry
	field  *kit.Field
	said   *kit.Text
	open   *kit.Button
	box    *fyne.Container
}

// Leave is a panel that asks the officer's code, and what is to be focused in it.
func Leave(p Params) (kit.PanelSpec, fyne.Focusable) {
	a := newAsk(p)
	return kit.PanelSpec{
		Title: p.Texts.Text("kiosk.leave"), Close: p.Texts.Text("proof.ui.close"), Content: a.box, OnClose: a.forget,
	}, a.code
}

func newAsk(p Params) *ask {
	t := p.Texts
	a := &ask{p: p, worker: &parts.Worker{Do: p.Do}, code: secret(), said: kit.NewText("", kit.MutedText)}
	a.field = kit.NewField(kit.FieldSpec{Label: t.Text("kiosk.code.ask"), Input: a.code, Width: codeWide})
	a.open = kit.NewButton(kit.Primary, t.Text("kiosk.leave.do"), a.answer)
	a.code.OnSubmitted = func(string) { a.answer() }
	a.box = kit.VStack(12, kit.NewParagraph(t.Text("kiosk.leave.text"), kit.BodyText), a.field, kit.HStack(12, a.open, a.said))
	return a
}

// forget ends what is asked, and what was typed.
func (a *ask) forget() {
	a.worker.Stop()
	a.code.SetText("")
}

// answer tries what is typed, off the window's thread.
func (a *ask) answer() {
	if a.open.Disabled() || a.code.Text == "" {
		return
	}
	typed, t := a.code.Text, a.p.Texts
	a.open.Disable()
	a.say("", "")
	parts.Ask(a.worker, parts.Job[error]{
		Work: func(ctx context.Context, _ func(done, of int)) error { return a.p.Door.Answer(ctx, typed) },
		Slow: func(int, int) { a.say("", t.Text("kiosk.leave.wait")) },
		Show: func(err error) {
			a.open.Enable()
			a.code.SetText("")
			switch {
			case errors.Is(err, kiosk.ErrCode):
				a.say(t.Text(kiosk.ErrCode.Key()), "")
			case err != nil:
				a.say(desk.Say(t, err), "")
			default:
				a.say("", "")
				a.p.Passed()
			}
		},
	})
}

// say says what is wrong, and how far it is.
func (a *ask) say(wrong, how string) {
	a.field.SetMessage(wrong)
	a.said.SetText(how)
	a.box.Refresh()
}

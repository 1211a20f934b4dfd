package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
)

// gate is what stands in the window while the store cannot be opened: why, and
// what can be done. The file is left as it is in every case.
func (w *window) gate(o Opening) fyne.CanvasObject {
	t := w.p.Texts
	title, body := t.Text("gate.title"), desk.Say(t, o.Err)
	var locked *store.LockedError
	if errors.As(o.Err, &locked) {
		title = t.Text("gate.locked")
		body = t.Text("gate.locked.text", "pid", locked.PID, "host", locked.Host, "since", desk.Stamp(locked.Since), "path", locked.Path)
	}
	buttons := []fyne.CanvasObject{}
	if o.Snapshot != "" {
		body += "\n\n" + t.Text("gate.snapshot", "at", desk.Stamp(o.TakenAt))
		buttons = append(buttons, kit.NewButton(kit.Primary, t.Text("gate.openSnapshot"), func() { w.begin(w.p.ReadOnly(o.Snapshot)) }))
	}
	if o.Desk != nil {
		buttons = append(buttons, kit.NewButton(kit.Secondary, t.Text("gate.compute"), func() {
			o.Err = nil
			w.begin(o)
		}))
	}
	buttons = append(buttons, kit.NewButton(kit.Secondary, t.Text("gate.quit"), w.win.Close))
	card := kit.NewCard(kit.VStack(16,
		kit.NewText(title, kit.TitleText),
		kit.NewParagraph(body, kit.BodyText),
		kit.HStack(8, buttons...),
	))
	return container.NewCenter(container.New(&wide{}, card))
}

// wide gives the card a width that reads well; its height follows.
type wide struct{}

func (wide) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(s)
}

func (wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	const cardWidth = 640
	o := objects[0]
	if o.Size().Width != kit.Px(cardWidth) {
		o.Resize(fyne.NewSize(kit.Px(cardWidth), o.MinSize().Height))
	}
	return fyne.NewSize(kit.Px(cardWidth), o.MinSize().Height)
}

package ui

import (
	"errors"
	"strconv"
	"time"

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
		// A number of a process is a name, to be typed as it stands: never grouped.
		body = t.Text("gate.locked.text", "pid", strconv.Itoa(locked.PID), "host", locked.Host, "since", desk.Stamp(locked.Since), "path", locked.Path)
	}
	if path := refusedPath(o.Err); path != "" {
		body += "\n\n" + t.Text("gate.where", "path", path)
	}
	buttons := []fyne.CanvasObject{}
	if o.Snapshot != "" {
		body += "\n\n" + t.Text("gate.snapshot", "at", desk.Stamp(o.TakenAt))
		buttons = append(buttons, kit.NewButton(kit.Primary, t.Text("gate.openSnapshot"), func() { w.beginCopy(o) }))
	}
	if o.Desk != nil {
		buttons = append(buttons, kit.NewButton(kit.Secondary, t.Text("gate.compute"), func() {
			o.Err, o.TakenAt = nil, time.Time{} // the copy stays closed
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

// beginCopy opens the copy that was offered; its time stays on the screen.
func (w *window) beginCopy(offered Opening) {
	o := w.p.ReadOnly(offered.Snapshot)
	if o.Err == nil {
		o.TakenAt = offered.TakenAt
	}
	w.begin(o)
}

// refusedPath is where the system refused to read or write, "" where it did not.
func refusedPath(err error) string {
	var access *store.AccessError
	var full *store.FullError
	switch {
	case errors.As(err, &access):
		return access.Path
	case errors.As(err, &full):
		return full.Path
	}
	return ""
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

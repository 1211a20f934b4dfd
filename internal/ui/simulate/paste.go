package simulate

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"golang.org/x/text/encoding/charmap"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// planBox takes a hiring plan: typed, pasted, or from a file.
type planBox struct {
	tm       *team
	content  *fyne.Container
	entry    *planEntry
	said     *kit.Paragraph
	progress *kit.Progress
}

// openPlan asks for a hiring plan; one without profiles goes to the open role.
func (tm *team) openPlan() {
	t := tm.pg.t
	b := &planBox{tm: tm, said: kit.NewParagraph("", kit.ErrorText)}
	b.said.Hide()
	b.entry = newPlanEntry(t.Text("simulate.plan.hint"))
	b.entry.large = b.read
	b.progress = kit.NewProgress(t.Text("simulate.plan.reading"), t.Text("simulate.stop"), func() {
		tm.pg.reader.Stop()
		b.progress.Hide()
		b.say(t.Text("simulate.plan.stopped"))
	})
	b.progress.Hide()
	b.content = kit.VStack(8,
		kit.NewText(t.Text("simulate.plan"), kit.StrongText), kit.NewParagraph(t.Text("simulate.plan.how"), kit.MutedText),
		b.entry, b.said, b.progress,
		links(kit.NewButton(kit.Secondary, t.Text("simulate.plan.apply"), func() { b.read(b.entry.Text) }),
			kit.NewButton(kit.Link, t.Text("simulate.cancel"), b.close)),
		kit.NewButton(kit.Link, t.Text("simulate.plan.clipboard"), b.clipboard),
	)
	if !tm.pg.p.Alone {
		b.content.Add(kit.NewButton(kit.Link, t.Text("simulate.plan.file"), b.file))
	}
	tm.plan = b
	tm.build()
	tm.focus(b.entry)
}

func (b *planBox) close() {
	b.tm.pg.reader.Stop()
	b.tm.plan = nil
	b.tm.build()
}

func (b *planBox) say(text string) {
	if show(b.said, text) {
		b.tm.pg.left.Refresh()
	}
}

func (b *planBox) clipboard() {
	text := fyne.CurrentApp().Clipboard().Content()
	if strings.TrimSpace(text) == "" {
		b.say(b.tm.pg.t.Text("simulate.plan.empty"))
		return
	}
	b.read(text)
}

// read reads a plan off the window's thread and takes it over.
func (b *planBox) read(text string) {
	b.take(func() (string, string) { return text, "" })
}

// take reads what source gives, or says why it gives nothing.
func (b *planBox) take(source func() (text, why string)) {
	type read struct {
		plan Plan
		why  string
	}
	pg := b.tm.pg
	d := pg.p.Desk
	b.say("")
	work := func(context.Context, func(done, of int)) read {
		text, why := source()
		if why != "" {
			return read{why: why}
		}
		plan, why := ReadPlan(d, text)
		return read{plan, why}
	}
	show := func(r read) {
		b.progress.Hide()
		if r.why != "" {
			b.say(r.why)
			return
		}
		b.tm.plan = nil
		open := b.tm.open
		pg.changeRoles(pg.t.Text("simulate.plan.done", "says", r.plan.Says), func() {
			if b.tm.open = pg.form.ApplyPlan(r.plan, open); b.tm.open >= rowsAtOnce {
				b.tm.open = -1
			}
		})
	}
	parts.Ask(pg.reader, parts.Job[read]{Work: work, Show: show, Slow: func(int, int) {
		b.progress.Show()
		pg.left.Refresh()
	}})
}

// maxPlan is the largest file that is read as a plan, in megabytes.
const maxPlan = 8

func (b *planBox) file() {
	pg := b.tm.pg
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			b.say(pg.t.Text("simulate.plan.unread", "why", err.Error()))
			return
		}
		if r == nil {
			return
		}
		b.take(func() (string, string) {
			defer r.Close()
			return b.load(r)
		})
	}, pg.p.Shell.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".txt", ".tsv"}))
	d.SetTitleText(pg.t.Text("simulate.plan.file"))
	d.SetConfirmText(pg.t.Text("simulate.plan.open"))
	d.SetDismissText(pg.t.Text("simulate.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: pg.p.Shell.Window(), Do: pg.p.Do})
}

// load reads a file of UTF-8, or of the code page that spreadsheets still write.
func (b *planBox) load(r io.Reader) (text, why string) {
	t := b.tm.pg.t
	raw, err := io.ReadAll(io.LimitReader(r, maxPlan<<20+1))
	switch {
	case err != nil:
		return "", t.Text("simulate.plan.unread", "why", err.Error())
	case len(raw) > maxPlan<<20:
		return "", t.Text("simulate.plan.large", "max", maxPlan)
	case utf8.Valid(raw):
		return string(raw), ""
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return "", t.Text("simulate.plan.unread", "why", err.Error())
	}
	return string(decoded), ""
}

// planEntry is a field of several lines that Tab leaves and Escape passes. A
// large paste goes straight to the reader: laying out thousands of lines would
// hold the window.
type planEntry struct {
	widget.Entry
	large func(text string)
}

// largePaste is how many bytes are still shown as text.
const largePaste = 8 << 10

func newPlanEntry(hint string) *planEntry {
	e := &planEntry{}
	e.MultiLine = true
	e.PlaceHolder = hint
	e.Wrapping = fyne.TextWrapOff
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(4)
	return e
}

// AcceptsTab is false: Tab goes on to the buttons.
func (e *planEntry) AcceptsTab() bool { return false }

// TypedKey hands the window its keys.
func (e *planEntry) TypedKey(ev *fyne.KeyEvent) {
	if kit.WindowKey(ev.Name) {
		kit.PassKey(e, ev)
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut hands the window's shortcuts on and takes a large paste out.
func (e *planEntry) TypedShortcut(s fyne.Shortcut) {
	if p, paste := s.(*fyne.ShortcutPaste); paste && len(p.Clipboard.Content()) > largePaste {
		e.large(p.Clipboard.Content())
		return
	}
	if _, ours := s.(*desktop.CustomShortcut); ours {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
	e.Entry.TypedShortcut(s)
}

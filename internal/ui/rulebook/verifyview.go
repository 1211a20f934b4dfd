package rulebook

import (
	"errors"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// check is the tab "Vérifier un papier": one field, and what was found.
type check struct {
	pg     *Page
	worker *parts.Worker
	entry  *kit.Entry
	press  *kit.Button
	asked  string // what the result shown is about, "" for none
	result *fyne.Container
	box    *fyne.Container
	choose func(take func(io.ReadCloser))
}

// mostCode bounds what is read of a file with a code, in bytes.
const mostCode = 64 << 10

func newCheck(pg *Page) *check {
	t := pg.t
	c := &check{pg: pg, worker: pg.worker(), result: kit.VStack(14)}
	c.choose = c.chooseFile
	c.entry = kit.NewEntry(t.Text("rulebook.verify.hint"))
	c.entry.OnSubmitted = func(string) { c.verify() }
	c.entry.Changed = func(string) { c.follow(nil) }
	c.press = kit.NewButton(kit.Primary, t.Text("rulebook.verify.do"), c.verify)
	file := kit.NewButton(kit.Secondary, t.Text("rulebook.verify.file"), func() { c.choose(c.take) })
	row := container.NewBorder(nil, nil, nil, kit.HStack(10, kit.Gap(0), c.press, file), c.entry)
	c.box = kit.VStack(14, kit.NewCard(kit.VStack(10,
		kit.NewText(t.Text("rulebook.verify"), kit.CardTitleText), kit.NewParagraph(t.Text("rulebook.verify.text"), kit.MutedText), row)), c.result)
	c.follow(nil)
	return c
}

// follow takes over what was typed and asked on a page in another language; of
// nil only the button follows the field.
func (c *check) follow(old *check) {
	if old != nil {
		c.entry.Put(old.entry.Text)
		if old.asked != "" {
			c.entry.Put(old.asked)
			c.verify()
		}
	}
	if strings.TrimSpace(c.entry.Text) == "" {
		c.press.Disable()
	} else {
		c.press.Enable()
	}
}

func (c *check) chooseFile(take func(io.ReadCloser)) {
	t, win := c.pg.t, c.pg.p.Shell.Window()
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			c.pg.failed(err)
		case r != nil:
			take(r)
		}
	}, win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".txt", ".TXT"}))
	d.SetTitleText(t.Text("rulebook.verify.file"))
	d.SetConfirmText(t.Text("rulebook.open"))
	d.SetDismissText(t.Text("rulebook.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: win, Do: c.pg.p.Do})
}

// take verifies what stands in a file.
func (c *check) take(file io.ReadCloser) {
	type result struct {
		text string
		err  error
	}
	ask(c.worker, func() result {
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, mostCode))
		return result{strings.ToValidUTF8(string(data), ""), err}
	}, func(r result) {
		if r.err != nil {
			c.pg.failed(r.err)
			return
		}
		c.entry.SetText(cleaned(r.text))
		c.verify()
	})
}

// verify looks the paper up and computes it again, off the window's thread.
func (c *check) verify() {
	text := cleaned(c.entry.Text)
	if text == "" {
		return
	}
	type result struct {
		v   issue.Verdict
		err error
	}
	office := c.pg.p.Office
	ask(c.worker, func() result {
		v, err := office.Verify(text)
		return result{v, err}
	}, func(r result) {
		c.asked = text
		if r.err != nil {
			c.refuse(r.err)
			return
		}
		p := &c.pg.p
		c.show(newReader(c.pg.t, p.Now(), p.Desk.Pack().Number).read(&r.v))
	})
}

// refuse says why nothing could be verified.
func (c *check) refuse(err error) {
	said := c.pg.t.Text("rulebook.verify.failed")
	var wrong *domain.Problem
	if errors.As(err, &wrong) {
		said = c.pg.t.Text("rulebook.verify.none")
	}
	c.put(kit.NewNotice(said, why(c.pg, err)))
}

// forget takes what was found off the screen, and what was typed.
func (c *check) forget() {
	c.worker.Stop()
	c.asked = ""
	c.entry.SetText("") // also where it has the focus
	c.put()
}

func (c *check) put(objects ...fyne.CanvasObject) {
	c.result.Objects = objects
	c.result.Refresh()
	c.pg.Relayout()
}

func (c *check) show(v *verdict) {
	title := kit.PanelTotalText
	title.Color = v.tone.Style().Color
	checks := kit.VStack(6)
	for _, f := range v.checks {
		checks.Add(kit.Sides(6, 22, 60, kit.NewText(c.pg.t.Text(marks[f.tone]), markStyle(f.tone)), kit.NewParagraph(f.text, kit.BodyText)))
	}
	head := kit.VStack(8, kit.NewText(v.title, title), kit.NewParagraph(v.sentence, kit.BodyText))
	if len(v.checks) > 0 {
		head.Add(kit.NewRule())
		head.Add(checks)
	}
	objects := []fyne.CanvasObject{kit.NewCard(head)}
	if len(v.moved) > 0 {
		objects = append(objects, c.changes(v.moved))
	}
	if len(v.totals) > 0 {
		objects = append(objects, kit.Columns(14, 420, []float32{0.58, 0.42}, c.totals(v), c.facts(v.facts)))
	}
	c.put(objects...)
}

// marks are the signs of what was found, beside the words that say it.
var marks = map[kit.Tone]string{
	kit.ToneGood: "rulebook.mark.good", kit.ToneCaution: "rulebook.mark.caution", kit.ToneError: "rulebook.mark.error", kit.ToneMuted: "rulebook.mark.muted",
}

func markStyle(t kit.Tone) kit.Style {
	s := t.Style()
	s.Size, s.Bold = kit.StrongText.Size, true
	return s
}

func (c *check) totals(v *verdict) fyne.CanvasObject {
	t := c.pg.t
	rows := make([]kit.Row, len(v.totals))
	for i, x := range v.totals {
		rows[i] = kit.Row{Total: i == 0, Cells: []kit.Cell{{Text: x.label}, {Text: x.amount}, {Text: x.span, Muted: true}}}
	}
	table := kit.NewStatement([]kit.Column{{Title: t.Text("rulebook.col.line"), Left: true}, {Title: t.Text("rulebook.col.amount")}, {Title: t.Text("rulebook.col.span")}}, rows)
	box := kit.VStack(8, kit.NewText(t.Text("rulebook.signed"), kit.CardTitleText))
	if v.period != "" {
		box.Add(kit.NewParagraph(v.period, kit.MutedText))
	}
	box.Add(kit.Wide(table))
	return kit.NewCard(box)
}

func (c *check) facts(list []fact) fyne.CanvasObject {
	box := kit.VStack(6, kit.NewText(c.pg.t.Text("rulebook.facts"), kit.CardTitleText))
	for _, f := range list {
		box.Add(kit.Sides(10, 130, 160, kit.VStack(0, kit.NewText(f.label, kit.MutedText)), kit.NewParagraph(f.value, kit.TableText)))
	}
	return kit.NewCard(box)
}

func (c *check) changes(list []change) fyne.CanvasObject {
	t := c.pg.t
	rows := make([]kit.Row, len(list))
	for i, x := range list {
		rows[i] = kit.Row{Cells: []kit.Cell{{Text: x.line}, {Text: x.was}, {Text: x.is}, {Text: x.by}}}
	}
	table := kit.NewStatement([]kit.Column{
		{Title: t.Text("rulebook.col.line"), Left: true}, {Title: t.Text("rulebook.col.was")}, {Title: t.Text("rulebook.col.is")}, {Title: t.Text("rulebook.col.by")},
	}, rows)
	return kit.NewCard(kit.VStack(8, kit.NewText(t.Text("rulebook.moved"), kit.CardTitleText), kit.NewParagraph(t.Text("rulebook.moved.text"), kit.MutedText), kit.Wide(table)))
}

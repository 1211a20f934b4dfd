package intake

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/sector/say"
)

// pageLines is how many lines of a file are shown at once: each is laid out.
const pageLines = 40

// preview is what an import would do, a page of the lines that are asked for.
type preview struct {
	in     *desk.Intake
	words  say.Writer
	filter int
	page   int
	lines  []int // places in in.Lines that pass the filter
	foot   *fyne.Container
}

// filters are the lines that can be asked for.
var filters = []struct {
	id   string
	keep func(*desk.IntakeLine) bool
}{
	{"all", func(*desk.IntakeLine) bool { return true }},
	{desk.ActionNew, acts(desk.ActionNew)},
	{desk.ActionChanged, acts(desk.ActionChanged)},
	{"conflict", func(l *desk.IntakeLine) bool {
		return l.Class == figures.Conflict && (l.Action == desk.ActionNew || l.Action == desk.ActionChanged)
	}},
	{desk.ActionDuplicate, acts(desk.ActionDuplicate)},
	{desk.ActionRefused, acts(desk.ActionRefused)},
}

func acts(action string) func(*desk.IntakeLine) bool {
	return func(l *desk.IntakeLine) bool { return l.Action == action }
}

func newPreview(in *desk.Intake) *preview {
	p := &preview{in: in}
	p.ask(0)
	return p
}

// ask shows the first page of the lines of a filter.
func (p *preview) ask(filter int) {
	p.filter, p.page, p.lines = filter, 0, nil
	for i := range p.in.Lines {
		if filters[filter].keep(&p.in.Lines[i]) {
			p.lines = append(p.lines, i)
		}
	}
}

// count is how many figures an import would write.
func (p *preview) count() int {
	return p.in.Count[desk.ActionNew] + p.in.Count[desk.ActionChanged]
}

// counted is how many lines a filter keeps.
func (p *preview) counted(filter int) int {
	switch id := filters[filter].id; id {
	case "all":
		return len(p.in.Lines)
	case "conflict":
		return p.in.Conflicts
	default:
		return p.in.Count[id]
	}
}

// pages is how many there are, at least one.
func (p *preview) pages() int { return max((len(p.lines)+pageLines-1)/pageLines, 1) }

// turn goes so many pages on, no further than there are.
func (p *preview) turn(by int) { p.page = min(max(p.page+by, 0), p.pages()-1) }

// shown are the lines of the page.
func (p *preview) shown() []int {
	from := p.page * pageLines
	return p.lines[from:min(from+pageLines, len(p.lines))]
}

// show opens the preview of a file.
func (im *Importer) show(in *desk.Intake, book *figures.Book) {
	im.preview = newPreview(in)
	im.preview.words = say.Writer{T: im.t, Book: book}
	room := kit.VStack(14)
	im.fill(room)
	im.panel("intake.ui.title", room, func() {
		if im.stop != nil {
			im.stop()
		}
	})
}

// fill shows the page again, with what was chosen.
func (im *Importer) fill(room *fyne.Container) {
	t, p := im.t, im.preview
	chips := kit.Flow(8)
	for i, f := range filters {
		n := p.counted(i)
		if n == 0 && i > 0 {
			continue // a chip without lines shows nothing that its absence does not say
		}
		chips.Add(kit.NewChipButton(kit.ChipLook{Text: t.Text("intake.ui.filter."+f.id, "count", n), Active: i == p.filter}, func() {
			p.ask(i)
			im.fill(room)
		}))
	}
	if p.foot == nil { // it stays as it is: something may be being written
		p.foot = kit.VStack(0, im.decide())
	}
	room.Objects = []fyne.CanvasObject{
		kit.NewParagraph(t.Text("intake.ui.about", "file", p.in.File), kit.BodyText), p.foot, chips, im.rows(room),
	}
	if p.pages() > 1 {
		room.Objects = append(room.Objects, im.pager(room))
	}
	room.Refresh()
}

// decide is the choice whether to write, or why there is nothing to be.
func (im *Importer) decide() fyne.CanvasObject {
	t, n := im.t, im.preview.count()
	leave := kit.NewButton(kit.Secondary, t.Text("intake.ui.cancel"), im.p.Shell.ClosePanel)
	if n == 0 {
		return kit.VStack(10, kit.NewParagraph(t.Text("intake.ui.nothing"), kit.StrongText), kit.HStack(10, leave))
	}
	return kit.HStack(10, kit.NewButton(kit.Primary, t.Text("intake.ui.import.do", "count", n), im.write), leave)
}

// pager goes from page to page.
func (im *Importer) pager(room *fyne.Container) fyne.CanvasObject {
	t, p := im.t, im.preview
	turn := func(key string, by int) *kit.Button {
		b := kit.NewButton(kit.Link, t.Text(key), func() {
			p.turn(by)
			im.fill(room)
		})
		if at := p.page + by; at < 0 || at >= p.pages() {
			b.Disable()
		}
		return b
	}
	f := t.Formatter()
	return kit.HStack(16, turn("intake.ui.before", -1), kit.NewText(t.Text("intake.ui.page", "page", f.Count(p.page+1), "pages", f.Count(p.pages())), kit.MutedText), turn("intake.ui.after", 1))
}

// Shares of the columns: line, figure, value, what becomes of it, why.
var columnShares = []float32{0.07, 0.3, 0.14, 0.16, 0.33}

// rows are the lines of the page under their heading.
func (im *Importer) rows(room *fyne.Container) fyne.CanvasObject {
	t := im.t
	var head []fyne.CanvasObject
	for _, c := range []string{"line", "figure", "value", "class", "reason"} {
		head = append(head, kit.NewText(t.Text("intake.ui.column."+c), kit.MutedText))
	}
	box := kit.VStack(6, kit.Columns(12, 1, columnShares, head...))
	for _, i := range im.preview.shown() {
		l := &im.preview.in.Lines[i]
		name, value := im.figure(l)
		action, class, why := im.standing(l)
		style := kit.TableText
		if l.Action == desk.ActionDuplicate {
			style = kit.TableMuted
		}
		stands := kit.VStack(0, kit.NewParagraph(action, style))
		if class != "" {
			stands.Add(kit.NewParagraph(class, classStyle(l)))
		}
		box.Add(kit.NewRule())
		box.Add(kit.Columns(12, 1, columnShares, kit.NewParagraph(fmt.Sprint(l.Line), kit.TableMuted), kit.NewParagraph(name, style),
			kit.NewParagraph(value, style), stands, im.reason(why, room)))
	}
	if len(im.preview.shown()) == 0 {
		box.Add(kit.NewParagraph(t.Text("intake.ui.noLines"), kit.MutedText))
	}
	return kit.NewCard(box)
}

// longReason is how many letters of a reason are shown before it is asked for: one
// that lists all words a pack knows would fill the page.
const longReason = 180

// reason is why, cut where it is long, with the rest at a press.
func (im *Importer) reason(why string, room *fyne.Container) fyne.CanvasObject {
	letters := []rune(why)
	if len(letters) <= longReason {
		return kit.NewParagraph(why, kit.MutedText)
	}
	said := kit.NewParagraph(string(letters[:longReason])+"\u2026", kit.MutedText)
	var more *kit.Button
	more = kit.NewButton(kit.Link, im.t.Text("intake.ui.more"), func() {
		said.SetText(why)
		more.Hide()
		room.Refresh()
	})
	return kit.VStack(0, said, kit.HStack(0, more))
}

// standing says what becomes of a line, how its figure stands to the canonical one,
// and why.
func (im *Importer) standing(l *desk.IntakeLine) (action, class, why string) {
	t := im.t
	action = t.Text("intake.action." + l.Action)
	if l.Refused != nil {
		return action, "", t.Problem(l.Refused)
	}
	if l.Class != "" {
		class = t.Text("figures.class." + string(l.Class))
	}
	return action, class, t.T(l.Reason)
}

// classStyle warns of a figure that conflicts.
func classStyle(l *desk.IntakeLine) kit.Style {
	if l.Class == figures.Conflict && slices.Contains([]string{desk.ActionNew, desk.ActionChanged}, l.Action) {
		return kit.CautionText
	}
	return kit.MutedText
}
